//! Exact rational numbers of any size up to [`Number::MAX_BITS`]. Small ones are plain machine integers and fractions of
//! them; only what does not fit goes to `num-rational`. Nothing here ever rounds, but for [`Number::to_f64`].

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

/// An exact rational. Every number has one form only, the smallest that holds it in lowest terms, so that derived
/// equality and hashing are right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Repr {
    Whole(i64),
    /// In lowest terms, the denominator at least 2.
    Fraction(i64, NonZeroU32),
    Big(Arc<BigRational>),
}

impl Number {
    /// Numerator and denominator stay within this many bits; a result past it is a complaint.
    pub const MAX_BITS: u64 = 4096;
    pub const ZERO: Self = Self(Repr::Whole(0));
    pub const ONE: Self = Self(Repr::Whole(1));

    /// `1/4` for 1 and 4; `None` where the denominator is 0.
    pub fn fraction(numer: i64, denom: i64) -> Option<Self> {
        (denom != 0).then(|| Self::from_parts(i128::from(numer), i128::from(denom)))
    }

    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Whole(whole) => Some(whole),
            _ => None,
        }
    }

    pub fn to_rational(&self) -> BigRational {
        match &self.0 {
            Repr::Whole(whole) => BigRational::from_integer(BigInt::from(*whole)),
            Repr::Fraction(numer, denom) => {
                BigRational::new_raw(BigInt::from(*numer), BigInt::from(denom.get()))
            }
            Repr::Big(ratio) => BigRational::clone(ratio),
        }
    }

    /// `None` past [`Number::MAX_BITS`].
    pub fn from_rational(ratio: BigRational) -> Option<Self> {
        let ratio = ratio.reduced();
        if let (Some(numer), Some(denom)) = (ratio.numer().to_i64(), ratio.denom().to_u32()) {
            return Some(Self::from_lowest(numer, denom));
        }
        let bits = ratio.numer().bits().max(ratio.denom().bits());
        (bits <= Self::MAX_BITS).then(|| Self(Repr::Big(Arc::new(ratio))))
    }

    pub fn to_f64(&self) -> f64 {
        const EXACT: u64 = 1 << 53;
        match self.0 {
            Repr::Whole(whole) => whole as f64,
            Repr::Fraction(numer, denom) if numer.unsigned_abs() <= EXACT => {
                numer as f64 / f64::from(denom.get())
            }
            _ => self.to_rational().to_f64().unwrap_or(f64::NAN),
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0 == Repr::Whole(0)
    }

    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Whole(numer) | Repr::Fraction(numer, _) => *numer < 0,
            Repr::Big(ratio) => ratio.is_negative(),
        }
    }

    /// `3` and `10^30`, not `2.5`.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Whole(_) => true,
            Repr::Fraction(..) => false,
            Repr::Big(ratio) => ratio.is_integer(),
        }
    }

    fn from_lowest(numer: i64, denom: u32) -> Self {
        match NonZeroU32::new(denom) {
            Some(denom) if denom.get() > 1 => Self(Repr::Fraction(numer, denom)),
            _ => Self(Repr::Whole(numer)),
        }
    }

    /// Brings a quotient to lowest terms. Any two `i128` are within [`Number::MAX_BITS`].
    fn from_parts(numer: i128, denom: i128) -> Self {
        let common = match (
            u64::try_from(numer.unsigned_abs()),
            u64::try_from(denom.unsigned_abs()),
        ) {
            (Ok(numer), Ok(denom)) => u128::from(numer.gcd(&denom)),
            _ => numer.unsigned_abs().gcd(&denom.unsigned_abs()),
        };
        let negative = (numer < 0) != (denom < 0);
        let (size, denom) = (numer.unsigned_abs() / common, denom.unsigned_abs() / common);
        let signed = i128::try_from(size)
            .ok()
            .map(|size| if negative { -size } else { size });
        match (
            signed.and_then(|signed| i64::try_from(signed).ok()),
            u32::try_from(denom),
        ) {
            (Some(numer), Ok(denom)) => Self::from_lowest(numer, denom),
            _ => {
                let sign = if negative { Sign::Minus } else { Sign::Plus };
                let numer = BigInt::from_biguint(sign, BigUint::from(size));
                Self(Repr::Big(Arc::new(BigRational::new_raw(
                    numer,
                    BigInt::from(denom),
                ))))
            }
        }
    }

    /// Numerator and denominator where both are small.
    fn small(&self) -> Option<(i128, i128)> {
        match self.0 {
            Repr::Whole(whole) => Some((i128::from(whole), 1)),
            Repr::Fraction(numer, denom) => Some((i128::from(numer), i128::from(denom.get()))),
            Repr::Big(_) => None,
        }
    }
}

