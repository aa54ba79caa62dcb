//! Texts that are not made of tokens: what stands in quotes, and the place of a source.

use super::{Lexer, Notes};
use crate::syntax::fold::is_quote;
use crate::syntax::token::{Flags, Kind, Problem};

impl Lexer<'_> {
    /// A quoted text, which ends in the line where it begins.
    pub(super) fn quoted(&mut self, opening: usize, mut flags: Flags) {
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

    /// Whether the brackets that are open close before this line ends.
    pub(super) fn closes_in_this_line(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        memchr::memchr3(b'[', b']', b'\n', rest).is_some_and(|at| rest[at] == b']')
    }

    /// The place of a source: up to `,`, `]`, a comment or the end of the line.
    pub(super) fn place(&mut self, flags: Flags) {
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
}
