//! Arithmetic on values, as the language page has it: numbers, quantities (units multiply and cancel) and dates. Adding unlike things is
//! [`Trouble`].

use super::comparison::as_date;
use super::{Date, Number, Quantity, Trouble, Unit, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// `%` between spaces: what a division by a whole number leaves
    Remainder,
}

/// One step of arithmetic.
///
/// `350 USD per 1000 m³ * 2 bcm` is 700000000 USD; `2010-01-31 + 1 month` is `2010-02-28`; `2010-08-16 - 2010-08-01` is
/// 15 days.
pub fn compute(left: &Value, operation: Operation, right: &Value) -> Result<Value, Trouble> {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => numbers(a, operation, b).map(Value::Number),
        (Value::Date(date), _) => with_date(*date, operation, right),
        (_, Value::Date(date)) => before_date(left, operation, *date),
        (Value::Name(_), _) => Err(Trouble::NotANumber(left.to_string())),
        (_, Value::Name(_)) => Err(Trouble::NotANumber(right.to_string())),
        (Value::Quantity(a), Value::Quantity(b)) => quantities(a, operation, b),
        (Value::Quantity(a), Value::Number(b)) => quantity_and_number(a, operation, b),
        (Value::Number(a), Value::Quantity(b)) => number_and_quantity(a, operation, b),
    }
}

/// `-5 km` for `5 km`.
pub fn negate(value: &Value) -> Result<Value, Trouble> {
    match value {
        Value::Number(number) => Ok(Value::Number(number.negative())),
        Value::Quantity(quantity) => scaled(quantity, &Number::from(-1)),
        Value::Date(_) | Value::Name(_) => Err(Trouble::NotANumber(value.to_string())),
    }
}

/// `value ^ exponent`, refused before it is built if it would be too large.
pub fn power(value: &Value, exponent: i64) -> Result<Value, Trouble> {
    let raised = |number: &Number| match number.power(exponent) {
        None if number.is_zero() => Err(Trouble::DivisionByZero),
        raised => raised.ok_or(Trouble::TooLarge),
    };
    match value {
        Value::Number(number) => raised(number).map(Value::Number),
        Value::Quantity(quantity) => {
            let unit = quantity.unit().power(exponent).ok_or(Trouble::TooLarge)?;
            in_unit(&raised(quantity.number())?, unit)
        }
        Value::Date(_) | Value::Name(_) => Err(Trouble::NotANumber(value.to_string())),
    }
}

fn numbers(a: &Number, operation: Operation, b: &Number) -> Result<Number, Trouble> {
    let result = match operation {
        Operation::Add => a.plus(b),
        Operation::Subtract => a.minus(b),
        Operation::Multiply => a.times(b),
        Operation::Divide | Operation::Remainder if b.is_zero() => {
            return Err(Trouble::DivisionByZero);
        }
        Operation::Divide => a.over(b),
        Operation::Remainder => a.remainder(b),
    };
    result.ok_or(Trouble::TooLarge)
}

fn quantities(a: &Quantity, operation: Operation, b: &Quantity) -> Result<Value, Trouble> {
    let unit = match operation {
        Operation::Multiply => a.unit().product(b.unit()),
        Operation::Divide => match b.unit().inverse().ok_or(Trouble::TooLarge)? {
            (scale, Some(below)) => a
                .unit()
                .product(&below)
                .and_then(|(more, unit)| Some((scale.times(&more)?, unit))),
            (scale, None) => Some((scale, Some(a.unit().clone()))),
        },
        Operation::Add | Operation::Subtract | Operation::Remainder => {
            if !a.unit().converts_to(b.unit()) {
                return Err(Trouble::UnlikeUnits(a.to_string(), b.to_string()));
            }
            let other = if a.unit().is_same(b.unit()) {
                b.number().clone()
            } else {
                b.base().over(a.unit().factor()).ok_or(Trouble::TooLarge)?
            };
            return Value::quantity(numbers(a.number(), operation, &other)?, a.unit().clone());
        }
    };
    let number = numbers(a.number(), operation, b.number())?;
    in_unit(&number, unit.ok_or(Trouble::TooLarge)?)
}

