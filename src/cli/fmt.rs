//! `hence fmt`: files in the one canonical layout, written in place and only as a whole.

use super::args::FmtArguments;
use super::exit::{Exit, Failure};
use super::inputs;
use super::options::limited;
use super::output::Output;
use super::{watchdog, whole};
use crate::complaint::Complaint;
use crate::files::{self, Input};
use crate::format;

/// # Errors
/// When a limit is met, or a file cannot be read, does not parse or cannot be written; the others are laid out all the same.
pub fn fmt(arguments: &FmtArguments, output: &mut Output) -> Result<Exit, Failure> {
    watchdog::watch(&limited(&arguments.limits)?);
    let mut failures = Vec::new();
    let mut changed = false;
    for named in inputs::one_by_one(&arguments.files)? {
        match lay_out(&named.input, arguments.check, output) {
            Ok(differs) => changed |= differs,
            Err(Failure::Output(error)) => return Err(error.into()),
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(Failure::Several(failures));
    }
    Ok(if changed && arguments.check {
        Exit::Short
    } else {
        Exit::Well
    })
}

/// Lays one input out; whether it was otherwise before.
fn lay_out(input: &Input, check: bool, output: &mut Output) -> Result<bool, Failure> {
    let case = files::read_alone(std::slice::from_ref(input));
    let document = match case.documents.last() {
        Some(document) if !case.complaints.iter().any(Complaint::is_error) => document,
        _ => {
            return Err(Failure::Complaints {
                exit: Exit::Wrong,
                sources: Box::new(case.sources),
                complaints: case.complaints,
            });
        }
    };
    let source = case.sources.get(document.source);
    let canonical = format::format(document, &source.text);
    let differs = canonical != source.text;
    match input {
        Input::Path(path) if differs && !check => {
            whole::write(path, &canonical)?;
            writeln!(output.out, "laid out {}", source.name)?;
        }
        Input::Stdin | Input::Text { .. } if !check => {
            output.out.write_all(canonical.as_bytes())?
        }
        _ if differs => writeln!(output.out, "not in the canonical layout: {}", source.name)?,
        _ => {}
    }
    Ok(differs)
}
