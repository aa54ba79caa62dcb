//! Dates → time segments: the stretches between the days at which anything in the program begins or ends.

use crate::program::Period;
use crate::value::date::Day;

/// Consecutive stretches of days that together are all of time. Segment 0 begins in the endless past, the last one
/// never ends.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Segments {
    /// The first day of each segment but the first, rising.
    starts: Vec<Day>,
}

impl Segments {
    /// Cuts time at both ends of each period.
    pub fn new(periods: impl IntoIterator<Item = Period>) -> Self {
        let mut starts: Vec<Day> = periods
            .into_iter()
            .flat_map(|period| {
                [
                    period.first,
                    period.last.and_then(|last| last.checked_add(1)),
                ]
            })
            .flatten()
            .collect();
        starts.sort_unstable();
        starts.dedup();
        Self { starts }
    }

    pub fn count(&self) -> u32 {
        self.starts.len() as u32 + 1
    }

    /// The segments that a period covers; its ends must be among those that this was made from.
    pub fn covered(&self, period: Period) -> std::ops::Range<u32> {
        let begin = period.first.map_or(0, |day| self.of(day));
        let end = period.last.map_or(self.count(), |day| self.of(day) + 1);
        begin..end
    }

    /// The segment in which a day lies.
    pub fn of(&self, day: Day) -> u32 {
        self.starts.partition_point(|&start| start <= day) as u32
    }

    /// First and last day of a run of segments.
    pub fn period(&self, run: std::ops::Range<u32>) -> Period {
        Period {
            first: run.start.checked_sub(1).map(|at| self.starts[at as usize]),
            last: self.starts.get(run.end as usize - 1).map(|&next| next - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: impl Into<Option<Day>>, last: impl Into<Option<Day>>) -> Period {
        Period {
            first: first.into(),
            last: last.into(),
        }
    }

    #[test]
    fn time_is_cut_where_something_begins_or_ends() {
        let periods = [period(10, 19), period(15, None), period(None, 14)];
        let segments = Segments::new(periods);
        // … 9 | 10 … 14 | 15 … 19 | 20 …
        assert_eq!(segments.count(), 4);
        assert_eq!(
            periods.map(|period| segments.covered(period)),
            [1..3, 2..4, 0..2]
        );
        assert_eq!(
            periods.map(|period| segments.period(segments.covered(period))),
            periods
        );
        assert_eq!(
            [9, 10, 14, 15, 19, 20].map(|day| segments.of(day)),
            [0, 1, 1, 2, 2, 3]
        );
    }

    #[test]
    fn without_dates_there_is_one_segment() {
        let segments = Segments::new([Period::ALWAYS]);
        assert_eq!(segments.count(), 1);
        assert_eq!(segments.covered(Period::ALWAYS), 0..1);
        assert_eq!(segments.period(0..1), Period::ALWAYS);
    }

    #[test]
    fn the_last_day_of_all_ends_nothing() {
        let segments = Segments::new([period(Day::MIN, Day::MAX)]);
        assert_eq!(
            segments.covered(period(Day::MIN, Day::MAX)).end,
            segments.count()
        );
    }
}
