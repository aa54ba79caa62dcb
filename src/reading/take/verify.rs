//! Each change made and evaluated: as one outcome of a driver of its own, all of them in one run of the relevant slice.

use super::slice::slice;
use super::variant::plain_driver;
use crate::complaint::Complaint;
use crate::core::{Variation, Varied, compile_varied};
use crate::engine::{self, Stopped};
use crate::program::{
    Argument, Body, DriverId, Frame, Ground, Literal, Question, QuestionKind, Variables,
};
use crate::reading::matching::Asked;
use crate::reading::proof::Moment;
use crate::reading::scope::Openness;
use crate::reading::{Change, Reader, Status};
use crate::text::Span;

/// Changes that are tried one by one where they cannot be tried together.
const MOST_ALONE: usize = 20;

impl Reader<'_> {
    /// The changes under which the question's condition holds in every open world, or (`hold` false) under which it does not. Those that are
    /// too much to evaluate are not among them.
    pub(super) fn verified(
        &self,
        question: &Question,
        changes: Vec<Change>,
        hold: bool,
    ) -> Vec<Change> {
        if changes.is_empty() {
            return changes;
        }
        match self.tried(question, &changes, hold) {
            Ok(do_so) => keep(changes, &do_so),
            // With one of them something cannot be computed, which says nothing of the others.
            Err(Stopped::Trouble { .. }) => {
                let mut alone = changes;
                alone.truncate(MOST_ALONE);
                let tried =
                    |change: &Change| self.tried(question, std::slice::from_ref(change), hold);
                let do_so: Vec<bool> = (alone.iter())
                    .map(|change| tried(change).is_ok_and(|does| does == [true]))
                    .collect();
                keep(alone, &do_so)
            }
            Err(Stopped::Limit { .. }) => Vec::new(),
        }
    }

    /// For each change whether it does what is wanted.
    fn tried(
        &self,
        question: &Question,
        changes: &[Change],
        hold: bool,
    ) -> Result<Vec<bool>, Stopped> {
        let does = self.after(question, changes, |reader, question, frame| {
            reader.holds_in(question, frame)
        })?;
        let does = does.into_iter();
        Ok(does.map(|holds| holds == Some(hold)).collect())
    }

    /// How a sentence stands in one context after each change; `None` where that cannot be said.
    pub(in crate::reading) fn statuses_after(
        &self,
        sentence: &Ground,
        moment: &Moment,
        changes: &[Change],
    ) -> Vec<Option<Status>> {
        let literal = Literal {
            relation: sentence.relation,
            negative: sentence.negative,
            arguments: (sentence.terms.iter())
                .map(|&term| Argument::Constant(term))
                .collect(),
            at: Span::default(),
        };
        let question = Question {
            kind: QuestionKind::Plain,
            body: Body::Literal(literal),
            variables: Variables::default(),
            frame: self.frame_of(moment),
            text: String::new(),
            at: Span::default(),
        };
        let stands = self.after(&question, changes, |reader, question, frame| {
            reader.stands_in(question, frame)
        });
        stands.unwrap_or_else(|_| vec![None; changes.len()])
    }

    /// What a question's answer is told from after each change, all of them made in one run.
    fn after<T: Clone>(
        &self,
        question: &Question,
        changes: &[Change],
        told: impl Fn(&mut Reader<'_>, &Question, &Frame) -> Result<T, Complaint>,
    ) -> Result<Vec<Option<T>>, Stopped> {
        let mut program = slice(self.program, question);
        let driver = DriverId(program.drivers.len() as u32);
        program.drivers.push(plain_driver(changes.len().max(2)));
        let numbered = changes.iter().enumerate();
        let variations: Vec<Variation> = numbered
            .flat_map(|(outcome, change)| variations(change, driver, outcome as u32))
            .collect();
        let Ok(core) = compile_varied(&program, self.rerun.settings, &variations, None) else {
            return Ok(vec![None; changes.len()]);
        };
        let model = engine::run(&core, self.model.terms.clone(), &self.bounded())?;
        let mut reader = Reader::new(&program, &core, model);
        let numbered = changes.iter().enumerate();
        let all = numbered.map(|(outcome, change)| {
            let mut frame = question.frame.clone();
            frame.outcomes.extend(&change.outcomes);
            frame.outcomes.push((driver, outcome));
            told(&mut reader, &program.questions[0], &frame).ok()
        });
        Ok(all.collect())
    }

    /// How a question's sentence stands in a frame.
    fn stands_in(&mut self, question: &Question, frame: &Frame) -> Result<Status, Complaint> {
        let scope = self.scope(frame, &question.variables, question.at, Openness::Now)?;
        let standing = self
            .matches(Asked::of(question))?
            .best(&mut self.model.diagram);
        Ok(self.overall(standing, &scope).0)
    }

    /// Whether a question's condition holds in every open world of a frame.
    fn holds_in(&mut self, question: &Question, frame: &Frame) -> Result<bool, Complaint> {
        let scope = self.scope(frame, &question.variables, question.at, Openness::Now)?;
        let holds = self.worlds_where(Asked::of(question), &scope)?;
        Ok(self.model.diagram.without(scope.worlds, holds).is_never())
    }
}

fn keep(changes: Vec<Change>, which: &[bool]) -> Vec<Change> {
    let kept = changes.into_iter().zip(which).filter(|(_, keep)| **keep);
    kept.map(|(change, _)| change).collect()
}

/// What a change supposes and drops, in one outcome of a driver.
fn variations(
    change: &Change,
    driver: DriverId,
    outcome: u32,
) -> impl Iterator<Item = Variation> + '_ {
    let supposed = change
        .suppose
        .iter()
        .map(|supposed| Varied::Supposed(supposed.sentence.clone()));
    let dropped = change
        .drop
        .iter()
        .map(|gone| Varied::Gone(gone.sentence.clone(), gone.standing.clone()));
    supposed.chain(dropped).map(move |change| Variation {
        driver,
        outcome,
        change,
    })
}
