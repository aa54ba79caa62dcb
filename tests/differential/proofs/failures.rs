//! Where a sentence does not hold: the proof of its opposite, the arguments of both sides, the loop, how far the rules come.

use super::super::judge::{self, Claim, View};
use super::{Check, Context, stands};
use hence::program::Author;
use hence::reading::proof::{Effect, Settling};
use hence::reading::{Explanation, Status};

impl Check<'_> {
    pub(super) fn failures(
        &mut self,
        asked: &Claim,
        given: &Explanation,
        contexts: &[Context<'_>],
    ) {
        let statuses: Vec<Status> = contexts
            .iter()
            .map(|&context| self.status(asked, context))
            .collect();
        let everywhere = |wanted: Status| statuses.iter().all(|&status| status == wanted);
        if everywhere(Status::Refuted) && given.opposite.is_empty() {
            self.faults
                .push("refuted, but the opposite has no proof".to_owned());
        }
        if everywhere(Status::Contested)
            && given.arguments_for.is_empty()
            && given.arguments_against.is_empty()
        {
            self.faults
                .push("contested, but no argument is given".to_owned());
        }
        if everywhere(Status::Undecided) && given.hangs.is_none() {
            self.faults
                .push("undecided, but no loop is given".to_owned());
        }
        for proof in &given.opposite {
            for context in contexts
                .iter()
                .filter(|context| stands(proof, self.verdict.days[context.day], context))
                .copied()
                .collect::<Vec<_>>()
            {
                self.proof(proof, context, View::Presumed);
            }
        }
        if let [context] = contexts {
            for settling in given.settling.iter().take(2) {
                self.settled(asked, settling, *context);
            }
            for proof in given.arguments_for.iter().chain(&given.arguments_against) {
                self.proof(proof, *context, View::Possible);
            }
        }
        self.attempts(asked, given, contexts);
    }

    /// An `overrides` that is said to settle a sentence does, written into the program.
    pub(super) fn settled(&mut self, asked: &Claim, settling: &Settling, context: Context<'_>) {
        let Settling::Override {
            winner,
            loser,
            effect,
        } = settling
        else {
            return;
        };
        let (Some(winner), Some(loser)) = (&winner.name, &loser.name) else {
            return;
        };
        let author = |name: &smol_str::SmolStr| {
            let rules = &self.program.rules;
            match rules.iter().any(|rule| rule.label.as_ref() == Some(name)) {
                true => Author::Rule(name.clone()),
                false => Author::Reporter(name.clone()),
            }
        };
        let mut program = self.program.clone();
        program.overrides.push((author(winner), author(loser)));
        let verdict = judge::judge(&program, self.scenario, false, self.ambiguity);
        let there = verdict
            .worlds
            .iter()
            .find(|(outcomes, _)| *outcomes == context.world.outcomes);
        let Some((_, findings)) = there else { return };
        let status = findings.status(asked, context.day, &program);
        let fits = match effect {
            Effect::Holds => matches!(status, Status::Certain | Status::Presumed),
            Effect::Refuted => status == Status::Refuted,
            Effect::Unsaid => status == Status::Unknown,
            Effect::Counts { .. } => true,
        };
        if !fits {
            self.faults.push(format!(
                "`{winner} overrides {loser}.` is said to make it {effect:?}, but it is {status:?}"
            ));
        }
    }
}
