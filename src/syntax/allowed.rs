//! What may stand in which statement, where the grammar alone does not say: lists, variables, asking words and notes. A
//! statement that fails here is complained of and left out of the document.

use super::doubtful;
use super::input::Context;
use super::tree::*;
use crate::complaint::{Complaint, syntax as say};

/// What the sentences of a statement may hold.
#[derive(Clone, Copy)]
struct Holds {
    /// As the complaint names the place: `a fact`
    place: &'static str,
    list: bool,
    only: bool,
    variables: bool,
    asked: bool,
}

const FACT: Holds = Holds {
    place: "a fact",
    list: true,
    only: false,
    variables: false,
    asked: false,
};
const OUTCOME: Holds = Holds {
    place: "an outcome",
    ..FACT
};
const SUPPOSED: Holds = Holds {
    place: "what is supposed",
    ..FACT
};
const RULE: Holds = Holds {
    place: "a rule",
    list: false,
    only: false,
    variables: true,
    asked: false,
};
const IMPOSSIBLE: Holds = Holds {
    place: "a condition",
    ..RULE
};
const DECLARED: Holds = Holds {
    place: "a declaration",
    ..RULE
};
const QUESTION: Holds = Holds {
    place: "a question",
    list: false,
    only: false,
    variables: true,
    asked: true,
};
const EXPECTED: Holds = Holds {
    place: "an expectation",
    list: true,
    only: true,
    variables: true,
    asked: true,
};
const GIVEN: Holds = Holds {
    place: "what is given",
    ..QUESTION
};

/// Whether a statement holds nothing out of place. Items of tests, drivers and scenarios are asked about one by one.
pub(super) fn statement(kind: &StatementKind, context: &Context) -> bool {
    match kind {
        StatementKind::Fact(fact) => {
            if let Some(complaint) = declaration_meant(&fact.sentences, context) {
                context.complain(complaint);
                return false;
            }
            sentences(&fact.sentences, FACT, context) && notes(&fact.notes, Noted::Fact, context)
        }
        StatementKind::Rule(rule) => {
            rule.body
                .as_ref()
                .is_none_or(|body| condition(body, RULE, context))
                && sentences(&rule.heads, RULE, context)
                && notes(&rule.notes, Noted::Rule, context)
        }
        StatementKind::Question(asked) => question(asked, context),
        StatementKind::Impossible(body) => condition(body, IMPOSSIBLE, context),
        StatementKind::Load { row, .. } => sentence(row, DECLARED, context),
        StatementKind::Relation(declared) => sentence(&declared.sentence, DECLARED, context),
        _ => true,
    }
}

/// `Relation ?a borders ?b.`, `relatoin ?a borders ?b.`: a declaration whose opener is misspelt, since a fact has no variables.
fn declaration_meant(sentences: &[Sentence], context: &Context) -> Option<Complaint> {
    let [sentence] = sentences else { return None };
    let [
        opener @ (Part::Word(_) | Part::Term(_)),
        Part::Term(variable),
        ..,
    ] = sentence.parts.as_slice()
    else {
        return None;
    };
    let is_variable = matches!(
        variable.kind,
        TermKind::Variable { .. } | TermKind::Anything
    );
    let (span, word) = match opener {
        Part::Word(word) => (word.span, word.text.as_str()),
        Part::Term(term) => (term.span, context.raw_at(term.span)),
        Part::List(_) => return None,
    };
    if !is_variable {
        return None;
    }
    match word {
        "Relation" => Some(say::capital_opener(span, word, "relation")),
        "declare" => Some(say::declaration_meant(span, word)),
        _ => doubtful::near(word, "relation").map(|_| say::declaration_meant(span, word)),
    }
}

pub(super) fn question(question: &Question, context: &Context) -> bool {
    let supposed = match &question.kind {
        QuestionKind::WhatIf(supposed) => sentences(supposed, SUPPOSED, context),
        _ => true,
    };
    supposed
        && condition(&question.body, QUESTION, context)
        && suffixes(&question.suffixes, context)
}

pub(super) fn outcome(outcome: &Outcome, context: &Context) -> bool {
    let nothing = outcome.sentences.iter().find(|sentence| {
        matches!(sentence.parts.as_slice(), [Part::Word(word)] if word.text == "nothing")
    });
    if let Some(nothing) = nothing {
        context.complain(say::nothing_and_more(nothing.span));
        return false;
    }
    sentences(&outcome.sentences, OUTCOME, context)
        && notes(&outcome.notes, Noted::Outcome, context)
}

pub(super) fn supposition(item: &ScenarioItem, context: &Context) -> bool {
    sentences(&item.sentences, SUPPOSED, context) && notes(&item.notes, Noted::Supposition, context)
}

pub(super) fn expectation(expectation: &Expectation, context: &Context) -> bool {
    condition(&expectation.body, EXPECTED, context)
        && suffixes(&expectation.suffixes, context)
        && notes(&expectation.notes, Noted::Expectation, context)
}

fn suffixes(suffixes: &[Suffix], context: &Context) -> bool {
    suffixes.iter().all(|suffix| match &suffix.kind {
        SuffixKind::If(supposed) => sentences(supposed, SUPPOSED, context),
        SuffixKind::Given(body) => condition(body, GIVEN, context),
        SuffixKind::In(_) | SuffixKind::AsOf(_) => true,
    })
}

