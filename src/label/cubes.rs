//! A label as boxes of contexts, for reading: disjoint, and few.
//!
//! Going down a diagram, each way to its end is a cube. Often fewer do: where what is [common](Plan) to all values of an axis is
//! told first, with the axis free, and then for each value only the rest.

use super::nodes::{NO_AXIS, Run};
use super::{AxisId, Cube, Diagram, Label};
use rustc_hash::FxHashMap;

/// The values of an axis that are together in a cube.
type Choice = (AxisId, Vec<u32>);

/// Labels larger than this, or needing more steps, are told the straight way.
const LARGE: usize = 500;
const STEPS: usize = 5000;
const COPY_BUDGET: usize = 1 << 16;

impl Diagram {
    /// Disjoint cubes whose union is `a`, in a fixed order, as few as a greedy walk finds: values that lead to the same rest
    /// are one cube.
    pub fn cubes(&self, a: Label) -> Vec<Cube> {
        self.cubes_up_to(a, usize::MAX)
    }

    /// The first of the [`cubes`](Self::cubes), at most `limit`. (A label can have very many.)
    pub fn cubes_up_to(&self, a: Label, limit: usize) -> Vec<Cube> {
        let nodes = self.nodes_of(a);
        // A chain of nodes is one cube.
        if nodes > 2 && nodes <= LARGE {
            let (mut copy, a) = self.copy_of(a);
            if let Some(plan) = Plan::new(&mut copy, a) {
                return copy.walk(a, limit, |node| plan.parts(&copy, node));
            }
        }
        self.walk(a, limit, |node| self.split(node))
    }

    /// The union of cubes.
    pub fn of_cubes(&mut self, cubes: &[Cube]) -> Label {
        let mut union = Label::NEVER;
        for Cube(choices) in cubes {
            let mut cube = Label::ALWAYS;
            for (axis, values) in choices {
                let among = self.among(*axis, values);
                cube = self.and(cube, among);
            }
            union = self.or(union, cube);
        }
        union
    }

    /// The ways from `a` to where it always holds. `parts` says how each node is taken apart.
    fn walk(
        &self,
        a: Label,
        limit: usize,
        parts: impl Fn(Label) -> Vec<(Option<Choice>, Label)>,
    ) -> Vec<Cube> {
        let mut cubes = Vec::new();
        let mut path: Vec<Choice> = Vec::new();
        let mut open = vec![(0, None, a)];
        while let Some((depth, choice, rest)) = open.pop() {
            if cubes.len() == limit {
                break;
            }
            path.truncate(depth);
            path.extend(choice);
            if rest.is_always() {
                cubes.push(Cube(path.clone()));
            } else if !rest.is_never() {
                open.extend(
                    parts(rest)
                        .into_iter()
                        .rev()
                        .map(|(choice, to)| (path.len(), choice, to)),
                );
            }
        }
        cubes
    }

    /// Each of the different sets that the values of the first axis lead to, in order of the first of these.
    fn split(&self, a: Label) -> Vec<(Option<Choice>, Label)> {
        debug_assert!(self.nodes.axis(a) != NO_AXIS);
        let axis = AxisId(self.nodes.axis(a));
        let mut start = 0;
        let mut parts: Vec<(Vec<u32>, Label)> = Vec::new();
        for run in self.nodes.runs(a) {
            let values = start..run.end;
            match parts.iter_mut().find(|(_, to)| *to == run.to) {
                Some((known, _)) => known.extend(values),
                None => parts.push((values.collect(), run.to)),
            }
            start = run.end;
        }
        parts
            .into_iter()
            .map(|(values, to)| (Some((axis, values)), to))
            .collect()
    }

    /// A diagram of `a` alone.
    fn copy_of(&self, a: Label) -> (Diagram, Label) {
        let mut copy = Diagram::over(self.space.clone());
        copy.set_budget(LARGE + COPY_BUDGET);
        let mut copied =
            FxHashMap::from_iter([(Label::NEVER, Label::NEVER), (Label::ALWAYS, Label::ALWAYS)]);
        for node in self.nodes.down_to(a, super::diagram::LAST_AXIS) {
            let runs: Vec<_> = self
                .nodes
                .runs(node)
                .iter()
                .map(|run| Run {
                    end: run.end,
                    to: copied[&run.to],
                })
                .collect();
            copied.insert(node, copy.nodes.make(self.nodes.axis(node), &runs));
        }
        (copy, copied[&a])
    }
}

/// How to take each node apart so that few cubes result.
struct Plan {
    steps: FxHashMap<Label, Step>,
}

/// For one node.
struct Step {
    /// How many cubes it makes.
    cubes: u64,
    /// What is common to all values, where it is to be told first, and for each of the split parts what it has beyond that.
    common: Option<(Label, Vec<Label>)>,
}

impl Plan {
    /// `None` where that takes too long.
    fn new(diagram: &mut Diagram, a: Label) -> Option<Self> {
        let leaf = |cubes| Step {
            cubes,
            common: None,
        };
        let mut plan = Self {
            steps: FxHashMap::from_iter([(Label::NEVER, leaf(0)), (Label::ALWAYS, leaf(1))]),
        };
        let mut open = vec![a];
        let mut steps = 0;
        while let Some(&node) = open.last() {
            if plan.steps.contains_key(&node) {
                open.pop();
                continue;
            }
            steps += 1;
            if steps > STEPS || diagram.exhausted() {
                return None;
            }
            let parts: Vec<Label> = diagram.split(node).into_iter().map(|(_, to)| to).collect();
            let common = diagram.fold(node, Label::ALWAYS, Diagram::and);
            let rests: Vec<Label> = parts
                .iter()
                .map(|&part| diagram.without(part, common))
                .collect();
            let waiting = open.len();
            open.extend(
                parts
                    .iter()
                    .chain(&rests)
                    .chain([&common])
                    .filter(|part| !plan.steps.contains_key(part)),
            );
            if open.len() == waiting {
                let count = |labels: &[Label]| {
                    labels
                        .iter()
                        .map(|label| plan.steps[label].cubes)
                        .fold(0, u64::saturating_add)
                };
                let (straight, shared) = (
                    count(&parts),
                    count(&rests).saturating_add(count(&[common])),
                );
                let step = Step {
                    cubes: straight.min(shared),
                    common: (shared < straight).then_some((common, rests)),
                };
                plan.steps.insert(node, step);
                open.pop();
            }
        }
        Some(plan)
    }

    fn parts(&self, diagram: &Diagram, node: Label) -> Vec<(Option<Choice>, Label)> {
        let mut parts = diagram.split(node);
        if let Some((common, rests)) = &self.steps[&node].common {
            for (part, &rest) in parts.iter_mut().zip(rests) {
                part.1 = rest;
            }
            parts.insert(0, (None, *common));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::{Axis, Space};
    use crate::program::DriverId;

    #[test]
    fn what_is_common_is_told_first() {
        let axes = (0..4)
            .map(|driver| (Axis::Driver(DriverId(driver)), 2))
            .collect();
        let mut diagram = Diagram::new(Space { axes });
        let [a, b, c, d] = [0, 1, 2, 3].map(|axis| diagram.among(AxisId(axis), &[0]));
        let (one, other) = (diagram.and(a, c), diagram.and(b, d));
        let either = diagram.or(one, other);
        // b and d; a, c and not b; a, b, c and not d.
        assert_eq!(diagram.cubes(either).len(), 3);
        let straight = diagram.walk(either, usize::MAX, |node| diagram.split(node));
        assert_eq!(straight.len(), 4);
    }
}
