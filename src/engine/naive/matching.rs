//! Matches of a rule's body, by trying every row for every literal.

use super::{Bound, Judge, Row, World};
use crate::core::{Argument, Atom, CoreExpression, CoreLiteral, CoreRule};
use crate::engine::aggregate::is_given;
use crate::value::{Comparison, Term, Trouble};

/// A match of a rule's body.
#[derive(Clone, Debug)]
pub struct Match {
    pub bindings: Vec<Option<Term>>,
    pub trouble: Option<Trouble>,
}

impl Judge<'_> {
    /// Every match of a body: first what the positive literals allow, then what else can be bound, then the tests.
    pub fn matches(&mut self, rule: &CoreRule, bound: Bound, world: &World) -> Vec<Match> {
        let mut found = vec![Match {
            bindings: vec![None; rule.slots as usize],
            trouble: None,
        }];
        for literal in &rule.body {
            if let CoreLiteral::Holds(atom) = literal {
                let rows = world.of(bound, atom.relation.at());
                found = found
                    .iter()
                    .flat_map(|begun| {
                        rows.iter()
                            .filter_map(|row| bind(begun, &atom.arguments, row))
                    })
                    .collect();
            }
        }
        let mut open: Vec<usize> = (0..rule.body.len())
            .filter(|&at| !matches!(rule.body[at], CoreLiteral::Holds(_)))
            .collect();
        for at in open.clone() {
            if let CoreLiteral::Aggregate(aggregate) = &rule.body[at]
                && !is_given(rule, at)
            {
                found = found
                    .iter()
                    .flat_map(|begun| self.generate(begun, aggregate, bound, world))
                    .collect();
                open.retain(|&other| other != at);
            }
        }
        found
            .into_iter()
            .filter_map(|begun| self.finish(rule, begun, open.clone(), bound, world))
            .collect::<Vec<_>>()
            .concat()
    }

    /// The match with everything bound and tested; a given aggregate may have several values.
    fn finish(
        &mut self,
        rule: &CoreRule,
        begun: Match,
        mut open: Vec<usize>,
        bound: Bound,
        world: &World,
    ) -> Option<Vec<Match>> {
        let mut begun = begun;
        let mut at = 0;
        while at < open.len() {
            let literal = &rule.body[open[at]];
            match literal {
                CoreLiteral::Compare {
                    left,
                    comparison: Comparison::Equal,
                    right,
                } => {
                    let (a, b) = (self.value(left, &begun), self.value(right, &begun));
                    match (a, b, lone(left), lone(right)) {
                        (None, Some(Ok(term)), Some(slot), _)
                        | (Some(Ok(term)), None, _, Some(slot)) => {
                            begun.bindings[slot] = Some(term);
                        }
                        (Some(Err(trouble)), _, _, _) | (_, Some(Err(trouble)), _, _) => {
                            begun.trouble.get_or_insert(trouble);
                        }
                        (Some(Ok(a)), Some(Ok(b)), _, _) => {
                            if !self.terms.compare(a, Comparison::Equal, b).ok()? {
                                return None;
                            }
                        }
                        _ => {
                            at += 1;
                            continue;
                        }
                    }
                }
                CoreLiteral::Aggregate(aggregate)
                    if aggregate
                        .groups
                        .iter()
                        .all(|slot| begun.bindings[slot.0 as usize].is_some()) =>
                {
                    let values = self.generate_given(&begun, aggregate, bound, world);
                    open.remove(at);
                    let all = values
                        .into_iter()
                        .filter_map(|value| self.finish(rule, value, open.clone(), bound, world));
                    return Some(all.collect::<Vec<_>>().concat());
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            open.remove(at);
            at = 0;
        }
        for at in open {
            self.test(rule, at, &mut begun, bound, world)?;
        }
        Some(vec![begun])
    }

    /// None if the literal fails. What hangs on something that cannot be computed counts as holding.
    fn test(
        &mut self,
        rule: &CoreRule,
        at: usize,
        begun: &mut Match,
        bound: Bound,
        world: &World,
    ) -> Option<()> {
        match &rule.body[at] {
            CoreLiteral::Fails(atom) => {
                let unbound = |argument: &&Argument| matches!(argument, Argument::Slot(slot) if begun.bindings[slot.0 as usize].is_none());
                if atom
                    .arguments
                    .iter()
                    .filter(unbound)
                    .any(|argument| is_elsewhere(rule, at, argument))
                {
                    return Some(());
                }
                let other = if bound == Bound::Lower {
                    Bound::Upper
                } else {
                    Bound::Lower
                };
                let relation = atom.relation.at();
                let call = rule.body.iter().find_map(|literal| match literal {
                    CoreLiteral::Aggregate(aggregate) => aggregate
                        .call
                        .as_ref()
                        .filter(|call| self.rests_on(relation, call)),
                    _ => None,
                });
                let called = match call.map(|call| self.called(call, begun, world)) {
                    Some(Err(trouble)) => {
                        begun.trouble.get_or_insert(trouble);
                        return Some(());
                    }
                    called => called.and_then(Result::ok),
                };
                let rows = called.as_ref().unwrap_or(world).of(other, relation);
                (!rows
                    .iter()
                    .any(|row| bind(begun, &atom.arguments, row).is_some()))
                .then_some(())
            }
            CoreLiteral::Compare {
                left,
                comparison,
                right,
            } => self.test_comparison(left, *comparison, right, true, begun),
            CoreLiteral::CompareFails {
                left,
                comparison,
                right,
            } => self.test_comparison(left, *comparison, right, false, begun),
            CoreLiteral::Holds(_) | CoreLiteral::Aggregate(_) => Some(()),
        }
    }

    fn test_comparison(
        &mut self,
        left: &CoreExpression,
        comparison: Comparison,
        right: &CoreExpression,
        wanted: bool,
        begun: &mut Match,
    ) -> Option<()> {
        let (Some(a), Some(b)) = (self.value(left, begun), self.value(right, begun)) else {
            return Some(());
        };
        match a.and_then(|a| self.terms.compare(a, comparison, b?)) {
            Ok(holds) => (holds == wanted).then_some(()),
            Err(trouble) => {
                begun.trouble.get_or_insert(trouble);
                Some(())
            }
        }
    }

    /// None where a slot is not bound.
    pub fn value(
        &mut self,
        expression: &CoreExpression,
        begun: &Match,
    ) -> Option<Result<Term, Trouble>> {
        Some(match expression {
            CoreExpression::Argument(Argument::Constant(constant)) => Ok(*constant),
            CoreExpression::Argument(Argument::Slot(slot)) => Ok(begun.bindings[slot.0 as usize]?),
            CoreExpression::Negative(inner) => {
                let inner = self.value(inner, begun)?;
                inner.and_then(|inner| {
                    crate::value::negate(&self.terms.get(inner))
                        .map(|value| self.terms.intern(value))
                })
            }
            CoreExpression::Binary {
                left,
                operation,
                right,
            } => {
                let (left, right) = (self.value(left, begun)?, self.value(right, begun)?);
                left.and_then(|left| self.terms.compute(left, *operation, right?))
            }
            CoreExpression::Power { base, exponent } => {
                let base = self.value(base, begun)?;
                base.and_then(|base| {
                    crate::value::power(&self.terms.get(base), *exponent)
                        .map(|value| self.terms.intern(value))
                })
            }
        })
    }
}

pub fn bind(begun: &Match, arguments: &[Argument], row: &[Term]) -> Option<Match> {
    let mut found = begun.clone();
    for (argument, &term) in arguments.iter().zip(row) {
        let known = match argument {
            Argument::Constant(constant) => *constant,
            Argument::Slot(slot) => *found.bindings[slot.0 as usize].get_or_insert(term),
        };
        if known != term {
            return None;
        }
    }
    Some(found)
}

pub fn row(atom: &Atom, bindings: &[Option<Term>]) -> Row {
    let term = |argument: &Argument| match argument {
        Argument::Constant(constant) => *constant,
        Argument::Slot(slot) => {
            bindings[slot.0 as usize].expect("check saw to it that every slot of a head is bound")
        }
    };
    atom.arguments.iter().map(term).collect()
}

fn lone(side: &CoreExpression) -> Option<usize> {
    match side {
        CoreExpression::Argument(Argument::Slot(slot)) => Some(slot.0 as usize),
        _ => None,
    }
}

fn is_elsewhere(rule: &CoreRule, at: usize, argument: &Argument) -> bool {
    let mentions = |atom: &Atom| atom.arguments.contains(argument);
    let in_expression =
        |side: &CoreExpression| format!("{side:?}").contains(&format!("{argument:?}"));
    mentions(&rule.head)
        || rule.body.iter().enumerate().any(|(other, literal)| {
            other != at
                && match literal {
                    CoreLiteral::Holds(atom) | CoreLiteral::Fails(atom) => mentions(atom),
                    CoreLiteral::Compare { left, right, .. }
                    | CoreLiteral::CompareFails { left, right, .. } => {
                        in_expression(left) || in_expression(right)
                    }
                    CoreLiteral::Aggregate(aggregate) => {
                        aggregate.result == *argument
                            || aggregate
                                .groups
                                .iter()
                                .any(|&slot| Argument::Slot(slot) == *argument)
                    }
                }
        })
}
