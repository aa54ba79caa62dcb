//! Tests: a header, then expectations that each end with a full stop of their own.

use super::input::{Expected, Parsed, Tokens, full_stop, keyword, phrase, quoted, token};
use super::note::notes;
use super::question::suffixes;
use super::rule::body;
use super::token::{Keyword, Kind};
use super::tree::{Expectation, StatementKind, Test};
use nom::Parser;
use nom::combinator::{cut, map, opt};
use nom::sequence::delimited;

/// `test "who is finlandized":`, without expectations
pub(super) fn test(input: Tokens) -> Parsed<StatementKind> {
    let title = delimited(
        keyword(Keyword::Test, Expected::QUOTED),
        cut(quoted),
        cut(token(Kind::Colon, Expected::COLON)),
    );
    map(title, |title| {
        StatementKind::Test(Box::new(Test {
            title,
            expectations: Vec::new(),
        }))
    })
    .parse(input)
}

/// `expect no Armenia is free in buyout [certain].`
pub(super) fn expectation(input: Tokens) -> Parsed<Expectation> {
    let (rest, _) = keyword(Keyword::Expect, Expected::EXPECT).parse(input)?;
    let (rest, no) = opt(phrase(&["no"], Expected::SENTENCE)).parse(rest)?;
    let (rest, body) = cut(|input| body(input, 0)).parse(rest)?;
    let (rest, suffixes) = suffixes(rest)?;
    let (rest, notes) = notes(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    Ok((
        rest,
        Expectation {
            span: input.span_to(rest),
            no,
            body,
            suffixes,
            notes,
        },
    ))
}
