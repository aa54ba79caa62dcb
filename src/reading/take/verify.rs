//! Each change made and evaluated: as one outcome of a driver of its own, all of them in one run of the relevant slice.

use super::slice::slice;
use super::variant::plain_driver;
use crate::complaint::Complaint;
use crate::core::{Variation, Varied, compile_varied};
use crate::engine::{self, Stopped};
use crate::program::{DriverId, Frame, Question};
use crate::reading::Reader;
use crate::reading::answer::Change;
use crate::reading::matching::Asked;
use crate::reading::scope::Openness;

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
        let mut program = slice(self.program, question);
        let driver = DriverId(program.drivers.len() as u32);
        program.drivers.push(plain_driver(changes.len().max(2)));
        let numbered = changes.iter().enumerate();
        let variations: Vec<Variation> = numbered
            .flat_map(|(outcome, change)| variations(change, driver, outcome as u32))
            .collect();
        let Ok(core) = compile_varied(&program, self.rerun.settings, &variations) else {
            return Ok(vec![false; changes.len()]);
        };
        let model = engine::run(&core, self.model.terms.clone(), &self.bounded())?;
        let mut reader = Reader::new(&program, &core, model);
        let numbered = changes.iter().enumerate();
        let does = numbered.map(|(outcome, change)| {
            let mut frame = question.frame.clone();
            frame.outcomes.extend(&change.outcomes);
            frame.outcomes.push((driver, outcome));
            reader
                .holds_in(&program.questions[0], &frame)
                .is_ok_and(|holds| holds == hold)
        });
        Ok(does.collect())
    }

    /// Whether a question's condition holds in every open world of a frame.
    fn holds_in(&mut self, question: &Question, frame: &Frame) -> Result<bool, Complaint> {
        let scope = self.scope(frame, &question.variables, question.at, Openness::Now)?;
        let asked = Asked {
            body: &question.body,
            variables: &question.variables,
            at: question.at,
        };
        let holds = self.worlds_where(asked, &scope)?;
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
