//! The core: normal rules over plain relations, and nothing else. Comes from a [`Program`](crate::program::Program); goes to the
//! engine. Only this room knows of defeat: a written relation becomes up to three core relations (views) a side, a written
//! rule several core rules, each with its [`Origin`].

pub mod origin;
pub mod rule;

pub use origin::{Origin, Part, Reason, Side, View};
pub use rule::*;

use crate::label::{Diagram, Segments};

/// A compiled program.
#[derive(Clone, Debug)]
pub struct Core {
    pub relations: Vec<CoreRelation>,
    pub rules: Vec<CoreRule>,
    pub facts: Vec<CoreFacts>,
    /// By written relation: the views of its sentences and of their opposites.
    pub views: Vec<Sides>,
    /// Holds the labels of `rules` and `facts`; the engine goes on with it.
    pub diagram: Diagram,
    pub segments: Segments,
    /// By scenario: the worlds that it keeps (over driver axes), as its suppositions demand.
    pub kept: Vec<crate::label::Label>,
}

/// The views of a written relation. All three are one relation where they cannot differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sides {
    pub sentence: Views,
    /// Absent where nothing can conclude an opposite.
    pub opposite: Option<Views>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Views {
    /// Δ
    pub certain: CoreId,
    /// δ
    pub presumed: CoreId,
    /// σ
    pub possible: CoreId,
}