/// Arithmetic. Each gives `None` past [`Number::MAX_BITS`]; division also by zero.
impl Number {
    pub fn plus(&self, other: &Self) -> Option<Self> {
        if let (Repr::Whole(a), Repr::Whole(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(*b)
        {
            return Some(Self::from(sum));
        }
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) => Some(Self::from_parts(a * d + c * b, b * d)),
            _ => Self::from_rational(self.to_rational() + other.to_rational()),
        }
    }

    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.negative())
    }

    pub fn times(&self, other: &Self) -> Option<Self> {
        if let (Repr::Whole(a), Repr::Whole(b)) = (&self.0, &other.0)
            && let Some(product) = a.checked_mul(*b)
        {
            return Some(Self::from(product));
        }
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) => Some(Self::from_parts(a * c, b * d)),
            _ => Self::from_rational(self.to_rational() * other.to_rational()),
        }
    }

    pub fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) => Some(Self::from_parts(a * d, b * c)),
            _ => Self::from_rational(self.to_rational() / other.to_rational()),
        }
    }

    /// What division leaves: from 0 up to the divisor, on its side of 0. `7 % 3` is 1, `-7 % 3` is 2, `5/2 % 1` is 1/2.
    pub fn remainder(&self, other: &Self) -> Option<Self> {
        if let (Repr::Whole(a), Repr::Whole(b)) = (&self.0, &other.0)
            && *b != 0
        {
            return Some(Self::from(if *b == -1 { 0 } else { a.mod_floor(b) }));
        }
        let whole_part = Self::from_rational(self.over(other)?.to_rational().floor())?;
        self.minus(&whole_part.times(other)?)
    }

    pub fn negative(&self) -> Self {
        match &self.0 {
            Repr::Big(ratio) => {
                Self::from_rational(-BigRational::clone(ratio)).unwrap_or(Self::ZERO)
            }
            _ => self
                .small()
                .map_or(Self::ZERO, |(numer, denom)| Self::from_parts(-numer, denom)),
        }
    }

    /// A power, refused before it is built if it would be too large. `0 ^ 0` is 1; a negative power of 0 is `None`.
    pub fn power(&self, exponent: i64) -> Option<Self> {
        if exponent < 0 {
            let exponent = exponent.checked_neg()?;
            return Self::ONE.over(self)?.power(exponent);
        }
        match self.0 {
            Repr::Whole(0 | 1) if exponent > 0 => return Some(self.clone()),
            Repr::Whole(1) => return Some(Self::ONE),
            Repr::Whole(-1) => return Some(Self::from(if exponent % 2 == 0 { 1 } else { -1 })),
            _ => {}
        }
        let ratio = self.to_rational();
        let least_bits = ratio
            .numer()
            .bits()
            .max(ratio.denom().bits())
            .saturating_sub(1);
        let exponent = u32::try_from(exponent).ok()?;
        if least_bits.saturating_mul(u64::from(exponent)) > Self::MAX_BITS {
            return None;
        }
        Self::from_rational(BigRational::new_raw(
            ratio.numer().pow(exponent),
            ratio.denom().pow(exponent),
        ))
    }
}

/// Reading and writing.
impl Number {
    /// Reads what the language writes: `5,000`, `-5`, `2.5`, `1e-3`. `None` for anything else or past the limit.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(whole) = read_plain(text.as_bytes()) {
            return Some(Self::from(whole));
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, decimals) = match mantissa.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (mantissa, None),
        };
        let mut digits = Vec::with_capacity(mantissa.len());
        push_grouped(whole.as_bytes(), &mut digits)?;
        if let Some(decimals) = decimals {
            if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            digits.extend_from_slice(decimals.as_bytes());
        }
        let places = i64::try_from(decimals.map_or(0, str::len)).ok()?;
        let magnitude = from_digits(&digits, exponent.saturating_sub(places))?;
        Some(if negative {
            magnitude.negative()
        } else {
            magnitude
        })
    }

    /// `2.5`, where the decimal ends; `None` for `1/3`.
    pub fn decimal(&self) -> Option<String> {
        match &self.0 {
            Repr::Whole(whole) => Some(whole.to_string()),
            Repr::Fraction(numer, denom) => {
                decimal_text(&BigInt::from(*numer), &BigInt::from(denom.get()))
            }
            Repr::Big(ratio) => decimal_text(ratio.numer(), ratio.denom()),
        }
    }

    /// The decimal where it has at most `digits` significant ones: `2.5` and `1000` have two and one.
    pub fn short_decimal(&self, digits: usize) -> Option<String> {
        let text = self.decimal()?;
        let all: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        let first = all.iter().position(|&digit| digit != b'0').unwrap_or(0);
        let last = all.iter().rposition(|&digit| digit != b'0').unwrap_or(0);
        (last + 1 - first <= digits).then_some(text)
    }
}

