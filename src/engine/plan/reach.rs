//! Which goals to look at when something has been bound: those that mention it, and no others, so that planning takes little more than
//! time in the length of the rule.

use super::order::Planner;
use crate::engine::goal::Goal;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Cross products last, and calls after what is joined without them; then the rows that a goal is expected to bring for each, a number that is never
/// negative, by its bits.
type Cost = (bool, bool, u64);

/// Goals that came nearer, to be looked at.
#[derive(Default)]
pub(super) struct Reach {
    /// To be tried as tests: the pass, and the goal. Each pass goes through them in order.
    due: BinaryHeap<Reverse<(u32, u32)>>,
    /// The pass and the goal that is being tried.
    trying: Option<(u32, u32)>,
    /// Goals whose cost may have changed, each once.
    changed: Vec<u32>,
    is_changed: Vec<bool>,
    /// By cost, with the edition of the goal's cost: none but its last counts.
    costs: BinaryHeap<Reverse<(Cost, u32, u32)>>,
    editions: Vec<u32>,
}

impl Reach {
    /// All goals are new.
    pub fn new(goals: usize) -> Self {
        let mut reach = Self {
            is_changed: vec![false; goals],
            editions: vec![0; goals],
            ..Self::default()
        };
        (0..goals as u32).for_each(|goal| reach.touch(goal));
        reach
    }

    /// Something that the goal mentions has been bound.
    pub fn touch(&mut self, goal: u32) {
        let pass = match self.trying {
            Some((pass, at)) => pass + u32::from(goal <= at),
            None => 0,
        };
        self.due.push(Reverse((pass, goal)));
        self.reckon(goal);
    }

    /// The goal's cost may have changed.
    pub fn reckon(&mut self, goal: u32) {
        if !std::mem::replace(&mut self.is_changed[goal as usize], true) {
            self.changed.push(goal);
        }
    }

    /// The next goal to be tried as a test.
    pub fn next_due(&mut self) -> Option<usize> {
        self.trying = self.due.pop().map(|Reverse(due)| due);
        self.trying.map(|(_, goal)| goal as usize)
    }
}

impl Planner<'_> {
    /// The goal expected to multiply rows least, the first of several.
    pub(super) fn cheapest(&mut self) -> Option<usize> {
        for goal in std::mem::take(&mut self.reach.changed) {
            let at = goal as usize;
            self.reach.is_changed[at] = false;
            self.reach.editions[at] += 1;
            if !self.placed[at]
                && let Some(cost) = self.cost_of(at)
            {
                let edition = self.reach.editions[at];
                self.reach.costs.push(Reverse((cost, goal, edition)));
            }
        }
        while let Some(Reverse((_, goal, edition))) = self.reach.costs.pop() {
            let at = goal as usize;
            if !self.placed[at] && self.reach.editions[at] == edition {
                return Some(at);
            }
        }
        None
    }

    /// What joining a goal now is expected to cost, if it can be. A call is made for what is left after the others.
    fn cost_of(&mut self, at: usize) -> Option<Cost> {
        let (Goal::Holds { table, slots } | Goal::Aggregate { table, slots, .. }) =
            &self.clause.goals[at]
        else {
            return None;
        };
        if !self.can_join(at) {
            return None;
        }
        let columns = self.key(slots).0;
        let which = self.which(at, *table);
        let calls = self.clause.goals[at].makes_call();
        let fan_out = self.relations[*table].fan_out(&columns, which);
        Some((columns.is_empty(), calls, fan_out.to_bits()))
    }

    /// An aggregate with a result for empty groups waits for its groups, one that makes a call for what it is called with.
    fn can_join(&self, at: usize) -> bool {
        match &self.clause.goals[at] {
            Goal::Holds { .. } => true,
            Goal::Aggregate {
                slots, empty, call, ..
            } => {
                let groups = &slots[..slots.len() - 1];
                (empty.is_none() || self.all_bound(groups))
                    && (call.as_ref()).is_none_or(|call| self.all_bound(&call.slots))
            }
            _ => false,
        }
    }

    /// An index tells better than a sample what the goals that would use it cost.
    pub(super) fn reckon_again(&mut self, table: usize) {
        let by_table = self.by_table.get_or_insert_with(|| {
            let mut by_table: FxHashMap<usize, Vec<u32>> = FxHashMap::default();
            for (at, goal) in (0..).zip(&self.clause.goals) {
                if let Goal::Holds { table, .. } | Goal::Aggregate { table, .. } = goal {
                    by_table.entry(*table).or_default().push(at);
                }
            }
            by_table
        });
        for &goal in by_table.get(&table).into_iter().flatten() {
            self.reach.reckon(goal);
        }
    }
}
