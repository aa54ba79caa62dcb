//! Core rules: `head :- literals`.

use super::Origin;
use crate::label::Label;
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term};

/// A core relation by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct CoreId(pub u32);

impl CoreId {
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CoreRelation {
    pub arity: usize,
    pub part: super::Part,
    /// The relation keeps only the least or greatest value at this place for given other terms.
    pub best: Option<(usize, Best)>,
    /// Its rules read what earlier strata leave open as if it were settled: present is what holds or is open, absent what neither
    /// holds nor is open. So nothing in the relation itself is open, and what cannot be computed is no row of it. They read no absence within
    /// its own stratum.
    pub wide: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Best {
    Least,
    Greatest,
}

/// A variable of a core rule, from 0 to [`CoreRule::variables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    Constant(Term),
    Slot(Slot),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    pub relation: CoreId,
    pub arguments: Vec<Argument>,
}

/// Literals stand in no particular order; the engine picks one. Every slot of the head, of a negated atom, and of a comparison (but
/// for one alone on a side of an `=`) is bound by a positive atom, an aggregate or an `=`: `check` saw to it.
#[derive(Clone, Debug, PartialEq)]
pub enum CoreLiteral {
    Holds(Atom),
    /// No row matches: slots that occur in no other literal and not in the head match anything.
    Fails(Atom),
    Compare {
        left: CoreExpression,
        comparison: Comparison,
        right: CoreExpression,
    },
    /// The comparison does not hold. Not the same as the opposite comparison: spans of days may be neither before nor after.
    /// Binds nothing.
    CompareFails {
        left: CoreExpression,
        comparison: Comparison,
        right: CoreExpression,
    },
    Aggregate(CoreAggregate),
}

impl CoreLiteral {
    /// The relation that it reads.
    pub fn reads(&self) -> Option<CoreId> {
        match self {
            Self::Holds(atom) | Self::Fails(atom) => Some(atom.relation),
            Self::Aggregate(aggregate) => Some(aggregate.matches),
            Self::Compare { .. } | Self::CompareFails { .. } => None,
        }
    }
}

/// `result` is the `kind` of `over`, taken over the distinct rows of `matches` that agree on the slots bound outside.
///
/// `arguments` names the columns of `matches`, each a slot of its own; those in `groups` are shared with the rest of the rule, the others
/// belong to the aggregate alone. Where all of `groups` are bound by other literals, an empty match gives
/// `Number` and `Sum` 0 and the others nothing; else the aggregate binds them, one result per group that has rows. `Number` counts the distinct
/// values of `over`; the others take one value per row.
///
/// With a `call` the matches hang on values that only the rule's own loop gives. They are then those for one row of the relation that is
/// called with, and the engine puts that row there once it knows the values.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreAggregate {
    pub result: Argument,
    pub kind: AggregateKind,
    pub over: CoreExpression,
    pub matches: CoreId,
    pub arguments: Vec<Slot>,
    pub groups: Vec<Slot>,
    pub call: Option<CoreCall>,
}

/// What an aggregate's condition is called with: some of its groups, in a relation that no rule is for. What rests on that relation reads
/// nothing of the loop.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreCall {
    pub relation: CoreId,
    pub arguments: Vec<Slot>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CoreExpression {
    Argument(Argument),
    Negative(Box<CoreExpression>),
    Binary {
        left: Box<CoreExpression>,
        operation: Operation,
        right: Box<CoreExpression>,
    },
    Power {
        base: Box<CoreExpression>,
        exponent: i64,
    },
}

impl CoreExpression {
    /// Calls back for each argument, to change it in place.
    pub fn each_argument(&mut self, change: &impl Fn(&mut Argument)) {
        match self {
            Self::Argument(argument) => change(argument),
            Self::Negative(inner) | Self::Power { base: inner, .. } => inner.each_argument(change),
            Self::Binary { left, right, .. } => {
                left.each_argument(change);
                right.each_argument(change);
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct CoreRule {
    pub head: Atom,
    pub body: Vec<CoreLiteral>,
    /// How many slots there are.
    pub slots: u32,
    /// The contexts in which the rule is in force.
    pub label: Label,
    /// `[from then on]`: what it derives holds from each moment the body does, onward.
    pub onward: bool,
    pub origin: Origin,
}

/// Rows stated for one core relation, in order, duplicates and all.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreFacts {
    pub relation: CoreId,
    pub arity: usize,
    /// `arity` terms a row.
    pub terms: Vec<Term>,
    /// One a row, or `None` where every row always holds.
    pub labels: Option<Vec<Label>>,
    /// How many rows; needed where the arity is 0.
    pub rows: usize,
}
