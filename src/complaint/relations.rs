//! Complaints about relations: how they are declared, and words that nobody else uses.

use super::Complaint;
use crate::text::Span;

/// `relation ?a:State leads ?b.` and elsewhere `relation ?a:Alliance leads ?b.`
pub fn declared_otherwise(at: Span, first: Span) -> Complaint {
    Complaint::error(
        "declared-otherwise",
        "the relation is declared with another kind elsewhere",
        at,
    )
    .and_at(first, "declared here first")
    .help("Keep one of the two declarations.")
}

/// `relation ?a is old, symmetric.`
pub fn needs_two_terms(at: Span, terms: usize) -> Complaint {
    Complaint::error(
        "needs-two-terms",
        format!("only a relation of two terms can be so, and this one has {terms}"),
        at,
    )
    .help("Leave the word out, or write the rule that is meant.")
}

/// `relation ?owner owns ?pipe, one ?holder.`
pub fn one_of_what(at: Span, named: &[&str]) -> Complaint {
    let complaint = Complaint::error("one-of-what", "the relation has no such variable", at);
    if named.is_empty() {
        complaint
            .help("Declare the relation with variables: `relation ?owner owns ?pipe, one ?owner.`")
    } else {
        let named: Vec<String> = named.iter().map(|name| format!("`?{name}`")).collect();
        complaint.help(format!("It has {}.", named.join(" and ")))
    }
}

/// `relation ?owner owns ?pipe, one ?owner, one ?pipe.`
pub fn one_of_two(at: Span) -> Complaint {
    Complaint::error(
        "one-of-two",
        "a relation can have `one` of a single term",
        at,
    )
    .help("Keep one of the two, and write a rule with `implies not …` for the other.")
}

/// `relation not ?a leads ?b.`
pub fn not_in_declaration(at: Span) -> Complaint {
    Complaint::error(
        "not-in-declaration",
        "a declaration names the relation without `not`",
        at,
    )
    .help("Leave `not` out; the opposite needs no declaration of its own.")
}

/// `relation ?a knows ?a.`
pub fn variable_twice(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "variable-twice",
        format!("`?{name}` stands twice in a declaration"),
        at,
    )
    .help("Give each term a variable of its own.")
}

/// `relation CSTO covers ?state.`
pub fn name_in_declaration(at: Span) -> Complaint {
    Complaint::error(
        "name-in-declaration",
        "a declaration has variables for its terms",
        at,
    )
    .help(
        "Put a variable here, with its kind if you like: `relation ?bloc:Alliance covers ?state.`",
    )
}

/// `Armenia` as a State and as an Alliance
pub fn two_kinds(name: &str, first_kind: &str, kind: &str, at: Span, first: Span) -> Complaint {
    let title = format!("`{name}` is of two kinds, `{first_kind}` and `{kind}`");
    Complaint::warning("two-kinds", title, at)
        .here(format!("`{kind}` here"))
        .and_at(first, format!("`{first_kind}` here"))
        .help("If two things have this name, call one of them by another; else mend the declaration of one relation.")
}

