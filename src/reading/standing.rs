//! How a sentence stands in every context at once, and how that of a compound follows from its parts.

use super::Reader;
use crate::core::{CoreId, Side, View};
use crate::label::{Diagram, Label};
use crate::value::Term;

/// Sets of contexts, each within the next: where it is certain, where it holds (certain or presumed), where it is at least
/// possible, where it is at least open. `refuted` says where its opposite holds; the first status that fits counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub certain: Label,
    pub holds: Label,
    pub possible: Label,
    pub open: Label,
    pub refuted: Label,
}

impl Standing {
    /// Nothing speaks for or against it anywhere.
    pub const UNKNOWN: Self = Self {
        certain: Label::NEVER,
        holds: Label::NEVER,
        possible: Label::NEVER,
        open: Label::NEVER,
        refuted: Label::NEVER,
    };

    /// True by itself: the empty condition, a comparison that holds.
    pub const TRUE: Self = Self::all(Label::ALWAYS);

    /// Certain in these contexts, unknown elsewhere.
    pub const fn all(label: Label) -> Self {
        Self {
            certain: label,
            holds: label,
            possible: label,
            open: label,
            refuted: Label::NEVER,
        }
    }

    /// The weakest of both; refuted where either is.
    pub fn and(self, other: Self, diagram: &mut Diagram) -> Self {
        Self {
            certain: diagram.and(self.certain, other.certain),
            holds: diagram.and(self.holds, other.holds),
            possible: diagram.and(self.possible, other.possible),
            open: diagram.and(self.open, other.open),
            refuted: diagram.or(self.refuted, other.refuted),
        }
    }

    /// The strongest of both; refuted where both are.
    pub fn or(self, other: Self, diagram: &mut Diagram) -> Self {
        Self {
            certain: diagram.or(self.certain, other.certain),
            holds: diagram.or(self.holds, other.holds),
            possible: diagram.or(self.possible, other.possible),
            open: diagram.or(self.open, other.open),
            refuted: diagram.and(self.refuted, other.refuted),
        }
    }
}

/// Which of the two bounds between which a loop leaves a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Where it holds.
    Lower,
    /// Where it holds or is open.
    Upper,
}

impl Bound {
    pub fn other(self) -> Self {
        match self {
            Self::Lower => Self::Upper,
            Self::Upper => Self::Lower,
        }
    }
}

impl Reader<'_> {
    /// How an opposite stands that was found by its own row: by that alone, whatever rival values there are.
    pub fn standing_by_itself(&self, side: Side, terms: &[Term]) -> Standing {
        let own = |view, bound| self.own_label(side, view, terms, bound);
        let certain = own(View::Certain, Bound::Lower);
        let holds = own(View::Presumed, Bound::Lower);
        let possible = own(View::Possible, Bound::Lower);
        let open = own(View::Possible, Bound::Upper);
        Standing {
            certain,
            holds,
            possible,
            open,
            refuted: Label::NEVER,
        }
    }

    /// How a literal without variables stands.
    pub fn standing(&mut self, side: Side, terms: &[Term]) -> Standing {
        let certain = self.label(side, View::Certain, terms, Bound::Lower);
        if certain.is_always() {
            return Standing::TRUE;
        }
        let holds = self.label(side, View::Presumed, terms, Bound::Lower);
        // The first status that fits counts, in a contradiction too.
        let opposite = self.label(side.opposite(), View::Presumed, terms, Bound::Lower);
        let refuted = self.model.diagram.without(opposite, holds);
        let mut possible = holds;
        let mut undecided = Label::NEVER;
        for side in [side, side.opposite()] {
            let label = self.label(side, View::Possible, terms, Bound::Lower);
            possible = self.model.diagram.or(possible, label);
            for view in [View::Certain, View::Presumed, View::Possible] {
                let lower = self.label(side, view, terms, Bound::Lower);
                let upper = self.label(side, view, terms, Bound::Upper);
                let between = self.model.diagram.without(upper, lower);
                undecided = self.model.diagram.or(undecided, between);
            }
        }
        // What is refuted is no more than that, so that a compound does not take it for contested.
        let but_refuted = |diagram: &mut crate::label::Diagram, label| {
            let rest = diagram.without(label, refuted);
            diagram.or(holds, rest)
        };
        let open = self.model.diagram.or(possible, undecided);
        let possible = but_refuted(&mut self.model.diagram, possible);
        let open = but_refuted(&mut self.model.diagram, open);
        Standing {
            certain,
            holds,
            possible,
            open,
            refuted,
        }
    }

    /// Where a literal without variables holds under a view. The opposite of a sentence of a `one` relation holds where a rival
    /// value does.
    pub fn label(&mut self, side: Side, view: View, terms: &[Term], bound: Bound) -> Label {
        let mut label = self.own_label(side, view, terms, bound);
        let one = self.program.relations[side.relation.0 as usize].one;
        if let Some(place) = one.filter(|_| side.negative)
            && let Some(relation) = self.view(side.opposite(), view)
        {
            for rival in self.rivals(relation, terms, place, bound) {
                label = self.model.diagram.or(label, rival);
            }
        }
        label
    }

    /// Where a literal without variables holds under a view by its own row.
    pub fn own_label(&self, side: Side, view: View, terms: &[Term], bound: Bound) -> Label {
        self.view(side, view).map_or(Label::NEVER, |relation| {
            self.table(relation, bound).label_of(terms)
        })
    }

    /// The labels of the rows with another value at a place.
    fn rivals(&self, relation: CoreId, terms: &[Term], place: usize, bound: Bound) -> Vec<Label> {
        let pattern: Vec<Option<Term>> = terms
            .iter()
            .enumerate()
            .map(|(at, &term)| (at != place).then_some(term))
            .collect();
        let table = self.table(relation, bound);
        table
            .matching(&pattern)
            .into_iter()
            .filter(|&row| table.row(row)[place] != terms[place])
            .map(|row| table.label(row))
            .collect()
    }
}
