//! Contexts → labels: the axes, the time segments, and what each period, outcome and scenario is as a set of contexts.

use crate::label::{Axis, AxisId, Diagram, Label, Segments, Space};
use crate::program::{DriverId, Frame, Period, Program, ScenarioId};

/// Makes the labels of one program.
#[derive(Clone, Debug)]
pub struct Contexts {
    pub diagram: Diagram,
    pub segments: Segments,
    time: Option<AxisId>,
    scenario: Option<AxisId>,
}

impl Contexts {
    /// Axes with one value are left out: time where no date matters, the scenario where none is declared.
    pub fn new(program: &Program) -> Self {
        let segments = Segments::new(periods(program));
        let mut space = Space::default();
        if segments.count() > 1 {
            space.axes.push((Axis::Time, segments.count()));
        }
        if program.scenarios.len() > 1 {
            space
                .axes
                .push((Axis::Scenario, program.scenarios.len() as u32));
        }
        for (number, driver) in program.drivers.iter().enumerate() {
            space.axes.push((
                Axis::Driver(DriverId(number as u32)),
                driver.outcomes.len() as u32,
            ));
        }
        let (time, scenario) = (space.find(Axis::Time), space.find(Axis::Scenario));
        Self {
            diagram: Diagram::new(space),
            segments,
            time,
            scenario,
        }
    }

    pub fn period(&mut self, period: Option<Period>) -> Label {
        match (period, self.time) {
            (Some(period), Some(time)) => self.diagram.between(time, self.segments.covered(period)),
            _ => Label::ALWAYS,
        }
    }

    pub fn scenarios(&mut self, scenarios: &[ScenarioId]) -> Label {
        match self.scenario {
            Some(axis) => {
                let values: Vec<u32> = scenarios.iter().map(|scenario| scenario.0).collect();
                self.diagram.among(axis, &values)
            }
            None if scenarios.is_empty() => Label::NEVER,
            None => Label::ALWAYS,
        }
    }

    pub fn outcomes(&mut self, driver: DriverId, outcomes: &[u32]) -> Label {
        match self.diagram.space().find(Axis::Driver(driver)) {
            Some(axis) => self.diagram.among(axis, outcomes),
            None => Label::ALWAYS,
        }
    }
}

/// Every period that the program speaks of.
fn periods(program: &Program) -> impl Iterator<Item = Period> {
    let facts = program.facts.noted().filter_map(|notes| notes.period);
    let rules = program.rules.iter().filter_map(|rule| rule.period);
    let outcomes = program
        .drivers
        .iter()
        .flat_map(|driver| &driver.outcomes)
        .filter_map(|outcome| outcome.period);
    let supposed = program
        .scenarios
        .iter()
        .flat_map(|scenario| &scenario.suppositions)
        .filter_map(|item| item.period);
    facts.chain(rules).chain(outcomes).chain(supposed)
}

/// The day at which a question is asked, if it is asked of one: its own `as of`, else the case's present.
pub fn present(program: &Program, frame: &Frame) -> Option<crate::value::date::Day> {
    frame.as_of.or(program.present).map(|date| date.last)
}
