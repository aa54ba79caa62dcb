//! What rests on a contradiction: the sentences that could not be concluded, and those that would not be contested, without one. Costs
//! nothing where there is none.

mod contested;
mod trace;

use super::Reader;
use super::matching::{Binding, value};
use super::scope::Scope;
use super::take::every_literal;
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Body, Literal, RelationId};
use crate::value::Term;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

type Sentence = (Side, Vec<Term>);
/// A sentence, either way.
type Known = (RelationId, Vec<Term>);

/// Sentences, either way, by where they rest on a contradiction.
#[derive(Clone, Debug, Default)]
pub struct Tainted {
    sentences: HashMap<Known, Label>,
    /// Relations of which any sentence may, there being too many to tell.
    relations: HashSet<RelationId>,
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
        let label = match self.tainted.sentences.get(&(relation, terms.to_vec())) {
            Some(&label) => label,
            None => return self.tainted.relations.contains(&relation),
        };
        let label = self.model.diagram.and(label, within);
        let worlds = self.in_worlds(label, scope);
        !self.model.diagram.and(worlds, scope.worlds).is_never()
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
        each_literal(body, &mut |literal| {
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
        let mut candidates: Vec<(RelationId, Vec<Term>)> = Vec::new();
        for (relation, pattern) in asked {
            if self.tainted.relations.contains(&relation) {
                return true;
            }
            let known = self
                .tainted
                .sentences
                .keys()
                .filter(|(of, row)| *of == relation && fits(&pattern, row));
            candidates.extend(known.cloned());
        }
        candidates
            .iter()
            .any(|(relation, row)| self.is_tainted(*relation, row, scope))
    }

    /// Follows the contradictions of the model.
    pub(super) fn find_tainted(&mut self) -> Tainted {
        let mut suspect: IndexMap<Sentence, Label> = IndexMap::new();
        for ((relation, terms), &label) in &self.contradicted {
            for negative in [false, true] {
                suspect.insert(
                    (
                        Side {
                            relation: *relation,
                            negative,
                        },
                        terms.clone(),
                    ),
                    label,
                );
            }
        }
        suspect.sort_unstable_by(|left, _, right, _| left.cmp(right));
        let Some(sentences) = self.tainted_by(&suspect) else {
            return Tainted {
                relations: self.reached(),
                ..Tainted::default()
            };
        };
        Tainted {
            sentences,
            relations: HashSet::new(),
        }
    }

    /// What rests on these sentences; `None` where it is too much.
    fn tainted_by(
        &mut self,
        contradicted: &IndexMap<Sentence, Label>,
    ) -> Option<HashMap<Known, Label>> {
        let holding = self.trace(contradicted, View::Presumed)?;
        let contested = self.contested_through(contradicted, &holding)?;
        let held = holding.0.into_iter();
        let all = held.map(|((side, terms), label)| ((side.relation, terms), label));
        let mut sentences: HashMap<Known, Label> = HashMap::new();
        for (known, label) in all.chain(contested) {
            let so_far = sentences.entry(known).or_insert(Label::NEVER);
            *so_far = self.model.diagram.or(*so_far, label);
        }
        Some(sentences)
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

/// Calls back for each literal outside exceptions.
pub fn each_literal(body: &Body, visit: &mut impl FnMut(&Literal)) {
    match body {
        Body::Literal(literal) => visit(literal),
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_literal(part, visit))
        }
        Body::Unless {
            body: Some(body), ..
        } => each_literal(body, visit),
        Body::Aggregate(aggregate) => aggregate
            .condition
            .iter()
            .for_each(|part| each_literal(part, visit)),
        Body::Unless { body: None, .. } | Body::Comparison { .. } => {}
    }
}
