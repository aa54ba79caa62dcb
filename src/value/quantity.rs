//! A number with a unit.

use super::{Number, Unit, unit_table};
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// `200 million USD`: the number with its magnitude multiplied in, and the unit as first written. Equality, hashing and
/// order are those of the value in base units: `1000 m` equals `1 km`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Quantity(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    number: Number,
    unit: Unit,
    text: Option<SmolStr>,
    /// The number in base units.
    base: Number,
}

impl Quantity {
    /// `None` where the number in base units passes [`Number::MAX_BITS`].
    pub fn new(number: Number, unit: Unit) -> Option<Self> {
        Self::with_text(number, unit, None)
    }

    /// A quantity that prints as it was written: 200000000, `USD`, `200 million USD`.
    pub fn written(number: Number, unit: Unit, text: impl Into<SmolStr>) -> Option<Self> {
        Self::with_text(number, unit, Some(text.into()))
    }

    fn with_text(number: Number, unit: Unit, text: Option<SmolStr>) -> Option<Self> {
        let base = number.times(unit.factor())?;
        Some(Self(Arc::new(Parts {
            number,
            unit,
            text,
            base,
        })))
    }

    /// The number, magnitude and all: 200000000 for `200 million USD`.
    pub fn number(&self) -> &Number {
        &self.0.number
    }

    pub fn unit(&self) -> &Unit {
        &self.0.unit
    }

    /// `USD per 1000 m³`
    pub fn unit_written(&self) -> &str {
        self.0.unit.written()
    }

    /// Whether it is so many months or years.
    pub(super) fn is_calendar_time(&self) -> bool {
        matches!(self.0.unit.dimension(), [(unit_table::MONTH, 1)])
    }

    /// The number in base units: 3000 for `3 km`.
    pub fn base(&self) -> &Number {
        &self.0.base
    }
}

/// As first written, else number and unit: `12 days`, `12000 days`; in the alternate form `12,000 days`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.text {
            Some(text) => f.write_str(text),
            None if self.0.number == Number::ONE => {
                write!(f, "1 {}", self.0.unit.written_for_one())
            }
            None if f.alternate() => write!(f, "{:#} {}", self.0.number, self.0.unit.written()),
            None => write!(f, "{} {}", self.0.number, self.0.unit.written()),
        }
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.base == other.0.base && self.0.unit.converts_to(&other.0.unit))
    }
}

impl Eq for Quantity {}

impl std::hash::Hash for Quantity {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.base.hash(state);
        self.0.unit.dimension().hash(state);
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A total order for printing rows: by dimension, then by value.
impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        let dimension = self.0.unit.dimension().cmp(other.0.unit.dimension());
        dimension.then_with(|| self.0.base.cmp(&other.0.base))
    }
}
