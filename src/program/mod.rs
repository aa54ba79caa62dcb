//! The checked program: plain data once names are numbers. Comes from `check`, which alone builds it; whoever holds a
//! [`Program`] holds one in which every variable is bound, every label is known and every sentence has its relation.

pub mod context;
pub mod fact;
pub(crate) mod graph;
pub mod question;
pub mod relation;
pub mod rule;

pub use context::*;
pub use fact::*;
pub use question::*;
pub use relation::*;
pub use rule::*;

use crate::text::Span;
use crate::value::{Date, Terms};
use smol_str::SmolStr;

/// A whole case: all files of it.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub terms: Terms,
    /// In order of first appearance.
    pub relations: Vec<Relation>,
    pub facts: Facts,
    pub rules: Vec<Rule>,
    /// Who prevails over whom; no cycle.
    pub overrides: Vec<(Author, Author)>,
    pub cited: Vec<CitedSource>,
    /// Declared drivers first, then one for each fact with a likelihood.
    pub drivers: Vec<Driver>,
    /// [`ScenarioId::BASE`] first, then the declared ones, then one for each distinct `if`.
    pub scenarios: Vec<Scenario>,
    pub impossible: Vec<(Body, Variables, Span)>,
    /// `as of D.`
    pub present: Option<Date>,
    pub tests: Vec<Test>,
    /// The files' own questions, in order, then those of the command line.
    pub questions: Vec<Question>,
}

/// `source memo "Finlandization or balance?".`
#[derive(Clone, Debug, PartialEq)]
pub struct CitedSource {
    pub label: SmolStr,
    pub title: SmolStr,
    pub at: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceRef(pub u32);

/// Where a fact or rule is taken from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    pub source: SourceRef,
    /// `¶8`
    pub place: Option<SmolStr>,
}

/// Who can prevail: a rule by its label, or a reporter by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Author {
    Rule(SmolStr),
    Reporter(SmolStr),
}
