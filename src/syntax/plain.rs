//! Plain facts, as data files have them by the million: words, names and whole numbers on one line, and nothing else. They are read byte by
//! byte, without tokens, and a stretch of them is one node of the tree. Whatever is not quite plain is left to the parsers, which also read
//! the first sentence of each make, so that what a plain fact is they alone decide.

use super::document::failure_of;
use super::doubtful::{is_doubtful_capital, is_opener_with_capital, unit_meant};
use super::input::{Context, Tokens};
use super::lexer::{Has, Lexer};
use super::quantity::is_magnitude;
use super::slips::lowered;
use super::statement::statement;
use super::token::Keyword;
use super::tree::{Part, PlainFact, PlainFacts, Sentence, Statement, StatementKind};
use crate::text::{SourceId, Span};
use crate::value::Unit;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Fewer in a row are read as any statement is.
const LEAST: usize = 16;

/// More words and terms make no plain fact.
const MOST_PIECES: usize = 32;

/// Up to so many digits a number is a small one.
const MOST_DIGITS: usize = 9;

/// A word or a term of a fact that is being read.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    is_term: bool,
}

/// Reads stretches of plain facts.
pub(super) struct PlainReader<'a> {
    source: SourceId,
    text: &'a str,
    pieces: Vec<Piece>,
    /// Up to here no stretch begins.
    tried: usize,
}

impl<'a> PlainReader<'a> {
    pub fn new(source: SourceId, text: &'a str) -> Self {
        Self {
            source,
            text,
            pieces: Vec::with_capacity(MOST_PIECES),
            tried: 0,
        }
    }

    /// Takes the plain facts that stand next, if they are many. The lexer goes on behind them.
    pub fn stretch(&mut self, lexer: &mut Lexer<'a>) -> Option<Statement> {
        let mut before = lexer.mark();
        lexer.skip_space();
        if !self.is_long(lexer.at) {
            lexer.go_back(before);
            return None;
        }
        let mut stretch = Stretch::default();
        loop {
            let start = lexer.at;
            let taken = self
                .fact(start)
                .and_then(|stop| Some((stop, self.make(&mut stretch, start, stop)?)));
            let Some((stop, make)) = taken else {
                lexer.go_back(before);
                break;
            };
            lexer.at = stop + 1;
            before = lexer.mark();
            lexer.skip_space();
            stretch.last = make;
            stretch.facts.facts.push(PlainFact {
                make: make as u32,
                start: start as u32,
                end: stop as u32,
            });
            let terms = self.pieces.iter().filter(|piece| piece.is_term);
            let places = terms.map(|term| (term.start as u32, term.end as u32));
            stretch.facts.terms.extend(places);
        }
        let (first, last) = (stretch.facts.facts.first()?, stretch.facts.facts.last()?);
        Some(Statement {
            span: Span {
                source: self.source,
                start: first.start,
                end: last.end + 1,
            },
            kind: StatementKind::Facts(Box::new(stretch.facts)),
        })
    }

    /// Whether many plain facts stand here. If not, it is of no use to look again before these are over.
    fn is_long(&mut self, from: usize) -> bool {
        if from < self.tried {
            return false;
        }
        let bytes = self.text.as_bytes();
        self.tried = from;
        for _ in 0..LEAST {
            let space = bytes[self.tried..]
                .iter()
                .take_while(|byte| is_space(**byte));
            match self.fact(self.tried + space.count()) {
                Some(stop) => self.tried = stop + 1,
                None => return false,
            }
        }
        true
    }

    /// Reads the plain fact that begins here into `pieces`; where its full stop stands.
    fn fact(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        self.pieces.clear();
        let mut at = start;
        let mut says_something = false;
        let mut number = false;
        loop {
            let after_term = self.pieces.last().is_some_and(|piece| piece.is_term);
            let first = *bytes.get(at)?;
            let is_term = !first.is_ascii_lowercase();
            let end = match first {
                b'a'..=b'z' => word(self.text, at, number)?,
                // Two names side by side are one, or need a second look.
                _ if after_term => return None,
                b'A'..=b'Z' => name(self.text, at, at == start)?,
                b'"' => quoted(bytes, at)?,
                b'0'..=b'9' => digits(bytes, at)?,
                _ => return None,
            };
            says_something |= !is_term;
            number = first.is_ascii_digit();
            if self.pieces.len() == MOST_PIECES {
                return None;
            }
            let is_twice = self
                .pieces
                .last()
                .is_some_and(|before| self.text[before.start..before.end] == self.text[at..end]);
            if is_twice {
                return None;
            }
            self.pieces.push(Piece {
                start: at,
                end,
                is_term,
            });
            match bytes.get(end)? {
                b'.' if bytes.get(end + 1).is_none_or(|&byte| is_space(byte)) => {
                    return (says_something && !self.may_be_header()).then_some(end);
                }
                b' ' | b'\t' => at = end + 1,
                _ => return None,
            }
            while matches!(bytes.get(at), Some(b' ' | b'\t')) {
                at += 1;
            }
        }
    }

