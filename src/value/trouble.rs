//! What can go wrong in arithmetic and comparison.

/// Why a value cannot be computed or compared. The texts are parts of a complaint: `a division by zero`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
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
    #[error("`{0}` and `{1}` are dates of different length, with no exact time between them")]
    UnlikeDates(String, String),
    #[error("`{0}` is not a whole number of days or months")]
    Uneven(String),
    #[error("`{0}` is not a date between the years -9999 and 9999")]
    NoSuchDate(String),
}
