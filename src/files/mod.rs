//! The only room that reads inputs. Comes in: what was named on the command line; goes out: a [`Case`], everything read
//! and parsed, with the complaints so far. A file that cannot be read is a complaint, never the end of the run.

mod cells;
mod find;
mod follow;
mod load;
mod open;
mod policy;

pub use find::below;
pub use policy::Policy;

use crate::complaint::Complaint;
use crate::syntax::tree::Document;
use crate::text::{Sources, Span};
use crate::value::{Term, Terms};
use std::path::PathBuf;

/// One thing named as part of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder: every `.hence` file below it, sorted by path.
    Path(PathBuf),
    /// `-`
    Stdin,
    /// A text that stands in no file, such as a line of the interactive session.
    Text { name: String, text: String },
}

/// All inputs of one program.
#[derive(Clone, Debug, Default)]
pub struct Case {
    pub sources: Sources,
    /// In order of reading: a file that is used stands before the one that uses it.
    pub documents: Vec<Document>,
    /// One for each `load` whose file could be read.
    pub tables: Vec<LoadedTable>,
    pub complaints: Vec<Complaint>,
    /// A file that was named or is used could not be read.
    pub lacks_file: bool,
    /// Holds the terms of `tables`.
    pub terms: Terms,
}

/// The rows of one `load`, a column for each variable of its sentence, in the order of the variables.
#[derive(Clone, Debug)]
pub struct LoadedTable {
    /// The `load` statement.
    pub statement: Span,
    pub arity: usize,
    /// `arity` terms a row.
    pub terms: Vec<Term>,
    /// Where each row stands in the loaded file.
    pub at: Vec<Span>,
}

/// Reads everything that was named, what that uses, and what that loads, as one case.
///
/// Each file is read once, however often it is named and used.
pub fn read(inputs: &[Input], policy: &Policy) -> Case {
    let mut case = Case::default();
    let named = find::find(inputs, &mut case);
    let reach = policy::Reach::new(inputs, policy);
    follow::follow(named, &reach, &mut case);
    case
}

/// Reads what was named, and nothing that it uses or loads: enough to lay it out or to see what is in it.
pub fn read_alone(inputs: &[Input]) -> Case {
    let mut case = Case::default();
    let named = find::find(inputs, &mut case);
    let reach = policy::Reach::new(inputs, &Policy::default());
    follow::alone(named, &reach, &mut case);
    case
}

#[cfg(test)]
mod tests;
