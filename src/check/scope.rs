//! The variables of one statement. A name is one variable throughout the part of the statement that uses it outside
//! `unless`; a name used inside exceptions only is a variable of its own in each of them.

use crate::program::{Variable, Variables};
use crate::syntax::tree::{
    Body, BodyKind, Expression, ExpressionKind, Part, Sentence, Term, TermKind,
};
use crate::text::Span;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

/// Where a condition stands, which settles what may stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Rule,
    Impossible,
    /// A question that is answered by a table.
    Table,
    /// Any other question.
    Question,
    Expectation,
}

/// One variable as it is met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub times: u32,
    /// How many exceptions stand around the part that owns it.
    pub depth: usize,
}

/// The variables of a statement while it is read.
#[derive(Debug)]
pub(super) struct Scope {
    pub place: Place,
    pub variables: Variables,
    pub met: Vec<Met>,
    /// Every place where a variable stands, in order of reading.
    pub occurrences: Vec<(Variable, Span)>,
    /// Innermost part last: the names that belong to each, and their variables once met.
    parts: Vec<FxHashMap<SmolStr, Option<Variable>>>,
}

impl Scope {
    pub fn new(place: Place) -> Self {
        Self {
            place,
            variables: Variables::default(),
            met: Vec::new(),
            occurrences: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Goes into a part of the statement: all of it, or an exception.
    pub fn enter(&mut self, body: Option<&Body>, heads: &[Sentence]) {
        let mut own = FxHashMap::default();
        let mut add = |name: &SmolStr| {
            own.insert(name.clone(), None);
        };
        if let Some(body) = body {
            names_outside_exceptions(body, &mut add);
        }
        for head in heads {
            sentence_names(head, &mut add);
        }
        self.parts.push(own);
    }

    pub fn leave(&mut self) {
        self.parts.pop();
    }

    /// The variable of `?name` at a place.
    pub fn named(&mut self, name: &SmolStr, at: Span) -> Variable {
        let owner = self.parts.iter().position(|part| part.contains_key(name));
        let known = owner.and_then(|owner| self.parts[owner][name]);
        let variable = known.unwrap_or_else(|| {
            let depth = owner.unwrap_or(0);
            let variable = self.add(format_smolstr!("?{name}"), depth);
            if let Some(owner) = owner {
                self.parts[owner].insert(name.clone(), Some(variable));
            }
            variable
        });
        self.meet(variable, at);
        variable
    }

    /// A bare `?`, or `who`: each one a variable of its own.
    pub fn unnamed(&mut self, written: &str, at: Span) -> Variable {
        let variable = self.add(written.into(), self.parts.len().saturating_sub(1));
        self.meet(variable, at);
        variable
    }

    fn add(&mut self, written: SmolStr, depth: usize) -> Variable {
        let variable = Variable(self.variables.0.len() as u32);
        self.variables.0.push(written);
        self.met.push(Met { times: 0, depth });
        variable
    }

    fn meet(&mut self, variable: Variable, at: Span) {
        self.met[variable.0 as usize].times += 1;
        self.occurrences.push((variable, at));
    }

    pub fn len(&self) -> usize {
        self.variables.0.len()
    }

    pub fn written(&self, variable: Variable) -> &str {
        &self.variables.0[variable.0 as usize]
    }

    pub fn met(&self, variable: Variable) -> Met {
        self.met[variable.0 as usize]
    }

    /// Whether it has a name: neither `?` nor `who`.
    pub fn is_named(&self, variable: Variable) -> bool {
        let written = self.written(variable);
        written.len() > 1 && written.starts_with('?')
    }

    /// Where the variable first stands within a place.
    pub fn first_within(&self, variable: Variable, place: Span) -> Span {
        self.occurrences
            .iter()
            .find(|(other, at)| {
                *other == variable && place.start <= at.start && at.end <= place.end
            })
            .map_or(place, |&(_, at)| at)
    }

    pub fn all(&self) -> impl Iterator<Item = Variable> + use<> {
        (0..self.variables.0.len() as u32).map(Variable)
    }
}

/// Every named variable of a condition that stands outside its exceptions.
fn names_outside_exceptions(body: &Body, add: &mut impl FnMut(&SmolStr)) {
    match &body.kind {
        BodyKind::Sentence(sentence) => sentence_names(sentence, add),
        BodyKind::Comparison { left, right, .. } => {
            expression_names(left, add);
            expression_names(right, add);
        }
        BodyKind::Aggregate(aggregate) => {
            term_name(&aggregate.result, add);
            expression_names(&aggregate.over, add);
            names_outside_exceptions(&aggregate.condition, add);
        }
        BodyKind::And(parts) | BodyKind::Or(parts) => {
            parts
                .iter()
                .for_each(|part| names_outside_exceptions(part, add));
        }
        BodyKind::Unless { body, .. } => {
            body.iter()
                .for_each(|body| names_outside_exceptions(body, add));
        }
        BodyKind::Group(inner) => names_outside_exceptions(inner, add),
    }
}

fn sentence_names(sentence: &Sentence, add: &mut impl FnMut(&SmolStr)) {
    for part in &sentence.parts {
        match part {
            Part::Word(_) => {}
            Part::Term(term) => term_name(term, add),
            Part::List(list) => list.items.iter().for_each(|item| term_name(item, add)),
        }
    }
}

/// Every named variable of an expression.
pub(super) fn expression_names<'t>(expression: &'t Expression, add: &mut impl FnMut(&'t SmolStr)) {
    match &expression.kind {
        ExpressionKind::Term(term) => term_name(term, add),
        ExpressionKind::Negative(inner)
        | ExpressionKind::Group(inner)
        | ExpressionKind::Power { base: inner, .. } => expression_names(inner, add),
        ExpressionKind::Binary { left, right, .. } => {
            expression_names(left, add);
            expression_names(right, add);
        }
    }
}

fn term_name<'t>(term: &'t Term, add: &mut impl FnMut(&'t SmolStr)) {
    if let TermKind::Variable { name, .. } = &term.kind {
        add(name);
    }
}
