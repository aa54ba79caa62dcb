//! What is said where no slip is known: what was due, what stands there, and how it is probably mended.

use super::input::{Expected, Tokens};
use super::slips::month;
use super::token::{Keyword, Kind, Token};
use crate::complaint::{Complaint, syntax as say};
use crate::text::nearest;

/// Of what is shown again, mended.
const LONGEST_SHOWN: usize = 80;

pub(super) fn unexpected(here: Tokens, expected: Expected) -> Complaint {
    let Some(token) = here.first() else {
        return helped(
            say::unexpected_end(here.place(), &expected.words()),
            hint(here, expected),
        );
    };
    let complaint = say::unexpected(here.place(), &expected.words(), here.context.raw(token));
    match own_hint(here, expected) {
        Some(hint) => complaint.help(hint),
        None => helped(complaint, hint(here, expected)),
    }
}

/// How it is mended in the reader's own words.
fn own_hint(here: Tokens, expected: Expected) -> Option<String> {
    let context = here.context;
    let raw = context.raw(here.first()?);
    let next = here.ahead(1).map_or("", |next| context.raw(next));
    let due: &[(Expected, &[&str])] = &[
        (Expected::SUPPOSE, &["suppose", "drop"]),
        (Expected::EXPECT, &["expect"]),
        (
            Expected::PROPERTY,
            &["symmetric", "transitive", "functional", "one"],
        ),
        (Expected::OVERRIDES, &["overrides"]),
    ];
    let is_word = matches!(here.kind(), Some(Kind::Word(_) | Kind::Capital));
    for (one, words) in due.iter().filter(|(one, _)| is_word && expected.has(*one)) {
        let meant = match raw {
            "assume" | "imagine" if *one == Expected::SUPPOSE => Some("suppose"),
            "remove" | "delete" if *one == Expected::SUPPOSE => Some("drop"),
            _ => nearest(raw, words.iter().copied()),
        };
        if let Some(meant) = meant {
            return Some(format!("Is `{meant}` meant?"));
        }
    }
    let is_plain_word = here.kind() == Some(Kind::Word(Keyword::None));
    if let Some(hint) = in_own_words(here, expected) {
        return Some(hint);
    }
    if expected.has(Expected::COLON) && opened_by(here, Keyword::Scenario) && is_plain_word {
        return match (raw, nearest(raw, ["extends"])) {
            (_, Some(meant)) => Some(format!("Is `{meant}` meant?")),
            ("extends", _) => Some(format!(
                "What it extends stands before the title: `scenario label extends {next} \"title\":`."
            )),
            _ => Some(one_label(here, raw)),
        };
    }
    let is_second_word = here.before().len() == 2 && is_plain_word;
    let title_follows = here.kind_ahead(1) == Some(Kind::Quoted);
    let header_goes_on = title_follows || here.kind_ahead(1) == Some(Kind::Colon);
    if is_second_word && header_goes_on && expected.has(Expected::COLON) {
        let label = one_label(here, raw);
        return Some(match opened_by(here, Keyword::Driver) && !title_follows {
            true => format!("{label} If `{raw}` is an outcome, a `:` is missing before it."),
            false => label,
        });
    }
    if is_second_word && title_follows && opened_by(here, Keyword::Source) {
        return Some(one_label(here, raw));
    }
    if expected.has(Expected::DATE)
        && let Some(month) = month(raw)
    {
        let year = if next.len() == 4 { next } else { "2010" };
        return Some(format!(
            "A month is written as a number behind its year: `{year}-{month:02}`, a day `{year}-{month:02}-16`."
        ));
    }
    if expected.has(Expected::RIGHT_BRACKET)
        && matches!(raw, "to" | "till" | "through" | "-" | "\u{2013}")
        && let [.., from, since] = here.before()
        && context.raw(*from) == "from"
    {
        return Some(format!(
            "Write `from {}, until {next}`.",
            context.raw(*since)
        ));
    }
    None
}

