//! Marks of a list, `- yes: …` or `1. expect …`, before what needs none. Comes in: where a line opens; goes out: what stands behind the mark,
//! which is then read as if it had none.

use super::input::{Expected, Failure, Tokens, Why};
use super::token::{Flags, Kind, Token};
use crate::complaint::{Complaint, syntax as say};

/// What stands behind a mark that opens a line.
pub(super) fn behind_mark(input: Tokens) -> Option<Tokens> {
    const MARKS: [&str; 9] = ["-", "*", "+", "•", "·", "◦", "‣", "–", "—"];
    let (mark, next) = (input.first()?, input.ahead(1)?);
    let opens_line = mark.flags.has(Flags::FIRST_IN_LINE);
    let is_apart = next.flags.has(Flags::SPACED) && !next.flags.has(Flags::FIRST_IN_LINE);
    let says_something = next.kind.begins_term() || matches!(next.kind, Kind::Word(_));
    (opens_line && is_apart && says_something && MARKS.contains(&input.context.raw(mark)))
        .then(|| input.skip(1))
}

/// The complaint of a mark that a parser stopped at, where a statement, an item or a further part of a condition was due.
pub(super) fn stopped_at(failure: &Failure, here: Tokens) -> Option<Complaint> {
    let Why::Expected(expected) = failure.why else {
        return None;
    };
    let behind = behind_mark(here)?;
    let opening_was_due = expected.has(
        Expected::SENTENCE
            .or(Expected::LABEL)
            .or(Expected::EXPECT)
            .or(Expected::SUPPOSE)
            .or(Expected::OUTCOME),
    );
    let goes_on = matches!(behind.kind(), Some(Kind::Word(keyword)) if keyword.is_reserved() && !keyword.is_asked());
    (opening_was_due || goes_on).then(|| of_mark(here, behind))
}

/// The complaint of a mark that the lexer knows no other use for, at the opening of a statement or behind a colon.
pub(super) fn unknown_sign(here: Tokens) -> Option<Complaint> {
    let opens = matches!(
        here.previous().map(|before| before.kind),
        None | Some(Kind::Colon)
    );
    let behind = behind_mark(here).filter(|_| opens)?;
    Some(of_mark(here, behind))
}

/// The complaints of all further marks in a statement that is not read.
pub(super) fn more(behind: Tokens) -> Vec<Complaint> {
    let lines = (0..behind.rest().len()).map(|at| behind.skip(at));
    lines
        .filter_map(|here| Some(of_mark(here, behind_mark(here)?)))
        .collect()
}

fn of_mark(here: Tokens, behind: Tokens) -> Complaint {
    let line = behind.rest().iter().enumerate();
    let line = line.take_while(|(at, token)| *at == 0 || !token.flags.has(Flags::FIRST_IN_LINE));
    let end = behind.skip(line.count());
    let mark = here.place();
    say::list_mark(
        mark,
        here.context.raw_at(mark),
        here.context.raw_at(behind.span_to(end)),
    )
}

/// The complaint of a number that ends a chunk with its full stop and numbers what stands behind: `1. yes: Ann sings.`
pub(super) fn number(chunk: Tokens) -> Option<Complaint> {
    let [before @ .., number, stop] = chunk.rest() else {
        return None;
    };
    let opens = before
        .last()
        .is_none_or(|before| before.kind == Kind::Colon);
    let is_number = |token: &Token| {
        token.kind == Kind::Number
            && chunk
                .context
                .raw(*token)
                .bytes()
                .all(|byte| byte.is_ascii_digit())
    };
    let opens_line = number.flags.has(Flags::FIRST_IN_LINE) && is_number(number);
    let line = chunk
        .context
        .text
        .get(stop.end as usize..)?
        .lines()
        .next()?;
    let line = line.split(" #").next().unwrap_or(line).trim();
    let is_mark = opens && opens_line && stop.kind == Kind::FullStop && !line.is_empty();
    let mark = chunk.context.span(*number).to(chunk.context.span(*stop));
    is_mark.then(|| say::list_mark(mark, chunk.context.raw_at(mark), line))
}
