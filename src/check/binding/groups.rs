//! What an aggregate groups by.

use super::Check;
use crate::check::conditions::{aggregate_variables, expression_variables, kind_word};
use crate::complaint::binding as complaints;
use crate::program::{Aggregate, Argument, Variable};
use crate::text::Span;

impl Check<'_> {
    /// Groups by the variables used outside, and complains where what is counted is one of them.
    pub(super) fn group(&mut self, aggregate: &mut Aggregate) {
        let mut inside: Vec<Variable> = Vec::new();
        aggregate_variables(aggregate, &mut |variable| inside.push(variable));
        inside.sort_unstable();
        let used_outside = |variable: Variable| {
            let times = inside.partition_point(|&other| other <= variable)
                - inside.partition_point(|&other| other < variable);
            self.scope.met(variable).times as usize > times
        };
        let mut groups = inside.clone();
        groups.dedup();
        groups.retain(|&variable| {
            Argument::Variable(variable) != aggregate.result && used_outside(variable)
        });
        let mut counted = Vec::new();
        expression_variables(&aggregate.over, &mut |variable| counted.push(variable));
        let scope = self.scope;
        if let Argument::Variable(result) = aggregate.result
            && counted.contains(&result)
        {
            let at = scope.first_within(result, aggregate.at);
            self.complain(
                result,
                complaints::result_counted(scope.written(result), at),
            );
        } else if !counted.is_empty() && counted.iter().all(|variable| groups.contains(variable)) {
            let variable = counted[0];
            let outside = scope
                .occurrences
                .iter()
                .find(|(other, at)| *other == variable && !contains(aggregate.at, *at))
                .map_or(aggregate.at, |&(_, at)| at);
            let inside = scope.first_within(variable, aggregate.at);
            let complaint = complaints::counted_used_outside(
                scope.written(variable),
                kind_word(aggregate.kind),
                inside,
                outside,
            );
            self.complain(variable, complaint);
        }
        aggregate.groups = groups;
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
