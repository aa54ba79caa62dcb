//! Sentences: words and terms in order, with at most one list and one `not`. A sentence ends before a reserved word,
//! `casts doubt on`, `as of DATE` or punctuation; what may follow it there is its statement's business.

use super::doubtful;
use super::input::{Expected, Parsed, Tokens, keyword};
use super::list;
use super::slips;
use super::term::{begins_term, date_ahead, is_sign, term, with_kind};
use super::token::{Flags, Keyword, Kind};
use super::tree::{Part, Sentence, Term, TermKind};
use crate::complaint::syntax as say;
use crate::text::Span;
use nom::Parser;
use nom::combinator::cut;
use nom::multi::many1;
use nom::sequence::preceded;

/// Words and terms of one sentence.
const MOST_PARTS: usize = 1_000;

/// `sentence { "and" sentence }`
pub(super) fn sentences(input: Tokens) -> Parsed<Vec<Sentence>> {
    let (rest, first) = sentence(input)?;
    if rest.kind() != Some(Kind::Word(Keyword::And)) {
        return Ok((rest, vec![first]));
    }
    let (rest, mut all) = many1(preceded(
        keyword(Keyword::And, Expected::AND),
        cut(sentence),
    ))
    .parse(rest)?;
    all.insert(0, first);
    Ok((rest, all))
}

/// A sentence that may have a list.
pub(super) fn sentence(input: Tokens) -> Parsed<Sentence> {
    Reader::new(false).read(input)
}

/// A sentence of a declaration, where commas separate properties and variables may name their kinds.
pub(super) fn plain(input: Tokens) -> Parsed<Sentence> {
    Reader::new(true).read(input)
}

struct Reader {
    plain: bool,
    parts: Vec<Part>,
    not: Option<Span>,
    terms: usize,
    /// Where in `parts` the list stands
    list: Option<usize>,
}

impl Reader {
    fn new(plain: bool) -> Self {
        Self {
            plain,
            parts: Vec::with_capacity(3),
            not: None,
            terms: 0,
            list: None,
        }
    }

    fn read<'a>(mut self, start: Tokens<'a>) -> Parsed<'a, Sentence> {
        let mut input = start;
        while let Some(token) = input.first() {
            if self.parts.len() >= MOST_PARTS {
                return start.slip(say::long_sentence(input.place(), MOST_PARTS));
            }
            if token.flags.has(Flags::AT_MARGIN) && !self.parts.is_empty() {
                slips::line_goes_on(input);
            }
            input = match token.kind {
                Kind::Word(keyword) => match self.word(keyword, input)? {
                    Some(rest) => rest,
                    None => break,
                },
                kind if kind.begins_term() || is_sign(input, token) => self.term(input)?,
                _ => break,
            };
        }
        self.finish(start, input)
    }

    /// `None` where the word ends the sentence.
    fn word<'a>(
        &mut self,
        keyword: Keyword,
        input: Tokens<'a>,
    ) -> Result<Option<Tokens<'a>>, Stopped> {
        match keyword {
            Keyword::None => slips::touching_unit(input),
            Keyword::Possessive => {}
            Keyword::Not => return self.negation(input).map(Some),
            Keyword::The if begins_term(input.skip(1)) => return Ok(Some(input.skip(1))),
            Keyword::Each | Keyword::Only if list::opens(input) => {
                return self.list(input).map(Some);
            }
            Keyword::Casts if input.reads(&["casts", "doubt", "on"]) => return Ok(None),
            Keyword::As if input.reads(&["as", "of"]) && date_ahead(input, 2) => return Ok(None),
            asked if asked.is_asked() => return self.term(input).map(Some),
            reserved if reserved.is_reserved() => return Ok(None),
            Keyword::NumberWord => slips::number_word(input),
            _ => {}
        }
        let (rest, word) = super::input::word(input, Expected::SENTENCE)?;
        self.parts.push(Part::Word(word));
        Ok(Some(rest))
    }

    fn negation<'a>(&mut self, input: Tokens<'a>) -> Result<Tokens<'a>, Stopped> {
        let span = input.place();
        if let Some(first) = self.not {
            return Err(stop(input, say::two_nots(first, span)));
        }
        if let Some(Part::Word(before)) = self.parts.last() {
            slips::does_not(input, before);
        }
        self.not = Some(span);
        Ok(input.skip(1))
    }

    fn term<'a>(&mut self, input: Tokens<'a>) -> Result<Tokens<'a>, Stopped> {
        let (mut rest, mut term) = term(input)?;
        if self.plain {
            (rest, ()) = with_kind(rest, &mut term)?;
        } else if rest.kind() == Some(Kind::Comma) && list::goes_on(rest) {
            return self.list(input);
        }
        if let (TermKind::Number(_) | TermKind::Share(_), Some(Part::Term(before))) =
            (&term.kind, self.parts.last())
        {
            slips::number_after_name(input, before, self.parts.len() == 1, &term);
        }
        self.terms += 1;
        self.parts.push(Part::Term(term));
        Ok(rest)
    }

    fn list<'a>(&mut self, input: Tokens<'a>) -> Result<Tokens<'a>, Stopped> {
        let (rest, list) = list::list(input)?;
        if let Some(Part::List(first)) = self.list.map(|at| &self.parts[at]) {
            return Err(stop(input, say::two_lists(first.span, list.span)));
        }
        self.terms += 1;
        self.list = Some(self.parts.len());
        self.parts.push(Part::List(list));
        Ok(rest)
    }

    fn finish<'a>(self, start: Tokens<'a>, rest: Tokens<'a>) -> Parsed<'a, Sentence> {
        if self.parts.len() <= 1 && self.terms == self.parts.len() {
            return too_little(self.parts.first(), start, rest);
        }
        if let Some(list) = self.list {
            list::then_more(start, &self.parts, list);
            list::then_term(start, &self.parts, list);
        }
        doubtful::sentence(start, rest, &self.parts);
        Ok((
            rest,
            Sentence {
                span: start.span_to(rest),
                parts: self.parts,
                not: self.not,
            },
        ))
    }
}

