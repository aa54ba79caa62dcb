//! Why a statement could not be read. Comes in: where its parser stopped and what was due there; goes out: one complaint in the words of the
//! slip that it most probably is.

use super::doubtful;
use super::input::{Expected, Failure, Tokens, Why};
use super::label::opens_outcome;
use super::mend::unexpected;
use super::note::behind_brackets;
use super::token::{Flags, Keyword, Kind, Token};
use crate::complaint::{Complaint, syntax as say};
use crate::text::{Span, nearest};

/// Tokens of a header before its items, the colon included.
const LONGEST_HEADER: usize = 4;

/// The complaint for a statement that no parser could read.
pub(super) fn explain(failure: Failure, chunk: Tokens) -> Complaint {
    let here = chunk.skip(failure.at);
    match failure.why {
        Why::Slip(complaint) => *complaint,
        Why::Expected(expected) => wrong_opening(here, chunk)
            .or_else(|| unpaired(here, chunk))
            .or_else(|| other_signs(here))
            .or_else(|| misnamed_count(here, chunk))
            .or_else(|| missing_part(here, expected))
            .or_else(|| doubled(here))
            .or_else(|| known_slip(here, chunk, expected))
            .unwrap_or_else(|| unexpected(here, expected)),
    }
}

/// `Rule x:`, `tst "the west":`, a full stop with nothing before it
fn wrong_opening(here: Tokens, chunk: Tokens) -> Option<Complaint> {
    let first = chunk.first()?;
    let raw = chunk.context.raw(first);
    let is_alone = matches!(chunk.kind_ahead(1), None | Some(Kind::FullStop));
    if first.kind == Kind::FullStop || first.kind == Kind::Anything && is_alone {
        return Some(say::full_stop_twice(chunk.place(), raw));
    }
    let lower = raw.to_lowercase();
    if first.kind == Kind::Capital && Keyword::of(&lower).is_opener() {
        return Some(say::capital_opener(chunk.place(), raw, &lower));
    }
    let colon = header_end(chunk)?;
    (here.at() == colon).then(|| {
        let has_verb = chunk.rest().iter().any(is_verb);
        say::unknown_opener(chunk.place(), raw, nearest_opener(raw), has_verb)
    })
}

/// The opener that a header such as `tst "the west":` seems to begin with; a title alone is a test's.
pub(super) fn opener_meant(chunk: Tokens) -> Option<Keyword> {
    let first = chunk.first()?;
    if let Some(opener) = opener_behind(chunk) {
        return Some(opener);
    }
    header_end(chunk)?;
    let raw = chunk.context.raw(first);
    match first.kind {
        Kind::Quoted => Some(Keyword::Test),
        _ => Some(Keyword::of(nearest_opener(raw)?)),
    }
}

/// `"the west" test:`
fn opener_behind(chunk: Tokens) -> Option<Keyword> {
    let colon = chunk
        .rest()
        .iter()
        .take(LONGEST_HEADER)
        .position(|token| token.kind == Kind::Colon)?;
    chunk.rest()[..colon]
        .iter()
        .skip(1)
        .find_map(|token| match token.kind {
            Kind::Word(opener @ (Keyword::Test | Keyword::Driver | Keyword::Scenario)) => {
                Some(opener)
            }
            _ => None,
        })
}

fn nearest_opener(word: &str) -> Option<&'static str> {
    const WITH_COLON: [&str; 4] = ["test", "rule", "driver", "scenario"];
    nearest(word, WITH_COLON)
}

/// The place of the colon in what looks like a header: a word or a title, a label, a title, `:`.
fn header_end(chunk: Tokens) -> Option<usize> {
    let is_header = |kind| {
        matches!(
            kind,
            Kind::Capital | Kind::Quoted | Kind::Word(Keyword::None)
        )
    };
    let kinds = || chunk.rest().iter().map(|token| token.kind);
    let colon = kinds()
        .take(LONGEST_HEADER)
        .position(|kind| kind == Kind::Colon)?;
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
        kind if has_open_group(here, chunk)
            && (matches!(kind, Kind::FullStop | Kind::QuestionEnd | Kind::LeftBracket)
                || is_verb(&token)) =>
        {
            let opening = here
                .before()
                .iter()
                .rfind(|token| token.kind == Kind::LeftParen)?;
            Some(say::unclosed_group(here.context.span(*opening), span))
        }
        Kind::LeftBracket if previous == Some(Kind::LeftBracket) => Some(say::bracket_twice(span)),
        Kind::RightBracket if previous == Some(Kind::LeftBracket) => {
            let [.., before, opening] = here.before() else {
                return Some(say::empty_brackets(span, None));
            };
            let whole = here.context.span(*opening).to(span);
            let next = here.ahead(1).filter(|next| next.start == token.end);
            let touching = Some(*before).filter(|before| before.end == opening.start);
            let is_word = |token: &Token| matches!(token.kind, Kind::Word(Keyword::None));
            let note = next.filter(is_word).or(touching.filter(is_word));
            let note = note.map(|note| here.context.raw(note));
            Some(say::empty_brackets(whole, note))
        }
        _ => None,
    }
}

