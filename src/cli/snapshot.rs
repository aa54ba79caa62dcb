//! `hence snapshot`: what each file concludes, recorded beside it, and what changed since.

use super::args::{Format, SnapshotArguments};
use super::exit::{Exit, Failure};
use super::inputs;
use super::options::evaluation;
use super::output::Output;
use super::{steps, watchdog, whole};
use crate::files::{self, Case};
use crate::print::{human, json};
use crate::session::Evaluation;
use crate::snapshot::{
    Asked, Compared, Outcome, Record, Report, Standings, Unread, compare, leave_out_questions,
    standings, statements,
};
use std::io::{self, BufRead};
use std::path::Path;

/// # Errors
/// When an input or a snapshot is wrong, a limit is met, or something cannot be written.
pub fn snapshot(arguments: &SnapshotArguments, output: &mut Output) -> Result<Exit, Failure> {
    let mut report = Report::default();
    let mut failures = Vec::new();
    let policy = inputs::policy(&arguments.inputs);
    for named in inputs::one_by_one(&arguments.inputs.files)? {
        let files::Input::Path(file) = &named.input else {
            let said = "`-` has no file beside which a snapshot could be kept";
            return Err(Failure::usage(said));
        };
        let is_recorded = Record::place(file).exists();
        if named.found_in_folder && arguments.check && !is_recorded {
            continue;
        }
        let evaluation = evaluation(&arguments.evaluation, true)?;
        watchdog::watch(&evaluation);
        let case = files::read(std::slice::from_ref(&named.input), &policy);
        match examine(case, file, &evaluation, output) {
            // A folder also holds files of rules alone.
            Ok((now, None)) if named.found_in_folder && now.is_empty() => {}
            Ok((now, before)) => report.add(file, settle(file, now, before, arguments, output)?),
            Err(Failure::Output(error)) => return Err(error.into()),
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(Failure::Several(failures));
    }
    match arguments.output.format {
        Format::Human => human::snapshot_end(&mut *output.out, &report)?,
        Format::Json => json::write(&mut *output.out, &json::SnapshotJson::new(&report))?,
    }
    Ok(if report.is_well() {
        Exit::Well
    } else {
        Exit::Short
    })
}

/// What a file concludes now, and its record with what changed since, where there is one.
fn examine(
    mut case: Case,
    file: &Path,
    evaluation: &Evaluation,
    output: &mut Output,
) -> Result<(Record, Option<(Record, Compared)>), Failure> {
    let statements = statements(&case, file);
    leave_out_questions(&mut case);
    let prepared = steps::check(case, evaluation, &[])?;
    output.warn(&prepared.sources, &prepared.warnings)?;
    let mut reader = steps::conclude(&prepared, evaluation)?;
    let standings = standings(&mut reader, &prepared.frame)
        .map_err(|complaint| prepared.complain(complaint))?;
    let asked = Asked::from(evaluation);
    let record = |standings: Standings, statements| {
        Record::new(asked.clone(), standings.without_facts(), statements)
    };
    let place = Record::place(file);
    let before = match Record::read(&place) {
        Ok(before) => before,
        Err(Unread::Missing) => return Ok((record(standings, statements), None)),
        Err(Unread::Unreadable(error)) => return Err(bad(&place, &error.to_string())),
        Err(Unread::Malformed(why)) => return Err(bad(&place, &why)),
    };
    if before.asked != asked {
        return Err(asked_otherwise(&place, &before.asked));
    }
    let compared = compare(
        &before,
        (&standings, &statements),
        reader.terms(),
        evaluation,
    )?;
    Ok((record(standings, statements), Some((before, compared))))
}

/// Prints what changed in one file, and records it as told.
fn settle(
    file: &Path,
    now: Record,
    before: Option<(Record, Compared)>,
    arguments: &SnapshotArguments,
    output: &mut Output,
) -> Result<Outcome, Failure> {
    let place = Record::place(file);
    let for_people = arguments.output.format == Format::Human;
    let Some((before, mut compared)) = before else {
        let outcome = if arguments.check {
            Outcome::Missing
        } else {
            write(&place, &now)?;
            Outcome::Recorded(now.conclusions())
        };
        if for_people {
            human::snapshot(&mut *output.out, file, &outcome)?;
        }
        return Ok(outcome);
    };
    if arguments.review {
        human::snapshot_summary(&mut *output.out, file, &compared)?;
        review(&mut compared, output)?;
    } else if arguments.accept {
        compared.accept_all();
    }
    if compared.are_all_accepted() && (arguments.accept || !compared.changes.is_empty()) {
        if now != before {
            write(&place, &now)?;
        }
    } else if compared.is_any_accepted() {
        write(&place, &before.with(&now, &compared))?;
    }
    let outcome = Outcome::Compared(compared);
    if for_people && !arguments.review {
        human::snapshot(&mut *output.out, file, &outcome)?;
    }
    Ok(outcome)
}

/// Asks of each group of changes whether to record it.
fn review(compared: &mut Compared, output: &mut Output) -> io::Result<()> {
    let mut answers = io::stdin().lock().lines();
    let groups = compared.groups();
    for (at, group) in groups.iter().enumerate() {
        human::snapshot_group(&mut *output.out, compared, group)?;
        loop {
            write!(output.out, "record it? (yes, no, all, quit) ")?;
            output.out.flush()?;
            let Some(answer) = answers.next().transpose()? else {
                writeln!(output.out)?;
                return Ok(());
            };
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => compared.accept(group),
                "n" | "no" => {}
                "a" | "all" => {
                    groups[at..].iter().for_each(|group| compared.accept(group));
                    return Ok(());
                }
                "q" | "quit" => return Ok(()),
                _ => continue,
            }
            break;
        }
    }
    Ok(())
}

fn write(place: &Path, record: &Record) -> Result<(), Failure> {
    let text = record.text().map_err(io::Error::from)?;
    whole::write(place, &text)
}

fn bad(place: &Path, why: &str) -> Failure {
    Failure::Plain {
        exit: Exit::Wrong,
        code: "bad-snapshot",
        title: format!(
            "`{}` is not a snapshot that can be read: {why}",
            place.display()
        ),
        help: Some(
            "Delete it and record it anew, or take it back from where versions are kept.".into(),
        ),
    }
}

fn asked_otherwise(place: &Path, asked: &Asked) -> Failure {
    let how = match asked.typed() {
        typed if typed.is_empty() => "without options that bear on what follows".into(),
        typed => format!("with `{typed}`"),
    };
    Failure::Plain {
        exit: Exit::Wrong,
        code: "other-snapshot",
        title: format!("`{}` was recorded {how}", place.display()),
        help: Some("Give the same options, or delete the snapshot and record it anew.".into()),
    }
}
