//! The furthest partial match of a condition: the binding under which it lacks least, and of such the one that comes furthest through
//! the condition as it is written.

use super::filled::ground;
use super::search::{Among, Match, Under, Want};
use crate::core::Side;
use crate::core::branches::{Branch, Item, branches};
use crate::core::variables::{bound_variables, expression_variables};
use crate::program::{Body, Literal};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all, gives_value, value};
use crate::value::Term;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A partial match of a rule's body.
#[derive(Clone, Debug)]
pub(super) struct Partial {
    pub binding: Binding,
    pub met: Vec<(Side, Vec<Term>)>,
    /// Places in the branch.
    pub missing: Vec<usize>,
    /// Those of them that something meets, though not for the values that others give.
    passed: Vec<usize>,
}

/// The search for the furthest partial match of one branch.
struct Furthest<'a, 'p> {
    branch: &'a Branch<'p>,
    under: Under<'a>,
    steps: usize,
    /// How much may be missing where something else could be met instead.
    allowed: usize,
    best: Option<Partial>,
}

impl Furthest<'_, '_> {
    /// Whether a match that lacks this and nothing more is further than what has been found: it lacks less, or as much and comes further
    /// through the condition as it is written.
    fn would_be_best(&self, partial: &Partial) -> bool {
        let Some(best) = &self.best else {
            return true;
        };
        match partial.missing.len().cmp(&best.missing.len()) {
            Ordering::Less => true,
            Ordering::Equal => in_order(&partial.missing) > in_order(&best.missing),
            Ordering::Greater => false,
        }
    }
}

fn in_order(places: &[usize]) -> Vec<usize> {
    let mut places = places.to_vec();
    places.sort_unstable();
    places
}

/// Steps that one partial match may take, and rows of one literal that it tries.
const MOST_STEPS: usize = 4_000;
const MOST_ROWS: usize = 1_000;

