//! Text → tokens, one chunk at a time: all up to a full stop, a question's end or the end of the text. Here it
//! is settled what a full stop, a `?` or a quote is. One buffer serves a whole file, and plain ASCII goes by a table.

use super::fold::{is_apostrophe, is_quote};
use super::numeral;
use super::token::{Flags, Keyword, Kind, Problem, Token};
use super::tree::Comment;
use crate::text::{SourceId, Span};
use crate::value::{Comparison, Date};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What stands in a stretch of tokens, so that plain facts are spared every look for what they do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Has {
    /// `implies`, `suggests` or `casts doubt on`
    pub verb: bool,
    pub overrides: bool,
    /// A [`Kind::Bad`] token
    pub bad: bool,
}

/// Where the rare things of a chunk are, by token.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub verbs: Vec<usize>,
    pub overrides: Vec<usize>,
    pub bad: Vec<usize>,
    /// Whether a token is first in its line and not first in the chunk
    pub lines: bool,
}

impl Marks {
    pub fn within(&self, tokens: &Range<usize>) -> Has {
        let any = |places: &[usize]| {
            !places.is_empty()
                && places
                    .get(places.partition_point(|&at| at < tokens.start))
                    .is_some_and(|&at| at < tokens.end)
        };
        Has {
            verb: any(&self.verbs),
            overrides: any(&self.overrides),
            bad: any(&self.bad),
        }
    }

    fn clear(&mut self) {
        self.verbs.clear();
        self.overrides.clear();
        self.bad.clear();
        self.lines = false;
    }
}

pub(super) struct Lexer<'a> {
    pub text: &'a str,
    pub source: SourceId,
    pub comments: Vec<Comment>,
    /// The chunk that was read last; empty at the end of the text.
    pub tokens: Vec<Token>,
    pub marks: Marks,
    at: usize,
    notes: Notes,
}

/// How far inside `[…]` the lexer is: the place of a source is raw text, and nothing else is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    Outside,
    /// After `[` or `,`
    Opening,
    /// After `source`
    Source,
    /// After `source memo`
    Label,
    Inside,
}

/// Bytes that go on inside a token: letters, digits, `-`, `'`, `&`, `_`.
static INNER: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric()
            || matches!(byte as u8, b'-' | b'\'' | b'&' | b'_');
        byte += 1;
    }
    table
};

impl<'a> Lexer<'a> {
    pub fn new(source: SourceId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self {
            text,
            source,
            comments: Vec::new(),
            tokens: Vec::new(),
            marks: Marks::default(),
            at,
            notes: Notes::Outside,
        }
    }

    /// Reads the next chunk into `tokens`; none are left at the end of the text.
    pub fn chunk(&mut self) {
        self.tokens.clear();
        self.marks.clear();
        self.notes = Notes::Outside;
        loop {
            let flags = self.skip_space();
            let Some(&byte) = self.text.as_bytes().get(self.at) else {
                return;
            };
            self.marks.lines |= flags.has(Flags::FIRST_IN_LINE) && !self.tokens.is_empty();
            if self.notes == Notes::Label && byte != b',' && byte != b']' {
                self.place(flags);
            } else {
                self.token(byte, flags);
            }
            if let Some(Token {
                kind: Kind::FullStop | Kind::QuestionEnd,
                ..
            }) = self.tokens.last()
            {
                return;
            }
        }
    }

    /// White space and comments.
    fn skip_space(&mut self) -> Flags {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut line_start =
            if start == 0 || bytes[start - 1] == b'\n' || self.text[..start] == *"\u{feff}" {
                Some(start)
            } else {
                None
            };
        let mut blank = false;
        let mut bare_line = line_start.is_some();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    blank |= bare_line;
                    bare_line = true;
                    line_start = Some(self.at);
                }
                b'#' if self.at > start || line_start.is_some() => {
                    self.comment();
                    bare_line = false;
                }
                0x80.. => match self.character() {
                    c if c.is_whitespace() || c == '\u{feff}' => self.at += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        let mut flags = Flags::default();
        if let Some(line_start) = line_start {
            flags = flags.with(Flags::FIRST_IN_LINE);
            if line_start == self.at {
                flags = flags.with(Flags::AT_MARGIN);
            }
            if blank {
                flags = flags.with(Flags::AFTER_BLANK_LINE);
            }
        }
        if self.at > start || line_start.is_some() {
            flags.with(Flags::SPACED)
        } else {
            flags
        }
    }

