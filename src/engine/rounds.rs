//! Semi-naive evaluation of a set of clauses, in strict rounds: what was visible when a round began does not change during it.

use super::goal::{Clause, Goal, TableId};
use super::limits::Halt;
use super::plan::{Plan, Start};
use super::store::Store;
use crate::label::Labels;
use rustc_hash::FxHashMap;

/// Clauses that are run together until nothing new comes.
#[derive(Default)]
pub struct Rounds {
    pub clauses: Vec<Clause>,
    jobs: Vec<Job>,
    /// By table: the jobs to run when it has something new.
    readers: FxHashMap<TableId, Vec<usize>>,
    /// Tables that the last round brought something to.
    active: Vec<TableId>,
    /// Tables that something may have come to in this round.
    reached: Vec<TableId>,
}

/// A clause, and what sets it off.
struct Job {
    clause: usize,
    start: Start,
    plan: Option<Plan>,
}

impl Rounds {
    /// Clauses set off by news of the tables that they fill.
    pub fn new(clauses: Vec<Clause>, growing: &[TableId]) -> Self {
        // Facts are news until the first round is over.
        let mut rounds = Self {
            clauses,
            active: growing.to_vec(),
            ..Self::default()
        };
        for number in 0..rounds.clauses.len() {
            for at in 0..rounds.clauses[number].goals.len() {
                if let Goal::Holds { table, slots } = &rounds.clauses[number].goals[at]
                    && growing.contains(table)
                {
                    let start = Start {
                        walk: Some((*table, slots.clone(), true)),
                        instead: Some(at),
                        old: true,
                        loose: false,
                    };
                    rounds.set_off(*table, number, start);
                }
            }
        }
        rounds
    }

    /// Has a clause run from this start whenever the table is offered or has news.
    pub fn set_off(&mut self, by: TableId, clause: usize, start: Start) {
        self.readers.entry(by).or_default().push(self.jobs.len());
        self.jobs.push(Job {
            clause,
            start,
            plan: None,
        });
    }

    /// One round in which every clause is matched in full.
    pub fn first<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        for clause in &self.clauses {
            let empty = |goal: &Goal| matches!(goal, Goal::Holds { table, .. } if store.relations[*table].table.is_empty());
            if !clause.goals.iter().any(empty) {
                let plan = Plan::new(clause, &Start::default(), &mut store.relations);
                store.apply(&plan, clause, labels)?;
                self.reached.push(clause.head);
            }
        }
        self.settle(store, labels)
    }

    /// One round of what these tables set off.
    pub fn offer<L: Labels>(
        &mut self,
        tables: &[TableId],
        store: &mut Store,
        labels: &mut L,
    ) -> Result<(), Halt> {
        for table in tables {
            for &job in self.readers.get(table).into_iter().flatten() {
                let Job {
                    clause,
                    start,
                    plan,
                } = &mut self.jobs[job];
                let clause = &self.clauses[*clause];
                let plan = match plan {
                    Some(plan) if !plan.is_stale(&store.relations) => plan,
                    plan => {
                        let new = Plan::new(clause, start, &mut store.relations);
                        store.lead(clause.head, &new);
                        plan.insert(new)
                    }
                };
                store.apply(plan, clause, labels)?;
                self.reached.push(clause.head);
            }
        }
        self.settle(store, labels)
    }

    /// Rounds over what the last one brought, until one brings nothing.
    pub fn rest<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        while !self.active.is_empty() {
            let active = self.active.clone();
            self.offer(&active, store, labels)?;
        }
        Ok(())
    }

    /// Ends the round for every table that has or had news.
    fn settle<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        store.round += 1;
        let mut changed = std::mem::take(&mut self.active);
        changed.extend(
            self.reached
                .drain(..)
                .filter(|&head| !store.coming[head].is_empty()),
        );
        changed.sort_unstable();
        changed.dedup();
        for &table in &changed {
            store.settle(table, store.round, labels);
        }
        changed.retain(|&table| store.relations[table].has_news());
        self.active = changed;
        store.meter.look(None, labels.exhausted())
    }
}
