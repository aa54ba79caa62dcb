//! One context: a value for each axis.

use crate::label::{Axis, AxisId, Label};
use crate::program::{DriverId, Frame, Period, ScenarioId};
use crate::reading::Reader;
use crate::reading::scope::Scope;
use crate::value::Date;

/// A value for each axis, in the order of the diagram.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment(pub Vec<u32>);

impl Reader<'_> {
    /// The contexts of a scope as a label over all axes.
    pub(in crate::reading) fn region(&mut self, scope: &Scope) -> Label {
        let mut label = scope.worlds;
        if let Some(axis) = self.axis(Axis::Scenario) {
            let here = self.model.diagram.among(axis, &[scope.scenario.0]);
            label = self.model.diagram.and(label, here);
        }
        if let (Some(axis), Some(segment)) = (self.axis(Axis::Time), scope.segment) {
            let here = self.model.diagram.among(axis, &[segment]);
            label = self.model.diagram.and(label, here);
        }
        label
    }

    /// A context of a label: with the `[now]` outcomes as far as they are in it, else the first outcomes, and the latest time.
    pub(in crate::reading) fn moment_in(&mut self, label: Label) -> Option<Moment> {
        if label.is_never() {
            return None;
        }
        let axes = self.model.diagram.space().axes.clone();
        let mut rest = label;
        let mut values = vec![0; axes.len()];
        for (number, &(axis, size)) in axes.iter().enumerate() {
            let id = AxisId(number as u32);
            let preferred: Vec<u32> = match axis {
                Axis::Time => (0..size).rev().collect(),
                Axis::Scenario => (0..size).collect(),
                Axis::Driver(driver) => self.outcomes_now_first(driver),
            };
            for value in preferred {
                let here = self.model.diagram.at(rest, id, value);
                if !here.is_never() {
                    values[number] = value;
                    rest = here;
                    break;
                }
            }
        }
        Some(Moment(values))
    }

    fn outcomes_now_first(&self, driver: DriverId) -> Vec<u32> {
        let outcomes = &self.program.drivers[driver.0 as usize].outcomes;
        let mut order: Vec<u32> = (0..outcomes.len() as u32).collect();
        order.sort_by_key(|&outcome| !outcomes[outcome as usize].now);
        order
    }

    pub(in crate::reading) fn at_moment(&self, label: Label, moment: &Moment) -> bool {
        label.is_always()
            || (!label.is_never()
                && self
                    .model
                    .diagram
                    .contains(label, |axis| moment.0[axis.0 as usize]))
    }

    /// Its time, in dates; `None` where the case knows no time.
    pub(super) fn time_of(&self, moment: &Moment) -> Option<Period> {
        let segment = moment.0[self.axis(Axis::Time)?.0 as usize];
        Some(self.core.segments.period(segment..segment + 1))
    }

    /// A frame of that context alone.
    pub(in crate::reading) fn frame_of(&self, moment: &Moment) -> Frame {
        let mut frame = Frame::default();
        let axes = self.model.diagram.space().axes.iter();
        for (&(axis, _), &value) in axes.zip(&moment.0) {
            match axis {
                Axis::Time => {
                    let Period { first, last } = self.core.segments.period(value..value + 1);
                    let day = first.or(last).unwrap_or_default();
                    frame.as_of = Some(Date {
                        first: day,
                        last: day,
                    });
                }
                Axis::Scenario => frame.scenario = ScenarioId(value),
                Axis::Driver(driver) => frame.outcomes.push((driver, value as usize)),
            }
        }
        frame
    }

    /// The same context at each time until then, the last first.
    pub(in crate::reading) fn earlier(&self, moment: &Moment) -> Vec<Moment> {
        let Some(axis) = self.axis(Axis::Time) else {
            return vec![moment.clone()];
        };
        let at = axis.0 as usize;
        (0..=moment.0[at])
            .rev()
            .map(|segment| {
                let mut then = moment.clone();
                then.0[at] = segment;
                then
            })
            .collect()
    }
}
