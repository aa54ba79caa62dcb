//! Conditions over ground claims: every way in which a body can be met by claims that something argues for, each with
//! what must then hold. Whether it does is not asked here.

use super::aggregate;
use super::claim::Claim;
use super::findings::Findings;
use super::normal::Truth;
use hence::program::{Argument, Body, Expression, Literal, Program, Variable, Variables};
use hence::value::{Comparison, Term, Terms, Value, compare, compute};
use std::collections::BTreeSet;

/// The terms of a statement's variables, as far as known.
pub type Binding = Vec<Option<Term>>;

/// What a matched body asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// One of these claims is met (a rival value meets an opposite).
    Holds(Vec<Claim>),
    /// An exception: none of these ways to match it is met.
    NoneOf(Vec<Vec<Condition>>),
    /// The result of an aggregate.
    Result { presumed: Truth, certain: Truth },
}

/// A body without `or`: what to match, and the exceptions.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    pub parts: Vec<Body>,
    pub exceptions: Vec<Body>,
}

/// The branches of `or`, multiplied out.
pub fn branches(body: &Body) -> Vec<Branch> {
    match body {
        Body::Literal(_) | Body::Comparison { .. } | Body::Aggregate(_) => {
            vec![Branch {
                parts: vec![body.clone()],
                exceptions: Vec::new(),
            }]
        }
        Body::Or(parts) => parts.iter().flat_map(branches).collect(),
        Body::And(parts) => parts.iter().fold(vec![Branch::default()], |so_far, part| {
            let more = branches(part);
            so_far
                .iter()
                .flat_map(|left| more.iter().map(|right| left.joined(right)))
                .collect()
        }),
        Body::Unless { body, exceptions } => {
            let mut all = body
                .as_deref()
                .map_or_else(|| vec![Branch::default()], branches);
            for branch in &mut all {
                branch.exceptions.extend(exceptions.iter().cloned());
            }
            all
        }
    }
}

impl Branch {
    fn joined(&self, other: &Self) -> Self {
        Self {
            parts: self.parts.iter().chain(&other.parts).cloned().collect(),
            exceptions: self
                .exceptions
                .iter()
                .chain(&other.exceptions)
                .cloned()
                .collect(),
        }
    }
}

/// Matches bodies on one day.
pub struct Matcher<'a> {
    pub program: &'a Program,
    pub terms: &'a mut Terms,
    /// Those of the statement that is matched.
    pub variables: &'a Variables,
    /// Everything that any fact or rule argues for on this day.
    pub argued: &'a BTreeSet<Claim>,
    /// What is known of the relations that aggregates range over.
    pub earlier: &'a Findings,
    pub day: usize,
    /// While `argued` still grows, exceptions are left out.
    pub exceptions: bool,
}

/// One way to match: the terms of the variables, and what must hold.
pub type Match = (Binding, Vec<Condition>);

