//! Which variables are bound, and the groups of aggregates.
//!
//! A variable of a conclusion, a comparison or arithmetic must be bound by a sentence or its opposite outside `unless`, by an
//! aggregate, or by an `=` whose other side is bound; each branch of `or` binds by itself. What passes here can be computed.

mod groups;
mod lone;
mod unbound;
mod variables;

use super::bound::{Bound, Contexts};
use super::conditions::each_aggregate_mut;
use super::scope::{Place, Scope};
use crate::complaint::Complaint;
use crate::program::{Body, Literal, Variable};
use variables::dependents;

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
}
