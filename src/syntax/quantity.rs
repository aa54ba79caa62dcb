//! Numbers and quantities: `5,000`, `30%`, `200 million USD`, `$200 per 1000 m³`.

use super::input::{Expected, Parsed, Tokens};
use super::term::is_sign;
use super::token::{Kind, Token};
use super::tree::{Term, TermKind};
use crate::complaint::syntax as say;
use crate::text::Span;
use crate::value::{Number, Quantity, Unit};
use smol_str::SmolStr;

/// A number with what belongs to it: sign, currency, percent or magnitude, unit.
pub(super) fn quantity(input: Tokens) -> Parsed<Term> {
    let (rest, negative) = sign(input);
    let (rest, currency) = currency(rest);
    let (rest, number) = number(rest)?;
    let is_share = rest
        .first()
        .is_some_and(|token| token.kind == Kind::Percent);
    let (rest, number) = scaled(rest, number);
    let number = if negative { number.negative() } else { number };
    let (rest, unit) = match currency {
        Some(unit) => (rest, Some(unit)),
        None => unit(rest),
    };
    let (rest, unit) = per(rest, unit);
    let span = input.span_to(rest);
    let Some(unit) = unit else {
        return Ok((
            rest,
            Term {
                span,
                kind: match is_share {
                    true => TermKind::Share(number),
                    false => TermKind::Number(number),
                },
            },
        ));
    };
    match Quantity::written(number, unit, spaced_once(input, span)) {
        Some(quantity) => Ok((
            rest,
            Term {
                span,
                kind: TermKind::Quantity(quantity),
            },
        )),
        None => input.slip(say::number_too_long(span)),
    }
}

fn sign(input: Tokens) -> (Tokens, bool) {
    let negative = input.first().is_some_and(|first| is_sign(input, first));
    (if negative { input.skip(1) } else { input }, negative)
}

fn currency(input: Tokens) -> (Tokens, Option<Unit>) {
    match input.first() {
        Some(token) if token.kind == Kind::Currency => (
            input.skip(1),
            input.context.raw(token).chars().next().and_then(Unit::sign),
        ),
        _ => (input, None),
    }
}

fn number(input: Tokens) -> Parsed<Number> {
    match input.first() {
        Some(token) if token.kind == Kind::Number => match Number::read(input.context.raw(token)) {
            Some(number) => Ok((input.skip(1), number)),
            None => input.slip(say::number_too_long(input.context.span(token))),
        },
        _ => input.expected(Expected::TERM),
    }
}

/// `%` that touches, or a magnitude.
fn scaled(input: Tokens, number: Number) -> (Tokens, Number) {
    let Some(token) = input.first() else {
        return (input, number);
    };
    let scaled = match token.kind {
        Kind::Percent => number.over(&Number::from(100)),
        Kind::Word(_) => {
            magnitude(input.context.raw(token)).and_then(|times| number.times(&Number::from(times)))
        }
        _ => None,
    };
    match scaled {
        Some(scaled) => (input.skip(1), scaled),
        None => (input, number),
    }
}

/// Whether a word after a number belongs to it: `million`.
pub(super) fn is_magnitude(word: &str) -> bool {
    magnitude(word).is_some()
}

fn magnitude(word: &str) -> Option<i64> {
    match word {
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        "trillion" => Some(1_000_000_000_000),
        _ => None,
    }
}

/// `m³/year`: one token, its parts all in the table.
fn unit(input: Tokens) -> (Tokens, Option<Unit>) {
    let unit = input.first().and_then(|token| unit_of(input, token));
    (if unit.is_some() { input.skip(1) } else { input }, unit)
}

fn unit_of(input: Tokens, token: Token) -> Option<Unit> {
    if !matches!(token.kind, Kind::Word(_) | Kind::Capital) {
        return None;
    }
    let text = input.context.read(token);
    let mut atoms = text.split('/').map(Unit::atom);
    let first = atoms.next()??;
    atoms.try_fold(first, |unit, atom| unit.over(&atom?))
}

/// `per 1000 m³`, after a unit only.
fn per<'a>(input: Tokens<'a>, unit: Option<Unit>) -> (Tokens<'a>, Option<Unit>) {
    let Some(whole) = unit else {
        return (input, None);
    };
    match per_unit(input, &whole) {
        Some((rest, unit)) => (rest, Some(unit)),
        None => (input, Some(whole)),
    }
}

fn per_unit<'a>(input: Tokens<'a>, whole: &Unit) -> Option<(Tokens<'a>, Unit)> {
    if !input.reads(&["per"]) {
        return None;
    }
    let mut rest = input.skip(1);
    let mut count = Number::from(1);
    if let Some(token) = rest.first().filter(|token| token.kind == Kind::Number) {
        count = Number::read(rest.context.raw(token))?;
        (rest, count) = scaled(rest.skip(1), count);
    }
    let (rest, part) = unit(rest);
    Some((rest, whole.per(&count, &part?)?))
}

/// The words of a span with one space where white space or a comment stands.
fn spaced_once(input: Tokens, span: Span) -> SmolStr {
    let raw = input.context.raw_at(span);
    let tokens = input
        .rest()
        .iter()
        .take_while(|token| token.start < span.end);
    let mut words = String::with_capacity(raw.len());
    let mut end = span.start;
    for token in tokens {
        if token.start > end {
            words.push(' ');
        }
        words.push_str(&input.context.read(*token));
        end = token.end;
    }
    words.into()
}
