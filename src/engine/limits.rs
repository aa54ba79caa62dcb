//! How far a run may go.

use crate::value::{Term, Trouble};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

#[derive(Clone, Debug, Default)]
pub struct Limits {
    pub deadline: Option<Instant>,
    /// Rows over all core relations.
    pub facts: Option<usize>,
    /// Bytes that the engine's own tables, indexes and labels take.
    pub memory: Option<usize>,
    /// Nodes of the label diagram.
    pub nodes: Option<usize>,
    /// Set from outside to stop the run.
    pub cancel: Option<Arc<AtomicBool>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Time,
    Facts,
    Memory,
    Nodes,
    Cancelled,
}

/// Why a run ended without a model.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// `costliest` is the core rule (by place in [`Core::rules`](crate::core::Core::rules)) that had cost most.
    Limit { limit: Limit, costliest: Option<usize> },
    /// A value that cannot be computed: in this core rule, with these bindings of its slots (those bound so far).
    Trouble { rule: usize, bindings: Vec<Option<Term>>, trouble: Trouble, terms: Box<crate::value::Terms> },
}
