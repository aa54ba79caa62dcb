//! In which contexts a row holds. A context is one time segment, one scenario and one outcome of each driver; a
//! [`Label`] is a set of contexts. Only this room knows how such sets are kept; the engine works over the
//! [`Labels`] interface and has no cost where nothing depends on context.

mod along;
mod cache;
mod combine;
mod cubes;
mod diagram;
mod families;
mod implicants;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod limits;
mod nodes;
mod search;
mod segments;
mod sensitivity;
mod space;
mod unit;
mod weigh;

pub use diagram::Diagram;
pub use implicants::{Choices, Smallest};
pub use segments::Segments;
pub use space::{Axis, AxisId, Cube, Space};
pub use unit::Always;
pub use weigh::{Counting, Weighing};

/// A set of contexts by number in its [`Diagram`]; equal sets have equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub u32);

impl Label {
    /// No context.
    pub const NEVER: Self = Self(0);
    /// Every context.
    pub const ALWAYS: Self = Self(1);

    pub fn is_never(self) -> bool {
        self == Self::NEVER
    }

    pub fn is_always(self) -> bool {
        self == Self::ALWAYS
    }
}

/// What the engine asks of labels: a boolean algebra of sets of contexts. Operations that leave nothing answer `None`, so
/// that a join stops there.
pub trait Labels {
    type Label: Copy + Eq + std::fmt::Debug;

    /// Whether there is only one label, so that no row needs to store one.
    const TRIVIAL: bool;

    fn always(&self) -> Self::Label;
    /// Contexts in both.
    fn and(&mut self, a: Self::Label, b: Self::Label) -> Option<Self::Label>;
    /// Contexts in either.
    fn or(&mut self, a: Self::Label, b: Self::Label) -> Self::Label;
    /// Contexts of `a` that are not in `b`.
    fn without(&mut self, a: Self::Label, b: Self::Label) -> Option<Self::Label>;
    /// Every context at or after which, in its world, some context of `a` lies: `[from then on]`.
    fn onward(&mut self, a: Self::Label) -> Self::Label;
    /// To and from the stored form.
    fn load(&self, label: Label) -> Option<Self::Label>;
    fn store(&self, label: Self::Label) -> Label;
    /// Whether the budget of nodes is spent; what was computed since is not to be used.
    fn exhausted(&self) -> bool;
    /// About how much memory they take.
    fn bytes(&self) -> usize {
        0
    }
}
