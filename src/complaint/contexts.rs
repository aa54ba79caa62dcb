//! Complaints about drivers, scenarios and suppositions, and about the frames of questions.

use super::Complaint;
use crate::text::Span;

/// `driver war: yes: War breaks out.`
pub fn too_few_outcomes(driver: &str, at: Span) -> Complaint {
    Complaint::error(
        "too-few-outcomes",
        format!("the driver `{driver}` has fewer than two outcomes"),
        at,
    )
    .help("Say what may happen otherwise; an outcome in which nothing happens is `no: nothing.`")
}

/// two outcomes with `[now]`
pub fn two_nows(at: Span, first: Span) -> Complaint {
    Complaint::error("two-nows", "two outcomes of a driver are `[now]`", at)
        .and_at(first, "the first")
        .help("One outcome is the case at a time; keep one `[now]`.")
}

/// `[60%]` and `[50%]`
pub fn over_a_hundred(driver: &str, sum: &str, at: Span) -> Complaint {
    Complaint::error(
        "over-a-hundred",
        format!("the percentages of `{driver}` come to {sum}, over 100"),
        at,
    )
    .help("Exactly one outcome is the case, so they may come to 100 at most.")
}

/// `[20%]` and `[50%]`, and no outcome without one
pub fn under_a_hundred(driver: &str, sum: &str, at: Span) -> Complaint {
    Complaint::warning(
        "under-a-hundred",
        format!("the percentages of `{driver}` come to {sum} only"),
        at,
    )
    .note("They are scaled up to 100.")
    .help("Leave one outcome without a percentage and it takes the rest, or add an outcome for what else may happen.")
}

/// `a: … [70%]. b: … [30%]. c: …`
pub fn nothing_left(driver: &str, outcome: &str, at: Span) -> Complaint {
    Complaint::warning(
        "nothing-left",
        format!("nothing is left for the outcome `{outcome}` of `{driver}`"),
        at,
    )
    .note("The other outcomes come to 100% or more, and an outcome without a likelihood takes what they leave: 0%.")
    .help("Give it a likelihood too, or lower the others.")
}

/// `impossible` rules out every world.
pub fn impossible_leaves_none(at: Span, impossible: &[Span]) -> Complaint {
    no_world_left("what is impossible leaves no world here", at, impossible)
        .help("Each `impossible` removes the worlds in which its condition holds, whatever else is supposed; together they remove every one.")
}

/// `B is red given C is red?` where C is red in no world
pub fn given_leaves_none(at: Span) -> Complaint {
    no_world_left("what is given leaves no world", at, &[])
        .help("What is given holds in no world that `impossible` and the suppositions leave. To look at what would follow if it were so, suppose it: `if` for `given`.")
}

/// `impossible` rules out the `[now]` outcomes taken together.
pub fn present_leaves_none(at: Span, impossible: &[Span]) -> Complaint {
    no_world_left(
        "the present outcomes of the drivers are ruled out together",
        at,
        impossible,
    )
        .help("An `impossible` holds where the drivers stand as they do `[now]`. Mark another outcome as the present one, or correct the `impossible`.")
}

/// `how likely is it that … given Iran tests?`, where every outcome that leads there has 0%
pub fn given_unlikely(at: Span) -> Complaint {
    Complaint::error("given-unlikely", "what is given has a likelihood of 0%", at)
        .here("asked here")
        .note("How likely something is among worlds that together weigh nothing cannot be said.")
        .help("Give the outcomes that lead to what is given a likelihood above 0%.")
}

fn no_world_left(title: &str, at: Span, impossible: &[Span]) -> Complaint {
    let complaint = Complaint::error("no-world-left", title, at);
    let complaint = if impossible.contains(&at) {
        complaint.here("impossible")
    } else {
        complaint.here("asked here")
    };
    let others = impossible.iter().filter(|&&other| other != at).take(3);
    others.fold(complaint, |complaint, &other| {
        complaint.and_at(other, "impossible")
    })
}

/// `if War breaks out and not War breaks out`
pub fn supposed_both_ways(sentence: &str, at: Span, first: Span) -> Complaint {
    Complaint::error(
        "supposed-both-ways",
        format!("`{sentence}` and its opposite are supposed together"),
        at,
    )
    .and_at(first, "the other way here")
    .help("Keep one of the two.")
}

