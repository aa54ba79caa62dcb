//! A term in words: plain as in tables and JSON, or with the quotes that a sentence needs to read it back.

use crate::value::{Number, Term, Terms, Value};
use std::borrow::Cow;

/// A term without quotes: `North-South`, `gas`, `200 million USD`, `2010-08`.
pub fn term(terms: &Terms, term: Term) -> String {
    match terms.is_share(term) {
        true => share_text(&terms.get(term)),
        false => value_text(&terms.get(term), terms.are_for_people()),
    }
}

/// A term as it stands alone in a sentence: `North-South`, but `"gas"`.
pub fn quoted(terms: &Terms, term: Term) -> String {
    match terms.get(term) {
        Value::Name(name) if !reads_bare(&name) => in_quotes(&name),
        value if terms.is_share(term) => share_text(&value),
        value => value_text(&value, terms.are_for_people()),
    }
}

/// A number as a percentage: `60%`; any other value as it is.
pub(super) fn share_text(value: &Value) -> String {
    let hundredfold = match value {
        Value::Number(number) => number.times(&Number::from(100)),
        _ => None,
    };
    hundredfold.map_or_else(|| value_text(value, false), |number| format!("{number}%"))
}

/// A name as it stands alone in a sentence or note.
pub(super) fn quoted_name(name: &str) -> String {
    if reads_bare(name) {
        name.to_owned()
    } else {
        in_quotes(name)
    }
}

/// A value by itself; a quantity that nobody wrote with separators, where people will read it.
pub(super) fn value_text(value: &Value, for_people: bool) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Quantity(quantity) if for_people => format!("{quantity:#}"),
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Name(name) => name.to_string(),
    }
}

/// Whether a name without quotes is read as that one name: tokens that begin with a capital, one space apart.
pub(super) fn reads_bare(name: &str) -> bool {
    !name.is_empty() && name.split(' ').all(is_capitalised_token)
}

fn is_capitalised_token(token: &str) -> bool {
    let mut letters = token.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.all(|letter| {
            letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '&' | '_' | '/')
        })
        && !token.ends_with("'s")
        && !token.ends_with("s'")
        && (!token.contains('/') || slashes_stand_between_letters(token))
}

fn slashes_stand_between_letters(token: &str) -> bool {
    token.split('/').all(|part| {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
        is_letter(part.chars().next()) && is_letter(part.chars().next_back())
    })
}

/// Whether a name at the head of a statement would be taken for one of its opening words (`The`, `Who`).
pub(super) fn reads_as_opener(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "The" | "Each" | "Who" | "What" | "Which" | "Why" | "How" | "If" | "No" | "Not"
    )
}

pub(super) fn in_quotes(name: &str) -> String {
    let escaped = if name.contains(['"', '\\']) {
        Cow::Owned(name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        Cow::Borrowed(name)
    };
    format!("\"{escaped}\"")
}
