//! Exceptions and the conditions of aggregates → relations of their own, beside the rule that reads them.

use super::body::{Around, Met, Read, Within};
use super::branches::{Branch, Item, branches};
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Origin, Part, Side, View};
use super::rule::{Argument, Atom, CoreId, CoreLiteral, CoreRule};
use super::variables::{
    body_variables, bound_beside, bound_variables, item_variables, variables_of,
};
use crate::label::Label;
use crate::program::{Body, Literal, Variable};
use std::collections::BTreeSet;

/// What a relation beside a rule was made for: the address of what was written, which lives as long as the program, and how it is
/// read. Beside another branch of an `or` the same may need another relation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Aside {
    pub written: usize,
    pub view: View,
    pub columns: Vec<Variable>,
    /// The addresses of what binds variables for it, where it needs that.
    helped_by: Vec<usize>,
}

impl<'p> Compiler<'p> {
    /// Adds the absence of an exception to the bodies of the branch around it.
    pub fn exception(
        &mut self,
        within: Within<'p>,
        exception: &'p Body,
        around: &Around<'p>,
        view: View,
        all: &mut [Met],
    ) -> Result<(), TooManyBranches> {
        let dual = match view {
            View::Certain | View::Presumed => View::Possible,
            View::Possible => View::Presumed,
        };
        let outside = around.variables();
        match exception {
            Body::Literal(literal) if self.is_simple(literal, &outside) => {
                let side = Side::from(literal);
                if let Some(relation) = self.view(side, dual) {
                    for Met { body, slots, .. } in all {
                        let atom = slots.atom_apart(relation, literal, &outside);
                        body.push(CoreLiteral::Fails(atom));
                    }
                }
            }
            Body::Comparison {
                left,
                comparison,
                right,
                ..
            } => {
                for Met { body, slots, .. } in all {
                    let (left, right) = (slots.expression(left), slots.expression(right));
                    body.push(CoreLiteral::CompareFails {
                        left,
                        comparison: *comparison,
                        right,
                    });
                }
            }
            _ => {
                let mut inside = BTreeSet::new();
                body_variables(exception, &mut inside);
                let shared: Vec<Variable> = inside.intersection(&outside).copied().collect();
                let all_branches = branches(Some(exception)).ok_or(TooManyBranches(within.at))?;
                let part = Part::Exception {
                    at: within.at,
                    view: dual,
                };
                let written = std::ptr::from_ref(exception) as usize;
                let relation = self.beside(
                    within,
                    (written, dual),
                    part,
                    &shared,
                    &all_branches,
                    around,
                )?;
                for Met { body, slots, .. } in all {
                    let arguments = shared
                        .iter()
                        .map(|&variable| Argument::Slot(slots.of(variable)))
                        .collect();
                    body.push(CoreLiteral::Fails(Atom {
                        relation,
                        arguments,
                    }));
                }
            }
        }
        Ok(())
    }

