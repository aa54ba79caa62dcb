//! `what would it take for S?`: the smallest changes of facts and outcomes that make S hold, or break it where it holds.
//!
//! [`walk`] gathers what could be otherwise, [`variant`] makes each of it a driver of its own, and one evaluation of that has all
//! changes in its labels: the smallest are read off, and [`verify`] makes each of them and looks. A model that shows new ways to the
//! sentence is walked again.

mod candidates;
mod change;
#[cfg(test)]
mod laws;
mod partial;
mod slice;
mod variant;
mod verify;
mod walk;

use super::Reader;
use super::answer::{Change, Cut, Status, WhatItTakes};
use super::matching::Asked;
use super::scope::{Openness, Scope};
use super::standing::Standing;
use crate::complaint::Complaint;
use crate::core::compile_varied;
use crate::engine::limits::Limit;
use crate::engine::{self, Limits, Stopped};
use crate::label::Label;
use crate::model::Table;
use crate::program::Question;
use crate::value::Terms;
use candidates::Candidates;
use change::{Choices, listed};
use variant::{AsIs, Variant, as_is};
use walk::Walk;

/// Changes that an answer lists, and those among which it chooses.
const MOST_LISTED: usize = 20;
const MOST_FOUND: usize = 400;
/// Evaluations, each of which may show new candidates.
const MOST_ROUNDS: usize = 4;
/// Nodes of labels in one evaluation.
const MOST_NODES: usize = 200_000;
/// Steps of joins in one evaluation: so many, and so many for each row of the model.
const MOST_STEPS: u64 = 4_000_000;
const STEPS_A_ROW: u64 = 20;

/// What stays the same through one search.
struct Search<'q> {
    question: &'q Question,
    /// Whether the sentence is to hold, or to stop holding.
    hold: bool,
    as_is: Vec<AsIs>,
    limits: Limits,
}

/// What came of one evaluation.
enum Outcome {
    /// Its labels grew too large, or it met another limit: by so much, as far as can be told.
    TooLarge(usize),
    /// Its model shows more candidates.
    Grown(Candidates),
    Found(Found),
}

/// The smallest sets of choices, and the terms that they are in.
#[derive(Default)]
struct Found {
    sets: Vec<Choices>,
    /// Whether these are all.
    complete: bool,
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
        let whole = self.whole(question)?;
        let (status, extent) = self.overall(whole, &scope);
        let holds = matches!(status, Status::Certain | Status::Presumed);
        let (found, cut) = self.changes(question, &scope, !holds);
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
        })
    }

    /// How a condition stands for its best binding.
    fn whole(&mut self, question: &Question) -> Result<Standing, Complaint> {
        let asked = Asked {
            body: &question.body,
            variables: &question.variables,
            at: question.at,
        };
        let mut rows = self.matches(asked)?.rows.into_values();
        let first = rows.next().unwrap_or(Standing::UNKNOWN);
        Ok(rows.fold(first, |whole, standing| {
            whole.or(standing, &mut self.model.diagram)
        }))
    }

    fn changes(
        &mut self,
        question: &Question,
        scope: &Scope,
        hold: bool,
    ) -> (Vec<Change>, Option<Cut>) {
        let search = Search {
            question,
            hold,
            as_is: as_is(self, scope),
            limits: self.bounded(),
        };
        let now = self.region(scope);
        let mut candidates = Walk::new(self, question, now).candidates(hold);
        let mut rounds = MOST_ROUNDS;
        let found = loop {
            match self.evaluate_variant(&search, &candidates, rounds > 1) {
                Outcome::Found(found) => break found,
                Outcome::Grown(more) => {
                    rounds = if candidates.merge(more) {
                        rounds - 1
                    } else {
                        1
                    }
                }
                Outcome::TooLarge(by) if candidates.keep_nearest(by) => rounds = 1,
                Outcome::TooLarge(_) => break Found::default(),
            }
        };
        let cut = match found.complete && found.sets.len() <= MOST_LISTED {
            _ if candidates.cut => Some(Cut::Searched),
            true => None,
            false => Some(Cut::Listed),
        };
        let listed = listed(self.program, &candidates, &found.sets, MOST_LISTED);
        if !found.terms.is_empty() {
            self.model.terms = found.terms;
        }
        match self.verified(question, listed, hold) {
            Some(verified) => (verified, cut),
            None => (Vec::new(), Some(Cut::Searched)),
        }
    }

    /// The limits of one evaluation of changes. They are counted in work, not in time: the answer is the same on any machine.
    fn bounded(&self) -> Limits {
        let Limits { nodes, steps, .. } = self.rerun.limits;
        let rows: usize = self.model.tables.iter().map(Table::len).sum();
        let most = MOST_STEPS + STEPS_A_ROW * rows as u64;
        Limits {
            nodes: Some(nodes.map_or(MOST_NODES, |nodes| nodes.min(MOST_NODES))),
            steps: Some(steps.map_or(most, |steps| steps.min(most))),
            ..self.rerun.limits.clone()
        }
    }

    /// Evaluates the question with every change of the candidates at once. With `grow`, the model is walked for more of them first.
    fn evaluate_variant(
        &self,
        search: &Search<'_>,
        candidates: &Candidates,
        grow: bool,
    ) -> Outcome {
        let variant = Variant::new(self.program, search.question, &search.as_is, candidates);
        let settings = self.rerun.settings;
        let Ok(core) = compile_varied(&variant.program, settings, &variant.variations) else {
            return Outcome::TooLarge(2);
        };
        let model = match engine::run(&core, self.model.terms.clone(), &search.limits) {
            Ok(model) => model,
            // A run that ended for the work it is has cost much: the next ones should be few.
            Err(Stopped::Limit {
                limit: Limit::Steps,
                ..
            }) => return Outcome::TooLarge(4),
            Err(_) => return Outcome::TooLarge(2),
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
        if grow {
            let now = variant.now(&mut reader, &scope);
            let more = Walk::new(&mut reader, question, now).candidates(search.hold);
            if more
                .iter()
                .any(|(candidate, _)| !candidates.contains(candidate))
            {
                return Outcome::Grown(more);
            }
        }
        let Ok(goal) = reader.as_wanted(&variant, &scope, search.hold) else {
            return Outcome::TooLarge(2);
        };
        let start = variant.start(&reader.model.diagram);
        let smallest = reader.model.diagram.flips(goal, &start, MOST_FOUND);
        if reader.model.diagram.exhausted() {
            return Outcome::TooLarge(2);
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
            terms: reader.model.terms,
        })
    }

    /// Where a variant's question is answered as wanted.
    fn as_wanted(
        &mut self,
        variant: &Variant,
        scope: &Scope,
        hold: bool,
    ) -> Result<Label, Complaint> {
        let question = &variant.program.questions[0];
        let asked = Asked {
            body: &question.body,
            variables: &question.variables,
            at: question.at,
        };
        let holds = self.worlds_where(asked, scope)?;
        let diagram = &mut self.model.diagram;
        let failing = diagram.without(scope.worlds, holds);
        if !hold {
            return Ok(variant.with_open(diagram, (failing, scope.worlds), false).0);
        }
        let met = diagram.not(failing);
        let (met, worlds) = variant.with_open(diagram, (met, scope.worlds), true);
        Ok(diagram.and(met, worlds))
    }
}
