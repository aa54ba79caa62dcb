//! The part of a program that bears on one question: the rules that lead to its relations, and what these read. Relations, drivers and
//! scenarios keep their numbers.

use super::demand::narrow;
use crate::core::nature::bearing_on;
use crate::program::{Facts, Program, Question, RelationId, ScenarioId};
use crate::value::Terms;

/// The relevant slice, with the question as its only one. Its terms are left out: they are the model's.
pub fn slice(program: &Program, question: &Question) -> Program {
    let asked = question.frame.given.iter().chain([&question.body]);
    let relevant = bearing_on(program, asked);
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
