//! The search for implicants: primes, smallest first, and the cheapest one.
//!
//! With f split by an axis into f₁ … fₙ, a prime of f is a prime of f₁ ∧ … ∧ fₙ (what is common to all values), or else makes a choice
//! i there and goes on with a prime of fᵢ that is none of f₁ ∧ … ∧ fₙ (Coudert and Madre 1992, here for axes of many values).

use super::families::{Families, Family};
use super::implicants::{Choices, Smallest};
use super::{AxisId, Diagram, Label};
use rustc_hash::FxHashMap;

/// Nodes and steps that one search may take.
pub(super) const BUDGET: usize = 1 << 20;

/// One search, with what it found out about the labels that it met.
pub(super) struct Search<'a, C> {
    diagram: &'a mut Diagram,
    cost: C,
    /// By node: what is common to all values of its axis.
    common: FxHashMap<Label, Label>,
    /// By label: the cost of its cheapest implicant.
    least: FxHashMap<Label, f64>,
    /// By label and size: its primes of at most that size.
    primes: FxHashMap<(Label, u32), Family>,
    families: Families,
}

/// The search grew too large.
pub(super) struct TooLarge;

impl<'a, C: Fn(AxisId, u32) -> f64> Search<'a, C> {
    pub fn new(diagram: &'a mut Diagram, cost: C) -> Self {
        Self {
            diagram,
            cost,
            common: FxHashMap::default(),
            least: FxHashMap::from_iter([(Label::NEVER, f64::INFINITY), (Label::ALWAYS, 0.0)]),
            primes: FxHashMap::default(),
            families: Families::new(BUDGET),
        }
    }

    /// The cheapest implicant and its cost.
    pub fn cheapest(&mut self, goal: Label) -> Result<Option<(f64, Choices)>, TooLarge> {
        let least = self.least(goal)?;
        Ok(least.is_finite().then(|| (least, self.walk(goal))))
    }

    /// Finds the cost of the cheapest implicant of each label on the way down from `goal`.
    fn least(&mut self, goal: Label) -> Result<f64, TooLarge> {
        if self.diagram.exhausted() {
            return Err(TooLarge);
        }
        let mut open = vec![goal];
        while let Some(&node) = open.last() {
            if self.least.contains_key(&node) {
                open.pop();
                continue;
            }
            let common = self.common_to_all(node)?;
            let waiting = open.len();
            let parts = self.diagram.nodes.runs(node).iter().map(|run| run.to);
            open.extend(
                parts
                    .chain([common])
                    .filter(|part| !self.least.contains_key(part)),
            );
            if open.len() == waiting {
                let by_choice = self
                    .choices(node)
                    .map(|(_, cost, to)| cost + self.least[&to]);
                let least = by_choice.fold(self.least[&common], f64::min);
                self.least.insert(node, least);
                open.pop();
            }
        }
        Ok(self.least[&goal])
    }

    /// The choices of a cheapest implicant, whose cost is known and finite.
    fn walk(&self, goal: Label) -> Choices {
        let mut choices = Choices::new();
        let mut node = goal;
        while !node.is_always() {
            let least = self.least[&node];
            let common = self.common[&node];
            if self.least[&common] <= least {
                node = common;
                continue;
            }
            let best = self
                .choices(node)
                .find(|&(_, cost, to)| cost + self.least[&to] <= least);
            let (choice, _, to) = best.expect("the least cost is that of one of the choices");
            choices.push(choice);
            node = to;
        }
        choices
    }

