//! How a run ends: the one place that decides an exit status.

use crate::complaint::Complaint;
use crate::session::{Unsolved, Why};
use crate::text::Sources;
use std::io;
use std::process::ExitCode;

/// The ways a command can end that is not cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All well.
    Well,
    /// A test or expectation fell short, a file is not in its layout, a question was not answered yes.
    Short,
    /// The input or the arguments are wrong.
    Wrong,
    /// A resource limit ended the run.
    Limit,
    /// Somebody pressed Ctrl-C; 128 + SIGINT, as shells have it.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.status())
    }
}

impl Exit {
    pub fn status(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Short => 1,
            Self::Wrong => 2,
            Self::Limit => 3,
            Self::Interrupted => 130,
        }
    }
}

/// Why a command has no result.
#[derive(Debug)]
pub enum Failure {
    /// Complaints, at least one of them an error, with the sources that they point into.
    Complaints {
        exit: Exit,
        sources: Box<Sources>,
        complaints: Vec<Complaint>,
    },
    /// Something that no place in an input accounts for.
    Plain {
        exit: Exit,
        code: &'static str,
        title: String,
        help: Option<String>,
    },
    /// One for each file that is a case of its own.
    Several(Vec<Self>),
    /// What was printed could not be written.
    Output(io::Error),
}

impl Failure {
    /// Arguments that make no sense.
    pub fn usage(title: impl Into<String>) -> Self {
        Self::Plain {
            exit: Exit::Wrong,
            code: "bad-argument",
            title: title.into(),
            help: None,
        }
    }

    /// A command or option that has a name and nothing more yet.
    pub fn not_there_yet(what: &str) -> Self {
        Self::Plain {
            exit: Exit::Wrong,
            code: "not-there-yet",
            title: format!("`{what}` is not there yet"),
            help: None,
        }
    }

    pub fn exit(&self) -> Exit {
        match self {
            Self::Complaints { exit, .. } | Self::Plain { exit, .. } => *exit,
            Self::Several(failures) => failures.iter().map(Self::exit).max().unwrap_or(Exit::Wrong),
            // The reader has gone, which is its right.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Well,
            Self::Output(_) => Exit::Wrong,
        }
    }
}

impl From<Unsolved> for Failure {
    fn from(unsolved: Unsolved) -> Self {
        let exit = match unsolved.why {
            Why::Wrong => Exit::Wrong,
            Why::Limit => Exit::Limit,
            Why::Interrupted => Exit::Interrupted,
        };
        match unsolved.placeless {
            Some((code, title)) => Self::Plain {
                exit,
                code,
                title,
                help: None,
            },
            None => Self::Complaints {
                exit,
                sources: unsolved.sources,
                complaints: unsolved.complaints,
            },
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