    fn comment(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let length = length - usize::from(length > 0 && rest[length - 1] == b'\r');
        self.comments.push(Comment {
            span: Span::new(self.source, self.at, self.at + length),
        });
        self.at += length;
    }

    fn token(&mut self, byte: u8, flags: Flags) {
        match byte {
            b'a'..=b'z' => self.word(Kind::Word(Keyword::None), flags),
            b'A'..=b'Z' => self.word(Kind::Capital, flags),
            b'"' => self.quoted(1, flags),
            b'0'..=b'9' => self.numeral(flags),
            b'.' => self.full_stop(flags),
            b'?' => self.question_mark(flags),
            b'\'' => self.apostrophe(1, flags),
            b'-' => self.push(Kind::Minus, 1, flags),
            b'%' => self.percent(flags),
            b'=' | b'!' | b'<' | b'>' => self.comparison(flags),
            b'[' => {
                self.push(Kind::LeftBracket, 1, flags);
                self.notes = Notes::Opening;
            }
            b']' => {
                self.push(Kind::RightBracket, 1, flags);
                self.notes = Notes::Outside;
            }
            b',' => {
                self.push(Kind::Comma, 1, flags);
                if self.notes != Notes::Outside {
                    self.notes = Notes::Opening;
                }
            }
            0x80.. => self.beyond_ascii(flags),
            _ => {
                let kind = match byte {
                    b':' => Kind::Colon,
                    b'(' => Kind::LeftParen,
                    b')' => Kind::RightParen,
                    b'+' => Kind::Plus,
                    b'*' => Kind::Times,
                    b'/' => Kind::Divide,
                    b'^' => Kind::Power,
                    b'$' => Kind::Currency,
                    _ => return self.bad(Problem::Stray, 1, flags),
                };
                self.push(kind, 1, flags);
            }
        }
    }

    fn beyond_ascii(&mut self, flags: Flags) {
        let c = self.character();
        let length = c.len_utf8();
        match c {
            '€' | '£' | '¥' => self.push(Kind::Currency, length, flags),
            '\u{2212}' => self.push(Kind::Minus, length, flags),
            '≠' => self.push(Kind::Compare(Comparison::NotEqual), length, flags),
            '≤' => self.push(Kind::Compare(Comparison::LessOrEqual), length, flags),
            '≥' => self.push(Kind::Compare(Comparison::GreaterOrEqual), length, flags),
            c if is_quote(c) => self.quoted(length, flags),
            c if is_apostrophe(c) => self.apostrophe(length, flags),
            c if c.is_uppercase() || is_title_case(c) => self.word(Kind::Capital, flags),
            c if c.is_alphanumeric() => self.word(Kind::Word(Keyword::None), flags),
            _ => self.bad(Problem::Stray, length, flags),
        }
    }

    fn word(&mut self, kind: Kind, flags: Flags) {
        let (end, folded) = self.inside_token(self.at);
        self.finish_word(
            kind,
            end,
            if folded {
                flags.with(Flags::FOLD)
            } else {
                flags
            },
        );
    }