    /// The relation of what was written, by its branches, made when first asked for.
    pub fn beside(
        &mut self,
        within: Within<'p>,
        (written, view): (usize, View),
        part: Part,
        columns: &[Variable],
        branches: &[Branch<'p>],
        around: &Around<'p>,
    ) -> Result<CoreId, TooManyBranches> {
        let needs_help = branches.iter().any(|branch| {
            self.may_need_help(branch, columns) || !self.groups_around(branch, around).is_empty()
        });
        let mut helped_by = Vec::new();
        if needs_help {
            helped_by.extend(around.items.iter().map(Item::address));
            helped_by.extend(around.call.iter().map(|call| call.relation.at()));
        }
        // What is called has rows for nothing but what it is called with.
        let help = match needs_help && around.call.is_some() {
            true => Help::Always,
            false => Help::IfNeeded,
        };
        let key = Aside {
            written,
            view,
            columns: columns.to_vec(),
            helped_by,
        };
        if let Some(&known) = self.asides.get(&key) {
            return Ok(known);
        }
        let relation = self.relation(columns.len(), part);
        self.asides.insert(key, relation);
        for branch in branches {
            self.aside(within, relation, columns, branch, (around, help), view)?;
        }
        Ok(relation)
    }

    /// `relation(columns) :- branch`, helped by what binds them around it where the branch does not bind all that it needs itself.
    pub fn aside(
        &mut self,
        within: Within<'p>,
        relation: CoreId,
        columns: &[Variable],
        branch: &Branch<'p>,
        (around, help): (&Around<'p>, Help),
        view: View,
    ) -> Result<(), TooManyBranches> {
        let needed = needed(branch, columns);
        for own in self.all_ways(within, branch, Read::As(view), around)? {
            let bound = own.bound(branch, &BTreeSet::new());
            let mut lacking = own.rival_variables(branch);
            lacking.extend(&needed);
            lacking.retain(|variable| !bound.contains(variable));
            lacking.extend(self.groups_around(branch, around));
            if lacking.is_empty() && help == Help::IfNeeded {
                self.beside_rule(within, relation, columns, own);
                continue;
            }
            let helpers = self.helpers(around, lacking);
            let called = around.called();
            if !own.can_be(branch, &bound_beside(&helpers, &called)) {
                continue;
            }
            let mut wanted: BTreeSet<Variable> = columns.iter().copied().collect();
            (branch.iter()).for_each(|item| item_variables(item, &mut wanted));
            for helped in self.help(within, &helpers, around, wanted)? {
                self.beside_rule(within, relation, columns, helped.joined(&own));
            }
        }
        Ok(())
    }

    pub fn beside_rule(
        &mut self,
        within: Within<'p>,
        relation: CoreId,
        columns: &[Variable],
        met: Met,
    ) {
        let Met {
            body, mut slots, ..
        } = met;
        let arguments = columns
            .iter()
            .map(|&variable| Argument::Slot(slots.of(variable)))
            .collect();
        let rule = CoreRule {
            head: Atom {
                relation,
                arguments,
            },
            body,
            slots: slots.count(),
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Aside { at: within.at },
        };
        self.push_named(rule, &slots);
    }

    fn may_need_help(&self, branch: &Branch<'p>, columns: &[Variable]) -> bool {
        let alone = bound_variables(branch);
        !needed(branch, columns).is_subset(&alone)
            || branch.iter().any(|item| self.has_rivals(item))
    }

    /// What the aggregates of a branch group by and only something around the branch binds: a group without matches has a number, too.
    fn groups_around(&self, branch: &Branch<'p>, around: &Around<'p>) -> BTreeSet<Variable> {
        let mut groups = BTreeSet::new();
        let mut binding: Branch<'p> = Vec::new();
        for item in branch {
            match item {
                Item::Aggregate(aggregate) if !aggregate.recursive => {
                    groups.extend(&aggregate.groups);
                }
                item if !self.has_rivals(item) => binding.push(*item),
                _ => {}
            }
        }
        if !groups.is_empty() {
            let (bound, outside) = (bound_variables(&binding), around.variables());
            groups.retain(|group| outside.contains(group) && !bound.contains(group));
        }
        groups
    }

    /// Whether a literal can be met by a rival value, once its variables have values from elsewhere.
    pub fn has_rivals(&self, item: &Item<'p>) -> bool {
        match item {
            Item::Literal(literal) => {
                let relation = &self.program.relations[literal.relation.0 as usize];
                literal.negative && relation.one.is_some()
            }
            _ => false,
        }
    }

    /// Whether an exception can be read off its relation directly: its variables are bound around it, or occur this once.
    fn is_simple(&self, literal: &Literal, bound: &BTreeSet<Variable>) -> bool {
        let mut local = BTreeSet::new();
        !self.has_rivals(&Item::Literal(literal))
            && variables_of(literal)
                .all(|variable| bound.contains(&variable) || local.insert(variable))
    }
}

/// When what stands around a condition is read in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Only where the condition does not bind all that it needs.
    IfNeeded,
    /// Always, so that a group without matches is there too.
    Always,
}

/// The variables that a relation for a branch must bind: its columns, and those of comparisons.
pub fn needed(branch: &Branch<'_>, columns: &[Variable]) -> BTreeSet<Variable> {
    let mut needed: BTreeSet<Variable> = columns.iter().copied().collect();
    branch
        .iter()
        .filter(|item| matches!(item, Item::Comparison { .. }))
        .for_each(|item| item_variables(item, &mut needed));
    needed
}
