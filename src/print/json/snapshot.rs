//! What `hence snapshot` says.

use super::VERSION;
use crate::snapshot::{Change, Compared, Edit, EditKind, Outcome, Report};
use serde::Serialize;

#[derive(Serialize)]
pub struct SnapshotJson<'a> {
    version: u32,
    changes: Vec<ChangeJson<'a>>,
    edits: Vec<EditJson<'a>>,
    /// The files of which there was no snapshot, and is one now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recorded: Vec<&'a str>,
    /// Those of which there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    file: &'a str,
    sentence: &'a str,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    scenario: Option<&'a str>,
    /// Statuses; null where nothing says so.
    before: Option<&'a str>,
    after: Option<&'a str>,
    /// The same with when, where and how likely.
    stood: Option<&'a str>,
    stands: Option<&'a str>,
    /// The edited statements.
    because: Vec<&'a str>,
    /// What there is to say where these alone do not account for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    file: &'a str,
    edit: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
}

impl<'a> SnapshotJson<'a> {
    pub fn new(report: &'a Report) -> Self {
        let mut document = Self {
            version: VERSION,
            changes: Vec::new(),
            edits: Vec::new(),
            recorded: Vec::new(),
            missing: Vec::new(),
        };
        for (file, outcome) in &report.files {
            match outcome {
                Outcome::Recorded(_) => document.recorded.push(file),
                Outcome::Missing => document.missing.push(file),
                Outcome::Compared(compared) => {
                    let changes = compared.changes.iter();
                    let changes = changes.map(|change| ChangeJson::new(file, compared, change));
                    document.changes.extend(changes);
                    document
                        .edits
                        .extend(compared.edits.iter().map(EditJson::new));
                }
            }
        }
        document
    }
}

impl<'a> ChangeJson<'a> {
    fn new(file: &'a str, compared: &'a Compared, change: &'a Change) -> Self {
        let [before, after] = change.statuses();
        let because = change.because.edits().iter();
        Self {
            file,
            sentence: &change.sentence,
            scenario: change.scenario.as_deref(),
            before,
            after,
            stood: change.before.as_deref(),
            stands: change.after.as_deref(),
            because: because
                .map(|&edit| compared.edits[edit].text.as_str())
                .collect(),
            remark: change.because.remark(),
        }
    }
}

impl<'a> EditJson<'a> {
    fn new(edit: &'a Edit) -> Self {
        Self {
            file: &edit.file,
            edit: match edit.kind {
                EditKind::Added => "added",
                EditKind::Removed => "removed",
                EditKind::Changed => "changed",
            },
            text: &edit.text,
            before: edit.before.as_deref(),
        }
    }
}