/// `driver coin coin:`, `[presumed presumed]`, `test "a": :`
fn doubled(here: Tokens) -> Option<Complaint> {
    let (before, token) = (here.previous()?, here.first()?);
    let word = here.context.raw(token);
    let is_text = matches!(
        token.kind,
        Kind::Word(_) | Kind::Capital | Kind::Quoted | Kind::Number | Kind::Variable | Kind::Colon
    );
    let span = here.context.span(before).to(here.place());
    let between = here
        .context
        .text
        .get(before.end as usize..token.start as usize)?;
    (is_text && !between.contains('\n') && here.context.raw(before) == word)
        .then(|| say::said_twice(span, word))
}

/// Whether a parenthesis before this, in a condition, has not been closed.
fn has_open_group(here: Tokens, chunk: Tokens) -> bool {
    let before = chunk.rest().iter().take(here.at());
    let depth = before.fold(0_i64, |depth, token| match token.kind {
        Kind::LeftParen => depth + 1,
        Kind::RightParen => depth - 1,
        _ => depth,
    });
    depth > 0
}

/// Signs that other languages have: `->` and `:-` for a verb, `--` and `//` for a comment; and a currency behind its number.
fn other_signs(here: Tokens) -> Option<Complaint> {
    let (token, next) = (here.first()?, here.ahead(1));
    let context = here.context;
    let raw = context.raw(token);
    if token.kind == Kind::Currency {
        return Some(say::currency_behind(here.place(), raw));
    }
    if let [.., number, sign] = here.before()
        && sign.kind == Kind::Currency
        && matches!(number.kind, Kind::Number | Kind::Word(_))
    {
        return Some(say::currency_behind(
            context.span(*sign),
            context.raw(*sign),
        ));
    }
    let both = context.text.get(token.start as usize..next?.end as usize)?;
    let span = context.span(token).to(context.span(next?));
    match both {
        "->" | ":-" => Some(say::arrow(span, both)),
        "--" | "//" | "/*" => Some(say::other_comment(span, both)),
        _ => None,
    }
}

/// At `where`: `?n is the count of ?c where …`, or a count that stands in no condition.
fn misnamed_count(here: Tokens, chunk: Tokens) -> Option<Complaint> {
    const COUNTS: [&str; 5] = ["number", "sum", "least", "greatest", "average"];
    if here.kind() != Some(Kind::Word(Keyword::Where)) {
        return None;
    }
    let raw = |at: usize| chunk.ahead(at).map_or("", |token| chunk.context.raw(token));
    let of = (1..here.at()).rev().find(|&at| raw(at) == "of")?;
    let (word, span) = (raw(of - 1), chunk.skip(of - 1).place());
    if of + 1 == here.at() {
        let between = chunk.skip(of).place().to(here.place());
        return Some(say::nothing_between(between, "of", "where"));
    }
    let opening = chunk.skip(of.saturating_sub(3));
    let is_count = COUNTS.contains(&word) && opening.reads(&["is", "the", word, "of"]);
    if is_count
        && of > 3
        && chunk
            .ahead(of - 4)
            .is_some_and(|token| token.kind == Kind::Variable)
    {
        return Some(say::count_out_of_place(here.place()));
    }
    if is_count && of > 3 {
        return Some(say::count_without_result(span, word));
    }
    let meant = match word {
        "count" | "amount" | "quantity" => Some("number"),
        "total" => Some("sum"),
        "minimum" | "min" | "smallest" | "lowest" | "fewest" => Some("least"),
        "maximum" | "max" | "largest" | "highest" | "most" | "biggest" => Some("greatest"),
        "mean" => Some("average"),
        _ if COUNTS.contains(&word) => Some(word),
        _ => nearest(word, COUNTS),
    };
    match meant {
        Some(meant) => Some(say::unknown_aggregate(span, word, meant)),
        None => Some(say::no_count(here.place())),
    }
}

