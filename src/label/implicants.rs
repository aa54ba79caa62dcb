//! The smallest sets of choices that guarantee a label, or leave it.

use super::{AxisId, Diagram, Label};

/// Choices of one value on each of some axes, in order of axis.
pub type Choices = Vec<(AxisId, u32)>;

impl Diagram {
    /// The minimal sets of choices on `axes` that, made on top of `from` (one value for each of these axes), lead into `goal`:
    /// changing just these axes of `from` gives a context of `goal`, and no proper part of the change does. Smallest first, then in
    /// order; at most `limit` of them. `goal` must depend on these axes alone.
    pub fn flips(&mut self, _goal: Label, _from: &[(AxisId, u32)], _limit: usize) -> Vec<Choices> {
        todo!()
    }
}
