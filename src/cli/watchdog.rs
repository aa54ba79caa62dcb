//! The limits of a command as a whole: the time and the memory of the process, kept by a thread of their own. The engine heeds both
//! itself and is given a moment to; whatever else takes long or much, reading or checking or answering, is ended from here. What is
//! being printed is not cut in two.

use super::exit::{Exit, Failure};
use super::memory::Gauge;
use super::output;
use crate::complaint::limits;
use crate::engine::Limits;
use crate::engine::limits::Limit;
use crate::session::{Evaluation, Prepared};
use crate::text::{Sources, Span};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

/// How often time and memory are looked at, at the least and at the most.
const STEP: Duration = Duration::from_millis(5);
const SHORT_STEP: Duration = Duration::from_micros(500);

/// Bytes that a process can fill in a nanosecond, about.
const FILLED: usize = 4;

/// Parts of a limit that the engine has for stopping by itself.
const PATIENCE: u32 = 20;

/// How long it has for that once the memory is spent.
const MOMENT: Duration = Duration::from_millis(20);

/// What the command is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    #[default]
    Reading,
    Checking,
    Concluding,
    Answering,
}

#[derive(Default)]
struct Watch {
    /// Whether there is a limit to keep.
    on: bool,
    limits: Limits,
    timeout: Option<Duration>,
    stage: Stage,
    /// Since when more memory is taken than may be.
    over: Option<Instant>,
    /// Where the statement of each core rule stands.
    rules: Option<(Sources, Vec<Option<Span>>)>,
}

static WATCH: LazyLock<Mutex<Watch>> = LazyLock::new(Mutex::default);
static STARTED: Once = Once::new();
static JSON: AtomicBool = AtomicBool::new(false);
static HOLD: AtomicBool = AtomicBool::new(false);
static TAKEN: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);
static COSTLIEST: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// Stands for no rule.
const NONE: usize = usize::MAX;

/// What the process takes, for the engine to heed. From now on it is kept up to date.
pub fn taken() -> Arc<AtomicUsize> {
    STARTED.call_once(|| {
        // Without a thread the engine's own limits are left.
        let _ = std::thread::Builder::new().spawn(keep_watch);
    });
    Arc::clone(&TAKEN)
}

/// Looks at the memory now, where much of it has just been given back.
pub fn look_again() {
    if let Some(taken) = Gauge::new().as_ref().and_then(Gauge::taken) {
        TAKEN.store(taken, Ordering::Relaxed);
    }
}

/// Where the engine tells which rule has cost most.
pub fn costliest() -> Arc<AtomicUsize> {
    Arc::clone(&COSTLIEST)
}

/// Whether the end is also told as JSON on standard output.
pub fn tell_json(json: bool) {
    JSON.store(json, Ordering::Relaxed);
}

/// Whether output is held back until all of it is there, so that a limit can still end the run.
pub fn holds_output() -> bool {
    HOLD.load(Ordering::Relaxed)
}

/// Output is to be held back.
pub fn hold_output() {
    HOLD.store(true, Ordering::Relaxed);
}

/// Ends the process soon after it has spent the time or the memory of an evaluation, unless [`rest`] comes first.
pub fn watch(evaluation: &Evaluation) {
    *lock() = Watch {
        on: true,
        limits: evaluation.limits.clone(),
        timeout: evaluation.timeout,
        ..Watch::default()
    };
}

/// What comes next.
pub fn stage(stage: Stage) {
    let mut watch = lock();
    watch.stage = stage;
    watch.rules = None;
}

/// Conclusions are drawn next, by these rules.
pub fn concluding(prepared: &Prepared) {
    COSTLIEST.store(NONE, Ordering::Relaxed);
    let mut watch = lock();
    watch.stage = Stage::Concluding;
    watch.rules = Some((prepared.sources.clone(), prepared.rule_places()));
}

/// What was found is being printed, and is printed whole.
pub fn rest() {
    HOLD.store(false, Ordering::Relaxed);
    lock().on = false;
}

