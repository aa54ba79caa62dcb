//! Complaints about notes in brackets.

use super::Complaint;
use crate::text::Span;
use crate::value::Date;
use crate::value::date::Day;

/// `[from 2003, until 2001]`
pub fn ends_before_it_begins(first: Day, last: Day, at: Span) -> Complaint {
    Complaint::error("empty-period", "these times leave no day at all", at)
        .note(format!(
            "It would begin on {} and end on {}.",
            Date::day_text(first),
            Date::day_text(last)
        ))
        .help("For two separate periods write the sentence twice, each with its own time.")
}

/// `[130%]`
pub fn likelihood_out_of_range(at: Span) -> Complaint {
    Complaint::error(
        "likelihood-out-of-range",
        "a likelihood lies between 0% and 100%",
        at,
    )
    .help("Write a percentage in that range, or a word such as `likely`.")
}

/// `Iran tests [reported by Ann, likely].`
pub fn likelihood_of_report(at: Span) -> Complaint {
    Complaint::error(
        "likelihood-of-report",
        "a sentence is either reported or has a likelihood, not both",
        at,
    )
    .help("Keep `reported by`, `denied by` or `presumably` for an argument that can be answered, or the likelihood for odds.")
}
