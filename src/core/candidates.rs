//! Whatever could ever be argued for: an overestimate of a side that no loop through `unless` can leave open. Its rows are where
//! rivals and exceptions are looked for, so that whether one is met never hangs on what is still open about the asker.
//!
//! ```text
//! ?x owns ?y and ?y sings implies ?x owns Bob.     # `_ owns _` is functional
//! ```
//! Here Bob owning Bob is attacked by all that else he owns, whether or not he comes to own Bob.

use super::body::{Read, Within};
use super::branches::branches;
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Origin, Part, Side, View};
use super::rule::{CoreId, CoreRule};
use super::suppose::Varied;
use crate::label::Label;
use crate::program::{Ground, Standing, Verb};
use crate::value::Term;

impl Compiler<'_> {
    /// The candidates of a side, or what is possible where no loop leaves that open.
    pub fn widest(&mut self, side: Side) -> Option<CoreId> {
        let possible = self.view(side, View::Possible)?;
        Some(self.candidates(side).unwrap_or(possible))
    }

    /// The candidates of a side that a loop may leave open; `None` also where they have no end.
    pub fn candidates(&mut self, side: Side) -> Option<CoreId> {
        let nature = self.nature(side);
        if !nature.looping || nature.invents {
            return None;
        }
        let part = Part::Candidates { side };
        if !self.knows(&part) {
            self.listed.push(side);
        }
        Some(self.part(self.arity(side), part))
    }

    /// Fills the candidates that were asked for, and those that they are read from.
    pub fn add_candidates(&mut self) -> Result<(), TooManyBranches> {
        while let Some(side) = self.listed.pop() {
            let relation = self.part(self.arity(side), Part::Candidates { side });
            for terms in self.stated_rows(side) {
                self.state(relation, &terms, Label::ALWAYS);
            }
            self.rules_for_candidates(side, relation)?;
        }
        Ok(())
    }

    /// The rows that facts, outcomes and suppositions give a side in some context.
    fn stated_rows(&self, side: Side) -> Vec<Vec<Term>> {
        let program = self.program;
        let facts = program
            .facts
            .iter()
            .filter(|fact| {
                let denied = matches!(fact.standing(), Standing::Denied(_));
                fact.relation == side.relation && (fact.negative != denied) == side.negative
            })
            .map(|fact| fact.terms.to_vec());
        let outcomes = program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .flat_map(|outcome| &outcome.states);
        let supposed = program
            .scenarios
            .iter()
            .flat_map(|scenario| &scenario.suppositions)
            .filter(|item| !item.drop)
            .map(|item| &item.literal);
        let varied = self
            .variations
            .iter()
            .filter_map(|item| match &item.change {
                Varied::Supposed(ground) => Some(ground),
                Varied::Gone(..) => None,
            });
        let of_the_side =
            |ground: &&Ground| ground.relation == side.relation && ground.negative == side.negative;
        let others = outcomes.chain(supposed).chain(varied);
        facts
            .chain(
                others
                    .filter(of_the_side)
                    .map(|ground| ground.terms.clone()),
            )
            .collect()
    }

    fn rules_for_candidates(
        &mut self,
        side: Side,
        relation: CoreId,
    ) -> Result<(), TooManyBranches> {
        let program = self.program;
        for rule in program
            .rules
            .iter()
            .filter(|rule| rule.verb != Verb::CastsDoubtOn)
        {
            let within = Within {
                at: rule.at,
                variables: &rule.variables,
            };
            let heads = rule.heads.iter();
            for head in heads
                .filter(|head| head.relation == side.relation && head.negative == side.negative)
            {
                for branch in branches(rule.body.as_ref()).ok_or(TooManyBranches(rule.at))? {
                    for met in self.bodies(within, &branch, Read::Widest)? {
                        let mut slots = met.slots;
                        let rule = CoreRule {
                            head: slots.atom(relation, head),
                            body: met.body,
                            slots: slots.count(),
                            label: Label::ALWAYS,
                            onward: rule.from_then_on,
                            origin: Origin::Step,
                        };
                        self.push_named(rule, &slots);
                    }
                }
            }
        }
        Ok(())
    }
}
