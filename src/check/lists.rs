//! Lists in expectations: one condition per item.

use crate::complaint::{Complaint, expectations as complaints};
use crate::syntax::tree::{Body, BodyKind, List, ListOpener, Part, Sentence, Term, TermKind};
use crate::text::Span;
use std::borrow::Cow;

/// An expectation whose lists are spelt out.
pub(super) struct Expanded<'t> {
    pub bodies: Vec<Cow<'t, Body>>,
    /// With `only`: which term of the sentence may be no other.
    pub only: Option<usize>,
}

/// As many conditions as several lists may make together.
const MOST: usize = 10_000;

/// Spells the lists of an expectation out.
pub(super) fn expand<'t>(
    body: &'t Body,
    no: Option<Span>,
    complaints: &mut Vec<Complaint>,
) -> Option<Expanded<'t>> {
    let mut lists: Vec<&List> = Vec::new();
    each_list(body, &mut |list| lists.push(list));
    if lists.is_empty() {
        return Some(Expanded {
            bodies: vec![Cow::Borrowed(body)],
            only: None,
        });
    }
    if let Some(list) = lists.iter().find(|list| list.items.iter().any(is_variable)) {
        complaints.push(complaints::variable_in_list(list.span));
        return None;
    }
    let mut only = None;
    if let Some(list) = lists
        .iter()
        .find(|list| list.opener == Some(ListOpener::Only))
    {
        match (&body.kind, no) {
            (_, Some(no)) => {
                complaints.push(complaints::no_only(no.to(list.span)));
                return None;
            }
            (BodyKind::Sentence(sentence), None) if sentence.not.is_none() => {
                only = place_of_list(sentence);
            }
            _ => {
                complaints.push(complaints::only_with_others(list.span));
                return None;
            }
        }
    }
    let count = lists
        .iter()
        .try_fold(1_usize, |count, list| count.checked_mul(list.items.len()));
    let Some(count) = count.filter(|&count| count <= MOST) else {
        complaints.push(complaints::too_many_sentences(body.span));
        return None;
    };
    let mut frame = body.clone();
    let mut items: Vec<Vec<Term>> = Vec::with_capacity(lists.len());
    each_list_mut(&mut frame, &mut |part| {
        if let Part::List(list) = part {
            items.push(std::mem::take(&mut list.items));
        }
    });
    let bodies = (0..count)
        .map(|number| Cow::Owned(choose(&frame, &items, number)))
        .collect();
    Some(Expanded { bodies, only })
}

/// The body, whose lists are empty, with one item for each of them; the last list runs fastest.
fn choose(frame: &Body, items: &[Vec<Term>], mut number: usize) -> Body {
    let mut chosen: Vec<&Term> = Vec::with_capacity(items.len());
    for list in items.iter().rev() {
        chosen.push(&list[number % list.len()]);
        number /= list.len();
    }
    let mut body = frame.clone();
    each_list_mut(&mut body, &mut |part| {
        if let Some(item) = chosen.pop() {
            *part = Part::Term(item.clone());
        }
    });
    body
}

fn is_variable(term: &Term) -> bool {
    matches!(
        term.kind,
        TermKind::Variable { .. } | TermKind::Anything | TermKind::Asked(_)
    )
}

fn place_of_list(sentence: &Sentence) -> Option<usize> {
    let terms = sentence
        .parts
        .iter()
        .filter(|part| !matches!(part, Part::Word(_)));
    terms
        .into_iter()
        .position(|part| matches!(part, Part::List(_)))
}

fn each_list<'t>(body: &'t Body, visit: &mut impl FnMut(&'t List)) {
    match &body.kind {
        BodyKind::Sentence(sentence) => {
            for part in &sentence.parts {
                if let Part::List(list) = part {
                    visit(list);
                }
            }
        }
        BodyKind::Comparison { .. } => {}
        BodyKind::Aggregate(aggregate) => each_list(&aggregate.condition, visit),
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts.iter().for_each(|part| each_list(part, visit));
        }
        BodyKind::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_list(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_list(exception, visit));
        }
        BodyKind::Group(inner) => each_list(inner, visit),
    }
}

fn each_list_mut(body: &mut Body, visit: &mut impl FnMut(&mut Part)) {
    match &mut body.kind {
        BodyKind::Sentence(sentence) => {
            let lists = sentence
                .parts
                .iter_mut()
                .filter(|part| matches!(part, Part::List(_)));
            lists.for_each(visit);
        }
        BodyKind::Comparison { .. } => {}
        BodyKind::Aggregate(aggregate) => each_list_mut(&mut aggregate.condition, visit),
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts.iter_mut().for_each(|part| each_list_mut(part, visit));
        }
        BodyKind::Unless { body, exceptions } => {
            body.iter_mut().for_each(|body| each_list_mut(body, visit));
            exceptions
                .iter_mut()
                .for_each(|exception| each_list_mut(exception, visit));
        }
        BodyKind::Group(inner) => each_list_mut(inner, visit),
    }
}
