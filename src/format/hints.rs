//! What the tree knows and the tokens do not: where a line of a long statement may begin, which `-` is a sign, which
//! quotes hold a name, which commas and `and` belong to a list.

use crate::syntax::tree::*;
use crate::syntax::{Keyword, Kind, Token};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Where a line may begin, the first choice first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Before a verb, an exception or a suffix; always in a statement that does not fit a line
    Section,
    /// Before `and` or `or` between sentences, and before notes; where the line is full
    Joint,
}

/// How a `-` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Minus {
    /// `-5`
    Sign,
    /// `-?x`
    Negative,
}

/// How the `and` before the last item of a list comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comma {
    /// Before `and`: left out
    Dropped,
    /// Before the last item: written as `and`
    And,
}

/// All by the byte where the token begins.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pub breaks: BTreeMap<u32, Break>,
    pub minus: BTreeMap<u32, Minus>,
    /// Quoted names of terms and authors
    pub names: BTreeSet<u32>,
    pub commas: BTreeMap<u32, Comma>,
}

impl Hints {
    /// Gathers the hints of one statement, whose tokens these are.
    pub fn of(statement: &Statement, tokens: &[Token], text: &str) -> Self {
        let mut gatherer = Gatherer {
            text,
            hints: Self::default(),
            lists: Vec::new(),
        };
        gatherer.statement(&statement.kind);
        let Gatherer {
            mut hints, lists, ..
        } = gatherer;
        hints.joints(tokens, &lists);
        for list in &lists {
            hints.list(list, tokens);
        }
        hints
    }

    /// `and`, `or` and `unless` outside parentheses, and notes. `and unless` is one.
    fn joints(&mut self, tokens: &[Token], lists: &[ListPlace]) {
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate() {
            let lists_before = lists.partition_point(|list| list.start <= token.start);
            let in_list = lists_before > 0 && token.start < lists[lists_before - 1].end;
            let next = tokens.get(at + 1).map(|next| next.kind);
            let before = at.checked_sub(1).map(|before| tokens[before].kind);
            let kind = match token.kind {
                Kind::LeftParen => {
                    depth += 1;
                    continue;
                }
                Kind::RightParen => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Kind::LeftBracket => Break::Joint,
                _ if depth > 0 || in_list => continue,
                Kind::Word(Keyword::And) if next == Some(Kind::Word(Keyword::Unless)) => {
                    Break::Section
                }
                Kind::Word(Keyword::Unless) if before == Some(Kind::Word(Keyword::And)) => continue,
                Kind::Word(Keyword::Unless) => Break::Section,
                Kind::Word(Keyword::And | Keyword::Or) => Break::Joint,
                _ => continue,
            };
            self.breaks.entry(token.start).or_insert(kind);
        }
    }

    /// `A, B, and C` and `A, B, C` as `A, B and C`. Two items need their comma, unless `each of` or `only` opens the list.
    fn list(&mut self, list: &ListPlace, tokens: &[Token]) {
        if list.items < 2 || list.items == 2 && !list.opened {
            return;
        }
        let from = tokens.partition_point(|token| token.start < list.last_but_one_end);
        let comma = tokens
            .get(from)
            .filter(|token| token.kind == Kind::Comma && token.start < list.end);
        let Some(comma) = comma else { return };
        let and_follows = tokens
            .get(from + 1)
            .is_some_and(|next| next.kind == Kind::Word(Keyword::And));
        self.commas.insert(
            comma.start,
            if and_follows {
                Comma::Dropped
            } else {
                Comma::And
            },
        );
    }
}

/// A list as far as the formatter cares.
struct ListPlace {
    start: u32,
    end: u32,
    opened: bool,
    items: usize,
    last_but_one_end: u32,
}

/// Walks a statement's tree.
struct Gatherer<'a> {
    text: &'a str,
    hints: Hints,
    lists: Vec<ListPlace>,
}