/// A rule that ends before its verb, or nothing where a sentence or a value is due: `A is on and implies B is on`
fn missing_part(here: Tokens, expected: Expected) -> Option<Complaint> {
    let ends = matches!(
        here.kind(),
        None | Some(Kind::FullStop | Kind::QuestionEnd | Kind::LeftBracket)
    );
    if ends && expected.has(Expected::VERB) {
        let misspelt = here.before().iter().find_map(|token| {
            let word = here.context.raw(*token);
            let meant =
                doubtful::near(word, "implies").or_else(|| doubtful::near(word, "suggests"))?;
            Some(say::verb_meant(here.context.span(*token), word, meant))
        });
        return Some(misspelt.unwrap_or_else(|| say::missing_verb(here.place())));
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
        if token.kind == Kind::LeftBracket {
            return Some(several_brackets(notes, here));
        }
        return Some(say::notes_out_of_place(notes).and_at(span, "and more behind them"));
    }
    let opened_by = match chunk.kind() {
        Some(Kind::Word(keyword)) => keyword,
        _ => Keyword::None,
    };
    let has_verb = has_verb(here, chunk);
    let previous = here.previous().map(|before| before.kind);
    let is_fact = !has_verb
        && (opened_by == Keyword::None || !opened_by.is_opener() && !opened_by.is_reserved());
    Some(match token.kind {
        Kind::Word(Keyword::If)
            if opened_by == Keyword::If && here.previous().is_none()
                || opened_by == Keyword::Rule && previous == Some(Kind::Colon) =>
        {
            say::if_then(span, raw, around(here, Keyword::Then).filter(|_| !has_verb))
        }
        Kind::Word(Keyword::Then) if chunk.reads(&["what", "if"]) => {
            let question = here.skip(1).span_to(here.skip(here.rest().len()));
            let supposed = chunk.span_to(here);
            say::then_in_question(
                span,
                here.context.raw_at(supposed),
                here.context.raw_at(question),
            )
        }
        Kind::Word(Keyword::Where) if opened_by == Keyword::Rule || has_verb => {
            say::where_in_condition(span)
        }
        Kind::Word(Keyword::Implies | Keyword::Suggests) if is_question(chunk) => {
            let end = chunk.skip(chunk.rest().len() - 1);
            say::question_mark_after_statement(end.place())
        }
        Kind::Word(keyword @ (Keyword::If | Keyword::Then)) if is_fact || has_verb => {
            let rule = match keyword {
                Keyword::Then => around(chunk, Keyword::Then),
                _ => around(chunk, Keyword::If).map(|(head, condition)| (condition, head)),
            };
            say::if_after(span, raw, rule.filter(|_| !has_verb))
        }
        Kind::Word(Keyword::And) if follows_overrides(chunk) => say::and_in_overrides(span),
        Kind::Word(Keyword::Implies | Keyword::Suggests) if is_verb_before(here) => {
            say::second_verb(span, raw)
        }
        Kind::Word(Keyword::Or | Keyword::Unless) if is_fact && is_question(chunk) => {
            say::condition_supposed(span, raw)
        }
        Kind::Word(Keyword::Or) if is_fact && follows_list(here) => say::or_in_list(span),
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
        Kind::LeftParen if previous == Some(Kind::Word(Keyword::Not)) => {
            say::not_before_group(span)
        }
        Kind::Word(Keyword::As) if is_fact => say::as_of_in_fact(span),
        Kind::LeftBracket if here.previous().is_none() => {
            let notes = here.span_to(behind_brackets(here));
            say::notes_behind_stop(notes, here.context.raw_at(notes))
        }
        Kind::LeftBracket => say::notes_out_of_place(span),
        Kind::Comma if expected.has(Expected::FULL_STOP.or(Expected::VERB)) => {
            wrong_comma(here, chunk)
        }
        Kind::Comma if previous.is_some() && expected.has(Expected::SENTENCE) => {
            wrong_comma(here, chunk)
        }
        Kind::QuestionEnd if expected == Expected::FULL_STOP => {
            say::question_mark_after_statement(span)
        }
        Kind::Word(Keyword::And) if expected.has(Expected::RIGHT_BRACKET) => {
            say::and_in_notes(span)
        }
        Kind::Word(Keyword::And | Keyword::Or)
            if previous.is_none() && expected.has(Expected::SENTENCE) =>
        {
            say::nothing_between(span, "", raw)
        }
        Kind::Word(keyword) if keyword.is_reserved() && !keyword.is_asked() => {
            say::reserved_word(span, raw)
        }
        _ => return None,
    })
}

/// At a comma that belongs to no list
fn wrong_comma(here: Tokens, chunk: Tokens) -> Complaint {
    let span = here.place();
    let next = here.kind_ahead(1);
    if matches!(
        next,
        None | Some(Kind::Comma | Kind::FullStop | Kind::QuestionEnd)
    ) || here
        .previous()
        .is_some_and(|before| before.kind == Kind::Comma)
    {
        return say::comma_alone(span);
    }
    if opens_outcome(here.skip(1)) {
        return say::comma_between_outcomes(span);
    }
    let opening = chunk.first().map_or("", |first| chunk.context.raw(first));
    match opening {
        "when" | "whenever" | "When" | "Whenever" => say::if_then(chunk.place(), opening, None),
        _ => say::comma_between_sentences(span),
    }
}

/// `Russia, Armenia or`, `each of Armenia or`
fn follows_list(here: Tokens) -> bool {
    here.before()
        .iter()
        .any(|token| matches!(token.kind, Kind::Comma | Kind::Word(Keyword::Each)))
}

fn is_question(chunk: Tokens) -> bool {
    chunk
        .rest()
        .last()
        .is_some_and(|last| last.kind == Kind::QuestionEnd)
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

/// `[from 2010] [source memo]`, at the second `[`
fn several_brackets(first: Span, here: Tokens) -> Complaint {
    let context = here.context;
    let mut inside = vec![context.raw_at(first)];
    let mut rest = here;
    while rest.kind() == Some(Kind::LeftBracket) {
        let behind = behind_brackets(rest);
        inside.push(context.raw_at(rest.span_to(behind)));
        rest = behind;
    }
    say::brackets_apart(here.place(), first, &inside)
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
