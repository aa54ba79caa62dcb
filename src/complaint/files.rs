//! Complaints about what is brought in from other files.

use super::Complaint;
use crate::text::Span;

/// `load "x.csv" as ?a knows ?a.`
pub fn column_twice(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "column-twice",
        format!("the column `{name}` is used twice"),
        at,
    )
    .help("Give each column a variable of its own.")
}

/// `load "x.csv" as ?a knows ?.`
pub fn unnamed_column(at: Span) -> Complaint {
    Complaint::error("unnamed-column", "a column needs a name", at)
        .help("Write a variable such as `?buyer`, named after the column.")
}
