//! How a case is to be evaluated, and what can keep it from an answer.

use crate::complaint::{Complaint, Palette, draw_all, in_order};
use crate::core::Settings;
use crate::engine::Limits;
use crate::text::Sources;
use crate::value::Date;
use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

/// The options of every command that evaluates.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    pub scenario: Option<String>,
    pub as_of: Option<Date>,
    /// Driver and outcome, as typed.
    pub given: Vec<(String, String)>,
    pub settings: Settings,
    pub limits: Limits,
    /// What the time limit was, to say so.
    pub timeout: Option<Duration>,
    /// Whether people will read the answers, not programs.
    pub for_people: bool,
}

impl Evaluation {
    /// The same, its time counted from now.
    #[must_use]
    pub fn from_now(&self) -> Self {
        let mut again = self.clone();
        again.limits.deadline = self
            .timeout
            .and_then(|timeout| Instant::now().checked_add(timeout));
        again
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Something in the input is wrong.
    Wrong,
    /// A resource limit ended the run.
    Limit,
    /// Somebody ended it.
    Interrupted,
}

/// A case without a result: complaints with the sources that they point into, or code and title of what no place accounts for.
#[derive(Clone, Debug)]
pub struct Unsolved {
    pub why: Why,
    pub sources: Box<Sources>,
    pub complaints: Vec<Complaint>,
    pub placeless: Option<(&'static str, String)>,
}

/// What `hence run` would say on standard error, without colour.
impl fmt::Display for Unsolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.placeless {
            Some((code, title)) => write!(f, "error[{code}]: {title}"),
            None => {
                let complaints = in_order(self.complaints.clone());
                f.write_str(draw_all(&complaints, &self.sources, &Palette::PLAIN).trim_end())
            }
        }
    }
}

impl Error for Unsolved {}
