//! Written relations → their core relations: up to three views a side, one where they cannot differ.

use super::compile::Compiler;
use super::origin::{Part, Side, View};
use super::rule::Best;
use super::suppose::Varied;
use super::{Sides, Views};
use crate::program::{Argument, Body, RelationId, Standing, Variable, Verb};
use crate::syntax::tree::AggregateKind;

impl Compiler<'_> {
    /// Declares the core relations of every written relation: a sentence's, and an opposite's where something can conclude one.
    pub fn declare_views(&mut self) {
        let program = self.program;
        let mut opposites = vec![false; program.relations.len()];
        for fact in program.facts.iter() {
            if fact.negative != matches!(fact.standing(), Standing::Denied(_)) {
                opposites[fact.relation.0 as usize] = true;
            }
        }
        let outcomes = program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .flat_map(|outcome| &outcome.states);
        let supposed = program
            .scenarios
            .iter()
            .flat_map(|scenario| &scenario.suppositions)
            .filter(|item| !item.drop);
        let varied = self
            .variations
            .iter()
            .filter_map(|item| match &item.change {
                Varied::Supposed(ground) => Some(ground),
                Varied::Gone(..) => None,
            });
        for ground in outcomes
            .chain(supposed.map(|item| &item.literal))
            .chain(varied)
            .filter(|ground| ground.negative)
        {
            opposites[ground.relation.0 as usize] = true;
        }
        for rule in program
            .rules
            .iter()
            .filter(|rule| rule.verb != Verb::CastsDoubtOn)
        {
            for head in rule.heads.iter().filter(|head| head.negative) {
                opposites[head.relation.0 as usize] = true;
            }
        }
        for (number, opposite) in opposites.into_iter().enumerate() {
            let relation = RelationId(number as u32);
            let sentence = self.declare_side(Side {
                relation,
                negative: false,
            });
            let opposite = opposite.then(|| {
                self.declare_side(Side {
                    relation,
                    negative: true,
                })
            });
            self.views.push(Sides { sentence, opposite });
        }
    }

    fn declare_side(&mut self, side: Side) -> Views {
        let arity = self.arity(side);
        let nature = self.nature(side);
        let certain = self.part(
            arity,
            Part::Literal {
                side,
                view: View::Certain,
            },
        );
        if !nature.soft {
            return Views {
                certain,
                presumed: certain,
                possible: certain,
            };
        }
        let presumed = self.part(
            arity,
            Part::Literal {
                side,
                view: View::Presumed,
            },
        );
        let possible = match nature.disputed {
            true => self.part(
                arity,
                Part::Literal {
                    side,
                    view: View::Possible,
                },
            ),
            false => presumed,
        };
        Views {
            certain,
            presumed,
            possible,
        }
    }

    /// Marks the relations that keep the best value only: the heads of rules with a recursive `least` or `greatest`.
    pub fn mark_best(&mut self) {
        for rule in &self.program.rules {
            let Some((variable, best)) = rule.body.as_ref().and_then(recursive_result) else {
                continue;
            };
            for head in &rule.heads {
                let place = head
                    .arguments
                    .iter()
                    .position(|&argument| argument == Argument::Variable(variable));
                let side = Side::from(head);
                for view in [View::Certain, View::Presumed, View::Possible] {
                    if let (Some(place), Some(relation)) = (place, self.view(side, view)) {
                        self.relations[relation.at()].best = Some((place, best));
                    }
                }
            }
        }
    }
}

/// The result of a recursive `least` or `greatest` in a body.
fn recursive_result(body: &Body) -> Option<(Variable, Best)> {
    match body {
        Body::Aggregate(aggregate) if aggregate.recursive => {
            match (aggregate.result, aggregate.kind) {
                (Argument::Variable(variable), AggregateKind::Least) => {
                    Some((variable, Best::Least))
                }
                (Argument::Variable(variable), AggregateKind::Greatest) => {
                    Some((variable, Best::Greatest))
                }
                _ => None,
            }
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().find_map(recursive_result),
        Body::Unless { body, .. } => body.as_deref().and_then(recursive_result),
        Body::Aggregate(_) | Body::Literal(_) | Body::Comparison { .. } => None,
    }
}