/// The whole of what was meant: `test "free wards":`, `?n = ?b - ?p`, `yes: …`, `how likely is it that …`.
fn in_own_words(here: Tokens, expected: Expected) -> Option<String> {
    let context = here.context;
    let words = |from: Tokens, count: usize| {
        let words = context.raw_at(from.span_to(from.skip(count)));
        (count > 0 && words.len() <= LONGEST_SHOWN && !words.contains('\n')).then_some(words)
    };
    let until = |from: Tokens, ends: fn(Kind) -> bool| {
        from.rest()
            .iter()
            .take_while(|token| !ends(token.kind))
            .count()
    };
    if expected == Expected::QUOTED && opened_by(here, Keyword::Test) {
        let title = words(here, until(here, |kind| kind == Kind::Colon))?;
        let is_header = here.rest().iter().any(|token| token.kind == Kind::Colon);
        let is_plain = is_header && !title.contains('"');
        return is_plain
            .then(|| format!("The title of a test stands in quotes: `test \"{title}\":`."));
    }
    if expected.has(Expected::HOW_LIKELY) && here.reads(&["how", "likely", "is"]) {
        let sentence = here.skip(3);
        let ends = |kind| matches!(kind, Kind::QuestionEnd | Kind::FullStop);
        let sentence = words(sentence, until(sentence, ends))?;
        return Some(format!("Ask `how likely is it that {sentence}?`"));
    }
    if expected.has(Expected::COLON)
        && matches!(here.kind(), Some(Kind::Minus | Kind::Compare(_)))
        && names_outcome(here)
    {
        let label = context.raw(here.previous()?);
        return Some(format!(
            "A `:` stands behind the label of an outcome: `{label}: …`."
        ));
    }
    if is_arithmetic(here)
        && let [.., result, is, first] = here.before()
        && result.kind == Kind::Variable
        && matches!(context.raw(*is), "is" | "equals" | "becomes")
    {
        let ends = |kind| {
            matches!(kind, Kind::Word(keyword) if keyword.is_reserved())
                || matches!(kind, Kind::FullStop | Kind::LeftBracket)
        };
        let rest = words(here, until(here, ends))?;
        let (result, first) = (context.raw(*result), context.raw(*first));
        return Some(format!(
            "What is reckoned gets its variable by `=`: `{result} = {first} {rest}`."
        ));
    }
    None
}

/// `rule my vote:`, at the second word
fn one_label(here: Tokens, second: &str) -> String {
    let previous = here.previous();
    let first = previous.map_or("", |first| here.context.raw(first));
    if previous.is_some_and(|previous| previous.kind == Kind::Quoted) {
        let opener = here
            .before()
            .first()
            .map_or("", |opener| here.context.raw(*opener));
        return format!("A label stands before the text in quotes: `{opener} {second} \"…\":`.");
    }
    format!("A label is one word: `{first}-{second}`.")
}

fn helped(complaint: Complaint, hint: Option<&str>) -> Complaint {
    match hint {
        Some(hint) => complaint.help(hint),
        None => complaint,
    }
}

