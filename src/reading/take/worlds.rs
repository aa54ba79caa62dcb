//! From worlds to changes: which worlds each change leaves, as plain questions take them. Comes in: labels in which a driver's axis has
//! its outcomes. Goes out: the same in which it has what a change chooses, the last value standing for no choice.
//!
//! A driver that is not chosen may have any outcome where it has no `[now]`, where what is given speaks of it, or where a supposition
//! leaves it no world with its `[now]` outcome. What is given may speak of another driver after another change, so this is read off the
//! evidence anew for every change.

use super::variant::{AsIs, Variant};
use crate::label::{Axis, AxisId, Diagram, Label};
use crate::program::DriverId;
use std::collections::HashMap;

/// Worlds that there are, and those among them in which the question fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Worlds {
    pub all: Label,
    pub failing: Label,
}

/// Drivers whose openness hangs on the change, and steps of going through them: more is too much.
const MOST_DRIVERS: usize = 40;
const MOST_STEPS: usize = 100_000;

/// A driver that has its `[now]` outcome unless the evidence or a supposition speaks of it.
struct Conditional {
    axis: AxisId,
    now: u32,
    supposed: bool,
    /// The changes after which the evidence speaks of it.
    opened: Label,
}

struct Opening<'d> {
    diagram: &'d mut Diagram,
    drivers: Vec<Conditional>,
    /// By how many drivers have been gone through: what has been found out.
    known: HashMap<(usize, Worlds), Worlds>,
}

/// The worlds that each change leaves, where it leaves some; nothing where that is too much to look into.
pub fn after_changes(
    diagram: &mut Diagram,
    variant: &Variant,
    evidence: Label,
    mut worlds: Worlds,
) -> Option<Worlds> {
    let mut drivers = Vec::new();
    let bearing: Vec<AxisId> = [worlds.all, worlds.failing]
        .into_iter()
        .flat_map(|label| diagram.axes_of(label))
        .collect();
    for (axis, as_is) in axes(diagram, variant) {
        match *as_is {
            AsIs::Open => {
                worlds = Worlds {
                    all: unchosen(diagram, worlds.all, axis),
                    failing: unchosen(diagram, worlds.failing, axis),
                }
            }
            AsIs::Unless { now, supposed, .. } if bearing.contains(&axis) => {
                drivers.push(Conditional {
                    axis,
                    now,
                    supposed,
                    opened: opened(diagram, variant, evidence, axis),
                })
            }
            AsIs::Unless { .. } | AsIs::Now(_) => {}
        }
    }
    if drivers.len() > MOST_DRIVERS {
        return None;
    }
    let mut opening = Opening {
        diagram,
        drivers,
        known: HashMap::new(),
    };
    opening.from(0, worlds)
}

impl Opening<'_> {
    /// Goes through the drivers from this one on. It recurses once for each.
    fn from(&mut self, place: usize, worlds: Worlds) -> Option<Worlds> {
        let Some(&Conditional {
            axis,
            now,
            supposed,
            opened,
        }) = self.drivers.get(place)
        else {
            return Some(worlds);
        };
        if let Some(&known) = self.known.get(&(place, worlds)) {
            return Some(known);
        }
        if self.known.len() == MOST_STEPS || self.diagram.exhausted() {
            return None;
        }
        let outcomes = self.diagram.space().size(axis) - 1;
        let mut whole = Worlds {
            all: Label::NEVER,
            failing: Label::NEVER,
        };
        for outcome in 0..outcomes {
            let chosen = self.at(worlds, axis, outcome);
            let left = self.from(place + 1, chosen)?;
            let here = self.diagram.among(axis, &[outcome]);
            self.add(&mut whole, left, here);
        }
        let as_now = self.at(worlds, axis, now);
        let any = Worlds {
            all: some_outcome(self.diagram, worlds.all, axis),
            failing: some_outcome(self.diagram, worlds.failing, axis),
        };
        let mut opened = opened;
        if supposed {
            let left = (place + 1..self.drivers.len()).fold(as_now.all, |label, later| {
                unchosen(self.diagram, label, self.drivers[later].axis)
            });
            let none_left = self.diagram.not(left);
            opened = self.diagram.or(opened, none_left);
        }
        let here = self.diagram.among(axis, &[outcomes]);
        for (worlds, when) in [(any, opened), (as_now, self.diagram.not(opened))] {
            let when = self.diagram.and(here, when);
            if !when.is_never() {
                let left = self.from(place + 1, worlds)?;
                self.add(&mut whole, left, when);
            }
        }
        self.known.insert((place, worlds), whole);
        Some(whole)
    }

    fn at(&mut self, worlds: Worlds, axis: AxisId, outcome: u32) -> Worlds {
        Worlds {
            all: self.diagram.at(worlds.all, axis, outcome),
            failing: self.diagram.at(worlds.failing, axis, outcome),
        }
    }

    fn add(&mut self, whole: &mut Worlds, part: Worlds, when: Label) {
        let all = self.diagram.and(part.all, when);
        let failing = self.diagram.and(part.failing, when);
        whole.all = self.diagram.or(whole.all, all);
        whole.failing = self.diagram.or(whole.failing, failing);
    }
}

/// The changes after which the evidence speaks of a driver that they leave unchosen.
fn opened(diagram: &mut Diagram, variant: &Variant, evidence: Label, axis: AxisId) -> Label {
    let outcomes: Vec<u32> = (0..diagram.space().size(axis) - 1).collect();
    let some = some_outcome(diagram, evidence, axis);
    let every = outcomes.iter().fold(Label::ALWAYS, |so_far, &outcome| {
        let here = diagram.at(evidence, axis, outcome);
        diagram.and(so_far, here)
    });
    let mut opened = diagram.without(some, every);
    let bearing = diagram.axes_of(opened);
    for (other, as_is) in axes(diagram, variant) {
        if !matches!(as_is, AsIs::Now(_)) && bearing.contains(&other) {
            opened = unchosen(diagram, opened, other);
        }
    }
    opened
}

/// The case's drivers that a variant has an axis for.
fn axes<'v>(diagram: &Diagram, variant: &'v Variant) -> Vec<(AxisId, &'v AsIs)> {
    let numbered = variant.as_is.iter().enumerate();
    numbered
        .filter_map(|(number, as_is)| {
            let axis = diagram
                .space()
                .find(Axis::Driver(DriverId(number as u32)))?;
            Some((axis, as_is))
        })
        .collect()
}

/// A label with its value for no choice: where it is for some outcome.
fn unchosen(diagram: &mut Diagram, label: Label, axis: AxisId) -> Label {
    let last = diagram.space().size(axis) - 1;
    let (chosen, open) = (diagram.between(axis, 0..last), diagram.among(axis, &[last]));
    let some = some_outcome(diagram, label, axis);
    let (chosen, open) = (diagram.and(label, chosen), diagram.and(some, open));
    diagram.or(chosen, open)
}

/// Where a label is for some outcome of an axis, the last value being none.
fn some_outcome(diagram: &mut Diagram, label: Label, axis: AxisId) -> Label {
    let outcomes = 0..diagram.space().size(axis) - 1;
    outcomes.fold(Label::NEVER, |so_far, outcome| {
        let here = diagram.at(label, axis, outcome);
        diagram.or(so_far, here)
    })
}
