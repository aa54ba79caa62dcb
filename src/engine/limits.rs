//! How far a run may go, and the meter that watches over it.

use super::coming::Coming;
use super::relation::Relation;
use crate::label::Labels;
use crate::value::{Term, Trouble};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

#[derive(Clone, Debug, Default)]
pub struct Limits {
    pub deadline: Option<Instant>,
    /// Rows over all core relations.
    pub facts: Option<usize>,
    /// Bytes that the process takes, where `taken` says how many that are; else bytes of the engine's own tables, indexes and labels.
    pub memory: Option<usize>,
    /// What the process takes, kept up to date from outside; 0 where that is not known.
    pub taken: Option<Arc<AtomicUsize>>,
    /// Where the run tells which core rule has cost most so far, for whoever ends it from outside.
    pub costliest: Option<Arc<AtomicUsize>>,
    /// Nodes of the label diagram.
    pub nodes: Option<usize>,
    /// Steps of joins. Unlike the deadline, it ends a run at the same point on any machine.
    pub steps: Option<u64>,
    /// Set from outside to stop the run.
    pub cancel: Option<Arc<AtomicBool>>,
    /// What cannot be computed does not hold, and does not end the run.
    pub lenient: bool,
}

/// What a node of the label diagram takes at the least, with a run or two and its place in the table.
const NODE_BYTES: usize = 32;

impl Limits {
    /// How many nodes the labels may have, so many where nothing is said of them; more would not fit into the memory.
    pub fn node_budget(&self, usual: usize) -> usize {
        let fitting = self.memory.map_or(usize::MAX, |memory| memory / NODE_BYTES);
        self.nodes.unwrap_or(usual).min(fitting)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Time,
    Facts,
    Memory,
    Nodes,
    Steps,
    Cancelled,
}

/// Why a run ended without a model.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// `costliest` is the core rule (by place in [`Core::rules`](crate::core::Core::rules)) that had cost most.
    Limit {
        limit: Limit,
        costliest: Option<usize>,
    },
    /// A value that cannot be computed: in this core rule, with these bindings of its slots (those bound so far).
    Trouble {
        rule: usize,
        bindings: Vec<Option<Term>>,
        trouble: Trouble,
        terms: Box<crate::value::Terms>,
    },
}

/// Why a step of the run cannot go on.
#[derive(Debug)]
pub enum Halt {
    Limit(Limit),
    Trouble {
        rule: usize,
        bindings: Vec<Option<Term>>,
        trouble: Trouble,
    },
}

/// Steps of a join between two looks at the clock: well under a millisecond.
const STRIDE: u64 = 1 << 14;

/// The same where labels grow, and a step may be many operations on them.
const LABELLED_STRIDE: u64 = 1 << 8;

/// The part of the limit of facts by which it may be passed before that is seen.
const SPARE: usize = 32;

/// How much the labels take, and whether there can be no more of them.
#[derive(Clone, Copy)]
pub struct Strain {
    bytes: usize,
    exhausted: bool,
}

impl Strain {
    pub fn of<L: Labels>(labels: &L) -> Self {
        Self {
            bytes: labels.bytes(),
            exhausted: labels.exhausted(),
        }
    }
}

/// What has been spent, by rule and in all.
#[derive(Debug)]
pub struct Meter<'a> {
    limits: &'a Limits,
    /// Steps taken for each core rule.
    costs: Vec<u64>,
    /// The rule that was paid for last, and the one that had cost most when last looked.
    last: usize,
    top: usize,
    spent: u64,
    next_look: u64,
    /// Rows and bytes of everything settled.
    rows: usize,
    bytes: usize,
}

impl<'a> Meter<'a> {
    pub fn new(limits: &'a Limits, rules: usize) -> Self {
        Self {
            limits,
            costs: vec![0; rules],
            last: 0,
            top: 0,
            spent: 0,
            next_look: 0,
            rows: 0,
            bytes: 0,
        }
    }

