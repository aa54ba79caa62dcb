//! `hence check`: every error and warning of a case, and nothing evaluated.

use super::args::{CheckArguments, Format};
use super::exit::{Exit, Failure};
use super::inputs;
use super::options::limited;
use super::output::Output;
use super::watchdog::{self, Stage};
use crate::check;
use crate::complaint::Complaint;
use crate::print::{human, json};

/// # Errors
/// When a limit is met or the output cannot be written.
pub fn check(arguments: CheckArguments, output: &mut Output) -> Result<Exit, Failure> {
    watchdog::watch(&limited(&arguments.limits)?);
    let mut case = inputs::together(&arguments.inputs);
    watchdog::stage(Stage::Checking);
    let (_, complaints) = check::check(&mut case, &check::Options::default());
    let complaints = [case.complaints, complaints].concat();
    output.warn(&case.sources, &complaints)?;
    if arguments.output.format == Format::Json {
        let diagnostics = json::diagnostics(&case.sources, &complaints);
        json::write(&mut *output.out, &json::Diagnostics::new(diagnostics))?;
    } else {
        human::check_summary(&mut *output.out, &complaints)?;
    }
    Ok(if complaints.iter().any(Complaint::is_error) {
        Exit::Wrong
    } else {
        Exit::Well
    })
}