impl Matcher<'_> {
    pub fn body(&mut self, body: &Body, binding: &Binding) -> Vec<Match> {
        branches(body)
            .iter()
            .flat_map(|branch| self.branch(branch, binding))
            .collect()
    }

    pub fn branch(&mut self, branch: &Branch, binding: &Binding) -> Vec<Match> {
        let mut found = Vec::new();
        self.extend(
            branch.parts.clone(),
            binding.clone(),
            Vec::new(),
            &mut found,
        );
        if self.exceptions {
            for (binding, conditions) in &mut found {
                for exception in &branch.exceptions {
                    let ways = self
                        .body(exception, binding)
                        .into_iter()
                        .map(|(_, way)| way)
                        .collect();
                    conditions.push(Condition::NoneOf(ways));
                }
            }
        }
        found
    }

    fn extend(
        &mut self,
        parts: Vec<Body>,
        binding: Binding,
        conditions: Vec<Condition>,
        found: &mut Vec<Match>,
    ) {
        if parts.is_empty() {
            found.push((binding, conditions));
            return;
        }
        let turns: Vec<u8> = parts.iter().map(|part| self.turn(part, &binding)).collect();
        let first = *turns.iter().min().expect("a part is left");
        // Of several opposites of `one` relations, any may be the one that binds, or an aggregate its groups for all of them.
        let many = if first == 4 { parts.len() } else { 1 };
        let next: Vec<usize> = (0..parts.len())
            .filter(|&at| turns[at] == first || first == 4 && turns[at] == 6)
            .take(many)
            .collect();
        for next in next {
            let mut parts = parts.clone();
            for (binding, condition) in self.part(&parts.remove(next), &binding) {
                let mut conditions = conditions.clone();
                conditions.extend(condition);
                self.extend(parts.clone(), binding, conditions, found);
            }
        }
    }

    /// When a part's turn comes: what only tests first, then what binds; opposites of a `one` relation late, since they
    /// mean more once their terms are bound.
    fn turn(&self, part: &Body, binding: &Binding) -> u8 {
        match part {
            Body::Comparison {
                left,
                comparison,
                right,
                ..
            } => {
                let lacks = lacking(left, binding).len() + lacking(right, binding).len();
                let alone = [left, right].iter().any(|side| is_open(side, binding));
                match (lacks, comparison) {
                    (0, _) => 0,
                    (1, Comparison::Equal) if alone => 1,
                    _ => 9,
                }
            }
            Body::Aggregate(aggregate) => {
                if aggregate
                    .groups
                    .iter()
                    .all(|group| binding[group.0 as usize].is_some())
                {
                    2
                } else {
                    6
                }
            }
            Body::Literal(literal) if ground(literal, binding).is_some() => 2,
            Body::Literal(literal) if literal.negative && self.one(literal) => 4,
            Body::Literal(_) => 3,
            Body::And(_) | Body::Or(_) | Body::Unless { .. } => unreachable!("multiplied out"),
        }
    }

    fn one(&self, literal: &Literal) -> bool {
        self.program.relations[literal.relation.0 as usize]
            .one
            .is_some()
    }

    fn part(&mut self, part: &Body, binding: &Binding) -> Vec<(Binding, Vec<Condition>)> {
        match part {
            Body::Literal(literal) => self.literal(literal, binding),
            Body::Comparison {
                left,
                comparison,
                right,
                ..
            } => self
                .comparison(left, *comparison, right, binding)
                .map(|binding| (binding, Vec::new()))
                .into_iter()
                .collect(),
            Body::Aggregate(aggregate) => aggregate::results(self, aggregate, binding)
                .into_iter()
                .map(|(binding, [presumed, certain])| {
                    (binding, vec![Condition::Result { presumed, certain }])
                })
                .collect(),
            Body::And(_) | Body::Or(_) | Body::Unless { .. } => unreachable!("multiplied out"),
        }
    }

    fn literal(&mut self, literal: &Literal, binding: &Binding) -> Vec<Match> {
        if let Some(claim) = ground(literal, binding) {
            let mut ways = vec![claim.clone()];
            if claim.negative {
                let positive = claim.opposite();
                ways.extend(
                    self.argued
                        .iter()
                        .filter(|rival| positive.rivals(rival, self.program))
                        .cloned(),
                );
            }
            ways.retain(|way| self.argued.contains(way));
            return if ways.is_empty() {
                Vec::new()
            } else {
                vec![(binding.clone(), vec![Condition::Holds(ways)])]
            };
        }
        // Claims stand in order, so those that begin alike stand together.
        let known = literal
            .arguments
            .iter()
            .map_while(|&argument| match argument {
                Argument::Constant(term) => Some(term),
                Argument::Variable(variable) => binding[variable.0 as usize],
            });
        let first = Claim {
            relation: literal.relation,
            negative: literal.negative,
            terms: known.collect(),
        };
        let fits = |claim: &&Claim| {
            claim.relation == literal.relation
                && claim.negative == literal.negative
                && claim.terms.starts_with(&first.terms)
        };
        self.argued
            .range(first.clone()..)
            .take_while(fits)
            .filter_map(|claim| {
                Some((
                    unify(literal, claim, binding)?,
                    vec![Condition::Holds(vec![claim.clone()])],
                ))
            })
            .collect()
    }

    fn comparison(
        &mut self,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
        binding: &Binding,
    ) -> Option<Binding> {
        for (open, known) in [(left, right), (right, left)] {
            if let Expression::Argument(Argument::Variable(variable)) = open
                && is_open(open, binding)
            {
                let value = self.value(known, binding);
                let mut binding = binding.clone();
                binding[variable.0 as usize] = Some(self.terms.intern(value));
                return Some(binding);
            }
        }
        let (left, right) = (self.value(left, binding), self.value(right, binding));
        compare(&left, comparison, &right)
            .expect("like is compared with like")
            .then(|| binding.clone())
    }

    pub fn value(&self, expression: &Expression, binding: &Binding) -> Value {
        match expression {
            Expression::Argument(argument) => self
                .terms
                .get(term(argument, binding).expect("a bound variable")),
            Expression::Negative(inner) => {
                let zero = Value::Number(0.into());
                compute(
                    &zero,
                    hence::value::Operation::Subtract,
                    &self.value(inner, binding),
                )
                .expect("a number")
            }
            Expression::Binary {
                left,
                operation,
                right,
            } => compute(
                &self.value(left, binding),
                *operation,
                &self.value(right, binding),
            )
            .expect("numbers"),
            Expression::Power { base, exponent } => {
                let base = self.value(base, binding);
                let times = |so_far: Value, _| {
                    compute(&so_far, hence::value::Operation::Multiply, &base).expect("numbers")
                };
                (0..*exponent).fold(Value::Number(1.into()), times)
            }
        }
    }
}

/// A variable alone that nothing has bound yet.
fn is_open(side: &Expression, binding: &Binding) -> bool {
    matches!(side, Expression::Argument(Argument::Variable(variable)) if binding[variable.0 as usize].is_none())
}

fn lacking(expression: &Expression, binding: &Binding) -> Vec<Variable> {
    match expression {
        Expression::Argument(Argument::Variable(variable))
            if binding[variable.0 as usize].is_none() =>
        {
            vec![*variable]
        }
        Expression::Argument(_) => Vec::new(),
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            lacking(inner, binding)
        }
        Expression::Binary { left, right, .. } => {
            [lacking(left, binding), lacking(right, binding)].concat()
        }
    }
}

fn term(argument: &Argument, binding: &Binding) -> Option<Term> {
    match argument {
        Argument::Constant(term) => Some(*term),
        Argument::Variable(variable) => binding[variable.0 as usize],
    }
}

/// The claim that a literal is, once all its variables are bound.
pub fn ground(literal: &Literal, binding: &Binding) -> Option<Claim> {
    let terms = literal
        .arguments
        .iter()
        .map(|argument| term(argument, binding))
        .collect::<Option<Vec<_>>>()?;
    Some(Claim {
        relation: literal.relation,
        negative: literal.negative,
        terms,
    })
}

pub fn unify(literal: &Literal, claim: &Claim, binding: &Binding) -> Option<Binding> {
    let mut binding = binding.clone();
    for (argument, &found) in literal.arguments.iter().zip(&claim.terms) {
        match argument {
            Argument::Constant(term) if *term != found => return None,
            Argument::Constant(_) => {}
            Argument::Variable(variable) => {
                let slot = &mut binding[variable.0 as usize];
                if slot.is_some_and(|bound| bound != found) {
                    return None;
                }
                *slot = Some(found);
            }
        }
    }
    Some(binding)
}
