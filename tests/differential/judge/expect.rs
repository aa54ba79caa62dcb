//! Expectations, by "Tests and questions" of the language page. Not judged here: `given`, compounds with a status.

use super::answer::{over_time, over_worlds};
use super::findings::{Ambiguity, View};
use super::matching::{Binding, Matcher, ground};
use super::normal::Truth;
use super::{Claim, Verdict, judge};
use hence::program::{Body, Driver, Expectation, Program, Variables, Wanted};
use hence::reading::Status;
use hence::syntax::tree::{Likelihood, LikelihoodWord, StatusWord};
use hence::value::Term;
use std::collections::BTreeSet;

/// Whether an expectation passes; `None` where the judge does not say.
pub fn passes(program: &Program, expectation: &Expectation) -> Option<bool> {
    if !expectation.frame.given.is_empty() {
        return None;
    }
    let scenario = expectation.frame.scenario;
    let all = matches!(expectation.wanted, Some(Wanted::Likelihood(_)));
    let mut verdict = judge(program, scenario, all, Ambiguity::Propagating);
    let days = match expectation.frame.as_of.or(program.present) {
        Some(date) => vec![verdict.day(date.last)],
        None => (0..verdict.days.len()).collect(),
    };
    let unbound = vec![None; expectation.variables.0.len()];
    let mut passed = Vec::new();
    for body in &expectation.bodies {
        passed.push(match &expectation.wanted {
            None => {
                let worlds = 0..verdict.worlds.len();
                let mut holds = |world| verdict.holds(world, &days, body, &expectation.variables);
                worlds.map(&mut holds).all(|holds| holds != expectation.no)
            }
            Some(Wanted::Status(wanted)) => {
                let Body::Literal(literal) = body else {
                    return None;
                };
                let claim = ground(literal, &unbound)?;
                (verdict.overall(&claim, &days) == status(*wanted)) != expectation.no
            }
            Some(Wanted::Likelihood(wanted)) => {
                let likelihood = verdict.likelihood(&days, body, &expectation.variables);
                let (low, high) = range(wanted);
                (low - 1e-9..=high + 1e-9).contains(&likelihood) != expectation.no
            }
        });
    }
    let only = expectation
        .only
        .is_none_or(|place| verdict.only(&days, &expectation.bodies, &unbound, place));
    Some(only && passed.into_iter().all(|passed| passed))
}

fn status(word: StatusWord) -> Status {
    match word {
        StatusWord::Certain => Status::Certain,
        StatusWord::Presumed => Status::Presumed,
        StatusWord::Refuted => Status::Refuted,
        StatusWord::Contested => Status::Contested,
        StatusWord::Undecided => Status::Undecided,
        StatusWord::Unknown => Status::Unknown,
        StatusWord::Depends => Status::Depends,
    }
}

/// ICD 203's ranges, and "the percentage".
fn range(likelihood: &Likelihood) -> (f64, f64) {
    match likelihood {
        Likelihood::Share(share) => (share.to_f64(), share.to_f64()),
        Likelihood::Word(word) => match word {
            LikelihoodWord::AlmostNoChance => (0.01, 0.05),
            LikelihoodWord::VeryUnlikely => (0.05, 0.20),
            LikelihoodWord::Unlikely => (0.20, 0.45),
            LikelihoodWord::RoughlyEvenChance => (0.45, 0.55),
            LikelihoodWord::Likely => (0.55, 0.80),
            LikelihoodWord::VeryLikely => (0.80, 0.95),
            LikelihoodWord::AlmostCertain => (0.95, 0.99),
        },
    }
}

/// "outcomes without one share the rest"; "sums with a word in them are normalised".
pub fn weights(driver: &Driver) -> Vec<f64> {
    let known: Vec<Option<f64>> = driver
        .outcomes
        .iter()
        .map(|outcome| {
            outcome
                .likelihood
                .as_ref()
                .map(range)
                .map(|(low, high)| f64::midpoint(low, high))
        })
        .collect();
    let sum: f64 = known.iter().flatten().sum();
    let without = known.iter().filter(|known| known.is_none()).count();
    let share = if without == 0 {
        0.0
    } else {
        (1.0 - sum).max(0.0) / without as f64
    };
    let weights: Vec<f64> = known
        .into_iter()
        .map(|known| known.unwrap_or(share))
        .collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

impl Verdict<'_> {
    fn matches(&mut self, world: usize, day: usize, body: &Body, variables: &Variables) -> bool {
        let findings = &self.worlds[world].1;
        let mut matcher = Matcher {
            program: self.program,
            terms: &mut self.terms,
            variables,
            argued: &findings.argued[day],
            earlier: findings,
            day,
            exceptions: true,
        };
        let unbound = vec![None; variables.0.len()];
        matcher
            .body(body, &unbound)
            .iter()
            .any(|(_, way)| findings.all(way, View::Presumed, day) == Truth::Holds)
    }

    /// "certain or presumed" on one of the days
    pub fn holds(
        &mut self,
        world: usize,
        days: &[usize],
        body: &Body,
        variables: &Variables,
    ) -> bool {
        days.iter()
            .any(|&day| self.matches(world, day, body, variables))
    }

    /// The status over all open worlds, on one of the days.
    fn overall(&self, claim: &Claim, days: &[usize]) -> Status {
        let in_world = |world| {
            over_time(
                &days
                    .iter()
                    .map(|&day| self.status(world, claim, day))
                    .collect::<Vec<_>>(),
            )
        };
        over_worlds(&(0..self.worlds.len()).map(in_world).collect())
    }

    pub fn weight(&self, world: usize) -> f64 {
        let outcomes = self.program.drivers.iter().zip(&self.worlds[world].0);
        outcomes
            .map(|(driver, &outcome)| weights(driver)[outcome])
            .product()
    }

    /// The share of the worlds that are left, by weight, in which the body holds.
    pub fn likelihood(&mut self, days: &[usize], body: &Body, variables: &Variables) -> f64 {
        let all: f64 = (0..self.worlds.len()).map(|world| self.weight(world)).sum();
        let holding: Vec<usize> = (0..self.worlds.len())
            .filter(|&world| self.holds(world, days, body, variables))
            .collect();
        holding
            .into_iter()
            .map(|world| self.weight(world))
            .sum::<f64>()
            / all
    }

    /// "`only` says that no other term makes the sentence hold there"
    fn only(&self, days: &[usize], bodies: &[Body], unbound: &Binding, place: usize) -> bool {
        let listed: Vec<Claim> = bodies
            .iter()
            .filter_map(|body| {
                if let Body::Literal(literal) = body {
                    ground(literal, unbound)
                } else {
                    None
                }
            })
            .collect();
        let terms: BTreeSet<Term> = listed.iter().map(|claim| claim.terms[place]).collect();
        let Some(first) = listed.first() else {
            return false;
        };
        let others = |claim: &&Claim| {
            let alike = |at: usize| at == place || claim.terms[at] == first.terms[at];
            (claim.relation, claim.negative) == (first.relation, first.negative)
                && (0..first.terms.len()).all(alike)
                && !terms.contains(&claim.terms[place])
        };
        self.worlds.iter().all(|(_, findings)| {
            days.iter().all(|&day| {
                let holds =
                    |claim: &Claim| findings.truth(View::Presumed, claim, day) == Truth::Holds;
                !findings.argued[day].iter().filter(others).any(holds)
            })
        })
    }
}
