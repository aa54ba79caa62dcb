//! The part of a program that bears on one question: the rules that lead to its relations, and what these read. Relations, drivers and
//! scenarios keep their numbers.

use super::demand::narrow;
use crate::core::nature::each_relation;
use crate::program::{Facts, Program, Question, RelationId, ScenarioId};
use crate::value::Terms;

/// The relevant slice, with the question as its only one. Its terms are left out: they are the model's.
pub fn slice(program: &Program, question: &Question) -> Program {
    let relevant = relevant(program, question);
    let is_relevant = |relation: RelationId| relevant[relation.0 as usize];
    let mut facts = Facts::default();
    for fact in program
        .facts
        .iter()
        .filter(|fact| is_relevant(fact.relation))
    {
        facts.push(
            fact.relation,
            fact.negative,
            fact.terms,
            fact.at,
            fact.notes.cloned(),
        );
    }
    let rules = program
        .rules
        .iter()
        .filter(|rule| rule.heads.iter().any(|head| is_relevant(head.relation)));
    let mut scenarios = program.scenarios.clone();
    let ours = extended(program, question.frame.scenario);
    for (number, scenario) in scenarios.iter_mut().enumerate() {
        if !ours.contains(&ScenarioId(number as u32)) {
            scenario.suppositions.clear();
        }
    }
    let mut program = Program {
        terms: Terms::default(),
        relations: program.relations.clone(),
        facts,
        rules: rules.cloned().collect(),
        overrides: program.overrides.clone(),
        cited: program.cited.clone(),
        drivers: program.drivers.clone(),
        scenarios,
        impossible: program.impossible.clone(),
        present: program.present,
        tests: Vec::new(),
        questions: vec![question.clone()],
    };
    narrow(&mut program, question);
    program
}

/// A scenario and those it extends.
fn extended(program: &Program, scenario: ScenarioId) -> Vec<ScenarioId> {
    std::iter::successors(Some(scenario), |id| {
        program.scenarios[id.0 as usize].extends
    })
    .collect()
}

/// By relation, whether the question, what it is given or what is impossible can rest on it.
fn relevant(program: &Program, question: &Question) -> Vec<bool> {
    let mut open: Vec<RelationId> = Vec::new();
    let impossible = program.impossible.iter().map(|(body, ..)| body);
    for body in question
        .frame
        .given
        .iter()
        .chain(impossible)
        .chain([&question.body])
    {
        each_relation(body, &mut |relation| open.push(relation));
    }
    let mut rules: Vec<Vec<usize>> = vec![Vec::new(); program.relations.len()];
    for (number, rule) in program.rules.iter().enumerate() {
        rule.heads
            .iter()
            .for_each(|head| rules[head.relation.0 as usize].push(number));
    }
    let mut relevant = vec![false; program.relations.len()];
    while let Some(relation) = open.pop() {
        if std::mem::replace(&mut relevant[relation.0 as usize], true) {
            continue;
        }
        let bodies = rules[relation.0 as usize]
            .iter()
            .filter_map(|&rule| program.rules[rule].body.as_ref());
        bodies.for_each(|body| each_relation(body, &mut |read| open.push(read)));
    }
    relevant
}
