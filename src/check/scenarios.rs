//! Scenarios → the program's, and one for each distinct `if`. The suppositions of a scenario are ground and agree with one another.

use super::labels::Labels;
use super::notes;
use super::sentences::Reader;
use super::vocabulary::Role;
use crate::complaint::{Complaint, contexts as complaints, labels as label_complaints};
use crate::program::{Ground, Scenario, ScenarioId, Supposition};
use crate::say;
use crate::syntax::tree::{self, Sentence};
use crate::text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The scenarios of a case as they come up.
#[derive(Debug)]
pub(super) struct Scenarios {
    /// The base first, then the declared ones.
    declared: Vec<Scenario>,
    /// Those of `if`, numbered on after all the declared ones.
    supposed: Vec<Scenario>,
    by_suppositions: FxHashMap<(ScenarioId, Vec<Ground>), ScenarioId>,
    first_supposed: u32,
}

impl Scenarios {
    /// `declared` is how many scenarios the files declare.
    pub fn new(declared: usize) -> Self {
        Self {
            declared: vec![Scenario {
                label: SmolStr::default(),
                title: None,
                extends: None,
                suppositions: Vec::new(),
                at: Span::default(),
            }],
            supposed: Vec::new(),
            by_suppositions: FxHashMap::default(),
            first_supposed: declared as u32 + 1,
        }
    }

    /// `scenario buyout extends calm "Azerbaijan buys the pipeline": suppose Azerbaijan owns North-South.`
    pub fn declare(
        &mut self,
        scenario: &tree::Scenario,
        at: Span,
        labels: &Labels,
        reader: &mut Reader<'_>,
    ) {
        let extends = scenario.extends.as_ref().and_then(|word| {
            let known = labels.scenarios.get(&word.text);
            if known.is_none() && !labels.unread.may_introduce(&word.text) {
                let near = labels
                    .scenarios
                    .nearest_but(&word.text, &scenario.label.text);
                let complaint = label_complaints::unknown("scenario", &word.text, word.span, near);
                reader.complaints.push(complaint);
            }
            known
        });
        let mut suppositions: Vec<Supposition> = Vec::new();
        for item in &scenario.items {
            let notes = notes::read(&item.notes, labels, reader.complaints);
            let role = if item.drop {
                Role::Named
            } else {
                Role::Supposed
            };
            for sentence in &item.sentences {
                let Some(rows) = reader.rows(sentence, role) else {
                    continue;
                };
                suppositions.extend(rows.grounds().map(|literal| Supposition {
                    literal,
                    drop: item.drop,
                    period: notes.period,
                    citations: notes.citations.clone(),
                    at: sentence.span,
                }));
            }
        }
        at_odds(&suppositions, reader);
        self.declared.push(Scenario {
            label: scenario.label.text.clone(),
            title: scenario.title.as_ref().map(|title| title.text.clone()),
            extends,
            suppositions,
            at,
        });
    }

    /// The scenario of `if S and not T` within another one: the same for the same suppositions in any order.
    pub fn suppose(
        &mut self,
        within: ScenarioId,
        sentences: &[&Sentence],
        at: Span,
        reader: &mut Reader<'_>,
    ) -> Option<ScenarioId> {
        let mut suppositions: Vec<Supposition> = Vec::new();
        let mut good = true;
        for sentence in sentences {
            let Some(rows) = reader.rows(sentence, Role::Supposed) else {
                good = false;
                continue;
            };
            for literal in rows.grounds() {
                if suppositions.iter().all(|known| known.literal != literal) {
                    let (period, citations, at) = (None, Vec::new(), sentence.span);
                    suppositions.push(Supposition {
                        literal,
                        drop: false,
                        period,
                        citations,
                        at,
                    });
                }
            }
        }
        if !good || at_odds(&suppositions, reader) {
            return None;
        }
        let mut key: Vec<Ground> = suppositions
            .iter()
            .map(|known| known.literal.clone())
            .collect();
        key.sort_unstable_by(|one, other| {
            (one.relation, one.negative, &one.terms).cmp(&(
                other.relation,
                other.negative,
                &other.terms,
            ))
        });
        let next = ScenarioId(self.first_supposed + self.supposed.len() as u32);
        let id = *self.by_suppositions.entry((within, key)).or_insert(next);
        if id == next {
            let extends = (within != ScenarioId::BASE).then_some(within);
            let label = SmolStr::default();
            self.supposed.push(Scenario {
                label,
                title: None,
                extends,
                suppositions,
                at,
            });
        }
        Some(id)
    }

    /// All of them in order of number. A scenario that extends itself in the end is complained about.
    pub fn finish(self, complaints: &mut Vec<Complaint>) -> Vec<Scenario> {
        let mut all = self.declared;
        circles(&mut all, complaints);
        all.extend(self.supposed);
        all
    }
}

/// A sentence and its opposite supposed together, in the same days.
fn at_odds(suppositions: &[Supposition], reader: &mut Reader<'_>) -> bool {
    let mut known: FxHashMap<(&Ground, bool), usize> = FxHashMap::default();
    for (place, one) in suppositions.iter().enumerate() {
        let opposite = Ground {
            negative: !one.literal.negative,
            ..one.literal.clone()
        };
        if let Some(&other) = known.get(&(&opposite, false))
            && !one.drop
            && suppositions[other].period == one.period
        {
            let literal = &one.literal;
            let relations = &reader.relations.all;
            let said = say::sentence(
                relations,
                reader.terms,
                literal.relation,
                false,
                &literal.terms,
            );
            let first = suppositions[other].at;
            reader
                .complaints
                .push(complaints::supposed_both_ways(&said, one.at, first));
            return true;
        }
        known.entry((&one.literal, one.drop)).or_insert(place);
    }
    false
}

/// Cuts each circle of `extends` and complains of it once, where it begins.
fn circles(scenarios: &mut [Scenario], complaints: &mut Vec<Complaint>) {
    let mut settled = vec![false; scenarios.len()];
    for start in 0..scenarios.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut on_path = rustc_hash::FxHashSet::default();
        let mut next = Some(start);
        while let Some(here) = next {
            if settled[here] {
                break;
            }
            if !on_path.insert(here) {
                let from = path.iter().position(|&other| other == here).unwrap_or(0);
                let labels: Vec<&str> = path[from..]
                    .iter()
                    .chain([&here])
                    .map(|&id| scenarios[id].label.as_str())
                    .collect();
                complaints.push(complaints::extends_itself(&labels, scenarios[here].at));
                scenarios[here].extends = None;
                break;
            }
            path.push(here);
            next = scenarios[here].extends.map(|id| id.0 as usize);
        }
        for here in path {
            settled[here] = true;
        }
    }
}
