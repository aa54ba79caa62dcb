//! Conclusions side by side: a table of what differs between columns, what holds in some worlds only and what flips it, then which drivers
//! matter.

use super::Role;
use super::aligned::{Cell, write_rows};
use super::conclusions::role;
use crate::program::DriverId;
use crate::reading::{Column, ComparedCell, ComparedRow, Comparison, Status, WorldCube};
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
    let fits = (1..=WIDEST).contains(&compared.columns.len());
    let differing: Vec<&ComparedRow> = (compared.rows.iter())
        .filter(|row| fits && !row.is_alike())
        .collect();
    let mut parts = Parts { out, first: true };
    if !differing.is_empty() {
        parts.begin()?;
        beside(parts.out, voice, compared, &differing)?;
    }
    by_worlds(&mut parts, voice, compared)?;
    key_drivers(&mut parts, voice, compared)?;
    let alike = compared
        .rows
        .iter()
        .filter(|row| row.is_alike() && row.worlds.is_none())
        .count();
    match (alike, parts.first) {
        (0, true) => writeln!(parts.out, "nothing follows beyond what is stated"),
        (0, false) => Ok(()),
        (_, true) => writeln!(
            parts.out,
            "{} throughout, and nothing differs",
            stand(alike, "")
        ),
        (_, false) => {
            parts.begin()?;
            writeln!(parts.out, "{} throughout", stand(alike, "more "))
        }
    }
}

fn stand(count: usize, more: &str) -> String {
    match count {
        1 => format!("1 {more}conclusion stands alike"),
        many => format!("{many} {more}conclusions stand alike"),
    }
}

/// Parts of the page, an empty line between two.
struct Parts<'o> {
    out: &'o mut dyn Write,
    first: bool,
}

impl Parts<'_> {
    fn begin(&mut self) -> io::Result<()> {
        if self.first {
            self.first = false;
            return Ok(());
        }
        writeln!(self.out)
    }
}

/// What holds in some worlds only: those that hold in the same ones together, below these worlds and what would flip it.
fn by_worlds(parts: &mut Parts<'_>, voice: Voice<'_>, compared: &Comparison) -> io::Result<()> {
    let mut groups: Vec<(&[WorldCube], Vec<&ComparedRow>)> = Vec::new();
    for row in &compared.rows {
        let Some(worlds) = row.worlds.as_deref().filter(|worlds| !worlds.is_empty()) else {
            continue;
        };
        match groups.iter_mut().find(|(known, _)| *known == worlds) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((worlds, vec![row])),
        }
    }
    for (worlds, rows) in groups {
        parts.begin()?;
        let mut said = vec![voice.worlds(worlds)];
        said.extend(rows[0].likelihood.map(say::percent));
        let heading = Role::Heading.paint(said.join(", "));
        let flips = Role::Aside.paint(flips(voice, rows[0]));
        writeln!(parts.out, "{heading}{flips}")?;
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| vec![sentence(voice, row)]).collect();
        write_rows(parts.out, &rows)?;
    }
    Ok(())
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

/// `; so now, but not if karabakh is settled, or if border is open`
fn flips(voice: Voice<'_>, row: &ComparedRow) -> String {
    let now = match row.now {
        Some(true) => "; so now",
        Some(false) => "; not so now",
        None => "",
    };
    if row.flips.is_empty() {
        return now.to_owned();
    }
    let mut ways: Vec<String> = (row.flips.iter().take(SHOWN))
        .map(|flip| format!("if {}", world_of(voice, flip)))
        .collect();
    match row.flips.len().saturating_sub(SHOWN) {
        0 => {}
        1 => ways.push("in 1 way more".to_owned()),
        more => ways.push(format!("in {more} ways more")),
    }
    let turn = if row.now == Some(true) {
        "but not"
    } else {
        "but"
    };
    format!("{now}, {turn} {}", ways.join(", or "))
}

fn key_drivers(parts: &mut Parts<'_>, voice: Voice<'_>, compared: &Comparison) -> io::Result<()> {
    if compared.key_drivers.is_empty() {
        return Ok(());
    }
    let open = compared
        .rows
        .iter()
        .filter(|row| !row.sensitivity.is_empty());
    let heading = match open.count() {
        1 => "which driver matters most to what hangs on drivers".to_owned(),
        many => {
            format!("which driver matters most, over the {many} conclusions that hang on drivers")
        }
    };
    parts.begin()?;
    writeln!(parts.out, "{}", Role::Heading.paint(heading))?;
    let table: Vec<Vec<Cell>> = (compared.key_drivers.iter())
        .map(|key| {
            let aside = |text: String| Cell::new(Role::Aside, text);
            vec![
                Cell::plain(voice.driver(key.driver)),
                aside(format!("bears on {}", key.conclusions)),
                aside(format!(
                    "decides alone in {} of the worlds",
                    say::percent(key.share)
                )),
                aside(format!(
                    "moves the likelihood by {:.0} points",
                    key.spread * 100.0
                )),
            ]
        })
        .collect();
    write_rows(parts.out, &table)?;
    notes(parts.out, voice, compared)
}

/// What the likelihoods rest on.
fn notes(out: &mut dyn Write, voice: Voice<'_>, compared: &Comparison) -> io::Result<()> {
    let normalised: Vec<DriverId> = (compared.drivers.iter())
        .filter(|driver| driver.normalised)
        .map(|driver| driver.driver)
        .collect();
    let mut notes = Vec::new();
    if compared.drivers.len() > 1 {
        notes.push("the drivers taken as independent".to_owned());
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
