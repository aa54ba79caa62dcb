//! What stood where a test expected something else.

use super::{Voice, Wording, answer, percent};
use crate::program::Expectation;
use crate::reading::{Finding, Got};

/// No more sentences than this are named where none should hold.
const NAMED: usize = 5;

impl Voice<'_> {
    /// `Ukraine is finlandized holds too`, `Armenia is finlandized: nothing says so`.
    pub fn finding(&self, expectation: &Expectation, finding: &Finding) -> String {
        match &finding.got {
            Got::Status { status, extent } => {
                let extent = self.extent(extent);
                let rest = if extent.is_empty() {
                    String::new()
                } else {
                    format!(", {extent}")
                };
                format!(
                    "{}: {}{rest}",
                    self.expected_body(expectation, finding.body),
                    answer(*status)
                )
            }
            Got::Holds(sentences) => {
                let mut said: Vec<String> = sentences
                    .iter()
                    .take(NAMED)
                    .map(|(relation, terms)| self.sentence(*relation, terms, false))
                    .collect();
                if sentences.len() > NAMED {
                    said.push(format!("{} more", sentences.len() - NAMED));
                }
                let also = if expectation.only.is_some() {
                    "also "
                } else {
                    ""
                };
                format!("{also}{}", said.join(", "))
            }
            Got::Likelihood(share) => format!("a likelihood of {}", percent(*share)),
            Got::NoWorld => "no world in which what is given holds".into(),
        }
    }

    fn expected_body(&self, expectation: &Expectation, body: usize) -> String {
        let wording = Wording {
            relations: &self.program.relations,
            terms: self.terms,
            variables: &expectation.variables,
        };
        expectation
            .bodies
            .get(body)
            .map_or_else(|| expectation.text.clone(), |body| wording.body(body))
    }
}
