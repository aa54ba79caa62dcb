//! Where each piece of the core comes from, so that a proof can speak of what was written.

use crate::program::{Author, RelationId, RuleId};

/// How far a literal is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum View {
    Certain,
    Presumed,
    Possible,
}

/// A rule or a kind of dispute as it meets others: what a defeasible argument starts from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    Rule(RuleId),
    /// Reports (`denied`: denials) by one author of sentences of one relation.
    Report { author: Author, denied: bool },
    Presumption,
}

/// What a core relation stands for. `negative` tells the opposite side throughout.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A written literal under a view; for a plain relation `Certain` stands for all three.
    Literal { relation: RelationId, negative: bool, view: View },
    /// This reason fires for the literal (fδ, fσ).
    Fires { relation: RelationId, negative: bool, reason: Reason, view: View },
    /// Some reason for the literal fires under the view.
    Supported { relation: RelationId, negative: bool, view: View },
    /// Some reason against the literal, which nothing overrides, fires under the view.
    Attacked { relation: RelationId, negative: bool, view: View },
    /// The attack by this reason fails or is overridden (ok).
    Answered { relation: RelationId, negative: bool, by: Reason },
    /// The reason is beaten by one that overrides it.
    Beaten { relation: RelationId, negative: bool, reason: Reason },
    /// The opposite, or (for a `one` relation) a rival value, is certain.
    Excluded { relation: RelationId, negative: bool },
    /// A supposition speaks of this sentence, so everything else about it is silent.
    Cut { relation: RelationId },
    /// An exception with variables of its own, or a branch, of a written rule.
    Exception { rule: RuleId, view: View },
    /// The matches of an aggregate's condition.
    Matches { rule: RuleId, view: View },
    /// Groups in which the certain and the possible matches of an aggregate differ.
    Differs { rule: RuleId },
}

/// Where a core rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Head `head` of a written rule, by the branch `clause` of its body.
    Written { rule: RuleId, clause: u32, head: u32, view: View },
    /// A step between views or of team defeat; the head's [`Part`] says which.
    Step,
}
