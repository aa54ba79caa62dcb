//! Core → model: semi-naive evaluation, stratum by stratum. Numbers and labels only; no text, no input, no printing.

pub mod limits;

pub use limits::{Limits, Stopped};

use crate::core::Core;
use crate::model::Model;
use crate::value::Terms;

/// Runs the core to its fixpoint.
///
/// # Errors
/// When a limit is met, the run is cancelled, or a value cannot be computed.
pub fn run(_core: &Core, _terms: Terms, _limits: &Limits) -> Result<Model, Stopped> {
    todo!()
}
