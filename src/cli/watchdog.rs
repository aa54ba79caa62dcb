//! The time limit of a command as a whole. The engine heeds the limit itself, and says which rule was costing most; what else takes
//! long, reading or checking or answering, is ended from here, soon after. What is being printed is not cut in two.

use super::exit::{Exit, Failure};
use super::output;
use crate::complaint::limits;
use crate::print::human;
use crate::session::Evaluation;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

/// How often the time is looked at.
const STEP: Duration = Duration::from_millis(5);

/// Parts of the time limit that the engine has for stopping by itself.
const PATIENCE: u32 = 20;

/// When the run is to be ended, and the limit to speak of.
static END: Mutex<Option<(Instant, Duration)>> = Mutex::new(None);
static STARTED: Once = Once::new();
static JSON: AtomicBool = AtomicBool::new(false);

/// Whether the end is also told as JSON on standard output.
pub fn tell_json(json: bool) {
    JSON.store(json, Ordering::Relaxed);
}

/// Ends the process soon after the deadline of an evaluation, unless [`rest`] comes first.
pub fn watch(evaluation: &Evaluation) {
    let (Some(timeout), Some(deadline)) = (evaluation.timeout, evaluation.limits.deadline) else {
        return;
    };
    *end() = deadline
        .checked_add(timeout / PATIENCE)
        .map(|at| (at, timeout));
    STARTED.call_once(|| {
        // Without a thread the engine's own limit is left.
        let _ = std::thread::Builder::new().spawn(keep_watch);
    });
}

/// What was found is being printed, and is printed whole.
pub fn rest() {
    *end() = None;
}

fn end() -> MutexGuard<'static, Option<(Instant, Duration)>> {
    END.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep_watch() {
    loop {
        std::thread::sleep(STEP);
        let end = end();
        match *end {
            Some((at, timeout)) if Instant::now() >= at => {
                // Still locked, so that nobody begins to print.
                tell(timeout);
                std::process::exit(i32::from(Exit::Limit.status()));
            }
            _ => {}
        }
    }
}

fn tell(timeout: Duration) {
    let title = limits::stopped_after(timeout);
    let help = "It was still reading, checking or answering, not drawing conclusions.";
    // The status says the rest where nobody listens.
    let _ = human::plain_complaint(&mut anstream::stderr(), "time-limit", &title, Some(help));
    if JSON.load(Ordering::Relaxed) {
        output::print_diagnostics(&Failure::Plain {
            exit: Exit::Limit,
            code: "time-limit",
            title,
            help: Some(help.to_owned()),
        });
    }
}
