//! What can be read and is hardly meant: a word written twice, `And` that a capital has made a name, `each` without `of`, a comma inside a
//! number, `5 usd`. Comes in: what was just read; what goes out are warnings, and nothing is read differently.

use super::input::Tokens;
use super::quantity::is_magnitude;
use super::token::{Flags, Keyword, Kind, Token};
use super::tree::{Part, Rule, Sentence, Term, TermKind, Word};
use crate::complaint::syntax as say;
use crate::text::slip;
use crate::value::Unit;

/// Looks over a sentence that has been read, token by token.
pub(super) fn sentence(start: Tokens, rest: Tokens, parts: &[Part]) {
    let tokens = &start.rest()[..rest.at() - start.at()];
    let mut before: Option<Token> = None;
    if let (Some(before), Some(&first)) = (start.previous(), tokens.first())
        && !asks_about_denial(start)
    {
        twice(start, before, first);
    }
    for (at, &token) in tokens.iter().enumerate() {
        let here = start.skip(at);
        match token.kind {
            Kind::Capital => capital(here, before),
            Kind::Word(Keyword::As) if here.reads(&["as", "of"]) => {
                let context = start.context;
                let of = tokens.get(at + 1).map_or(token, |of| *of);
                context.complain(say::as_of_words(context.span(token).to(context.span(of))));
            }
            Kind::Word(Keyword::None) => {
                contraction(here, token);
                magnitude_first(here, before);
            }
            Kind::Number => {
                comma_inside(here, before);
                space_inside(here, before);
            }
            _ => {}
        }
        if let Some(before) = before {
            twice(here, before, token);
            unit_after_number(here, before, token);
        }
        before = Some(token);
    }
    match parts {
        [Part::Word(word), Part::Term(_), ..] if word.text == "no" => {
            let is_second = start
                .previous()
                .is_some_and(|before| start.context.raw(before) == "no");
            if !is_second {
                start.context.complain(say::nearly_not(word.span, "no"));
            }
        }
        [Part::Word(word), Part::Term(term), ..] => {
            each_alone(start, rest, word.text.as_str(), term, parts.len());
        }
        [Part::Word(each), Part::Word(of), more @ ..] if of.text == "of" => {
            each_of(start, rest, each, of, more);
        }
        _ => {}
    }
}

/// `why not not Bob is free?` asks why a denial does not hold.
fn asks_about_denial(start: Tokens) -> bool {
    let is_not = |token: &Token| token.kind == Kind::Word(Keyword::Not);
    matches!(start.before(), [.., why, not] if why.kind == Kind::Word(Keyword::Why) && is_not(not))
        && start.first().is_some_and(|first| is_not(&first))
}

/// `Turkey Turkey`, `is is`
fn twice(here: Tokens, before: Token, token: Token) {
    let context = here.context;
    let is_text = matches!(
        token.kind,
        Kind::Word(_) | Kind::Capital | Kind::Quoted | Kind::Variable
    );
    if is_text
        && before.kind == token.kind
        && before.end - before.start == token.end - token.start
        && context.raw(before) == context.raw(token)
    {
        let span = context.span(before).to(context.span(token));
        let is_name = token.kind == Kind::Capital;
        context.complain(say::word_twice(span, context.raw(token), is_name));
    }
}

/// `Unless Bob is ill`, `a visit And a gift`, `Bob fears The West`
fn capital(here: Tokens, before: Option<Token>) {
    let raw = here.first().map_or("", |token| here.context.raw(token));
    let inside_name = before.is_some_and(|before| before.kind == Kind::Capital);
    let name_follows = || here.kind_ahead(1) == Some(Kind::Capital);
    let is_meant_small = || match raw {
        "Unless" | "Implies" | "Suggests" | "Overrides" => true,
        "The" => !inside_name && name_follows(),
        "No" => before.is_none() && name_follows(),
        _ => !inside_name,
    };
    if is_doubtful_capital(raw) && is_meant_small() {
        here.context
            .complain(say::capital_inside(here.place(), raw, &raw.to_lowercase()));
    }
}

/// Capitalised words that draw a warning in a name, where they stand so that they are hardly meant.
pub(super) fn is_doubtful_capital(word: &str) -> bool {
    matches!(
        word,
        "And"
            | "Or"
            | "Not"
            | "No"
            | "Only"
            | "Each"
            | "Both"
            | "Where"
            | "The"
            | "Unless"
            | "Implies"
            | "Suggests"
            | "Overrides"
    )
}

