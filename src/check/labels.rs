//! The name spaces: sources, rules, drivers with their outcomes, scenarios. They are gathered first, from all files, so that a
//! label may be used before it is introduced.

use crate::complaint::{Complaint, labels as complaints};
use crate::program::{CitedSource, DriverId, ScenarioId, SourceRef};
use crate::syntax::tree::{Document, StatementKind, Word};
use crate::text::{Span, nearest};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// All labels of a case.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub sources: Space<SourceRef>,
    pub rules: Space<()>,
    pub drivers: Space<DriverId>,
    pub scenarios: Space<ScenarioId>,
    pub cited: Vec<CitedSource>,
}

/// One name space: what each label stands for, and where it is introduced.
#[derive(Debug)]
pub(super) struct Space<Id> {
    labels: FxHashMap<SmolStr, (Id, Span)>,
}

impl<Id> Default for Space<Id> {
    fn default() -> Self {
        Self {
            labels: FxHashMap::default(),
        }
    }
}

impl<Id: Copy> Space<Id> {
    pub fn get(&self, label: &str) -> Option<Id> {
        self.labels.get(label).map(|&(id, _)| id)
    }

    pub fn contains(&self, label: &str) -> bool {
        self.labels.contains_key(label)
    }

    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// The known label that an unknown one most likely stands for.
    pub fn nearest(&self, label: &str) -> Option<&str> {
        nearest(label, self.labels.keys().map(SmolStr::as_str))
    }

    /// Takes a label in; one that is there already is complained about.
    fn add(&mut self, what: &str, label: &Word, id: Id, complaints: &mut Vec<Complaint>) {
        match self.labels.get(&label.text) {
            Some(&(_, first)) => {
                complaints.push(complaints::twice(what, &label.text, label.span, first));
            }
            None => {
                self.labels.insert(label.text.clone(), (id, label.span));
            }
        }
    }
}

/// Gathers the labels of all documents. Drivers and scenarios are numbered in the order in which they stand.
pub(super) fn gather(documents: &[Document], complaints: &mut Vec<Complaint>) -> Labels {
    let mut labels = Labels::default();
    let mut drivers = 0;
    let mut scenarios = ScenarioId::BASE.0;
    for statement in documents.iter().flat_map(|document| &document.statements) {
        match &statement.kind {
            StatementKind::Source { label, title } => {
                let id = SourceRef(labels.cited.len() as u32);
                labels.sources.add("source", label, id, complaints);
                let (label, title) = (label.text.clone(), title.text.clone());
                labels.cited.push(CitedSource {
                    label,
                    title,
                    at: statement.span,
                });
            }
            StatementKind::Rule(rule) => {
                if let Some(label) = &rule.label {
                    labels.rules.add("rule", label, (), complaints);
                }
            }
            StatementKind::Driver(driver) => {
                labels
                    .drivers
                    .add("driver", &driver.label, DriverId(drivers), complaints);
                drivers += 1;
            }
            StatementKind::Scenario(scenario) => {
                scenarios += 1;
                labels.scenarios.add(
                    "scenario",
                    &scenario.label,
                    ScenarioId(scenarios),
                    complaints,
                );
            }
            _ => {}
        }
    }
    labels
}
