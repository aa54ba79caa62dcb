//! Texts by number, with the start of each line, so that a span can be said as `file:line:column`.

use super::{SourceId, Span};
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// One input: the name people know it by and its text.
#[derive(Clone, Debug)]
pub struct Source {
    /// As it was given on the command line, or `-` for standard input.
    pub name: String,
    /// Empty where it was not kept: see [`Source::has_text`].
    pub text: String,
    line_starts: Vec<u32>,
    has_text: bool,
}

/// A place as people count: both from 1; a column is one written character, however many code points it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1))
            .collect();
        Self {
            name: name.into(),
            text,
            line_starts,
            has_text: true,
        }
    }

    /// An input that could not be read: there is only its name to show.
    pub fn unread(name: impl Into<String>) -> Self {
        Self {
            has_text: false,
            ..Self::new(name, "")
        }
    }

    /// Whether lines can be shown; without its text a source still tells the line of a place.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    /// Drops the text of a large table once its rows are terms, so that it is not kept twice.
    pub fn forget_text(&mut self) {
        self.text = String::new();
        self.has_text = false;
    }

    /// The words that a span covers; nothing where the text was not kept.
    pub fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// The line of a byte, from 1.
    pub fn line_of(&self, at: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= at)
    }

    /// A line without its end, from 1.
    pub fn line(&self, line: usize) -> &str {
        let (start, end) = self.line_bounds(line);
        self.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// The bytes of a line, its end included.
    pub fn line_bounds(&self, line: usize) -> (usize, usize) {
        let start = self.line_starts[line - 1] as usize;
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len().max(start), |&next| next as usize);
        (start, end)
    }

    pub fn lines(&self) -> usize {
        self.line_starts.len()
    }

    pub fn position(&self, at: u32) -> Position {
        let line = self.line_of(at);
        let start = self.line_starts[line - 1] as usize;
        let before = self.text.get(start..at as usize).unwrap_or_default();
        let before = before.trim_start_matches('\u{feff}');
        let characters = if before.is_ascii() {
            before.len()
        } else {
            before.graphemes(true).count()
        };
        let column = characters + 1;
        Position { line, column }
    }
}

/// All inputs of one run, in the order in which they were read. A copy shares the texts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Arc<Source>>,
}

impl Sources {
    pub fn add(&mut self, source: Source) -> SourceId {
        self.all.push(Arc::new(source));
        SourceId(self.all.len() as u32 - 1)
    }

    /// See [`Source::forget_text`].
    pub fn forget_text(&mut self, id: SourceId) {
        Arc::make_mut(&mut self.all[id.0 as usize]).forget_text();
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.all[id.0 as usize]
    }

    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }

    /// `file:line`, as proofs cite a place.
    pub fn cite(&self, span: Span) -> String {
        let source = self.get(span.source);
        format!("{}:{}", source.name, source.line_of(span.start))
    }

    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.all
            .iter()
            .enumerate()
            .map(|(id, source)| (SourceId(id as u32), &**source))
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
