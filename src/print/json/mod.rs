//! The machine-readable contract, version 1. Comes in: answers, outcomes and complaints; goes out: JSON whose field names and
//! order other programs rely on. A field that would say nothing is absent.

mod answer;
mod argument;
mod compare;
mod diagnostic;
mod explained;
mod extent;
mod run;
mod snapshot;
mod take;
mod term;
mod tests;

use answer::AnswerJson;
pub use compare::CompareJson;
pub use diagnostic::{Diagnostic, diagnostics};
pub use run::{Counts, RunJson};
pub use snapshot::SnapshotJson;
pub use tests::TestsJson;

use crate::reading::Answer;
use crate::say::Voice;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// The version of the contract, at the top of every document.
pub const VERSION: u32 = 1;

/// Writes one document and the end of its line.
///
/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, document: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, document).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// `{"version": 1, "answers": […]}`
#[derive(Serialize)]
pub struct Answers<'a> {
    version: u32,
    answers: Vec<AnswerJson<'a>>,
}

impl<'a> Answers<'a> {
    pub fn new(voice: Voice<'a>, answers: &'a [Answer]) -> Self {
        let answers = answers
            .iter()
            .map(|answer| AnswerJson::new(voice, answer))
            .collect();
        Self {
            version: VERSION,
            answers,
        }
    }
}

/// `{"version": 1, "diagnostics": […]}`
#[derive(Serialize)]
pub struct Diagnostics {
    version: u32,
    diagnostics: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            version: VERSION,
            diagnostics,
        }
    }
}

/// A list whose items are made one by one as they are written, so that a million rows never stand in memory twice.
struct Each<F>(F);

impl<F, I, T> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item = T>,
    T: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// For `skip_serializing_if`: a flag that is only ever given where it is true.
fn is_false(flag: &bool) -> bool {
    !flag
}
