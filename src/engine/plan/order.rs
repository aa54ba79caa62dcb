//! The order in which a rule's literals are joined.
//!
//! The seed comes first, then whatever is bound already (tests as early as can be), then the literal that is expected to multiply
//! rows least. Cross products come only when nothing else is left.

use super::{
    ANY, AggregateLevel, Guard, Hazard, Level, Plan, Rivalry, Seed, Source, Start, Walk, Which,
};
use crate::engine::arithmetic::Formula;
use crate::engine::goal::{Clause, Goal, TableId};
use crate::engine::relation::Relation;
use crate::value::Comparison;

/// Steps that a row costs in an index that has to be made.
const INDEX_COST: f64 = 4.0;

/// Steps that a pair costs if those derived in a row have not the same leading term.
const ASTRAY_COST: f64 = 2.0;

/// A plan in the making.
pub struct Planner<'a> {
    pub(super) clause: &'a Clause,
    start: &'a Start,
    pub(super) relations: &'a mut [Relation],
    /// Makes no index: only the cost is asked for.
    dry: bool,
    bound: Vec<bool>,
    placed: Vec<bool>,
    pub(super) levels: Vec<Level>,
    /// Rows expected to reach the last level, and to be met in all.
    rows: f64,
    cost: f64,
}

impl<'a> Planner<'a> {
    pub fn new(
        clause: &'a Clause,
        start: &'a Start,
        relations: &'a mut [Relation],
        dry: bool,
    ) -> Self {
        let mut bound = vec![false; clause.width()];
        bound[clause.variables as usize..].fill(true);
        let seeded = start.seed.as_ref().and_then(|seed| seed.goal);
        let left_out = |(at, goal): (usize, &Goal)| match goal {
            Goal::Fails { table, .. } => start.loose && relations[*table].growing,
            _ => seeded == Some(at),
        };
        let placed = clause.goals.iter().enumerate().map(left_out).collect();
        Self {
            clause,
            start,
            relations,
            dry,
            bound,
            placed,
            levels: Vec::new(),
            rows: 1.0,
            cost: 0.0,
        }
    }

    pub fn plan(mut self) -> Plan {
        self.order();
        self.drop_unused(&self.clause.arguments.clone());
        let quick = self.quick();
        let growing = |goal: &Goal| match goal {
            Goal::Holds { table, .. } if self.relations[*table].growing => {
                Some((*table, self.relations[*table].table.len()))
            }
            _ => None,
        };
        let sizes = self.clause.goals.iter().filter_map(growing).collect();
        Plan {
            levels: self.levels,
            quick,
            sizes,
        }
    }

    pub fn cost(mut self) -> f64 {
        self.order();
        let fixed = self.quick().and_then(|[quick, _]| quick.fixed());
        match (fixed, self.relations[self.clause.head].lead) {
            (Some(fixed), Some(lead)) if fixed != lead => self.cost + ASTRAY_COST * self.rows,
            _ => self.cost,
        }
    }

    fn order(&mut self) {
        self.open();
        self.tests();
        while let Some(goal) = self.cheapest() {
            self.join(goal);
            self.tests();
        }
        debug_assert!(
            !self.placed.contains(&false),
            "a goal that nothing binds: {:?} of {:?}",
            self.placed,
            self.clause
        );
    }

