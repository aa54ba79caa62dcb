//! Comparisons in a conjunction of which something is missing: whether one may hold, and a value with which it would.

use super::partial::State;
use super::walk::Walk;
use crate::core::branches::{Branch, Item};
use crate::program::{Argument, Expression, Variable};
use crate::reading::matching::Binding;
use crate::value::{Comparison, Term};

/// A variable with a value that nothing gives it, so that a comparison holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoned {
    pub variable: Variable,
    pub comparison: Comparison,
    pub with: Term,
}

impl Walk<'_, '_> {
    /// Whether a comparison may hold: it does where it cannot be computed yet. An `=` gives its variable a value.
    pub(super) fn compares(
        &mut self,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        binding: &mut Binding,
    ) -> bool {
        let (Ok(first), Ok(second)) = (
            self.reader.evaluate(left, binding),
            self.reader.evaluate(right, binding),
        ) else {
            return false;
        };
        match (first, second) {
            (Some(first), Some(second)) => self
                .reader
                .model
                .terms
                .compare(first, comparison, second)
                .unwrap_or(false),
            (Some(value), None) | (None, Some(value)) => {
                let other = if first.is_some() { right } else { left };
                if let (Comparison::Equal, Expression::Argument(Argument::Variable(variable))) =
                    (comparison, other)
                {
                    binding[variable.0 as usize] = Some(value);
                }
                true
            }
            (None, None) => true,
        }
    }

    /// Gives one side of a comparison that fails the next value with which it holds, if that is the value of a variable which the
    /// conjunction itself found, and something may still be missing.
    pub(super) fn reckons(
        &mut self,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        state: &mut State,
    ) -> bool {
        let Some(missing) = state
            .left
            .checked_sub(1)
            .filter(|_| state.reckoned.is_none())
        else {
            return false;
        };
        for (side, comparison, other) in both_ways(left, comparison, right) {
            let &Expression::Argument(Argument::Variable(variable)) = side else {
                continue;
            };
            let Ok(Some(with)) = self.reader.evaluate(other, &state.binding) else {
                continue;
            };
            let given = state.given.contains(&variable);
            let value = self.reader.model.terms.next(comparison, with);
            if let Some(value) = value.filter(|_| !given) {
                state.binding[variable.0 as usize] = Some(value);
                state.left = missing;
                state.reckoned = Some(Reckoned {
                    variable,
                    comparison,
                    with,
                });
                return true;
            }
        }
        false
    }

    /// Gives a variable that only a missing literal would have bound the value that a comparison asks of it.
    pub(super) fn proposes(
        &mut self,
        branch: &Branch<'_>,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        state: &mut State,
    ) {
        let postponed = |variable: Variable| {
            let mut literals = state.postponed.iter().map(|&place| &branch[place]);
            literals.any(|item| match item {
                Item::Literal(literal) => literal.arguments.contains(&Argument::Variable(variable)),
                _ => false,
            })
        };
        for (side, comparison, other) in both_ways(left, comparison, right) {
            let &Expression::Argument(Argument::Variable(variable)) = side else {
                continue;
            };
            let known = state.binding[variable.0 as usize].is_some() || state.reckoned.is_some();
            if known || !postponed(variable) {
                continue;
            }
            let Ok(Some(with)) = self.reader.evaluate(other, &state.binding) else {
                continue;
            };
            if let Some(value) = self.reader.model.terms.next(comparison, with) {
                state.binding[variable.0 as usize] = Some(value);
                state.reckoned = Some(Reckoned {
                    variable,
                    comparison,
                    with,
                });
                return;
            }
        }
    }
}

pub fn is_variable(expression: &Expression) -> bool {
    matches!(expression, Expression::Argument(Argument::Variable(_)))
}

/// The comparisons of a conjunction, each both ways.
pub fn comparisons<'e>(
    branch: &Branch<'e>,
) -> impl Iterator<Item = (&'e Expression, Comparison, &'e Expression)> {
    let found = branch.iter().filter_map(|item| match *item {
        Item::Comparison {
            left,
            comparison,
            right,
        } => Some(both_ways(left, comparison, right)),
        _ => None,
    });
    found.flatten()
}

/// A comparison as said of its left side, and of its right one.
pub fn both_ways<'e>(
    left: &'e Expression,
    comparison: Comparison,
    right: &'e Expression,
) -> [(&'e Expression, Comparison, &'e Expression); 2] {
    [
        (left, comparison, right),
        (right, comparison.turned(), left),
    ]
}
