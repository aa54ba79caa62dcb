//! Which statements state, report or suppose a literal: found by relation, once each is asked for.

use super::By;
use super::moment::Moment;
use crate::core::Side;
use crate::program::{Author, Citation, DriverId, FactId, RelationId, ScenarioId, Standing};
use crate::reading::Reader;
use crate::text::Span;
use crate::value::Term;
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
    period: Option<crate::program::Period>,
}

impl Statement {
    /// When it counts, where it says so.
    pub fn period(&self) -> Option<crate::program::Period> {
        self.period
    }
}

/// Statements by literal, for the relations asked about so far.
#[derive(Clone, Debug, Default)]
pub struct StatementIndex(HashMap<RelationId, HashMap<(bool, Vec<Term>), Vec<Statement>>>);

impl Reader<'_> {
    /// What states, reports or supposes a literal in a context.
    pub(in crate::reading) fn statements(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<Statement> {
        if !self.statements.0.contains_key(&side.relation) {
            let index = self.statements_of(side.relation);
            self.statements.0.insert(side.relation, index);
        }
        let key = (side.negative, terms.to_vec());
        let found = self.statements.0[&side.relation].get(&key).cloned().unwrap_or_default();
        found.into_iter().filter(|statement| self.is_in_force_at(statement, moment)).collect()
    }

    /// Whether a statement counts in a context: its time, its outcome, its scenario.
    fn is_in_force_at(&self, statement: &Statement, moment: &Moment) -> bool {
        use crate::label::Axis;
        let value = |axis| self.axis(axis).map(|axis| moment.0[axis.0 as usize]);
        let in_time = match (statement.period, value(Axis::Time)) {
            (Some(period), Some(segment)) => self.core.segments.covered(period).contains(&segment),
            _ => true,
        };
        in_time
            && match statement.by {
                By::Outcome(driver, outcome) => value(Axis::Driver(driver)).is_none_or(|value| value as usize == outcome),
                By::Assumption(scenario) => self.extends(ScenarioId(value(Axis::Scenario).unwrap_or(0)), scenario),
                _ => true,
            }
    }

    /// Whether a scenario is another or extends it.
    fn extends(&self, scenario: ScenarioId, other: ScenarioId) -> bool {
        let mut next = Some(scenario);
        while let Some(here) = next {
            if here == other {
                return true;
            }
            next = self.program.scenarios[here.0 as usize].extends;
        }
        false
    }

    fn statements_of(&self, relation: RelationId) -> HashMap<(bool, Vec<Term>), Vec<Statement>> {
        let program = self.program;
        let mut index: HashMap<(bool, Vec<Term>), Vec<Statement>> = HashMap::new();
        for fact in program.facts.iter().filter(|fact| fact.relation == relation) {
            let report = |author: &Author, denied| By::Report { author: Some(author_name(author)), denied };
            let (negative, by, author) = match fact.standing() {
                Standing::Stated => (fact.negative, By::Fact, None),
                Standing::Reported(author) => (fact.negative, report(author, false), Some(author.clone())),
                Standing::Denied(author) => (!fact.negative, report(author, true), Some(author.clone())),
                Standing::Presumed => (fact.negative, By::Report { author: None, denied: false }, None),
            };
            let statement = Statement {
                certain: by == By::Fact,
                by,
                author,
                sources: fact.notes.map(|notes| notes.citations.clone()).unwrap_or_default(),
                at: fact.at,
                fact: Some(fact.id),
                period: fact.notes.and_then(|notes| notes.period),
            };
            index.entry((negative, fact.terms.to_vec())).or_default().push(statement);
        }
        for (number, driver) in program.drivers.iter().enumerate() {
            for (place, outcome) in driver.outcomes.iter().enumerate() {
                for state in outcome.states.iter().filter(|state| state.relation == relation) {
                    let statement = Statement {
                        by: By::Outcome(DriverId(number as u32), place),
                        certain: true,
                        author: None,
                        sources: outcome.citations.clone(),
                        at: outcome.at,
                        fact: None,
                        period: outcome.period,
                    };
                    index.entry((state.negative, state.terms.clone())).or_default().push(statement);
                }
            }
        }
        for (number, scenario) in program.scenarios.iter().enumerate() {
            for item in scenario.suppositions.iter().filter(|item| !item.drop && item.literal.relation == relation) {
                let statement = Statement {
                    by: By::Assumption(ScenarioId(number as u32)),
                    certain: true,
                    author: None,
                    sources: item.citations.clone(),
                    at: item.at,
                    fact: None,
                    period: item.period,
                };
                index.entry((item.literal.negative, item.literal.terms.clone())).or_default().push(statement);
            }
        }
        index
    }
}

pub fn author_name(author: &Author) -> smol_str::SmolStr {
    match author {
        Author::Rule(name) | Author::Reporter(name) => name.clone(),
    }
}
