//! A program in which what could be otherwise is a driver's: each candidate has two outcomes, as it is and otherwise, so that one
//! evaluation has every change in its labels.
//!
//! A driver that is not fixed by a `[now]` outcome gets one more outcome, which stands for leaving it open: there a condition is met
//! only where it is met whatever the outcome. So a change may fix a driver that is open, and need not.

use super::candidates::Candidates;
use super::slice::slice;
use crate::core::Variation;
use crate::label::{Axis, AxisId, Diagram, Label};
use crate::program::{Driver, DriverId, Outcome, Program, Question};
use crate::reading::Reader;
use crate::reading::scope::Scope;
use crate::text::Span;

/// How a driver is before anything is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AsIs {
    /// It has its `[now]` outcome.
    Now(u32),
    /// It may have any outcome, but has one of these where it can: suppositions speak of it, and may leave it its `[now]` outcome.
    Open { preferred: Vec<u32> },
}

/// The varied program.
pub struct Variant {
    pub program: Program,
    pub variations: Vec<Variation>,
    /// By driver of the case; the candidates' drivers come after these.
    pub as_is: Vec<AsIs>,
}

/// The outcome of a candidate's driver in which it is otherwise.
pub const OTHERWISE: u32 = 1;

impl Variant {
    pub fn new(
        program: &Program,
        question: &Question,
        as_is: &[AsIs],
        candidates: &Candidates,
    ) -> Self {
        let mut program = slice(program, question);
        for (driver, as_is) in program.drivers.iter_mut().zip(as_is) {
            if matches!(as_is, AsIs::Open { .. }) {
                driver.outcomes.push(outcome());
            }
        }
        let mut variations = Vec::new();
        for (candidate, _) in candidates.iter() {
            variations.push(Variation {
                driver: DriverId(program.drivers.len() as u32),
                outcome: OTHERWISE,
                change: candidate.clone(),
            });
            program.drivers.push(plain_driver(2));
        }
        Self {
            program,
            variations,
            as_is: as_is.to_vec(),
        }
    }

    /// The value of each axis before anything is changed.
    pub fn start(&self, diagram: &Diagram) -> Vec<(AxisId, u32)> {
        let axes = diagram.space().axes.iter().enumerate();
        let drivers = axes.filter_map(|(place, &(axis, size))| match axis {
            Axis::Driver(driver) => Some((AxisId(place as u32), driver, size)),
            Axis::Time | Axis::Scenario => None,
        });
        drivers
            .map(
                |(axis, driver, size)| match self.as_is.get(driver.0 as usize) {
                    Some(AsIs::Now(outcome)) => (axis, *outcome),
                    Some(AsIs::Open { .. }) => (axis, size - 1),
                    None => (axis, 1 - OTHERWISE),
                },
            )
            .collect()
    }

    /// A label over drivers and the worlds that there are, with the outcome that leaves a driver open as well: the label is met there
    /// where it is whatever the driver's outcome (`all`), or for some outcome.
    pub fn with_open(
        &self,
        diagram: &mut Diagram,
        (mut label, mut worlds): (Label, Label),
        all: bool,
    ) -> (Label, Label) {
        for (number, as_is) in self.as_is.iter().enumerate() {
            let AsIs::Open { preferred } = as_is else {
                continue;
            };
            let Some(axis) = diagram.space().find(Axis::Driver(DriverId(number as u32))) else {
                continue;
            };
            let left_open = diagram.space().size(axis) - 1;
            let some = over(diagram, (label, axis), 0..left_open, all);
            let preferable = over(diagram, (worlds, axis), preferred.iter().copied(), false);
            let preferably = over(diagram, (label, axis), preferred.iter().copied(), all);
            let (one, other) = (
                diagram.and(preferable, preferably),
                diagram.without(some, preferable),
            );
            let open = diagram.or(one, other);
            let open_worlds = over(diagram, (worlds, axis), 0..left_open, false);
            label = where_open(diagram, label, open, axis);
            worlds = where_open(diagram, worlds, open_worlds, axis);
        }
        (label, worlds)
    }

    /// The contexts of a scope before anything is changed, in the variant's model.
    pub fn now(&self, reader: &mut Reader<'_>, scope: &Scope) -> Label {
        let mut label = reader.region(scope);
        for (axis, value) in self.start(&reader.model.diagram) {
            let diagram = &mut reader.model.diagram;
            let is_open = match diagram.space().axes[axis.0 as usize].0 {
                Axis::Driver(driver) => {
                    matches!(self.as_is.get(driver.0 as usize), Some(AsIs::Open { .. }))
                }
                Axis::Time | Axis::Scenario => false,
            };
            let here = if is_open {
                diagram.between(axis, 0..value)
            } else {
                diagram.among(axis, &[value])
            };
            label = diagram.and(label, here);
        }
        label
    }
}

/// A label for every value of an axis among these, or for some of them.
fn over(
    diagram: &mut Diagram,
    (label, axis): (Label, AxisId),
    values: impl Iterator<Item = u32>,
    all: bool,
) -> Label {
    values.fold(
        if all { Label::ALWAYS } else { Label::NEVER },
        |so_far, value| {
            let here = diagram.at(label, axis, value);
            if all {
                diagram.and(so_far, here)
            } else {
                diagram.or(so_far, here)
            }
        },
    )
}

/// A label with another in place of it at the last value of an axis.
fn where_open(diagram: &mut Diagram, label: Label, open: Label, axis: AxisId) -> Label {
    let last = diagram.space().size(axis) - 1;
    let (fixed, left_open) = (diagram.between(axis, 0..last), diagram.among(axis, &[last]));
    let (fixed, left_open) = (diagram.and(label, fixed), diagram.and(open, left_open));
    diagram.or(fixed, left_open)
}

/// How each driver is in the worlds of a question.
pub fn as_is(reader: &mut Reader<'_>, scope: &Scope) -> Vec<AsIs> {
    let program = reader.program;
    let supposed = reader
        .model
        .diagram
        .axes_of(reader.core.kept[scope.scenario.0 as usize]);
    let drivers = program.drivers.iter().enumerate();
    drivers
        .map(|(number, driver)| {
            let nothing = AsIs::Open {
                preferred: Vec::new(),
            };
            let Some(axis) = reader.axis(Axis::Driver(DriverId(number as u32))) else {
                return nothing;
            };
            let outcomes = 0..driver.outcomes.len() as u32;
            let (now, other): (Vec<u32>, Vec<u32>) =
                outcomes.partition(|&outcome| driver.outcomes[outcome as usize].now);
            let diagram = &mut reader.model.diagram;
            let (is_now, is_other) = (diagram.among(axis, &now), diagram.among(axis, &other));
            let some_now = !diagram.and(scope.worlds, is_now).is_never();
            let some_other = !diagram.and(scope.worlds, is_other).is_never();
            match now.as_slice() {
                [outcome] if !some_other && !supposed.contains(&axis) => AsIs::Now(*outcome),
                _ if some_now && some_other => nothing,
                _ => AsIs::Open { preferred: now },
            }
        })
        .collect()
}

/// A driver whose outcomes state nothing.
pub fn plain_driver(outcomes: usize) -> Driver {
    Driver {
        label: "".into(),
        title: None,
        outcomes: vec![outcome(); outcomes],
        from_fact: false,
        at: Span::default(),
    }
}

fn outcome() -> Outcome {
    Outcome {
        label: "".into(),
        states: Vec::new(),
        period: None,
        now: false,
        likelihood: None,
        citations: Vec::new(),
        at: Span::default(),
    }
}
