//! What rests on a contradiction: what would stand otherwise if nothing spoke for the contradicted sentences or their opposites. Costs
//! nothing where there is none.

mod answers;
mod without;

pub use without::Otherwise;

use super::Reader;
use super::matching::{Binding, value};
use super::scope::Scope;
use super::take::every_literal;
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Body, RelationId};
use crate::reading::standing::Bound;
use crate::value::Term;
use std::collections::{HashMap, HashSet};

/// A sentence, either way.
type Known = (RelationId, Vec<Term>);

/// Sentences, either way, by where they rest on a contradiction.
#[derive(Clone, Debug, Default)]
pub struct Tainted {
    sentences: HashMap<Known, Label>,
    /// Relations of which any sentence may, there being too many to tell.
    relations: HashSet<RelationId>,
}

impl Tainted {
    /// Where a sentence rests on a contradiction; `None` where that was not told apart.
    fn of(&self, known: &Known) -> Option<Label> {
        match self.sentences.get(known) {
            Some(&label) => Some(label),
            None if self.relations.contains(&known.0) => None,
            None => Some(Label::NEVER),
        }
    }
}

impl Reader<'_> {
    /// Whether a sentence or its opposite rests on a contradiction in some context of a scope.
    pub(super) fn is_tainted(
        &mut self,
        relation: RelationId,
        terms: &[Term],
        scope: &Scope,
    ) -> bool {
        self.is_tainted_within(Label::ALWAYS, relation, terms, scope)
    }

    /// The same for the contexts of a label, such as those in which the sentence has one status.
    pub(super) fn is_tainted_within(
        &mut self,
        within: Label,
        relation: RelationId,
        terms: &[Term],
        scope: &Scope,
    ) -> bool {
        if self.contradicted.is_empty() {
            return false;
        }
        let Some(label) = self.tainted_where(&(relation, terms.to_vec())) else {
            return true;
        };
        let label = self.model.diagram.and(label, within);
        let worlds = self.in_worlds(label, scope);
        !self.model.diagram.and(worlds, scope.worlds).is_never()
    }

    /// Where a sentence rests on a contradiction; `None` where that was not told apart.
    fn tainted_where(&mut self, known: &Known) -> Option<Label> {
        let label = self.tainted().of(known)?;
        let rivals = self.rivals_of(known);
        let tainted = rivals.iter().filter_map(|rival| self.tainted().of(rival));
        let tainted: Vec<Label> = tainted.collect();
        let diagram = &mut self.model.diagram;
        Some(
            tainted
                .into_iter()
                .fold(label, |all, label| diagram.or(all, label)),
        )
    }

    /// The rival values of a sentence that nothing speaks for, which stands as they let it.
    fn rivals_of(&self, (relation, terms): &Known) -> Vec<Known> {
        let Some(place) = self.program.relations[relation.0 as usize].one else {
            return Vec::new();
        };
        let side = |negative| Side {
            relation: *relation,
            negative,
        };
        let own = [false, true]
            .map(|negative| self.own_label(side(negative), View::Possible, terms, Bound::Upper));
        if own != [Label::NEVER; 2] {
            return Vec::new();
        }
        let mut pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        pattern[place] = None;
        let Some(view) = self.view(side(false), View::Possible) else {
            return Vec::new();
        };
        let table = self.table(view, Bound::Upper);
        let rows = table.matching(&pattern).into_iter();
        rows.map(|row| (*relation, table.row(row).to_vec()))
            .collect()
    }

    fn tainted(&mut self) -> &Tainted {
        if self.tainted.is_none() {
            self.tainted = Some(self.find_tainted());
        }
        self.tainted.get_or_insert_default()
    }

    /// Whether some sentence of a condition, its variables having these values where they have one, is tainted.
    pub(super) fn body_is_tainted(
        &mut self,
        body: &Body,
        binding: &Binding,
        scope: &Scope,
    ) -> bool {
        if self.contradicted.is_empty() {
            return false;
        }
        let mut asked: Vec<(RelationId, Vec<Option<Term>>)> = Vec::new();
        every_literal(body, &mut |literal| {
            asked.push((
                literal.relation,
                literal
                    .arguments
                    .iter()
                    .map(|&argument| value(argument, binding))
                    .collect(),
            ));
        });
        let fits = |pattern: &[Option<Term>], row: &[Term]| {
            pattern
                .iter()
                .zip(row)
                .all(|(term, of)| term.is_none_or(|term| term == *of))
        };
        let mut candidates: Vec<Known> = Vec::new();
        for (relation, pattern) in asked {
            if let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>() {
                candidates.push((relation, terms));
                continue;
            }
            let tainted = self.tainted();
            if tainted.relations.contains(&relation) {
                return true;
            }
            let known = tainted
                .sentences
                .keys()
                .filter(|(of, row)| *of == relation && fits(&pattern, row));
            candidates.extend(known.cloned());
        }
        candidates
            .iter()
            .any(|(relation, row)| self.is_tainted(*relation, row, scope))
    }

    /// Finds what the contradictions of the model bear on.
    fn find_tainted(&mut self) -> Tainted {
        self.otherwise = self.evaluate_otherwise();
        let sentences = self.beside_otherwise(Self::standing_otherwise);
        match sentences.flatten() {
            Some(sentences) => Tainted {
                sentences,
                relations: HashSet::new(),
            },
            None => Tainted {
                relations: self.reached(),
                ..Tainted::default()
            },
        }
    }

    /// Every relation that rules conclude, in some steps, from a contradicted one.
    fn reached(&self) -> HashSet<RelationId> {
        let mut reached: HashSet<RelationId> = self
            .contradicted
            .keys()
            .map(|(relation, _)| *relation)
            .collect();
        loop {
            let before = reached.len();
            for rule in &self.program.rules {
                let mut reads = false;
                rule.body.iter().for_each(|body| {
                    every_literal(body, &mut |literal| {
                        reads |= reached.contains(&literal.relation)
                    })
                });
                if reads {
                    reached.extend(rule.heads.iter().map(|head| head.relation));
                }
            }
            if reached.len() == before {
                return reached;
            }
        }
    }
}
