//! Unlike things that are ordered or added, where that can be seen without a run.
//!
//! What a term of a relation is like is read off the facts where no rule concludes the relation: one of its values stands for all, if
//! they are of one kind (and their units convert). Reckoning with these examples shows what cannot be reckoned with.

use super::scope::expression_names;
use super::vocabulary::{Relations, shape_of};
use crate::complaint::{Complaint, units as complaints};
use crate::program::{Ground, Program, RelationId};
use crate::syntax::tree::{
    self, AggregateKind, Body, BodyKind, Document, Expression, ExpressionKind, Part, Sentence,
    StatementKind, TermKind,
};
use crate::value::{self, Comparison, Number, Operation, Quantity, Term, Terms, Trouble, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// Complains of each comparison and sum of unlike things, once for each condition that has any.
pub(super) fn units(
    documents: &[Document],
    relations: &Relations,
    program: &Program,
    complaints: &mut Vec<Complaint>,
) {
    let mut reckoning: Vec<&Body> = Vec::new();
    each_body(documents, &mut |body| {
        if reckons(body) {
            reckoning.push(body);
        }
    });
    if reckoning.is_empty() {
        return;
    }
    let examples = examples(program, relations, &reckoning);
    for body in reckoning {
        let mut known = Known::default();
        body.each_sentence(&mut |sentence| {
            if let Some(id) = relations.find(&shape_of(sentence)) {
                known.learn(sentence, &examples[id.0 as usize]);
            }
        });
        known.learn_results(body);
        known.check(body, complaints);
    }
}

/// What stands in one place of a relation.
#[derive(Clone, Debug, PartialEq)]
enum Example {
    Nothing,
    /// All are like this one.
    Like(Value),
    /// Some are not, or nobody asks.
    Mixed,
}

impl Example {
    fn add(&mut self, terms: &Terms, term: Term) {
        if let (Self::Like(Value::Number(_)), Some(_)) = (&*self, term.as_small()) {
            return;
        }
        match self {
            Self::Mixed => {}
            Self::Nothing => *self = Self::Like(example_of(terms.get(term))),
            Self::Like(known) if alike(known, &terms.get(term)) => {}
            Self::Like(_) => *self = Self::Mixed,
        }
    }
}

/// A value of the same kind with which arithmetic finds no fault of its own: a number that is a year, one of a unit.
fn example_of(value: Value) -> Value {
    match value {
        Value::Number(_) => Value::Number(Number::from(2000)),
        Value::Quantity(quantity) => Quantity::new(Number::from(1), quantity.unit().clone())
            .map_or(Value::Quantity(quantity), Value::Quantity),
        Value::Date(_) | Value::Name(_) => value,
    }
}

fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Quantity(one), Value::Quantity(other)) => one.unit().converts_to(other.unit()),
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

/// By relation, what stands in each of its places, as far as a condition reckons with it.
fn examples(program: &Program, relations: &Relations, reckoning: &[&Body]) -> Vec<Vec<Example>> {
    let mut examples: Vec<Vec<Example>> = vec![Vec::new(); relations.all.len()];
    for body in reckoning {
        let mut reckoned = FxHashSet::default();
        each_reckoned(body, &mut |name| {
            reckoned.insert(name);
        });
        body.each_sentence(&mut |sentence| {
            let id = relations.find(&shape_of(sentence));
            let Some(id) = id.filter(|&id| !relations.uses(id).concluded) else {
                return;
            };
            let places = &mut examples[id.0 as usize];
            places.resize(relations.get(id).kinds.len(), Example::Mixed);
            let terms = sentence
                .parts
                .iter()
                .filter(|part| !matches!(part, Part::Word(_)));
            for (part, place) in terms.zip(places) {
                if let Part::Term(tree::Term {
                    kind: TermKind::Variable { name, .. },
                    ..
                }) = part
                    && reckoned.contains(name)
                {
                    *place = Example::Nothing;
                }
            }
        });
    }
    let mut add = |relation: RelationId, terms: &[Term]| {
        for (example, &term) in examples[relation.0 as usize].iter_mut().zip(terms) {
            example.add(&program.terms, term);
        }
    };
    let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
    let supposed = program
        .scenarios
        .iter()
        .flat_map(|scenario| &scenario.suppositions);
    let grounds = outcomes
        .flat_map(|outcome| &outcome.states)
        .chain(supposed.map(|item| &item.literal));
    grounds.for_each(
        |Ground {
             relation, terms, ..
         }| add(*relation, terms),
    );
    program
        .facts
        .iter()
        .for_each(|fact| add(fact.relation, fact.terms));
    examples
}

