//! Arguments, rebuilt from the model when asked for; the run stored nothing for them but the order in which rows arrived. A proof is
//! data: a list of nodes, the root first, each naming its parts by place, so that no depth of proof is a depth of calls.

mod against;
mod attempt;
mod build;
mod debate;
mod facts;
mod filled;
mod furthest;
mod index;
mod instance;
mod lost;
mod minimal;
mod missing;
mod moment;
mod reasons;
mod search;
mod settle;
mod stands;
mod step;
mod undecided;
mod ways;

pub use attempt::{Attempt, Missing, Nearby};
pub use build::Depth;
pub(in crate::reading) use filled::ground;
pub use index::Index;
pub use minimal::Minimal;
pub use moment::Moment;
pub use search::{Among, Match, Under, Want};
pub use settle::{Effect, Named, Settling};
pub use undecided::{Hanging, Undecided};

use crate::core::Side;
use crate::program::{Citation, DriverId, Period, RelationId, RuleId, ScenarioId};
use crate::reading::{Extent, Status};
use crate::text::Span;
use crate::value::Date;
use crate::value::Term;
use smol_str::SmolStr;

/// One argument with the contexts in which it stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Proof {
    /// The root is the first.
    pub nodes: Vec<Node>,
    /// Where it stands, as far as it does not stand wherever was asked: one for each set of worlds, with its times.
    pub extents: Vec<Extent>,
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
    /// When that is so, where it says, and when it happened, where it is an event.
    pub period: Option<Period>,
    pub happened: Option<Date>,
    /// Places of the premises in the list.
    pub premises: Vec<usize>,
    /// Further arguments for the same, each needed because it overrides an argument against it.
    pub also: Vec<usize>,
    /// Arguments against it that lost.
    pub defeated: Vec<Defeated>,
    /// It stands elsewhere in the same proof, where its premises are: there.
    pub shown: Option<usize>,
    /// It has premises that were not asked for.
    pub cut: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    Sentence {
        side: Side,
        terms: Vec<Term>,
    },
    /// What an exception asks for and nothing says; a comparison with its values; an aggregate with its result. As text, since these
    /// are no sentences of the model.
    Text(String),
}

/// What a step rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    Fact,
    Rule(RuleId),
    /// Supposed in a scenario or by an `if`.
    Assumption(ScenarioId),
    Outcome(DriverId, usize),
    /// Reported or denied by this author, or `None` for `presumably`.
    Report {
        author: Option<SmolStr>,
        denied: bool,
    },
    /// Nothing says what an exception asks for, or it is refuted.
    Absence,
    /// It could be counted, but is not: it does not hold for sure.
    Uncounted,
    /// A comparison, an aggregate, or several sentences together.
    Arithmetic,
    /// A relation that has one value has another one.
    OneValue(RelationId),
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
    /// By an exception of its own.
    Excepted,
}
