//! What a term can be: a name, an exact number, a quantity with a unit, a date. Arithmetic and comparison as the
//! language has them; nothing here knows a sentence or a rule.

mod arithmetic;
pub mod date;
mod number;
mod quantity;
mod terms;
mod unit;

pub use arithmetic::{Comparison, Operation, Trouble, compare, compute};
pub use date::Date;
pub use number::Number;
pub use quantity::Quantity;
pub use terms::{Term, Terms};
pub use unit::Unit;

use smol_str::SmolStr;

/// What a term stands for. Ordered as rows are: numbers, quantities, dates, names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    Number(Number),
    Quantity(Quantity),
    Date(Date),
    Name(SmolStr),
}
