//! `least` or `greatest` feeding the relation that it reads, "which then keeps the best value per other terms over all rules for
//! it, plain base rules among them": what is best now is put in for the relation until nothing gets better. Nothing here is
//! disputed: whatever is presumed counts.

use super::claim::Claim;
use super::findings::{Findings, View};
use super::matching::{Matcher, ground};
use super::normal::Truth;
use super::world::World;
use hence::program::{Body, Expression, Program, RelationId, Rule};
use hence::syntax::tree::AggregateKind;
use hence::value::{Comparison, Term, Terms, compare};
use std::collections::{BTreeMap, BTreeSet};

/// Which relation keeps its best, at which place, and what is best.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    pub relation: RelationId,
    place: usize,
    better: Comparison,
}

/// The relations of a program that keep their best.
pub fn kept(program: &Program) -> Vec<Kept> {
    program.rules.iter().filter_map(of_rule).collect()
}

fn of_rule(rule: &Rule) -> Option<Kept> {
    let aggregate = parts(rule.body.as_ref()?)
        .into_iter()
        .find_map(|part| match part {
            Body::Aggregate(aggregate) if aggregate.recursive => Some(aggregate),
            _ => None,
        })?;
    let head = rule.heads.first()?;
    let place = head
        .arguments
        .iter()
        .position(|argument| *argument == aggregate.result)?;
    let better = match aggregate.kind {
        AggregateKind::Least => Comparison::Less,
        _ => Comparison::Greater,
    };
    Some(Kept {
        relation: head.relation,
        place,
        better,
    })
}

fn parts(body: &Body) -> Vec<&Body> {
    match body {
        Body::And(parts) => parts.iter().flat_map(self::parts).collect(),
        other => vec![other],
    }
}

/// The condition of the aggregate itself, its value the result: which of the values is best is settled between all rules.
fn opened(body: &Body) -> Body {
    match body {
        Body::And(parts) => Body::And(parts.iter().map(opened).collect()),
        Body::Aggregate(aggregate) if aggregate.recursive => {
            let result = Body::Comparison {
                left: Expression::Argument(aggregate.result),
                comparison: Comparison::Equal,
                right: aggregate.over.clone(),
                at: aggregate.at,
            };
            Body::And(
                aggregate
                    .condition
                    .iter()
                    .cloned()
                    .chain([result])
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// The best claims of the relation, by day.
pub fn claims(
    program: &Program,
    world: &World<'_>,
    earlier: &Findings,
    terms: &mut Terms,
    kept: Kept,
) -> Vec<BTreeSet<Claim>> {
    (0..world.days.len())
        .map(|day| on_day(program, world, earlier, terms, kept, day))
        .collect()
}

fn on_day(
    program: &Program,
    world: &World<'_>,
    earlier: &Findings,
    terms: &mut Terms,
    kept: Kept,
    day: usize,
) -> BTreeSet<Claim> {
    let stated: Vec<Claim> = world
        .stated(day)
        .into_iter()
        .filter(|claim| claim.relation == kept.relation)
        .collect();
    let mut best = BTreeSet::new();
    for _ in 0..100 {
        let mut found = stated.clone();
        let mut known = earlier.clone();
        known.argued[day].extend(best.iter().cloned());
        for view in [View::Certain, View::Presumed, View::Possible] {
            known.truths.extend(
                best.iter()
                    .map(|claim: &Claim| ((view, claim.clone(), day), Truth::Holds)),
            );
        }
        for rule in &program.rules {
            if world.during(rule.period).contains(&day) {
                found.extend(heads(program, rule, &known, terms, kept.relation, day));
            }
        }
        let next = only_best(found, terms, kept);
        if next == best {
            return best;
        }
        best = next;
    }
    panic!("the best values settle");
}

fn heads(
    program: &Program,
    rule: &Rule,
    known: &Findings,
    terms: &mut Terms,
    relation: RelationId,
    day: usize,
) -> Vec<Claim> {
    let wanted: Vec<_> = rule
        .heads
        .iter()
        .filter(|head| head.relation == relation)
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let unbound = vec![None; rule.variables.0.len()];
    let body = rule
        .body
        .as_ref()
        .map_or_else(|| Body::And(Vec::new()), opened);
    let argued = &known.argued[day];
    let mut matcher = Matcher {
        program,
        terms,
        variables: &rule.variables,
        argued,
        earlier: known,
        day,
        exceptions: true,
    };
    let matches = matcher.body(&body, &unbound);
    let met = matches
        .iter()
        .filter(|(_, way)| known.all(way, View::Presumed, day) == Truth::Holds);
    met.flat_map(|(binding, _)| {
        wanted
            .iter()
            .filter_map(|head| ground(head, binding))
            .collect::<Vec<_>>()
    })
    .collect()
}

fn only_best(found: Vec<Claim>, terms: &Terms, kept: Kept) -> BTreeSet<Claim> {
    let mut best: BTreeMap<Vec<Term>, Claim> = BTreeMap::new();
    for claim in found {
        let mut others = claim.terms.clone();
        others.remove(kept.place);
        let value = |claim: &Claim| terms.get(claim.terms[kept.place]);
        let better =
            |known: &Claim| compare(&value(&claim), kept.better, &value(known)).expect("numbers");
        if best.get(&others).is_none_or(better) {
            best.insert(others, claim);
        }
    }
    best.into_values().collect()
}
