//! `hence` against an independent judge: small random cases are read, checked and run, and the status of every sentence in every
//! context is compared with what the language page's definitions say, evaluated one context at a time.
//!
//! `PROPTEST_CASES` sets how many cases each family gets, `HENCE_SEED` where they begin.

mod case;
mod compare;
mod contradictions;
mod examples;
#[path = "../shared/files.rs"]
mod files;
mod generate;
mod judge;
mod nested;
mod proofs;
mod reckoning;
mod said;
mod text;

use self::case::{Case, Layers};
use self::generate::Features;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Once;

/// Mistakes that a random case may have: it is no case then.
const MISTAKES: [&str; 1] = ["odds-twice"];

fn agree(text: &str) -> Result<(), String> {
    let program = match said::program(text) {
        Ok(program) => program,
        Err(errors) if errors.iter().all(|error| MISTAKES.contains(&error.code)) => return Ok(()),
        Err(errors) => {
            let titles: Vec<_> = errors
                .iter()
                .map(|error| (error.code, &error.title))
                .collect();
            return Err(format!("{text}\n{titles:?}"));
        }
    };
    match compare::differences(&program) {
        none if none.is_empty() => Ok(()),
        out => Err(format!("{text}\n{out}")),
    }
}

/// Cases on which the two once parted, cut down.
#[test]
fn where_they_once_parted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differential/parted");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let text = |path: &PathBuf| std::fs::read_to_string(path).expect("a readable file");
    let parted: Vec<String> = files
        .iter()
        .filter_map(|path| {
            Some(format!(
                "{}:\n{}",
                path.display(),
                agree(&text(path)).err()?
            ))
        })
        .collect();
    assert!(parted.is_empty(), "{}", parted.join("\n"));
}

/// One case of one's own: `HENCE_FILE=case.hence cargo test --test differential -- --ignored`.
#[test]
#[ignore = "a tool for one case by hand: it judges the file that HENCE_FILE names, and there is none by default"]
fn one_file() {
    let path = std::env::var("HENCE_FILE").expect("HENCE_FILE names a file");
    let text = std::fs::read_to_string(path).expect("a readable file");
    if let Err(difference) = agree(&text) {
        panic!("{difference}");
    }
}

fn try_cases(features: Features) {
    try_with(features, 150, agree);
}

fn try_with(features: Features, cases: u32, judge: impl Fn(&str) -> Result<(), String>) {
    try_all(generate::case(features), cases, |case: Case| {
        judge(&case.to_string())
    });
}

/// Larger rules.
#[test]
fn larger_rules() {
    try_allowed(nested::case());
}

/// Arithmetic and counts in loops.
#[test]
fn loops_that_reckon() {
    try_allowed(reckoning::case());
}

#[test]
fn what_rests_on_a_contradiction_is_marked() {
    let (tried, marked) = (Cell::new(0), Cell::new(0));
    try_all(contradictions::case(), 300, |case| {
        let answers = contradictions::agree(&case)?;
        tried.set(tried.get() + 1);
        marked.set(marked.get() + usize::from(answers > 0));
        Ok(())
    });
    let (tried, marked) = (tried.get(), marked.get());
    assert!(
        marked * 3 > tried,
        "{marked} of {tried} have an answer to mark"
    );
}

/// Rows are marked as resting on a contradiction where they do, whatever it comes from and wherever it is one.
fn try_marks(features: Features) {
    let (tried, marked) = (Cell::new(0), Cell::new(0));
    try_all(generate::clashing(features), 150, |case| {
        let text = case.to_string();
        let Ok(program) = said::program(&text) else {
            return Ok(());
        };
        let rows = contradictions::marks(&program).map_err(|out| format!("{text}\n{out}"))?;
        tried.set(tried.get() + 1);
        marked.set(marked.get() + usize::from(rows > 0));
        Ok(())
    });
    let (tried, marked) = (tried.get(), marked.get());
    assert!(marked * 2 > tried, "{marked} of {tried} have a row to mark");
}

#[test]
fn marks_of_strict_rules() {
    try_marks(Features {
        opposites: true,
        ..Features::default()
    });
}

#[test]
fn marks_in_disputes() {
    try_marks(Features {
        opposites: true,
        disputes: true,
        declared: true,
        ..Features::default()
    });
}

#[test]
fn marks_over_aggregates() {
    try_marks(Features {
        opposites: true,
        disputes: true,
        aggregates: true,
        ..Features::default()
    });
}

#[test]
fn marks_in_time() {
    try_marks(Features {
        opposites: true,
        disputes: true,
        time: true,
        onward: true,
        ..Features::default()
    });
}

#[test]
fn marks_in_worlds() {
    try_marks(Features {
        opposites: true,
        disputes: true,
        declared: true,
        drivers: true,
        scenarios: true,
        impossible: true,
        ..Features::default()
    });
}

#[test]
fn marks_of_everything() {
    try_marks(Features {
        opposites: true,
        disputes: true,
        declared: true,
        aggregates: true,
        time: true,
        onward: true,
        drivers: true,
        scenarios: true,
        impossible: true,
        ..Features::default()
    });
}

