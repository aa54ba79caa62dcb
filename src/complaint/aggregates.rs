//! Complaints about counting what is not settled yet.

use super::Complaint;
use crate::text::Span;

/// `?n is the number of ?x where ?x is rich and ?n > 3 implies ?y is rich.`
///
/// `way` leads from the relation that is read to the one that is concluded, both included.
pub fn counts_itself(
    kind: &str,
    concluded: &str,
    way: &[String],
    read_at: Span,
    head_at: Span,
) -> Complaint {
    let steps = way
        .iter()
        .map(|step| format!("`{step}`"))
        .collect::<Vec<_>>()
        .join(" rests on ");
    let mut complaint = Complaint::error(
        "counts-itself",
        format!("the {kind} is taken over what rests on the {kind} itself"),
        read_at,
    )
    .here("taken over this")
    .and_at(head_at, "concluded from it");
    complaint = if way.len() > 1 {
        complaint.note(format!("{steps}, which rests on the {kind}."))
    } else {
        complaint.note(format!(
            "`{concluded}` rests on the {kind}, which is taken over `{concluded}`."
        ))
    };
    complaint.help(
        "Take it over another relation, one that is settled first. Only `least` and `greatest` may feed the relation that they read themselves, without a detour and by an `implies` rule.",
    )
}

/// `least` and `greatest` both feeding one relation
pub fn two_bests(at: Span, first: Span) -> Complaint {
    Complaint::error(
        "two-bests",
        "a relation cannot keep the best in two ways",
        at,
    )
    .here("the second way")
    .and_at(first, "the first")
    .help("Let one of the two rules conclude another relation.")
}
