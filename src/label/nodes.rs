//! The nodes of a diagram, each made once and kept for good, so that equal sets of contexts have equal numbers.
//!
//! A node splits the contexts by one axis. Neighbouring values that lead to the same rest are one [`Run`], so a
//! period among thousands of time segments takes three runs, not thousands of children.

use super::{AxisId, Label};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Values of an axis up to `end` (exclusive), from where the run before ends, and the set that they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub end: u32,
    pub to: Label,
}

/// The axis of [`Label::NEVER`] and [`Label::ALWAYS`]: after all others.
pub(super) const NO_AXIS: u32 = u32::MAX;

/// [`Label::NEVER`] and [`Label::ALWAYS`].
const LEAVES: usize = 2;

/// Unless told otherwise; some 40 bytes each.
const DEFAULT_BUDGET: usize = 1 << 24;

#[derive(Clone, Copy, Debug)]
struct Node {
    axis: u32,
    /// Its runs are `runs[first..first + count]`.
    first: u32,
    count: u32,
}

/// INVARIANT: the runs of a node are two or more, cover its axis, and no two neighbours lead to the same set; what they
/// lead to has a later axis and a smaller number.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    runs: Vec<Run>,
    known: HashTable<Label>,
    budget: usize,
    spent: bool,
}

impl Nodes {
    pub fn new() -> Self {
        let leaf = Node {
            axis: NO_AXIS,
            first: 0,
            count: 0,
        };
        Self {
            nodes: vec![leaf; LEAVES],
            runs: Vec::new(),
            known: HashTable::new(),
            budget: DEFAULT_BUDGET,
            spent: false,
        }
    }

    pub fn budget(&self) -> usize {
        self.budget
    }

    pub fn set_budget(&mut self, nodes: usize) {
        self.budget = nodes;
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
        self.nodes.len() - LEAVES
    }

    pub fn bytes(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
            + self.runs.capacity() * size_of::<Run>()
            + self.known.allocation_size()
    }

    /// The first axis on which the set depends, or [`NO_AXIS`].
    #[inline]
    pub fn axis(&self, label: Label) -> u32 {
        self.nodes[label.0 as usize].axis
    }

    /// The runs of the set by its first axis; none for the two leaves.
    #[inline]
    pub fn runs(&self, label: Label) -> &[Run] {
        let node = self.nodes[label.0 as usize];
        &self.runs[node.first as usize..][..node.count as usize]
    }

    /// Where the runs of the set begin and how many they are, for [`run`](Self::run).
    #[inline]
    pub fn place_of_runs(&self, label: Label) -> (u32, u32) {
        let node = self.nodes[label.0 as usize];
        (node.first, node.count)
    }

    #[inline]
    pub fn run(&self, at: u32) -> Run {
        self.runs[at as usize]
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
        let known = self.known.find(hash, |&label| {
            self.axis(label) == axis && self.runs(label) == runs
        });
        if let Some(&label) = known {
            return label;
        }
        if self.spent
            || self.len() >= self.budget
            || self.runs.len() + runs.len() > u32::MAX as usize
        {
            self.spent = true;
            return Label::NEVER;
        }
        let label = Label(self.nodes.len() as u32);
        self.nodes.push(Node {
            axis,
            first: self.runs.len() as u32,
            count: runs.len() as u32,
        });
        self.runs.extend_from_slice(runs);
        let (nodes, all) = (&self.nodes, &self.runs);
        self.known.insert_unique(hash, label, |&label| hash_node(nodes[label.0 as usize], all));
        label
    }

    /// Forgets the nodes made since there were so many. Labels of these must not be used any more.
    pub fn shrink_to(&mut self, len: usize) {
        for (at, &node) in self.nodes.iter().enumerate().skip(len + LEAVES) {
            let hash = hash_node(node, &self.runs);
            if let Ok(entry) = self.known.find_entry(hash, |label| label.0 as usize == at) {
                entry.remove();
            }
        }
        if let Some(node) = self.nodes.get(len + LEAVES) {
            self.runs.truncate(node.first as usize);
            self.nodes.truncate(len + LEAVES);
        }
    }

    /// The nodes of the set whose axis is `last` or before, children before parents.
    pub fn down_to(&self, label: Label, last: AxisId) -> Vec<Label> {
        let mut seen = rustc_hash::FxHashSet::default();
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

fn hash_node(node: Node, all: &[Run]) -> u64 {
    hash(
        node.axis,
        &all[node.first as usize..][..node.count as usize],
    )
}

#[inline]
fn hash(axis: u32, runs: &[Run]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u32(axis);
    for run in runs {
        hasher.write_u64(u64::from(run.end) << 32 | u64::from(run.to.0));
    }
    hasher.finish()
}

/// Adds a run to those of a node in the making, which begin at `base`; one that leads where the last does becomes part of it.
#[inline]
pub(super) fn push_run(runs: &mut Vec<Run>, base: usize, end: u32, to: Label) {
    match runs[base..].last_mut() {
        Some(last) if last.to == to => last.end = end,
        _ => runs.push(Run { end, to }),
    }
}
