//! What came of the files of one run.

use super::change::Compared;
use std::path::Path;

/// What came of one file.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There was no record; there is one now, of so many conclusions.
    Recorded(usize),
    /// There is no record, and none was to be made.
    Missing,
    Compared(Compared),
}

#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Each file, as named, with what came of it.
    pub files: Vec<(String, Outcome)>,
}

impl Report {
    pub fn add(&mut self, file: &Path, outcome: Outcome) {
        self.files.push((file.display().to_string(), outcome));
    }

    /// Whether everything stands as recorded, or is recorded now. Of no file at all there is nothing to say.
    pub fn is_well(&self) -> bool {
        let is_well = |outcome: &Outcome| match outcome {
            Outcome::Recorded(_) => true,
            Outcome::Missing => false,
            Outcome::Compared(compared) => compared.are_all_accepted(),
        };
        !self.files.is_empty() && self.files.iter().all(|(_, outcome)| is_well(outcome))
    }
}
