//! Tokens as an input for nom, the small error that the parsers fail with, and the parsers of single tokens that all others
//! are built from.

use super::fold::{fold, unquote};
use super::token::{Flags, Keyword, Kind, Token};
use super::tree::{Text, Word};
use crate::complaint::Complaint;
use crate::text::{SourceId, Span};
use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Input, Needed, Parser};
use smol_str::SmolStr;
use std::cell::RefCell;

/// The rest of a chunk. Cheap to copy; `at` counts from the chunk's first token.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    chunk: &'a [Token],
    at: usize,
    pub context: &'a Context<'a>,
}

/// What all parsers of one file share.
pub(super) struct Context<'a> {
    pub source: SourceId,
    pub text: &'a str,
    /// What was seen to be wrong though the parsing went on.
    complaints: RefCell<Vec<Complaint>>,
}

/// Why a parser did not fit, and at which token of the chunk.
#[derive(Debug)]
pub(super) struct Failure {
    pub at: usize,
    pub why: Why,
}

#[derive(Debug)]
pub(super) enum Why {
    Expected(Expected),
    /// A known slip, already in its own words
    Slip(Box<Complaint>),
}

pub(super) type Parsed<'a, O> = IResult<Tokens<'a>, O, Failure>;

/// A set of what could have stood at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expected(pub u32);

