//! The usual slips, seen from the tokens where the parsers stopped or passed by, and handed to the words in `complaint::syntax`.

use super::input::{Context, Expected, Failure, Parsed, Tokens, Why};
use super::token::{Flags, Keyword, Kind, Problem, Token};
use super::tree::{Part, Term, TermKind, Word};
use crate::complaint::{Complaint, syntax as say};
use crate::text::{Span, nearest};
use crate::value::Unit;

/// `The`, `Each of`, `Who` and their like at the opening of a statement are read in lower case, with a warning.
pub(super) fn lower_opening(tokens: &mut [Token], context: &Context) -> Option<Complaint> {
    let next_is_of = tokens.get(1).is_some_and(|next| context.raw(*next) == "of");
    let first = tokens
        .first_mut()
        .filter(|first| first.kind == Kind::Capital)?;
    let raw = context.raw(*first);
    let keyword = match raw {
        "The" => Keyword::The,
        "Each" if next_is_of => Keyword::Each,
        "Who" => Keyword::Who,
        "What" => Keyword::What,
        "Which" => Keyword::Which,
        "Why" => Keyword::Why,
        "How" => Keyword::How,
        "If" => Keyword::If,
        _ => return None,
    };
    first.kind = Kind::Word(keyword);
    first.flags = first.flags.with(Flags::LOWERED);
    Some(say::capital_opening(context.span(*first), raw))
}

/// Complains of what the lexer could not read, and returns the place of the last.
pub(super) fn bad_tokens(input: Tokens) -> usize {
    /// Of one statement: what is wrong once is often wrong everywhere.
    const MOST: usize = 5;
    let context = input.context;
    let bad = input
        .rest()
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token.kind {
            Kind::Bad(problem) => Some((at, problem, *token)),
            _ => None,
        });
    let mut last = 0;
    for (at, problem, token) in bad.take(MOST) {
        let (span, raw) = (context.span(token), context.raw(token));
        context.complain(match problem {
            Problem::Dotted => say::full_stop_inside(span, raw),
            Problem::Unclosed => say::unclosed_quote(span),
            Problem::Escape => say::unknown_escape(span, raw),
            Problem::Stray => say::stray_character(span, raw),
            Problem::Numeral => say::not_a_number(span, raw),
            Problem::NoSuchDate => say::no_such_date(span, raw),
            Problem::Operator => say::unknown_operator(span, raw),
        });
        last = at;
    }
    last
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
    let is_numbered = NUMBERED.iter().any(|noun| name.ends_with(noun));
    if !(opens || is_numbered) || input.context.raw_at(before.span).starts_with('"') {
        return;
    }
    let span = before.span.to(number.span);
    input
        .context
        .complain(say::number_after_name(span, input.context.raw_at(span)));
}

/// `CSTO covers Russia, Armenia and Belarus leads CSTO`
pub(super) fn list_then_more(start: Tokens, parts: &[Part], at: usize) {
    let Part::List(list) = &parts[at] else { return };
    let after = &parts[at + 1..];
    let goes_on = matches!(
        after,
        [Part::Word(_), .., Part::Term(_)] | [Part::Word(_), Part::Term(_), ..]
    ) && after.iter().any(|part| matches!(part, Part::Term(_)));
    let [.., before_last, last] = list.items.as_slice() else {
        return;
    };
    if list.opener.is_some() || at == 0 || !goes_on {
        return;
    }
    let Some(first) = start.first() else { return };
    let one = Span {
        start: first.start,
        end: before_last.span.end,
        ..list.span
    };
    let end = after.last().map_or(list.span, part_span).end;
    let other = Span {
        start: last.span.start,
        end,
        ..list.span
    };
    let context = start.context;
    context.complain(say::list_then_more(
        list.span,
        context.raw_at(one),
        context.raw_at(other),
    ));
}

