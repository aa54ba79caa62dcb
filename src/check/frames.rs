//! Under which suppositions, when, and given what a question or expectation is asked; and which `in WORD` names a scenario.

use super::labels::Labels;
use super::scenarios::Scenarios;
use super::scope::Scope;
use super::sentences::Reader;
use super::vocabulary::{Role, shape_of};
use crate::complaint::{Complaint, contexts as complaints, labels as label_complaints};
use crate::program::{Body, Frame, Piece, ScenarioId, Shape};
use crate::syntax::tree::{
    self, BodyKind, Document, Part, Sentence, StatementKind, Suffix, SuffixKind, Word,
};
use crate::text::Span;
use crate::value::Date;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::cell::OnceCell;

/// What frames a question where it does not say otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Defaults {
    pub scenario: Option<ScenarioId>,
    pub as_of: Option<Date>,
}

/// The relations that facts, rules, drivers and scenarios speak of; found when first asked for.
pub(super) struct Spoken<'a> {
    documents: &'a [Document],
    shapes: OnceCell<FxHashSet<Shape>>,
}

impl<'a> Spoken<'a> {
    pub fn new(documents: &'a [Document]) -> Self {
        Self {
            documents,
            shapes: OnceCell::new(),
        }
    }

    fn knows(&self, shape: &Shape) -> bool {
        self.shapes
            .get_or_init(|| spoken_shapes(self.documents))
            .contains(shape)
    }
}

fn spoken_shapes(documents: &[Document]) -> FxHashSet<Shape> {
    let mut shapes = FxHashSet::default();
    let mut add = |sentence: &Sentence| {
        shapes.insert(shape_of(sentence));
    };
    for statement in documents.iter().flat_map(|document| &document.statements) {
        match &statement.kind {
            StatementKind::Load { row, .. } => add(row),
            StatementKind::Relation(declaration) => add(&declaration.sentence),
            StatementKind::Fact(fact) => fact.sentences.iter().for_each(&mut add),
            StatementKind::Rule(rule) => {
                rule.body
                    .iter()
                    .for_each(|body| each_sentence(body, &mut add));
                rule.heads.iter().for_each(&mut add);
            }
            StatementKind::Driver(driver) => {
                driver
                    .outcomes
                    .iter()
                    .flat_map(|outcome| &outcome.sentences)
                    .for_each(&mut add);
            }
            StatementKind::Impossible(body) => each_sentence(body, &mut add),
            StatementKind::Scenario(scenario) => {
                scenario
                    .items
                    .iter()
                    .flat_map(|item| &item.sentences)
                    .for_each(&mut add);
            }
            _ => {}
        }
    }
    shapes
}

fn each_sentence(body: &tree::Body, visit: &mut impl FnMut(&Sentence)) {
    match &body.kind {
        BodyKind::Sentence(sentence) => visit(sentence),
        BodyKind::Comparison { .. } => {}
        BodyKind::Aggregate(aggregate) => each_sentence(&aggregate.condition, visit),
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts.iter().for_each(|part| each_sentence(part, visit));
        }
        BodyKind::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_sentence(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_sentence(exception, visit));
        }
        BodyKind::Group(inner) => each_sentence(inner, visit),
    }
}

/// A question or expectation with each `in WORD` where it belongs.
pub(super) struct Placed<'t> {
    pub body: Cow<'t, tree::Body>,
    pub suffixes: Cow<'t, [Suffix]>,
}

/// Puts `in WORD` that names no scenario back into the sentence before it. Where only the sentence without it is known, it
/// is an unknown scenario.
pub(super) fn place<'t>(
    body: &'t tree::Body,
    suffixes: &'t [Suffix],
    labels: &Labels,
    spoken: &Spoken<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Placed<'t>> {
    let names_scenario = |suffix: &Suffix| match &suffix.kind {
        SuffixKind::In(word) => labels.scenarios.contains(&word.text),
        _ => true,
    };
    if suffixes.iter().all(names_scenario) {
        return Some(Placed {
            body: Cow::Borrowed(body),
            suffixes: Cow::Borrowed(suffixes),
        });
    }
    let mut body = body.clone();
    let mut kept: Vec<Suffix> = Vec::with_capacity(suffixes.len());
    for suffix in suffixes {
        let word = match &suffix.kind {
            SuffixKind::In(word) if !names_scenario(suffix) => word,
            _ => {
                kept.push(suffix.clone());
                continue;
            }
        };
        let before = match kept.last_mut().map(|suffix| &mut suffix.kind) {
            None => last_sentence(&mut body),
            Some(SuffixKind::If(sentences)) => sentences.last_mut(),
            Some(SuffixKind::Given(given)) => last_sentence(given),
            Some(SuffixKind::In(_) | SuffixKind::AsOf(_)) => None,
        };
        if !before.is_some_and(|sentence| continues(sentence, word, suffix.span, spoken)) {
            let near = labels.scenarios.nearest(&word.text);
            complaints.push(label_complaints::unknown(
                "scenario", &word.text, word.span, near,
            ));
            return None;
        }
    }
    Some(Placed {
        body: Cow::Owned(body),
        suffixes: Cow::Owned(kept),
    })
}

