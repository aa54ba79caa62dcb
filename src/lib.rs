//! `hence`: what follows from facts, rules and scenarios written in near-English.

pub mod complaint;
pub mod program;
pub mod syntax;
pub mod text;
pub mod value;
