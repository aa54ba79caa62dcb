//! Sentences → rows of terms (facts, outcomes, suppositions) or literals with variables (rules, questions).

use super::scope::Scope;
use super::vocabulary::{Relations, Role, constant};
use crate::complaint::Complaint;
use crate::program::{Argument, Ground, Literal, RelationId};
use crate::syntax::tree::{self, Part, TermKind};
use crate::value::{Term, Terms};

/// Reads sentences of whatever statement into numbers.
pub(super) struct Reader<'a> {
    pub relations: &'a mut Relations,
    pub terms: &'a mut Terms,
    pub complaints: &'a mut Vec<Complaint>,
}

/// What a sentence states: one row, or with a list one per item.
#[derive(Debug)]
pub(super) struct Rows {
    pub relation: RelationId,
    pub negative: bool,
    arity: usize,
    count: usize,
    terms: Vec<Term>,
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = &[Term]> {
        (0..self.count).map(|row| &self.terms[row * self.arity..(row + 1) * self.arity])
    }

    pub fn grounds(&self) -> impl Iterator<Item = Ground> {
        let (relation, negative) = (self.relation, self.negative);
        self.iter().map(move |terms| Ground {
            relation,
            negative,
            terms: terms.to_vec(),
        })
    }
}

impl Reader<'_> {
    /// The rows of a sentence of a fact, an outcome or a supposition. The parser saw to it that it has no variables, no `only`, and one
    /// list at most; without that there are no rows.
    pub fn rows(&mut self, sentence: &tree::Sentence, role: Role) -> Option<Rows> {
        let relation = self.relations.of(sentence);
        let negative = sentence.not.is_some();
        self.relations
            .note_use(relation, role, negative, sentence.span);
        let arity = self.relations.get(relation).kinds.len();
        let list = sentence.parts.iter().find_map(|part| match part {
            Part::List(list) => Some(list),
            Part::Word(_) | Part::Term(_) => None,
        });
        let count = list.map_or(1, |list| list.items.len());
        let mut terms = Vec::with_capacity(arity * count);
        for item in 0..count {
            for part in &sentence.parts {
                match part {
                    Part::Word(_) => {}
                    Part::Term(term) => terms.push(constant(self.terms, term)?),
                    Part::List(list) => terms.push(constant(self.terms, list.items.get(item)?)?),
                }
            }
        }
        Some(Rows {
            relation,
            negative,
            arity,
            count,
            terms,
        })
    }

    /// The rows of several sentences.
    pub fn grounds(&mut self, sentences: &[tree::Sentence], role: Role) -> Vec<Ground> {
        let mut all = Vec::new();
        for sentence in sentences {
            all.extend(self.rows(sentence, role).iter().flat_map(Rows::grounds));
        }
        all
    }

    /// A sentence of a condition or a conclusion; the parser, or `lists`, saw to it that it has no list.
    pub fn literal(
        &mut self,
        sentence: &tree::Sentence,
        role: Role,
        scope: &mut Scope,
    ) -> Option<Literal> {
        let relation = self.relations.of(sentence);
        let negative = sentence.not.is_some();
        self.relations
            .note_use(relation, role, negative, sentence.span);
        let mut arguments = Vec::with_capacity(self.relations.get(relation).kinds.len());
        for part in &sentence.parts {
            if let Part::Term(term) = part {
                arguments.push(self.argument(term, scope)?);
            }
        }
        let whole = arguments.len() == self.relations.get(relation).kinds.len();
        whole.then_some(Literal {
            relation,
            negative,
            arguments,
            at: sentence.span,
        })
    }

    pub fn argument(&mut self, term: &tree::Term, scope: &mut Scope) -> Option<Argument> {
        Some(match &term.kind {
            TermKind::Variable { name, .. } => Argument::Variable(scope.named(name, term.span)),
            TermKind::Anything => Argument::Variable(scope.unnamed("?", term.span)),
            TermKind::Asked(word) => Argument::Variable(scope.unnamed(word, term.span)),
            _ => Argument::Constant(constant(self.terms, term)?),
        })
    }
}
