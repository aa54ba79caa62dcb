//! Model + question → answer. Data only: a reading derives nothing itself and prints nothing.

mod aggregate;
pub mod answer;
mod compare;
mod conclusions;
mod contradiction;
mod coverage;
mod elsewhere;
mod expectation;
mod extent;
mod likelihood;
mod matching;
pub mod proof;
mod question;
mod reader;
mod scope;
mod standing;
mod strict;
mod tainted;
mod take;
mod why;

pub use answer::*;
pub use compare::{
    Column, CompareOptions, ComparedCell, ComparedRow, Comparison, KeyDriver, Sensitivity,
    WeighedDriver,
};
pub use conclusions::{LeftOut, RunOptions};
pub use coverage::{Dependence, Piece, exceptions_in};
pub use elsewhere::Elsewhere;
pub use extent::Stretch;
pub use reader::{AskOptions, Reader, Rerun};
pub use strict::NotCarried;
