//! Complaints for machines.

use crate::complaint::{Complaint, Severity, in_order};
use crate::text::{Sources, Span};
use serde::Serialize;

/// One complaint. Lines and columns count from 1; columns count characters as people see them; the end is just past the last one.
#[derive(Clone, Debug, Serialize)]
pub struct Diagnostic {
    pub severity: &'static str,
    pub code: &'static str,
    pub message: String,
    #[serde(flatten)]
    pub place: Option<Place>,
    pub labels: Vec<LabelJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// How to mend it, one line for each way; empty where nothing can be offered.
    pub help: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Place {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct LabelJson {
    #[serde(flatten)]
    place: Place,
    text: String,
}

impl Place {
    pub fn new(sources: &Sources, span: Span) -> Self {
        let source = sources.get(span.source);
        let (start, end) = (source.position(span.start), source.position(span.end));
        Self {
            file: source.name.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl Diagnostic {
    pub fn new(sources: &Sources, complaint: &Complaint) -> Self {
        Self {
            severity: match complaint.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: complaint.code,
            message: complaint.title.clone(),
            place: Some(Place::new(sources, complaint.span())),
            labels: complaint
                .labels
                .iter()
                .map(|label| LabelJson {
                    place: Place::new(sources, label.span),
                    text: label.text.clone(),
                })
                .collect(),
            notes: complaint.notes.clone(),
            help: complaint.help.join("\n"),
        }
    }

    /// One that no place accounts for.
    pub fn placeless(code: &'static str, message: impl Into<String>, help: Option<String>) -> Self {
        Self {
            severity: "error",
            code,
            message: message.into(),
            place: None,
            labels: Vec::new(),
            notes: Vec::new(),
            help: help.unwrap_or_default(),
        }
    }
}

/// Complaints in the order of the text, what is said twice said once.
pub fn diagnostics(sources: &Sources, complaints: &[Complaint]) -> Vec<Diagnostic> {
    in_order(complaints.to_vec())
        .iter()
        .map(|complaint| Diagnostic::new(sources, complaint))
        .collect()
}
