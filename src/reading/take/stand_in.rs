//! Values that stand in for what nothing in the program gives: another day, another number, another name. A row that is lacking has one
//! where any that is not there yet would do.

use super::partial::VIEWS;
use super::walk::Walk;
use crate::core::Side;
use crate::program::{Argument, Body, Expression, Ground, Literal, Program, Question, Variable};
use crate::reading::StandIn;
use crate::reading::standing::Bound;
use crate::value::{Comparison, Number, Term, Value};
use indexmap::IndexMap;
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet, VecDeque};

/// Values in use that are passed over in search of one that is not.
const MOST_PASSED: usize = 1_000;
/// Columns looked at for what kind of value stands in one.
const MOST_COLUMNS: usize = 50;

/// A place of a sentence.
pub type Column = (Side, usize);

/// From where on values are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Series {
    /// Beyond the greatest that there is.
    Above,
    /// Short of the least.
    Below,
    /// On the side of a value that a comparison asks for.
    From(Comparison, Term),
}

/// The values that stand in so far.
#[derive(Clone, Debug, Default)]
pub struct StandIns {
    /// In order of making.
    columns: IndexMap<(Column, Series), Vec<Term>>,
    /// What each is another one of.
    nouns: HashMap<Term, SmolStr>,
}

impl StandIns {
    pub fn merge(&mut self, other: Self) {
        for (column, values) in other.columns {
            let known = self.columns.entry(column).or_default();
            if known.len() < values.len() {
                *known = values;
            }
        }
        self.nouns.extend(other.nouns);
    }

    pub fn contains(&self, term: Term) -> bool {
        self.nouns.contains_key(&term)
    }

    /// Those in a sentence, each once.
    pub fn in_sentence(&self, terms: &[Term]) -> Vec<(Term, StandIn)> {
        let mut all: Vec<(Term, StandIn)> = Vec::new();
        for term in terms {
            if let Some(noun) = self.nouns.get(term)
                && !all.iter().any(|(known, _)| known == term)
            {
                all.push((*term, StandIn::Another(noun.clone())));
            }
        }
        all
    }

    /// The values of one series that are all as good as each other, in order of making.
    pub fn interchangeable(&self) -> impl Iterator<Item = &[Term]> {
        let series = self.columns.values().map(Vec::as_slice);
        series.filter(|values| values.len() > 1)
    }
}

impl Walk<'_, '_> {
    /// A value of a column that nothing gives, by number; `None` where there is none. Those made in a walk before are the same ones, and
    /// there are no more of these: counts that may be higher after some change would ask for ever more.
    pub fn stand_in(
        &mut self,
        column: Column,
        series: Series,
        number: usize,
        name: &str,
    ) -> Option<Term> {
        loop {
            let known = self.found.stand_ins.columns.get(&(column, series));
            if let Some(&term) = known.and_then(|known| known.get(number)) {
                return Some(term);
            }
            if self.before.columns.contains_key(&(column, series)) {
                return None;
            }
            let last = known.and_then(|known| known.last()).copied();
            let is_asked = last.is_none() && matches!(series, Series::From(..));
            let term = self.fresh(column, series, (last, name))?;
            let noun = self.noun(column, name, &self.reader.model.terms.get(term));
            let stand_ins = &mut self.found.stand_ins;
            let values = stand_ins.columns.entry((column, series)).or_default();
            values.push(term);
            // What a comparison asks for stands for itself.
            if !is_asked {
                stand_ins.nouns.insert(term, noun);
            }
        }
    }

    /// One more value of a series, after the last one.
    fn fresh(
        &mut self,
        column: Column,
        series: Series,
        (last, name): (Option<Term>, &str),
    ) -> Option<Term> {
        let up = !matches!(
            series,
            Series::Below | Series::From(Comparison::Less | Comparison::LessOrEqual, _)
        );
        let ends = self.ends(column);
        let is_name = |term: Term| matches!(self.reader.model.terms.get(term), Value::Name(_));
        let Some((least, greatest)) = ends.filter(|&(least, _)| !is_name(least)) else {
            return self.fresh_name(column, series, name);
        };
        let mut value = match (last, series) {
            (Some(last), _) => self.step(last, up)?,
            (None, Series::Above) => self.step(greatest, up)?,
            (None, Series::Below) => self.step(least, up)?,
            (None, Series::From(comparison, with)) => {
                return self.reader.model.terms.next(comparison, with);
            }
        };
        for _ in 0..MOST_PASSED {
            if !self.is_used(value) {
                return Some(value);
            }
            value = self.step(value, up)?;
        }
        None
    }

