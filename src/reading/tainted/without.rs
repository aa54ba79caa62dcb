//! The program evaluated once more, nothing speaking for the contradicted sentences or their opposites where they are contradicted; what
//! stands otherwise rests on a contradiction. This is what a condition that they meet, an exception, a count and a lost argument come to
//! alike.

use super::Known;
use crate::core::{Core, CutKey, Side, View, compile_silenced};
use crate::engine;
use crate::label::{Cube, Diagram, Label};
use crate::model::Model;
use crate::program::RelationId;
use crate::reading::Reader;
use crate::reading::standing::{Bound, Standing};
use indexmap::IndexSet;
use std::collections::HashMap;

/// More sentences than this are not told apart, nor where a label has more cubes.
const MOST_SENTENCES: usize = 200_000;
const MOST_CUBES: usize = 200;

/// The other evaluation.
pub struct Otherwise {
    core: Core,
    model: Model,
}

impl Reader<'_> {
    /// The other evaluation; `None` where it is too much.
    pub(super) fn evaluate_otherwise(&mut self) -> Option<Box<Otherwise>> {
        let mut silenced: Vec<(CutKey, Vec<Cube>)> = Vec::new();
        let feasible = self.feasible_contexts();
        for (known, &label) in &self.contradicted {
            // One that stands in impossible worlds only is none.
            if !self.model.diagram.and(label, feasible).is_never() {
                silenced.push((known.clone(), cubes(&self.model.diagram, label)?));
            }
        }
        silenced.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
        let core = compile_silenced(self.program, self.core.settings, &silenced).ok()?;
        let model = engine::run(&core, self.model.terms.clone(), &self.bounded()).ok()?;
        Some(Box::new(Otherwise { core, model }))
    }

    /// Reads the other evaluation beside this one; `None` where there is none.
    pub(super) fn beside_otherwise<T>(
        &mut self,
        read: impl FnOnce(&mut Self, &mut Reader<'_>) -> T,
    ) -> Option<T> {
        let Otherwise { core, model } = *self.otherwise.take()?;
        let mut other = Reader::new(self.program, &core, model);
        let read = read(self, &mut other);
        let model = other.model;
        self.otherwise = Some(Box::new(Otherwise { core, model }));
        Some(read)
    }

    /// The sentences that stand otherwise there, and where; `None` where it is too much.
    pub(super) fn standing_otherwise(
        &mut self,
        other: &mut Reader<'_>,
    ) -> Option<HashMap<Known, Label>> {
        let mut reached: Vec<RelationId> = self.reached().into_iter().collect();
        reached.sort_unstable();
        let mut sentences: IndexSet<Known> = IndexSet::new();
        for relation in reached {
            self.spoken_of(relation, &mut sentences)?;
            other.spoken_of(relation, &mut sentences)?;
        }
        let mut carried = HashMap::new();
        let mut otherwise = HashMap::new();
        for (relation, terms) in sentences {
            // What only the other evaluation computes is no sentence here.
            let is_known = |&term| {
                let value = other.model.terms.get(term);
                self.model.terms.find(&value) == Some(term)
            };
            if !terms.iter().all(is_known) {
                continue;
            }
            let mut label = Label::NEVER;
            for negative in [false, true] {
                let side = Side { relation, negative };
                let here = labels(self.standing(side, &terms));
                let there = labels(other.standing(side, &terms));
                for (here, there) in here.into_iter().zip(there) {
                    let there = match carried.get(&there) {
                        Some(&known) => known,
                        None => {
                            let cubes = cubes(&other.model.diagram, there)?;
                            let known = self.model.diagram.of_cubes(&cubes);
                            carried.insert(there, known);
                            known
                        }
                    };
                    let diagram = &mut self.model.diagram;
                    for (one, other) in [(here, there), (there, here)] {
                        let apart = diagram.without(one, other);
                        label = diagram.or(label, apart);
                    }
                }
            }
            if !label.is_never() {
                otherwise.insert((relation, terms), label);
            }
        }
        Some(otherwise)
    }

    /// Adds the sentences of a relation for or against which something speaks; `None` where these are too many.
    fn spoken_of(&self, relation: RelationId, sentences: &mut IndexSet<Known>) -> Option<()> {
        for negative in [false, true] {
            for view in [View::Certain, View::Presumed, View::Possible] {
                let Some(view) = self.view(Side { relation, negative }, view) else {
                    continue;
                };
                let table = self.table(view, Bound::Upper);
                if sentences.len() + table.len() > MOST_SENTENCES {
                    return None;
                }
                sentences.extend(table.rows().map(|row| (relation, table.row(row).to_vec())));
            }
        }
        Some(())
    }
}

fn labels(standing: Standing) -> [Label; 5] {
    let Standing {
        certain,
        holds,
        possible,
        open,
        refuted,
    } = standing;
    [certain, holds, possible, open, refuted]
}

fn cubes(diagram: &Diagram, label: Label) -> Option<Vec<Cube>> {
    let cubes = diagram.cubes_up_to(label, MOST_CUBES);
    (cubes.len() < MOST_CUBES).then_some(cubes)
}
