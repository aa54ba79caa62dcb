//! The judge tried itself: every expectation of the language page's examples and of the language tests must pass in its
//! eyes too.

use super::files::{hence_files, project};
use super::{judge, proofs, said};
use hence::program::Program;

/// Programs published with their answers, which need no other judge, and are too large for one that tries every instance.
const LARGE: [&str; 3] = [
    "published-souffle.hence",
    "published-spindle.hence",
    "published-xsb.hence",
];

fn is_large(path: &std::path::Path) -> bool {
    LARGE.iter().any(|name| path.ends_with(name))
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
    let page = std::fs::read_to_string(project("docs/language.md")).expect("the page is there");
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
    let mut all = Vec::new();
    for path in hence_files("tests/language") {
        if is_large(&path) {
            continue;
        }
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

/// A case with one outcome for each driver that has a `[now]` one, where it has more worlds than the judge can read.
fn closed(mut program: Program) -> Program {
    let outcomes = program.drivers.iter().map(|driver| driver.outcomes.len());
    if outcomes.product::<usize>() > MOST_PROVED_WORLDS {
        for driver in &mut program.drivers {
            if driver.outcomes.iter().any(|outcome| outcome.now) {
                driver.outcomes.retain(|outcome| outcome.now);
            }
        }
    }
    program
}

/// Worlds and facts of a case whose arguments are checked: the judge is slow.
const MOST_PROVED_WORLDS: usize = 16;
const MOST_PROVED_FACTS: usize = 100;
/// Sentences asked about in each scenario.
const MOST_PROVED_CLAIMS: usize = 60;

/// What is wrong with the arguments of the shipped cases of so many facts, and how many these are.
fn arguments(facts: std::ops::Range<usize>, claims: usize) -> (String, usize) {
    let asking = proofs::Asking {
        claims,
        daily: false,
        ..proofs::SMALL
    };
    let mut all = Vec::new();
    let mut checked = 0;
    for folder in ["examples", "tests/language", "tests/differential/parted"] {
        for path in hence_files(folder) {
            let Some(program) = said::case(&path).map(closed) else {
                continue;
            };
            let outcomes = program.drivers.iter().map(|driver| driver.outcomes.len());
            if is_large(&path)
                || outcomes.product::<usize>() > MOST_PROVED_WORLDS
                || !facts.contains(&program.facts.iter().count())
            {
                continue;
            }
            checked += 1;
            let faults = proofs::faults(&program, asking);
            if !faults.is_empty() {
                all.push(format!("{}:\n{faults}", path.display()));
            }
        }
    }
    (all.join("\n"), checked)
}

/// Every kind of argument about what is shipped, checked step by step.
#[test]
fn the_arguments_of_small_cases_are_in_order() {
    let (faults, checked) = arguments(0..MOST_PROVED_FACTS, MOST_PROVED_CLAIMS);
    assert!(faults.is_empty(), "{faults}");
    assert!(checked > 80, "only {checked} cases were checked");
}

#[test]
#[ignore = "takes a minute, most of it for the judge to read the largest case: for a long look, with `-- --ignored the_arguments`"]
fn the_arguments_of_large_cases_are_in_order() {
    let (faults, checked) = arguments(MOST_PROVED_FACTS..usize::MAX, MOST_PROVED_CLAIMS / 4);
    assert!(faults.is_empty(), "{faults}");
    assert!(checked > 0);
}
