//! Conditions with values for their variables, as far as a binding has them: what a proof says of comparisons, exceptions and
//! aggregates.

use crate::program::{Argument, Body, Expression, Literal, Variables};
use crate::reading::Reader;
use crate::reading::matching::{Binding, value};
use crate::say;
use crate::value::Term;
use smol_str::SmolStr;

impl Reader<'_> {
    /// A condition as people read it.
    pub(in crate::reading) fn words(&self, variables: &Variables, body: &Body) -> String {
        self.wording(variables).body(body)
    }

    pub(super) fn wording<'a>(&'a self, variables: &'a Variables) -> say::Wording<'a> {
        say::Wording {
            relations: &self.program.relations,
            terms: &self.model.terms,
            variables,
        }
    }
}

/// The named variables of a statement with their values.
pub fn named_values(variables: &Variables, binding: &Binding) -> Vec<(SmolStr, Term)> {
    let named = variables
        .0
        .iter()
        .zip(binding)
        .filter(|(name, _)| *name != "?");
    named
        .filter_map(|(name, value)| value.map(|value| (name.clone(), value)))
        .collect()
}

/// The terms of a literal under a binding that has all of them.
pub fn ground(literal: &Literal, binding: &Binding) -> Option<Vec<Term>> {
    literal
        .arguments
        .iter()
        .map(|&argument| value(argument, binding))
        .collect()
}

/// An expression with values for its variables.
pub fn filled(expression: &Expression, binding: &Binding) -> Expression {
    expression.with_arguments(&mut |argument| filled_argument(argument, binding))
}

/// A condition with values for its variables.
pub fn filled_body(body: &Body, binding: &Binding) -> Body {
    body.with_arguments(&mut |argument| filled_argument(argument, binding))
}

fn filled_argument(argument: Argument, binding: &Binding) -> Argument {
    value(argument, binding).map_or(argument, Argument::Constant)
}
