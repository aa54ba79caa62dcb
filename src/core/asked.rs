//! Aggregates of questions, expectations and `impossible`: their groups and results become core relations of their own, so that a
//! reading only looks them up.

use super::Asked;
use super::body::{Outside, Within};
use super::branches::{Branch, Item, branches};
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
            };
            self.asked_body(within, &question.body, &Vec::new())?;
            self.asked_all(within, &question.frame.given)?;
        }
        for expectation in program.tests.iter().flat_map(|test| &test.expectations) {
            let within = Within {
                at: expectation.at,
                variables: &expectation.variables,
            };
            self.asked_all(within, &expectation.bodies)?;
            self.asked_all(within, &expectation.frame.given)?;
        }
        for (body, variables, at) in &program.impossible {
            self.asked_body(Within { at: *at, variables }, body, &Vec::new())?;
        }
        Ok(())
    }

    fn asked_all(&mut self, within: Within<'p>, bodies: &'p [Body]) -> Result<(), TooManyBranches> {
        bodies
            .iter()
            .try_for_each(|body| self.asked_body(within, body, &Vec::new()))
    }

    fn asked_body(
        &mut self,
        within: Within<'p>,
        body: &'p Body,
        outer: &Branch<'p>,
    ) -> Result<(), TooManyBranches> {
        for branch in branches(Some(body)).ok_or(TooManyBranches(within.at))? {
            let around = [outer.as_slice(), &branch].concat();
            for item in &branch {
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
        around: &Branch<'p>,
    ) -> Result<(), TooManyBranches> {
        let key = std::ptr::from_ref(aggregate) as usize;
        if self.asked.contains_key(&key) {
            return Ok(());
        }
        let mut columns = aggregate.groups.clone();
        if let Argument::Variable(result) = aggregate.result {
            columns.push(result);
        }
        let branch = vec![Item::Aggregate(aggregate)];
        let [certain, presumed] = [View::Certain, View::Presumed].map(|view| {
            let relation = self.relation(
                columns.len(),
                Part::Asked {
                    at: within.at,
                    view,
                },
            );
            self.aside(
                within,
                relation,
                &columns,
                &branch,
                Outside::Always(around),
                view,
            )
            .map(|()| relation)
        });
        let asked = Asked {
            groups: aggregate.groups.clone(),
            certain: certain?,
            presumed: presumed?,
        };
        self.asked.insert(key, asked);
        Ok(())
    }
}
