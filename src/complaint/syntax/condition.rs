//! Conditions: comparisons, arithmetic, aggregates and parentheses.

use super::one_line;
use crate::complaint::Complaint;
use crate::text::Span;

/// `not ?x = ?y`
pub fn not_before_comparison(at: Span) -> Complaint {
    Complaint::error("not-before-comparison", "`not` before a comparison", at)
        .help("Turn the sign around: `!=` for `=`, `>=` for `<`, `<=` for `>`.")
}

/// `not (A and B)`
pub fn not_before_group(at: Span) -> Complaint {
    Complaint::error("not-before-group", "`not` before parentheses", at)
        .help("`not` denies one sentence. For `not (A and B)` write `not A or not B`, for `not (A or B)` write `not A and not B`.")
        .help("For \"as long as nothing says so\" use `unless`, which takes a group: `unless (A and B)`.")
}

/// `1 < ?x < 5`
pub fn chained_comparison(at: Span) -> Complaint {
    Complaint::error("chained-comparison", "two comparisons in a row", at)
        .help("Write both, joined by `and`: `1 < ?x and ?x < 5`.")
}

/// `?x has ?n > 5`
pub fn word_in_comparison(at: Span, word: &str) -> Complaint {
    Complaint::error(
        "word-in-comparison",
        format!("the word `{word}` in a comparison"),
        at,
    )
    .here("only terms and sums of them are compared")
    .help("Let a sentence find the value and compare it after `and`: `?x has ?n bases and ?n > 5`.")
    .help("Quotes make a word a name: `\"gas\"`.")
}

/// A sum of hundreds of terms
pub fn long_comparison(at: Span, most: usize) -> Complaint {
    Complaint::error(
        "long-comparison",
        format!("a comparison of more than {most} words and signs"),
        at,
    )
    .help("Compute parts of it in rules of their own.")
}

/// Parentheses sixty-five deep
pub fn nested_too_deep(at: Span, most: usize) -> Complaint {
    Complaint::error(
        "nested-too-deep",
        format!("more than {most} parentheses or signs inside each other"),
        at,
    )
    .help("Give parts of it a rule of their own.")
}

/// `?n is the number of ?c and …`
pub fn aggregate_without_where(aggregate: Span, at: Span) -> Complaint {
    Complaint::error("missing-where", "`where` is missing", at)
        .here("expected `where` and a condition")
        .and_at(
            aggregate,
            "what is counted or summed is found by a condition",
        )
        .help("Write the condition: `?n is the number of ?c where ?c mines ?m`.")
}

/// `?n is the count of ?c where …`; `word` is what stands for `number`, `meant` the word that counts.
pub fn unknown_aggregate(at: Span, word: &str, meant: &str) -> Complaint {
    Complaint::error(
        "unknown-count",
        format!("`{word}` opens no count and no sum here"),
        at,
    )
    .help(format!("Write `?n is the {meant} of … where …`."))
}

/// `?n is the of ?c where …`
pub fn no_count(at: Span) -> Complaint {
    Complaint::error("unknown-count", "`where` without a count or sum before it", at)
        .help("Counts and sums are written `?n is the number of ?c where …`, also with `sum`, `least`, `greatest` or `average` for `number`.")
}

/// `implies ?n is the number of ?c where …`, `who is the number of ?c where …`
pub fn count_out_of_place(at: Span) -> Complaint {
    Complaint::error("unknown-count", "a count or sum where none can stand", at)
        .help("It stands in a condition or a question and finds a variable: `?n is the number of ?c where ?c mines ?m and …`. What follows from it, behind `implies` or `suggests`, uses that variable.")
}

/// `(A is on implies B is on.`
pub fn unclosed_group(opening: Span, at: Span) -> Complaint {
    Complaint::error("unclosed-bracket", "`)` is missing", at)
        .here("expected `)` before this")
        .and_at(opening, "opened here")
        .help("Close the group where it ends.")
}

/// `A is on -> B is on`
pub fn arrow(at: Span, arrow: &str) -> Complaint {
    let complaint = Complaint::error("unknown-operator", format!("`{arrow}` makes no rule"), at);
    match arrow {
        ":-" | "<-" => complaint.help("A rule has its condition first, then `implies` or `suggests`, then what follows: `?x is a penguin implies ?x is a bird.`"),
        _ => complaint.help("Write `implies`, or `suggests` for what is normally so."),
    }
}

/// `-- remark`
pub fn other_comment(at: Span, mark: &str) -> Complaint {
    Complaint::error("stray-character", format!("`{mark}` opens no comment"), at)
        .help("A comment begins with `#` and goes on to the end of the line.")
}

