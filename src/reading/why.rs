//! `why S?` and `why not S?`: the proof where it holds, and where it does not how far each rule comes and what beats it.

use super::Reader;
use super::answer::{Explanation, Status};
use super::matching::{Asked, Binding, value};
use super::proof::{By, Choices, Claim, Depth, Proof};
use super::scope::{Openness, Scope};
use super::standing::Standing;
use crate::complaint::Complaint;
use crate::core::Side;
use crate::label::Label;
use crate::program::{Body, Literal, Question};
use crate::value::Term;
use std::collections::BTreeSet;

/// A literal with open places.
type Pattern = (Side, Vec<Option<Term>>);

/// Proofs shown where worlds or times differ, and rows explained of an open question.
const MOST_PROOFS: usize = 6;
/// Proofs that `--all` looks at.
const MOST_PATHS: usize = 500;

impl Reader<'_> {
    /// Explains how a question's sentence stands.
    ///
    /// # Errors
    /// As for [`answer`](Reader::answer).
    pub fn explain(&mut self, question: &Question) -> Result<Explanation, Complaint> {
        let scope = self.scope(&question.frame, &question.variables, question.at, Openness::Now)?;
        let asked = Asked { body: &question.body, variables: &question.variables, at: question.at };
        let matches = self.matches(asked)?;
        let mut whole = Standing::UNKNOWN;
        let mut parts: Vec<Pattern> = Vec::new();
        let only = matches.rows.len() == 1;
        for (row, standing) in &matches.rows {
            whole = if only { *standing } else { whole.or(*standing, &mut self.model.diagram) };
            let worlds = self.in_worlds(standing.holds, &scope);
            if !self.model.diagram.and(worlds, scope.worlds).is_never() || only {
                let mut binding: Binding = vec![None; question.variables.0.len()];
                for (column, &term) in matches.columns.iter().zip(row) {
                    binding[column.0 as usize] = Some(term);
                }
                literals(&question.body, &mut |literal| parts.push(pattern(literal, &binding)));
            }
        }
        if parts.is_empty() {
            let open: Binding = vec![None; question.variables.0.len()];
            literals(&question.body, &mut |literal| parts.push(pattern(literal, &open)));
        }
        parts.dedup();
        let (status, extent) = self.overall(whole, &scope);
        let mut explanation = Explanation {
            status,
            extent,
            proofs: Vec::new(),
            attempts: Vec::new(),
            opposite: Vec::new(),
            arguments_for: Vec::new(),
            arguments_against: Vec::new(),
            hangs: Vec::new(),
            cut: parts.len() > MOST_PROOFS,
        };
        for part in parts.into_iter().take(MOST_PROOFS) {
            self.explain_part(&part, &scope, &mut explanation);
        }
        Ok(explanation)
    }

    fn explain_part(&mut self, (side, pattern): &Pattern, scope: &Scope, explanation: &mut Explanation) {
        let region = self.region(scope);
        let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>() else {
            if let Some(moment) = self.moment_in(region) {
                explanation.attempts.extend(self.attempts(*side, pattern, &moment));
            }
            return;
        };
        let standing = self.standing(*side, &terms);
        let holds = self.model.diagram.and(standing.holds, region);
        self.add_proofs(*side, &terms, holds, scope, explanation);

        let fails = self.model.diagram.without(region, standing.holds);
        let fails = if scope.segment.is_none() && !holds.is_never() { self.never_holding(fails, holds, scope) } else { fails };
        let Some(moment) = self.moment_in(fails) else { return };
        explanation.attempts.extend(self.attempts(*side, pattern, &moment));
        match self.status_at(*side, &terms, &moment) {
            Status::Refuted => {
                let depth = self.depth();
                let (mut proof, stands) = self.prove(side.opposite(), &terms, &moment, depth);
                self.extend_of(&mut proof, stands, fails, scope);
                explanation.opposite.push(proof);
            }
            Status::Contested => {
                explanation.arguments_for.extend(self.arguments_for(*side, &terms, &moment));
                for (against, other, attack) in self.attacks(*side, &terms, &moment) {
                    let view = crate::core::View::Possible;
                    explanation.arguments_against.push(self.argument_of(against, &other, &attack, view, &moment));
                }
            }
            Status::Undecided => explanation.hangs.extend(self.loop_of(*side, &terms, &moment)),
            _ => {}
        }
    }

    /// Without a present a sentence holds where it does at some time: what is left are the worlds where it never does.
    fn never_holding(&mut self, fails: Label, holds: Label, scope: &Scope) -> Label {
        let sometime = self.in_worlds(holds, scope);
        self.model.diagram.without(fails, sometime)
    }

    fn depth(&self) -> Depth {
        Depth { most: self.options.depth.unwrap_or(usize::MAX), defeated: !self.options.brief }
    }

    /// A proof for each part of the contexts in which the sentence holds for reasons of its own.
    fn add_proofs(&mut self, side: Side, terms: &[Term], holds: Label, scope: &Scope, explanation: &mut Explanation) {
        let mut rest = holds;
        let depth = self.depth();
        while let Some(moment) = self.moment_in(rest) {
            if self.options.all {
                let (proofs, cut) = self.minimal_proofs(side, terms, &moment, depth);
                explanation.proofs.extend(proofs);
                explanation.cut |= cut;
                return;
            }
            if explanation.proofs.len() >= MOST_PROOFS {
                explanation.cut = true;
                return;
            }
            let (mut proof, stands) = self.prove(side, terms, &moment, depth);
            self.extend_of(&mut proof, stands, holds, scope);
            explanation.proofs.push(proof);
            let remaining = self.model.diagram.without(rest, stands);
            rest = if remaining == rest { Label::NEVER } else { remaining };
        }
    }

    fn extend_of(&mut self, proof: &mut Proof, stands: Label, within: Label, scope: &Scope) {
        let stands = self.model.diagram.and(stands, within);
        if let Some(extent) = self.extents(stands, scope).into_iter().next() {
            proof.extent = extent;
        }
    }

    /// Every proof whose statements are not more than another one needs, and whether the search was cut.
    fn minimal_proofs(&mut self, side: Side, terms: &[Term], moment: &super::proof::Moment, depth: Depth) -> (Vec<Proof>, bool) {
        let mut found: Vec<(BTreeSet<String>, Proof)> = Vec::new();
        let mut next = Some(Choices::default());
        let mut paths = 0;
        while let Some(choices) = next.take() {
            if paths == MOST_PATHS {
                return (found.into_iter().map(|(_, proof)| proof).collect(), true);
            }
            paths += 1;
            let (proof, taken) = self.prove_by(side, terms, moment, depth, choices);
            let needs = self.statements_in(&proof);
            if !found.iter().any(|(known, _)| known.is_subset(&needs)) {
                found.retain(|(known, _)| !needs.is_subset(known));
                found.push((needs, proof));
            }
            next = taken.next();
        }
        (found.into_iter().map(|(_, proof)| proof).collect(), false)
    }

    /// The steps without premises, and the rules, that a proof rests on.
    fn statements_in(&self, proof: &Proof) -> BTreeSet<String> {
        proof
            .nodes
            .iter()
            .filter(|node| !node.shown)
            .map(|node| match (&node.claim, &node.by) {
                (Claim::Sentence { side, terms }, By::Rule(rule)) => format!("{} by {}", self.sentence(*side, terms), rule.0),
                (Claim::Sentence { side, terms }, _) => self.sentence(*side, terms),
                (Claim::Text(text), _) => text.clone(),
            })
            .collect()
    }
}

fn pattern(literal: &Literal, binding: &Binding) -> Pattern {
    let side = Side { relation: literal.relation, negative: literal.negative };
    (side, literal.arguments.iter().map(|&argument| value(argument, binding)).collect())
}

/// Calls back for the literals of a condition, exceptions left out.
fn literals(body: &Body, visit: &mut impl FnMut(&Literal)) {
    match body {
        Body::Literal(literal) => visit(literal),
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| literals(part, visit)),
        Body::Unless { body: Some(body), .. } => literals(body, visit),
        Body::Unless { body: None, .. } | Body::Comparison { .. } | Body::Aggregate(_) => {}
    }
}
