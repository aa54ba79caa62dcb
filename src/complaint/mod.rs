//! What can be wrong with an input, and how it is said. A [`Complaint`] is only ever shown; nothing branches on it.
//! One function per complaint, grouped by what the user did; [`draw`] puts the line and the underline under it.

mod complaint;
pub mod draw;

pub use complaint::{Complaint, Label, Severity};
