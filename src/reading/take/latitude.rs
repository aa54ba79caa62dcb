//! Values that any other of the same comparison could stand in for.
//!
//! `?f carries ?n passengers and ?n < 200`: whatever is below 200 does what 199 does, as long as nothing else looks at the number. One
//! more reader of the sentence, a sum over it, a second test or a conclusion that repeats it, and only the value that was tried is known.

use crate::core::Side;
use crate::program::{
    Aggregate, Argument, Body, Expression, Literal, Program, Question, RelationId, Standing,
    Variable,
};
use std::collections::{HashMap, HashSet};

/// The terms whose value nothing but one comparison looks at, by side and place.
#[derive(Default)]
pub struct Latitude(HashSet<(Side, usize)>);

impl Latitude {
    pub fn new(program: &Program, question: &Question) -> Self {
        let mut readers = Readers::default();
        for rule in &program.rules {
            let mut reader = Reader::default();
            rule.body.iter().for_each(|body| reader.body(body));
            rule.heads.iter().for_each(|head| reader.arguments(head));
            readers.close(reader);
        }
        for (body, ..) in &program.impossible {
            let mut reader = Reader::default();
            reader.body(body);
            readers.close(reader);
        }
        let mut reader = Reader::default();
        question
            .frame
            .given
            .iter()
            .chain([&question.body])
            .for_each(|body| reader.body(body));
        readers.close(reader);

        let argued = argued_against(program);
        let alone = readers.reads.iter().filter(|(_, reads)| **reads == 1);
        let alone: HashSet<RelationId> = alone.map(|(&relation, _)| relation).collect();
        let free = readers.free.into_iter();
        Self(
            free.filter(|(side, _)| alone.contains(&side.relation) && !argued.contains(side))
                .collect(),
        )
    }

    /// Whether any value that compares as the one of this argument does would do.
    pub fn covers(&self, literal: &Literal, variable: Variable) -> bool {
        let place = literal
            .arguments
            .iter()
            .position(|&argument| argument == Argument::Variable(variable));
        place.is_some_and(|place| self.0.contains(&(Side::from(literal), place)))
    }
}

/// Sides that something speaks against for some of their values, so that these differ.
fn argued_against(program: &Program) -> HashSet<Side> {
    let side = |relation, negative| Side { relation, negative };
    let facts = program.facts.iter().map(|fact| {
        let denied = matches!(fact.standing(), Standing::Denied(_));
        side(fact.relation, fact.negative == denied)
    });
    let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
    // A driver's own sentences are kept apart from what could be supposed, whichever side they are on.
    let states = outcomes.flat_map(|outcome| &outcome.states);
    let states =
        states.flat_map(|state| [false, true].map(|negative| side(state.relation, negative)));
    let scenarios = program.scenarios.iter();
    let supposed = scenarios.flat_map(|scenario| &scenario.suppositions);
    let supposed = supposed.map(|item| Side::from(&item.literal).opposite());
    let heads = program.rules.iter().flat_map(|rule| &rule.heads);
    let heads = heads.flat_map(|head| [false, true].map(|negative| side(head.relation, negative)));
    facts.chain(states).chain(supposed).chain(heads).collect()
}

/// What all statements read.
#[derive(Default)]
struct Readers {
    /// By relation, how many literals of conditions speak of it.
    reads: HashMap<RelationId, usize>,
    free: Vec<(Side, usize)>,
}

impl Readers {
    fn close(&mut self, reader: Reader<'_>) {
        for literal in reader.literals {
            *self.reads.entry(literal.relation).or_default() += 1;
            for (place, argument) in literal.arguments.iter().enumerate() {
                if let Argument::Variable(variable) = argument
                    && reader.mentions[variable] == 2
                    && reader.compared.contains(variable)
                {
                    self.free.push((Side::from(literal), place));
                }
            }
        }
    }
}

/// What one statement reads.
#[derive(Default)]
struct Reader<'b> {
    literals: Vec<&'b Literal>,
    mentions: HashMap<Variable, usize>,
    /// The variables that stand alone on a side of a comparison.
    compared: HashSet<Variable>,
}

impl<'b> Reader<'b> {
    fn body(&mut self, body: &'b Body) {
        match body {
            Body::Literal(literal) => {
                self.literals.push(literal);
                self.arguments(literal);
            }
            Body::Comparison { left, right, .. } => {
                for side in [left, right] {
                    if let Expression::Argument(Argument::Variable(variable)) = side {
                        self.compared.insert(*variable);
                    }
                    self.expression(side);
                }
            }
            Body::Aggregate(aggregate) => self.aggregate(aggregate),
            Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| self.body(part)),
            Body::Unless { body, exceptions } => {
                body.iter().for_each(|body| self.body(body));
                exceptions.iter().for_each(|body| self.body(body));
            }
        }
    }

    fn aggregate(&mut self, aggregate: &'b Aggregate) {
        self.argument(&aggregate.result);
        self.expression(&aggregate.over);
        aggregate.condition.iter().for_each(|part| self.body(part));
    }

    fn arguments(&mut self, literal: &Literal) {
        literal.arguments.iter().for_each(|it| self.argument(it));
    }

    fn argument(&mut self, argument: &Argument) {
        if let Argument::Variable(variable) = argument {
            *self.mentions.entry(*variable).or_default() += 1;
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Argument(argument) => self.argument(argument),
            Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
                self.expression(inner)
            }
            Expression::Binary { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
        }
    }
}
