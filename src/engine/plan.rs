//! The order in which a rule's literals are joined, and the flat list of levels that the join walks.
//!
//! What changed comes first, then whatever is bound already (tests as early as can be), then the literal that is expected to
//! multiply rows least. Cross products come only when nothing else is left.

use super::arithmetic::Formula;
use super::goal::{Clause, Goal, TableId};
use super::relation::Relation;
use crate::value::Comparison;

/// A compiled rule.
#[derive(Debug)]
pub struct Plan {
    pub levels: Vec<Level>,
    /// Where the last level has nothing to test: the head's terms, straight from it.
    pub quick: Option<Vec<Part>>,
    /// Rows of the tables that it reads when it was made.
    pub sizes: Vec<(TableId, usize)>,
}

/// One loop of the join, over rows or entries of an index, and what is tested on each.
#[derive(Debug)]
pub struct Level {
    pub walk: Walk,
    /// Whether each item brings a label, found by the row's number at its end.
    pub labelled: bool,
    /// Places in the item and the slots that they must equal.
    pub checks: Vec<(u32, u32)>,
    /// Places in the item and the slots that they fill.
    pub binds: Vec<(u32, u32)>,
    pub guards: Vec<Guard>,
    /// Nothing bound here is used after, so one match is enough.
    pub once: bool,
    pub aggregate: Option<AggregateLevel>,
}

/// What is special to a loop over the results of an aggregate.
#[derive(Debug)]
pub struct AggregateLevel {
    /// Where in the item the result stands.
    pub place: u32,
    /// The slots of the groups.
    pub groups: Vec<u32>,
    /// The constant that is the result of a group without rows.
    pub empty: Option<usize>,
    pub hazard: Hazard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// One item without terms.
    Once,
    Rows {
        table: TableId,
        old: bool,
    },
    /// What the last round brought.
    News {
        table: TableId,
    },
    Entries {
        table: TableId,
        index: usize,
        key: Vec<u32>,
        old: bool,
    },
}

#[derive(Debug)]
pub enum Guard {
    Holds {
        table: TableId,
        slots: Vec<u32>,
        old: bool,
    },
    /// For a table without columns: the last round brought its row.
    Arrived {
        table: TableId,
    },
    Fails {
        table: TableId,
        slots: Vec<u32>,
    },
    /// No entry with this key passes the checks (places in the entry, and slots or places that they must equal).
    FailsAny {
        table: TableId,
        index: Option<usize>,
        key: Vec<u32>,
        checks: Vec<(u32, Same)>,
    },
    Compare {
        left: Formula,
        comparison: Comparison,
        right: Formula,
        wanted: bool,
        hazard: Option<Hazard>,
    },
    Let {
        slot: u32,
        value: Formula,
        hazard: Option<Hazard>,
    },
}

#[derive(Clone, Copy, Debug)]
pub enum Same {
    Slot(u32),
    Place(u32),
}

/// What a step that can fail to compute leaves to be found out: goals not yet joined, and slots bound so far.
#[derive(Debug)]
pub struct Hazard {
    pub rest: Vec<usize>,
    pub bound: Vec<u32>,
}

/// A term of the head: from a slot, or from a place of the last level's item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Slot(u32),
    Place(u32),
}

/// In the first loop of a plan, a column that is neither tested nor bound.
pub const ANY: u32 = u32::MAX;

/// What a plan starts from.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The first loop: table, its columns' slots, and whether only its last round.
    pub walk: Option<(TableId, Vec<u32>, bool)>,
    /// The goal that the first loop stands for.
    pub instead: Option<usize>,
    /// Growing tables before that goal are read as they were before the last round.
    pub old: bool,
    /// Leaves out negated goals over growing tables.
    pub loose: bool,
}

impl Plan {
    /// Plans a rule, making the indexes that it needs.
    pub fn new(clause: &Clause, start: &Start, relations: &mut [Relation]) -> Self {
        let mut planner = Planner::new(clause, start, relations);
        planner.open();
        planner.tests();
        while let Some(goal) = planner.cheapest() {
            planner.join(goal);
            planner.tests();
        }
        planner.finish()
    }

    /// Whether a table that it reads has grown so much that another order may be better.
    pub fn is_stale(&self, relations: &[Relation]) -> bool {
        self.sizes
            .iter()
            .any(|&(table, rows)| relations[table].table.len() / 8 > rows.max(8))
    }
}

