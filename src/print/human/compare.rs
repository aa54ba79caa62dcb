//! Conclusions side by side: a table of what differs, then what flips it, then which drivers matter.

use super::Role;
use super::aligned::{Cell, write_rows};
use super::conclusions::role;
use crate::program::DriverId;
use crate::reading::{Column, ComparedCell, ComparedRow, Comparison, Status};
use crate::say::{self, Voice};
use std::io::{self, Write};

/// More columns than this do not fit beside each other.
const WIDEST: usize = 8;
/// Flips shown for a conclusion.
const SHOWN: usize = 3;

/// # Errors
/// When the output cannot be written.
pub fn comparison(out: &mut dyn Write, voice: Voice<'_>, compared: &Comparison) -> io::Result<()> {
    if compared.columns.is_empty() && compared.drivers.is_empty() {
        return writeln!(
            out,
            "nothing to compare: there is neither a scenario nor a driver"
        );
    }
    let wide = compared.columns.is_empty() || compared.columns.len() > WIDEST;
    let differing: Vec<&ComparedRow> = (compared.rows.iter())
        .filter(|row| !row.is_alike() || row.worlds.is_some())
        .collect();
    if differing.is_empty() {
        writeln!(out, "nothing differs")?;
    } else if wide {
        by_worlds(out, voice, &differing)?;
    } else {
        beside(out, voice, compared, &differing)?;
    }
    match compared.rows.len() - differing.len() {
        0 => {}
        1 => writeln!(out, "\n1 more conclusion stands alike throughout")?,
        more => writeln!(out, "\n{more} more conclusions stand alike throughout")?,
    }
    flips(out, voice, &differing)?;
    key_drivers(out, voice, compared)
}

/// Each sentence with the worlds in which it holds.
fn by_worlds(out: &mut dyn Write, voice: Voice<'_>, rows: &[&ComparedRow]) -> io::Result<()> {
    let rows: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| {
            let worlds = row.worlds.as_deref().map(|cubes| voice.worlds(cubes));
            let likelihood = row.likelihood.map(say::percent);
            let said: Vec<String> = [worlds, likelihood].into_iter().flatten().collect();
            vec![
                sentence(voice, row),
                Cell::new(Role::Aside, said.join(", ")),
            ]
        })
        .collect();
    write_rows(out, &rows)
}

/// A table: the columns' names above, a sentence in each row.
fn beside(
    out: &mut dyn Write,
    voice: Voice<'_>,
    compared: &Comparison,
    rows: &[&ComparedRow],
) -> io::Result<()> {
    let mut table = vec![headings(out, voice, &compared.columns)?];
    table.extend(rows.iter().map(|row| {
        let mut cells = vec![sentence(voice, row)];
        cells.extend(row.cells.iter().map(cell));
        cells
    }));
    write_rows(out, &table)
}

/// The names of scenarios or outcomes; worlds of several drivers are numbered, and listed above the table.
fn headings(out: &mut dyn Write, voice: Voice<'_>, columns: &[Column]) -> io::Result<Vec<Cell>> {
    let mut cells = vec![Cell::default()];
    for (place, column) in columns.iter().enumerate() {
        let name = match column {
            Column::Scenario(scenario) => {
                match voice.program.scenarios[scenario.0 as usize].label.as_str() {
                    "" => "as it stands".to_owned(),
                    label => label.to_owned(),
                }
            }
            Column::World(world) if world.len() == 1 => world_of(voice, world),
            Column::World(world) => {
                let number = (place + 1).to_string();
                let world = Role::Aside.paint(world_of(voice, world));
                writeln!(out, "  {}  {world}", Role::Heading.paint(&number))?;
                number
            }
        };
        cells.push(Cell::new(Role::Heading, name));
    }
    Ok(cells)
}

/// `karabakh is war and border is open`
fn world_of(voice: Voice<'_>, world: &[(DriverId, usize)]) -> String {
    let said = world
        .iter()
        .map(|&(driver, outcome)| voice.outcomes(driver, &[outcome]));
    said.collect::<Vec<_>>().join(" and ")
}

fn sentence(voice: Voice<'_>, row: &ComparedRow) -> Cell {
    let said = voice.sentence(row.relation, &row.terms, false);
    if row.contradicted {
        Cell::new(Role::Bad, format!("{said} (rests on a contradiction)"))
    } else {
        Cell::plain(said)
    }
}

fn cell(cell: &ComparedCell) -> Cell {
    let said = match (cell.status, cell.likelihood) {
        (Status::Certain, _) => "yes".to_owned(),
        (Status::Refuted, _) => "no".to_owned(),
        (Status::Unknown, _) => "–".to_owned(),
        (Status::Depends, Some(likelihood)) => format!("depends, {}", say::percent(likelihood)),
        (status, _) => say::row_status(status).to_owned(),
    };
    Cell::new(role(cell.status), said)
}

/// `Sentence: holds now; not if karabakh is war, or if …`
fn flips(out: &mut dyn Write, voice: Voice<'_>, rows: &[&ComparedRow]) -> io::Result<()> {
    let flipping = || rows.iter().filter(|row| !row.flips.is_empty());
    if flipping().next().is_none() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        Role::Heading.paint("what flips it from how the drivers stand now")
    )?;
    let table: Vec<Vec<Cell>> = flipping()
        .map(|row| {
            let mut ways: Vec<String> = (row.flips.iter().take(SHOWN))
                .map(|flip| format!("if {}", world_of(voice, flip)))
                .collect();
            let more = row.flips.len().saturating_sub(SHOWN);
            if more > 0 {
                ways.push(format!("{more} ways more"));
            }
            let now = if row.now == Some(true) {
                "holds now; not"
            } else {
                "does not hold now; does"
            };
            let said = format!("{now} {}", ways.join(", or "));
            vec![sentence(voice, row), Cell::new(Role::Aside, said)]
        })
        .collect();
    write_rows(out, &table)
}

fn key_drivers(out: &mut dyn Write, voice: Voice<'_>, compared: &Comparison) -> io::Result<()> {
    if compared.key_drivers.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{}",
        Role::Heading.paint("which driver matters most")
    )?;
    let table: Vec<Vec<Cell>> = (compared.key_drivers.iter())
        .map(|key| {
            let conclusions = match key.conclusions {
                1 => "1 conclusion".to_owned(),
                many => format!("{many} conclusions"),
            };
            let said = format!(
                "bears on {conclusions}; alone decides them in {} of the worlds, moves their likelihood by {}",
                say::percent(key.share),
                say::percent(key.spread),
            );
            vec![
                Cell::plain(voice.driver(key.driver)),
                Cell::new(Role::Aside, said),
            ]
        })
        .collect();
    write_rows(out, &table)?;
    let normalised: Vec<DriverId> = (compared.drivers.iter())
        .filter(|driver| driver.normalised)
        .map(|driver| driver.driver)
        .collect();
    let mut notes = Vec::new();
    if compared.drivers.len() > 1 {
        notes.push("drivers taken as independent".to_owned());
    }
    if !normalised.is_empty() {
        notes.push(format!(
            "the weights of {} normalised",
            voice.drivers(&normalised)
        ));
    }
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {}", Role::Aside.paint(notes.join("; ")))
}
