//! The judge tried itself: every expectation of the language page's examples and of the language tests must pass in its
//! eyes too.

use super::{judge, said};
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The judge reads every world by itself, so it leaves alone what has more.
const MOST_WORLDS: usize = 64;

/// What the judge finds wrong with the expectations of a text.
fn failures(name: &str, text: &str) -> Vec<String> {
    let program = match said::program(text) {
        Ok(program) => program,
        Err(errors) => {
            return errors
                .iter()
                .map(|error| format!("{name}: {}", error.title))
                .collect();
        }
    };
    let outcomes = program.drivers.iter().map(|driver| driver.outcomes.len());
    if outcomes.product::<usize>() > MOST_WORLDS {
        return Vec::new();
    }
    let expectations = program.tests.iter().flat_map(|test| &test.expectations);
    expectations
        .filter(|expectation| judge::expect::passes(&program, expectation) == Some(false))
        .map(|expectation| format!("{name}: {}", expectation.text))
        .collect()
}

#[test]
fn the_examples_of_the_language_page_pass() {
    let page = std::fs::read_to_string(root("docs/language.md")).expect("the page is there");
    let blocks = page
        .split("```hence\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or(""));
    let failures: Vec<String> = blocks
        .flat_map(|block| failures("docs/language.md", block))
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn the_language_tests_pass() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root("tests/language"))
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "hence")
        })
        .collect();
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        // Other files are for the files' own tests.
        if !text.contains("\nload ") && !text.contains("\nuse ") && !text.starts_with("use ") {
            all.extend(failures(
                &path.file_name().unwrap_or_default().to_string_lossy(),
                &text,
            ));
        }
    }
    assert!(all.is_empty(), "{all:#?}");
}
