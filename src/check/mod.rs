//! Syntax → program. Comes in: the documents of a case with their loaded tables; goes out: a [`Program`] in which every
//! variable is bound, every label known and every sentence has its relation, and all complaints, in the order of the text.
//!
//! [`check`] is the list of passes, in order.

mod binding;
mod bound;
mod command_line;
mod conditions;
mod drivers;
mod facts;
mod frames;
#[cfg(test)]
mod hostile;
mod kinds;
mod labels;
mod lists;
mod meant;
mod misspelt;
mod names;
mod notes;
mod overrides;
mod questions;
mod recursion;
mod relations;
#[cfg(test)]
mod round_trip;
mod rules;
mod scenarios;
mod scope;
mod sentences;
mod stated;
mod statements;
mod suspects;
#[cfg(test)]
mod tests;
mod units;
mod vocabulary;

use crate::complaint::{Complaint, labels::gather_unknown};
use crate::files::Case;
use crate::program::Program;
use crate::text::SourceId;
use crate::value::Date;

/// What the command line adds to a case.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The sources that hold questions of the command line: these come after the files' own.
    pub asked: Vec<SourceId>,
    /// `--in SCENARIO`: the scenario of every question and expectation that names none.
    pub scenario: Option<String>,
    /// `--as-of DATE`, for every question and expectation without a date of its own.
    pub as_of: Option<Date>,
    /// `--given DRIVER=OUTCOME`
    pub given: Vec<(String, String)>,
}

/// Checks a case. There is no program where the case or the check has an error.
///
/// The program takes the terms of the case with it; without a program they stay.
pub fn check(case: &mut Case, options: &Options) -> (Option<Program>, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let program = passes(case, options, &mut complaints);
    complaints.sort_by_key(Complaint::span);
    gather_unknown(&mut complaints);
    if case
        .complaints
        .iter()
        .chain(&complaints)
        .any(Complaint::is_error)
    {
        case.terms = program.terms;
        return (None, complaints);
    }
    (Some(program), complaints)
}

/// All passes in order. What comes out is a program only where no complaint is an error.
fn passes(case: &mut Case, options: &Options, complaints: &mut Vec<Complaint>) -> Program {
    let labels = labels::gather(case, complaints);
    let defaults = command_line::defaults(options, &labels, &mut case.sources, complaints);
    let (mut program, relations) =
        statements::read(case, &labels, defaults, &options.asked, complaints);
    command_line::given(options, &mut program, &mut case.sources, complaints);
    // What could not be read may well state what seems to be missing.
    let all_read = !case.complaints.iter().any(Complaint::is_error);
    if all_read {
        suspects::never_stated(&relations, &program, &case.complaints, complaints);
        suspects::never_opposed(&relations, complaints);
        suspects::nearly_the_same(&relations, complaints);
        misspelt::misspelt(&relations, &program.terms, complaints);
        names::nearly_another(case, complaints);
    }
    units::units(&case.documents, &relations, &program, complaints);
    program.rules.extend(relations::declared_rules(&relations));
    program.relations = relations.all;
    recursion::recursion(&mut program.rules, &program.relations, complaints);
    kinds::kinds(&program, complaints);
    stated::outcomes(&program, complaints);
    if all_read {
        stated::drops(&program, complaints);
    }
    program
}
