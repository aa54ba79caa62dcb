//! The interactive desk: lines from a person (or a pipe) to a [`Session`](crate::session::Session), its replies to the terminal.

mod commands;
mod shell;

pub use commands::Desk;
pub use shell::run;
