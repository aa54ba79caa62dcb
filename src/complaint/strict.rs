//! Complaints about strict rules, seen once their conclusions are drawn.

use super::Complaint;
use crate::text::Span;

/// `?x is married implies ?x has a spouse`, where Bob is married, presumably, and has no spouse
pub fn not_carried(at: Span, sentence: &str, more: usize) -> Complaint {
    let also = match more {
        0 => String::new(),
        1 => " (and one more such sentence)".to_owned(),
        more => format!(" (and {more} more such sentences)"),
    };
    Complaint::warning(
        "not-carried",
        format!("this rule implies `{sentence}`, which does not hold{also}"),
        at,
    )
    .here("its condition holds presumably, and something speaks against what it implies")
    .help("A rule does not work backwards: that its conclusion fails does not make its condition fail. If it should, write the reverse rule too, from `not` the conclusion to `not` the condition.")
    .help("Else say by `overrides` which of the two sides prevails, or write `suggests` in place of `implies`.")
}
