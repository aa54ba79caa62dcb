//! What could be otherwise: drivers with their outcomes, scenarios with their suppositions.

use super::{Citation, Ground, Period};
use crate::syntax::tree::Likelihood;
use crate::text::Span;
use smol_str::SmolStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DriverId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScenarioId(pub u32);

impl ScenarioId {
    /// The case as it stands, nothing supposed.
    pub const BASE: Self = Self(0);
}

/// A driver: exactly one of its outcomes is the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// For a fact with a likelihood: its sentence, with the outcomes `yes` and `no`.
    pub label: SmolStr,
    pub title: Option<SmolStr>,
    /// Two or more for a declared driver, in order.
    pub outcomes: Vec<Outcome>,
    pub from_fact: bool,
    pub at: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub label: SmolStr,
    /// What it states; empty for `nothing`.
    pub states: Vec<Ground>,
    pub period: Option<Period>,
    pub now: bool,
    pub likelihood: Option<Likelihood>,
    pub citations: Vec<Citation>,
    pub at: Span,
}

/// Suppositions under a name, or those of an `if`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Empty for the base and for the scenario of an `if`.
    pub label: SmolStr,
    pub title: Option<SmolStr>,
    pub extends: Option<ScenarioId>,
    pub suppositions: Vec<Supposition>,
    pub at: Span,
}

/// `suppose S` or `drop S`
#[derive(Clone, Debug, PartialEq)]
pub struct Supposition {
    pub literal: Ground,
    pub drop: bool,
    pub period: Option<Period>,
    pub citations: Vec<Citation>,
    pub at: Span,
}
