//! In which order the relations of a program can be found: those that aggregates range over before what rests on the aggregates.

use super::best;
use hence::program::{Body, Program, RelationId};
use std::collections::BTreeSet;

/// By relation: how many aggregates its claims rest on, one on the other. One that keeps its best is above all others that it reads.
pub fn levels(program: &Program) -> Vec<usize> {
    let best: BTreeSet<RelationId> = best::kept(program)
        .iter()
        .map(|kept| kept.relation)
        .collect();
    let mut levels = vec![0; program.relations.len()];
    for _ in 0..=program.relations.len() {
        for rule in &program.rules {
            for head in &rule.heads {
                let own = best.contains(&head.relation).then_some(head.relation);
                let below = rule
                    .body
                    .as_ref()
                    .map_or(0, |body| level_of(body, &levels, own));
                let level = &mut levels[head.relation.0 as usize];
                *level = (below + usize::from(own.is_some())).max(*level);
            }
        }
    }
    levels
}

fn level_of(body: &Body, levels: &[usize], own: Option<RelationId>) -> usize {
    let highest = |parts: &[Body]| {
        parts
            .iter()
            .map(|part| level_of(part, levels, own))
            .max()
            .unwrap_or(0)
    };
    match body {
        Body::Literal(literal) if own == Some(literal.relation) => 0,
        Body::Literal(literal) => levels[literal.relation.0 as usize],
        Body::Comparison { .. } => 0,
        Body::Aggregate(aggregate) if aggregate.recursive => highest(&aggregate.condition),
        Body::Aggregate(aggregate) => highest(&aggregate.condition) + 1,
        Body::And(parts) | Body::Or(parts) => highest(parts),
        Body::Unless { body, exceptions } => body
            .iter()
            .map(|body| level_of(body, levels, own))
            .max()
            .unwrap_or(0)
            .max(highest(exceptions)),
    }
}
