//! Last levels whose tests are few and simple enough to be run in one tight loop.

use super::order::Planner;
use super::{Guard, Level, Quick, Source, Test, Walk, Which};
use crate::value::Comparison;

impl Planner<'_> {
    /// What to do with the last level's items, and with those of its rival.
    pub(super) fn quick(&self) -> Option<[Quick; 2]> {
        let level = self.levels.last()?;
        let special =
            level.labelled || level.once || level.aggregate.is_some() || level.walk == Walk::Once;
        if special || self.clause.arguments.is_empty() {
            return None;
        }
        let own = self.quick_of(level, &level.binds, None)?;
        let rival = match &level.rivalry {
            None => Quick::default(),
            Some(rivalry) => self.quick_of(
                level,
                &rivalry.binds,
                Some((rivalry.guard, &rivalry.instead)),
            )?,
        };
        Some([own, rival])
    }

    /// With these binds, and another guard in the place of one.
    fn quick_of(
        &self,
        level: &Level,
        binds: &[(u32, u32)],
        other: Option<(usize, &Guard)>,
    ) -> Option<Quick> {
        let source = |slot: u32| match binds.iter().find(|&&(_, bound)| bound == slot) {
            Some(&(place, _)) => Source::Place(place),
            None => Source::Slot(slot),
        };
        let mut tests = Vec::new();
        for &(place, slot) in &level.checks {
            match source(slot) {
                Source::Slot(slot) => tests.push(Test::Same { place, slot }),
                Source::Place(_) => return None,
            }
        }
        for (at, guard) in level.guards.iter().enumerate() {
            let guard = other
                .filter(|(instead_of, _)| *instead_of == at)
                .map_or(guard, |(_, other)| other);
            tests.push(self.quick_test(guard, source)?);
        }
        let parts = self
            .clause
            .arguments
            .iter()
            .map(|&slot| source(slot))
            .collect();
        Some(Quick { tests, parts })
    }

    fn quick_test(&self, guard: &Guard, source: impl Fn(u32) -> Source) -> Option<Test> {
        let (table, slots, wanted) = match guard {
            Guard::Compare {
                left,
                comparison,
                right,
                wanted,
                hazard: None,
            } => {
                let sides = (source(left.as_slot()?), source(right.as_slot()?));
                let ((Source::Place(place), Source::Slot(slot))
                | (Source::Slot(slot), Source::Place(place))) = sides
                else {
                    return None;
                };
                return Some(Test::Equals {
                    place,
                    slot,
                    wanted: (*comparison == Comparison::Equal) == *wanted,
                });
            }
            Guard::Holds {
                table,
                slots,
                which: Which::All,
            } => (*table, slots, true),
            Guard::Fails { table, slots } => (*table, slots, false),
            _ => return None,
        };
        let relation = &self.relations[table];
        if relation.growing || relation.table.is_labelled() {
            return None;
        }
        match slots[..] {
            [a, b] => match (source(a), source(b)) {
                (Source::Slot(slot), Source::Place(place)) => Some(Test::Pair {
                    table,
                    column: 0,
                    slot,
                    place,
                    wanted,
                }),
                (Source::Place(place), Source::Slot(slot)) => Some(Test::Pair {
                    table,
                    column: 1,
                    slot,
                    place,
                    wanted,
                }),
                _ => None,
            },
            _ => None,
        }
    }
}
