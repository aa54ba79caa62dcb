//! Model + question → answer. Data only: a reading derives nothing itself and prints nothing.

pub mod answer;

pub use answer::*;
