//! The one fixed table of units. Adding a unit is adding a line; no other place knows a unit by name, but for what a leading
//! `$` means and the units of time in `date.rs`.

use super::Number;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Exponents of base units, sorted by base, none of them 0: `[("USD", 1), ("m", -3)]`.
pub(super) type Dimension = Vec<(&'static str, i32)>;

/// One way to write one unit: `day` and `days`, `km` and `km`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub one: &'static str,
    pub many: &'static str,
    /// What one of it is in base units.
    pub factor: Number,
    pub dimension: Dimension,
}

/// Base unit of spans of days and of clock time.
pub(super) const SECOND: &str = "s";
/// Base unit of months and years, which are no fixed number of days.
pub(super) const MONTH: &str = "month";

type Bases = &'static [(&'static str, i32)];
/// As in `one`, as in `many`, numerator and denominator of the factor, dimension.
type Line = (&'static str, &'static str, i64, i64, Bases);

const LENGTH: Bases = &[("m", 1)];
const AREA: Bases = &[("m", 2)];
const VOLUME: Bases = &[("m", 3)];
const MASS: Bases = &[("kg", 1)];
const TIME: Bases = &[(SECOND, 1)];
const MONTHS: Bases = &[(MONTH, 1)];
const FREQUENCY: Bases = &[(SECOND, -1)];
const FORCE: Bases = &[("kg", 1), ("m", 1), (SECOND, -2)];
const PRESSURE: Bases = &[("kg", 1), ("m", -1), (SECOND, -2)];
const ENERGY: Bases = &[("kg", 1), ("m", 2), (SECOND, -2)];
const POWER: Bases = &[("kg", 1), ("m", 2), (SECOND, -3)];
const VOLTAGE: Bases = &[("A", -1), ("kg", 1), ("m", 2), (SECOND, -3)];

/// Of two spellings for one thing the first is used for what is computed.
#[rustfmt::skip]
const LINES: &[Line] = &[
    ("m", "m", 1, 1, LENGTH), ("km", "km", 1_000, 1, LENGTH), ("cm", "cm", 1, 100, LENGTH), ("mm", "mm", 1, 1_000, LENGTH),
    ("metre", "metres", 1, 1, LENGTH), ("meter", "meters", 1, 1, LENGTH),
    ("kilometre", "kilometres", 1_000, 1, LENGTH), ("kilometer", "kilometers", 1_000, 1, LENGTH),

    ("m²", "m²", 1, 1, AREA), ("km²", "km²", 1_000_000, 1, AREA), ("ha", "ha", 10_000, 1, AREA), ("hectare", "hectares", 10_000, 1, AREA),

    ("m³", "m³", 1, 1, VOLUME), ("bcm", "bcm", 1_000_000_000, 1, VOLUME), ("mcm", "mcm", 1_000_000, 1, VOLUME),
    ("litre", "litres", 1, 1_000, VOLUME), ("liter", "liters", 1, 1_000, VOLUME), ("l", "l", 1, 1_000, VOLUME),
    // 42 US gallons of 231 cubic inches
    ("barrel", "barrels", 158_987_294_928, 1_000_000_000_000, VOLUME), ("bbl", "bbl", 158_987_294_928, 1_000_000_000_000, VOLUME),

    ("kg", "kg", 1, 1, MASS), ("g", "g", 1, 1_000, MASS), ("mg", "mg", 1, 1_000_000, MASS), ("t", "t", 1_000, 1, MASS),
    ("kt", "kt", 1_000_000, 1, MASS), ("Mt", "Mt", 1_000_000_000, 1, MASS), ("tonne", "tonnes", 1_000, 1, MASS),
    ("kilogram", "kilograms", 1, 1, MASS), ("gram", "grams", 1, 1_000, MASS),

    ("s", "s", 1, 1, TIME), ("second", "seconds", 1, 1, TIME), ("min", "min", 60, 1, TIME), ("minute", "minutes", 60, 1, TIME),
    ("h", "h", 3_600, 1, TIME), ("hour", "hours", 3_600, 1, TIME), ("day", "days", 86_400, 1, TIME), ("week", "weeks", 604_800, 1, TIME),
    ("month", "months", 1, 1, MONTHS), ("year", "years", 12, 1, MONTHS),

    ("Hz", "Hz", 1, 1, FREQUENCY), ("kHz", "kHz", 1_000, 1, FREQUENCY), ("MHz", "MHz", 1_000_000, 1, FREQUENCY),
    ("GHz", "GHz", 1_000_000_000, 1, FREQUENCY),
    ("N", "N", 1, 1, FORCE), ("kN", "kN", 1_000, 1, FORCE),
    ("Pa", "Pa", 1, 1, PRESSURE), ("kPa", "kPa", 1_000, 1, PRESSURE), ("MPa", "MPa", 1_000_000, 1, PRESSURE),

    ("J", "J", 1, 1, ENERGY), ("kJ", "kJ", 1_000, 1, ENERGY), ("MJ", "MJ", 1_000_000, 1, ENERGY),
    ("GJ", "GJ", 1_000_000_000, 1, ENERGY), ("TJ", "TJ", 1_000_000_000_000, 1, ENERGY), ("PJ", "PJ", 1_000_000_000_000_000, 1, ENERGY),
    ("Wh", "Wh", 3_600, 1, ENERGY), ("kWh", "kWh", 3_600_000, 1, ENERGY), ("MWh", "MWh", 3_600_000_000, 1, ENERGY),
    ("GWh", "GWh", 3_600_000_000_000, 1, ENERGY), ("TWh", "TWh", 3_600_000_000_000_000, 1, ENERGY),

    ("W", "W", 1, 1, POWER), ("kW", "kW", 1_000, 1, POWER), ("MW", "MW", 1_000_000, 1, POWER),
    ("GW", "GW", 1_000_000_000, 1, POWER), ("TW", "TW", 1_000_000_000_000, 1, POWER),
    ("watt", "watts", 1, 1, POWER), ("kilowatt", "kilowatts", 1_000, 1, POWER), ("megawatt", "megawatts", 1_000_000, 1, POWER),
    ("gigawatt", "gigawatts", 1_000_000_000, 1, POWER),
    ("V", "V", 1, 1, VOLTAGE), ("kV", "kV", 1_000, 1, VOLTAGE), ("A", "A", 1, 1, &[("A", 1)]), ("K", "K", 1, 1, &[("K", 1)]),
];

