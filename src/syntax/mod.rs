//! Text → syntax tree. Comes in: the text of one file, question or prompt; goes out: a [`Document`] and the complaints about it,
//! always both. The tree holds what was written and knows no meaning: what is declared, bound or known is `check`'s to say.
//!
//! The lexer cuts the text into chunks at full stops; small parsers, built with nom on a chunk's tokens, read one
//! statement each, chosen by its opening word.

mod allowed;
mod arithmetic;
mod declaration;
mod document;
mod expectation;
mod fold;
mod input;
mod label;
mod lexer;
mod list;
mod note;
mod numeral;
mod quantity;
mod question;
mod recover;
mod rule;
mod scenario;
mod sentence;
#[cfg(test)]
mod show;
#[cfg(test)]
mod slip_tests;
mod slips;
mod statement;
mod term;
mod token;
pub mod tree;
#[cfg(test)]
mod tree_tests;

pub use question::split_scenarios;

use crate::complaint::Complaint;
use crate::text::SourceId;
use document::{LastStop, document};
use tree::{Document, Question};

/// Reads a file. A statement that has an error is complained of and left out; the others are all there.
///
/// `parse(id, "CSTO covers Armenia. Russia leads.")` gives the fact and a complaint about `Russia leads` only if it were
/// one term; as a word and a term it is a sentence.
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
