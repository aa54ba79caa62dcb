//! The one fixed table of units, and products and quotients of them.

use super::Number;
use smol_str::SmolStr;

/// A unit as written, and what it is worth in base units: `USD per 1000 m³` has the factor 1/1000 over `USD·m⁻³`.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Canonical spelling, as printed and as in JSON: `USD per 1000 m³`, `m³/year`.
    pub written: SmolStr,
    pub factor: Number,
    /// Exponents of base units, sorted by base, no zero exponent: `[(USD, 1), (m, -3)]`.
    pub dimension: Vec<(SmolStr, i32)>,
}
