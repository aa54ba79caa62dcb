//! What rests on a contradiction: the sentences that could not be concluded without one. Costs nothing where there is none.
//!
//! First everything that some instance of a rule draws from a contradicted sentence is suspect; then what another instance draws
//! from clean premises is cleared again, until nothing more is.

use super::Reader;
use super::matching::{Binding, bind_all, value};
use super::scope::Scope;
use super::standing::Bound;
use crate::core::branches::{Branch, Item, branches};
use crate::core::{Reason, Side, View};
use crate::label::Label;
use crate::program::{Body, Literal, RelationId, Rule, Verb};
use crate::value::Term;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

type Sentence = (Side, Vec<Term>);

/// Sentences, either way, by where they rest on a contradiction.
#[derive(Clone, Debug, Default)]
pub struct Tainted {
    sentences: HashMap<(RelationId, Vec<Term>), Label>,
    /// Relations of which any sentence may, there being too many to tell.
    relations: HashSet<RelationId>,
}

/// More suspect sentences than this are not told apart.
const MOST: usize = 20_000;

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
        let contradicted = suspect.clone();
        let Some(suspect) = self.suspects(suspect) else {
            return Tainted {
                relations: self.reached(),
                ..Tainted::default()
            };
        };
        let clean = self.cleared(&suspect, &contradicted);
        let mut sentences: HashMap<(RelationId, Vec<Term>), Label> = HashMap::new();
        for (sentence, label) in suspect {
            let cleared = clean.get(&sentence).copied().unwrap_or(Label::NEVER);
            let dirty = self.model.diagram.without(label, cleared);
            if !dirty.is_never() {
                let known = sentences
                    .entry((sentence.0.relation, sentence.1))
                    .or_insert(Label::NEVER);
                *known = self.model.diagram.or(*known, dirty);
            }
        }
        Tainted {
            sentences,
            relations: HashSet::new(),
        }
    }

    /// All that some instance draws from contradicted sentences; `None` where it is too much.
    fn suspects(
        &mut self,
        mut suspect: IndexMap<Sentence, Label>,
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
                for (drawn, where_drawn) in self.drawn(rule, &sentence, label) {
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
    ) -> Vec<(Sentence, Label)> {
        let mut found = Vec::new();
        for branch in branches(rule.body.as_ref()).unwrap_or_default() {
            for start in starts(&branch, *side, terms, rule.variables.0.len()) {
                for (binding, matched) in
                    self.labelled_matches(rule.at, &branch, start, (View::Presumed, Bound::Lower))
                {
                    let both = self.model.diagram.and(matched, label);
                    for head in &rule.heads {
                        found.extend(self.concluded(rule, head, &binding, both));
                    }
                }
            }
        }
        found
    }

    /// A head of a rule where its body holds in these contexts, as far as it holds.
    fn concluded(
        &mut self,
        rule: &Rule,
        head: &Literal,
        binding: &Binding,
        body: Label,
    ) -> Option<(Sentence, Label)> {
        let terms: Vec<Term> = head
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect::<Option<_>>()?;
        let side = Side::from(head);
        let period = self.period_label(rule.period);
        let mut label = self.model.diagram.and(body, period);
        if rule.from_then_on {
            label = self.model.diagram.onward(label);
        }
        let holds = self.label(side, View::Presumed, &terms, Bound::Lower);
        let label = self.model.diagram.and(label, holds);
        (!label.is_never()).then_some(((side, terms), label))
    }

    /// Where suspects are stated, or follow from clean premises alone.
    fn cleared(
        &mut self,
        suspect: &IndexMap<Sentence, Label>,
        contradicted: &IndexMap<Sentence, Label>,
    ) -> HashMap<Sentence, Label> {
        let mut clean: HashMap<Sentence, Label> = HashMap::new();
        for sentence in suspect.keys() {
            let stated = self.stated_label(sentence);
            clean.insert(
                sentence.clone(),
                self.without_contradiction(stated, sentence, contradicted),
            );
        }
        loop {
            let mut moved = false;
            for sentence in suspect.keys() {
                let drawn = self.cleanly_drawn(sentence, suspect, &clean);
                let drawn = self.without_contradiction(drawn, sentence, contradicted);
                let known = clean[sentence];
                let all = self.model.diagram.or(known, drawn);
                if all != known {
                    clean.insert(sentence.clone(), all);
                    moved = true;
                }
            }
            if !moved {
                return clean;
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
    fn stated_label(&mut self, (side, terms): &Sentence) -> Label {
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
        let holds = self.label(*side, View::Presumed, terms, Bound::Lower);
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
        suspect: &IndexMap<Sentence, Label>,
        clean: &HashMap<Sentence, Label>,
    ) -> Label {
        let program = self.program;
        let mut label = Label::NEVER;
        for &(rule, head) in self.rules_for(*side).iter() {
            let rule = &program.rules[rule.0 as usize];
            let mut start: Binding = vec![None; rule.variables.0.len()];
            if rule.verb == Verb::CastsDoubtOn
                || !bind_all(&rule.heads[head].arguments, terms, &mut start)
            {
                continue;
            }
            for branch in branches(rule.body.as_ref()).unwrap_or_default() {
                for (binding, mut matched) in self.labelled_matches(
                    rule.at,
                    &branch,
                    start.clone(),
                    (View::Presumed, Bound::Lower),
                ) {
                    for premise in suspect
                        .keys()
                        .filter(|premise| rests_on(&branch, premise, &binding))
                    {
                        let dirty = self.model.diagram.without(suspect[premise], clean[premise]);
                        matched = self.model.diagram.without(matched, dirty);
                    }
                    let drawn = self.concluded(rule, &rule.heads[head], &binding, matched);
                    label = self
                        .model
                        .diagram
                        .or(label, drawn.map_or(Label::NEVER, |(_, label)| label));
                }
            }
        }
        label
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
                    each_literal(body, &mut |literal| {
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

/// The bindings with which a branch reads a sentence.
fn starts(branch: &Branch<'_>, side: Side, terms: &[Term], variables: usize) -> Vec<Binding> {
    let mut found = Vec::new();
    let open = || -> Binding { vec![None; variables] };
    for item in branch {
        match *item {
            Item::Literal(literal) => {
                let mut binding = open();
                if reads(literal, side) && bind_all(&literal.arguments, terms, &mut binding) {
                    found.push(binding);
                }
            }
            Item::Aggregate(aggregate) => aggregate.condition.iter().for_each(|part| {
                each_literal(part, &mut |literal| {
                    let mut inside = open();
                    if reads(literal, side) && bind_all(&literal.arguments, terms, &mut inside) {
                        let mut binding = open();
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

/// Whether an instance of a branch reads a sentence.
fn rests_on(branch: &Branch<'_>, (side, terms): &Sentence, binding: &Binding) -> bool {
    let fits = |literal: &Literal| {
        reads(literal, *side) && bind_all(&literal.arguments, terms, &mut binding.clone())
    };
    branch.iter().any(|item| match *item {
        Item::Literal(literal) => fits(literal),
        Item::Aggregate(aggregate) => {
            let mut found = false;
            aggregate
                .condition
                .iter()
                .for_each(|part| each_literal(part, &mut |literal| found |= fits(literal)));
            found
        }
        Item::Comparison { .. } | Item::Except(_) => false,
    })
}

fn reads(literal: &Literal, side: Side) -> bool {
    literal.relation == side.relation && literal.negative == side.negative
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
