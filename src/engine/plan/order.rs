//! The order in which a rule's literals are joined.
//!
//! The seed comes first, then whatever is bound already (tests as early as can be), then the literal that is expected to multiply
//! rows least. Cross products come only when nothing else is left.

use super::reach::Reach;
use super::{ANY, AggregateLevel, Guard, Level, Plan, Seed, Start, Walk, Which};
use crate::engine::goal::{Clause, Goal, TableId};
use crate::engine::relation::Relation;
use rustc_hash::FxHashMap;

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
    pub(super) bound: Vec<bool>,
    /// Variables in the order in which they are bound.
    pub(super) bound_in_order: Vec<u32>,
    pub(super) placed: Vec<bool>,
    /// Goals in the order in which they are placed.
    pub(super) joined: Vec<usize>,
    /// Goals not yet placed that make a call.
    pub(super) calls_ahead: usize,
    pub(super) reach: Reach,
    /// The goals that read a table, once somebody has asked.
    pub(super) by_table: Option<FxHashMap<TableId, Vec<u32>>>,
    pub(super) levels: Vec<Level>,
    /// Rows expected to reach the last level, and to be met in all.
    pub(super) rows: f64,
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
        let placed: Vec<bool> = clause.goals.iter().enumerate().map(left_out).collect();
        let ahead = clause.goals.iter().zip(&placed);
        let calls_ahead = ahead.filter(|&(goal, &placed)| !placed && goal.makes_call());
        let calls_ahead = calls_ahead.count();
        Self {
            clause,
            start,
            relations,
            dry,
            bound,
            bound_in_order: Vec::new(),
            placed,
            joined: Vec::new(),
            calls_ahead,
            reach: Reach::new(clause.goals.len()),
            by_table: None,
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
            joined: self.joined,
            bound: self.bound_in_order,
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
        while let Some(at) = self.reach.next_due() {
            if !self.placed[at]
                && let Some(guard) = self.test(at)
            {
                self.place(at);
                self.guard(guard);
            }
        }
    }

    pub(super) fn place(&mut self, at: usize) {
        self.placed[at] = true;
        self.joined.push(at);
        if self.clause.goals[at].makes_call() {
            self.calls_ahead -= 1;
            if self.calls_ahead == 0 {
                // Absences of what was called may be tested now.
                (0..self.placed.len() as u32).for_each(|goal| self.reach.touch(goal));
            }
        }
    }

    pub(super) fn bind(&mut self, slot: u32) {
        self.bound[slot as usize] = true;
        self.bound_in_order.push(slot);
        for &goal in self.clause.mentions(slot) {
            self.reach.touch(goal);
        }
    }

    /// Adds a loop over the rows of a goal.
    fn join(&mut self, at: usize) {
        self.place(at);
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

    /// What to know of an aggregate before its groups and its result are bound here.
    fn aggregate(&self, at: usize) -> Option<AggregateLevel> {
        let Goal::Aggregate {
            slots, empty, call, ..
        } = &self.clause.goals[at]
        else {
            return None;
        };
        let groups = slots[..slots.len() - 1].to_vec();
        let empty = empty.map(|slot| (slot - self.clause.variables) as usize);
        Some(AggregateLevel {
            place: 0,
            groups,
            empty,
            call: call.clone(),
            hazard: self.hazard(at),
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
                self.bind(slot);
            }
        }
        self.levels.push(level);
    }

    /// The index on these columns, and what its entries hold.
    pub(super) fn index(&mut self, table: TableId, columns: &[u32]) -> (usize, Vec<u32>) {
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
        let is_new = !relation.has_index(columns);
        let index = relation.index(columns);
        if is_new {
            self.reckon_again(table);
        }
        (index, rest)
    }

    /// Bound columns, and the slots that bind them.
    pub(super) fn key(&self, slots: &[u32]) -> (Vec<u32>, Vec<u32>) {
        (0..)
            .zip(slots.iter().copied())
            .filter(|&(_, slot)| self.bound[slot as usize])
            .unzip()
    }

    pub(super) fn unbound(&self, slots: &[u32]) -> Vec<u32> {
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

    pub(super) fn all_bound(&self, slots: &[u32]) -> bool {
        slots.iter().all(|&slot| self.bound[slot as usize])
    }

    pub(super) fn which(&self, at: usize, table: TableId) -> Which {
        match self.start.news {
            Some(news) if at == news => Which::News,
            Some(news) if at < news && self.relations[table].growing => Which::Old,
            _ => Which::All,
        }
    }
}
