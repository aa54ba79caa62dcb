//! Notes: what stands in brackets before the full stop. Which statement may have which is settled in [`allowed`].

use super::input::{Expected, Parsed, Tokens, phrase, token, word};
use super::rule::author;
use super::term::{date, date_ahead};
use super::token::{Keyword, Kind, Token};
use super::tree::{Likelihood, LikelihoodWord, Note, NoteKind, StatusWord, Text};
use crate::complaint::{Complaint, syntax as say};
use crate::value::Number;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, opt, value};
use nom::multi::separated_list1;
use nom::sequence::preceded;

/// `[ note, note ]`, or none.
pub(super) fn notes(input: Tokens) -> Parsed<Vec<Note>> {
    if input.kind() != Some(Kind::LeftBracket) {
        return Ok((input, Vec::new()));
    }
    let opening = input.place();
    let (rest, notes) = preceded(
        token(Kind::LeftBracket, Expected::NOTES),
        cut(separated_list1(
            token(Kind::Comma, Expected::COMMA),
            cut(note),
        )),
    )
    .parse(input)?;
    match rest.kind() {
        Some(Kind::RightBracket) => Ok((rest.skip(1), notes)),
        None | Some(Kind::FullStop | Kind::QuestionEnd) => {
            rest.slip(say::unclosed_bracket(opening, rest.place()))
        }
        Some(_) => match likelihood_in_words(last_note(input, rest)) {
            Some(slip) => rest.slip(slip),
            None => cut(token(
                Kind::RightBracket,
                Expected::COMMA.or(Expected::RIGHT_BRACKET),
            ))
            .parse(rest)
            .map(|(rest, _)| (rest, notes)),
        },
    }
}

/// What stands behind the brackets that open here.
pub(super) fn behind_brackets(input: Tokens) -> Tokens {
    let closing = input
        .rest()
        .iter()
        .position(|token| token.kind == Kind::RightBracket);
    input.skip(closing.map_or(input.rest().len(), |closing| closing + 1))
}

/// Where the note opens that was read last.
fn last_note<'a>(input: Tokens<'a>, rest: Tokens<'a>) -> Tokens<'a> {
    let read = &input.rest()[..rest.at() - input.at()];
    let opens = |token: &Token| matches!(token.kind, Kind::Comma | Kind::LeftBracket);
    input.skip(read.iter().rposition(opens).map_or(0, |before| before + 1))
}

/// The words from here to the end of the note.
fn words_of_note(input: Tokens) -> Tokens {
    let words = input.rest().iter().take_while(|token| {
        !matches!(
            token.kind,
            Kind::Comma
                | Kind::RightBracket
                | Kind::FullStop
                | Kind::QuestionEnd
                | Kind::LeftBracket
        )
    });
    input.skip(words.count())
}

/// `[likelihood 30%]`, `[30% likely]`
fn likelihood_in_words(note: Tokens) -> Option<Complaint> {
    let span = note.span_to(words_of_note(note));
    say::likelihood_in_words(span, note.context.raw_at(span))
}

fn note(input: Tokens) -> Parsed<Note> {
    let parsed = alt((source, time, by, status_or_likelihood, share)).parse(input);
    match parsed {
        Ok((rest, kind)) => Ok((
            rest,
            Note {
                span: input.span_to(rest),
                kind,
            },
        )),
        Err(nom::Err::Error(_)) => unknown(input),
        Err(other) => Err(other),
    }
}

/// `source memo ¶8`
fn source(input: Tokens) -> Parsed<NoteKind> {
    let (rest, _) = phrase(&["source"], Expected::NOTE).parse(input)?;
    if rest.kind() == Some(Kind::Quoted) {
        return rest.slip(say::quoted_source(
            rest.place(),
            rest.context.raw_at(rest.place()),
        ));
    }
    let (rest, label) = cut(|input| word(input, Expected::LABEL)).parse(rest)?;
    let place = rest.first().filter(|token| token.kind == Kind::Place);
    match place {
        Some(token) => {
            let place = Text {
                text: rest.context.read(token),
                span: rest.context.span(token),
            };
            Ok((
                rest.skip(1),
                NoteKind::Source {
                    label,
                    place: Some(place),
                },
            ))
        }
        None => Ok((rest, NoteKind::Source { label, place: None })),
    }
}

