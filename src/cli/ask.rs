//! `hence ask`: questions answered, those of the command line or else the files' own.

use super::args::{AskArguments, Format};
use super::exit::{Exit, Failure};
use super::options::evaluation;
use super::output::Output;
use super::steps;
use crate::print::{human, json};
use crate::program::QuestionKind;
use crate::reading::{Answer, AnswerBody, AskOptions, Status};
use crate::say::Voice;

/// # Errors
/// When the input is wrong, a limit is met or the output cannot be written.
pub fn ask(arguments: AskArguments, output: &mut Output) -> Result<Exit, Failure> {
    let for_people = arguments.output.format == Format::Human;
    let evaluation = evaluation(&arguments.evaluation, for_people)?;
    let prepared = steps::prepare(&arguments.inputs, &evaluation, &arguments.questions)?;
    let own = prepared.program.questions.len() - arguments.questions.len();
    let asked = if arguments.questions.is_empty() {
        0
    } else {
        own
    };
    let questions = &prepared.program.questions[asked..];
    if questions.is_empty() {
        return Err(Failure::usage(
            "no question to answer: neither `-q` nor the files ask one",
        ));
    }
    output.warn(&prepared.sources, &prepared.warnings)?;
    let options = AskOptions {
        all: arguments.all,
        depth: arguments.depth,
        brief: arguments.brief,
    };
    let mut reader = steps::conclude(&prepared, &evaluation)?.with_options(options);
    let answers = prepared.answer(&mut reader, questions)?;
    let voice = Voice::new(&prepared.program, reader.terms()).citing(&prepared.sources);
    match arguments.output.format {
        Format::Human => human::answers(&mut *output.out, voice, &answers)?,
        Format::Json => json::write(&mut *output.out, &json::Answers::new(voice, &answers))?,
    }
    Ok(if answers.iter().any(falls_short) {
        Exit::Short
    } else {
        Exit::Well
    })
}

/// A yes-or-no question that is answered neither yes nor presumably.
fn falls_short(answer: &Answer) -> bool {
    match (&answer.body, answer.kind) {
        (AnswerBody::YesNo { status, .. }, QuestionKind::Plain | QuestionKind::WhatIf) => {
            !matches!(status, Status::Certain | Status::Presumed)
        }
        _ => false,
    }
}
