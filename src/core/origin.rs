//! Where each piece of the core comes from, so that a proof can speak of what was written.

use super::rule::CoreId;
use crate::program::{Author, Ground, Literal, Program, RelationId, RuleId};
use crate::text::Span;

/// How far a literal is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    Certain,
    Presumed,
    Possible,
}

/// What speaks for a literal and can be attacked: a rule, the reports (or denials) of one author, or what is
/// presumed without saying why. Reasons for one side of one relation with the same author stand and fall tuple by tuple.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    Rule(RuleId),
    Report(Author),
    Presumption,
}

impl Reason {
    /// Whom `overrides` may name for it; no rule without a label, nor what is only presumed.
    pub fn author(&self, program: &Program) -> Option<Author> {
        match self {
            Self::Rule(rule) => program.rules[rule.0 as usize]
                .label
                .clone()
                .map(Author::Rule),
            Self::Report(author) => Some(author.clone()),
            Self::Presumption => None,
        }
    }
}

/// One side of a written relation: its sentences, or their opposites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Side {
    pub relation: RelationId,
    pub negative: bool,
}

impl Side {
    pub fn opposite(self) -> Self {
        Self {
            negative: !self.negative,
            ..self
        }
    }
}

impl From<&Literal> for Side {
    fn from(literal: &Literal) -> Self {
        Self {
            relation: literal.relation,
            negative: literal.negative,
        }
    }
}

impl From<&Ground> for Side {
    fn from(ground: &Ground) -> Self {
        Self {
            relation: ground.relation,
            negative: ground.negative,
        }
    }
}

/// What a core relation stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A written literal under a view; where views cannot differ, the first of them stands for all.
    Literal { side: Side, view: View },
    /// This reason fires for the side (fδ, fσ). A doubt fires for the opposite of what it doubts.
    Fires {
        side: Side,
        reason: Reason,
        view: View,
    },
    /// Some reason for the side fires.
    Supported { side: Side, view: View },
    /// Some attack on the side fires that no reason for it overrides. `rival`: attacks by other values of a `one` relation.
    Attacked { side: Side, rival: bool },
    /// A rival value of a `one` relation is certain.
    Excluded { side: Side },
    /// This reason fires for a rival value of a `one` relation.
    Rival { side: Side, reason: Reason },
    /// The attack by this reason does not fire, or is overridden (ok).
    Answered { side: Side, by: Reason, rival: bool },
    /// The reason is beaten by one that overrides it.
    Beaten { side: Side, reason: Reason },
    /// Whatever a relation could come to hold: see [`candidates`](super::candidates).
    Candidates { of: CoreId },
    /// Some supposition speaks of the sentence (or, as a `group`, of a rival value), so that everything else about it is silent.
    Cut { relation: RelationId, group: bool },
    /// What the rule there carries onward, silenced or not.
    Carried { at: Span, view: View },
    /// An exception with variables of its own, in the statement there.
    Exception { at: Span, view: View },
    /// The matches of an aggregate's condition.
    Matches { at: Span, view: View },
    /// The possible results of aggregates, and what stands beside them, for an exception or another aggregate there.
    Reckoned { at: Span },
    /// What the condition of an aggregate is called with: see [`CoreCall`](super::CoreCall).
    Called { at: Span },
    /// Groups in which the certain and the possible matches of an aggregate differ.
    Differs { at: Span },
    /// The groups and results of an aggregate that a question or expectation asks for.
    Asked { at: Span, view: View },
}

/// Where a core rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Head `head` of a written rule, by the branch `clause` of its body.
    Written {
        rule: RuleId,
        clause: u32,
        head: u32,
        view: View,
    },
    /// An exception or an aggregate's condition of the statement there.
    Aside { at: Span },
    /// A step between views or of team defeat; the head's [`Part`] says which.
    Step,
}
