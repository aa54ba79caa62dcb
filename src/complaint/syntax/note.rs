//! Notes: what stands in brackets.

use super::one_line;
use crate::complaint::Complaint;
use crate::text::{Span, nearest};
use crate::value::Date;

/// The words with which notes begin, for the nearest one; likelihoods apart.
const KNOWN: [&str; 18] = [
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
    "certain",
    "presumed",
    "refuted",
    "contested",
    "undecided",
    "unknown",
];

/// The likelihoods that have words.
const LIKELIHOODS: [&str; 7] = [
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
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
    if let Some(help) = said_otherwise(&words) {
        return complaint.help(help);
    }
    let known = KNOWN.into_iter().chain(LIKELIHOODS);
    match nearest(&words, known.clone()).or_else(|| nearest(&opening, known.clone())).or_else(|| nearest(first, known)) {
        Some(meant) => complaint.help(format!("Did you mean `{meant}`?")),
        None => complaint
            .help("Notes say where a statement is from (`source memo ¶8`), when it holds (`from 1995`, `until 2003`, `before 2008`, `in 2010-08`, `happened in 2010-06`), who says so (`reported by Ann`, `denied by Bob`, `presumably`) or how likely it is (`likely`, `10%`).")
            .help(format!("If it names a source, write `source {words}`. What is only remarked is a comment, behind `#`.")),
    }
}

/// `[likelihood 30%]`, `[p = 0.3]`, `[30% chance]`, `[likely 30%]`: a likelihood that is called one, or said twice
pub fn likelihood_in_words(at: Span, words: &str) -> Option<Complaint> {
    const CALLED: [&str; 10] = [
        "likelihood",
        "probability",
        "chance",
        "chances",
        "odds",
        "confidence",
        "prob",
        "weight",
        "p",
        "P",
    ];
    let words = one_line(words);
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '='))
        .filter(|part| !matches!(*part, "" | "of" | "is" | "about" | "a" | "the"))
        .collect();
    let is_called = |part: &&str| CALLED.contains(part);
    let is_word = |words: &str| LIKELIHOODS.contains(&words);
    let help = match parts.as_slice() {
        [called, said @ ..] if is_called(called) => {
            let said = said.join(" ");
            match percentage_meant(&said) {
                Some(share) => format!("Write `{share}%`."),
                None if is_word(&said) => format!("Write `{said}`."),
                None => format!(
                    "A likelihood is a percentage, as in `30%`, or one of {}.",
                    LIKELIHOODS.map(|words| format!("`{words}`")).join(", ")
                ),
            }
        }
        [said @ .., called] if is_called(called) && !is_word(&parts.join(" ")) => {
            format!("Write `{}%`.", percentage_meant(&said.join(" "))?)
        }
        parts => {
            let (share, word) = (1..parts.len()).find_map(|at| {
                let (one, other) = (parts[..at].join(" "), parts[at..].join(" "));
                let (share, word) = match is_word(&one) {
                    true => (other, one),
                    false => (one, other),
                };
                Some((as_percentage(&share)?, word)).filter(|(_, word)| is_word(word))
            })?;
            format!("One of the two is enough: `{share}%` or `{word}`.")
        }
    };
    Some(Complaint::error("unknown-note", format!("`{words}` is no note"), at).help(help))
}

/// What other words are taken for: `since 2010`, `according to Ann`, `probably`.
fn said_otherwise(words: &str) -> Option<String> {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let write = |note: &str| Some(format!("Write `{note} {rest}`."));
    match first.to_lowercase().as_str() {
        "since" | "after" | "starting" if !rest.is_empty() => write("from"),
        "during" | "on" | "at" | "throughout" if !rest.is_empty() => write("in"),
        "to" | "till" | "til" | "through" if !rest.is_empty() => write("until"),
        "between" => {
            let (from, until) = rest.split_once(" and ")?;
            Some(format!("Write `from {from}, until {until}`."))
        }
        "according" => {
            let who = rest.strip_prefix("to ")?;
            Some(format!("Write `reported by {who}`."))
        }
        "by" | "says" if !rest.is_empty() => write("reported by"),
        "probable" | "probably" | "possible" | "possibly" | "perhaps" | "maybe" => Some(
            "Write `likely`, or a percentage, for how likely it is; `presumably` for what holds unless something speaks against it."
                .to_owned(),
        ),
        "true" | "yes" | "holds" => {
            Some("For an expectation write `certain` or `presumed`.".to_owned())
        }
        "false" | "no" => Some("For an expectation write `refuted`.".to_owned()),
        _ => None,
    }
}

/// `[reported by Ann and Bob]`
pub fn and_in_notes(at: Span) -> Complaint {
    Complaint::error("unexpected", "`and` between notes", at)
        .here("expected `,` or `]`")
        .help("Each note stands by itself, behind a comma: `[reported by Ann, reported by Bob]`.")
}

/// `[happened in 2008 source memo ¶8]`
pub fn comma_before_note(at: Span) -> Complaint {
    Complaint::error("unexpected", "a comma is missing before `source`", at)
        .here("expected `,` before this")
        .help("A comma stands between notes: `[from 2010, source memo ¶8]`.")
}

