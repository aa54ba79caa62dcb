//! Conditions: the written tree → literals, comparisons and aggregates with numbered variables, parentheses dissolved.

use super::scope::Scope;
use super::sentences::Reader;
use super::vocabulary::Role;
use crate::complaint::binding as complaints;
use crate::program::{Aggregate, Argument, Body, Expression, Variable};
use crate::syntax::tree::{self, AggregateKind, BodyKind, ExpressionKind, TermKind};
use crate::value::Operation;

impl Reader<'_> {
    /// A condition; `None` where a complaint was made. All parts are read in any case.
    pub fn body(&mut self, body: &tree::Body, role: Role, scope: &mut Scope) -> Option<Body> {
        match &body.kind {
            BodyKind::Sentence(sentence) => self.literal(sentence, role, scope).map(Body::Literal),
            BodyKind::Comparison {
                left,
                operator,
                right,
                ..
            } => {
                let left = self.expression(left, scope);
                let right = self.expression(right, scope);
                Some(Body::Comparison {
                    left: left?,
                    comparison: *operator,
                    right: right?,
                    at: body.span,
                })
            }
            BodyKind::Aggregate(aggregate) => self.aggregate(body, aggregate, role, scope),
            BodyKind::And(parts) => {
                let mut all = Vec::with_capacity(parts.len());
                for part in self.parts(parts, role, scope)? {
                    match part {
                        Body::And(inner) => all.extend(inner),
                        part => all.push(part),
                    }
                }
                Some(Body::And(all))
            }
            BodyKind::Or(parts) => {
                let mut all = Vec::with_capacity(parts.len());
                for part in self.parts(parts, role, scope)? {
                    match part {
                        Body::Or(inner) => all.extend(inner),
                        part => all.push(part),
                    }
                }
                Some(Body::Or(all))
            }
            BodyKind::Unless { body, exceptions } => {
                let inner = body
                    .as_ref()
                    .map(|body| self.body(body, role, scope).map(Box::new));
                let exceptions: Vec<Option<Body>> = exceptions
                    .iter()
                    .map(|exception| {
                        scope.enter(Some(exception), &[]);
                        let read = self.body(exception, role, scope);
                        scope.leave();
                        read
                    })
                    .collect();
                let body = match inner {
                    Some(inner) => Some(inner?),
                    None => None,
                };
                Some(Body::Unless {
                    body,
                    exceptions: exceptions.into_iter().collect::<Option<_>>()?,
                })
            }
            BodyKind::Group(inner) => self.body(inner, role, scope),
        }
    }

    fn parts(&mut self, parts: &[tree::Body], role: Role, scope: &mut Scope) -> Option<Vec<Body>> {
        let read: Vec<Option<Body>> = parts
            .iter()
            .map(|part| self.body(part, role, scope))
            .collect();
        read.into_iter().collect()
    }

    /// Its groups are found once all of the statement is read.
    fn aggregate(
        &mut self,
        whole: &tree::Body,
        aggregate: &tree::Aggregate,
        role: Role,
        scope: &mut Scope,
    ) -> Option<Body> {
        let result = self.argument(&aggregate.result, scope);
        let over = self.expression(&aggregate.over, scope);
        let condition = self.body(&aggregate.condition, role, scope);
        let condition = match condition? {
            Body::And(parts) => parts,
            part => vec![part],
        };
        Some(Body::Aggregate(Aggregate {
            result: result?,
            kind: aggregate.kind,
            over: over?,
            condition,
            groups: Vec::new(),
            recursive: false,
            at: whole.span,
        }))
    }

    fn expression(
        &mut self,
        expression: &tree::Expression,
        scope: &mut Scope,
    ) -> Option<Expression> {
        match &expression.kind {
            ExpressionKind::Term(term) => self.argument(term, scope).map(Expression::Argument),
            ExpressionKind::Group(inner) => self.expression(inner, scope),
            ExpressionKind::Negative(inner) => {
                let read = self.expression(inner, scope);
                self.no_name(inner)?;
                Some(Expression::Negative(Box::new(read?)))
            }
            ExpressionKind::Power { base, exponent } => {
                let read = self.expression(base, scope);
                self.no_name(base)?;
                Some(Expression::Power {
                    base: Box::new(read?),
                    exponent: *exponent,
                })
            }
            ExpressionKind::Binary {
                left,
                operator,
                right,
            } => {
                let (read_left, read_right) =
                    (self.expression(left, scope), self.expression(right, scope));
                self.no_name(left)?;
                self.no_name(right)?;
                let operation: Operation = *operator;
                Some(Expression::Binary {
                    left: Box::new(read_left?),
                    operation,
                    right: Box::new(read_right?),
                })
            }
        }
    }

    /// A name cannot be reckoned with: `Russia + 1`.
    fn no_name(&mut self, expression: &tree::Expression) -> Option<()> {
        match &expression.kind {
            ExpressionKind::Term(term) => match &term.kind {
                TermKind::Name(name) => {
                    self.complaints
                        .push(complaints::name_in_arithmetic(name, term.span));
                    None
                }
                _ => Some(()),
            },
            ExpressionKind::Group(inner) => self.no_name(inner),
            _ => Some(()),
        }
    }
}

