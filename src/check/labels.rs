//! The name spaces: sources, rules, drivers with their outcomes, scenarios. They are gathered first, from all files, so that a
//! label may be used before it is introduced.

use crate::complaint::{Complaint, labels as complaints};
use crate::files::Case;
use crate::program::{CitedSource, DriverId, ScenarioId, SourceRef};
use crate::syntax::tree::{StatementKind, Word};
use crate::text::{Span, nearest};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// All labels of a case.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub sources: Space<SourceRef>,
    pub rules: Space<()>,
    pub drivers: Space<DriverId>,
    pub scenarios: Space<ScenarioId>,
    pub cited: Vec<CitedSource>,
    /// What could not be read and may introduce what seems to be unknown
    pub unread: Unread,
}

/// The pieces of the case that no parser could read.
#[derive(Debug, Default)]
pub(super) struct Unread {
    places: Vec<Span>,
    words: FxHashSet<SmolStr>,
    /// A whole file is missing.
    file: bool,
}

impl Unread {
    fn new(case: &Case) -> Self {
        let places: Vec<Span> = case
            .documents
            .iter()
            .flat_map(|document| document.unread.iter().copied())
            .collect();
        let words: FxHashSet<SmolStr> = places
            .iter()
            .flat_map(|&place| case.sources.slice(place).split(|c: char| !is_of_label(c)))
            .map(SmolStr::new)
            .collect();
        Self {
            file: case.lacks_file || words.contains("use") || words.contains("hence"),
            places,
            words,
        }
    }

    /// Whether a label that nothing introduces may be introduced there.
    pub fn may_introduce(&self, label: &str) -> bool {
        self.file || self.words.contains(label)
    }

    /// Whether some of what follows a place in its file could not be read.
    pub fn follows(&self, place: Span) -> bool {
        let behind = |unread: &Span| unread.source == place.source && unread.start >= place.start;
        self.places.iter().any(behind)
    }
}

fn is_of_label(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '\'' | '&')
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
        self.nearest_but(label, label)
    }

    /// The same where it cannot stand for one of them.
    pub fn nearest_but(&self, label: &str, other: &str) -> Option<&str> {
        let labels = self.labels.keys().map(SmolStr::as_str);
        nearest(label, labels.filter(|known| *known != other))
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

/// Gathers the labels of a case. Drivers and scenarios are numbered in the order in which they stand.
pub(super) fn gather(case: &Case, complaints: &mut Vec<Complaint>) -> Labels {
    let mut labels = Labels {
        unread: Unread::new(case),
        ..Labels::default()
    };
    let mut drivers = 0;
    let mut scenarios = ScenarioId::BASE.0;
    let documents = case.documents.iter();
    for statement in documents.flat_map(|document| &document.statements) {
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
