//! Where the groups of an aggregate are bound: by other literals of its rule, or by the aggregate itself.

use crate::core::{Argument, CoreExpression, CoreLiteral, CoreRule, Slot};
use crate::engine::arithmetic::Formula;
use crate::value::Comparison;
use rustc_hash::FxHashSet;

/// Whether the groups of an aggregate are bound by other literals of its rule.
///
/// Aggregates that wait for each other bind their groups themselves; what they bind is given to the rest.
pub fn is_given(rule: &CoreRule, literal: usize) -> bool {
    let mut bound: FxHashSet<Slot> = FxHashSet::default();
    let mut known = vec![false; rule.body.len()];
    loop {
        while bind(rule, &mut bound, &mut known) {}
        if known[literal] {
            return true;
        }
        let waiting: Vec<usize> = (0..rule.body.len())
            .filter(|&at| !known[at] && matches!(rule.body[at], CoreLiteral::Aggregate(_)))
            .collect();
        if waiting.contains(&literal) {
            return false;
        }
        for at in waiting {
            known[at] = true;
            if let CoreLiteral::Aggregate(aggregate) = &rule.body[at] {
                bound.extend(
                    aggregate
                        .groups
                        .iter()
                        .copied()
                        .chain(slot_of(aggregate.result)),
                );
            }
        }
    }
}

/// Takes in every literal that is bound or binds by itself. Whether there was one.
fn bind(rule: &CoreRule, bound: &mut FxHashSet<Slot>, known: &mut [bool]) -> bool {
    let mut any = false;
    for (at, literal) in rule.body.iter().enumerate() {
        let binds: Vec<Slot> = match literal {
            _ if known[at] => continue,
            CoreLiteral::Holds(atom) => atom
                .arguments
                .iter()
                .filter_map(|&argument| slot_of(argument))
                .collect(),
            CoreLiteral::Compare {
                left,
                comparison: Comparison::Equal,
                right,
            } => {
                let is_bound = |side| {
                    Formula::new(side, slot_number)
                        .slots()
                        .all(|slot| slot == CONSTANT || bound.contains(&Slot(slot)))
                };
                match (is_bound(left), is_bound(right)) {
                    (false, false) => continue,
                    (true, _) => lone_slot(right),
                    (_, true) => lone_slot(left),
                }
            }
            CoreLiteral::Aggregate(aggregate)
                if aggregate.groups.iter().all(|group| bound.contains(group)) =>
            {
                slot_of(aggregate.result).into_iter().collect()
            }
            _ => continue,
        };
        bound.extend(binds);
        known[at] = true;
        any = true;
    }
    any
}

const CONSTANT: u32 = u32::MAX;

fn slot_of(argument: Argument) -> Option<Slot> {
    match argument {
        Argument::Slot(slot) => Some(slot),
        Argument::Constant(_) => None,
    }
}

fn slot_number(argument: Argument) -> u32 {
    slot_of(argument).map_or(CONSTANT, |slot| slot.0)
}

fn lone_slot(side: &CoreExpression) -> Vec<Slot> {
    match side {
        CoreExpression::Argument(Argument::Slot(slot)) => vec![*slot],
        _ => Vec::new(),
    }
}
