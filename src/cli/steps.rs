//! The steps that all evaluating commands take, each announced to the watchdog before it begins.

use super::args::InputArguments;
use super::inputs;
use super::watchdog::{self, Stage};
use crate::files::Case;
use crate::reading::Reader;
use crate::session::{self, Evaluation, Prepared, Unsolved};

/// Everything that was named, read and checked as one case.
///
/// # Errors
/// When anything in it is wrong.
pub fn prepare(
    inputs: &InputArguments,
    evaluation: &Evaluation,
    questions: &[String],
) -> Result<Prepared, Unsolved> {
    watchdog::watch(evaluation);
    check(inputs::together(inputs), evaluation, questions)
}

/// A case that was read, checked.
///
/// # Errors
/// When anything in it is wrong.
pub fn check(
    case: Case,
    evaluation: &Evaluation,
    questions: &[String],
) -> Result<Prepared, Unsolved> {
    watchdog::stage(Stage::Checking);
    session::prepare(case, evaluation, questions)
}

/// All conclusions drawn.
///
/// # Errors
/// When a limit is met, or a value cannot be computed.
pub fn conclude<'p>(
    prepared: &'p Prepared,
    evaluation: &Evaluation,
) -> Result<Reader<'p>, Unsolved> {
    watchdog::concluding(prepared);
    let reader = prepared.solve(evaluation)?;
    watchdog::stage(Stage::Answering);
    Ok(reader)
}
