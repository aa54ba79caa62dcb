//! Rules and conditions, with variables as numbers.

use super::{Citation, Period, RelationId};
use crate::syntax::tree::AggregateKind;
pub use crate::syntax::tree::Verb;
use crate::text::Span;
use crate::value::{Comparison, Operation, Term};
use smol_str::SmolStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// A variable by its place in its statement's [`Variables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variable(pub u32);

/// The variables of one statement, as written: `?client`, `who`. A bare `?` is a variable of its own named `?`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Variables(pub Vec<SmolStr>);

impl Variables {
    /// Whether it is a bare `?`, which no row, proof or count tells apart.
    pub fn is_anything(&self, variable: Variable) -> bool {
        self.0[variable.0 as usize] == "?"
    }
}

/// `rule LABEL "gloss": body implies heads [notes].`
///
/// Declared properties (`symmetric`, `transitive`) are rules too, with `declared` set.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub label: Option<SmolStr>,
    pub gloss: Option<SmolStr>,
    pub verb: Verb,
    pub body: Option<Body>,
    /// One or more. For `casts doubt on` these are what is doubted, as written.
    pub heads: Vec<Literal>,
    pub variables: Variables,
    /// When the rule is in force.
    pub period: Option<Period>,
    /// `[from then on]`
    pub from_then_on: bool,
    pub citations: Vec<Citation>,
    pub at: Span,
    pub declared: bool,
}

/// An atom or its explicit opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    pub relation: RelationId,
    pub negative: bool,
    pub arguments: Vec<Argument>,
    pub at: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Argument {
    Constant(Term),
    Variable(Variable),
}

/// A condition; the tree of the syntax without parentheses. `And` and `Or` have two parts or more.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Literal(Literal),
    Comparison {
        left: Expression,
        comparison: Comparison,
        right: Expression,
        at: Span,
    },
    Aggregate(Aggregate),
    And(Vec<Body>),
    Or(Vec<Body>),
    /// Holds where `body` does (or always, without one) and none of the exceptions.
    Unless {
        body: Option<Box<Body>>,
        exceptions: Vec<Body>,
    },
}

/// `?n is the number of ?c where ?c mines ?m`
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    pub result: Argument,
    pub kind: AggregateKind,
    pub over: Expression,
    /// The literals of the condition.
    pub condition: Vec<Body>,
    /// The variables of the condition that the rest of the statement uses too: it groups by these.
    pub groups: Vec<Variable>,
    /// `least` or `greatest` feeding the relation that it reads: the relation keeps the best value per other terms.
    pub recursive: bool,
    pub at: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    Argument(Argument),
    Negative(Box<Expression>),
    Binary {
        left: Box<Expression>,
        operation: Operation,
        right: Box<Expression>,
    },
    Power {
        base: Box<Expression>,
        exponent: i64,
    },
}

impl Body {
    /// The same condition with other arguments. A variable that becomes a constant is no group of an aggregate any more.
    pub fn with_arguments(&self, other: &mut dyn FnMut(Argument) -> Argument) -> Self {
        match self {
            Self::Literal(literal) => Self::Literal(Literal {
                arguments: literal.arguments.iter().map(|&it| other(it)).collect(),
                ..literal.clone()
            }),
            Self::Comparison {
                left,
                comparison,
                right,
                at,
            } => Self::Comparison {
                left: left.with_arguments(other),
                comparison: *comparison,
                right: right.with_arguments(other),
                at: *at,
            },
            Self::Aggregate(aggregate) => Self::Aggregate(Aggregate {
                result: other(aggregate.result),
                kind: aggregate.kind,
                over: aggregate.over.with_arguments(other),
                condition: with_arguments(&aggregate.condition, other),
                groups: (aggregate.groups.iter())
                    .filter_map(|&group| match other(Argument::Variable(group)) {
                        Argument::Variable(group) => Some(group),
                        Argument::Constant(_) => None,
                    })
                    .collect(),
                recursive: aggregate.recursive,
                at: aggregate.at,
            }),
            Self::And(parts) => Self::And(with_arguments(parts, other)),
            Self::Or(parts) => Self::Or(with_arguments(parts, other)),
            Self::Unless { body, exceptions } => Self::Unless {
                body: (body.as_ref()).map(|body| Box::new(body.with_arguments(other))),
                exceptions: with_arguments(exceptions, other),
            },
        }
    }
}

fn with_arguments(all: &[Body], other: &mut dyn FnMut(Argument) -> Argument) -> Vec<Body> {
    all.iter().map(|body| body.with_arguments(other)).collect()
}

impl Expression {
    /// The same expression with other arguments.
    pub fn with_arguments(&self, other: &mut dyn FnMut(Argument) -> Argument) -> Self {
        match self {
            Self::Argument(argument) => Self::Argument(other(*argument)),
            Self::Negative(inner) => Self::Negative(Box::new(inner.with_arguments(other))),
            Self::Binary {
                left,
                operation,
                right,
            } => Self::Binary {
                left: Box::new(left.with_arguments(other)),
                operation: *operation,
                right: Box::new(right.with_arguments(other)),
            },
            Self::Power { base, exponent } => Self::Power {
                base: Box::new(base.with_arguments(other)),
                exponent: *exponent,
            },
        }
    }
}
