//! What would not be contested without a contradiction: an argument of one side rests on it, or something does that the arguments
//! read and that is contested itself.
//!
//! As with what holds, all that may be so is suspect first, and cleared where clean arguments alone leave it contested: two against
//! each other, a doubt, or one whose condition is itself no more than possible.

use super::trace::{CleanInstance, Drawing, MOST, Trace, ways_to_read};
use super::{Known, Sentence};
use crate::core::branches::branches;
use crate::core::{Side, Sides, View, Views};
use crate::label::Label;
use crate::program::{Literal, Rule};
use crate::reading::Reader;
use crate::reading::proof::ground;
use crate::reading::standing::Bound;
use crate::value::Term;
use indexmap::IndexMap;

impl Reader<'_> {
    /// Where sentences are contested, but would not be without a contradiction; `None` where it is too much.
    pub(super) fn contested_through(
        &mut self,
        contradicted: &IndexMap<Sentence, Label>,
        holding: &Trace,
    ) -> Option<IndexMap<Known, Label>> {
        if !self.core.views.iter().any(can_be_contested) {
            return Some(IndexMap::new());
        }
        let possible = self.trace(contradicted, View::Possible)?;
        let suspect = self.contested_suspects([holding, &possible])?;
        Some(self.not_cleanly_contested(suspect, &possible))
    }

    /// Where a sentence is contested, either way.
    fn contested_label(&mut self, (relation, terms): &Known) -> Label {
        let side = Side {
            relation: *relation,
            negative: false,
        };
        let standing = self.standing(side, terms);
        self.model
            .diagram
            .without(standing.possible, standing.holds)
    }

    /// All that is contested and has to do with what these traces reach.
    fn contested_suspects(&mut self, traces: [&Trace; 2]) -> Option<IndexMap<Known, Label>> {
        let mut spread = Spread::default();
        for ((side, terms), &label) in traces.into_iter().flat_map(|trace| &trace.0) {
            let known = (side.relation, terms.clone());
            self.suspect(&known, label, &mut spread);
            self.pass_on(known, label, &mut spread);
        }
        let program = self.program;
        while let Some(place) = spread.open.pop() {
            if spread.passed.len() > MOST {
                return None;
            }
            let (known, label) = spread
                .passed
                .get_index(place)
                .map(|(known, &label)| (known.clone(), label))?;
            for rule in &program.rules {
                for (head, label) in self.drawn_into_question(rule, &known, label) {
                    self.suspect(&head, label, &mut spread);
                }
            }
        }
        Some(spread.suspect)
    }

    /// Notes a sentence and its rivals where they are contested in these contexts.
    fn suspect(&mut self, known: &Known, label: Label, spread: &mut Spread) {
        let rivals = self.rival_rows(known);
        for known in [known.clone()].into_iter().chain(rivals) {
            let contested = self.contested_label(&known);
            let here = self.model.diagram.and(contested, label);
            if !here.is_never() {
                let so_far = spread.suspect.entry(known.clone()).or_insert(Label::NEVER);
                *so_far = self.model.diagram.or(*so_far, here);
                self.pass_on(known, here, spread);
            }
        }
    }

    fn pass_on(&mut self, known: Known, label: Label, spread: &mut Spread) {
        let entry = spread.passed.entry(known);
        let place = entry.index();
        let so_far = entry.or_insert(Label::NEVER);
        let all = self.model.diagram.or(*so_far, label);
        if all != *so_far {
            *so_far = all;
            spread.open.push(place);
        }
    }

    /// The sentences for, against or in doubt of which a rule possibly fires, reading a sentence in these contexts.
    fn drawn_into_question(
        &mut self,
        rule: &Rule,
        known: &Known,
        label: Label,
    ) -> Vec<(Known, Label)> {
        let mut found = Vec::new();
        let (relation, terms) = known;
        let open = vec![None; rule.variables.0.len()];
        let reads = |literal: &Literal| literal.relation == *relation;
        for branch in branches(rule.body.as_ref()).unwrap_or_default() {
            for start in ways_to_read(&branch, &open, terms, reads, true) {
                let view = (View::Possible, Bound::Lower);
                for (binding, matched) in self.labelled_matches(rule.at, &branch, start, view) {
                    let both = self.model.diagram.and(matched, label);
                    let fires = self.fires(rule, both);
                    if fires.is_never() {
                        continue;
                    }
                    for head in &rule.heads {
                        let terms = ground(head, &binding);
                        found.extend(terms.map(|terms| ((head.relation, terms), fires)));
                    }
                }
            }
        }
        found
    }

    /// What is left of the suspects where clean arguments alone do not leave them contested.
    fn not_cleanly_contested(
        &mut self,
        suspect: IndexMap<Known, Label>,
        possible: &Trace,
    ) -> IndexMap<Known, Label> {
        let mut dirty = suspect;
        for (known, left) in &mut dirty {
            let clash = self.clean_clash(known, possible);
            *left = self.model.diagram.without(*left, clash);
        }
        loop {
            let mut moved = false;
            for place in 0..dirty.len() {
                let (known, before) = (dirty.get_index(place))
                    .map(|(known, &label)| (known.clone(), label))
                    .expect("a place of it");
                let open = self.cleanly_open(&known, &dirty, possible);
                let left = self.model.diagram.without(before, open);
                moved |= left != before;
                dirty[place] = left;
            }
            if !moved {
                dirty.retain(|_, label| !label.is_never());
                return dirty;
            }
        }
    }

    /// Where both a sentence and its opposite, or a doubt about one of them, have clean arguments.
    fn clean_clash(&mut self, (relation, terms): &Known, possible: &Trace) -> Label {
        let sides = [false, true].map(|negative| Side {
            relation: *relation,
            negative,
        });
        let [pro, con] = sides.map(|side| self.cleanly_possible(side, terms, possible));
        let mut clash = self.model.diagram.and(pro, con);
        for (side, argued) in sides.into_iter().zip([pro, con]) {
            let doubted = (side.opposite(), &terms[..]);
            let doubts = self.clean_instances(doubted, Drawing::Doubt, &possible.0, View::Possible);
            for doubt in doubts {
                let fires = self.fires(doubt.rule, doubt.matched);
                let doubted = self.model.diagram.and(fires, argued);
                clash = self.model.diagram.or(clash, doubted);
            }
        }
        clash
    }

    /// Where a literal has clean arguments; an opposite in a `one` relation, where a rival value has.
    fn cleanly_possible(&mut self, side: Side, terms: &[Term], possible: &Trace) -> Label {
        let rivals = match side.negative {
            true => self.rival_rows(&(side.relation, terms.to_vec())),
            false => Vec::new(),
        };
        let rivals = rivals
            .into_iter()
            .map(|(_, terms)| (side.opposite(), terms));
        let mut label = Label::NEVER;
        for sentence in [(side, terms.to_vec())].into_iter().chain(rivals) {
            let own = self.own_label(sentence.0, View::Possible, &sentence.1, Bound::Lower);
            let own = self.model.diagram.without(own, possible.of(&sentence));
            label = self.model.diagram.or(label, own);
        }
        label
    }

    /// Where a clean argument for a sentence or its opposite has a condition that is no more than possible, for reasons that are
    /// clean too; or a rival value has.
    fn cleanly_open(
        &mut self,
        known: &Known,
        dirty: &IndexMap<Known, Label>,
        possible: &Trace,
    ) -> Label {
        let (relation, terms) = known;
        let mut open = Label::NEVER;
        for negative in [false, true] {
            let side = Side {
                relation: *relation,
                negative,
            };
            let drawn = Drawing::Conclusion;
            for instance in self.clean_instances((side, terms), drawn, &possible.0, View::Possible)
            {
                let fires = self.fires_openly(instance, dirty);
                open = self.model.diagram.or(open, fires);
            }
        }
        let side = Side {
            relation: *relation,
            negative: false,
        };
        for rival in self.rival_rows(known) {
            let argued = self.cleanly_possible(side, &rival.1, possible);
            let contested = self.contested_label(&rival);
            let contested = match dirty.get(&rival) {
                Some(&dirty) => self.model.diagram.without(contested, dirty),
                None => contested,
            };
            let both = self.model.diagram.and(argued, contested);
            open = self.model.diagram.or(open, both);
        }
        open
    }

    /// Where an instance fires as no more than possible, what it reads not being contested through a contradiction.
    fn fires_openly(
        &mut self,
        instance: CleanInstance<'_>,
        dirty: &IndexMap<Known, Label>,
    ) -> Label {
        let CleanInstance {
            rule,
            branch,
            binding,
            mut matched,
        } = instance;
        for ((relation, terms), &label) in dirty {
            let reads = |literal: &Literal| literal.relation == *relation;
            if !ways_to_read(&branch, &binding, terms, reads, true).is_empty() {
                matched = self.model.diagram.without(matched, label);
            }
        }
        let mut fires = self.fires(rule, matched);
        let view = (View::Presumed, Bound::Lower);
        for (_, presumed) in self.labelled_matches(rule.at, &branch, binding, view) {
            let presumed = self.fires(rule, presumed);
            fires = self.model.diagram.without(fires, presumed);
        }
        fires
    }

    /// The possible rival values of a sentence of a `one` relation.
    fn rival_rows(&self, (relation, terms): &Known) -> Vec<Known> {
        let side = Side {
            relation: *relation,
            negative: false,
        };
        let one = self.program.relations[relation.0 as usize].one;
        let (Some(place), Some(view)) = (one, self.view(side, View::Possible)) else {
            return Vec::new();
        };
        let mut pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        pattern[place] = None;
        let table = self.table(view, Bound::Lower);
        let rows = table.matching(&pattern).into_iter();
        rows.map(|row| table.row(row))
            .filter(|row| row[place] != terms[place])
            .map(|row| (*relation, row.to_vec()))
            .collect()
    }
}

/// Where what is reached has yet to be followed.
#[derive(Default)]
struct Spread {
    suspect: IndexMap<Known, Label>,
    passed: IndexMap<Known, Label>,
    open: Vec<usize>,
}

/// Whether the sentences of a relation can be possible and no more.
fn can_be_contested(sides: &Sides) -> bool {
    let differ = |views: &Views| views.possible != views.presumed;
    differ(&sides.sentence) || sides.opposite.as_ref().is_some_and(differ)
}
