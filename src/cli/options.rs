//! The evaluating options, resolved: dates read, drivers told from outcomes, limits set.

use super::args::{AmbiguityChoice, EvaluationArguments, LimitArguments};
use super::exit::Failure;
use super::{interrupt, watchdog};
use crate::core::{Ambiguity, Settings};
use crate::engine::Limits;
use crate::session::Evaluation;
use crate::value::Date;
use std::time::{Duration, Instant};

/// Where nothing else is asked for, a run that never ends should end before the machine does.
const DEFAULT_MEMORY_MIB: usize = 4096;

/// The evaluating options as typed, resolved, and whether people will read what comes of it.
///
/// # Errors
/// When an option cannot be read.
pub fn evaluation(typed: &EvaluationArguments, for_people: bool) -> Result<Evaluation, Failure> {
    let ambiguity = match typed.ambiguity {
        AmbiguityChoice::Propagating => Ambiguity::Propagating,
        AmbiguityChoice::Blocking => Ambiguity::Blocking,
    };
    let limited = limited(&typed.limits)?;
    Ok(Evaluation {
        scenario: typed.scenario.clone(),
        as_of: typed.as_of.as_deref().map(date).transpose()?,
        given: typed
            .given
            .iter()
            .map(|pair| driver_and_outcome(pair))
            .collect::<Result<_, _>>()?,
        settings: Settings { ambiguity },
        limits: Limits {
            facts: typed.max_facts,
            ..limited.limits
        },
        for_people,
        ..limited
    })
}

/// The limits of a command, whatever it does; the time counts from now.
///
/// # Errors
/// When the time is none.
pub fn limited(typed: &LimitArguments) -> Result<Evaluation, Failure> {
    let timeout = typed.timeout.map(seconds).transpose()?;
    if typed.timeout.is_some() || typed.max_memory.is_some() {
        watchdog::hold_output();
    }
    let memory = typed
        .max_memory
        .unwrap_or(DEFAULT_MEMORY_MIB)
        .saturating_mul(1 << 20);
    Ok(Evaluation {
        limits: Limits {
            deadline: timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
            memory: Some(memory),
            taken: Some(watchdog::taken()),
            costliest: Some(watchdog::costliest()),
            cancel: Some(interrupt::flag()),
            ..Limits::default()
        },
        timeout,
        ..Evaluation::default()
    })
}

fn seconds(typed: f64) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(typed)
        .map_err(|_| Failure::usage(format!("`--timeout {typed}` is not a time")))
}

fn date(typed: &str) -> Result<Date, Failure> {
    let year = || typed.parse().ok().and_then(Date::year);
    Date::read(typed).or_else(year).ok_or_else(|| {
        Failure::usage(format!(
            "`--as-of {typed}` is not a date; write `2010`, `2010-08` or `2010-08-16`"
        ))
    })
}

fn driver_and_outcome(typed: &str) -> Result<(String, String), Failure> {
    typed
        .split_once('=')
        .map(|(driver, outcome)| (driver.trim().to_owned(), outcome.trim().to_owned()))
        .ok_or_else(|| {
            Failure::usage(format!(
                "`--given {typed}` does not say which outcome; write `--given DRIVER=OUTCOME`"
            ))
        })
}
