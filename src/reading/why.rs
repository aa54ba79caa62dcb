//! `why S?` and `why not S?`: the proof where it holds, and where it does not how far each rule comes and what beats it.

use super::Reader;
use super::answer::{Explanation, Finding, Got, Status};
use super::matching::{Asked, Binding, pattern};
use super::proof::{Depth, Minimal, Moment, Proof};
use super::scope::{Openness, Scope};
use super::standing::Standing;
use crate::complaint::Complaint;
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Argument, Body, Expectation, Frame, Literal, Question, QuestionKind};
use crate::value::Term;

/// A literal with open places.
pub(super) type Pattern = (Side, Vec<Option<Term>>);

/// Proofs shown where worlds or times differ, and rows explained of an open question.
const MOST_PROOFS: usize = 6;

impl Reader<'_> {
    /// Explains how a question's sentence stands.
    ///
    /// # Errors
    /// As for [`answer`](Reader::answer).
    pub fn explain(&mut self, question: &Question) -> Result<Explanation, Complaint> {
        let why_not = question.kind == QuestionKind::WhyNot;
        self.explain_asked(Asked::of(question), &question.frame, why_not)
    }

    /// Says why a finding of an expectation came out as it did; `None` where there is no sentence to explain.
    ///
    /// # Errors
    /// As for [`expect`](Reader::expect).
    pub fn reason(
        &mut self,
        expectation: &Expectation,
        finding: &Finding,
    ) -> Result<Option<Explanation>, Complaint> {
        let Expectation {
            variables,
            frame,
            at,
            ..
        } = expectation;
        match &finding.got {
            Got::Status { .. } => {
                let asked = Asked {
                    body: &expectation.bodies[finding.body],
                    variables,
                    at: *at,
                };
                self.explain_asked(asked, frame, false).map(Some)
            }
            Got::Holds(sentences) => {
                let Some((relation, terms)) = sentences.first() else {
                    return Ok(None);
                };
                let arguments = terms.iter().map(|&term| Argument::Constant(term)).collect();
                let body = Body::Literal(Literal {
                    relation: *relation,
                    negative: false,
                    arguments,
                    at: *at,
                });
                self.explain_asked(
                    Asked {
                        body: &body,
                        variables,
                        at: *at,
                    },
                    frame,
                    false,
                )
                .map(Some)
            }
            Got::Likelihood(_) | Got::NoWorld => Ok(None),
        }
    }

    fn explain_asked(
        &mut self,
        asked: Asked<'_>,
        frame: &Frame,
        why_not: bool,
    ) -> Result<Explanation, Complaint> {
        let scope = self.scope(frame, asked.variables, asked.at, Openness::Now)?;
        let matches = self.matches(asked)?;
        let only = matches.rows.len() == 1;
        let mut whole = Standing::UNKNOWN;
        let mut rows: Vec<(Binding, Standing)> = Vec::new();
        for (row, standing) in matches.rows {
            whole = if only {
                standing
            } else {
                whole.or(standing, &mut self.model.diagram)
            };
            let worlds = self.in_worlds(standing.holds, &scope);
            if only || !self.model.diagram.and(worlds, scope.worlds).is_never() {
                let mut binding: Binding = vec![None; asked.variables.0.len()];
                for (column, term) in matches.columns.iter().zip(row) {
                    binding[column.0 as usize] = Some(term);
                }
                rows.push((binding, standing));
            }
        }
        if rows.is_empty() {
            rows.push((vec![None; asked.variables.0.len()], Standing::UNKNOWN));
        }
        let (status, extent) = self.overall_and_otherwise(whole, &scope);
        let mut explanation = Explanation {
            status,
            extent,
            asked: self.options,
            why_not,
            ..Explanation::default()
        };
        explanation.cut = rows.len() > MOST_PROOFS;
        let single = match &rows[..] {
            [(binding, _)] => Some(binding.clone()),
            _ => None,
        };
        for (binding, standing) in rows.into_iter().take(MOST_PROOFS) {
            self.explain_row(asked, &binding, standing, &scope, &mut explanation);
        }
        if let Some(binding) = single {
            self.add_elsewhere(asked, &binding, &scope, &mut explanation);
        }
        Ok(explanation)
    }

    /// Explains one binding of what was asked. Sentences joined by `and` are explained one by one; what holds only together (a
    /// comparison, an aggregate, an `unless`) as a whole.
    fn explain_row(
        &mut self,
        asked: Asked<'_>,
        binding: &Binding,
        standing: Standing,
        scope: &Scope,
        explanation: &mut Explanation,
    ) {
        let mut parts = Vec::new();
        let simple = literals(asked.body, &mut |literal| {
            parts.push(pattern(literal, binding))
        });
        parts.dedup();
        if simple {
            parts
                .iter()
                .for_each(|part| self.explain_part(part, scope, explanation));
            return;
        }
        let region = self.region(scope);
        let holds = self.model.diagram.and(standing.holds, region);
        self.add_proofs(Goal::Together(asked, binding), holds, scope, explanation);
        let fails = self.failing(holds, region, scope);
        if let Some(moment) = self.moment_in(fails) {
            let attempt = self.attempt_at(
                Some(asked.body),
                asked.variables,
                asked.at,
                binding.clone(),
                &moment,
            );
            explanation.attempts.extend(
                attempt.map(|(attempt, _)| attempt).filter(|attempt| {
                    !attempt.missing.is_empty() || !attempt.defeated_by.is_empty()
                }),
            );
            for part in &parts {
                self.explain_failure(part, &moment, fails, scope, explanation);
            }
        }
    }

    fn explain_part(&mut self, part: &Pattern, scope: &Scope, explanation: &mut Explanation) {
        let region = self.region(scope);
        let (side, pattern) = part;
        let Some(terms) = ground(pattern) else {
            if let Some(moment) = self.moment_in(region) {
                explanation
                    .attempts
                    .extend(self.attempts(*side, pattern, &moment));
                explanation.nearby = explanation
                    .nearby
                    .take()
                    .or_else(|| self.nearest(*side, pattern, &moment));
            }
            return;
        };
        let standing = self.standing(*side, &terms);
        let holds = self.model.diagram.and(standing.holds, region);
        self.add_proofs(Goal::Sentence(*side, &terms), holds, scope, explanation);
        if let Some(&label) = self.contradicted.get(&(side.relation, terms.clone())) {
            let both = self.model.diagram.and(label, region);
            if let Some(moment) = self.moment_in(both) {
                let depth = self.depth();
                let (mut proof, stands) = self.prove(side.opposite(), &terms, &moment, depth);
                self.extend_of(&mut proof, stands, both, scope);
                explanation.opposite.push(proof);
            }
        }
        let fails = self.failing(holds, region, scope);
        if let Some(moment) = self.moment_in(fails) {
            self.explain_failure(part, &moment, fails, scope, explanation);
        }
    }

    /// Where what was asked does not hold. Without a present a sentence holds where it does at some time: what is left are the
    /// worlds where it never does.
    pub(super) fn failing(&mut self, holds: Label, region: Label, scope: &Scope) -> Label {
        let fails = self.model.diagram.without(region, holds);
        if scope.segment.is_some() || holds.is_never() {
            return fails;
        }
        let sometime = self.in_worlds(holds, scope);
        self.model.diagram.without(fails, sometime)
    }

    pub(super) fn explain_failure(
        &mut self,
        (side, pattern): &Pattern,
        moment: &Moment,
        fails: Label,
        scope: &Scope,
        explanation: &mut Explanation,
    ) {
        let Some(terms) = ground(pattern) else {
            explanation
                .attempts
                .extend(self.attempts(*side, pattern, moment));
            return;
        };
        let status = self.status_at(*side, &terms, moment);
        if matches!(status, Status::Certain | Status::Presumed) {
            return;
        }
        explanation
            .attempts
            .extend(self.attempts(*side, pattern, moment));
        match status {
            Status::Refuted => {
                let depth = self.depth();
                let (mut proof, stands) = self.prove(side.opposite(), &terms, moment, depth);
                self.extend_of(&mut proof, stands, fails, scope);
                let view = if proof.nodes[0].status == Status::Certain {
                    View::Certain
                } else {
                    View::Presumed
                };
                let others = self.arguments(side.opposite(), &terms, view, moment);
                let others = others
                    .into_iter()
                    .filter(|other| other.nodes[0].by != proof.nodes[0].by);
                explanation.arguments_against.extend(others);
                explanation.opposite.push(proof);
            }
            Status::Contested => {
                let sentence = (*side, terms.clone());
                explanation.contested.get_or_insert(sentence);
                // A rival value speaks for the opposite.
                let speaking = match side.negative {
                    true => self.opponents(side.opposite(), &terms, moment),
                    false => vec![(*side, terms.clone())],
                };
                for (side, terms) in speaking {
                    explanation.arguments_for.extend(self.arguments(
                        side,
                        &terms,
                        View::Possible,
                        moment,
                    ));
                }
                for (against, other) in self.opponents(*side, &terms, moment) {
                    explanation.arguments_against.extend(self.arguments(
                        against,
                        &other,
                        View::Possible,
                        moment,
                    ));
                }
                explanation
                    .settling
                    .extend(self.settling(*side, &terms, moment));
            }
            Status::Undecided => {
                let hangs = explanation.hangs.take();
                explanation.hangs = hangs.or_else(|| self.loop_of(*side, &terms, moment));
            }
            _ => {
                let when = self.elsewhen(*side, pattern, moment);
                explanation.elsewhen = explanation.elsewhen.take().or(when);
                let found = self.nearest(*side, pattern, moment);
                explanation.nearby = explanation.nearby.take().or(found);
            }
        }
    }

    fn depth(&self) -> Depth {
        Depth {
            most: self.options.depth.unwrap_or(usize::MAX),
            defeated: !self.options.brief,
        }
    }

    /// A proof for each part of the contexts in which what was asked holds for reasons of its own.
    fn add_proofs(
        &mut self,
        goal: Goal<'_>,
        holds: Label,
        scope: &Scope,
        explanation: &mut Explanation,
    ) {
        let mut rest = holds;
        let mut shown = 0;
        let mut found: Vec<(Proof, Label)> = Vec::new();
        while let Some(moment) = self.moment_in(rest) {
            if shown == MOST_PROOFS {
                explanation.cut = true;
                break;
            }
            let mut covered = Label::ALWAYS;
            for (mut proof, stands) in self.proofs_at(goal, &moment, &mut explanation.cut) {
                covered = self.model.diagram.and(covered, stands);
                self.extend_of(&mut proof, stands, holds, scope);
                found.push((proof, self.model.diagram.and(stands, holds)));
            }
            shown += 1;
            let remaining = self.uncovered(rest, covered, scope);
            rest = if remaining == rest {
                Label::NEVER
            } else {
                remaining
            };
        }
        for (place, (proof, stands)) in found.iter().enumerate() {
            let needed = self.options.all || !self.is_covered(*stands, &found, place);
            if needed && !explanation.proofs.contains(proof) {
                explanation.proofs.push(proof.clone());
            }
        }
    }

    /// Whether another proof stands wherever one does: the first such of equals is kept.
    fn is_covered(&mut self, stands: Label, all: &[(Proof, Label)], place: usize) -> bool {
        all.iter().enumerate().any(|(other, &(_, more))| {
            other != place
                && self.model.diagram.within(stands, more)
                && (other < place || !self.model.diagram.within(more, stands))
        })
    }

    /// What a proof leaves to be shown. At no fixed time it is enough that the sentence holds at some time in each world.
    fn uncovered(&mut self, rest: Label, covered: Label, scope: &Scope) -> Label {
        let covered = if scope.segment.is_none() && !self.options.all {
            let both = self.model.diagram.and(rest, covered);
            self.in_worlds(both, scope)
        } else {
            covered
        };
        self.model.diagram.without(rest, covered)
    }

    fn proofs_at(
        &mut self,
        goal: Goal<'_>,
        moment: &Moment,
        cut: &mut bool,
    ) -> Vec<(Proof, Label)> {
        let depth = self.depth();
        match goal {
            Goal::Together(asked, binding) => self
                .prove_together(asked, binding, View::Presumed, moment, depth)
                .into_iter()
                .collect(),
            Goal::Sentence(side, terms) if self.options.all => {
                let Minimal { proofs, cut: more } = self.minimal_proofs(side, terms, moment, depth);
                *cut |= more;
                proofs
            }
            Goal::Sentence(side, terms) => vec![self.prove(side, terms, moment, depth)],
        }
    }

    /// Says where a proof stands, if not wherever was asked.
    fn extend_of(&mut self, proof: &mut Proof, stands: Label, within: Label, scope: &Scope) {
        let stands = self.model.diagram.and(stands, within);
        let said = |extent: &super::Extent| extent.when.is_some() || extent.worlds.is_some();
        proof.extents = self
            .extents(stands, scope)
            .into_iter()
            .filter(said)
            .collect();
    }
}

/// What is to be proved.
#[derive(Clone, Copy)]
enum Goal<'a> {
    Sentence(Side, &'a [Term]),
    /// A condition with values for its named variables.
    Together(Asked<'a>, &'a Binding),
}

fn ground(pattern: &[Option<Term>]) -> Option<Vec<Term>> {
    pattern.iter().copied().collect()
}

/// Calls back for the literals of a condition, exceptions left out. Whether it is nothing but literals joined by `and`.
pub(super) fn literals(body: &Body, visit: &mut impl FnMut(&Literal)) -> bool {
    match body {
        Body::Literal(literal) => {
            visit(literal);
            true
        }
        Body::And(parts) => {
            let simple: Vec<bool> = parts.iter().map(|part| literals(part, visit)).collect();
            simple.into_iter().all(|simple| simple)
        }
        Body::Or(parts) => {
            parts.iter().for_each(|part| {
                literals(part, visit);
            });
            false
        }
        Body::Unless { body, .. } => {
            body.iter().for_each(|body| {
                literals(body, visit);
            });
            false
        }
        Body::Comparison { .. } | Body::Aggregate(_) => false,
    }
}
