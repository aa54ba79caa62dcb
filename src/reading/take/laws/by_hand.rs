//! Changes made by hand: the program is written anew with each of them and evaluated from scratch.

use crate::check::{Options, check};
use crate::core::branches::{Item, branches};
use crate::core::{Settings, Varied, compile, cut_keys};
use crate::engine::{self, Limits};
use crate::files::{Input, Policy, read};
use crate::program::{
    Argument, Body, DriverId, Facts, Ground, Literal, Program, RelationId, Scenario, ScenarioId,
    Standing, Supposition, Verb,
};
use crate::reading::{AnswerBody, AskedValue, Change, Reader, Status, WhatItTakes};
use crate::text::Span;
use crate::value::{Number, Term, Value};
use std::collections::BTreeSet;

/// One thing that can be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Candidate(Varied),
    Outcome(DriverId, usize),
}

/// A program, and how it is evaluated.
pub struct Case {
    pub program: Program,
    pub settings: Settings,
}

/// Sets of changes, each by the names of its parts.
pub type Named = BTreeSet<BTreeSet<String>>;

/// How many programs one search by hand may evaluate, beyond all changes of one part or two.
const MOST_EVALUATED: usize = 300;

impl Case {
    /// `None` where the text is no program.
    pub fn new(text: &str, settings: Settings) -> Option<Self> {
        let input = Input::Text {
            name: "case".into(),
            text: text.into(),
        };
        let mut case = read(&[input], &Policy::default());
        let program = check(&mut case, &Options::default()).0?;
        Some(Self { program, settings })
    }

    fn with(&self, program: Program) -> Self {
        Self {
            program,
            settings: self.settings,
        }
    }

    fn answers(&self) -> Option<Vec<AnswerBody>> {
        let core = compile(&self.program, self.settings).ok()?;
        let limits = Limits::default();
        let model = engine::run(&core, self.program.terms.clone(), &limits).ok()?;
        let mut reader = Reader::new(&self.program, &core, model).with_rerun(self.settings, limits);
        let questions = self.program.questions.iter();
        questions
            .map(|question| reader.answer(question).ok().map(|answer| answer.body))
            .collect()
    }

    /// What the first question is answered.
    pub fn takes(&self) -> Option<WhatItTakes> {
        match self.answers()?.swap_remove(0) {
            AnswerBody::Takes(takes) => Some(*takes),
            _ => None,
        }
    }

    /// Whether the last question is answered with yes; `None` where no world is left.
    pub fn holds(&self) -> Option<bool> {
        match self.answers()?.pop()? {
            AnswerBody::YesNo { status, .. } => {
                Some(matches!(status, Status::Certain | Status::Presumed))
            }
            _ => None,
        }
    }

    /// The program after some changes, with its last question only.
    pub fn changed(&self, parts: &[&Part]) -> Self {
        let mut program = self.program.clone();
        let mut facts = Facts::default();
        for fact in program.facts.iter() {
            let sentence = sentence(fact.relation, fact.negative, fact.terms);
            let gone = Part::Candidate(Varied::Gone(sentence, fact.standing().clone()));
            if !parts.contains(&&gone) {
                let notes = fact.notes.cloned();
                facts.push(fact.relation, fact.negative, fact.terms, fact.at, notes);
            }
        }
        program.facts = facts;
        program.questions.drain(..program.questions.len() - 1);
        let frame = &mut program.questions[0].frame;
        let mut scenario = Scenario {
            label: "".into(),
            title: None,
            extends: Some(frame.scenario),
            suppositions: Vec::new(),
            at: Span::default(),
        };
        frame.scenario = ScenarioId(program.scenarios.len() as u32);
        for part in parts {
            match part {
                Part::Candidate(Varied::Supposed(literal)) => {
                    scenario.suppositions.push(Supposition {
                        literal: literal.clone(),
                        drop: false,
                        period: None,
                        citations: Vec::new(),
                        at: Span::default(),
                    });
                }
                Part::Outcome(driver, outcome) => frame.outcomes.push((*driver, *outcome)),
                Part::Candidate(Varied::Gone(..)) => {}
            }
        }
        program.scenarios.push(scenario);
        self.with(program)
    }

