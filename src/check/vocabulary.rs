//! Words and values by number. A sentence is taken apart into its relation (the words with a hole for each term) and its
//! terms; the table remembers who states, concludes and reads each relation, which the later passes ask about.

use crate::program::{Piece, Relation, RelationId, Shape};
use crate::syntax::tree::{self, Part, TermKind};
use crate::text::Span;
use crate::value::{Quantity, Term, Terms, Value};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// The part that a sentence plays where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A fact, an outcome, a loaded row.
    Stated,
    /// What is supposed: as good as stated, for those who read it.
    Supposed,
    /// The head of a rule.
    Concluded,
    /// What a rule casts doubt on.
    Doubted,
    /// A condition of a rule.
    Read,
    /// A question or an expectation.
    Asked,
    /// A declaration, or what is dropped.
    Named,
}

/// Who has to do with a relation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Uses {
    /// In how many places it stands.
    pub times: u32,
    /// Stated, supposed or concluded, it or its opposite.
    pub stated: bool,
    /// Stated or concluded whatever is supposed.
    pub unsupposed: bool,
    /// Where it is first supposed.
    pub supposed: Option<Span>,
    /// A rule concludes it.
    pub concluded: bool,
    /// Its opposite is stated, concluded or reported.
    pub opposite: bool,
    /// Where a rule, question or expectation first reads it.
    pub read: Option<Span>,
    /// Something reads it as it is, not only its opposite.
    pub affirmed: bool,
    /// A rule reads it, not only questions.
    pub read_by_rule: bool,
    /// Where a rule first casts doubt on it.
    pub doubted: Option<Span>,
    /// Where a rule first reads its opposite.
    pub opposite_read: Option<Span>,
}

/// All relations of the program, each with its uses.
#[derive(Debug, Default)]
pub(super) struct Relations {
    pub all: Vec<Relation>,
    pub uses: Vec<Uses>,
    by_shape: HashTable<u32>,
    scratch: Shape,
}

impl Relations {
    /// The relation of a sentence, new if need be.
    pub fn of(&mut self, sentence: &tree::Sentence) -> RelationId {
        let mut shape = std::mem::take(&mut self.scratch);
        write_shape(&mut shape, &sentence.parts);
        let id = self.intern(&shape, sentence.span);
        self.scratch = shape;
        id
    }

    fn intern(&mut self, shape: &Shape, at: Span) -> RelationId {
        let hash = FxBuildHasher.hash_one(shape);
        let all = &self.all;
        if let Some(&id) = self
            .by_shape
            .find(hash, |&id| all[id as usize].shape == *shape)
        {
            return RelationId(id);
        }
        let id = self.all.len() as u32;
        self.all.push(Relation {
            shape: shape.clone(),
            at,
            declared: None,
            gloss: None,
            kinds: vec![None; shape.arity()],
            symmetric: false,
            transitive: false,
            one: None,
        });
        self.uses.push(Uses::default());
        let all = &self.all;
        self.by_shape.insert_unique(hash, id, |&id| {
            FxBuildHasher.hash_one(&all[id as usize].shape)
        });
        RelationId(id)
    }

    /// The relation with these words, if the program has it.
    pub fn find(&self, shape: &Shape) -> Option<RelationId> {
        let hash = FxBuildHasher.hash_one(shape);
        self.by_shape
            .find(hash, |&id| self.all[id as usize].shape == *shape)
            .map(|&id| RelationId(id))
    }

    pub fn get(&self, id: RelationId) -> &Relation {
        &self.all[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: RelationId) -> &mut Relation {
        &mut self.all[id.0 as usize]
    }

    pub fn uses(&self, id: RelationId) -> &Uses {
        &self.uses[id.0 as usize]
    }

    /// Notes that a sentence of the relation, or its opposite, plays a part at a place.
    pub fn note_use(&mut self, id: RelationId, role: Role, negative: bool, at: Span) {
        let uses = &mut self.uses[id.0 as usize];
        uses.times = uses.times.saturating_add(1);
        match role {
            Role::Stated | Role::Concluded => {
                uses.stated = true;
                uses.unsupposed = true;
                uses.concluded |= role == Role::Concluded;
                uses.opposite |= negative;
            }
            Role::Supposed => {
                uses.stated = true;
                uses.supposed.get_or_insert(at);
                uses.opposite |= negative;
            }
            Role::Read => {
                uses.read.get_or_insert(at);
                uses.read_by_rule = true;
                uses.affirmed |= !negative;
                if negative {
                    uses.opposite_read.get_or_insert(at);
                }
            }
            Role::Asked => {
                uses.read.get_or_insert(at);
                uses.affirmed |= !negative;
            }
            Role::Doubted => {
                uses.doubted.get_or_insert(at);
            }
            Role::Named => {}
        }
    }
}

/// The words of a sentence with a hole for each term or list.
pub(super) fn shape_of(sentence: &tree::Sentence) -> Shape {
    let mut shape = Shape::default();
    write_shape(&mut shape, &sentence.parts);
    shape
}

fn write_shape(shape: &mut Shape, parts: &[Part]) {
    shape.0.clear();
    shape.0.extend(parts.iter().map(|part| match part {
        Part::Word(word) => Piece::Word(word.text.clone()),
        Part::Term(_) | Part::List(_) => Piece::Hole,
    }));
}

/// The term of a constant; `None` for a variable.
pub(super) fn constant(terms: &mut Terms, term: &tree::Term) -> Option<Term> {
    Some(match &term.kind {
        TermKind::Name(name) => terms.name(name),
        TermKind::Number(number) => terms.intern(Value::Number(number.clone())),
        TermKind::Share(number) => terms.share(number),
        TermKind::Quantity(quantity) => terms.intern(Value::Quantity(Quantity::clone(quantity))),
        TermKind::Date(date) => terms.intern(Value::Date(*date)),
        TermKind::Variable { .. } | TermKind::Anything | TermKind::Asked(_) => return None,
    })
}