    /// The choices on the node's axis, each with its cost and what remains.
    fn choices(&self, node: Label) -> impl Iterator<Item = ((AxisId, u32), f64, Label)> + '_ {
        let axis = AxisId(self.diagram.nodes.axis(node));
        let mut start = 0;
        self.diagram.nodes.runs(node).iter().flat_map(move |run| {
            let values = start..run.end;
            start = run.end;
            values.map(move |value| ((axis, value), (self.cost)(axis, value), run.to))
        })
    }

    /// The smallest primes, found size by size, so that many large ones do not stand in the way. Costs must be 1.
    pub fn smallest(&mut self, goal: Label, limit: usize) -> Smallest {
        let Ok(least) = self.least(goal) else {
            return Smallest::default();
        };
        if least.is_infinite() {
            return Smallest {
                sets: Vec::new(),
                complete: true,
            };
        }
        let (mut size, largest) = (least as u32, self.axes_left(goal));
        let mut family = Family::EMPTY;
        let mut complete = false;
        while let Ok(found) = self.primes_up_to(goal, size) {
            family = found;
            complete = size >= largest;
            if complete || self.families.has_at_least(family, limit.saturating_add(1)) {
                break;
            }
            size += 1 + size / 2;
        }
        if family == Family::EMPTY {
            return Smallest {
                sets: vec![self.walk(goal)],
                complete: false,
            };
        }
        let complete = complete && !self.families.has_at_least(family, limit.saturating_add(1));
        Smallest {
            sets: self.families.smallest(family, limit),
            complete,
        }
    }

    /// The primes of at most this size of `goal`, whose least size is known.
    fn primes_up_to(&mut self, goal: Label, size: u32) -> Result<Family, TooLarge> {
        let mut open = vec![(goal, size)];
        while let Some(&(node, size)) = open.last() {
            if self.known_primes(node, size).is_some() {
                open.pop();
                continue;
            }
            let common = self.common_to_all(node)?;
            let waiting = open.len();
            let parts = self
                .diagram
                .nodes
                .runs(node)
                .iter()
                .map(|run| (run.to, size - 1));
            let parts = parts.chain([(common, size)]);
            open.extend(parts.filter(|&(part, size)| self.known_primes(part, size).is_none()));
            if open.len() == waiting {
                let primes = self.primes_from_parts(node, common, size)?;
                let size = size.min(self.axes_left(node));
                self.primes.insert((node, size), primes);
                open.pop();
            }
        }
        self.known_primes(goal, size).ok_or(TooLarge)
    }

    fn primes_from_parts(
        &mut self,
        node: Label,
        common: Label,
        size: u32,
    ) -> Result<Family, TooLarge> {
        let known = "the parts were searched before";
        let without_choice = self.known_primes(common, size).expect(known);
        let mut family = without_choice;
        let mut last: Option<(Label, Family)> = None;
        let choices: Vec<_> = self.choices(node).collect();
        for (choice, _, to) in choices.into_iter().rev() {
            let with_choice = match last {
                Some((last_to, same)) if last_to == to => same,
                _ => {
                    let primes = self.known_primes(to, size - 1).expect(known);
                    self.families.difference(primes, without_choice)
                }
            };
            last = Some((to, with_choice));
            family = self.families.node(choice, with_choice, family);
        }
        if self.too_large() {
            Err(TooLarge)
        } else {
            Ok(family)
        }
    }

    fn known_primes(&self, label: Label, size: u32) -> Option<Family> {
        if label.is_always() {
            Some(Family::UNIT)
        } else if self.least[&label] > f64::from(size) {
            Some(Family::EMPTY)
        } else {
            self.primes
                .get(&(label, size.min(self.axes_left(label))))
                .copied()
        }
    }

    /// No implicant of the label that is prime can have more choices.
    fn axes_left(&self, label: Label) -> u32 {
        (self.diagram.space().axes.len() as u32).saturating_sub(self.diagram.nodes.axis(label))
    }

    /// What is in the label's set whatever the value of its first axis is.
    fn common_to_all(&mut self, node: Label) -> Result<Label, TooLarge> {
        if let Some(&known) = self.common.get(&node) {
            return Ok(known);
        }
        let common = self.diagram.fold(node, Label::ALWAYS, Diagram::and);
        if self.too_large() {
            return Err(TooLarge);
        }
        self.common.insert(node, common);
        Ok(common)
    }

    fn too_large(&self) -> bool {
        self.diagram.exhausted()
            || self.families.exhausted()
            || self.least.len() + self.primes.len() > BUDGET
    }
}
