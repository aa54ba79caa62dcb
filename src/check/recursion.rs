//! Recursion through aggregates. What is counted must be settled before it is counted; the exception is `least` and `greatest`
//! feeding the very relation that they read, as shortest ways do.

use super::conditions::each_aggregate_mut;
use crate::complaint::{Complaint, aggregates as complaints};
use crate::program::graph::Graph;
use crate::program::{Aggregate, Argument, Body, Literal, Relation, RelationId, Rule, Verb};
use crate::syntax::tree::AggregateKind;
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Marks the aggregates that may feed what they read, and complains of the others in a circle.
pub(super) fn recursion(
    rules: &mut [Rule],
    relations: &[Relation],
    complaints: &mut Vec<Complaint>,
) {
    let mut any = false;
    for rule in rules.iter_mut() {
        if let Some(body) = &mut rule.body {
            each_aggregate_mut(body, &mut |_| any = true);
        }
    }
    if !any {
        return;
    }
    let graph = needs(rules, relations.len());
    let part = graph.parts();
    let mut alone = vec![0_u32; relations.len()];
    for &number in &part {
        alone[number] += 1;
    }
    let mut told: FxHashSet<usize> = FxHashSet::default();
    let mut kept: FxHashMap<usize, (Best, Span)> = FxHashMap::default();
    for rule in rules {
        let (verb, heads) = (rule.verb, &rule.heads);
        let Some(body) = &mut rule.body else { continue };
        each_aggregate_mut(body, &mut |aggregate| {
            let mut reads: Vec<RelationId> = Vec::new();
            aggregate
                .condition
                .iter()
                .for_each(|part| each_relation(part, &mut |read| reads.push(read)));
            let circle = heads.iter().find_map(|head| {
                let head = head.relation.0 as usize;
                reads
                    .iter()
                    .find(|read| part[read.0 as usize] == part[head])
                    .map(|read| (head, read.0 as usize))
            });
            let Some((head, read)) = circle else { return };
            let lone = alone[part[head]] == 1;
            if verb == Verb::Implies && lone && feeds_what_it_reads(aggregate, heads) {
                aggregate.recursive = true;
                let best = (aggregate.kind, place_of(aggregate.result, heads));
                let (known, first) = *kept.entry(head).or_insert((best, aggregate.at));
                if known != best && told.insert(part[head]) {
                    complaints.push(complaints::two_bests(aggregate.at, first));
                }
            } else if told.insert(part[head]) {
                let way = if read == head {
                    vec![head]
                } else {
                    graph.path(read, head, &part).unwrap_or_default()
                };
                let said = way
                    .iter()
                    .map(|&id| relations[id].shape.to_string())
                    .collect::<Vec<_>>();
                complaints.push(complaint(aggregate, heads, head, read, &said, relations));
            }
        });
    }
}

/// What a relation keeps of its values: the least or greatest, and of which term.
type Best = (AggregateKind, Option<usize>);

fn place_of(result: Argument, heads: &[Literal]) -> Option<usize> {
    heads
        .first()?
        .arguments
        .iter()
        .position(|&argument| argument == result)
}

/// By relation, the relations that its rules read: `?a leads ?b implies ?a is strong` makes the second point to the first.
fn needs(rules: &[Rule], relations: usize) -> Graph {
    let mut to: Vec<Vec<usize>> = vec![Vec::new(); relations];
    for rule in rules {
        let Some(body) = &rule.body else { continue };
        let mut reads: Vec<usize> = Vec::new();
        each_relation(body, &mut |read| reads.push(read.0 as usize));
        for head in &rule.heads {
            to[head.relation.0 as usize].extend(&reads);
        }
    }
    for nodes in &mut to {
        nodes.sort_unstable();
        nodes.dedup();
    }
    Graph { to }
}

fn each_relation(body: &Body, visit: &mut impl FnMut(RelationId)) {
    match body {
        Body::Literal(literal) => visit(literal.relation),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| each_relation(part, visit));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_relation(part, visit))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_relation(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_relation(exception, visit));
        }
    }
}

/// ```text
/// ?d is the least of ?x + ?y where ?a reaches ?b at ?x and ?b joins ?c at ?y implies ?a reaches ?c at ?d.
/// ```
fn feeds_what_it_reads(aggregate: &Aggregate, heads: &[Literal]) -> bool {
    let [head] = heads else { return false };
    let fed = head
        .arguments
        .iter()
        .filter(|&&argument| argument == aggregate.result)
        .count();
    matches!(
        aggregate.kind,
        AggregateKind::Least | AggregateKind::Greatest
    ) && matches!(aggregate.result, Argument::Variable(_))
        && fed == 1
        && !head.negative
        && aggregate.condition.iter().all(|part| match part {
            Body::Literal(literal) => literal.relation != head.relation || !literal.negative,
            Body::Comparison { .. } => true,
            part => {
                let mut apart = true;
                each_relation(part, &mut |read| apart &= read != head.relation);
                apart
            }
        })
}

fn complaint(
    aggregate: &Aggregate,
    heads: &[Literal],
    head: usize,
    read: usize,
    way: &[String],
    relations: &[Relation],
) -> Complaint {
    let at = aggregate.at;
    let mut reads_at: Option<Span> = None;
    for part in &aggregate.condition {
        each_literal(part, &mut |literal| {
            if literal.relation.0 as usize == read {
                reads_at.get_or_insert(literal.at);
            }
        });
    }
    let head_at = heads
        .iter()
        .find(|literal| literal.relation.0 as usize == head)
        .map_or(at, |literal| literal.at);
    let kind = super::conditions::kind_word(aggregate.kind);
    let shape = relations[head].shape.to_string();
    complaints::counts_itself(kind, &shape, way, reads_at.unwrap_or(at), head_at)
}

fn each_literal<'b>(body: &'b Body, visit: &mut impl FnMut(&'b Literal)) {
    match body {
        Body::Literal(literal) => visit(literal),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| each_literal(part, visit));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_literal(part, visit))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_literal(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_literal(exception, visit));
        }
    }
}
