//! Instances of written rules: the bindings under which a rule concludes a sentence in one context, from premises that arrived
//! before it.

use super::moment::Moment;
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::program::{Argument, Literal, RuleId, Verb};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all, value};
use crate::reading::standing::Bound;
use crate::value::Term;

/// A rule with a value for each of its variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    pub rule: RuleId,
    /// Which alternative of the body.
    pub branch: usize,
    pub binding: Binding,
    /// When the premises hold: the context itself, or an earlier one for `[from then on]`.
    pub moment: Moment,
    /// When the last of its premises arrived.
    pub rank: u32,
}

impl Reader<'_> {
    /// When a literal arrived under a view in a context; `None` where it does not hold there.
    pub(in crate::reading) fn arrival(&self, side: Side, terms: &[Term], view: View, moment: &Moment) -> Option<u32> {
        let table = self.table(self.view(side, view)?, Bound::Lower);
        let row = table.find(terms)?;
        table.arrivals(row).into_iter().find(|&(_, part)| self.at_moment(part, moment)).map(|(round, _)| round)
    }

    /// Every rule with a head that concludes (or, for doubts, speaks for) a side, with the place of the head.
    pub(in crate::reading) fn rules_for(&self, side: Side) -> Vec<(RuleId, usize)> {
        let mut found = Vec::new();
        for (number, rule) in self.program.rules.iter().enumerate() {
            for (place, head) in rule.heads.iter().enumerate() {
                let negative = head.negative != (rule.verb == Verb::CastsDoubtOn);
                if head.relation == side.relation && negative == side.negative {
                    found.push((RuleId(number as u32), place));
                }
            }
        }
        found
    }

    /// The instances of a rule that conclude a sentence in a context, premises read under a view; those that rest on the earliest
    /// premises first. With `before`, only those whose premises arrived earlier.
    pub(in crate::reading) fn instances(
        &mut self,
        (rule, head): (RuleId, usize),
        terms: &[Term],
        view: View,
        moment: &Moment,
        before: Option<u32>,
    ) -> Vec<Instance> {
        let written = &self.program.rules[rule.0 as usize];
        if !self.in_force(rule, moment) {
            return Vec::new();
        }
        let mut start: Binding = vec![None; written.variables.0.len()];
        if !bind_all(&written.heads[head].arguments, terms, &mut start) {
            return Vec::new();
        }
        let moments = if written.from_then_on { self.earlier(moment) } else { vec![moment.clone()] };
        let mut found: Vec<Instance> = Vec::new();
        for moment in moments {
            for (place, branch) in branches(written.body.as_ref()).unwrap_or_default().iter().enumerate() {
                let bindings = self.bindings_at(written.at, branch, start.clone(), (view, Bound::Lower), &moment);
                for binding in bindings {
                    let rank = self.rank(branch, &binding, view, &moment);
                    if before.is_none_or(|before| rank < before) {
                        found.push(Instance { rule, branch: place, binding, moment: moment.clone(), rank });
                    }
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found.sort_by_key(|instance| instance.rank);
        found
    }

    fn in_force(&self, rule: RuleId, moment: &Moment) -> bool {
        let period = self.program.rules[rule.0 as usize].period;
        match (period, self.axis(crate::label::Axis::Time)) {
            (Some(period), Some(axis)) => self.core.segments.covered(period).contains(&moment.0[axis.0 as usize]),
            _ => true,
        }
    }

    /// When the last premise of an instance arrived; 0 without premises.
    fn rank(&self, branch: &[Item<'_>], binding: &Binding, view: View, moment: &Moment) -> u32 {
        let literals = branch.iter().filter_map(|item| match item {
            Item::Literal(literal) => Some(literal),
            _ => None,
        });
        literals
            .filter_map(|literal| {
                let side = Side { relation: literal.relation, negative: literal.negative };
                self.arrival(side, &ground(literal, binding)?, view, moment)
            })
            .max()
            .unwrap_or(0)
    }
}

/// The terms of a literal under a binding that has all of them.
pub fn ground(literal: &Literal, binding: &Binding) -> Option<Vec<Term>> {
    literal.arguments.iter().map(|&argument: &Argument| value(argument, binding)).collect()
}