/// How it is probably mended, by what could have stood there.
fn hint(here: Tokens, expected: Expected) -> Option<&'static str> {
    let is_value = |kind: Kind| kind.begins_term() || kind == Kind::RightParen;
    let before = |keyword| {
        here.previous()
            .is_some_and(|before| before.kind == Kind::Word(keyword))
    };
    let next_to_a_value = here.kind().is_some_and(is_value)
        && here.previous().is_some_and(|before| is_value(before.kind));
    Some(match expected {
        Expected::FULL_STOP if is_arithmetic(here) && follows_verb(here) => {
            "What follows has no arithmetic. Let the condition find the value, as in `?m = ?n + 1`, and say `?m` behind the `implies` or `suggests`."
        }
        Expected::FULL_STOP
            if here.kind() == Some(Kind::Colon)
                && here.kind_ahead(1) == Some(Kind::Number)
                && here
                    .previous()
                    .is_some_and(|before| before.kind == Kind::Number) =>
        {
            "The finest grain of time is the day. A time of day is a name in quotes: `\"10:30\"`."
        }
        Expected::FULL_STOP if here.kind() == Some(Kind::Colon) => {
            "A `:` stands behind an opening alone, `rule label:`, `test \"title\":`, `driver label:` or `scenario label:`, and behind the label of an outcome."
        }
        Expected::FULL_STOP => {
            "The statement ends here. What follows needs a full stop before it, or does not belong here."
        }
        _ if here.kind() == Some(Kind::Colon)
            && !opened_by(here, Keyword::Test)
            && expected.has(
                Expected::QUOTED
                    .or(Expected::DATE)
                    .or(Expected::LABEL)
                    .or(Expected::AUTHOR),
            )
            && !opened_by(here, Keyword::Scenario)
            && !opened_by(here, Keyword::Driver) =>
        {
            "Leave the `:` out."
        }
        Expected::QUOTED if here.kind() == Some(Kind::Colon) => {
            "A title in quotes stands before the `:`, as in `test \"what is tested\":`."
        }
        _ if next_to_a_value && expected.has(Expected::VERB) => {
            "Between two values stands a sign such as `+`; another condition begins after `and`, and what follows after `implies` or `suggests`."
        }
        _ if expected.has(Expected::VERB)
            && here.kind() == Some(Kind::Colon)
            && here
                .previous()
                .is_some_and(|before| before.kind == Kind::Quoted) =>
        {
            "The opening of a rule goes `rule label \"what it says\":`, in this order."
        }
        Expected::QUOTED if before(Keyword::Test) => {
            "The title of a test stands in quotes, as in `test \"what is tested\":`."
        }
        Expected::QUOTED if before(Keyword::Use) || before(Keyword::Load) => {
            "The name of a file stands in quotes, as in `use \"rules/trade.hence\".`"
        }
        Expected::QUOTED if opened_by(here, Keyword::Source) => {
            "The title of a source stands in quotes behind its label: `source memo \"its title\".`"
        }
        _ if expected.has(Expected::VERB) && is_arithmetic(here) => {
            "What is reckoned is compared, as in `?n + 1 > 5`, or gets a variable, as in `?m = ?n + 1`."
        }
        _ if expected.has(Expected::DATE) => {
            "A date is a year, a month or a day: `2010`, `2010-08`, `2010-08-16`."
        }
        _ if expected.has(Expected::AS) => {
            "What a row of the table says stands behind `as`: `load \"trade.csv\" as ?a exports ?volume to ?b.`"
        }
        _ if expected.has(Expected::PROPERTY) => {
            "Behind the comma stands one of these words, or what the relation means, in quotes."
        }
        _ if expected.has(Expected::VARIABLE) && before_word(here, "one") => {
            "Say which term has one value: `relation ?owner owns ?pipe, one ?owner.`"
        }
        _ if expected.has(Expected::EXPONENT) => {
            "Behind `^` stands a whole number, as in `?n ^ 2`."
        }
        _ if expected.has(Expected::HOW_LIKELY) => "Ask `how likely is it that Armenia is free?`",
        _ if expected.has(Expected::RIGHT_BRACKET) => {
            "Notes are separated by commas, `[from 2010, until 2012]`; a name in lower case stands in quotes, `[reported by \"local press\"]`."
        }
        _ if expected.has(Expected::COLON) && names_outcome(here) => {
            "Each line of a driver opens with a label of its own and `:`, as in `war: Azerbaijan attacks.`"
        }
        _ if expected.has(Expected::LABEL) => {
            "A label is one word in lower case, of your own choice, as in `driver pipeline:` or `[source memo]`."
        }
        _ if expected.has(Expected::OVERRIDES) => {
            "It goes `shield overrides pipe.`, with one label or name before `overrides`."
        }
        _ if expected.has(Expected::COLON) && opened_by(here, Keyword::Test) => {
            "A `:` stands behind the title of a test, as in `test \"what is tested\":`."
        }
        _ if expected.has(Expected::COLON) && opened_by(here, Keyword::Rule) => {
            "A `:` stands behind the label of a rule, as in `rule shield:`, or behind what it says in quotes, as in `rule shield \"an alliance protects\":`."
        }
        _ if expected.has(Expected::COLON) && opened_by(here, Keyword::Driver) => {
            "A `:` stands behind the label of a driver, as in `driver pipeline:`, or behind its title in quotes, as in `driver pipeline \"who owns it\":`."
        }
        _ if expected.has(Expected::COLON) && opened_by(here, Keyword::Scenario) => {
            "A `:` stands behind the label of a scenario, as in `scenario buyout:`, or behind its title in quotes, as in `scenario buyout \"it is sold\":`."
        }
        _ if expected.has(Expected::COLON) && opened_by(here, Keyword::What) => {
            "A `:` stands behind what is supposed, and then the question: `what if Russia leaves Armenia: who is free?`"
        }
        _ if expected.has(Expected::COLON) => {
            "The opening goes `rule label:`, `test \"title\":`, `driver label:`, `scenario label \"title\":`, with one `:`."
        }
        _ if expected.has(Expected::EXPECT) => {
            "Each line of a test opens with `expect`, as in `expect Armenia is free.`"
        }
        _ if expected.has(Expected::SUPPOSE) => {
            "Each line of a scenario opens with `suppose` or `drop`, as in `suppose Russia leaves Armenia.`"
        }
        _ if expected.has(Expected::OUTCOME) => {
            "Each line of a driver opens with a label of its own, as in `war: Azerbaijan attacks.`"
        }
        _ if expected.has(Expected::AUTHOR) => {
            "Here stands who says so, as in `reported by Ann`, or a rule's label, as in `shield overrides pipe`."
        }
        _ if expected.has(Expected::TERM) && matches!(here.kind(), Some(Kind::Compare(_))) => {
            "A comparison has one value on each side, as in `?n > 5`."
        }
        _ if expected.has(Expected::TERM) && here.kind().is_some_and(is_value) => {
            "Between two values stands a sign such as `+` or `=`; another condition begins after `and`."
        }
        _ if expected.has(Expected::SENTENCE) => return no_sentence(here),
        Expected::QUOTED => "Put quotes around it, and only one pair.",
        _ => return None,
    })
}