    /// The first level.
    fn open(&mut self) {
        match &self.start.seed {
            Some(Seed {
                table,
                slots,
                which,
                ..
            }) if !slots.is_empty() => {
                let rows = self.relations[*table].count(*which) as f64;
                self.level(
                    Walk::Rows {
                        table: *table,
                        which: *which,
                    },
                    *table,
                    slots,
                    rows,
                );
            }
            Some(Seed { table, which, .. }) => {
                self.levels.push(Level::new(Walk::Once));
                self.guard(Guard::Holds {
                    table: *table,
                    slots: vec![],
                    which: *which,
                });
            }
            None => self.levels.push(Level::new(Walk::Once)),
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
        let mut goals = self.clause.goals.iter().zip(&self.placed);
        let calls = |goal: &Goal| matches!(goal, Goal::Aggregate { call: Some(_), .. });
        self.relations[table].called && goals.any(|(goal, &placed)| !placed && calls(goal))
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

    /// The goal expected to multiply rows least. A call is made for what is left after the others.
    fn cheapest(&mut self) -> Option<usize> {
        let open: Vec<usize> = (0..self.placed.len())
            .filter(|&at| !self.placed[at] && self.can_join(at))
            .collect();
        let mut best: Option<((bool, bool, f64), usize)> = None;
        for at in open {
            let (Goal::Holds { table, slots } | Goal::Aggregate { table, slots, .. }) =
                &self.clause.goals[at]
            else {
                continue;
            };
            let columns = self.key(slots).0;
            let which = self.which(at, *table);
            let calls = matches!(self.clause.goals[at], Goal::Aggregate { call: Some(_), .. });
            let cost = (
                columns.is_empty(),
                calls,
                self.relations[*table].fan_out(&columns, which),
            );
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        best.map(|(_, at)| at)
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

    /// Adds a loop over the rows of a goal.
    fn join(&mut self, at: usize) {
        self.placed[at] = true;
        let (Goal::Holds { table, slots } | Goal::Aggregate { table, slots, .. }) =
            &self.clause.goals[at]
        else {
            return;
        };
        let (table, which) = (*table, self.which(at, *table));
        let (mut columns, mut key) = self.key(slots);
        let aggregate = self.aggregate(at);
        if aggregate.is_some() && columns.last() == Some(&(slots.len() as u32 - 1)) {
            // The result is compared, not looked up, to tell an empty group from one with another result.
            columns.pop();
            key.pop();
        }
        let fan_out = self.relations[table].fan_out(&columns, which);
        let (walk, rest) = if columns.is_empty() {
            (
                Walk::Rows { table, which },
                (0..slots.len() as u32).collect(),
            )
        } else {
            let (index, rest) = self.index(table, &columns);
            (
                Walk::Entries {
                    table,
                    index,
                    key,
                    which,
                },
                rest,
            )
        };
        let rival = self.rival(at, slots);
        let rest_slots: Vec<u32> = rest.iter().map(|&column| slots[column as usize]).collect();
        self.level(walk, table, &rest_slots, fan_out);
        if let Some(level) = self.levels.last_mut() {
            level.aggregate = aggregate.map(|aggregate| AggregateLevel {
                place: rest.len() as u32 - 1,
                ..aggregate
            });
        }
        if let Some(rival) = rival {
            self.contend(at, rival);
        }
    }

    /// Another goal that binds the same slot, one, and nothing else.
    fn rival(&mut self, at: usize, slots: &[u32]) -> Option<usize> {
        let Goal::Holds { table, .. } = self.clause.goals[at] else {
            return None;
        };
        let [slot] = self.unbound(slots)[..] else {
            return None;
        };
        let suits = |relation: &Relation| !relation.growing && !relation.table.is_labelled();
        let other = (0..self.placed.len()).find(|&other| match &self.clause.goals[other] {
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
    fn contend(&mut self, first: usize, other: usize) {
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
        self.placed[other] = true;
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

    /// What to know of an aggregate before its groups and its result are bound here.
    fn aggregate(&self, at: usize) -> Option<AggregateLevel> {
        let Goal::Aggregate {
            slots, empty, call, ..
        } = &self.clause.goals[at]
        else {
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
            call: call.clone(),
            hazard,
        })
    }

    /// Adds a level whose items hold these slots in order, so many for each row so far.
    fn level(&mut self, walk: Walk, table: TableId, slots: &[u32], fan_out: f64) {
        self.rows *= fan_out;
        self.cost += self.rows;
        let mut level = Level {
            labelled: self.relations[table].table.is_labelled(),
            ..Level::new(walk)
        };
        for (place, &slot) in (0..).zip(slots).filter(|&(_, &slot)| slot != ANY) {
            if self.bound[slot as usize] {
                level.checks.push((place, slot));
            } else {
                level.binds.push((place, slot));
                self.bound[slot as usize] = true;
            }
        }
        self.levels.push(level);
    }

    /// The index on these columns, and what its entries hold.
    fn index(&mut self, table: TableId, columns: &[u32]) -> (usize, Vec<u32>) {
        let relation = &mut self.relations[table];
        let rest = (0..relation.table.arity() as u32)
            .filter(|column| !columns.contains(column))
            .collect();
        if self.dry {
            if !relation.has_index(columns) {
                self.cost += INDEX_COST * relation.table.len() as f64;
            }
            return (0, rest);
        }
        (relation.index(columns), rest)
    }

    /// Bound columns, and the slots that bind them.
    fn key(&self, slots: &[u32]) -> (Vec<u32>, Vec<u32>) {
        (0..)
            .zip(slots.iter().copied())
            .filter(|&(_, slot)| self.bound[slot as usize])
            .unzip()
    }

    fn unbound(&self, slots: &[u32]) -> Vec<u32> {
        slots
            .iter()
            .copied()
            .filter(|&slot| !self.bound[slot as usize])
            .collect()
    }

    fn guard(&mut self, guard: Guard) {
        if let Some(level) = self.levels.last_mut() {
            level.guards.push(guard);
        }
    }

    fn all_bound(&self, slots: &[u32]) -> bool {
        slots.iter().all(|&slot| self.bound[slot as usize])
    }

    fn which(&self, at: usize, table: TableId) -> Which {
        match self.start.news {
            Some(news) if at == news => Which::News,
            Some(news) if at < news && self.relations[table].growing => Which::Old,
            _ => Which::All,
        }
    }
}