/// Whether what is going on stops by itself when it is asked to.
pub fn is_concluding() -> bool {
    lock().stage == Stage::Concluding
}

/// Ends the process as somebody asked from outside; what is being printed is left where it is.
pub fn interrupt() -> ! {
    let watch = lock();
    let exit = Exit::Interrupted;
    if watch.on {
        let (code, title) = limits::limit_words(Limit::Cancelled, &watch.limits, None);
        tell(&Failure::Plain {
            exit,
            code,
            title,
            help: None,
        });
    }
    std::process::exit(i32::from(exit.status()));
}

/// While this is held the process is not ended, neither by a limit nor by Ctrl-C: for a short stretch that leaves something half-done.
pub fn whole() -> impl Sized {
    lock()
}

fn lock() -> MutexGuard<'static, Watch> {
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep_watch() {
    let gauge = Gauge::new();
    loop {
        let taken = gauge.as_ref().and_then(Gauge::taken).unwrap_or_default();
        TAKEN.store(taken, Ordering::Relaxed);
        let mut watch = lock();
        if let Some(limit) = watch.spent(taken) {
            // Still locked, so that nobody begins to print.
            tell(&watch.failure(limit));
            std::process::exit(i32::from(Exit::Limit.status()));
        }
        let step = watch.step(taken);
        drop(watch);
        std::thread::sleep(step);
    }
}

fn tell(failure: &Failure) {
    // The status says the rest where nobody listens.
    let _ = output::say(&mut anstream::stderr(), failure);
    if JSON.load(Ordering::Relaxed) {
        output::print_diagnostics(failure);
    }
}

impl Watch {
    /// The limit that the process is past, and has been for long enough.
    fn spent(&mut self, taken: usize) -> Option<Limit> {
        if !self.on {
            return None;
        }
        let now = Instant::now();
        let concluding = self.stage == Stage::Concluding;
        if let Some(deadline) = self.limits.deadline {
            let patience = self.timeout.unwrap_or_default() / PATIENCE;
            let end = deadline.checked_add(if concluding { patience } else { Duration::ZERO });
            if end.is_some_and(|end| now >= end) {
                return Some(Limit::Time);
            }
        }
        let memory = self.limits.memory.unwrap_or(usize::MAX);
        if taken <= memory {
            self.over = None;
            return None;
        }
        let since = *self.over.get_or_insert(now);
        let slightly = taken - memory < memory / PATIENCE as usize / 2;
        let wait = concluding && slightly && now < since + MOMENT;
        (!wait).then_some(Limit::Memory)
    }

    /// How long nothing can happen.
    fn step(&self, taken: usize) -> Duration {
        let left = self
            .limits
            .memory
            .unwrap_or(usize::MAX)
            .saturating_sub(taken);
        Duration::from_nanos((left / FILLED) as u64).clamp(SHORT_STEP, STEP)
    }

    fn failure(&self, limit: Limit) -> Failure {
        let exit = Exit::Limit;
        match self.costliest() {
            Some((sources, at)) => Failure::Complaints {
                exit,
                sources: Box::new(sources.clone()),
                complaints: vec![limits::spent(limit, &self.limits, self.timeout, at)],
            },
            None => {
                let (code, title) = limits::limit_words(limit, &self.limits, self.timeout);
                let help = Some(self.stage.words().to_owned());
                Failure::Plain {
                    exit,
                    code,
                    title,
                    help,
                }
            }
        }
    }

    /// The statement that had cost most, where one can be told.
    fn costliest(&self) -> Option<(&Sources, Span)> {
        let (sources, places) = self.rules.as_ref()?;
        let place = *places.get(COSTLIEST.load(Ordering::Relaxed))?;
        Some((sources, place?))
    }
}

impl Stage {
    fn words(self) -> &'static str {
        match self {
            Self::Reading => "It was still reading.",
            Self::Checking => "It was still checking, and had drawn no conclusion.",
            Self::Concluding => "It was drawing conclusions.",
            Self::Answering => "All conclusions were drawn; it was answering.",
        }
    }
}
