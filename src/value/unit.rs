//! Units: atoms of the fixed table, and products and quotients of them. Comes in: `USD`, `m³/year`, `USD per 1000 m³`; goes out: what
//! it is worth in base units, and the one spelling in which it prints.

use super::Number;
use super::unit_table::{self, Dimension, Entry};
use smol_str::SmolStr;
use std::fmt::Write;
use std::sync::Arc;

/// A unit as written, and what it is worth in base units: `USD per 1000 m³` has the factor 1/1000 over `USD·m⁻³`.
#[derive(Clone, Debug)]
pub struct Unit(Arc<Shape>);

#[derive(Debug)]
struct Shape {
    written: SmolStr,
    factor: Number,
    dimension: Dimension,
    parts: Vec<Part>,
}

/// One factor of a unit: `m³` has one, `USD/MWh` two, the second with the exponent -1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    entry: &'static Entry,
    exponent: i32,
}

impl Unit {
    /// A unit of the table by one of its spellings: `USD`, `days`, `m³`, `m3`. No quotients.
    pub fn atom(spelling: &str) -> Option<Self> {
        let entry = unit_table::find(spelling)?;
        let written = if spelling == entry.one {
            entry.one
        } else {
            entry.many
        };
        Some(Self::of_entry(entry, written))
    }

    /// The unit that a word would be with other capitals: `USD` for `usd`. Not for single letters, nor for words of the language that are
    /// codes of currencies as well.
    pub fn in_other_case(word: &str) -> Option<&'static str> {
        const WORDS: [&str; 8] = ["all", "bob", "cup", "mad", "pen", "rub", "try", "top"];
        let is_word = WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
        (word.chars().count() > 1 && !is_word).then(|| unit_table::find_in_other_case(word))?
    }

    /// What a sign before a number stands for: `$`, `€`, `£` and `¥`.
    pub fn sign(sign: char) -> Option<Self> {
        unit_table::by_sign(sign).map(|entry| Self::of_entry(entry, entry.many))
    }

    /// `self/other`, as in `m³/year`. `None` past what a number may hold.
    pub fn over(&self, other: &Self) -> Option<Self> {
        self.quotient(
            &Number::ONE,
            other,
            format!("{}/{}", self.written(), other.written()),
        )
    }

    /// `self per count other`, as in `USD per 1000 m³`. `None` where the count is 0 or past what a number may hold.
    pub fn per(&self, count: &Number, other: &Self) -> Option<Self> {
        let mut written = String::from(self.written());
        written.push_str(if written.is_empty() { "per " } else { " per " });
        if *count != Number::ONE {
            let _ = write!(written, "{count} ");
        }
        written.push_str(other.written());
        self.quotient(count, other, written)
    }

    /// Reads a whole unit as it prints: `USD per 1000 m³`, `m³/year`, `MW·days`, `per day`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (top, bottom) = match text.strip_prefix("per ") {
            Some(bottom) => ("", Some(bottom)),
            None => text
                .split_once(" per ")
                .map_or((text, None), |(top, bottom)| (top, Some(bottom))),
        };
        let unit = if top.is_empty() {
            Self::none()
        } else {
            read_quotient(top.trim())?
        };
        match bottom {
            Some(bottom) => unit.read_per(bottom),
            None => (!top.is_empty()).then_some(unit),
        }
    }

    /// What follows a unit that a sign of money has given: `/day`, `per 1000 m³`.
    pub(super) fn read_below(&self, text: &str) -> Option<Self> {
        match text.strip_prefix('/') {
            Some(below) => self.over(&read_quotient(below)?),
            None => self.read_per(text.strip_prefix("per ")?),
        }
    }

    /// What follows `per`: `1000 m³`, `day`.
    fn read_per(&self, text: &str) -> Option<Self> {
        match text.trim().split_once(' ') {
            Some((count, unit)) => self.per(&Number::read(count)?, &read_quotient(unit.trim())?),
            None => self.per(&Number::ONE, &read_quotient(text.trim())?),
        }
    }

    /// As it prints and stands in JSON: `USD per 1000 m³`.
    pub fn written(&self) -> &str {
        &self.0.written
    }

    /// What one of it is in base units.
    pub fn factor(&self) -> &Number {
        &self.0.factor
    }

    /// Exponents of base units, sorted by base, none of them 0: `[("USD", 1), ("m", -3)]`.
    pub fn dimension(&self) -> &[(&'static str, i32)] {
        &self.0.dimension
    }

    /// Whether quantities in both can be compared and added.
    pub fn converts_to(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.dimension() == other.dimension()
    }

    /// Whether nothing is left of it: `km/m` is plain.
    pub fn is_plain(&self) -> bool {
        self.0.dimension.is_empty()
    }

    /// `day` for `days`: how it prints after a 1.
    pub(super) fn written_for_one(&self) -> &str {
        match self.0.parts[..] {
            [Part { entry, exponent: 1 }] if entry.many == self.written() => entry.one,
            _ => self.written(),
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.dimension() == other.dimension() && self.factor() == other.factor())
    }

    fn none() -> Self {
        Self(Arc::new(Shape {
            written: SmolStr::default(),
            factor: Number::ONE,
            dimension: Dimension::new(),
            parts: Vec::new(),
        }))
    }

    fn of_entry(entry: &'static Entry, written: &'static str) -> Self {
        Self(Arc::new(Shape {
            written: SmolStr::new_static(written),
            factor: entry.factor.clone(),
            dimension: entry.dimension.clone(),
            parts: vec![Part { entry, exponent: 1 }],
        }))
    }

    fn quotient(&self, count: &Number, other: &Self, written: String) -> Option<Self> {
        let factor = self.factor().over(&count.times(other.factor())?)?;
        let mut parts = self.0.parts.clone();
        parts.extend(inverted(&other.0.parts)?);
        let dimension = dimension_of(&parts)?;
        Some(Self(Arc::new(Shape {
            written: written.into(),
            factor,
            dimension,
            parts,
        })))
    }
}

