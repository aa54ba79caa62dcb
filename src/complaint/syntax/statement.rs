//! Statements: how they open, end and hang together.

use crate::complaint::Complaint;
use crate::text::Span;

/// `CSTO covers Armenia` and a new line
pub fn missing_full_stop(at: Span, next: Option<Span>) -> Complaint {
    let complaint =
        Complaint::error("missing-full-stop", "a full stop is missing", at).here("expected `.`");
    match next {
        Some(next) => complaint
            .and_at(next, "a new statement seems to begin here")
            .help("Every statement ends with a full stop. If this line goes on with the statement, indent it."),
        None => complaint.help("Every statement ends with a full stop."),
    }
}

/// `Armenia is free [source memo.]`
pub fn full_stop_in_brackets(at: Span) -> Complaint {
    Complaint::error("missing-full-stop", "a full stop is missing", at)
        .here("expected `.`")
        .help("The full stop before the `]` belongs to the note. Put it behind the `]`: `[source memo].`")
}

/// `- yes: Ann sings.`, `1. expect Ann sings.`
pub fn list_mark(at: Span, mark: &str, line: &str) -> Complaint {
    let line = super::one_line(line);
    Complaint::error(
        "list-mark",
        format!("`{mark}` before a line, as in a list"),
        at,
    )
    .help(format!("Leave it out: `{line}`"))
}

/// A second full stop: `A is on. .`
pub fn full_stop_twice(at: Span, sign: &str) -> Complaint {
    let title = match sign {
        "?" => "a `?` that ends nothing",
        _ if sign.len() > 1 => "more than one full stop",
        _ => "a full stop that ends nothing",
    };
    Complaint::error("full-stop-twice", title, at)
        .help("The statement before it has ended already, with a full stop or `?` of its own. Delete one of the two.")
}

/// `tst "the west":`
pub fn unknown_opener(at: Span, word: &str, nearest: Option<&str>, has_verb: bool) -> Complaint {
    let word = super::one_line(word);
    if word.starts_with(['"', '\u{201c}']) {
        return Complaint::error("unknown-opener", "a title that nothing has", at)
            .help(format!("For a test write `test {word}:`."))
            .help("Rules, drivers and scenarios have a label before their title, as in `scenario label \"title\":`.");
    }
    let complaint = Complaint::error(
        "unknown-opener",
        format!("`{word}` opens no statement with a `:`"),
        at,
    );
    match nearest {
        Some(nearest) => complaint.help(format!("Did you mean `{nearest}`?")),
        None if has_verb => complaint.help(format!("A rule's label stands behind `rule`: `rule {word} …:`.")),
        None => complaint.help("Only `rule`, `test`, `driver` and `scenario` do, and an outcome's own label inside a driver."),
    }
}

/// A rule without its verb: `rule duty: ?x is a firm [source law].`
pub fn missing_verb(at: Span) -> Complaint {
    Complaint::error("missing-verb", "this rule says nothing that follows", at)
        .here("expected `implies`, `suggests` or `casts doubt on` before this")
        .help("Write the condition, `implies` or `suggests`, and then what follows: `?x is a penguin implies ?x is a bird.`")
}

/// `A is on implies B is on implies C is on.`
pub fn second_verb(at: Span, verb: &str) -> Complaint {
    Complaint::error(
        "second-verb",
        format!("a second `{verb}` in one statement"),
        at,
    )
    .help("A full stop may be missing between two rules.")
    .help("A chain is written as two rules: `A implies B. B implies C.`")
}

/// `how many wards are open?`
pub fn how_many(at: Span) -> Complaint {
    Complaint::error("unexpected", "`how many` opens no question", at)
        .help("A count is asked for with a variable: `?n is the number of ?x where ?x is free?`")
}

/// `what would it take?`
pub fn take_for_what(at: Span) -> Complaint {
    Complaint::error("nothing-asked", "this does not say what for", at)
        .here("expected `for` and a sentence behind this")
        .help("Say what should come about: `what would it take for Armenia is free?`")
}

/// `who leads CSTO.`
pub fn missing_question_mark(question: Span, stop: Option<Span>) -> Complaint {
    Complaint::error(
        "missing-question-mark",
        "a question without its `?`",
        stop.unwrap_or(question),
    )
    .and_at(question, "this asks")
    .help("End it with `?`, touching the last word.")
}

/// `A is on ?`
pub fn question_mark_apart(at: Span) -> Complaint {
    Complaint::error("missing-question-mark", "a `?` that stands apart", at)
        .here("by itself it stands for anything")
        .help("A question's `?` touches its last word: `Armenia is free?`")
        .help("If this is a statement, say what stands in its place, and end it with a full stop.")
}

/// `expect Armenia is free?`
pub fn question_mark_after_statement(at: Span) -> Complaint {
    Complaint::error(
        "question-mark-after-statement",
        "`?` at the end of a statement",
        at,
    )
    .here("expected a full stop")
    .help("Only a question ends with `?`.")
}

