//! `what would it take for S?`: the changes as numbered alternatives.

use super::Role;
use super::answer::said;
use crate::program::Ground;
use crate::reading::{Cut, Extent, Status, Supposed, WhatItTakes};
use crate::say::{Alternatives, Part, Voice, alternatives};
use std::collections::HashSet;
use std::io::{self, Write};

/// Alternatives shown, and of what would do in one place.
const SHOWN: usize = 5;
const SHOWN_IN_PLACE: usize = 6;

/// ```text
///   no; it would hold with any of these:
///   1. if karabakh is war
///   2. without: CSTO covers Armenia  [memo ¶8]
///      and one of
///        without: Azerbaijan rules out an attack on Armenia  [memo ¶8]
///        with: Armenia leaves CSTO
///   and 7 more with --all
/// ```
pub fn takes(out: &mut dyn Write, voice: Voice<'_>, given: &WhatItTakes) -> io::Result<()> {
    let changes = match holds(given) {
        true => &given.breaks,
        false => &given.changes,
    };
    let told = alternatives(changes);
    heading(out, voice, given, told.len())?;
    let shown = match given.all {
        true => told.len(),
        false => plausible(&told).min(SHOWN),
    };
    for (place, alternative) in told.iter().take(shown).enumerate() {
        let number = format!("{}.", place + 1);
        for (line, part) in lines(voice, alternative, given.all).into_iter().enumerate() {
            let number = if line == 0 { number.as_str() } else { "" };
            writeln!(out, "  {number:3}{part}")?;
        }
    }
    let left = told.iter().skip(shown);
    match rest(left.map(Alternatives::count).sum(), given.cut) {
        _ if told.is_empty() => Ok(()),
        Some(rest) => writeln!(out, "  {rest}"),
        None => Ok(()),
    }
}

/// How many come before the first one that takes several sentences which nothing states, in vain for whoever has others. Rows of one
/// relation that some count lacks are one invention.
fn plausible(told: &[Alternatives<'_>]) -> usize {
    let invented = |part: &Part<'_>| match part {
        Part::With(supposed) => supposed.asked.is_none(),
        Part::Outcome(..) | Part::Without(_) => false,
    };
    let lacking = |place: &Vec<Part<'_>>| match place.as_slice() {
        [Part::With(supposed)] if !supposed.stand_ins.is_empty() => {
            Some(supposed.sentence.relation)
        }
        _ => None,
    };
    let far_fetched = |alternative: &Alternatives<'_>| {
        let places = alternative.places.iter();
        let places = places.filter(|place| place.iter().all(invented));
        let mut counted = HashSet::new();
        let places = places.filter(|place| lacking(place).is_none_or(|it| counted.insert(it)));
        places.count() > 1
    };
    let first = told.iter().position(far_fetched);
    first.filter(|&first| first > 0).unwrap_or(told.len())
}

const OVERLOOKED: &str =
    "too much bears on it to look at all of it, so that others may have been overlooked";

fn holds(given: &WhatItTakes) -> bool {
    matches!(given.status, Status::Certain | Status::Presumed)
}

/// What stands below the alternatives that are shown.
fn rest(more: usize, cut: Option<Cut>) -> Option<String> {
    let more = (more > 0).then(|| format!("and {more} more with --all"));
    match (more, cut) {
        (more, None) => more,
        (None, Some(Cut::Listed)) => Some("and others, none of them smaller".into()),
        (Some(more), Some(Cut::Listed)) => Some(format!(
            "{more}; others, none of them smaller, are not listed"
        )),
        (more, Some(Cut::Larger(most))) => {
            let more = more.map_or_else(String::new, |more| format!("{more}; "));
            let larger = format!("changes of more than {most} sentences were not looked for");
            Some(format!("{more}{}", Role::Aside.paint(larger)))
        }
        (None, Some(Cut::Searched)) => Some(Role::Aside.paint(OVERLOOKED).to_string()),
        (Some(more), Some(Cut::Searched)) => {
            Some(format!("{more}; {}", Role::Aside.paint(OVERLOOKED)))
        }
    }
}

/// The answer, and what the alternatives come to; in one line where the answer says no more than a word.
fn heading(
    out: &mut dyn Write,
    voice: Voice<'_>,
    given: &WhatItTakes,
    count: usize,
) -> io::Result<()> {
    let (does, would) = match holds(given) {
        true => ("breaks it", "break it"),
        false => ("makes it hold", "hold"),
    };
    let come_to = match (holds(given), count) {
        _ if given.turned.is_some() => turned(voice, given),
        (_, 0) if given.cut == Some(Cut::Searched) => {
            format!("no change was found that {does}, but {OVERLOOKED}")
        }
        (_, 0) if matches!(given.cut, Some(Cut::Larger(_))) => {
            let larger = rest(0, given.cut).unwrap_or_default();
            format!("no change was found that {does}; {larger}")
        }
        (true, 0) => format!("no change of facts and outcomes that its rules ask for {does}"),
        (false, 0) => format!(
            "no change of facts and outcomes that its rules ask for {does}; `why not` shows how far they come"
        ),
        (false, 1) => format!("it would {would} with this:"),
        (false, _) => format!("it would {would} with any of these:"),
        (true, 1) => format!("this would {would}:"),
        (true, _) => format!("any of these would {would}:"),
    };
    let answer = said(voice, given.status, &given.extent);
    if given.extent == Extent::default() {
        writeln!(out, "  {answer}; {come_to}")
    } else {
        writeln!(out, "  {answer}")?;
        writeln!(out, "  {come_to}")
    }
}

/// Where an opposite was asked for that nothing could conclude: what to ask instead.
fn turned(voice: Voice<'_>, given: &WhatItTakes) -> String {
    let sentence = |negative| {
        let said = |turned: &Ground| voice.sentence(turned.relation, &turned.terms, negative);
        given.turned.as_ref().map_or_else(String::new, said)
    };
    format!(
        "nothing concludes `{}`, and no change makes it hold; `what would it take for {}?` says what breaks that",
        sentence(true),
        sentence(false)
    )
}

/// The parts, a line each; where one of several would do, these indented.
fn lines(voice: Voice<'_>, alternative: &Alternatives<'_>, all: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for place in &alternative.places {
        match place.as_slice() {
            [only] => lines.push(part(voice, *only)),
            several => {
                let and = if lines.is_empty() { "" } else { "and " };
                lines.push(format!("{and}one of"));
                let shown = match all || several.len() <= SHOWN_IN_PLACE {
                    true => several.len(),
                    false => SHOWN_IN_PLACE - 1,
                };
                let told = several.iter().take(shown);
                lines.extend(told.map(|&one| format!("  {}", part(voice, one))));
                if several.len() > shown {
                    lines.push(format!("  or {} more with --all", several.len() - shown));
                }
            }
        }
    }
    lines
}

fn part(voice: Voice<'_>, part: Part<'_>) -> String {
    let (said, aside) = match part {
        Part::Outcome(driver, outcome) => (
            format!("if {}", voice.outcomes(driver, &[outcome])),
            String::new(),
        ),
        Part::Without(gone) => (
            format!("without: {}", voice.dropped(gone)),
            voice.citations(&gone.sources),
        ),
        Part::With(supposed) => {
            let Supposed { sentence, .. } = supposed;
            let sentence = voice.sentence(sentence.relation, &sentence.terms, sentence.negative);
            (format!("with: {sentence}"), voice.supposed_aside(supposed))
        }
    };
    match aside.is_empty() {
        true => said,
        false => format!("{said}  {}", Role::Aside.paint(format!("[{aside}]"))),
    }
}
