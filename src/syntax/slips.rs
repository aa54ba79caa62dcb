//! The usual slips, seen from the tokens where the parsers stopped or passed by, and handed to the words in `complaint::syntax`.

use super::input::{Context, Parsed, Tokens};
use super::list_mark;
use super::token::{Flags, Keyword, Kind, Problem, Token};
use super::tree::{Term, TermKind, Word};
use crate::complaint::{Complaint, syntax as say};
use crate::text::Span;
use crate::value::Unit;

/// `The`, `Each of`, `Who` and their like at the opening of a statement are read in lower case, with a warning.
pub(super) fn lower_opening(tokens: &mut [Token], context: &Context) -> Option<Complaint> {
    let at = inner_opening(tokens, context).unwrap_or(0);
    let tokens = tokens.get_mut(at..)?;
    let next_is_of = tokens.get(1).is_some_and(|next| context.raw(*next) == "of");
    let first = tokens
        .first_mut()
        .filter(|first| first.kind == Kind::Capital)?;
    let raw = context.raw(*first);
    let keyword = lowered(raw).filter(|keyword| *keyword != Keyword::Each || next_is_of)?;
    first.kind = Kind::Word(keyword);
    first.flags = first.flags.with(Flags::LOWERED);
    Some(say::capital_opening(context.span(*first), raw))
}

/// What a word with a capital is read as where it opens a statement; `Each` only before `of`.
pub(super) fn lowered(word: &str) -> Option<Keyword> {
    Some(match word {
        "The" => Keyword::The,
        "Each" => Keyword::Each,
        "Who" => Keyword::Who,
        "What" => Keyword::What,
        "Which" => Keyword::Which,
        "Why" => Keyword::Why,
        "How" => Keyword::How,
        "If" => Keyword::If,
        _ => return None,
    })
}

/// The `Each of` that opens what is expected, supposed or an outcome.
fn inner_opening(tokens: &[Token], context: &Context) -> Option<usize> {
    const FARTHEST: usize = 8;
    let opens = |at: usize| {
        let before = tokens[at - 1];
        match before.kind {
            Kind::Colon | Kind::Word(Keyword::Expect | Keyword::Suppose | Keyword::Drop) => true,
            Kind::Word(_) => {
                context.raw(before) == "no"
                    && at > 1
                    && tokens[at - 2].kind == Kind::Word(Keyword::Expect)
            }
            _ => false,
        }
    };
    (1..tokens.len().min(FARTHEST)).find(|&at| {
        tokens[at].kind == Kind::Capital && context.raw(tokens[at]) == "Each" && opens(at)
    })
}

/// Complains of what the lexer could not read, and returns the place of the last.
pub(super) fn bad_tokens(input: Tokens) -> usize {
    /// Of one statement: what is wrong once is often wrong everywhere.
    const MOST: usize = 5;
    let context = input.context;
    let names_file = matches!(input.kind(), Some(Kind::Word(Keyword::Use | Keyword::Load)));
    let bad = input
        .rest()
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token.kind {
            Kind::Bad(problem) => Some((at, problem, *token)),
            _ => None,
        });
    let mut last = 0;
    let mut told: Vec<&str> = Vec::new();
    for (at, problem, token) in bad.take(MOST) {
        let (span, raw) = (context.span(token), context.raw(token));
        last = at;
        if problem == Problem::Stray && told.contains(&raw) {
            continue;
        }
        told.push(raw);
        if let Some(complaint) = list_mark::unknown_sign(input.skip(at)) {
            context.complain(complaint);
            continue;
        }
        if let Some(source) = source_without_comma(input, at) {
            context.complain(say::comma_before_note(source));
            continue;
        }
        context.complain(match problem {
            Problem::Dotted if names_file && is_before_quote(input, at, raw) => {
                say::stop_before_path(span)
            }
            Problem::Dotted if names_file => say::path_without_quotes(span, raw),
            Problem::Dotted => say::full_stop_inside(span, raw),
            Problem::Unclosed => say::unclosed_quote(span),
            Problem::Escape => say::unknown_escape(span, raw),
            Problem::Stray => say::stray_character(span, raw),
            Problem::Numeral => say::not_a_number(span, raw),
            Problem::NoSuchDate => say::no_such_date(span, raw),
            Problem::Operator => say::unknown_operator(span, raw),
            Problem::Asked => say::asked_inside(span, raw),
        });
    }
    last
}

