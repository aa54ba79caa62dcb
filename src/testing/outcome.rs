//! How tests ended, as data.

use super::coverage::Coverage;
use crate::say::account::{Account, Argument};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// It could not be evaluated.
    Error,
}

/// One test of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct TestRun {
    pub name: String,
    pub file: String,
    pub line: usize,
    pub outcome: Outcome,
    pub failures: Vec<Failure>,
}

/// An expectation that fell short.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// As written: `only Armenia is finlandized`.
    pub expected: String,
    /// In words: `Ukraine is finlandized, presumably`.
    pub got: String,
    pub line: usize,
    /// Why it came so, where there is a sentence to explain.
    pub account: Option<Account>,
}

/// A sentence that is certain and so is its opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    pub file: String,
    pub sentence: String,
    /// The proof of the sentence, and that of its opposite.
    pub proofs: Vec<Argument>,
}

/// All tests of all files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub tests: Vec<TestRun>,
    pub contradictions: Vec<Contradiction>,
    /// What the tests depend on, where that was asked for.
    pub coverage: Option<Coverage>,
}

impl Report {
    pub fn passed(&self) -> usize {
        self.tests
            .iter()
            .filter(|test| test.outcome == Outcome::Passed)
            .count()
    }

    pub fn failed(&self) -> usize {
        self.tests.len() - self.passed()
    }

    /// Adds what came of another file.
    pub fn add(&mut self, other: Self) {
        self.tests.extend(other.tests);
        self.contradictions.extend(other.contradictions);
        match (&mut self.coverage, other.coverage) {
            (Some(known), Some(more)) => known.add(more),
            (known, more) => *known = known.take().or(more),
        }
    }

    /// Whether anything failed.
    pub fn fell_short(&self) -> bool {
        self.failed() > 0 || !self.contradictions.is_empty()
    }

    /// Whether there is a test and nothing speaks against any.
    pub fn all_well(&self) -> bool {
        !self.tests.is_empty() && !self.fell_short()
    }
}
