//! Sources and what follows from them now: statements added and taken back, questions answered. Knows no terminal; the command line and
//! the interactive desk both work over it.

mod evaluation;
mod prepare;
mod sitting;

pub use evaluation::{Evaluation, Unsolved, Why};
pub use prepare::{Prepared, prepare};
pub use sitting::{Change, Listed, Reply, Session, Words};