/// `."more.hence"`
fn is_before_quote(input: Tokens, at: usize, raw: &str) -> bool {
    raw.bytes().all(|byte| byte == b'.') && input.kind_ahead(at + 1) == Some(Kind::Quoted)
}

/// At the `¶` of `[from 2010 source memo ¶8]`: the `source`, which has no comma before it.
fn source_without_comma(input: Tokens, at: usize) -> Option<Span> {
    let [.., before, source, label, _] = input.rest().get(..=at)? else {
        return None;
    };
    let is_note = matches!(source.kind, Kind::Word(Keyword::Source))
        && matches!(label.kind, Kind::Word(_))
        && !matches!(before.kind, Kind::Comma | Kind::LeftBracket);
    let tokens = input.rest().iter().take(at);
    let in_brackets = tokens.fold(false, |inside, token| match token.kind {
        Kind::LeftBracket => true,
        Kind::RightBracket => false,
        _ => inside,
    });
    (is_note && in_brackets).then(|| input.context.span(*source))
}

/// A line at the left margin that does not open with a word such as `and` goes on with a sentence. In a fact it is a missing full stop.
pub(super) fn line_goes_on(input: Tokens) {
    let joins = |token: Token| match token.kind {
        Kind::Word(keyword) if keyword.is_asked() => false,
        Kind::Word(keyword) => keyword.is_reserved() || keyword == Keyword::Casts,
        kind => !kind.begins_term(),
    };
    if input.first().is_some_and(|token| !joins(token)) {
        input.context.complain(say::line_goes_on(input.place()));
    }
}

/// `six`
pub(super) fn number_word(input: Tokens) {
    if let Some(token) = input.first() {
        let raw = input.context.raw(token);
        input
            .context
            .complain(say::number_word(input.place(), raw, figure(raw)));
    }
}

fn figure(word: &str) -> Option<u32> {
    const FIGURES: [(&str, u32); 20] = [
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
    ];
    FIGURES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, figure)| *figure)
}

/// `200km`
pub(super) fn touching_unit(input: Tokens) {
    let Some(token) = input.first() else { return };
    let raw = input.context.raw(token);
    if !raw.starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let split = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
    let (number, unit) = raw.split_at(split);
    if unit.split('/').all(|atom| Unit::atom(atom).is_some()) {
        input
            .context
            .complain(say::touching_unit(input.place(), raw, number, unit));
    }
}

/// `CSTO covers Russia and Armenia`, at the lone term; its sentence so far, before its last term and from it on.
pub(super) fn before_and<'a>(lone: Tokens<'a>) -> Option<(&'a str, &'a str)> {
    let context = lone.context;
    let before = lone.before();
    let (and, sentence) = before.split_last()?;
    let starts = sentence.iter().rposition(|token| match token.kind {
        Kind::Word(keyword) => {
            keyword.is_reserved() && !keyword.is_asked() && keyword != Keyword::Not
        }
        kind => matches!(kind, Kind::Colon | Kind::LeftParen),
    });
    let sentence = &sentence[starts.map_or(0, |at| at + 1)..];
    let is_name = sentence.last()?.kind == Kind::Capital;
    let name = sentence
        .iter()
        .rev()
        .take_while(|token| token.kind == Kind::Capital)
        .count();
    let term = sentence.len() - if is_name { name } else { 1 };
    let (first, last) = (sentence.first()?, sentence.get(term)?);
    let raw = |start: u32, end: u32| context.text[start as usize..end as usize].trim();
    (term > 0 && last.kind.begins_term())
        .then(|| (raw(first.start, last.start), raw(last.start, and.start)))
}

/// `does not depend`, at the `not`
pub(super) fn does_not(input: Tokens, before: &Word) {
    if !matches!(before.text.as_str(), "does" | "do" | "did") {
        return;
    }
    let span = before.span.to(input.place());
    let verb = match input.skip(1).first() {
        Some(token) if matches!(token.kind, Kind::Word(_)) => input.context.raw(token),
        _ => return,
    };
    input
        .context
        .complain(say::does_not(span, &before.text, verb));
}

