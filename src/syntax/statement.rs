//! One statement, chosen by its opening word or its verb. Once chosen it is committed to, so that what is wrong is said
//! about that kind of statement.

use super::declaration::{as_of, load, relation, source, use_file};
use super::doubtful;
use super::expectation::test;
use super::input::{Parsed, Tokens, full_stop};
use super::label::opens_outcome;
use super::lexer::Has;
use super::note::notes;
use super::question::question;
use super::rule::{overrides, rule};
use super::scenario::{driver, impossible, scenario};
use super::sentence::sentences;
use super::token::{Keyword, Kind};
use super::tree::{Fact, StatementKind};
use crate::complaint::syntax as say;
use nom::Parser;
use nom::combinator::{cut, map};

/// A statement. Of a test, driver or scenario only the header is read; its items are the chunk's rest and the chunks after it.
pub(super) fn statement(input: Tokens, has: Has) -> Parsed<StatementKind> {
    let ends_as_question = input
        .rest()
        .last()
        .is_some_and(|last| last.kind == Kind::QuestionEnd);
    match input.kind() {
        Some(Kind::Word(Keyword::Use)) => use_file(input),
        Some(Kind::Word(Keyword::Load)) => load(input),
        Some(Kind::Word(Keyword::Source)) => source(input),
        Some(Kind::Word(Keyword::Relation)) => relation(input),
        Some(Kind::Word(Keyword::Rule)) => rule(input),
        Some(Kind::Word(Keyword::Driver)) => driver(input),
        Some(Kind::Word(Keyword::Impossible)) => impossible(input),
        Some(Kind::Word(Keyword::Scenario)) => scenario(input),
        Some(Kind::Word(Keyword::Test)) => test(input),
        Some(Kind::Word(Keyword::As)) if input.reads(&["as", "of"]) => as_of(input),
        Some(Kind::Word(Keyword::Expect)) => input.slip(say::item_alone(
            input.place(),
            "expect",
            "test \"what is tested\":",
        )),
        Some(Kind::Word(Keyword::Suppose)) => {
            input.slip(say::item_alone(input.place(), "suppose", "scenario label:"))
        }
        Some(Kind::Word(Keyword::Drop)) => {
            input.slip(say::item_alone(input.place(), "drop", "scenario label:"))
        }
        _ if ends_as_question => map(question, |question| {
            StatementKind::Question(Box::new(question))
        })
        .parse(input),
        Some(Kind::Word(
            Keyword::Why
            | Keyword::How
            | Keyword::Who
            | Keyword::What
            | Keyword::Which
            | Keyword::Whom,
        )) if !has.verb => {
            let end = input.skip(input.rest().len());
            input.slip(say::missing_question_mark(
                input.span_to(end),
                end.previous().map(|stop| input.context.span(stop)),
            ))
        }
        _ if opens_outcome(input) => {
            let label = input.first().map_or("", |label| input.context.raw(label));
            input.slip(say::outcome_alone(input.place(), label))
        }
        _ if has.verb => rule(input),
        _ if has.overrides => overrides(input),
        _ => fact(input),
    }
}

/// `sentences [ notes ] "."`
fn fact(input: Tokens) -> Parsed<StatementKind> {
    let (rest, sentences) = sentences(input)?;
    let (rest, notes) = notes(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    doubtful::fact(input, &sentences);
    Ok((rest, StatementKind::Fact(Fact { sentences, notes })))
}
