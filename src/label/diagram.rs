//! Sets of contexts as a canonical decision diagram over axes with many values. The operations are in `combine` (two
//! sets), `along` (one axis), `cubes`, `weigh` and `implicants`.

use super::cache::Cache;
use super::combine::Frame;
use super::nodes::{Nodes, Run, push_run};
use super::{Axis, AxisId, Label, Labels, Space};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

/// Hash-consed nodes and the operations on them.
///
/// With a driver of three outcomes as its only axis, `among(axis, &[0])` is where the first is the case, and its `not` the same
/// label as `among(axis, &[1, 2])`.
#[derive(Clone, Debug)]
pub struct Diagram {
    pub(super) space: Arc<Space>,
    pub(super) time: Option<AxisId>,
    pub(super) nodes: Nodes,
    pub(super) cache: Cache,
    /// Work space of the operations, empty between them.
    pub(super) frames: Vec<Frame>,
    pub(super) runs: Vec<Run>,
}

impl Diagram {
    pub fn new(space: Space) -> Self {
        Self::over(Arc::new(space))
    }

    pub(super) fn over(space: Arc<Space>) -> Self {
        let time = space.find(Axis::Time);
        Self {
            space,
            time,
            nodes: Nodes::new(),
            cache: Cache::new(),
            frames: Vec::new(),
            runs: Vec::new(),
        }
    }

    pub fn space(&self) -> &Space {
        &self.space
    }

    /// The contexts that are in no more than so many of these labels.
    pub fn at_most(&mut self, most: usize, labels: &[Label]) -> Label {
        // By how many may still be met, for the labels gone through.
        let mut within = vec![Label::ALWAYS; most + 1];
        for &label in labels.iter().rev() {
            for left in (0..=most).rev() {
                let met = match left.checked_sub(1) {
                    Some(fewer) => self.and(within[fewer], label),
                    None => Label::NEVER,
                };
                let missed = self.without(within[left], label);
                within[left] = self.or(met, missed);
            }
        }
        within[most]
    }

    /// How many nodes it may make before it is [`exhausted`](Labels::exhausted).
    pub fn set_budget(&mut self, nodes: usize) {
        self.nodes.set_budget(nodes);
    }

    pub fn budget(&self) -> usize {
        self.nodes.budget()
    }

    /// When it is [`exhausted`](Labels::exhausted) however few nodes it has made: a single operation on large sets may take long.
    pub fn set_deadline(&mut self, deadline: Option<Instant>) {
        self.nodes.set_deadline(deadline);
    }

    /// Whether the budget of nodes is spent; what was computed since is not to be used.
    pub fn exhausted(&self) -> bool {
        self.nodes.spent()
    }

    /// The contexts with one of these values on the axis. Values may come in any order.
    pub fn among(&mut self, axis: AxisId, values: &[u32]) -> Label {
        let mut values = values.to_vec();
        values.sort_unstable();
        values.dedup();
        let mut runs = Vec::with_capacity(2 * values.len() + 1);
        let mut end = 0;
        for value in values {
            if value > end {
                push_run(&mut runs, 0, value, Label::NEVER);
            }
            end = value + 1;
            push_run(&mut runs, 0, end, Label::ALWAYS);
        }
        if end < self.space.size(axis) {
            push_run(&mut runs, 0, self.space.size(axis), Label::NEVER);
        }
        self.nodes.make(axis.0, &runs)
    }

    /// The contexts with a value in this range on the axis: a period as a range of time segments.
    pub fn between(&mut self, axis: AxisId, values: Range<u32>) -> Label {
        if values.is_empty() {
            return Label::NEVER;
        }
        let mut runs = Vec::with_capacity(3);
        if values.start > 0 {
            runs.push(Run {
                end: values.start,
                to: Label::NEVER,
            });
        }
        runs.push(Run {
            end: values.end,
            to: Label::ALWAYS,
        });
        if values.end < self.space.size(axis) {
            runs.push(Run {
                end: self.space.size(axis),
                to: Label::NEVER,
            });
        }
        self.nodes.make(axis.0, &runs)
    }

    /// Whether the context is in `a` that has, on each axis, the value that `value` says.
    pub fn contains(&self, a: Label, value: impl Fn(AxisId) -> u32) -> bool {
        let mut rest = a;
        while !rest.is_never() && !rest.is_always() {
            rest = self
                .nodes
                .follow(rest, value(AxisId(self.nodes.axis(rest))));
        }
        rest.is_always()
    }

    /// The axes on which `a` depends, in order.
    pub fn axes_of(&self, a: Label) -> Vec<AxisId> {
        let mut axes: Vec<AxisId> = self
            .nodes
            .down_to(a, LAST_AXIS)
            .into_iter()
            .map(|node| AxisId(self.nodes.axis(node)))
            .collect();
        axes.sort_unstable();
        axes.dedup();
        axes
    }

    /// Does some work that needs at most so many nodes more, and forgets these again: a question leaves no trace in a model. The
    /// answer must hold no label that the work made; within it, [`exhausted`](Self::exhausted) tells whether that was too few.
    pub(super) fn scratch<T>(&mut self, nodes: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let (mark, budget, spent) = (self.nodes.mark(), self.nodes.budget(), self.nodes.spent());
        self.nodes
            .set_budget(self.nodes.len().saturating_add(nodes));
        let done = work(self);
        if self.nodes.mark() > mark {
            self.nodes.shrink_to(mark);
            self.cache = Cache::new();
        }
        self.nodes.set_budget(budget);
        self.nodes.set_spent(spent);
        done
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many nodes `a` has: how complicated it is.
    pub fn nodes_of(&self, a: Label) -> usize {
        self.nodes.down_to(a, LAST_AXIS).len()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.nodes.bytes() + self.cache.bytes()
    }
}

/// After every axis of a space, before the leaves.
pub(super) const LAST_AXIS: AxisId = AxisId(u32::MAX - 1);

impl Labels for Diagram {
    type Label = Label;
    const TRIVIAL: bool = false;

    #[inline]
    fn always(&self) -> Label {
        Label::ALWAYS
    }

    #[inline]
    fn and(&mut self, a: Label, b: Label) -> Option<Label> {
        let both = Diagram::and(self, a, b);
        (!both.is_never()).then_some(both)
    }

    #[inline]
    fn or(&mut self, a: Label, b: Label) -> Label {
        Diagram::or(self, a, b)
    }

    #[inline]
    fn without(&mut self, a: Label, b: Label) -> Option<Label> {
        let rest = Diagram::without(self, a, b);
        (!rest.is_never()).then_some(rest)
    }

    fn onward(&mut self, a: Label) -> Label {
        Diagram::onward(self, a)
    }

    #[inline]
    fn load(&self, label: Label) -> Option<Label> {
        (!label.is_never()).then_some(label)
    }

    #[inline]
    fn store(&self, label: Label) -> Label {
        label
    }

    fn exhausted(&self) -> bool {
        Diagram::exhausted(self)
    }

    fn bytes(&self) -> usize {
        Diagram::bytes(self)
    }
}
