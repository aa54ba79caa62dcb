//! Facts: what is stated, reported, denied or presumed. Kept column-wise, since a loaded file has millions.

use super::{Author, Citation, RelationId};
use crate::text::Span;
use crate::value::{Date, Term, date::Day};

/// A period of whole days, both ends included, `None` where open. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Period {
    pub first: Option<Day>,
    pub last: Option<Day>,
}

impl Period {
    pub const ALWAYS: Self = Self {
        first: None,
        last: None,
    };

    /// Whether the two have a day in common.
    pub fn meets(self, other: Self) -> bool {
        let before = |last: Option<Day>, first: Option<Day>| match (last, first) {
            (Some(last), Some(first)) => last < first,
            _ => false,
        };
        !before(self.last, other.first) && !before(other.last, self.first)
    }
}

/// A sentence without variables, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ground {
    pub relation: RelationId,
    pub negative: bool,
    pub terms: Vec<Term>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub u32);

/// How a fact is put forward.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Standing {
    /// Simply stated.
    #[default]
    Stated,
    /// `reported by`: a presumption for the sentence.
    Reported(Author),
    /// `denied by`: a presumption for its opposite. The fact's `negative` is that of the sentence as written.
    Denied(Author),
    /// `presumably`
    Presumed,
}

/// What the notes of a fact say.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct FactNotes {
    pub standing: Standing,
    pub period: Option<Period>,
    /// When it happened, where it is an event: the period begins then.
    pub happened: Option<Date>,
    pub citations: Vec<Citation>,
}

/// All facts in order. One with both `reported by` and `denied by`, or several of them, is several facts. A fact with a
/// likelihood is not here but an outcome of a driver of its own; nor are outcomes' sentences and suppositions.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    relation: Vec<RelationId>,
    negative: Vec<bool>,
    /// Where the terms of fact i begin in `terms`; one more entry than facts.
    starts: Vec<u32>,
    terms: Vec<Term>,
    at: Vec<Span>,
    /// By fact, for the few that have any.
    notes: std::collections::BTreeMap<u32, FactNotes>,
}

/// One fact, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct FactRef<'a> {
    pub id: FactId,
    pub relation: RelationId,
    pub negative: bool,
    pub terms: &'a [Term],
    /// The sentence; for a loaded row, its cells in the loaded file.
    pub at: Span,
    pub notes: Option<&'a FactNotes>,
}

impl FactRef<'_> {
    pub fn standing(&self) -> &Standing {
        const STATED: &Standing = &Standing::Stated;
        self.notes.map_or(STATED, |notes| &notes.standing)
    }
}

impl Facts {
    /// Makes room for so many more facts with so many terms in all.
    pub fn reserve(&mut self, facts: usize, terms: usize) {
        self.relation.reserve(facts);
        self.negative.reserve(facts);
        self.starts.reserve(facts + 1);
        self.at.reserve(facts);
        self.terms.reserve(terms);
    }

    pub fn push(
        &mut self,
        relation: RelationId,
        negative: bool,
        terms: &[Term],
        at: Span,
        notes: Option<FactNotes>,
    ) -> FactId {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        let id = self.relation.len() as u32;
        self.relation.push(relation);
        self.negative.push(negative);
        self.terms.extend_from_slice(terms);
        self.starts.push(self.terms.len() as u32);
        self.at.push(at);
        if let Some(notes) = notes {
            self.notes.insert(id, notes);
        }
        FactId(id)
    }

    pub fn get(&self, id: FactId) -> FactRef<'_> {
        let i = id.0 as usize;
        FactRef {
            id,
            relation: self.relation[i],
            negative: self.negative[i],
            terms: &self.terms[self.starts[i] as usize..self.starts[i + 1] as usize],
            at: self.at[i],
            notes: self.notes.get(&id.0),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = FactRef<'_>> {
        (0..self.relation.len()).map(|i| self.get(FactId(i as u32)))
    }

    /// The facts of one relation, in order.
    pub fn of(&self, relation: RelationId) -> impl Iterator<Item = FactId> {
        let numbered = self.relation.iter().enumerate();
        numbered
            .filter(move |&(_, &of)| of == relation)
            .map(|(i, _)| FactId(i as u32))
    }

    /// The notes of the facts that have any.
    pub fn noted(&self) -> impl Iterator<Item = &FactNotes> {
        self.notes.values()
    }

    pub fn len(&self) -> usize {
        self.relation.len()
    }

    pub fn is_empty(&self) -> bool {
        self.relation.is_empty()
    }
}
