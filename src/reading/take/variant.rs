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
    /// It may have any of these.
    Open(Vec<u32>),
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
            if matches!(as_is, AsIs::Open(_)) {
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
                    Some(AsIs::Open(_)) => (axis, size - 1),
                    None => (axis, 1 - OTHERWISE),
                },
            )
            .collect()
    }

    /// A label over drivers, read where an open driver stays open as what holds whatever its outcome (`all`), or for some outcome.
    pub fn with_open(&self, diagram: &mut Diagram, mut label: Label, all: bool) -> Label {
        for (number, as_is) in self.as_is.iter().enumerate() {
            let AsIs::Open(outcomes) = as_is else {
                continue;
            };
            let Some(axis) = diagram.space().find(Axis::Driver(DriverId(number as u32))) else {
                continue;
            };
            let left_open = diagram.space().size(axis) - 1;
            let mut open = if all { Label::ALWAYS } else { Label::NEVER };
            for &outcome in outcomes {
                let here = diagram.at(label, axis, outcome);
                open = if all {
                    diagram.and(open, here)
                } else {
                    diagram.or(open, here)
                };
            }
            let fixed = diagram.between(axis, 0..left_open);
            let fixed = diagram.and(label, fixed);
            let stays = diagram.among(axis, &[left_open]);
            let stays = diagram.and(open, stays);
            label = diagram.or(fixed, stays);
        }
        label
    }

    /// The contexts of a scope before anything is changed, in the variant's model.
    pub fn now(&self, reader: &mut Reader<'_>, scope: &Scope) -> Label {
        let mut label = reader.region(scope);
        for (axis, value) in self.start(&reader.model.diagram) {
            let here = match reader.model.diagram.space().axes[axis.0 as usize].0 {
                Axis::Driver(driver) => match self.as_is.get(driver.0 as usize) {
                    Some(AsIs::Open(outcomes)) => reader.model.diagram.among(axis, outcomes),
                    _ => reader.model.diagram.among(axis, &[value]),
                },
                Axis::Time | Axis::Scenario => Label::ALWAYS,
            };
            label = reader.model.diagram.and(label, here);
        }
        label
    }
}

/// How each driver is in the worlds of a question.
pub fn as_is(reader: &mut Reader<'_>, worlds: Label) -> Vec<AsIs> {
    let program = reader.program;
    let drivers = program.drivers.iter().enumerate();
    drivers
        .map(|(number, driver)| {
            let everything: Vec<u32> = (0..driver.outcomes.len() as u32).collect();
            let Some(axis) = reader.axis(Axis::Driver(DriverId(number as u32))) else {
                return AsIs::Open(everything);
            };
            let (now, other): (Vec<u32>, Vec<u32>) = everything
                .iter()
                .partition(|&&outcome| driver.outcomes[outcome as usize].now);
            let elsewhere = reader.model.diagram.among(axis, &other);
            match now.as_slice() {
                [] => AsIs::Open(everything),
                _ if !reader.model.diagram.and(worlds, elsewhere).is_never() => {
                    AsIs::Open(everything)
                }
                [outcome] => AsIs::Now(*outcome),
                _ => AsIs::Open(now),
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
