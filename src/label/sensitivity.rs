//! How much an axis matters to a label: how often it alone decides, and how likely the label is for each of its values.

use super::{AxisId, Diagram, Label, Space, Weighing};

impl Space {
    /// Weights under which every value of an axis is as likely as the others.
    pub fn uniform(&self) -> Vec<Vec<f64>> {
        self.axes
            .iter()
            .map(|&(_, size)| vec![1.0 / f64::from(size); size as usize])
            .collect()
    }
}

impl Diagram {
    /// The contexts of `feasible` in which the axis alone decides: with another value of it, and all else the same, one is still
    /// in `feasible` and is in `a` where one was not, or the other way round.
    pub fn decided_by(&mut self, a: Label, axis: AxisId, feasible: Label) -> Label {
        let (inside, outside) = (self.and(a, feasible), self.without(feasible, a));
        let (could_be_in, could_be_out) =
            (self.for_some(inside, axis), self.for_some(outside, axis));
        let (loses, gains) = (
            self.and(inside, could_be_out),
            self.and(outside, could_be_in),
        );
        self.or(loses, gains)
    }

    /// The share of `feasible`, by weight, in which the axis alone decides whether one is in `a`; nothing where `feasible` weighs nothing.
    /// With [`Space::uniform`] weights it is the share of contexts.
    pub fn sensitivity(
        &mut self,
        a: Label,
        axis: AxisId,
        feasible: Label,
        weights: &[Vec<f64>],
    ) -> Option<f64> {
        let decided = self.decided_by(a, axis, feasible);
        let mut weighing = Weighing::new(self, weights);
        quotient(weighing.of(decided), weighing.of(feasible))
    }

    /// How likely `a` is, given `given`, for each value of the axis; nothing for a value that `given` excludes or that weighs nothing.
    pub fn likelihood_by_value(
        &mut self,
        a: Label,
        axis: AxisId,
        given: Label,
        weights: &[Vec<f64>],
    ) -> Vec<Option<f64>> {
        let both = self.and(a, given);
        let values = 0..self.space().size(axis);
        let parts: Vec<_> = values
            .map(|value| (self.at(both, axis, value), self.at(given, axis, value)))
            .collect();
        let mut weighing = Weighing::new(self, weights);
        parts
            .into_iter()
            .map(|(both, given)| quotient(weighing.of(both), weighing.of(given)))
            .collect()
    }
}

fn quotient(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
