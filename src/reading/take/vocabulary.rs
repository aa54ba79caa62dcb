//! What may be supposed: premises and exceptions that a condition asks for, of relations whose sentences are stated; and where no change
//! of these does, of relations whose sentences only rules conclude, and sentences with a value that stands in for any.

use super::latitude::Latitude;
use crate::core::Side;
use crate::program::{Body, Program, Question, RelationId, Verb};
use std::collections::HashSet;

pub struct Vocabulary {
    /// By relation, whether nothing states its sentences, and some rule concludes them.
    concluded: Vec<bool>,
    asked: HashSet<Side>,
    pub latitude: Latitude,
    /// Whether what only rules conclude is in it too, and what any value would do in.
    pub wide: bool,
}

impl Vocabulary {
    pub fn new(program: &Program, question: &Question) -> Self {
        Self {
            concluded: only_concluded(program),
            asked: asked(program, question),
            latitude: Latitude::new(program, question),
            wide: false,
        }
    }

    /// Whether sentences of a relation may be supposed.
    pub fn has(&self, relation: RelationId) -> bool {
        self.wide || !self.is_concluded(relation)
    }

    /// Whether only rules conclude sentences of a relation.
    pub fn is_concluded(&self, relation: RelationId) -> bool {
        self.concluded[relation.0 as usize]
    }

    /// Whether some condition asks for sentences like these.
    pub fn asks_for(&self, side: Side) -> bool {
        self.asked.contains(&side)
    }
}

fn only_concluded(program: &Program) -> Vec<bool> {
    let mut only = vec![false; program.relations.len()];
    for rule in &program.rules {
        if rule.verb != Verb::CastsDoubtOn && !rule.declared {
            let heads = rule.heads.iter();
            heads.for_each(|head| only[head.relation.0 as usize] = true);
        }
    }
    let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
    let states = outcomes.flat_map(|outcome| &outcome.states);
    // What an `if` supposes is a question's own.
    let named = program.scenarios.iter();
    let supposed = named
        .filter(|scenario| !scenario.label.is_empty())
        .flat_map(|scenario| &scenario.suppositions);
    let facts = program.facts.iter().map(|fact| fact.relation);
    facts
        .chain(states.map(|state| state.relation))
        .chain(supposed.map(|item| item.literal.relation))
        .for_each(|relation| only[relation.0 as usize] = false);
    only
}

/// The sides of relations that the conditions of rules, and those that bear on the question itself, ask for.
fn asked(program: &Program, question: &Question) -> HashSet<Side> {
    let rules = program.rules.iter().filter_map(|rule| rule.body.as_ref());
    let impossible = program.impossible.iter().map(|(body, ..)| body);
    let bodies = rules.chain(impossible).chain(&question.frame.given);
    let mut asked = HashSet::new();
    let mut open: Vec<&Body> = bodies.chain([&question.body]).collect();
    while let Some(body) = open.pop() {
        match body {
            Body::Literal(literal) => {
                asked.insert(Side::from(literal));
            }
            Body::Comparison { .. } => {}
            Body::Aggregate(aggregate) => open.extend(&aggregate.condition),
            Body::And(parts) | Body::Or(parts) => open.extend(parts),
            Body::Unless { body, exceptions } => {
                open.extend(body.as_deref().into_iter().chain(exceptions))
            }
        }
    }
    asked
}
