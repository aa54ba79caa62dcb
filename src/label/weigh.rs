//! Weighted count of a label: how likely it is.

use super::{Diagram, Label};

impl Diagram {
    /// The weight of `a`: the sum over its contexts of the product of their values' weights. `weights[axis][value]`; each axis'
    /// weights sum to 1. One memoised pass over the shared nodes.
    pub fn weigh(&self, _a: Label, _weights: &[Vec<f64>]) -> f64 {
        todo!()
    }
}