type Stopped = nom::Err<super::input::Failure>;

fn stop(input: Tokens, complaint: crate::complaint::Complaint) -> Stopped {
    match input.slip::<()>(complaint) {
        Err(stopped) => stopped,
        Ok(_) => unreachable!("a slip is never a success"),
    }
}

/// Nothing, or one term alone, is no sentence.
fn too_little<'a>(
    part: Option<&Part>,
    start: Tokens<'a>,
    rest: Tokens<'a>,
) -> Parsed<'a, Sentence> {
    let Some(part) = part else {
        return rest.expected(Expected::SENTENCE);
    };
    let ends = matches!(
        rest.kind(),
        None | Some(
            Kind::FullStop
                | Kind::QuestionEnd
                | Kind::LeftBracket
                | Kind::RightParen
                | Kind::Word(
                    Keyword::And
                        | Keyword::Or
                        | Keyword::Unless
                        | Keyword::Implies
                        | Keyword::Suggests
                        | Keyword::Casts
                )
        )
    );
    if !ends {
        return rest.expected(Expected::SENTENCE);
    }
    let span = match part {
        Part::Word(word) => word.span,
        Part::Term(term) => term.span,
        Part::List(list) => list.span,
    };
    let term = start.context.raw_at(span);
    if let Part::List(_) = part {
        let next = rest.first().map(|next| rest.context.raw(next));
        return rest.slip(say::lone_list(span, term, next));
    }
    let before = start
        .previous()
        .filter(|before| before.kind == Kind::Word(Keyword::And));
    match before {
        Some(_) => start.slip(say::lone_name_after_and(
            span,
            term,
            slips::before_and(start),
        )),
        None if is_anything(part) && start.previous().is_none() => {
            start.slip(say::full_stop_twice(span, "?"))
        }
        None => match rest.kind() {
            Some(Kind::Word(Keyword::And))
                if matches!(rest.kind_ahead(1), Some(Kind::Capital | Kind::Quoted)) =>
            {
                let next = rest.context.raw_at(rest.skip(1).place());
                start.slip(say::name_before_and(span, term, next))
            }
            Some(Kind::Word(Keyword::Implies | Keyword::Suggests | Keyword::Casts))
                if !matches!(
                    part,
                    Part::Term(Term {
                        kind: TermKind::Variable { .. },
                        ..
                    })
                ) =>
            {
                let verb = match rest.first().map_or("", |verb| rest.context.raw(verb)) {
                    "casts" => "casts doubt on",
                    verb => verb,
                };
                start.slip(say::verb_behind_name(span, term, verb))
            }
            Some(Kind::Word(Keyword::Or)) => start.slip(say::name_before_or(span, term)),
            _ => start.slip(say::lone_term(span, term, short_name(start, term, rest))),
        },
    }
}

fn is_anything(part: &Part) -> bool {
    matches!(part, Part::Term(term) if matches!(term.kind, TermKind::Anything))
}

/// The name whose full stop has ended a statement: `Mr.` of `Mr. Smith`, and what stands behind it.
fn short_name<'a>(
    start: Tokens<'a>,
    term: &'a str,
    rest: Tokens<'a>,
) -> Option<(&'a str, &'a str)> {
    const LONGEST: usize = 4;
    let is_short = |word: &str| word.len() <= LONGEST && word.chars().all(char::is_alphabetic);
    let text = rest.context.text;
    let stop = rest.first().filter(|stop| stop.kind == Kind::FullStop)?;
    let line = text.get(stop.end as usize..)?.lines().next()?;
    if let Some(next) = line
        .strip_prefix(' ')
        .and_then(|line| line.split_whitespace().next())
    {
        let is_name = next.starts_with(char::is_uppercase) && is_short(term);
        let goes_on = next.starts_with(char::is_lowercase) && !term.starts_with('"');
        if is_name || goes_on {
            return Some((term, next.trim_end_matches(['.', ','])));
        }
    }
    let before = text.get(..start.place().start as usize)?;
    let before = before.rsplit('\n').next()?.strip_suffix(". ")?;
    let (_, word) = before.rsplit_once(' ')?;
    (is_short(word) && word.starts_with(char::is_uppercase)).then_some((word, term))
}