macro_rules! expected {
    ($($name:ident = $place:literal $words:literal,)*) => {
        impl Expected {
            $(pub const $name: Self = Self(1 << $place);)*
            const ALL: &[(Self, &'static str)] = &[$((Self::$name, $words),)*];
        }
    };
}

expected! {
    SENTENCE = 0 "a sentence",
    TERM = 1 "a name, number, date or variable",
    LABEL = 2 "a label in lower case",
    COLON = 3 "`:`",
    QUOTED = 4 "a quoted text",
    DATE = 5 "a date",
    VERB = 6 "`implies`, `suggests` or `casts doubt on`",
    AND = 7 "`and`",
    COMMA = 8 "`,`",
    FULL_STOP = 9 "a full stop",
    QUESTION_END = 10 "`?`",
    RIGHT_PAREN = 11 "`)`",
    RIGHT_BRACKET = 12 "`]`",
    NOTE = 13 "a note",
    EXPECT = 14 "`expect`",
    SUPPOSE = 15 "`suppose` or `drop`",
    OUTCOME = 16 "an outcome such as `war:`",
    AUTHOR = 17 "a rule's label or a name",
    PROPERTY = 18 "`symmetric`, `transitive`, `functional`, `one`",
    VARIABLE = 19 "a variable such as `?x`",
    COMPARISON = 20 "`=`, `!=`, `<`, `<=`, `>` or `>=`",
    WHERE = 21 "`where`",
    EXPONENT = 22 "a whole number",
    AS = 23 "`as`",
    OVERRIDES = 24 "`overrides`",
    HOW_LIKELY = 25 "`how likely is it that`",
    NOTES = 27 "notes in brackets",
}

impl Expected {
    /// `a full stop or `and``
    pub fn words(self) -> String {
        let words: Vec<&str> = Self::ALL
            .iter()
            .filter(|(one, _)| self.0 & one.0 != 0)
            .map(|(_, words)| *words)
            .collect();
        match words.as_slice() {
            [] => "something else".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        }
    }

    /// Whether one of these could have stood there.
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl<'a> ParseError<Tokens<'a>> for Failure {
    fn from_error_kind(input: Tokens<'a>, _: ErrorKind) -> Self {
        Self {
            at: input.at,
            why: Why::Expected(Expected(0)),
        }
    }

    fn append(_: Tokens<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// The one that got further says more; at one place both are said.
    fn or(self, other: Self) -> Self {
        match self.at.cmp(&other.at) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => match (self.why, other.why) {
                (Why::Expected(one), Why::Expected(another)) => Self {
                    at: self.at,
                    why: Why::Expected(one.or(another)),
                },
                (slip @ Why::Slip(_), _) | (_, slip) => Self {
                    at: self.at,
                    why: slip,
                },
            },
        }
    }
}

impl<'a> Context<'a> {
    pub fn new(source: SourceId, text: &'a str) -> Self {
        Self {
            source,
            text,
            complaints: RefCell::new(Vec::new()),
        }
    }

    pub fn complain(&self, complaint: Complaint) {
        self.complaints.borrow_mut().push(complaint);
    }

    /// How many complaints there are, for [`forget`](Self::forget).
    pub fn complaint_count(&self) -> usize {
        self.complaints.borrow().len()
    }

    /// Takes back all complaints but the first `kept`: what they are about is read again.
    pub fn forget(&self, kept: usize) {
        self.complaints.borrow_mut().truncate(kept);
    }

    pub fn into_complaints(self) -> Vec<Complaint> {
        self.complaints.into_inner()
    }

    /// The words of a token as they count: NFC, straight quotes, a possessive always `'s`.
    pub fn read(&self, token: Token) -> SmolStr {
        let text = self.raw(token);
        if token.kind == Kind::Word(Keyword::Possessive) {
            SmolStr::new_static("'s")
        } else if token.flags.has(Flags::LOWERED) {
            text.to_lowercase().into()
        } else if token.flags.has(Flags::FOLD) {
            fold(text)
        } else {
            SmolStr::new(text)
        }
    }

    /// The inside of a quoted text.
    pub fn unquoted(&self, token: Token) -> SmolStr {
        let text = self.raw(token);
        let opening = text.chars().next().map_or(0, char::len_utf8);
        let closing = text.chars().next_back().map_or(0, char::len_utf8);
        let inside = text.get(opening..text.len() - closing).unwrap_or_default();
        if token.flags.has(Flags::FOLD) {
            unquote(inside)
        } else {
            SmolStr::new(inside)
        }
    }

    /// The words of a token as they stand.
    pub fn raw(&self, token: Token) -> &'a str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// The words of a span of this text.
    pub fn raw_at(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    pub fn span(&self, token: Token) -> Span {
        Span {
            source: self.source,
            start: token.start,
            end: token.end,
        }
    }
}

impl<'a> Tokens<'a> {
    pub fn new(chunk: &'a [Token], context: &'a Context<'a>) -> Self {
        Self {
            chunk,
            at: 0,
            context,
        }
    }

    /// How many tokens of the chunk stand before this place.
    pub fn at(self) -> usize {
        self.at
    }

    pub fn first(self) -> Option<Token> {
        self.chunk.get(self.at).copied()
    }

    /// The token `ahead` places on.
    pub fn ahead(self, ahead: usize) -> Option<Token> {
        self.chunk.get(self.at + ahead).copied()
    }

    pub fn kind(self) -> Option<Kind> {
        self.first().map(|token| token.kind)
    }

    pub fn kind_ahead(self, ahead: usize) -> Option<Kind> {
        self.ahead(ahead).map(|token| token.kind)
    }

    /// The token before this place, in the same chunk.
    pub fn previous(self) -> Option<Token> {
        self.at.checked_sub(1).map(|before| self.chunk[before])
    }

    /// The tokens of the chunk before this place.
    pub fn before(self) -> &'a [Token] {
        &self.chunk[..self.at]
    }

    pub fn rest(self) -> &'a [Token] {
        &self.chunk[self.at..]
    }

    pub fn skip(self, count: usize) -> Self {
        Self {
            at: (self.at + count).min(self.chunk.len()),
            ..self
        }
    }

    /// Whether the words that follow are these.
    pub fn reads(self, words: &[&str]) -> bool {
        let following = self.rest();
        following.len() >= words.len()
            && words.iter().zip(following).all(|(word, token)| {
                matches!(token.kind, Kind::Word(_)) && self.reads_as(*token, word)
            })
    }

    fn reads_as(self, token: Token, word: &str) -> bool {
        let raw = self.context.raw(token);
        raw == word || token.flags.has(Flags::LOWERED) && raw.eq_ignore_ascii_case(word)
    }

    /// From this place to where `rest` begins.
    pub fn span_to(self, rest: Self) -> Span {
        let source = self.context.source;
        match (self.first(), rest.previous()) {
            (Some(first), Some(last)) if rest.at > self.at => Span {
                source,
                start: first.start,
                end: last.end,
            },
            _ => self.place(),
        }
    }

    /// The token here, or the empty place behind the last one.
    pub fn place(self) -> Span {
        match (self.first(), self.previous()) {
            (Some(token), _) => self.context.span(token),
            (None, Some(last)) => self.context.span(last).after(),
            (None, None) => Span::new(self.context.source, 0, 0),
        }
    }

    pub fn expected<O>(self, expected: Expected) -> Parsed<'a, O> {
        Err(nom::Err::Error(Failure {
            at: self.at,
            why: Why::Expected(expected),
        }))
    }

    /// As [`expected`](Self::expected), where no other reading is left.
    pub fn stopped<O>(self, expected: Expected) -> Parsed<'a, O> {
        Err(nom::Err::Failure(Failure {
            at: self.at,
            why: Why::Expected(expected),
        }))
    }

    /// Gives up on the statement with a complaint of its own.
    pub fn slip<O>(self, complaint: Complaint) -> Parsed<'a, O> {
        Err(nom::Err::Failure(Failure {
            at: self.at,
            why: Why::Slip(Box::new(complaint)),
        }))
    }
}

