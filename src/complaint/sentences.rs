//! Complaints about single sentences: variables and lists where none may stand.

use super::Complaint;
use crate::syntax::tree::{List, Term, TermKind};
use crate::text::Span;

/// `?x is old.`, `who is old.`
pub fn variable_in_fact(what: &str, term: &Term) -> Complaint {
    let written = match &term.kind {
        TermKind::Variable { name, .. } => format!("?{name}"),
        TermKind::Asked(word) => word.to_string(),
        _ => "?".to_owned(),
    };
    Complaint::error(
        "variable-in-fact",
        format!("`{written}` stands in {what}, which must name whom it is about"),
        term.span,
    )
    .here("nobody in particular")
    .help(format!(
        "Put a name for `{written}`; for something that holds of many, write a rule: `… implies …`."
    ))
}

/// `?x is one of Armenia, Georgia implies …`, `does each of A and B lead C?`
pub fn list_in_condition(asks: bool, list: &List) -> Complaint {
    if asks {
        Complaint::error("list-in-question", "a list stands in a question", list.span)
            .help("Ask for each one by itself, joined by `and`, or ask with a variable: `who … ?`.")
    } else {
        Complaint::error("list-in-rule", "a list stands in a rule", list.span).help(
            "Put a variable there and state the list as a fact: `each of Armenia and Georgia is nearby.`, then `?state is nearby and … implies …`.",
        )
    }
}

/// `only Armenia is finlandized.` as a fact
pub fn only_outside_expectation(what: &str, at: Span) -> Complaint {
    Complaint::error("only-outside-expectation", format!("`only` stands in {what}"), at)
        .help("`only` belongs to expectations: `expect only Armenia is finlandized`. Elsewhere leave it out.")
}

/// `Armenia, Georgia border Russia, Turkey.`
pub fn two_lists(at: Span) -> Complaint {
    Complaint::error("two-lists", "a sentence has two lists", at)
        .here("the second")
        .help("Write one sentence for each item of one of the two.")
}

/// `who leads CSTO implies …`
pub fn asked_in_rule(word: &str, at: Span) -> Complaint {
    Complaint::error("asked-in-rule", format!("`{word}` stands outside a question"), at).help(format!(
        "`{word}` asks, in questions and expectations; in a rule write a variable such as `?{word}`."
    ))
}
