//! Semi-naive evaluation of a set of clauses, in strict rounds: what was visible when a round began does not change during it.

use super::goal::{Clause, Goal, TableId};
use super::limits::{Halt, Strain};
use super::plan::{Plan, Seed, Start, Which};
use super::store::{Store, Weighing};
use crate::label::Labels;
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// How often tables have been offered.
    offers: u32,
}

/// A clause, and what sets it off.
struct Job {
    clause: usize,
    /// What is new first; else, if there is a second way, wherever it is best joined.
    ways: Vec<Way>,
    /// The last offer that it was run in; one that stands for all jobs of its clause has several readers.
    offer: u32,
}

struct Way {
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
        let growing: FxHashSet<TableId> = growing.iter().copied().collect();
        for number in 0..rounds.clauses.len() {
            for at in 0..rounds.clauses[number].goals.len() {
                if let Goal::Holds { table, slots } = &rounds.clauses[number].goals[at]
                    && growing.contains(table)
                {
                    let seed = Seed {
                        table: *table,
                        slots: slots.clone(),
                        which: Which::News,
                        goal: Some(at),
                    };
                    rounds.set_off(
                        *table,
                        number,
                        Start {
                            seed: Some(seed),
                            news: Some(at),
                            loose: false,
                        },
                    );
                }
            }
        }
        rounds
    }

    /// Has a clause run from this start whenever the table is offered or has news.
    pub fn set_off(&mut self, by: TableId, clause: usize, start: Start) {
        self.readers.entry(by).or_default().push(self.jobs.len());
        let free = Start {
            seed: None,
            ..start.clone()
        };
        let mut ways = vec![Way { start, plan: None }];
        if free.news.is_some() {
            ways.push(Way {
                start: free,
                plan: None,
            });
        }
        self.jobs.push(Job {
            clause,
            ways,
            offer: 0,
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
        if self.offers == 0 {
            self.gather(store.weighing);
        }
        self.offers += 1;
        for table in tables {
            for &job in self.readers.get(table).into_iter().flatten() {
                let job = &mut self.jobs[job];
                if std::mem::replace(&mut job.offer, self.offers) == self.offers {
                    continue;
                }
                let clause = &self.clauses[job.clause];
                let way = job.choose(clause, *table, store);
                let plan = job.ways[way].plan(clause, store);
                store.apply(plan, clause, labels)?;
                self.reached.push(clause.head);
            }
        }
        self.settle(store, labels)
    }

    /// Gives long rules one plan each, which finds every match anew. Plans that each begin with what is new in one goal would take more to make and to run
    /// than they save: of a rule of 40,000 goals there would be as many, of as many levels each.
    fn gather(&mut self, weighing: Weighing) {
        let long = self.too_long(weighing);
        if long.is_empty() {
            return;
        }
        let mut first_of: FxHashMap<usize, usize> = FxHashMap::default();
        for (number, job) in self.jobs.iter_mut().enumerate() {
            if !long.contains(&job.clause) {
                continue;
            }
            let loose = job.ways[0].start.loose;
            job.ways.clear();
            if *first_of.entry(job.clause).or_insert(number) == number {
                let start = Start {
                    loose,
                    ..Start::default()
                };
                job.ways.push(Way { start, plan: None });
            }
        }
        for jobs in self.readers.values_mut() {
            for job in jobs.iter_mut() {
                *job = first_of
                    .get(&self.jobs[*job].clause)
                    .map_or(*job, |first| *first);
            }
            jobs.dedup();
        }
    }

    /// The clauses whose plans would have too many levels.
    fn too_long(&self, weighing: Weighing) -> FxHashSet<usize> {
        let mut starts = vec![0; self.clauses.len()];
        for job in &self.jobs {
            starts[job.clause] += 1;
        }
        let levels = |clause: usize| starts[clause] * self.clauses[clause].goals.len();
        (0..starts.len())
            .filter(|&clause| starts[clause] > 1 && levels(clause) > weighing.levels)
            .collect()
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
        store.meter.look(None, Strain::of(labels))
    }
}

impl Job {
    /// Where much is new, a plan that does not begin with it may be cheaper: it meets the new rows group by group.
    fn choose(&self, clause: &Clause, table: TableId, store: &mut Store) -> usize {
        let relation = &store.relations[table];
        let Weighing { rows, share, .. } = store.weighing;
        if self.ways.len() < 2 || relation.table.is_labelled() || relation.count(Which::News) < rows
        {
            return 0;
        }
        let [first, free] =
            [0, 1].map(|way| Plan::estimate(clause, &self.ways[way].start, &mut store.relations));
        usize::from(free < first * share)
    }
}

impl Way {
    fn plan(&mut self, clause: &Clause, store: &mut Store) -> &Plan {
        let plan = self
            .plan
            .take()
            .filter(|plan| !plan.is_stale(&store.relations));
        self.plan.insert(plan.unwrap_or_else(|| {
            let plan = Plan::new(clause, &self.start, &mut store.relations);
            store.lead(clause.head, &plan);
            plan
        }))
    }
}
