//! What a term can be: a name, an exact number, a quantity with a unit, a date. Arithmetic and comparison as the
//! language has them; nothing here knows a sentence or a rule.

mod arithmetic;
mod comparison;
pub mod date;
#[cfg(test)]
mod laws;
mod number;
mod quantity;
mod read;
mod slots;
mod terms;
mod trouble;
mod unit;
mod unit_table;

pub use arithmetic::{Operation, compute, negate, power};
pub use comparison::{Comparison, compare, next};
pub use date::Date;
pub use number::Number;
pub use quantity::Quantity;
pub use read::{magnitude, name_text};
pub use terms::{Term, Terms};
pub use trouble::Trouble;
pub use unit::Unit;

use smol_str::SmolStr;
use std::fmt;

/// What a term stands for. Ordered as rows are: numbers, quantities, dates, names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    Number(Number),
    Quantity(Quantity),
    Date(Date),
    Name(SmolStr),
}

impl Value {
    /// A number with a unit; a plain number where nothing is left of the unit, as in `5 km/m`.
    pub fn quantity(number: Number, unit: Unit) -> Result<Self, Trouble> {
        Quantity::new(number, unit)
            .map(Self::from)
            .ok_or(Trouble::TooLarge)
    }
}

impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Self {
        if quantity.unit().is_plain() {
            Self::Number(quantity.base().clone())
        } else {
            Self::Quantity(quantity)
        }
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

/// A whole year is its number, as it is where it is written: `2010`.
impl From<Date> for Value {
    fn from(date: Date) -> Self {
        match date.as_year() {
            Some(year) => Self::Number(Number::from(year)),
            None => Self::Date(date),
        }
    }
}

/// As it is said in a message; a name without quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}
