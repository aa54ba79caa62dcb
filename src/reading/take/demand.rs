//! What of each relation a question can rest on: where every condition that is gone into names one term in a place, only rows with that term.
//! `N1 reaches Z?` asks for what N1 reaches and for nothing else, however many others reach something.

use crate::program::{
    Argument, Body, Expression, Facts, Literal, Program, Question, RelationId, Rule, Variable,
};
use crate::text::Span;
use crate::value::{Comparison, Term};

/// By relation and place, the one term that is asked for; `None` where any is. A relation that nothing asks for has no places.
struct Demand {
    places: Vec<Option<Vec<Option<Term>>>>,
    /// Relations that keep the best value of each group: the others bear on it.
    best: Vec<bool>,
    /// Relations whose demand has grown.
    open: Vec<RelationId>,
}

/// Narrows the rules and facts of a program to what bears on a question.
pub fn narrow(program: &mut Program, question: &Question) {
    let demand = demand(program, question);
    for rule in &mut program.rules {
        narrow_rule(rule, &demand);
    }
    let mut facts = Facts::default();
    for fact in program.facts.iter() {
        if demand.asks_for(fact.relation, fact.terms) {
            let notes = fact.notes.cloned();
            facts.push(fact.relation, fact.negative, fact.terms, fact.at, notes);
        }
    }
    program.facts = facts;
}

fn demand(program: &Program, question: &Question) -> Demand {
    let mut demand = Demand {
        places: vec![None; program.relations.len()],
        best: vec![false; program.relations.len()],
        open: Vec::new(),
    };
    for rule in &program.rules {
        if rule.body.as_ref().is_some_and(keeps_best) {
            let heads = rule.heads.iter();
            heads.for_each(|head| demand.best[head.relation.0 as usize] = true);
        }
    }
    let impossible = program.impossible.iter().map(|(body, ..)| body);
    let given = question.frame.given.iter();
    for body in given.chain(impossible).chain([&question.body]) {
        every_literal(body, &mut |literal| demand.add(program, literal, &[]));
    }
    let mut rules: Vec<Vec<&Rule>> = vec![Vec::new(); program.relations.len()];
    for rule in &program.rules {
        for head in &rule.heads {
            rules[head.relation.0 as usize].push(rule);
        }
    }
    while let Some(relation) = demand.open.pop() {
        for rule in &rules[relation.0 as usize] {
            let Some(bound) = demand.bound(rule) else {
                continue;
            };
            if let Some(body) = &rule.body {
                every_literal(body, &mut |literal| demand.add(program, literal, &bound));
            }
        }
    }
    demand
}

impl Demand {
    /// Takes in a literal of a condition in which some variables can only have one term.
    fn add(&mut self, program: &Program, literal: &Literal, bound: &[(Variable, Term)]) {
        let relation = &program.relations[literal.relation.0 as usize];
        let best = self.best[literal.relation.0 as usize];
        let asked = literal.arguments.iter().enumerate();
        let asked = asked.map(|(place, argument)| match argument {
            // A rival value bears on a sentence of a `one` relation.
            _ if best || relation.one == Some(place) => None,
            Argument::Constant(term) => Some(*term),
            Argument::Variable(variable) => {
                let mut known = bound.iter().filter(|(of, _)| of == variable);
                known.next().map(|&(_, term)| term)
            }
        });
        let places = &mut self.places[literal.relation.0 as usize];
        let before = places.clone();
        match places {
            None => *places = Some(asked.collect()),
            Some(places) => {
                for (place, asked) in places.iter_mut().zip(asked) {
                    *place = place.filter(|&term| asked == Some(term));
                }
            }
        }
        if *places != before {
            self.open.push(literal.relation);
        }
    }

    /// The variables of a rule that can only have one term in what is asked for; `None` where nothing that it concludes is.
    fn bound(&self, rule: &Rule) -> Option<Vec<(Variable, Term)>> {
        let [head] = rule.heads.as_slice() else {
            return Some(Vec::new());
        };
        let places = self.places[head.relation.0 as usize].as_ref()?;
        let mut bound: Vec<(Variable, Term)> = Vec::new();
        for (argument, place) in head.arguments.iter().zip(places) {
            match (argument, place) {
                (Argument::Constant(constant), Some(term)) if constant != term => return None,
                (Argument::Variable(variable), Some(term)) => bound.push((*variable, *term)),
                _ => {}
            }
        }
        Some(bound)
    }

    fn asks_for(&self, relation: RelationId, terms: &[Term]) -> bool {
        let places = self.places[relation.0 as usize].as_deref().unwrap_or(&[]);
        let mut places = places.iter().zip(terms);
        places.all(|(place, term)| place.is_none_or(|asked| asked == *term))
    }
}

/// Has a rule give its variables the one term that they can have, before anything else.
fn narrow_rule(rule: &mut Rule, demand: &Demand) {
    let bound = demand.bound(rule).unwrap_or_default();
    let Some(body) = rule.body.take() else {
        return;
    };
    let mut grouping = Vec::new();
    groups(&body, &mut grouping);
    // An aggregate has a value for a group that is bound outside even where nothing matches.
    let bound = bound.into_iter().filter(|(of, _)| !grouping.contains(of));
    let mut parts: Vec<Body> = bound
        .map(|(variable, term)| Body::Comparison {
            left: Expression::Argument(Argument::Variable(variable)),
            comparison: Comparison::Equal,
            right: Expression::Argument(Argument::Constant(term)),
            at: Span::default(),
        })
        .collect();
    if parts.is_empty() {
        rule.body = Some(body);
        return;
    }
    rule.body = Some(match body {
        Body::Unless { body, exceptions } => {
            parts.extend(body.map(|body| *body));
            Body::Unless {
                body: Some(Box::new(and(parts))),
                exceptions,
            }
        }
        body => {
            parts.push(body);
            and(parts)
        }
    });
}

fn and(mut parts: Vec<Body>) -> Body {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => Body::And(parts),
    }
}

/// The variables that aggregates group by.
fn groups(body: &Body, found: &mut Vec<Variable>) {
    let mut open = vec![body];
    while let Some(body) = open.pop() {
        if let Body::Aggregate(aggregate) = body {
            found.extend(&aggregate.groups);
        }
        open.extend(parts(body));
    }
}

fn keeps_best(body: &Body) -> bool {
    let mut open = vec![body];
    while let Some(body) = open.pop() {
        if matches!(body, Body::Aggregate(aggregate) if aggregate.recursive) {
            return true;
        }
        open.extend(parts(body));
    }
    false
}

/// Calls back for every literal, in exceptions and aggregates too.
pub(in crate::reading) fn every_literal(body: &Body, visit: &mut impl FnMut(&Literal)) {
    let mut open = vec![body];
    while let Some(body) = open.pop() {
        if let Body::Literal(literal) = body {
            visit(literal);
        }
        open.extend(parts(body));
    }
}

fn parts(body: &Body) -> Vec<&Body> {
    match body {
        Body::Literal(_) | Body::Comparison { .. } => Vec::new(),
        Body::Aggregate(aggregate) => aggregate.condition.iter().collect(),
        Body::And(parts) | Body::Or(parts) => parts.iter().collect(),
        Body::Unless { body, exceptions } => {
            body.as_deref().into_iter().chain(exceptions).collect()
        }
    }
}
