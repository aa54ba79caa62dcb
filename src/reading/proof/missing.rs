//! A premise that does not hold, in words, with what comes nearest to it.

use super::attempt::{Missing, Nearby};
use super::filled::{filled, filled_body};
use super::furthest::pattern_of;
use super::moment::Moment;
use super::search::{Under, side_of};
use crate::core::branches::Item;
use crate::core::variables::expression_variables;
use crate::core::{Side, View};
use crate::program::{Aggregate, Body, Expression};
use crate::reading::Reader;
use crate::reading::matching::{Binding, value};
use crate::reading::standing::Bound;
use crate::text::Span;
use crate::value::{Comparison, Term};
use smol_str::SmolStr;
use std::collections::BTreeSet;

impl Reader<'_> {
    pub(super) fn missing(
        &mut self,
        item: &Item<'_>,
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Missing {
        let mut missing = Missing::default();
        let body = match *item {
            Item::Literal(literal) => {
                let pattern = pattern_of(literal, binding);
                missing.nearby = self.nearby(side_of(literal), &pattern, under.moment);
                missing.pattern = Some((side_of(literal), pattern));
                filled_body(&Body::Literal(literal.clone()), binding)
            }
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                missing.written = self.written((left, comparison, right), binding, at, under);
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
        (left, comparison, right): (&Expression, Comparison, &Expression),
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Option<(String, Vec<(SmolStr, Term)>)> {
        let mut variables = BTreeSet::new();
        for side in [left, right] {
            expression_variables(side, &mut variables);
        }
        let values: Vec<(SmolStr, Term)> = variables
            .into_iter()
            .filter_map(|variable| {
                let name = under.variables.0[variable.0 as usize].clone();
                Some((name, binding[variable.0 as usize]?))
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

    /// A sentence that holds and differs in one place from a literal that is known in two or more.
    pub(in crate::reading) fn nearby(
        &self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Nearby> {
        if pattern.iter().flatten().count() < 2 {
            return None;
        }
        let table = self.table(self.view(side, View::Presumed)?, Bound::Lower);
        (0..pattern.len())
            .rev()
            .filter(|&place| pattern[place].is_some())
            .find_map(|place| {
                let mut wider = pattern.to_vec();
                wider[place] = None;
                let row = table
                    .matching(&wider)
                    .into_iter()
                    .find(|&row| self.at_moment(table.label(row), moment))?;
                Some(Nearby {
                    side,
                    terms: table.row(row).to_vec(),
                })
            })
    }
}
