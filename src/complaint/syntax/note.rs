//! Notes: what stands in brackets.

use super::one_line;
use crate::complaint::Complaint;
use crate::text::{Span, nearest};

/// The words with which notes begin, for the nearest one.
const KNOWN: [&str; 25] = [
    "source",
    "from",
    "until",
    "before",
    "in",
    "happened in",
    "happened on",
    "from then on",
    "reported by",
    "denied by",
    "presumably",
    "now",
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
    "certain",
    "presumed",
    "refuted",
    "contested",
    "undecided",
    "unknown",
];

/// `[probably]`
pub fn unknown_note(at: Span, words: &str) -> Complaint {
    let words = one_line(words);
    let complaint = Complaint::error("unknown-note", format!("`{words}` is no note"), at);
    let opening = words
        .split_whitespace()
        .take(2)
        .collect::<Vec<_>>()
        .join(" ");
    let first = words.split_whitespace().next().unwrap_or_default();
    let known = KNOWN.iter().copied();
    match nearest(&words, known.clone()).or_else(|| nearest(&opening, known.clone())).or_else(|| nearest(first, known)) {
        Some(meant) => complaint.help(format!("Did you mean `{meant}`?")),
        None => complaint
            .help("Notes say where a statement is from (`source memo ¶8`), when it holds (`from 1995`, `until 2003`, `before 2008`, `in 2010-08`, `happened in 2010-06`), who says so (`reported by Ann`, `denied by Bob`, `presumably`) or how likely it is (`likely`, `10%`).")
            .help("What is only remarked is a comment, behind `#`."),
    }
}

/// `[2010]`
pub fn bare_date_note(at: Span, date: &str) -> Complaint {
    let date = &one_line(date);
    let complaint = Complaint::error(
        "bare-date",
        format!("`{date}` alone does not say when it holds"),
        at,
    );
    let parts: Vec<&str> = date
        .split([' ', '-', '\u{2013}'])
        .filter(|part| !part.is_empty())
        .collect();
    if let [first, last] = parts.as_slice()
        && date.contains(' ')
    {
        return complaint.help(format!("Write `from {first}, until {last}`."));
    }
    if date.len() < 3 {
        return complaint.help(format!(
            "If it says how likely the sentence is, write `{date}%`; a date has its year in full."
        ));
    }
    complaint.help(format!("Write `in {date}`, `from {date}`, `until {date}`, `before {date}` or `happened in {date}`; a likelihood has a `%`."))
}

/// `[as of 2010]`
pub fn as_of_note(at: Span, words: &str) -> Complaint {
    let date = words.rsplit(' ').next().unwrap_or_default();
    Complaint::error("as-of-note", format!("`{words}` is no note"), at)
        .help(format!("A sentence that holds from then on has `from {date}`; one that holds only then has `in {date}`."))
}

/// `[source memo ¶8.`
pub fn unclosed_bracket(opening: Span, at: Span) -> Complaint {
    Complaint::error("unclosed-bracket", "`]` is missing", at)
        .here("expected `]`")
        .and_at(opening, "opened here")
        .help("Close the notes before the full stop: `[source memo].`")
}

/// `[now]` on a fact
pub fn misplaced_note(at: Span, words: &str, on: &str, places: &str) -> Complaint {
    let words = one_line(words);
    Complaint::error(
        "misplaced-note",
        format!("`{words}` does not belong to {on}"),
        at,
    )
    .help(format!("It is a note for {places}."))
}

/// `[likely, 10%]`
pub fn note_twice(first: Span, second: Span, words: &str) -> Complaint {
    let words = one_line(words);
    Complaint::error(
        "note-twice",
        format!("`{words}` says again what another note says"),
        second,
    )
    .and_at(first, "said here already")
    .help("Keep one of the two, or write two statements.")
}

/// `A is on [likely] and B is on.`, notes on a question
pub fn notes_out_of_place(at: Span) -> Complaint {
    Complaint::error("notes-out-of-place", "notes where none can stand", at)
        .help("Notes stand at the end of a fact, rule, outcome, supposition or expectation, in one pair of brackets, before the full stop.")
        .help("If a new statement begins behind them, a full stop is missing there.")
}

/// `Ann wins 10%].`
pub fn unopened(at: Span, closing: &str, opening: &str) -> Complaint {
    Complaint::error(
        "unopened-bracket",
        format!("`{closing}` closes nothing"),
        at,
    )
    .help(format!(
        "Delete it, or put the `{opening}` that belongs to it where the note or group begins."
    ))
}

/// `[[source memo]]`
pub fn bracket_twice(at: Span) -> Complaint {
    Complaint::error("unknown-note", "a second `[` inside the brackets", at)
        .help("All notes of a statement stand in one pair of brackets, separated by commas: `[from 1995, source memo]`.")
}

/// `[]`
pub fn empty_brackets(at: Span) -> Complaint {
    Complaint::error("unknown-note", "brackets with no note in them", at)
        .help("Write the note, as in `[source memo]`, or leave the brackets out.")
}

/// `[source "A memo"]`
pub fn quoted_source(at: Span, title: &str) -> Complaint {
    Complaint::error("quoted-source", "a source is cited by its label", at)
        .here("expected a label in lower case")
        .help(format!(
            "Name it once, `source memo {}.`, and cite it wherever it speaks: `[source memo p. 3]`.",
            one_line(title)
        ))
}
