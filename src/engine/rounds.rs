//! Semi-naive evaluation of a set of clauses, in strict rounds: what was visible when a round began does not change during it.

use super::goal::{Clause, Goal, TableId};
use super::limits::Halt;
use super::plan::{Plan, Start};
use super::store::Store;
use crate::label::Labels;
use rustc_hash::FxHashMap;

/// Clauses that are run together until nothing new comes.
pub struct Rounds {
    clauses: Vec<Clause>,
    jobs: Vec<Job>,
    /// By growing table: the jobs to run when it has news.
    readers: FxHashMap<TableId, Vec<usize>>,
    /// Tables with news.
    active: Vec<TableId>,
    /// Tables that something came to this round.
    reached: Vec<TableId>,
}

/// A clause, and the goal whose news set it off.
struct Job {
    clause: usize,
    start: Start,
    plan: Option<Plan>,
}

impl Rounds {
    /// `growing` are the tables that the clauses fill.
    pub fn new(clauses: Vec<Clause>, growing: &[TableId]) -> Self {
        let mut jobs = Vec::new();
        let mut readers: FxHashMap<TableId, Vec<usize>> =
            growing.iter().map(|&table| (table, Vec::new())).collect();
        for (number, clause) in clauses.iter().enumerate() {
            for (at, goal) in clause.goals.iter().enumerate() {
                if let Goal::Holds { table, .. } = goal
                    && let Some(readers) = readers.get_mut(table)
                {
                    readers.push(jobs.len());
                    jobs.push(Job {
                        clause: number,
                        start: Start::news(clause, at),
                        plan: None,
                    });
                }
            }
        }
        Self {
            clauses,
            jobs,
            readers,
            active: Vec::new(),
            reached: Vec::new(),
        }
    }

    /// One round in which every clause is matched in full.
    pub fn first<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        for clause in &self.clauses {
            let nothing = clause.goals.iter().any(|goal| matches!(goal, Goal::Holds { table, .. } if store.relations[*table].table.is_empty()));
            if !nothing {
                let plan = Plan::new(clause, &Start::full(), &mut store.relations);
                store.apply(&plan, clause, None, labels)?;
                self.reached.push(clause.head);
            }
        }
        self.settle(store, labels)
    }

    /// Rounds over what the last one brought, until one brings nothing.
    pub fn rest<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        while !self.active.is_empty() {
            for at in 0..self.active.len() {
                for &job in &self.readers[&self.active[at]] {
                    let Job {
                        clause,
                        start,
                        plan,
                    } = &mut self.jobs[job];
                    let clause = &self.clauses[*clause];
                    let plan = match plan {
                        Some(plan) if !plan.is_stale(&store.relations) => plan,
                        plan => plan.insert(Plan::new(clause, start, &mut store.relations)),
                    };
                    store.apply(plan, clause, None, labels)?;
                    self.reached.push(clause.head);
                }
            }
            self.settle(store, labels)?;
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
