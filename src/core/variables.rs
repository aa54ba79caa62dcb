//! Which variables a condition speaks of, and which it binds.

use super::branches::{Branch, Item};
use crate::program::{self, Aggregate, Body, Expression, Literal, Variable};
use crate::value::Comparison;
use std::collections::BTreeSet;

/// The variables that a conjunction binds.
pub fn bound_variables(branch: &Branch<'_>) -> BTreeSet<Variable> {
    bound_beside(branch, &BTreeSet::new())
}

/// The same, together with those that something beside it binds.
pub fn bound_beside(branch: &Branch<'_>, beside: &BTreeSet<Variable>) -> BTreeSet<Variable> {
    let mut bound = beside.clone();
    for item in branch {
        match item {
            Item::Literal(literal) => bound.extend(variables_of(literal)),
            Item::Aggregate(aggregate) => {
                bound.extend(aggregate.groups.iter().copied());
                if let program::Argument::Variable(result) = aggregate.result {
                    bound.insert(result);
                }
                if aggregate.recursive {
                    bound.extend(condition_variables(aggregate));
                }
            }
            Item::Comparison { .. } | Item::Except(_) => {}
        }
    }
    // An `=` binds the variable alone on one side once the other side is bound.
    loop {
        let before = bound.len();
        for item in branch {
            if let Item::Comparison {
                left,
                comparison: Comparison::Equal,
                right,
            } = item
            {
                for (alone, other) in [(left, right), (right, left)] {
                    let mut needed = BTreeSet::new();
                    expression_variables(other, &mut needed);
                    if let Expression::Argument(program::Argument::Variable(variable)) = alone
                        && needed.is_subset(&bound)
                    {
                        bound.insert(*variable);
                    }
                }
            }
        }
        if bound.len() == before {
            return bound;
        }
    }
}

/// The variables of an aggregate's condition and of what it is taken over, in order of number.
pub fn condition_variables(aggregate: &Aggregate) -> BTreeSet<Variable> {
    let mut variables = BTreeSet::new();
    aggregate
        .condition
        .iter()
        .for_each(|part| body_variables(part, &mut variables));
    expression_variables(&aggregate.over, &mut variables);
    variables
}

pub fn variables_of(literal: &Literal) -> impl Iterator<Item = Variable> {
    literal
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            program::Argument::Variable(variable) => Some(*variable),
            program::Argument::Constant(_) => None,
        })
}

pub fn item_variables(item: &Item<'_>, into: &mut BTreeSet<Variable>) {
    match item {
        Item::Literal(literal) => into.extend(variables_of(literal)),
        Item::Comparison { left, right, .. } => {
            expression_variables(left, into);
            expression_variables(right, into);
        }
        Item::Aggregate(aggregate) => {
            into.extend(condition_variables(aggregate));
            if let program::Argument::Variable(result) = aggregate.result {
                into.insert(result);
            }
        }
        Item::Except(body) => body_variables(body, into),
    }
}

pub fn body_variables(body: &Body, into: &mut BTreeSet<Variable>) {
    match body {
        Body::Literal(literal) => into.extend(variables_of(literal)),
        Body::Comparison { left, right, .. } => {
            expression_variables(left, into);
            expression_variables(right, into);
        }
        Body::Aggregate(aggregate) => item_variables(&Item::Aggregate(aggregate), into),
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| body_variables(part, into))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|part| body_variables(part, into));
            exceptions
                .iter()
                .for_each(|part| body_variables(part, into));
        }
    }
}

pub fn expression_variables(expression: &Expression, into: &mut BTreeSet<Variable>) {
    match expression {
        Expression::Argument(program::Argument::Variable(variable)) => {
            into.insert(*variable);
        }
        Expression::Argument(program::Argument::Constant(_)) => {}
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            expression_variables(inner, into)
        }
        Expression::Binary { left, right, .. } => {
            expression_variables(left, into);
            expression_variables(right, into);
        }
    }
}
