//! Aggregates, by the words of the language page: "ranges over the distinct matches of its condition, `number` over
//! distinct values, and groups by the variables used outside it".

use super::findings::{View, both, either, not};
use super::matching::{Binding, Matcher};
use super::normal::Truth;
use hence::core::variables::{body_variables, expression_variables};
use hence::program::{Aggregate, Argument, Body, Variable};
use hence::syntax::tree::AggregateKind;
use hence::value::{Comparison, Operation, Term, Value, compare, compute};
use std::collections::{BTreeMap, BTreeSet};

/// Matches that are told apart, each with the value that it counts.
type Matches = BTreeSet<(Binding, Value)>;

/// How each match of one group stands, by view.
#[derive(Default)]
struct Group(BTreeMap<(Binding, Value), [Truth; 3]>);

const VIEWS: [View; 3] = [View::Certain, View::Presumed, View::Possible];

/// Every result, with the variables that it binds, and how far it is presumed and certain.
pub fn results(
    matcher: &mut Matcher<'_>,
    aggregate: &Aggregate,
    binding: &Binding,
) -> Vec<(Binding, [Truth; 2])> {
    let mut groups: BTreeMap<Vec<Term>, Group> = BTreeMap::new();
    // Where values have been filled in for some groups, the condition speaks of these no more.
    let mut written = BTreeSet::new();
    let condition = aggregate.condition.iter();
    condition.for_each(|part| body_variables(part, &mut written));
    expression_variables(&aggregate.over, &mut written);
    let by: Vec<Variable> = (aggregate.groups.iter().copied())
        .filter(|group| written.contains(group))
        .collect();
    let bound = (by.iter())
        .map(|group| binding[group.0 as usize])
        .collect::<Option<Vec<_>>>();
    if let Some(bound) = &bound {
        groups.insert(bound.clone(), Group::default());
    }
    // What it ranges over is settled, its exceptions too.
    let exceptions = std::mem::replace(&mut matcher.exceptions, true);
    let all = matcher.body(&Body::And(aggregate.condition.clone()), binding);
    matcher.exceptions = exceptions;
    for (found, conditions) in all {
        let value = matcher.value(&aggregate.over, &found);
        let group = by
            .iter()
            .map(|group| found[group.0 as usize].expect("bound by the condition"))
            .collect();
        let views = VIEWS.map(|view| matcher.earlier.all(&conditions, view, matcher.day));
        let matches = &mut groups.entry(group).or_default().0;
        let known = matches
            .entry((told_apart(matcher, &found), value))
            .or_insert([Truth::Fails; 3]);
        *known = [0, 1, 2].map(|view| either(known[view], views[view]));
    }
    let mut out = Vec::new();
    for (terms, group) in groups {
        for (result, presumed) in group.results(aggregate.kind, bound.is_some()) {
            let result = matcher.terms.intern(result);
            let mut binding = binding.clone();
            for (variable, &term) in by.iter().zip(&terms) {
                binding[variable.0 as usize] = Some(term);
            }
            let fits = match aggregate.result {
                Argument::Constant(term) => term == result,
                Argument::Variable(variable) => {
                    *binding[variable.0 as usize].get_or_insert(result) == result
                }
            };
            if fits {
                out.push((binding, [presumed, both(presumed, group.settled())]));
            }
        }
    }
    out
}

impl Group {
    /// "It counts what is certain or presumed." Where a loop leaves open what is, each result that could come of it is open.
    fn results(&self, kind: AggregateKind, even_empty: bool) -> Vec<(Value, Truth)> {
        let presumed = |truth| {
            self.0
                .iter()
                .filter(move |(_, views)| views[1] == truth)
                .map(|(it, _)| it.clone())
        };
        let sure: Matches = presumed(Truth::Holds).collect();
        let open: Vec<_> = presumed(Truth::Open).collect();
        let mut results: BTreeSet<Option<Value>> = BTreeSet::new();
        for choice in 0..1_u32 << open.len() {
            let chosen = open
                .iter()
                .enumerate()
                .filter(|(at, _)| choice >> at & 1 == 1)
                .map(|(_, it)| it.clone());
            let matches: Matches = sure.iter().cloned().chain(chosen).collect();
            let counts = even_empty || !matches.is_empty();
            results.insert(if counts { reckon(kind, &matches) } else { None });
        }
        let truth = if results.len() == 1 {
            Truth::Holds
        } else {
            Truth::Open
        };
        results
            .into_iter()
            .flatten()
            .map(|result| (result, truth))
            .collect()
    }

    /// "its result is certain where the certain and the possible matches are the same"
    fn settled(&self) -> Truth {
        self.0
            .values()
            .map(|[certain, _, possible]| either(*certain, not(*possible)))
            .fold(Truth::Holds, both)
    }
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
