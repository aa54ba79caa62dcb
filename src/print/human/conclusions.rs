//! What follows, relation by relation: the sentence first, then how sure, when and where.

use super::Role;
use super::aligned::{Cell, write_rows};
use crate::reading::{Extent, LeftOut, RelationRows, SentenceRow, Status};
use crate::say::{self, Voice};
use std::fmt;
use std::io::{self, Write};

/// Each relation under its name, an empty line between two.
///
/// # Errors
/// When the output cannot be written.
pub fn conclusions(
    out: &mut dyn Write,
    voice: Voice<'_>,
    relations: &[RelationRows],
) -> io::Result<()> {
    for (place, relation) in relations.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(
            out,
            "{}",
            Role::Heading.paint(voice.relation(relation.relation))
        )?;
        let rows: Vec<Vec<Cell>> = relation
            .rows
            .iter()
            .map(|row| sentence_row(voice, relation, row))
            .collect();
        write_rows(out, &rows)?;
    }
    Ok(())
}

fn sentence_row(voice: Voice<'_>, relation: &RelationRows, row: &SentenceRow) -> Vec<Cell> {
    let sentence = voice.sentence(relation.relation, &row.terms, false);
    vec![
        Cell::plain(sentence),
        standing(voice, row.status, &row.extent, row.contradicted),
    ]
}

/// How sure, when and where, in one cell: `presumably, from 2010-06`.
pub fn standing(voice: Voice<'_>, status: Status, extent: &Extent, contradicted: bool) -> Cell {
    let contradiction = if contradicted {
        "rests on a contradiction"
    } else {
        ""
    };
    let parts = [
        say::row_status(status),
        &voice.extent(extent),
        contradiction,
    ];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Cell::new(
        if contradicted {
            Role::Bad
        } else {
            role(status)
        },
        said.join(", "),
    )
}

/// The colour of a status beside a row.
pub fn role(status: Status) -> Role {
    match status {
        Status::Certain | Status::Presumed | Status::Unknown => Role::Aside,
        Status::Refuted => Role::Bad,
        Status::Contested | Status::Undecided | Status::Depends => Role::Doubtful,
    }
}

/// One line for what was left out: how many sentences have which status, and how to see them.
///
/// # Errors
/// When the output cannot be written.
pub fn left_out(out: &mut dyn Write, rows: &[LeftOut]) -> io::Result<()> {
    let numbers: Vec<String> = [Status::Contested, Status::Undecided, Status::Refuted]
        .into_iter()
        .map(|status| {
            (
                status,
                rows.iter().filter(|row| row.status == status).count(),
            )
        })
        .filter(|&(_, number)| number > 0)
        .map(|(status, number)| format!("{number} {}", say::row_status(status)))
        .collect();
    writeln!(
        out,
        "not listed: {} (--all-statuses lists them)",
        numbers.join(", ")
    )
}

/// `_ covers _ 12`, one line for each relation.
///
/// # Errors
/// When the output cannot be written.
pub fn counts(out: &mut dyn Write, counts: &[(String, impl fmt::Display)]) -> io::Result<()> {
    counts
        .iter()
        .try_for_each(|(relation, number)| writeln!(out, "{relation} {number}"))
}
