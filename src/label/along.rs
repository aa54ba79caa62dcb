//! Operations along an axis: fixing it, forgetting it, going onward in it. Only the nodes at the axis and above it are looked at.

use super::cache::Operation;
use super::nodes::{Run, push_run};
use super::{AxisId, Diagram, Label};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;

impl Diagram {
    /// `a` where the axis has this value; the answer no longer depends on the axis.
    pub fn at(&mut self, a: Label, axis: AxisId, value: u32) -> Label {
        self.rewrite(a, axis, |diagram, node| diagram.nodes.follow(node, value))
    }

    /// Contexts of `a` that have one of these values on the axis.
    pub fn restrict(&mut self, a: Label, axis: AxisId, values: &[u32]) -> Label {
        let allowed = self.among(axis, values);
        self.and(a, allowed)
    }

    /// Contexts that are in `a` for some value of the axis, the others as they are.
    pub fn for_some(&mut self, a: Label, axis: AxisId) -> Label {
        self.rewrite(a, axis, |diagram, node| {
            diagram.fold(node, Label::NEVER, Diagram::or)
        })
    }

    /// Contexts that are in `a` for every value of the axis.
    pub fn for_all(&mut self, a: Label, axis: AxisId) -> Label {
        self.rewrite(a, axis, |diagram, node| {
            diagram.fold(node, Label::ALWAYS, Diagram::and)
        })
    }

    /// [`for_some`](Self::for_some) of each of several axes, in one pass: with all drivers, when something holds in any world.
    pub fn for_some_of(&mut self, a: Label, axes: &[AxisId]) -> Label {
        self.forget(a, axes, Label::NEVER, Diagram::or)
    }

    /// [`for_all`](Self::for_all) of each of several axes, in one pass.
    pub fn for_all_of(&mut self, a: Label, axes: &[AxisId]) -> Label {
        self.forget(a, axes, Label::ALWAYS, Diagram::and)
    }

    fn forget(
        &mut self,
        a: Label,
        axes: &[AxisId],
        start: Label,
        combine: fn(&mut Self, Label, Label) -> Label,
    ) -> Label {
        let Some(&last) = axes.iter().max() else {
            return a;
        };
        let forgotten: FxHashSet<u32> = axes.iter().map(|axis| axis.0).collect();
        self.rebuild(a, last, |diagram, node, rebuilt| {
            if forgotten.contains(&diagram.nodes.axis(node)) {
                diagram.fold(node, start, |diagram, so_far, to| {
                    combine(diagram, so_far, rebuilt.of(to))
                })
            } else {
                diagram.map_runs(node, |_, to| rebuilt.of(to))
            }
        })
    }

    /// Stretches of the axis' values in order, each with [`at`](Self::at) for its values, neighbours being different: for time, how a
    /// label changes.
    pub fn stretches(&mut self, a: Label, axis: AxisId) -> Vec<(Range<u32>, Label)> {
        let mut start = 0;
        if self.nodes.axis(a) == axis.0 {
            let stretch = |run: &Run| (std::mem::replace(&mut start, run.end)..run.end, run.to);
            return self.nodes.runs(a).iter().map(stretch).collect();
        }
        let of_axis = self
            .nodes
            .down_to(a, axis)
            .into_iter()
            .filter(|&node| self.nodes.axis(node) == axis.0);
        let ends = of_axis
            .flat_map(|node| self.nodes.runs(node))
            .map(|run| run.end);
        let ends: BTreeSet<u32> = ends.chain([self.space.size(axis)]).collect();
        let mut stretches: Vec<(Range<u32>, Label)> = Vec::with_capacity(ends.len());
        for end in ends {
            let rest = self.at(a, axis, start);
            match stretches.last_mut() {
                Some((values, last)) if *last == rest => values.end = end,
                _ => stretches.push((start..end, rest)),
            }
            start = end;
        }
        stretches
    }

    /// Every context at or after which, in its world, some context of `a` lies.
    pub fn onward(&mut self, a: Label) -> Label {
        let Some(time) = self.time else { return a };
        if self.nodes.axis(a) > time.0 {
            return a;
        }
        if let Some(known) = self.cache.get(Operation::Onward, a, a) {
            return known;
        }
        let onward = self.rewrite(a, time, Diagram::accumulate);
        if !self.exhausted() {
            self.cache.put(Operation::Onward, a, a, onward);
        }
        onward
    }

    /// The node with each value leading where it or any value before it did.
    fn accumulate(&mut self, node: Label) -> Label {
        let mut so_far = Label::NEVER;
        self.map_runs(node, |diagram, to| {
            so_far = diagram.or(so_far, to);
            so_far
        })
    }

    /// `a` with each node of the axis replaced; the nodes above follow.
    fn rewrite(
        &mut self,
        a: Label,
        axis: AxisId,
        replace: impl Fn(&mut Self, Label) -> Label,
    ) -> Label {
        if self.nodes.axis(a) == axis.0 {
            return replace(self, a);
        }
        self.rebuild(a, axis, |diagram, node, rebuilt| {
            if diagram.nodes.axis(node) == axis.0 {
                replace(diagram, node)
            } else {
                diagram.map_runs(node, |_, to| rebuilt.of(to))
            }
        })
    }

    /// `a` with each node down to an axis made anew, the lowest first.
    pub(super) fn rebuild(
        &mut self,
        a: Label,
        last: AxisId,
        remake: impl Fn(&mut Self, Label, &Rebuilt) -> Label,
    ) -> Label {
        let mut rebuilt = Rebuilt::default();
        for node in self.nodes.down_to(a, last) {
            let new = remake(self, node, &rebuilt);
            rebuilt.0.insert(node, new);
        }
        rebuilt.of(a)
    }

    /// The node with each run leading elsewhere.
    pub(super) fn map_runs(
        &mut self,
        node: Label,
        mut elsewhere: impl FnMut(&mut Self, Label) -> Label,
    ) -> Label {
        let (first, count) = self.nodes.place_of_runs(node);
        let mut runs = Vec::with_capacity(count as usize);
        for at in first..first + count {
            let run = self.nodes.run(at);
            let to = elsewhere(self, run.to);
            push_run(&mut runs, 0, run.end, to);
        }
        self.nodes.make(self.nodes.axis(node), &runs)
    }

    /// All that the node's values lead to, combined.
    pub(super) fn fold(
        &mut self,
        node: Label,
        start: Label,
        mut combine: impl FnMut(&mut Self, Label, Label) -> Label,
    ) -> Label {
        let (first, count) = self.nodes.place_of_runs(node);
        (first..first + count).fold(start, |so_far, at| {
            let part = self.nodes.run(at).to;
            combine(self, so_far, part)
        })
    }
}

/// What nodes became so far.
#[derive(Default)]
pub(super) struct Rebuilt(FxHashMap<Label, Label>);

impl Rebuilt {
    pub fn of(&self, label: Label) -> Label {
        self.0.get(&label).copied().unwrap_or(label)
    }
}