impl Gatherer<'_> {
    fn statement(&mut self, kind: &StatementKind) {
        match kind {
            StatementKind::Use(_)
            | StatementKind::Source { .. }
            | StatementKind::AsOf(_)
            // Laid out one by one.
            | StatementKind::Facts(_) => {}
            StatementKind::Load { row, .. } => self.sentence(row),
            StatementKind::Relation(declared) => self.sentence(&declared.sentence),
            StatementKind::Fact(fact) => self.noted(&fact.sentences, &fact.notes),
            StatementKind::Rule(rule) => {
                self.hints
                    .breaks
                    .insert(rule.verb_span.start, Break::Section);
                rule.body.iter().for_each(|body| self.body(body));
                self.noted(&rule.heads, &rule.notes);
            }
            StatementKind::Overrides { winner, losers } => {
                self.author(winner);
                losers.iter().for_each(|loser| self.author(loser));
            }
            StatementKind::Driver(driver) => {
                driver
                    .outcomes
                    .iter()
                    .for_each(|outcome| self.noted(&outcome.sentences, &outcome.notes));
            }
            StatementKind::Impossible(body) => self.body(body),
            StatementKind::Scenario(scenario) => {
                scenario
                    .items
                    .iter()
                    .for_each(|item| self.noted(&item.sentences, &item.notes));
            }
            StatementKind::Test(test) => test.expectations.iter().for_each(|expectation| {
                self.body(&expectation.body);
                self.suffixes(&expectation.suffixes);
                self.notes(&expectation.notes);
            }),
            StatementKind::Question(question) => {
                if let QuestionKind::WhatIf(supposed) = &question.kind {
                    self.noted(supposed, &[]);
                    self.hints
                        .breaks
                        .insert(question.body.span.start, Break::Section);
                }
                self.body(&question.body);
                self.suffixes(&question.suffixes);
            }
        }
    }

    fn noted(&mut self, sentences: &[Sentence], notes: &[Note]) {
        sentences
            .iter()
            .for_each(|sentence| self.sentence(sentence));
        self.notes(notes);
    }

    fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            if let NoteKind::ReportedBy(author) | NoteKind::DeniedBy(author) = &note.kind {
                self.author(author);
            }
        }
    }

    fn author(&mut self, author: &Author) {
        if author.is_name {
            self.name(author.span);
        }
    }

    fn suffixes(&mut self, suffixes: &[Suffix]) {
        for suffix in suffixes {
            self.hints.breaks.insert(suffix.span.start, Break::Section);
            match &suffix.kind {
                SuffixKind::If(supposed) => self.noted(supposed, &[]),
                SuffixKind::Given(body) => self.body(body),
                SuffixKind::In(_) | SuffixKind::AsOf(_) => {}
            }
        }
    }

    fn body(&mut self, body: &Body) {
        match &body.kind {
            BodyKind::Sentence(sentence) => self.sentence(sentence),
            BodyKind::Comparison { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            BodyKind::Aggregate(aggregate) => {
                self.expression(&aggregate.over);
                self.body(&aggregate.condition);
            }
            BodyKind::And(parts) | BodyKind::Or(parts) => {
                parts.iter().for_each(|part| self.body(part))
            }
            BodyKind::Unless { body, exceptions } => {
                body.iter().for_each(|body| self.body(body));
                exceptions.iter().for_each(|exception| self.body(exception));
            }
            BodyKind::Group(inner) => self.body(inner),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Term(term) => self.term(term),
            ExpressionKind::Negative(inner) => {
                self.hints
                    .minus
                    .insert(expression.span.start, Minus::Negative);
                self.expression(inner);
            }
            ExpressionKind::Binary { left, right, .. } => {
                self.expression(left);
                self.expression(right);
            }
            ExpressionKind::Power { base, .. } => self.expression(base),
            ExpressionKind::Group(inner) => self.expression(inner),
        }
    }

    fn sentence(&mut self, sentence: &Sentence) {
        for part in &sentence.parts {
            match part {
                Part::Word(_) => {}
                Part::Term(term) => self.term(term),
                Part::List(list) => {
                    list.items.iter().for_each(|item| self.term(item));
                    self.list(list);
                }
            }
        }
    }

    fn list(&mut self, list: &List) {
        let before = list
            .items
            .len()
            .checked_sub(2)
            .and_then(|at| list.items.get(at));
        self.lists.push(ListPlace {
            start: list.span.start,
            end: list.span.end,
            opened: list.opener.is_some(),
            items: list.items.len(),
            last_but_one_end: before.map_or(list.span.end, |item| item.span.end),
        });
    }

    fn term(&mut self, term: &Term) {
        match &term.kind {
            TermKind::Name(_) => self.name(term.span),
            TermKind::Number(_) | TermKind::Share(_) | TermKind::Quantity(_)
                if self.text[term.span.start as usize..].starts_with(['-', '\u{2212}']) =>
            {
                self.hints.minus.insert(term.span.start, Minus::Sign);
            }
            _ => {}
        }
    }

    /// Only what is quoted now may lose its quotes.
    fn name(&mut self, span: Span) {
        let is_bare = self.text[span.start as usize..].starts_with(char::is_alphanumeric);
        if !is_bare {
            self.hints.names.insert(span.start);
        }
    }
}