struct Planner<'a> {
    clause: &'a Clause,
    start: &'a Start,
    relations: &'a mut [Relation],
    bound: Vec<bool>,
    placed: Vec<bool>,
    levels: Vec<Level>,
}

impl<'a> Planner<'a> {
    fn new(clause: &'a Clause, start: &'a Start, relations: &'a mut [Relation]) -> Self {
        let mut bound = vec![false; clause.width()];
        bound[clause.variables as usize..].fill(true);
        let placed = clause
            .goals
            .iter()
            .enumerate()
            .map(|(at, goal)| match goal {
                Goal::Fails { table, .. } => start.loose && relations[*table].growing,
                _ => start.instead == Some(at) && start.walk.is_some(),
            })
            .collect();
        Self {
            clause,
            start,
            relations,
            bound,
            placed,
            levels: Vec::new(),
        }
    }

    /// The first level.
    fn open(&mut self) {
        match &self.start.walk {
            Some((table, slots, news)) if !slots.is_empty() => {
                let walk = if *news {
                    Walk::News { table: *table }
                } else {
                    Walk::Rows {
                        table: *table,
                        old: false,
                    }
                };
                let places: Vec<u32> = (0..slots.len() as u32).collect();
                self.level(walk, *table, &places, slots);
            }
            walk => {
                self.levels.push(Level::new(Walk::Once));
                if let Some((table, _, news)) = walk {
                    let table = *table;
                    let guard = if *news {
                        Guard::Arrived { table }
                    } else {
                        Guard::Holds {
                            table,
                            slots: vec![],
                            old: false,
                        }
                    };
                    self.guard(guard);
                }
            }
        }
    }

    /// Places every goal that needs no loop, as long as one brings another within reach.
    fn tests(&mut self) {
        let mut again = true;
        while again {
            again = false;
            for at in 0..self.clause.goals.len() {
                if !self.placed[at]
                    && let Some(guard) = self.test(at)
                {
                    self.placed[at] = true;
                    self.guard(guard);
                    again = true;
                }
            }
        }
    }

