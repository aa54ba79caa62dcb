//! A premise that does not hold, in words, with what comes nearest to it.

use super::attempt::{Missing, Nearby};
use super::filled::{filled, filled_body};
use super::furthest::pattern_of;
use super::moment::Moment;
use super::search::Under;
use crate::core::branches::{Branch, Item};
use crate::core::variables::expression_variables;
use crate::core::{Side, View};
use crate::label::{Axis, AxisId};
use crate::program::{Aggregate, Argument, Body, Expression, Variable};
use crate::reading::matching::{Binding, value};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Stretch};
use crate::say;
use crate::text::Span;
use crate::value::{Comparison, Term};
use smol_str::SmolStr;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// What is missing at a place of a branch.
    pub(super) fn missing(
        &mut self,
        (branch, place): (&Branch<'_>, usize),
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Missing {
        let mut missing = Missing::default();
        let body = match branch[place] {
            Item::Literal(literal) => {
                let pattern = pattern_of(literal, binding);
                let side = Side::from(literal);
                missing.elsewhen = self.elsewhen(side, &pattern, under.moment);
                missing.nearby = match missing.elsewhen {
                    Some(_) => None,
                    // Where rules could conclude it, how far they come says more than what is the other way round.
                    None if self.rules_for(side).is_empty() => {
                        self.nearest(side, &pattern, under.moment)
                    }
                    None => self.nearby(side, &pattern, under.moment),
                };
                missing.pattern = Some((side, pattern));
                filled_body(&Body::Literal(literal.clone()), binding)
            }
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                let compared = (left, comparison, right);
                missing.written = self.written(branch, compared, binding, at, under);
                Body::Comparison {
                    left: filled(left, binding),
                    comparison,
                    right: filled(right, binding),
                    at,
                }
            }
            Item::Aggregate(aggregate) => {
                missing.instead = self.instead(aggregate, binding, under);
                filled_body(&Body::Aggregate(aggregate.clone()), binding)
            }
            Item::Except(exception) => filled_body(exception, binding),
        };
        if let Some((side, pattern)) = &missing.pattern
            && let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>()
        {
            missing.status = Some(self.status_at(*side, &terms, under.moment));
        }
        missing.text = self.words(under.variables, &body);
        missing.condition = Some(body);
        missing
    }

    /// A comparison as it is written, where it has variables, and what they stand for.
    fn written(
        &self,
        branch: &Branch<'_>,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Option<(String, Vec<(SmolStr, String)>)> {
        let mut variables = BTreeSet::new();
        for side in [left, right] {
            expression_variables(side, &mut variables);
        }
        let wording = self.wording(under.variables);
        let sides = [(left, right), (right, left)];
        let said = |variable: Variable, term: Term| {
            let alone = Expression::Argument(Argument::Variable(variable));
            match sides.iter().find(|(side, _)| **side == alone) {
                Some((side, other)) => {
                    wording.compared(&filled(side, binding), &filled(other, binding))
                }
                None => say::term(&self.model.terms, term),
            }
        };
        let values: Vec<(SmolStr, String)> = variables
            .into_iter()
            .filter_map(|variable| {
                let term = binding[variable.0 as usize]?;
                let name = under.variables.0[variable.0 as usize].clone();
                let mut told = said(variable, term);
                if let Some(counted) = self.counted_as(branch, variable, binding, under) {
                    told = format!("{told}, {counted}");
                }
                Some((name, told))
            })
            .collect();
        let body = Body::Comparison {
            left: left.clone(),
            comparison,
            right: right.clone(),
            at,
        };
        (!values.is_empty()).then(|| (self.words(under.variables, &body), values))
    }

    /// What a variable counts: `the number of ?host where Ledger lives on ?host`.
    fn counted_as(
        &self,
        branch: &Branch<'_>,
        variable: Variable,
        binding: &Binding,
        under: Under<'_>,
    ) -> Option<String> {
        let aggregate = branch.iter().find_map(|item| match *item {
            Item::Aggregate(aggregate) if aggregate.result == Argument::Variable(variable) => {
                Some(aggregate)
            }
            _ => None,
        })?;
        let body = filled_body(&Body::Aggregate(aggregate.clone()), binding);
        let text = self.words(under.variables, &body);
        text.split_once(" is ")
            .map(|(_, counted)| counted.to_owned())
    }

    /// What an aggregate comes to that is not what it should be.
    fn instead(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        under: Under<'_>,
    ) -> Option<Term> {
        let wanted = value(aggregate.result, binding)?;
        let results = self.aggregates_at(aggregate, binding, under);
        match &results[..] {
            [only] if only.value != wanted => Some(only.value),
            _ => None,
        }
    }

    /// When a sentence that does not hold in a context holds in the same world.
    pub(in crate::reading) fn elsewhen(
        &mut self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Vec<Stretch>> {
        let terms: Vec<Term> = pattern.iter().copied().collect::<Option<_>>()?;
        let time = self.axis(Axis::Time)?;
        let mut label = self.label(side, View::Presumed, &terms, Bound::Lower);
        if self.at_moment(label, moment) {
            return None;
        }
        for (number, &value) in moment.0.iter().enumerate() {
            let axis = AxisId(number as u32);
            if axis != time {
                label = self.model.diagram.at(label, axis, value);
            }
        }
        let runs = self.model.diagram.stretches(label, time).into_iter();
        let holding: Vec<Stretch> = runs
            .filter(|(_, rest)| !rest.is_never())
            .map(|(run, _)| {
                let period = self.core.segments.period(run);
                (period.first, period.last)
            })
            .collect();
        (!holding.is_empty()).then_some(holding)
    }

    /// What comes nearest to a literal: what differs in one place, else what has two of its terms the other way round.
    pub(in crate::reading) fn nearest(
        &self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Nearby> {
        self.nearby(side, pattern, moment)
            .or_else(|| self.swapped(side, pattern, moment))
    }

    /// A sentence that holds and differs from a literal in that two terms have changed places.
    fn swapped(&self, side: Side, pattern: &[Option<Term>], moment: &Moment) -> Option<Nearby> {
        let pairs = (0..pattern.len()).flat_map(|left| (0..left).map(move |right| (right, left)));
        pairs
            .filter(|&(left, right)| pattern[left].is_some() && pattern[right].is_some())
            .filter(|&(left, right)| pattern[left] != pattern[right])
            .find_map(|(left, right)| {
                let mut swapped = pattern.to_vec();
                swapped.swap(left, right);
                self.first_that_holds(side, &swapped, moment)
            })
    }

    /// A sentence that holds and differs in one place from a literal that is known in two or more.
    fn nearby(&self, side: Side, pattern: &[Option<Term>], moment: &Moment) -> Option<Nearby> {
        if pattern.iter().flatten().count() < 2 {
            return None;
        }
        (0..pattern.len())
            .rev()
            .filter(|&place| pattern[place].is_some())
            .find_map(|place| {
                let mut wider = pattern.to_vec();
                wider[place] = None;
                self.first_that_holds(side, &wider, moment)
            })
    }

    /// The first sentence that fits a pattern and holds.
    fn first_that_holds(
        &self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Nearby> {
        let table = self.table(self.view(side, View::Presumed)?, Bound::Lower);
        let row = table
            .matching(pattern)
            .into_iter()
            .find(|&row| self.at_moment(table.label(row), moment))?;
        Some(Nearby {
            side,
            terms: table.row(row).to_vec(),
        })
    }
}