/// Products of units, as computation makes them.
impl Unit {
    /// The unit of a product and the number to multiply it by. What cancels is gone, so `USD per 1000 m³` times `bcm` is
    /// `USD` and 1000000; the unit is `None` where nothing is left. `None` past what a number may hold.
    pub(super) fn product(&self, other: &Self) -> Option<(Number, Option<Self>)> {
        let worth = self.factor().times(other.factor())?;
        Self::compose(worth, self.0.parts.iter().chain(&other.0.parts).copied())
    }

    /// The same for `1 / self`.
    pub(super) fn inverse(&self) -> Option<(Number, Option<Self>)> {
        Self::compose(Number::ONE.over(self.factor())?, inverted(&self.0.parts)?)
    }

    pub(super) fn power(&self, exponent: i64) -> Option<(Number, Option<Self>)> {
        let power = i32::try_from(exponent).ok()?;
        let mut parts = Vec::with_capacity(self.0.parts.len());
        for part in &self.0.parts {
            parts.push(Part {
                exponent: part.exponent.checked_mul(power)?,
                ..*part
            });
        }
        Self::compose(self.factor().power(exponent)?, parts)
    }

    /// A readable unit for parts that are together worth `worth`.
    fn compose(
        worth: Number,
        parts: impl IntoIterator<Item = Part>,
    ) -> Option<(Number, Option<Self>)> {
        let mut merged: Vec<Part> = Vec::new();
        for part in parts {
            merge(&mut merged, part)?;
        }
        let dimension = dimension_of(&merged)?;
        if dimension.is_empty() {
            return Some((worth, None));
        }
        let mut factor = Number::ONE;
        for part in &merged {
            factor = factor.times(&part.entry.factor.power(i64::from(part.exponent))?)?;
        }
        if let [Part { exponent: 2.., .. }] | [_, _, ..] = merged[..]
            && let Some(entry) = unit_table::with_size(&dimension, &factor)
        {
            merged = vec![Part { entry, exponent: 1 }];
        }
        let written = spell(&merged).into();
        let number = worth.over(&factor)?;
        Some((
            number,
            Some(Self(Arc::new(Shape {
                written,
                factor,
                dimension,
                parts: merged,
            }))),
        ))
    }
}

/// Two units are equal when they are worth the same: `1000 m` and `km` are, `m` and `km` are not.
impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other)
    }
}

impl Eq for Unit {}

fn inverted(parts: &[Part]) -> Option<Vec<Part>> {
    parts
        .iter()
        .map(|part| {
            Some(Part {
                exponent: part.exponent.checked_neg()?,
                ..*part
            })
        })
        .collect()
}

