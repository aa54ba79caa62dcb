//! What to do where a value cannot be computed.
//!
//! It is an error only of a match in which everything else holds: `?y != 0 and ?x / ?y > 3` is none where ?y is 0. So that this
//! does not depend on the order of the join, the goals not yet joined are searched for a completion, by plain trial: a goal that itself
//! cannot be computed, or hangs on such a one, counts as holding.

use super::Join;
use crate::engine::aggregate::TROUBLED;
use crate::engine::arithmetic::Formula;
use crate::engine::goal::{Goal, TableId};
use crate::engine::items::{Items, Mark};
use crate::engine::limits::Halt;
use crate::engine::plan::{AggregateLevel, Hazard, Which};
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::value::{Comparison, Term, Trouble};

/// A match in part.
#[derive(Clone)]
struct Attempt<T> {
    bindings: Vec<Option<Term>>,
    rest: Vec<usize>,
    label: T,
}

/// What becomes of a goal that needs no search.
enum Verdict<T> {
    Fails,
    Holds(T),
    Binds(u32, Term),
    /// It cannot be told before more is bound.
    Later,
}

impl<L: Labels> Join<'_, '_, '_, L> {
    /// An error if the match in hand can be completed; else nothing. What the plan has bound there has a value, and these slots.
    pub(super) fn trouble(
        &mut self,
        hazard: Option<Hazard>,
        also: &[u32],
        label: L::Label,
        trouble: Trouble,
    ) -> Result<(), Halt> {
        if let Some(passed_over) = &mut self.scope.passed_over {
            **passed_over = true;
            return Ok(());
        }
        let Some(hazard) = hazard.filter(|_| !self.scope.meter.is_lenient()) else {
            return Ok(());
        };
        let mut bindings = vec![None; self.slots.len()];
        for &slot in self.plan.bound[..hazard.bound].iter().chain(also) {
            bindings[slot as usize] = Some(self.slots[slot as usize]);
        }
        let own = self.clause.variables as usize;
        for (binding, &value) in bindings.iter_mut().zip(&self.slots).skip(own) {
            *binding = Some(value);
        }
        let mut rest = self.plan.joined[hazard.joined..].to_vec();
        rest.sort_unstable();
        let begun = bindings[..self.clause.variables as usize].to_vec();
        let attempt = Attempt {
            bindings,
            rest,
            label,
        };
        if self.completes(attempt)? {
            return Err(Halt::Trouble {
                rule: self.clause.rule,
                bindings: begun,
                trouble,
            });
        }
        Ok(())
    }

    /// The same for an aggregate of a group that cannot be computed.
    pub(super) fn aggregate_trouble(
        &mut self,
        level: &AggregateLevel,
        table: TableId,
        label: L::Label,
    ) -> Result<(), Halt> {
        let group: Vec<Term> = level
            .groups
            .iter()
            .map(|&slot| self.slots[slot as usize])
            .collect();
        match self.scope.troubles.get(&(table, group)) {
            Some(trouble) => {
                self.trouble(Some(level.hazard), &level.groups, label, trouble.clone())
            }
            None => Ok(()),
        }
    }

    fn completes(&mut self, first: Attempt<L::Label>) -> Result<bool, Halt> {
        let mut attempts = vec![first];
        while let Some(mut attempt) = attempts.pop() {
            if !self.settle(&mut attempt)? {
                continue;
            }
            let Some(at) = self.widest_bound(&attempt) else {
                return Ok(true);
            };
            let goal = attempt.rest.remove(at);
            self.branch(&attempt, goal, &mut attempts)?;
        }
        Ok(false)
    }

    /// Takes in every goal that needs no search. False if one fails.
    fn settle(&mut self, attempt: &mut Attempt<L::Label>) -> Result<bool, Halt> {
        let mut at = 0;
        while at < attempt.rest.len() {
            self.spend(1)?;
            match self.judge(attempt, attempt.rest[at]) {
                Verdict::Fails => return Ok(false),
                Verdict::Holds(label) => attempt.label = label,
                Verdict::Binds(slot, term) => attempt.bindings[slot as usize] = Some(term),
                Verdict::Later => {
                    at += 1;
                    continue;
                }
            }
            attempt.rest.remove(at);
            at = 0;
        }
        Ok(true)
    }

    fn judge(&mut self, attempt: &Attempt<L::Label>, goal: usize) -> Verdict<L::Label> {
        let bound = |slots: &[u32]| values(attempt, slots);
        let clause = self.clause;
        let label = match &clause.goals[goal] {
            Goal::Holds { table, slots } => {
                let Some(row) = bound(slots) else {
                    return Verdict::Later;
                };
                let stored = self.label_of(*table, &row, Which::All);
                self.meet(attempt.label, stored)
            }
            Goal::Fails { table, slots } => match bound(slots) {
                Some(row) => {
                    let stored = self.label_of(*table, &row, Which::All);
                    self.miss(attempt.label, stored)
                }
                None => return self.judge_absence(attempt, goal, *table, slots),
            },
            Goal::Compare {
                left,
                comparison,
                right,
                wanted,
            } => {
                return self.judge_comparison(attempt, left, *comparison, right, *wanted);
            }
            Goal::Aggregate { .. } => return Verdict::Later,
        };
        label.map_or(Verdict::Fails, Verdict::Holds)
    }

    /// Slots found nowhere else match anything.
    fn judge_absence(
        &mut self,
        attempt: &Attempt<L::Label>,
        goal: usize,
        table: TableId,
        slots: &[u32],
    ) -> Verdict<L::Label> {
        let unbound = |slot: &&u32| attempt.bindings[**slot as usize].is_none();
        if slots
            .iter()
            .filter(unbound)
            .any(|&slot| self.clause.is_elsewhere(slot, goal))
        {
            return Verdict::Later;
        }
        let relation = &self.scope.relations[table];
        let mut items = Items::rows(relation, Which::All);
        let mut left = attempt.label;
        while let Some(item) = items.next(relation.table.is_labelled()) {
            if matched(attempt, slots, item.terms).is_none() {
                continue;
            }
            let stored = if let Mark::Row(row) = item.mark {
                relation.table.label(RowId(row))
            } else {
                Label::ALWAYS
            };
            match self.miss(left, stored) {
                Some(less) => left = less,
                None => return Verdict::Fails,
            }
        }
        Verdict::Holds(left)
    }

    fn judge_comparison(
        &mut self,
        attempt: &Attempt<L::Label>,
        left: &Formula,
        comparison: Comparison,
        right: &Formula,
        wanted: bool,
    ) -> Verdict<L::Label> {
        let equal = wanted && comparison == Comparison::Equal;
        let terms = &mut *self.scope.terms;
        let mut value = |side: &Formula| {
            let slots: Vec<Term> = attempt
                .bindings
                .iter()
                .map(|binding| binding.unwrap_or(Term(0)))
                .collect();
            let bound = side
                .slots()
                .all(|slot| attempt.bindings[slot as usize].is_some());
            bound.then(|| side.value(&slots, terms))
        };
        match (value(left), value(right)) {
            (Some(Ok(a)), Some(Ok(b))) => match self.scope.terms.compare(a, comparison, b) {
                Ok(holds) if holds != wanted => Verdict::Fails,
                _ => Verdict::Holds(attempt.label),
            },
            (Some(Err(_)), _) | (_, Some(Err(_))) => Verdict::Holds(attempt.label),
            (Some(Ok(term)), None) if equal => right
                .as_slot()
                .map_or(Verdict::Later, |slot| Verdict::Binds(slot, term)),
            (None, Some(Ok(term))) if equal => left
                .as_slot()
                .map_or(Verdict::Later, |slot| Verdict::Binds(slot, term)),
            _ => Verdict::Later,
        }
    }

    /// The place of the goal to search next. None if what is left hangs on what cannot be computed.
    fn widest_bound(&self, attempt: &Attempt<L::Label>) -> Option<usize> {
        let unbound = |at: &usize| {
            let slots = match &self.clause.goals[attempt.rest[*at]] {
                Goal::Aggregate {
                    call: Some(call), ..
                } if values(attempt, &call.slots).is_none() => return None,
                Goal::Holds { slots, .. } | Goal::Aggregate { slots, .. } => slots,
                _ => return None,
            };
            Some(
                slots
                    .iter()
                    .filter(|&&slot| attempt.bindings[slot as usize].is_none())
                    .count(),
            )
        };
        (0..attempt.rest.len())
            .filter(|at| unbound(at).is_some())
            .min_by_key(unbound)
    }

    /// Tries every row for a goal.
    fn branch(
        &mut self,
        attempt: &Attempt<L::Label>,
        goal: usize,
        attempts: &mut Vec<Attempt<L::Label>>,
    ) -> Result<(), Halt> {
        let clause = self.clause;
        // What hangs on a call that has not been made is told once it has.
        if let Goal::Aggregate {
            call: Some(call), ..
        } = &clause.goals[goal]
            && let Some(values) = values(attempt, &call.slots)
            && !self.call(call.relation, &values)
        {
            return Ok(());
        }
        let (table, slots, empty) = match &clause.goals[goal] {
            Goal::Holds { table, slots } => (*table, slots, None),
            Goal::Aggregate {
                table,
                slots,
                empty,
                ..
            } => (*table, slots, *empty),
            _ => return Ok(()),
        };
        let relation = &self.scope.relations[table];
        let groups = &slots[..slots.len().saturating_sub(1)];
        let is_aggregate = matches!(clause.goals[goal], Goal::Aggregate { .. });
        let mut any = false;
        let mut items = Items::rows(relation, Which::All);
        while let Some(item) = items.next(relation.table.is_labelled()) {
            self.spend(1)?;
            let terms = &item.terms[..relation.table.arity()];
            any |= is_aggregate && matched(attempt, groups, terms).is_some();
            let troubled = is_aggregate && terms[terms.len() - 1] == TROUBLED;
            let Some(bindings) = matched(attempt, if troubled { groups } else { slots }, terms)
            else {
                continue;
            };
            let stored = if let Mark::Row(row) = item.mark {
                relation.table.label(RowId(row))
            } else {
                Label::ALWAYS
            };
            if let Some(label) = self.meet(attempt.label, stored) {
                attempts.push(Attempt {
                    bindings,
                    rest: attempt.rest.clone(),
                    label,
                });
            }
        }
        if let (Some(empty), false) = (empty, any)
            && let Some(zero) = attempt.bindings[empty as usize]
            && let Some(bindings) = matched(attempt, &slots[slots.len() - 1..], &[zero])
        {
            attempts.push(Attempt {
                bindings,
                ..attempt.clone()
            });
        }
        Ok(())
    }
}

/// The terms in these slots, if all are bound.
fn values<T>(attempt: &Attempt<T>, slots: &[u32]) -> Option<Vec<Term>> {
    let bound = |&slot: &u32| attempt.bindings[slot as usize];
    slots.iter().map(bound).collect()
}

/// The bindings with these slots matched to these terms, if they agree.
fn matched<T>(attempt: &Attempt<T>, slots: &[u32], terms: &[Term]) -> Option<Vec<Option<Term>>> {
    let agrees = |(&slot, &term): (&u32, &Term)| {
        attempt.bindings[slot as usize].is_none_or(|bound| bound == term)
    };
    if !slots.iter().zip(terms).all(agrees) {
        return None;
    }
    let mut bindings = attempt.bindings.clone();
    for (&slot, &term) in slots.iter().zip(terms) {
        match bindings[slot as usize] {
            Some(bound) if bound != term => return None,
            _ => bindings[slot as usize] = Some(term),
        }
    }
    Some(bindings)
}