/// The variables that a condition compares or reckons with.
fn each_reckoned<'t>(body: &'t Body, visit: &mut impl FnMut(&'t SmolStr)) {
    match &body.kind {
        BodyKind::Sentence(_) => {}
        BodyKind::Comparison { left, right, .. } => {
            expression_names(left, visit);
            expression_names(right, visit);
        }
        BodyKind::Aggregate(aggregate) => {
            expression_names(&aggregate.over, visit);
            each_reckoned(&aggregate.condition, visit);
        }
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts.iter().for_each(|part| each_reckoned(part, visit));
        }
        BodyKind::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_reckoned(body, visit));
            exceptions
                .iter()
                .for_each(|exception| each_reckoned(exception, visit));
        }
        BodyKind::Group(inner) => each_reckoned(inner, visit),
    }
}

/// What is known of the variables of a condition; `None` where sentences differ.
#[derive(Default)]
struct Known<'t> {
    variables: FxHashMap<&'t SmolStr, Option<Value>>,
}

impl<'t> Known<'t> {
    fn learn(&mut self, sentence: &'t Sentence, examples: &[Example]) {
        let terms = sentence
            .parts
            .iter()
            .filter(|part| !matches!(part, Part::Word(_)));
        for (part, example) in terms.zip(examples) {
            if let (Part::Term(term), Example::Like(value)) = (part, example)
                && let TermKind::Variable { name, .. } = &term.kind
            {
                self.add(name, value.clone());
            }
        }
    }

    fn add(&mut self, name: &'t SmolStr, value: Value) {
        let known = self
            .variables
            .entry(name)
            .or_insert_with(|| Some(value.clone()));
        if known.as_ref().is_some_and(|known| !alike(known, &value)) {
            *known = None;
        }
    }

    /// The results of aggregates and what `=` gives, in the order in which they stand.
    fn learn_results(&mut self, body: &'t Body) {
        match &body.kind {
            BodyKind::Sentence(_) => {}
            BodyKind::Comparison {
                left,
                operator: Comparison::Equal,
                right,
                ..
            } => {
                for (alone, other) in [(left, right), (right, left)] {
                    if let ExpressionKind::Term(term) = &alone.kind
                        && let TermKind::Variable { name, .. } = &term.kind
                        && !self.variables.contains_key(name)
                        && let Ok(Some(value)) = self.value(other)
                    {
                        self.add(name, example_of(value));
                    }
                }
            }
            BodyKind::Comparison { .. } => {}
            BodyKind::Aggregate(aggregate) => {
                self.learn_results(&aggregate.condition);
                let value = match aggregate.kind {
                    AggregateKind::Number => Ok(Some(Value::Number(Number::from(2000)))),
                    _ => self.value(&aggregate.over),
                };
                if let (TermKind::Variable { name, .. }, Ok(Some(value))) =
                    (&aggregate.result.kind, value)
                {
                    self.add(name, example_of(value));
                }
            }
            BodyKind::And(parts) | BodyKind::Or(parts) => {
                parts.iter().for_each(|part| self.learn_results(part));
            }
            BodyKind::Unless { body, exceptions } => {
                body.iter().for_each(|body| self.learn_results(body));
                exceptions
                    .iter()
                    .for_each(|exception| self.learn_results(exception));
            }
            BodyKind::Group(inner) => self.learn_results(inner),
        }
    }

    fn check(&self, body: &Body, complaints: &mut Vec<Complaint>) {
        match &body.kind {
            BodyKind::Sentence(_) => {}
            BodyKind::Comparison {
                left,
                operator,
                right,
                ..
            } => match (self.value(left), self.value(right)) {
                (Ok(Some(one)), Ok(Some(other))) => {
                    if let Err(trouble) = value::compare(&one, *operator, &other)
                        && is_unlike(&trouble)
                    {
                        complaints.push(complaints::unlike_compared(
                            (left.span, &one),
                            (right.span, &other),
                        ));
                    }
                }
                (Ok(_), Ok(_)) => {}
                (Err(complaint), _) | (_, Err(complaint)) => complaints.push(*complaint),
            },
            BodyKind::Aggregate(aggregate) => {
                self.check(&aggregate.condition, complaints);
                if let Err(complaint) = self.value(&aggregate.over) {
                    complaints.push(*complaint);
                }
            }
            BodyKind::And(parts) | BodyKind::Or(parts) => {
                parts.iter().for_each(|part| self.check(part, complaints));
            }
            BodyKind::Unless { body, exceptions } => {
                body.iter().for_each(|body| self.check(body, complaints));
                exceptions
                    .iter()
                    .for_each(|exception| self.check(exception, complaints));
            }
            BodyKind::Group(inner) => self.check(inner, complaints),
        }
    }

