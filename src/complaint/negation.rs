//! Complaints about opposites.

use super::Complaint;
use crate::text::Span;

/// `?x is old and not ?x is ill implies …` where nothing says who is not ill
pub fn never_opposed(relation: &str, at: Span) -> Complaint {
    Complaint::warning(
        "never-opposed",
        format!("nothing states or concludes `not {relation}`, so this is never met"),
        at,
    )
    .help(format!(
        "`not` asks for an argument that it is not so. For \"as far as nothing says so\" write `unless {relation}`."
    ))
}