/// `isn't`, `can't`, `nto`
fn contraction(here: Tokens, token: Token) {
    let raw = here.context.raw(token);
    if matches!(
        raw,
        "nto" | "ont" | "nott" | "nnot" | "noot" | "n't" | "n\u{2019}t"
    ) {
        return here.context.complain(say::nearly_not(here.place(), raw));
    }
    let stem = raw
        .strip_suffix("n't")
        .or_else(|| raw.strip_suffix("n\u{2019}t"));
    if let Some(stem) = stem {
        let verb = if stem == "ca" { "can" } else { stem };
        here.context
            .complain(say::contraction(here.place(), raw, verb));
    }
}

/// `million 500`
fn magnitude_first(here: Tokens, before: Option<Token>) {
    let raw = here.first().map_or("", |word| here.context.raw(word));
    let follows_number = before.is_some_and(|before| before.kind == Kind::Number);
    if is_magnitude(raw) && !follows_number && here.kind_ahead(1) == Some(Kind::Number) {
        let number = here.context.raw_at(here.skip(1).place());
        here.context
            .complain(say::magnitude_first(here.place(), raw, number));
    }
}

/// `1,00`: a comma that touches digits on both sides and groups no three of them
fn comma_inside(here: Tokens, before: Option<Token>) {
    let Some(comma) = before.filter(|before| before.kind == Kind::Comma) else {
        return;
    };
    let context = here.context;
    let touches = |token: Token| !token.flags.has(Flags::SPACED);
    let number = here.before().iter().rev().nth(1);
    if let Some(number) = number.filter(|number| number.kind == Kind::Number)
        && touches(comma)
        && here.first().is_some_and(touches)
    {
        let span = context.span(*number).to(here.place());
        context.complain(say::comma_inside(span, context.raw_at(span)));
    }
}

/// `1 000`: up to three digits and then just three
fn space_inside(here: Tokens, before: Option<Token>) {
    const GROUP: usize = 3;
    let Some(before) = before.filter(|before| before.kind == Kind::Number) else {
        return;
    };
    let context = here.context;
    let (first, group) = (context.raw(before), context.raw_at(here.place()));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let follows_group = matches!(here.before(), [.., one, _] if one.kind == Kind::Number);
    if first.len() <= GROUP
        && group.len() == GROUP
        && is_digits(first)
        && is_digits(group)
        && !follows_group
    {
        let groups = here.rest().iter().take_while(|token| {
            token.kind == Kind::Number && token.end - token.start == GROUP as u32
        });
        let last = groups.last().map_or(before, |last| *last);
        let span = context.span(before).to(context.span(last));
        context.complain(say::spaced_number(span, context.raw_at(span)));
    }
}

/// `5 usd`, `50 percent`, `5 Million`
fn unit_after_number(here: Tokens, before: Token, token: Token) {
    if !matches!(before.kind, Kind::Number | Kind::Percent)
        || !matches!(token.kind, Kind::Word(Keyword::None) | Kind::Capital)
    {
        return;
    }
    let context = here.context;
    let raw = context.raw(token);
    let number = context.raw(before);
    let meant = match unit_meant(raw) {
        Some("%") => format!("{number}%"),
        Some(unit) => format!("{number} {unit}"),
        None => return,
    };
    context.complain(say::nearly_a_unit(
        here.place(),
        raw,
        token.kind == Kind::Capital,
        &meant,
    ));
}

/// The unit or magnitude that a word behind a number is meant to be, where it is none.
pub(super) fn unit_meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "percent" | "pct" => "%",
        "Thousand" | "k" => "thousand",
        "Million" | "mn" | "mln" => "million",
        "Billion" | "bn" | "bln" => "billion",
        "Trillion" | "tn" | "trn" => "trillion",
        _ if Unit::atom(word).is_some() => return None,
        _ => return Unit::in_other_case(word),
    })
}

/// `each A and B is free`, `both A and B are free`: the word opens no list.
fn each_alone(start: Tokens, rest: Tokens, word: &str, term: &Term, parts: usize) {
    let goes_on = parts == 2 && rest.kind() == Some(Kind::Word(Keyword::And));
    let opens = match word {
        "each" => matches!(term.kind, TermKind::Name(_)),
        "both" | "all" | "every" | "either" | "neither" => goes_on,
        _ => false,
    };
    if opens {
        start
            .context
            .complain(say::each_without_of(start.place(), word));
    }
}

/// `each of russia and armenia is free`, `all of Russia and Armenia are free`: the words open no list.
fn each_of(start: Tokens, rest: Tokens, each: &Word, of: &Word, more: &[Part]) {
    let context = start.context;
    let goes_on = rest.kind() == Some(Kind::Word(Keyword::And));
    match (each.text.as_str(), more) {
        ("each", [] | [Part::Word(_)]) if goes_on => {
            context.complain(say::each_of_words(each.span.to(of.span)));
        }
        (word @ ("all" | "both" | "either" | "neither"), [Part::Term(_)]) if goes_on => {
            context.complain(say::each_without_of(
                each.span.to(of.span),
                &format!("{word} of"),
            ));
        }
        _ => {}
    }
}

