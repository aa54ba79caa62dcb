//! Where a proof stands: the contexts in which every step of it would be taken.

use super::build::Building;
use super::moment::Moment;
use super::search::Under;
use super::step::Instantiated;
use crate::core::View;
use crate::core::branches::{Item, conjunction};
use crate::label::{Axis, Label};
use crate::program::Aggregate;
use crate::reading::Reader;
use crate::reading::matching::{Binding, dual};
use crate::reading::standing::Bound;
use crate::text::Span;

impl Reader<'_> {
    fn has_contexts(&self) -> bool {
        !self.model.diagram.space().axes.is_empty()
    }

    /// A label of what holds at a moment, as it counts for the proof: what held at an earlier time than the root counts after
    /// that. (At that time itself, the proof might rest on its own conclusion.)
    pub(super) fn seen_from(&mut self, building: &Building, label: Label, then: &Moment) -> Label {
        let Some(axis) = self.axis(Axis::Time) else {
            return label;
        };
        let time = |moment: &Moment| moment.0[axis.0 as usize];
        if time(then) == time(&building.moment) {
            return label;
        }
        let worlds = self.model.diagram.at(label, axis, time(then));
        let onward = time(then) + 1..self.core.segments.count();
        let times = self.model.diagram.between(axis, onward);
        self.model.diagram.and(worlds, times)
    }

    /// The contexts in which an item of a condition holds with the same values. A literal's own label is its goal's to count.
    pub(super) fn item_label(
        &mut self,
        item: &Item<'_>,
        condition: Instantiated<'_>,
        under: Under<'_>,
    ) -> Label {
        if !self.has_contexts() {
            return Label::ALWAYS;
        }
        match *item {
            Item::Literal(_) | Item::Comparison { .. } => Label::ALWAYS,
            Item::Except(exception) => {
                let view = (dual(under.view), under.bound.other());
                let held = self.label_where(condition.at, exception, condition.binding, view);
                self.model.diagram.not(held)
            }
            Item::Aggregate(aggregate) => {
                self.aggregate_label(aggregate, condition.binding, condition.at, under)
            }
        }
    }

    /// Where just what was counted is counted.
    fn aggregate_label(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Label {
        if aggregate.recursive {
            return Label::ALWAYS;
        }
        let mut outside = vec![None; binding.len()];
        for group in &aggregate.groups {
            outside[group.0 as usize] = binding[group.0 as usize];
        }
        let mut label = Label::ALWAYS;
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            for (_, part) in
                self.labelled_matches(at, &branch, outside.clone(), (View::Presumed, Bound::Lower))
            {
                let kept = if self.at_moment(part, under.moment) {
                    part
                } else {
                    self.model.diagram.not(part)
                };
                label = self.model.diagram.and(label, kept);
            }
        }
        label
    }

    /// The contexts in which the argument at a node stands.
    pub(super) fn stands(&mut self, building: &Building, root: usize) -> Label {
        let mut label = Label::ALWAYS;
        let mut seen = vec![false; building.nodes.len()];
        let mut open = vec![root];
        while let Some(place) = open.pop() {
            if std::mem::replace(&mut seen[place], true) {
                continue;
            }
            label = self.model.diagram.and(label, building.labels[place]);
            let node = &building.nodes[place];
            open.extend(node.premises.iter().chain(&node.also).chain(&node.shown));
        }
        label
    }
}