    /// A change with other values where any of a comparison are said to do.
    pub fn with_other_values(&self, change: &Change) -> Vec<Change> {
        let mut terms = self.program.terms.clone();
        let mut all = Vec::new();
        for (place, supposed) in change.suppose.iter().enumerate() {
            let Some(AskedValue {
                comparison,
                with,
                any: true,
            }) = supposed.asked
            else {
                continue;
            };
            for value in 0..8 {
                let value = terms.intern(Value::Number(Number::from(value)));
                if terms.compare(value, comparison, with).unwrap_or(false) {
                    let mut other = change.clone();
                    let last = other.suppose[place].sentence.terms.last_mut();
                    *last.expect("a value is the last term of these cases") = value;
                    all.push(other);
                }
            }
        }
        all
    }

    /// The smallest changes of these parts that do what is wanted, up to a size that is told too: two parts, or more where there are few.
    pub fn smallest(&self, parts: &[Part], hold: bool) -> (Named, usize) {
        let (found, size) = self.smallest_sets(parts, hold);
        let named = |set: &Vec<usize>| set.iter().map(|&part| name(&parts[part])).collect();
        (found.iter().map(named).collect(), size)
    }

    /// The same, each by the places of its parts.
    pub fn smallest_sets(&self, parts: &[Part], hold: bool) -> (Vec<Vec<usize>>, usize) {
        let mut open: Vec<Vec<usize>> = (0..parts.len()).map(|part| vec![part]).collect();
        let (mut found, mut evaluated, mut size) = (Vec::<Vec<usize>>::new(), 0, 0);
        while !open.is_empty() && (size < 2 || evaluated + open.len() <= MOST_EVALUATED) {
            size += 1;
            evaluated += open.len();
            let (done, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|set| {
                let set: Vec<&Part> = set.iter().map(|&part| &parts[part]).collect();
                self.changed(&set).holds() == Some(hold)
            });
            found.extend(done);
            let longer = rest.iter().flat_map(|set| {
                let later = set.last().map_or(0, |last| last + 1)..parts.len();
                later.map(|part| set.iter().copied().chain([part]).collect::<Vec<usize>>())
            });
            let longer = longer.filter(|set| {
                let one_a_driver = drivers(parts, set).len() == outcomes(parts, set);
                let within = |smaller: &Vec<usize>| smaller.iter().all(|part| set.contains(part));
                one_a_driver && !found.iter().any(within)
            });
            open = longer.collect();
        }
        (found, if open.is_empty() { usize::MAX } else { size })
    }

    /// Every fact but those that the question asks for, and every outcome.
    pub fn facts_and_outcomes(&self) -> Vec<Part> {
        let mut all: Vec<Part> = Vec::new();
        for fact in self.program.facts.iter() {
            let sentence = sentence(fact.relation, fact.negative, fact.terms);
            let is_goal = self.is_goal(&sentence) && *fact.standing() == Standing::Stated;
            let part = Part::Candidate(Varied::Gone(sentence, fact.standing().clone()));
            if !is_goal && !all.contains(&part) {
                all.push(part);
            }
        }
        for (number, driver) in self.program.drivers.iter().enumerate() {
            let outcomes = 0..driver.outcomes.len();
            let id = DriverId(number as u32);
            all.extend(outcomes.map(|outcome| Part::Outcome(id, outcome)));
        }
        all
    }

