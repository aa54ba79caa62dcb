//! What could not hold under a view without a contradiction.
//!
//! First everything that some instance of a rule draws from a contradicted sentence is suspect; then what another instance draws
//! from clean premises is cleared again, until nothing more is.

use super::{Sentence, each_literal};
use crate::core::branches::{Branch, Item, branches};
use crate::core::{Reason, Side, View};
use crate::label::Label;
use crate::program::{Body, Literal, Rule, Verb};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all, value};
use crate::reading::standing::Bound;
use crate::reading::take::every_literal;
use crate::value::Term;
use indexmap::IndexMap;

/// Where sentences hold, but would not without a contradiction.
pub(super) struct Trace(pub(super) IndexMap<Sentence, Label>);

impl Trace {
    pub(super) fn of(&self, sentence: &Sentence) -> Label {
        self.0.get(sentence).copied().unwrap_or(Label::NEVER)
    }
}

/// More suspect sentences than this are not told apart.
pub(super) const MOST: usize = 20_000;

impl<'p> Reader<'p> {
    /// What rests on contradicted sentences as far as it holds under a view; `None` where it is too much.
    pub(super) fn trace(
        &mut self,
        contradicted: &IndexMap<Sentence, Label>,
        view: View,
    ) -> Option<Trace> {
        let suspect = self.suspects(contradicted.clone(), view)?;
        Some(Trace(self.cleared(suspect, contradicted, view)))
    }

    /// All that some instance draws from contradicted sentences; `None` where it is too much.
    fn suspects(
        &mut self,
        mut suspect: IndexMap<Sentence, Label>,
        view: View,
    ) -> Option<IndexMap<Sentence, Label>> {
        let program = self.program;
        let mut open: Vec<usize> = (0..suspect.len()).collect();
        while let Some(place) = open.pop() {
            if suspect.len() > MOST {
                return None;
            }
            let (sentence, label) = suspect
                .get_index(place)
                .map(|(sentence, &label)| (sentence.clone(), label))?;
            for rule in program
                .rules
                .iter()
                .filter(|rule| rule.verb != Verb::CastsDoubtOn)
            {
                for (drawn, where_drawn) in self.drawn(rule, &sentence, label, view) {
                    let entry = suspect.entry(drawn);
                    let place = entry.index();
                    let known = entry.or_insert(Label::NEVER);
                    let all = self.model.diagram.or(*known, where_drawn);
                    if all != *known {
                        *known = all;
                        open.push(place);
                    }
                }
            }
        }
        Some(suspect)
    }

    /// What a rule draws from a sentence that holds in these contexts.
    fn drawn(
        &mut self,
        rule: &Rule,
        (side, terms): &Sentence,
        label: Label,
        view: View,
    ) -> Vec<(Sentence, Label)> {
        let mut found = Vec::new();
        for branch in branches(rule.body.as_ref()).unwrap_or_default() {
            let open = vec![None; rule.variables.0.len()];
            let premise = |literal: &Literal| Side::from(literal) == *side;
            for start in ways_to_read(&branch, &open, terms, premise, false) {
                for (binding, matched) in
                    self.labelled_matches(rule.at, &branch, start, (view, Bound::Lower))
                {
                    let both = self.model.diagram.and(matched, label);
                    for head in &rule.heads {
                        found.extend(self.concluded((rule, head), &binding, both, view));
                    }
                }
            }
        }
        found
    }

    /// A head of a rule where its body holds in these contexts, as far as it holds.
    fn concluded(
        &mut self,
        (rule, head): (&Rule, &Literal),
        binding: &Binding,
        body: Label,
        view: View,
    ) -> Option<(Sentence, Label)> {
        let terms: Vec<Term> = head
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect::<Option<_>>()?;
        let side = Side::from(head);
        let fires = self.fires(rule, body);
        let holds = self.label(side, view, &terms, Bound::Lower);
        let label = self.model.diagram.and(fires, holds);
        (!label.is_never()).then_some(((side, terms), label))
    }

    /// Where a rule fires whose body holds in these contexts.
    pub(super) fn fires(&mut self, rule: &Rule, body: Label) -> Label {
        let period = self.period_label(rule.period);
        let label = self.model.diagram.and(body, period);
        match rule.from_then_on {
            true => self.model.diagram.onward(label),
            false => label,
        }
    }

    /// What is left of the suspects where they are neither stated nor follow from clean premises alone.
    fn cleared(
        &mut self,
        suspect: IndexMap<Sentence, Label>,
        contradicted: &IndexMap<Sentence, Label>,
        view: View,
    ) -> IndexMap<Sentence, Label> {
        let mut dirty = suspect;
        for (sentence, left) in &mut dirty {
            let stated = self.stated_label(sentence, view);
            let stated = self.without_contradiction(stated, sentence, contradicted);
            *left = self.model.diagram.without(*left, stated);
        }
        loop {
            let mut moved = false;
            for place in 0..dirty.len() {
                let (sentence, before) = (dirty.get_index(place))
                    .map(|(sentence, &label)| (sentence.clone(), label))
                    .expect("a place of it");
                let drawn = self.cleanly_drawn(&sentence, &dirty, view);
                let drawn = self.without_contradiction(drawn, &sentence, contradicted);
                let left = self.model.diagram.without(before, drawn);
                moved |= left != before;
                dirty[place] = left;
            }
            if !moved {
                dirty.retain(|_, label| !label.is_never());
                return dirty;
            }
        }
    }

