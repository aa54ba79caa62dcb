//! Questions and expectations.

use super::{Body, DriverId, ScenarioId, Variables};
use crate::syntax::tree::{Likelihood, StatusWord};
use crate::text::Span;
use crate::value::Date;
use smol_str::SmolStr;

/// Under which suppositions, when, and given what a question is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// `in SCENARIO`, or the scenario of an `if` (which extends the one of `in`).
    pub scenario: ScenarioId,
    /// Whether the file or the command line said so; else the case's present counts.
    pub as_of: Option<Date>,
    /// `given B`
    pub given: Vec<Body>,
    /// `--given DRIVER=OUTCOME`: the outcome, by its place in the driver.
    pub outcomes: Vec<(DriverId, usize)>,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            scenario: ScenarioId::BASE,
            as_of: None,
            given: Vec::new(),
            outcomes: Vec::new(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuestionKind {
    Plain,
    Why,
    WhyNot,
    HowLikely,
    WhatWouldItTake,
    WhatIf,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub kind: QuestionKind,
    pub body: Body,
    /// Those of `given` too.
    pub variables: Variables,
    pub frame: Frame,
    /// As written, without line breaks.
    pub text: String,
    pub at: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub title: SmolStr,
    pub expectations: Vec<Expectation>,
    pub at: Span,
}

/// `expect no body suffixes [status].`
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    pub no: bool,
    /// With a list, one body per item, each of which must pass.
    pub bodies: Vec<Body>,
    /// `only`: in these sentences (the bodies), no other term may stand at this place.
    pub only: Option<usize>,
    pub variables: Variables,
    pub frame: Frame,
    pub wanted: Option<Wanted>,
    /// As written, without line breaks.
    pub text: String,
    pub at: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    Status(StatusWord),
    /// The literal's likelihood lies in the word's range, or is the percentage.
    Likelihood(Likelihood),
}
