//! Aggregates in one context, taken by hand over the matches of their conditions: what a proof shows of them.

use super::Reader;
use super::matching::{Binding, bind_all};
use super::proof::Moment;
use super::standing::Bound;
use crate::core::View;
use crate::core::body::condition_variables;
use crate::core::branches::conjunction;
use crate::program::{Aggregate, Argument};
use crate::syntax::tree::AggregateKind;
use crate::text::Span;
use crate::value::{Comparison, Operation, Term};
use indexmap::{IndexMap, IndexSet};

/// One result of an aggregate.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregated {
    pub value: Term,
    /// The binding with the group's variables.
    pub binding: Binding,
    /// The matches that it was taken over.
    pub matches: Vec<Binding>,
}

impl Reader<'_> {
    /// The results of an aggregate under a binding of what is outside: one a group, or for a recursive `least` or `greatest` one a
    /// match.
    pub fn aggregates_at(&mut self, at: Span, aggregate: &Aggregate, binding: &Binding, view: View, moment: &Moment) -> Vec<Aggregated> {
        let view = if aggregate.recursive { view } else { View::Presumed };
        let mut matches = Vec::new();
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            matches.extend(self.bindings_at(at, &branch, binding.clone(), (view, Bound::Lower), moment));
        }
        if aggregate.recursive {
            return matches
                .into_iter()
                .filter_map(|found| {
                    let value = self.evaluate(&aggregate.over, &found).ok()??;
                    Some(Aggregated { value, binding: found.clone(), matches: vec![found] })
                })
                .collect();
        }
        let mut groups: IndexMap<Vec<Option<Term>>, Vec<Binding>> = IndexMap::new();
        let key = |binding: &Binding| aggregate.groups.iter().map(|group| binding[group.0 as usize]).collect::<Vec<_>>();
        if key(binding).iter().all(Option::is_some) {
            groups.insert(key(binding), Vec::new());
        }
        for found in matches {
            groups.entry(key(&found)).or_default().push(found);
        }
        groups.into_iter().filter_map(|(group, matches)| self.aggregated(aggregate, binding, &group, matches)).collect()
    }

    fn aggregated(
        &mut self,
        aggregate: &Aggregate,
        outside: &Binding,
        group: &[Option<Term>],
        matches: Vec<Binding>,
    ) -> Option<Aggregated> {
        let variables = condition_variables(aggregate);
        let mut distinct: IndexSet<Vec<Option<Term>>> = IndexSet::new();
        let mut values = Vec::new();
        let mut kept = Vec::new();
        for found in matches {
            let row = variables.iter().map(|variable| found[variable.0 as usize]).collect();
            if distinct.insert(row) {
                values.push(self.evaluate(&aggregate.over, &found).ok()??);
                kept.push(found);
            }
        }
        let value = self.fold(aggregate.kind, &values)?;
        let mut binding = outside.clone();
        let arguments: Vec<Argument> = aggregate.groups.iter().map(|&group| Argument::Variable(group)).collect();
        let terms: Vec<Term> = group.iter().copied().collect::<Option<_>>()?;
        bind_all(&arguments, &terms, &mut binding).then_some(Aggregated { value, binding, matches: kept })
    }

    fn fold(&mut self, kind: AggregateKind, values: &[Term]) -> Option<Term> {
        let terms = &mut self.model.terms;
        match kind {
            AggregateKind::Number => {
                let distinct: IndexSet<Term> = values.iter().copied().collect();
                Some(terms.whole(distinct.len() as i64))
            }
            AggregateKind::Sum => {
                let Some((&first, rest)) = values.split_first() else { return Some(terms.whole(0)) };
                rest.iter().try_fold(first, |sum, &value| terms.compute(sum, Operation::Add, value).ok())
            }
            AggregateKind::Average => {
                let (&first, rest) = values.split_first()?;
                let sum = rest.iter().try_fold(first, |sum, &value| terms.compute(sum, Operation::Add, value).ok())?;
                let count = terms.whole(values.len() as i64);
                terms.compute(sum, Operation::Divide, count).ok()
            }
            AggregateKind::Least | AggregateKind::Greatest => {
                let better = if kind == AggregateKind::Least { Comparison::Less } else { Comparison::Greater };
                let mut best = *values.first()?;
                for &value in values {
                    if terms.compare(value, better, best).ok()? {
                        best = value;
                    }
                }
                Some(best)
            }
        }
    }
}