    /// Whether what cannot be computed is passed over.
    pub fn is_lenient(&self) -> bool {
        self.limits.lenient
    }

    /// Whether it is time to [`look`](Self::look), after so many more steps for a rule.
    #[inline]
    pub fn spend(&mut self, rule: usize, steps: u64) -> bool {
        self.costs[rule] += steps;
        self.last = rule;
        self.spent += steps;
        self.spent >= self.next_look
    }

    /// One step for no rule; checks the limits if it is time to.
    #[inline]
    pub fn tick(&mut self, coming: &Coming, strain: Strain) -> Result<(), Halt> {
        self.spent += 1;
        if self.spent >= self.next_look {
            self.look(Some(coming), strain)
        } else {
            Ok(())
        }
    }

    /// Checks every limit. `coming` is what is being filled.
    #[cold]
    pub fn look(&mut self, coming: Option<&Coming>, strain: Strain) -> Result<(), Halt> {
        let stride = if strain.bytes > 0 {
            LABELLED_STRIDE
        } else {
            STRIDE
        };
        let limits = self.limits;
        self.tell_costliest();
        let rows = self.rows + coming.map_or(0, Coming::count);
        // A step makes one row at most, so the last look before the limit of facts is a few of them short of it.
        let room = limits.facts.map_or(u64::MAX, |facts| {
            facts.saturating_sub(rows).max(facts / SPARE) as u64
        });
        self.next_look = self.spent + stride.min(room.saturating_add(1));
        let bytes = match limits
            .taken
            .as_ref()
            .map(|taken| taken.load(Ordering::Relaxed))
        {
            None | Some(0) => self.bytes + strain.bytes + coming.map_or(0, Coming::bytes),
            Some(taken) => taken,
        };
        let limit = if limits
            .cancel
            .as_ref()
            .is_some_and(|cancel| cancel.load(Ordering::Relaxed))
        {
            Limit::Cancelled
        } else if limits
            .deadline
            .is_some_and(|deadline| Instant::now() >= deadline)
        {
            Limit::Time
        } else if limits.facts.is_some_and(|facts| rows > facts)
            || coming.is_some_and(|coming| coming.count() > MOST_ROWS)
        {
            Limit::Facts
        } else if limits.memory.is_some_and(|memory| bytes > memory) {
            Limit::Memory
        } else if limits.steps.is_some_and(|steps| self.spent > steps) {
            Limit::Steps
        } else if strain.exhausted {
            Limit::Nodes
        } else {
            return Ok(());
        };
        Err(Halt::Limit(limit))
    }

    /// Between two looks nearly all steps are for one rule, so that one is compared with the one that led.
    fn tell_costliest(&mut self) {
        let Some(told) = &self.limits.costliest else {
            return;
        };
        let cost = |rule: usize| self.costs.get(rule).copied().unwrap_or_default();
        if cost(self.last) > cost(self.top) {
            self.top = self.last;
        }
        if cost(self.top) > 0 {
            told.store(self.top, Ordering::Relaxed);
        }
    }

    /// Counts what a relation has become since it was last counted.
    pub fn recount(&mut self, relation: &mut Relation, coming: &Coming) {
        let now = (relation.table.len(), relation.bytes() + coming.bytes());
        let before = std::mem::replace(&mut relation.counted, now);
        self.rows = self.rows + now.0 - before.0;
        self.bytes = self.bytes + now.1 - before.1;
    }

    /// A relation is gone.
    pub fn forget(&mut self, relation: &Relation) {
        self.rows -= relation.counted.0;
        self.bytes -= relation.counted.1;
    }

    /// The rule that had cost most.
    pub fn costliest(&self) -> Option<usize> {
        let (rule, &cost) = self
            .costs
            .iter()
            .enumerate()
            .max_by_key(|&(rule, &cost)| (cost, std::cmp::Reverse(rule)))?;
        (cost > 0).then_some(rule)
    }
}

/// Row numbers are 32 bits wide.
const MOST_ROWS: usize = u32::MAX as usize / 2;
