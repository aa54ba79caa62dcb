//! Expressions of core rules, compiled to a flat list of steps over the slots of a rule.

use crate::core::{Argument, CoreExpression};
use crate::value::{Comparison, Operation, Term, Terms, Trouble};

/// An expression in postfix order; a chain of any length needs no recursion.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
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
        if let Some(slot) = self.as_slot() {
            return Ok(slots[slot as usize]);
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
                    compute(whole(-1), Operation::Multiply, operand(&mut stack), terms)?
                }
                Step::Power(exponent) => power(operand(&mut stack), *exponent, terms)?,
                Step::Binary(operation) => {
                    let right = operand(&mut stack);
                    compute(operand(&mut stack), *operation, right, terms)?
                }
            };
            stack.push(value);
        }
        Ok(stack.pop().expect("an expression has a value"))
    }
}

/// The term of a small number.
pub fn whole(small: i64) -> Term {
    Term::small(small).expect("a small number")
}

/// One step of arithmetic; small whole numbers stay terms throughout.
pub fn compute(
    left: Term,
    operation: Operation,
    right: Term,
    terms: &mut Terms,
) -> Result<Term, Trouble> {
    if let (Some(left), Some(right)) = (left.as_small(), right.as_small()) {
        let small = match operation {
            Operation::Add => Some(left + right),
            Operation::Subtract => Some(left - right),
            Operation::Multiply => Some(left * right),
            Operation::Divide if right != 0 && left % right == 0 => Some(left / right),
            Operation::Divide | Operation::Remainder => None,
        };
        if let Some(small) = small {
            return Ok(terms.whole(small));
        }
    }
    let value = crate::value::compute(&terms.get(left), operation, &terms.get(right))?;
    Ok(terms.intern(value))
}

/// Whether a comparison holds.
pub fn compare(
    left: Term,
    comparison: Comparison,
    right: Term,
    terms: &Terms,
) -> Result<bool, Trouble> {
    if left == right && comparison == Comparison::Equal {
        return Ok(true);
    }
    if left == right && comparison == Comparison::NotEqual {
        return Ok(false);
    }
    if let (Some(left), Some(right)) = (left.as_small(), right.as_small()) {
        return Ok(match comparison {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
        });
    }
    crate::value::compare(&terms.get(left), comparison, &terms.get(right))
}

/// By squaring; a negative exponent divides.
fn power(base: Term, exponent: i64, terms: &mut Terms) -> Result<Term, Trouble> {
    let mut result = whole(1);
    let mut square = base;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = compute(result, Operation::Multiply, square, terms)?;
        }
        rest >>= 1;
        if rest > 0 {
            square = compute(square, Operation::Multiply, square, terms)?;
        }
    }
    if exponent < 0 {
        compute(whole(1), Operation::Divide, result, terms)
    } else {
        Ok(result)
    }
}
