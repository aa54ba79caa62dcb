//! What a change does without.

use super::Voice;
use crate::program::{Author, Standing};
use crate::reading::Dropped;

impl Voice<'_> {
    /// The sentence; with its note where it is not simply stated: `Sam is armed [denied by Bob]`.
    pub fn dropped(&self, gone: &Dropped) -> String {
        let mut said = self.sentence(
            gone.sentence.relation,
            &gone.sentence.terms,
            gone.sentence.negative,
        );
        let name = |author: &Author| match author {
            Author::Rule(name) | Author::Reporter(name) => super::term::quoted_name(name),
        };
        match &gone.standing {
            Standing::Stated => {}
            Standing::Reported(author) => {
                said.push_str(&format!(" [reported by {}]", name(author)))
            }
            Standing::Denied(author) => said.push_str(&format!(" [denied by {}]", name(author))),
            Standing::Presumed => said.push_str(" [presumably]"),
        }
        said
    }
}
