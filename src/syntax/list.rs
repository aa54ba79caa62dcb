//! Lists of terms: `Russia, Armenia and Belarus`, `each of Azerbaijan and Armenia`, `only Russia`. A bare `and` goes on with
//! a list that a comma, `each of` or `only` has opened; after `and` and an item the list is over.

use super::input::{Parsed, Tokens};
use super::term::{begins_term, term};
use super::token::{Keyword, Kind};
use super::tree::{List, ListOpener, Term};

/// Whether `each of` or `only` stands here before a term.
pub(super) fn opens(input: Tokens) -> bool {
    opener(input).is_some_and(|(rest, _)| begins_item(rest))
}

/// Whether a comma here is followed by another item.
pub(super) fn goes_on(comma: Tokens) -> bool {
    let after = comma.skip(1);
    begins_item(after) || is_and(after) && begins_item(after.skip(1))
}

/// A list from its opener or its first item on.
pub(super) fn list(input: Tokens) -> Parsed<List> {
    let (mut rest, opener) = match opener(input) {
        Some((rest, opener)) => (rest, Some(opener)),
        None => (input, None),
    };
    let mut items = Vec::new();
    (rest, ()) = item(rest, &mut items)?;
    loop {
        let comma = rest.kind() == Some(Kind::Comma);
        let after = rest.skip(usize::from(comma));
        if is_and(after) && begins_item(after.skip(1)) {
            (rest, ()) = item(after.skip(1), &mut items)?;
            break;
        }
        if !(comma && begins_item(after)) {
            break;
        }
        (rest, ()) = item(after, &mut items)?;
    }
    Ok((
        rest,
        List {
            span: input.span_to(rest),
            opener,
            items,
        },
    ))
}

fn item<'a>(input: Tokens<'a>, items: &mut Vec<Term>) -> Parsed<'a, ()> {
    let (rest, item) = term(input.skip(usize::from(is_the(input))))?;
    items.push(item);
    Ok((rest, ()))
}

fn opener(input: Tokens) -> Option<(Tokens, ListOpener)> {
    match input.kind()? {
        Kind::Word(Keyword::Each) if input.reads(&["each", "of"]) => {
            Some((input.skip(2), ListOpener::EachOf))
        }
        Kind::Word(Keyword::Only) => Some((input.skip(1), ListOpener::Only)),
        _ => None,
    }
}

fn begins_item(input: Tokens) -> bool {
    begins_term(input) || is_the(input) && begins_term(input.skip(1))
}

fn is_the(input: Tokens) -> bool {
    input.kind() == Some(Kind::Word(Keyword::The))
}

fn is_and(input: Tokens) -> bool {
    input.kind() == Some(Kind::Word(Keyword::And))
}
