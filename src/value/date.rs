//! Dates as spans of days: `2010-08` is all of that August.

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
    pub fn year(_year: i16) -> Option<Self> {
        todo!()
    }

    /// `2010-08`, `2010-08-16`; `None` for a date that does not exist or another form. A bare year is not read here.
    pub fn read(_text: &str) -> Option<Self> {
        todo!()
    }

    /// `2010-08-16`, for one day.
    pub fn day_text(_day: Day) -> String {
        todo!()
    }
}

/// The coarsest form that says it: `2010`, `2010-08`, `2010-08-16`, else `2010-08-16 to 2010-09-15`.
impl fmt::Display for Date {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}
