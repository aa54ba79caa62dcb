//! Complaints about what a test expects.

use super::Complaint;
use crate::text::Span;

/// `expect no only Armenia is finlandized.`
pub fn no_only(at: Span) -> Complaint {
    Complaint::error("no-only", "`no` and `only` stand together", at)
        .help("Expect the one or the other: `expect only …` or `expect no …`.")
}

/// `expect only Armenia is finlandized and Russia leads CSTO.`
pub fn only_with_others(at: Span) -> Complaint {
    Complaint::error("only-with-others", "`only` stands beside other conditions", at)
        .help("Give the sentence with `only` an `expect` of its own, without `not`, `and`, `or` and `unless`.")
}

/// `expect each of ?x and Armenia is finlandized.`
pub fn variable_in_list(at: Span) -> Complaint {
    Complaint::error("variable-in-list", "a list of names holds a variable", at)
        .help("Expect the sentence with the variable by itself.")
}

/// Several long lists in one expectation.
pub fn too_many_sentences(at: Span) -> Complaint {
    Complaint::error(
        "too-many-sentences",
        "these lists make more than 10,000 sentences together",
        at,
    )
    .help("Split the expectation.")
}
