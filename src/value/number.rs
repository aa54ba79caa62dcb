//! Exact rational numbers of any size up to [`Number::MAX_BITS`].

use num_rational::BigRational;
use std::fmt;
use std::sync::Arc;

/// An exact rational. Whole numbers that fit stay small; the two forms never hold the same number, so that derived
/// equality and hashing are right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    Whole(i64),
    Ratio(Arc<BigRational>),
}

impl Number {
    /// Numerator and denominator stay within this many bits; a result past it is a complaint.
    pub const MAX_BITS: u64 = 4096;

    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Whole(whole) => Some(whole),
            Repr::Ratio(_) => None,
        }
    }

    pub fn to_rational(&self) -> BigRational {
        todo!()
    }

    /// `None` past [`Number::MAX_BITS`].
    pub fn from_rational(_ratio: BigRational) -> Option<Self> {
        todo!()
    }

    /// Reads what the language writes: `5,000`, `-5`, `2.5`, `1e-3`. `None` for anything else or past the limit.
    pub fn read(_text: &str) -> Option<Self> {
        todo!()
    }

    pub fn to_f64(&self) -> f64 {
        todo!()
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self(Repr::Whole(whole))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, _other: &Self) -> std::cmp::Ordering {
        todo!()
    }
}

/// `2.5` where the decimal ends, else `1/3`.
impl fmt::Display for Number {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}