/// Adds `in WORD` to a sentence, unless only the sentence without it is known.
fn continues(sentence: &mut Sentence, word: &Word, suffix: Span, spoken: &Spoken<'_>) -> bool {
    let without = shape_of(sentence);
    let mut with = without.clone();
    with.0
        .extend([Piece::Word("in".into()), Piece::Word(word.text.clone())]);
    if spoken.knows(&without) && !spoken.knows(&with) {
        return false;
    }
    let in_span = Span {
        end: suffix.start + 2,
        ..suffix
    };
    sentence.parts.push(Part::Word(Word {
        text: "in".into(),
        span: in_span,
    }));
    sentence.parts.push(Part::Word(word.clone()));
    sentence.span = sentence.span.to(suffix);
    true
}

fn last_sentence(body: &mut tree::Body) -> Option<&mut Sentence> {
    match &mut body.kind {
        BodyKind::Sentence(sentence) => Some(sentence),
        BodyKind::And(parts) | BodyKind::Or(parts) => parts.last_mut().and_then(last_sentence),
        BodyKind::Unless { exceptions, .. } => exceptions.last_mut().and_then(last_sentence),
        BodyKind::Aggregate(aggregate) => last_sentence(&mut aggregate.condition),
        BodyKind::Comparison { .. } | BodyKind::Group(_) => None,
    }
}

/// What a frame is read with.
pub(super) struct Framing<'a> {
    pub labels: &'a Labels,
    pub defaults: Defaults,
    pub scenarios: &'a mut Scenarios,
}

impl Framing<'_> {
    /// The frame that suffixes say; `what_if` are the suppositions that stand before a question. The bodies of `given` are put behind
    /// `bodies`, to be settled with them.
    pub fn frame(
        &mut self,
        suffixes: &[Suffix],
        what_if: &[Sentence],
        scope: &mut Scope,
        bodies: &mut Vec<Body>,
        reader: &mut Reader<'_>,
    ) -> Option<Frame> {
        let mut within: Option<(ScenarioId, Span)> = None;
        let mut as_of: Option<(Date, Span)> = None;
        let mut supposed: Vec<&Sentence> = what_if.iter().collect();
        let mut good = true;
        for suffix in suffixes {
            match &suffix.kind {
                SuffixKind::In(word) => {
                    if let Some((_, first)) = within {
                        reader
                            .complaints
                            .push(complaints::suffix_twice("in", suffix.span, first));
                        good = false;
                    }
                    within = self
                        .labels
                        .scenarios
                        .get(&word.text)
                        .map(|id| (id, suffix.span));
                }
                SuffixKind::AsOf(dated) => {
                    if let Some((_, first)) = as_of {
                        reader.complaints.push(complaints::suffix_twice(
                            "as of",
                            suffix.span,
                            first,
                        ));
                        good = false;
                    }
                    as_of = Some((dated.date, suffix.span));
                }
                SuffixKind::If(sentences) => supposed.extend(sentences),
                SuffixKind::Given(given) => match given_body(given, scope, reader) {
                    Some(given) => bodies.push(given),
                    None => good = false,
                },
            }
        }
        let named = within.map(|(id, _)| id).or(self.defaults.scenario);
        let mut scenario = named.unwrap_or(ScenarioId::BASE);
        if let (Some(first), Some(last)) = (supposed.first(), supposed.last()) {
            let at = first.span.to(last.span);
            match self.scenarios.suppose(scenario, &supposed, at, reader) {
                Some(own) => scenario = own,
                None => good = false,
            }
        }
        let as_of = as_of.map(|(date, _)| date).or(self.defaults.as_of);
        good.then(|| Frame {
            scenario,
            as_of,
            ..Frame::default()
        })
    }
}

/// `given B`, whose variables are its own.
fn given_body(given: &tree::Body, scope: &mut Scope, reader: &mut Reader<'_>) -> Option<Body> {
    let before = scope.len();
    scope.enter(Some(given), &[]);
    let read = reader.body(given, Role::Asked, scope);
    scope.leave();
    for variable in scope.all().skip(before) {
        let written = scope.written(variable);
        let shared = scope.is_named(variable)
            && scope
                .all()
                .take(before)
                .any(|other| scope.written(other) == written);
        if shared {
            let at = scope.first_within(variable, given.span);
            reader
                .complaints
                .push(complaints::given_shares_variable(written, at));
            return None;
        }
    }
    read
}
