//! Sentences → rows of terms (facts, outcomes, suppositions) or literals with variables (rules, questions).

use super::scope::Scope;
use super::vocabulary::{Relations, Role, constant};
use crate::complaint::{Complaint, sentences as complaints};
use crate::program::{Argument, Ground, Literal, RelationId};
use crate::syntax::tree::{self, List, ListOpener, Part, TermKind};
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
    /// The rows of a sentence that must not hold variables; `what` says what it is: `a fact`.
    pub fn rows(&mut self, sentence: &tree::Sentence, role: Role, what: &str) -> Option<Rows> {
        let relation = self.relations.of(sentence);
        let negative = sentence.not.is_some();
        self.relations
            .note_use(relation, role, negative, sentence.span);
        let arity = self.relations.get(relation).kinds.len();
        let list = self.only_list(sentence)?;
        if let Some(list) = list
            && list.opener == Some(ListOpener::Only)
        {
            self.complaints
                .push(complaints::only_outside_expectation(what, list.span));
            return None;
        }
        let count = list.map_or(1, |list| list.items.len());
        let mut terms = Vec::with_capacity(arity * count);
        for item in 0..count {
            for part in &sentence.parts {
                let written = match part {
                    Part::Word(_) => continue,
                    Part::Term(term) => term,
                    Part::List(list) => &list.items[item],
                };
                match constant(self.terms, written) {
                    Some(term) => terms.push(term),
                    None => {
                        self.complaints
                            .push(complaints::variable_in_fact(what, written));
                        return None;
                    }
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

    /// The rows of several sentences. All are read, so that each has its complaint.
    pub fn grounds(
        &mut self,
        sentences: &[tree::Sentence],
        role: Role,
        what: &str,
    ) -> Option<Vec<Ground>> {
        let mut all = Vec::new();
        let mut good = true;
        for sentence in sentences {
            match self.rows(sentence, role, what) {
                Some(rows) => all.extend(rows.grounds()),
                None => good = false,
            }
        }
        good.then_some(all)
    }

    /// The list of a sentence, if it has one; a second one is complained about.
    fn only_list<'s>(&mut self, sentence: &'s tree::Sentence) -> Option<Option<&'s List>> {
        let mut lists = sentence.parts.iter().filter_map(|part| match part {
            Part::List(list) => Some(list),
            Part::Word(_) | Part::Term(_) => None,
        });
        let first = lists.next();
        if let Some(second) = lists.next() {
            self.complaints.push(complaints::two_lists(second.span));
            return None;
        }
        Some(first)
    }

    /// A sentence of a condition or a conclusion.
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
        let mut good = true;
        for part in &sentence.parts {
            match part {
                Part::Word(_) => {}
                Part::Term(term) => match self.argument(term, scope) {
                    Some(argument) => arguments.push(argument),
                    None => good = false,
                },
                Part::List(list) => {
                    self.complaints
                        .push(complaints::list_in_condition(scope.place.asks(), list));
                    good = false;
                }
            }
        }
        good.then_some(Literal {
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
            TermKind::Asked(word) if scope.place.asks() => {
                Argument::Variable(scope.unnamed(word, term.span))
            }
            TermKind::Asked(word) => {
                self.complaints
                    .push(complaints::asked_in_rule(word, term.span));
                return None;
            }
            _ => Argument::Constant(constant(self.terms, term)?),
        })
    }
}