/// What the checker refuses is passed over.
fn try_allowed<S: Strategy<Value: std::fmt::Display>>(strategy: S) {
    let (tried, refused) = (Cell::new(0), Cell::new(0));
    try_all(strategy, 150, |case| {
        tried.set(tried.get() + 1);
        let text = case.to_string();
        if said::program(&text).is_err() {
            refused.set(refused.get() + 1);
            return Ok(());
        }
        agree(&text)
    });
    let (tried, refused) = (tried.get(), refused.get());
    assert!(refused * 3 < tried * 2, "{refused} of {tried} are no cases");
}

fn try_all<S>(strategy: S, cases: u32, judged: impl Fn(S::Value) -> Result<(), String>)
where
    S: Strategy,
    S::Value: std::fmt::Display,
{
    let mut config = Config {
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    let mut seed = [0; 32];
    if let Some(number) = std::env::var("HENCE_SEED")
        .ok()
        .and_then(|text| text.parse::<u64>().ok())
    {
        seed[..8].copy_from_slice(&number.to_le_bytes());
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let run = |case: S::Value| judged(case).map_err(TestCaseError::fail);
    let result = quietly(|| runner.run(&strategy, run).map_err(Box::new));
    match result.map_err(|error| *error) {
        Ok(()) => {}
        Err(TestError::Fail(reason, case)) => {
            println!(
                "{reason}
in the case
{case}"
            );
            panic!("hence and the judge differ");
        }
        Err(other) => panic!("{other}"),
    }
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// While a case is cut down, panics are many and are told of once, at the end.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let result = work();
    QUIET.set(false);
    result
}

#[test]
fn strict_and_stratified() {
    try_cases(Features {
        layers: Layers::Stratified,
        ..Features::default()
    });
}

#[test]
fn loops_through_unless() {
    try_cases(Features::default());
}

#[test]
fn strict_opposites() {
    try_cases(Features {
        opposites: true,
        ..Features::default()
    });
}

#[test]
fn disputes() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        ..Features::default()
    });
}

#[test]
fn declared_relations() {
    try_cases(Features {
        opposites: true,
        declared: true,
        ..Features::default()
    });
}

#[test]
fn declared_and_disputed() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        declared: true,
        ..Features::default()
    });
}

#[test]
fn aggregates() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        aggregates: true,
        ..Features::default()
    });
}

#[test]
fn time() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        time: true,
        onward: true,
        ..Features::default()
    });
}

#[test]
fn drivers() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        drivers: true,
        ..Features::default()
    });
}

#[test]
fn scenarios() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        declared: true,
        drivers: true,
        scenarios: true,
        ..Features::default()
    });
}

#[test]
fn everything() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        layers: Layers::Any,
        declared: true,
        aggregates: true,
        time: true,
        onward: true,
        drivers: true,
        scenarios: true,
        impossible: true,
        questions: true,
        large: false,
    });
}

#[test]
fn disputes_without_loops() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        layers: Layers::Below,
        ..Features::default()
    });
}

#[test]
fn questions() {
    try_cases(Features {
        opposites: true,
        disputes: true,
        drivers: true,
        scenarios: true,
        questions: true,
        ..Features::default()
    });
}

#[test]
fn large_strata() {
    try_large(Features {
        opposites: true,
        layers: Layers::Stratified,
        ..Features::default()
    });
}

#[test]
fn large_loops() {
    try_large(Features {
        opposites: true,
        ..Features::default()
    });
}

#[test]
fn large_disputes() {
    try_large(Features {
        opposites: true,
        disputes: true,
        ..Features::default()
    });
}

#[test]
fn large_disputes_without_loops() {
    try_large(Features {
        opposites: true,
        disputes: true,
        declared: true,
        layers: Layers::Below,
        ..Features::default()
    });
}

#[test]
fn large_and_declared() {
    try_large(Features {
        opposites: true,
        disputes: true,
        declared: true,
        ..Features::default()
    });
}

fn try_large(features: Features) {
    let large = Features {
        large: true,
        ..features
    };
    try_with(large, 30, agree);
}

fn try_proofs(features: Features, all: bool) {
    try_with(features, 60, move |text| {
        let Ok(program) = said::program(text) else {
            return Ok(());
        };
        match proofs::faults(
            &program,
            proofs::Asking {
                all,
                ..proofs::SMALL
            },
        ) {
            none if none.is_empty() => Ok(()),
            faults => Err(format!("{text}\n{faults}")),
        }
    });
}

#[test]
fn proofs_of_strict_rules() {
    try_proofs(
        Features {
            layers: Layers::Stratified,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_in_disputes() {
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_of_declared_relations() {
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            declared: true,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_over_aggregates() {
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            aggregates: true,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_in_time() {
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            time: true,
            onward: true,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_in_worlds() {
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            drivers: true,
            scenarios: true,
            ..Features::default()
        },
        false,
    );
}

#[test]
fn proofs_of_everything() {
    let features = Features {
        opposites: true,
        disputes: true,
        layers: Layers::Any,
        declared: true,
        aggregates: true,
        time: true,
        onward: true,
        drivers: true,
        scenarios: true,
        impossible: true,
        questions: false,
        large: false,
    };
    try_proofs(features, false);
}

#[test]
fn every_minimal_proof() {
    try_proofs(
        Features {
            layers: Layers::Stratified,
            ..Features::default()
        },
        true,
    );
    try_proofs(
        Features {
            opposites: true,
            disputes: true,
            ..Features::default()
        },
        true,
    );
}
