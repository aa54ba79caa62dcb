//! `what would it take for S?`: the smallest changes of facts and outcomes that make S hold, or break it where it holds.
//!
//! [`walk`] gathers what could be otherwise, [`variant`] makes each of it a driver of its own, and one evaluation of that has all
//! changes in its labels: the smallest are read off, and [`verify`] makes each of them and looks. A model that shows new ways to the
//! sentence is walked again. Sentences that only rules conclude are proposed where nothing else does.

mod candidates;
mod change;
mod demand;
mod further;
mod latitude;
#[cfg(test)]
mod laws;
mod partial;
mod reckoned;
mod slice;
mod stand_in;
mod variant;
mod verify;
mod vocabulary;
mod walk;
mod worlds;

use super::Reader;
use super::answer::{Change, Cut, Status, WhatItTakes};
use super::matching::{Asked, Binding};
use super::proof::ground;
use super::scope::{Openness, Scope};
use crate::complaint::Complaint;
use crate::core::{Side, compile_varied};
use crate::engine::limits::Limit;
use crate::engine::{self, Limits, Stopped};
use crate::label::Label;
use crate::model::Table;
use crate::program::{Body, Ground, Question};
use crate::value::Terms;
use candidates::{Candidate, Candidates};
use change::{Choices, listed};
pub(super) use demand::every_literal;
use stand_in::StandIns;
use variant::{AsIs, Variant, as_is};
use vocabulary::Vocabulary;
use walk::{Walk, said};
use worlds::Worlds;

/// Changes that an answer lists, and those among which it chooses.
const MOST_LISTED: usize = 200;
const MOST_FOUND: usize = 400;
/// Evaluations, each of which may show new candidates.
const MOST_ROUNDS: usize = 4;
/// Nodes of labels in one evaluation.
const MOST_NODES: usize = 200_000;
/// Steps of joins in one evaluation: so many, and so many for each row of the model.
const MOST_STEPS: u64 = 8_000_000;
const STEPS_A_ROW: u64 = 1;

/// Where the labels of all changes are too large: changes of so many sentences at most are looked for.
const FEWER: [usize; 3] = [4, 3, 2];
/// By how much these are still too many then, as far as can be told.
const TOO_DENSE_BY: usize = 3;

/// What stays the same through one search.
struct Search<'q> {
    question: &'q Question,
    /// Whether the sentence is to hold, or to stop holding.
    hold: bool,
    vocabulary: Vocabulary,
    as_is: Vec<AsIs>,
    limits: Limits,
}

/// What came of one evaluation.
enum Outcome {
    /// Its labels grew too large.
    TooDense,
    /// It met another limit: by so much, as far as can be told.
    TooLarge(usize),
    /// Its model shows more candidates, which these are the terms of.
    Grown(Candidates, Terms),
    Found(Found),
}

/// The smallest sets of choices, and the terms that they are in.
#[derive(Default)]
struct Found {
    sets: Vec<Choices>,
    /// Whether these are all.
    complete: bool,
    /// Whether there was more to vary, which was left off.
    grows: bool,
    terms: Terms,
}

