//! What can be read and is hardly meant.

use super::one_line;
use crate::complaint::Complaint;
use crate::text::Span;

/// `Tape Tape`, `is is`
pub fn word_twice(at: Span, word: &str, is_name: bool) -> Complaint {
    let complaint = Complaint::warning(
        "word-twice",
        format!("`{word}` stands here twice in a row"),
        at,
    )
    .help("Delete one of the two.");
    if word.starts_with('?') {
        complaint.help("If two sentences meet here, put `and` between them.")
    } else if is_name {
        complaint.help(format!(
            "If the name has it twice, put quotes around all of it: `\"{word} {word}\"`."
        ))
    } else {
        complaint
    }
}

/// `driver coin coin:`, where the second cannot be read
pub fn said_twice(at: Span, word: &str) -> Complaint {
    Complaint::error(
        "word-twice",
        format!("`{}` stands here twice in a row", one_line(word)),
        at,
    )
    .help("Delete one of the two.")
}

/// `Unless Bob is ill`, `Bob fears The West`
pub fn capital_inside(at: Span, word: &str, lower: &str) -> Complaint {
    let mend = match word {
        "Each" => "Write `each of`.".to_owned(),
        "No" => "Write `no` behind `expect`, and `not` in any other sentence.".to_owned(),
        "Both" => "A list opens with `each of`, as in `each of Armenia and Georgia`.".to_owned(),
        _ => format!("Write `{lower}`."),
    };
    Complaint::warning(
        "capital-inside",
        format!("`{word}` is a part of a name here, because of its capital"),
        at,
    )
    .help(mend)
    .help("If the name has it, put quotes around all of it: `\"The Hague\"`.")
}

/// `?x is nto armed`, `no Armenia is free`
pub fn nearly_not(at: Span, word: &str) -> Complaint {
    let complaint = Complaint::warning(
        "nearly-not",
        format!("`{word}` is a word here and denies nothing"),
        at,
    );
    match word {
        "no" => complaint.help("Write `not`; `no` has a meaning behind `expect` only."),
        _ => complaint.help("Is `not` meant?"),
    }
}

/// `million 500 USD`
pub fn magnitude_first(at: Span, word: &str, number: &str) -> Complaint {
    Complaint::warning(
        "magnitude-first",
        format!("`{word}` is a word here and does not belong to the number"),
        at,
    )
    .help(format!("Write `{number} {word}`."))
}

/// `relation ?a borders ?b symmetric.`
pub fn property_without_comma(at: Span, word: &str) -> Complaint {
    Complaint::warning(
        "missing-comma",
        format!("`{word}` is a word of the relation here"),
        at,
    )
    .help(format!("Put a comma before it: `…, {word}.`"))
}

/// `CSTO covers "Russia", "Armenia" "Belarus"`
pub fn list_without_comma(at: Span, last: &str, next: &str) -> Complaint {
    Complaint::warning(
        "missing-comma",
        format!("the list ends before `{}`", one_line(next)),
        at,
    )
    .here("no item of it, but a term of its own")
    .help(format!(
        "Put a comma between the two: `{}, {}`.",
        one_line(last),
        one_line(next)
    ))
    .help("If the list is meant to end there, put `and` before its last item.")
}

/// `isn't`
pub fn contraction(at: Span, word: &str, verb: &str) -> Complaint {
    let complaint = Complaint::warning(
        "does-not",
        format!("`{word}` is not the opposite of `{verb}`"),
        at,
    );
    match verb {
        "do" | "does" | "did" => complaint.here("a word like any other").help(
            "Write `not … depends` for `doesn't depend`: `not`, and the words of the sentence that it denies.",
        ),
        _ => complaint
            .here("a word like any other")
            .help(format!("Write `{verb} not`.")),
    }
}

/// `1,00`
pub fn comma_inside(at: Span, words: &str) -> Complaint {
    Complaint::warning(
        "comma-in-number",
        format!("`{words}` is read as a list of numbers"),
        at,
    )
    .help("In a number a comma stands before exactly three digits, `5,000`, and a full stop before decimals, `2.5`.")
    .help("If it is a list, put a space behind each comma.")
}

