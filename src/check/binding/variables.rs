//! Walks over a condition: the variables of its sentences, those that others would bind, its exceptions, and where it stands.

use crate::check::bound::Bound;
use crate::check::conditions::each_variable;
use crate::program::{Argument, Body, Expression, Variable};
use crate::text::Span;
use crate::value::Comparison;

/// The variables that an aggregate or an `=` binds once its own are bound.
pub(super) fn dependents(body: &Body, into: &mut Bound) {
    match body {
        Body::Literal(_) => {}
        Body::Comparison {
            left,
            comparison,
            right,
            ..
        } => {
            if *comparison == Comparison::Equal {
                for side in [left, right] {
                    if let Expression::Argument(Argument::Variable(variable)) = side {
                        into.insert(*variable);
                    }
                }
            }
        }
        Body::Aggregate(aggregate) => {
            if let Argument::Variable(result) = aggregate.result {
                into.insert(result);
            }
            aggregate.groups.iter().for_each(|&group| {
                into.insert(group);
            });
            aggregate
                .condition
                .iter()
                .for_each(|part| dependents(part, into));
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| dependents(part, into)),
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| dependents(body, into));
            exceptions
                .iter()
                .for_each(|exception| dependents(exception, into));
        }
    }
}

/// The variables of the sentences of a condition, exceptions and aggregates apart.
pub(super) fn each_sentence_variable(body: &Body, visit: &mut impl FnMut(Variable)) {
    match body {
        Body::Literal(_) => each_variable(body, visit),
        Body::Comparison { .. } | Body::Aggregate(_) => {}
        Body::And(parts) | Body::Or(parts) => {
            parts
                .iter()
                .for_each(|part| each_sentence_variable(part, visit));
        }
        Body::Unless { body, .. } => {
            body.iter()
                .for_each(|body| each_sentence_variable(body, visit));
        }
    }
}

/// The variables of all sentences of a condition.
pub(super) fn sentence_variables(body: &Body, into: &mut Bound) {
    match body {
        Body::Literal(_) => each_variable(body, &mut |variable| {
            into.insert(variable);
        }),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| sentence_variables(part, into));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| sentence_variables(part, into));
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| sentence_variables(body, into));
            exceptions
                .iter()
                .for_each(|exception| sentence_variables(exception, into));
        }
    }
}

pub(super) fn each_exception<'b>(body: &'b Body, visit: &mut impl FnMut(&'b Body)) {
    match body {
        Body::Literal(_) | Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| each_exception(part, visit));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_exception(part, visit));
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_exception(body, visit));
            exceptions.iter().for_each(visit);
        }
    }
}

/// Where a condition stands.
pub(super) fn body_span(body: &Body) -> Span {
    match body {
        Body::Literal(literal) => literal.at,
        Body::Comparison { at, .. } => *at,
        Body::Aggregate(aggregate) => aggregate.at,
        Body::And(parts) | Body::Or(parts) => spans(parts.iter()),
        Body::Unless { body, exceptions } => {
            spans(body.iter().map(|body| &**body).chain(exceptions))
        }
    }
}

fn spans<'b>(parts: impl Iterator<Item = &'b Body>) -> Span {
    parts.map(body_span).reduce(Span::to).unwrap_or_default()
}