    /// An example of what an expression comes to, where that is known; or what is wrong with it.
    fn value(&self, expression: &Expression) -> Result<Option<Value>, Box<Complaint>> {
        Ok(match &expression.kind {
            ExpressionKind::Term(term) => self.term(term),
            ExpressionKind::Group(inner) => self.value(inner)?,
            ExpressionKind::Negative(inner) => self
                .value(inner)?
                .and_then(|value| value::negate(&value).ok()),
            ExpressionKind::Power { base, exponent } => self
                .value(base)?
                .and_then(|value| value::power(&value, *exponent).ok()),
            ExpressionKind::Binary {
                left,
                operator,
                right,
            } => {
                // A name in a sum has a complaint of its own.
                if is_name(left) || is_name(right) {
                    return Ok(None);
                }
                let (Some(one), Some(other)) = (self.value(left)?, self.value(right)?) else {
                    return Ok(None);
                };
                match value::compute(&one, *operator, &other) {
                    Ok(value) => Some(example_of(value)),
                    Err(trouble) if is_unlike(&trouble) => {
                        let sum = matches!(operator, Operation::Add | Operation::Subtract);
                        let (one, other) = ((left.span, &one), (right.span, &other));
                        return Err(Box::new(complaints::unlike_reckoned(sum, one, other)));
                    }
                    Err(_) => None,
                }
            }
        })
    }

    fn term(&self, term: &tree::Term) -> Option<Value> {
        match &term.kind {
            TermKind::Variable { name, .. } => self.variables.get(name).cloned().flatten(),
            TermKind::Name(name) => Some(Value::Name(name.clone())),
            TermKind::Number(number) | TermKind::Share(number) => {
                Some(Value::Number(number.clone()))
            }
            TermKind::Quantity(quantity) => Some(Value::Quantity(Quantity::clone(quantity))),
            TermKind::Date(date) => Some(Value::Date(*date)),
            TermKind::Anything | TermKind::Asked(_) => None,
        }
    }
}

fn is_name(expression: &Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Term(term) if matches!(term.kind, TermKind::Name(_)))
}

/// Whether a trouble lies in what is reckoned with, not in how much of it there is.
fn is_unlike(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::UnlikeUnits(..) | Trouble::NoOrder(..) | Trouble::NotANumber(_)
    )
}

/// Whether a condition compares or computes anything but names.
fn reckons(body: &Body) -> bool {
    match &body.kind {
        BodyKind::Sentence(_) => false,
        BodyKind::Comparison {
            left,
            operator,
            right,
            ..
        } => {
            let ordered = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
            let computed = |side: &Expression| !matches!(side.kind, ExpressionKind::Term(_));
            ordered || computed(left) || computed(right)
        }
        BodyKind::Aggregate(aggregate) => {
            !matches!(aggregate.over.kind, ExpressionKind::Term(_)) || reckons(&aggregate.condition)
        }
        BodyKind::And(parts) | BodyKind::Or(parts) => parts.iter().any(reckons),
        BodyKind::Unless { body, exceptions } => {
            body.as_deref().is_some_and(reckons) || exceptions.iter().any(reckons)
        }
        BodyKind::Group(inner) => reckons(inner),
    }
}

pub(super) fn each_body<'t>(documents: &'t [Document], visit: &mut impl FnMut(&'t Body)) {
    for statement in documents.iter().flat_map(|document| &document.statements) {
        match &statement.kind {
            StatementKind::Rule(rule) => rule.body.iter().for_each(&mut *visit),
            StatementKind::Impossible(body) => visit(body),
            StatementKind::Question(question) => visit(&question.body),
            StatementKind::Test(test) => {
                test.expectations
                    .iter()
                    .for_each(|expectation| visit(&expectation.body));
            }
            _ => {}
        }
    }
}
