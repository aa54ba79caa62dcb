//! The side of `hence`: a text read, checked, compiled and run, and the status of each sentence in each context.

use super::judge::Claim;
use hence::complaint::Complaint;
use hence::core::{Ambiguity, Core, Settings, compile};
use hence::engine::{Limits, run};
use hence::program::{Frame, Program, Question, RelationId, ScenarioId};
use hence::reading::{
    AnswerBody, AskOptions, Explanation, Extent, Reader, RunOptions, SentenceRow, Status,
};
use hence::text::{Source, Sources};
use hence::value::{Terms, Value, date::Day};
use std::collections::BTreeMap;
use std::path::Path;

/// The checked program of a text, or its errors.
pub fn program(text: &str) -> Result<Program, Vec<Complaint>> {
    let mut sources = Sources::default();
    let source = sources.add(Source::new("case.hence", text));
    let (document, complaints) = hence::syntax::parse(source, text);
    let mut case = hence::files::Case {
        sources,
        documents: vec![document],
        complaints,
        ..Default::default()
    };
    let (program, complaints) = hence::check::check(&mut case, &hence::check::Options::default());
    let errors: Vec<Complaint> = case
        .complaints
        .into_iter()
        .chain(complaints)
        .filter(Complaint::is_error)
        .collect();
    match program {
        Some(program) if errors.is_empty() => Ok(program),
        _ => Err(errors),
    }
}

/// The rows of `run` in one scenario, all statuses and facts included.
pub struct Rows {
    rows: BTreeMap<(RelationId, Vec<Value>), Vec<SentenceRow>>,
}

pub fn values(terms: &Terms, row: &[hence::value::Term]) -> Vec<Value> {
    row.iter().map(|&term| terms.get(term)).collect()
}

/// A checked case with all that it uses and loads, where it has no error.
pub fn case(path: &Path) -> Option<Program> {
    let inputs = [hence::files::Input::Path(path.to_owned())];
    let mut case = hence::files::read(&inputs, &hence::files::Policy::default());
    let (program, complaints) = hence::check::check(&mut case, &hence::check::Options::default());
    let mut complaints = case.complaints.iter().chain(&complaints);
    program.filter(|_| !complaints.any(Complaint::is_error))
}

/// A claim as people read it.
pub fn words(program: &Program, claim: &Claim, terms: &Terms) -> String {
    hence::say::sentence(
        &program.relations,
        terms,
        claim.relation,
        claim.negative,
        &claim.terms,
    )
}

pub fn core(program: &Program, ambiguity: Ambiguity) -> Core {
    compile(program, Settings { ambiguity })
        .unwrap_or_else(|_| panic!("a small program has few branches"))
}

/// A program run, to be read.
pub struct Reading<'p>(Reader<'p>);

impl<'p> Reading<'p> {
    pub fn new(program: &'p Program, core: &'p Core) -> Self {
        let model = run(core, program.terms.clone(), &Limits::default())
            .unwrap_or_else(|stopped| panic!("{stopped:?}"));
        Self(Reader::new(program, core, model))
    }

    pub fn terms(&self) -> &Terms {
        self.0.terms()
    }

    /// Everything that follows in a scenario; `None` where no world is left.
    pub fn rows(&mut self, scenario: ScenarioId, all_worlds: bool) -> Option<Rows> {
        let frame = Frame {
            scenario,
            ..Frame::default()
        };
        let options = RunOptions {
            facts: true,
            all_statuses: true,
            all_worlds,
            frame,
            ..RunOptions::default()
        };
        let relations = self.0.conclusions(&options).ok()?;
        let mut rows: BTreeMap<_, Vec<SentenceRow>> = BTreeMap::new();
        for relation in relations {
            for row in relation.rows {
                let key = (relation.relation, values(self.terms(), &row.terms));
                rows.entry(key).or_default().push(row);
            }
        }
        Some(Rows { rows })
    }

    /// `None` where no world is left.
    pub fn explain(&mut self, question: &Question) -> Option<Explanation> {
        self.0.explain(question).ok()
    }

    /// The same reading, telling as much as is asked for.
    pub fn telling(self, options: AskOptions) -> Self {
        Self(self.0.with_options(options))
    }

    /// How a question is answered, but for what is said of the grounds, and whether the answer is marked as resting on a contradiction;
    /// `None` where no world is left.
    pub fn marked(&mut self, question: &Question) -> Option<(String, bool)> {
        let answer = self.0.answer(question).ok()?;
        let told = match answer.body {
            AnswerBody::YesNo { status, extent, .. } => format!("{status:?} {extent:?}"),
            AnswerBody::Table { rows, .. } => {
                let told = rows.iter().map(|row| {
                    let row_of = (values(self.terms(), &row.terms), row.status, &row.extent);
                    format!("{row_of:?}")
                });
                told.collect::<Vec<_>>().join("; ")
            }
            AnswerBody::Likelihood(given) => format!("{given:?}"),
            other => panic!("no plain answer: {other:?}"),
        };
        Some((told, answer.contradicted))
    }

    /// `None` where no world is left.
    pub fn answer(&mut self, question: &Question) -> Option<AnswerBody> {
        self.0.answer(question).ok().map(|answer| answer.body)
    }
}

impl Rows {
    pub fn sentences(&self) -> impl Iterator<Item = &(RelationId, Vec<Value>)> {
        self.rows.keys()
    }

    /// The rows of a sentence.
    pub fn of(&self, sentence: &(RelationId, Vec<Value>)) -> &[SentenceRow] {
        self.rows.get(sentence).map_or(&[], Vec::as_slice)
    }

    /// The status on a day (if one is asked for) in a world; unknown where no row says more.
    ///
    /// # Panics
    /// Where two rows say different things of the same context.
    pub fn status(
        &self,
        sentence: &(RelationId, Vec<Value>),
        day: Option<Day>,
        outcomes: &[usize],
    ) -> Status {
        let rows = self.of(sentence);
        let covers = |row: &&SentenceRow| then(&row.extent, day) && there(&row.extent, outcomes);
        let mut found = rows.iter().filter(covers).map(|row| row.status);
        let status = found.next().unwrap_or(Status::Unknown);
        assert!(found.next().is_none(), "two rows for one context: {rows:?}");
        status
    }
}

/// Whether an extent covers a day.
pub fn then(extent: &Extent, day: Option<Day>) -> bool {
    match (&extent.when, day) {
        (Some(periods), Some(day)) => periods.iter().any(|(first, last)| {
            first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
        }),
        _ => true,
    }
}

/// Whether an extent covers a world.
pub fn there(extent: &Extent, outcomes: &[usize]) -> bool {
    extent.worlds.as_ref().is_none_or(|cubes| {
        cubes.iter().any(|cube| {
            cube.iter()
                .all(|(driver, allowed)| allowed.contains(&outcomes[driver.0 as usize]))
        })
    })
}

pub fn key(claim: &Claim, terms: &Terms) -> (RelationId, Vec<Value>) {
    (claim.relation, values(terms, &claim.terms))
}
