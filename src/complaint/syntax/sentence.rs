//! Sentences, and what may stand in them.

use super::one_line;
use crate::complaint::Complaint;
use crate::text::Span;

/// `Armenia.`
pub fn lone_term(at: Span, term: &str, short_name: Option<(&str, &str)>) -> Complaint {
    let term = one_line(term);
    let complaint = Complaint::error("lone-term", format!("`{term}` alone says nothing"), at)
        .note("A sentence has a word, or two terms, at least. What begins with a capital is a name, never a word.");
    if term.ends_with(".hence\"") {
        return complaint.help(format!("To bring in a file write `use {term}.`"));
    }
    if let Some((short, next)) = short_name {
        let quoted = match next.starts_with(char::is_lowercase) {
            true => format!("\"{short}.\" {next}"),
            false => format!("\"{short}. {next}\""),
        };
        return complaint.help(format!(
            "The full stop behind `{short}` ends the statement. If it belongs to a name, leave it out, `{short} {next}`, or put quotes around all of the name: `{quoted}`."
        ));
    }
    match term.split_once(' ') {
        Some((first, rest)) if !term.starts_with('"') => complaint
            .help(format!("`{term}` is one name, since capitals stand side by side. If `{first}` and `{rest}` are two, a word in small letters is missing between them."))
            .help(format!("If it is one, say something of it, as in `{term} is free`.")),
        _ => complaint.help(format!("Say something of it, as in `{term} is free`.")),
    }
}

/// `each of Armenia and Georgia and Russia is free.`, at what joins no more of the list
pub fn lone_list(at: Span, list: &str, next: Option<&str>) -> Complaint {
    let list = one_line(list);
    let complaint = Complaint::error("lone-term", format!("`{list}` alone says nothing"), at);
    match next {
        Some("and") => complaint.help("In a list commas stand between the names, and one `and` before the last: `each of Russia, Armenia and Belarus`."),
        Some("or") => complaint.help("A list is joined by `and`: its sentence is said of each. In a condition write the sentence out for each, and `or` between them."),
        _ => complaint.help("Say something of them, as in `each of Armenia and Georgia is free`."),
    }
}

/// `Russia suggests a treaty.`
pub fn verb_behind_name(at: Span, term: &str, verb: &str) -> Complaint {
    let term = one_line(term);
    let other = match verb {
        "suggests" => "proposes",
        "implies" => "entails",
        _ => "is doubtful about",
    };
    Complaint::error("lone-term", format!("`{term}` alone is no condition"), at)
        .note(format!("`{verb}` makes a rule of the statement: before it stands a condition, behind it what follows."))
        .help(format!("If it is a word of the sentence, say it in another way, such as `{other}`."))
        .help(format!("If this is a rule, say something of `{term}`, as in `{term} is free {verb} …`."))
}

/// `Armenia or Georgia is free.`
pub fn name_before_or(at: Span, term: &str) -> Complaint {
    let term = one_line(term);
    Complaint::error("lone-term", format!("`{term}` alone says nothing"), at)
        .note("`or` stands between sentences of a condition, and a fact has none.")
        .help(format!(
            "In a condition write the sentence out for each: `{term} is free or …`."
        ))
}

/// `Bob and Ann are friends.`
pub fn name_before_and(at: Span, term: &str, next: &str) -> Complaint {
    let term = one_line(term);
    Complaint::error("lone-term", format!("`{term}` alone says nothing"), at)
        .note("`and` joins sentences here, and before it stands a name alone.")
        .help(format!("For a list write `each of {term} and {next} …`; its sentence is said of each."))
        .help("What is said of both together, as of friends, is a sentence with two names: `Ann is a friend of Bob`.")
}

