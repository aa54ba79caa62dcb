//! Goals that need no loop: tests of what is bound, and slots computed from it.

use super::order::Planner;
use super::{Guard, Hazard, Source};
use crate::engine::arithmetic::Formula;
use crate::engine::goal::{Goal, TableId};
use crate::value::Comparison;

impl Planner<'_> {
    /// The goal as a test or a computed slot, if its slots are bound.
    pub(super) fn test(&mut self, at: usize) -> Option<Guard> {
        match &self.clause.goals[at] {
            Goal::Holds { table, slots }
                if self.all_bound(slots) && !self.relations[*table].is_blurred() =>
            {
                self.rows *= self.relations[*table].share();
                Some(Guard::Holds {
                    table: *table,
                    slots: slots.clone(),
                    which: self.which(at, *table),
                })
            }
            Goal::Fails { table, .. } if self.is_uncalled(*table) => None,
            Goal::Fails { table, slots } => self.fails(at, *table, slots),
            Goal::Compare {
                left,
                comparison,
                right,
                wanted,
            } => self.compare(at, left, *comparison, right, *wanted),
            _ => None,
        }
    }

    /// Whether a table has rows only for what has been called, and that is not done yet.
    fn is_uncalled(&self, table: TableId) -> bool {
        self.calls_ahead > 0 && self.relations[table].called
    }

    fn compare(
        &mut self,
        at: usize,
        left: &Formula,
        comparison: Comparison,
        right: &Formula,
        wanted: bool,
    ) -> Option<Guard> {
        let bound = |formula: &Formula| formula.slots().all(|slot| self.bound[slot as usize]);
        let equal = comparison == Comparison::Equal && wanted;
        match (bound(left), bound(right)) {
            (true, true) => {
                let plain = left.as_slot().is_some() && right.as_slot().is_some();
                let safe = plain && matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                let hazard = (!safe).then(|| self.hazard(at));
                Some(Guard::Compare {
                    left: left.clone(),
                    comparison,
                    right: right.clone(),
                    wanted,
                    hazard,
                })
            }
            (false, true) if equal => self.compute(at, left, right),
            (true, false) if equal => self.compute(at, right, left),
            _ => None,
        }
    }

    fn compute(&mut self, at: usize, target: &Formula, value: &Formula) -> Option<Guard> {
        let slot = target.as_slot()?;
        let hazard = value.as_slot().is_none().then(|| self.hazard(at));
        self.bind(slot);
        Some(Guard::Let {
            slot,
            value: value.clone(),
            hazard,
        })
    }

    /// What is joined when the goal is, and what is bound.
    pub(super) fn hazard(&self, at: usize) -> Hazard {
        Hazard {
            joined: self.joined.len() + usize::from(!self.placed[at]),
            bound: self.bound_in_order.len(),
        }
    }

    /// Slots found nowhere else match anything.
    fn fails(&mut self, at: usize, table: TableId, slots: &[u32]) -> Option<Guard> {
        if self.all_bound(slots) {
            return Some(Guard::Fails {
                table,
                slots: slots.to_vec(),
            });
        }
        let unbound = |slot: u32| !self.bound[slot as usize];
        if slots
            .iter()
            .any(|&slot| unbound(slot) && self.clause.is_elsewhere(slot, at))
        {
            return None;
        }
        let (columns, key) = self.key(slots);
        let (index, places) = if columns.is_empty() {
            (None, (0..slots.len() as u32).collect())
        } else {
            let (index, rest) = self.index(table, &columns);
            (Some(index), rest)
        };
        let slot_at = |place: usize| slots[places[place] as usize];
        let mut checks = Vec::new();
        for place in 0..places.len() {
            let slot = slot_at(place);
            if let Some(first) = (0..place).find(|&first| slot_at(first) == slot) {
                checks.push((place as u32, Source::Place(first as u32)));
            } else if self.bound[slot as usize] {
                checks.push((place as u32, Source::Slot(slot)));
            }
        }
        Some(Guard::FailsAny {
            table,
            index,
            key,
            checks,
        })
    }
}
