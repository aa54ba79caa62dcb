//! Which drivers bear on a conclusion: what flips it from the present outcomes, and how far each driver moves it. Conclusions that hold in
//! the same worlds share one answer.

use super::Sensitivity;
use crate::label::{Axis, AxisId, Label};
use crate::program::DriverId;
use crate::reading::Reader;
use crate::reading::scope::Scope;
use rustc_hash::FxHashMap;

/// Flips listed for a conclusion.
const MOST_FLIPS: usize = 20;

/// What is known of the drivers' bearing so far.
pub(super) struct Bearing {
    feasible: Label,
    /// The drivers' axes, in order.
    axes: Vec<(AxisId, DriverId)>,
    /// The `[now]` outcomes.
    now: Vec<(AxisId, u32)>,
    /// The worlds with all of these.
    present: Label,
    uniform: Vec<Vec<f64>>,
    sensitivity: FxHashMap<Label, Vec<Sensitivity>>,
    flips: FxHashMap<Label, Vec<Vec<(DriverId, usize)>>>,
}

impl Bearing {
    pub fn new(reader: &mut Reader<'_>, base: &Scope) -> Self {
        let mut axes = Vec::new();
        let mut now = Vec::new();
        let mut present = base.worlds;
        for (number, driver) in reader.program.drivers.iter().enumerate() {
            let id = DriverId(number as u32);
            let Some(axis) = reader.axis(Axis::Driver(id)) else {
                continue;
            };
            axes.push((axis, id));
            if let Some(outcome) = driver.outcomes.iter().position(|outcome| outcome.now) {
                now.push((axis, outcome as u32));
                let here = reader.model.diagram.among(axis, &[outcome as u32]);
                present = reader.model.diagram.and(present, here);
            }
        }
        now.sort_unstable();
        Self {
            feasible: base.worlds,
            axes,
            now,
            present,
            uniform: reader.model.diagram.space().uniform(),
            sensitivity: FxHashMap::default(),
            flips: FxHashMap::default(),
        }
    }

    /// Whether what holds in these worlds does as the drivers stand now; nothing where that hangs on drivers of which none stands.
    pub fn now(&self, reader: &mut Reader<'_>, holding: Label) -> Option<bool> {
        if self.now.is_empty() || self.present.is_never() {
            return None;
        }
        let here = reader.model.diagram.and(holding, self.present);
        match here {
            here if here == self.present => Some(true),
            Label::NEVER => Some(false),
            _ => None,
        }
    }

    /// The smallest changes of `[now]` outcomes after which what holds in these worlds does where it did not, or the other way round, whatever the
    /// drivers without one are.
    pub fn flips(
        &mut self,
        reader: &mut Reader<'_>,
        holding: Label,
    ) -> Vec<Vec<(DriverId, usize)>> {
        let Some(holds) = self.now(reader, holding) else {
            return Vec::new();
        };
        if let Some(known) = self.flips.get(&holding) {
            return known.clone();
        }
        let diagram = &mut reader.model.diagram;
        let goal = if holds {
            diagram.without(self.feasible, holding)
        } else {
            holding
        };
        // Of the other drivers every possible outcome must lead there, and there must be one.
        let infeasible = diagram.not(self.feasible);
        let goal_or_infeasible = diagram.or(goal, infeasible);
        let others: Vec<AxisId> = (self.axes.iter())
            .map(|&(axis, _)| axis)
            .filter(|axis| self.now.iter().all(|(now, _)| now != axis))
            .collect();
        let whatever = diagram.for_all_of(goal_or_infeasible, &others);
        let reachable = diagram.for_some_of(goal, &others);
        let goal = diagram.and(whatever, reachable);
        let found = diagram.flips(goal, &self.now, MOST_FLIPS);
        let flips: Vec<Vec<(DriverId, usize)>> = found
            .sets
            .into_iter()
            .map(|set| {
                let changed = set.into_iter().filter_map(|(axis, value)| {
                    let driver = self.axes.iter().find(|&&(known, _)| known == axis)?.1;
                    Some((driver, value as usize))
                });
                changed.collect()
            })
            .collect();
        self.flips.insert(holding, flips.clone());
        flips
    }

    /// How much each driver bears on what holds in these worlds; those that do not at all are left out.
    pub fn sensitivity(&mut self, reader: &mut Reader<'_>, holding: Label) -> Vec<Sensitivity> {
        if holding.is_never() || holding == self.feasible {
            return Vec::new();
        }
        if let Some(known) = self.sensitivity.get(&holding) {
            return known.clone();
        }
        let mut all = Vec::new();
        for &(axis, driver) in &self.axes {
            let (feasible, weights) = (self.feasible, &reader.weights);
            let diagram = &mut reader.model.diagram;
            let share = diagram
                .sensitivity(holding, axis, feasible, &self.uniform)
                .unwrap_or(0.0);
            let by_value = diagram.likelihood_by_value(holding, axis, feasible, weights);
            let known = || by_value.iter().copied().flatten();
            let low = known().fold(f64::INFINITY, f64::min);
            let high = known().fold(f64::NEG_INFINITY, f64::max);
            let one = Sensitivity {
                driver,
                share,
                low,
                high,
            };
            if low <= high && (share > 0.0 || one.spread() > 1e-12) {
                all.push(one);
            }
        }
        self.sensitivity.insert(holding, all.clone());
        all
    }
}
