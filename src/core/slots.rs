//! Written variables → the slots of one core rule.

use super::rule::{Argument, Atom, CoreExpression, CoreId, CoreLiteral, Slot};
use crate::program::{self, Expression, Literal, Variable};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The slots of one core rule under construction.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    of: FxHashMap<Variable, Slot>,
    next: u32,
}

impl Slots {
    pub fn of(&mut self, variable: Variable) -> Slot {
        let next = &mut self.next;
        *self.of.entry(variable).or_insert_with(|| {
            *next += 1;
            Slot(*next - 1)
        })
    }

    pub fn fresh(&mut self) -> Slot {
        self.next += 1;
        Slot(self.next - 1)
    }

    pub fn count(&self) -> u32 {
        self.next
    }

    /// The written variable of each slot, where it has one.
    pub fn names(&self) -> Vec<Option<Variable>> {
        let mut names = vec![None; self.next as usize];
        for (&variable, &slot) in &self.of {
            names[slot.0 as usize] = Some(variable);
        }
        names
    }

    pub fn argument(&mut self, argument: program::Argument) -> Argument {
        match argument {
            program::Argument::Constant(term) => Argument::Constant(term),
            program::Argument::Variable(variable) => Argument::Slot(self.of(variable)),
        }
    }

    pub fn atom(&mut self, relation: CoreId, literal: &Literal) -> Atom {
        let arguments = literal
            .arguments
            .iter()
            .map(|&argument| self.argument(argument))
            .collect();
        Atom {
            relation,
            arguments,
        }
    }

    /// The same, where a variable that nothing outside knows matches anything: in `unless ?y blocks ?x or ?y delays ?x` each side
    /// may be met by another `?y`.
    pub fn atom_apart(
        &mut self,
        relation: CoreId,
        literal: &Literal,
        known: &BTreeSet<Variable>,
    ) -> Atom {
        let arguments = literal
            .arguments
            .iter()
            .map(|&argument| match argument {
                program::Argument::Variable(variable) if !known.contains(&variable) => {
                    Argument::Slot(self.fresh())
                }
                _ => self.argument(argument),
            })
            .collect();
        Atom {
            relation,
            arguments,
        }
    }

    pub fn expression(&mut self, expression: &Expression) -> CoreExpression {
        match expression {
            Expression::Argument(argument) => CoreExpression::Argument(self.argument(*argument)),
            Expression::Negative(inner) => {
                CoreExpression::Negative(Box::new(self.expression(inner)))
            }
            Expression::Binary {
                left,
                operation,
                right,
            } => CoreExpression::Binary {
                left: Box::new(self.expression(left)),
                operation: *operation,
                right: Box::new(self.expression(right)),
            },
            Expression::Power { base, exponent } => CoreExpression::Power {
                base: Box::new(self.expression(base)),
                exponent: *exponent,
            },
        }
    }
}

impl Slots {
    /// Takes the slots of another body over, those of the same variable being one; answers where each of them went.
    pub fn adopt(&mut self, other: &Self) -> Vec<Slot> {
        other
            .names()
            .into_iter()
            .map(|name| match name {
                Some(variable) => self.of(variable),
                None => self.fresh(),
            })
            .collect()
    }
}

/// A literal with its slots replaced.
pub fn renamed(mut literal: CoreLiteral, slots: &[Slot]) -> CoreLiteral {
    let to = |slot: &mut Slot| *slot = slots[slot.0 as usize];
    let argument = |argument: &mut Argument| {
        if let Argument::Slot(slot) = argument {
            to(slot);
        }
    };
    match &mut literal {
        CoreLiteral::Holds(atom) | CoreLiteral::Fails(atom) => {
            atom.arguments.iter_mut().for_each(argument)
        }
        CoreLiteral::Compare { left, right, .. }
        | CoreLiteral::CompareFails { left, right, .. } => {
            left.each_argument(&argument);
            right.each_argument(&argument);
        }
        CoreLiteral::Aggregate(aggregate) => {
            argument(&mut aggregate.result);
            aggregate.over.each_argument(&argument);
            aggregate
                .arguments
                .iter_mut()
                .chain(&mut aggregate.groups)
                .chain(
                    aggregate
                        .call
                        .iter_mut()
                        .flat_map(|call| &mut call.arguments),
                )
                .for_each(to);
        }
    }
    literal
}
