//! Arguments, rebuilt from the model when asked for; the run stored nothing for them but the order in which rows arrived. A proof is
//! data: a list of nodes, the root first, each naming its parts by place, so that no depth of proof is a depth of calls.

mod attempt;
mod build;
mod facts;
mod instance;
mod moment;
mod reasons;

pub use attempt::{Attempt, Missing, Nearby};
pub use build::{Choices, Depth};
pub use facts::StatementIndex;
pub use moment::Moment;

use crate::core::Side;
use crate::program::{Citation, DriverId, RuleId, ScenarioId};
use crate::reading::{Extent, Status};
use crate::text::Span;
use crate::value::Term;
use smol_str::SmolStr;

/// One argument with the contexts in which it stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Proof {
    /// The root is the first.
    pub nodes: Vec<Node>,
    pub extent: Extent,
}

/// One step: what is claimed, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub claim: Claim,
    pub status: Status,
    pub by: By,
    /// The values of the rule's named variables, in order.
    pub values: Vec<(SmolStr, Term)>,
    pub sources: Vec<Citation>,
    /// The statement.
    pub at: Option<Span>,
    /// Places of the premises in the list.
    pub premises: Vec<usize>,
    /// Arguments against it that lost.
    pub defeated: Vec<Defeated>,
    /// It stands elsewhere in the same proof, where its premises are.
    pub shown: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    Sentence { side: Side, terms: Vec<Term> },
    /// What an exception asks for and nothing says; a comparison with its values; an aggregate with its result. As text, since these
    /// are no sentences of the model.
    Text(String),
}

/// What a step rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Fact,
    /// Some fact of a loaded file.
    Rule(RuleId),
    /// Supposed in a scenario or by an `if`.
    Assumption(ScenarioId),
    Outcome(DriverId, usize),
    /// Reported or denied by this author, or `None` for `presumably`.
    Report { author: Option<SmolStr>, denied: bool },
    Absence,
    Arithmetic,
}

/// An argument that lost: its root, what beat it (a rule's label, a reporter, a sentence), and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Defeated {
    pub node: usize,
    pub to: String,
    pub how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By a rule or reporter that overrides it.
    Overridden,
    /// By a doubt.
    Undercut,
    /// Its opposite is certain.
    CertainOpposite,
    /// By an argument as good as it is: neither wins.
    Rival,
}