/// Things that people number.
const NUMBERED: [&str; 28] = [
    "Act",
    "Annex",
    "Area",
    "Article",
    "Block",
    "Brigade",
    "Chapter",
    "Clause",
    "Directive",
    "Flight",
    "Group",
    "Law",
    "Level",
    "Option",
    "Part",
    "Phase",
    "Plan",
    "Point",
    "Project",
    "Protocol",
    "Regulation",
    "Resolution",
    "Round",
    "Section",
    "Stage",
    "Track",
    "Unit",
    "Zone",
];

/// `Article 5`: a number that opens its sentence with the name before it, or is the name's own. `A road B 4` is meant.
pub(super) fn number_after_name(input: Tokens, before: &Term, opens: bool, number: &Term) {
    let TermKind::Name(name) = &before.kind else {
        return;
    };
    let span = before.span.to(number.span);
    if let Some(month) = month(name)
        && input.context.raw_at(number.span).len() == 4
    {
        let words = input.context.raw_at(span);
        return input
            .context
            .complain(say::month_in_words(span, words, month));
    }
    let is_numbered = NUMBERED.iter().any(|noun| name.ends_with(noun));
    if !(opens || is_numbered) || input.context.raw_at(before.span).starts_with('"') {
        return;
    }
    input
        .context
        .complain(say::number_after_name(span, input.context.raw_at(span)));
}

/// The number of a month by its name.
pub(super) fn month(name: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let is_meant = |month: &&str| *month == name || month.get(..3) == Some(name);
    MONTHS.iter().position(is_meant).map(|place| place + 1)
}

/// `not (…)`
pub(super) fn check_not_group(input: Tokens) -> Parsed<()> {
    let is_group = input.kind() == Some(Kind::Word(Keyword::Not))
        && input.kind_ahead(1) == Some(Kind::LeftParen);
    if is_group {
        input.slip(say::not_before_group(input.place()))
    } else {
        Ok((input, ()))
    }
}

/// `Is Armenia free?`, where `Is Armenia` would be a name
pub(super) fn question_order(input: Tokens) -> Result<Tokens, nom::Err<super::input::Failure>> {
    let context = input.context;
    let word = input.first().map_or("", |token| context.raw(token));
    let is_asking = matches!(
        word,
        "Is" | "Are"
            | "Was"
            | "Were"
            | "Does"
            | "Do"
            | "Did"
            | "Can"
            | "Could"
            | "Will"
            | "Would"
            | "Has"
            | "Have"
            | "Should"
            | "Must"
            | "May"
    );
    let is_name = input.kind() == Some(Kind::Capital)
        && matches!(input.kind_ahead(1), Some(Kind::Capital | Kind::Quoted));
    if !(is_asking && is_name) {
        return Ok(input);
    }
    let asked = in_order(input, word);
    let slip: Parsed<()> = input.slip(say::question_order(input.place(), word, asked.as_deref()));
    slip.map(|_| input)
}

/// `Armenia is free` for `Is Armenia free?`, `Armenia covers Georgia` for `Does Armenia cover Georgia?`
fn in_order(input: Tokens, word: &str) -> Option<String> {
    let context = input.context;
    let name = input.skip(1);
    let length = match name.kind()? {
        Kind::Capital => name
            .rest()
            .iter()
            .take_while(|token| token.kind == Kind::Capital)
            .count(),
        _ => 1,
    };
    let mut more = name.skip(length);
    let end = input.skip(input.rest().len());
    let verb = match word {
        "Does" => {
            let verb = more
                .first()
                .filter(|verb| matches!(verb.kind, Kind::Word(_)))?;
            more = more.skip(1);
            say::inflected(context.raw(verb))
        }
        "Do" | "Did" => return None,
        _ => word.to_lowercase(),
    };
    let name = context.raw_at(name.span_to(name.skip(length)));
    let rest = context.raw_at(more.span_to(end));
    let rest = rest.trim_end_matches(['?', '.']);
    Some(format!("{name} {verb} {rest}").trim_end().to_owned())
}
