//! `hence repl`: the interactive session, also plain `hence` on a terminal.

use super::args::ReplArguments;
use super::exit::{Exit, Failure};
use super::interrupt;
use super::memory;
use super::options::evaluation;
use super::output::Output;
use super::watchdog;
use crate::repl::{self, Desk};
use crate::session::{Reply, Session};
use std::sync::atomic::Ordering;

/// # Errors
/// When a named file cannot be taken in, or the terminal fails.
pub fn repl(arguments: &ReplArguments, output: &mut Output) -> Result<Exit, Failure> {
    interrupt::only_flag();
    let evaluation = evaluation(&arguments.evaluation, true)?;
    let policy = crate::files::Policy {
        allowed: arguments.allow_path.clone(),
    };
    let mut desk = Desk {
        session: Session::new(evaluation, policy),
    };
    for path in &arguments.files {
        if let Reply::Refused(unsolved) = desk.session.load(path.clone()) {
            return Err(unsolved.into());
        }
    }
    let calm = || {
        interrupt::listen();
        memory::give_back();
        watchdog::look_again();
        interrupt::flag().store(false, Ordering::Relaxed);
    };
    repl::run(&mut desk, &mut *output.out, &calm)?;
    Ok(Exit::Well)
}
