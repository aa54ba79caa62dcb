//! Scenarios → interventions. Where no driver states what is supposed, the sentence is certain in the scenario and everything
//! else about it (its opposite, the rivals of a `one` relation) is silent there; where a driver does, the scenario keeps the outcomes that
//! agree.

use super::contexts::Contexts;
use crate::label::{Cube, Label};
use crate::program::{DriverId, Ground, Program, RelationId, ScenarioId, Standing, Supposition};
use crate::value::Term;
use indexmap::IndexMap;

/// What a supposition silences: a sentence and its opposite by its terms, or all sentences of a group of a `one` relation by the terms
/// without that place, their opposites not among them. The number of terms tells which.
pub type CutKey = (RelationId, Vec<Term>);

/// What is otherwise where a driver has one of its outcomes, in every scenario: how an evaluation of what could be otherwise has a fact
/// both as it is and gone, all at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    pub driver: DriverId,
    pub outcome: u32,
    pub change: Varied,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Varied {
    /// The sentence is supposed. No driver states it.
    Supposed(Ground),
    /// The facts that put the sentence forward in this way are gone: it as written, where it is denied.
    Gone(Ground, Standing),
}

/// What the scenarios of a program come to.
#[derive(Clone, Debug, Default)]
pub struct Suppositions {
    /// What is certain by supposition, and in which contexts.
    pub stated: Vec<(Ground, Label)>,
    /// What is silent, and in which contexts.
    pub cuts: IndexMap<CutKey, Label>,
    /// Facts that scenarios drop, by how they are put forward, and in which contexts.
    pub dropped: IndexMap<(Ground, Standing), Label>,
    /// By scenario: the worlds that it keeps.
    pub kept: Vec<Label>,
}

impl Suppositions {
    /// Adds what is otherwise beyond the scenarios; where more than so many variations are the case at once, none is.
    pub fn vary(
        &mut self,
        program: &Program,
        contexts: &mut Contexts,
        variations: &[Variation],
        most: Option<usize>,
    ) {
        let labels: Vec<Label> = (variations.iter())
            .map(|varied| contexts.outcomes(varied.driver, &[varied.outcome]))
            .collect();
        let few = most.map_or(Label::ALWAYS, |most| {
            contexts.diagram.at_most(most, &labels)
        });
        for (Variation { change, .. }, label) in variations.iter().zip(labels) {
            let label = contexts.diagram.and(label, few);
            match change {
                Varied::Supposed(ground) => {
                    self.stated.push((ground.clone(), label));
                    self.cut(program, contexts, ground, label);
                }
                Varied::Gone(ground, standing) => {
                    let fact = (ground.clone(), standing.clone());
                    let known = self.dropped.entry(fact).or_insert(Label::NEVER);
                    *known = contexts.diagram.or(*known, label);
                }
            }
        }
    }

    /// Silences sentences, each with its opposite, without saying anything in their place.
    pub fn silence(&mut self, contexts: &mut Contexts, silenced: &[(CutKey, Vec<Cube>)]) {
        for (key, cubes) in silenced {
            let label = contexts.diagram.of_cubes(cubes);
            let cut = self.cuts.entry(key.clone()).or_insert(Label::NEVER);
            *cut = contexts.diagram.or(*cut, label);
        }
    }

    /// Silences all that supposing a literal does.
    fn cut(&mut self, program: &Program, contexts: &mut Contexts, literal: &Ground, label: Label) {
        for key in cut_keys(program, literal) {
            let cut = self.cuts.entry(key).or_insert(Label::NEVER);
            *cut = contexts.diagram.or(*cut, label);
        }
    }

    /// The contexts in which what is stated, reported or presumed of a sentence is silent.
    pub fn silenced(&self, program: &Program, contexts: &mut Contexts, ground: &Ground) -> Label {
        let keys = cut_keys(program, ground);
        let labels: Vec<Label> = keys
            .into_iter()
            .filter_map(|key| self.cuts.get(&key).copied())
            .collect();
        labels
            .into_iter()
            .fold(Label::NEVER, |all, label| contexts.diagram.or(all, label))
    }
}

