//! `hence fmt`: files in the one canonical layout, written in place and only as a whole.

use super::args::FmtArguments;
use super::exit::{Exit, Failure};
use super::inputs;
use super::options::limited;
use super::output::Output;
use super::watchdog;
use crate::complaint::Complaint;
use crate::files::{self, Input};
use crate::format;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

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
            write_whole(path, &canonical).map_err(|error| unwritten(path, &error))?;
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

/// Puts a text in the place of a file's, or leaves the file as it was.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // A symbolic link stays one; the file behind it changes.
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is marked as read-only",
        ));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    // A file that stands half-written beside it would stay there.
    let _whole = watchdog::whole();
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.persist(&path)?;
    Ok(())
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::Plain {
        exit: Exit::Wrong,
        code: "unwritable-file",
        title: format!("`{}` cannot be written: {error}", path.display()),
        help: None,
    }
}
