//! Dates as spans of days: `2010-08` is all of that August. The calendar is jiff's.

use super::{Number, Quantity, Trouble, unit_table};
use jiff::civil;
use jiff::{Span, Unit as Grain};
use std::fmt;

/// A day as a number of days since 1970-01-01 (civil calendar, years -9999 to 9999).
pub type Day = i32;

/// A span of whole days, both ends included. Two dates are equal when their spans are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    pub first: Day,
    pub last: Day,
}

impl Date {
    pub fn year(year: i16) -> Option<Self> {
        let first = civil::Date::new(year, 1, 1).ok()?;
        Some(Self {
            first: day_of(first),
            last: day_of(first.last_of_year()),
        })
    }

    /// `2010-08`, `2010-08-16`; `None` for a date that does not exist or another form. A bare year is not read here.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| -> Option<i16> {
            let part = bytes.get(range)?;
            part.iter()
                .all(u8::is_ascii_digit)
                .then(|| part.iter().fold(0, |n, b| n * 10 + i16::from(b - b'0')))
        };
        if bytes.get(4) != Some(&b'-') {
            return None;
        }
        let (year, month) = (digits(0..4)?, i8::try_from(digits(5..7)?).ok()?);
        match bytes.len() {
            7 => {
                let first = civil::Date::new(year, month, 1).ok()?;
                Some(Self {
                    first: day_of(first),
                    last: day_of(first.last_of_month()),
                })
            }
            10 if bytes[7] == b'-' => {
                let day = civil::Date::new(year, month, i8::try_from(digits(8..10)?).ok()?).ok()?;
                Some(Self {
                    first: day_of(day),
                    last: day_of(day),
                })
            }
            _ => None,
        }
    }

    /// The year that a bare whole number means where a date is due.
    pub fn of_number(number: &Number) -> Option<Self> {
        Self::year(i16::try_from(number.as_i64()?).ok()?)
    }

    /// The number of a whole year.
    pub(super) fn as_year(self) -> Option<i64> {
        match self.whole_months() {
            Some((start, 12)) if start.rem_euclid(12) == 0 => Some(start.div_euclid(12)),
            _ => None,
        }
    }

    pub fn is_one_day(self) -> bool {
        self.first == self.last
    }

    /// `2010-08-16`, for one day.
    pub fn day_text(day: Day) -> String {
        civil_of(day).map_or_else(|| format!("day {day}"), |date| date.to_string())
    }

    /// The date moved by a quantity of time. Months and years go by the calendar: past a month's end its last day, and whole
    /// months stay whole (`2010-06 + 1 month` is `2010-07`). Days move both ends; a part of a day is trouble.
    pub fn moved(self, by: &Quantity, back: bool) -> Result<Self, Trouble> {
        let base = if back {
            by.base().negative()
        } else {
            by.base().clone()
        };
        match *by.unit().dimension() {
            [(unit_table::SECOND, 1)] => {
                let days = base
                    .over(&Number::from(86_400))
                    .and_then(|days| days.as_i64());
                self.moved_days(days.ok_or_else(|| Trouble::Uneven(by.to_string()))?)
            }
            [(unit_table::MONTH, 1)] => self.moved_months(
                base.as_i64()
                    .ok_or_else(|| Trouble::Uneven(by.to_string()))?,
            ),
            _ => Err(Trouble::UnlikeUnits(self.to_string(), by.to_string())),
        }
    }

    fn moved_days(self, days: i64) -> Result<Self, Trouble> {
        let moved = |day: Day| {
            Day::try_from(i64::from(day).checked_add(days)?)
                .ok()
                .filter(|&day| civil_of(day).is_some())
        };
        match (moved(self.first), moved(self.last)) {
            (Some(first), Some(last)) => Ok(Self { first, last }),
            _ => Err(Trouble::NoSuchDate(format!("{self} moved by {days} days"))),
        }
    }

    fn moved_months(self, months: i64) -> Result<Self, Trouble> {
        let moved = |day: Day| -> Option<civil::Date> {
            civil_of(day)?
                .checked_add(Span::new().try_months(months).ok()?)
                .ok()
        };
        let ends = moved(self.first)
            .zip(moved(self.last))
            .map(|(first, last)| Self {
                first: day_of(first),
                last: day_of(if self.whole_months().is_some() {
                    last.last_of_month()
                } else {
                    last
                }),
            });
        ends.ok_or_else(|| Trouble::NoSuchDate(format!("{self} moved by {months} months")))
    }

    /// The date of the same length right after it, or before it.
    pub fn neighbour(self, after: bool) -> Option<Self> {
        let sign = if after { 1 } else { -1 };
        let moved = match self.whole_months() {
            Some((_, months)) => self.moved_months(sign * months),
            None => self.moved_days(sign * (i64::from(self.last) - i64::from(self.first) + 1)),
        };
        moved.ok()
    }

    /// How far `self` lies after `earlier`: in days between two days, in months between whole months or years of one length.
    /// Between dates of different grain there is no exact answer.
    pub fn since(self, earlier: Self) -> Result<(i64, &'static str), Trouble> {
        if self.is_one_day() && earlier.is_one_day() {
            return Ok((i64::from(self.first) - i64::from(earlier.first), "days"));
        }
        match (self.whole_months(), earlier.whole_months()) {
            (Some((start, 12)), Some((before, 12))) if (start - before) % 12 == 0 => {
                Ok(((start - before) / 12, "years"))
            }
            (Some((start, length)), Some((before, same))) if length == same => {
                Ok((start - before, "months"))
            }
            _ => Err(Trouble::UnlikeDates(self.to_string(), earlier.to_string())),
        }
    }

    /// For a span of whole months: the first, counted from year 0, and how many.
    fn whole_months(self) -> Option<(i64, i64)> {
        let (first, last) = (civil_of(self.first)?, civil_of(self.last)?);
        let count = |date: civil::Date| i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
        (first.day() == 1 && last == last.last_of_month())
            .then(|| (count(first), count(last) - count(first) + 1))
    }
}

fn day_of(date: civil::Date) -> Day {
    let since = date.since((Grain::Day, civil::Date::constant(1970, 1, 1)));
    since.map_or(0, |span| span.get_days())
}

fn civil_of(day: Day) -> Option<civil::Date> {
    civil::Date::constant(1970, 1, 1)
        .checked_add(Span::new().try_days(day).ok()?)
        .ok()
}

/// The coarsest form that says it: `2010`, `2010-08`, `2010-08-16`, else `2010-08-16 to 2010-09-15`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = Self::day_text(self.first);
        match self.whole_months() {
            _ if self.is_one_day() => f.write_str(&first),
            Some((start, 12)) if start.rem_euclid(12) == 0 => {
                f.write_str(&first[..first.len() - "-01-01".len()])
            }
            Some((_, 1)) => f.write_str(&first[..first.len() - "-01".len()]),
            _ => write!(f, "{first} to {}", Self::day_text(self.last)),
        }
    }
}
