//! Terms: a string for a name, a number for a plain number, an object for the rest.

use crate::say::Voice;
use crate::value::{Number, Term, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A number with more digits than this would not survive a reader's floating point.
const SAFE_DIGITS: usize = 15;

pub struct TermJson<'a>(pub Voice<'a>, pub Term);

impl Serialize for TermJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(whole) = self.1.as_small() {
            return serializer.serialize_i64(whole);
        }
        ValueJson(&self.0.terms.get(self.1)).serialize(serializer)
    }
}

/// The value of a term.
pub struct ValueJson<'a>(pub &'a Value);

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Name(name) => serializer.serialize_str(name),
            Value::Number(number) => NumberJson(number).serialize(serializer),
            Value::Quantity(quantity) => {
                let mut object = serializer.serialize_map(Some(2))?;
                object.serialize_entry("value", &NumberJson(quantity.number()))?;
                object.serialize_entry("unit", quantity.unit_written())?;
                object.end()
            }
            Value::Date(date) => {
                let mut object = serializer.serialize_map(Some(1))?;
                object.serialize_entry("date", &date.to_string())?;
                object.end()
            }
        }
    }
}

/// Terms in order.
pub struct TermsJson<'a>(pub Voice<'a>, pub &'a [Term]);

impl Serialize for TermsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|&term| TermJson(self.0, term)))
    }
}

/// A plain number where a reader's floating point holds it exactly enough, else `{"number": "1/3"}`.
struct NumberJson<'a>(&'a Number);

impl Serialize for NumberJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.to_string();
        if significant_digits(&text).is_some_and(|digits| digits <= SAFE_DIGITS) {
            if let Some(whole) = self.0.as_i64() {
                return serializer.serialize_i64(whole);
            }
            if let Some(float) = text
                .parse::<f64>()
                .ok()
                .filter(|float| float.is_finite() && *float != 0.0)
            {
                return serializer.serialize_f64(float);
            }
        }
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry("number", &text)?;
        object.end()
    }
}

/// How many digits a decimal needs, zeros at both ends left out; `None` for a fraction such as `1/3`.
fn significant_digits(text: &str) -> Option<usize> {
    if text.contains('/') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Some(digits.trim_matches('0').len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Program;
    use crate::value::{Date, Terms};

    fn json(value: Value) -> String {
        let (program, mut terms) = (Program::default(), Terms::default());
        let term = terms.intern(value);
        serde_json::to_string(&TermJson(Voice::new(&program, &terms), term))
            .expect("terms are JSON")
    }

    fn number(text: &str) -> String {
        json(Value::Number(Number::read(text).expect("a number")))
    }

    #[test]
    fn a_plain_number_is_a_number_as_long_as_it_survives() {
        assert_eq!(number("5,000"), "5000");
        assert_eq!(number("-2.5"), "-2.5");
        assert_eq!(number("123456789012345"), "123456789012345");
        assert_eq!(
            number("1234567890123456"),
            r#"{"number":"1234567890123456"}"#
        );
        assert_eq!(number("1000000000000000000000"), "1e+21");
    }

    #[test]
    fn names_and_dates_say_what_they_are() {
        assert_eq!(json(Value::Name("102nd base".into())), r#""102nd base""#);
        assert_eq!(
            json(Value::Date(Date::read("2010-08").expect("a date"))),
            r#"{"date":"2010-08"}"#
        );
    }
}
