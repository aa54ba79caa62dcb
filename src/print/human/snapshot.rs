//! What changed since a case was recorded: the changes by what accounts for them, `+` before what came, `-` before what went, `~` before
//! what stands otherwise.

use super::Role;
use super::aligned::{Cell, write_rows};
use crate::snapshot::{Change, Compared, Edit, EditKind, Group, Outcome, Report};
use std::io::{self, Write};
use std::path::Path;

/// What came of one file, without a question.
///
/// # Errors
/// When the output cannot be written.
pub fn snapshot(out: &mut dyn Write, file: &Path, outcome: &Outcome) -> io::Result<()> {
    let name = file.display();
    match outcome {
        Outcome::Recorded(number) => {
            let heading = Role::Heading.paint(&name);
            writeln!(out, "{heading}: {} recorded", conclusions(*number))
        }
        Outcome::Missing => {
            let said = Role::Bad.paint("no snapshot");
            let heading = Role::Heading.paint(&name);
            writeln!(
                out,
                "{heading}: {said}; `hence snapshot {name}` records one"
            )
        }
        Outcome::Compared(compared) => {
            snapshot_summary(out, file, compared)?;
            let groups = compared.groups();
            groups
                .iter()
                .try_for_each(|group| snapshot_group(out, compared, group))?;
            idle(out, compared)
        }
    }
}

/// `outage.hence: 2 changes in 41 conclusions`
///
/// # Errors
/// When the output cannot be written.
pub fn snapshot_summary(out: &mut dyn Write, file: &Path, compared: &Compared) -> io::Result<()> {
    let changed = match compared.changes.len() {
        0 => "nothing changed".into(),
        1 => "1 change".into(),
        number => format!("{number} changes"),
    };
    let heading = Role::Heading.paint(file.display());
    writeln!(
        out,
        "{heading}: {changed} in {}",
        conclusions(compared.conclusions)
    )
}

/// Edits, and under them the changes that they account for.
///
/// # Errors
/// When the output cannot be written.
pub fn snapshot_group(out: &mut dyn Write, compared: &Compared, group: &Group) -> io::Result<()> {
    writeln!(out)?;
    for &edit in group.because.edits() {
        write_edit(out, &compared.edits[edit])?;
    }
    if let Some(remark) = group.because.remark() {
        writeln!(out, "{}", Role::Aside.paint(remark))?;
    }
    let mut scenario = None;
    let mut rows = Vec::new();
    for &change in &group.changes {
        let change = &compared.changes[change];
        if change.scenario != scenario {
            write_rows(out, &std::mem::take(&mut rows))?;
            scenario.clone_from(&change.scenario);
            let label = scenario.as_deref().unwrap_or_default();
            writeln!(out, "  {}", Role::Aside.paint(format_args!("in {label}:")))?;
        }
        rows.push(change_row(change));
    }
    write_rows(out, &rows)
}

/// The end of a run.
///
/// # Errors
/// When the output cannot be written.
pub fn snapshot_end(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.files.is_empty() {
        return writeln!(out, "No snapshot found");
    }
    let open: Vec<&str> = report
        .files
        .iter()
        .filter_map(|(file, outcome)| match outcome {
            Outcome::Compared(compared) if !compared.are_all_accepted() => Some(file.as_str()),
            _ => None,
        })
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let files = open.join(" ");
    writeln!(
        out,
        "\n`hence snapshot --accept {files}` records what changed"
    )
}

fn conclusions(number: usize) -> String {
    match number {
        1 => "1 conclusion".into(),
        number => format!("{number} conclusions"),
    }
}

fn write_edit(out: &mut dyn Write, edit: &Edit) -> io::Result<()> {
    let word = match edit.kind {
        EditKind::Added => "now stated",
        EditKind::Removed => "no longer stated",
        EditKind::Changed => "changed",
    };
    let file = Role::Aside.paint(&edit.file);
    writeln!(out, "{word}: {}  {file}", indented(&edit.text))?;
    match &edit.before {
        Some(before) => writeln!(out, "    was: {}", Role::Aside.paint(indented(before))),
        None => Ok(()),
    }
}

/// The lines after the first under it.
fn indented(text: &str) -> String {
    text.replace('\n', "\n    ")
}

fn change_row(change: &Change) -> Vec<Cell> {
    let (sign, role) = match change.statuses() {
        [None, _] => ("+", Role::Good),
        [_, None] => ("-", Role::Bad),
        _ => ("~", Role::Doubtful),
    };
    let stands = match (&change.before, &change.after) {
        (None, Some(after)) => after.clone(),
        (Some(before), None) => format!("was {before}"),
        (Some(before), Some(after)) => format!("{after}  (was {before})"),
        (None, None) => String::new(),
    };
    vec![
        Cell::new(role, format!("{sign} {}", change.sentence)),
        Cell::new(Role::Aside, stands),
    ]
}

/// Edits that change nothing that follows.
fn idle(out: &mut dyn Write, compared: &Compared) -> io::Result<()> {
    match compared.idle_edits().len() {
        0 => Ok(()),
        1 => writeln!(out, "\n1 edit changes nothing that follows"),
        number => writeln!(out, "\n{number} edits change nothing that follows"),
    }
}