/// What a fact looks like that was meant to be something else: `us "more.hence".`, `Expect Bob is free.`, `Vet overides Ann.`
pub(super) fn fact(input: Tokens, sentences: &[Sentence]) {
    let [sentence] = sentences else { return };
    let context = input.context;
    let opening = input.first().map_or("", |token| context.raw(token));
    let quoted_at = |ahead| input.kind_ahead(ahead) == Some(Kind::Quoted);
    let is_header = match input.kind() {
        Some(Kind::Word(_)) => {
            let length = sentence.parts.len();
            match length {
                2 if quoted_at(1) => match opening {
                    "include" | "import" | "require" => Some("use"),
                    _ => near(opening, "use"),
                },
                3 if quoted_at(2) && input.skip(1).reads(&["source"]) => Some("source"),
                3 if quoted_at(2) => near(opening, "source"),
                _ => None,
            }
        }
        Some(Kind::Quoted) if opening.ends_with(".hence\"") && input.skip(1).reads(&["use"]) => {
            Some("use")
        }
        Some(Kind::Capital) if is_opener_with_capital(opening) => {
            let opens = match opening {
                "Use" | "Load" => quoted_at(1),
                "Source" => quoted_at(2) && sentence.parts.len() == 3,
                "As" => input.skip(1).reads(&["of"]),
                _ => input.kind_ahead(1) == Some(Kind::Capital),
            };
            opens.then_some("")
        }
        _ => None,
    };
    match is_header {
        Some("") => context.complain(say::capital_opener_read(input.place(), opening)),
        Some(meant) => context.complain(say::nearly_an_opener(input.place(), opening, meant)),
        None => {}
    }
    if let [
        Part::Term(_) | Part::Word(_),
        Part::Word(verb),
        Part::Term(_) | Part::Word(_),
    ] = sentence.parts.as_slice()
        && is_nearly_overrides(&verb.text, sentence)
    {
        context.complain(say::nearly_a_verb(verb.span, &verb.text, "overrides"));
    }
}

/// Openers that with a capital can be read as the name that opens a fact.
pub(super) fn is_opener_with_capital(word: &str) -> bool {
    matches!(
        word,
        "As" | "Use" | "Load" | "Source" | "Expect" | "Suppose" | "Drop" | "Impossible"
    )
}

/// `Vet overides Ann`; between two words that may be labels also another word for it, `shield beats pipe`
fn is_nearly_overrides(verb: &str, sentence: &Sentence) -> bool {
    let words = |part: &Part| matches!(part, Part::Word(_));
    match verb {
        "override" | "overrule" | "overrules" | "beats" | "trumps" | "outweighs" => {
            sentence.parts.iter().all(words)
        }
        _ => near(verb, "overrides").is_some(),
    }
}

/// `a ?x is kind implies x is known`: a word that is a variable's name.
pub(super) fn rule(input: Tokens, rest: Tokens, rule: &Rule) {
    /// Longer rules are nobody's, and the work grows with their square.
    const MOST: usize = 500;
    let tokens = &input.rest()[..rest.at() - input.at()];
    if tokens.len() > MOST {
        return;
    }
    let context = input.context;
    let named = |word: &str| {
        tokens
            .iter()
            .any(|token| token.kind == Kind::Variable && context.raw(*token).get(1..) == Some(word))
    };
    for head in &rule.heads {
        for (place, part) in head.parts.iter().enumerate() {
            let Part::Word(word) = part else { continue };
            let is_letter = word.text.len() == 1 && word.text != "a";
            if (place == 0 || is_letter) && named(&word.text) {
                context.complain(say::variable_without_mark(word.span, &word.text));
            }
        }
    }
}

/// The word of a sentence with variables that was meant to be `implies`, `suggests`, `casts doubt on` or `unless`.
pub(super) fn verb_meant(sentence: &Sentence) -> Option<(&Word, &'static str)> {
    sentence.parts.iter().find_map(|part| {
        let Part::Word(word) = part else { return None };
        let text = word.text.as_str();
        let meant = match text {
            "imply" | "implied" | "means" | "entails" | "therefore" => "implies",
            "suggested" => "suggests",
            "cast" | "casts" => "casts doubt on",
            _ => near(text, "implies")
                .or_else(|| near(text, "suggests"))
                .or_else(|| near(text, "unless"))?,
        };
        Some((word, meant))
    })
}

/// `target`, where a word is one slip of the hand away from it.
pub(super) fn near(word: &str, target: &'static str) -> Option<&'static str> {
    slip(word.as_bytes(), target.as_bytes()).map(|_| target)
}