fn quantity_and_number(a: &Quantity, operation: Operation, b: &Number) -> Result<Value, Trouble> {
    match (operation, year_beside(b, a)) {
        (Operation::Multiply | Operation::Divide, _) => {
            Value::quantity(numbers(a.number(), operation, b)?, a.unit().clone())
        }
        (Operation::Add, Some(year)) => year.moved(a, false).map(Value::from),
        _ => Err(Trouble::UnlikeUnits(a.to_string(), b.to_string())),
    }
}

fn number_and_quantity(a: &Number, operation: Operation, b: &Quantity) -> Result<Value, Trouble> {
    match (operation, year_beside(a, b)) {
        (Operation::Multiply, _) => scaled(b, a),
        (Operation::Divide, _) => {
            let number = numbers(a, operation, b.number())?;
            in_unit(&number, b.unit().inverse().ok_or(Trouble::TooLarge)?)
        }
        (Operation::Add | Operation::Subtract, Some(year)) => year
            .moved(b, operation == Operation::Subtract)
            .map(Value::from),
        _ => Err(Trouble::UnlikeUnits(a.to_string(), b.to_string())),
    }
}

/// The year that a number of four digits is where months or years are added to it: `1995 + 25 years` is 2020.
fn year_beside(number: &Number, time: &Quantity) -> Option<Date> {
    let four_digits = number
        .as_i64()
        .is_some_and(|whole| (1000..=9999).contains(&whole));
    (four_digits && time.is_calendar_time())
        .then(|| Date::of_number(number))
        .flatten()
}

fn scaled(quantity: &Quantity, by: &Number) -> Result<Value, Trouble> {
    Value::quantity(
        numbers(quantity.number(), Operation::Multiply, by)?,
        quantity.unit().clone(),
    )
}

fn in_unit(number: &Number, (scale, unit): (Number, Option<Unit>)) -> Result<Value, Trouble> {
    let number = numbers(number, Operation::Multiply, &scale)?;
    match unit {
        Some(unit) => Value::quantity(number, unit),
        None => Ok(Value::Number(number)),
    }
}

/// A date ± a time, or the time between two dates.
fn with_date(date: Date, operation: Operation, right: &Value) -> Result<Value, Trouble> {
    match (operation, right) {
        (Operation::Add | Operation::Subtract, Value::Quantity(time)) => date
            .moved(time, operation == Operation::Subtract)
            .map(Value::from),
        (Operation::Subtract, Value::Date(_) | Value::Number(_)) => between(date, as_date(right)?),
        (Operation::Add, Value::Date(_) | Value::Number(_)) => {
            Err(Trouble::UnlikeUnits(date.to_string(), right.to_string()))
        }
        (Operation::Add | Operation::Subtract, Value::Name(_)) => {
            Err(Trouble::NotANumber(right.to_string()))
        }
        _ => Err(Trouble::NotANumber(date.to_string())),
    }
}

fn before_date(left: &Value, operation: Operation, date: Date) -> Result<Value, Trouble> {
    match (operation, left) {
        (Operation::Add, Value::Quantity(time)) => date.moved(time, false).map(Value::from),
        (Operation::Subtract, Value::Number(_)) => between(as_date(left)?, date),
        (_, Value::Name(_)) => Err(Trouble::NotANumber(left.to_string())),
        (Operation::Add | Operation::Subtract, _) => {
            Err(Trouble::UnlikeUnits(left.to_string(), date.to_string()))
        }
        _ => Err(Trouble::NotANumber(date.to_string())),
    }
}

