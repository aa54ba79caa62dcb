//! Input text and places in it. Comes in: bytes that somebody wrote; goes out: [`Source`]s with line starts,
//! and [`Span`]s, the only way the rest of the crate speaks of a place.

mod nearest;
mod slip;
mod source;
mod span;

pub use nearest::nearest;
pub use slip::{Slip, slip};
pub use source::{Position, Source, Sources};
pub use span::{SourceId, Span};