    /// `another country`, `another country (2)`
    fn fresh_name(&mut self, column: Column, series: Series, name: &str) -> Option<Term> {
        if series != Series::Above {
            return None;
        }
        let noun = self.noun(column, name, &Value::Name(SmolStr::default()));
        for number in 1..MOST_PASSED {
            let text = match number {
                1 => format!("another {noun}"),
                _ => format!("another {noun} ({number})"),
            };
            let term = self.reader.model.terms.name(&text);
            if !self.is_used(term) && !self.found.stand_ins.nouns.contains_key(&term) {
                return Some(term);
            }
        }
        None
    }

    /// The next number, amount or date of its own length.
    fn step(&mut self, term: Term, up: bool) -> Option<Term> {
        let one = Number::from(1);
        let next = |number: &Number| match up {
            true => number.plus(&one),
            false => number.minus(&one),
        };
        let terms = &mut self.reader.model.terms;
        let value = match terms.get(term) {
            Value::Number(number) => Value::Number(next(&number)?),
            Value::Quantity(quantity) => {
                Value::quantity(next(quantity.number())?, quantity.unit().clone()).ok()?
            }
            Value::Date(date) => Value::from(date.neighbour(up)?),
            Value::Name(_) => return None,
        };
        Some(terms.intern(value))
    }

    /// What a value of a column is one of: the kind that is declared, `day` for a day, the variable's name where that is a word.
    fn noun(&self, (side, place): Column, name: &str, value: &Value) -> SmolStr {
        let plain = match value {
            Value::Date(date) if date.is_one_day() => "day",
            Value::Date(_) => "time",
            Value::Number(_) => "number",
            Value::Quantity(_) => "amount",
            Value::Name(_) => {
                let relation = &self.reader.program.relations[side.relation.0 as usize];
                let kind = relation.kinds.get(place).and_then(Option::as_ref);
                let is_word = name.len() > 2 && name.chars().all(char::is_alphabetic);
                return match kind {
                    Some(kind) => kind.to_lowercase().into(),
                    None if is_word => name.into(),
                    None => "one".into(),
                };
            }
        };
        plain.into()
    }

    /// Whether a value is written somewhere in the program.
    fn is_used(&mut self, term: Term) -> bool {
        let (program, question) = (self.reader.program, self.question);
        let used = self.used.get_or_insert_with(|| written(program, question));
        used.contains(&term)
    }

    /// The least and the greatest value of a column, or of one that gives it values.
    fn ends(&mut self, column: Column) -> Option<(Term, Term)> {
        if let Some(&known) = self.ends.get(&column) {
            return known;
        }
        let mut seen = HashSet::from([column]);
        let mut open = VecDeque::from([column]);
        let mut ends = None;
        while let Some(column) = open.pop_front() {
            ends = self.own_ends(column);
            if ends.is_some() {
                break;
            }
            for giving in self.giving(column) {
                match giving {
                    Giving::Column(giving) if seen.len() < MOST_COLUMNS && seen.insert(giving) => {
                        open.push_back(giving);
                    }
                    Giving::Column(_) => {}
                    Giving::Value(term) => ends = ends.or(Some((term, term))),
                }
            }
            if ends.is_some() {
                break;
            }
        }
        self.ends.insert(column, ends);
        ends
    }

    fn own_ends(&self, (side, place): Column) -> Option<(Term, Term)> {
        let terms = &self.reader.model.terms;
        let nouns = &self.found.stand_ins.nouns;
        let mut ends: Option<(Term, Term)> = None;
        for relation in VIEWS
            .into_iter()
            .filter_map(|view| self.reader.view(side, view))
        {
            let table = self.reader.table(relation, Bound::Upper);
            for row in table.rows() {
                let term = table.row(row)[place];
                if nouns.contains_key(&term) {
                    continue;
                }
                let (least, greatest) = ends.get_or_insert((term, term));
                let is =
                    |comparison, other| terms.compare(term, comparison, other).unwrap_or(false);
                if is(Comparison::Less, *least) {
                    *least = term;
                }
                if is(Comparison::Greater, *greatest) {
                    *greatest = term;
                }
            }
        }
        ends
    }