    /// Splits off a possessive, names the keyword, and follows the notes.
    fn finish_word(&mut self, kind: Kind, end: usize, flags: Flags) {
        if self.stop_inside(end) {
            return self.dotted(end, flags);
        }
        let possessive = possessive_of(&self.text[self.at..end]);
        let stem = &self.text[self.at..end - possessive];
        let kind = match kind {
            Kind::Word(_) if flags.has(Flags::FOLD) => kind,
            Kind::Word(_) => Kind::Word(Keyword::of(stem)),
            other => other,
        };
        match kind {
            Kind::Word(Keyword::Implies | Keyword::Suggests) => {
                self.marks.verbs.push(self.tokens.len())
            }
            Kind::Word(Keyword::Casts) if self.doubt_follows(end) => {
                self.marks.verbs.push(self.tokens.len())
            }
            Kind::Word(Keyword::Overrides) => self.marks.overrides.push(self.tokens.len()),
            _ => {}
        }
        if self.notes != Notes::Outside {
            self.notes = match (self.notes, kind) {
                (Notes::Opening, Kind::Word(Keyword::Source)) => Notes::Source,
                (Notes::Source, Kind::Word(_) | Kind::Capital) => Notes::Label,
                _ => Notes::Inside,
            };
        }
        self.push(kind, end - possessive - self.at, flags);
        if possessive > 0 {
            self.push(
                Kind::Word(Keyword::Possessive),
                possessive,
                Flags::default(),
            );
        }
    }

    /// Where a token that goes on at `at` ends, and whether it holds more than ASCII.
    fn inside_token(&self, mut at: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut folded = false;
        while let Some(&byte) = bytes.get(at) {
            if INNER[byte as usize] {
                at += 1;
            } else if byte >= 0x80 {
                let c = self.character_at(at);
                if !goes_on(c) {
                    break;
                }
                folded = true;
                at += c.len_utf8();
            } else if byte == b'/' && self.slash_goes_on(at) {
                at += 1;
            } else {
                break;
            }
        }
        (at, folded)
    }

    /// `and/or`, `m³/year`
    fn slash_goes_on(&self, at: usize) -> bool {
        let after = self.text[at + 1..].chars().next();
        let before = self.text[..at].chars().next_back();
        before.is_some_and(|c| goes_on(c) && !c.is_ascii_digit())
            && after.is_some_and(char::is_alphabetic)
    }

