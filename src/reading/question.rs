//! Questions → answers: yes or no, and tables.

use super::Reader;
use super::answer::{Answer, AnswerBody, Explanation, Status, TableRow};
use super::matching::{Asked, Matches};
use super::scope::{Openness, Scope};
use crate::complaint::Complaint;
use crate::program::{Question, QuestionKind};
use crate::value::Term;

impl Reader<'_> {
    /// Answers a question of the program.
    ///
    /// # Errors
    /// When what is given or impossible leaves no world, or a comparison in the question cannot be computed.
    pub fn answer(&mut self, question: &Question) -> Result<Answer, Complaint> {
        let mut body = match question.kind {
            QuestionKind::HowLikely => AnswerBody::Likelihood(self.how_likely(question)?),
            QuestionKind::Why | QuestionKind::WhyNot => {
                AnswerBody::Explained(Box::new(self.explain(question)?))
            }
            QuestionKind::WhatWouldItTake => {
                AnswerBody::Takes(Box::new(self.what_it_takes(question)?))
            }
            QuestionKind::Plain | QuestionKind::WhatIf => self.plain(question)?,
        };
        // What a table lacks may rest on one as well as its rows.
        let contradicted = self.mark(question, &mut body)?;
        Ok(Answer {
            question: question.text.clone(),
            kind: question.kind,
            body,
            contradicted,
        })
    }

    fn plain(&mut self, question: &Question) -> Result<AnswerBody, Complaint> {
        let scope = self.scope(
            &question.frame,
            &question.variables,
            question.at,
            Openness::Now,
        )?;
        let asked = Asked::of(question);
        let matches = self.matches(asked)?;
        if matches.columns.is_empty() {
            let standing = matches
                .rows
                .into_values()
                .next()
                .expect("a question without variables has one row");
            let (status, extent) = self.overall_and_otherwise(standing, &scope);
            let grounds = self.grounds(question, status)?.map(Box::new);
            return Ok(AnswerBody::YesNo {
                status,
                extent,
                grounds,
            });
        }
        let columns = matches
            .columns
            .iter()
            .map(|column| column_name(&question.variables.0[column.0 as usize]))
            .collect();
        let rows = self.table_rows(matches, &scope);
        Ok(AnswerBody::Table { columns, rows })
    }

    /// What stands behind an answer that is neither yes nor no.
    fn grounds(
        &mut self,
        question: &Question,
        status: Status,
    ) -> Result<Option<Explanation>, Complaint> {
        if !matches!(
            status,
            Status::Contested | Status::Undecided | Status::Unknown
        ) {
            return Ok(None);
        }
        let mut explanation = self.explain(question)?;
        if status == Status::Unknown {
            explanation
                .attempts
                .retain(|attempt| attempt.missing.is_empty() && !attempt.defeated_by.is_empty());
        }
        let says_nothing = status == Status::Unknown && explanation.attempts.is_empty();
        Ok((!says_nothing).then_some(explanation))
    }

    /// The certain and presumed rows, sorted by terms, none of them marked.
    pub(super) fn table_rows(&mut self, matches: Matches, scope: &Scope) -> Vec<TableRow> {
        let mut found: Vec<(Vec<Term>, _)> = matches.rows.into_iter().collect();
        found.sort_by(|(left, _), (right, _)| self.compare_rows(left, right));
        let mut rows = Vec::new();
        for (terms, standing) in found {
            let presumed = self.model.diagram.without(standing.holds, standing.certain);
            for (status, label) in [
                (Status::Certain, standing.certain),
                (Status::Presumed, presumed),
            ] {
                for extent in self.extents(label, scope) {
                    rows.push(TableRow {
                        terms: terms.clone(),
                        status,
                        extent,
                        contradicted: false,
                    });
                }
            }
        }
        rows
    }

    /// Rows in the order of their terms: numbers, quantities, dates, names.
    pub fn compare_rows(&self, left: &[Term], right: &[Term]) -> std::cmp::Ordering {
        let places = left
            .iter()
            .zip(right)
            .map(|(&left, &right)| self.model.terms.order(left, right));
        places.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    }
}

/// `?x` and `who`, as written.
fn column_name(name: &str) -> String {
    match name {
        "who" | "whom" | "what" | "which" => name.to_owned(),
        name if name.starts_with('?') => name.to_owned(),
        name => format!("?{name}"),
    }
}
