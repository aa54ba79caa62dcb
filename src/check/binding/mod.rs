//! Which variables are bound, and the groups of aggregates.
//!
//! A variable of a conclusion, a comparison or arithmetic must be bound by a sentence or its opposite outside `unless`, by an
//! aggregate, or by an `=` whose other side is bound; each branch of `or` binds by itself. What passes here can be computed.

use super::bound::{Bound, Contexts};
use super::conditions::{
    aggregate_variables, each_aggregate_mut, each_variable, expression_variables,
};
use super::scope::{Place, Scope};
use super::suspects;
use crate::complaint::{Complaint, binding as complaints};
use crate::program::{Aggregate, Argument, Body, Expression, Literal, Variable};
use crate::text::Span;
use crate::value::Comparison;

/// Settles the groups of a statement's aggregates and complains about variables that nothing binds. At most one complaint
/// for a variable.
pub(super) fn settle(
    bodies: &mut [Body],
    heads: &[Literal],
    scope: &Scope,
    complaints: &mut Vec<Complaint>,
) {
    let mut check = Check {
        scope,
        complaints,
        complained: Bound::default(),
        dependent: Bound::default(),
        deferred: None,
    };
    check.lone_variables(bodies);
    for body in bodies.iter_mut() {
        each_aggregate_mut(body, &mut |aggregate| check.group(aggregate));
    }
    for body in bodies.iter() {
        dependents(body, &mut check.dependent);
    }
    if bodies.is_empty() {
        check.heads(None, heads, &Bound::default(), &mut Contexts::default());
    }
    for (place, body) in bodies.iter().enumerate() {
        let mut contexts = Contexts::default();
        let bound = contexts.stable(body);
        check.heads(Some(body), heads, &bound, &mut contexts);
        if place == 0 && scope.place == Place::Table {
            check.columns(body, &bound, &mut contexts);
        }
        contexts.next = 0;
        check.conditions(body, &Bound::default(), &mut contexts);
    }
    check.finish();
}

struct Check<'a> {
    scope: &'a Scope,
    complaints: &'a mut Vec<Complaint>,
    complained: Bound,
    /// Variables that an aggregate or an `=` would bind if its own were bound.
    dependent: Bound,
    /// The first complaint about one of those, made only where no other variable is to blame.
    deferred: Option<Complaint>,
}