    /// Whether the fact in `pieces` is like `us "more.hence"` or `sorce memo "Title"`, which need a second look.
    fn may_be_header(&self) -> bool {
        let is_quoted = |piece: &Piece| self.text.as_bytes()[piece.start] == b'"';
        match self.pieces.as_slice() {
            [first, rest @ ..] if !first.is_term => rest.iter().take(2).any(is_quoted),
            _ => false,
        }
    }

    /// The make of the fact in `pieces`.
    fn make(&self, stretch: &mut Stretch, start: usize, stop: usize) -> Option<usize> {
        let makes = &stretch.facts.makes;
        if makes.get(stretch.last).is_some_and(|make| self.is_of(make)) {
            return Some(stretch.last);
        }
        let hash = self.hash();
        if let Some(&known) = stretch
            .by_hash
            .find(hash, |&(of, make)| of == hash && self.is_of(&makes[make]))
        {
            return Some(known.1);
        }
        let sentence = read(self.source, self.text, start, stop + 1).and_then(only_sentence)?;
        if !self.is_of(&sentence) {
            return None;
        }
        let make = makes.len();
        stretch.facts.makes.push(sentence);
        stretch
            .by_hash
            .insert_unique(hash, (hash, make), |&(hash, _)| hash);
        Some(make)
    }

    /// Whether the fact in `pieces` has the words of a sentence.
    fn is_of(&self, sentence: &Sentence) -> bool {
        let is_alike = |(part, piece): (&Part, &Piece)| match part {
            Part::Word(word) => !piece.is_term && word.text == self.text[piece.start..piece.end],
            Part::Term(_) => piece.is_term,
            Part::List(_) => false,
        };
        sentence.parts.len() == self.pieces.len()
            && sentence.parts.iter().zip(&self.pieces).all(is_alike)
    }

    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for piece in &self.pieces {
            let words = (!piece.is_term).then(|| &self.text[piece.start..piece.end]);
            words.hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// A stretch that is being read.
#[derive(Default)]
struct Stretch {
    facts: PlainFacts,
    /// Makes by the hash of their words.
    by_hash: HashTable<(u64, usize)>,
    /// The make of the last fact, which is often that of the next.
    last: usize,
}

/// The facts of a stretch as statements of their own.
pub(crate) fn apart<'a>(
    facts: &'a PlainFacts,
    source: SourceId,
    text: &'a str,
) -> impl Iterator<Item = Statement> + 'a {
    let one = move |fact: &PlainFact| {
        let end = fact.end as usize + 1;
        read(source, text, fact.start as usize, end)
    };
    facts.facts.iter().filter_map(one)
}

/// One statement as the parsers read it, if nothing is to be said of it.
fn read(source: SourceId, text: &str, start: usize, end: usize) -> Option<Statement> {
    let text = &text[..end];
    let context = Context::new(source, text);
    let mut lexer = Lexer::new(source, text);
    lexer.at = start;
    lexer.chunk();
    let input = Tokens::new(&lexer.tokens, &context);
    let (rest, kind) = failure_of(statement(input, Has::default())).ok()?;
    let span = input.span_to(rest);
    (context.complaint_count() == 0).then_some(Statement { span, kind })
}

fn only_sentence(statement: Statement) -> Option<Sentence> {
    let StatementKind::Fact(fact) = statement.kind else {
        return None;
    };
    let [sentence] = <[Sentence; 1]>::try_from(fact.sentences).ok()?;
    (fact.notes.is_empty() && sentence.not.is_none()).then_some(sentence)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Where a token of letters, digits, `-`, `_` and `&` ends.
fn token(bytes: &[u8], at: usize) -> usize {
    let goes_on = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'&');
    at + bytes[at..].iter().take_while(goes_on).count()
}

/// A word that is none of the grammar's, and no unit of the number before it.
fn word(text: &str, at: usize, after_number: bool) -> Option<usize> {
    let end = token(text.as_bytes(), at);
    let word = &text[at..end];
    let is_unit = after_number
        && (is_magnitude(word) || Unit::atom(word).is_some() || unit_meant(word).is_some());
    (Keyword::of(word) == Keyword::None && !is_unit).then_some(end)
}

