//! Where words stand.

/// One input, by its place in [`Sources`](super::Sources).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A stretch of one source, in bytes, `start` included and `end` not.
///
/// In `CSTO covers Armenia.` the span of the word `covers` is 5..11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Self {
            source,
            start: start as u32,
            end: end as u32,
        }
    }

    /// The smallest span that holds both. Both must lie in one source.
    pub fn to(self, other: Self) -> Self {
        debug_assert_eq!(self.source, other.source);
        Self {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The empty span where this one ends: the place of something missing.
    pub fn after(self) -> Self {
        Self {
            start: self.end,
            ..self
        }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}
