//! The file that keeps what a case concluded: JSON with a line for each conclusion and each statement, so that a review shows what changed.

use super::change::Compared;
use super::listed::Statements;
use super::standings::Standings;
use crate::session::Evaluation;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The version of the form of the file.
const VERSION: u32 = 1;

/// What a case concluded, and from what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    version: u32,
    #[serde(default, skip_serializing_if = "Asked::is_plain")]
    pub asked: Asked,
    #[serde(flatten)]
    pub standings: Standings,
    /// By file: the statements, or how many there were.
    pub statements: IndexMap<String, Statements>,
}

/// The evaluating options that bear on what is concluded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ambiguity: Option<String>,
}

impl Asked {
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// As the options are typed; empty where there are none.
    ///
    /// `--in buyout --given karabakh=war`
    pub fn typed(&self) -> String {
        let one = |option: &str, value: &str| format!("--{option} {value}");
        let scenario = self.scenario.iter().map(|label| one("in", label));
        let as_of = self.as_of.iter().map(|date| one("as-of", date));
        let given = self.given.iter().map(|pair| one("given", pair));
        let ambiguity = self.ambiguity.iter().map(|way| one("ambiguity", way));
        let all: Vec<String> = scenario
            .chain(as_of)
            .chain(given)
            .chain(ambiguity)
            .collect();
        all.join(" ")
    }
}

impl From<&Evaluation> for Asked {
    fn from(evaluation: &Evaluation) -> Self {
        let pair = |(driver, outcome): &(String, String)| format!("{driver}={outcome}");
        let blocking = evaluation.settings.ambiguity == crate::core::Ambiguity::Blocking;
        Self {
            scenario: evaluation.scenario.clone(),
            as_of: evaluation.as_of.map(|date| date.to_string()),
            given: evaluation.given.iter().map(pair).collect(),
            ambiguity: blocking.then(|| "blocking".into()),
        }
    }
}

/// Why there is no record to compare with.
#[derive(Debug)]
pub enum Unread {
    Missing,
    /// It could not be read.
    Unreadable(io::Error),
    /// It is no record: what is wrong with it.
    Malformed(String),
}

impl Record {
    pub fn new(
        asked: Asked,
        standings: Standings,
        statements: IndexMap<String, Statements>,
    ) -> Self {
        Self {
            version: VERSION,
            asked,
            standings,
            statements,
        }
    }

    /// How many sentences are concluded in the case itself.
    pub fn conclusions(&self) -> usize {
        self.standings.conclusions.len()
    }

    /// Whether nothing is concluded, whatever the scenario.
    pub fn is_empty(&self) -> bool {
        self.conclusions() == 0 && self.standings.scenarios.is_empty()
    }

    /// Statements and conclusions together: what an evaluation goes through.
    pub(super) fn size(&self) -> usize {
        let listed = self.statements.values().map(|statements| match statements {
            Statements::Listed(texts) => texts.len(),
            Statements::Counted(number) => *number,
        });
        listed.sum::<usize>() + self.standings.conclusions.len()
    }

    /// This record with the changes that are accepted, and the edits that no other change needs: those will be told of again.
    #[must_use]
    pub fn with(&self, now: &Self, compared: &Compared) -> Self {
        let mut merged = self.clone();
        for change in compared.changes.iter().filter(|change| change.is_accepted) {
            merged.standings.set(
                change.scenario.as_deref(),
                &change.sentence,
                change.after.as_deref(),
            );
        }
        merged.standings.order_as(&now.standings);
        for edit in compared.settled_edits() {
            edit.make_in(&mut merged.statements);
        }
        merged
    }

    /// Where the record of a file is kept: `cases/outage.snapshot.json` for `cases/outage.hence`.
    pub fn place(file: &Path) -> PathBuf {
        file.with_extension("snapshot.json")
    }

    /// # Errors
    /// When there is none, or it cannot be understood.
    pub fn read(place: &Path) -> Result<Self, Unread> {
        let text = fs::read_to_string(place).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Unread::Missing,
            _ => Unread::Unreadable(error),
        })?;
        let record: Self =
            serde_json::from_str(&text).map_err(|error| Unread::Malformed(error.to_string()))?;
        if record.version != VERSION {
            let said = format!("it is of version {}, not {VERSION}", record.version);
            return Err(Unread::Malformed(said));
        }
        Ok(record)
    }

    /// The text of the file.
    ///
    /// # Errors
    /// None that this type can meet; the serializer has the signature.
    pub fn text(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}
