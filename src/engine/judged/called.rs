//! Random programs with aggregates that are called: what they count takes values from the loop that they stand in.

use super::case::Case;
use super::generate::{SLOTS, argument, atom, case, comparison, label};
use super::safe::{bound_mostly, is_safe, reads_absence};
use crate::core::*;
use crate::syntax::tree::AggregateKind;
use proptest::prelude::*;

const CALL: CoreId = CoreId(7);
const MATCHES: CoreId = CoreId(8);
const BESIDE: CoreId = CoreId(9);
/// The slot of what is called with.
const VALUE: Slot = Slot(0);

/// Whether a relation has rows for what is called, and for nothing else.
pub fn is_called(core: &Core, relation: usize) -> bool {
    let mut rules = core.rules.iter();
    let called = rules.any(|rule| {
        let mut body = rule.body.iter();
        body.any(|literal| {
            matches!(
                literal,
                CoreLiteral::Aggregate(CoreAggregate { call: Some(_), .. })
            )
        })
    });
    called && [CALL, MATCHES, BESIDE].iter().any(|id| id.at() == relation)
}

/// A rule for what rests on the call, over the layers before that of the callers.
fn inner(contexts: u32) -> impl Strategy<Value = CoreRule> {
    let other = prop_oneof![
        2 => atom(2).prop_map(CoreLiteral::Holds),
        1 => atom(2).prop_map(CoreLiteral::Fails),
        2 => comparison(),
    ];
    let body = prop::collection::vec(other, 0..3);
    (any::<bool>(), atom(2), body, argument(), label(contexts)).prop_map(
        |(counted, first, rest, counts, label)| {
            let value = Argument::Slot(VALUE);
            let head = match counted {
                true => Atom {
                    relation: MATCHES,
                    arguments: vec![counts, value],
                },
                false => Atom {
                    relation: BESIDE,
                    arguments: vec![value],
                },
            };
            let call = Atom {
                relation: CALL,
                arguments: vec![value],
            };
            let body = [CoreLiteral::Holds(call), CoreLiteral::Holds(first)].into_iter();
            CoreRule {
                head,
                body: body.chain(rest).collect(),
                slots: SLOTS + 2,
                label,
                onward: false,
                origin: Origin::Step,
            }
        },
    )
}

/// A rule of the last layer that makes the call, and may read past it.
fn caller(contexts: u32) -> impl Strategy<Value = CoreRule> {
    let kind = prop::sample::select(vec![
        AggregateKind::Number,
        AggregateKind::Sum,
        AggregateKind::Least,
        AggregateKind::Greatest,
    ]);
    let head = prop::sample::select(vec![(CoreId(5), 2), (CoreId(6), 1)]);
    let other = prop_oneof![
        1 => atom(3).prop_map(CoreLiteral::Holds),
        1 => atom(3).prop_map(CoreLiteral::Fails),
        2 => comparison(),
    ];
    let first = prop_oneof![
        2 => Just(Atom { relation: CoreId(6), arguments: vec![Argument::Slot(VALUE)] }),
        1 => atom(3),
    ];
    let rest = prop::collection::vec(other, 0..2);
    let heads = (head, prop::collection::vec(argument(), 2), label(contexts));
    (
        heads,
        first,
        rest,
        kind,
        argument(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |((head, mut arguments, label), first, rest, kind, result, given, beside)| {
                arguments.truncate(head.1);
                let counted = if given { Slot(SLOTS) } else { Slot(2) };
                let groups = match given {
                    true => vec![VALUE],
                    false => vec![counted, VALUE],
                };
                let aggregate = CoreAggregate {
                    result,
                    kind,
                    over: CoreExpression::Argument(Argument::Slot(counted)),
                    matches: MATCHES,
                    arguments: vec![counted, VALUE],
                    groups,
                    call: Some(CoreCall {
                        relation: CALL,
                        arguments: vec![VALUE],
                    }),
                };
                let absent = Atom {
                    relation: BESIDE,
                    arguments: vec![Argument::Slot(VALUE)],
                };
                let mut body = vec![CoreLiteral::Holds(first)];
                body.extend(rest);
                body.push(CoreLiteral::Aggregate(aggregate));
                body.extend(beside.then_some(CoreLiteral::Fails(absent)));
                CoreRule {
                    head: Atom {
                        relation: head.0,
                        arguments,
                    },
                    body,
                    slots: SLOTS + 2,
                    label,
                    onward: false,
                    origin: Origin::Step,
                }
            },
        )
}

/// Whether what it is called with, and the result, are bound by themselves.
fn calls_safely(rule: &CoreRule) -> bool {
    let holds = |slot: Slot| {
        rule.body.iter().any(|literal| matches!(literal, CoreLiteral::Holds(atom) if atom.arguments.contains(&Argument::Slot(slot))))
    };
    let apart = rule.body.iter().all(|literal| match literal {
        CoreLiteral::Aggregate(aggregate) => !aggregate
            .groups
            .iter()
            .any(|&slot| aggregate.result == Argument::Slot(slot)),
        _ => true,
    });
    holds(VALUE) && apart
}

pub fn called(contexts: u32) -> impl Strategy<Value = Case> {
    let inner = prop::collection::vec(inner(contexts), 1..4);
    let callers = prop::collection::vec(caller(contexts), 1..3);
    (case(contexts), inner, callers).prop_map(|(Case(mut core), inner, callers)| {
        let wide = core.relations.iter().any(|relation| relation.wide);
        let inner = inner.into_iter().map(bound_mostly).filter(is_safe);
        let callers = callers.into_iter().map(bound_mostly);
        let callers = callers.filter(|rule| {
            is_safe(rule)
                && calls_safely(rule)
                && !(wide && reads_absence(rule, super::generate::WIDE))
        });
        core.rules.extend(inner.chain(callers));
        Case(core)
    })
}
