//! Weighted count of a label: how likely it is, and in how many contexts.

use super::{AxisId, Diagram, Label};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

/// Weighs labels of one diagram, visiting each shared node once over all of them.
///
/// `weights[axis][value]`; the weights of an axis sum to 1, so axes on which a label does not depend play no part and may be left
/// empty.
pub struct Weighing<'a, N> {
    diagram: &'a Diagram,
    weights: &'a [Vec<N>],
    known: FxHashMap<Label, N>,
}

impl<'a, N: Clone + Zero + One> Weighing<'a, N> {
    pub fn new(diagram: &'a Diagram, weights: &'a [Vec<N>]) -> Self {
        let known = FxHashMap::from_iter([(Label::NEVER, N::zero()), (Label::ALWAYS, N::one())]);
        Self {
            diagram,
            weights,
            known,
        }
    }

    /// The sum over the contexts of `a` of the product of their values' weights.
    pub fn of(&mut self, a: Label) -> N {
        let mut open = vec![a];
        while let Some(&node) = open.last() {
            if self.known.contains_key(&node) {
                open.pop();
                continue;
            }
            let waiting = open.len();
            let runs = self.diagram.nodes.runs(node);
            open.extend(
                runs.iter()
                    .map(|run| run.to)
                    .filter(|to| !self.known.contains_key(to)),
            );
            if open.len() == waiting {
                self.known.insert(node, self.sum_of_parts(node));
                open.pop();
            }
        }
        self.known[&a].clone()
    }

    /// The weight of a node, those of its parts being known.
    fn sum_of_parts(&self, node: Label) -> N {
        let weights = &self.weights[self.diagram.nodes.axis(node) as usize];
        let mut start = 0;
        let mut sum = N::zero();
        for run in self.diagram.nodes.runs(node) {
            let end = run.end as usize;
            let values = weights[start..end]
                .iter()
                .cloned()
                .fold(N::zero(), |sum, weight| sum + weight);
            sum = sum + values * self.known[&run.to].clone();
            start = end;
        }
        sum
    }
}

/// Counts the contexts of labels of one diagram, visiting each shared node once over all of them.
pub struct Counting<'a> {
    weighing: Weighing<'a, BigRational>,
    contexts: BigRational,
}

impl<'a> Counting<'a> {
    /// Over the axes given `shares` by [`Diagram::shares`]; on others the labels must not depend.
    pub fn new(diagram: &'a Diagram, shares: &'a [Vec<BigRational>]) -> Self {
        let sizes = shares
            .iter()
            .map(|values| BigInt::from(values.len().max(1)));
        Self {
            weighing: Weighing::new(diagram, shares),
            contexts: BigRational::from(sizes.product::<BigInt>()),
        }
    }

    /// How many combinations of the axes' values are in `a`.
    pub fn of(&mut self, a: Label) -> BigInt {
        (self.weighing.of(a) * &self.contexts).to_integer()
    }
}

impl Diagram {
    /// An equal weight for each value of these axes, none for those of others.
    pub fn shares(&self, axes: &[AxisId]) -> Vec<Vec<BigRational>> {
        let all = self.space().axes.iter().zip(0..);
        all.map(|(&(_, size), place)| match axes.contains(&AxisId(place)) {
            true => vec![BigRational::new(BigInt::one(), size.into()); size as usize],
            false => Vec::new(),
        })
        .collect()
    }

    /// The weight of `a`: the sum over its contexts of the product of their values' weights. `weights[axis][value]`; each axis'
    /// weights sum to 1. One memoised pass over the shared nodes; for many labels keep a [`Weighing`].
    pub fn weigh(&self, a: Label, weights: &[Vec<f64>]) -> f64 {
        Weighing::new(self, weights).of(a)
    }

    /// [`weigh`](Self::weigh) without rounding.
    pub fn weigh_exact(&self, a: Label, weights: &[Vec<BigRational>]) -> BigRational {
        Weighing::new(self, weights).of(a)
    }

    /// The weights of `a` within `given`, and of `given`: their quotient is how likely `a` is given that.
    pub fn weigh_given(&mut self, a: Label, given: Label, weights: &[Vec<f64>]) -> (f64, f64) {
        let both = self.and(a, given);
        let mut weighing = Weighing::new(self, weights);
        (weighing.of(both), weighing.of(given))
    }
}
