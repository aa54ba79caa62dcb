//! Where a sentence does not hold: the proof of its opposite, the arguments of both sides, the loop, how far the rules come.

use super::super::judge::{self, Claim, View};
use super::{Check, Context, stands};
use hence::program::{Author, Ground, Program, Scenario, ScenarioId, Supposition};
use hence::reading::proof::{Effect, Named, Settling};
use hence::reading::{Explanation, Status};
use hence::text::Span;

/// Of what would settle a sentence so much is tried.
const MOST_SETTLED: usize = 4;

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
            for settling in given.settling.iter().take(MOST_SETTLED) {
                self.settled(asked, settling, *context);
            }
            for proof in given.arguments_for.iter().chain(&given.arguments_against) {
                self.proof(proof, *context, View::Possible);
            }
        }
        self.attempts(asked, given, contexts);
    }

    /// What is said to settle a sentence does, written into the program.
    fn settled(&mut self, asked: &Claim, settling: &Settling, context: Context<'_>) {
        match settling {
            Settling::Override {
                winner,
                loser,
                effect,
            } => self.settled_by_override(asked, (winner, loser, *effect), context),
            Settling::Premise { enough: false, .. } => {}
            Settling::Premise { side, terms, .. } => {
                let premise = Claim {
                    relation: side.relation,
                    negative: side.negative,
                    terms: terms.clone(),
                };
                self.settled_by_premise(asked, &premise, context);
            }
        }
    }

    fn settled_by_override(
        &mut self,
        asked: &Claim,
        (winner, loser, effect): (&Named, &Named, Effect),
        context: Context<'_>,
    ) {
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
        let Some(status) = self.status_in(&program, self.scenario, asked, context) else {
            return;
        };
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

    /// Supposed, or its opposite supposed, a premise makes the sentence something else than contested. A scenario that extends the
    /// one asked about supposes it: stated as a fact, what is dropped there would be gone again.
    fn settled_by_premise(&mut self, asked: &Claim, premise: &Claim, context: Context<'_>) {
        let terms: Option<Vec<_>> = (premise.terms.iter())
            .map(|&term| self.program.terms.find(&self.terms.get(term)))
            .collect();
        let Some(terms) = terms else { return };
        let settles = [false, true].into_iter().any(|turned| {
            let mut program = self.program.clone();
            let supposing = ScenarioId(program.scenarios.len() as u32);
            program.scenarios.push(Scenario {
                label: "".into(),
                title: None,
                extends: Some(self.scenario),
                suppositions: vec![Supposition {
                    literal: Ground {
                        relation: premise.relation,
                        negative: premise.negative != turned,
                        terms: terms.clone(),
                    },
                    drop: false,
                    period: None,
                    citations: Vec::new(),
                    at: Span::default(),
                }],
                at: Span::default(),
            });
            let status = self.status_in(&program, supposing, asked, context);
            status.is_none_or(|status| status != Status::Contested)
        });
        if !settles {
            self.faults
                .push(format!("whether {premise:?} does not settle it"));
        }
    }

    /// How a sentence stands in the same context of another program, in one of its scenarios.
    fn status_in(
        &self,
        program: &Program,
        scenario: ScenarioId,
        asked: &Claim,
        context: Context<'_>,
    ) -> Option<Status> {
        let verdict = judge::judge(program, scenario, false, self.ambiguity);
        let there =
            (verdict.worlds.iter()).find(|(outcomes, _)| *outcomes == context.world.outcomes);
        Some(there?.1.status(asked, context.day, program))
    }
}