/// `CSTO covers Russia and Armenia.`; `before` is the sentence up to its last term, and that term.
pub fn lone_name_after_and(at: Span, term: &str, before: Option<(&str, &str)>) -> Complaint {
    let term = one_line(term);
    let complaint = Complaint::error(
        "lone-name-after-and",
        format!("`and` joins sentences, and `{term}` is none"),
        at,
    )
    .here("a term alone");
    let listed = match before {
        Some((opening, first)) => format!(
            "{} and {term}.",
            one_line(&format!("{opening} each of {first}"))
        ),
        None => {
            return complaint.help("Write its sentence out, or take it out with its `and`.");
        }
    };
    complaint
        .help(format!("For a list write `{listed}`"))
        .help("In a rule or a question write the sentence out for each.")
}

/// A thousand words without a full stop
pub fn long_sentence(at: Span, most: usize) -> Complaint {
    Complaint::error(
        "long-sentence",
        format!("a sentence of more than {most} words and names"),
        at,
    )
    .help("A full stop is probably missing before this.")
}

/// `not Bob is not free`
pub fn two_nots(first: Span, second: Span) -> Complaint {
    Complaint::error("two-nots", "a sentence with two `not`", second)
        .and_at(first, "the first")
        .help("One `not` anywhere in a sentence denies all of it. Leave both out, or put `and` between two sentences.")
}

/// `A, B and C covers D, E and F`
pub fn two_lists(first: Span, second: Span) -> Complaint {
    Complaint::error("two-lists", "a sentence with two lists", second)
        .and_at(first, "the first")
        .help("A list says the sentence once for each of its items. Write one sentence for each item of the other.")
}

/// `CSTO covers Russia, Armenia and Belarus leads CSTO.`
pub fn list_then_more(at: Span, one: &str, other: &str) -> Complaint {
    let (one, other) = (one_line(one), one_line(other));
    Complaint::warning("list-then-more", "a list in the middle of one sentence", at)
        .here("what follows is said of each of these")
        .help(format!(
            "If these are two sentences, write `{one}. {other}.`"
        ))
        .help("If it is one, `each of` before the list says so.")
}

/// `A is on, B is off.`
pub fn comma_between_sentences(at: Span) -> Complaint {
    Complaint::error("comma-between-sentences", "a comma that joins no list", at)
        .help("Sentences are joined by `and`, or end with a full stop. A comma stands between the terms of a list.")
}

/// `Russia,, Armenia`, `, Armenia`, `Armenia,.`
pub fn comma_alone(at: Span) -> Complaint {
    Complaint::error("comma-between-sentences", "a comma that joins no list", at)
        .help("Delete it, or write the name that is missing beside it.")
}

/// `yes: A is on, no: nothing.`
pub fn comma_between_outcomes(at: Span) -> Complaint {
    Complaint::error(
        "comma-between-sentences",
        "a comma between two outcomes",
        at,
    )
    .help("Each outcome ends with a full stop.")
}

/// `Armenia does not depend on Russia.`
pub fn does_not(at: Span, auxiliary: &str, verb: &str) -> Complaint {
    let (complaint, said) = (
        Complaint::warning(
            "does-not",
            format!(
                "`{auxiliary} not {verb}` is not the opposite of `{}`",
                inflected(verb)
            ),
            at,
        ),
        if auxiliary == "does" {
            inflected(verb)
        } else {
            verb.to_owned()
        },
    );
    complaint
        .here(format!("the opposite of `{auxiliary} {verb}`"))
        .help(format!("Write `not … {said}`, with the words of the sentence that it denies: `not` may stand anywhere in it."))
}

/// `depends` for `depend`.
pub fn inflected(verb: &str) -> String {
    let vowel_before_y = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match verb.strip_suffix('y') {
        _ if verb == "have" => "has".to_owned(),
        Some(stem) if !vowel_before_y(stem) => format!("{stem}ies"),
        _ if verb.ends_with(['s', 'x', 'z', 'o'])
            || verb.ends_with("sh")
            || verb.ends_with("ch") =>
        {
            format!("{verb}es")
        }
        _ => format!("{verb}s"),
    }
}

