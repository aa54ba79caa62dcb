//! The nodes of a diagram, each made once and kept for good, so that equal sets of contexts have equal numbers.
//!
//! A node splits the contexts by one axis. Neighbouring values that lead to the same rest are one [`Run`], so a
//! period among thousands of time segments takes three runs, not thousands of children.

use super::{AxisId, Label};
use hashbrown::HashTable;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;
use std::time::Instant;

/// Values of an axis up to `end` (exclusive), from where the run before ends, and the set that they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub end: u32,
    pub to: Label,
}

/// The axis of [`Label::NEVER`] and [`Label::ALWAYS`]: after all others.
pub(super) const NO_AXIS: u32 = u32::MAX;

/// Unless told otherwise; some 40 bytes each.
const DEFAULT_BUDGET: usize = 1 << 24;

/// All nodes one after the other. A label is the place where its node begins, so that following it touches memory once.
///
/// INVARIANT: the runs of a node are two or more, cover its axis, and no two neighbours lead to the same set; what they
/// lead to has a later axis and a smaller number.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    /// Per node a head (its axis, and how many runs follow, in the shape of a run), then its runs.
    cells: Vec<Run>,
    known: HashTable<Known>,
    budget: usize,
    spent: bool,
    deadline: Option<Instant>,
}

/// How many nodes are made between two looks at the clock: some milliseconds.
const STRIDE: usize = 1 << 14;

/// With part of its hash, so that other nodes are seldom looked at.
#[derive(Clone, Copy, Debug)]
struct Known {
    hash: u32,
    label: Label,
}

impl Nodes {
    pub fn new() -> Self {
        let leaf = head(NO_AXIS, 0);
        Self {
            cells: vec![leaf, leaf],
            known: HashTable::new(),
            budget: DEFAULT_BUDGET,
            spent: false,
            deadline: None,
        }
    }

    pub fn budget(&self) -> usize {
        self.budget
    }

    pub fn set_budget(&mut self, nodes: usize) {
        self.budget = nodes;
    }

    pub fn set_deadline(&mut self, deadline: Option<Instant>) {
        self.deadline = deadline;
    }

    /// Whether it is time to look at the clock, and late.
    fn is_late(&self) -> bool {
        self.len().is_multiple_of(STRIDE)
            && self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Whether a node could not be made.
    #[inline]
    pub fn spent(&self) -> bool {
        self.spent
    }

    pub fn set_spent(&mut self, spent: bool) {
        self.spent = spent;
    }

    /// Without the two leaves.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    pub fn bytes(&self) -> usize {
        self.cells.capacity() * size_of::<Run>() + self.known.allocation_size()
    }

    /// The first axis on which the set depends, or [`NO_AXIS`].
    #[inline]
    pub fn axis(&self, label: Label) -> u32 {
        self.cells[label.0 as usize].end
    }

    /// The runs of the set by its first axis; none for the two leaves.
    #[inline]
    pub fn runs(&self, label: Label) -> &[Run] {
        let (first, count) = self.place_of_runs(label);
        &self.cells[first as usize..][..count as usize]
    }

    /// Where the runs of the set begin and how many they are, for [`run`](Self::run).
    #[inline]
    pub fn place_of_runs(&self, label: Label) -> (u32, u32) {
        (label.0 + 1, self.cells[label.0 as usize].to.0)
    }

    #[inline]
    pub fn run(&self, at: u32) -> Run {
        self.cells[at as usize]
    }

    /// What a value of the set's first axis leads to.
    pub fn follow(&self, label: Label, value: u32) -> Label {
        let runs = self.runs(label);
        runs[runs.partition_point(|run| run.end <= value)].to
    }

    /// The set that splits by `axis` as `runs` say, neighbours being different. Where the budget is spent, some other set.
    #[inline]
    pub fn make(&mut self, axis: u32, runs: &[Run]) -> Label {
        match runs {
            [only] => only.to,
            _ => self.find_or_add(axis, runs),
        }
    }

    fn find_or_add(&mut self, axis: u32, runs: &[Run]) -> Label {
        debug_assert!(
            runs.windows(2)
                .all(|pair| pair[0].end < pair[1].end && pair[0].to != pair[1].to)
        );
        debug_assert!(runs.iter().all(|run| self.axis(run.to) > axis));
        let hash = hash(axis, runs);
        let same = |known: &Known| {
            known.hash == hash && self.axis(known.label) == axis && self.runs(known.label) == runs
        };
        if let Some(known) = self.known.find(spread(hash), same) {
            return known.label;
        }
        if self.spent
            || self.len() >= self.budget
            || self.is_late()
            || self.cells.len() + runs.len() >= u32::MAX as usize
        {
            self.spent = true;
            return Label::NEVER;
        }
        let label = Label(self.cells.len() as u32);
        self.cells.push(head(axis, runs.len()));
        self.cells.extend_from_slice(runs);
        self.known
            .insert_unique(spread(hash), Known { hash, label }, |known| {
                spread(known.hash)
            });
        label
    }

    /// How far the nodes reach, for [`shrink_to`](Self::shrink_to).
    pub fn mark(&self) -> Label {
        Label(self.cells.len() as u32)
    }

    /// Forgets the nodes made since the mark. Labels of these must not be used any more.
    pub fn shrink_to(&mut self, mark: Label) {
        let mut label = mark;
        while (label.0 as usize) < self.cells.len() {
            let runs = self.runs(label);
            let hash = hash(self.axis(label), runs);
            let next = Label(label.0 + 1 + runs.len() as u32);
            if let Ok(entry) = self
                .known
                .find_entry(spread(hash), |known| known.label == label)
            {
                entry.remove();
            }
            label = next;
        }
        self.cells.truncate(mark.0 as usize);
    }

    /// The nodes of the set whose axis is `last` or before, children before parents.
    pub fn down_to(&self, label: Label, last: AxisId) -> Vec<Label> {
        let mut seen = FxHashSet::default();
        let mut open = vec![label];
        while let Some(label) = open.pop() {
            if self.axis(label) <= last.0 && seen.insert(label) {
                open.extend(self.runs(label).iter().map(|run| run.to));
            }
        }
        let mut found: Vec<Label> = seen.into_iter().collect();
        found.sort_unstable();
        found
    }
}

fn head(axis: u32, runs: usize) -> Run {
    Run {
        end: axis,
        to: Label(runs as u32),
    }
}

#[inline]
fn hash(axis: u32, runs: &[Run]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write_u32(axis);
    for run in runs {
        hasher.write_u64(u64::from(run.end) << 32 | u64::from(run.to.0));
    }
    hasher.finish() as u32
}

/// The table takes a place from the low bits and a tag from the high ones.
#[inline]
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Adds a run to those of a node in the making, which begin at `base`; one that leads where the last does becomes part of it.
#[inline]
pub(super) fn push_run(runs: &mut Vec<Run>, base: usize, end: u32, to: Label) {
    match runs[base..].last_mut() {
        Some(last) if last.to == to => last.end = end,
        _ => runs.push(Run { end, to }),
    }
}
