//! Model + question → answer. Data only: a reading derives nothing itself and prints nothing.

mod aggregate;
pub mod answer;
mod conclusions;
mod contradiction;
mod expectation;
mod extent;
mod likelihood;
mod matching;
pub mod proof;
mod question;
mod reader;
mod scope;
mod standing;
mod tainted;
mod take;
mod why;

pub use answer::*;
pub use conclusions::RunOptions;
pub use reader::{AskOptions, Reader, Rerun};