/// `A is on and implies B is on.`
pub fn nothing_between(at: Span, before: &str, after: &str) -> Complaint {
    let title = match after {
        "." | "?" | "[" => format!("nothing stands behind `{before}`"),
        _ if before.is_empty() => format!("nothing stands before `{after}`"),
        _ if before == after => format!("`{before}` stands here twice"),
        _ => format!("nothing stands between `{before}` and `{after}`"),
    };
    let mend = if before.is_empty() {
        "Write there what is missing, or take it out."
    } else {
        "Write there what is missing, or take one of them out."
    };
    Complaint::error("nothing-between", title, at)
        .help(mend)
        .help("These words and signs have a meaning of their own everywhere; only quotes make them part of a name.")
}

/// `_ overrides _` in a sentence
pub fn reserved_word(at: Span, word: &str) -> Complaint {
    let complaint = Complaint::error(
        "reserved-word",
        format!("`{word}` cannot be a word of a sentence"),
        at,
    )
    .here("it has a meaning of its own everywhere");
    match word {
        "implies" => complaint.help("Say it in another way, such as `entails`."),
        "or" | "unless" => complaint.help(format!("`{word}` belongs to conditions: it stands before `implies` or `suggests`, not behind.")),
        "if" | "then" => complaint.help(format!("`{word}` belongs to questions and expectations, as in `Armenia is free if Russia leaves Armenia?`")),
        "overrides" => complaint.help("It stands between two labels or names, and nothing else with them: `shield overrides pipe.`"),
        "where" => complaint.help("It belongs to counts and sums, which are written `?n is the number of ?c where …`, also with `sum`, `least`, `greatest` or `average` for `number`. Elsewhere say it in another way."),
        "given" => complaint.help("It belongs to questions and expectations, as in `Armenia is free given Russia is angry?`; elsewhere say it in another way, such as `handed`."),
        _ => complaint.help("Say it in another way, or put quotes around a name that has it."),
    }
}

/// `calm overrides anger and fear.`
pub fn and_in_overrides(at: Span) -> Complaint {
    Complaint::error(
        "and-in-overrides",
        "`and` between those that are overridden",
        at,
    )
    .help("Separate them by commas: `a overrides b, c`.")
}

/// `?x is a bird.`
pub fn variable_in_fact(at: Span, variable: &str, place: &str) -> Complaint {
    let complaint = Complaint::error(
        "variable-in-fact",
        format!("`{variable}` stands for anything, and {place} needs names"),
        at,
    );
    match place {
        "a fact" => complaint
            .help("Name what it is. For a rule write the condition, `implies` or `suggests`, and what follows: `?x is a penguin implies ?x is a bird`.")
            .help("For a question end with `?`."),
        _ => complaint.help("Name what it is."),
    }
}

/// `who leads CSTO implies …`
pub fn asked_outside_question(at: Span, word: &str, place: &str) -> Complaint {
    Complaint::error(
        "asked-outside-question",
        format!("`{word}` asks, and {place} does not"),
        at,
    )
    .help("A question ends with `?`. In a rule write a variable, such as `?who`.")
}

/// `A, B and C are free implies …`
pub fn list_out_of_place(at: Span, place: &str) -> Complaint {
    Complaint::error("list-out-of-place", format!("a list in {place}"), at)
        .here("lists stand in facts, outcomes, suppositions and expectations")
        .help(match place {
            "a declaration" => {
                "Declare the relation with a variable in its place: `relation ?bloc covers ?state.`"
            }
            _ => "Write the sentence once for each item, joined by `and` or `or`.",
        })
}

/// `only Russia leads CSTO.`
pub fn only_outside_expectation(at: Span, place: &str) -> Complaint {
    Complaint::error("only-outside-expectation", format!("`only` in {place}"), at)
        .help("`only` belongs to expectations: `expect only Russia leads CSTO`. A relation with one value for each is declared: `relation ?state leads ?bloc, one ?state`.")
}

/// `?bloc:` in a declaration
pub fn kind_without_name(at: Span) -> Complaint {
    Complaint::error("kind-without-name", "a kind that is no name", at)
        .help("A kind begins with a capital: `?bloc:Alliance`.")
}