/// `scenario a extends b: … scenario b extends a: …`
pub fn extends_itself(labels: &[&str], at: Span) -> Complaint {
    let circle = labels
        .iter()
        .map(|label| format!("`{label}`"))
        .collect::<Vec<_>>()
        .join(" extends ");
    Complaint::error(
        "circular-scenarios",
        "a scenario extends itself in the end",
        at,
    )
    .note(format!("{circle}."))
    .help("Take one `extends` out.")
}

/// `drop Armenia is finlandized.` where rules conclude it
pub fn drops_conclusion(sentence: &str, rules: &[(String, Span)], at: Span) -> Complaint {
    let mut complaint = Complaint::error(
        "drops-conclusion",
        format!("`{sentence}` is concluded, not stated, so it cannot be dropped"),
        at,
    );
    for (rule, at) in rules.iter().take(3) {
        complaint = complaint.and_at(*at, format!("concluded by {rule}"));
    }
    complaint.help(format!(
        "Drop a fact that it rests on, or suppose the opposite: `suppose not {sentence}.`"
    ))
}

/// `drop Armenia leads CSTO.` where nothing says so
pub fn drops_nothing(sentence: &str, at: Span, near: Option<&str>) -> Complaint {
    let complaint = Complaint::error("drops-nothing", format!("no fact states `{sentence}`"), at);
    match near {
        Some(near) => complaint.help(format!("Is `{near}` meant?")),
        None => {
            complaint.help("Only a stated fact can be dropped, in the words in which it is stated.")
        }
    }
}

/// `drop Georgia owns North-South.` where only an outcome of a driver states it
pub fn drops_outcome(sentence: &str, driver: &str, at: Span, outcome: Span) -> Complaint {
    Complaint::error(
        "drops-outcome",
        format!("`{sentence}` is an outcome of `{driver}`, not a fact"),
        at,
    )
    .and_at(outcome, "the outcome")
    .help(format!(
        "Suppose what is the case instead: `suppose not {sentence}.` leaves the other outcomes."
    ))
}

/// An outcome's sentence that is a plain fact too.
pub fn outcome_is_fact(sentence: &str, at: Span, fact: Span) -> Complaint {
    Complaint::warning(
        "outcome-is-fact",
        format!("`{sentence}` is an outcome, and a fact as well"),
        at,
    )
    .and_at(fact, "stated here")
    .help("As a fact it holds whatever the outcome is; take the fact out.")
}

/// A second fact with a likelihood for the same sentence.
pub fn odds_twice(sentence: &str, at: Span, first: Span) -> Complaint {
    Complaint::error(
        "odds-twice",
        format!("`{sentence}` has a likelihood twice"),
        at,
    )
    .here("the second")
    .and_at(first, "the first")
    .help("Keep one of the two.")
}

/// `… in calm in buyout?`, `… as of 2010 as of 2011?`
pub fn suffix_twice(suffix: &str, at: Span, first: Span) -> Complaint {
    Complaint::error("suffix-twice", format!("`{suffix}` stands twice"), at)
        .and_at(first, "the first")
        .help("Keep one of the two.")
}

/// `who owns ?pipe given ?pipe is closed?`
pub fn given_shares_variable(variable: &str, at: Span) -> Complaint {
    Complaint::error(
        "given-shares-variable",
        format!("`{variable}` stands in the question and after `given`"),
        at,
    )
    .note("What is `given` narrows the possible worlds and cannot depend on the row of an answer.")
    .help("Use a name, `?` or another variable after `given`, or put the condition into the question with `and`.")
}

/// `--given war`
pub fn given_without_outcome(at: Span) -> Complaint {
    Complaint::error(
        "unknown-outcome",
        "`--given` takes a driver and an outcome",
        at,
    )
    .help("Write `--given DRIVER=OUTCOME`.")
}

/// `--given war=yes --given war=no`
pub fn given_both(driver: &str, at: Span) -> Complaint {
    Complaint::error(
        "given-both",
        format!("two outcomes are given for `{driver}`"),
        at,
    )
    .help("Exactly one outcome is the case; give one.")
}
