//! Complaints about labels: sources, rules, drivers, outcomes, scenarios.

use super::Complaint;
use crate::text::{Span, nearest};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// `source memo "A". source memo "B".`
pub fn twice(what: &str, label: &str, at: Span, first: Span) -> Complaint {
    Complaint::error(
        "label-twice",
        format!("two {what}s are called `{label}`"),
        at,
    )
    .here("the second")
    .and_at(first, "the first")
    .help(format!(
        "Give one of the two another label; each {what} needs one of its own."
    ))
}

/// `[source memmo ¶8]` where the source is called `memo`.
pub fn unknown(what: &str, label: &str, at: Span, nearest: Option<&str>) -> Complaint {
    let complaint = Complaint::error(
        unknown_code(what),
        format!("no {what} is called `{label}`"),
        at,
    );
    match nearest {
        Some(nearest) => complaint.help(format!("Is `{nearest}` meant?")),
        None if label == what => complaint.help(format!(
            "The label stands behind one `{what}`: `[source memo ¶8]`."
        )),
        None => complaint.help(format!("Introduce it: `{}`.", introduction(what, label))),
    }
}

/// `--given pipeline=turkish` where the driver has no such outcome
pub fn unknown_outcome(driver: &str, label: &str, known: &[&str], at: Span) -> Complaint {
    let complaint = Complaint::error(
        "unknown-outcome",
        format!("the driver `{driver}` has no outcome `{label}`"),
        at,
    );
    let complaint = match nearest(label, known.iter().copied()) {
        Some(nearest) => complaint.help(format!("Is `{nearest}` meant?")),
        None => complaint,
    };
    complaint.help(format!("Its outcomes are {}.", listed(known)))
}

/// `--given pipelin=turkish` where no driver is called so
pub fn unknown_driver(label: &str, known: &[&str], at: Span) -> Complaint {
    let title = format!("no driver is called `{label}`");
    let complaint = Complaint::error("unknown-driver", title, at);
    if let Some(nearest) = nearest(label, known.iter().copied()) {
        return complaint.help(format!("Is `{nearest}` meant?"));
    }
    if known.is_empty() {
        return complaint.help(format!(
            "The files have none. One is declared as `driver {label}: yes: Armenia is free. no: nothing.`"
        ));
    }
    complaint.help(format!("The drivers are {}.", listed(known)))
}

fn listed(known: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = known
        .iter()
        .take(SHOWN)
        .map(|known| format!("`{known}`"))
        .collect();
    let more = if known.len() > SHOWN { " and more" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn unknown_code(what: &str) -> &'static str {
    match what {
        "source" => "unknown-source",
        _ => "unknown-scenario",
    }
}

fn introduction(what: &str, label: &str) -> String {
    match what {
        "source" => format!("source {label} \"its title\"."),
        _ => format!("scenario {label}: suppose …."),
    }
}

/// A label that is unknown in many places is complained of once, with the other places. The complaints stand in the order of the text.
pub fn gather_unknown(complaints: &mut Vec<Complaint>) {
    const SHOWN: usize = 3;
    const CODES: [&str; 5] = [
        "unknown-source",
        "unknown-driver",
        "unknown-outcome",
        "unknown-scenario",
        "unknown-author",
    ];
    let mut first: FxHashMap<(&str, String), usize> = FxHashMap::default();
    let mut further: Vec<Vec<Span>> = Vec::new();
    let mut gathered: Vec<Complaint> = Vec::with_capacity(complaints.len());
    for complaint in complaints.drain(..) {
        if CODES.contains(&complaint.code) {
            match first.entry((complaint.code, complaint.title.clone())) {
                Entry::Occupied(known) => {
                    further[*known.get()].push(complaint.span());
                    continue;
                }
                Entry::Vacant(new) => {
                    new.insert(gathered.len());
                }
            }
        }
        gathered.push(complaint);
        further.push(Vec::new());
    }
    let places = gathered.into_iter().zip(further);
    complaints.extend(places.map(|(mut complaint, further)| {
        for &place in further.iter().take(SHOWN - 1) {
            complaint = complaint.and_at(place, "and here");
        }
        match further.len().saturating_sub(SHOWN - 1) {
            0 => complaint,
            1 => complaint.note("And in one more place."),
            more => complaint.note(format!("And in {more} more places.")),
        }
    }));
}

/// `memmo overrides rumour.`
pub fn unknown_author(author: &str, is_name: bool, at: Span, nearest: Option<&str>) -> Complaint {
    let title = if is_name {
        format!("nobody called `{author}` reports or denies anything")
    } else {
        format!("no rule is called `{author}`")
    };
    let complaint = Complaint::error("unknown-author", title, at);
    match nearest {
        Some(nearest) => complaint.help(format!("Is `{nearest}` meant?")),
        None => complaint.help(
            "Only labelled rules (`rule LABEL: …`) and those who report (`[reported by Ann]`) can prevail or give way.",
        ),
    }
}

/// `a overrides b. b overrides a.`
pub fn overrides_in_circle(authors: &[String], at: Span, others: &[Span]) -> Complaint {
    let circle = authors
        .iter()
        .map(|author| format!("`{author}`"))
        .collect::<Vec<_>>()
        .join(" overrides ");
    let mut complaint = Complaint::error(
        "circular-overrides",
        "what prevails here goes in a circle",
        at,
    )
    .note(format!("{circle}."))
    .help("Take one of these out: of two that conflict only one can prevail.");
    for &other in others {
        complaint = complaint.and_at(other, "and here");
    }
    complaint
}

/// `as of 2010. as of 2011.`
pub fn two_presents(at: Span, first: Span) -> Complaint {
    Complaint::error("two-presents", "the present is set twice", at)
        .here("a second date")
        .and_at(first, "the first one")
        .help("Keep one of the two; a single question can have its own: `… as of 2011?`.")
}

/// `a overrides b.` where both say the same, or speak of different things
pub fn never_in_conflict(at: Span, winner: Span, loser: Span) -> Complaint {
    Complaint::warning("never-in-conflict", "these two rules never conflict, so neither gives way", at)
        .and_at(winner, "this one")
        .and_at(loser, "and this one")
        .note("Rules conflict where one concludes a sentence and the other concludes its opposite or casts doubt on it.")
        .help("Name the two rules whose conclusions stand against each other.")
}