/// Up to 18 digits with or without a sign, which is nearly every number there is.
fn read_plain(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut whole = 0_i64;
    for &byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        whole = whole * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -whole } else { whole })
}

/// `-3` in `1e-3`. A run of digits too long for an `i64` is as good as any exponent past the limit.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let limit = if text.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    Some(text.parse().unwrap_or(limit))
}

/// Digits with commas, each between a digit and exactly three digits.
fn push_grouped(text: &[u8], digits: &mut Vec<u8>) -> Option<()> {
    let mut groups = text.split(|&byte| byte == b',');
    let first = groups.next().filter(|first| !first.is_empty())?;
    let mut take = |group: &[u8]| -> Option<()> {
        group
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.extend_from_slice(group))
    };
    take(first)?;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        take(group)?;
    }
    Some(())
}

/// `digits × 10^exponent`, refused before it is built if it would be too large.
fn from_digits(digits: &[u8], exponent: i64) -> Option<Number> {
    let Some(first) = digits.iter().position(|&digit| digit != b'0') else {
        return Some(Number::ZERO);
    };
    let last = digits
        .iter()
        .rposition(|&digit| digit != b'0')
        .unwrap_or(first);
    let significant = &digits[first..=last];
    let exponent = exponent.saturating_add(i64::try_from(digits.len() - 1 - last).ok()?);
    // Even a power of two or five has no more decimal places than bits.
    if significant.len() as u64 > Number::MAX_BITS || exponent.unsigned_abs() > Number::MAX_BITS {
        return None;
    }
    let mantissa = BigInt::parse_bytes(significant, 10)?;
    let power = BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).ok()?);
    Number::from_rational(if exponent < 0 {
        BigRational::new(mantissa, power)
    } else {
        BigRational::from_integer(mantissa * power)
    })
}

/// A quotient in lowest terms has an ending decimal where its denominator is made of twos and fives.
fn decimal_text(numer: &BigInt, denom: &BigInt) -> Option<String> {
    let twos = denom.trailing_zeros().unwrap_or(0);
    let mut rest = denom >> twos;
    let mut fives = 0_u64;
    let five = BigInt::from(5);
    loop {
        let (quotient, remainder) = rest.div_rem(&five);
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        fives += 1;
    }
    if rest != BigInt::from(1) {
        return None;
    }
    let places = twos.max(fives);
    let power = BigInt::from(10).pow(u32::try_from(places).ok()?);
    let digits = (numer.abs() * power / denom).to_string();
    let sign = if numer.is_negative() { "-" } else { "" };
    let places = usize::try_from(places).ok()?;
    if places == 0 {
        return Some(format!("{sign}{digits}"));
    }
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    Some(format!("{sign}{whole}.{decimals}"))
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self(Repr::Whole(whole))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
            _ => self.to_rational().cmp(&other.to_rational()),
        }
    }
}

/// `1234.5` where the decimal ends, else `1/3`; in the alternate form `1,234.5`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Repr::Whole(whole) = self.0
            && !f.alternate()
        {
            return write!(f, "{whole}");
        }
        match self.decimal() {
            Some(text) if f.alternate() => write_grouped(f, &text),
            Some(text) => f.write_str(&text),
            None => {
                let ratio = self.to_rational();
                write!(f, "{}/{}", ratio.numer(), ratio.denom())
            }
        }
    }
}

/// A decimal with a comma before each three digits of its whole part.
fn write_grouped(f: &mut fmt::Formatter<'_>, decimal: &str) -> fmt::Result {
    const GROUP: usize = 3;
    let unsigned = decimal.strip_prefix('-').unwrap_or(decimal);
    let whole = unsigned.find('.').unwrap_or(unsigned.len());
    f.write_str(&decimal[..decimal.len() - unsigned.len()])?;
    let first = match whole % GROUP {
        0 => GROUP.min(whole),
        first => first,
    };
    f.write_str(&unsigned[..first])?;
    for at in (first..whole).step_by(GROUP) {
        write!(f, ",{}", &unsigned[at..at + GROUP])?;
    }
    f.write_str(&unsigned[whole..])
}