/// What supposing a literal silences, and equally what could silence it: the sentence with its opposite, and for a sentence of a `one`
/// relation its group of rivals.
pub fn cut_keys(program: &Program, literal: &Ground) -> Vec<CutKey> {
    let mut keys = vec![(literal.relation, literal.terms.clone())];
    if let Some(one) = program.relations[literal.relation.0 as usize].one
        && !literal.negative
    {
        let mut group = literal.terms.clone();
        group.remove(one);
        keys.push((literal.relation, group));
    }
    keys
}

pub fn suppositions(program: &Program, contexts: &mut Contexts) -> Suppositions {
    let mut all = Suppositions {
        kept: vec![Label::ALWAYS; program.scenarios.len()],
        ..Suppositions::default()
    };
    for number in 0..program.scenarios.len() {
        let scenario = ScenarioId(number as u32);
        let here = contexts.scenarios(&[scenario]);
        for (_, item) in effective(program, scenario) {
            if item.drop {
                let label = all
                    .dropped
                    .entry((item.literal.clone(), Standing::Stated))
                    .or_insert(Label::NEVER);
                *label = contexts.diagram.or(*label, here);
            } else if let Some(kept) = agreeing_outcomes(program, contexts, &item.literal) {
                all.kept[number] = contexts.diagram.and(all.kept[number], kept);
            } else {
                let period = contexts.period(item.period);
                let label = contexts.diagram.and(here, period);
                all.cut(program, contexts, &item.literal, label);
                all.stated.push((item.literal.clone(), label));
            }
        }
    }
    all
}

/// The suppositions in force in a scenario, each with the scenario that makes it: its own and those it extends, where the
/// nearer one speaks of the same sentence the farther one is silent.
pub fn effective(program: &Program, scenario: ScenarioId) -> Vec<(ScenarioId, &Supposition)> {
    let mut kept: Vec<(ScenarioId, &Supposition)> = Vec::new();
    let mut spoken: Vec<CutKey> = Vec::new();
    let mut next = Some(scenario);
    while let Some(id) = next {
        let scenario = &program.scenarios[id.0 as usize];
        let mut here = Vec::new();
        for item in &scenario.suppositions {
            let keys = cut_keys(program, &item.literal);
            if !keys.iter().any(|key| spoken.contains(key)) {
                kept.push((id, item));
                // Dropping a fact says nothing of its rivals.
                here.extend(keys.into_iter().take(if item.drop { 1 } else { 2 }));
            }
        }
        spoken.append(&mut here);
        next = scenario.extends;
    }
    kept
}

/// Where drivers speak of the literal: the worlds in which an outcome states it, or, where outcomes only state its
/// opposite, those in which none does. `None` where no driver speaks of it.
fn agreeing_outcomes(
    program: &Program,
    contexts: &mut Contexts,
    literal: &Ground,
) -> Option<Label> {
    let opposite = Ground {
        negative: !literal.negative,
        ..literal.clone()
    };
    let stating = stating_outcomes(program, literal);
    if !stating.is_empty() {
        let mut some = Label::NEVER;
        for (driver, outcomes) in stating {
            let label = contexts.outcomes(driver, &outcomes);
            some = contexts.diagram.or(some, label);
        }
        return Some(some);
    }
    let opposed = stating_outcomes(program, &opposite);
    if opposed.is_empty() || !literal.negative {
        return None;
    }
    let mut none = Label::ALWAYS;
    for (driver, outcomes) in opposed {
        let label = contexts.outcomes(driver, &outcomes);
        none = contexts.diagram.without(none, label);
    }
    Some(none)
}

/// The drivers that state a literal, each with the outcomes that do.
fn stating_outcomes(program: &Program, literal: &Ground) -> Vec<(DriverId, Vec<u32>)> {
    let mut found = Vec::new();
    for (number, driver) in program.drivers.iter().enumerate() {
        let outcomes: Vec<u32> = driver
            .outcomes
            .iter()
            .enumerate()
            .filter(|(_, outcome)| outcome.states.contains(literal))
            .map(|(outcome, _)| outcome as u32)
            .collect();
        if !outcomes.is_empty() {
            found.push((DriverId(number as u32), outcomes));
        }
    }
    found
}