fn between(later: Date, earlier: Date) -> Result<Value, Trouble> {
    let (number, unit) = later.since(earlier)?;
    let unit = Unit::atom(unit).ok_or(Trouble::TooLarge)?;
    Value::quantity(Number::from(number), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(sign: &str) -> Operation {
        match sign {
            "+" => Operation::Add,
            "-" => Operation::Subtract,
            "*" => Operation::Multiply,
            "/" => Operation::Divide,
            _ => Operation::Remainder,
        }
    }

    /// Both sides and the result are cells: `"2 km" "+" "500 m"`.
    fn result(left: &str, sign: &str, right: &str) -> String {
        let result = compute(
            &Value::read_cell(left),
            operation(sign),
            &Value::read_cell(right),
        );
        result.map_or_else(|trouble| trouble.to_string(), |value| value.to_string())
    }

    #[test]
    fn arithmetic_on_all_kinds() {
        for (left, sign, right, expected) in [
            ("1", "/", "3", "1/3"),
            ("-7", "%", "3", "2"),
            ("2.5", "%", "1", "0.5"),
            ("1", "/", "0", "a division by zero"),
            ("9223372036854775807", "+", "1", "9223372036854775808"),
            ("2 km", "+", "500 m", "2.5 km"),
            ("350 USD per 1000 m³", "*", "2 bcm", "700000000 USD"),
            ("10 MW", "*", "5 hours", "50 MWh"),
            ("10 MW", "*", "5 h", "50 MWh"),
            ("100 m³/year", "*", "18 months", "150 m³"),
            ("6 km", "/", "3 hours", "2 km/hour"),
            ("3", "/", "2 days", "1.5 per day"),
            ("6 km", "/", "3 m", "2000"),
            ("2 km", "*", "3 km", "6 km²"),
            ("2 m", "*", "3 km²", "6000000 m³"),
            ("3 days", "-", "48 hours", "1 day"),
            (
                "1 day",
                "+",
                "1 month",
                "`1 day` and `1 month` have unlike units",
            ),
            ("5 USD", "+", "5", "`5 USD` and `5` have unlike units"),
            (
                "5",
                "*",
                "Armenia",
                "`Armenia` is not a value to reckon with",
            ),
            ("2010-01-31", "+", "1 month", "2010-02-28"),
            ("2010-02", "+", "2 years", "2012-02"),
            ("2010-06", "+", "1 month", "2010-07"),
            ("2010-06", "+", "1 day", "2010-06-02 to 2010-07-01"),
            ("2010-06-05", "-", "1 week", "2010-05-29"),
            ("1995", "+", "25 years", "2020"),
            ("25 years", "+", "1995", "2020"),
            ("2010", "-", "6 months", "2009-07-01 to 2010-06-30"),
            ("5", "+", "3 years", "`5` and `3 years` have unlike units"),
            (
                "2010",
                "+",
                "30 days",
                "`2010` and `30 days` have unlike units",
            ),
            (
                "2010-06-05",
                "+",
                "5 hours",
                "`5 hours` is not a whole number of days or months",
            ),
            ("2010-08-16", "-", "2010-08-01", "15 days"),
            ("2010-08", "-", "2009-06", "14 months"),
            (
                "2010-08",
                "+",
                "2009-06",
                "`2010-08` and `2009-06` have unlike units",
            ),
            (
                "9999-12-31",
                "+",
                "1 day",
                "`9999-12-31 moved by 1 days` is not a date between the years -9999 and 9999",
            ),
        ] {
            assert_eq!(result(left, sign, right), expected, "{left} {sign} {right}");
        }
    }

    #[test]
    fn monsters_are_refused_before_they_are_built() {
        let ten = Value::Number(Number::from(10));
        assert_eq!(power(&ten, i64::MAX), Err(Trouble::TooLarge));
        assert_eq!(power(&ten, i64::MIN), Err(Trouble::TooLarge));
        assert_eq!(
            power(&Value::Number(Number::ZERO), -1),
            Err(Trouble::DivisionByZero)
        );
        assert_eq!(
            power(&Value::read_cell("3 km"), 2).map(|value| value.to_string()),
            Ok("9 km²".into())
        );
        assert_eq!(Number::read("1e999999999999999999999"), None);
        assert_eq!(Number::read("0e999999999"), Some(Number::ZERO));
        assert_eq!(Number::read(&"7".repeat(1 << 20)), None);
    }
}
