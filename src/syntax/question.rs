//! Questions, and what can follow a question or an expectation: `in buyout`, `as of 2010-12`, `if …`, `given …`.
//!
//! At the end of a sentence `in buyout` can be a scenario or two words of the sentence, which depends on what is declared
//! anywhere in the case. The parser leaves it in the sentence; [`split_scenarios`] takes it out once that is known.

use super::input::{Expected, Parsed, Tokens, keyword, phrase, token, word};
use super::rule::body;
use super::sentence::sentences;
use super::slips;
use super::term::date;
use super::token::{Keyword, Kind};
use super::tree::{
    Body, BodyKind, Part, Question, QuestionKind, Sentence, Suffix, SuffixKind, Word,
};
use crate::complaint::syntax as say;
use crate::text::Span;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, opt, value};
use nom::multi::many0;
use nom::sequence::preceded;

/// A question up to its `?`, which may be missing where the text came from a prompt.
pub(super) fn question(input: Tokens) -> Parsed<Question> {
    let (rest, supposed) = opt(what_if).parse(input)?;
    let (rest, kind) = kind(rest)?;
    let rest = slips::question_order(rest)?;
    let (rest, body) = body(rest, 0)?;
    let (rest, mut suffixes) = suffixes(rest)?;
    let (rest, ()) = question_end(rest)?;
    let kind = match (supposed, kind) {
        (Some((_, sentences)), QuestionKind::Plain) => QuestionKind::WhatIf(sentences),
        (Some((span, sentences)), kind) => {
            let kind_of = SuffixKind::If(sentences);
            suffixes.insert(
                0,
                Suffix {
                    span,
                    kind: kind_of,
                },
            );
            kind
        }
        (None, kind) => kind,
    };
    Ok((
        rest,
        Question {
            kind,
            body,
            suffixes,
        },
    ))
}

/// `what if F and not G:`, before a question of any kind; before `why S?` it is the same as `if F and not G` behind it.
fn what_if(input: Tokens) -> Parsed<(Span, Vec<Sentence>)> {
    let (rest, sentences) =
        preceded(phrase(&["what", "if"], Expected::SENTENCE), cut(sentences)).parse(input)?;
    if rest.kind() == Some(Kind::QuestionEnd) {
        return rest.slip(say::nothing_asked(
            rest.place(),
            rest.context.raw_at(input.span_to(rest)),
        ));
    }
    let (rest, _) = cut(token(Kind::Colon, Expected::COLON.or(Expected::AND))).parse(rest)?;
    Ok((rest, (input.span_to(rest), sentences)))
}

fn question_end(input: Tokens) -> Parsed<()> {
    match input.kind() {
        None => Ok((input, ())),
        Some(Kind::QuestionEnd | Kind::FullStop) => Ok((input.skip(1), ())),
        Some(_) => input.expected(Expected::QUESTION_END),
    }
}

fn kind<'a>(input: Tokens<'a>) -> Parsed<'a, QuestionKind> {
    match input.kind() {
        Some(Kind::Word(Keyword::Why)) => alt((
            value(
                QuestionKind::WhyNot,
                phrase(&["why", "not"], Expected::SENTENCE),
            ),
            value(QuestionKind::Why, phrase(&["why"], Expected::SENTENCE)),
        ))
        .parse(input),
        Some(Kind::Word(Keyword::How)) if input.reads(&["how", "many"]) => {
            input.slip(say::how_many(input.span_to(input.skip(2))))
        }
        Some(Kind::Word(Keyword::How)) => value(
            QuestionKind::HowLikely,
            cut(phrase(
                &["how", "likely", "is", "it", "that"],
                Expected::HOW_LIKELY,
            )),
        )
        .parse(input),
        Some(Kind::Word(Keyword::What)) => alt((
            value(
                QuestionKind::WhatWouldItTake,
                phrase(&["what", "would", "it", "take", "for"], Expected::SENTENCE),
            ),
            |input: Tokens<'a>| match input.reads(&["what", "would", "it", "take"]) {
                true => input.slip(say::take_for_what(input.span_to(input.skip(4)))),
                false => Ok((input, QuestionKind::Plain)),
            },
        ))
        .parse(input),
        _ => Ok((input, QuestionKind::Plain)),
    }
}