    fn without_contradiction(
        &mut self,
        label: Label,
        sentence: &Sentence,
        contradicted: &IndexMap<Sentence, Label>,
    ) -> Label {
        let excluded = contradicted.get(sentence).copied().unwrap_or(Label::NEVER);
        self.model.diagram.without(label, excluded)
    }

    /// Where a sentence is stated, supposed, an outcome or a report that counts.
    fn stated_label(&mut self, (side, terms): &Sentence, view: View) -> Label {
        let mut label = Label::NEVER;
        if let Some(relation) = self.view(*side, View::Certain) {
            let table = self.model.table(relation);
            let stated = table
                .find(terms)
                .map(|row| table.arrivals(row))
                .unwrap_or_default();
            for (_, part) in stated.into_iter().filter(|&(round, _)| round == 0) {
                label = self.model.diagram.or(label, part);
            }
        }
        let reported: Vec<Label> = self
            .index
            .firing_for(*side)
            .filter(|(reason, _)| !matches!(reason, Reason::Rule(_)))
            .map(|(_, relation)| self.model.table(relation).label_of(terms))
            .collect();
        let holds = self.label(*side, view, terms, Bound::Lower);
        for part in reported {
            let part = self.model.diagram.and(part, holds);
            label = self.model.diagram.or(label, part);
        }
        label
    }

    /// Where some rule concludes a sentence from premises that are clean.
    fn cleanly_drawn(
        &mut self,
        (side, terms): &Sentence,
        dirty: &IndexMap<Sentence, Label>,
        view: View,
    ) -> Label {
        let mut label = Label::NEVER;
        for clean in self.clean_instances((*side, terms), Drawing::Conclusion, dirty, view) {
            let fires = self.fires(clean.rule, clean.matched);
            label = self.model.diagram.or(label, fires);
        }
        label
    }

    /// The instances of rules that conclude a literal, or cast doubt on its opposite, with where their premises hold and are clean.
    pub(super) fn clean_instances(
        &mut self,
        (side, terms): (Side, &[Term]),
        drawing: Drawing,
        dirty: &IndexMap<Sentence, Label>,
        view: View,
    ) -> Vec<CleanInstance<'p>> {
        let program = self.program;
        let mut found = Vec::new();
        for &(rule, head) in self.rules_for(side).iter() {
            let rule = &program.rules[rule.0 as usize];
            let mut start: Binding = vec![None; rule.variables.0.len()];
            let is_doubt = rule.verb == Verb::CastsDoubtOn;
            if is_doubt != (drawing == Drawing::Doubt)
                || !bind_all(&rule.heads[head].arguments, terms, &mut start)
            {
                continue;
            }
            for branch in branches(rule.body.as_ref()).unwrap_or_default() {
                let all =
                    self.labelled_matches(rule.at, &branch, start.clone(), (view, Bound::Lower));
                for (binding, mut matched) in all {
                    for ((side, terms), &label) in dirty {
                        let premise = |literal: &Literal| Side::from(literal) == *side;
                        if !label.is_never()
                            && !ways_to_read(&branch, &binding, terms, premise, false).is_empty()
                        {
                            matched = self.model.diagram.without(matched, label);
                        }
                    }
                    if !matched.is_never() {
                        found.push(CleanInstance {
                            rule,
                            branch: branch.clone(),
                            binding,
                            matched,
                        });
                    }
                }
            }
        }
        found
    }
}

/// What a rule does with a literal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawing {
    Conclusion,
    Doubt,
}

/// An instance of a rule, and where its premises hold and are clean.
pub(super) struct CleanInstance<'p> {
    pub(super) rule: &'p Rule,
    pub(super) branch: Branch<'p>,
    pub(super) binding: Binding,
    pub(super) matched: Label,
}

/// The bindings, beyond one, with which a branch reads these terms in a literal that fits; in its exceptions too where told.
pub(super) fn ways_to_read(
    branch: &Branch<'_>,
    start: &Binding,
    terms: &[Term],
    fits: impl Fn(&Literal) -> bool,
    exceptions: bool,
) -> Vec<Binding> {
    let bound = |literal: &Literal| {
        let mut binding = start.clone();
        let is_read = fits(literal) && bind_all(&literal.arguments, terms, &mut binding);
        is_read.then_some(binding)
    };
    let visit = |body: &Body, found: &mut dyn FnMut(&Literal)| match exceptions {
        true => every_literal(body, &mut |literal| found(literal)),
        false => each_literal(body, &mut |literal| found(literal)),
    };
    let mut found = Vec::new();
    for item in branch {
        match *item {
            Item::Literal(literal) => found.extend(bound(literal)),
            Item::Except(body) if exceptions => {
                visit(body, &mut |literal| found.extend(bound(literal)));
            }
            Item::Aggregate(aggregate) => aggregate.condition.iter().for_each(|part| {
                visit(part, &mut |literal| {
                    if let Some(inside) = bound(literal) {
                        let mut binding = start.clone();
                        for group in &aggregate.groups {
                            binding[group.0 as usize] = inside[group.0 as usize];
                        }
                        found.push(binding);
                    }
                });
            }),
            Item::Comparison { .. } | Item::Except(_) => {}
        }
    }
    found
}
