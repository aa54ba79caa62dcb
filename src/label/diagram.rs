//! Sets of contexts as a canonical decision diagram over axes with many values.

use super::{AxisId, Cube, Label, Labels, Space};

/// Hash-consed nodes and the operations on them.
#[derive(Clone, Debug)]
pub struct Diagram {
    space: Space,
}

impl Diagram {
    pub fn new(space: Space) -> Self {
        Self { space }
    }

    pub fn space(&self) -> &Space {
        &self.space
    }

    /// How many nodes it may make before it is [`exhausted`](Labels::exhausted).
    pub fn set_budget(&mut self, _nodes: usize) {
        todo!()
    }

    /// The contexts with one of these values on the axis. Values may come in any order.
    pub fn among(&mut self, _axis: AxisId, _values: &[u32]) -> Label {
        todo!()
    }

    pub fn and(&mut self, _a: Label, _b: Label) -> Label {
        todo!()
    }

    pub fn or(&mut self, _a: Label, _b: Label) -> Label {
        todo!()
    }

    pub fn without(&mut self, _a: Label, _b: Label) -> Label {
        todo!()
    }

    pub fn not(&mut self, a: Label) -> Label {
        self.without(Label::ALWAYS, a)
    }

    /// Whether every context of `a` is in `b`.
    pub fn within(&mut self, _a: Label, _b: Label) -> bool {
        todo!()
    }

    /// Contexts that are in `a` for some value of the axis, the others as they are.
    pub fn for_some(&mut self, _a: Label, _axis: AxisId) -> Label {
        todo!()
    }

    /// Contexts that are in `a` for every value of the axis.
    pub fn for_all(&mut self, a: Label, axis: AxisId) -> Label {
        let not = self.not(a);
        let some = self.for_some(not, axis);
        self.not(some)
    }

    /// `a` where the axis has this value; the answer no longer depends on the axis.
    pub fn at(&mut self, _a: Label, _axis: AxisId, _value: u32) -> Label {
        todo!()
    }

    /// The axes on which `a` depends, in order.
    pub fn axes_of(&self, _a: Label) -> Vec<AxisId> {
        todo!()
    }

    /// Disjoint cubes whose union is `a`, in a fixed order, as few as a greedy walk finds: values that lead to the same rest
    /// are one cube.
    pub fn cubes(&mut self, _a: Label) -> Vec<Cube> {
        todo!()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        todo!()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Labels for Diagram {
    type Label = Label;
    const TRIVIAL: bool = false;

    fn always(&self) -> Label {
        Label::ALWAYS
    }

    fn and(&mut self, a: Label, b: Label) -> Option<Label> {
        Some(Diagram::and(self, a, b)).filter(|label| !label.is_never())
    }

    fn or(&mut self, a: Label, b: Label) -> Label {
        Diagram::or(self, a, b)
    }

    fn without(&mut self, a: Label, b: Label) -> Option<Label> {
        Some(Diagram::without(self, a, b)).filter(|label| !label.is_never())
    }

    fn onward(&mut self, _a: Label) -> Label {
        todo!()
    }

    fn load(&self, label: Label) -> Option<Label> {
        Some(label).filter(|label| !label.is_never())
    }

    fn store(&self, label: Label) -> Label {
        label
    }

    fn exhausted(&self) -> bool {
        todo!()
    }
}
