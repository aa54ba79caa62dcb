//! Slips of the hand in everything that is shipped: whatever is left out, doubled, swapped or misspelt is met by plain work or by
//! complaints that name a file and a line, and few of them: one cause, one complaint.
//!
//! `MUTANTS=5000 cargo test --test mutation` tries so many of each file; `MUTANTS_READ=100 cargo test --test mutation -- --nocapture`
//! prints what is said of every hundredth, to be read.

mod mutant;

use hence::check::{self, Options};
use hence::complaint::{Complaint, draw, in_order};
use hence::files::{Input, Policy, read};
use hence::text::Sources;
use mutant::{Dice, Mutant, mutant, tokens};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Mutants of each file, where `MUTANTS` does not say.
const FEW: usize = 40;

/// One cause, one complaint: but a slip may be in what many statements rely on.
const MOST_ERRORS: usize = 6;

#[test]
fn a_slip_is_met_by_a_few_clear_words() {
    let folder = Shipped::copy();
    let read_each = number("MUTANTS_READ");
    let mut tried = 0;
    let mut too_many = Vec::new();
    for path in &folder.files {
        let text = std::fs::read_to_string(path).expect("a shipped file");
        let tokens = tokens(&text);
        let mut dice = Dice::new(text.len() as u64);
        for _ in 0..number("MUTANTS").unwrap_or(FEW) {
            let mutant = mutant(&text, &tokens, &mut dice);
            std::fs::write(path, &mutant.text).expect("a mutant");
            let (sources, complaints) = checked(path, &mutant);
            too_many.extend(too_many_errors(path, &mutant, &sources, &complaints));
            tried += 1;
            if read_each.is_some_and(|each| tried % each == 0) {
                show(path, &mutant, &sources, &complaints);
            }
        }
        std::fs::write(path, text).expect("the file as it was");
    }
    println!("{tried} mutants");
    assert!(
        too_many.is_empty(),
        "{} of {tried}\n{}",
        too_many.len(),
        too_many.join("\n")
    );
}

#[test]
fn the_binary_meets_a_slip_in_the_same_way() {
    let folder = Shipped::copy();
    let mut dice = Dice::new(7);
    for path in &folder.files {
        let text = std::fs::read_to_string(path).expect("a shipped file");
        let mutant = mutant(&text, &tokens(&text), &mut dice);
        std::fs::write(path, &mutant.text).expect("a mutant");
        for command in ["check", "run", "test"] {
            let ran = Command::new(env!("CARGO_BIN_EXE_hence"))
                .args(
                    [command, "--timeout", "20"]
                        .iter()
                        .take(if command == "check" { 1 } else { 3 }),
                )
                .arg(path)
                .output()
                .expect("the binary runs");
            let said = String::from_utf8_lossy(&ran.stderr);
            let status = ran.status.code();
            assert!(
                matches!(status, Some(0..=2)),
                "{command} {mutant}\n{status:?} {said}"
            );
            let named = said.contains(&format!("{}:", path.display()));
            assert!(status != Some(2) || named, "{command} {mutant}\n{said}");
        }
        std::fs::write(path, text).expect("the file as it was");
    }
}

/// Everything that is shipped, in a folder where it may be changed.
struct Shipped {
    /// Lives as long as the files are needed
    _folder: tempfile::TempDir,
    files: Vec<PathBuf>,
}

impl Shipped {
    fn copy() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        std::fs::copy(root.join("hence.toml"), folder.path().join("hence.toml"))
            .expect("the mark of the root");
        for name in ["examples", "rules", "facts", "tests/language"] {
            copy(&root.join(name), &folder.path().join(name), &mut files);
        }
        files.sort();
        Self {
            _folder: folder,
            files,
        }
    }
}

fn copy(from: &Path, to: &Path, files: &mut Vec<PathBuf>) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a shipped folder") {
        let path = entry.expect("a readable folder").path();
        let copied = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &copied, files);
            continue;
        }
        std::fs::copy(&path, &copied).expect("a copy");
        if copied
            .extension()
            .is_some_and(|extension| extension == "hence")
        {
            files.push(copied);
        }
    }
}

fn checked(path: &Path, mutant: &Mutant) -> (Sources, Vec<Complaint>) {
    let check = || {
        let mut case = read(&[Input::Path(path.to_owned())], &Policy::default());
        let (_, complaints) = check::check(&mut case, &Options::default());
        let all = [std::mem::take(&mut case.complaints), complaints].concat();
        (case.sources, in_order(all))
    };
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| {
        panic!("{}: {mutant}\n{}", path.display(), mutant.text);
    })
}

/// What is said of a mutant, where it is more than one slip deserves.
fn too_many_errors(
    path: &Path,
    mutant: &Mutant,
    sources: &Sources,
    complaints: &[Complaint],
) -> Option<String> {
    for complaint in complaints {
        let span = complaint.span();
        let text = &sources.get(span.source).text;
        let inside = text.get(span.start as usize..span.end as usize);
        assert!(inside.is_some(), "{mutant}\n{complaint:?}");
    }
    let drawn: Vec<String> = complaints
        .iter()
        .filter(|complaint| complaint.is_error())
        .map(|error| draw(error, sources))
        .collect();
    let name = path.display();
    (drawn.len() > MOST_ERRORS).then(|| format!("{name}: {mutant}\n{}", drawn.join("\n")))
}

/// The mutant's line, and what is said of it.
fn show(path: &Path, mutant: &Mutant, sources: &Sources, complaints: &[Complaint]) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("━━━ {name} {mutant}");
    let lines = mutant.text.lines().skip(mutant.line.saturating_sub(2));
    lines.take(3).for_each(|line| println!("    {line}"));
    for complaint in complaints {
        println!("{}", draw(complaint, sources));
    }
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}
