//! The smallest sets of choices that guarantee a label, or lead into it: what it takes.
//!
//! A set of choices (each one value of an axis) is an implicant of a label if every context that makes them is in the label, and
//! prime if no proper part of it is an implicant.

use super::diagram::LAST_AXIS;
use super::search::{BUDGET, Search};
use super::{AxisId, Diagram, Label};
use rustc_hash::{FxHashMap, FxHashSet};

/// Choices of one value on each of some axes, in order of axis.
pub type Choices = Vec<(AxisId, u32)>;

/// The smallest of several sets of choices.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Smallest {
    /// Smallest first, then in order.
    pub sets: Vec<Choices>,
    /// Whether these are all.
    pub complete: bool,
}

impl Diagram {
    /// The minimal sets of choices on `axes` that guarantee `goal` whatever the other axes are; at most `limit`, smallest first. For a goal
    /// that always holds it is one set, of no choices. A search that grows too large gives the smallest as far as it came.
    pub fn primes(&mut self, goal: Label, axes: &[AxisId], limit: usize) -> Smallest {
        self.scratch(BUDGET, |diagram| {
            let goal = diagram.whatever_else(goal, axes.iter().copied());
            Search::new(diagram, |_, _| 1.0).smallest(goal, limit)
        })
    }

    /// The minimal sets of changes to `from` (one value for each of some axes) that lead into `goal`: changing just these axes
    /// gives a context of `goal`, and no proper part of the change does. At most `limit`, smallest first; one set without
    /// changes where `from` is in `goal`. On axes that are not in `from`, `goal` must hold whatever they are.
    pub fn flips(&mut self, goal: Label, from: &[(AxisId, u32)], limit: usize) -> Smallest {
        self.scratch(BUDGET, |diagram| {
            let goal = diagram.whatever_else(goal, from.iter().map(|&(axis, _)| axis));
            let reached = diagram.with_more_changes(goal, from);
            Search::new(diagram, |_, _| 1.0).smallest(reached, limit)
        })
    }

    /// The cheapest set of choices that guarantees `goal`, with its cost; `cost` says what a choice costs, 0 or more (infinite: not to be
    /// had). With the cost −ln p it is the likeliest guarantee. `None` where there is none, or finding it takes too long.
    pub fn cheapest(
        &mut self,
        goal: Label,
        cost: impl Fn(AxisId, u32) -> f64,
    ) -> Option<(f64, Choices)> {
        self.scratch(BUDGET, |diagram| {
            Search::new(diagram, cost).cheapest(goal).ok().flatten()
        })
    }

    /// The contexts that are in `a` whatever their values on axes other than these.
    fn whatever_else(&mut self, a: Label, axes: impl IntoIterator<Item = AxisId>) -> Label {
        let chosen: FxHashSet<AxisId> = axes.into_iter().collect();
        let others: Vec<AxisId> = self
            .axes_of(a)
            .into_iter()
            .filter(|axis| !chosen.contains(axis))
            .collect();
        self.for_all_of(a, &others)
    }

    /// The contexts that some part of their differences from `from` is enough to bring into `a`. Their primes are the minimal differences:
    /// on an axis where the value of `from` does, any other does too, so that no prime chooses it.
    fn with_more_changes(&mut self, a: Label, from: &[(AxisId, u32)]) -> Label {
        let from: FxHashMap<AxisId, u32> = from.iter().copied().collect();
        self.rebuild(a, LAST_AXIS, |diagram, node, rebuilt| {
            let value = from[&AxisId(diagram.nodes.axis(node))];
            let enough = rebuilt.of(diagram.nodes.follow(node, value));
            diagram.map_runs(node, |diagram, to| diagram.or(enough, rebuilt.of(to)))
        })
    }
}
