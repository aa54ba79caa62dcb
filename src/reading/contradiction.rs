//! Sentences that are certain together with their opposites. Nothing is repaired; what rests on them is marked.

use super::Reader;
use super::answer::Contradiction;
use super::proof::{Claim, Depth, Proof};
use super::scope::Openness;
use super::standing::Bound;
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Frame, RelationId, Variables};
use crate::text::Span;
use crate::value::Term;
use std::collections::{HashMap, HashSet};

impl Reader<'_> {
    /// The contradictions in some scenario and open world, in order of relations and terms.
    pub fn contradictions(&mut self) -> Vec<Contradiction> {
        let mut found: Vec<(RelationId, Vec<Term>)> = self.contradicted.keys().cloned().collect();
        found.sort_by(|left, right| {
            left.0
                .cmp(&right.0)
                .then_with(|| self.compare_rows(&left.1, &right.1))
        });
        let frame = Frame::default();
        let Ok(scope) = self.scope(
            &frame,
            &Variables::default(),
            Span::default(),
            Openness::All,
        ) else {
            return Vec::new();
        };
        let region = self.region(&scope);
        let mut contradictions = Vec::new();
        for (relation, terms) in found {
            let label = self
                .contradicted
                .get(&(relation, terms.clone()))
                .copied()
                .unwrap_or(Label::NEVER);
            let Some(extent) = self.extents(label, &scope).into_iter().next() else {
                continue;
            };
            // Proved where it is reported: elsewhere other facts may stand behind it.
            let here = self.model.diagram.and(label, region);
            let proofs = self.both_proofs(relation, &terms, here);
            contradictions.push(Contradiction {
                shared: shared(&proofs),
                relation,
                terms,
                extent,
                proofs,
            });
        }
        contradictions
    }

    /// The proof of a contradicted sentence and that of its opposite, in one context where both are certain.
    pub(super) fn both_proofs(
        &mut self,
        relation: RelationId,
        terms: &[Term],
        label: Label,
    ) -> Vec<Proof> {
        let Some(moment) = self.moment_in(label) else {
            return Vec::new();
        };
        let sides = [false, true].map(|negative| Side { relation, negative });
        sides
            .into_iter()
            .map(|side| {
                self.argue(side, terms, View::Certain, &moment, Depth::BARE)
                    .0
            })
            .collect()
    }

    /// Where a sentence and its opposite (or a rival value) are both certain.
    pub fn contradiction(&mut self, relation: RelationId, terms: &[Term]) -> Label {
        let side = Side {
            relation,
            negative: false,
        };
        let certain = self.label(side, View::Certain, terms, Bound::Lower);
        let opposite = self.label(side.opposite(), View::Certain, terms, Bound::Lower);
        self.model.diagram.and(certain, opposite)
    }

    /// All sentences that are contradicted in some context.
    pub(super) fn find_contradictions(&mut self) -> HashMap<(RelationId, Vec<Term>), Label> {
        let mut found = HashMap::new();
        for number in 0..self.program.relations.len() {
            let relation = RelationId(number as u32);
            let sides = self.core.views[number];
            let one = self.program.relations[number].one;
            let candidates = match (sides.opposite, one) {
                // The smaller side leads.
                (Some(opposite), None) => {
                    let (positive, negative) = (
                        self.model.table(sides.sentence.certain),
                        self.model.table(opposite.certain),
                    );
                    let leading = if positive.len() < negative.len() {
                        positive
                    } else {
                        negative
                    };
                    leading
                        .rows()
                        .map(|row| leading.row(row).to_vec())
                        .collect()
                }
                (None, None) => Vec::new(),
                (_, Some(place)) => {
                    self.contested_groups(relation, place, sides.opposite.is_some())
                }
            };
            for terms in candidates {
                let label = self.contradiction(relation, &terms);
                if !label.is_never() {
                    found.insert((relation, terms), label);
                }
            }
        }
        found
    }

    /// The rows of a `one` relation whose group has another row, and all rows where opposites are concluded too.
    fn contested_groups(&self, relation: RelationId, place: usize, all: bool) -> Vec<Vec<Term>> {
        let table = self
            .model
            .table(self.core.views[relation.0 as usize].sentence.certain);
        let mut groups: HashMap<Vec<Term>, Vec<Vec<Term>>> = HashMap::new();
        for row in table.rows() {
            let terms = table.row(row).to_vec();
            let mut key = terms.clone();
            key.remove(place);
            groups.entry(key).or_default().push(terms);
        }
        groups
            .into_values()
            .filter(|rows| all || rows.len() > 1)
            .flatten()
            .collect()
    }
}

/// What several proofs have in common: sentences of all of them, those left out that only stand below another such one.
fn shared(proofs: &[Proof]) -> Vec<(Side, Vec<Term>)> {
    let [first, second] = proofs else {
        return Vec::new();
    };
    let claims = |proof: &Proof| -> HashSet<(Side, Vec<Term>)> {
        let sentences = proof.nodes.iter().filter_map(|node| match &node.claim {
            Claim::Sentence { side, terms } => Some((*side, terms.clone())),
            Claim::Text(_) => None,
        });
        sentences.collect()
    };
    let known = claims(second);
    let mut found: Vec<(Side, Vec<Term>)> = Vec::new();
    let mut open = vec![0];
    while let Some(place) = open.pop() {
        let Some(node) = first.nodes.get(place) else {
            continue;
        };
        match &node.claim {
            Claim::Sentence { side, terms } if known.contains(&(*side, terms.clone())) => {
                let sentence = (*side, terms.clone());
                if !found.contains(&sentence) {
                    found.push(sentence);
                }
            }
            _ => open.extend(node.premises.iter().rev()),
        }
    }
    found
}