impl<'a> Input for Tokens<'a> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'a, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.chunk.len() - self.at
    }

    fn take(&self, index: usize) -> Self {
        Self {
            chunk: &self.chunk[..self.at + index],
            ..*self
        }
    }

    fn take_from(&self, index: usize) -> Self {
        Self {
            at: self.at + index,
            ..*self
        }
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest().iter().position(|&token| predicate(token))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.rest().iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        let left = self.input_len();
        if count <= left {
            Ok(count)
        } else {
            Err(Needed::new(count - left))
        }
    }
}

/// One token of a kind; `name` is what the reader is told was expected.
pub(super) fn token<'a>(
    kind: Kind,
    name: Expected,
) -> impl Parser<Tokens<'a>, Output = Token, Error = Failure> {
    move |input: Tokens<'a>| match input.first() {
        Some(token) if token.kind == kind => Ok((input.skip(1), token)),
        _ => input.expected(name),
    }
}

pub(super) fn keyword<'a>(
    keyword: Keyword,
    name: Expected,
) -> impl Parser<Tokens<'a>, Output = Token, Error = Failure> {
    token(Kind::Word(keyword), name)
}

/// These words, one after the other.
pub(super) fn phrase<'a>(
    words: &'static [&'static str],
    name: Expected,
) -> impl Parser<Tokens<'a>, Output = Span, Error = Failure> {
    move |input: Tokens<'a>| {
        if input.reads(words) {
            let rest = input.skip(words.len());
            Ok((rest, input.span_to(rest)))
        } else {
            input.expected(name)
        }
    }
}

/// `"a quoted text"`
pub(super) fn quoted(input: Tokens) -> Parsed<Text> {
    match input.first() {
        Some(token) if token.kind == Kind::Quoted => {
            let text = Text {
                text: input.context.unquoted(token),
                span: input.context.span(token),
            };
            Ok((input.skip(1), text))
        }
        _ => input.expected(Expected::QUOTED),
    }
}

/// Any one word, reserved or not.
pub(super) fn word(input: Tokens, name: Expected) -> Parsed<Word> {
    match input.first() {
        Some(token) if matches!(token.kind, Kind::Word(_)) => {
            let word = Word {
                text: input.context.read(token),
                span: input.context.span(token),
            };
            Ok((input.skip(1), word))
        }
        _ => input.expected(name),
    }
}

/// The full stop, or the end of a chunk that lacks one, which has been complained of already.
pub(super) fn full_stop(input: Tokens) -> Parsed<()> {
    match input.kind() {
        None => Ok((input, ())),
        Some(Kind::FullStop) => Ok((input.skip(1), ())),
        Some(_) => input.expected(Expected::FULL_STOP),
    }
}
