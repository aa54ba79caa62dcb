//! What can be wrong with an input, and how it is said. A [`Complaint`] is only ever shown; nothing branches on it.
//! One function per complaint, grouped by what the user did; [`draw`] puts the line and the underline under it.

pub mod aggregates;
pub mod binding;
pub mod contexts;
pub mod draw;
pub mod expectations;
pub mod explain;
pub mod files;
pub mod labels;
pub mod limits;
mod line;
pub mod negation;
pub mod notes;
mod order;
pub mod relations;
mod shape;
pub mod strict;
pub mod syntax;
pub mod units;

pub use draw::{Palette, draw, draw_in};
pub use order::{MOST_DRAWN, draw_all, in_order};
pub use shape::{Complaint, Label, Severity};
