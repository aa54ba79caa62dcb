//! A label as boxes of contexts, for reading.

use super::nodes::NO_AXIS;
use super::{AxisId, Cube, Diagram, Label};

impl Diagram {
    /// Disjoint cubes whose union is `a`, in a fixed order, as few as a greedy walk finds: values that lead to the same rest
    /// are one cube.
    pub fn cubes(&mut self, a: Label) -> Vec<Cube> {
        self.cubes_up_to(a, usize::MAX)
    }

    /// The first of the [`cubes`](Self::cubes), at most `limit`. (A label can have very many.)
    pub fn cubes_up_to(&self, a: Label, limit: usize) -> Vec<Cube> {
        let mut cubes = Vec::new();
        let mut path: Vec<(AxisId, Vec<u32>)> = Vec::new();
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
                let axis = AxisId(self.nodes.axis(rest));
                let branches = self.branches(rest).into_iter().rev();
                open.extend(branches.map(|(to, values)| (path.len(), Some((axis, values)), to)));
            }
        }
        cubes
    }

    /// The different sets that the values of the first axis lead to, each with its values, in order of the first of these.
    pub(super) fn branches(&self, a: Label) -> Vec<(Label, Vec<u32>)> {
        debug_assert!(self.nodes.axis(a) != NO_AXIS);
        let mut branches: Vec<(Label, Vec<u32>)> = Vec::new();
        let mut start = 0;
        for run in self.nodes.runs(a) {
            match branches.iter_mut().find(|(to, _)| *to == run.to) {
                Some((_, values)) => values.extend(start..run.end),
                None => branches.push((run.to, (start..run.end).collect())),
            }
            start = run.end;
        }
        branches
    }
}