/// `5 million $`
pub fn currency_behind(at: Span, sign: &str) -> Complaint {
    Complaint::error(
        "unexpected",
        format!("`{sign}` stands before its number"),
        at,
    )
    .here("expected a number behind this")
    .help(format!("Write `{sign}5` for `5 {sign}`."))
}

/// `3 is the number of ?c where …`
pub fn count_without_result(at: Span, word: &str) -> Complaint {
    Complaint::error(
        "unknown-count",
        format!("`{word}` opens no count and no sum here"),
        at,
    )
    .help(format!("A count or sum finds a variable, which is compared then: `?n is the {word} of … where … and ?n = 3`."))
}

/// `?n is the number of ?c where ?n > 2`
pub fn empty_where(at: Span, result: &str) -> Complaint {
    Complaint::error("empty-where", "nothing stands behind `where`", at)
        .here("the condition ends before this")
        .note(format!("It runs on to the first part that mentions the result `{result}`, or to the next count or sum."))
        .help("Write first what is counted or summed: `?n is the number of ?c where ?c mines ?m and ?n > 2`.")
}

/// `A is on if B is on or C is on?`
pub fn condition_supposed(at: Span, word: &str) -> Complaint {
    Complaint::error(
        "condition-in-fact",
        format!("`{word}` in what is supposed"),
        at,
    )
    .here("only conditions have it")
    .help("What is supposed is one sentence, or several joined by `and`. Ask once for each.")
}

/// `CSTO covers Russia, Armenia or Belarus.`
pub fn or_in_list(at: Span) -> Complaint {
    Complaint::error("condition-in-fact", "`or` in a list", at)
        .here("only conditions have it")
        .help("A list is joined by `and`: its sentence is said of each.")
        .help("For what may be one or the other write a driver, with an outcome for each.")
}

/// `A is B or C is D.`
pub fn condition_in_fact(at: Span, word: &str) -> Complaint {
    Complaint::error("condition-in-fact", format!("`{word}` in a fact"), at)
        .here("only conditions have it")
        .help("A rule says what follows from a condition: put `implies` or `suggests` after it, and then what follows.")
}

/// `Russia has ?n > 5.`
pub fn comparison_in_fact(at: Span, sign: &str) -> Complaint {
    Complaint::error("comparison-in-fact", format!("`{sign}` in a fact"), at)
        .here("only conditions compare")
        .help("State the value in words, as in `Russia has 5 bases`, and compare it in a rule or a question.")
}

/// `Russia (a federation) leads CSTO.`
pub fn group_in_fact(at: Span) -> Complaint {
    Complaint::error("group-in-fact", "parentheses in a fact", at)
        .help("Leave out what is only remarked, or write it as a comment behind `#`. Parentheses group conditions.")
}

/// `If A is on then B is on.`; `rule` is the same as a rule, where it can be made out.
pub fn if_then(at: Span, word: &str, rule: Option<(&str, &str)>) -> Complaint {
    let complaint = Complaint::error("if-then", format!("`{word}` does not open a rule"), at);
    match rule {
        Some((condition, head)) => complaint.help(turned(condition, head)),
        None => complaint.help("Write the condition, `implies` or `suggests`, and then what follows: `?x is a penguin implies ?x is a bird`."),
    }
}

/// `what if A is on then who is free?`
pub fn then_in_question(at: Span, supposed: &str, question: &str) -> Complaint {
    Complaint::error("if-then", "`then` before what is asked", at)
        .here("expected `:`")
        .help(format!(
            "Write `{}: {}`",
            one_line(supposed),
            one_line(question)
        ))
}

/// `?w has ?b beds where ?b > 5 implies …`
pub fn where_in_condition(at: Span) -> Complaint {
    Complaint::error(
        "reserved-word",
        "`where` belongs to counts and sums",
        at,
    )
    .help("A further condition stands behind `and`: `?x has ?n beds and ?n > 5 implies …`.")
    .help("A count is written `?n is the number of ?c where …`, likewise `sum`, `least`, `greatest` and `average`.")
}

/// `B is on if A is on.`
pub fn if_after(at: Span, word: &str, rule: Option<(&str, &str)>) -> Complaint {
    let title = match word {
        "then" => "`then` makes no rule".to_owned(),
        _ => format!("`{word}` stands in questions and expectations only"),
    };
    let complaint = Complaint::error("if-after", title, at);
    match rule {
        Some((condition, head)) => complaint.help(turned(condition, head)),
        None => {
            complaint.help("In a rule the condition comes first: for `B if A` write `A implies B`.")
        }
    }
}

fn turned(condition: &str, head: &str) -> String {
    format!(
        "Write `{} implies {}.`, or `suggests` for what is normally so.",
        one_line(condition),
        one_line(head)
    )
}