    /// The sentences of these relations that some condition asks for and that could be supposed: neither the goal nor a driver's, not
    /// spoken of by a supposition, and not holding as it is.
    pub fn supposable(&self, relations: &[&str], wide: bool) -> Vec<Part> {
        let program = &self.program;
        let states = outcome_states(program);
        let supposed: Vec<&Ground> = suppositions(program).map(|(_, literal)| literal).collect();
        let spoken: Vec<_> = (supposed.iter())
            .flat_map(|literal| cut_keys(program, literal))
            .collect();
        let facts = program.facts.iter().flat_map(|fact| fact.terms.to_vec());
        let others = states.iter().chain(&supposed);
        let others = others.flat_map(|literal| literal.terms.clone());
        let asked = self.asked();
        let goals = asked.iter().flat_map(|literal| terms(literal));
        let things: BTreeSet<Term> = facts.chain(others).chain(goals).collect();
        let alone = things.iter().map(|&thing| vec![thing]);
        let pairs = (things.iter()).flat_map(|&one| things.iter().map(move |&two| vec![one, two]));
        let tuples: Vec<Vec<Term>> = alone.chain(pairs).collect();
        let mut all = Vec::new();
        for side in sides(&asked) {
            let relation = &program.relations[side.0.0 as usize];
            if !relations.contains(&relation.shape.to_string().as_str())
                || !(wide || self.is_stated(side.0))
            {
                continue;
            }
            let fitting = tuples
                .iter()
                .filter(|terms| terms.len() == relation.shape.arity());
            for terms in fitting {
                let literal = sentence(side.0, side.1, terms);
                let opposite = sentence(side.0, !side.1, terms);
                let a_drivers = states.contains(&&literal) || side.1 && states.contains(&&opposite);
                let mut keys = cut_keys(program, &literal).into_iter();
                if !self.is_goal(&literal)
                    && !keys.any(|key| spoken.contains(&key))
                    && !a_drivers
                    && self.asking(&literal).holds() == Some(false)
                {
                    all.push(Part::Candidate(Varied::Supposed(literal)));
                }
            }
        }
        all
    }

    /// Rows of a relation for each of these things with values that nothing in the case knows, and these values.
    pub fn further(
        &mut self,
        relation: &str,
        things: &[&str],
        values: &[Value],
    ) -> (Vec<Part>, Vec<Term>) {
        let relations = self.program.relations.iter();
        let place = relations.map(|known| known.shape.to_string());
        let Some(place) = place.into_iter().position(|known| known == relation) else {
            return (Vec::new(), Vec::new());
        };
        let terms = &mut self.program.terms;
        let values: Vec<Term> = values
            .iter()
            .map(|value| terms.intern(value.clone()))
            .collect();
        let things: Vec<Term> = things.iter().map(|thing| terms.name(thing)).collect();
        let rows = things
            .iter()
            .flat_map(|&thing| values.iter().map(move |&value| [thing, value]));
        let rows =
            rows.map(|row| Varied::Supposed(sentence(RelationId(place as u32), false, &row)));
        (rows.map(Part::Candidate).collect(), values)
    }

    /// The same program, with the last question about another sentence.
    fn asking(&self, sentence: &Ground) -> Self {
        let mut case = self.changed(&[]);
        case.program.questions[0].body = Body::Literal(Literal {
            relation: sentence.relation,
            negative: sentence.negative,
            arguments: (sentence.terms.iter().copied())
                .map(Argument::Constant)
                .collect(),
            at: Span::default(),
        });
        case
    }

    fn is_goal(&self, sentence: &Ground) -> bool {
        let goals = branches(Some(&self.program.questions[0].body)).unwrap_or_default();
        let goals = goals.iter().flatten().filter_map(|item| match item {
            Item::Literal(literal) => Some(literal),
            _ => None,
        });
        goals.into_iter().any(|goal| {
            let mut places = goal.arguments.iter().zip(&sentence.terms);
            goal.relation == sentence.relation
                && goal.negative == sentence.negative
                && places.all(|(argument, term)| match argument {
                    Argument::Constant(constant) => constant == term,
                    Argument::Variable(_) => true,
                })
        })
    }

    /// Whether sentences of a relation are stated, or no rule concludes them.
    fn is_stated(&self, relation: RelationId) -> bool {
        let program = &self.program;
        let rules = program.rules.iter();
        let mut concluding = rules.filter(|rule| rule.verb != Verb::CastsDoubtOn && !rule.declared);
        program.facts.iter().any(|fact| fact.relation == relation)
            || outcome_states(program)
                .iter()
                .any(|state| state.relation == relation)
            || suppositions(program).any(|(named, literal)| named && literal.relation == relation)
            || !concluding.any(|rule| rule.heads.iter().any(|head| head.relation == relation))
    }

