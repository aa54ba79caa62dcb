//! What arguing needs at hand: rules by what they conclude, the core relations in which they fire, what is silenced where.

use super::facts::{Stated, Statement};
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use crate::core::{Core, CoreId, CutKey, Part, Reason, Side, View, cut_keys, effective};
use crate::label::{Axis, Label};
use crate::program::{Ground, Program, RelationId, RuleId, ScenarioId, Verb};
use crate::reading::Reader;
use crate::value::Term;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A rule with the place of one of its heads.
pub type Concluding = (RuleId, usize);

#[derive(Clone, Debug, Default)]
pub struct Index {
    rules: HashMap<Side, Arc<[Concluding]>>,
    /// By side: the reasons that can fire, under which view, and where they do.
    fires: HashMap<Side, Vec<(Reason, View, CoreId)>>,
    cuts: HashMap<RelationId, Vec<CoreId>>,
    /// What drivers' outcomes state.
    pub(super) outcomes: HashMap<(Side, Vec<Term>), Vec<Statement>>,
    /// Facts, for the relations asked about so far.
    pub(super) facts: HashMap<RelationId, Stated>,
}

impl Index {
    pub fn new(program: &Program, core: &Core) -> Self {
        let mut rules: HashMap<Side, Vec<Concluding>> = HashMap::new();
        for (number, rule) in program.rules.iter().enumerate() {
            for (place, head) in rule.heads.iter().enumerate() {
                let negative = head.negative != (rule.verb == Verb::CastsDoubtOn);
                let side = Side {
                    relation: head.relation,
                    negative,
                };
                rules
                    .entry(side)
                    .or_default()
                    .push((RuleId(number as u32), place));
            }
        }
        let mut index = Self {
            rules: rules
                .into_iter()
                .map(|(side, rules)| (side, rules.into()))
                .collect(),
            outcomes: super::facts::outcomes(program),
            ..Self::default()
        };
        for (number, relation) in core.relations.iter().enumerate() {
            let id = CoreId(number as u32);
            match &relation.part {
                Part::Fires { side, reason, view } => {
                    index
                        .fires
                        .entry(*side)
                        .or_default()
                        .push((reason.clone(), *view, id));
                }
                Part::Cut { relation, .. } => index.cuts.entry(*relation).or_default().push(id),
                _ => {}
            }
        }
        index
    }

    /// The relations in which reasons for a side fire.
    pub fn firing_for(&self, side: Side) -> impl Iterator<Item = (&Reason, CoreId)> {
        self.fires
            .get(&side)
            .into_iter()
            .flatten()
            .map(|(reason, _, relation)| (reason, *relation))
    }

    /// The relations in which they fire at least possibly, one each.
    pub fn possibly_firing(&self, side: Side) -> Vec<(&Reason, CoreId)> {
        let all = self.fires.get(&side).map_or(&[][..], Vec::as_slice);
        let presumed = all.iter().filter(|(_, view, _)| *view == View::Presumed);
        presumed
            .map(|(reason, _, relation)| {
                let possible = self.fires(side, reason, View::Possible);
                (reason, possible.unwrap_or(*relation))
            })
            .collect()
    }

    fn fires(&self, side: Side, wanted: &Reason, under: View) -> Option<CoreId> {
        let all = self.fires.get(&side)?;
        let found = all
            .iter()
            .find(|(reason, view, _)| reason == wanted && *view == under);
        found.map(|&(_, _, relation)| relation)
    }
}

impl Reader<'_> {
    /// Every rule with a head that concludes (or, for doubts, speaks for) a side.
    pub(in crate::reading) fn rules_for(&self, side: Side) -> Arc<[Concluding]> {
        self.index.rules.get(&side).cloned().unwrap_or_default()
    }

    /// Whether a reason may fire for a sentence in a context, as far as its core relation tells: `false` is certain.
    pub(super) fn may_fire(
        &self,
        side: Side,
        reason: &Reason,
        view: View,
        terms: &[Term],
        moment: &Moment,
    ) -> bool {
        let find = |view| self.index.fires(side, reason, view);
        let fires = match view {
            View::Possible => find(View::Possible).or_else(|| find(View::Presumed)),
            View::Certain | View::Presumed => find(View::Presumed),
        };
        fires.is_none_or(|fires| self.at_moment(self.model.upper(fires).label_of(terms), moment))
    }

    /// Whether a firing does so on presumed premises, where a core relation tells.
    pub(super) fn fires_firmly(&self, attack: &Attack, moment: &Moment) -> Option<bool> {
        let reason = match &attack.firing {
            Firing::Rule(instance) => Reason::Rule(instance.rule),
            Firing::Statement(statement) => statement.reason(),
        };
        let fires = self.index.fires(attack.side, &reason, View::Presumed);
        fires.map(|fires| {
            let label = self.model.table(fires).label_of(&attack.terms);
            self.at_moment(label, moment)
        })
    }

    /// The other values of a `one` relation that something speaks for in a context.
    pub(super) fn rival_values(
        &self,
        side: Side,
        terms: &[Term],
        place: usize,
        moment: &Moment,
    ) -> BTreeSet<Term> {
        let mut pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        pattern[place] = None;
        let firing = self.index.firing_for(side).map(|(_, relation)| relation);
        let mut values = BTreeSet::new();
        for relation in firing.chain(self.view(side, View::Certain)) {
            let table = self.model.upper(relation);
            let rows = table
                .matching(&pattern)
                .into_iter()
                .filter(|&row| self.at_moment(table.label(row), moment));
            values.extend(rows.map(|row| table.row(row)[place]));
        }
        values.remove(&terms[place]);
        values
    }

    /// Whether a supposition speaks of a literal in a context, so that all else about it is silent.
    pub(in crate::reading) fn is_cut(&self, side: Side, terms: &[Term], moment: &Moment) -> bool {
        let Some(cuts) = self.index.cuts.get(&side.relation) else {
            return false;
        };
        self.cut_keys(side, terms).iter().any(|(_, key)| {
            cuts.iter()
                .any(|&cut| self.at_moment(self.model.table(cut).label_of(key), moment))
        })
    }

    /// The contexts in which a supposition silences all else about a literal.
    pub(super) fn cut_label(&mut self, side: Side, terms: &[Term]) -> Label {
        let cuts = self.index.cuts.get(&side.relation).cloned();
        let mut label = Label::NEVER;
        for cut in cuts.unwrap_or_default() {
            for (_, key) in self.cut_keys(side, terms) {
                let here = self.model.table(cut).label_of(&key);
                label = self.model.diagram.or(label, here);
            }
        }
        label
    }

    fn cut_keys(&self, side: Side, terms: &[Term]) -> Vec<CutKey> {
        let literal = Ground {
            relation: side.relation,
            negative: side.negative,
            terms: terms.to_vec(),
        };
        cut_keys(self.program, &literal)
    }

    /// Whether a stated fact is dropped in a context.
    pub(super) fn is_dropped(
        &self,
        relation: RelationId,
        negative: bool,
        terms: &[Term],
        moment: &Moment,
    ) -> bool {
        effective(self.program, self.scenario_of(moment))
            .into_iter()
            .any(|(_, item)| {
                let dropped = &item.literal;
                item.drop
                    && dropped.relation == relation
                    && dropped.negative == negative
                    && dropped.terms == terms
            })
    }

    pub(super) fn scenario_of(&self, moment: &Moment) -> ScenarioId {
        self.axis(Axis::Scenario).map_or(ScenarioId::BASE, |axis| {
            ScenarioId(moment.0[axis.0 as usize])
        })
    }
}
