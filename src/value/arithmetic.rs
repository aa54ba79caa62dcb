//! Arithmetic and comparison on values, as the language page has them.

use super::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `%` between spaces: what a division by a whole number leaves
    Remainder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Why a value cannot be computed or compared. The texts are parts of a complaint: `a division by zero`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("a division by zero")]
    DivisionByZero,
    #[error("a number past the limit of {} bits", super::Number::MAX_BITS)]
    TooLarge,
    #[error("`{0}` and `{1}` have unlike units")]
    UnlikeUnits(String, String),
    #[error("`{0}` is not a value to reckon with")]
    NotANumber(String),
    #[error("`{0}` and `{1}` cannot be put in order")]
    NoOrder(String, String),
    #[error("`{0}` is not a date between the years -9999 and 9999")]
    NoSuchDate(String),
}

/// One step of arithmetic.
pub fn compute(_left: &Value, _operation: Operation, _right: &Value) -> Result<Value, Trouble> {
    todo!()
}

/// Whether a comparison holds. `=` and `!=` never fail; ordering unlike things does.
pub fn compare(_left: &Value, _comparison: Comparison, _right: &Value) -> Result<bool, Trouble> {
    todo!()
}
