//! Rules with values for their variables, whose premises hold in one context.

use super::index::Concluding;
use super::moment::Moment;
use super::search::{Match, Under, Want};
use crate::core::branches::branches;
use crate::core::{Reason, Side, View};
use crate::label::Axis;
use crate::program::RuleId;
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all};
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

/// A sentence to be concluded, in a context, from premises read under a view.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub side: Side,
    pub terms: &'a [Term],
    pub view: View,
    pub moment: &'a Moment,
    /// Premises must have arrived before this round.
    pub before: Option<u32>,
}

impl Reader<'_> {
    /// The instance of a rule that rests on the earliest premises.
    pub(super) fn earliest_instance(
        &mut self,
        concluding: Concluding,
        wanted: Wanted<'_>,
    ) -> Option<Instance> {
        self.instances(concluding, wanted, Want::Earliest)
            .into_iter()
            .min_by_key(|instance| instance.rank)
    }

    /// Instances of a rule that conclude a sentence, those that rest on the earliest premises first.
    pub(super) fn instances(
        &mut self,
        (rule, head): Concluding,
        wanted: Wanted<'_>,
        want: Want,
    ) -> Vec<Instance> {
        let Wanted {
            side,
            terms,
            view,
            moment,
            before,
        } = wanted;
        let program = self.program;
        let written = &program.rules[rule.0 as usize];
        if !self.may_fire(side, &Reason::Rule(rule), view, terms, moment) {
            return Vec::new();
        }
        let mut start: Binding = vec![None; written.variables.0.len()];
        if !bind_all(&written.heads[head].arguments, terms, &mut start) {
            return Vec::new();
        }
        let moments = if written.from_then_on {
            self.earlier(moment)
        } else {
            vec![moment.clone()]
        };
        let all = branches(written.body.as_ref()).unwrap_or_default();
        let mut found: Vec<Instance> = Vec::new();
        for moment in moments {
            if !self.in_force(rule, &moment) {
                continue;
            }
            for (place, branch) in all.iter().enumerate() {
                let under = Under {
                    view,
                    bound: Bound::Lower,
                    moment: &moment,
                    variables: &written.variables,
                };
                let matches = self.search(branch, start.clone(), under, before, want);
                let instance = |Match { binding, rank }| Instance {
                    rule,
                    branch: place,
                    binding,
                    moment: moment.clone(),
                    rank,
                };
                found.extend(matches.into_iter().map(instance));
            }
            if !found.is_empty() {
                break;
            }
        }
        found.sort_by_key(|instance| instance.rank);
        found
    }

    pub(super) fn in_force(&self, rule: RuleId, moment: &Moment) -> bool {
        let period = self.program.rules[rule.0 as usize].period;
        match (period, self.axis(Axis::Time)) {
            (Some(period), Some(axis)) => self
                .core
                .segments
                .covered(period)
                .contains(&moment.0[axis.0 as usize]),
            _ => true,
        }
    }
}
