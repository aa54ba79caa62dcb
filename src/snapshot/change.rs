//! What changed between a record and now.

use super::account::{Because, Trials};
use super::edit::{Edit, Edits};
use super::listed::Statements;
use super::record::Record;
use super::standings::{Standings, is_fact, status};
use crate::session::{Evaluation, Unsolved};
use crate::value::Terms;
use indexmap::{IndexMap, IndexSet};

/// A conclusion that came, went, or stands otherwise than recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub sentence: String,
    /// The scenario in which it does, where it does not do so in the case itself.
    pub scenario: Option<String>,
    /// How it stood, `None` where nothing said so: `presumed, if karabakh is war`.
    pub before: Option<String>,
    pub after: Option<String>,
    pub because: Because,
    /// Whether it is recorded now.
    pub is_accepted: bool,
}

/// Changes that the same edits account for, by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub because: Because,
    pub changes: Vec<usize>,
}

impl Change {
    /// The statuses of before and after, the strongest where it has several.
    pub fn statuses(&self) -> [Option<&str>; 2] {
        [&self.before, &self.after].map(|standing| standing.as_deref().map(status))
    }
}

/// A case beside its record.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub changes: Vec<Change>,
    pub edits: Vec<Edit>,
    /// How many conclusions the case has now.
    pub conclusions: usize,
}

impl Compared {
    /// The changes by what accounts for them, in order.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: IndexMap<&Because, Vec<usize>> = IndexMap::new();
        for (place, change) in self.changes.iter().enumerate() {
            groups.entry(&change.because).or_default().push(place);
        }
        let group = |(because, changes): (&Because, Vec<usize>)| Group {
            because: because.clone(),
            changes,
        };
        groups.into_iter().map(group).collect()
    }

    /// The edits that no change needs.
    pub fn idle_edits(&self) -> Vec<&Edit> {
        self.edits_without(|_| true)
    }

    /// The edits that no change needs which is not accepted.
    pub(super) fn settled_edits(&self) -> Vec<&Edit> {
        self.edits_without(|change| !change.is_accepted)
    }

    /// The edits that account for none of these changes.
    fn edits_without(&self, counts: impl Fn(&Change) -> bool) -> Vec<&Edit> {
        let mut is_needed = vec![false; self.edits.len()];
        for change in self.changes.iter().filter(|change| counts(change)) {
            for &edit in change.because.edits() {
                is_needed[edit] = true;
            }
        }
        let edits = self.edits.iter().zip(is_needed);
        edits
            .filter(|(_, is_needed)| !is_needed)
            .map(|(edit, _)| edit)
            .collect()
    }

    pub fn accept(&mut self, group: &Group) {
        for &change in &group.changes {
            self.changes[change].is_accepted = true;
        }
    }

    pub fn accept_all(&mut self) {
        self.changes
            .iter_mut()
            .for_each(|change| change.is_accepted = true);
    }

    pub fn are_all_accepted(&self) -> bool {
        self.changes.iter().all(|change| change.is_accepted)
    }

    pub fn is_any_accepted(&self) -> bool {
        self.changes.iter().any(|change| change.is_accepted)
    }
}

/// A change that is looked for among the outcomes of some edits.
pub(super) struct Wanted {
    sentence: String,
    scenario: Option<String>,
    after: Option<String>,
}

impl Wanted {
    /// How the sentence stands.
    pub fn stands<'s>(&self, standings: &'s Standings) -> Option<&'s str> {
        standings.of(self.scenario.as_deref(), &self.sentence)
    }

    pub fn comes_in(&self, standings: &Standings) -> bool {
        self.stands(standings) == self.after.as_deref()
    }
}

/// Tells what changed between a record and a case as it stands now, and what accounts for it. The terms of the case say how values are
/// written, as `1 km` or as `1000 m`.
///
/// # Errors
/// When a limit ends one of the evaluations that this takes.
pub fn compare(
    before: &Record,
    (now, statements): (&Standings, &IndexMap<String, Statements>),
    terms: &Terms,
    evaluation: &Evaluation,
) -> Result<Compared, Unsolved> {
    let edits = Edits::between(&before.statements, statements);
    let mut changes = changes(&before.standings, now);
    let wanted: Vec<Wanted> = changes
        .iter()
        .map(|change| Wanted {
            sentence: change.sentence.clone(),
            scenario: change.scenario.clone(),
            after: change.after.clone(),
        })
        .collect();
    let mut trials = Trials::new(&edits, (evaluation, terms), &wanted, before.size());
    for (number, change) in changes.iter_mut().enumerate() {
        change.because = trials.account(number)?;
        // A record does not repeat what its statements say.
        if change.before.is_none() {
            let stood = trials.stood(number).filter(|standing| is_fact(standing));
            change.before = stood.map(str::to_owned);
        }
    }
    let concluded = |standing: &&String| !is_fact(standing);
    Ok(Compared {
        changes,
        conclusions: now.conclusions.values().filter(concluded).count(),
        edits: edits.edits,
    })
}

fn changes(before: &Standings, after: &Standings) -> Vec<Change> {
    let mut changes = Vec::new();
    let base: IndexSet<&String> = after
        .conclusions
        .keys()
        .chain(before.conclusions.keys())
        .collect();
    let mut add = |scenario: Option<&str>, sentence: &str| {
        let (was, is) = (before.of(scenario, sentence), after.of(scenario, sentence));
        let as_case = scenario.is_some()
            && (was, is) == (before.of(None, sentence), after.of(None, sentence));
        // A fact that is stated now, or no longer, is an edit and no conclusion.
        let stated = match (was, is) {
            (None, Some(one)) | (Some(one), None) => is_fact(one),
            _ => false,
        };
        if was != is && !as_case && !stated {
            changes.push(Change {
                sentence: sentence.to_owned(),
                scenario: scenario.map(str::to_owned),
                before: was.map(str::to_owned),
                after: is.map(str::to_owned),
                because: Because::Unknown,
                is_accepted: false,
            });
        }
    };
    base.iter().for_each(|sentence| add(None, sentence));
    let scenarios: IndexSet<&String> = after
        .scenarios
        .keys()
        .chain(before.scenarios.keys())
        .collect();
    for scenario in scenarios {
        let own = [after, before]
            .into_iter()
            .filter_map(|standings| standings.scenarios.get(scenario));
        let sentences: IndexSet<&String> = own.flat_map(|standing| standing.keys()).collect();
        for sentence in sentences {
            add(Some(scenario), sentence);
        }
    }
    changes
}