    /// The literals of every condition.
    fn asked(&self) -> Vec<&Literal> {
        let program = &self.program;
        let rules = program.rules.iter().filter_map(|rule| rule.body.as_ref());
        let impossible = program.impossible.iter().map(|(body, ..)| body);
        let question = &program.questions[0];
        let mut all = Vec::new();
        let bodies = rules.chain(impossible).chain(&question.frame.given);
        bodies
            .chain([&question.body])
            .for_each(|body| literals(body, &mut all));
        all
    }
}

fn sentence(relation: RelationId, negative: bool, terms: &[Term]) -> Ground {
    Ground {
        relation,
        negative,
        terms: terms.to_vec(),
    }
}

fn outcome_states(program: &Program) -> Vec<&Ground> {
    let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
    outcomes.flat_map(|outcome| &outcome.states).collect()
}

/// What scenarios suppose, each with whether the scenario has a name.
fn suppositions(program: &Program) -> impl Iterator<Item = (bool, &Ground)> {
    program.scenarios.iter().flat_map(|scenario| {
        let named = !scenario.label.is_empty();
        let items = scenario.suppositions.iter();
        items.map(move |item| (named, &item.literal))
    })
}

fn literals<'b>(body: &'b Body, all: &mut Vec<&'b Literal>) {
    match body {
        Body::Literal(literal) => all.push(literal),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => aggregate
            .condition
            .iter()
            .for_each(|part| literals(part, all)),
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| literals(part, all)),
        Body::Unless { body, exceptions } => {
            let parts = body.as_deref().into_iter().chain(exceptions);
            parts.for_each(|part| literals(part, all));
        }
    }
}

fn terms(literal: &Literal) -> Vec<Term> {
    let constants = literal
        .arguments
        .iter()
        .filter_map(|argument| match argument {
            Argument::Constant(term) => Some(*term),
            Argument::Variable(_) => None,
        });
    constants.collect()
}

fn sides(literals: &[&Literal]) -> BTreeSet<(RelationId, bool)> {
    let sides = literals
        .iter()
        .map(|literal| (literal.relation, literal.negative));
    sides.collect()
}

fn drivers(parts: &[Part], set: &[usize]) -> BTreeSet<DriverId> {
    let drivers = set.iter().filter_map(|&part| match parts[part] {
        Part::Outcome(driver, _) => Some(driver),
        Part::Candidate(_) => None,
    });
    drivers.collect()
}

fn outcomes(parts: &[Part], set: &[usize]) -> usize {
    let is_outcome = |part: &&usize| matches!(parts[**part], Part::Outcome(..));
    set.iter().filter(is_outcome).count()
}

/// The names of parts, of values that stand in no more than their order.
pub fn named_but_for(parts: &[Part], stand_ins: &[Term]) -> BTreeSet<String> {
    let supposed = || {
        parts.iter().filter_map(|part| match part {
            Part::Candidate(Varied::Supposed(sentence)) => Some(sentence),
            _ => None,
        })
    };
    let met = supposed().flat_map(|sentence| &sentence.terms);
    let met: BTreeSet<&Term> = met.filter(|term| stand_ins.contains(term)).collect();
    let term = |term: &Term| match met.iter().position(|met| *met == term) {
        Some(place) => format!("stand-in {place}"),
        None => format!("{term:?}"),
    };
    let named = |part: &Part| match part {
        Part::Candidate(Varied::Supposed(sentence)) => {
            let terms: Vec<String> = sentence.terms.iter().map(term).collect();
            format!("{:?} {} {terms:?}", sentence.relation, sentence.negative)
        }
        other => name(other),
    };
    parts.iter().map(named).collect()
}

/// The parts of a change that was proposed.
pub fn parts(change: &Change) -> Vec<Part> {
    let supposed = change.suppose.iter();
    let supposed = supposed.map(|supposed| Varied::Supposed(supposed.sentence.clone()));
    let dropped = change.drop.iter();
    let dropped = dropped.map(|gone| Varied::Gone(gone.sentence.clone(), gone.standing.clone()));
    let outcomes = change.outcomes.iter();
    let outcomes = outcomes.map(|&(driver, outcome)| Part::Outcome(driver, outcome));
    let candidates = supposed.chain(dropped).map(Part::Candidate);
    candidates.chain(outcomes).collect()
}

pub fn name(part: &Part) -> String {
    format!("{part:?}")
}