pub(super) fn suffixes(input: Tokens) -> Parsed<Vec<Suffix>> {
    many0(suffix).parse(input)
}

fn suffix(input: Tokens) -> Parsed<Suffix> {
    let scenario = map(
        preceded(phrase(&["in"], Expected::QUESTION_END), |input| {
            word(input, Expected::LABEL)
        }),
        SuffixKind::In,
    );
    let as_of = map(
        preceded(phrase(&["as", "of"], Expected::QUESTION_END), cut(date)),
        SuffixKind::AsOf,
    );
    let supposing = map(
        preceded(keyword(Keyword::If, Expected::QUESTION_END), cut(sentences)),
        SuffixKind::If,
    );
    let given = map(
        preceded(
            keyword(Keyword::Given, Expected::QUESTION_END),
            cut(|input| body(input, 0)),
        ),
        SuffixKind::Given,
    );
    let (rest, kind) = alt((scenario, as_of, supposing, given)).parse(input)?;
    Ok((
        rest,
        Suffix {
            span: input.span_to(rest),
            kind,
        },
    ))
}

/// Takes `in SCENARIO` out of the sentences where it stands at the end of the body or of a suffix.
///
/// `is_scenario` is told the sentence as written, the sentence without its last two words, and the last word; where it says
/// yes, the word becomes a suffix. In `who can lean on Armenia in buyout?` it is asked about `buyout`.
pub fn split_scenarios(
    body: &mut Body,
    suffixes: &mut Vec<Suffix>,
    mut is_scenario: impl FnMut(&Sentence, &Sentence, &Word) -> bool,
) {
    let mut found = Vec::new();
    found.extend(
        last_sentence(body)
            .and_then(|sentence| split(sentence, &mut is_scenario))
            .map(|suffix| (0, suffix)),
    );
    for (place, suffix) in suffixes.iter_mut().enumerate() {
        let sentence = match &mut suffix.kind {
            SuffixKind::If(sentences) => sentences.last_mut(),
            SuffixKind::Given(body) => last_sentence(body),
            SuffixKind::In(_) | SuffixKind::AsOf(_) => None,
        };
        found.extend(
            sentence
                .and_then(|sentence| split(sentence, &mut is_scenario))
                .map(|suffix| (place + 1, suffix)),
        );
    }
    for (place, suffix) in found.into_iter().rev() {
        suffixes.insert(place, suffix);
    }
}

/// The sentence with which a condition ends, if it ends with one.
fn last_sentence(body: &mut Body) -> Option<&mut Sentence> {
    match &mut body.kind {
        BodyKind::Sentence(sentence) => Some(sentence),
        BodyKind::And(parts) | BodyKind::Or(parts) => last_sentence(parts.last_mut()?),
        BodyKind::Unless { exceptions, .. } => last_sentence(exceptions.last_mut()?),
        BodyKind::Aggregate(aggregate) => last_sentence(&mut aggregate.condition),
        BodyKind::Comparison { .. } | BodyKind::Group(_) => None,
    }
}

fn split(
    sentence: &mut Sentence,
    is_scenario: &mut impl FnMut(&Sentence, &Sentence, &Word) -> bool,
) -> Option<Suffix> {
    let [before @ .., Part::Word(in_word), Part::Word(scenario)] = sentence.parts.as_slice() else {
        return None;
    };
    let is_a_sentence = before.len() > 1 || matches!(before, [Part::Word(_)]);
    if in_word.text != "in" || !is_a_sentence {
        return None;
    }
    let ends = |part: &Part| match part {
        Part::Word(word) => word.span,
        Part::Term(term) => term.span,
        Part::List(list) => list.span,
    };
    let end = before
        .last()
        .map(ends)?
        .end
        .max(sentence.not.map_or(0, |not| not.end));
    let suffix_span = in_word.span.to(scenario.span);
    let shorter = Sentence {
        parts: before.to_vec(),
        not: sentence.not,
        span: crate::text::Span {
            end,
            ..sentence.span
        },
    };
    let scenario = scenario.clone();
    if sentence
        .not
        .is_some_and(|not| not.start > suffix_span.start)
        || !is_scenario(sentence, &shorter, &scenario)
    {
        return None;
    }
    *sentence = shorter;
    Some(Suffix {
        span: suffix_span,
        kind: SuffixKind::In(scenario),
    })
}
