//! Whether an answer would be another one without the contradictions: the question is answered in the other evaluation too, and both are
//! compared as they are told.

use crate::complaint::Complaint;
use crate::program::{Body, Question, QuestionKind};
use crate::reading::Reader;
use crate::reading::answer::{AnswerBody, Extent, LikelihoodAnswer, Status};
use crate::reading::matching::Asked;
use crate::reading::scope::Openness;
use crate::value::Value;

/// An answer in words that two evaluations share.
#[derive(PartialEq)]
enum Told {
    /// How it stands; of one sentence its opposite too, which may be certain or not where the answer is no.
    Stands(Vec<(Status, Extent)>),
    Rows(Vec<(Vec<Value>, Status, Extent)>),
    Likely(LikelihoodAnswer),
}

impl Reader<'_> {
    /// Whether an answer rests on a contradiction. The rows of a table that do are marked.
    pub(in crate::reading) fn mark(
        &mut self,
        question: &Question,
        body: &mut AnswerBody,
    ) -> Result<bool, Complaint> {
        if self.contradicted.is_empty() {
            return Ok(false);
        }
        self.tainted();
        // Changes rest on all that bears on the sentence.
        if question.kind != QuestionKind::WhatWouldItTake {
            let told = self.told(question)?;
            let other = self.beside_otherwise(|_, other| other.told(question).ok());
            if let Some(other) = other {
                self.mark_rows(body, other.as_ref());
                return Ok(Some(told) != other);
            }
        }
        let openness = openness(question);
        let scope = self.scope(&question.frame, &question.variables, question.at, openness)?;
        let unbound = vec![None; question.variables.0.len()];
        let marked = self.body_is_tainted(&question.body, &unbound, &scope);
        if let AnswerBody::Table { rows, .. } = body {
            rows.iter_mut().for_each(|row| row.contradicted = marked);
        }
        Ok(marked)
    }

    fn mark_rows(&self, body: &mut AnswerBody, other: Option<&Told>) {
        let AnswerBody::Table { rows, .. } = body else {
            return;
        };
        let known = match other {
            Some(Told::Rows(known)) => known.as_slice(),
            _ => &[],
        };
        for row in rows {
            let values: Vec<Value> = self.values(&row.terms);
            let is_same = |(of, status, extent): &(Vec<Value>, Status, Extent)| {
                *of == values && *status == row.status && *extent == row.extent
            };
            row.contradicted = !known.iter().any(is_same);
        }
    }

    fn told(&mut self, question: &Question) -> Result<Told, Complaint> {
        if question.kind == QuestionKind::HowLikely {
            return self.how_likely(question).map(Told::Likely);
        }
        let scope = self.scope(
            &question.frame,
            &question.variables,
            question.at,
            openness(question),
        )?;
        let matches = self.matches(Asked::of(question))?;
        if !matches.columns.is_empty() {
            let rows = self.table_rows(matches, &scope).into_iter();
            let rows = rows.map(|row| (self.values(&row.terms), row.status, row.extent));
            return Ok(Told::Rows(rows.collect()));
        }
        let mut standings = vec![matches.best(&mut self.model.diagram)];
        if let Body::Literal(literal) = &question.body {
            let mut opposite = literal.clone();
            opposite.negative = !opposite.negative;
            let body = Body::Literal(opposite);
            let asked = Asked {
                body: &body,
                ..Asked::of(question)
            };
            standings.push(self.matches(asked)?.best(&mut self.model.diagram));
        }
        let told = standings.into_iter();
        let told = told.map(|standing| self.overall_and_otherwise(standing, &scope));
        Ok(Told::Stands(told.collect()))
    }

    fn values(&self, terms: &[crate::value::Term]) -> Vec<Value> {
        let terms = terms.iter();
        terms.map(|&term| self.model.terms.get(term)).collect()
    }
}

fn openness(question: &Question) -> Openness {
    match question.kind {
        QuestionKind::HowLikely => Openness::All,
        _ => Openness::Now,
    }
}
