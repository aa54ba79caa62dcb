//! Aggregates → core: the relation of their distinct matches, and where the certain and the possible ones differ.

use super::body::{Around, Met, Read, Within};
use super::branches::conjunction;
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Origin, Part, View};
use super::rule::{Argument, Atom, CoreAggregate, CoreExpression, CoreId, CoreLiteral, CoreRule};
use super::slots::Slots;
use super::variables::condition_variables;
use crate::label::Label;
use crate::program::{Aggregate, Variable};
use crate::value::Comparison;

impl<'p> Compiler<'p> {
    /// Adds an aggregate to the bodies of the branch around it. It counts what is presumed, and is certain where that cannot differ.
    pub fn aggregate(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        around: &Around<'p>,
        read: Read,
        all: &mut Vec<Met>,
    ) -> Result<(), TooManyBranches> {
        if aggregate.recursive {
            return self.best_of(within, aggregate, around, read, all);
        }
        let columns: Vec<Variable> = condition_variables(aggregate)
            .into_iter()
            .filter(|&variable| !within.variables.is_anything(variable))
            .collect();
        let counted = self.matches(within, aggregate, &columns, around, View::Presumed)?;
        let differs = match read {
            Read::As(View::Certain) => self.differs(within, aggregate, &columns, around)?,
            _ => None,
        };
        for Met { body, slots, .. } in all {
            let literal = CoreAggregate {
                result: slots.argument(aggregate.result),
                kind: aggregate.kind,
                over: slots.expression(&aggregate.over),
                matches: counted,
                arguments: columns.iter().map(|&variable| slots.of(variable)).collect(),
                groups: aggregate
                    .groups
                    .iter()
                    .map(|&variable| slots.of(variable))
                    .collect(),
            };
            body.push(CoreLiteral::Aggregate(literal));
            if let Some(relation) = differs {
                let arguments = aggregate
                    .groups
                    .iter()
                    .map(|&group| Argument::Slot(slots.of(group)))
                    .collect();
                body.push(CoreLiteral::Fails(Atom {
                    relation,
                    arguments,
                }));
            }
        }
        Ok(())
    }

    /// `least` or `greatest` feeding the relation that it reads: the condition joins the body, and the relation of the head keeps the
    /// best (the compiler marks it so).
    fn best_of(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        around: &Around<'p>,
        read: Read,
        all: &mut Vec<Met>,
    ) -> Result<(), TooManyBranches> {
        let before = std::mem::take(all);
        for branch in conjunction(&aggregate.condition).ok_or(TooManyBranches(within.at))? {
            for condition in self.all_ways(within, &branch, read, around)? {
                if !condition.can_be(&branch, &around.variables()) {
                    continue;
                }
                for met in &before {
                    let mut joined = met.joined(&condition);
                    let result = joined.slots.argument(aggregate.result);
                    joined.body.push(CoreLiteral::Compare {
                        left: CoreExpression::Argument(result),
                        comparison: Comparison::Equal,
                        right: joined.slots.expression(&aggregate.over),
                    });
                    all.push(joined);
                }
            }
        }
        Ok(())
    }

    /// The relation of the distinct matches of a condition under a view.
    fn matches(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        columns: &[Variable],
        around: &Around<'p>,
        view: View,
    ) -> Result<CoreId, TooManyBranches> {
        let part = Part::Matches {
            at: within.at,
            view,
        };
        let branches = conjunction(&aggregate.condition).ok_or(TooManyBranches(within.at))?;
        let written = std::ptr::from_ref(aggregate) as usize;
        self.beside(within, (written, view), part, columns, &branches, around)
    }

    /// The relation of the groups in which certain and possible matches differ; `None` where they cannot.
    fn differs(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        columns: &[Variable],
        around: &Around<'p>,
    ) -> Result<Option<CoreId>, TooManyBranches> {
        let mut soft = false;
        for part in &aggregate.condition {
            super::nature::each_relation(part, &mut |read| {
                soft |= self.natures[read.0 as usize].soft
            });
        }
        if !soft {
            return Ok(None);
        }
        let possible = self.matches(within, aggregate, columns, around, View::Possible)?;
        let certain = self.matches(within, aggregate, columns, around, View::Certain)?;
        let relation = self.relation(aggregate.groups.len(), Part::Differs { at: within.at });
        let mut slots = Slots::default();
        let row: Vec<Argument> = columns
            .iter()
            .map(|&variable| Argument::Slot(slots.of(variable)))
            .collect();
        let groups = aggregate
            .groups
            .iter()
            .map(|&variable| Argument::Slot(slots.of(variable)))
            .collect();
        let body = vec![
            CoreLiteral::Holds(Atom {
                relation: possible,
                arguments: row.clone(),
            }),
            CoreLiteral::Fails(Atom {
                relation: certain,
                arguments: row,
            }),
        ];
        self.push(CoreRule {
            head: Atom {
                relation,
                arguments: groups,
            },
            body,
            slots: slots.count(),
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Aside { at: within.at },
        });
        Ok(Some(relation))
    }
}
