//! Random programs in which relations keep only the best: shortest and widest paths.

use super::case::{Case, bare};
use super::generate::{constant, label};
use crate::core::*;
use crate::label::Label;
use crate::value::{Comparison, Operation, Term};
use proptest::prelude::*;

/// Lengths of paths: relation 1 has edges, 2 the best length between two nodes, 3 candidates (in the same stratum), 4 nodes that some
/// best path reaches.
pub fn paths(contexts: u32) -> impl Strategy<Value = Case> {
    let edge = (constant(), constant(), constant(), label(contexts));
    (
        prop::collection::vec(edge, 0..8),
        any::<bool>(),
        any::<bool>(),
        label(contexts),
    )
        .prop_map(|(edges, greatest, more, label)| {
            let slot = |number| Argument::Slot(Slot(number));
            let atom = |relation, slots: &[u32]| Atom {
                relation: CoreId(relation),
                arguments: slots.iter().map(|&number| slot(number)).collect(),
            };
            let holds = |relation, slots: &[u32]| CoreLiteral::Holds(atom(relation, slots));
            let rule = |head, body| CoreRule {
                head,
                body,
                slots: 6,
                label: Label::ALWAYS,
                onward: false,
                origin: Origin::Step,
            };
            let plain = |number| CoreExpression::Argument(slot(number));
            let sum = CoreExpression::Binary {
                left: Box::new(plain(3)),
                operation: Operation::Add,
                right: Box::new(plain(4)),
            };
            let longer = CoreLiteral::Compare {
                left: plain(5),
                comparison: Comparison::Equal,
                right: sum,
            };
            let narrower = [
                CoreLiteral::Compare {
                    left: plain(3),
                    comparison: Comparison::GreaterOrEqual,
                    right: plain(4),
                },
                CoreLiteral::Compare {
                    left: plain(5),
                    comparison: Comparison::Equal,
                    right: plain(4),
                },
            ];
            let mut core = bare(&[0, 3, 3, 3, 1]);
            core.relations[2].best = Some((
                2,
                if greatest {
                    Best::Greatest
                } else {
                    Best::Least
                },
            ));
            core.facts.push(CoreFacts {
                relation: CoreId(1),
                arity: 3,
                terms: edges
                    .iter()
                    .flat_map(|edge| [edge.0, edge.1, edge.2])
                    .collect(),
                labels: Some(edges.iter().map(|edge| edge.3).collect()),
                rows: edges.len(),
            });
            let joined = vec![holds(2, &[0, 1, 3]), holds(1, &[1, 2, 4])];
            core.rules = vec![
                rule(atom(2, &[0, 1, 2]), vec![holds(1, &[0, 1, 2])]),
                rule(atom(2, &[0, 1, 2]), vec![holds(3, &[0, 1, 2])]),
                rule(
                    atom(4, &[1]),
                    vec![
                        holds(2, &[0, 1, 2]),
                        CoreLiteral::Compare {
                            left: plain(2),
                            comparison: Comparison::Less,
                            right: CoreExpression::Argument(Argument::Constant(
                                Term::small(2).expect("small"),
                            )),
                        },
                    ],
                ),
            ];
            // The widest of the narrowest, or the shortest.
            let extended = if greatest {
                joined.iter().cloned().chain(narrower).collect()
            } else {
                joined.iter().cloned().chain([longer]).collect()
            };
            core.rules.push(CoreRule {
                label,
                ..rule(atom(3, &[0, 2, 5]), extended)
            });
            if greatest {
                let wider = CoreLiteral::Compare {
                    left: plain(3),
                    comparison: Comparison::Less,
                    right: plain(4),
                };
                let extended = joined.into_iter().chain([wider]).collect();
                core.rules.push(CoreRule {
                    label,
                    ..rule(atom(3, &[0, 2, 3]), extended)
                });
            }
            if more {
                core.rules
                    .push(rule(atom(3, &[0, 1, 2]), vec![holds(2, &[1, 0, 2])]));
            }
            Case(core)
        })
}