/// Every variable of a condition as often as it stands there, the results of aggregates included.
pub(super) fn each_variable(body: &Body, visit: &mut impl FnMut(Variable)) {
    match body {
        Body::Literal(literal) => literal
            .arguments
            .iter()
            .for_each(|argument| argument_variable(argument, visit)),
        Body::Comparison { left, right, .. } => {
            expression_variables(left, visit);
            expression_variables(right, visit);
        }
        Body::Aggregate(aggregate) => aggregate_variables(aggregate, visit),
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_variable(part, visit))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_variable(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_variable(exception, visit));
        }
    }
}

pub(super) fn aggregate_variables(aggregate: &Aggregate, visit: &mut impl FnMut(Variable)) {
    argument_variable(&aggregate.result, visit);
    expression_variables(&aggregate.over, visit);
    aggregate
        .condition
        .iter()
        .for_each(|part| each_variable(part, visit));
}

pub(super) fn expression_variables(expression: &Expression, visit: &mut impl FnMut(Variable)) {
    match expression {
        Expression::Argument(argument) => argument_variable(argument, visit),
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            expression_variables(inner, visit);
        }
        Expression::Binary { left, right, .. } => {
            expression_variables(left, visit);
            expression_variables(right, visit);
        }
    }
}

fn argument_variable(argument: &Argument, visit: &mut impl FnMut(Variable)) {
    if let Argument::Variable(variable) = argument {
        visit(*variable);
    }
}

/// Every aggregate of a condition, outer ones first.
pub(super) fn each_aggregate_mut(body: &mut Body, visit: &mut impl FnMut(&mut Aggregate)) {
    match body {
        Body::Literal(_) | Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            visit(aggregate);
            aggregate
                .condition
                .iter_mut()
                .for_each(|part| each_aggregate_mut(part, visit));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts
                .iter_mut()
                .for_each(|part| each_aggregate_mut(part, visit));
        }
        Body::Unless { body, exceptions } => {
            body.iter_mut()
                .for_each(|body| each_aggregate_mut(body, visit));
            exceptions
                .iter_mut()
                .for_each(|exception| each_aggregate_mut(exception, visit));
        }
    }
}

/// The word of an aggregate's kind: `number`, `least`.
pub(super) fn kind_word(kind: AggregateKind) -> &'static str {
    match kind {
        AggregateKind::Number => "number",
        AggregateKind::Sum => "sum",
        AggregateKind::Least => "least",
        AggregateKind::Greatest => "greatest",
        AggregateKind::Average => "average",
    }
}
