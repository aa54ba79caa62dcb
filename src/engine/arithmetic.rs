//! Expressions of core rules, compiled to a flat list of steps over the slots of a rule.

use crate::core::{Argument, CoreExpression};
use crate::value::{Operation, Term, Terms, Trouble, negate, power};

/// An expression in postfix order; a chain of any length needs no recursion.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Formula {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Slot(u32),
    Negative,
    Binary(Operation),
    Power(i64),
}

impl Formula {
    /// `slot_of` gives each argument, a constant too, its slot.
    pub fn new(expression: &CoreExpression, mut slot_of: impl FnMut(Argument) -> u32) -> Self {
        let mut steps = Vec::new();
        let mut open = vec![expression];
        // Operators before their operands, the right one first: the reverse of the postfix order.
        while let Some(expression) = open.pop() {
            match expression {
                CoreExpression::Argument(argument) => steps.push(Step::Slot(slot_of(*argument))),
                CoreExpression::Negative(inner) => {
                    steps.push(Step::Negative);
                    open.push(inner);
                }
                CoreExpression::Binary {
                    left,
                    operation,
                    right,
                } => {
                    steps.push(Step::Binary(*operation));
                    open.extend([&**left, &**right]);
                }
                CoreExpression::Power { base, exponent } => {
                    steps.push(Step::Power(*exponent));
                    open.push(base);
                }
            }
        }
        steps.reverse();
        Self { steps }
    }

    /// The slot that this is, if it is nothing more.
    pub fn as_slot(&self) -> Option<u32> {
        match self.steps[..] {
            [Step::Slot(slot)] => Some(slot),
            _ => None,
        }
    }

    pub fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        self.steps.iter().filter_map(|step| match step {
            Step::Slot(slot) => Some(*slot),
            _ => None,
        })
    }

    /// The value over these slots.
    pub fn value(&self, slots: &[Term], terms: &mut Terms) -> Result<Term, Trouble> {
        match self.steps[..] {
            [Step::Slot(slot)] => return Ok(slots[slot as usize]),
            [Step::Slot(left), Step::Slot(right), Step::Binary(operation)] => {
                return terms.compute(slots[left as usize], operation, slots[right as usize]);
            }
            _ => {}
        }
        let mut stack = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let operand = |stack: &mut Vec<Term>| {
                stack
                    .pop()
                    .expect("postfix order gives every operator its operands")
            };
            let value = match step {
                Step::Slot(slot) => slots[*slot as usize],
                Step::Negative => {
                    let value = negate(&terms.get(operand(&mut stack)))?;
                    terms.intern(value)
                }
                Step::Power(exponent) => {
                    let value = power(&terms.get(operand(&mut stack)), *exponent)?;
                    terms.intern(value)
                }
                Step::Binary(operation) => {
                    let right = operand(&mut stack);
                    terms.compute(operand(&mut stack), *operation, right)?
                }
            };
            stack.push(value);
        }
        Ok(stack.pop().expect("an expression has a value"))
    }
}