    /// Where rules take the values of a column from.
    fn giving(&self, (side, place): Column) -> Vec<Giving> {
        let mut all = Vec::new();
        for &(rule, head) in self.reader.rules_for(side).iter() {
            let rule = &self.reader.program.rules[rule.0 as usize];
            match rule.heads[head].arguments[place] {
                Argument::Constant(term) => all.push(Giving::Value(term)),
                Argument::Variable(variable) => {
                    let body = rule.body.iter();
                    body.for_each(|body| giving(body, variable, &mut all));
                }
            }
        }
        all
    }
}

/// What gives a variable its values.
enum Giving {
    Column(Column),
    Value(Term),
}

fn giving(body: &Body, variable: Variable, all: &mut Vec<Giving>) {
    let is_it = |argument: &Argument| *argument == Argument::Variable(variable);
    match body {
        Body::Literal(literal) => {
            let places = literal.arguments.iter().enumerate();
            let places = places.filter(|(_, argument)| is_it(argument));
            all.extend(places.map(|(place, _)| Giving::Column((Side::from(literal), place))));
        }
        Body::Comparison { left, right, .. } => {
            for (one, other) in [(left, right), (right, left)] {
                if let (
                    Expression::Argument(argument),
                    &Expression::Argument(Argument::Constant(term)),
                ) = (one, other)
                    && is_it(argument)
                {
                    all.push(Giving::Value(term));
                }
            }
        }
        Body::Aggregate(_) => {}
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| giving(part, variable, all));
        }
        Body::Unless { body, .. } => body.iter().for_each(|part| giving(part, variable, all)),
    }
}

/// Every value that a program and a question write.
fn written(program: &Program, question: &Question) -> HashSet<Term> {
    let mut all: HashSet<Term> = HashSet::new();
    for fact in program.facts.iter() {
        all.extend(fact.terms);
    }
    let outcomes = program.drivers.iter().flat_map(|driver| &driver.outcomes);
    let states = outcomes.flat_map(|outcome| &outcome.states);
    let supposed = program.scenarios.iter();
    let supposed = supposed.flat_map(|scenario| &scenario.suppositions);
    let stated = states.chain(supposed.map(|item| &item.literal));
    stated.for_each(|Ground { terms, .. }| all.extend(terms));
    for rule in &program.rules {
        rule.heads.iter().for_each(|head| constants(head, &mut all));
        rule.body.iter().for_each(|body| written_in(body, &mut all));
    }
    let impossible = program.impossible.iter().map(|(body, ..)| body);
    let asked = question.frame.given.iter().chain([&question.body]);
    impossible
        .chain(asked)
        .for_each(|body| written_in(body, &mut all));
    all
}

fn written_in(body: &Body, all: &mut HashSet<Term>) {
    match body {
        Body::Literal(literal) => constants(literal, all),
        Body::Comparison { left, right, .. } => {
            [left, right].into_iter().for_each(|it| written_by(it, all));
        }
        Body::Aggregate(aggregate) => {
            let condition = aggregate.condition.iter();
            condition.for_each(|part| written_in(part, all));
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| written_in(part, all)),
        Body::Unless { body, exceptions } => {
            let parts = body.as_deref().into_iter().chain(exceptions);
            parts.for_each(|part| written_in(part, all));
        }
    }
}

fn written_by(expression: &Expression, all: &mut HashSet<Term>) {
    match expression {
        &Expression::Argument(Argument::Constant(term)) => {
            all.insert(term);
        }
        Expression::Argument(Argument::Variable(_)) => {}
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            written_by(inner, all);
        }
        Expression::Binary { left, right, .. } => {
            written_by(left, all);
            written_by(right, all);
        }
    }
}

fn constants(literal: &Literal, all: &mut HashSet<Term>) {
    all.extend(
        literal
            .arguments
            .iter()
            .filter_map(|argument| match argument {
                Argument::Constant(term) => Some(*term),
                Argument::Variable(_) => None,
            }),
    );
}
