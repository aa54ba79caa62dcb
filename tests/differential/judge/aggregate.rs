//! Aggregates, by the words of the language page: "ranges over the distinct matches of its condition, `number` over
//! distinct values, and groups by the variables used outside it".

use super::findings::View;
use super::matching::{Binding, Matcher};
use super::normal::Truth;
use hence::program::{Aggregate, Argument, Body, Variable};
use hence::syntax::tree::AggregateKind;
use hence::value::{Comparison, Operation, Term, Value, compare, compute};
use std::collections::{BTreeMap, BTreeSet};

/// The matches of one group: the terms of all variables of the condition, and the value counted.
type Matches = BTreeSet<(Binding, Value)>;

/// Every result, with the variables that it binds, and whether it is certain.
pub fn results(
    matcher: &mut Matcher<'_>,
    aggregate: &Aggregate,
    binding: &Binding,
) -> Vec<(Binding, bool)> {
    let all = matcher.body(&Body::And(aggregate.condition.clone()), binding);
    let mut groups: BTreeMap<Vec<Term>, [Matches; 3]> = BTreeMap::new();
    let bound = aggregate
        .groups
        .iter()
        .map(|group| binding[group.0 as usize])
        .collect::<Option<Vec<_>>>();
    if let Some(bound) = bound {
        groups.insert(bound, Default::default());
    }
    for (found, conditions) in all {
        let value = matcher.value(&aggregate.over, &found);
        let group = aggregate
            .groups
            .iter()
            .map(|group| found[group.0 as usize].expect("bound by the condition"))
            .collect();
        let views = groups.entry(group).or_default();
        let told_apart = told_apart(matcher, &found);
        for (view, matches) in [View::Certain, View::Presumed, View::Possible]
            .into_iter()
            .zip(views)
        {
            let truth = matcher.earlier.all(&conditions, view, matcher.day);
            // An open match is no certain or presumed one, but it is possible.
            if truth == Truth::Holds || (view == View::Possible && truth == Truth::Open) {
                matches.insert((told_apart.clone(), value.clone()));
            }
        }
    }
    let every_group_bound = aggregate
        .groups
        .iter()
        .all(|group| binding[group.0 as usize].is_some());
    let mut out = Vec::new();
    for (group, [certain, presumed, possible]) in groups {
        if presumed.is_empty() && !every_group_bound {
            continue;
        }
        let Some(result) = reckon(aggregate.kind, &presumed) else {
            continue;
        };
        let result = matcher.terms.intern(result);
        let mut binding = binding.clone();
        for (variable, term) in aggregate.groups.iter().zip(group) {
            binding[variable.0 as usize] = Some(term);
        }
        let fits = match aggregate.result {
            Argument::Constant(term) => term == result,
            Argument::Variable(variable) => {
                *binding[variable.0 as usize].get_or_insert(result) == result
            }
        };
        if fits {
            out.push((binding, certain == possible));
        }
    }
    out
}

/// "Matches are distinct over the named variables; `?` does not tell them apart."
fn told_apart(matcher: &Matcher<'_>, found: &Binding) -> Binding {
    let named = |at| !matcher.variables.is_anything(Variable(at as u32));
    found
        .iter()
        .enumerate()
        .map(|(at, term)| term.filter(|_| named(at)))
        .collect()
}

fn reckon(kind: AggregateKind, matches: &Matches) -> Option<Value> {
    let values: Vec<&Value> = matches.iter().map(|(_, value)| value).collect();
    let sum = || {
        let add = |so_far: Value, value: &&Value| {
            compute(&so_far, Operation::Add, value).expect("like is added to like")
        };
        match values.split_first() {
            None => Value::Number(0.into()),
            Some((first, rest)) => rest.iter().fold((*first).clone(), add),
        }
    };
    let best = |wanted| {
        values.iter().copied().reduce(|best, value| {
            if compare(value, wanted, best).expect("like is compared with like") {
                value
            } else {
                best
            }
        })
    };
    match kind {
        AggregateKind::Number => {
            let distinct: BTreeSet<&Value> = values.iter().copied().collect();
            Some(Value::Number((distinct.len() as i64).into()))
        }
        AggregateKind::Sum => Some(sum()),
        AggregateKind::Least => best(Comparison::Less).cloned(),
        AggregateKind::Greatest => best(Comparison::Greater).cloned(),
        AggregateKind::Average => {
            let count = Value::Number((values.len() as i64).into());
            (!values.is_empty())
                .then(|| compute(&sum(), Operation::Divide, &count).expect("numbers"))
        }
    }
}
