//! What tests depend on: of each fact, rule and exception, whether some expectation would come out otherwise without it. Each is left out
//! in an evaluation of its own; what no relation of a test can rest on needs none.

use super::Reader;
use crate::core::{self, nature::bearing_on};
use crate::engine;
use crate::model::Table;
use crate::program::{Body, Expectation, FactId, Facts, Program, RelationId, Rule, RuleId, Test};
use crate::text::Span;

/// What a test may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Fact(FactId),
    Rule(RuleId),
    /// Of a rule, by its place among the exceptions in the condition.
    Exception(RuleId, usize),
}

/// Whether a test depends on a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependence {
    Depends,
    Free,
    /// There was too much to evaluate.
    Untried,
}

/// Rows that all evaluations together may go through.
const MOST_WORK: usize = 50_000_000;

/// Evaluations in any case.
const FEWEST_TRIALS: usize = 200;

impl Reader<'_> {
    /// The facts, rules and exceptions that stand where `counts` says so, each with whether one of the tests depends on it.
    pub fn coverage(
        &mut self,
        tests: &[&Test],
        counts: impl Fn(Span) -> bool,
    ) -> Vec<(Piece, Dependence)> {
        let program = self.program;
        let expectations: Vec<&Expectation> =
            tests.iter().flat_map(|test| &test.expectations).collect();
        let bodies = expectations
            .iter()
            .flat_map(|expectation| expectation.bodies.iter().chain(&expectation.frame.given));
        let bears = bearing_on(program, bodies);
        let as_is = self.outcomes(&expectations);
        let rows: usize = self.model.tables.iter().map(Table::len).sum();
        let mut left = (MOST_WORK / (rows + program.rules.len() + 1)).max(FEWEST_TRIALS);
        let mut found = Vec::new();
        for piece in pieces(program, counts) {
            let dependence = if !relations(program, piece).any(|of| bears[of.0 as usize]) {
                Dependence::Free
            } else if left == 0 {
                Dependence::Untried
            } else {
                left -= 1;
                match self.outcomes_without(piece, &expectations) == Some(as_is.clone()) {
                    true => Dependence::Free,
                    false => Dependence::Depends,
                }
            };
            found.push((piece, dependence));
        }
        found
    }

    /// Whether each expectation is met; `None` for one that cannot be tried.
    fn outcomes(&mut self, expectations: &[&Expectation]) -> Vec<Option<bool>> {
        let tried = expectations
            .iter()
            .map(|expectation| Some(self.expect(expectation).ok()?.passed));
        tried.collect()
    }

    /// The same without a piece; `None` where that has no outcome at all.
    fn outcomes_without(
        &self,
        piece: Piece,
        expectations: &[&Expectation],
    ) -> Option<Vec<Option<bool>>> {
        let program = without(self.program, piece);
        let core = core::compile(&program, self.rerun.settings).ok()?;
        let model = engine::run(&core, self.model.terms.clone(), &self.bounded()).ok()?;
        Some(Reader::new(&program, &core, model).outcomes(expectations))
    }
}

fn pieces(program: &Program, counts: impl Fn(Span) -> bool) -> Vec<Piece> {
    let facts = program.facts.iter().filter(|fact| counts(fact.at));
    let mut pieces: Vec<Piece> = facts.map(|fact| Piece::Fact(fact.id)).collect();
    for (number, rule) in (0..).zip(&program.rules) {
        if rule.declared || !counts(rule.at) {
            continue;
        }
        pieces.push(Piece::Rule(RuleId(number)));
        let exceptions = exceptions_in(rule).len();
        pieces.extend((0..exceptions).map(|place| Piece::Exception(RuleId(number), place)));
    }
    pieces
}

/// What a piece is about.
fn relations(program: &Program, piece: Piece) -> impl Iterator<Item = RelationId> + '_ {
    let (fact, rule) = match piece {
        Piece::Fact(fact) => (Some(program.facts.get(fact).relation), None),
        Piece::Rule(rule) | Piece::Exception(rule, _) => {
            (None, Some(&program.rules[rule.0 as usize]))
        }
    };
    let heads = rule.into_iter().flat_map(|rule| &rule.heads);
    fact.into_iter().chain(heads.map(|head| head.relation))
}

fn without(program: &Program, piece: Piece) -> Program {
    let mut other = program.clone();
    match piece {
        Piece::Fact(gone) => {
            let mut facts = Facts::default();
            for fact in program.facts.iter().filter(|fact| fact.id != gone) {
                let notes = fact.notes.cloned();
                facts.push(fact.relation, fact.negative, fact.terms, fact.at, notes);
            }
            other.facts = facts;
        }
        Piece::Rule(rule) => {
            other.rules.remove(rule.0 as usize);
        }
        Piece::Exception(rule, place) => {
            let rule = &mut other.rules[rule.0 as usize];
            let mut before = place;
            rule.body = rule
                .body
                .take()
                .and_then(|body| without_exception(body, &mut before));
        }
    }
    other
}

/// The exceptions in a rule's condition, in order, those within others after these.
pub fn exceptions_in(rule: &Rule) -> Vec<&Body> {
    let mut found = Vec::new();
    if let Some(body) = &rule.body {
        collect_exceptions(body, &mut found);
    }
    found
}

fn collect_exceptions<'b>(body: &'b Body, found: &mut Vec<&'b Body>) {
    match body {
        Body::Literal(_) | Body::Comparison { .. } | Body::Aggregate(_) => {}
        Body::And(parts) | Body::Or(parts) => {
            parts
                .iter()
                .for_each(|part| collect_exceptions(part, found));
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| collect_exceptions(body, found));
            for exception in exceptions {
                found.push(exception);
                collect_exceptions(exception, found);
            }
        }
    }
}

/// A condition without the exception that comes after so many others; `None` where it asks for nothing any more. Counts down to that
/// exception, and then on past nothing.
fn without_exception(body: Body, before: &mut usize) -> Option<Body> {
    match body {
        Body::Literal(_) | Body::Comparison { .. } | Body::Aggregate(_) => Some(body),
        Body::And(parts) => match less(parts, before) {
            parts if parts.is_empty() => None,
            mut parts if parts.len() == 1 => parts.pop(),
            parts => Some(Body::And(parts)),
        },
        Body::Or(parts) => {
            let count = parts.len();
            // A part that asks for nothing any more is met.
            Some(less(parts, before))
                .filter(|parts| parts.len() == count)
                .map(Body::Or)
        }
        Body::Unless { body, exceptions } => {
            let body = body.and_then(|body| without_exception(*body, before));
            let mut kept = Vec::with_capacity(exceptions.len());
            for exception in exceptions {
                let is_meant = *before == 0;
                *before = before.wrapping_sub(1);
                if !is_meant {
                    let nothing = Body::And(Vec::new());
                    kept.push(without_exception(exception, before).unwrap_or(nothing));
                }
            }
            match kept.is_empty() {
                true => body,
                false => Some(Body::Unless {
                    body: body.map(Box::new),
                    exceptions: kept,
                }),
            }
        }
    }
}

fn less(parts: Vec<Body>, before: &mut usize) -> Vec<Body> {
    parts
        .into_iter()
        .filter_map(|part| without_exception(part, before))
        .collect()
}
