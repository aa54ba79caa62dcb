//! What keeps random rules within what `check` lets through.

use super::generate::{LAYERS, SLOTS};
use crate::core::*;
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Term};

/// Has most slots of heads, negated atoms and comparisons be ones that something binds.
pub fn bound_mostly(mut rule: CoreRule) -> CoreRule {
    let mut bound: Vec<Argument> = Vec::new();
    for literal in &rule.body {
        match literal {
            CoreLiteral::Holds(atom) => bound.extend(&atom.arguments),
            CoreLiteral::Aggregate(aggregate) => bound.push(aggregate.result),
            _ => {}
        }
    }
    bound.retain(|argument| slot_of(argument).is_some());
    let among = |argument: &mut Argument| {
        if let Argument::Slot(slot) = *argument
            && !bound.contains(argument)
        {
            let any = bound.get(slot.0 as usize % bound.len().max(1)).copied();
            *argument = any.unwrap_or(Argument::Constant(Term::small(1).expect("small")));
        }
    };
    rule.head.arguments.iter_mut().for_each(among);
    for literal in &mut rule.body {
        match literal {
            // The last slot stays what matches anything.
            CoreLiteral::Fails(atom) => {
                atom.arguments
                    .iter_mut()
                    .filter(|argument| **argument != Argument::Slot(Slot(SLOTS - 1)))
                    .for_each(among);
            }
            CoreLiteral::Compare { left, right, .. }
            | CoreLiteral::CompareFails { left, right, .. } => {
                if !matches!(left, CoreExpression::Argument(Argument::Slot(Slot(3)))) {
                    left.each_argument(&among);
                }
                right.each_argument(&among);
            }
            _ => {}
        }
    }
    rule
}

/// What `check` would refuse: slots that nothing binds, values that could grow without end.
pub fn is_safe(rule: &CoreRule) -> bool {
    let mut bound: Vec<Slot> = Vec::new();
    let slots_of = |side: &CoreExpression| -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut side = side.clone();
        let found = std::cell::RefCell::new(&mut slots);
        side.each_argument(&|argument| {
            if let Argument::Slot(slot) = argument {
                found.borrow_mut().push(*slot);
            }
        });
        slots
    };
    loop {
        let before = bound.len();
        for literal in &rule.body {
            match literal {
                CoreLiteral::Holds(atom) => bound.extend(atom.arguments.iter().filter_map(slot_of)),
                CoreLiteral::Aggregate(aggregate) => {
                    bound.extend(
                        aggregate
                            .groups
                            .iter()
                            .copied()
                            .chain(slot_of(&aggregate.result)),
                    );
                }
                CoreLiteral::Compare {
                    left,
                    comparison: Comparison::Equal,
                    right,
                } => {
                    let known = |side: &CoreExpression| {
                        slots_of(side).iter().all(|slot| bound.contains(slot))
                    };
                    let (a, b) = (known(left), known(right));
                    if let (CoreExpression::Argument(Argument::Slot(slot)), true) = (left, b) {
                        bound.push(*slot);
                    }
                    if let (CoreExpression::Argument(Argument::Slot(slot)), true) = (right, a) {
                        bound.push(*slot);
                    }
                }
                _ => {}
            }
        }
        bound.sort_unstable();
        bound.dedup();
        if bound.len() == before {
            break;
        }
    }
    let arithmetic = |side: &CoreExpression| !matches!(side, CoreExpression::Argument(_));
    let computes = rule.body.iter().any(|literal| match literal {
        CoreLiteral::Compare {
            left,
            comparison: Comparison::Equal,
            right,
        } => arithmetic(left) || arithmetic(right),
        CoreLiteral::Aggregate(aggregate) => {
            let sums = matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Average);
            aggregate.call.is_none() || sums
        }
        _ => false,
    });
    let recursive = rule.body.iter().any(|literal| {
        matches!(literal, CoreLiteral::Holds(atom) if LAYERS[atom.relation.at()] == LAYERS[rule.head.relation.at()])
    });
    let all_bound = |slots: Vec<Slot>| slots.iter().all(|slot| bound.contains(slot));
    !(computes && recursive)
        && all_bound(rule.head.arguments.iter().filter_map(slot_of).collect())
        && rule.body.iter().enumerate().all(|(at, literal)| match literal {
            CoreLiteral::Compare { left, right, .. } | CoreLiteral::CompareFails { left, right, .. } => {
                all_bound([slots_of(left), slots_of(right)].concat())
            }
            CoreLiteral::Fails(atom) => atom.arguments.iter().filter_map(slot_of).all(|slot| {
                let elsewhere = rule.body.iter().enumerate().any(|(other, literal)| {
                    other != at && matches!(literal, CoreLiteral::Fails(atom) if atom.arguments.contains(&Argument::Slot(slot)))
                });
                bound.contains(&slot) || !elsewhere
            }),
            _ => true,
        })
}

/// Whether a rule of a layer reads an absence in it.
pub fn reads_absence(rule: &CoreRule, layer: u32) -> bool {
    let inside = |atom: &Atom| LAYERS[atom.relation.at()] == layer;
    inside(&rule.head)
        && rule
            .body
            .iter()
            .any(|literal| matches!(literal, CoreLiteral::Fails(atom) if inside(atom)))
}

fn slot_of(argument: &Argument) -> Option<Slot> {
    match argument {
        Argument::Slot(slot) => Some(*slot),
        Argument::Constant(_) => None,
    }
}
