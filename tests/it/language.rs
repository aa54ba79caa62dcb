//! What the language means: the tests inside `tests/language`, the examples and the language reference, run through the binary.

use crate::support::{Folder, hence_files, hence_in, project};
use std::fmt::Write;
use std::path::Path;

/// Runs the tests of one file; what fell short, said with its place.
fn shortfalls(folder: &Path, file: &str) -> Result<(), String> {
    let ran = hence_in(folder, &["test", file, "--format", "json"], "");
    if ran.status == 0 {
        return Ok(());
    }
    let mut said = format!("{file}: status {}\n{}", ran.status, ran.err);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_default();
    for test in json["tests"].as_array().into_iter().flatten() {
        for failure in test["failures"].as_array().into_iter().flatten() {
            let (line, expected, got) = (&failure["line"], &failure["expected"], &failure["got"]);
            let _ = writeln!(
                said,
                "  {file}:{line} in {}: expected {expected}, got {got}",
                test["name"]
            );
        }
    }
    for found in json["contradictions"].as_array().into_iter().flatten() {
        let _ = writeln!(said, "  contradiction: {}", found["sentence"]);
    }
    Err(said)
}

/// Every file of a folder must pass.
fn all_pass(folder: &str) {
    let failed: Vec<String> = hence_files(folder)
        .iter()
        .filter_map(|path| {
            let name = path
                .file_name()
                .expect("a file has a name")
                .to_string_lossy();
            shortfalls(&project(folder), &name).err()
        })
        .collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn the_language_tests_pass() {
    assert!(
        !hence_files("tests/language").is_empty(),
        "tests/language is empty"
    );
    all_pass("tests/language");
}

#[test]
fn the_examples_pass() {
    all_pass("examples");
}

/// The blocks marked as hence in a Markdown page, each with the line it begins on.
fn blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.trim()) {
            (None, "```hence") => open = Some((index + 2, String::new())),
            (Some(_), "```") => blocks.extend(open.take()),
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}

fn blocks_hold(page: &str) {
    let text = std::fs::read_to_string(project(page)).expect("the page");
    let mut failed = Vec::new();
    for (line, block) in blocks(&text) {
        let file = format!("line-{line}.hence");
        let folder = Folder::empty();
        folder.write(&file, &block);
        let ran = folder.hence(&["run", &file]);
        if ran.status != 0 {
            failed.push(format!("{page}:{line}\n{}", ran.err));
        } else if block.contains("expect ") {
            failed.extend(folder.shortfalls(&file).err());
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

impl Folder {
    fn shortfalls(&self, file: &str) -> Result<(), String> {
        shortfalls(self.path(), file)
    }
}

#[test]
fn the_language_reference_tells_the_truth() {
    blocks_hold("docs/language.md");
}

#[test]
fn the_readme_tells_the_truth() {
    blocks_hold("README.md");
}
