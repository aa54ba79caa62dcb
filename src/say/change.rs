//! What a change does without, and what it supposes.

use super::Voice;
use crate::program::{Author, Standing};
use crate::reading::{Dropped, Supposed};

impl Voice<'_> {
    /// What would do in place of a value that nothing gives: `> 100`.
    pub fn enough(&self, supposed: &Supposed) -> Option<String> {
        let (comparison, with) = supposed.enough?;
        Some(format!("{} {}", comparison.sign(), self.term(with)))
    }

    /// What is to be said of a supposition: `> 100 will do`, `so far only rules conclude this`; empty where nothing is.
    pub fn supposed_aside(&self, supposed: &Supposed) -> String {
        let enough = self
            .enough(supposed)
            .map(|enough| format!("{enough} will do"));
        let concluded = supposed
            .concluded
            .then(|| "so far only rules conclude this".to_owned());
        let said: Vec<String> = enough.into_iter().chain(concluded).collect();
        said.join(", ")
    }

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
