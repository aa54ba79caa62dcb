//! What is said where no slip is known: what was due, what stands there, and how it is probably mended.

use super::input::{Expected, Tokens};
use super::token::{Keyword, Kind, Token};
use crate::complaint::{Complaint, syntax as say};

pub(super) fn unexpected(here: Tokens, expected: Expected) -> Complaint {
    let Some(token) = here.first() else {
        return helped(
            say::unexpected_end(here.place(), &expected.words()),
            hint(here, expected),
        );
    };
    let complaint = say::unexpected(here.place(), &expected.words(), here.context.raw(token));
    helped(complaint, hint(here, expected))
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
        Expected::FULL_STOP => {
            "The statement ends here. What follows needs a full stop before it, or does not belong here."
        }
        Expected::QUOTED if here.kind() == Some(Kind::Colon) => {
            "A title in quotes stands before the `:`, as in `test \"what is tested\":`."
        }
        _ if next_to_a_value && expected.has(Expected::VERB) => {
            "Between two values stands a sign such as `+`; another condition begins after `and`."
        }
        Expected::QUOTED if before(Keyword::Test) => {
            "The title of a test stands in quotes, as in `test \"what is tested\":`."
        }
        Expected::QUOTED if before(Keyword::Use) || before(Keyword::Load) => {
            "The name of a file stands in quotes, as in `use \"rules/trade.hence\".`"
        }
        _ if expected.has(Expected::VERB)
            && matches!(
                here.kind(),
                Some(
                    Kind::Plus
                        | Kind::Minus
                        | Kind::Times
                        | Kind::Divide
                        | Kind::Power
                        | Kind::Remainder
                )
            ) =>
        {
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
