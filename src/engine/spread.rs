//! How many different terms a column has, as far as a sample tells: what the order of a join rests on where no index
//! knows better.

use crate::model::{RowId, Table};
use rustc_hash::FxHashMap;

/// Estimates by column, with the size of the table when they were made.
#[derive(Debug, Default)]
pub struct Spread {
    rows: usize,
    columns: Vec<Option<f64>>,
}

const SAMPLE: usize = 1024;

impl Spread {
    /// How many different terms the column has, about.
    pub fn of(&mut self, table: &Table, column: u32) -> f64 {
        if table.len() > self.rows * 2 || self.columns.is_empty() {
            self.rows = table.len();
            self.columns = vec![None; table.arity()];
        }
        *self.columns[column as usize].get_or_insert_with(|| estimate(table, column as usize))
    }
}

/// Terms seen twice in the sample count once; those seen once stand for as many others as the sample leaves out (the
/// "guaranteed error" estimator of Charikar and others, PODS 2000).
fn estimate(table: &Table, column: usize) -> f64 {
    let rows = table.len();
    let step = rows.div_ceil(SAMPLE).max(1);
    let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
    for row in (0..rows).step_by(step) {
        *seen
            .entry(table.row(RowId(row as u32))[column].0)
            .or_default() += 1;
    }
    let singles = seen.values().filter(|&&count| count == 1).count() as f64;
    (step as f64).sqrt() * singles + (seen.len() as f64 - singles)
}
