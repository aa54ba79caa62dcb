//! Drivers with their outcomes, scenarios with their suppositions, and what is impossible. Header and items
//! are read one by one: each item ends with a full stop of its own.

use super::input::{Expected, Parsed, Tokens, full_stop, keyword, phrase, quoted, token};
use super::label::label;
use super::note::notes;
use super::rule::body;
use super::sentence::sentences;
use super::token::{Keyword, Kind};
use super::tree::{Driver, Outcome, Scenario, ScenarioItem, StatementKind};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, opt, value};
use nom::sequence::{delimited, preceded, terminated};

/// `driver pipeline "who owns the pipeline":`, without outcomes
pub(super) fn driver(input: Tokens) -> Parsed<StatementKind> {
    let (rest, label) =
        preceded(keyword(Keyword::Driver, Expected::LABEL), cut(label)).parse(input)?;
    let (rest, title) =
        terminated(opt(quoted), cut(token(Kind::Colon, Expected::COLON))).parse(rest)?;
    Ok((
        rest,
        StatementKind::Driver(Box::new(Driver {
            label,
            title,
            outcomes: Vec::new(),
        })),
    ))
}

/// `war: Azerbaijan attacks Karabakh [10%].`, `peace: nothing.`
pub(super) fn outcome(input: Tokens) -> Parsed<Outcome> {
    let is_term = matches!(input.kind(), Some(Kind::Capital | Kind::Quoted));
    if is_term && input.kind_ahead(1) != Some(Kind::Colon) {
        return input.expected(Expected::OUTCOME);
    }
    let (rest, label) = terminated(label, cut(token(Kind::Colon, Expected::COLON))).parse(input)?;
    let (rest, sentences) = cut(alt((nothing, sentences))).parse(rest)?;
    let (rest, notes) = notes(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    Ok((
        rest,
        Outcome {
            span: input.span_to(rest),
            label,
            sentences,
            notes,
        },
    ))
}

/// `nothing`, alone
fn nothing<T>(input: Tokens) -> Parsed<Vec<T>> {
    let ends =
        |rest: &Tokens| matches!(rest.kind(), None | Some(Kind::FullStop | Kind::LeftBracket));
    let (rest, _) = phrase(&["nothing"], Expected::SENTENCE).parse(input)?;
    if ends(&rest) {
        Ok((rest, Vec::new()))
    } else {
        input.expected(Expected::SENTENCE)
    }
}

/// `scenario buyout extends thaw "Azerbaijan buys the pipeline":`, without items
pub(super) fn scenario(input: Tokens) -> Parsed<StatementKind> {
    let (rest, label) =
        preceded(keyword(Keyword::Scenario, Expected::LABEL), cut(label)).parse(input)?;
    let (rest, extends) = opt(preceded(
        phrase(&["extends"], Expected::COLON),
        cut(super::label::label),
    ))
    .parse(rest)?;
    let (rest, title) =
        terminated(opt(quoted), cut(token(Kind::Colon, Expected::COLON))).parse(rest)?;
    Ok((
        rest,
        StatementKind::Scenario(Box::new(Scenario {
            label,
            extends,
            title,
            items: Vec::new(),
        })),
    ))
}

/// `suppose Azerbaijan owns North-South.`, `drop Russia leads CSTO.`
pub(super) fn supposition(input: Tokens) -> Parsed<ScenarioItem> {
    let opener = alt((
        value(false, keyword(Keyword::Suppose, Expected::SUPPOSE)),
        value(true, keyword(Keyword::Drop, Expected::SUPPOSE)),
    ));
    let (rest, (drop, sentences)) = (opener, cut(sentences)).parse(input)?;
    let (rest, notes) = notes(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    Ok((
        rest,
        ScenarioItem {
            span: input.span_to(rest),
            drop,
            sentences,
            notes,
        },
    ))
}

/// `impossible ?x is here and ?x is there.`
pub(super) fn impossible(input: Tokens) -> Parsed<StatementKind> {
    let opener = keyword(Keyword::Impossible, Expected::SENTENCE);
    let condition = delimited(opener, cut(|input| body(input, 0)), cut(full_stop));
    map(condition, |body| StatementKind::Impossible(Box::new(body))).parse(input)
}
