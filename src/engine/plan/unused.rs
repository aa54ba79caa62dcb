//! What a plan need not keep: terms that nothing reads, and more than one match where nothing bound by it is read.

use super::order::Planner;
use super::stretches::{NO_END, mark_stretches};
use super::{Guard, Walk};

impl Planner<'_> {
    /// Goes backwards from the head.
    pub(super) fn drop_unused(&mut self, head: &[u32]) {
        let width = self
            .levels
            .iter()
            .flat_map(|level| &level.binds)
            .map(|&(_, slot)| slot)
            .chain(head.iter().copied());
        let mut used = Used {
            last: vec![None; width.max().map_or(0, |slot| slot as usize + 1)],
            at: NO_END,
        };
        used.mark(head.iter().copied());
        let mut told = 0;
        let mut ends = vec![NO_END; self.levels.len()];
        for (at, level) in self.levels.iter_mut().enumerate().rev() {
            used.at = at;
            let lets = level.guards.iter().filter_map(|guard| match guard {
                Guard::Let { slot, .. } => Some(*slot),
                _ => None,
            });
            let made = level.binds.iter().map(|&(_, slot)| slot).chain(lets);
            let read = made.filter_map(|slot| used.last(slot)).max();
            let is_read = read.is_some();
            // Where labels or errors are at stake, one match is not like another.
            let mut single =
                !level.labelled && level.aggregate.is_none() && level.walk != Walk::Once;
            for guard in level.guards.iter().rev() {
                used.mark(guard.slots());
                let labelled = guard
                    .table()
                    .is_some_and(|table| self.relations[table].table.is_labelled());
                single &= guard.hazard().is_none() && !labelled;
            }
            used.mark(level.checks.iter().map(|&(_, slot)| slot));
            let aggregate = level.aggregate.as_ref();
            used.mark(aggregate.into_iter().flat_map(|it| &it.groups).copied());
            // A complaint shows everything bound so far.
            let hazards = level.guards.iter().filter_map(Guard::hazard);
            let hazards = hazards.chain(aggregate.map(|aggregate| aggregate.hazard));
            if let Some(bound) = hazards.map(|hazard| hazard.bound).max()
                && bound > told
            {
                used.mark(self.bound_in_order[told..bound].iter().copied());
                told = bound;
            }
            level.binds.retain(|&(_, slot)| used.last(slot).is_some());
            level.once = single && !is_read;
            if level.aggregate.is_none()
                && level.guards.iter().all(|guard| guard.hazard().is_none())
            {
                ends[at] = read.unwrap_or(at);
            }
            if let Walk::Entries { key, .. } = &level.walk {
                used.mark(key.iter().copied());
            }
            if let Some(rivalry) = &level.rivalry {
                used.mark(rivalry.instead.slots());
            }
        }
        mark_stretches(&mut self.levels, &ends);
    }
}

/// By slot: the last level that reads it, if any does so far.
struct Used {
    last: Vec<Option<usize>>,
    /// The level that is looked at.
    at: usize,
}

impl Used {
    fn mark(&mut self, slots: impl IntoIterator<Item = u32>) {
        for slot in slots {
            if slot as usize >= self.last.len() {
                self.last.resize(slot as usize + 1, None);
            }
            self.last[slot as usize].get_or_insert(self.at);
        }
    }

    fn last(&self, slot: u32) -> Option<usize> {
        self.last.get(slot as usize).copied().flatten()
    }
}
