//! `hence run`: what follows, relation by relation, and the files' own questions answered.

use super::args::{Format, RunArguments};
use super::exit::{Exit, Failure};
use super::options::evaluation;
use super::output::Output;
use super::pattern::Pattern;
use super::steps;
use crate::complaint::Complaint;
use crate::print::{human, json};
use crate::program::RelationId;
use crate::reading::{Answer, Contradiction, LeftOut, Reader, RelationRows, RunOptions};
use crate::say::Voice;
use crate::session::Prepared;
use crate::value::Term;
use std::fmt;
use std::io;

/// # Errors
/// When the input is wrong, a limit is met or the output cannot be written.
pub fn run(arguments: RunArguments, output: &mut Output) -> Result<Exit, Failure> {
    let for_people = arguments.output.format == Format::Human;
    let evaluation = evaluation(&arguments.evaluation, for_people)?;
    let prepared = steps::prepare(&arguments.inputs, &evaluation, &[])?;
    output.warn(&prepared.sources, &prepared.warnings)?;
    let mut reader = steps::conclude(&prepared, &evaluation)?;
    let only = arguments.only.as_deref().map(Pattern::new);
    let wanted = RunOptions {
        facts: arguments.facts || arguments.count,
        stated_conclusions: false,
        all_statuses: arguments.all_statuses,
        all_worlds: arguments.all_worlds,
        frame: prepared.frame.clone(),
    };
    if arguments.count {
        let counts = counts(&prepared, &mut reader, &wanted, only.as_ref())?;
        print_counts(&counts, arguments.output.format, output)?;
        return Ok(Exit::Well);
    }
    let mut relations = reader
        .conclusions(&wanted)
        .map_err(|complaint| prepared.complain(complaint))?;
    let listed_all = wanted.all_statuses || arguments.output.format == Format::Json;
    let mut left_out = if listed_all {
        Vec::new()
    } else {
        reader
            .left_out(&wanted)
            .map_err(|complaint| prepared.complain(complaint))?
    };
    if let Some(only) = &only {
        let voice = Voice::new(&prepared.program, reader.terms());
        keep(&mut relations, voice, only);
        left_out.retain(|row| is_kept(row.relation, &row.terms, voice, only));
    }
    let warnings = prepared.warnings_of(&mut reader)?;
    output.warn(&prepared.sources, &warnings)?;
    let found = Found {
        warnings,
        relations,
        left_out,
        only: arguments.only.clone(),
        answers: prepared.answer(&mut reader, &prepared.program.questions)?,
        contradictions: reader.contradictions(),
    };
    let voice = Voice::new(&prepared.program, reader.terms()).citing(&prepared.sources);
    match arguments.output.format {
        Format::Human => found.print(voice, output)?,
        Format::Json => found.print_json(voice, &prepared, output)?,
    }
    Ok(Exit::Well)
}

/// All that there is to print.
struct Found {
    relations: Vec<RelationRows>,
    left_out: Vec<LeftOut>,
    only: Option<String>,
    /// Those that show only in what follows.
    warnings: Vec<Complaint>,
    answers: Vec<Answer>,
    contradictions: Vec<Contradiction>,
}

impl Found {
    fn print(&self, voice: Voice<'_>, output: &mut Output) -> io::Result<()> {
        let out = &mut *output.out;
        human::contradictions(out, voice, &self.contradictions)?;
        human::conclusions(out, voice, &self.relations)?;
        let nothing = self.relations.is_empty() && self.answers.is_empty();
        if nothing && self.left_out.is_empty() {
            return match &self.only {
                Some(pattern) => writeln!(out, "nothing that follows matches `{pattern}`"),
                None => writeln!(out, "nothing follows beyond what is stated"),
            };
        }
        if !self.left_out.is_empty() {
            if !self.relations.is_empty() {
                writeln!(out)?;
            }
            human::left_out(out, &self.left_out)?;
        }
        if self.answers.is_empty() {
            return Ok(());
        }
        if !(self.relations.is_empty() && self.left_out.is_empty()) {
            writeln!(out)?;
        }
        human::answers(out, voice, &self.answers)
    }

    fn print_json(
        &self,
        voice: Voice<'_>,
        prepared: &Prepared,
        output: &mut Output,
    ) -> io::Result<()> {
        let warnings = [&prepared.warnings[..], &self.warnings].concat();
        let warnings = json::diagnostics(&prepared.sources, &warnings);
        let run = json::RunJson::new(
            voice,
            &self.relations,
            &self.answers,
            warnings,
            &self.contradictions,
        );
        json::write(&mut *output.out, &run)
    }
}

/// Keeps the relations whose name matches, and of the others the sentences that do.
fn keep(relations: &mut Vec<RelationRows>, voice: Voice<'_>, only: &Pattern) {
    relations.retain_mut(|RelationRows { relation, rows }| {
        rows.retain(|row| is_kept(*relation, &row.terms, voice, only));
        !rows.is_empty()
    });
}

fn is_kept(relation: RelationId, terms: &[Term], voice: Voice<'_>, only: &Pattern) -> bool {
    only.matches(&voice.relation(relation)) || only.matches(&voice.sentence(relation, terms, false))
}

/// How many sentences hold in each relation.
fn counts(
    prepared: &Prepared,
    reader: &mut Reader<'_>,
    wanted: &RunOptions,
    only: Option<&Pattern>,
) -> Result<Vec<(String, usize)>, Failure> {
    let counts = reader
        .counts(wanted)
        .map_err(|complaint| prepared.complain(complaint))?;
    let voice = Voice::new(&prepared.program, reader.terms());
    let named = counts
        .into_iter()
        .map(|(relation, number)| (voice.relation(relation), number));
    Ok(named
        .filter(|(name, _)| only.is_none_or(|only| only.matches(name)))
        .collect())
}

pub(super) fn print_counts(
    counts: &[(String, impl fmt::Display)],
    format: Format,
    output: &mut Output,
) -> io::Result<()> {
    match format {
        Format::Human => human::counts(&mut *output.out, counts),
        Format::Json => json::write(&mut *output.out, &json::Counts::new(counts)),
    }
}
