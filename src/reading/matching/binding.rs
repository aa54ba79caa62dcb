//! Values for the variables of a statement, and what can be read off with them.

use crate::core::Side;
use crate::core::variables::expression_variables;
use crate::program::{Argument, Expression, Literal, Variable};
use crate::reading::Reader;
use crate::value::{Operation, Term, Trouble};
use std::collections::BTreeSet;

/// A value for each variable of a statement, where it has one yet.
pub type Binding = Vec<Option<Term>>;

/// A literal with the values that its variables have so far.
pub fn pattern(literal: &Literal, binding: &Binding) -> (Side, Vec<Option<Term>>) {
    let side = Side::from(literal);
    (
        side,
        literal
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect(),
    )
}

pub fn value(argument: Argument, binding: &Binding) -> Option<Term> {
    match argument {
        Argument::Constant(term) => Some(term),
        Argument::Variable(variable) => binding[variable.0 as usize],
    }
}

/// Binds a row to arguments; whether they agree.
pub fn bind_all(arguments: &[Argument], row: &[Term], binding: &mut Binding) -> bool {
    arguments
        .iter()
        .zip(row)
        .all(|(&argument, &term)| match argument {
            Argument::Constant(constant) => constant == term,
            Argument::Variable(variable) => {
                *binding[variable.0 as usize].get_or_insert(term) == term
            }
        })
}

pub fn free_variable(expression: &Expression) -> Option<Variable> {
    match expression {
        Expression::Argument(Argument::Variable(variable)) => Some(*variable),
        _ => None,
    }
}

pub fn open_variables(expression: &Expression, binding: &Binding) -> usize {
    let mut variables = BTreeSet::new();
    expression_variables(expression, &mut variables);
    variables
        .into_iter()
        .filter(|variable| binding[variable.0 as usize].is_none())
        .count()
}

impl Reader<'_> {
    /// The value of an expression, `None` where a variable of it is open.
    pub fn evaluate(
        &mut self,
        expression: &Expression,
        binding: &Binding,
    ) -> Result<Option<Term>, Trouble> {
        match expression {
            Expression::Argument(argument) => Ok(value(*argument, binding)),
            Expression::Negative(inner) => match self.evaluate(inner, binding)? {
                Some(value) => {
                    let zero = self.model.terms.whole(-1);
                    self.model
                        .terms
                        .compute(zero, Operation::Multiply, value)
                        .map(Some)
                }
                None => Ok(None),
            },
            Expression::Binary {
                left,
                operation,
                right,
            } => {
                match (
                    self.evaluate(left, binding)?,
                    self.evaluate(right, binding)?,
                ) {
                    (Some(left), Some(right)) => {
                        self.model.terms.compute(left, *operation, right).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            Expression::Power { base, exponent } => match self.evaluate(base, binding)? {
                Some(base) => self.model.terms.power(base, *exponent).map(Some),
                None => Ok(None),
            },
        }
    }
}