/// `5 usd`, `50 percent`
pub fn nearly_a_unit(at: Span, word: &str, is_name: bool, meant: &str) -> Complaint {
    let what = if is_name { "name" } else { "word" };
    Complaint::warning(
        "nearly-a-unit",
        format!("`{word}` is a {what} here and does not belong to the number"),
        at,
    )
    .help(format!("Write `{meant}`."))
}

/// `each A and B is free`
pub fn each_without_of(at: Span, word: &str) -> Complaint {
    Complaint::warning("each-without-of", format!("`{word}` opens no list here"), at)
        .here("a word like any other")
        .help("A list opens with `each of`, or goes on with a comma: `each of Armenia and Georgia is free`, `CSTO covers Russia, Armenia and Belarus`.")
}

/// `each of russia and armenia is free`
pub fn each_of_words(at: Span) -> Complaint {
    Complaint::warning("each-without-of", "`each of` opens no list here", at)
        .here("two words like any others")
        .help("Names follow it, with a capital or in quotes: `each of Russia and Armenia`, `each of \"oil\" and \"gas\"`.")
}

/// `Azerbaijan is free as of soon?`
pub fn as_of_words(at: Span) -> Complaint {
    Complaint::warning("as-of-words", "`as of` without a date", at)
        .here("two words like any others")
        .help("Write the date behind it: `as of 2010`, `as of 2010-08`, `as of 2010-08-16`.")
}

/// `Expect Bob is free.`
pub fn capital_opener_read(at: Span, word: &str) -> Complaint {
    let lower = word.to_lowercase();
    Complaint::warning(
        "capital-opener",
        format!("`{word}` is read as a name because of its capital"),
        at,
    )
    .here("so this is a fact")
    .help(format!("Write `{lower}` to open a statement of that kind."))
    .help("If it is a name, put quotes around all of it.")
}

/// `sorce memo "A memo".`
pub fn nearly_an_opener(at: Span, word: &str, meant: &str) -> Complaint {
    let example = match meant {
        "use" => "use \"rules.hence\".",
        _ => "source memo \"its title\".",
    };
    Complaint::warning(
        "nearly-an-opener",
        format!("`{word}` is a word here, so this is a fact"),
        at,
    )
    .help(format!("Is `{meant}` meant, as in `{example}`?"))
}

/// `relatoin ?a borders ?b.`
pub fn declaration_meant(at: Span, word: &str) -> Complaint {
    Complaint::error(
        "nearly-an-opener",
        format!("`{word}` opens no declaration"),
        at,
    )
    .help("Is `relation` meant, as in `relation ?a borders ?b.`?")
}

/// `Vet overides Ann.`
pub fn nearly_a_verb(at: Span, word: &str, meant: &str) -> Complaint {
    Complaint::warning(
        "nearly-a-verb",
        format!("`{word}` is a word here, so this is a fact"),
        at,
    )
    .help(format!("Is `{meant}` meant?"))
}

/// `?x is kind imply ?x is liked.`
pub fn verb_meant(at: Span, word: &str, meant: &str) -> Complaint {
    Complaint::error("nearly-a-verb", format!("`{word}` makes no rule"), at)
        .note("Without `implies`, `suggests` or `casts doubt on` this is a fact, and a fact has no variables.")
        .help(format!("Is `{meant}` meant?"))
}

/// `?x is kind implies x is known`
pub fn variable_without_mark(at: Span, word: &str) -> Complaint {
    Complaint::warning(
        "variable-without-mark",
        format!("`{word}` is a word here, and `?{word}` a variable of this rule"),
        at,
    )
    .help(format!("Is `?{word}` meant?"))
}

/// `no: nothing and Armenia is free.`
pub fn nothing_and_more(at: Span) -> Complaint {
    Complaint::error("nothing-and-more", "`nothing` stands beside something", at)
        .help("An outcome in which nothing happens is `no: nothing.`; else leave `nothing` out.")
}

/// `Is Armenia free?`; `asked` is the question in the order of its sentence, where it can be made out.
pub fn question_order(at: Span, word: &str, asked: Option<&str>) -> Complaint {
    let complaint = Complaint::error(
        "question-order",
        format!("`{word}` is read as part of a name here"),
        at,
    )
    .note("A question has the words of its sentence, in their order, and a `?`.");
    match asked {
        Some(asked) => complaint.help(format!("Write `{}?`", one_line(asked))),
        None => complaint.help("Write `Armenia is free?` for `Is Armenia free?`"),
    }
}
