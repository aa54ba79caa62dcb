//! Labels: one word in lower case that names a rule, source, driver, outcome or scenario.

use super::input::{Expected, Parsed, Tokens, word};
use super::token::{Keyword, Kind};
use super::tree::Word;
use crate::complaint::syntax as say;

/// A label where the grammar wants one.
pub(super) fn label(input: Tokens) -> Parsed<Word> {
    let Some(token) = input.first() else {
        return input.expected(Expected::LABEL);
    };
    let raw = input.context.raw(token);
    match token.kind {
        Kind::Word(keyword) if keyword.is_reserved() => {
            input.slip(say::reserved_label(input.place(), raw))
        }
        Kind::Word(keyword) if keyword.is_opener() && input.kind_ahead(1) == Some(Kind::Colon) => {
            input.slip(say::reserved_label(input.place(), raw))
        }
        Kind::Word(Keyword::Possessive) => input.expected(Expected::LABEL),
        Kind::Word(_) => word(input, Expected::LABEL),
        Kind::Capital | Kind::Quoted | Kind::Number | Kind::Date => {
            input.slip(say::label_not_a_word(input.place(), raw))
        }
        _ => input.expected(Expected::LABEL),
    }
}

/// Whether an outcome such as `war:` opens here.
pub(super) fn opens_outcome(input: Tokens) -> bool {
    match (input.kind(), input.kind_ahead(1)) {
        (Some(Kind::Word(keyword)), Some(Kind::Colon)) => {
            !keyword.is_opener() && !keyword.is_reserved()
        }
        _ => false,
    }
}
