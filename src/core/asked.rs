//! Aggregates of questions, expectations and `impossible`: their groups and results become core relations of their own, so that a
//! reading only looks them up.

use super::Asked;
use super::aside::Help;
use super::body::{Around, Within};
use super::branches::{Item, branches};
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Part, View};
use crate::program::{Aggregate, Argument, Body};

impl<'p> Compiler<'p> {
    /// Adds the aggregates of everything that is asked.
    pub fn add_asked(&mut self) -> Result<(), TooManyBranches> {
        let program = self.program;
        for question in &program.questions {
            let within = Within {
                at: question.at,
                variables: &question.variables,
                heads: &[],
            };
            self.asked_body(within, &question.body, &Around::default())?;
            self.asked_all(within, &question.frame.given)?;
        }
        for expectation in program.tests.iter().flat_map(|test| &test.expectations) {
            let within = Within {
                at: expectation.at,
                variables: &expectation.variables,
                heads: &[],
            };
            self.asked_all(within, &expectation.bodies)?;
            self.asked_all(within, &expectation.frame.given)?;
        }
        for (body, variables, at) in &program.impossible {
            let within = Within {
                at: *at,
                variables,
                heads: &[],
            };
            self.asked_body(within, body, &Around::default())?;
        }
        Ok(())
    }

    fn asked_all(&mut self, within: Within<'p>, bodies: &'p [Body]) -> Result<(), TooManyBranches> {
        bodies
            .iter()
            .try_for_each(|body| self.asked_body(within, body, &Around::default()))
    }

    fn asked_body(
        &mut self,
        within: Within<'p>,
        body: &'p Body,
        around: &Around<'p>,
    ) -> Result<(), TooManyBranches> {
        for branch in branches(Some(body)).ok_or(TooManyBranches(within.at))? {
            for (place, item) in branch.iter().enumerate() {
                let mut others = branch.clone();
                others.remove(place);
                let around = around.and(&others);
                match item {
                    Item::Aggregate(aggregate) => {
                        self.asked_aggregate(within, aggregate, &around)?
                    }
                    Item::Except(exception) => self.asked_body(within, exception, &around)?,
                    Item::Literal(_) | Item::Comparison { .. } => {}
                }
            }
        }
        Ok(())
    }

    fn asked_aggregate(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        around: &Around<'p>,
    ) -> Result<(), TooManyBranches> {
        let key = std::ptr::from_ref(aggregate) as usize;
        let asked = match self.asked.get(&key) {
            Some(asked) => asked.clone(),
            None => self.declare_asked(within, aggregate),
        };
        let mut columns = asked.groups.clone();
        if let Argument::Variable(result) = aggregate.result {
            columns.push(result);
        }
        // The same aggregate in another branch of an `or` has other groups without matches.
        let branch = vec![Item::Aggregate(aggregate)];
        for (view, relation) in [
            (View::Certain, asked.certain),
            (View::Presumed, asked.presumed),
        ] {
            let around = (around, Help::Always);
            self.aside(within, relation, &columns, &branch, around, view)?;
        }
        self.asked.insert(key, asked);
        Ok(())
    }

    fn declare_asked(&mut self, within: Within<'p>, aggregate: &'p Aggregate) -> Asked {
        let result = matches!(aggregate.result, Argument::Variable(_));
        let arity = aggregate.groups.len() + usize::from(result);
        let [certain, presumed] = [View::Certain, View::Presumed].map(|view| {
            let part = Part::Asked {
                at: within.at,
                view,
            };
            self.relation(arity, part)
        });
        Asked {
            groups: aggregate.groups.clone(),
            certain,
            presumed,
        }
    }
}