/// What may be meant by words that nothing states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// These words, as a relation: `_ covers _`; and where they stand, if that is one place only.
    Relation {
        words: String,
        only_at: Option<Span>,
    },
    /// Two sentences with nothing between them, as relations.
    Two(String, String),
    /// `as 2008`
    AsOf,
    /// The same sentence with a name in quotes: `Congo mines "cobalt"`.
    Quoted(String),
    /// This relation, with the unit as a part of the term: `_ stays _ in _` for `_ stays _ days in _`.
    WithoutUnit { relation: String, unit: String },
    /// This name, without its capital.
    Name { word: String, name: String },
    /// The word at the start of a sentence, where a capital has made a name of it: `It rains.`
    Capital { word: String, name: String },
    /// This relation, with its words in the order of a sentence: `_ is free` for `is _ free`.
    Order(String),
    /// This relation, of which the answer says when it holds: `_ is free` for `when is _ free`.
    When(String),
    /// Two sentences, with a word between them that joins none: `and` for `but`.
    Joined { word: String, joint: &'static str },
    /// A comparison with this sign: `>` for `is more than`.
    Comparison(&'static str),
    /// A comparison within a sentence, `_ gets less than _ rain`: the sentence with `?n` for the value, `_ gets ?n rain`, and the sign.
    Compared {
        sentence: String,
        words: String,
        sign: &'static str,
    },
    /// An outcome of a driver, and the sentence that it states, if any: `Moldova cannot export` for `border is closed`.
    Outcome {
        driver: String,
        outcome: String,
        states: Option<String>,
    },
    /// This relation, with the status in brackets: `_ is ill [contested]` for `contested _ is ill`.
    Status {
        relation: String,
        status: &'static str,
    },
}

/// A rule or question reads what nothing states or concludes.
/// Where only its opposite is read, `denied` is true.
pub fn never_stated(
    relation: &str,
    asked: bool,
    denied: bool,
    at: Span,
    meant: Option<&Meant>,
) -> Complaint {
    let whose = if asked {
        "this is asked"
    } else {
        "a rule needs this"
    };
    let complaint = Complaint::warning(
        "never-stated",
        format!("{whose}, but no fact states `{relation}` and no rule concludes it"),
        at,
    );
    let complaint = offer(complaint, meant);
    if denied && !asked {
        return complaint.help(format!(
            "`not` is met only where something says that it is not so. For \"as far as nothing says so\" write `unless {relation}`."
        ));
    }
    complaint
}

/// `_ supplies _` and `_ suplies _`
pub fn nearly_the_same(one: &str, other: &str, at: Span, other_at: Span) -> Complaint {
    Complaint::warning(
        "nearly-the-same",
        format!("`{one}` and `{other}` are two relations, one letter apart"),
        at,
    )
    .and_at(other_at, "the other one")
    .help("If one is meant, write it alike; if both are, declare them: `relation ….`")
}

/// `_ is a key state` in one place, `_ is key state` in all others
pub fn one_word_apart(one: &str, other: &str, at: Span, other_at: Span) -> Complaint {
    Complaint::warning(
        "nearly-the-same",
        format!("`{one}` is met only here, and is nearly `{other}`"),
        at,
    )
    .and_at(other_at, "the other one")
    .help("If one is meant, write it alike; if both are, declare this one: `relation ….`")
}

/// `Azerbaijn is free.`, where all others speak of `Azerbaijan`
pub fn nearly_another_name(name: &str, other: &str, at: Span) -> Complaint {
    Complaint::warning(
        "nearly-another-name",
        format!("`{name}` is met only once, and is nearly `{other}`"),
        at,
    )
    .help(format!("Is `{other}` meant?"))
    .help(format!(
        "If it is another name, put quotes around it: `\"{name}\"`."
    ))
}

/// `Bob flees to armenia.`
pub fn small_name(at: Span, word: &str, name: &str) -> Complaint {
    Complaint::warning(
        "lower-case-name",
        format!("`{word}` is a word here, and `{name}` a name elsewhere"),
        at,
    )
    .help(format!("Write `{name}` if that is meant."))
    .help("If the word belongs to the relation, declare it: `relation ….`")
}

/// `… casts doubt on ?x is goood.`
pub fn doubts_nothing(relation: &str, at: Span, meant: Option<&Meant>) -> Complaint {
    let complaint = Complaint::warning(
        "never-stated",
        format!("this casts doubt on `{relation}`, which no fact states and no rule concludes"),
        at,
    );
    offer(complaint, meant)
}

/// `what if Azerbaijan own North-South: …?` where nobody speaks of owning in these words
pub fn supposed_in_vain(relation: &str, at: Span, meant: &Meant) -> Complaint {
    let complaint = Complaint::warning(
        "supposed-in-vain",
        format!("this is supposed, but no rule and no question reads `{relation}`"),
        at,
    );
    offer(complaint, Some(meant))
}

fn offer(complaint: Complaint, meant: Option<&Meant>) -> Complaint {
    let complaint = match meant {
        Some(Meant::Relation {
            words,
            only_at: Some(at),
        }) => complaint.and_at(*at, format!("`{words}` stands only here")),
        _ => complaint,
    };
    complaint.help(match meant {
        Some(Meant::Relation { words, .. }) => format!("Is `{words}` meant?"),
        Some(Meant::Two(one, other)) => format!(
            "Two sentences seem to meet here, `{one}` and `{other}`. Put `and` between them, or the word that is meant."
        ),
        Some(Meant::AsOf) => "Before a date write `as of`.".to_owned(),
        Some(Meant::Quoted(sentence)) => {
            format!("A name that begins in lower case needs quotes: `{sentence}`.")
        }
        Some(Meant::WithoutUnit { relation, unit }) => format!(
            "A quantity is one term with its unit, as in `5 {unit}`: write `{relation}`, and compare with `?n > 5 {unit}`."
        ),
        Some(Meant::Name { word, name }) => format!("Is `{name}` meant? Without its capital `{word}` is a word, not a name."),
        Some(Meant::Capital { word, name }) => format!(
            "It is stated of `{name}`, which its capital makes a name: write `{word}` there, at the start of a sentence too."
        ),
        Some(Meant::Order(relation)) => format!(
            "In a question too the words keep the order of a sentence: write `{relation}`."
        ),
        Some(Meant::When(relation)) => format!("Ask `{relation}`, with `?` behind it; the answer says when it holds."),
        Some(Meant::Joined { word, joint }) => format!("`{word}` is a word of one sentence here. If two sentences meet, write `{joint}` between them."),
        Some(Meant::Comparison(sign)) => {
            format!("Compare with a sign, as in `?n {sign} 5`.")
        }
        Some(Meant::Compared {
            sentence,
            words,
            sign,
        }) => format!(
            "`{words}` is a pair of words here and compares nothing. Name the value and compare it: `{sentence} and ?n {sign} …`."
        ),
        Some(Meant::Status { relation, status }) => format!(
            "A status stands in brackets behind what is expected, `{relation} [{status}]`; a question is answered with it."
        ),
        Some(Meant::Outcome {
            driver,
            outcome,
            states: Some(states),
        }) => format!(
            "`{driver}` is a driver. Its outcome `{outcome}` is named by what it states, `{states}`, or on the command line by `--given {driver}={outcome}`."
        ),
        Some(Meant::Outcome {
            driver,
            outcome,
            states: None,
        }) => format!(
            "`{driver}` is a driver, and its outcome `{outcome}` states nothing: put `not` before what the others state, or `--given {driver}={outcome}` on the command line."
        ),
        None => "State it, use the words that the facts and rules use, or declare it where others will state it: `relation ….`".to_owned(),
    })
}
