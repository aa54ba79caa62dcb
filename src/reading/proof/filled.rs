//! Conditions with values for their variables, as far as a binding has them: what a proof says of comparisons, exceptions and
//! aggregates.

use crate::program::{Argument, Body, Expression, Literal, Variables};
use crate::reading::Reader;
use crate::reading::matching::{Binding, value};
use crate::say;
use crate::value::Term;
use smol_str::SmolStr;

impl Reader<'_> {
    /// A condition as people read it.
    pub(in crate::reading) fn words(&self, variables: &Variables, body: &Body) -> String {
        say::Wording {
            relations: &self.program.relations,
            terms: &self.model.terms,
            variables,
        }
        .body(body)
    }
}

/// The named variables of a statement with their values.
pub fn named_values(variables: &Variables, binding: &Binding) -> Vec<(SmolStr, Term)> {
    let named = variables
        .0
        .iter()
        .zip(binding)
        .filter(|(name, _)| *name != "?");
    named
        .filter_map(|(name, value)| value.map(|value| (name.clone(), value)))
        .collect()
}

/// The terms of a literal under a binding that has all of them.
pub fn ground(literal: &Literal, binding: &Binding) -> Option<Vec<Term>> {
    literal
        .arguments
        .iter()
        .map(|&argument| value(argument, binding))
        .collect()
}

/// An expression with values for its variables.
pub fn filled(expression: &Expression, binding: &Binding) -> Expression {
    match expression {
        Expression::Argument(argument) => Expression::Argument(filled_argument(*argument, binding)),
        Expression::Negative(inner) => Expression::Negative(Box::new(filled(inner, binding))),
        Expression::Binary {
            left,
            operation,
            right,
        } => Expression::Binary {
            left: Box::new(filled(left, binding)),
            operation: *operation,
            right: Box::new(filled(right, binding)),
        },
        Expression::Power { base, exponent } => Expression::Power {
            base: Box::new(filled(base, binding)),
            exponent: *exponent,
        },
    }
}

/// A condition with values for its variables.
pub fn filled_body(body: &Body, binding: &Binding) -> Body {
    let all = |parts: &[Body]| {
        parts
            .iter()
            .map(|part| filled_body(part, binding))
            .collect()
    };
    match body {
        Body::Literal(literal) => {
            let arguments = literal
                .arguments
                .iter()
                .map(|&argument| filled_argument(argument, binding))
                .collect();
            Body::Literal(Literal {
                arguments,
                ..literal.clone()
            })
        }
        Body::Comparison {
            left,
            comparison,
            right,
            at,
        } => Body::Comparison {
            left: filled(left, binding),
            comparison: *comparison,
            right: filled(right, binding),
            at: *at,
        },
        Body::Aggregate(aggregate) => {
            let mut aggregate = aggregate.clone();
            aggregate.result = filled_argument(aggregate.result, binding);
            aggregate.over = filled(&aggregate.over, binding);
            aggregate.condition = all(&aggregate.condition);
            Body::Aggregate(aggregate)
        }
        Body::And(parts) => Body::And(all(parts)),
        Body::Or(parts) => Body::Or(all(parts)),
        Body::Unless { body, exceptions } => Body::Unless {
            body: body
                .as_ref()
                .map(|body| Box::new(filled_body(body, binding))),
            exceptions: all(exceptions),
        },
    }
}

fn filled_argument(argument: Argument, binding: &Binding) -> Argument {
    value(argument, binding).map_or(argument, Argument::Constant)
}
