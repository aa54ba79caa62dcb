//! `hence`: what follows from facts, rules and scenarios written in near-English.

pub mod check;
pub mod cli;
pub mod complaint;
pub mod core;
pub mod engine;
pub mod files;
pub mod format;
pub mod label;
pub mod model;
pub mod print;
pub mod program;
pub mod reading;
pub mod repl;
pub mod say;
pub mod session;
pub mod syntax;
pub mod testing;
pub mod text;
pub mod value;
