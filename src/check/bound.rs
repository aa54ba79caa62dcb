//! What a condition binds: the sentences, aggregates and `=` of a conjunction together, each branch of `or` by itself, nothing out of
//! an exception. Comes in: a condition; goes out: the set of variables of each of its parts.

use super::conditions::expression_variables;
use crate::program::{Aggregate, Argument, Body, Expression, Literal, Variable};
use crate::value::Comparison;

/// A set of variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bound(Vec<u64>);

impl Bound {
    pub fn contains(&self, variable: Variable) -> bool {
        let (word, bit) = (variable.0 as usize / 64, variable.0 % 64);
        self.0.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// Whether it was new.
    pub fn insert(&mut self, variable: Variable) -> bool {
        let (word, bit) = (variable.0 as usize / 64, variable.0 % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let new = self.0[word] >> bit & 1 == 0;
        self.0[word] |= 1 << bit;
        new
    }

    /// Whether it grew.
    fn extend(&mut self, other: &Self) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grew = false;
        for (mine, &theirs) in self.0.iter_mut().zip(&other.0) {
            grew |= theirs & !*mine != 0;
            *mine |= theirs;
        }
        grew
    }

    fn keep_common(&mut self, other: &Self) {
        for (place, mine) in self.0.iter_mut().enumerate() {
            *mine &= other.0.get(place).copied().unwrap_or(0);
        }
    }
}

/// What is bound in each conjunction of a condition, exceptions and branches apart, in order of reading. The sets only
/// grow, a walk at a time, so that deep nesting costs no more than its size a walk.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    pub bound: Vec<Bound>,
    /// The number of the next part of a walk.
    pub next: usize,
    grew: bool,
}

impl Contexts {
    /// Walks until nothing more is bound; answers what the whole condition binds.
    pub fn stable(&mut self, body: &Body) -> Bound {
        loop {
            (self.next, self.grew) = (0, false);
            let bound = self.walk(body, &Bound::default());
            if !self.grew {
                return bound;
            }
        }
    }

    pub fn enter(&mut self, around: &Bound) -> (usize, Bound) {
        let id = self.pass_over();
        let mut bound = self.bound[id].clone();
        bound.extend(around);
        (id, bound)
    }

    /// The number of a part that is not entered.
    pub fn pass_over(&mut self) -> usize {
        let id = self.next;
        self.next += 1;
        if self.bound.len() <= id {
            self.bound.push(Bound::default());
        }
        id
    }

    fn keep(&mut self, id: usize, bound: &Bound) {
        self.grew |= self.bound[id].extend(bound);
    }

    /// What is bound once a part has been met where `around` is bound already.
    fn walk(&mut self, body: &Body, around: &Bound) -> Bound {
        let (id, mut bound) = self.enter(around);
        match body {
            Body::Literal(_) | Body::Comparison { .. } => bind_alone(body, &mut bound),
            Body::Aggregate(aggregate) => self.walk_aggregate(aggregate, &mut bound),
            Body::And(parts) => parts.iter().for_each(|part| self.part(part, &mut bound)),
            Body::Or(parts) => {
                let mut common: Option<Bound> = None;
                for part in parts {
                    let branch = self.walk(part, &bound);
                    match &mut common {
                        None => common = Some(branch),
                        Some(common) => common.keep_common(&branch),
                    }
                }
                bound.extend(&common.unwrap_or_default());
            }
            Body::Unless { body, exceptions } => {
                if let Some(body) = body {
                    let after = self.walk(body, &bound);
                    bound.extend(&after);
                }
                for exception in exceptions {
                    self.walk(exception, &bound);
                }
            }
        }
        self.keep(id, &bound);
        bound
    }

    /// A part of a conjunction. What a sentence binds the conjunction keeps: sets of their own would make the square of a long one.
    fn part(&mut self, part: &Body, bound: &mut Bound) {
        if matches!(part, Body::Literal(_) | Body::Comparison { .. }) {
            self.pass_over();
            bind_alone(part, bound);
        } else {
            let after = self.walk(part, bound);
            bound.extend(&after);
        }
    }

    /// An aggregate binds its result and its groups once its own condition is bound.
    fn walk_aggregate(&mut self, aggregate: &Aggregate, bound: &mut Bound) {
        let (id, mut inner) = self.enter(bound);
        let parts = aggregate.condition.iter();
        parts.for_each(|part| self.part(part, &mut inner));
        self.keep(id, &inner);
        let mut ready = true;
        expression_variables(&aggregate.over, &mut |variable| {
            ready &= inner.contains(variable)
        });
        let mut needed = |variable| ready &= inner.contains(variable);
        aggregate
            .condition
            .iter()
            .for_each(|part| compared_variables(part, &mut needed));
        if ready {
            aggregate
                .groups
                .iter()
                .filter(|&&group| inner.contains(group))
                .for_each(|&group| {
                    bound.insert(group);
                });
            if let Argument::Variable(result) = aggregate.result {
                bound.insert(result);
            }
        }
    }
}

/// A sentence or a comparison; nothing else binds by itself.
fn bind_alone(part: &Body, bound: &mut Bound) {
    match part {
        Body::Literal(literal) => bind_literal(literal, bound),
        Body::Comparison {
            left,
            comparison: Comparison::Equal,
            right,
            ..
        } => {
            bind_equal(left, right, bound);
            bind_equal(right, left, bound);
        }
        _ => {}
    }
}

fn bind_literal(literal: &Literal, bound: &mut Bound) {
    for argument in &literal.arguments {
        if let Argument::Variable(variable) = argument {
            bound.insert(*variable);
        }
    }
}

fn bind_equal(alone: &Expression, other: &Expression, bound: &mut Bound) {
    if let Expression::Argument(Argument::Variable(variable)) = alone {
        let mut known = true;
        expression_variables(other, &mut |needed| known &= bound.contains(needed));
        if known {
            bound.insert(*variable);
        }
    }
}

/// The variables of a condition's own comparisons, not of those in branches and exceptions.
fn compared_variables(body: &Body, visit: &mut impl FnMut(Variable)) {
    match body {
        Body::Comparison { left, right, .. } => {
            expression_variables(left, visit);
            expression_variables(right, visit);
        }
        Body::And(parts) => parts
            .iter()
            .for_each(|part| compared_variables(part, visit)),
        Body::Literal(_) | Body::Aggregate(_) | Body::Or(_) | Body::Unless { .. } => {}
    }
}