    /// Whether a full stop stands here that ends nothing, because a token goes on after it.
    fn stop_inside(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&b'.') && !self.is_end(at + 1)
    }

    /// White space or the end of the text.
    fn is_end(&self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) => true,
            Some(0x80..) => {
                let c = self.character_at(at);
                c.is_whitespace() || c == '\u{feff}'
            }
            Some(_) => false,
        }
    }

    /// A token with full stops in it, up to white space, punctuation or the stop that ends the statement.
    fn dotted(&mut self, from: usize, flags: Flags) {
        let rest = &self.text[from..];
        let ends = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | '?' | '(' | ')' | '[' | ']') || is_quote(c)
        };
        let mut end = from + rest.find(ends).unwrap_or(rest.len());
        if self.text[..end].ends_with('.')
            && end > self.at + 1
            && self.is_end(end)
            && !self.sentence_goes_on(end)
        {
            end -= 1;
        }
        self.bad(Problem::Dotted, end - self.at, flags);
    }

    /// After `U.S.`: whether the same line goes on in lower case.
    fn sentence_goes_on(&self, at: usize) -> bool {
        let line = self.text[at..].lines().next().unwrap_or_default();
        line.trim_start().starts_with(char::is_lowercase)
    }

    fn doubt_follows(&self, at: usize) -> bool {
        let mut words = self.text[at..].split_whitespace();
        words.next() == Some("doubt") && words.next() == Some("on")
    }

    fn numeral(&mut self, flags: Flags) {
        let rest = &self.text[self.at..];
        if let Ok((after, date)) = numeral::date(rest)
            && !after.starts_with(goes_on)
        {
            return match Date::read(date) {
                Some(_) if !self.stop_inside(self.at + date.len()) => {
                    self.push_value(Kind::Date, date.len(), flags)
                }
                Some(_) => self.dotted(self.at + date.len(), flags),
                None => self.bad(Problem::NoSuchDate, date.len(), flags),
            };
        }
        if numeral::opens_word(rest) {
            let plain_number =
                numeral::number(rest).is_ok_and(|(after, _)| !after.starts_with(goes_on));
            if !plain_number {
                return self.word(Kind::Word(Keyword::None), flags);
            }
        }
        let length = numeral::number(rest).map_or(1, |(_, number)| number.len());
        let end = self.at + length;
        let (token_end, _) = self.inside_token(end);
        if token_end > end || self.text.as_bytes().get(end) == Some(&b'/') {
            self.bad(Problem::Numeral, token_end.max(end + 1) - self.at, flags);
        } else if self.stop_inside(end) {
            self.dotted(end, flags);
        } else {
            self.push_value(Kind::Number, length, flags);
        }
    }

    fn push_value(&mut self, kind: Kind, length: usize, flags: Flags) {
        if self.notes != Notes::Outside {
            self.notes = Notes::Inside;
        }
        self.push(kind, length, flags);
    }

    fn percent(&mut self, flags: Flags) {
        let touches = !flags.has(Flags::SPACED)
            && matches!(
                self.tokens.last(),
                Some(Token {
                    kind: Kind::Number,
                    ..
                })
            );
        self.push(
            if touches {
                Kind::Percent
            } else {
                Kind::Remainder
            },
            1,
            flags,
        );
    }

    fn comparison(&mut self, flags: Flags) {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c| !matches!(c, '=' | '!' | '<' | '>'))
            .unwrap_or(rest.len());
        let comparison = match &rest[..length] {
            "=" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            "!" => return self.bad(Problem::Stray, 1, flags),
            _ => return self.bad(Problem::Operator, length, flags),
        };
        self.push(Kind::Compare(comparison), length, flags);
    }

    fn full_stop(&mut self, flags: Flags) {
        if self.is_end(self.at + 1) {
            self.push(Kind::FullStop, 1, flags)
        } else {
            self.dotted(self.at + 1, flags)
        }
    }

    /// A variable, the end of a question, or anything.
    fn question_mark(&mut self, flags: Flags) {
        let after = self.at + 1;
        if self.text[after..].starts_with(char::is_alphabetic) {
            let (end, folded) = self.inside_token(after);
            return self.finish_word(
                Kind::Variable,
                end,
                if folded {
                    flags.with(Flags::FOLD)
                } else {
                    flags
                },
            );
        }
        let touches = !flags.has(Flags::SPACED)
            && self
                .tokens
                .last()
                .is_some_and(|before| ends_question(before.kind));
        self.push(
            if touches {
                Kind::QuestionEnd
            } else {
                Kind::Anything
            },
            1,
            flags,
        );
    }

    /// `'s` after a quote; an apostrophe anywhere else is stray.
    fn apostrophe(&mut self, length: usize, flags: Flags) {
        let after = &self.text[self.at + length..];
        let is_possessive =
            !flags.has(Flags::SPACED) && after.starts_with('s') && !after[1..].starts_with(goes_on);
        if is_possessive {
            self.push(Kind::Word(Keyword::Possessive), length + 1, flags);
        } else {
            self.bad(Problem::Stray, length, flags);
        }
    }

    /// A quoted text, which ends in the line where it begins.
    fn quoted(&mut self, opening: usize, mut flags: Flags) {
        let bytes = self.text.as_bytes();
        let mut at = self.at + opening;
        loop {
            match bytes.get(at) {
                Some(b'"') => break at += 1,
                Some(b'\\') => {
                    flags = flags.with(Flags::FOLD);
                    match bytes.get(at + 1) {
                        Some(b'"' | b'\\') => at += 2,
                        _ if self.text[at + 1..].starts_with(is_quote) => at += 4,
                        _ => return self.bad_in_quote(Problem::Escape, at, 2),
                    }
                }
                None | Some(b'\n') => return self.unclosed(at, flags),
                Some(b'\t' | b'\r') => at += 1,
                Some(0..0x20 | 0x7f) => return self.bad_in_quote(Problem::Stray, at, 1),
                Some(0x80..) => {
                    let c = self.character_at(at);
                    at += c.len_utf8();
                    if is_quote(c) {
                        break;
                    }
                    flags = flags.with(Flags::FOLD);
                }
                Some(_) => at += 1,
            }
        }
        if self.notes != Notes::Outside {
            self.notes = Notes::Inside;
        }
        self.push(Kind::Quoted, at - self.at, flags);
    }

    /// Points at a character inside a quote and goes on behind the quote.
    fn bad_in_quote(&mut self, problem: Problem, at: usize, bytes: usize) {
        let mut end = (at + bytes).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.at = at;
        self.bad(problem, end - at, Flags::default());
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr::memchr2(b'"', b'\n', rest)
            .map_or(rest.len(), |end| end + usize::from(rest[end] == b'"'));
    }

    /// A quote without an end takes the rest of its line, whose full stop still ends the statement.
    fn unclosed(&mut self, end: usize, flags: Flags) {
        let line = self.text[self.at..end].trim_end();
        let stop = line.ends_with('.');
        self.bad(Problem::Unclosed, line.len() - usize::from(stop), flags);
        if stop {
            self.push(Kind::FullStop, 1, Flags::default());
        }
    }

    /// The place of a source: up to `,`, `]`, a comment or the end of the line.
    fn place(&mut self, flags: Flags) {
        let rest = &self.text[self.at..];
        let end = memchr::memchr3(b',', b']', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let comment = rest[..end]
            .match_indices('#')
            .find(|(at, _)| rest[..*at].ends_with(char::is_whitespace));
        let end = comment.map_or(end, |(at, _)| at);
        let closed = rest[end..].starts_with([',', ']']);
        let place = rest[..end].trim_end();
        let stop = !closed && place.ends_with('.');
        self.notes = Notes::Inside;
        self.push(
            Kind::Place,
            place.len() - usize::from(stop),
            flags.with(Flags::FOLD),
        );
        if stop {
            self.push(Kind::FullStop, 1, Flags::default());
        }
    }

    fn push(&mut self, kind: Kind, length: usize, flags: Flags) {
        let end = self.at + length;
        self.tokens.push(Token {
            kind,
            flags,
            start: self.at as u32,
            end: end as u32,
        });
        self.at = end;
    }

    fn bad(&mut self, problem: Problem, length: usize, flags: Flags) {
        self.marks.bad.push(self.tokens.len());
        self.push(Kind::Bad(problem), length, flags);
    }

    fn character(&self) -> char {
        self.character_at(self.at)
    }

    fn character_at(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or('\0')
    }
}

