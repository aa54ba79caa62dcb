//! Sentences that are certain together with their opposites. Nothing is repaired; what rests on them is marked.

use super::Reader;
use super::answer::Contradiction;
use super::matching::{bind_all, value};
use super::scope::Openness;
use super::standing::Bound;
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Argument, Body, Frame, Literal, RelationId, Variable, Variables};
use crate::text::Span;
use crate::value::Term;
use std::collections::HashSet;

impl Reader<'_> {
    /// The contradictions in some scenario and open world, in order of relations and terms.
    pub fn contradictions(&mut self) -> Vec<Contradiction> {
        let mut found: Vec<(RelationId, Vec<Term>)> = self.contradicted.iter().cloned().collect();
        found.sort_by(|left, right| left.0.cmp(&right.0).then_with(|| self.compare_rows(&left.1, &right.1)));
        let frame = Frame::default();
        let Ok(scope) = self.scope(&frame, &Variables::default(), Span::default(), Openness::All) else {
            return Vec::new();
        };
        let mut contradictions = Vec::new();
        for (relation, terms) in found {
            let label = self.contradiction(relation, &terms);
            let mut extents = self.extents(label, &scope);
            if extents.is_empty() {
                continue;
            }
            contradictions.push(Contradiction { relation, terms, extent: extents.swap_remove(0) });
        }
        contradictions
    }

    /// Where a sentence and its opposite (or a rival value) are both certain.
    pub fn contradiction(&mut self, relation: RelationId, terms: &[Term]) -> Label {
        let side = Side { relation, negative: false };
        let certain = self.label(side, View::Certain, terms, Bound::Lower);
        let opposite = self.label(side.opposite(), View::Certain, terms, Bound::Lower);
        self.model.diagram.and(certain, opposite)
    }

    /// All sentences that are contradicted in some context.
    pub(super) fn find_contradictions(&mut self) -> HashSet<(RelationId, Vec<Term>)> {
        let mut found = HashSet::new();
        for number in 0..self.program.relations.len() {
            let relation = RelationId(number as u32);
            let sides = self.core.views[number];
            let one = self.program.relations[number].one;
            let candidates = match (sides.opposite, one) {
                // The smaller side leads.
                (Some(opposite), None) => {
                    let (positive, negative) = (self.model.table(sides.sentence.certain), self.model.table(opposite.certain));
                    let leading = if positive.len() < negative.len() { positive } else { negative };
                    leading.rows().map(|row| leading.row(row).to_vec()).collect()
                }
                (None, None) => Vec::new(),
                (_, Some(place)) => self.contested_groups(relation, place, sides.opposite.is_some()),
            };
            for terms in candidates {
                if !self.contradiction(relation, &terms).is_never() {
                    found.insert((relation, terms));
                }
            }
        }
        found
    }

    /// The rows of a `one` relation whose group has another row, and all rows where opposites are concluded too.
    fn contested_groups(&self, relation: RelationId, place: usize, all: bool) -> Vec<Vec<Term>> {
        let table = self.model.table(self.core.views[relation.0 as usize].sentence.certain);
        let mut groups: std::collections::HashMap<Vec<Term>, Vec<Vec<Term>>> = std::collections::HashMap::new();
        for row in table.rows() {
            let terms = table.row(row).to_vec();
            let mut key = terms.clone();
            key.remove(place);
            groups.entry(key).or_default().push(terms);
        }
        groups.into_values().filter(|rows| all || rows.len() > 1).flatten().collect()
    }

    /// Whether a condition without variables speaks of a contradicted sentence.
    pub(super) fn speaks_of_contradiction(&self, body: &Body) -> bool {
        self.row_is_contradicted(body, &[], &[])
    }

    /// Whether some literal of the condition is, with these values, a contradicted sentence.
    pub(super) fn row_is_contradicted(&self, body: &Body, columns: &[Variable], terms: &[Term]) -> bool {
        if self.contradicted.is_empty() {
            return false;
        }
        let mut found = false;
        each_literal(body, &mut |literal| {
            let highest = literal.arguments.iter().filter_map(variable_number).chain(columns.iter().map(|column| column.0)).max();
            let mut binding = vec![None; highest.map_or(0, |highest| highest as usize + 1)];
            for (column, &term) in columns.iter().zip(terms) {
                binding[column.0 as usize] = Some(term);
            }
            let pattern: Option<Vec<Term>> = literal.arguments.iter().map(|&argument| value(argument, &binding)).collect();
            found |= match pattern {
                Some(row) => self.is_contradicted(literal.relation, &row),
                None => self.contradicted.iter().any(|(relation, row)| {
                    *relation == literal.relation && bind_all(&literal.arguments, row, &mut binding.clone())
                }),
            };
        });
        found
    }
}

fn variable_number(argument: &Argument) -> Option<u32> {
    match argument {
        Argument::Variable(variable) => Some(variable.0),
        Argument::Constant(_) => None,
    }
}

/// Calls back for each literal outside exceptions.
fn each_literal(body: &Body, visit: &mut impl FnMut(&Literal)) {
    match body {
        Body::Literal(literal) => visit(literal),
        Body::And(parts) | Body::Or(parts) => parts.iter().for_each(|part| each_literal(part, visit)),
        Body::Unless { body: Some(body), .. } => each_literal(body, visit),
        Body::Unless { body: None, .. } | Body::Comparison { .. } | Body::Aggregate(_) => {}
    }
}