fn part_span(part: &Part) -> Span {
    match part {
        Part::Word(word) => word.span,
        Part::Term(term) => term.span,
        Part::List(list) => list.span,
    }
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

/// The complaint for a statement that no parser could read.
pub(super) fn explain(failure: Failure, chunk: Tokens) -> Complaint {
    let here = chunk.skip(failure.at);
    match failure.why {
        Why::Slip(complaint) => *complaint,
        Why::Expected(expected) => wrong_opening(here, chunk)
            .or_else(|| unpaired(here, chunk))
            .or_else(|| missing_part(here, expected))
            .or_else(|| known_slip(here, chunk, expected))
            .unwrap_or_else(|| unexpected(here, expected)),
    }
}

/// `Rule x:`, `tst "the west":`, a full stop with nothing before it
fn wrong_opening(here: Tokens, chunk: Tokens) -> Option<Complaint> {
    let first = chunk.first()?;
    let raw = chunk.context.raw(first);
    if first.kind == Kind::FullStop {
        return Some(say::full_stop_twice(chunk.place()));
    }
    let lower = raw.to_lowercase();
    if first.kind == Kind::Capital && Keyword::of(&lower).is_opener() {
        return Some(say::capital_opener(chunk.place(), raw, &lower));
    }
    let colon = header_end(chunk)?;
    (here.at() == colon).then(|| say::unknown_opener(chunk.place(), raw, nearest_opener(raw)))
}

/// The opener that a header such as `tst "the west":` seems to begin with; a title alone is a test's.
pub(super) fn opener_meant(chunk: Tokens) -> Option<Keyword> {
    let first = chunk.first()?;
    header_end(chunk)?;
    let raw = chunk.context.raw(first);
    match first.kind {
        Kind::Quoted => Some(Keyword::Test),
        _ => Some(Keyword::of(nearest_opener(raw)?)),
    }
}

fn nearest_opener(word: &str) -> Option<&'static str> {
    const WITH_COLON: [&str; 4] = ["test", "rule", "driver", "scenario"];
    nearest(word, WITH_COLON)
}

/// The place of the colon in what looks like a header: a word or a title, a label, a title, `:`.
fn header_end(chunk: Tokens) -> Option<usize> {
    const LONGEST: usize = 4;
    let is_header = |kind| {
        matches!(
            kind,
            Kind::Capital | Kind::Quoted | Kind::Word(Keyword::None)
        )
    };
    let kinds = || chunk.rest().iter().map(|token| token.kind);
    let colon = kinds().take(LONGEST).position(|kind| kind == Kind::Colon)?;
    let one_word = colon == 1 && chunk.kind() != Some(Kind::Quoted);
    (colon > 0 && !one_word && kinds().take(colon).all(is_header)).then_some(colon)
}

/// `]` without `[`, `)` without `(`, one of them twice
fn unpaired(here: Tokens, chunk: Tokens) -> Option<Complaint> {
    let token = here.first()?;
    let previous = here.previous().map(|before| before.kind);
    let count = |kind| {
        let before = chunk.rest().iter().take(here.at());
        before.filter(|token| token.kind == kind).count()
    };
    let span = here.place();
    match token.kind {
        Kind::RightBracket if count(Kind::LeftBracket) <= count(Kind::RightBracket) => {
            Some(say::unopened(span, "]", "["))
        }
        Kind::RightParen if count(Kind::LeftParen) <= count(Kind::RightParen) => {
            Some(say::unopened(span, ")", "("))
        }
        Kind::LeftBracket if previous == Some(Kind::LeftBracket) => Some(say::bracket_twice(span)),
        Kind::RightBracket if previous == Some(Kind::LeftBracket) => {
            Some(say::empty_brackets(span))
        }
        _ => None,
    }
}

/// A rule that ends before its verb, or nothing where a sentence or a value is due: `A is on and implies B is on`
fn missing_part(here: Tokens, expected: Expected) -> Option<Complaint> {
    let ends = matches!(
        here.kind(),
        None | Some(Kind::FullStop | Kind::QuestionEnd | Kind::LeftBracket)
    );
    if ends && expected.has(Expected::VERB) {
        return Some(say::missing_verb(here.place()));
    }
    let is_joint = |kind| match kind {
        Kind::Word(keyword) => {
            keyword.is_reserved() && !keyword.is_asked() && keyword != Keyword::Not
                || keyword == Keyword::Casts
        }
        Kind::Plus | Kind::Minus | Kind::Times | Kind::Divide | Kind::Compare(_) => true,
        _ => false,
    };
    let before = here.previous().filter(|before| is_joint(before.kind))?;
    let token = here.first().filter(|token| {
        is_joint(token.kind) || ends || matches!(token.kind, Kind::Comma | Kind::RightParen)
    })?;
    let due = expected.has(Expected::SENTENCE.or(Expected::TERM));
    let between = here.context.span(before).to(here.context.span(token));
    let raw = |token| here.context.raw(token);
    due.then(|| say::nothing_between(between, raw(before), raw(token)))
}

