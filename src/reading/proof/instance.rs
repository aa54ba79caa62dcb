//! Rules with values for their variables, whose premises hold in one context.

use super::filled::ground;
use super::index::Concluding;
use super::moment::Moment;
use super::search::{Among, Match, Under, Want};
use crate::core::branches::{Branch, Item, branches};
use crate::core::variables::bound_variables;
use crate::core::{Reason, Side, View};
use crate::label::Axis;
use crate::program::{Argument, RuleId};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all};
use crate::reading::standing::Bound;
use crate::value::Term;

/// Matches looked at of a condition with opposites that may or may not be met by rival values.
const MOST_OPPOSITES: usize = 1_000;

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
    /// The instance of a rule that rests on the earliest premises, not on what it concludes if there is another.
    pub(super) fn earliest_instance(
        &mut self,
        concluding: Concluding,
        wanted: Wanted<'_>,
    ) -> Option<Instance> {
        let but = (wanted.side, wanted.terms);
        [Some(but), None].into_iter().find_map(|but| {
            self.instances_but(concluding, wanted, but, Want::Earliest)
                .into_iter()
                .min_by_key(|instance| instance.rank)
        })
    }

    /// Instances of a rule that conclude a sentence, those that rest on the earliest premises first.
    pub(super) fn instances(
        &mut self,
        concluding: Concluding,
        wanted: Wanted<'_>,
        want: Want,
    ) -> Vec<Instance> {
        self.instances_but(concluding, wanted, None, want)
    }

    fn instances_but(
        &mut self,
        (rule, head): Concluding,
        wanted: Wanted<'_>,
        but: Option<(Side, &[Term])>,
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
            // What held at an earlier time is another premise than what is concluded.
            let among = Among {
                before,
                but: but.filter(|_| moment == *wanted.moment),
            };
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
                let matches = self.matches_of(branch, &start, under, (among, want));
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

    /// The matches of a rule's condition that conclude what it starts from. An opposite in a `one` relation is met by a rival value
    /// where other premises bind its terms, the conclusion does not.
    fn matches_of(
        &mut self,
        branch: &Branch<'_>,
        start: &Binding,
        under: Under<'_>,
        (among, want): (Among<'_>, Want),
    ) -> Vec<Match> {
        let unbound: Binding = vec![None; start.len()];
        if !branch
            .iter()
            .any(|item| self.is_open_opposite(item, &unbound))
        {
            return self.search(branch, start.clone(), under, among, want);
        }
        let all = Want::AtMost(MOST_OPPOSITES);
        let mut matches = self.search(branch, start.clone(), under, among, all);
        matches.retain(|found| {
            self.unbound_opposites(branch, &found.binding, under)
                .is_empty()
        });
        matches
    }

    /// The places of the opposites in `one` relations that only a rival value would meet, and whose terms nothing else binds.
    pub(super) fn unbound_opposites(
        &self,
        branch: &Branch<'_>,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<usize> {
        let unbound: Binding = vec![None; binding.len()];
        if !(branch.iter()).any(|item| self.is_open_opposite(item, &unbound)) {
            return Vec::new();
        }
        let binds = |item: &&Item<'_>| self.binds(item, binding, under);
        let bound = bound_variables(&branch.iter().filter(binds).copied().collect());
        let is_bound = |argument: &Argument| match argument {
            Argument::Variable(variable) => bound.contains(variable),
            Argument::Constant(_) => true,
        };
        let unbound = |item: &Item<'_>| match *item {
            Item::Literal(literal) => !literal.arguments.iter().all(is_bound),
            _ => false,
        };
        (0..branch.len())
            .filter(|&place| unbound(&branch[place]))
            .collect()
    }

    /// Whether an item binds the variables that it reads: an opposite in a `one` relation does so by its own row only.
    fn binds(&self, item: &Item<'_>, binding: &Binding, under: Under<'_>) -> bool {
        let unbound: Binding = vec![None; binding.len()];
        match *item {
            Item::Literal(literal) if self.is_open_opposite(item, &unbound) => {
                ground(literal, binding).is_some_and(|terms| {
                    self.own_arrival(Side::from(literal), &terms, under)
                        .is_some()
                })
            }
            _ => true,
        }
    }

    fn is_met(&self, item: &Item<'_>, binding: &Binding, under: Under<'_>) -> bool {
        match *item {
            Item::Literal(literal) => ground(literal, binding).is_some_and(|terms| {
                self.arrival_under(Side::from(literal), &terms, under)
                    .is_some()
            }),
            _ => true,
        }
    }

    /// The places of the aggregates that count nothing in a group that no other premise gives: it has no result there.
    pub(super) fn empty_groups(
        &mut self,
        branch: &Branch<'_>,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<usize> {
        let mut empty = Vec::new();
        for (place, item) in branch.iter().enumerate() {
            let Item::Aggregate(aggregate) = *item else {
                continue;
            };
            let others = branch.iter().enumerate();
            let others = others.filter(|&(other, _)| other != place);
            let others = others.map(|(_, other)| *other);
            // What is missing would give its terms by its own row.
            let binds = |other: &Item<'_>| {
                self.binds(other, binding, under) || !self.is_met(other, binding, under)
            };
            let bound = bound_variables(&others.filter(binds).collect());
            if aggregate.groups.iter().all(|group| bound.contains(group)) {
                continue;
            }
            let mut at = binding.clone();
            if let Argument::Variable(result) = aggregate.result {
                at[result.0 as usize] = None;
            }
            let results = self.aggregates_at(aggregate, &at, under);
            if results.iter().all(|result| result.matches.is_empty()) {
                empty.push(place);
            }
        }
        empty
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
