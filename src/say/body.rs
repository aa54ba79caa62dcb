//! Conditions and whole rules in words, for proofs and complaints.

use super::sentence::{Filler, phrase};
use super::term::{quoted, share_text};
use crate::program::{
    Aggregate, Argument, Body, Expression, Literal, Relation, Rule, Variable, Variables, Verb,
};
use crate::syntax::tree::AggregateKind;
use crate::value::{Operation, Terms};

/// What is needed to say the pieces of one statement.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    pub relations: &'a [Relation],
    pub terms: &'a Terms,
    pub variables: &'a Variables,
}

/// A whole rule without its label: `?x is armed suggests not ?x is harmless`.
pub fn rule(relations: &[Relation], terms: &Terms, rule: &Rule) -> String {
    let say = Wording {
        relations,
        terms,
        variables: &rule.variables,
    };
    let verb = match rule.verb {
        Verb::Implies => "implies",
        Verb::Suggests => "suggests",
        Verb::CastsDoubtOn => "casts doubt on",
    };
    let heads: Vec<String> = rule.heads.iter().map(|head| say.literal(head)).collect();
    let heads = heads.join(" and ");
    match &rule.body {
        Some(body) => format!("{} {verb} {heads}", say.body(body)),
        None => format!("{verb} {heads}"),
    }
}

/// How tightly a condition binds, loosest first; a looser one inside a tighter one stands in parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Tightness {
    Unless,
    Or,
    And,
}

