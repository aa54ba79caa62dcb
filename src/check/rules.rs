//! Rules and `impossible` → the program's.

use super::binding;
use super::labels::Labels;
use super::notes;
use super::scope::{Place, Scope};
use super::sentences::Reader;
use super::vocabulary::Role;
use crate::program::{Body, Literal, Rule, Variables, Verb};
use crate::syntax::tree;
use crate::text::Span;

/// `rule LABEL "gloss": body implies heads [notes].`
pub(super) fn rule(
    rule: &tree::Rule,
    at: Span,
    labels: &Labels,
    reader: &mut Reader<'_>,
) -> Option<Rule> {
    let notes = notes::read(&rule.notes, labels, reader.complaints);
    let mut scope = Scope::new(Place::Rule);
    scope.enter(rule.body.as_ref(), &rule.heads);
    let body = rule
        .body
        .as_ref()
        .map(|body| reader.body(body, Role::Read, &mut scope));
    let role = match rule.verb {
        Verb::Implies | Verb::Suggests => Role::Concluded,
        Verb::CastsDoubtOn => Role::Doubted,
    };
    let heads: Vec<Option<Literal>> = rule
        .heads
        .iter()
        .map(|head| reader.literal(head, role, &mut scope))
        .collect();
    let mut bodies: Vec<Body> = match body {
        Some(body) => vec![body?],
        None => Vec::new(),
    };
    let heads: Vec<Literal> = heads.into_iter().collect::<Option<_>>()?;
    binding::settle(&mut bodies, &heads, &scope, reader.complaints);
    Some(Rule {
        label: rule.label.as_ref().map(|label| label.text.clone()),
        gloss: rule.gloss.as_ref().map(|gloss| gloss.text.clone()),
        verb: rule.verb,
        body: bodies.pop(),
        heads,
        variables: scope.variables,
        period: notes.period,
        from_then_on: notes.from_then_on,
        citations: notes.citations,
        at,
        declared: false,
    })
}

/// `impossible ?x is here and ?x is there.`
pub(super) fn impossible(body: &tree::Body, reader: &mut Reader<'_>) -> Option<(Body, Variables)> {
    let mut scope = Scope::new(Place::Impossible);
    scope.enter(Some(body), &[]);
    let mut bodies = vec![reader.body(body, Role::Read, &mut scope)?];
    binding::settle(&mut bodies, &[], &scope, reader.complaints);
    Some((bodies.pop()?, scope.variables))
}
