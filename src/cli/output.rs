//! Where a command writes: standard output and standard error, in colour or not, and failures on both.

use super::args::ColorChoice;
use super::exit::{Exit, Failure};
use super::watchdog;
use crate::complaint::Complaint;
use crate::print::{human, json};
use crate::text::Sources;
use anstream::AutoStream;
use std::io::{self, BufWriter, Seek, Write};
use tempfile::SpooledTempFile;

pub struct Output {
    pub out: Box<dyn Write>,
    pub err: Box<dyn Write>,
    /// Whether failures are also printed as JSON on standard output.
    json: bool,
}

impl Output {
    pub fn new(color: ColorChoice, json: bool) -> Self {
        let choice = match color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        watchdog::tell_json(json);
        let out: Box<dyn Write> = if json {
            Box::new(BufWriter::with_capacity(1 << 16, Whole::new(io::stdout())))
        } else {
            Box::new(BufWriter::new(Whole::new(AutoStream::new(
                io::stdout(),
                choice,
            ))))
        };
        let err = Box::new(BufWriter::new(AutoStream::new(io::stderr(), choice)));
        Self { out, err, json }
    }

    /// Complaints that do not end the run.
    pub fn warn(&mut self, sources: &Sources, warnings: &[Complaint]) -> io::Result<()> {
        human::complaints(&mut *self.err, sources, warnings)?;
        self.err.flush()
    }

    /// Says why the command has no result, and how the run ends.
    pub fn report(&mut self, failure: Failure) -> Exit {
        let exit = failure.exit();
        if exit == Exit::Well {
            return exit;
        }
        // One end is enough.
        watchdog::rest();
        if self.json {
            print_diagnostics(&failure);
        }
        // Where standard error is gone too, the status is all that is left to say.
        let _ = say(&mut *self.err, &failure).and_then(|()| self.err.flush());
        exit
    }
}

/// A failure for people, on standard error.
pub fn say(err: &mut dyn Write, failure: &Failure) -> io::Result<()> {
    match failure {
        Failure::Several(failures) => failures.iter().try_for_each(|failure| say(err, failure)),
        Failure::Complaints {
            sources,
            complaints,
            ..
        } => human::complaints(err, sources, complaints),
        Failure::Plain {
            code, title, help, ..
        } => human::plain_complaint(err, code, title, help.as_deref()),
        Failure::Output(error) => {
            writeln!(err, "hence: the output could not be written: {error}")
        }
    }
}

/// Standard output, which no limit cuts in two: where one was asked for, nothing goes out before all of it is there.
struct Whole<W> {
    out: W,
    held: Option<SpooledTempFile>,
}

/// More than this is held in a file.
const HELD_IN_MEMORY: usize = 1 << 23;

impl<W: Write> Whole<W> {
    fn new(out: W) -> Self {
        Self { out, held: None }
    }
}

impl<W: Write> Write for Whole<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if watchdog::holds_output() {
            let held = self
                .held
                .get_or_insert_with(|| SpooledTempFile::new(HELD_IN_MEMORY));
            return held.write(bytes);
        }
        watchdog::rest();
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(mut held) = self.held.take() {
            watchdog::rest();
            held.rewind()?;
            io::copy(&mut held, &mut self.out)?;
        }
        self.out.flush()
    }
}

/// A failure on standard output, for machines. What was to be printed there instead is lost, as nothing is ever half-written.
pub fn print_diagnostics(failure: &Failure) {
    let document = json::Diagnostics::new(diagnostics(failure));
    // A reader that has gone is no reason to fail otherwise than already.
    let _ = json::write(&mut io::stdout().lock(), &document);
}

fn diagnostics(failure: &Failure) -> Vec<json::Diagnostic> {
    match failure {
        Failure::Several(failures) => failures.iter().flat_map(diagnostics).collect(),
        Failure::Complaints {
            sources,
            complaints,
            ..
        } => json::diagnostics(sources, complaints),
        Failure::Plain {
            code, title, help, ..
        } => vec![json::Diagnostic::placeless(code, title, help.clone())],
        Failure::Output(error) => vec![json::Diagnostic::placeless(
            "output",
            error.to_string(),
            None,
        )],
    }
}
