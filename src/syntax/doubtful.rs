//! What can be read and is hardly meant: a word written twice, `And` that a capital has made a name, `each` without `of`, a comma inside a
//! number, `5 usd`. Comes in: what was just read; what goes out are warnings, and nothing is read differently.

use super::input::Tokens;
use super::token::{Flags, Keyword, Kind, Token};
use super::tree::{Part, Rule, Sentence, Term, TermKind, Word};
use crate::complaint::syntax as say;
use crate::value::Unit;

/// Looks over a sentence that has been read, token by token.
pub(super) fn sentence(start: Tokens, rest: Tokens, parts: &[Part]) {
    let tokens = &start.rest()[..rest.at() - start.at()];
    let mut before: Option<Token> = None;
    for (at, &token) in tokens.iter().enumerate() {
        let here = start.skip(at);
        match token.kind {
            Kind::Capital => capital(here, before),
            Kind::Word(Keyword::As) if here.reads(&["as", "of"]) => {
                let context = start.context;
                let of = tokens.get(at + 1).map_or(token, |of| *of);
                context.complain(say::as_of_words(context.span(token).to(context.span(of))));
            }
            Kind::Word(Keyword::None) => contraction(here, token),
            Kind::Number => comma_inside(here, before),
            _ => {}
        }
        if let Some(before) = before {
            twice(here, before, token);
            unit_after_number(here, before, token);
        }
        before = Some(token);
    }
    if let [Part::Word(word), Part::Term(term), ..] = parts {
        each_alone(start, rest, word.text.as_str(), term, parts.len());
    }
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
    let is_meant_small = match raw {
        "Unless" | "Implies" | "Suggests" | "Overrides" => true,
        "And" | "Or" | "Not" | "Only" | "Each" | "Both" | "Where" => !inside_name,
        "The" => !inside_name && here.kind_ahead(1) == Some(Kind::Capital),
        _ => false,
    };
    if is_meant_small {
        here.context
            .complain(say::capital_inside(here.place(), raw, &raw.to_lowercase()));
    }
}

/// `isn't`, `can't`
fn contraction(here: Tokens, token: Token) {
    let raw = here.context.raw(token);
    let stem = raw
        .strip_suffix("n't")
        .or_else(|| raw.strip_suffix("n\u{2019}t"));
    if let Some(stem) = stem {
        let verb = if stem == "ca" { "can" } else { stem };
        here.context
            .complain(say::contraction(here.place(), raw, verb));
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
    let meant = match raw {
        "percent" | "pct" => format!("{number}%"),
        "Thousand" | "Million" | "Billion" | "Trillion" => {
            format!("{number} {}", raw.to_lowercase())
        }
        "k" => format!("{number} thousand"),
        "mn" | "mln" => format!("{number} million"),
        "bn" | "bln" => format!("{number} billion"),
        "tn" | "trn" => format!("{number} trillion"),
        _ if Unit::atom(raw).is_some() => return,
        _ => match Unit::in_other_case(raw) {
            Some(unit) => format!("{number} {unit}"),
            None => return,
        },
    };
    context.complain(say::nearly_a_unit(
        here.place(),
        raw,
        token.kind == Kind::Capital,
        &meant,
    ));
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
                2 if quoted_at(1) => near(opening, "use"),
                3 if quoted_at(2) => near(opening, "source"),
                _ => None,
            }
        }
        Some(Kind::Capital) => match opening {
            "Use" | "Load" if quoted_at(1) => Some(""),
            "Source" if quoted_at(2) && sentence.parts.len() == 3 => Some(""),
            "As" if input.skip(1).reads(&["of"]) => Some(""),
            "Expect" | "Suppose" | "Drop" | "Impossible"
                if input.kind_ahead(1) == Some(Kind::Capital) =>
            {
                Some("")
            }
            _ => None,
        },
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
        && verb.text != "override"
        && near(&verb.text, "overrides").is_some()
    {
        context.complain(say::nearly_a_verb(verb.span, &verb.text, "overrides"));
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
    (word != target && one_slip(word, target)).then_some(target)
}

/// Whether one letter is added, left out, changed or swapped with its neighbour.
fn one_slip(word: &str, target: &str) -> bool {
    if word.len().abs_diff(target.len()) > 1 {
        return false;
    }
    let (word, target) = (word.as_bytes(), target.as_bytes());
    let same_before = word.iter().zip(target).take_while(|(a, b)| a == b).count();
    let (a, b) = (&word[same_before..], &target[same_before..]);
    let same_after = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    match (&a[..a.len() - same_after], &b[..b.len() - same_after]) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([w, x], [y, z]) => w == z && x == y,
        _ => false,
    }
}
