//! Rules, what overrides what, and conditions: the bodies of rules, questions and expectations.

use super::arithmetic::{MAX_DEPTH, aggregate, comparison, is_aggregate, is_comparison};
use super::doubtful;
use super::input::{Expected, Parsed, Tokens, full_stop, keyword, phrase, quoted, token};
use super::label::label;
use super::note::notes;
use super::sentence::{sentence, sentences};
use super::slips;
use super::term::term;
use super::token::{Keyword, Kind};
use super::tree::{Author, Body, BodyKind, Rule, StatementKind, TermKind, Text, Verb, Word};
use crate::complaint::syntax as say;
use crate::text::Span;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, opt, value};
use nom::multi::separated_list1;
use nom::sequence::terminated;

/// `[ "rule" [ LABEL ] [ STRING ] ":" ] [ body ] verb sentences [ notes ] "."`
pub(super) fn rule(input: Tokens) -> Parsed<StatementKind> {
    let (rest, opener) = opt(header).parse(input)?;
    let (rest, body) = match verb(rest) {
        Ok(_) => (rest, None),
        Err(_) => map(|input| body(input, 0), Some).parse(rest)?,
    };
    let verb_at = rest;
    let (rest, verb) = cut(verb).parse(rest)?;
    let verb_span = verb_at.span_to(rest);
    let (rest, heads) = cut(sentences).parse(rest)?;
    let (rest, notes) = notes(rest)?;
    let (rest, ()) = full_stop(rest)?;
    let (opener, label, gloss) = match opener {
        Some(Header {
            opener,
            label,
            gloss,
        }) => (Some(opener), label, gloss),
        None => (None, None, None),
    };
    let rule = Rule {
        opener,
        label,
        gloss,
        body,
        verb,
        verb_span,
        heads,
        notes,
    };
    doubtful::rule(input, rest, &rule);
    Ok((rest, StatementKind::Rule(Box::new(rule))))
}

struct Header {
    opener: Span,
    label: Option<Word>,
    gloss: Option<Text>,
}

/// `rule shield "an alliance protects":`
fn header(input: Tokens) -> Parsed<Header> {
    let (rest, opener) = keyword(Keyword::Rule, Expected::VERB).parse(input)?;
    let (rest, label) = if matches!(rest.kind(), Some(Kind::Quoted | Kind::Colon)) {
        (rest, None)
    } else {
        map(cut(label), Some).parse(rest)?
    };
    let (rest, gloss) = opt(quoted).parse(rest)?;
    let (rest, _) = cut(token(Kind::Colon, Expected::COLON)).parse(rest)?;
    Ok((
        rest,
        Header {
            opener: input.context.span(opener),
            label,
            gloss,
        },
    ))
}

fn verb(input: Tokens) -> Parsed<Verb> {
    alt((
        value(Verb::Implies, keyword(Keyword::Implies, Expected::VERB)),
        value(Verb::Suggests, keyword(Keyword::Suggests, Expected::VERB)),
        value(
            Verb::CastsDoubtOn,
            phrase(&["casts", "doubt", "on"], Expected::VERB),
        ),
    ))
    .parse(input)
}