fn time(input: Tokens) -> Parsed<NoteKind> {
    if input.reads(&["from", "then", "on"]) {
        return Ok((input.skip(3), NoteKind::FromThenOn));
    }
    let dated = |words, kind: fn(_) -> NoteKind| {
        map(preceded(phrase(words, Expected::NOTE), cut(date)), kind)
    };
    alt((
        dated(&["from"], NoteKind::From),
        dated(&["until"], NoteKind::Until),
        dated(&["before"], NoteKind::Before),
        dated(&["in"], NoteKind::In),
        dated(&["happened", "in"], NoteKind::Happened),
        dated(&["happened", "on"], NoteKind::Happened),
    ))
    .parse(input)
}

fn by(input: Tokens) -> Parsed<NoteKind> {
    alt((
        map(
            preceded(phrase(&["reported", "by"], Expected::NOTE), cut(author)),
            NoteKind::ReportedBy,
        ),
        map(
            preceded(phrase(&["denied", "by"], Expected::NOTE), cut(author)),
            NoteKind::DeniedBy,
        ),
        value(
            NoteKind::Presumably,
            phrase(&["presumably"], Expected::NOTE),
        ),
        value(NoteKind::Now, phrase(&["now"], Expected::NOTE)),
    ))
    .parse(input)
}

/// The longer phrases come first.
fn status_or_likelihood(input: Tokens) -> Parsed<NoteKind> {
    let likely = |words, word| {
        value(
            NoteKind::Likelihood(Likelihood::Word(word)),
            phrase(words, Expected::NOTE),
        )
    };
    let status = |words, word| value(NoteKind::Status(word), phrase(words, Expected::NOTE));
    alt((
        likely(&["almost", "no", "chance"], LikelihoodWord::AlmostNoChance),
        likely(&["very", "unlikely"], LikelihoodWord::VeryUnlikely),
        likely(&["unlikely"], LikelihoodWord::Unlikely),
        likely(
            &["roughly", "even", "chance"],
            LikelihoodWord::RoughlyEvenChance,
        ),
        likely(&["likely"], LikelihoodWord::Likely),
        likely(&["very", "likely"], LikelihoodWord::VeryLikely),
        likely(&["almost", "certain"], LikelihoodWord::AlmostCertain),
        status(&["certain"], StatusWord::Certain),
        status(&["presumed"], StatusWord::Presumed),
        status(&["refuted"], StatusWord::Refuted),
        status(&["contested"], StatusWord::Contested),
        status(&["undecided"], StatusWord::Undecided),
        status(&["unknown"], StatusWord::Unknown),
        status(&["depends"], StatusWord::Depends),
    ))
    .parse(input)
}

/// `10%`; that `-10%` is none is for the checker to say.
fn share(input: Tokens) -> Parsed<NoteKind> {
    let (rest, (sign, number, _)) = (
        opt(token(Kind::Minus, Expected::NOTE)),
        token(Kind::Number, Expected::NOTE),
        token(Kind::Percent, Expected::NOTE),
    )
        .parse(input)?;
    let hundred = Number::from(if sign.is_some() { -100 } else { 100 });
    let share = Number::read(input.context.raw(number)).and_then(|number| number.over(&hundred));
    match share {
        Some(share) => Ok((rest, NoteKind::Likelihood(Likelihood::Share(share)))),
        None => input.slip(say::number_too_long(input.context.span(number))),
    }
}

/// `p. 3`, `chapter 2`, `12`
fn is_place(input: Tokens) -> bool {
    const OPENINGS: [&str; 10] = [
        "p",
        "pp",
        "page",
        "pages",
        "chapter",
        "section",
        "paragraph",
        "line",
        "table",
        "figure",
    ];
    let opening = input.first().map_or("", |first| input.context.raw(first));
    input.kind() == Some(Kind::Number) || OPENINGS.contains(&opening)
}

/// Points at all words of a note that is none.
fn unknown(input: Tokens) -> Parsed<Note> {
    let end = words_of_note(input);
    if input.first().is_none()
        || input.span_to(end).is_empty()
        || end.previous() == input.previous()
    {
        return input.expected(Expected::NOTE);
    }
    let span = input.span_to(end);
    let said = input.context.raw_at(span);
    if let Some(slip) = likelihood_in_words(input) {
        return input.slip(slip);
    }
    if date_ahead(input, 0) {
        return input.slip(say::bare_date_note(span, said));
    }
    if let [.., source, label, _] = input.before()
        && source.kind == Kind::Word(Keyword::Source)
        && is_place(input)
    {
        let label = input.context.raw(*label);
        return input.slip(say::place_apart(span, label, said));
    }
    if input.kind() == Some(Kind::Word(Keyword::As)) {
        return input.slip(say::as_of_note(span, said));
    }
    input.slip(say::unknown_note(span, said))
}