impl Reader<'_> {
    /// Answers what it would take.
    ///
    /// # Errors
    /// As for [`answer`](Reader::answer).
    pub fn what_it_takes(&mut self, question: &Question) -> Result<WhatItTakes, Complaint> {
        let scope = self.scope(
            &question.frame,
            &question.variables,
            question.at,
            Openness::Now,
        )?;
        let asked = Asked::of(question);
        let whole = self.matches(asked)?.best(&mut self.model.diagram);
        let (status, extent) = self.overall_and_otherwise(whole, &scope);
        let holds = matches!(status, Status::Certain | Status::Presumed);
        let turned = match holds {
            true => None,
            false => self.turned(question, &scope),
        };
        let (found, cut) = match turned {
            Some(_) => (Vec::new(), None),
            None => self.changes(question, &scope, !holds),
        };
        let (changes, breaks) = if holds {
            (Vec::new(), found)
        } else {
            (found, Vec::new())
        };
        Ok(WhatItTakes {
            status,
            extent,
            changes,
            breaks,
            cut,
            all: self.options.all,
            turned,
        })
    }

    /// The sentence whose opposite is asked for, where that holds and nothing speaks for any opposite like it: no fact, rule, outcome or
    /// supposition, and no other value.
    fn turned(&mut self, question: &Question, scope: &Scope) -> Option<Ground> {
        let Body::Literal(literal) = &question.body else {
            return None;
        };
        let open: Binding = vec![None; question.variables.0.len()];
        let terms = ground(literal, &open)?;
        let side = Side::from(literal);
        let program = self.program;
        let relation = &program.relations[side.relation.0 as usize];
        if !side.negative || relation.one.is_some() || !self.rules_for(side).is_empty() {
            return None;
        }
        let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
        let states = outcomes.flat_map(|outcome| &outcome.states);
        let supposed = program.scenarios.iter();
        let supposed = supposed.flat_map(|scenario| &scenario.suppositions);
        let mut stated = states.chain(supposed.map(|supposition| &supposition.literal));
        if stated.any(|state| state.relation == side.relation && state.negative)
            || program.facts.iter().any(|fact| said(&fact) == side)
        {
            return None;
        }
        let standing = self.standing(side.opposite(), &terms);
        let holds = self.in_worlds(standing.holds, scope);
        let holds = self.model.diagram.and(holds, scope.worlds);
        (holds == scope.worlds).then_some(Ground {
            relation: side.relation,
            negative: false,
            terms,
        })
    }

    /// The changes that do what is wanted: of what can be stated, or where there are none, of what only rules conclude too.
    fn changes(
        &mut self,
        question: &Question,
        scope: &Scope,
        hold: bool,
    ) -> (Vec<Change>, Option<Cut>) {
        let mut search = Search {
            question,
            hold,
            vocabulary: Vocabulary::new(self.program, question),
            as_is: as_is(self, question, scope),
            limits: Limits {
                lenient: true,
                ..self.bounded()
            },
        };
        let (changes, cut) = self.changes_of(&search, scope);
        // After a search that was cut, there may be such changes that were overlooked.
        if !changes.is_empty() || cut.is_some() {
            return (changes, cut);
        }
        search.vocabulary.wide = true;
        self.changes_of(&search, scope)
    }

    fn changes_of(&mut self, search: &Search<'_>, scope: &Scope) -> (Vec<Change>, Option<Cut>) {
        let now = self.region(scope);
        let before = StandIns::default();
        let walk = Walk::new(self, search.question, now, &search.vocabulary, &before);
        let mut candidates = walk.candidates(search.hold);
        let mut rounds = MOST_ROUNDS;
        // The most sentences of one change, and what is tried where that is too much.
        let (mut most, mut fewer) = (None, FEWER.into_iter());
        let found = loop {
            let outcome = self.evaluate_variant(search, &candidates, (rounds, most));
            let by = match outcome {
                Outcome::Found(found) => break found,
                Outcome::Grown(more, terms) => {
                    self.model.terms = terms;
                    candidates.merge(more);
                    rounds -= 1;
                    continue;
                }
                Outcome::TooDense => match fewer.next() {
                    Some(few) => {
                        most = Some(few);
                        continue;
                    }
                    None if rounds > 0 && candidates.leave_stand_ins() => {
                        rounds = 0;
                        continue;
                    }
                    None => TOO_DENSE_BY,
                },
                Outcome::TooLarge(by) => by,
            };
            if !candidates.keep_nearest(by) {
                break Found::default();
            }
            (rounds, most) = (0, None);
            fewer.by_ref().for_each(drop);
        };
        candidates.cut |= found.grows;
        let listed = listed(
            self.program,
            &search.vocabulary,
            &candidates,
            &found.sets,
            MOST_LISTED,
        );
        if !found.terms.is_empty() {
            self.model.terms = found.terms;
        }
        let count = listed.len();
        let verified = self.verified(search.question, listed, search.hold);
        let cut = match found.complete && found.sets.len() <= MOST_LISTED {
            _ if candidates.cut || verified.len() < count => Some(Cut::Searched),
            true => most.map(Cut::Larger),
            false => Some(Cut::Listed),
        };
        (verified, cut)
    }

    /// The limits of one evaluation of changes. They are counted in work, not in time: the answer is the same on any machine.
    pub(super) fn bounded(&self) -> Limits {
        let Limits { nodes, steps, .. } = self.rerun.limits;
        let rows: usize = self.model.tables.iter().map(Table::len).sum();
        let most = MOST_STEPS + STEPS_A_ROW * rows as u64;
        Limits {
            nodes: Some(nodes.map_or(MOST_NODES, |nodes| nodes.min(MOST_NODES))),
            steps: Some(steps.map_or(most, |steps| steps.min(most))),
            // Its rules are not those of the run.
            costliest: None,
            ..self.rerun.limits.clone()
        }
    }

    /// Evaluates the question with every change of the candidates at once, of `most` sentences where that is told. While there are rounds left, the model is walked for more of
    /// them first; in the last one they are only noticed.
    fn evaluate_variant(
        &self,
        search: &Search<'_>,
        candidates: &Candidates,
        (rounds, most): (usize, Option<usize>),
    ) -> Outcome {
        let variant = Variant::new(self.program, search.question, &search.as_is, candidates);
        let settings = self.rerun.settings;
        let Ok(core) = compile_varied(&variant.program, settings, &variant.variations, most) else {
            return Outcome::TooLarge(2);
        };
        let model = match engine::run(&core, self.model.terms.clone(), &search.limits) {
            Ok(model) => model,
            // A run that ended for the work it is has cost much: the next ones should be few.
            Err(Stopped::Limit {
                limit: Limit::Steps,
                ..
            }) => return Outcome::TooLarge(4),
            Err(Stopped::Limit {
                limit: Limit::Nodes,
                ..
            }) => return Outcome::TooDense,
            Err(_) => return Outcome::TooLarge(3),
        };
        let mut reader = Reader::new(&variant.program, &core, model);
        let question = &variant.program.questions[0];
        let Ok(scope) = reader.scope(
            &question.frame,
            &question.variables,
            question.at,
            Openness::All,
        ) else {
            return Outcome::TooLarge(2);
        };
        let mut grows = false;
        if rounds > 0 {
            let now = variant.now(&mut reader, &scope);
            let before = &candidates.stand_ins;
            let walk = Walk::new(&mut reader, question, now, &search.vocabulary, before);
            let more = walk.candidates(search.hold);
            let new = more.iter().filter(|(new, _)| !candidates.contains(new));
            let new: Vec<&Candidate> = new.map(|(new, _)| new).collect();
            // Of what computes values from values there would be no end.
            let terms = &reader.model.terms;
            grows = new
                .iter()
                .any(|new| !candidates.have_another_value(new, terms));
            if !new.is_empty() && rounds > 1 && candidates.have_room(&more) {
                return Outcome::Grown(more, reader.model.terms);
            }
        }
        let Some(goal) = reader.as_wanted(&variant, &scope, search.hold) else {
            return Outcome::TooLarge(2);
        };
        let start = variant.start(&reader.model.diagram);
        let smallest = reader.model.diagram.flips(goal, &start, MOST_FOUND);
        if reader.model.diagram.exhausted() {
            return Outcome::TooDense;
        }
        let space = reader.model.diagram.space();
        let sets = smallest
            .sets
            .into_iter()
            .map(|set| change::choices(space, set))
            .collect();
        Outcome::Found(Found {
            sets,
            complete: smallest.complete,
            grows,
            terms: reader.model.terms,
        })
    }

    /// After which changes a variant's question is answered as wanted; nothing where that is too much to look into.
    fn as_wanted(&mut self, variant: &Variant, scope: &Scope, hold: bool) -> Option<Label> {
        let question = &variant.program.questions[0];
        let asked = Asked::of(question);
        let holds = self.worlds_where(asked, scope).ok()?;
        let evidence = self
            .evidence(&question.frame, &question.variables, question.at, scope)
            .ok()?;
        let diagram = &mut self.model.diagram;
        let worlds = Worlds {
            all: scope.worlds,
            failing: diagram.without(scope.worlds, holds),
        };
        let left = worlds::after_changes(diagram, variant, evidence, worlds)?;
        Some(match hold {
            true => diagram.without(left.all, left.failing),
            false => left.failing,
        })
    }
}
