//! Variables of conclusions, columns, comparisons and exceptions that nothing binds, and how each comes to be so.

use super::Check;
use super::variables::{body_span, each_exception, each_sentence_variable};
use crate::check::bound::{Bound, Contexts};
use crate::check::conditions::{each_variable, expression_variables};
use crate::check::scope::Place;
use crate::complaint::{Complaint, binding as complaints};
use crate::program::{Argument, Body, Literal, Variable};
use crate::text::Span;

impl Check<'_> {
    pub(super) fn heads(
        &mut self,
        body: Option<&Body>,
        heads: &[Literal],
        bound: &Bound,
        contexts: &mut Contexts,
    ) {
        for head in heads {
            for argument in &head.arguments {
                let Argument::Variable(variable) = *argument else {
                    continue;
                };
                if bound.contains(variable) && self.scope.is_named(variable) {
                    continue;
                }
                let at = self.scope.first_within(variable, head.at);
                let written = self.scope.written(variable);
                let complaint = if self.scope.is_named(variable) {
                    let why = self.why_unbound(variable, body, contexts);
                    complaints::unbound_in_conclusion(written, at, &why)
                } else {
                    complaints::anything_in_conclusion(at)
                };
                self.complain(variable, complaint);
            }
        }
    }

    /// Each row of a table has a value in each column; the first column without is complained of.
    pub(super) fn columns(&mut self, body: &Body, bound: &Bound, contexts: &mut Contexts) {
        let mut columns = Vec::new();
        each_sentence_variable(body, &mut |variable| columns.push(variable));
        for variable in columns {
            let written = self.scope.written(variable);
            if written == "?" || bound.contains(variable) {
                continue;
            }
            if let Some(branch) = branch_without(body, variable, contexts) {
                let at = self.scope.first_within(variable, body_span(body));
                let complaint = complaints::asked_on_one_side(written, at, branch);
                return self.complain(variable, complaint);
            }
        }
    }

    /// How a variable comes to be bound by nothing.
    fn why_unbound(
        &self,
        variable: Variable,
        body: Option<&Body>,
        contexts: &mut Contexts,
    ) -> complaints::Unbound {
        let Some(body) = body else {
            return complaints::Unbound::NoCondition;
        };
        if let Some(branch) = branch_without(body, variable, contexts) {
            return complaints::Unbound::Branch(branch);
        }
        let mut in_exception = false;
        let mut met = false;
        each_exception(body, &mut |exception| {
            each_variable(exception, &mut |other| in_exception |= other == variable);
        });
        each_variable(body, &mut |other| met |= other == variable);
        if in_exception {
            complaints::Unbound::OnlyInException
        } else if met {
            complaints::Unbound::OnlyCompared(self.joined_name().map(str::to_owned))
        } else {
            complaints::Unbound::Nowhere(self.near(variable).map(str::to_owned))
        }
    }

    /// Complains about comparisons, aggregates and exceptions with variables that nothing binds.
    pub(super) fn conditions(&mut self, body: &Body, around: &Bound, contexts: &mut Contexts) {
        if let Body::Literal(_) = body {
            contexts.pass_over();
            return;
        }
        let (_, bound) = contexts.enter(around);
        match body {
            Body::Literal(_) => {}
            Body::Comparison {
                left, right, at, ..
            } => {
                let mut unbound = Vec::new();
                let mut visit = |variable| {
                    if !bound.contains(variable) {
                        unbound.push(variable);
                    }
                };
                expression_variables(left, &mut visit);
                expression_variables(right, &mut visit);
                unbound.into_iter().for_each(|variable| {
                    self.unbound_in_condition(variable, *at, complaints::unbound_in_comparison);
                });
            }
            Body::Aggregate(aggregate) => {
                let (_, inner) = contexts.enter(&bound);
                for part in &aggregate.condition {
                    self.conditions(part, &inner, contexts);
                }
                let mut unbound = Vec::new();
                expression_variables(&aggregate.over, &mut |variable| {
                    if !inner.contains(variable) {
                        unbound.push(variable);
                    }
                });
                for variable in unbound {
                    self.unbound_in_condition(variable, aggregate.at, complaints::unbound_in_count);
                }
            }
            Body::And(parts) | Body::Or(parts) => {
                parts
                    .iter()
                    .for_each(|part| self.conditions(part, &bound, contexts));
            }
            Body::Unless { body, exceptions } => {
                if let Some(body) = body {
                    self.conditions(body, &bound, contexts);
                }
                for exception in exceptions {
                    self.shared_with_exception(exception, &bound);
                    self.conditions(exception, &bound, contexts);
                }
            }
        }
    }

    /// A variable that an exception shares with what is outside must be bound there.
    fn shared_with_exception(&mut self, exception: &Body, bound: &Bound) {
        let mut shared = Vec::new();
        each_variable(exception, &mut |variable| {
            let inside = self.scope.met(variable).depth > 0;
            if !bound.contains(variable) && !inside && self.scope.is_named(variable) {
                shared.push(variable);
            }
        });
        let at = body_span(exception);
        for variable in shared {
            let at = self.scope.first_within(variable, at);
            let complaint = complaints::unbound_in_exception(self.scope.written(variable), at);
            self.complain(variable, complaint);
        }
    }

    fn unbound_in_condition(
        &mut self,
        variable: Variable,
        within: Span,
        say: fn(&str, Span, Option<&str>) -> Complaint,
    ) {
        let at = self.scope.first_within(variable, within);
        let written = self.scope.written(variable);
        let complaint = if self.scope.is_named(variable) {
            let near = if self.scope.met(variable).times == 1 {
                self.near(variable)
            } else {
                None
            };
            say(written, at, near)
        } else {
            complaints::unnamed_in_comparison(written, at, self.scope.place == Place::Rule)
        };
        self.complain(variable, complaint);
    }
}

/// The branch of an `or` that keeps a variable from being bound where the others bind it.
fn branch_without(body: &Body, variable: Variable, contexts: &mut Contexts) -> Option<Span> {
    contexts.next = 0;
    let mut found = None;
    find_branch(body, variable, &Bound::default(), contexts, &mut found);
    found
}

fn find_branch(
    body: &Body,
    variable: Variable,
    around: &Bound,
    contexts: &mut Contexts,
    found: &mut Option<Span>,
) {
    let (id, _) = contexts.enter(around);
    match body {
        Body::Literal(_) | Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            contexts.enter(around);
            let mut skip = None;
            for part in &aggregate.condition {
                find_branch(part, variable, around, contexts, &mut skip);
            }
        }
        Body::And(parts) => {
            parts
                .iter()
                .for_each(|part| find_branch(part, variable, around, contexts, found));
        }
        Body::Or(parts) => {
            let mut bound = Vec::new();
            for part in parts {
                let branch = contexts.next;
                let mut skip = None;
                find_branch(part, variable, around, contexts, &mut skip);
                bound.push(contexts.bound[branch].contains(variable));
            }
            if bound.contains(&true)
                && !contexts.bound[id].contains(variable)
                && let Some(lacking) = bound.iter().position(|&bound| !bound)
            {
                *found = Some(body_span(&parts[lacking]));
            }
        }
        Body::Unless { body, exceptions } => {
            let mut skip = None;
            body.iter()
                .for_each(|body| find_branch(body, variable, around, contexts, found));
            for exception in exceptions {
                find_branch(exception, variable, around, contexts, &mut skip);
            }
        }
    }
}
