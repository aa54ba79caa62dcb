//! Drivers → the program's: two outcomes or more, one of them `[now]` at most, likelihoods that can add up.

use super::labels::Labels;
use super::notes;
use super::sentences::Reader;
use super::vocabulary::Role;
use crate::complaint::{Complaint, contexts as complaints, labels as label_complaints};
use crate::program::{Driver, Outcome};
use crate::syntax::tree::{self, Likelihood};
use crate::text::Span;
use crate::value::Number;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

/// `driver pipeline "who owns the pipeline": georgian: … [now]. …`
pub(super) fn driver(
    driver: &tree::Driver,
    at: Span,
    labels: &Labels,
    reader: &mut Reader<'_>,
) -> Driver {
    let mut known: FxHashMap<&str, Span> = FxHashMap::default();
    let mut now: Option<Span> = None;
    let mut outcomes = Vec::with_capacity(driver.outcomes.len());
    for outcome in &driver.outcomes {
        let label = &outcome.label;
        if let Some(&first) = known.get(label.text.as_str()) {
            let twice = label_complaints::twice("outcome", &label.text, label.span, first);
            reader.complaints.push(twice);
        }
        known.entry(label.text.as_str()).or_insert(label.span);
        let notes = notes::read(&outcome.notes, labels, reader.complaints);
        match (notes.now, now) {
            (Some(second), Some(first)) => {
                reader.complaints.push(complaints::two_nows(second, first));
            }
            (Some(first), None) => now = Some(first),
            (None, _) => {}
        }
        let states = reader.grounds(&outcome.sentences, Role::Stated);
        outcomes.push(Outcome {
            label: label.text.clone(),
            states,
            period: notes.period,
            now: notes.now.is_some(),
            likelihood: notes.likelihood.map(|(likelihood, _)| likelihood),
            citations: notes.citations,
            at: outcome.span,
        });
    }
    if outcomes.len() < 2 && labels.unread.follows(at) {
        // An outcome may be there that could not be read.
    } else if outcomes.len() < 2 {
        let complaint = complaints::too_few_outcomes(&driver.label.text, driver.label.span);
        reader.complaints.push(complaint);
    } else {
        likelihoods(driver, &outcomes, reader.complaints);
    }
    Driver {
        label: driver.label.text.clone(),
        title: driver.title.as_ref().map(|title| title.text.clone()),
        outcomes,
        from_fact: false,
        at,
    }
}

/// Percentages must not pass 100 in sum; where every outcome has one, they should come to 100.
fn likelihoods(driver: &tree::Driver, outcomes: &[Outcome], complaints: &mut Vec<Complaint>) {
    let mut sum = BigRational::zero();
    let mut all_shares = true;
    for outcome in outcomes {
        match &outcome.likelihood {
            Some(Likelihood::Share(share)) => sum += share.to_rational(),
            Some(Likelihood::Word(_)) | None => all_shares = false,
        }
    }
    let percent = |sum: BigRational| {
        Number::from_rational(sum * BigRational::from_integer(100.into()))
            .map_or_else(String::new, |number| number.to_string())
    };
    if sum > BigRational::one() {
        complaints.push(complaints::over_a_hundred(
            &driver.label.text,
            &percent(sum),
            driver.label.span,
        ));
    } else if all_shares && sum < BigRational::one() {
        complaints.push(complaints::under_a_hundred(
            &driver.label.text,
            &percent(sum),
            driver.label.span,
        ));
    } else {
        nothing_left(driver, outcomes, complaints);
    }
}

/// An outcome without a likelihood of its own, where the others take all there is.
fn nothing_left(driver: &tree::Driver, outcomes: &[Outcome], complaints: &mut Vec<Complaint>) {
    let taken: f64 = outcomes.iter().filter_map(|outcome| outcome.share()).sum();
    if taken < 1.0 {
        return;
    }
    let written = driver.outcomes.iter().zip(outcomes);
    for (outcome, _) in written.filter(|(_, outcome)| outcome.likelihood.is_none()) {
        let label = &outcome.label;
        let complaint = complaints::nothing_left(&driver.label.text, &label.text, label.span);
        complaints.push(complaint);
    }
}