    /// The goal as a test or a computed slot, if its slots are bound.
    fn test(&mut self, at: usize) -> Option<Guard> {
        match &self.clause.goals[at] {
            Goal::Holds { table, slots }
                if self.all_bound(slots) && !self.relations[*table].is_blurred() =>
            {
                Some(Guard::Holds {
                    table: *table,
                    slots: slots.clone(),
                    old: self.is_old(at, *table),
                })
            }
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
        self.bound[slot as usize] = true;
        Some(Guard::Let {
            slot,
            value: value.clone(),
            hazard,
        })
    }

    fn hazard(&self, at: usize) -> Hazard {
        let rest = (0..self.placed.len())
            .filter(|&goal| goal != at && !self.placed[goal])
            .collect();
        let bound = (0..self.clause.variables)
            .filter(|&slot| self.bound[slot as usize])
            .collect();
        Hazard { rest, bound }
    }

    /// Slots found nowhere else match anything.
    fn fails(&mut self, at: usize, table: TableId, slots: &[u32]) -> Option<Guard> {
        if self.all_bound(slots) {
            return Some(Guard::Fails {
                table,
                slots: slots.to_vec(),
            });
        }
        if slots
            .iter()
            .any(|&slot| !self.bound[slot as usize] && self.clause.is_elsewhere(slot, at))
        {
            return None;
        }
        let (columns, key): (Vec<u32>, Vec<u32>) = self.key(slots);
        let relation = &mut self.relations[table];
        let index = (!columns.is_empty()).then(|| relation.index(&columns));
        let places = match index {
            Some(index) => relation.indexes[index].rest.clone(),
            None => (0..slots.len() as u32).collect(),
        };
        let mut checks = Vec::new();
        for (place, &column) in places.iter().enumerate() {
            let slot = slots[column as usize];
            if let Some(first) = places[..place]
                .iter()
                .position(|&other| slots[other as usize] == slot)
            {
                checks.push((place as u32, Same::Place(first as u32)));
            } else if self.bound[slot as usize] {
                checks.push((place as u32, Same::Slot(slot)));
            }
        }
        Some(Guard::FailsAny {
            table,
            index,
            key,
            checks,
        })
    }

    /// The goal expected to multiply rows least.
    fn cheapest(&mut self) -> Option<usize> {
        let open: Vec<usize> = (0..self.placed.len())
            .filter(|&at| !self.placed[at] && self.can_join(at))
            .collect();
        if open.len() < 2 {
            return open.first().copied();
        }
        let mut best: Option<((bool, f64), usize)> = None;
        for at in open {
            let (Goal::Holds { table, slots } | Goal::Aggregate { table, slots, .. }) =
                &self.clause.goals[at]
            else {
                continue;
            };
            let columns = self.key(slots).0;
            let cost = (columns.is_empty(), self.relations[*table].fan_out(&columns));
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// An aggregate with a result for empty groups waits for its groups.
    fn can_join(&self, at: usize) -> bool {
        match &self.clause.goals[at] {
            Goal::Holds { .. } | Goal::Aggregate { empty: None, .. } => true,
            Goal::Aggregate { slots, .. } => self.all_bound(&slots[..slots.len() - 1]),
            _ => false,
        }
    }

    /// Adds a loop over the rows of a goal.
    fn join(&mut self, at: usize) {
        self.placed[at] = true;
        let (Goal::Holds { table, slots } | Goal::Aggregate { table, slots, .. }) =
            &self.clause.goals[at]
        else {
            return;
        };
        let (table, old) = (*table, self.is_old(at, *table));
        let (mut columns, mut key) = self.key(slots);
        let aggregate = self.aggregate(at);
        if aggregate.is_some() && columns.last() == Some(&(slots.len() as u32 - 1)) {
            // The result is compared, not looked up, to tell an empty group from one with another result.
            columns.pop();
            key.pop();
        }
        let (walk, rest) = if columns.is_empty() {
            (Walk::Rows { table, old }, (0..slots.len() as u32).collect())
        } else {
            let index = self.relations[table].index(&columns);
            (
                Walk::Entries {
                    table,
                    index,
                    key,
                    old,
                },
                self.relations[table].indexes[index].rest.clone(),
            )
        };
        let rest_slots: Vec<u32> = rest.iter().map(|&column| slots[column as usize]).collect();
        let places: Vec<u32> = (0..rest.len() as u32).collect();
        self.level(walk, table, &places, &rest_slots);
        if let Some(level) = self.levels.last_mut() {
            level.aggregate = aggregate.map(|aggregate| AggregateLevel {
                place: rest.len() as u32 - 1,
                ..aggregate
            });
        }
    }

    /// What to know of an aggregate before its groups and its result are bound here.
    fn aggregate(&self, at: usize) -> Option<AggregateLevel> {
        let Goal::Aggregate { slots, empty, .. } = &self.clause.goals[at] else {
            return None;
        };
        let groups = slots[..slots.len() - 1].to_vec();
        let mut hazard = self.hazard(at);
        hazard
            .bound
            .extend(groups.iter().filter(|&&group| !self.bound[group as usize]));
        let empty = empty.map(|slot| (slot - self.clause.variables) as usize);
        Some(AggregateLevel {
            place: 0,
            groups,
            empty,
            hazard,
        })
    }

    /// Adds a level whose item holds these slots at these places.
    fn level(&mut self, walk: Walk, table: TableId, places: &[u32], slots: &[u32]) {
        let mut level = Level {
            labelled: self.relations[table].table.is_labelled(),
            ..Level::new(walk)
        };
        for (&place, &slot) in places.iter().zip(slots).filter(|&(_, &slot)| slot != ANY) {
            if self.bound[slot as usize] {
                level.checks.push((place, slot));
            } else {
                level.binds.push((place, slot));
                self.bound[slot as usize] = true;
            }
        }
        self.levels.push(level);
    }

    /// Bound columns, and the slots that bind them.
    fn key(&self, slots: &[u32]) -> (Vec<u32>, Vec<u32>) {
        (0..)
            .zip(slots.iter().copied())
            .filter(|&(_, slot)| self.bound[slot as usize])
            .unzip()
    }

    fn guard(&mut self, guard: Guard) {
        if let Some(level) = self.levels.last_mut() {
            level.guards.push(guard);
        }
    }

    fn all_bound(&self, slots: &[u32]) -> bool {
        slots.iter().all(|&slot| self.bound[slot as usize])
    }

    fn is_old(&self, at: usize, table: TableId) -> bool {
        self.start.old
            && self.start.instead.is_some_and(|news| at < news)
            && self.relations[table].growing
    }

    fn finish(mut self) -> Plan {
        self.drop_unused();
        let quick = self
            .levels
            .last()
            .and_then(|level| quick(level, &self.clause.arguments));
        let mut sizes: Vec<(TableId, usize)> = Vec::new();
        for goal in &self.clause.goals {
            if let Goal::Holds { table, .. } = goal
                && self.relations[*table].growing
            {
                sizes.push((*table, self.relations[*table].table.len()));
            }
        }
        Plan {
            levels: self.levels,
            quick,
            sizes,
        }
    }

    /// Backwards: binds only what is used later, and looks for one match only where nothing bound is.
    fn drop_unused(&mut self) {
        let mut used = vec![false; self.clause.width()];
        mark(&mut used, &self.clause.arguments);
        for level in self.levels.iter_mut().rev() {
            let after = used.clone();
            let mut made: Vec<u32> = Vec::new();
            let mut risky = false;
            for guard in level.guards.iter().rev() {
                guard.mark(&mut used);
                if let Guard::Let { slot, .. } = guard {
                    made.push(*slot);
                }
                risky |= guard.hazard().is_some()
                    || guard
                        .tables()
                        .any(|table| self.relations[table].table.is_labelled());
            }
            mark(
                &mut used,
                &level
                    .checks
                    .iter()
                    .map(|&(_, slot)| slot)
                    .collect::<Vec<_>>(),
            );
            if let Some(aggregate) = &level.aggregate {
                mark(&mut used, &aggregate.groups);
                risky = true;
            }
            made.extend(level.binds.iter().map(|&(_, slot)| slot));
            level.binds.retain(|&(_, slot)| used[slot as usize]);
            level.once = !level.labelled
                && !risky
                && level.walk != Walk::Once
                && made.iter().all(|&slot| !after[slot as usize]);
            if let Walk::Entries { key, .. } = &level.walk {
                mark(&mut used, key);
            }
        }
    }
}

fn mark(used: &mut [bool], slots: &[u32]) {
    for &slot in slots {
        used[slot as usize] = true;
    }
}

/// Head terms straight from the last level's items, if it tests nothing.
fn quick(level: &Level, arguments: &[u32]) -> Option<Vec<Part>> {
    let plain = level.checks.is_empty()
        && level.guards.is_empty()
        && !level.labelled
        && !level.once
        && level.aggregate.is_none();
    if !plain || arguments.is_empty() || level.walk == Walk::Once {
        return None;
    }
    let part = |&slot: &u32| match level.binds.iter().find(|&&(_, bound)| bound == slot) {
        Some(&(place, _)) => Part::Place(place),
        None => Part::Slot(slot),
    };
    Some(arguments.iter().map(part).collect())
}

impl Level {
    /// The table that it walks.
    pub fn table(&self) -> Option<TableId> {
        match self.walk {
            Walk::Once => None,
            Walk::Rows { table, .. } | Walk::News { table } | Walk::Entries { table, .. } => {
                Some(table)
            }
        }
    }

    fn new(walk: Walk) -> Self {
        Self {
            walk,
            labelled: false,
            checks: vec![],
            binds: vec![],
            guards: vec![],
            once: false,
            aggregate: None,
        }
    }
}

impl Guard {
    fn hazard(&self) -> Option<&Hazard> {
        match self {
            Self::Compare { hazard, .. } | Self::Let { hazard, .. } => hazard.as_ref(),
            _ => None,
        }
    }

    /// The tables that it reads.
    fn tables(&self) -> impl Iterator<Item = TableId> {
        match self {
            Self::Holds { table, .. }
            | Self::Arrived { table }
            | Self::Fails { table, .. }
            | Self::FailsAny { table, .. } => Some(*table).into_iter(),
            Self::Compare { .. } | Self::Let { .. } => None.into_iter(),
        }
    }

    /// Marks the slots that it reads.
    fn mark(&self, used: &mut [bool]) {
        match self {
            Self::Holds { slots, .. } | Self::Fails { slots, .. } => mark(used, slots),
            Self::Arrived { .. } => {}
            Self::FailsAny { key, checks, .. } => {
                mark(used, key);
                for (_, same) in checks {
                    if let Same::Slot(slot) = same {
                        used[*slot as usize] = true;
                    }
                }
            }
            Self::Compare { left, right, .. } => left
                .slots()
                .chain(right.slots())
                .for_each(|slot| used[slot as usize] = true),
            Self::Let { value, .. } => value.slots().for_each(|slot| used[slot as usize] = true),
        }
    }
}
