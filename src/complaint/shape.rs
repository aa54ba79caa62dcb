//! The shape of every complaint.

use crate::text::Span;

/// Whether the input can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    /// Without a full stop; empty where the underline says enough.
    pub text: String,
}

/// Something wrong with an input: what, where, and how to mend it.
///
/// `title` and label texts have no full stop; `notes` and `help` are sentences. The reader's own words stand in
/// backticks; no term of the trade, no Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub severity: Severity,
    /// A stable name such as `missing-full-stop`; `hence explain CODE` tells more.
    pub code: &'static str,
    pub title: String,
    /// The first is the place of the complaint.
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub help: Vec<String>,
}

impl Complaint {
    pub fn error(code: &'static str, title: impl Into<String>, at: Span) -> Self {
        Self::new(Severity::Error, code, title, at)
    }

    pub fn warning(code: &'static str, title: impl Into<String>, at: Span) -> Self {
        Self::new(Severity::Warning, code, title, at)
    }

    fn new(severity: Severity, code: &'static str, title: impl Into<String>, at: Span) -> Self {
        Self {
            severity,
            code,
            title: title.into(),
            labels: vec![Label {
                span: at,
                text: String::new(),
            }],
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says something under the first underline.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn and_at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// The place of the complaint.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
