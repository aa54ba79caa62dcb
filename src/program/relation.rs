//! Relations: words with holes.

use crate::text::Span;
use smol_str::SmolStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub u32);

/// The words of a sentence with a hole for each term: `_ covers _`.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub shape: Shape,
    /// Where it first appears.
    pub at: Span,
    pub declared: Option<Span>,
    pub gloss: Option<SmolStr>,
    /// The kind of each term, where a declaration says.
    pub kinds: Vec<Option<SmolStr>>,
    pub symmetric: bool,
    pub transitive: bool,
    /// The place of the term that has at most one value for given other terms (`one`, `functional`).
    pub one: Option<usize>,
}

/// Words and holes in order; the key by which relations are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Shape(pub Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Piece {
    Word(SmolStr),
    Hole,
}

impl Shape {
    pub fn arity(&self) -> usize {
        self.0.iter().filter(|piece| **piece == Piece::Hole).count()
    }
}

/// `_ covers _`
impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, piece) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            match piece {
                Piece::Word(word) => f.write_str(word)?,
                Piece::Hole => f.write_str("_")?,
            }
        }
        Ok(())
    }
}
