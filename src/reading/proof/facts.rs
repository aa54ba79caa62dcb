//! Which statements state, report or suppose a literal in a context. Facts are indexed by relation, once each is asked for, without
//! copying them.

use super::By;
use super::moment::Moment;
use crate::core::{Reason, Side, effective};
use crate::label::{Axis, Label};
use crate::model::hash_row;
use crate::program::{
    Author, Citation, DriverId, FactId, FactRef, Facts, Period, Program, RelationId, Standing,
};
use crate::reading::Reader;
use crate::text::Span;
use crate::value::Term;
use hashbrown::HashTable;
use smol_str::SmolStr;
use std::collections::HashMap;

/// A statement that speaks for a literal by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub by: By,
    /// Whether it is simply true where it counts; else a presumption.
    pub certain: bool,
    pub author: Option<Author>,
    pub sources: Vec<Citation>,
    pub at: Span,
    /// The fact, where it is one.
    pub fact: Option<FactId>,
    /// When it counts, where it says so.
    pub period: Option<Period>,
}

impl Statement {
    /// What fires where it is a presumption.
    pub(super) fn reason(&self) -> Reason {
        self.author
            .clone()
            .map_or(Reason::Presumption, Reason::Report)
    }
}

/// The facts of one relation by their terms.
#[derive(Clone, Debug, Default)]
pub struct Stated(HashTable<FactId>);

impl Stated {
    fn new(facts: &Facts, relation: RelationId) -> Self {
        let mut table = HashTable::new();
        let hash = |&fact: &FactId| hash_row(facts.get(fact).terms);
        for fact in facts.of(relation) {
            table.insert_unique(hash(&fact), fact, hash);
        }
        Self(table)
    }

    /// The facts that speak of a sentence, in order.
    fn of(&self, facts: &Facts, terms: &[Term]) -> Vec<FactId> {
        let candidates = self.0.iter_hash(hash_row(terms)).copied();
        let mut found: Vec<FactId> = candidates
            .filter(|&fact| facts.get(fact).terms == terms)
            .collect();
        found.sort_unstable();
        found
    }
}

impl Reader<'_> {
    /// What supposes, states or reports a literal in a context.
    pub(in crate::reading) fn statements(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<Statement> {
        let mut found = self.assumptions(side, terms, moment);
        if self.is_cut(side, terms, moment) {
            return found;
        }
        let program = self.program;
        let outcomes = self.index.outcomes.get(&(side, terms.to_vec()));
        found.extend(
            outcomes
                .into_iter()
                .flatten()
                .filter(|statement| self.counts_at(statement, moment))
                .cloned(),
        );
        let stated = self
            .index
            .facts
            .entry(side.relation)
            .or_insert_with(|| Stated::new(&program.facts, side.relation));
        for fact in stated.of(&program.facts, terms) {
            let fact = program.facts.get(fact);
            let statement = of_fact(fact);
            if speaks_for(fact) == side
                && self.counts_at(&statement, moment)
                && !(statement.certain
                    && self.is_dropped(fact.relation, fact.negative, terms, moment))
            {
                found.push(statement);
            }
        }
        found
    }

    /// What the scenario supposes of a literal.
    fn assumptions(&self, side: Side, terms: &[Term], moment: &Moment) -> Vec<Statement> {
        let items = effective(self.program, self.scenario_of(moment)).into_iter();
        let found = items.filter(|(_, item)| {
            let literal = &item.literal;
            !item.drop
                && literal.relation == side.relation
                && literal.negative == side.negative
                && literal.terms == terms
        });
        let statement = |(scenario, item): (_, &crate::program::Supposition)| Statement {
            by: By::Assumption(scenario),
            certain: true,
            author: None,
            sources: item.citations.clone(),
            at: item.at,
            fact: None,
            period: item.period,
        };
        found
            .map(statement)
            .filter(|statement| self.counts_at(statement, moment))
            .collect()
    }

    /// Whether a statement counts in a context, by its time and its outcome.
    fn counts_at(&self, statement: &Statement, moment: &Moment) -> bool {
        let value = |axis| self.axis(axis).map(|axis| moment.0[axis.0 as usize]);
        let in_time = match (statement.period, value(Axis::Time)) {
            (Some(period), Some(segment)) => self.core.segments.covered(period).contains(&segment),
            _ => true,
        };
        let in_world = match statement.by {
            By::Outcome(driver, outcome) => {
                value(Axis::Driver(driver)).is_none_or(|value| value as usize == outcome)
            }
            _ => true,
        };
        in_time && in_world
    }

    /// The contexts in which a statement counts, its scenario left out.
    pub(super) fn statement_label(&mut self, statement: &Statement) -> Label {
        let mut label = self.period_label(statement.period);
        if let By::Outcome(driver, outcome) = statement.by
            && let Some(axis) = self.axis(Axis::Driver(driver))
        {
            let here = self.model.diagram.among(axis, &[outcome as u32]);
            label = self.model.diagram.and(label, here);
        }
        label
    }

    pub(in crate::reading) fn period_label(&mut self, period: Option<Period>) -> Label {
        match (period, self.axis(Axis::Time)) {
            (Some(period), Some(axis)) => {
                let covered = self.core.segments.covered(period);
                self.model.diagram.between(axis, covered)
            }
            _ => Label::ALWAYS,
        }
    }
}

/// The side that a fact speaks for: a denial for the opposite of what it denies.
fn speaks_for(fact: FactRef<'_>) -> Side {
    let denied = matches!(fact.standing(), Standing::Denied(_));
    Side {
        relation: fact.relation,
        negative: fact.negative != denied,
    }
}

fn of_fact(fact: FactRef<'_>) -> Statement {
    let report = |author: &Author, denied| By::Report {
        author: Some(author_name(author)),
        denied,
    };
    let (by, author) = match fact.standing() {
        Standing::Stated => (By::Fact, None),
        Standing::Reported(author) => (report(author, false), Some(author.clone())),
        Standing::Denied(author) => (report(author, true), Some(author.clone())),
        Standing::Presumed => (
            By::Report {
                author: None,
                denied: false,
            },
            None,
        ),
    };
    Statement {
        certain: by == By::Fact,
        by,
        author,
        sources: fact
            .notes
            .map(|notes| notes.citations.clone())
            .unwrap_or_default(),
        at: fact.at,
        fact: Some(fact.id),
        period: fact.notes.and_then(|notes| notes.period),
    }
}

/// What the outcomes of drivers state.
pub fn outcomes(program: &Program) -> HashMap<(Side, Vec<Term>), Vec<Statement>> {
    let mut all: HashMap<(Side, Vec<Term>), Vec<Statement>> = HashMap::new();
    for (number, driver) in program.drivers.iter().enumerate() {
        for (place, outcome) in driver.outcomes.iter().enumerate() {
            for state in &outcome.states {
                let side = Side::from(state);
                all.entry((side, state.terms.clone()))
                    .or_default()
                    .push(Statement {
                        by: By::Outcome(DriverId(number as u32), place),
                        certain: true,
                        author: None,
                        sources: outcome.citations.clone(),
                        at: outcome.at,
                        fact: None,
                        period: outcome.period,
                    });
            }
        }
    }
    all
}

pub fn author_name(author: &Author) -> SmolStr {
    match author {
        Author::Rule(name) | Author::Reporter(name) => name.clone(),
    }
}
