//! Random programs over a few relations in layers: a layer may read itself and those below, absence too.

use super::case::{Case, bare};
use super::labels::Bits;
use super::safe::{bound_mostly, is_safe, reads_absence};
use crate::core::*;
use crate::label::{Label, Labels};
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term};
use proptest::prelude::*;

const CONSTANTS: u32 = 4;
pub const SLOTS: u32 = 4;
/// By relation: its arity. Relations of one layer may read each other, absence too; aggregates read earlier layers. The last three are
/// for what is called.
const ARITIES: [usize; 10] = [2, 1, 2, 1, 0, 2, 1, 1, 2, 1];
pub const LAYERS: [u32; 10] = [0, 0, 1, 1, 1, 2, 2, 1, 1, 1];
/// The layer that may be wide: no loop of its own, above some that leave rows open.
pub const WIDE: u32 = 2;

pub fn constant() -> impl Strategy<Value = Term> {
    (0..i64::from(CONSTANTS)).prop_map(|whole| Term::small(whole).expect("small"))
}

pub fn label(contexts: u32) -> impl Strategy<Value = Label> {
    let bits = Bits { contexts };
    prop_oneof![2 => Just(Label::ALWAYS), 1 => (1..1u32 << contexts).prop_map(move |label| bits.store(label as u8))]
}

pub fn argument() -> impl Strategy<Value = Argument> {
    prop_oneof![6 => (0..SLOTS).prop_map(|slot| Argument::Slot(Slot(slot))), 1 => constant().prop_map(Argument::Constant)]
}

pub fn atom(below: u32) -> impl Strategy<Value = Atom> {
    let relations: Vec<u32> = (0..7)
        .filter(|&relation| LAYERS[relation as usize] < below)
        .collect();
    (
        prop::sample::select(relations),
        prop::collection::vec(argument(), 2),
    )
        .prop_map(|(relation, mut arguments)| {
            arguments.truncate(ARITIES[relation as usize]);
            Atom {
                relation: CoreId(relation),
                arguments,
            }
        })
}

fn expression() -> impl Strategy<Value = CoreExpression> {
    let plain = || argument().prop_map(CoreExpression::Argument);
    let operation = prop::sample::select(vec![
        Operation::Add,
        Operation::Subtract,
        Operation::Remainder,
        Operation::Divide,
    ]);
    let binary =
        (plain(), operation, plain()).prop_map(|(left, operation, right)| CoreExpression::Binary {
            left: Box::new(left),
            operation,
            right: Box::new(right),
        });
    prop_oneof![2 => plain(), 1 => binary]
}

pub fn comparison() -> impl Strategy<Value = CoreLiteral> {
    let comparison = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::GreaterOrEqual,
    ]);
    (expression(), comparison, expression(), any::<bool>()).prop_map(
        |(left, comparison, right, holds)| {
            if holds {
                CoreLiteral::Compare {
                    left,
                    comparison,
                    right,
                }
            } else {
                CoreLiteral::CompareFails {
                    left,
                    comparison,
                    right,
                }
            }
        },
    )
}

/// Over relation `matches`, its columns in slots of their own but for some that are shared.
fn aggregate(below: u32) -> impl Strategy<Value = CoreLiteral> {
    let relations: Vec<u32> = (0..7)
        .filter(|&relation| LAYERS[relation as usize] < below && ARITIES[relation as usize] > 0)
        .collect();
    let kind = prop::sample::select(vec![
        AggregateKind::Number,
        AggregateKind::Sum,
        AggregateKind::Least,
        AggregateKind::Greatest,
        AggregateKind::Average,
    ]);
    (
        prop::sample::select(relations),
        kind,
        argument(),
        0..SLOTS,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(matches, kind, result, group, grouped, over_last)| {
            let own = [Slot(SLOTS), Slot(SLOTS + 1)];
            let mut arguments = own[..ARITIES[matches as usize]].to_vec();
            let mut groups = Vec::new();
            if grouped && result != Argument::Slot(Slot(group)) {
                arguments[0] = Slot(group);
                groups.push(Slot(group));
            }
            let over = if over_last {
                arguments[arguments.len() - 1]
            } else {
                arguments[0]
            };
            CoreLiteral::Aggregate(CoreAggregate {
                result,
                kind,
                over: CoreExpression::Argument(Argument::Slot(over)),
                matches: CoreId(matches),
                arguments,
                groups,
                call: None,
            })
        })
}

fn rule(contexts: u32) -> impl Strategy<Value = CoreRule> {
    let body = |layer: u32| {
        let literal = prop_oneof![
            4 => atom(layer + 1).prop_map(CoreLiteral::Fails),
            2 => comparison(),
            1 => aggregate(layer.max(1)),
        ];
        (
            prop::collection::vec(atom(layer + 1).prop_map(CoreLiteral::Holds), 0..3),
            prop::collection::vec(literal, 0..3),
        )
    };
    (
        0..7u32,
        prop::collection::vec(argument(), 2),
        label(contexts),
    )
        .prop_flat_map(move |(head, mut arguments, label)| {
            arguments.truncate(ARITIES[head as usize]);
            body(LAYERS[head as usize]).prop_map(move |(positive, other)| CoreRule {
                head: Atom {
                    relation: CoreId(head),
                    arguments: arguments.clone(),
                },
                body: positive
                    .into_iter()
                    .chain(other.into_iter().filter(|literal| {
                        LAYERS[head as usize] > 0 || !matches!(literal, CoreLiteral::Aggregate(_))
                    }))
                    .collect(),
                slots: SLOTS + 2,
                label,
                onward: false,
                origin: Origin::Step,
            })
        })
}

pub fn case(contexts: u32) -> impl Strategy<Value = Case> {
    let facts = (
        0..7usize,
        prop::collection::vec(
            (prop::collection::vec(constant(), 2), label(contexts)),
            0..5,
        ),
    );
    let facts = facts.prop_map(|(relation, rows)| CoreFacts {
        relation: CoreId(relation as u32),
        arity: ARITIES[relation],
        terms: rows
            .iter()
            .flat_map(|(terms, _)| terms[..ARITIES[relation]].to_vec())
            .collect(),
        labels: Some(rows.iter().map(|row| row.1).collect()),
        rows: rows.len(),
    });
    (
        prop::collection::vec(facts, 1..5),
        prop::collection::vec(rule(contexts), 1..9),
        any::<bool>(),
    )
        .prop_map(|(facts, rules, wide)| {
            let mut core = bare(&ARITIES);
            for (relation, &layer) in core.relations.iter_mut().zip(&LAYERS) {
                relation.wide = wide && layer == WIDE;
            }
            core.facts = facts;
            core.rules = rules
                .into_iter()
                .map(bound_mostly)
                .filter(|rule| is_safe(rule) && !(wide && reads_absence(rule, WIDE)))
                .collect();
            Case(core)
        })
}
