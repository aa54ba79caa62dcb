//! Complaints about notes in brackets.

use super::Complaint;
use crate::syntax::tree::NoteKind;
use crate::text::Span;
use crate::value::Date;
use crate::value::date::Day;

/// `?x is old implies ?x is wise [likely].`
pub fn out_of_place(note: &NoteKind, on: &str, at: Span) -> Complaint {
    let (written, where_it_belongs) = match note {
        NoteKind::Source { .. } => ("source", "anywhere"),
        NoteKind::From(_) => ("from", "on facts, outcomes, suppositions and rules"),
        NoteKind::Until(_) => ("until", "on facts, outcomes, suppositions and rules"),
        NoteKind::Before(_) => ("before", "on facts, outcomes, suppositions and rules"),
        NoteKind::In(_) => ("in", "on facts, outcomes, suppositions and rules"),
        NoteKind::Happened(_) => ("happened", "on facts, outcomes, suppositions and rules"),
        NoteKind::FromThenOn => ("from then on", "on rules"),
        NoteKind::ReportedBy(_) => ("reported by", "on facts"),
        NoteKind::DeniedBy(_) => ("denied by", "on facts"),
        NoteKind::Presumably => ("presumably", "on facts"),
        NoteKind::Now => ("now", "on the outcomes of a driver"),
        NoteKind::Likelihood(_) => ("a likelihood", "on facts, outcomes and expectations"),
        NoteKind::Status(_) => ("a status", "on expectations"),
    };
    let complaint = Complaint::error(
        "note-out-of-place",
        format!("this note says nothing about {on}"),
        at,
    )
    .help(format!("`{written}` stands {where_it_belongs}."));
    match (note, on) {
        (NoteKind::Presumably | NoteKind::Likelihood(_), "a rule") => complaint
            .help("For a rule that holds as a presumption write `suggests` in place of `implies`."),
        (NoteKind::From(_) | NoteKind::In(_) | NoteKind::Until(_), "an expectation") => complaint
            .help("For a point in time write `as of` after the sentence: `expect … as of 2010.`"),
        _ => complaint,
    }
}

/// `[30%, likely]`
pub fn twice(what: &str, at: Span, first: Span) -> Complaint {
    Complaint::error("note-twice", format!("two notes give the {what}"), at)
        .here("the second")
        .and_at(first, "the first")
        .help("Keep one of them.")
}

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
