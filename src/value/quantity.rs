//! A number with a unit.

use super::{Number, Unit};

/// `200 million USD`: the number with its magnitude multiplied in, and the unit as first written. Equality, hashing and
/// order are those of the value in base units: `1000 m` equals `1 km`.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub number: Number,
    pub unit: Unit,
    /// As first written, which is how it prints; computed quantities print `number unit`.
    pub text: Option<smol_str::SmolStr>,
}

impl PartialEq for Quantity {
    fn eq(&self, _other: &Self) -> bool {
        todo!()
    }
}

impl Eq for Quantity {}

impl std::hash::Hash for Quantity {
    fn hash<H: std::hash::Hasher>(&self, _state: &mut H) {
        todo!()
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A total order for printing rows: by dimension, then by value.
impl Ord for Quantity {
    fn cmp(&self, _other: &Self) -> std::cmp::Ordering {
        todo!()
    }
}
