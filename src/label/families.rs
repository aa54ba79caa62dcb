//! Families of sets of choices, shared and canonical (zero-suppressed decision diagrams; Minato 1993): room for the millions
//! of sets of which only the smallest will be read.

use super::AxisId;
use super::implicants::Choices;
use rustc_hash::{FxHashMap, FxHashSet};

/// A family by number; equal families have equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Family(u32);

impl Family {
    /// No set.
    pub const EMPTY: Self = Self(0);
    /// One set, of no choices.
    pub const UNIT: Self = Self(1);
}

type Choice = (AxisId, u32);

/// The sets with a choice (without naming it), and those without it, which have later choices only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Node {
    choice: Choice,
    with: Family,
    rest: Family,
}

/// After every choice.
const NO_CHOICE: Choice = (AxisId(u32::MAX), u32::MAX);

#[derive(Debug)]
pub(super) struct Families {
    nodes: Vec<Node>,
    known: FxHashMap<Node, Family>,
    differences: FxHashMap<(Family, Family), Family>,
    budget: usize,
}

impl Families {
    /// `budget`: how many nodes and steps before they are [`exhausted`](Self::exhausted).
    pub fn new(budget: usize) -> Self {
        let leaf = Node {
            choice: NO_CHOICE,
            with: Family::EMPTY,
            rest: Family::EMPTY,
        };
        Self {
            nodes: vec![leaf, leaf],
            known: FxHashMap::default(),
            differences: FxHashMap::default(),
            budget,
        }
    }

    /// Whether the budget is spent; differences taken since are not to be used.
    pub fn exhausted(&self) -> bool {
        self.nodes.len() + self.differences.len() > self.budget
    }

    /// The sets of `rest`, whose choices are all later, and those of `with` with `choice` added.
    pub fn node(&mut self, choice: Choice, with: Family, rest: Family) -> Family {
        if with == Family::EMPTY {
            return rest;
        }
        let node = Node { choice, with, rest };
        debug_assert!(self.get(with).choice > choice && self.get(rest).choice > choice);
        *self.known.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            Family(self.nodes.len() as u32 - 1)
        })
    }

    fn get(&self, family: Family) -> Node {
        self.nodes[family.0 as usize]
    }

    /// The sets of `a` that are not in `b`.
    pub fn difference(&mut self, a: Family, b: Family) -> Family {
        let mut open = vec![(a, b)];
        while let Some(&(a, b)) = open.last() {
            if self.exhausted() {
                return Family::EMPTY;
            }
            if self.known_difference(a, b).is_some() {
                open.pop();
                continue;
            }
            let (left, right) = (self.get(a), self.get(b));
            let needed = if left.choice < right.choice {
                [Some((left.rest, b)), None]
            } else if left.choice > right.choice {
                [Some((a, right.rest)), None]
            } else {
                [Some((left.rest, right.rest)), Some((left.with, right.with))]
            };
            let [first, second] = needed.map(|pair| pair.map(|(a, b)| self.known_difference(a, b)));
            let result = match (first, second) {
                (Some(Some(rest)), None) if left.choice < right.choice => {
                    self.node(left.choice, left.with, rest)
                }
                (Some(Some(rest)), None) => rest,
                (Some(Some(rest)), Some(Some(with))) => self.node(left.choice, with, rest),
                _ => {
                    open.extend(
                        needed
                            .into_iter()
                            .flatten()
                            .filter(|&(a, b)| self.known_difference(a, b).is_none()),
                    );
                    continue;
                }
            };
            self.differences.insert((a, b), result);
            open.pop();
        }
        self.known_difference(a, b).expect("computed just now")
    }

    fn known_difference(&self, a: Family, b: Family) -> Option<Family> {
        if a == b || a == Family::EMPTY {
            Some(Family::EMPTY)
        } else if b == Family::EMPTY {
            Some(a)
        } else {
            self.differences.get(&(a, b)).copied()
        }
    }

    /// The sets of a family, smallest first, then in order; at most `limit`.
    pub fn smallest(&self, family: Family, limit: usize) -> Vec<Choices> {
        let sizes = self.sizes(family, limit);
        let mut found = Vec::new();
        for &size in &sizes[&family] {
            self.of_size(family, size, &sizes, limit, &mut found);
        }
        found
    }

    /// Adds the sets of exactly this size, in order. Goes only where some are, so each step leads to an answer.
    fn of_size(
        &self,
        family: Family,
        size: u32,
        sizes: &Sizes,
        limit: usize,
        found: &mut Vec<Choices>,
    ) {
        let has = |family: Family, size: u32| sizes[&family].binary_search(&size).is_ok();
        let mut path = Choices::new();
        let mut open = vec![(family, size, 0, None)];
        while let Some((family, size, depth, choice)) = open.pop() {
            if found.len() >= limit {
                return;
            }
            path.truncate(depth);
            path.extend(choice);
            if family == Family::UNIT {
                found.push(path.clone());
                continue;
            }
            let node = self.get(family);
            if has(node.rest, size) {
                open.push((node.rest, size, path.len(), None));
            }
            if size > 0 && has(node.with, size - 1) {
                open.push((node.with, size - 1, path.len(), Some(node.choice)));
            }
        }
    }

    /// The sizes of the sets in a family and in those below it, the `limit` smallest.
    fn sizes(&self, family: Family, limit: usize) -> Sizes {
        let mut sizes = Sizes::from_iter([(Family::EMPTY, vec![]), (Family::UNIT, vec![0])]);
        for below in self.below(family) {
            let node = self.get(below);
            let mut both: Vec<u32> = sizes[&node.with]
                .iter()
                .map(|size| size + 1)
                .chain(sizes[&node.rest].iter().copied())
                .collect();
            both.sort_unstable();
            both.dedup();
            both.truncate(limit);
            sizes.insert(below, both);
        }
        sizes
    }

    /// The nodes of a family, parts before wholes.
    fn below(&self, family: Family) -> Vec<Family> {
        let mut seen = FxHashSet::default();
        let mut open = vec![family];
        while let Some(family) = open.pop() {
            if family > Family::UNIT && seen.insert(family) {
                let node = self.get(family);
                open.extend([node.with, node.rest]);
            }
        }
        let mut below: Vec<Family> = seen.into_iter().collect();
        below.sort_unstable();
        below
    }

    /// Whether a family has at least so many sets.
    pub fn has_at_least(&self, family: Family, wanted: usize) -> bool {
        let mut counts = FxHashMap::from_iter([(Family::EMPTY, 0usize), (Family::UNIT, 1)]);
        for below in self.below(family) {
            let node = self.get(below);
            counts.insert(below, counts[&node.with].saturating_add(counts[&node.rest]));
        }
        counts[&family] >= wanted
    }
}

type Sizes = FxHashMap<Family, Vec<u32>>;