impl Check<'_> {
    fn complain(&mut self, variable: Variable, complaint: Complaint) {
        if self.complained.contains(variable) {
            return;
        }
        if self.dependent.contains(variable) {
            self.deferred.get_or_insert(complaint);
        } else {
            self.complained.insert(variable);
            self.complaints.push(complaint);
        }
    }

    fn finish(self) {
        if self.complained == Bound::default() {
            self.complaints.extend(self.deferred);
        }
    }

    /// A name that is met once, inside an exception, says no more than `?` and is more likely a slip; met once elsewhere it is one if
    /// another has nearly the same name.
    fn lone_variables(&mut self, bodies: &[Body]) {
        let once = |&&(variable, _): &&(Variable, Span)| {
            self.scope.met(variable).times == 1 && self.scope.is_named(variable)
        };
        let lone: Vec<(Variable, Span)> = self
            .scope
            .occurrences
            .iter()
            .filter(once)
            .copied()
            .collect();
        if lone.is_empty() {
            return;
        }
        // One that is only compared has a complaint of its own.
        let mut in_sentences = Bound::default();
        bodies
            .iter()
            .for_each(|body| sentence_variables(body, &mut in_sentences));
        for (variable, at) in lone
            .into_iter()
            .filter(|&(variable, _)| in_sentences.contains(variable))
        {
            let near = self.near(variable);
            let written = self.scope.written(variable);
            if self.scope.met(variable).depth > 0 {
                self.complain(variable, complaints::once_in_exception(written, at, near));
            } else if let Some(near) = near.filter(|near| suspects::one_slip_apart(written, near)) {
                // Of two that are met once each, the later is pointed at.
                let other = self
                    .scope
                    .all()
                    .find(|&other| self.scope.written(other) == near);
                let later = other
                    .is_some_and(|other| self.scope.met(other).times == 1 && other.0 > variable.0);
                if !later {
                    self.complaints
                        .push(complaints::nearly_another(written, near, at));
                }
            }
        }
    }

    /// Another variable of the statement with nearly the same name.
    fn near(&self, variable: Variable) -> Option<&str> {
        /// Each lone variable looks at all others.
        const MOST: usize = 200;
        let written = self.scope.written(variable);
        if self.scope.all().nth(MOST).is_some() {
            return None;
        }
        let others = self.scope.all().filter(|&other| self.scope.is_named(other));
        if written.len() < 4 {
            let is_meant =
                |other: &str| other != written && other.to_lowercase() == written.to_lowercase();
            return others
                .map(|other| self.scope.written(other))
                .find(|other| is_meant(other));
        }
        crate::text::nearest(written, others.map(|other| self.scope.written(other)))
    }

    /// `?n-1` beside `?n`: one variable where a difference is meant.
    fn joined_name(&self) -> Option<&str> {
        let names = || self.scope.all().map(|other| self.scope.written(other));
        let is_joined = |name: &&str| {
            let (before, behind) = name.rsplit_once('-').unwrap_or((name, ""));
            let is_number = !behind.is_empty() && behind.bytes().all(|byte| byte.is_ascii_digit());
            is_number && names().any(|other| other == before)
        };
        names().find(is_joined)
    }

    /// Groups by the variables used outside, and complains where what is counted is one of them.
    fn group(&mut self, aggregate: &mut Aggregate) {
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
                super::conditions::kind_word(aggregate.kind),
                inside,
                outside,
            );
            self.complain(variable, complaint);
        }
        aggregate.groups = groups;
    }

    fn heads(
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
    fn columns(&mut self, body: &Body, bound: &Bound, contexts: &mut Contexts) {
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
    fn conditions(&mut self, body: &Body, around: &Bound, contexts: &mut Contexts) {
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

fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
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

/// The variables that an aggregate or an `=` binds once its own are bound.
fn dependents(body: &Body, into: &mut Bound) {
    match body {
        Body::Literal(_) => {}
        Body::Comparison {
            left,
            comparison,
            right,
            ..
        } => {
            if *comparison == Comparison::Equal {
                for side in [left, right] {
                    if let Expression::Argument(Argument::Variable(variable)) = side {
                        into.insert(*variable);
                    }
                }
            }
        }
        Body::Aggregate(aggregate) => {
            if let Argument::Variable(result) = aggregate.result {
                into.insert(result);
            }
            aggregate.groups.iter().for_each(|&group| {
                into.insert(group);
            });
            aggregate
                .condition
                .iter()
                .for_each(|part| dependents(part, into));
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| dependents(part, into)),
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| dependents(body, into));
            exceptions
                .iter()
                .for_each(|exception| dependents(exception, into));
        }
    }
}

/// The variables of the sentences of a condition, exceptions and aggregates apart.
fn each_sentence_variable(body: &Body, visit: &mut impl FnMut(Variable)) {
    match body {
        Body::Literal(_) => each_variable(body, visit),
        Body::Comparison { .. } | Body::Aggregate(_) => {}
        Body::And(parts) | Body::Or(parts) => {
            parts
                .iter()
                .for_each(|part| each_sentence_variable(part, visit));
        }
        Body::Unless { body, .. } => {
            body.iter()
                .for_each(|body| each_sentence_variable(body, visit));
        }
    }
}

/// The variables of all sentences of a condition.
fn sentence_variables(body: &Body, into: &mut Bound) {
    match body {
        Body::Literal(_) => each_variable(body, &mut |variable| {
            into.insert(variable);
        }),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| sentence_variables(part, into));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| sentence_variables(part, into));
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| sentence_variables(body, into));
            exceptions
                .iter()
                .for_each(|exception| sentence_variables(exception, into));
        }
    }
}

fn each_exception<'b>(body: &'b Body, visit: &mut impl FnMut(&'b Body)) {
    match body {
        Body::Literal(_) | Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => {
            aggregate
                .condition
                .iter()
                .for_each(|part| each_exception(part, visit));
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_exception(part, visit));
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|body| each_exception(body, visit));
            exceptions.iter().for_each(visit);
        }
    }
}

/// Where a condition stands.
pub(super) fn body_span(body: &Body) -> Span {
    match body {
        Body::Literal(literal) => literal.at,
        Body::Comparison { at, .. } => *at,
        Body::Aggregate(aggregate) => aggregate.at,
        Body::And(parts) | Body::Or(parts) => spans(parts.iter()),
        Body::Unless { body, exceptions } => {
            spans(body.iter().map(|body| &**body).chain(exceptions))
        }
    }
}

fn spans<'b>(parts: impl Iterator<Item = &'b Body>) -> Span {
    parts.map(body_span).reduce(Span::to).unwrap_or_default()
}
