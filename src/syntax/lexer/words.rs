//! Words, names, numbers and dates: where a token ends, what is split off it, and what full stops inside it mean.

use super::{Lexer, Notes};
use crate::syntax::fold::{is_apostrophe, is_quote};
use crate::syntax::numeral;
use crate::syntax::token::{Flags, Keyword, Kind, Problem};
use crate::value::Date;
use unicode_normalization::char::is_combining_mark;

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

impl Lexer<'_> {
    pub(super) fn word(&mut self, kind: Kind, flags: Flags) {
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
    pub(super) fn finish_word(&mut self, kind: Kind, end: usize, flags: Flags) {
        if self.stop_inside(end) {
            return self.dotted(end, flags);
        }
        let possessive = possessive_of(&self.text[self.at..end]);
        let stem = &self.text[self.at..end - possessive];
        let kind = match kind {
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
    pub(super) fn inside_token(&self, mut at: usize) -> (usize, bool) {
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
    pub(super) fn stop_inside(&self, at: usize) -> bool {
        self.text.as_bytes().get(at) == Some(&b'.') && !self.is_end(at + 1)
    }

    /// A token with full stops in it, up to white space, punctuation or the stop that ends the statement.
    pub(super) fn dotted(&mut self, from: usize, flags: Flags) {
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
        let lines = self.text[at..].lines();
        // A comment may stand behind each word. On the first line its mark has white space before it, on others it may be at the margin.
        let mut words = lines.flat_map(|line| {
            line.split_whitespace()
                .take_while(|word| !word.starts_with('#'))
        });
        words.next() == Some("doubt") && words.next() == Some("on")
    }

    pub(super) fn numeral(&mut self, flags: Flags) {
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
            self.bad(Problem::Numeral, self.run_end(token_end) - self.at, flags);
        } else if self.stop_inside(end) {
            self.dotted(end, flags);
        } else {
            self.push_value(Kind::Number, length, flags);
        }
    }

    /// Where a run of letters, digits and `/` ends that goes on from here: all of `2010/08/16`.
    fn run_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let ends = |c: char| c != '/' && !goes_on(c);
        at + rest.find(ends).unwrap_or(rest.len())
    }

    fn push_value(&mut self, kind: Kind, length: usize, flags: Flags) {
        if self.notes != Notes::Outside {
            self.notes = Notes::Inside;
        }
        self.push(kind, length, flags);
    }

    /// `'s` after a quote; an apostrophe anywhere else is stray.
    pub(super) fn apostrophe(&mut self, length: usize, flags: Flags) {
        let after = &self.text[self.at + length..];
        let is_possessive =
            !flags.has(Flags::SPACED) && after.starts_with('s') && !after[1..].starts_with(goes_on);
        if is_possessive {
            self.push(Kind::Word(Keyword::Possessive), length + 1, flags);
        } else {
            self.bad(Problem::Stray, length, flags);
        }
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
