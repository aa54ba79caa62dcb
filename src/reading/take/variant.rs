//! A program in which what could be otherwise is a driver's: each candidate has two outcomes, as it is and otherwise, so that one
//! evaluation has every change in its labels.
//!
//! A driver that may be open gets one more outcome, which stands for leaving it so ([`worlds`](super::worlds) says what that comes to).
//! So a change may fix a driver that is open, and need not.

use super::candidates::Candidates;
use super::slice::slice;
use crate::core::Variation;
use crate::label::{Axis, AxisId, Diagram, Label};
use crate::program::{Driver, DriverId, Outcome, Program, Question};
use crate::reading::Reader;
use crate::reading::scope::Scope;
use crate::text::Span;

/// How a driver is before anything is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsIs {
    /// It has its `[now]` outcome, and whatever else changes, it keeps it.
    Now(u32),
    /// It may have any outcome.
    Open,
    /// It has its `[now]` outcome unless what is given speaks of it, or (`supposed`) a supposition leaves no world with that. `open`
    /// says whether it is so before anything is changed.
    Unless {
        now: u32,
        supposed: bool,
        open: bool,
    },
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
            if !matches!(as_is, AsIs::Now(_)) {
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
                    Some(AsIs::Open | AsIs::Unless { .. }) => (axis, size - 1),
                    None => (axis, 1 - OTHERWISE),
                },
            )
            .collect()
    }

    /// The contexts of a scope before anything is changed, in the variant's model.
    pub fn now(&self, reader: &mut Reader<'_>, scope: &Scope) -> Label {
        let mut label = reader.region(scope);
        for (axis, value) in self.start(&reader.model.diagram) {
            let diagram = &mut reader.model.diagram;
            let driver = match diagram.space().axes[axis.0 as usize].0 {
                Axis::Driver(driver) => self.as_is.get(driver.0 as usize),
                Axis::Time | Axis::Scenario => None,
            };
            let here = match driver {
                Some(AsIs::Open | AsIs::Unless { open: true, .. }) => {
                    diagram.between(axis, 0..value)
                }
                Some(AsIs::Unless { now, .. }) => diagram.among(axis, &[*now]),
                Some(AsIs::Now(_)) | None => diagram.among(axis, &[value]),
            };
            label = diagram.and(label, here);
        }
        label
    }
}

/// How each driver is in the worlds of a question.
pub fn as_is(reader: &mut Reader<'_>, question: &Question, scope: &Scope) -> Vec<AsIs> {
    let program = reader.program;
    let kept = reader.core.kept[scope.scenario.0 as usize];
    let supposed = reader.model.diagram.axes_of(kept);
    let drivers = program.drivers.iter().enumerate();
    drivers
        .map(|(number, driver)| {
            let id = DriverId(number as u32);
            let now = driver.outcomes.iter().position(|outcome| outcome.now);
            let (Some(now), Some(axis)) = (now, reader.axis(Axis::Driver(id))) else {
                return AsIs::Open;
            };
            let (now, supposed) = (now as u32, supposed.contains(&axis));
            let chosen = question.frame.outcomes.iter().any(|&(of, _)| of == id);
            if question.frame.given.is_empty() && !supposed && !chosen {
                return AsIs::Now(now);
            }
            let diagram = &mut reader.model.diagram;
            let as_now = diagram.among(axis, &[now]);
            let open = !diagram.within(scope.worlds, as_now);
            AsIs::Unless {
                now,
                supposed,
                open,
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
