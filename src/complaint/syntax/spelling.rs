//! Single tokens: full stops, quotes, numbers, dates, capitals and characters.

use super::{numerals, one_line};
use crate::complaint::Complaint;
use crate::text::Span;

/// `U.S. leads NATO.`: a full stop that ends no statement.
pub fn full_stop_inside(at: Span, token: &str) -> Complaint {
    let after = token.trim_start_matches('.');
    if after.is_empty() && token.len() > 1 {
        return super::full_stop_twice(at, token);
    }
    if after.len() < token.len() && !after.starts_with(|c: char| c.is_ascii_digit()) {
        return full_stop_before(at, after);
    }
    if let Some(dates) = numerals::as_date(token) {
        return no_date(at, token, &dates);
    }
    if let Some(grouped) = numerals::grouped(token) {
        return not_grouped(at, token, &grouped);
    }
    let complaint = Complaint::error(
        "full-stop-inside",
        format!("a full stop inside `{token}`"),
        at,
    )
    .here("a full stop ends a statement, and white space follows it");
    let plain: String = token.chars().filter(|&c| c != '.').collect();
    if let Some((before, behind)) = token.split_once('.')
        && before.starts_with(char::is_lowercase)
        && behind.starts_with(|c: char| c == '#' || c.is_uppercase())
    {
        return complaint.help(format!(
            "Put a space behind the full stop: `{before}. {behind}`."
        ));
    }
    let starts_small = token.split('.').any(|part| part.chars().count() > 3);
    match token.strip_prefix('.') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => {
            complaint.help(format!("Write `0{token}`."))
        }
        _ if starts_small => complaint.help(format!(
            "Put a space after the full stop, or quotes around a name: `\"{token}\"`."
        )),
        _ if plain.chars().all(char::is_alphabetic) && plain.starts_with(char::is_uppercase) => {
            complaint.help(format!(
                "Leave the full stops out, `{plain}`, or put quotes around the name: `\"{token}\"`."
            ))
        }
        _ => complaint.help(format!("Put quotes around it: `\"{token}\"`.")),
    }
}

/// `Farm is .sold`
fn full_stop_before(at: Span, after: &str) -> Complaint {
    let complaint = Complaint::error(
        "full-stop-inside",
        "a full stop with no space behind it",
        at,
    )
    .help("A full stop stands at the end of a statement, touching its last word, with a space or a new line behind it.");
    if after.is_empty() {
        complaint
    } else {
        complaint.help(format!("Write `{after}.` if the statement ends with that."))
    }
}

/// `"Bank of Georgia`: the line ends before the quote does.
pub fn unclosed_quote(at: Span) -> Complaint {
    Complaint::error("unclosed-quote", "a quote that does not end", at)
        .here("opened here and not closed in this line")
        .help("Close it with `\"`. A quoted text stands in one line; a `\"` inside it is written `\\\"`.")
}

/// `use ."leverage.hence".`
pub fn stop_before_path(at: Span) -> Complaint {
    Complaint::error(
        "full-stop-inside",
        "a full stop before the name of a file",
        at,
    )
    .help("Delete it; one stands behind the quoted name alone: `use \"rules.hence\".`")
}

/// `use leverage.hence.`
pub fn path_without_quotes(at: Span, token: &str) -> Complaint {
    let path = token.trim_end_matches('.');
    Complaint::error(
        "full-stop-inside",
        format!("a full stop inside `{token}`"),
        at,
    )
    .here("a full stop ends a statement, and white space follows it")
    .help(format!(
        "The name of a file stands in quotes: `\"{path}\"`."
    ))
}

/// `"C:\data"`
pub fn unknown_escape(at: Span, escape: &str) -> Complaint {
    Complaint::error(
        "unknown-escape",
        format!("`{escape}` means nothing inside quotes"),
        at,
    )
    .help("A backslash is written `\\\\` inside quotes, and a quotation mark `\\\"`.")
}

