//! Laws that numbers, quantities and dates keep, tried on random ones: arithmetic as `num-rational` has it, dates as a calendar
//! counted day by day, and printing that can be read again.

use super::{
    Comparison, Date, Number, Operation, Quantity, Term, Terms, Unit, Value, compare, compute,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Small and large whole numbers and fractions, those at the edges of the machine's among them.
fn number() -> impl Strategy<Value = Number> {
    let edge = prop_oneof![
        Just(i64::MAX),
        Just(i64::MIN),
        Just(1 << 31),
        Just(-1),
        Just(0),
        Just(u32::MAX.into())
    ];
    let whole = prop_oneof![3 => -20_i64..20, 1 => any::<i64>(), 1 => edge];
    (whole.clone(), whole, 0_u32..3).prop_map(|(numer, denom, scale)| {
        let denom = if denom == 0 { 1 } else { denom };
        let fraction = BigRational::new(BigInt::from(numer), BigInt::from(denom));
        let scaled = fraction * BigRational::from_integer(BigInt::from(10).pow(scale * 15));
        Number::from_rational(scaled).expect("within the limit")
    })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let unit = prop::sample::select(vec![
        "m",
        "km",
        "m³",
        "bcm",
        "USD",
        "EUR",
        "days",
        "hours",
        "years",
        "m³/year",
        "USD per 1000 m³",
        "MW",
        "GWh",
        "J",
        "km²",
    ]);
    (number(), unit).prop_map(|(number, unit)| {
        Quantity::new(number, Unit::read(unit).expect("a unit of the table"))
            .expect("within the limit")
    })
}

fn date() -> impl Strategy<Value = Date> {
    prop_oneof![
        (1800_i16..2200, 1_u8..13, 1_u8..29)
            .prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        (1800_i16..2200, 1_u8..13).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
    ]
    .prop_map(|text| Date::read(&text).expect("a date that exists"))
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        number().prop_map(Value::Number),
        quantity().prop_map(Value::Quantity),
        date().prop_map(Value::Date),
        "[A-Z][a-z]{0,3}".prop_map(|name| Value::Name(name.into())),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    use Operation::{Add, Divide, Multiply, Remainder, Subtract};
    prop::sample::select(vec![Add, Subtract, Multiply, Divide, Remainder])
}

fn judged(a: &BigRational, operation: Operation, b: &BigRational) -> Option<BigRational> {
    Some(match operation {
        Operation::Add => a + b,
        Operation::Subtract => a - b,
        Operation::Multiply => a * b,
        Operation::Divide | Operation::Remainder if b.is_zero() => return None,
        Operation::Divide => a / b,
        Operation::Remainder => a - b * (a / b).floor(),
    })
}

/// The calendar, counted.
fn next_day(year: i32, month: i32, day: i32) -> (i32, i32, i32) {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (day < length, month < 12) {
        (true, _) => (year, month, day + 1),
        (false, true) => (year, month + 1, 1),
        (false, false) => (year + 1, 1, 1),
    }
}

proptest! {
    #[test]
    fn numbers_reckon_as_rationals_do(a in number(), operation in operation(), b in number()) {
        let (left, right) = (Value::Number(a.clone()), Value::Number(b.clone()));
        let result = compute(&left, operation, &right).ok();
        let expected = judged(&a.to_rational(), operation, &b.to_rational());
        prop_assert_eq!(result, expected.and_then(Number::from_rational).map(Value::Number));
        prop_assert_eq!(a.cmp(&b), a.to_rational().cmp(&b.to_rational()));
    }

    #[test]
    fn powers_are_repeated_products(a in number(), exponent in 0_i64..6) {
        let product = (0..exponent).try_fold(Number::ONE, |product, _| product.times(&a));
        prop_assert_eq!(a.power(exponent), product.clone());
        if let Some(product) = product.filter(|product| !product.is_zero()) {
            prop_assert_eq!(a.power(-exponent), Number::ONE.over(&product));
        }
    }

    #[test]
    fn an_ending_decimal_reads_as_it_prints(a in number()) {
        if let Some(text) = a.decimal() {
            prop_assert_eq!(Number::read(&text), Some(a.clone()));
            prop_assert_eq!(&text, &a.to_string());
            let grouped = format!("{a:#}");
            prop_assert_eq!(Number::read(&grouped), Some(a.clone()));
            prop_assert_eq!(grouped.replace(',', ""), text);
        }
    }

    #[test]
    fn equal_values_hash_alike_and_are_one_term(a in value(), b in value()) {
        let mut terms = Terms::default();
        let (x, y) = (terms.intern(a.clone()), terms.intern(b.clone()));
        prop_assert_eq!(x == y, a == b);
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        prop_assert_eq!(terms.order(x, y), a.cmp(&b));
        if a == b {
            prop_assert_eq!(FxBuildHasher.hash_one(&a), FxBuildHasher.hash_one(&b));
        }
    }

    #[test]
    fn terms_reckon_as_their_values_do(a in value(), operation in operation(), b in value()) {
        let mut terms = Terms::default();
        let (x, y) = (terms.intern(a.clone()), terms.intern(b.clone()));
        let by_terms = terms.compute(x, operation, y).map(|term| terms.get(term));
        prop_assert_eq!(by_terms, compute(&a, operation, &b));
        for comparison in [Comparison::Equal, Comparison::NotEqual, Comparison::LessOrEqual, Comparison::Greater] {
            prop_assert_eq!(terms.compare(x, comparison, y), compare(&a, comparison, &b));
        }
    }

    #[test]
    fn small_terms_reckon_as_numbers_do(a in -(1_i64 << 30)..1 << 30, operation in operation(), b in -(1_i64 << 30)..1 << 30) {
        let mut terms = Terms::default();
        let (x, y) = (Term::small(a).expect("small"), Term::small(b).expect("small"));
        let by_terms = terms.compute(x, operation, y).map(|term| terms.get(term));
        prop_assert_eq!(by_terms, compute(&Number::from(a).into(), operation, &Number::from(b).into()));
    }

    #[test]
    fn units_do_not_change_what_things_are_worth(a in quantity(), b in quantity()) {
        let (left, right) = (Value::from(a.clone()), Value::from(b.clone()));
        let base = |value: &Value| match value {
            Value::Quantity(quantity) => quantity.base().clone(),
            Value::Number(number) => number.clone(),
            _ => Number::ZERO,
        };
        let product = compute(&left, Operation::Multiply, &right).expect("within the limit");
        prop_assert_eq!(Some(base(&product)), a.base().times(b.base()));
        if !b.number().is_zero() {
            let quotient = compute(&left, Operation::Divide, &right).expect("within the limit");
            prop_assert_eq!(Some(base(&quotient)), a.base().over(b.base()));
            prop_assert_eq!(compute(&quotient, Operation::Multiply, &right), Ok(left));
        }
    }

    #[test]
    fn a_computed_unit_reads_as_it_prints(a in quantity(), b in quantity()) {
        let product = compute(&a.into(), Operation::Multiply, &b.into()).expect("within the limit");
        if let Value::Quantity(product) = product {
            let read = Unit::read(product.unit_written());
            prop_assert_eq!(read.as_ref(), Some(product.unit()), "{}", product.unit_written());
        }
    }

    #[test]
    fn a_date_reads_as_it_prints(date in date()) {
        prop_assert_eq!(Date::read(&date.to_string()), Some(date));
    }

    #[test]
    fn days_there_are_days_back(date in date(), days in -100_000_i64..100_000) {
        let by = Quantity::new(Number::from(days), Unit::atom("days").expect("a unit")).expect("within the limit");
        let there = date.moved(&by, false).expect("a date in range");
        prop_assert_eq!(i64::from(there.first) - i64::from(date.first), days);
        prop_assert_eq!(there.moved(&by, true), Ok(date));
    }

    #[test]
    fn a_month_moved_by_months_is_a_month(year in 1800_i16..2200, month in 1_i64..13, months in -1000_i64..1000) {
        let date = Date::read(&format!("{year:04}-{month:02}")).expect("a month");
        let by = Quantity::new(Number::from(months), Unit::atom("months").expect("a unit")).expect("within the limit");
        let count = i64::from(year) * 12 + month - 1 + months;
        let expected = format!("{:04}-{:02}", count.div_euclid(12), count.rem_euclid(12) + 1);
        prop_assert_eq!(date.moved(&by, false).map(|date| date.to_string()), Ok(expected));
    }
}

#[test]
fn days_are_counted_from_1970() {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    for count in 0..50_000 {
        assert_eq!(
            Date::day_text(count),
            format!("{year:04}-{month:02}-{day:02}")
        );
        (year, month, day) = next_day(year, month, day);
    }
}

#[test]
fn a_value_takes_three_words() {
    assert_eq!(size_of::<Value>(), 24);
}
