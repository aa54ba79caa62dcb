//! Who needs whom, as numbers: the parts that hang together in circles, and one circle of each. Nothing here recurses.

use std::collections::VecDeque;

/// A directed graph: by node, the nodes that it points to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub to: Vec<Vec<usize>>,
}

impl Graph {
    /// By node, the number of its strongly connected part (Tarjan, *Depth-first search and linear graph algorithms*, 1972).
    pub fn parts(&self) -> Vec<usize> {
        const NEW: usize = usize::MAX;
        let nodes = self.to.len();
        let (mut order, mut low) = (vec![NEW; nodes], vec![0; nodes]);
        let mut part = vec![NEW; nodes];
        let (mut next_order, mut next_part) = (0, 0);
        let mut open: Vec<usize> = Vec::new();
        let mut path: Vec<(usize, usize)> = Vec::new();
        for start in 0..nodes {
            if order[start] != NEW {
                continue;
            }
            path.push((start, 0));
            while let Some((node, edge)) = path.pop() {
                if edge == 0 {
                    order[node] = next_order;
                    low[node] = next_order;
                    next_order += 1;
                    open.push(node);
                }
                if let Some(&next) = self.to[node].get(edge) {
                    path.push((node, edge + 1));
                    if order[next] == NEW {
                        path.push((next, 0));
                    } else if part[next] == NEW {
                        low[node] = low[node].min(order[next]);
                    }
                    continue;
                }
                if low[node] == order[node] {
                    while let Some(member) = open.pop() {
                        part[member] = next_part;
                        if member == node {
                            break;
                        }
                    }
                    next_part += 1;
                }
                if let Some(&(above, _)) = path.last() {
                    low[above] = low[above].min(low[node]);
                }
            }
        }
        part
    }

    /// A shortest circle of each part that has one, beginning at the part's first node.
    pub fn circles(&self) -> Vec<Vec<usize>> {
        let part = self.parts();
        let mut done = vec![false; self.to.len()];
        let mut circles = Vec::new();
        for node in 0..self.to.len() {
            if std::mem::replace(&mut done[part[node]], true) {
                continue;
            }
            if let Some(mut path) = self.path(node, node, &part) {
                path.pop();
                circles.push(path);
            }
        }
        circles
    }

    /// A shortest way of one step or more between two nodes of one part, both ends included.
    pub fn path(&self, from: usize, to: usize, part: &[usize]) -> Option<Vec<usize>> {
        let mut came_from = vec![None; self.to.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            for &next in &self.to[node] {
                if part[next] != part[from] {
                    continue;
                }
                if next == to {
                    let mut way = vec![to];
                    let mut here = Some(node);
                    while let Some(step) = here {
                        way.push(step);
                        here = if step == from { None } else { came_from[step] };
                    }
                    way.reverse();
                    return Some(way);
                }
                if came_from[next].is_none() && next != from {
                    came_from[next] = Some(node);
                    queue.push_back(next);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn circles_are_found_once_and_shortest() {
        let graph = Graph {
            to: vec![vec![1], vec![2, 0], vec![0], vec![3], vec![0]],
        };
        assert_eq!(graph.circles(), vec![vec![0, 1], vec![3]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let length = 200_000;
        let graph = Graph {
            to: (0..length).map(|node| vec![(node + 1) % length]).collect(),
        };
        assert_eq!(graph.circles()[0].len(), length);
    }
}
