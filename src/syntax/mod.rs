//! Text → syntax tree. Comes in: the text of one file, question or prompt; goes out: a [`Document`] and the complaints about it,
//! always both. The tree holds what was written and knows no meaning: what is declared, bound or known is `check`'s to say.
//!
//! The lexer cuts the text into chunks at full stops; small parsers, built with nom on a chunk's tokens, read one
//! statement each, chosen by its opening word.

mod allowed;
mod arithmetic;
mod declaration;
mod document;
mod doubtful;
mod expectation;
mod failed;
mod fold;
mod input;
mod items;
mod label;
mod lexer;
mod list;
mod list_mark;
mod mend;
mod note;
mod numeral;
mod plain;
mod quantity;
mod question;
mod recover;
mod rule;
mod scenario;
mod sentence;
#[cfg(test)]
pub(crate) mod show;
#[cfg(test)]
mod slip_tests;
mod slips;
mod statement;
mod term;
mod token;
pub mod tree;
#[cfg(test)]
mod tree_tests;

pub(crate) use plain::apart;
pub use question::split_scenarios;
pub(crate) use token::{Keyword, Kind, Token};

use crate::complaint::Complaint;
use crate::text::SourceId;
use document::{LastStop, document};
use input::Context;
use lexer::Lexer;
use smol_str::SmolStr;
use tree::{Document, Question};

/// Reads a file. A statement that has an error is complained of and left out; the others are all there.
///
/// Of `CSTO covers Armenia. Russia. Georgia is free.` the two facts are read, and `Russia`, which says nothing, is complained of.
pub fn parse(source: SourceId, text: &str) -> (Document, Vec<Complaint>) {
    document(source, text, LastStop::Due)
}

/// Reads what was entered at a prompt: as a file, but the last full stop may be missing.
pub fn parse_statements(source: SourceId, text: &str) -> (Document, Vec<Complaint>) {
    document(source, text, LastStop::Welcome)
}

/// Reads one question; its `?` may be missing.
///
/// `who can lean on Armenia`, `why Armenia is finlandized?`
pub fn parse_question(source: SourceId, text: &str) -> (Option<Question>, Vec<Complaint>) {
    document::question(source, text)
}

/// A whole text cut into tokens, for the formatter: with the text as the parser saw it, a `The` that opens a statement read in
/// lower case.
pub(crate) struct Spelled<'a> {
    pub tokens: Vec<Token>,
    context: Context<'a>,
}

impl<'a> Spelled<'a> {
    pub fn new(source: SourceId, text: &'a str) -> Self {
        let context = Context::new(source, text);
        let mut lexer = Lexer::new(source, text);
        let mut tokens = Vec::new();
        loop {
            lexer.chunk();
            if lexer.tokens.is_empty() {
                return Self { tokens, context };
            }
            slips::lower_opening(&mut lexer.tokens, &context);
            tokens.append(&mut lexer.tokens);
        }
    }

    /// The words of a token as they stand.
    pub fn raw(&self, token: Token) -> &'a str {
        self.context.raw(token)
    }

    /// The words of a token in NFC, with straight apostrophes.
    pub fn read(&self, token: Token) -> SmolStr {
        self.context.read(token)
    }

    /// The inside of a quoted token, escapes read.
    pub fn unquoted(&self, token: Token) -> SmolStr {
        self.context.unquoted(token)
    }
}

/// Whether a name can stand without quotes: a run of tokens that begin with capitals, one space apart, that nothing is split
/// off and no statement opens with.
///
/// `European Union` and `S-300` can; `gas`, `Bank of Georgia`, `The Hague` cannot.
pub fn stands_bare(name: &str) -> bool {
    let mut spelled = Spelled::new(SourceId(0), name);
    let spaces = spelled
        .tokens
        .windows(2)
        .all(|pair| name.get(pair[0].end as usize..pair[1].start as usize) == Some(" "));
    let whole = match (spelled.tokens.first(), spelled.tokens.last()) {
        (Some(first), Some(last)) => first.start == 0 && last.end as usize == name.len(),
        _ => false,
    };
    let opens = slips::lower_opening(&mut spelled.tokens, &spelled.context).is_some()
        || name.starts_with("Each ");
    whole
        && spaces
        && !opens
        && spelled
            .tokens
            .iter()
            .all(|token| token.kind == Kind::Capital)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_example_of_the_language_page_is_read_without_complaint() {
        let page = include_str!("../../docs/language.md");
        let examples: Vec<&str> = page
            .split("```hence\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .collect();
        assert!(examples.len() > 5);
        for example in examples {
            let (document, complaints) = parse(SourceId(0), example);
            assert_eq!(complaints, [], "{example}");
            assert!(!document.statements.is_empty());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(?s)([a-zA-Z0-9 .,?\"'#:\\[\\]()=+*/%-]|and |rule |unless |implies |expect |\n|\u{2019}|é|.){0,60}") {
            let mut sources = crate::text::Sources::default();
            let id = sources.add(crate::text::Source::new("t", text.clone()));
            let (document, complaints) = parse(id, &text);
            for complaint in &complaints {
                for label in &complaint.labels {
                    prop_assert!(text.get(label.span.start as usize..label.span.end as usize).is_some());
                }
            }
            let says_something = text.chars().any(char::is_alphanumeric) && !text.contains('#');
            prop_assert!(!says_something || !complaints.is_empty() || !document.statements.is_empty());
        }
    }
}
