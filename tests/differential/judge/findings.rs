//! The three views of every claim, and the status that they amount to.

use super::claim::Claim;
use super::matching::Condition;
use super::normal::Truth;
use hence::program::{Program, RelationId};
use hence::reading::Status;
use hence::value::{Terms, Value};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    Certain,
    Presumed,
    Possible,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ambiguity {
    Propagating,
    /// "puts presumed for possible throughout"
    Blocking,
}

impl View {
    /// The view in which an exception is read: "`unless X` is met in the first two views when X is not possible, in the
    /// third when X is not presumed."
    pub fn of_exception(self) -> Self {
        match self {
            Self::Certain | Self::Presumed => Self::Possible,
            Self::Possible => Self::Presumed,
        }
    }

    pub fn under(self, ambiguity: Ambiguity) -> Self {
        match (self, ambiguity) {
            (Self::Possible, Ambiguity::Blocking) => Self::Presumed,
            _ => self,
        }
    }
}

/// What holds in one world, by view, claim and day.
#[derive(Clone, Debug)]
pub struct Findings {
    pub truths: BTreeMap<(View, Claim, usize), Truth>,
    /// By day: every claim that a fact or rule argues for.
    pub argued: Vec<BTreeSet<Claim>>,
    /// What some argument is about that fires on possible premises, or may.
    pub firing: BTreeSet<(Claim, usize)>,
    pub ambiguity: Ambiguity,
}

impl Findings {
    pub fn none(days: usize, ambiguity: Ambiguity) -> Self {
        Self {
            truths: BTreeMap::new(),
            argued: vec![BTreeSet::new(); days],
            firing: BTreeSet::new(),
            ambiguity,
        }
    }

    /// "A sentence and its opposite both certain is a contradiction": such sentences, each with its day.
    pub fn contradicted(&self, program: &Program) -> BTreeSet<(Claim, usize)> {
        let certain = self
            .truths
            .iter()
            .filter_map(|((view, claim, day), truth)| {
                let is_certain = *view == View::Certain && *truth == Truth::Holds;
                is_certain.then_some((claim, *day))
            });
        let certain: Vec<(&Claim, usize)> = certain.collect();
        let is_met = |claim: &Claim, on: usize| {
            let mut others = certain.iter().filter(|(_, day)| *day == on);
            others.any(|(other, _)| claim.opposes(other, program))
        };
        certain
            .iter()
            .filter(|(claim, day)| !claim.negative && is_met(claim, *day))
            .map(|(claim, day)| ((*claim).clone(), *day))
            .collect()
    }

    pub fn truth(&self, view: View, claim: &Claim, day: usize) -> Truth {
        let key = (view.under(self.ambiguity), claim.clone(), day);
        self.truths.get(&key).copied().unwrap_or(Truth::Fails)
    }

    /// Whether what a match asks for is met.
    pub fn all(&self, conditions: &[Condition], view: View, day: usize) -> Truth {
        conditions
            .iter()
            .map(|condition| self.met(condition, view, day))
            .fold(Truth::Holds, both)
    }

    fn met(&self, condition: &Condition, view: View, day: usize) -> Truth {
        match condition {
            Condition::Holds(ways) => ways
                .iter()
                .map(|claim| self.truth(view, claim, day))
                .fold(Truth::Fails, either),
            Condition::NoneOf(ways) => {
                let exception = view.of_exception();
                not(ways
                    .iter()
                    .map(|way| self.all(way, exception, day))
                    .fold(Truth::Fails, either))
            }
            Condition::Result { certain, .. } if view == View::Certain => *certain,
            Condition::Result { presumed, .. } => *presumed,
        }
    }

    /// Whether some fact or rule that fires argues for or against the sentence.
    pub fn argues_about(
        &self,
        (relation, values): &(RelationId, Vec<Value>),
        day: usize,
        terms: &Terms,
    ) -> bool {
        self.firing.iter().any(|(claim, then)| {
            *then == day
                && claim.relation == *relation
                && claim
                    .terms
                    .iter()
                    .map(|&term| terms.get(term))
                    .eq(values.iter().cloned())
        })
    }

    /// The status of a claim: "Two values are opposites", so rivals are against a sentence and for its opposite.
    pub fn status(&self, claim: &Claim, day: usize, program: &Program) -> Status {
        let rivals = |claim: &Claim| -> Vec<Claim> {
            self.argued[day]
                .iter()
                .filter(|other| claim.rivals(other, program))
                .cloned()
                .collect()
        };
        let mut supporting = vec![claim.clone()];
        let mut against = vec![claim.opposite()];
        supporting.extend(rivals(&against[0]));
        against.extend(rivals(claim));
        let any = |view, claims: &[Claim], truth| {
            claims
                .iter()
                .any(|claim| self.truth(view, claim, day) == truth)
        };
        let both_sides = [supporting.clone(), against.clone()].concat();
        // "status, first that fits"
        if any(View::Certain, &supporting, Truth::Holds) {
            Status::Certain
        } else if any(View::Presumed, &supporting, Truth::Holds) {
            Status::Presumed
        } else if any(View::Certain, &against, Truth::Holds)
            || any(View::Presumed, &against, Truth::Holds)
        {
            Status::Refuted
        } else if any(View::Possible, &both_sides, Truth::Holds) {
            Status::Contested
        } else if [View::Certain, View::Presumed, View::Possible]
            .into_iter()
            .any(|view| any(view, &both_sides, Truth::Open))
        {
            Status::Undecided
        } else {
            Status::Unknown
        }
    }
}

pub fn both(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Truth::Fails, _) | (_, Truth::Fails) => Truth::Fails,
        (Truth::Holds, Truth::Holds) => Truth::Holds,
        _ => Truth::Open,
    }
}

pub fn either(a: Truth, b: Truth) -> Truth {
    not(both(not(a), not(b)))
}

pub fn not(a: Truth) -> Truth {
    match a {
        Truth::Holds => Truth::Fails,
        Truth::Fails => Truth::Holds,
        Truth::Open => Truth::Open,
    }
}
