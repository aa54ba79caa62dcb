//! From inputs to a reader of what follows, or to what keeps it from there.

use super::{Evaluation, Unsolved, Why};
use crate::check;
use crate::complaint::{Complaint, limits, strict};
use crate::core::{self, Core};
use crate::engine::limits::Limit;
use crate::engine::{self, Limits, Stopped};
use crate::files::Case;
use crate::program::{DriverId, Frame, Program, Question, ScenarioId};
use crate::reading::{Answer, NotCarried, Reader};
use crate::say::Voice;
use crate::syntax;
use crate::syntax::tree::{Document, Statement, StatementKind};
use crate::text::{Source, SourceId, Sources, Span};

/// A case that was read, checked and compiled.
pub struct Prepared {
    pub sources: Sources,
    pub program: Program,
    pub warnings: Vec<Complaint>,
    /// Scenario, present and outcomes of the command line.
    pub frame: Frame,
    core: Core,
}

/// Checks and compiles a case, its questions followed by `questions`.
///
/// # Errors
/// When anything in the case is wrong.
pub fn prepare(
    mut case: Case,
    evaluation: &Evaluation,
    questions: &[String],
) -> Result<Prepared, Unsolved> {
    let asked = questions
        .iter()
        .enumerate()
        .map(|(place, question)| ask(&mut case, place, question))
        .collect();
    let options = check::Options {
        asked,
        scenario: evaluation.scenario.clone(),
        as_of: evaluation.as_of,
        given: evaluation.given.clone(),
    };
    let (program, complaints) = check::check(&mut case, &options);
    let complaints = [case.complaints, complaints].concat();
    let Some(mut program) = program else {
        return Err(wrong(case.sources, complaints));
    };
    if evaluation.for_people {
        program.terms.be_read_by_people();
    }
    let core = match core::compile(&program, evaluation.settings) {
        Ok(core) => core,
        Err(core::TooManyBranches(at)) => {
            return Err(wrong(case.sources, vec![limits::too_many_branches(at)]));
        }
    };
    let frame = frame(&program, evaluation);
    Ok(Prepared {
        sources: case.sources,
        program,
        warnings: complaints,
        frame,
        core,
    })
}

/// Adds a question of the command line to a case, as a source of its own.
fn ask(case: &mut Case, place: usize, question: &str) -> SourceId {
    let source = case
        .sources
        .add(Source::new(format!("question {}", place + 1), question));
    let (parsed, complaints) = syntax::parse_question(source, question);
    case.complaints.extend(complaints);
    let span = Span::new(source, 0, question.len());
    let statements = parsed.map(|question| Statement {
        span,
        kind: StatementKind::Question(question.into()),
    });
    case.documents.push(Document {
        source,
        statements: statements.into_iter().collect(),
        ..Document::default()
    });
    source
}

fn wrong(sources: Sources, complaints: Vec<Complaint>) -> Unsolved {
    Unsolved {
        why: Why::Wrong,
        sources: Box::new(sources),
        complaints,
        placeless: None,
    }
}

/// What the command line says of where and when, its labels known to the check.
fn frame(program: &Program, evaluation: &Evaluation) -> Frame {
    let scenario = evaluation.scenario.as_ref().and_then(|label| {
        program
            .scenarios
            .iter()
            .position(|scenario| !label.is_empty() && scenario.label == label.as_str())
    });
    let outcome = |(driver, outcome): &(String, String)| {
        let at = program
            .drivers
            .iter()
            .position(|known| known.label == driver.as_str())?;
        let outcomes = &program.drivers[at].outcomes;
        let which = outcomes
            .iter()
            .position(|known| known.label == outcome.as_str())?;
        Some((DriverId(at as u32), which))
    };
    Frame {
        scenario: scenario.map_or(ScenarioId::BASE, |at| ScenarioId(at as u32)),
        as_of: evaluation.as_of,
        outcomes: evaluation.given.iter().filter_map(outcome).collect(),
        ..Frame::default()
    }
}

impl Prepared {
    /// Runs the case to its end.
    ///
    /// # Errors
    /// When a limit is met, or a value cannot be computed.
    pub fn solve(&self, evaluation: &Evaluation) -> Result<Reader<'_>, Unsolved> {
        match engine::run(&self.core, self.program.terms.clone(), &evaluation.limits) {
            Ok(model) => {
                let reader = Reader::new(&self.program, &self.core, model);
                // The limits of the process are kept from outside; what an evaluation within a reading takes is its own.
                let limits = Limits {
                    taken: None,
                    costliest: None,
                    ..evaluation.limits.clone()
                };
                Ok(reader.with_rerun(evaluation.settings, limits))
            }
            Err(stopped) => Err(self.stopped(&stopped, evaluation)),
        }
    }

    /// The statement that each core rule comes from, for whoever is told which [had cost most](Limits::costliest).
    pub fn rule_places(&self) -> Vec<Option<Span>> {
        (0..self.core.rules.len())
            .map(|rule| limits::written(&self.program, &self.core, rule))
            .collect()
    }

    /// Answers questions of the case, in order.
    ///
    /// # Errors
    /// When one cannot be answered: what is given leaves no world, a comparison makes no sense.
    pub fn answer(
        &self,
        reader: &mut Reader<'_>,
        questions: &[Question],
    ) -> Result<Vec<Answer>, Unsolved> {
        let answers = questions.iter().map(|question| reader.answer(question));
        answers
            .collect::<Result<_, _>>()
            .map_err(|complaint| self.complain(complaint))
    }

    /// What is odd about the case and shows only in what follows from it: strict rules whose conclusion does not hold.
    ///
    /// # Errors
    /// When no world is left.
    pub fn warnings_of(&self, reader: &mut Reader<'_>) -> Result<Vec<Complaint>, Unsolved> {
        let found = reader
            .not_carried(&self.frame)
            .map_err(|complaint| self.complain(complaint))?;
        let voice = Voice::new(&self.program, reader.terms());
        let warn = |NotCarried {
                        rule,
                        side,
                        terms,
                        more,
                    }| {
            let sentence = voice.sentence(side.relation, &terms, side.negative);
            strict::not_carried(self.program.rules[rule.0 as usize].at, &sentence, more)
        };
        Ok(found.into_iter().map(warn).collect())
    }

    /// A failure of a reading: a complaint about the case.
    pub fn complain(&self, complaint: Complaint) -> Unsolved {
        wrong(self.sources.clone(), vec![complaint])
    }

    fn stopped(&self, stopped: &Stopped, evaluation: &Evaluation) -> Unsolved {
        let why = match stopped {
            Stopped::Limit {
                limit: Limit::Cancelled,
                ..
            } => Why::Interrupted,
            Stopped::Limit { .. } => Why::Limit,
            Stopped::Trouble { .. } => Why::Wrong,
        };
        let said = limits::stopped(
            &self.program,
            &self.core,
            stopped,
            &evaluation.limits,
            evaluation.timeout,
        );
        let (complaints, placeless) = match said {
            Ok(complaint) => (vec![complaint], None),
            Err(placeless) => (Vec::new(), Some(placeless)),
        };
        Unsolved {
            why,
            sources: Box::new(self.sources.clone()),
            complaints,
            placeless,
        }
    }
}
