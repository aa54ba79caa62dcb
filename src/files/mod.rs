//! The only room that reads inputs. Comes in: what was named on the command line; goes out: a [`Case`], everything read
//! and parsed, with the complaints so far.

use crate::complaint::Complaint;
use crate::syntax::tree::Document;
use crate::text::{Sources, Span};
use crate::value::{Term, Terms};
use std::path::PathBuf;

/// Which files a case may reach by `use` and `load`.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// `--allow-path`: folders besides those of the named files.
    pub allowed: Vec<PathBuf>,
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
    /// Holds the terms of `tables`.
    pub terms: Terms,
}

/// The rows of one `load`, the columns already in the order of the sentence's terms.
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
