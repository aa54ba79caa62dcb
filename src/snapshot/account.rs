//! Which edits account for a change: a smallest part of them that, made to the recorded case, has the conclusion stand as it does now.
//!
//! Halves are tried first (QuickXplain: Junker, Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004), which
//! takes few evaluations where few edits matter. What follows need not grow with what is stated, so what is found is tried again,
//! and each part of it left out once.

use super::change::Wanted;
use super::edit::Edits;
use super::standings::{Standings, standings};
use crate::files::Case;
use crate::session::{self, Evaluation, Unsolved, Why};
use crate::value::Terms;
use std::collections::HashMap;

/// Evaluations that are tried for one file, fewer where each is large.
const MOST_EVALUATIONS: usize = 400;

/// Statements and conclusions that these may go through together.
const MOST_WORK: usize = 20_000_000;

/// What accounts for a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// These edits, by place; none of them can be left out.
    Edits(Vec<usize>),
    /// Some of these edits: there were too many to try.
    Among(Vec<usize>),
    /// No edit: the recorded case comes to the same today.
    NoEdit,
    /// It was not worked out, since these files have too many statements to record.
    Unlisted(Vec<String>),
    /// The recorded statements with all edits do not come to it.
    Unknown,
}

impl Because {
    /// The edits that account for it or may do so.
    pub fn edits(&self) -> &[usize] {
        match self {
            Self::Edits(edits) | Self::Among(edits) => edits,
            Self::NoEdit | Self::Unlisted(_) | Self::Unknown => &[],
        }
    }

    /// What there is to say where edits alone do not account for it.
    pub fn remark(&self) -> Option<String> {
        match self {
            Self::Edits(_) => None,
            Self::Among(_) => Some("some of these edits; there were too many to try".into()),
            Self::NoEdit => Some(
                "no edit: what is recorded comes to the same with this version of hence".into(),
            ),
            Self::Unlisted(files) => {
                let files = files.join(", ");
                Some(format!(
                    "not worked out: there are too many statements to record in {files}"
                ))
            }
            Self::Unknown => Some("no edit that was recorded".into()),
        }
    }
}

/// Evaluations of the recorded case with some of the edits.
pub(super) struct Trials<'a> {
    edits: &'a Edits,
    evaluation: &'a Evaluation,
    terms: &'a Terms,
    wanted: &'a [Wanted],
    /// By what is made: which of the changes are there. `None` where it is no case.
    known: HashMap<Vec<bool>, Option<Vec<bool>>>,
    left: usize,
    /// What the recorded statements come to.
    recorded: Option<Standings>,
}

/// Why a trial has no outcome.
enum Ended {
    /// Enough were tried.
    Spent,
    Unsolved(Unsolved),
}

impl<'a> Trials<'a> {
    pub fn new(
        edits: &'a Edits,
        (evaluation, terms): (&'a Evaluation, &'a Terms),
        wanted: &'a [Wanted],
        size: usize,
    ) -> Self {
        Self {
            edits,
            evaluation,
            terms,
            wanted,
            known: HashMap::new(),
            recorded: None,
            left: (MOST_WORK / size.max(1)).clamp(8, MOST_EVALUATIONS),
        }
    }

    /// What accounts for the change of this number.
    ///
    /// # Errors
    /// When a limit ends an evaluation.
    pub fn account(&mut self, change: usize) -> Result<Because, Unsolved> {
        if !self.edits.unlisted.is_empty() {
            return Ok(Because::Unlisted(self.edits.unlisted.clone()));
        }
        let mut best: Vec<usize> = (0..self.edits.edits.len()).collect();
        match self.search(change, &mut best) {
            Ok(found) => Ok(found),
            Err(Ended::Spent) => Ok(Because::Among(best)),
            Err(Ended::Unsolved(unsolved)) => Err(unsolved),
        }
    }

    /// How the sentence of a change stands without any edit, once that was tried.
    pub fn stood(&self, change: usize) -> Option<&str> {
        self.wanted[change].stands(self.recorded.as_ref()?)
    }

    fn search(&mut self, change: usize, best: &mut Vec<usize>) -> Result<Because, Ended> {
        if self.comes(change, &[])? {
            return Ok(Because::NoEdit);
        }
        if !self.comes(change, best)? {
            return Ok(Because::Unknown);
        }
        let found = self.explain(change, Vec::new(), false, best)?;
        if self.comes(change, &found)? {
            *best = found;
        }
        for edit in best.clone() {
            let fewer: Vec<usize> = best
                .iter()
                .copied()
                .filter(|&other| other != edit)
                .collect();
            if self.comes(change, &fewer)? {
                *best = fewer;
            }
        }
        Ok(Because::Edits(best.clone()))
    }

    /// A part of the edits that has the change come beside those that are made already.
    fn explain(
        &mut self,
        change: usize,
        made: Vec<usize>,
        is_new: bool,
        edits: &[usize],
    ) -> Result<Vec<usize>, Ended> {
        if is_new && self.comes(change, &made)? {
            return Ok(Vec::new());
        }
        if edits.len() <= 1 {
            return Ok(edits.to_vec());
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        let with_first = [&made, first].concat();
        let mut of_second = self.explain(change, with_first, true, second)?;
        let with_second = [&made[..], &of_second].concat();
        let mut of_first = self.explain(change, with_second, !of_second.is_empty(), first)?;
        of_first.append(&mut of_second);
        Ok(of_first)
    }

    /// Whether the change comes with these edits.
    fn comes(&mut self, change: usize, edits: &[usize]) -> Result<bool, Ended> {
        let mut is_made = vec![false; self.edits.edits.len()];
        edits.iter().for_each(|&edit| is_made[edit] = true);
        if !self.known.contains_key(&is_made) {
            self.left = self.left.checked_sub(1).ok_or(Ended::Spent)?;
            let outcome = self.evaluate(&is_made)?;
            self.known.insert(is_made.clone(), outcome);
        }
        let outcome = self.known.get(&is_made).and_then(Option::as_ref);
        Ok(outcome.is_some_and(|come| come[change]))
    }

    fn evaluate(&mut self, is_made: &[bool]) -> Result<Option<Vec<bool>>, Ended> {
        let case = Case {
            terms: self.terms.clone(),
            ..self.edits.case(is_made)
        };
        let solved = session::prepare(case, self.evaluation, &[]).and_then(|prepared| {
            let mut reader = prepared.solve(self.evaluation)?;
            standings(&mut reader, &prepared.frame)
                .map_err(|complaint| prepared.complain(complaint))
        });
        match solved {
            Ok(standings) => {
                let come = self.wanted.iter().map(|wanted| wanted.comes_in(&standings));
                let come = come.collect();
                if !is_made.contains(&true) {
                    self.recorded = Some(standings);
                }
                Ok(Some(come))
            }
            // Some of the edits alone may make no case.
            Err(unsolved) if unsolved.why == Why::Wrong => Ok(None),
            Err(unsolved) => Err(Ended::Unsolved(unsolved)),
        }
    }
}
