//! Text → tokens, one chunk at a time: all up to a full stop, a question's end or the end of the text. Here it
//! is settled what a full stop, a `?` or a quote is. One buffer serves a whole file, and plain ASCII goes by a table.

mod raw;
mod words;

use super::fold::{is_apostrophe, is_quote};
use super::token::{Flags, Keyword, Kind, Problem, Token};
use super::tree::Comment;
use crate::text::{SourceId, Span};
use crate::value::Comparison;
use std::ops::Range;

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
    /// What has been read up to
    pub at: usize,
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

    /// Where the lexer is, to [`go_back`](Self::go_back) to.
    pub fn mark(&self) -> (usize, usize) {
        (self.at, self.comments.len())
    }

    /// Reads on from a place where it was between two chunks.
    pub fn go_back(&mut self, (at, comments): (usize, usize)) {
        self.at = at;
        self.comments.truncate(comments);
    }

    /// White space and comments.
    pub fn skip_space(&mut self) -> Flags {
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
            if self.notes != Notes::Outside && self.closes_in_this_line() {
                // `[memo p. 3]`: what lacks `source` ends no statement.
                return self.place(flags);
            }
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
            if self.touches_question() && !flags.has(Flags::SPACED) {
                return self.bad(Problem::Asked, end - self.at, flags);
            }
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
        self.push(
            if self.touches_question() && !flags.has(Flags::SPACED) {
                Kind::QuestionEnd
            } else {
                Kind::Anything
            },
            1,
            flags,
        );
    }

    /// Whether the last token can be a question's last.
    fn touches_question(&self) -> bool {
        let last = self.tokens.last();
        last.is_some_and(|before| ends_question(before.kind))
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

/// `ǅ` and its like are capitals too.
fn is_title_case(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && c.to_lowercase().next() != Some(c)
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
