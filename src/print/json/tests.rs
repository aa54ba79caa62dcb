//! What `hence test` says.

use super::VERSION;
use super::argument::ArgumentJson;
use super::explained::ExplainedJson;
use crate::testing::{Coverage, Outcome, PieceKind, Report, TestRun};
use serde::Serialize;

#[derive(Serialize)]
pub struct TestsJson<'a> {
    version: u32,
    tests: Vec<TestJson<'a>>,
    passed: usize,
    failed: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<ContradictionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageJson<'a>>,
}

/// What the tests depend on.
#[derive(Serialize)]
struct CoverageJson<'a> {
    rules: NumbersJson,
    exceptions: NumbersJson,
    facts: NumbersJson,
    uncovered: Vec<UncoveredJson<'a>>,
    /// So many that were not tried.
    #[serde(skip_serializing_if = "is_zero")]
    untried: usize,
}

#[derive(Serialize)]
struct NumbersJson {
    covered: usize,
    all: usize,
}

#[derive(Serialize)]
struct UncoveredJson<'a> {
    kind: &'static str,
    text: &'a str,
    file: &'a str,
    line: usize,
}

impl<'a> CoverageJson<'a> {
    fn new(coverage: &'a Coverage) -> Self {
        let numbers = |kind| {
            let (covered, all) = coverage.numbers(kind);
            NumbersJson { covered, all }
        };
        let uncovered = coverage.uncovered().into_iter();
        Self {
            rules: numbers(PieceKind::Rule),
            exceptions: numbers(PieceKind::Exception),
            facts: numbers(PieceKind::Fact),
            uncovered: uncovered
                .map(|piece| UncoveredJson {
                    kind: match piece.kind {
                        PieceKind::Rule => "rule",
                        PieceKind::Exception => "exception",
                        PieceKind::Fact => "fact",
                    },
                    text: &piece.text,
                    file: &piece.file,
                    line: piece.line,
                })
                .collect(),
            untried: coverage.untried(),
        }
    }
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct TestJson<'a> {
    name: &'a str,
    file: &'a str,
    line: usize,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<FailureJson<'a>>,
}

#[derive(Serialize)]
struct FailureJson<'a> {
    expected: &'a str,
    got: &'a str,
    line: usize,
    #[serde(flatten)]
    account: Option<ExplainedJson<'a>>,
}

#[derive(Serialize)]
struct ContradictionJson<'a> {
    file: &'a str,
    sentence: &'a str,
    proofs: Vec<ArgumentJson<'a>>,
}

impl<'a> TestsJson<'a> {
    pub fn new(report: &'a Report) -> Self {
        Self {
            version: VERSION,
            tests: report.tests.iter().map(TestJson::new).collect(),
            passed: report.passed(),
            failed: report.failed(),
            contradictions: report
                .contradictions
                .iter()
                .map(|found| ContradictionJson {
                    file: &found.file,
                    sentence: &found.sentence,
                    proofs: found.proofs.iter().map(ArgumentJson).collect(),
                })
                .collect(),
            coverage: report.coverage.as_ref().map(CoverageJson::new),
        }
    }
}

impl<'a> TestJson<'a> {
    fn new(test: &'a TestRun) -> Self {
        let failures = test
            .failures
            .iter()
            .map(|failure| FailureJson {
                expected: &failure.expected,
                got: &failure.got,
                line: failure.line,
                account: failure.account.as_ref().map(ExplainedJson::new),
            })
            .collect();
        Self {
            name: &test.name,
            file: &test.file,
            line: test.line,
            outcome: word(test.outcome),
            failures,
        }
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Error => "error",
    }
}