impl Reader<'_> {
    /// The match of a branch that lacks least: none of less is left out, as far as the steps go.
    pub(super) fn furthest_of(
        &mut self,
        branch: &Branch<'_>,
        start: &Binding,
        under: Under<'_>,
    ) -> Option<Partial> {
        let mut search = Furthest {
            branch,
            under,
            steps: 0,
            allowed: 0,
            best: None,
        };
        // What is met by something is passed over only where that makes up for it, and at last not at all.
        for allowed in (0..=branch.len()).chain([usize::MAX]) {
            search.steps = MOST_STEPS;
            search.allowed = allowed;
            let open: Vec<usize> = (0..branch.len()).collect();
            let partial = Partial {
                binding: start.clone(),
                met: Vec::new(),
                missing: Vec::new(),
                passed: Vec::new(),
            };
            self.furthest(&mut search, open, None, partial);
            if search.best.is_some() {
                break;
            }
        }
        search.best
    }

    /// Tries to meet as many items as possible, beginning with the one given.
    fn furthest(
        &mut self,
        search: &mut Furthest<'_, '_>,
        mut open: Vec<usize>,
        mut first: Option<usize>,
        mut partial: Partial,
    ) {
        if search.steps == 0
            || partial.missing.len() > search.allowed
            || !search.would_be_best(&partial)
        {
            return;
        }
        search.steps -= 1;
        loop {
            let next = match first.take() {
                Some(first) => first,
                None => {
                    let Some(next) = self.next_open(search.branch, &open, &partial.binding) else {
                        break;
                    };
                    let items: Branch<'_> = open.iter().map(|&at| search.branch[at]).collect();
                    let mut firsts = self.first_items(&items, &partial.binding, next);
                    if firsts.len() > 1 {
                        firsts.sort_by_key(|&first| first != next);
                        for first in firsts {
                            self.furthest(search, open.clone(), Some(first), partial.clone());
                        }
                        return;
                    }
                    next
                }
            };
            let place = open.swap_remove(next);
            match search.branch[place] {
                Item::Literal(literal) => {
                    let rows = self.holding_rows(literal, &partial.binding, search.under);
                    if rows.is_empty() {
                        partial.missing.push(place);
                        if partial.missing.len() > search.allowed {
                            return;
                        }
                        continue;
                    }
                    let binds = pattern_of(literal, &partial.binding).contains(&None);
                    for row in rows {
                        let mut with = partial.clone();
                        if bind_all(&literal.arguments, &row, &mut with.binding) {
                            with.met.push((Side::from(literal), row));
                            self.furthest(search, open.clone(), None, with);
                        }
                    }
                    if binds && search.allowed < usize::MAX {
                        partial.missing.push(place);
                        partial.passed.push(place);
                        self.furthest(search, open, None, partial);
                    }
                    return;
                }
                // Nothing can be said of an exception before what is missing has given its variables their values.
                Item::Except(exception)
                    if is_open_exception(exception, search.branch, &partial.binding) => {}
                other => {
                    let found = self.search(
                        &vec![other],
                        partial.binding.clone(),
                        search.under,
                        Among::default(),
                        Want::AtMost(1),
                    );
                    match found.into_iter().next() {
                        // Nor of a comparison.
                        None if is_open(&other, &partial.binding) => {}
                        None => partial.missing.push(place),
                        Some(Match { binding, .. }) => partial.binding = binding,
                    }
                }
            }
        }
        if partial.missing.len() <= search.allowed
            && search.would_be_best(&partial)
            && !self.is_met_after_all(search, &partial)
        {
            search.best = Some(partial);
        }
    }

    /// Whether something meets a literal that was passed over: it is not what is missing then.
    fn is_met_after_all(&mut self, search: &Furthest<'_, '_>, partial: &Partial) -> bool {
        partial.passed.iter().any(|&place| {
            let item = vec![search.branch[place]];
            let binding = partial.binding.clone();
            let found = self.search(
                &item,
                binding,
                search.under,
                Among::default(),
                Want::AtMost(1),
            );
            !found.is_empty()
        })
    }

    /// The most bound literal first; what only tests comes when it can, exceptions last. An opposite that a rival value may meet is
    /// found by its own row only where it is open: others give its terms first, an `=` among them. It gives an aggregate its groups.
    fn next_open(&self, branch: &Branch<'_>, open: &[usize], binding: &Binding) -> Option<usize> {
        let cost = |place: usize| match &branch[place] {
            Item::Literal(literal) => {
                let pattern = pattern_of(literal, binding);
                let unknown = pattern.iter().filter(|term| term.is_none()).count();
                let one = self.program.relations[literal.relation.0 as usize].one;
                match literal.negative && one.is_some() && unknown > 0 {
                    true => 2_200 + unknown,
                    false => unknown,
                }
            }
            // Of what `=` gives and something else too, the latter is told.
            item @ Item::Comparison { .. } if gives_value(item, binding) => 2_100,
            item @ Item::Comparison { .. } if is_open(item, binding) => 2_500,
            Item::Comparison { .. } => 1_000,
            // Without its groups it has results only where it counts something.
            Item::Aggregate(aggregate)
                if (aggregate.groups.iter()).any(|it| binding[it.0 as usize].is_none()) =>
            {
                2_400
            }
            Item::Aggregate(_) => 2_000,
            Item::Except(_) => 3_000,
        };
        (0..open.len()).min_by_key(|&at| (cost(open[at]), open[at]))
    }

    fn holding_rows(
        &mut self,
        literal: &Literal,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<Vec<Term>> {
        let item = vec![Item::Literal(literal)];
        let found = self.search(
            &item,
            binding.clone(),
            under,
            Among::default(),
            Want::AtMost(MOST_ROWS),
        );
        found
            .iter()
            .filter_map(|found| ground(literal, &found.binding))
            .collect()
    }
}

/// Whether it is a comparison of which nothing can be said before what else is missing has given its variables their values.
pub(super) fn is_open(item: &Item<'_>, binding: &Binding) -> bool {
    let Item::Comparison { left, right, .. } = item else {
        return false;
    };
    let mut variables = BTreeSet::new();
    for side in [left, right] {
        expression_variables(side, &mut variables);
    }
    variables
        .iter()
        .any(|variable| binding[variable.0 as usize].is_none())
}

/// Whether an exception mentions variables that premises were to bind and did not.
fn is_open_exception(exception: &Body, branch: &Branch<'_>, binding: &Binding) -> bool {
    let bound = bound_variables(branch);
    branches(Some(exception))
        .unwrap_or_default()
        .iter()
        .flat_map(bound_variables)
        .any(|variable| bound.contains(&variable) && binding[variable.0 as usize].is_none())
}

pub(super) fn pattern_of(literal: &Literal, binding: &Binding) -> Vec<Option<Term>> {
    literal
        .arguments
        .iter()
        .map(|&argument| value(argument, binding))
        .collect()
}
