//! `hence`: what follows from facts, rules and scenarios written in near-English.

pub mod complaint;
pub mod core;
pub mod engine;
pub mod files;
pub mod label;
pub mod model;
pub mod program;
pub mod reading;
pub mod syntax;
pub mod text;
pub mod value;
