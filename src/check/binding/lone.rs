//! Names of variables that are met once, or nearly the same as another.

use super::Check;
use super::variables::sentence_variables;
use crate::check::bound::Bound;
use crate::check::suspects;
use crate::complaint::binding as complaints;
use crate::program::{Body, Variable};
use crate::text::{Span, nearest};

impl Check<'_> {
    /// A name that is met once, inside an exception, says no more than `?` and is more likely a slip; met once elsewhere it is one if
    /// another has nearly the same name.
    pub(super) fn lone_variables(&mut self, bodies: &[Body]) {
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
    pub(super) fn near(&self, variable: Variable) -> Option<&str> {
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
        nearest(written, others.map(|other| self.scope.written(other)))
    }

    /// `?n-1` beside `?n`: one variable where a difference is meant.
    pub(super) fn joined_name(&self) -> Option<&str> {
        let names = || self.scope.all().map(|other| self.scope.written(other));
        let is_joined = |name: &&str| {
            let (before, behind) = name.rsplit_once('-').unwrap_or((name, ""));
            let is_number = !behind.is_empty() && behind.bytes().all(|byte| byte.is_ascii_digit());
            is_number && names().any(|other| other == before)
        };
        names().find(is_joined)
    }
}
