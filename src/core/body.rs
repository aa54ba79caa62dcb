//! One branch of a written condition, read under a view, → core literals.

use super::branches::{Branch, Item, branches, conjunction};
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Origin, Part, Side, View};
use super::rule::{Argument, Atom, CoreAggregate, CoreExpression, CoreId, CoreLiteral, CoreRule};
use super::slots::{Slots, renamed};
use super::variables::{
    binds_outside, body_variables, bound_variables, condition_variables, item_variables,
    variables_of,
};
use crate::label::Label;
use crate::program::{Aggregate, Body, Literal, Variable, Variables};
use crate::text::Span;
use crate::value::Comparison;
use std::collections::BTreeSet;

/// The statement that a condition belongs to.
#[derive(Clone, Copy)]
pub struct Within<'p> {
    pub at: Span,
    pub variables: &'p Variables,
}

impl<'p> Compiler<'p> {
    /// The core bodies of a branch under a view: none where some literal can never hold, several where a `not` can be met in
    /// more than one way.
    pub fn bodies(
        &mut self,
        within: Within<'p>,
        branch: &Branch<'p>,
        view: View,
        head: &[&Literal],
    ) -> Result<Vec<(Vec<CoreLiteral>, Slots)>, TooManyBranches> {
        self.bodies_beside(within, branch, view, head, &BTreeSet::new())
    }

    /// The same where what stands beside the branch binds some variables.
    fn bodies_beside(
        &mut self,
        within: Within<'p>,
        branch: &Branch<'p>,
        view: View,
        head: &[&Literal],
        beside: &BTreeSet<Variable>,
    ) -> Result<Vec<(Vec<CoreLiteral>, Slots)>, TooManyBranches> {
        let bound = bound_variables(branch);
        let mut all = vec![(Vec::new(), Slots::default())];
        for (place, item) in branch.iter().enumerate() {
            match *item {
                Item::Literal(literal) => {
                    let ways = self.ways(literal, branch, (place, beside), view);
                    all = ways
                        .iter()
                        .flat_map(|way| {
                            all.iter()
                                .map(|(body, slots)| way.after(literal, body, slots))
                        })
                        .collect();
                }
                Item::Comparison {
                    left,
                    comparison,
                    right,
                } => {
                    for (body, slots) in &mut all {
                        let (left, right) = (slots.expression(left), slots.expression(right));
                        body.push(CoreLiteral::Compare {
                            left,
                            comparison,
                            right,
                        });
                    }
                }
                Item::Aggregate(aggregate) => {
                    self.aggregate(within, aggregate, branch, view, &mut all)?
                }
                Item::Except(exception) => {
                    self.exception(within, exception, branch, &bound, view, head, &mut all)?;
                }
            }
        }
        Ok(all)
    }

    /// How a literal can be met under a view.
    fn ways(
        &mut self,
        literal: &Literal,
        branch: &Branch<'p>,
        (place, beside): (usize, &BTreeSet<Variable>),
        view: View,
    ) -> Vec<Way> {
        let side = Side {
            relation: literal.relation,
            negative: literal.negative,
        };
        let mut ways: Vec<Way> = self.view(side, view).map(Way::Itself).into_iter().collect();
        if literal.negative
            && let Some(one) = self.program.relations[literal.relation.0 as usize].one
        {
            // `not S` of a `one` relation is met by a rival value, once other literals bind its terms.
            let mut others = branch.clone();
            others.remove(place);
            let mut bound = bound_variables(&others);
            bound.extend(beside);
            if variables_of(literal).all(|variable| bound.contains(&variable))
                && let Some(rival) = self.view(side.opposite(), view)
            {
                ways.push(Way::Rival {
                    relation: rival,
                    place: one,
                });
            }
        }
        ways
    }

