//! Facts, outcomes and suppositions → rows of core relations, each with the contexts in which it is stated.

use super::compile::Compiler;
use super::origin::{Part, Reason, Side, View};
use crate::label::Label;
use crate::program::{DriverId, Ground, Standing};
use crate::value::Term;

impl Compiler<'_> {
    /// What suppositions silence, as relations.
    pub fn declare_cuts(&mut self) {
        let cuts: Vec<_> = self
            .suppositions
            .cuts
            .iter()
            .map(|((relation, key), &label)| (*relation, key.clone(), label))
            .collect();
        for (relation, key, label) in cuts {
            let group = key.len() < self.program.relations[relation.0 as usize].shape.arity();
            let cut = self.part(key.len(), Part::Cut { relation, group });
            self.state(cut, &key, label);
        }
    }

    /// What is stated, reported, presumed, said by outcomes and supposed.
    pub fn add_facts(&mut self) {
        let program = self.program;
        for fact in program.facts.iter() {
            let mut label = match fact.notes {
                Some(notes) => self.contexts.period(notes.period),
                None => Label::ALWAYS,
            };
            if !self.suppositions.cuts.is_empty() || !self.suppositions.dropped.is_empty() {
                let ground = Ground {
                    relation: fact.relation,
                    negative: fact.negative,
                    terms: fact.terms.to_vec(),
                };
                // A denial speaks for the opposite of what is written.
                let denied = matches!(fact.standing(), Standing::Denied(_));
                let said = Ground {
                    negative: fact.negative != denied,
                    ..ground.clone()
                };
                label = self.spoken(&said, label);
                label = self.kept(ground, fact.standing(), label);
            }
            let side = Side {
                relation: fact.relation,
                negative: fact.negative,
            };
            match fact.standing() {
                Standing::Stated => self.state_certain(side, fact.terms, label),
                Standing::Reported(author) => {
                    self.state_reason(side, Reason::Report(author.clone()), fact.terms, label)
                }
                Standing::Denied(author) => {
                    self.state_reason(
                        side.opposite(),
                        Reason::Report(author.clone()),
                        fact.terms,
                        label,
                    );
                }
                Standing::Presumed => {
                    self.state_reason(side, Reason::Presumption, fact.terms, label)
                }
            }
        }
        for (number, driver) in program.drivers.iter().enumerate() {
            for (place, outcome) in driver.outcomes.iter().enumerate() {
                let here = self
                    .contexts
                    .outcomes(DriverId(number as u32), &[place as u32]);
                let period = self.contexts.period(outcome.period);
                let label = self.contexts.diagram.and(here, period);
                for ground in &outcome.states {
                    let label = self.spoken(ground, label);
                    self.state_certain(Side::from(ground), &ground.terms, label);
                }
            }
        }
        for (ground, label) in std::mem::take(&mut self.suppositions.stated) {
            self.state_certain(Side::from(&ground), &ground.terms, label);
        }
    }

    /// The part of a label where no supposition silences the literal.
    fn spoken(&mut self, ground: &Ground, label: Label) -> Label {
        let silent = self
            .suppositions
            .silenced(self.program, &mut self.contexts, ground);
        self.contexts.diagram.without(label, silent)
    }

    /// The part of a label where nothing drops the fact.
    fn kept(&mut self, ground: Ground, standing: &Standing, label: Label) -> Label {
        let fact = (ground, standing.clone());
        let dropped = self
            .suppositions
            .dropped
            .get(&fact)
            .copied()
            .unwrap_or(Label::NEVER);
        self.contexts.diagram.without(label, dropped)
    }

    fn state_certain(&mut self, side: Side, terms: &[Term], label: Label) {
        let relation = self
            .view(side, View::Certain)
            .expect("views of stated literals were declared");
        self.state(relation, terms, label);
    }

    /// A presumption without premises.
    fn state_reason(&mut self, side: Side, reason: Reason, terms: &[Term], label: Label) {
        if self.nature(side).contested {
            let fires = self.part(
                terms.len(),
                Part::Fires {
                    side,
                    reason,
                    view: View::Presumed,
                },
            );
            self.state(fires, terms, label);
        } else {
            // Nothing meets it, so what is presumed is possible too.
            let views = [View::Presumed, View::Possible].map(|view| self.view(side, view));
            let [presumed, possible] =
                views.map(|view| view.expect("views of reported literals were declared"));
            self.state(presumed, terms, label);
            if possible != presumed {
                self.state(possible, terms, label);
            }
        }
    }
}