/// A run of capitalised tokens, one space apart.
fn name(text: &str, at: usize, opens: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = token(bytes, at);
    let mut last = &text[at..end];
    if is_doubtful_capital(last) || opens && may_be_lowered(last) {
        return None;
    }
    while bytes.get(end) == Some(&b' ') && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase) {
        let start = end + 1;
        end = token(bytes, start);
        let next = &text[start..end];
        if is_doubtful_capital(next) || next == last {
            return None;
        }
        last = next;
    }
    Some(end)
}

/// Whether a statement that opens with a word may mean it in lower case.
fn may_be_lowered(word: &str) -> bool {
    lowered(word).is_some() || is_opener_with_capital(word)
}

/// Printable ASCII in quotes, without escapes.
fn quoted(bytes: &[u8], at: usize) -> Option<usize> {
    let is_plain = |byte: &&u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let end = at + 1 + bytes[at + 1..].iter().take_while(is_plain).count();
    (bytes.get(end) == Some(&b'"') && end > at + 1).then_some(end + 1)
}

fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (count <= MOST_DIGITS).then_some(at + count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{parse, show};
    use proptest::prelude::*;

    /// What the parsers make of each line, and what is made of all lines together.
    fn both(lines: &[String]) -> (Vec<String>, Vec<String>) {
        let source = SourceId(0);
        let shown = |text: &str| -> Vec<String> {
            let (document, complaints) = parse(source, text);
            let mut all: Vec<String> = Vec::new();
            for one in &document.statements {
                match &one.kind {
                    StatementKind::Facts(facts) => {
                        all.extend(apart(facts, source, text).map(|fact| show::statement(&fact)));
                    }
                    _ => all.push(show::statement(one)),
                }
            }
            all.extend(complaints.iter().map(|complaint| complaint.code.to_owned()));
            all.sort();
            all
        };
        let mut alone: Vec<String> = lines.iter().flat_map(|line| shown(line)).collect();
        alone.sort();
        (alone, shown(&lines.join("\n")))
    }

    fn stretches(text: &str) -> Vec<usize> {
        let (document, _) = parse(SourceId(0), text);
        let kinds = document.statements.iter().map(|one| &one.kind);
        kinds
            .filter_map(|kind| match kind {
                StatementKind::Facts(facts) => Some(facts.facts.len()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_long_stretch_is_one_node() {
        let facts = |count: usize| -> String {
            (0..count)
                .map(|n| format!("Bank{n} lends {n} to \"N {n}\".\n"))
                .collect()
        };
        assert!(stretches(&facts(10)).is_empty());
        let around = format!("A is on.\n# note\n{}not A is up.\n{}", facts(40), facts(30));
        assert_eq!(stretches(&around), [40, 30]);
    }

    fn token() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[a-z]{1,4}",
            4 => "[A-Z][a-z0-9&-]{0,3}",
            2 => "\"[a-zA-Z0-9 .]{0,4}\"",
            2 => "[0-9]{1,11}",
            1 => prop::sample::select(vec![
                "km", "million", "per", "The", "the", "Each", "each", "of", "of", "and", "not", "unless", "six", "as", "casts", "only", "x's",
                "U.S.", "5,000", "2010-08", "use", "rule", "Article", ",", "-", "é", "?x", "why",
            ]).prop_map(str::to_owned),
        ]
    }

    fn line() -> impl Strategy<Value = String> {
        let space = prop::sample::select(vec![" ", " ", " ", "  ", "\t"]);
        let pieces = prop::collection::vec((token(), space), 1..7);
        (
            pieces,
            prop::sample::select(vec![".", ".", ".", " .", ".  ", "?", ". # note"]),
        )
            .prop_map(|(pieces, end)| {
                let words: String = pieces
                    .iter()
                    .map(|(word, space)| format!("{word}{space}"))
                    .collect();
                format!("{}{end}", words.trim_end())
            })
    }

    proptest! {
        /// Where every line ends its statement, lines mean together what they mean alone.
        #[test]
        fn what_is_plain_reads_as_ever(odd in line(), plain in prop::collection::vec("[A-Z][a-z]{2} (is|sees|has) [A-Z][a-z]{2}\\.", 40..60), at in 0..40_usize) {
            let mut lines = plain;
            lines.insert(at, odd);
            let (alone, together) = both(&lines);
            prop_assert_eq!(alone, together);
        }

        /// A line that is plain to one reader is a plain fact to the other.
        #[test]
        fn lines_of_one_make_read_as_ever(line in line(), more in prop::collection::vec(line(), 0..4)) {
            let mut lines: Vec<String> = std::iter::repeat_n(line, 20).collect();
            lines.extend(more);
            let (alone, together) = both(&lines);
            prop_assert_eq!(alone, together);
        }
    }
}
