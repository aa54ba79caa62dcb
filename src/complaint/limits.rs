//! Runs that end without a model: a limit is met, or a value cannot be computed.

use super::Complaint;
use crate::core::{Core, Origin};
use crate::engine::limits::Limit;
use crate::engine::{Limits, Stopped};
use crate::program::Program;
use crate::say;
use crate::text::Span;
use crate::value::{Term, Terms};
use std::time::Duration;

/// What to say of a run that was stopped: a complaint at the rule that accounts for it, or else code and title alone.
///
/// # Errors
/// When no rule accounts for it.
pub fn stopped(
    program: &Program,
    core: &Core,
    stopped: &Stopped,
    limits: &Limits,
    timeout: Option<Duration>,
) -> Result<Complaint, (&'static str, String)> {
    match stopped {
        Stopped::Limit {
            limit: Limit::Cancelled,
            ..
        } => Err(("interrupted", "interrupted".into())),
        Stopped::Limit { limit, costliest } => {
            match costliest.and_then(|rule| written(program, core, rule)) {
                Some(at) => Ok(spent(*limit, limits, timeout, at)),
                None => Err(limit_words(*limit, limits, timeout)),
            }
        }
        Stopped::Trouble {
            rule,
            bindings,
            trouble,
            terms,
        } => {
            let title = trouble.to_string();
            match written(program, core, *rule) {
                Some(at) => {
                    let complaint =
                        Complaint::error("no-such-value", title, at).here("in this rule");
                    let with = bound(program, core, *rule, bindings, terms);
                    Ok(if with.is_empty() {
                        complaint
                    } else {
                        complaint.note(format!("With {with}."))
                    })
                }
                None => Err(("no-such-value", title)),
            }
        }
    }
}

/// A limit that is spent, told at the rule that had cost most.
pub fn spent(limit: Limit, limits: &Limits, timeout: Option<Duration>, at: Span) -> Complaint {
    let (code, title) = limit_words(limit, limits, timeout);
    Complaint::error(code, title, at)
        .here("this rule had cost most")
        .help(way_out(limit))
}

/// `stopped after 2 seconds`
fn stopped_after(timeout: Duration) -> String {
    match timeout.as_secs_f64() {
        1.0 => "stopped after 1 second".to_owned(),
        seconds => format!("stopped after {seconds} seconds"),
    }
}

/// Code and title of a limit that is spent.
pub fn limit_words(
    limit: Limit,
    limits: &Limits,
    timeout: Option<Duration>,
) -> (&'static str, String) {
    match limit {
        Limit::Time => ("time-limit", stopped_after(timeout.unwrap_or_default())),
        Limit::Facts => (
            "fact-limit",
            match limits.facts.unwrap_or_default() {
                1 => "stopped at more than 1 fact".to_owned(),
                facts => format!("stopped at more than {facts} facts"),
            },
        ),
        Limit::Memory => {
            let mebibytes = limits.memory.unwrap_or_default() >> 20;
            (
                "memory-limit",
                format!("stopped at more than {mebibytes} MiB of memory"),
            )
        }
        Limit::Nodes => (
            "worlds-limit",
            "stopped: the drivers meet in too many ways to tell their worlds apart".into(),
        ),
        Limit::Steps => (
            "time-limit",
            format!("stopped after {} steps", limits.steps.unwrap_or_default()),
        ),
        Limit::Cancelled => ("interrupted", "interrupted".into()),
    }
}

fn way_out(limit: Limit) -> &'static str {
    match limit {
        Limit::Nodes => {
            "Declare drivers that act together next to each other, or let fewer of them bear on one conclusion."
        }
        _ => "If the rule can feed itself ever new values, bound it with a comparison.",
    }
}

/// The written statement that a core rule comes from.
pub fn written(program: &Program, core: &Core, rule: usize) -> Option<Span> {
    match core.rules.get(rule)?.origin {
        Origin::Written { rule, .. } => Some(program.rules[rule.0 as usize].at),
        Origin::Aside { at } => Some(at),
        Origin::Step => None,
    }
}

/// The variables of a written rule that had a value: `?x = 5 and ?y = 0`.
fn bound(
    program: &Program,
    core: &Core,
    rule: usize,
    bindings: &[Option<Term>],
    terms: &Terms,
) -> String {
    let Some(Origin::Written { rule: written, .. }) = core.rules.get(rule).map(|rule| rule.origin)
    else {
        return String::new();
    };
    let names = &program.rules[written.0 as usize].variables.0;
    let slots = core.variables.get(rule).into_iter().flatten();
    let said = slots.zip(bindings).filter_map(|(variable, value)| {
        let name = &names[(*variable)?.0 as usize];
        Some(format!("{name} = {}", say::quoted(terms, (*value)?)))
    });
    said.collect::<Vec<_>>().join(" and ")
}

/// A rule whose alternatives multiply.
pub fn too_many_branches(at: Span) -> Complaint {
    Complaint::error(
        "too-many-alternatives",
        "the alternatives of this statement multiply past the limit",
        at,
    )
    .help("Let rules of their own conclude the parts, and use what they conclude here.")
}