/// ISO 4217 codes, each a base of its own: no rate is fixed.
#[rustfmt::skip]
const CURRENCIES: &[&str] = &[
    "USD", "EUR", "GBP", "JPY", "CNY", "RUB", "AZN", "AMD", "GEL", "TRY", "UAH", "KZT", "UZS", "TMT", "KGS", "TJS", "BYN", "MDL",
    "PLN", "CZK", "HUF", "RON", "BGN", "RSD", "CHF", "SEK", "NOK", "DKK", "ISK", "CAD", "AUD", "NZD", "INR", "PKR", "BDT", "LKR",
    "IDR", "MYR", "SGD", "THB", "VND", "PHP", "KRW", "KPW", "TWD", "HKD", "MNT", "AFN", "SAR", "AED", "QAR", "KWD", "BHD", "OMR",
    "YER", "IRR", "IQD", "ILS", "JOD", "LBP", "SYP", "EGP", "LYD", "TND", "DZD", "MAD", "SDG", "ZAR", "NGN", "KES", "ETB", "GHS",
    "AOA", "CDF", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "VES", "BOB", "CUP", "XDR",
];

/// Other ways to write an entry, which print as the entry.
const ALIASES: &[(&str, &str)] = &[("m2", "m²"), ("km2", "km²"), ("m3", "m³"), ("L", "l")];

struct Table {
    entries: Vec<Entry>,
    /// By spelling, singular, plural or alias.
    by_spelling: FxHashMap<&'static str, usize>,
    /// The first spelling of those that are one in small letters.
    by_small_letters: FxHashMap<String, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let currencies = CURRENCIES.iter().map(|&code| Entry {
        one: code,
        many: code,
        factor: Number::ONE,
        dimension: vec![(code, 1)],
    });
    let others = LINES.iter().map(|&(one, many, numer, denom, bases)| Entry {
        one,
        many,
        factor: Number::fraction(numer, denom).expect("no denominator of the table is 0"),
        dimension: bases.to_vec(),
    });
    let entries: Vec<Entry> = currencies.chain(others).collect();
    let mut by_spelling = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        by_spelling.insert(entry.one, at);
        by_spelling.insert(entry.many, at);
    }
    for (alias, spelling) in ALIASES {
        by_spelling.insert(alias, by_spelling[spelling]);
    }
    let mut by_small_letters = FxHashMap::default();
    for spelling in entries.iter().flat_map(|entry| [entry.one, entry.many]) {
        by_small_letters
            .entry(spelling.to_ascii_lowercase())
            .or_insert(spelling);
    }
    Table {
        entries,
        by_spelling,
        by_small_letters,
    }
});

/// The entry of a spelling.
pub(super) fn find(spelling: &str) -> Option<&'static Entry> {
    TABLE
        .by_spelling
        .get(spelling)
        .map(|&at| &TABLE.entries[at])
}

/// The spelling that is this one but for its capitals.
pub(super) fn find_in_other_case(word: &str) -> Option<&'static str> {
    const LONGEST: usize = 16;
    if word.len() > LONGEST {
        return None;
    }
    let known = &TABLE.by_small_letters;
    match word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => known.get(&word.to_ascii_lowercase()),
        false => known.get(word),
    }
    .copied()
}

/// The first entry of exactly this size.
pub(super) fn with_size(
    dimension: &[(&'static str, i32)],
    factor: &Number,
) -> Option<&'static Entry> {
    TABLE
        .entries
        .iter()
        .find(|entry| entry.dimension == dimension && entry.factor == *factor)
}

/// What a sign before a number stands for: `$5` is `5 USD`.
pub(super) fn by_sign(sign: char) -> Option<&'static Entry> {
    find(match sign {
        '$' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' => "JPY",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_found_and_has_sorted_bases() {
        for entry in &TABLE.entries {
            assert_eq!(find(entry.one), Some(entry));
            assert_eq!(find(entry.many), Some(entry));
            assert!(
                entry.dimension.is_sorted_by(|a, b| a.0 < b.0),
                "{}",
                entry.one
            );
        }
    }
}
