//! Answers to questions.

use super::Role;
use super::aligned::{Cell, write_rows};
use super::conclusions::standing;
use super::explained::explained;
use super::take::takes;
use crate::reading::{Answer, AnswerBody, Extent, LikelihoodAnswer, Status, TableRow};
use crate::say::{self, Voice};
use crate::value::Value;
use std::io::{self, Write};

/// Each question with its answer under it, an empty line between two.
///
/// # Errors
/// When the output cannot be written.
pub fn answers(out: &mut dyn Write, voice: Voice<'_>, all: &[Answer]) -> io::Result<()> {
    for (place, given) in all.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", Role::Heading.paint(&given.question))?;
        match &given.body {
            AnswerBody::YesNo {
                status,
                extent,
                grounds,
            } => {
                yes_or_no(out, voice, *status, extent)?;
                if let Some(grounds) = grounds {
                    explained(out, &voice.account(grounds), 1)?;
                }
            }
            AnswerBody::Explained(given) => {
                yes_or_no(out, voice, given.status, &given.extent)?;
                explained(out, &voice.account(given), 1)?;
            }
            AnswerBody::Table { columns, rows } => table(out, voice, columns, rows)?,
            AnswerBody::Likelihood(given) => likelihood(out, voice, given)?,
            AnswerBody::Takes(given) => takes(out, voice, given)?,
        }
        if given.contradicted {
            writeln!(out, "  {}", Role::Bad.paint("(rests on a contradiction)"))?;
        }
    }
    Ok(())
}

/// `unlikely: 30 % (taking ban and border as independent)`
fn likelihood(out: &mut dyn Write, voice: Voice<'_>, given: &LikelihoodAnswer) -> io::Result<()> {
    let word = say::likelihood(given.likelihood, given.word);
    write!(
        out,
        "  {}: {}",
        Role::Doubtful.paint(word),
        say::percent(given.likelihood)
    )?;
    if given.independent.len() > 1 {
        write!(
            out,
            "; {} taken as independent",
            voice.drivers(&given.independent)
        )?;
    }
    if !given.normalised.is_empty() {
        write!(
            out,
            "; the weights of {} normalised",
            voice.drivers(&given.normalised)
        )?;
    }
    writeln!(out)
}

/// `yes, presumably (from 2010-06)`
fn yes_or_no(
    out: &mut dyn Write,
    voice: Voice<'_>,
    status: Status,
    extent: &Extent,
) -> io::Result<()> {
    writeln!(out, "  {}", said(voice, status, extent))
}

/// `yes, presumably: from 2010-06`; `depends: yes if sale is made; otherwise contested; likelihood 10%`
pub(super) fn said(voice: Voice<'_>, status: Status, extent: &Extent) -> String {
    let answer = answer_role(status).paint(say::answer(status));
    let worlds = match (status, extent.worlds.as_deref()) {
        (Status::Depends, Some([])) if extent.otherwise.is_empty() => {
            vec![format!("yes {}", voice.worlds(&[]))]
        }
        (Status::Depends, _) => voice.by_worlds(extent),
        (_, Some(cubes)) => vec![voice.worlds(cubes)],
        (_, None) => Vec::new(),
    };
    let when = extent.when.as_deref().map(|periods| voice.when(periods));
    let likelihood = extent.likelihood.map(say::percent);
    let likelihood = likelihood.map(|share| format!("likelihood {share}"));
    let parts: Vec<String> = when.into_iter().chain(worlds).chain(likelihood).collect();
    match parts.is_empty() {
        true => answer.to_string(),
        false => format!("{answer}: {}", parts.join("; ")),
    }
}

fn answer_role(status: Status) -> Role {
    match status {
        Status::Certain | Status::Presumed => Role::Good,
        Status::Refuted => Role::Bad,
        Status::Contested | Status::Undecided | Status::Depends => Role::Doubtful,
        Status::Unknown => Role::Aside,
    }
}

/// The rows under the names of their columns, which a single column goes without.
fn table(
    out: &mut dyn Write,
    voice: Voice<'_>,
    columns: &[String],
    rows: &[TableRow],
) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "  {}", Role::Aside.paint("nothing that is known"));
    }
    let heading = (columns.len() > 1).then(|| {
        columns
            .iter()
            .map(|column| Cell::new(Role::Aside, column))
            .collect()
    });
    let body = rows.iter().map(|row| {
        let terms = row.terms.iter().map(|&term| term_cell(voice, term));
        terms
            .chain([standing(voice, row.status, &row.extent, row.contradicted)])
            .collect()
    });
    let lines: Vec<Vec<Cell>> = heading.into_iter().chain(body).collect();
    write_rows(out, &lines)
}

fn term_cell(voice: Voice<'_>, term: crate::value::Term) -> Cell {
    match voice.terms.get(term) {
        Value::Number(_) | Value::Quantity(_) => Cell::number(voice.term(term)),
        Value::Name(_) | Value::Date(_) => Cell::plain(voice.term(term)),
    }
}
