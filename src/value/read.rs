//! Reading a value that stands alone, as in a cell of a loaded table: a number, quantity or date where it reads as one,
//! otherwise a name.

use super::{Date, Number, Quantity, Unit, Value};
use smol_str::SmolStr;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

impl Value {
    /// `5,000`, `30%`, `$350 million`, `12 bcm/year` and `2010-08` are what they say; `Armenia` and `gas` are names.
    pub fn read_cell(cell: &str) -> Self {
        let cell = cell.trim();
        let may_be_value =
            cell.starts_with(|first: char| first.is_ascii_digit() || "-$€£¥".contains(first));
        may_be_value
            .then(|| read_value(cell))
            .flatten()
            .unwrap_or_else(|| Self::Name(SmolStr::new(name_text(cell))))
    }
}

/// A thousand for `thousand`, and so on to `trillion`.
pub fn magnitude(word: &str) -> Option<Number> {
    Some(Number::from(match word {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    }))
}

/// The one form of a name: NFC, with straight quotes and apostrophes.
pub fn name_text(text: &str) -> Cow<'_, str> {
    const CURLY: [char; 4] = ['‘', '’', '“', '”'];
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let composed = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    if !composed.contains(CURLY) {
        return composed;
    }
    Cow::Owned(composed.replace(['‘', '’'], "'").replace(['“', '”'], "\""))
}

fn read_value(cell: &str) -> Option<Value> {
    if let Some(number) = Number::read(cell) {
        return Some(Value::Number(number));
    }
    if let Some(date) = Date::read(cell) {
        return Some(Value::Date(date));
    }
    if let Some(share) = cell.strip_suffix('%') {
        return Number::read(share)?
            .over(&Number::from(100))
            .map(Value::Number);
    }
    read_quantity(cell)
}

/// A number with a sign of money before it, or a magnitude or a unit after it, or both.
fn read_quantity(cell: &str) -> Option<Value> {
    let (negative, unsigned) = cell
        .strip_prefix('-')
        .map_or((false, cell), |unsigned| (true, unsigned));
    let money = unsigned
        .chars()
        .next()
        .and_then(|sign| Some((sign, Unit::sign(sign)?)));
    let body = match &money {
        Some((sign, _)) => &unsigned[sign.len_utf8()..],
        None => unsigned,
    };
    let (number, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    if !number.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let mut number = Number::read(number)?;
    let (word, after) = rest
        .trim_start()
        .split_once(char::is_whitespace)
        .unwrap_or((rest.trim_start(), ""));
    let rest = match magnitude(word) {
        Some(magnitude) => {
            number = number.times(&magnitude)?;
            after.trim_start()
        }
        None => rest.trim_start(),
    };
    if negative {
        number = number.negative();
    }
    let unit = match (money, rest) {
        (Some((_, money)), "") => money,
        (Some((_, money)), rest) => money.read_below(rest)?,
        (None, "") => return Some(Value::Number(number)),
        (None, rest) => Unit::read(rest)?,
    };
    Quantity::written(number, unit, cell).map(Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a cell prints as, after what it is.
    fn cell(text: &str) -> String {
        match Value::read_cell(text) {
            Value::Number(number) => format!("number {number}"),
            Value::Quantity(quantity) => {
                format!("{} of {}", quantity.number(), quantity.unit_written())
            }
            Value::Date(date) => format!("date {date}"),
            Value::Name(name) => format!("name {name}"),
        }
    }

    #[test]
    fn a_cell_is_a_value_where_it_reads_as_one() {
        for (text, value) in [
            ("5,000", "number 5000"),
            (" -5 ", "number -5"),
            ("30%", "number 0.3"),
            ("1e-3", "number 0.001"),
            ("2 million", "number 2000000"),
            ("2010", "number 2010"),
            ("2010-08", "date 2010-08"),
            ("2010-02-29", "name 2010-02-29"),
            ("200 million USD", "200000000 of USD"),
            ("-$5", "-5 of USD"),
            ("$350 per 1000 m3", "350 of USD per 1000 m³"),
            ("12 bcm/year", "12 of bcm/year"),
            ("5 km/m", "number 5000"),
            ("102nd base", "name 102nd base"),
            ("5 parsecs", "name 5 parsecs"),
            ("-", "name -"),
            ("gas", "name gas"),
            ("Cote d’Ivoire", "name Cote d'Ivoire"),
        ] {
            assert_eq!(cell(text), value, "{text}");
        }
    }
}
