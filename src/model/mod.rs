//! What follows: rows, in which contexts, in which order they arrived. Built by the engine, changed by nobody after.

mod keys;
mod known;
mod lookup;
mod members;
mod pairs;
mod sharing;
pub mod table;

pub(crate) use keys::Keys;
pub(crate) use known::Known;
pub(crate) use members::hash_row;
pub(crate) use pairs::{Pairs, Set};
pub(crate) use table::Mark;
pub use table::{RowId, Table};

use crate::core::CoreId;
use crate::label::Diagram;
use crate::value::Terms;

/// The fixpoint of a core.
#[derive(Clone, Debug)]
pub struct Model {
    /// By core relation: what holds.
    pub tables: Vec<Table>,
    /// By core relation: what holds or is left open by a loop, where that is more than `tables` has. What an open row was concluded
    /// from either holds or arrived here before it.
    pub upper: Vec<Option<Table>>,
    /// The program's terms and those that arithmetic made.
    pub terms: Terms,
    pub diagram: Diagram,
}

impl Model {
    pub fn table(&self, relation: CoreId) -> &Table {
        &self.tables[relation.at()]
    }

    /// The upper bound: what holds or is open.
    pub fn upper(&self, relation: CoreId) -> &Table {
        self.upper[relation.at()]
            .as_ref()
            .unwrap_or(&self.tables[relation.at()])
    }
}
