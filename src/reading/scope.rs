//! The contexts that a question is about: one scenario, the open worlds, the time asked for.

use super::Reader;
use super::matching::Asked;
use crate::complaint::{Complaint, contexts as complaints};
use crate::core::present;
use crate::label::{Axis, AxisId, Label};
use crate::program::{DriverId, Frame, ScenarioId, Variables};
use crate::text::Span;

/// Which drivers are taken as they are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// `[now]` outcomes stand, the other drivers are open: plain questions, `run`.
    Now,
    /// Every driver is open: sweeps, likelihoods, what it would take.
    All,
}

/// Contexts by what is fixed of them. Labels [narrowed](Reader::narrow) to a scope depend on driver axes, and on time where it
/// is not fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub scenario: ScenarioId,
    /// The time segment asked about; `None` for "at some time".
    pub segment: Option<u32>,
    /// The open worlds, over driver axes.
    pub worlds: Label,
}

impl Reader<'_> {
    /// The scope of a frame. `variables` are those of the statement that the frame belongs to.
    ///
    /// # Errors
    /// When `impossible` or `given` leaves no world, or what is given cannot be computed.
    pub fn scope(
        &mut self,
        frame: &Frame,
        variables: &Variables,
        at: Span,
        openness: Openness,
    ) -> Result<Scope, Complaint> {
        let segment = present(self.program, frame).map(|day| self.core.segments.of(day));
        let mut scope = Scope {
            scenario: frame.scenario,
            segment,
            worlds: self.feasible(frame.scenario)?,
        };
        if scope.worlds.is_never() {
            return Err(complaints::impossible_leaves_none(
                at,
                &self.impossible_at(),
            ));
        }
        let possible = scope.worlds;
        let evidence = self.evidence(frame, variables, at, &scope)?;
        scope.worlds = self.model.diagram.and(possible, evidence);
        if scope.worlds.is_never() {
            return Err(complaints::given_leaves_none(at));
        }
        if openness == Openness::Now {
            self.keep_now(&mut scope, evidence);
            if scope.worlds.is_never() {
                return Err(complaints::present_leaves_none(at, &self.impossible_at()));
            }
        }
        Ok(scope)
    }

    /// The worlds that agree with what a frame gives: the conditions that hold, the outcomes chosen.
    ///
    /// # Errors
    /// When what is given cannot be computed.
    pub(super) fn evidence(
        &mut self,
        frame: &Frame,
        variables: &Variables,
        at: Span,
        scope: &Scope,
    ) -> Result<Label, Complaint> {
        let mut evidence = Label::ALWAYS;
        for body in &frame.given {
            let held = self.worlds_where(
                Asked {
                    body,
                    variables,
                    at,
                },
                scope,
            )?;
            evidence = self.model.diagram.and(evidence, held);
        }
        for &(driver, outcome) in &frame.outcomes {
            if let Some(axis) = self.axis(Axis::Driver(driver)) {
                let label = self.model.diagram.among(axis, &[outcome as u32]);
                evidence = self.model.diagram.and(evidence, label);
            }
        }
        Ok(evidence)
    }

    /// Leaves the `[now]` outcomes of drivers that neither the evidence nor a supposition speaks of, and of the others where they agree.
    fn keep_now(&mut self, scope: &mut Scope, evidence: Label) {
        let opened = self.model.diagram.axes_of(evidence);
        let supposed = self
            .model
            .diagram
            .axes_of(self.core.kept[scope.scenario.0 as usize]);
        for (number, driver) in self.program.drivers.iter().enumerate() {
            let now: Vec<u32> = driver
                .outcomes
                .iter()
                .enumerate()
                .filter(|(_, outcome)| outcome.now)
                .map(|(at, _)| at as u32)
                .collect();
            let Some(axis) = self.axis(Axis::Driver(DriverId(number as u32))) else {
                continue;
            };
            if now.is_empty() || opened.contains(&axis) {
                continue;
            }
            let label = self.model.diagram.among(axis, &now);
            let narrowed = self.model.diagram.and(scope.worlds, label);
            if !narrowed.is_never() || !supposed.contains(&axis) {
                scope.worlds = narrowed;
            }
        }
    }

    /// The worlds of a scenario that its suppositions keep and nothing makes impossible.
    fn feasible(&mut self, scenario: ScenarioId) -> Result<Label, Complaint> {
        let mut worlds = self.core.kept[scenario.0 as usize];
        let everywhen = Scope {
            scenario,
            segment: None,
            worlds: Label::ALWAYS,
        };
        let program = self.program;
        for (body, variables, at) in &program.impossible {
            let removed = self.worlds_where(
                Asked {
                    body,
                    variables,
                    at: *at,
                },
                &everywhen,
            )?;
            worlds = self.model.diagram.without(worlds, removed);
        }
        Ok(worlds)
    }

    /// The contexts that no supposition and nothing impossible removes.
    pub(super) fn feasible_contexts(&mut self) -> Label {
        let mut contexts = Label::NEVER;
        for number in 0..self.program.scenarios.len() {
            // What cannot be computed removes none.
            let worlds = self.feasible(ScenarioId(number as u32));
            let mut here = worlds.unwrap_or(Label::ALWAYS);
            if let Some(axis) = self.axis(Axis::Scenario) {
                let scenario = self.model.diagram.among(axis, &[number as u32]);
                here = self.model.diagram.and(here, scenario);
            }
            contexts = self.model.diagram.or(contexts, here);
        }
        contexts
    }

    fn impossible_at(&self) -> Vec<Span> {
        self.program
            .impossible
            .iter()
            .map(|&(_, _, at)| at)
            .collect()
    }

    /// The worlds of a scope in which a condition holds for some values of its variables.
    pub fn worlds_where(&mut self, asked: Asked<'_>, scope: &Scope) -> Result<Label, Complaint> {
        let mut worlds = Label::NEVER;
        for standing in self.matches(asked)?.rows.into_values() {
            let label = self.in_worlds(standing.holds, scope);
            worlds = self.model.diagram.or(worlds, label);
        }
        Ok(worlds)
    }

    /// A label in the scenario, and at the time, of a scope.
    pub fn narrow(&mut self, label: Label, scope: &Scope) -> Label {
        let mut label = label;
        if let Some(axis) = self.axis(Axis::Scenario) {
            label = self.model.diagram.at(label, axis, scope.scenario.0);
        }
        if let (Some(axis), Some(segment)) = (self.axis(Axis::Time), scope.segment) {
            label = self.model.diagram.at(label, axis, segment);
        }
        label
    }

    /// The worlds in which a label has some context of the scope.
    pub fn in_worlds(&mut self, label: Label, scope: &Scope) -> Label {
        let label = self.narrow(label, scope);
        match self.axis(Axis::Time) {
            Some(axis) => self.model.diagram.for_some(label, axis),
            None => label,
        }
    }

    pub fn axis(&self, axis: Axis) -> Option<AxisId> {
        self.model.diagram.space().find(axis)
    }
}
