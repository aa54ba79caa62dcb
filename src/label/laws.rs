//! The algebra against explicit sets of contexts, over small random spaces.

use super::{Axis, AxisId, Choices, Counting, Diagram, Label, Smallest, Space};
use crate::program::DriverId;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

type Context = Vec<u32>;
type Contexts = BTreeSet<Context>;

/// How to build a set of contexts, so that both sides build the same.
#[derive(Clone, Debug)]
enum Recipe {
    Always,
    Among(usize, Vec<u32>),
    And(Box<Recipe>, Box<Recipe>),
    Or(Box<Recipe>, Box<Recipe>),
    Without(Box<Recipe>, Box<Recipe>),
}

fn recipe() -> impl Strategy<Value = Recipe> {
    let leaf = prop_oneof![
        1 => Just(Recipe::Always),
        9 => (0..5usize, prop::collection::vec(0..4u32, 0..4)).prop_map(|(axis, values)| Recipe::Among(axis, values)),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        let pair = (inner.clone(), inner).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
        prop_oneof![
            pair.clone().prop_map(|(a, b)| Recipe::And(a, b)),
            pair.clone().prop_map(|(a, b)| Recipe::Or(a, b)),
            pair.prop_map(|(a, b)| Recipe::Without(a, b)),
        ]
    })
}

/// A space of 1 to 5 axes with 1 to 4 values each; one of them is time.
fn space() -> impl Strategy<Value = Space> {
    (
        prop::collection::vec(1..5u32, 1..6),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(sizes, time)| {
            let time = time.index(sizes.len());
            let axis = |place| {
                if place == time {
                    Axis::Time
                } else {
                    Axis::Driver(DriverId(place as u32))
                }
            };
            Space {
                axes: sizes
                    .iter()
                    .enumerate()
                    .map(|(place, &size)| (axis(place), size))
                    .collect(),
            }
        })
}

/// A diagram and, beside it, every context.
struct Pair {
    diagram: Diagram,
    all: Contexts,
}

impl Pair {
    fn new(space: Space) -> Self {
        let mut all = Contexts::from([vec![]]);
        for &(_, size) in &space.axes {
            all = all
                .iter()
                .flat_map(|context| (0..size).map(|value| [&context[..], &[value]].concat()))
                .collect();
        }
        Self {
            diagram: Diagram::new(space),
            all,
        }
    }

    fn make(&mut self, recipe: &Recipe) -> (Label, Contexts) {
        match recipe {
            Recipe::Always => (Label::ALWAYS, self.all.clone()),
            Recipe::Among(axis, values) => {
                let axis = axis % self.diagram.space().axes.len();
                let size = self.diagram.space().axes[axis].1;
                let values: Vec<u32> = values.iter().map(|value| value % size).collect();
                let label = self.diagram.among(AxisId(axis as u32), &values);
                (label, self.those(|context| values.contains(&context[axis])))
            }
            Recipe::And(a, b) => {
                let ((a, set_a), (b, set_b)) = (self.make(a), self.make(b));
                (self.diagram.and(a, b), &set_a & &set_b)
            }
            Recipe::Or(a, b) => {
                let ((a, set_a), (b, set_b)) = (self.make(a), self.make(b));
                (self.diagram.or(a, b), &set_a | &set_b)
            }
            Recipe::Without(a, b) => {
                let ((a, set_a), (b, set_b)) = (self.make(a), self.make(b));
                (self.diagram.without(a, b), &set_a - &set_b)
            }
        }
    }

    fn those(&self, keep: impl Fn(&Context) -> bool) -> Contexts {
        self.all
            .iter()
            .filter(|context| keep(context))
            .cloned()
            .collect()
    }

    fn contexts(&self, label: Label) -> Contexts {
        self.those(|context| {
            self.diagram
                .contains(label, |axis| context[axis.0 as usize])
        })
    }

    fn axes(&self) -> impl Iterator<Item = (AxisId, u32)> + use<> {
        let sizes: Vec<u32> = self
            .diagram
            .space()
            .axes
            .iter()
            .map(|&(_, size)| size)
            .collect();
        (0..).map(AxisId).zip(sizes)
    }
}