/// `calm overrides anger, fear.`
pub(super) fn overrides(input: Tokens) -> Parsed<StatementKind> {
    let (rest, winner) = terminated(
        author,
        cut(keyword(Keyword::Overrides, Expected::OVERRIDES)),
    )
    .parse(input)?;
    let (rest, losers) =
        separated_list1(token(Kind::Comma, Expected::COMMA), cut(author)).parse(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    Ok((
        rest,
        StatementKind::Overrides {
            winner: Box::new(winner),
            losers,
        },
    ))
}

/// A rule's label, or a reporter's name.
pub(super) fn author(input: Tokens) -> Parsed<Author> {
    let author = |text, is_name, span| Author {
        text,
        is_name,
        span,
    };
    match input.kind() {
        Some(Kind::Capital | Kind::Quoted) => {
            let (rest, term) = term(input)?;
            match term.kind {
                TermKind::Name(name) => Ok((rest, author(name, true, term.span))),
                _ => input.expected(Expected::AUTHOR),
            }
        }
        Some(Kind::Word(keyword)) if !keyword.is_reserved() => {
            let (rest, word) = super::input::word(input, Expected::AUTHOR)?;
            Ok((rest, author(word.text, false, word.span)))
        }
        _ => input.expected(Expected::AUTHOR),
    }
}

/// `( alts | except ) { except }`
pub(super) fn body(input: Tokens, depth: usize) -> Parsed<Body> {
    let (mut rest, first) = match exception(input) {
        Some(_) => (input, None),
        None => map(|input| alternatives(input, depth), Some).parse(input)?,
    };
    let mut exceptions = Vec::new();
    while let Some(inside) = exception(rest) {
        let (after, exception) = cut(|input| alternatives(input, depth)).parse(inside)?;
        exceptions.push(exception);
        rest = after;
    }
    match first {
        Some(body) if exceptions.is_empty() => Ok((rest, body)),
        first => {
            let kind = BodyKind::Unless {
                body: first.map(Box::new),
                exceptions,
            };
            Ok((
                rest,
                Body {
                    span: input.span_to(rest),
                    kind,
                },
            ))
        }
    }
}

/// Behind `unless` or `and unless`.
fn exception(input: Tokens) -> Option<Tokens> {
    let unless = input.skip(usize::from(input.kind() == Some(Kind::Word(Keyword::And))));
    (unless.kind() == Some(Kind::Word(Keyword::Unless))).then(|| unless.skip(1))
}

/// `conj { "or" conj }`
fn alternatives(input: Tokens, depth: usize) -> Parsed<Body> {
    let conjunction = |input| conjunction_until(input, depth, &|_| false);
    let (mut rest, first) = conjunction(input)?;
    let mut all = vec![first];
    while rest.kind() == Some(Kind::Word(Keyword::Or)) {
        let (after, next) = cut(conjunction).parse(rest.skip(1))?;
        all.push(next);
        rest = after;
    }
    Ok((rest, joined(all, BodyKind::Or, input.span_to(rest))))
}

/// `literal { "and" literal }`, up to a literal that `stop` knows. `and` stays before it, and before `unless`.
pub(super) fn conjunction_until<'a>(
    input: Tokens<'a>,
    depth: usize,
    stop: &dyn Fn(Tokens<'a>) -> bool,
) -> Parsed<'a, Body> {
    let (mut rest, first) = literal(input, depth)?;
    let mut all = vec![first];
    while rest.kind() == Some(Kind::Word(Keyword::And))
        && exception(rest).is_none()
        && !stop(rest.skip(1))
    {
        let (after, next) = cut(|input| literal(input, depth)).parse(rest.skip(1))?;
        all.push(next);
        rest = after;
    }
    Ok((rest, joined(all, BodyKind::And, input.span_to(rest))))
}

fn joined(mut all: Vec<Body>, kind: fn(Vec<Body>) -> BodyKind, span: Span) -> Body {
    match all.pop() {
        Some(only) if all.is_empty() => only,
        Some(last) => {
            all.push(last);
            Body {
                span,
                kind: kind(all),
            }
        }
        None => Body {
            span,
            kind: kind(all),
        },
    }
}

/// A comparison, an aggregate, a condition in parentheses or a sentence.
fn literal(input: Tokens, depth: usize) -> Parsed<Body> {
    let (rest, kind) = if is_comparison(input) {
        comparison(input)?
    } else if is_aggregate(input) {
        aggregate(input, depth)?
    } else if input.kind() == Some(Kind::LeftParen) {
        group(input, depth)?
    } else {
        slips::check_not_group(input)?;
        map(sentence, BodyKind::Sentence).parse(input)?
    };
    Ok((
        rest,
        Body {
            span: input.span_to(rest),
            kind,
        },
    ))
}

fn group(input: Tokens, depth: usize) -> Parsed<BodyKind> {
    if depth >= MAX_DEPTH {
        return input.slip(say::nested_too_deep(input.place(), MAX_DEPTH));
    }
    let (rest, inner) = cut(|input| body(input, depth + 1)).parse(input.skip(1))?;
    let (rest, _) = cut(token(Kind::RightParen, Expected::RIGHT_PAREN)).parse(rest)?;
    Ok((rest, BodyKind::Group(Box::new(inner))))
}
