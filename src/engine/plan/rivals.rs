//! Pairs of literals that bind the same term, of which the one with fewer entries is walked and the other tested.

use super::order::Planner;
use super::{Guard, Rivalry, Walk, Which};
use crate::engine::goal::Goal;
use crate::engine::relation::Relation;

impl Planner<'_> {
    /// Another goal that binds the same slot, one, and nothing else.
    pub(super) fn rival(&mut self, at: usize, slots: &[u32]) -> Option<usize> {
        let Goal::Holds { table, .. } = self.clause.goals[at] else {
            return None;
        };
        let [slot] = self.unbound(slots)[..] else {
            return None;
        };
        let suits = |relation: &Relation| !relation.growing && !relation.table.is_labelled();
        let mut others = self
            .clause
            .mentions(slot)
            .iter()
            .map(|&other| other as usize);
        let other = others.find(|&other| match &self.clause.goals[other] {
            Goal::Holds { table, slots } => {
                let binds = !self.placed[other] && self.unbound(slots)[..] == [slot];
                binds && suits(&self.relations[*table]) && !self.key(slots).0.is_empty()
            }
            _ => false,
        });
        other.filter(|_| {
            suits(&self.relations[table])
                && self.key(slots).0.len() < slots.len()
                && !self.key(slots).0.is_empty()
        })
    }

    /// Lets the goal that has just been joined and another one be walked by turns.
    pub(super) fn contend(&mut self, first: usize, other: usize) {
        let (
            Goal::Holds {
                table: first,
                slots: first_slots,
            },
            Goal::Holds { table, slots },
        ) = (&self.clause.goals[first], &self.clause.goals[other])
        else {
            return;
        };
        let (first, table) = (*first, *table);
        let Some(bound) = self
            .levels
            .last()
            .and_then(|level| Some(level.binds.first()?.1))
        else {
            return;
        };
        let (columns, key): (Vec<u32>, Vec<u32>) = (0..)
            .zip(slots.iter().copied())
            .filter(|&(_, slot)| slot != bound)
            .unzip();
        let (index, rest) = self.index(table, &columns);
        self.place(other);
        self.rows *= self.relations[table].share();
        let guard = Guard::Holds {
            table,
            slots: slots.clone(),
            which: Which::All,
        };
        let instead = Guard::Holds {
            table: first,
            slots: first_slots.clone(),
            which: Which::All,
        };
        if let Some(level) = self.levels.last_mut() {
            level.guards.push(guard);
            level.rivalry = Some(Rivalry {
                walk: Walk::Entries {
                    table,
                    index,
                    key,
                    which: Which::All,
                },
                binds: (0..rest.len() as u32).map(|place| (place, bound)).collect(),
                guard: level.guards.len() - 1,
                instead,
            });
        }
    }
}
