//! What a plan need not keep: terms that nothing reads, and more than one match where nothing bound by it is read.

use super::order::Planner;
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
        let mut used = Used(vec![false; width.max().map_or(0, |slot| slot as usize + 1)]);
        used.mark(head.iter().copied());
        let mut told = 0;
        for level in self.levels.iter_mut().rev() {
            let lets = level.guards.iter().filter_map(|guard| match guard {
                Guard::Let { slot, .. } => Some(*slot),
                _ => None,
            });
            let mut made = level.binds.iter().map(|&(_, slot)| slot).chain(lets);
            let is_read = made.any(|slot| used.has(slot));
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
            level.binds.retain(|&(_, slot)| used.has(slot));
            level.once = single && !is_read;
            if let Walk::Entries { key, .. } = &level.walk {
                used.mark(key.iter().copied());
            }
            if let Some(rivalry) = &level.rivalry {
                used.mark(rivalry.instead.slots());
            }
        }
    }
}

/// By slot: whether something later reads it.
struct Used(Vec<bool>);

impl Used {
    fn mark(&mut self, slots: impl IntoIterator<Item = u32>) {
        for slot in slots {
            if slot as usize >= self.0.len() {
                self.0.resize(slot as usize + 1, false);
            }
            self.0[slot as usize] = true;
        }
    }

    fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize).is_some_and(|&used| used)
    }
}
