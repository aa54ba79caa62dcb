//! Runs the tests of one evaluated case.

use super::outcome::{Contradiction, Failure, Outcome, TestRun};
use crate::complaint::Complaint;
use crate::program::{Expectation, Program, Test};
use crate::reading::{ExpectationOutcome, Reader};
use crate::say::Voice;
use crate::text::{SourceId, Sources};

/// A case with the file whose own tests count; those of files that it uses are run when their turn comes.
pub struct Case<'a> {
    pub program: &'a Program,
    pub sources: &'a Sources,
    pub file: SourceId,
}

impl Case<'_> {
    /// The tests that `wanted` takes by their titles, in order; after the first that fails no more where `fail_fast` says so.
    ///
    /// # Errors
    /// When an expectation cannot be tried.
    pub fn run(
        &self,
        reader: &mut Reader<'_>,
        wanted: impl Fn(&str) -> bool,
        fail_fast: bool,
    ) -> Result<Vec<TestRun>, Complaint> {
        let mut runs = Vec::new();
        for test in self
            .program
            .tests
            .iter()
            .filter(|test| test.at.source == self.file && wanted(&test.title))
        {
            let run = self.run_one(reader, test)?;
            let fell_short = run.outcome != Outcome::Passed;
            runs.push(run);
            if fell_short && fail_fast {
                break;
            }
        }
        Ok(runs)
    }

    fn run_one(&self, reader: &mut Reader<'_>, test: &Test) -> Result<TestRun, Complaint> {
        let mut failures = Vec::new();
        for expectation in &test.expectations {
            let outcome = reader.expect(expectation)?;
            if !outcome.passed {
                failures.push(self.failure(reader, expectation, &outcome)?);
            }
        }
        let source = self.sources.get(test.at.source);
        Ok(TestRun {
            name: test.title.to_string(),
            file: source.name.clone(),
            line: source.line_of(test.at.start),
            outcome: if failures.is_empty() {
                Outcome::Passed
            } else {
                Outcome::Failed
            },
            failures,
        })
    }

    fn failure(
        &self,
        reader: &mut Reader<'_>,
        expectation: &Expectation,
        outcome: &ExpectationOutcome,
    ) -> Result<Failure, Complaint> {
        let explanation = match outcome.findings.first() {
            Some(finding) => reader.reason(expectation, finding)?,
            None => None,
        };
        let voice = Voice::new(self.program, reader.terms()).citing(self.sources);
        let got: Vec<String> = outcome
            .findings
            .iter()
            .map(|finding| voice.finding(expectation, finding))
            .collect();
        Ok(Failure {
            account: explanation.map(|explanation| voice.account(&explanation)),
            expected: expected(&expectation.text).to_owned(),
            got: if got.is_empty() {
                "something else".into()
            } else {
                got.join("; ")
            },
            line: self
                .sources
                .get(expectation.at.source)
                .line_of(expectation.at.start),
        })
    }

    /// What holds together with its opposite.
    pub fn contradictions(&self, reader: &mut Reader<'_>) -> Vec<Contradiction> {
        let found = reader.contradictions();
        let voice = Voice::new(self.program, reader.terms()).citing(self.sources);
        let file = &self.sources.get(self.file).name;
        let said = |found: &crate::reading::Contradiction| {
            voice.sentence(found.relation, &found.terms, false)
        };
        found
            .iter()
            .map(|found| Contradiction {
                file: file.clone(),
                sentence: said(found),
                proofs: found
                    .proofs
                    .iter()
                    .map(|proof| voice.argument(proof))
                    .collect(),
            })
            .collect()
    }
}

/// What an expectation expects: `only Armenia is finlandized` of `expect only Armenia is finlandized.`
fn expected(text: &str) -> &str {
    let text = text.strip_suffix('.').unwrap_or(text);
    text.strip_prefix("expect").map_or(text, str::trim_start)
}
