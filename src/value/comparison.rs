//! Comparison of values, as the language page has it: numbers, quantities that convert into each other, and dates. `=` between unlike things is
//! false; ordering them is [`Trouble`].

use super::{Date, Number, Trouble, Value};
use std::cmp::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// The same comparison with its sides in the other order.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Equal | Self::NotEqual => self,
        }
    }

    /// The comparison that holds where this one does not.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// As it is written: `<=`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether it holds of two things in this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// Whether a comparison holds. `=` and `!=` never fail; ordering unlike things does. Dates: `<` and `>` compare whole spans, `<=`
/// their ends and `>=` their starts, and a whole number beside a date is the year.
pub fn compare(left: &Value, comparison: Comparison, right: &Value) -> Result<bool, Trouble> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Quantity(a), Value::Quantity(b)) if a.unit().converts_to(b.unit()) => {
            a.base().cmp(b.base())
        }
        (Value::Date(a), Value::Date(b)) => return Ok(compare_dates(*a, comparison, *b)),
        (Value::Date(_), Value::Number(_)) | (Value::Number(_), Value::Date(_)) => {
            return match (as_date(left), as_date(right)) {
                (Ok(a), Ok(b)) => Ok(compare_dates(a, comparison, b)),
                (Err(trouble), _) | (_, Err(trouble)) => unlike(comparison, trouble),
            };
        }
        (Value::Name(a), Value::Name(b)) if a == b => match comparison {
            Comparison::Equal | Comparison::NotEqual => Ordering::Equal,
            _ => return Err(Trouble::NoOrder(a.to_string(), b.to_string())),
        },
        (Value::Quantity(_) | Value::Number(_), Value::Quantity(_) | Value::Number(_)) => {
            return unlike(
                comparison,
                Trouble::UnlikeUnits(left.to_string(), right.to_string()),
            );
        }
        _ => {
            return unlike(
                comparison,
                Trouble::NoOrder(left.to_string(), right.to_string()),
            );
        }
    };
    Ok(comparison.holds(order))
}

/// A value near another that compares with it so: the other itself, or one step from it (in its last decimal, a day). `None` for names, which have
/// no order, and for `!=`.
pub fn next(comparison: Comparison, other: &Value) -> Option<Value> {
    if matches!(other, Value::Name(_)) {
        return None;
    }
    let up = match comparison {
        Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual => {
            return Some(other.clone());
        }
        Comparison::NotEqual => return None,
        Comparison::Greater => true,
        Comparison::Less => false,
    };
    match other {
        Value::Number(number) => next_number(number, up).map(Value::Number),
        Value::Quantity(quantity) => {
            let number = next_number(quantity.number(), up)?;
            Value::quantity(number, quantity.unit().clone()).ok()
        }
        Value::Date(date) => {
            let day = match up {
                true => date.last.checked_add(1)?,
                false => date.first.checked_sub(1)?,
            };
            Some(Value::Date(Date {
                first: day,
                last: day,
            }))
        }
        Value::Name(_) => None,
    }
}

/// One step from a number, in its last decimal.
fn next_number(number: &Number, up: bool) -> Option<Number> {
    let text = number.decimal()?;
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let step = Number::from(10).power(-i64::try_from(decimals).ok()?)?;
    match up {
        true => number.plus(&step),
        false => number.minus(&step),
    }
}

fn compare_dates(a: Date, comparison: Comparison, b: Date) -> bool {
    match comparison {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less => a.last < b.first,
        Comparison::Greater => a.first > b.last,
        Comparison::LessOrEqual => a.last <= b.last,
        Comparison::GreaterOrEqual => a.first >= b.first,
    }
}

/// A date, or the year that a number beside a date means.
pub(super) fn as_date(value: &Value) -> Result<Date, Trouble> {
    match value {
        Value::Date(date) => Ok(*date),
        Value::Number(number) => {
            Date::of_number(number).ok_or_else(|| Trouble::NoSuchDate(number.to_string()))
        }
        Value::Quantity(_) | Value::Name(_) => Err(Trouble::NotANumber(value.to_string())),
    }
}

fn unlike(comparison: Comparison, trouble: Trouble) -> Result<bool, Trouble> {
    match comparison {
        Comparison::Equal => Ok(false),
        Comparison::NotEqual => Ok(true),
        _ => Err(trouble),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_value_compares_as_asked() {
        let cases = [
            (Comparison::Greater, "0.05", Some("0.06")),
            (Comparison::Less, "5", Some("4")),
            (Comparison::GreaterOrEqual, "5", Some("5")),
            (Comparison::NotEqual, "5", None),
        ];
        for (comparison, other, wanted) in cases {
            let number = |text| Value::Number(Number::read(text).expect("a number"));
            let other = number(other);
            let found = next(comparison, &other);
            assert_eq!(found, wanted.map(number));
            let holds = found.map(|found| compare(&found, comparison, &other));
            assert_eq!(holds, wanted.map(|_| Ok(true)));
        }
    }

    #[test]
    fn comparison_of_all_kinds() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        for (left, comparison, right, expected) in [
            ("1 km", Equal, "1000 m", Ok(true)),
            ("2010", Equal, "2010-01", Ok(false)),
            ("2010-08", GreaterOrEqual, "2010", Ok(true)),
            ("2010", GreaterOrEqual, "2010-08", Ok(false)),
            ("2010-08", LessOrEqual, "2010", Ok(true)),
            ("2010-08", Less, "2010-08-31", Ok(false)),
            ("2010-08", Less, "2010-09-01", Ok(true)),
            ("2010-08", Greater, "2009", Ok(true)),
            ("5 USD", Equal, "5", Ok(false)),
            ("5 USD", NotEqual, "5 EUR", Ok(true)),
            (
                "0.5",
                Less,
                "Armenia",
                Err("`0.5` and `Armenia` cannot be put in order"),
            ),
            ("A", Less, "A", Err("`A` and `A` cannot be put in order")),
            (
                "5 USD",
                Less,
                "5 EUR",
                Err("`5 USD` and `5 EUR` have unlike units"),
            ),
            (
                "0.5",
                Less,
                "2010-08",
                Err("`0.5` is not a date between the years -9999 and 9999"),
            ),
        ] {
            let result = compare(
                &Value::read_cell(left),
                comparison,
                &Value::read_cell(right),
            );
            assert_eq!(
                result.map_err(|trouble| trouble.to_string()),
                expected.map_err(String::from),
                "{left} {right}"
            );
        }
    }
}
