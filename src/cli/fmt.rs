//! `hence fmt`: files in the one canonical layout, written in place and only as a whole.

use super::args::FmtArguments;
use super::exit::{Exit, Failure};
use super::output::Output;

/// # Errors
/// When a file cannot be read, does not parse or cannot be written.
pub fn fmt(_arguments: FmtArguments, _output: &mut Output) -> Result<Exit, Failure> {
    Err(Failure::not_there_yet("hence fmt"))
}