impl Wording<'_> {
    /// `?great can lean on ?state`
    pub fn literal(&self, literal: &Literal) -> String {
        let fillers: Vec<Filler> = literal
            .arguments
            .iter()
            .map(|argument| match argument {
                Argument::Constant(term) => Filler::of(self.terms, *term),
                Argument::Variable(variable) => {
                    Filler::Other(self.variables.0[variable.0 as usize].clone())
                }
            })
            .collect();
        let shape = &self.relations[literal.relation.0 as usize].shape;
        phrase(shape, literal.negative, &fillers)
    }

    /// `?x`, `?` or `who`
    pub fn variable(&self, variable: Variable) -> String {
        self.variables.0[variable.0 as usize].to_string()
    }

    pub fn body(&self, body: &Body) -> String {
        self.body_within(body, Tightness::Unless)
    }

    fn body_within(&self, body: &Body, around: Tightness) -> String {
        let (text, own) = match body {
            Body::Literal(literal) => return self.literal(literal),
            Body::Comparison {
                left,
                comparison,
                right,
                ..
            } => {
                return format!(
                    "{} {} {}",
                    self.compared(left, right),
                    comparison.sign(),
                    self.compared(right, left)
                );
            }
            Body::Aggregate(aggregate) => return self.aggregate(aggregate),
            Body::And(parts) => (self.conjunction(parts), Tightness::And),
            Body::Or(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|part| self.body_within(part, Tightness::Or))
                    .collect();
                (parts.join(" or "), Tightness::Or)
            }
            Body::Unless { body, exceptions } => {
                let mut text = body
                    .as_ref()
                    .map_or_else(String::new, |body| self.body_within(body, Tightness::Or));
                for exception in exceptions {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str("unless ");
                    text.push_str(&self.body_within(exception, Tightness::Or));
                }
                (text, Tightness::Unless)
            }
        };
        if own < around {
            format!("({text})")
        } else {
            text
        }
    }

    /// Literals joined by `and`. The condition of an aggregate would run on over a following literal that does not mention its
    /// result, so there it stands in parentheses.
    fn conjunction(&self, parts: &[Body]) -> String {
        let mut said = Vec::with_capacity(parts.len());
        for (place, part) in parts.iter().enumerate() {
            let text = self.body_within(part, Tightness::And);
            let runs_on = match part {
                Body::Aggregate(aggregate) => parts.get(place + 1).is_some_and(|next| {
                    !matches!(next, Body::Aggregate(_)) && !mentions(next, aggregate.result)
                }),
                _ => false,
            };
            said.push(if runs_on { format!("({text})") } else { text });
        }
        said.join(" and ")
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        let kind = match aggregate.kind {
            AggregateKind::Number => "number",
            AggregateKind::Sum => "sum",
            AggregateKind::Least => "least",
            AggregateKind::Greatest => "greatest",
            AggregateKind::Average => "average",
        };
        format!(
            "{} is the {kind} of {} where {}",
            self.argument(aggregate.result),
            self.expression(&aggregate.over),
            self.conjunction(&aggregate.condition)
        )
    }

    fn argument(&self, argument: Argument) -> String {
        match argument {
            Argument::Constant(term) => quoted(self.terms, term),
            Argument::Variable(variable) => self.variable(variable),
        }
    }

    /// One side of a comparison: beside a percentage a number is one too, `55% >= 60%`.
    pub fn compared(&self, side: &Expression, other: &Expression) -> String {
        let constant = |expression: &Expression| match expression {
            Expression::Argument(Argument::Constant(term)) => Some(*term),
            _ => None,
        };
        match (constant(side), constant(other)) {
            (Some(term), Some(other)) if self.terms.is_share(other) => {
                share_text(&self.terms.get(term))
            }
            _ => self.expression(side),
        }
    }

    /// `2 * (?a + ?b)`
    pub fn expression(&self, expression: &Expression) -> String {
        self.expression_within(expression, 0)
    }

    /// `around` is how tightly the surroundings bind: 0 nothing, 1 a sum, 2 a product, 3 a sign, 4 a power, 5 its base.
    fn expression_within(&self, expression: &Expression, around: u8) -> String {
        let (text, own) = match expression {
            Expression::Argument(Argument::Constant(term)) => {
                let text = quoted(self.terms, *term);
                let own = if text.starts_with('-') { 3 } else { 5 };
                (text, own)
            }
            Expression::Argument(argument) => return self.argument(*argument),
            Expression::Negative(inner) => {
                let text = self.expression_within(inner, 3);
                // A sign before a figure would be part of the number.
                let apart =
                    text.starts_with(|first: char| first.is_alphabetic() || "?(\"".contains(first));
                (
                    if apart {
                        format!("-{text}")
                    } else {
                        format!("-({text})")
                    },
                    3,
                )
            }
            Expression::Power { base, exponent } => {
                (format!("{}^{exponent}", self.expression_within(base, 5)), 4)
            }
            Expression::Binary {
                left,
                operation,
                right,
            } => {
                let (sign, own) = match operation {
                    Operation::Add => ("+", 1),
                    Operation::Subtract => ("-", 1),
                    Operation::Multiply => ("*", 2),
                    Operation::Divide => ("/", 2),
                    Operation::Remainder => ("%", 2),
                };
                let left = self.expression_within(left, own);
                let right = self.expression_within(right, own + 1);
                (format!("{left} {sign} {right}"), own)
            }
        };
        if own < around {
            format!("({text})")
        } else {
            text
        }
    }
}

fn mentions(body: &Body, argument: Argument) -> bool {
    match body {
        Body::Literal(literal) => literal.arguments.contains(&argument),
        Body::Comparison { left, right, .. } => {
            expression_mentions(left, argument) || expression_mentions(right, argument)
        }
        Body::Aggregate(aggregate) => {
            aggregate.result == argument
                || expression_mentions(&aggregate.over, argument)
                || aggregate
                    .condition
                    .iter()
                    .any(|part| mentions(part, argument))
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().any(|part| mentions(part, argument)),
        Body::Unless { body, exceptions } => {
            body.iter().any(|body| mentions(body, argument))
                || exceptions
                    .iter()
                    .any(|exception| mentions(exception, argument))
        }
    }
}

fn expression_mentions(expression: &Expression, argument: Argument) -> bool {
    match expression {
        Expression::Argument(own) => *own == argument,
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            expression_mentions(inner, argument)
        }
        Expression::Binary { left, right, .. } => {
            expression_mentions(left, argument) || expression_mentions(right, argument)
        }
    }
}
