//! Under which suppositions, when, and given what a question or expectation is asked; and which `in WORD` names a scenario.

use super::labels::Labels;
use super::scenarios::Scenarios;
use super::scope::Scope;
use super::sentences::Reader;
use super::vocabulary::{Role, shape_of};
use crate::complaint::{Complaint, contexts as complaints, labels as label_complaints};
use crate::program::{Body, Frame, ScenarioId, Shape};
use crate::syntax::split_scenarios;
use crate::syntax::tree::{self, Document, Sentence, StatementKind, Suffix, SuffixKind};
use crate::text::Span;
use crate::value::Date;
use rustc_hash::FxHashSet;
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
            StatementKind::Facts(facts) => facts.makes.iter().for_each(&mut add),
            StatementKind::Rule(rule) => {
                rule.body
                    .iter()
                    .for_each(|body| body.each_sentence(&mut add));
                rule.heads.iter().for_each(&mut add);
            }
            StatementKind::Driver(driver) => {
                driver
                    .outcomes
                    .iter()
                    .flat_map(|outcome| &outcome.sentences)
                    .for_each(&mut add);
            }
            StatementKind::Impossible(body) => body.each_sentence(&mut add),
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

/// A question or expectation with each `in WORD` where it belongs.
pub(super) struct Placed {
    pub body: tree::Body,
    pub suffixes: Vec<Suffix>,
}

/// Takes `in WORD` out of the sentences where it names a scenario: where one is declared, or where only the sentence without it is
/// known, so that the scenario is an unknown one.
pub(super) fn place(
    body: &tree::Body,
    suffixes: &[Suffix],
    labels: &Labels,
    spoken: &Spoken<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Placed> {
    let mut placed = Placed {
        body: body.clone(),
        suffixes: suffixes.to_vec(),
    };
    split_scenarios(
        &mut placed.body,
        &mut placed.suffixes,
        |with, without, word| {
            labels.scenarios.contains(&word.text)
                || spoken.knows(&shape_of(without)) && !spoken.knows(&shape_of(with))
        },
    );
    let mut good = true;
    for suffix in &placed.suffixes {
        if let SuffixKind::In(word) = &suffix.kind
            && !labels.scenarios.contains(&word.text)
        {
            good = false;
            if !labels.unread.may_introduce(&word.text) {
                let near = labels.scenarios.nearest(&word.text);
                complaints.push(label_complaints::unknown(
                    "scenario", &word.text, word.span, near,
                ));
            }
        }
    }
    good.then_some(placed)
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