/// By what stands where the parser stopped, and in what kind of statement.
fn known_slip(here: Tokens, chunk: Tokens, expected: Expected) -> Option<Complaint> {
    let token = here.first()?;
    let raw = here.context.raw(token);
    let span = here.place();
    if let Some(notes) = notes_before(here, chunk) {
        return Some(say::notes_out_of_place(notes).and_at(span, "and more behind them"));
    }
    let opened_by = match chunk.kind() {
        Some(Kind::Word(keyword)) => keyword,
        _ => Keyword::None,
    };
    let has_verb = has_verb(here, chunk);
    let is_fact = !has_verb
        && (opened_by == Keyword::None || !opened_by.is_opener() && !opened_by.is_reserved());
    Some(match token.kind {
        Kind::Word(Keyword::If) if opened_by == Keyword::If && here.previous().is_none() => {
            say::if_then(
                span,
                raw,
                around(chunk, Keyword::Then).filter(|_| !has_verb),
            )
        }
        Kind::Word(Keyword::If | Keyword::Then) if is_fact || has_verb => {
            let rule = around(chunk, Keyword::If).map(|(head, condition)| (condition, head));
            say::if_after(span, raw, rule.filter(|_| !has_verb))
        }
        Kind::Word(Keyword::And) if follows_overrides(chunk) => say::and_in_overrides(span),
        Kind::Word(Keyword::Implies | Keyword::Suggests) if is_verb_before(here) => {
            say::second_verb(span, raw)
        }
        Kind::Word(Keyword::Or | Keyword::Unless) if is_fact => say::condition_in_fact(span, raw),
        Kind::Remainder
            if is_fact
                && here
                    .previous()
                    .is_some_and(|before| before.kind == Kind::Number) =>
        {
            let number = here
                .previous()
                .map_or("", |number| here.context.raw(number));
            say::space_before_percent(span, number)
        }
        Kind::Compare(_) if is_fact => say::comparison_in_fact(span, raw),
        Kind::LeftParen if is_fact => say::group_in_fact(span),
        Kind::Word(Keyword::As) if is_fact => say::as_of_in_fact(span),
        Kind::LeftBracket => say::notes_out_of_place(span),
        Kind::Comma if expected == Expected::FULL_STOP => say::comma_between_sentences(span),
        Kind::QuestionEnd if expected == Expected::FULL_STOP => {
            say::question_mark_after_statement(span)
        }
        Kind::Word(keyword) if keyword.is_reserved() && !keyword.is_asked() => {
            say::reserved_word(span, raw)
        }
        _ => return None,
    })
}

/// Whether the paragraph has `implies` or `suggests`.
fn has_verb(here: Tokens, chunk: Tokens) -> bool {
    let tokens = chunk.rest().iter().enumerate();
    tokens
        .take_while(|(at, token)| *at <= here.at() || !token.flags.has(Flags::AFTER_BLANK_LINE))
        .any(|(_, token)| is_verb(token))
}

fn is_verb(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Keyword::Implies | Keyword::Suggests))
}

fn is_verb_before(here: Tokens) -> bool {
    here.before().iter().any(is_verb)
}

fn follows_overrides(chunk: Tokens) -> bool {
    let opening = chunk.rest().iter().take(2);
    opening
        .into_iter()
        .any(|token| token.kind == Kind::Word(Keyword::Overrides))
}