fn condition(body: &Body, holds: Holds, context: &Context) -> bool {
    match &body.kind {
        BodyKind::Sentence(inner) => sentence(inner, holds, context),
        BodyKind::Comparison { left, right, .. } => {
            expression(left, holds, context) && expression(right, holds, context)
        }
        BodyKind::Aggregate(aggregate) => {
            expression(&aggregate.over, holds, context)
                && condition(
                    &aggregate.condition,
                    Holds {
                        list: false,
                        only: false,
                        ..holds
                    },
                    context,
                )
        }
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts.iter().all(|part| condition(part, holds, context))
        }
        BodyKind::Unless { body, exceptions } => {
            body.as_ref()
                .is_none_or(|body| condition(body, holds, context))
                && exceptions
                    .iter()
                    .all(|exception| condition(exception, holds, context))
        }
        BodyKind::Group(inner) => condition(inner, holds, context),
    }
}

fn expression(expression_: &Expression, holds: Holds, context: &Context) -> bool {
    match &expression_.kind {
        ExpressionKind::Term(inner) => term(inner, holds, context),
        ExpressionKind::Negative(inner) | ExpressionKind::Group(inner) => {
            expression(inner, holds, context)
        }
        ExpressionKind::Power { base, .. } => expression(base, holds, context),
        ExpressionKind::Binary { left, right, .. } => {
            expression(left, holds, context) && expression(right, holds, context)
        }
    }
}

fn sentences(all: &[Sentence], holds: Holds, context: &Context) -> bool {
    all.iter().all(|one| sentence(one, holds, context))
}

fn sentence(sentence: &Sentence, holds: Holds, context: &Context) -> bool {
    sentence.parts.iter().all(|part| match part {
        Part::Word(_) => true,
        Part::Term(one) => {
            let complained = context.complaint_count();
            let sound = term(one, holds, context);
            if let (false, true, Some((word, verb))) = (
                sound,
                holds.place == FACT.place && !matches!(one.kind, TermKind::Asked(_)),
                doubtful::verb_meant(sentence),
            ) {
                context.forget(complained);
                context.complain(say::verb_meant(word.span, &word.text, verb));
            }
            sound
        }
        Part::List(list) => {
            let complaint = match list.opener {
                Some(ListOpener::Only) if !holds.only => {
                    say::only_outside_expectation(list.span, holds.place)
                }
                _ if !holds.list => say::list_out_of_place(list.span, holds.place),
                _ => return list.items.iter().all(|item| term(item, holds, context)),
            };
            context.complain(complaint);
            false
        }
    })
}

fn term(term: &Term, holds: Holds, context: &Context) -> bool {
    let complaint = match &term.kind {
        TermKind::Variable { .. } | TermKind::Anything if !holds.variables => {
            say::variable_in_fact(term.span, context.raw_at(term.span), holds.place)
        }
        TermKind::Asked(word) if !holds.asked => {
            say::asked_outside_question(term.span, word, holds.place)
        }
        _ => return true,
    };
    context.complain(complaint);
    false
}

/// Statements as notes tell them apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Noted {
    Fact,
    Outcome,
    Supposition,
    Rule,
    Expectation,
}

impl Noted {
    fn words(self) -> &'static str {
        match self {
            Self::Fact => "a fact",
            Self::Outcome => "an outcome",
            Self::Supposition => "a supposition",
            Self::Rule => "a rule",
            Self::Expectation => "an expectation",
        }
    }
}

/// Which statements may have a note, as the complaint lists them, and whether this one may.
fn belongs(note: &NoteKind, to: Noted) -> (bool, &'static str) {
    use NoteKind::*;
    match note {
        Source { .. } => (true, "anything"),
        From(_) | Until(_) | Before(_) | In(_) | Happened(_) => (
            to != Noted::Expectation,
            "facts, outcomes, suppositions and rules",
        ),
        FromThenOn => (to == Noted::Rule, "rules"),
        ReportedBy(_) | DeniedBy(_) | Presumably => (to == Noted::Fact, "facts"),
        Now => (to == Noted::Outcome, "the outcomes of drivers"),
        Likelihood(_) => (
            matches!(to, Noted::Fact | Noted::Outcome | Noted::Expectation),
            "facts, outcomes and expectations",
        ),
        Status(_) => (to == Noted::Expectation, "expectations"),
    }
}

fn notes(notes: &[Note], to: Noted, context: &Context) -> bool {
    for (place, note) in notes.iter().enumerate() {
        let (belongs, places) = belongs(&note.kind, to);
        if !belongs {
            context.complain(say::misplaced_note(
                note.span,
                context.raw_at(note.span),
                to.words(),
                places,
            ));
            return false;
        }
        if matches!(
            note.kind,
            NoteKind::Source { .. } | NoteKind::ReportedBy(_) | NoteKind::DeniedBy(_)
        ) {
            continue;
        }
        if let Some(first) = notes[..place]
            .iter()
            .find(|first| exclude(&first.kind, &note.kind))
        {
            context.complain(say::note_twice(
                first.span,
                note.span,
                context.raw_at(note.span),
            ));
            return false;
        }
    }
    true
}

/// Whether two notes answer one question: there is one likelihood, one status, one beginning, one end.
fn exclude(one: &NoteKind, other: &NoteKind) -> bool {
    use NoteKind::*;
    let begins = |note: &NoteKind| matches!(note, From(_) | In(_) | Happened(_));
    let ends = |note: &NoteKind| matches!(note, Until(_) | Before(_) | In(_));
    let weighs = |note: &NoteKind| matches!(note, Likelihood(_) | Status(_));
    let same = |note: &NoteKind| matches!(note, FromThenOn | Presumably | Now) && note == one;
    begins(one) && begins(other)
        || ends(one) && ends(other)
        || weighs(one) && weighs(other)
        || same(other)
}
