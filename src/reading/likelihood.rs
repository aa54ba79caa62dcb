//! How likely: the weights of drivers' outcomes, and the words of ICD 203 (Analytic Standards, 2015) for a likelihood.

use super::Reader;
use super::answer::LikelihoodAnswer;
use super::matching::Asked;
use super::scope::Openness;
use crate::complaint::{Complaint, contexts as complaints};
use crate::label::{Axis, Label, Space};
use crate::program::{Driver, DriverId, Outcome, Program, Question};
use crate::syntax::tree::{Likelihood, LikelihoodWord};

impl LikelihoodWord {
    /// The range of the word, in percent.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::AlmostNoChance => (1.0, 5.0),
            Self::VeryUnlikely => (5.0, 20.0),
            Self::Unlikely => (20.0, 45.0),
            Self::RoughlyEvenChance => (45.0, 55.0),
            Self::Likely => (55.0, 80.0),
            Self::VeryLikely => (80.0, 95.0),
            Self::AlmostCertain => (95.0, 99.0),
        }
    }

    /// The middle of the range, from 0 to 1.
    pub fn middle(self) -> f64 {
        let (low, high) = self.range();
        (low + high) / 200.0
    }

    /// The word for a likelihood from 0 to 1; what lies beyond the ranges counts to the outermost words.
    pub fn of(likelihood: f64) -> Self {
        let all = [
            Self::AlmostNoChance,
            Self::VeryUnlikely,
            Self::Unlikely,
            Self::RoughlyEvenChance,
            Self::Likely,
            Self::VeryLikely,
        ];
        all.into_iter()
            .find(|word| likelihood * 100.0 < word.range().1)
            .unwrap_or(Self::AlmostCertain)
    }
}

impl Outcome {
    /// Its likelihood as written, from 0 to 1; a word counts as the middle of its range.
    pub fn share(&self) -> Option<f64> {
        self.likelihood.as_ref().map(|likelihood| match likelihood {
            Likelihood::Share(share) => share.to_f64(),
            Likelihood::Word(word) => word.middle(),
        })
    }
}

/// The weights of a driver's outcomes, which sum to 1, and whether they had to be normalised. Outcomes without a likelihood share
/// what the others leave.
pub fn weights_of(driver: &Driver) -> (Vec<f64>, bool) {
    let given: Vec<Option<f64>> = driver.outcomes.iter().map(Outcome::share).collect();
    let sum: f64 = given.iter().flatten().sum();
    let silent = given.iter().filter(|weight| weight.is_none()).count();
    let rest = (1.0 - sum).max(0.0);
    let share = if silent == 0 {
        0.0
    } else {
        rest / silent as f64
    };
    let total = sum + share * silent as f64;
    let normalised = (total - 1.0).abs() > 1e-9;
    let scale = if total > 0.0 { 1.0 / total } else { 0.0 };
    (
        given
            .into_iter()
            .map(|weight| weight.unwrap_or(share) * scale)
            .collect(),
        normalised,
    )
}

/// The weight of each value of each axis; time and scenario weigh alike, since nothing that is weighed depends on them.
pub fn axis_weights(program: &Program, space: &Space) -> Vec<Vec<f64>> {
    space
        .axes
        .iter()
        .map(|&(axis, size)| match axis {
            Axis::Driver(driver) => weights_of(&program.drivers[driver.0 as usize]).0,
            Axis::Time | Axis::Scenario => vec![1.0 / f64::from(size); size as usize],
        })
        .collect()
}

impl Reader<'_> {
    /// `how likely is it that S?`, over all outcomes.
    pub fn how_likely(&mut self, question: &Question) -> Result<LikelihoodAnswer, Complaint> {
        let scope = self.scope(
            &question.frame,
            &question.variables,
            question.at,
            Openness::All,
        )?;
        let asked = Asked::of(question);
        let whole = self.matches(asked)?.best(&mut self.model.diagram);
        let worlds = self.in_worlds(whole.holds, &scope);
        let Some(likelihood) = self.likelihood(worlds, scope.worlds) else {
            return Err(complaints::given_unlikely(question.at));
        };
        let (status, mut extent) = self.overall(whole, &scope);
        extent.likelihood = Some(likelihood);
        let independent = self.bearing_drivers(worlds, scope.worlds);
        let normalised = independent
            .iter()
            .copied()
            .filter(|driver| weights_of(&self.program.drivers[driver.0 as usize]).1)
            .collect();
        Ok(LikelihoodAnswer {
            status,
            extent,
            likelihood,
            word: LikelihoodWord::of(likelihood),
            independent,
            normalised,
        })
    }

    /// The drivers on which a label or the worlds that it is read in depend.
    pub fn bearing_drivers(&self, label: Label, worlds: Label) -> Vec<DriverId> {
        let mut axes = self.model.diagram.axes_of(label);
        axes.extend(self.model.diagram.axes_of(worlds));
        axes.sort();
        axes.dedup();
        axes.into_iter()
            .filter_map(
                |axis| match self.model.diagram.space().axes[axis.0 as usize].0 {
                    Axis::Driver(driver) => Some(driver),
                    Axis::Time | Axis::Scenario => None,
                },
            )
            .collect()
    }
}