/// A second statement after the question of a prompt
pub fn more_than_a_question(at: Span) -> Complaint {
    Complaint::error("more-than-a-question", "more than one question", at)
        .here("the question has ended before this")
        .help("Ask one question at a time.")
}

/// `expect …` outside a test
pub fn item_alone(at: Span, opener: &str, header: &str) -> Complaint {
    Complaint::error(
        "item-alone",
        format!("`{opener}` belongs to something that is not open here"),
        at,
    )
    .help(format!(
        "Put `{header}` before it. A statement of another kind in between has ended the one above."
    ))
}

/// An indented fact behind an `expect …`
pub fn fact_inside(at: Span, of: &str) -> Complaint {
    let opener = match of {
        "test" => "`expect`",
        _ => "`suppose` or `drop`",
    };
    Complaint::warning(
        "fact-inside",
        format!("a fact among the lines of a {of}"),
        at,
    )
    .here(format!("this ends the {of}"))
    .help(format!(
        "If it belongs to the {of}, put {opener} before it."
    ))
    .help("If it is a fact, begin it at the left margin.")
}

/// `expect …` behind a statement that has ended the test
pub fn item_after(at: Span, opener: &str, of: &str, ended: Span) -> Complaint {
    let complaint = Complaint::error(
        "item-alone",
        format!("`{opener}` belongs to a {of}, and another statement has ended the one above"),
        at,
    )
    .and_at(ended, format!("this has ended the {of}"));
    let opener = match of {
        "test" => "`expect`",
        _ => "`suppose` or `drop`",
    };
    complaint.help(format!(
        "If that belongs to the {of}, put {opener} before it; if not, move it before or behind the {of}."
    ))
}

/// `war: Azerbaijan attacks.` outside a driver
pub fn outcome_alone(at: Span, label: &str) -> Complaint {
    Complaint::error("outcome-alone", format!("`{label}:` opens nothing here"), at)
        .help(format!("An outcome belongs to a driver: put `driver label:` before it. A rule's label follows `rule`: `rule {label}: …`."))
}

/// `rule unless: …`
pub fn reserved_label(at: Span, word: &str) -> Complaint {
    Complaint::error("reserved-label", format!("`{word}` cannot be a label"), at)
        .here("it opens or joins statements")
        .help("Choose another word.")
}

/// `rule Shield: …`
pub fn label_not_a_word(at: Span, token: &str) -> Complaint {
    let complaint = Complaint::error(
        "label-not-a-word",
        format!("`{token}` cannot be a label"),
        at,
    )
    .here("a label is one word that begins with a small letter");
    if token.contains(' ') {
        return complaint.help(
            "Choose a word, and put the text in quotes behind it: `source memo \"its title\".`",
        );
    }
    let plain = token.trim_matches('"').to_lowercase();
    if plain.starts_with(char::is_alphabetic) {
        complaint.help(format!("Write `{plain}`."))
    } else {
        complaint.help("Choose a word.")
    }
}

/// A sentence that goes on in a line at the left margin
pub fn line_goes_on(at: Span) -> Complaint {
    Complaint::warning(
        "line-goes-on",
        "this line goes on with the sentence above",
        at,
    )
    .help("If a new statement begins here, the line above lacks its full stop.")
    .help("If it is one sentence, indent this line.")
}

/// `Russia leads CSTO as of 2010.`
pub fn as_of_in_fact(at: Span) -> Complaint {
    Complaint::error("as-of-in-fact", "`as of` in a statement", at)
        .here("it belongs to questions and expectations, or stands alone")
        .help("Say when a fact holds in a note: `[from 2010]`, `[in 2010]`.")
}

/// A file past four gigabytes
pub fn text_too_long(at: Span) -> Complaint {
    Complaint::error("text-too-long", "a file of more than four gigabytes", at)
        .help("Split it, or `load` its rows from a table.")
}

/// Anything that no other complaint knows
pub fn unexpected(at: Span, expected: &str, found: &str) -> Complaint {
    let found = super::one_line(found);
    Complaint::error(
        "unexpected",
        format!("expected {expected}, found `{found}`"),
        at,
    )
    .here(format!("expected {expected}"))
}

/// The statement ends too early.
pub fn unexpected_end(at: Span, expected: &str) -> Complaint {
    Complaint::error(
        "unexpected-end",
        format!("expected {expected}, found the end of the statement"),
        at,
    )
    .here(format!("expected {expected}"))
}

/// `what if A is on?`
pub fn nothing_asked(at: Span, supposed: &str) -> Complaint {
    let supposed = super::one_line(supposed);
    Complaint::error(
        "nothing-asked",
        "nothing is asked about what is supposed",
        at,
    )
    .here("expected `:` and a question")
    .help(format!(
        "Say what you want to know: `{supposed}: who can press Armenia?`"
    ))
}
