//! Tests inside rule files. Comes in: an evaluated case; goes out: for each test whether it passed, and where not, what was expected and
//! what came. Each file is a case of its own.

mod coverage;
mod outcome;
mod run;

pub use coverage::{Coverage, Covered, PieceKind};
pub use outcome::{Contradiction, Failure, Outcome, Report, TestRun};
pub use run::Case;
