//! Which part of a condition to look at next: tests first, then what is expected to have the fewest rows.

use super::Binding;
use super::binding::{free_variable, open_variables, value};
use crate::core::branches::{Branch, Item};
use crate::core::variables::variables_of;
use crate::core::{Side, View};
use crate::program::{Argument, Variable};
use crate::reading::Reader;
use crate::reading::standing::Bound;
use crate::value::Comparison;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// The place of the item to go on with: what only tests, then what is expected to have the fewest rows: of n rows with k of m places
    /// open, n to the power of k / m. Looking would be better and would cost an index.
    pub(in crate::reading) fn next_item(
        &self,
        items: &Branch<'_>,
        binding: &Binding,
    ) -> Option<usize> {
        let cost = |item: &Item<'_>| -> usize {
            match item {
                Item::Comparison { left, right, .. } => {
                    match open_variables(left, binding) + open_variables(right, binding) {
                        0 => 0,
                        _ if gives_value(item, binding) => 1,
                        _ => usize::MAX - 1,
                    }
                }
                Item::Literal(literal) => {
                    let open = literal
                        .arguments
                        .iter()
                        .filter(|&&argument| value(argument, binding).is_none())
                        .count();
                    let side = Side::from(*literal);
                    let rows = self
                        .view(side, View::Possible)
                        .map_or(0, |relation| self.table(relation, Bound::Upper).len());
                    match open {
                        0 => 2,
                        // Bound by others, it is met by a rival value too.
                        _ if self.is_open_opposite(item, binding) => usize::MAX / 4,
                        _ => 3 + magnitude(rows) * open / literal.arguments.len(),
                    }
                }
                Item::Aggregate(_) => usize::MAX / 2,
                Item::Except(_) => usize::MAX,
            }
        };
        items
            .iter()
            .enumerate()
            .min_by_key(|(place, item)| (cost(item), *place))
            .map(|(place, _)| place)
    }

    /// The items to begin with, the next one given. Of several opposites of `one` relations that are left to bind variables, any may
    /// do so for the others; and so may what an aggregate groups by.
    pub(in crate::reading) fn first_items(
        &self,
        items: &Branch<'_>,
        binding: &Binding,
        next: usize,
    ) -> Vec<usize> {
        if !self.is_open_opposite(&items[next], binding) {
            return vec![next];
        }
        let open: BTreeSet<Variable> = items
            .iter()
            .filter(|item| self.is_open_opposite(item, binding))
            .filter_map(|item| match *item {
                Item::Literal(literal) => Some(variables_of(literal)),
                _ => None,
            })
            .flatten()
            .filter(|variable| binding[variable.0 as usize].is_none())
            .collect();
        let gives = |item: &Item<'_>| match *item {
            Item::Aggregate(aggregate) => aggregate.groups.iter().any(|it| open.contains(it)),
            _ => self.is_open_opposite(item, binding),
        };
        (0..items.len())
            .filter(|&place| gives(&items[place]))
            .collect()
    }

    /// Whether an item is an opposite of a `one` relation whose terms are not all bound, so that no rival value meets it yet.
    pub(in crate::reading) fn is_open_opposite(&self, item: &Item<'_>, binding: &Binding) -> bool {
        match item {
            Item::Literal(literal) => {
                let relation = &self.program.relations[literal.relation.0 as usize];
                let is_open = |&argument: &Argument| value(argument, binding).is_none();
                literal.negative && relation.one.is_some() && literal.arguments.iter().any(is_open)
            }
            _ => false,
        }
    }
}

/// Whether it is an `=` that gives the variable alone on one side the value of the other.
pub fn gives_value(item: &Item<'_>, binding: &Binding) -> bool {
    let Item::Comparison {
        left,
        comparison: Comparison::Equal,
        right,
    } = item
    else {
        return false;
    };
    [(left, right), (right, left)]
        .into_iter()
        .any(|(alone, other)| {
            free_variable(alone).is_some()
                && open_variables(alone, binding) == 1
                && open_variables(other, binding) == 0
        })
}

/// The logarithm of a number of rows, in sixteenths of a doubling.
fn magnitude(rows: usize) -> usize {
    let rows = rows.max(1);
    let doublings = rows.ilog2() as usize;
    16 * doublings + (((rows - (1 << doublings)) << 4) >> doublings)
}
