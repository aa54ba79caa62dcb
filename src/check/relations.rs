//! Declarations: `relation ?bloc:Alliance covers ?state:State, transitive, "gloss".`, and the rules that `symmetric` and
//! `transitive` stand for.

use super::sentences::Reader;
use super::vocabulary::{Relations, Role};
use crate::complaint::relations as complaints;
use crate::program::{
    Argument, Body, Literal, Relation, RelationId, Rule, Variable, Variables, Verb,
};
use crate::syntax::tree::{Part, PropertyKind, RelationDecl, TermKind};
use crate::text::Span;
use smol_str::SmolStr;

/// Takes a declaration in. A relation may be declared again, with other properties, but not otherwise.
pub(super) fn declare(declaration: &RelationDecl, at: Span, reader: &mut Reader<'_>) {
    let id = reader.relations.of(&declaration.sentence);
    reader
        .relations
        .note_use(id, Role::Named, false, declaration.sentence.span);
    let Some(holes) = holes(declaration, reader) else {
        return;
    };
    let relation = reader.relations.get_mut(id);
    let first = *relation.declared.get_or_insert(at);
    for (place, hole) in holes.iter().enumerate() {
        match (&relation.kinds[place], &hole.kind) {
            (Some(known), Some((kind, span))) if known != kind => {
                reader
                    .complaints
                    .push(complaints::declared_otherwise(*span, first));
                return;
            }
            (None, Some((kind, _))) => relation.kinds[place] = Some(kind.clone()),
            _ => {}
        }
    }
    for property in &declaration.properties {
        let one = match &property.kind {
            PropertyKind::Symmetric | PropertyKind::Transitive if holes.len() != 2 => {
                reader
                    .complaints
                    .push(complaints::needs_two_terms(property.span, holes.len()));
                continue;
            }
            PropertyKind::Symmetric => {
                relation.symmetric = true;
                continue;
            }
            PropertyKind::Transitive => {
                relation.transitive = true;
                continue;
            }
            PropertyKind::Gloss(gloss) => {
                relation.gloss.get_or_insert_with(|| gloss.text.clone());
                continue;
            }
            PropertyKind::Functional => holes.len().checked_sub(1),
            PropertyKind::One(name) => holes
                .iter()
                .position(|hole| hole.name.as_ref() == Some(name)),
        };
        match (one, relation.one) {
            (None, _) => {
                let named = holes.iter().filter_map(|hole| hole.name.as_deref());
                let named: Vec<&str> = named.collect();
                reader
                    .complaints
                    .push(complaints::one_of_what(property.span, &named));
            }
            (Some(one), Some(known)) if one != known => {
                reader
                    .complaints
                    .push(complaints::one_of_two(property.span));
            }
            (one, _) => relation.one = one,
        }
    }
}

struct Hole {
    name: Option<SmolStr>,
    kind: Option<(SmolStr, Span)>,
}

/// The variables of a declared sentence, one a hole.
fn holes(declaration: &RelationDecl, reader: &mut Reader<'_>) -> Option<Vec<Hole>> {
    let mut holes: Vec<Hole> = Vec::new();
    if let Some(not) = declaration.sentence.not {
        reader.complaints.push(complaints::not_in_declaration(not));
        return None;
    }
    for part in &declaration.sentence.parts {
        match part {
            Part::Word(_) => {}
            Part::Term(term) => match &term.kind {
                TermKind::Variable { name, kind } => {
                    if holes.iter().any(|hole| hole.name.as_ref() == Some(name)) {
                        reader
                            .complaints
                            .push(complaints::variable_twice(name, term.span));
                        return None;
                    }
                    let kind = kind.as_ref().map(|kind| (kind.text.clone(), kind.span));
                    holes.push(Hole {
                        name: Some(name.clone()),
                        kind,
                    });
                }
                TermKind::Anything => holes.push(Hole {
                    name: None,
                    kind: None,
                }),
                _ => {
                    reader
                        .complaints
                        .push(complaints::name_in_declaration(term.span));
                    return None;
                }
            },
            Part::List(list) => {
                reader
                    .complaints
                    .push(complaints::name_in_declaration(list.span));
                return None;
            }
        }
    }
    Some(holes)
}

/// The rules that declared properties stand for.
///
/// ```text
/// ?a borders ?b implies ?b borders ?a.                    # symmetric
/// not ?a borders ?b implies not ?b borders ?a.            # symmetric, where opposites occur
/// ?a is in ?b and ?b is in ?c implies ?a is in ?c.        # transitive
/// ```
pub(super) fn declared_rules(relations: &Relations) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (number, relation) in relations.all.iter().enumerate() {
        let id = RelationId(number as u32);
        if relation.symmetric {
            let swapped = |negative| {
                let body = literal(relation, id, negative, 0, 1);
                declared(
                    relation,
                    Body::Literal(body),
                    literal(relation, id, negative, 1, 0),
                    2,
                )
            };
            rules.push(swapped(false));
            if relations.uses(id).opposite {
                rules.push(swapped(true));
            }
        }
        if relation.transitive {
            let steps = [(0, 1), (1, 2)]
                .map(|(from, to)| Body::Literal(literal(relation, id, false, from, to)));
            rules.push(declared(
                relation,
                Body::And(steps.into()),
                literal(relation, id, false, 0, 2),
                3,
            ));
        }
    }
    rules
}

fn literal(
    relation: &Relation,
    id: RelationId,
    negative: bool,
    first: u32,
    second: u32,
) -> Literal {
    Literal {
        relation: id,
        negative,
        arguments: vec![
            Argument::Variable(Variable(first)),
            Argument::Variable(Variable(second)),
        ],
        at: relation.declared.unwrap_or(relation.at),
    }
}

fn declared(relation: &Relation, body: Body, head: Literal, variables: usize) -> Rule {
    Rule {
        label: None,
        gloss: None,
        verb: Verb::Implies,
        body: Some(body),
        at: head.at,
        heads: vec![head],
        variables: Variables(
            ["?a", "?b", "?c"][..variables]
                .iter()
                .map(|&name| name.into())
                .collect(),
        ),
        period: None,
        from_then_on: false,
        citations: Vec::new(),
        declared: relation.declared.is_some(),
    }
}