fn is_arithmetic(here: Tokens) -> bool {
    matches!(
        here.kind(),
        Some(Kind::Plus | Kind::Minus | Kind::Times | Kind::Divide | Kind::Power | Kind::Remainder)
    )
}

fn opened_by(here: Tokens, keyword: Keyword) -> bool {
    here.before()
        .first()
        .is_some_and(|first| first.kind == Kind::Word(keyword))
}

fn before_word(here: Tokens, word: &str) -> bool {
    here.previous()
        .is_some_and(|before| here.context.raw(before) == word)
}

/// Whether a word opens the line, as an outcome's label does: `yes Armenia is free.`
fn names_outcome(here: Tokens) -> bool {
    let is_label =
        |label: &Token| matches!(label.kind, Kind::Word(keyword) if !keyword.is_opener());
    match here.before() {
        [label] => is_label(label),
        [.., colon, label] => colon.kind == Kind::Colon && is_label(label),
        [] => false,
    }
}

/// Where a sentence is due.
fn no_sentence(here: Tokens) -> Option<&'static str> {
    let previous = here.previous().map(|before| before.kind);
    Some(match (here.kind()?, previous) {
        (Kind::FullStop | Kind::QuestionEnd, Some(Kind::Word(_))) => {
            "The statement breaks off: say here what is meant, in a sentence such as `Armenia is free`."
        }
        (Kind::Colon, Some(Kind::Word(Keyword::Expect | Keyword::Suppose | Keyword::Drop))) => {
            "No `:` stands behind `expect`, `suppose` and `drop`: write the sentence, as in `expect Armenia is free.`"
        }
        (Kind::Colon, None) => {
            "Before the `:` stands a label: each line of a driver opens with one of its own, as in `war: Azerbaijan attacks.`"
        }
        (Kind::Colon, Some(Kind::Word(Keyword::Impossible | Keyword::Relation))) => {
            "Leave the `:` out."
        }
        (Kind::LeftParen, _) if follows_verb(here) => {
            "What follows has no parentheses: it is a sentence, or several joined by `and`."
        }
        (Kind::Plus | Kind::Minus | Kind::Times | Kind::Power | Kind::Remainder, _) => {
            "What is reckoned is compared, as in `?n + 1 > 5`, or gets a variable, as in `?m = ?n + 1`."
        }
        (Kind::Divide, None) => "A comment begins with `#`.",
        (Kind::Divide, _) => {
            "What is reckoned is compared, as in `?n / 2 > 5`, or gets a variable, as in `?m = ?n / 2`."
        }
        (Kind::Compare(_), _) if follows_verb(here) => {
            "What follows is a sentence. Compare in the condition, before the `implies` or `suggests`."
        }
        _ => return None,
    })
}

fn follows_verb(here: Tokens) -> bool {
    here.before()
        .iter()
        .any(|token| matches!(token.kind, Kind::Word(Keyword::Implies | Keyword::Suggests)))
}
