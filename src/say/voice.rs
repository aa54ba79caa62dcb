//! One program's words at hand: what [`sentence`](super::sentence) and its neighbours say, without naming the tables each time.

use crate::program::{Program, RelationId};
use crate::text::{Sources, Span};
use crate::value::{Term, Terms};

/// Words for the numbers of one program. `terms` may be a model's, which has those that arithmetic made too.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub program: &'a Program,
    pub terms: &'a Terms,
    sources: Option<&'a Sources>,
}

impl<'a> Voice<'a> {
    pub fn new(program: &'a Program, terms: &'a Terms) -> Self {
        Self {
            program,
            terms,
            sources: None,
        }
    }

    /// The same voice, which can tell where something is written.
    #[must_use]
    pub fn citing(self, sources: &'a Sources) -> Self {
        Self {
            sources: Some(sources),
            ..self
        }
    }

    /// `facts/treaties.hence:12`
    pub fn place(&self, span: Span) -> Option<String> {
        self.sources.map(|sources| sources.cite(span))
    }

    /// `CSTO covers Armenia`; an opposite is `not CSTO covers Armenia`.
    pub fn sentence(&self, relation: RelationId, terms: &[Term], negative: bool) -> String {
        super::sentence(
            &self.program.relations,
            self.terms,
            relation,
            negative,
            terms,
        )
    }

    /// [`Voice::sentence`], appended to a text that is already there.
    pub fn say_sentence(
        &self,
        said: &mut String,
        relation: RelationId,
        terms: &[Term],
        negative: bool,
    ) {
        let relations = &self.program.relations;
        super::push_sentence(said, relations, self.terms, relation, negative, terms);
    }

    /// A term by itself, as in a table: `Armenia`, `2.5`, `200 million USD`; a name without quotes.
    pub fn term(&self, term: Term) -> String {
        super::term(self.terms, term)
    }

    /// `_ covers _`
    pub fn relation(&self, relation: RelationId) -> String {
        self.program.relations[relation.0 as usize]
            .shape
            .to_string()
    }
}