fn dimension_of(parts: &[Part]) -> Option<Dimension> {
    let mut dimension = Dimension::new();
    for part in parts {
        for &(base, exponent) in &part.entry.dimension {
            let exponent = exponent.checked_mul(part.exponent)?;
            match dimension.binary_search_by_key(&base, |&(base, _)| base) {
                Ok(at) => dimension[at].1 = dimension[at].1.checked_add(exponent)?,
                Err(at) => dimension.insert(at, (base, exponent)),
            }
        }
    }
    dimension.retain(|&(_, exponent)| exponent != 0);
    Some(dimension)
}

/// Adds a part to a product. One that measures the same as another joins it, so `km · m` is `km²` and `m³ / bcm` nothing.
fn merge(parts: &mut Vec<Part>, part: Part) -> Option<()> {
    let (ray, size) = ray(part.entry);
    let Some(at) = parts
        .iter()
        .position(|known| self::ray(known.entry).0 == ray)
    else {
        parts.push(part);
        return Some(());
    };
    let known = parts[at];
    let known_size = self::ray(known.entry).1;
    let total = known_size
        .checked_mul(known.exponent)?
        .checked_add(size.checked_mul(part.exponent)?)?;
    if total == 0 {
        parts.remove(at);
        return Some(());
    }
    let whole = [(known.entry, known_size), (part.entry, size)]
        .into_iter()
        .find(|(_, size)| total % size == 0);
    parts[at] = match whole {
        Some((entry, size)) => Part {
            entry,
            exponent: total / size,
        },
        None => Part {
            entry: unit_table::with_size(&ray, &Number::ONE)?,
            exponent: total,
        },
    };
    Some(())
}

/// What an entry measures, and to which power: `km²` and `m³` measure the same, to the powers 2 and 3.
fn ray(entry: &Entry) -> (Dimension, i32) {
    match entry.dimension[..] {
        [(base, exponent)] => (vec![(base, 1)], exponent),
        _ => (entry.dimension.clone(), 1),
    }
}

/// `USD·km²/MWh/day`, `per day`.
fn spell(parts: &[Part]) -> String {
    let (above, below): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.exponent > 0);
    let above: Vec<String> = above
        .iter()
        .map(|part| spell_part(part, part.entry.many))
        .collect();
    let below: Vec<String> = below
        .iter()
        .map(|part| spell_part(part, part.entry.one))
        .collect();
    if above.is_empty() {
        return format!("per {}", below.join("·"));
    }
    [above.join("·")]
        .into_iter()
        .chain(below)
        .collect::<Vec<_>>()
        .join("/")
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

fn spell_part(part: &Part, spelling: &str) -> String {
    let mut text = String::from(spelling);
    let exponent = part.exponent.unsigned_abs();
    if exponent == 1 {
        return text;
    }
    if text.ends_with(SUPERSCRIPTS) {
        text = format!("({text})");
    }
    text.extend(
        exponent
            .to_string()
            .bytes()
            .map(|digit| SUPERSCRIPTS[usize::from(digit - b'0')]),
    );
    text
}

/// `a·b/c/d`
fn read_quotient(text: &str) -> Option<Unit> {
    let mut factors = text.split('/');
    let mut unit = read_product(factors.next()?)?;
    for below in factors {
        unit = unit.over(&read_product(below)?)?;
    }
    Some(unit)
}

fn read_product(text: &str) -> Option<Unit> {
    if let Some(unit) = Unit::atom(text) {
        return Some(unit);
    }
    let mut parts = Vec::new();
    for part in text.split('·') {
        parts.push(read_part(part)?);
    }
    let mut factor = Number::ONE;
    for part in &parts {
        factor = factor.times(&part.entry.factor.power(i64::from(part.exponent))?)?;
    }
    let dimension = dimension_of(&parts)?;
    Some(Unit(Arc::new(Shape {
        written: SmolStr::new(text),
        factor,
        dimension,
        parts,
    })))
}

/// `km`, `m⁵`, `(m³)²`
fn read_part(text: &str) -> Option<Part> {
    if let Some(entry) = unit_table::find(text) {
        return Some(Part { entry, exponent: 1 });
    }
    let spelling = text.trim_end_matches(SUPERSCRIPTS);
    let mut exponent = 0_i32;
    for digit in text[spelling.len()..].chars() {
        let digit = SUPERSCRIPTS
            .iter()
            .position(|&superscript| superscript == digit)?;
        exponent = exponent
            .checked_mul(10)?
            .checked_add(i32::try_from(digit).ok()?)?;
    }
    let bare = spelling
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let entry = unit_table::find(bare.unwrap_or(spelling)).filter(|_| exponent > 0)?;
    Some(Part { entry, exponent })
}
