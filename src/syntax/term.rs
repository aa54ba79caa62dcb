//! Terms: names, variables, dates, `?` and the asking words. Numbers and quantities have a file of their own.

use super::input::{Context, Expected, Parsed, Tokens};
use super::quantity::quantity;
use super::token::{Flags, Kind, Token};
use super::tree::{Dated, Term, TermKind, Word};
use crate::complaint::syntax as say;
use crate::value::Date;
use smol_str::SmolStr;

/// One term, without a `the` before it.
pub(super) fn term(input: Tokens) -> Parsed<Term> {
    let context = input.context;
    let Some(token) = input.first() else {
        return input.expected(Expected::TERM);
    };
    let kind = match token.kind {
        Kind::Capital => return Ok(name(input, token)),
        Kind::Quoted => {
            let text = context.unquoted(token);
            if text.is_empty() {
                return input.slip(say::empty_name(context.span(token)));
            }
            TermKind::Name(text)
        }
        Kind::Variable => TermKind::Variable {
            name: variable_name(context, token),
            kind: None,
        },
        Kind::Anything => TermKind::Anything,
        Kind::Word(keyword) if keyword.is_asked() => TermKind::Asked(context.read(token)),
        Kind::Date => match Date::read(context.raw(token)) {
            Some(date) => TermKind::Date(date),
            None => return input.slip(say::no_such_date(context.span(token), context.raw(token))),
        },
        Kind::Number | Kind::Currency | Kind::Minus => return quantity(input),
        _ => return input.expected(Expected::TERM),
    };
    Ok((
        input.skip(1),
        Term {
            span: context.span(token),
            kind,
        },
    ))
}

/// Whether a term begins here.
pub(super) fn begins_term(input: Tokens) -> bool {
    match input.first() {
        Some(token) => token.kind.begins_term() || is_sign(input, token),
        None => false,
    }
}

/// `-` before a number that it touches, and after white space or a sign.
pub(super) fn is_sign(input: Tokens, minus: Token) -> bool {
    let opens = |before: Kind| {
        matches!(
            before,
            Kind::LeftParen
                | Kind::LeftBracket
                | Kind::Comma
                | Kind::Compare(_)
                | Kind::Plus
                | Kind::Minus
                | Kind::Times
                | Kind::Divide
        )
    };
    let spaced =
        minus.flags.has(Flags::SPACED) || input.previous().is_some_and(|before| opens(before.kind));
    minus.kind == Kind::Minus
        && spaced
        && input.ahead(1).is_some_and(|next| {
            matches!(next.kind, Kind::Number | Kind::Currency) && next.start == minus.end
        })
}

/// A run of capitalised tokens is one name.
fn name<'a>(input: Tokens<'a>, first: Token) -> (Tokens<'a>, Term) {
    let context = input.context;
    let mut rest = input.skip(1);
    if rest.kind() != Some(Kind::Capital) {
        let kind = TermKind::Name(context.read(first));
        return (
            rest,
            Term {
                span: context.span(first),
                kind,
            },
        );
    }
    let mut name = String::from(context.read(first).as_str());
    while let Some(next) = rest.first().filter(|next| next.kind == Kind::Capital) {
        name.push(' ');
        name.push_str(&context.read(next));
        rest = rest.skip(1);
    }
    (
        rest,
        Term {
            span: input.span_to(rest),
            kind: TermKind::Name(name.into()),
        },
    )
}

/// `?client` without its question mark.
pub(super) fn variable_name(context: &Context, token: Token) -> SmolStr {
    let name = Token {
        start: token.start + 1,
        ..token
    };
    context.read(name)
}

/// `?x`
pub(super) fn variable(input: Tokens) -> Parsed<Term> {
    match input.kind() {
        Some(Kind::Variable) => term(input),
        _ => input.expected(Expected::VARIABLE),
    }
}

/// `?bloc:Alliance`, as a declaration may have it.
pub(super) fn with_kind<'a>(input: Tokens<'a>, term: &mut Term) -> Parsed<'a, ()> {
    if input.kind() != Some(Kind::Colon) || !matches!(term.kind, TermKind::Variable { .. }) {
        return Ok((input, ()));
    }
    let Some(token) = input.ahead(1).filter(|next| next.kind == Kind::Capital) else {
        return input.slip(say::kind_without_name(input.skip(1).place()));
    };
    let word = Word {
        text: input.context.read(token),
        span: input.context.span(token),
    };
    term.span = term.span.to(word.span);
    if let TermKind::Variable { kind, .. } = &mut term.kind {
        *kind = Some(Box::new(word));
    }
    Ok((input.skip(2), ()))
}

/// A date where one is due: a bare year counts.
pub(super) fn date(input: Tokens) -> Parsed<Dated> {
    let context = input.context;
    let Some(token) = input.first() else {
        return input.expected(Expected::DATE);
    };
    let raw = context.raw(token);
    let date = match token.kind {
        Kind::Date => Date::read(raw),
        Kind::Number => match raw.parse::<i16>() {
            Ok(year) if raw.len() <= 4 => {
                if raw.len() < 4 {
                    context.complain(say::short_year(context.span(token), raw));
                }
                Date::year(year)
            }
            _ => None,
        },
        _ => return input.expected(Expected::DATE),
    };
    match date {
        Some(date) => Ok((
            input.skip(1),
            Dated {
                date,
                span: context.span(token),
            },
        )),
        None => input.slip(say::no_such_date(context.span(token), raw)),
    }
}

/// Whether a date, or a number that could be a year, stands `ahead` places on.
pub(super) fn date_ahead(input: Tokens, ahead: usize) -> bool {
    matches!(input.kind_ahead(ahead), Some(Kind::Date | Kind::Number))
}