/// `context` with another value on an axis.
fn with(context: &Context, axis: AxisId, value: u32) -> Context {
    let mut changed = context.clone();
    changed[axis.0 as usize] = value;
    changed
}

/// The choices that `to` makes differently from `from`, on the axes of the set.
fn changes(from: &Context, to: &Context) -> Choices {
    (0..)
        .map(AxisId)
        .zip(from.iter().zip(to))
        .filter(|(_, (a, b))| a != b)
        .map(|(axis, (_, &b))| (axis, b))
        .collect()
}

/// Whether every choice of `part` is one of `whole`, which makes others too.
fn is_proper_part(part: &Choices, whole: &Choices) -> bool {
    part.len() < whole.len() && part.iter().all(|choice| whole.contains(choice))
}

/// The sets that have no other as a proper part, smallest first, then in order.
fn minimal(sets: BTreeSet<Choices>) -> Vec<Choices> {
    let mut minimal: Vec<Choices> = sets
        .iter()
        .filter(|set| !sets.iter().any(|other| is_proper_part(other, set)))
        .cloned()
        .collect();
    minimal.sort_by_key(|set| set.len());
    minimal
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sets_are_equal_where_their_numbers_are(space in space(), a in recipe(), b in recipe()) {
        let mut pair = Pair::new(space);
        let ((a, set_a), (b, set_b)) = (pair.make(&a), pair.make(&b));
        prop_assert_eq!(&pair.contexts(a), &set_a);
        prop_assert_eq!(a == b, set_a == set_b);
        prop_assert_eq!(pair.diagram.within(a, b), set_a.is_subset(&set_b));
        let not = pair.diagram.not(a);
        prop_assert_eq!(pair.contexts(not), &pair.all - &set_a);
    }

    #[test]
    fn one_axis_at_a_time(space in space(), a in recipe()) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        for (axis, size) in pair.axes() {
            let with_some = pair.diagram.for_some(a, axis);
            let with_all = pair.diagram.for_all(a, axis);
            prop_assert_eq!(pair.contexts(with_some), pair.those(|c| (0..size).any(|v| set.contains(&with(c, axis, v)))));
            prop_assert_eq!(pair.contexts(with_all), pair.those(|c| (0..size).all(|v| set.contains(&with(c, axis, v)))));
            for value in 0..size {
                let at = pair.diagram.at(a, axis, value);
                prop_assert_eq!(pair.contexts(at), pair.those(|c| set.contains(&with(c, axis, value))));
                let restricted = pair.diagram.restrict(a, axis, &[value, 0]);
                let wanted = |c: &Context| set.contains(c) && [value, 0].contains(&c[axis.0 as usize]);
                prop_assert_eq!(pair.contexts(restricted), pair.those(wanted));
                let (early, between) = (pair.diagram.between(axis, 0..value), pair.diagram.between(axis, value..size));
                prop_assert_eq!(pair.diagram.not(early), between);
            }
            let depends = pair.all.iter().any(|c| (0..size).any(|v| set.contains(&with(c, axis, v)) != set.contains(c)));
            prop_assert_eq!(pair.diagram.axes_of(a).contains(&axis), depends);
        }
    }

    #[test]
    fn several_axes_at_a_time(space in space(), a in recipe(), chosen in prop::collection::vec(any::<bool>(), 5)) {
        let mut pair = Pair::new(space);
        let (a, _) = pair.make(&a);
        let axes: Vec<AxisId> = pair.axes().map(|(axis, _)| axis).filter(|axis| chosen[axis.0 as usize]).collect();
        let one_by_one = axes.iter().fold(a, |a, &axis| pair.diagram.for_some(a, axis));
        prop_assert_eq!(pair.diagram.for_some_of(a, &axes), one_by_one);
        let one_by_one = axes.iter().fold(a, |a, &axis| pair.diagram.for_all(a, axis));
        prop_assert_eq!(pair.diagram.for_all_of(a, &axes), one_by_one);
    }

    #[test]
    fn stretches_follow_an_axis(space in space(), a in recipe()) {
        let mut pair = Pair::new(space);
        let (a, _) = pair.make(&a);
        for (axis, size) in pair.axes() {
            let mut wanted: Vec<(Range<u32>, Label)> = Vec::new();
            for value in 0..size {
                let rest = pair.diagram.at(a, axis, value);
                match wanted.last_mut() {
                    Some((values, last)) if *last == rest => values.end = value + 1,
                    _ => wanted.push((value..value + 1, rest)),
                }
            }
            prop_assert_eq!(pair.diagram.stretches(a, axis), wanted);
        }
    }

    #[test]
    fn onward_reaches_every_later_moment(space in space(), a in recipe()) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        let time = pair.diagram.space().find(Axis::Time).expect("one axis is time");
        let onward = pair.diagram.onward(a);
        let wanted = |c: &Context| (0..=c[time.0 as usize]).any(|before| set.contains(&with(c, time, before)));
        prop_assert_eq!(pair.contexts(onward), pair.those(wanted));
        prop_assert_eq!(pair.diagram.onward(onward), onward);
    }

    #[test]
    fn cubes_split_a_set(space in space(), a in recipe()) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        let cubes = pair.diagram.cubes(a);
        for context in &pair.all {
            let holding = cubes.iter().filter(|cube| cube.0.iter().all(|(axis, values)| values.contains(&context[axis.0 as usize])));
            prop_assert_eq!(holding.count(), usize::from(set.contains(context)));
        }
        for (axis, values) in cubes.iter().flat_map(|cube| &cube.0) {
            prop_assert!(values.is_sorted() && values.len() < pair.diagram.space().size(*axis) as usize);
        }
        prop_assert!(cubes.iter().all(|cube| cube.0.is_sorted_by_key(|(axis, _)| axis)));
        prop_assert_eq!(&pair.diagram.cubes_up_to(a, 2)[..], &cubes[..cubes.len().min(2)]);
    }

    #[test]
    fn flips_are_the_minimal_changes(space in space(), a in recipe(), from in prop::collection::vec(0..4u32, 5), limit in 0..4usize) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        let from: Vec<(AxisId, u32)> = pair.axes().map(|(axis, size)| (axis, from[axis.0 as usize] % size)).collect();
        let start: Context = from.iter().map(|&(_, value)| value).collect();
        let wanted = minimal(set.iter().map(|context| changes(&start, context)).collect());
        let nodes = pair.diagram.len();
        let found = pair.diagram.flips(a, &from, usize::MAX);
        prop_assert_eq!(&found, &Smallest { sets: wanted.clone(), complete: true });
        let few = pair.diagram.flips(a, &from, limit);
        prop_assert_eq!(&few.sets[..], &wanted[..limit.min(wanted.len())]);
        prop_assert_eq!(few.complete, wanted.len() <= limit);
        prop_assert_eq!(pair.diagram.len(), nodes);
        prop_assert_eq!(pair.contexts(a), set);
    }

    #[test]
    fn primes_are_the_minimal_guarantees(space in space(), a in recipe(), chosen in prop::collection::vec(any::<bool>(), 5)) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        let axes: Vec<(AxisId, u32)> = pair.axes().filter(|(axis, _)| chosen[axis.0 as usize]).collect();
        let mut guarantees = BTreeSet::from([Choices::new()]);
        for &(axis, size) in &axes {
            let with = |set: &Choices| (0..size).map(|value| [&set[..], &[(axis, value)]].concat()).collect::<Vec<_>>();
            guarantees = guarantees.iter().flat_map(|set| with(set).into_iter().chain([set.clone()])).collect();
        }
        let makes = |context: &Context, choices: &Choices| choices.iter().all(|&(axis, value)| context[axis.0 as usize] == value);
        guarantees.retain(|choices| pair.all.iter().filter(|context| makes(context, choices)).all(|context| set.contains(context)));
        let axes: Vec<AxisId> = axes.into_iter().map(|(axis, _)| axis).collect();
        let found = pair.diagram.primes(a, &axes, usize::MAX);
        prop_assert_eq!(&found, &Smallest { sets: minimal(guarantees.clone()), complete: true });

        let cost = |axis: AxisId, value: u32| if axes.contains(&axis) { f64::from((axis.0 * 7 + value * 5) % 4) } else { f64::INFINITY };
        let price = |choices: &Choices| choices.iter().map(|&(axis, value)| cost(axis, value)).sum::<f64>();
        let least = guarantees.iter().map(price).min_by(f64::total_cmp);
        let cheapest = pair.diagram.cheapest(a, cost);
        prop_assert_eq!(cheapest.as_ref().map(|(cost, _)| *cost), least);
        if let Some((cost, choices)) = cheapest {
            prop_assert_eq!(price(&choices), cost);
            prop_assert!(guarantees.contains(&choices));
        }
    }

    #[test]
    fn weights_add_up(space in space(), a in recipe(), given in recipe(), raw in prop::collection::vec(1..9i64, 20)) {
        let mut pair = Pair::new(space);
        let ((a, set), (given, given_set)) = (pair.make(&a), pair.make(&given));
        let exact: Vec<Vec<BigRational>> = pair.axes().map(|(axis, size)| {
            let of_axis: Vec<i64> = (0..size).map(|value| raw[(axis.0 * 4 + value) as usize]).collect();
            let sum = of_axis.iter().sum::<i64>();
            of_axis.into_iter().map(|weight| BigRational::new(weight.into(), sum.into())).collect()
        }).collect();
        let rounded: Vec<Vec<f64>> = exact.iter().map(|axis| axis.iter().map(|weight| weight.to_f64().unwrap()).collect()).collect();
        let wanted = |set: &Contexts| -> BigRational {
            set.iter().map(|c| c.iter().zip(&exact).map(|(&v, axis)| axis[v as usize].clone()).product::<BigRational>()).sum()
        };
        prop_assert_eq!(pair.diagram.weigh_exact(a, &exact), wanted(&set));
        prop_assert!((pair.diagram.weigh(a, &rounded) - wanted(&set).to_f64().unwrap()).abs() < 1e-9);
        let (both, whole) = pair.diagram.weigh_given(a, given, &rounded);
        prop_assert!((both - wanted(&(&set & &given_set)).to_f64().unwrap()).abs() < 1e-9);
        prop_assert!((whole - wanted(&given_set).to_f64().unwrap()).abs() < 1e-9);
    }

    #[test]
    fn contexts_are_counted(space in space(), a in recipe()) {
        let mut pair = Pair::new(space);
        let (a, set) = pair.make(&a);
        let axes: Vec<AxisId> = pair.axes().map(|(axis, _)| axis).collect();
        let shares = pair.diagram.shares(&axes);
        prop_assert_eq!(Counting::new(&pair.diagram, &shares).of(a), BigInt::from(set.len()));
    }

    #[test]
    fn an_axis_matters_where_it_decides(space in space(), a in recipe(), feasible in recipe()) {
        let mut pair = Pair::new(space);
        let ((a, set), (feasible, possible)) = (pair.make(&a), pair.make(&feasible));
        let uniform = pair.diagram.space().uniform();
        for (axis, size) in pair.axes() {
            let decides = |c: &&Context| (0..size).map(|v| with(c, axis, v)).any(|other| possible.contains(&other) && set.contains(&other) != set.contains(*c));
            let share = possible.iter().filter(decides).count() as f64 / possible.len() as f64;
            match pair.diagram.sensitivity(a, axis, feasible, &uniform) {
                Some(found) => prop_assert!((found - share).abs() < 1e-9),
                None => prop_assert!(possible.is_empty()),
            }
            let by_value = pair.diagram.likelihood_by_value(a, axis, feasible, &uniform);
            for (value, found) in (0..size).zip(by_value) {
                let there: Contexts = possible.iter().filter(|c| c[axis.0 as usize] == value).cloned().collect();
                match found {
                    Some(found) => prop_assert!((found - (&there & &set).len() as f64 / there.len() as f64).abs() < 1e-9),
                    None => prop_assert!(there.is_empty()),
                }
            }
        }
    }
}