    fn aggregate(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        branch: &Branch<'p>,
        view: View,
        all: &mut Vec<(Vec<CoreLiteral>, Slots)>,
    ) -> Result<(), TooManyBranches> {
        if aggregate.recursive {
            return self.best_of(within, aggregate, view, all);
        }
        let columns: Vec<Variable> = condition_variables(aggregate)
            .into_iter()
            .filter(|&variable| !within.variables.is_anything(variable))
            .collect();
        let counted = self.matches(within, aggregate, &columns, branch, View::Presumed)?;
        let differs = match view {
            View::Certain => self.differs(within, aggregate, &columns, branch)?,
            View::Presumed | View::Possible => None,
        };
        for (body, slots) in all {
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
        view: View,
        all: &mut Vec<(Vec<CoreLiteral>, Slots)>,
    ) -> Result<(), TooManyBranches> {
        let mut joined = Vec::new();
        for branch in conjunction(&aggregate.condition).ok_or(TooManyBranches(within.at))? {
            for (before, slots) in all.iter() {
                let mut slots = slots.clone();
                for (condition, own) in self.bodies(within, &branch, view, &[])? {
                    let mut body = before.clone();
                    let renaming = slots.adopt(&own);
                    body.extend(
                        condition
                            .into_iter()
                            .map(|literal| renamed(literal, &renaming)),
                    );
                    body.push(CoreLiteral::Compare {
                        left: CoreExpression::Argument(slots.argument(aggregate.result)),
                        comparison: Comparison::Equal,
                        right: slots.expression(&aggregate.over),
                    });
                    joined.push((body, slots.clone()));
                }
            }
        }
        *all = joined;
        Ok(())
    }

    /// The relation of the distinct matches of a condition under a view.
    fn matches(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        columns: &[Variable],
        outer: &Branch<'p>,
        view: View,
    ) -> Result<CoreId, TooManyBranches> {
        let key = (std::ptr::from_ref(aggregate) as usize, view);
        if let Some(&known) = self.asides.get(&key) {
            return Ok(known);
        }
        let relation = self.relation(
            columns.len(),
            Part::Matches {
                at: within.at,
                view,
            },
        );
        self.asides.insert(key, relation);
        for branch in conjunction(&aggregate.condition).ok_or(TooManyBranches(within.at))? {
            self.aside(
                within,
                relation,
                columns,
                &branch,
                Outside::IfNeeded(outer),
                view,
            )?;
        }
        Ok(relation)
    }

    /// The relation of the groups in which certain and possible matches differ; `None` where they cannot.
    fn differs(
        &mut self,
        within: Within<'p>,
        aggregate: &'p Aggregate,
        columns: &[Variable],
        outer: &Branch<'p>,
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
        let possible = self.matches(within, aggregate, columns, outer, View::Possible)?;
        let certain = self.matches(within, aggregate, columns, outer, View::Certain)?;
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

    #[expect(
        clippy::too_many_arguments,
        reason = "one exception needs all of its surroundings"
    )]
    fn exception(
        &mut self,
        within: Within<'p>,
        exception: &'p Body,
        branch: &Branch<'p>,
        bound: &BTreeSet<Variable>,
        view: View,
        head: &[&Literal],
        all: &mut [(Vec<CoreLiteral>, Slots)],
    ) -> Result<(), TooManyBranches> {
        let dual = match view {
            View::Certain | View::Presumed => View::Possible,
            View::Possible => View::Presumed,
        };
        match exception {
            Body::Literal(literal) if self.is_simple(literal, bound) => {
                let side = Side {
                    relation: literal.relation,
                    negative: literal.negative,
                };
                if let Some(relation) = self.view(side, dual) {
                    for (body, slots) in all {
                        let atom = slots.atom(relation, literal);
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
                for (body, slots) in all {
                    let (left, right) = (slots.expression(left), slots.expression(right));
                    body.push(CoreLiteral::CompareFails {
                        left,
                        comparison: *comparison,
                        right,
                    });
                }
            }
            _ => {
                let mut outside: BTreeSet<Variable> = head
                    .iter()
                    .flat_map(|literal| variables_of(literal))
                    .collect();
                for item in branch {
                    if !matches!(item, Item::Except(other) if std::ptr::eq(*other, exception)) {
                        item_variables(item, &mut outside);
                    }
                }
                let mut inside = BTreeSet::new();
                body_variables(exception, &mut inside);
                let shared: Vec<Variable> = inside.intersection(&outside).copied().collect();
                let relation = self.exception_relation(within, exception, &shared, branch, dual)?;
                for (body, slots) in all {
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

    fn exception_relation(
        &mut self,
        within: Within<'p>,
        exception: &'p Body,
        shared: &[Variable],
        outer: &Branch<'p>,
        view: View,
    ) -> Result<CoreId, TooManyBranches> {
        let key = (std::ptr::from_ref(exception) as usize, view);
        if let Some(&known) = self.asides.get(&key) {
            return Ok(known);
        }
        let relation = self.relation(
            shared.len(),
            Part::Exception {
                at: within.at,
                view,
            },
        );
        self.asides.insert(key, relation);
        for branch in branches(Some(exception)).ok_or(TooManyBranches(within.at))? {
            self.aside(
                within,
                relation,
                shared,
                &branch,
                Outside::IfNeeded(outer),
                view,
            )?;
        }
        Ok(relation)
    }

    /// `relation(columns) :- branch`, helped by what binds them outside where the branch does not bind all columns itself.
    pub fn aside(
        &mut self,
        within: Within<'p>,
        relation: CoreId,
        columns: &[Variable],
        branch: &Branch<'p>,
        outer: Outside<'_, 'p>,
        view: View,
    ) -> Result<(), TooManyBranches> {
        let mut used: BTreeSet<Variable> = columns.iter().copied().collect();
        branch
            .iter()
            .filter(|item| matches!(item, Item::Comparison { .. }))
            .for_each(|item| item_variables(item, &mut used));
        let bound = bound_variables(branch);
        let lacking: BTreeSet<Variable> = used.difference(&bound).copied().collect();
        // What is outside holds wherever this is asked, so reading it here changes nothing. It is read as possible, the widest view.
        let helpers: Branch<'p> = match outer {
            Outside::IfNeeded(_) if lacking.is_empty() && !self.has_rivals(branch) => Vec::new(),
            Outside::IfNeeded(outer) | Outside::Always(outer) => outer
                .iter()
                .filter(|item| binds_outside(item))
                .copied()
                .collect(),
        };
        let beside = bound_variables(&helpers);
        let helped = self.bodies(within, &helpers, View::Possible, &[])?;
        for (help, help_slots) in helped {
            for (own, own_slots) in self.bodies_beside(within, branch, view, &[], &beside)? {
                let mut slots = help_slots.clone();
                let renaming = slots.adopt(&own_slots);
                let mut body = help.clone();
                body.extend(own.into_iter().map(|literal| renamed(literal, &renaming)));
                let arguments = columns
                    .iter()
                    .map(|&variable| Argument::Slot(slots.of(variable)))
                    .collect();
                self.push_named(
                    CoreRule {
                        head: Atom {
                            relation,
                            arguments,
                        },
                        body,
                        slots: slots.count(),
                        label: Label::ALWAYS,
                        onward: false,
                        origin: Origin::Aside { at: within.at },
                    },
                    &slots,
                );
            }
        }
        Ok(())
    }

    /// Whether some literal of a branch can be met by a rival value, once its variables have values from elsewhere.
    fn has_rivals(&self, branch: &Branch<'p>) -> bool {
        branch.iter().any(|item| match item {
            Item::Literal(literal) => {
                literal.negative
                    && self.program.relations[literal.relation.0 as usize]
                        .one
                        .is_some()
                    && variables_of(literal).next().is_some()
            }
            _ => false,
        })
    }

    /// Whether an exception can be read off its relation directly: its variables are bound outside, or occur this once.
    fn is_simple(&self, literal: &Literal, bound: &BTreeSet<Variable>) -> bool {
        let one = self.program.relations[literal.relation.0 as usize]
            .one
            .is_some();
        let mut local = BTreeSet::new();
        !(one && literal.negative)
            && variables_of(literal)
                .all(|variable| bound.contains(&variable) || local.insert(variable))
    }
}

/// What stands around an exception or an aggregate and binds variables for it.
#[derive(Clone, Copy)]
pub enum Outside<'a, 'p> {
    /// Read only where the inside does not bind all that it needs.
    IfNeeded(&'a Branch<'p>),
    /// Always read, so that a group without matches is there too.
    Always(&'a Branch<'p>),
}

/// A way to meet a literal.
#[derive(Clone, Copy)]
enum Way {
    Itself(CoreId),
    /// Another value at this place.
    Rival {
        relation: CoreId,
        place: usize,
    },
}

impl Way {
    fn after(
        self,
        literal: &Literal,
        body: &[CoreLiteral],
        slots: &Slots,
    ) -> (Vec<CoreLiteral>, Slots) {
        let (mut body, mut slots) = (body.to_vec(), slots.clone());
        match self {
            Self::Itself(relation) => body.push(CoreLiteral::Holds(slots.atom(relation, literal))),
            Self::Rival { relation, place } => {
                let mut atom = slots.atom(relation, literal);
                let rival = Argument::Slot(slots.fresh());
                let value = std::mem::replace(&mut atom.arguments[place], rival);
                body.push(CoreLiteral::Holds(atom));
                body.push(unlike(value, rival));
            }
        }
        (body, slots)
    }
}

/// `left != right`
pub fn unlike(left: Argument, right: Argument) -> CoreLiteral {
    CoreLiteral::Compare {
        left: CoreExpression::Argument(left),
        comparison: Comparison::NotEqual,
        right: CoreExpression::Argument(right),
    }
}
