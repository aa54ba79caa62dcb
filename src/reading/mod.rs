//! Model + question → answer. Data only: a reading derives nothing itself and prints nothing.

pub mod answer;
mod conclusions;
mod contradiction;
mod expectation;
mod extent;
mod likelihood;
mod matching;
mod question;
mod reader;
mod scope;
mod standing;

pub use answer::*;
pub use conclusions::RunOptions;
pub use reader::Reader;
