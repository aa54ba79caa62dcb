//! Lists of terms: `Russia, Armenia and Belarus`, `each of Azerbaijan and Armenia`, `only Russia`. A bare `and` goes on with
//! a list that a comma, `each of` or `only` has opened; after `and` and an item the list is over.

use super::input::{Parsed, Tokens};
use super::term::{begins_term, term};
use super::token::{Keyword, Kind};
use super::tree::{List, ListOpener, Part, Term, TermKind};
use crate::complaint::syntax as say;
use crate::text::Span;

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

/// `CSTO covers Russia, Armenia and Belarus leads CSTO`
pub(super) fn then_more(start: Tokens, parts: &[Part], at: usize) {
    let Part::List(list) = &parts[at] else { return };
    let after = &parts[at + 1..];
    let goes_on = matches!(
        after,
        [Part::Word(_), .., Part::Term(_)] | [Part::Word(_), Part::Term(_), ..]
    ) && after.iter().any(|part| matches!(part, Part::Term(_)));
    let [.., before_last, last] = list.items.as_slice() else {
        return;
    };
    if list.opener.is_some() || at == 0 || !goes_on {
        return;
    }
    let Some(first) = start.first() else { return };
    let one = Span {
        start: first.start,
        end: before_last.span.end,
        ..list.span
    };
    let end = after.last().map_or(list.span, part_span).end;
    let other = Span {
        start: last.span.start,
        end,
        ..list.span
    };
    let context = start.context;
    context.complain(say::list_then_more(
        list.span,
        context.raw_at(one),
        context.raw_at(other),
    ));
}

/// `CSTO covers "Russia", "Armenia" "Belarus"`: what stands right behind the last item is of its kind. After an `and` a list is over, and
/// what follows is meant.
pub(super) fn then_term(start: Tokens, parts: &[Part], at: usize) {
    let (Part::List(list), Some(Part::Term(next))) = (&parts[at], parts.get(at + 1)) else {
        return;
    };
    let Some(last) = list.items.last() else {
        return;
    };
    let before_last = match list.items.as_slice() {
        [.., before, _] => before.span.end,
        _ => list.span.start,
    };
    let context = start.context;
    let tokens = start.rest().iter();
    let ends_with_and = tokens
        .skip_while(|token| token.start < before_last)
        .take_while(|token| token.start < last.span.start)
        .any(|token| token.kind == Kind::Word(Keyword::And));
    let alike = match last.kind {
        TermKind::Name(_) => matches!(next.kind, TermKind::Name(_)),
        TermKind::Date(_) => matches!(next.kind, TermKind::Date(_)),
        TermKind::Number(_) | TermKind::Share(_) | TermKind::Quantity(_) => {
            matches!(
                next.kind,
                TermKind::Number(_) | TermKind::Share(_) | TermKind::Quantity(_)
            )
        }
        _ => false,
    };
    if alike && !ends_with_and {
        let words = (context.raw_at(last.span), context.raw_at(next.span));
        context.complain(say::list_without_comma(next.span, words.0, words.1));
    }
}

fn part_span(part: &Part) -> Span {
    match part {
        Part::Word(word) => word.span,
        Part::Term(term) => term.span,
        Part::List(list) => list.span,
    }
}
