//! `what would it take for S?`: the changes as numbered alternatives.

use super::Role;
use crate::program::Ground;
use crate::reading::{Change, Cut, Status, WhatItTakes};
use crate::say::{self, Voice};
use std::io::{self, Write};

/// Alternatives shown.
const SHOWN: usize = 5;

/// ```text
///   no, but it would hold with any of these:
///   1. without: CSTO covers Armenia  [memo ¶8]
///      if karabakh is war
///   and 7 more
/// ```
pub fn takes(out: &mut dyn Write, voice: Voice<'_>, given: &WhatItTakes) -> io::Result<()> {
    let holds = matches!(given.status, Status::Certain | Status::Presumed);
    let changes = if holds { &given.breaks } else { &given.changes };
    writeln!(out, "  {}", heading(given.status, changes.len(), given.cut))?;
    let shown = if given.all { changes.len() } else { SHOWN };
    for (place, change) in changes.iter().take(shown).enumerate() {
        let number = format!("{}.", place + 1);
        for (line, part) in parts(voice, change).into_iter().enumerate() {
            writeln!(
                out,
                "  {:3}{part}",
                if line == 0 { number.as_str() } else { "" }
            )?;
        }
    }
    match (changes.len().saturating_sub(shown), given.cut) {
        (0, None) => Ok(()),
        (0, Some(_)) if changes.is_empty() => Ok(()),
        (0, Some(Cut::Listed)) => writeln!(out, "  and others, none of them smaller"),
        (more, None) => writeln!(out, "  and {more} more with --all"),
        (more, Some(Cut::Listed)) => {
            writeln!(
                out,
                "  and {more} more with --all; others, none of them smaller, are not listed"
            )
        }
        (0, Some(Cut::Searched)) => writeln!(out, "  {}", Role::Aside.paint(OVERLOOKED)),
        (more, Some(Cut::Searched)) => {
            let overlooked = Role::Aside.paint(OVERLOOKED);
            writeln!(out, "  and {more} more with --all; {overlooked}")
        }
    }
}

const OVERLOOKED: &str =
    "too much bears on it to look at all of it, so that others may have been overlooked";

fn heading(status: Status, count: usize, cut: Option<Cut>) -> String {
    let holds = matches!(status, Status::Certain | Status::Presumed);
    let role = if holds { Role::Good } else { Role::Doubtful };
    let said = role.paint(say::answer(status));
    match (holds, count) {
        (false, 0) if cut == Some(Cut::Searched) => {
            format!("{said}; no change was found that makes it hold, but {OVERLOOKED}")
        }
        (true, 0) if cut == Some(Cut::Searched) => {
            format!("{said}; no change was found that breaks it, but {OVERLOOKED}")
        }
        (false, 0) => {
            format!("{said}; no change of facts and outcomes that its rules ask for makes it hold")
        }
        (true, 0) => {
            format!("{said}; no change of facts and outcomes that its rules ask for breaks it")
        }
        (false, 1) => format!("{said}; it would hold with this:"),
        (false, _) => format!("{said}; it would hold with any of these:"),
        (true, 1) => format!("{said}; this would break it:"),
        (true, _) => format!("{said}; any of these would break it:"),
    }
}

fn parts(voice: Voice<'_>, change: &Change) -> Vec<String> {
    let sentence =
        |ground: &Ground| voice.sentence(ground.relation, &ground.terms, ground.negative);
    let outcomes = change
        .outcomes
        .iter()
        .map(|&(driver, outcome)| format!("if {}", voice.outcomes(driver, &[outcome])));
    let dropped = change.drop.iter().map(|gone| {
        let sources = voice.citations(&gone.sources);
        let aside = if sources.is_empty() {
            String::new()
        } else {
            format!("  {}", Role::Aside.paint(format!("[{sources}]")))
        };
        format!("without: {}{aside}", voice.dropped(gone))
    });
    let supposed = change
        .suppose
        .iter()
        .map(|sentence_| format!("with: {}", sentence(sentence_)));
    outcomes.chain(dropped).chain(supposed).collect()
}
