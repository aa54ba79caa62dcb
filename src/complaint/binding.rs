//! Complaints about variables that nothing binds, and about what is counted.

use super::Complaint;
use crate::text::Span;

/// How a variable of a conclusion comes to be bound by nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbound {
    /// The rule has no condition.
    NoCondition,
    /// No condition mentions it; perhaps another variable is meant.
    Nowhere(Option<String>),
    /// Only an exception mentions it.
    OnlyInException,
    /// Only comparisons and arithmetic mention it; perhaps there with a variable such as `?n-1` where a difference is meant.
    OnlyCompared(Option<String>),
    /// This branch of an `or` does not mention it.
    Branch(Span),
}

/// `?x is old implies ?y is wise.`
pub fn unbound_in_conclusion(variable: &str, at: Span, why: &Unbound) -> Complaint {
    let complaint = Complaint::error(
        "unbound-variable",
        format!("the conclusion does not know who `{variable}` is"),
        at,
    );
    match why {
        Unbound::NoCondition => complaint
            .help(format!("Name it, or add a condition that says who: `{variable} … suggests …`.")),
        Unbound::Nowhere(Some(near)) => complaint
            .here("no condition mentions it")
            .help(format!("Is `{near}` meant?")),
        Unbound::Nowhere(None) => complaint
            .here("no condition mentions it")
            .help(format!("Add a condition that says who `{variable}` is.")),
        Unbound::OnlyInException => complaint
            .here("only an `unless` mentions it")
            .help(format!("What stands after `unless` must be missing, so it cannot say who `{variable}` is; add a condition before `unless` that does.")),
        Unbound::OnlyCompared(Some(joined)) => complaint
            .here("only compared, never found")
            .help(format!("`{joined}` is one variable. A difference has spaces around its `-`: `{}`.", joined.replace('-', " - "))),
        Unbound::OnlyCompared(None) => complaint
            .here("only compared, never found")
            .help(format!("Add a sentence that says who or what `{variable}` is.")),
        Unbound::Branch(branch) => complaint
            .and_at(*branch, format!("this side of `or` does not mention `{variable}`"))
            .help(format!("Mention `{variable}` on each side of `or`, or write two rules.")),
    }
}

/// `?x is old implies ?x knows ?.`
pub fn anything_in_conclusion(at: Span) -> Complaint {
    Complaint::error(
        "anything-in-conclusion",
        "a conclusion cannot be about just anything",
        at,
    )
    .help("Put a variable that the condition mentions, or a name.")
}

/// `?x is old and ?y > 3 implies ?x is wise.`
pub fn unbound_in_comparison(variable: &str, at: Span, near: Option<&str>) -> Complaint {
    let complaint = Complaint::error(
        "unbound-variable",
        format!("nothing says what `{variable}` is, so it cannot be compared or reckoned with"),
        at,
    );
    match near {
        Some(near) => complaint.help(format!("Is `{near}` meant?")),
        None => complaint.help(format!(
            "Add a sentence with `{variable}` beside it, outside `unless`; an `=` finds a variable only where it stands alone on one side and all of the other side is known."
        )),
    }
}

/// `?n is the number of ?c where ?d mines ?m`
pub fn unbound_in_count(variable: &str, at: Span, near: Option<&str>) -> Complaint {
    let complaint = Complaint::error(
        "unbound-variable",
        format!("nothing behind `where` says what `{variable}` is"),
        at,
    );
    match near {
        Some(near) => complaint.help(format!("Is `{near}` meant?")),
        None => complaint.help(format!(
            "Write a sentence with `{variable}` behind `where`, as in `?n is the number of ?c where ?c mines ?m`."
        )),
    }
}

/// `? > 3`, `who > 3`
pub fn unnamed_in_comparison(written: &str, at: Span, in_rule: bool) -> Complaint {
    let whom = if in_rule { "the rule" } else { "the question" };
    Complaint::error(
        "unbound-variable",
        format!(
            "`{written}` is a different one each time, so it cannot be compared or reckoned with"
        ),
        at,
    )
    .help(format!(
        "Use a variable such as `?x` that a sentence of {whom} mentions too."
    ))
}

/// `(?x is old or ?y knows ?x) unless ?y is dead implies ?x is wise.`
pub fn unbound_in_exception(variable: &str, at: Span) -> Complaint {
    Complaint::error(
        "unbound-variable",
        format!("the exception does not know who `{variable}` is"),
        at,
    )
    .here("mentioned outside, but not in every case")
    .help(format!(
        "Mention `{variable}` on each side of the `or`, or write two rules."
    ))
}

/// `?x is free unless ?y rules ?x implies ?x is happy.`
pub fn once_in_exception(variable: &str, at: Span, near: Option<&str>) -> Complaint {
    let complaint = Complaint::error(
        "lone-variable",
        format!("`{variable}` is met only once, inside `unless`"),
        at,
    );
    match near {
        Some(near) => complaint.help(format!(
            "Is `{near}` meant? For \"anyone at all\" write `?`."
        )),
        None => complaint.help(format!(
            "For \"anyone at all\" write `?` in place of `{variable}`."
        )),
    }
}

/// `?great leads ?bloc and ?blok covers ?state implies …`
pub fn nearly_another(variable: &str, near: &str, at: Span) -> Complaint {
    Complaint::warning(
        "nearly-another-variable",
        format!("`{variable}` is met only once, and is nearly `{near}`"),
        at,
    )
    .help(format!(
        "Is `{near}` meant? For \"anyone at all\" write `?`."
    ))
}

/// `?n is the number of ?c where ?c mines ?m and ?n = 1 implies ?c is alone.`
pub fn counted_used_outside(variable: &str, kind: &str, inside: Span, outside: Span) -> Complaint {
    Complaint::error(
        "counted-outside",
        format!(
            "`{variable}` is what the {kind} is taken over, and is used outside its `where` too"
        ),
        outside,
    )
    .here("used outside")
    .and_at(inside, "taken over here")
    .note(format!(
        "The {kind} would be taken for each `{variable}` by itself."
    ))
    .help("Use another variable in one of the two places.")
}

/// `?n is the number of ?n where ?n is old`
pub fn result_counted(variable: &str, at: Span) -> Complaint {
    Complaint::error(
        "result-counted",
        format!("`{variable}` is both the result and what it is taken from"),
        at,
    )
    .help("Give the result a variable of its own.")
}

/// `?x > Russia + 1`
pub fn name_in_arithmetic(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "name-in-arithmetic",
        format!("`{name}` is a name, not a number"),
        at,
    )
    .help("Only numbers, quantities and dates can be reckoned with.")
}

/// `who leads CSTO or who leads NATO?`
pub fn asked_on_one_side(variable: &str, at: Span, branch: Span) -> Complaint {
    Complaint::error(
        "asked-on-one-side",
        format!("`{variable}` is asked for on one side of `or` only"),
        at,
    )
    .and_at(branch, "this side says nothing about it")
    .help("Use one variable on both sides, as in `?x leads CSTO or ?x leads NATO?`, or ask two questions.")
}
