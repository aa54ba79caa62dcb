//! Operations along one axis: fixing it, forgetting it, going onward in it. Only the nodes at the axis and above it are looked at.

use super::cache::Operation;
use super::nodes::{Run, push_run};
use super::{AxisId, Diagram, Label};
use rustc_hash::FxHashMap;

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
        let (first, count) = (self.nodes.first_run(node), self.nodes.runs(node).len());
        let axis = self.nodes.axis(node);
        let mut runs = Vec::with_capacity(count);
        let mut so_far = Label::NEVER;
        for at in first..first + count as u32 {
            let run = self.nodes.run(at);
            so_far = self.or(so_far, run.to);
            push_run(&mut runs, 0, run.end, so_far);
        }
        self.nodes.make(axis, &runs)
    }

    /// All that the node's values lead to, combined.
    fn fold(
        &mut self,
        node: Label,
        start: Label,
        combine: fn(&mut Self, Label, Label) -> Label,
    ) -> Label {
        let (first, count) = (self.nodes.first_run(node), self.nodes.runs(node).len());
        (first..first + count as u32).fold(start, |so_far, at| {
            let part = self.nodes.run(at).to;
            combine(self, so_far, part)
        })
    }

    /// `a` with each node of the axis replaced; the nodes above follow.
    fn rewrite(
        &mut self,
        a: Label,
        axis: AxisId,
        replace: impl Fn(&mut Self, Label) -> Label,
    ) -> Label {
        if self.nodes.axis(a) > axis.0 {
            return a;
        }
        if self.nodes.axis(a) == axis.0 {
            return replace(self, a);
        }
        let affected = self.nodes.down_to(a, axis);
        let mut replaced: FxHashMap<Label, Label> = FxHashMap::default();
        let mut runs: Vec<Run> = Vec::new();
        for node in affected {
            let new = if self.nodes.axis(node) == axis.0 {
                replace(self, node)
            } else {
                runs.clear();
                for run in self.nodes.runs(node) {
                    push_run(
                        &mut runs,
                        0,
                        run.end,
                        replaced.get(&run.to).copied().unwrap_or(run.to),
                    );
                }
                self.nodes.make(self.nodes.axis(node), &runs)
            };
            replaced.insert(node, new);
        }
        replaced[&a]
    }
}
