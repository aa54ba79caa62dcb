//! Aggregates in one context, taken by hand over the matches of their conditions: what a proof shows of them.

use super::Reader;
use super::matching::{Binding, bind_all};
use super::proof::{Among, Match, Under, Want};
use super::standing::Bound;
use crate::core::View;
use crate::core::branches::conjunction;
use crate::core::variables::condition_variables;
use crate::program::{Aggregate, Argument, Variable, Variables};
use crate::syntax::tree::AggregateKind;
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
    /// match. Certain ones are those whose certain and possible matches are the same.
    pub(super) fn aggregates_at(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<Aggregated> {
        if aggregate.recursive {
            let matches = self.condition_matches(aggregate, binding, under);
            let value = |found: Binding| {
                let value = self.evaluate(&aggregate.over, &found).ok()??;
                Some(Aggregated {
                    value,
                    binding: found.clone(),
                    matches: vec![found],
                })
            };
            return matches.into_iter().filter_map(value).collect();
        }
        let counted = Under {
            view: View::Presumed,
            ..under
        };
        let mut groups: IndexMap<Vec<Option<Term>>, Vec<Binding>> = IndexMap::new();
        let key = |binding: &Binding| {
            aggregate
                .groups
                .iter()
                .map(|group| binding[group.0 as usize])
                .collect::<Vec<_>>()
        };
        if key(binding).iter().all(Option::is_some) {
            groups.insert(key(binding), Vec::new());
        }
        for found in self.condition_matches(aggregate, binding, counted) {
            groups.entry(key(&found)).or_default().push(found);
        }
        let mut results: Vec<Aggregated> = groups
            .into_iter()
            .filter_map(|(group, matches)| {
                self.aggregated(aggregate, binding, &group, matches, under.variables)
            })
            .collect();
        if under.view == View::Certain {
            results.retain(|result| self.is_certainly_counted(aggregate, &result.binding, under));
        }
        results
    }

    /// What could be counted in a group but is not, for being contested or open.
    pub(super) fn uncounted_at(
        &mut self,
        aggregate: &Aggregate,
        group: &Binding,
        under: Under<'_>,
    ) -> Vec<Binding> {
        let outside = self.outside(aggregate, group);
        let counted = self.distinct_matches(
            aggregate,
            &outside,
            Under {
                view: View::Presumed,
                bound: Bound::Lower,
                ..under
            },
        );
        let possible = self.distinct_matches(
            aggregate,
            &outside,
            Under {
                view: View::Possible,
                bound: Bound::Upper,
                ..under
            },
        );
        possible
            .into_iter()
            .filter(|(row, _)| !counted.contains_key(row))
            .map(|(_, found)| found)
            .collect()
    }

    pub(super) fn is_certainly_counted(
        &mut self,
        aggregate: &Aggregate,
        group: &Binding,
        under: Under<'_>,
    ) -> bool {
        let outside = self.outside(aggregate, group);
        let certain = self.distinct_matches(
            aggregate,
            &outside,
            Under {
                view: View::Certain,
                ..under
            },
        );
        let possible = self.distinct_matches(
            aggregate,
            &outside,
            Under {
                view: View::Possible,
                bound: under.bound.other(),
                ..under
            },
        );
        possible.keys().all(|row| certain.contains_key(row))
    }

    /// A binding of the group's variables alone.
    fn outside(&self, aggregate: &Aggregate, group: &Binding) -> Binding {
        let mut outside = vec![None; group.len()];
        for variable in &aggregate.groups {
            outside[variable.0 as usize] = group[variable.0 as usize];
        }
        outside
    }

    /// The matches of an aggregate's condition by the values of its variables.
    fn distinct_matches(
        &mut self,
        aggregate: &Aggregate,
        outside: &Binding,
        under: Under<'_>,
    ) -> IndexMap<Vec<Option<Term>>, Binding> {
        let variables = counted_variables(aggregate, under.variables);
        let row = |found: &Binding| {
            variables
                .iter()
                .map(|variable| found[variable.0 as usize])
                .collect()
        };
        let matches = self.condition_matches(aggregate, outside, under);
        matches
            .into_iter()
            .map(|found| (row(&found), found))
            .collect()
    }

    fn condition_matches(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<Binding> {
        let mut all = Vec::new();
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            let found = self.search(
                &branch,
                binding.clone(),
                under,
                Among::default(),
                Want::AtMost(usize::MAX),
            );
            all.extend(found.into_iter().map(|Match { binding, .. }| binding));
        }
        all
    }

    fn aggregated(
        &mut self,
        aggregate: &Aggregate,
        outside: &Binding,
        group: &[Option<Term>],
        matches: Vec<Binding>,
        names: &Variables,
    ) -> Option<Aggregated> {
        let variables = counted_variables(aggregate, names);
        let mut distinct: IndexSet<Vec<Option<Term>>> = IndexSet::new();
        let mut values = Vec::new();
        let mut kept = Vec::new();
        for found in matches {
            let row = variables
                .iter()
                .map(|variable| found[variable.0 as usize])
                .collect();
            if distinct.insert(row) {
                values.push(self.evaluate(&aggregate.over, &found).ok()??);
                kept.push(found);
            }
        }
        let value = self.fold(aggregate.kind, &values)?;
        let mut binding = outside.clone();
        let arguments: Vec<Argument> = aggregate
            .groups
            .iter()
            .map(|&group| Argument::Variable(group))
            .collect();
        let terms: Vec<Term> = group.iter().copied().collect::<Option<_>>()?;
        bind_all(&arguments, &terms, &mut binding).then_some(Aggregated {
            value,
            binding,
            matches: kept,
        })
    }

    /// What values come to; nothing where they cannot be computed with, or there are none to compare.
    pub(super) fn fold(&mut self, kind: AggregateKind, values: &[Term]) -> Option<Term> {
        let terms = &mut self.model.terms;
        match kind {
            AggregateKind::Number => {
                let distinct: IndexSet<Term> = values.iter().copied().collect();
                Some(terms.whole(distinct.len() as i64))
            }
            AggregateKind::Sum => {
                let Some((&first, rest)) = values.split_first() else {
                    return Some(terms.whole(0));
                };
                rest.iter().try_fold(first, |sum, &value| {
                    terms.compute(sum, Operation::Add, value).ok()
                })
            }
            AggregateKind::Average => {
                let (&first, rest) = values.split_first()?;
                let sum = rest.iter().try_fold(first, |sum, &value| {
                    terms.compute(sum, Operation::Add, value).ok()
                })?;
                let count = terms.whole(values.len() as i64);
                terms.compute(sum, Operation::Divide, count).ok()
            }
            AggregateKind::Least | AggregateKind::Greatest => {
                let better = if kind == AggregateKind::Least {
                    Comparison::Less
                } else {
                    Comparison::Greater
                };
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

/// The variables that tell matches apart.
pub(super) fn counted_variables(aggregate: &Aggregate, names: &Variables) -> Vec<Variable> {
    condition_variables(aggregate)
        .into_iter()
        .filter(|&variable| !names.is_anything(variable))
        .collect()
}