/// `Russia; Armenia`, `Tom & Ann`
pub fn stray_character(at: Span, character: &str) -> Complaint {
    let c = character.chars().next().unwrap_or_default();
    let shown = if c.is_control() || c.is_whitespace() || is_invisible(c) {
        format!("the invisible character U+{:04X}", c as u32)
    } else {
        format!("`{character}`")
    };
    let complaint = Complaint::error("stray-character", format!("{shown} has no use here"), at);
    match c {
        ';' => complaint.help(
            "A statement ends with a full stop; the parts of a condition are joined by `and`.",
        ),
        '!' => {
            complaint.help("A statement ends with a full stop. `!=` says that two things differ.")
        }
        '&' => complaint.help("Write `and`, or put quotes around a name that has it."),
        '_' => complaint.help("Where a relation is shown, `_` marks the place of a term. Write the term itself, or a variable: `relation ?a borders ?b.`"),
        '#' => complaint.help("A comment needs a space before its `#`. In a name `#` needs quotes."),
        '×' | '·' | '÷' => complaint.help(format!(
            "Write `{}` with spaces around it, or put quotes around a name that has it.",
            if c == '÷' { '/' } else { '*' }
        )),
        '→' | '⇒' => complaint.help("A rule has `implies`, or `suggests` for what is normally so."),
        '\'' | '\u{2018}' | '\u{2019}' => {
            complaint.help("Names are quoted with `\"`, not with `'`.")
        }
        '\u{2010}'..='\u{2015}' => {
            complaint.help("Write the hyphen `-`, or put quotes around a name that has a dash.")
        }
        '«' | '»' => complaint.help("Quote with `\"`."),
        '{' | '}' => {
            complaint.help("Conditions are grouped with `(` and `)`, notes stand in `[` and `]`.")
        }
        '¶' | '§' => complaint.help(format!(
            "A place such as `{c}8` stands in a note, behind the label of a source: `[source memo {c}8]`."
        )),
        c if c.is_control() || is_invisible(c) => {
            complaint.help("Delete it; it may have come with a copied text.")
        }
        _ => complaint.help("Put quotes around a name that has it."),
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}')
}

/// `5-7`, `2.5km`
pub fn not_a_number(at: Span, token: &str) -> Complaint {
    let complaint = Complaint::error(
        "not-a-number",
        format!("`{token}` is neither a number nor a word"),
        at,
    );
    let split = token
        .find(|c: char| !matches!(c, '0'..='9' | '.' | ','))
        .unwrap_or(token.len());
    let (number, rest) = token.split_at(split);
    if let Some(dates) = numerals::as_date(token) {
        no_date(at, token, &dates)
    } else if let Some((first, last)) = numerals::as_years(token) {
        no_date(at, token, &[]).help(format!(
            "From one year to another is `[from {first}, until {last}]`."
        ))
    } else if let Some(grouped) = numerals::grouped(token) {
        not_grouped(at, token, &grouped)
    } else if let Some((date, _)) = token
        .split_once('T')
        .filter(|(date, _)| crate::value::Date::read(date).is_some())
    {
        no_date(at, token, &[]).help(format!(
            "The finest grain of time is the day: `{date}`. A time of day is a name in quotes."
        ))
    } else if let Some((low, high)) = numerals::range(token) {
        complaint.help(format!(
            "For a range say both, as in `from {low} to {high}`. In a name it needs quotes: `\"{token}\"`."
        ))
    } else if rest.starts_with('/') && token.matches('/').count() == 1 {
        complaint.help(format!(
            "A division has spaces around its sign, `{}`, and stands in a comparison. In a name it needs quotes: `\"{token}\"`.",
            token.replace('/', " / ")
        ))
    } else if rest.starts_with(char::is_alphabetic) {
        complaint.help(format!(
            "Put a space between the number and its unit: `{number} {rest}`."
        ))
    } else {
        complaint.help(format!("Put quotes around it to make it a name, `\"{token}\"`, or spaces around a sign of arithmetic."))
    }
}

/// `16-08-2010`, which could be meant as these dates
fn no_date(at: Span, token: &str, dates: &[String]) -> Complaint {
    let complaint = Complaint::error("no-such-date", format!("`{token}` is no date"), at);
    match dates {
        [] => complaint,
        [one] => complaint.help(format!("The year comes first: `{one}`.")),
        [one, other, ..] => complaint.help(format!(
            "The year comes first, then the month: `{one}` or `{other}`."
        )),
    }
}

/// `1.000.000`, `1'000`
fn not_grouped(at: Span, token: &str, grouped: &str) -> Complaint {
    Complaint::error("not-a-number", format!("`{token}` is no number"), at)
        .help(format!("Thousands are set off by commas: `{grouped}`."))
}

/// `1 000 000`
pub fn spaced_number(at: Span, words: &str) -> Complaint {
    let words = one_line(words);
    Complaint::warning(
        "comma-in-number",
        format!("`{words}` is read as one number behind another"),
        at,
    )
    .help(format!(
        "Thousands are set off by commas: `{}`.",
        words.replace(' ', ",")
    ))
}

/// `2010-13`
pub fn no_such_date(at: Span, token: &str) -> Complaint {
    let complaint = no_date(at, token, &[]);
    let complaint = match numerals::as_years(token) {
        Some((first, last)) => complaint.help(format!(
            "From one year to another is `[from {first}, until {last}]`."
        )),
        None => complaint,
    };
    let padded = padded(token);
    match padded.filter(|padded| crate::value::Date::read(padded).is_some()) {
        Some(padded) => complaint.help(format!("Months and days have two digits: `{padded}`.")),
        None => {
            complaint.help("A date is a year, a month or a day: `2010`, `2010-08`, `2010-08-16`.")
        }
    }
}

/// `2010-8-6` as `2010-08-06`.
fn padded(token: &str) -> Option<String> {
    let parts: Vec<&str> = token.split('-').collect();
    let short = parts.iter().skip(1).any(|part| part.len() == 1);
    short.then(|| {
        let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
        padded.join("-")
    })
}

