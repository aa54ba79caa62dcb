//! The command line: arguments in, exit status out. One file per command; [`exit`] alone decides the status.

pub mod args;
pub mod exit;
pub mod pattern;
