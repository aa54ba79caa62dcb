//! The program as its users meet it: the real binary on real files.

mod cli;
mod compare;
mod complaints;
mod contexts;
mod covered;
mod explained;
mod explained_cases;
mod explained_json;
mod hostile;
mod json;
mod language;
mod limits;
mod memo;
mod recorded;
mod repl;
mod same;
mod support;
mod takes;
#[cfg(unix)]
mod terminal;
mod told;
mod watched;
