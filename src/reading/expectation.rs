//! Whether an expectation of a test is met.

use super::Reader;
use super::answer::{ExpectationOutcome, Finding, Got, Status};
use super::matching::Asked;
use super::scope::{Openness, Scope};
use super::standing::Standing;
use crate::complaint::{Complaint, contexts as complaints};
use crate::program::{Argument, Body, Expectation, Literal, Variable, Variables, Wanted};
use crate::syntax::tree::{Likelihood, StatusWord};
use crate::value::Term;

impl Reader<'_> {
    /// Tries an expectation.
    ///
    /// # Errors
    /// When a comparison in it cannot be computed, or no world is left.
    pub fn expect(&mut self, expectation: &Expectation) -> Result<ExpectationOutcome, Complaint> {
        let wants_likelihood = matches!(expectation.wanted, Some(Wanted::Likelihood(_)));
        let openness = if wants_likelihood {
            Openness::All
        } else {
            Openness::Now
        };
        let scope = self.scope(
            &expectation.frame,
            &expectation.variables,
            expectation.at,
            openness,
        )?;
        let mut findings = Vec::new();
        for (place, body) in expectation.bodies.iter().enumerate() {
            if let Some(got) = self.shortfall(expectation, body, &scope)? {
                findings.push(Finding { body: place, got });
            }
        }
        if let Some(place) = expectation.only
            && let Some(got) = self.beside(expectation, place, &scope)?
        {
            findings.push(Finding { body: 0, got });
        }
        Ok(ExpectationOutcome {
            passed: findings.is_empty(),
            findings,
        })
    }

    /// What stands instead of what one body of an expectation wants.
    fn shortfall(
        &mut self,
        expectation: &Expectation,
        body: &Body,
        scope: &Scope,
    ) -> Result<Option<Got>, Complaint> {
        let asked = Asked {
            body,
            variables: &expectation.variables,
            at: expectation.at,
        };
        if let Some(Wanted::Likelihood(wanted)) = &expectation.wanted {
            let worlds = self.worlds_where(asked, scope)?;
            let Some(likelihood) = self.likelihood(worlds, scope.worlds) else {
                return Err(complaints::given_unlikely(expectation.at));
            };
            return Ok((!is_within(wanted, likelihood)).then_some(Got::Likelihood(likelihood)));
        }
        let matches = self.matches(asked)?;
        if expectation.no && !matches.columns.is_empty() {
            return Ok(self.holding(body, &matches.columns, matches.rows, scope));
        }
        let best = matches.best(&mut self.model.diagram);
        let (status, extent) = self.overall(best, scope);
        let met = match (&expectation.wanted, expectation.no) {
            (Some(Wanted::Status(word)), no) => (status_of(*word) == status) != no,
            (_, false) => matches!(status, Status::Certain | Status::Presumed),
            (_, true) => {
                let worlds = self.in_worlds(best.holds, scope);
                self.model.diagram.and(worlds, scope.worlds).is_never()
            }
        };
        Ok((!met).then_some(Got::Status { status, extent }))
    }

    /// The sentences that hold though none should.
    fn holding(
        &mut self,
        body: &Body,
        columns: &[Variable],
        rows: indexmap::IndexMap<Vec<Term>, Standing>,
        scope: &Scope,
    ) -> Option<Got> {
        let mut found = Vec::new();
        for (terms, standing) in rows {
            let worlds = self.in_worlds(standing.holds, scope);
            if !self.model.diagram.and(worlds, scope.worlds).is_never() {
                found.extend(
                    literals(body)
                        .into_iter()
                        .map(|literal| (literal.relation, filled(literal, columns, &terms))),
                );
            }
        }
        found.sort_by(|left, right| {
            left.0
                .cmp(&right.0)
                .then_with(|| self.compare_rows(&left.1, &right.1))
        });
        found.dedup();
        (!found.is_empty()).then_some(Got::Holds(found))
    }

    /// Sentences beside those of `only` that hold in some open world.
    fn beside(
        &mut self,
        expectation: &Expectation,
        place: usize,
        scope: &Scope,
    ) -> Result<Option<Got>, Complaint> {
        let listed: Vec<&Literal> = expectation.bodies.iter().flat_map(literals).collect();
        let Some(first) = listed.first() else {
            return Ok(None);
        };
        let mut variables = Variables(expectation.variables.0.clone());
        let other = Variable(variables.0.len() as u32);
        variables.0.push("?other".into());
        let mut open = (*first).clone();
        open.arguments[place] = Argument::Variable(other);
        let allowed: Vec<Argument> = listed
            .iter()
            .map(|literal| literal.arguments[place])
            .collect();
        let body = Body::Literal(open);
        let matches = self.matches(Asked {
            body: &body,
            variables: &variables,
            at: expectation.at,
        })?;
        let at = matches.columns.iter().position(|&column| column == other);
        let beside = matches
            .rows
            .into_iter()
            .filter(|(terms, _)| {
                at.is_some_and(|at| !allowed.contains(&Argument::Constant(terms[at])))
            })
            .collect();
        Ok(self.holding(&body, &matches.columns, beside, scope))
    }
}

fn status_of(word: StatusWord) -> Status {
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

/// Whether a likelihood is the percentage that was wanted, or lies in the word's range.
fn is_within(wanted: &Likelihood, likelihood: f64) -> bool {
    const ROUNDING: f64 = 1e-9;
    match wanted {
        Likelihood::Share(share) => (share.to_f64() - likelihood).abs() < ROUNDING.max(5e-7),
        Likelihood::Word(word) => {
            let (low, high) = word.range();
            (low / 100.0 - ROUNDING..=high / 100.0 + ROUNDING).contains(&likelihood)
        }
    }
}

/// The literals of a conjunction.
fn literals(body: &Body) -> Vec<&Literal> {
    match body {
        Body::Literal(literal) => vec![literal],
        Body::And(parts) => parts.iter().flat_map(literals).collect(),
        Body::Unless {
            body: Some(body), ..
        } => literals(body),
        _ => Vec::new(),
    }
}

/// The terms of a literal, its variables replaced; a variable without a value leaves its place out.
fn filled(literal: &Literal, columns: &[Variable], terms: &[Term]) -> Vec<Term> {
    literal
        .arguments
        .iter()
        .filter_map(|&argument| match argument {
            Argument::Constant(term) => Some(term),
            Argument::Variable(variable) => columns
                .iter()
                .position(|&column| column == variable)
                .map(|at| terms[at]),
        })
        .collect()
}
