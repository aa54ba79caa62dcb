//! Which relations are mutually recursive, in which order they are run, and which of them a context can touch.

use crate::core::{Core, CoreId, CoreLiteral};

/// A set of mutually recursive relations, or one relation by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    pub relations: Vec<CoreId>,
    /// Rules for them, in order.
    pub rules: Vec<usize>,
    /// Whether a rule reads a relation of this stratum.
    pub recursive: bool,
    /// Whether a rule reads the absence of a row of this stratum.
    pub loops: bool,
    /// Whether some row may hold in some contexts only.
    pub labelled: bool,
    /// Whether its rules read what earlier strata leave open as if it were settled.
    pub wide: bool,
}

/// Strata so that each reads only itself and earlier ones.
pub fn strata(core: &Core) -> Vec<Stratum> {
    let reads = reads(core);
    let components = components(&reads);
    let mut stratum_of = vec![0; core.relations.len()];
    let mut strata = Vec::with_capacity(components.len());
    for (number, relations) in components.into_iter().enumerate() {
        for relation in &relations {
            stratum_of[relation.at()] = number;
        }
        let wide = relations
            .iter()
            .all(|relation| core.relations[relation.at()].wide);
        strata.push(Stratum {
            relations,
            wide,
            ..Stratum::default()
        });
    }
    for (number, rule) in core.rules.iter().enumerate() {
        let own = stratum_of[rule.head.relation.at()];
        let stratum = &mut strata[own];
        stratum.rules.push(number);
        stratum.labelled |= !rule.label.is_always();
        for literal in &rule.body {
            let Some(relation) = literal.reads() else {
                continue;
            };
            let inside = stratum_of[relation.at()] == own;
            stratum.recursive |= inside;
            stratum.loops |= inside && matches!(literal, CoreLiteral::Fails(_));
        }
    }
    for facts in &core.facts {
        let labelled = facts
            .labels
            .as_ref()
            .is_some_and(|labels| labels.iter().any(|label| !label.is_always()));
        strata[stratum_of[facts.relation.at()]].labelled |= labelled;
    }
    for number in 0..strata.len() {
        let touched = |relation: &CoreId| {
            let mut reads = reads[relation.at()].iter();
            reads.any(|read| strata[stratum_of[read.at()]].labelled)
        };
        let labelled = strata[number].labelled || strata[number].relations.iter().any(touched);
        strata[number].labelled = labelled;
    }
    strata
}

/// By relation: those that its rules read. Who makes a call has all run that rests on it.
fn reads(core: &Core) -> Vec<Vec<CoreId>> {
    let mut reads: Vec<Vec<CoreId>> = vec![Vec::new(); core.relations.len()];
    let mut called: Vec<(CoreId, CoreId)> = Vec::new();
    for rule in &core.rules {
        let head = rule.head.relation;
        for literal in &rule.body {
            reads[head.at()].extend(literal.reads());
            if let CoreLiteral::Aggregate(aggregate) = literal
                && let Some(call) = &aggregate.call
            {
                called.push((head, call.relation));
            }
        }
    }
    if !called.is_empty() {
        for rule in &core.rules {
            let rests = |call: CoreId| {
                let on = |literal: &CoreLiteral| matches!(literal, CoreLiteral::Holds(atom) if atom.relation == call);
                rule.body.iter().any(on)
            };
            for &(head, call) in &called {
                if rests(call) {
                    reads[head.at()].push(rule.head.relation);
                }
            }
        }
    }
    for read in &mut reads {
        read.sort_unstable();
        read.dedup();
    }
    reads
}

/// Strongly connected components, each after those it reads (Tarjan 1972, with a stack of its own).
fn components(reads: &[Vec<CoreId>]) -> Vec<Vec<CoreId>> {
    const UNSEEN: u32 = u32::MAX;
    let mut order = vec![UNSEEN; reads.len()];
    let mut lowest = vec![0; reads.len()];
    let mut on_stack = vec![false; reads.len()];
    let mut stack: Vec<usize> = Vec::new();
    let mut seen = 0;
    let mut components = Vec::new();
    for root in 0..reads.len() {
        let mut path: Vec<(usize, usize)> = if order[root] == UNSEEN {
            vec![(root, 0)]
        } else {
            vec![]
        };
        while let Some((relation, next)) = path.last_mut() {
            let relation = *relation;
            if *next == 0 {
                order[relation] = seen;
                lowest[relation] = seen;
                seen += 1;
                stack.push(relation);
                on_stack[relation] = true;
            }
            if let Some(read) = reads[relation].get(*next) {
                *next += 1;
                if order[read.at()] == UNSEEN {
                    path.push((read.at(), 0));
                } else if on_stack[read.at()] {
                    lowest[relation] = lowest[relation].min(order[read.at()]);
                }
                continue;
            }
            path.pop();
            if let Some(&(reader, _)) = path.last() {
                lowest[reader] = lowest[reader].min(lowest[relation]);
            }
            if lowest[relation] == order[relation] {
                let start = stack
                    .iter()
                    .rposition(|&member| member == relation)
                    .unwrap_or(0);
                let mut component: Vec<CoreId> = stack
                    .drain(start..)
                    .map(|member| CoreId(member as u32))
                    .collect();
                component.sort_unstable();
                for member in &component {
                    on_stack[member.at()] = false;
                }
                components.push(component);
            }
        }
    }
    components
}
