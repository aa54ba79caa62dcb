//! Aggregates → core: the relation of their distinct matches, and where the certain and the possible ones differ.

use super::aside::needed;
use super::body::{Around, Called, Met, Read, Within};
use super::branches::{Branch, Item, conjunction};
use super::compile::{Compiler, TooManyBranches};
use super::nature::each_relation;
use super::origin::{Origin, Part, View};
use super::rule::{
    Argument, Atom, CoreAggregate, CoreCall, CoreExpression, CoreId, CoreLiteral, CoreRule,
};
use super::slots::Slots;
use super::variables::{bound_beside, bound_variables, condition_variables, item_variables};
use crate::label::Label;
use crate::program::{Aggregate, Literal, RelationId, Variable};
use crate::value::Comparison;
use std::collections::BTreeSet;

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
        let call = self.call(within, aggregate, &columns, around)?;
        let is_called = call.is_some();
        let inside = &match call {
            Some(call) => Around {
                items: Vec::new(),
                call: Some(call),
            },
            None => self.before(within, around),
        };
        let counted = self.matches(within, aggregate, &columns, inside, View::Presumed)?;
        let differs = match read {
            Read::As(View::Certain) => self.differs(within, aggregate, &columns, inside)?,
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
                call: (inside.call.as_ref().filter(|_| is_called)).map(|call| CoreCall {
                    relation: call.relation,
                    arguments: call.slots(slots),
                }),
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

    /// What the condition of an aggregate is called with: the values that it takes from around it, where a loop gives them that the
    /// aggregate itself stands in. What it counts is no part of the loop, but which values it is counted for comes to light there only.
    ///
    /// ```text
    /// 0 is out. ?r is out and ?n is the number of ?x where ?x at ?y and ?y < ?r and ?e = ?r + ?n + 1 implies ?e is out.
    /// ```
    fn call(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        columns: &[Variable],
        around: &Around<'p>,
    ) -> Result<Option<Called>, TooManyBranches> {
        if !around.items.iter().any(|item| self.loops(within, item)) {
            return Ok(None);
        }
        let plain = |item: &Item<'p>| match item {
            Item::Literal(_) => !self.has_rivals(item),
            item => matches!(item, Item::Comparison { .. }),
        };
        let plainly: Branch<'p> = around.items.iter().copied().filter(plain).collect();
        let given = bound_beside(&plainly, &around.called());
        let mut variables = BTreeSet::new();
        for branch in conjunction(&aggregate.condition).ok_or(TooManyBranches(within.at))? {
            let mut lacking = needed(&branch, columns);
            let bound = bound_variables(&branch);
            variables.extend(lacking.difference(&bound));
            // Where a rival value meets an opposite, that binds nothing.
            let (rivals, rest): (Branch<'p>, Branch<'p>) =
                branch.iter().partition(|item| self.has_rivals(item));
            let bound = bound_variables(&rest);
            (rivals.iter()).for_each(|item| item_variables(item, &mut lacking));
            lacking.retain(|variable| !bound.contains(variable) && given.contains(variable));
            variables.extend(lacking);
        }
        let outside = around.variables();
        variables.retain(|variable| outside.contains(variable));
        if variables.is_empty() {
            return Ok(None);
        }
        let variables: Vec<Variable> = variables.into_iter().collect();
        let key = (std::ptr::from_ref(aggregate) as usize, variables.clone());
        let relation = match self.calls.get(&key) {
            Some(&known) => known,
            None => self.relation(variables.len(), Part::Called { at: within.at }),
        };
        self.calls.insert(key, relation);
        Ok(Some(Called {
            relation,
            variables,
        }))
    }

    /// What stands around a condition that takes no value from a loop, without the loop: what is counted is settled before.
    fn before(&self, within: Within<'p>, around: &Around<'p>) -> Around<'p> {
        let items = around.items.iter().copied();
        Around {
            items: items.filter(|item| !self.loops(within, item)).collect(),
            call: around.call.clone(),
        }
    }

    /// Whether something around a condition stands in a loop with what the statement concludes.
    fn loops(&self, within: Within<'p>, item: &Item<'p>) -> bool {
        let mut loops = false;
        let mut look = |relation: RelationId| {
            let circle = |relation: RelationId| self.circles[relation.0 as usize];
            let meets = |head: &Literal| circle(head.relation) == circle(relation);
            loops |= within.heads.iter().any(meets);
        };
        match *item {
            Item::Literal(literal) => look(literal.relation),
            Item::Aggregate(aggregate) => {
                let parts = aggregate.condition.iter();
                parts.for_each(|part| each_relation(part, &mut look));
            }
            Item::Comparison { .. } | Item::Except(_) => {}
        }
        loops
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
        let mut body = vec![
            CoreLiteral::Holds(Atom {
                relation: possible,
                arguments: row.clone(),
            }),
            CoreLiteral::Fails(Atom {
                relation: certain,
                arguments: row,
            }),
        ];
        if let Some(call) = &around.call {
            body.push(CoreLiteral::Holds(call.atom(&mut slots)));
        }
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