/// The words before and after a keyword, without an `if` that opens the statement and without the full stop.
fn around<'a>(chunk: Tokens<'a>, keyword: Keyword) -> Option<(&'a str, &'a str)> {
    let opened = usize::from(chunk.kind() == Some(Kind::Word(Keyword::If)));
    let tokens = chunk.rest().get(opened..)?;
    let middle = tokens
        .iter()
        .position(|token| token.kind == Kind::Word(keyword))?;
    let end = tokens
        .iter()
        .position(|token| matches!(token.kind, Kind::FullStop | Kind::LeftBracket))
        .unwrap_or(tokens.len());
    let words = |tokens: &[Token]| {
        let (first, last) = (tokens.first()?, tokens.last()?);
        chunk
            .context
            .text
            .get(first.start as usize..last.end as usize)
    };
    Some((
        words(&tokens[..middle])?,
        words(tokens.get(middle + 1..end)?)?,
    ))
}

/// The notes after which a statement goes on, from bracket to bracket.
fn notes_before(here: Tokens, chunk: Tokens) -> Option<Span> {
    let closing = here
        .previous()
        .filter(|before| before.kind == Kind::RightBracket)?;
    let before = chunk
        .rest()
        .iter()
        .rev()
        .skip_while(|token| token.start >= closing.start);
    let opening = before
        .into_iter()
        .find(|token| token.kind == Kind::LeftBracket)?;
    Some(here.context.span(*opening).to(here.context.span(closing)))
}

fn unexpected(here: Tokens, expected: Expected) -> Complaint {
    let Some(token) = here.first() else {
        return helped(
            say::unexpected_end(here.place(), &expected.words()),
            hint(here, expected),
        );
    };
    let complaint = say::unexpected(here.place(), &expected.words(), here.context.raw(token));
    helped(complaint, hint(here, expected))
}

fn helped(complaint: Complaint, hint: Option<&str>) -> Complaint {
    match hint {
        Some(hint) => complaint.help(hint),
        None => complaint,
    }
}

/// How it is probably mended, by what could have stood there.
fn hint(here: Tokens, expected: Expected) -> Option<&'static str> {
    let is_value = |kind: Kind| kind.begins_term() || kind == Kind::RightParen;
    let next_to_a_value = here.kind().is_some_and(is_value)
        && here.previous().is_some_and(|before| is_value(before.kind));
    Some(match expected {
        Expected::FULL_STOP => {
            "The statement ends here. What follows needs a full stop before it, or does not belong here."
        }
        Expected::QUOTED if here.kind() == Some(Kind::Colon) => {
            "A title in quotes stands before the `:`, as in `test \"what is tested\":`."
        }
        _ if next_to_a_value && expected.has(Expected::VERB) => {
            "Between two values stands a sign such as `+`; another condition begins after `and`."
        }
        _ if expected.has(Expected::LABEL) => {
            "A label is one word in lower case, of your own choice, as in `driver pipeline:` or `[source memo]`."
        }
        _ if expected.has(Expected::COLON) => {
            "The opening goes `rule label:`, `test \"title\":`, `driver label:`, `scenario label \"title\":`, with one `:`."
        }
        _ if expected.has(Expected::EXPECT) => {
            "Each line of a test opens with `expect`, as in `expect Armenia is free.`"
        }
        _ if expected.has(Expected::SUPPOSE) => {
            "Each line of a scenario opens with `suppose` or `drop`, as in `suppose Russia leaves Armenia.`"
        }
        _ if expected.has(Expected::OUTCOME) => {
            "Each line of a driver opens with a label of its own, as in `war: Azerbaijan attacks.`"
        }
        _ if expected.has(Expected::AUTHOR) => {
            "Here stands who says so, as in `reported by Ann`, or a rule's label, as in `shield overrides pipe`."
        }
        _ if expected.has(Expected::TERM) && matches!(here.kind(), Some(Kind::Compare(_))) => {
            "A comparison has one value on each side, as in `?n > 5`."
        }
        _ if expected.has(Expected::TERM) && here.kind().is_some_and(is_value) => {
            "Between two values stands a sign such as `+` or `=`; another condition begins after `and`."
        }
        Expected::QUOTED => "Put quotes around it, and only one pair.",
        _ => return None,
    })
}