/// Whether a character goes on inside a token, `/` apart.
fn goes_on(c: char) -> bool {
    if c.is_ascii() {
        INNER[c as usize]
    } else {
        c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c) || is_joiner(c)
    }
}

/// What joins letters in Persian and in the scripts of India.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// `ǅ` and its like are capitals too.
fn is_title_case(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && c.to_lowercase().next() != Some(c)
}

/// The bytes of a final `'s`, or of a final `'` after `s`.
fn possessive_of(token: &str) -> usize {
    let (stem, s) = match token.strip_suffix('s') {
        Some(stem) => (stem, 1),
        None => (token, 0),
    };
    let Some(apostrophe) = stem.chars().next_back().filter(|&c| is_apostrophe(c)) else {
        return 0;
    };
    let length = apostrophe.len_utf8();
    let before = &stem[..stem.len() - length];
    let owns = if s == 1 {
        !before.is_empty()
    } else {
        before.ends_with(['s', 'S'])
    };
    if owns { length + s } else { 0 }
}

/// What a question's last word can be.
fn ends_question(before: Kind) -> bool {
    matches!(
        before,
        Kind::Word(_)
            | Kind::Capital
            | Kind::Quoted
            | Kind::Number
            | Kind::Date
            | Kind::Variable
            | Kind::Anything
            | Kind::Percent
            | Kind::RightParen
            | Kind::RightBracket
            | Kind::Bad(_)
    )
}
