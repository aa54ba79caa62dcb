//! Where something is taken from: `memo ¶8, memo fn1`.

use super::Voice;
use crate::program::Citation;

impl Voice<'_> {
    /// Each source with its place, as in the note that cites it; empty where there are none.
    pub fn citations(&self, citations: &[Citation]) -> String {
        let said = citations.iter().map(|citation| {
            let source = &self.program.cited[citation.source.0 as usize].label;
            match &citation.place {
                Some(place) => format!("{source} {place}"),
                None => source.to_string(),
            }
        });
        said.collect::<Vec<_>>().join(", ")
    }
}
