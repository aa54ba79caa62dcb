//! When and in which worlds, in words.

use super::Voice;
use crate::program::{Driver, DriverId, Period};
use crate::reading::{Extent, Status, WorldCube};
use crate::value::Date;
use crate::value::date::Day;

/// `in 2010-08`, `from 2001 until 2003`, `until 2010-06-30`; `always` for all of time.
pub fn period(period: Period) -> String {
    match (period.first, period.last) {
        (None, None) => "always".into(),
        (Some(first), None) => format!("from {}", beginning(first)),
        (None, Some(last)) => format!("until {}", end(last)),
        (Some(first), Some(last)) => {
            let whole = Date { first, last }.to_string();
            if whole.contains(' ') {
                format!("from {} until {}", beginning(first), end(last))
            } else {
                format!("in {whole}")
            }
        }
    }
}

/// The coarsest date that begins on this day: `2010` for its first of January.
fn beginning(day: Day) -> String {
    let text = Date::day_text(day);
    let month = text.strip_suffix("-01").unwrap_or(&text);
    if month.len() < text.len() {
        month.strip_suffix("-01").unwrap_or(month).into()
    } else {
        text
    }
}

/// The coarsest date that ends on this day.
fn end(day: Day) -> String {
    let text = Date::day_text(day);
    let coarser = |cut: usize| {
        let coarse = &text[..text.len() - cut];
        let read = if cut == 6 {
            coarse.parse().ok().and_then(Date::year)
        } else {
            Date::read(coarse)
        };
        read.is_some_and(|date| date.last == day)
            .then(|| coarse.to_owned())
    };
    coarser(6)
        .or_else(|| coarser(3))
        .unwrap_or_else(|| text.clone())
}

impl<'a> Voice<'a> {
    /// All that an extent says, its parts joined by commas: `from 2010-06, if karabakh is war, 10%`. Empty where it says nothing.
    pub fn extent(&self, extent: &Extent) -> String {
        let when = extent.when.as_deref().map(|periods| self.when(periods));
        let worlds = extent.worlds.as_deref().map(|cubes| self.worlds(cubes));
        let likelihood = extent.likelihood.map(percent);
        [when, worlds, likelihood]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What an answer that depends on the worlds is in which: `yes if karabakh is war`, `contested if sale is made`, `otherwise no`.
    /// That nothing says so in all the others goes without saying.
    pub fn by_worlds(&self, extent: &Extent) -> Vec<String> {
        let yes = extent.worlds.iter().filter(|cubes| !cubes.is_empty());
        let mut said: Vec<String> = yes
            .map(|cubes| format!("yes {}", self.worlds(cubes)))
            .collect();
        let Some(((last, _), others)) = extent.otherwise.split_last() else {
            return said;
        };
        for (status, cubes) in others {
            said.push(format!("{} {}", super::answer(*status), self.worlds(cubes)));
        }
        if *last != Status::Unknown || !others.is_empty() {
            said.push(format!("otherwise {}", super::answer(*last)));
        }
        said
    }

    /// `from 2001 until 2003 and from 2010`; `at no time` where there is none.
    pub fn when(&self, periods: &[(Option<Day>, Option<Day>)]) -> String {
        let said: Vec<String> = periods
            .iter()
            .map(|&(first, last)| period(Period { first, last }))
            .collect();
        if said.is_empty() {
            "at no time".into()
        } else {
            said.join(" and ")
        }
    }

    /// `if karabakh is war or settled, or pipeline is azerbaijani`; `in no world` where there is none.
    pub fn worlds(&self, cubes: &[WorldCube]) -> String {
        let said: Vec<String> = cubes.iter().map(|cube| self.cube(cube)).collect();
        if said.is_empty() {
            "in no world".into()
        } else {
            format!("if {}", said.join(", or "))
        }
    }

    fn cube(&self, cube: &WorldCube) -> String {
        cube.iter()
            .map(|(driver, outcomes)| self.outcomes(*driver, outcomes))
            .collect::<Vec<_>>()
            .join(" and ")
    }

    /// A driver's label; for a fact with a likelihood its sentence.
    pub fn driver(&self, driver: DriverId) -> &'a str {
        &self.program.drivers[driver.0 as usize].label
    }

    /// `border, karabakh and sale`
    pub fn drivers(&self, drivers: &[DriverId]) -> String {
        let labels: Vec<&str> = drivers.iter().map(|&driver| self.driver(driver)).collect();
        match labels.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// `karabakh is war or settled`; for a fact with a likelihood its sentence or the opposite.
    pub fn outcomes(&self, driver: DriverId, outcomes: &[usize]) -> String {
        let Driver {
            label,
            outcomes: all,
            from_fact,
            ..
        } = &self.program.drivers[driver.0 as usize];
        let labels: Vec<&str> = outcomes
            .iter()
            .map(|&outcome| all[outcome].label.as_str())
            .collect();
        match (from_fact, labels.as_slice()) {
            (true, ["yes"]) => label.to_string(),
            (true, ["no"]) => format!("not {label}"),
            _ => format!("{label} is {}", labels.join(" or ")),
        }
    }
}

/// `10%`, `0.4%`, `more than 99.9%`: never 0% or 100% for what is neither.
pub fn percent(share: f64) -> String {
    let hundredfold = share * 100.0;
    match hundredfold {
        p if p <= 0.0 => "0%".into(),
        p if p >= 100.0 - 1e-9 => "100%".into(),
        p if p < 0.1 => "less than 0.1%".into(),
        p if p > 99.9 => "more than 99.9%".into(),
        p if !(1.0..=99.0).contains(&p) => format!("{p:.1}%"),
        p => format!("{p:.0}%"),
    }
}