/// `[from 201]`
pub fn short_year(at: Span, year: &str) -> Complaint {
    Complaint::warning(
        "short-year",
        format!("`{year}` is read as the year {year}"),
        at,
    )
    .help("Write a year in full, as in `2010`.")
    .help(format!("If the year {year} is meant, write `{year:0>4}`."))
}

/// A number past what can be reckoned with.
pub fn number_too_long(at: Span) -> Complaint {
    Complaint::error("number-too-long", "a number that is too long", at)
        .here("more digits than can be reckoned with")
        .help("Numbers are exact up to about 1,200 digits.")
}

/// `==`, `=>`
pub fn unknown_operator(at: Span, token: &str) -> Complaint {
    let complaint = Complaint::error(
        "unknown-operator",
        format!("`{token}` is no sign of comparison"),
        at,
    );
    let meant = match token {
        "==" | "===" => "`=` says that two things are the same",
        "=>" => "write `>=` for at least, and `implies` for what follows",
        "=<" => "write `<=` for at most",
        "<>" | "!==" => "`!=` says that two things differ",
        _ => "the signs are `=`, `!=`, `<`, `<=`, `>` and `>=`",
    };
    let mut help: String = meant.into();
    help.push('.');
    let help = match help.strip_prefix("write") {
        Some(rest) => format!("Write{rest}"),
        None => help
            .strip_prefix("the")
            .map_or(help.clone(), |rest| format!("The{rest}")),
    };
    complaint.help(help)
}

/// `""` where a name is due
pub fn empty_name(at: Span) -> Complaint {
    Complaint::error("empty-name", "a name without a letter", at)
        .help("Write the name between the quotes.")
}

/// `The United States leads NATO.`
pub fn capital_opening(at: Span, word: &str) -> Complaint {
    let lower = word.to_lowercase();
    let complaint = Complaint::warning(
        "capital-opening",
        format!("`{word}` is read as `{lower}` here"),
        at,
    )
    .here("a capital makes a name, except here")
    .help(format!("Write `{lower}`."));
    if word == "The" {
        complaint.help("If it belongs to the name, put quotes around all of it: `\"The Hague\"`.")
    } else {
        complaint
    }
}

/// `Rule shield: …`
pub fn capital_opener(at: Span, word: &str, lower: &str) -> Complaint {
    Complaint::error(
        "capital-opener",
        format!("`{word}` is read as a name because of its capital"),
        at,
    )
    .help(format!("Write `{lower}` to open a statement of that kind."))
}

/// `Russia has six bases.`
pub fn number_word(at: Span, word: &str, figure: Option<u32>) -> Complaint {
    let complaint = Complaint::warning(
        "number-word",
        format!("`{word}` is a word here, not a number"),
        at,
    )
    .here("cannot be counted, compared or asked about");
    match figure {
        Some(figure) => complaint.help(format!("Write `{figure}`.")),
        None => complaint.help("Write it in figures."),
    }
}

/// `200km`
pub fn touching_unit(at: Span, token: &str, number: &str, unit: &str) -> Complaint {
    Complaint::warning(
        "touching-unit",
        format!("`{token}` is a word here, not a quantity"),
        at,
    )
    .help(format!(
        "Put a space between the number and its unit: `{number} {unit}`."
    ))
}

/// `Article 5 binds NATO.`
pub fn number_after_name(at: Span, words: &str) -> Complaint {
    let words = one_line(words);
    Complaint::warning(
        "number-after-name",
        format!("`{words}` is read as a name and a number"),
        at,
    )
    .help(format!(
        "Put quotes around it to make it one name: `\"{words}\"`."
    ))
}

/// `August 2010`, whose month is written with this figure
pub fn month_in_words(at: Span, words: &str, month: usize) -> Complaint {
    let words = one_line(words);
    let year = words.rsplit(' ').next().unwrap_or_default();
    Complaint::warning(
        "number-after-name",
        format!("`{words}` is read as a name and a number"),
        at,
    )
    .help(format!(
        "The date is written `{year}-{month:02}`, with its day `{year}-{month:02}-16`."
    ))
}

/// `A is on?B is on?`
pub fn asked_inside(at: Span, variable: &str) -> Complaint {
    let after = variable.trim_start_matches('?');
    Complaint::error("full-stop-inside", "a `?` with no space around it", at)
        .help(format!(
            "If a question ends here, put a space behind its `?`: `? {after}`."
        ))
        .help(format!(
            "If `{variable}` is a variable, put a space before it."
        ))
}

/// `Ann owns 60 % of Neva.`
pub fn space_before_percent(at: Span, number: &str) -> Complaint {
    Complaint::error("space-before-percent", "a space before `%`", at).help(format!(
        "A percentage is written in one piece: `{number}%`. Between spaces `%` is what a division leaves."
    ))
}