/// `[2010]`
pub fn bare_date_note(at: Span, date: &str) -> Complaint {
    let date = &one_line(date);
    let complaint = Complaint::error(
        "bare-date",
        format!("`{date}` alone does not say when it holds"),
        at,
    );
    let is_date = |part: &&str| Date::read(part).is_some() || part.parse::<u16>().is_ok();
    let parts: Vec<&str> = date
        .split([' ', '\u{2013}'])
        .filter(|part| !matches!(*part, "" | "-"))
        .collect();
    if let [first, .., last] = parts.as_slice()
        && [first, last].into_iter().all(is_date)
    {
        return complaint.help(format!("Write `from {first}, until {last}`."));
    }
    if let Some(share) = as_percentage(date) {
        return complaint.help(format!(
            "If it says how likely the sentence is, write `{share}%`."
        ));
    }
    if date.len() < 3 {
        return complaint.help(format!(
            "If it says how likely the sentence is, write `{date}%`; a date has its year in full."
        ));
    }
    complaint.help(format!("Write `in {date}`, `from {date}`, `until {date}`, `before {date}` or `happened in {date}`; a likelihood has a `%`."))
}

/// The percentage that `30 %`, `0.3` or a bare `30` is, where a likelihood is meant.
fn percentage_meant(words: &str) -> Option<String> {
    let is_bare = matches!(words.len(), 2..=3) && words.bytes().all(|byte| byte.is_ascii_digit());
    as_percentage(words).or_else(|| as_percentage(&format!("{words}%")).filter(|_| is_bare))
}

/// The percentage that `30 %`, `0.3` or `30 percent` is.
fn as_percentage(words: &str) -> Option<String> {
    let whole = |text: &str| {
        text.trim()
            .parse::<u8>()
            .ok()
            .map(|share| share.to_string())
    };
    let up_to_hundred = |text: &str| {
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let share = text.parse::<f64>().ok().filter(|_| is_plain)?;
        (share <= 100.0).then(|| text.to_owned())
    };
    if let Some(share) = ["%", "percent", "per cent"]
        .into_iter()
        .find_map(|sign| words.strip_suffix(sign))
    {
        return up_to_hundred(share.trim());
    }
    let digits = words.strip_prefix("0.")?;
    match digits.len() {
        1 => whole(&format!("{digits}0")),
        2 => whole(digits),
        _ => None,
    }
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
    .help(match (words.as_str(), on) {
        ("presumed", "a fact") => "Is `presumably` meant?".to_owned(),
        ("certain", "a fact") => "A fact without a note is certain.".to_owned(),
        (likely, "a rule") if LIKELIHOODS.contains(&likely) || likely.ends_with('%') => {
            "A rule has no likelihood: `suggests` says what is normally so. A driver, or a fact in the condition, can have one.".to_owned()
        }
        _ => format!("It is a note for {places}."),
    })
}

/// `[likely, 10%]`
pub fn note_twice(first: Span, second: Span, words: &str) -> Complaint {
    let words = one_line(words);
    Complaint::error(
        "note-twice",
        format!("`{words}` is a second note of one kind"),
        second,
    )
    .and_at(first, "the first")
    .help("Keep one of the two, or write two statements.")
}

/// `A is on [likely] and B is on.`, notes on a question
pub fn notes_out_of_place(at: Span) -> Complaint {
    Complaint::error("notes-out-of-place", "notes where none can stand", at)
        .help("Notes stand at the end of a fact, rule, outcome, supposition or expectation, in one pair of brackets, before the full stop.")
        .help("If a new statement begins behind them, a full stop is missing there.")
}

/// `[from 2010] [source memo]`, at the second `[`; `brackets` has all of them as they stand
pub fn brackets_apart(at: Span, first: Span, brackets: &[&str]) -> Complaint {
    let notes: Vec<&str> = brackets
        .iter()
        .map(|notes| notes.trim_matches(['[', ']', ' ', '\t', '\r', '\n', ',']))
        .filter(|notes| !notes.is_empty())
        .collect();
    Complaint::error("notes-out-of-place", "a second pair of brackets", at)
        .and_at(first, "the first")
        .help(format!(
            "All notes of a statement stand in one pair, separated by commas: `[{}]`.",
            one_line(&notes.join(", "))
        ))
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
pub fn empty_brackets(at: Span, beside: Option<&str>) -> Complaint {
    let complaint = Complaint::error("unknown-note", "brackets with no note in them", at);
    if let Some(word) = beside {
        return complaint.help(format!("If `{word}` is the note, write `[{word}]`."));
    }
    complaint.help("Write the note, as in `[source memo]`, or leave the brackets out.")
}

/// `[source memo, p. 3]`, at the place
pub fn place_apart(at: Span, label: &str, place: &str) -> Complaint {
    let place = one_line(place);
    Complaint::error("unknown-note", "a place without its source", at).help(format!(
        "The place stands behind the label, without a comma: `[source {label} {place}]`."
    ))
}

/// `Ann sings. [20%]`, at the brackets
pub fn notes_behind_stop(at: Span, notes: &str) -> Complaint {
    Complaint::error("notes-out-of-place", "notes behind the full stop", at)
        .here("the statement has ended before this")
        .help(format!(
            "Put them before the full stop of what they belong to: `… {}.`",
            one_line(notes)
        ))
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
