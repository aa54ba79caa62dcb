//! Questions and expectations → the program's.

use super::binding;
use super::frames::{Framing, Placed, Spoken, place};
use super::labels::Labels;
use super::lists;
use super::notes;
use super::scope::{Place, Scope};
use super::sentences::Reader;
use super::vocabulary::Role;
use crate::program::{Expectation, Question, QuestionKind, Test, Wanted};
use crate::syntax::tree::{self, Comment};
use crate::text::{Sources, Span};

/// What questions and expectations are read with.
pub(super) struct Asking<'a> {
    pub framing: Framing<'a>,
    pub spoken: &'a Spoken<'a>,
    pub labels: &'a Labels,
    pub sources: &'a Sources,
}

impl Asking<'_> {
    /// `who can lean on Armenia in buyout?`
    pub fn question(
        &mut self,
        question: &tree::Question,
        at: Span,
        comments: &[Comment],
        reader: &mut Reader<'_>,
    ) -> Option<Question> {
        let (kind, what_if) = match &question.kind {
            tree::QuestionKind::Plain => (QuestionKind::Plain, &[][..]),
            tree::QuestionKind::Why => (QuestionKind::Why, &[][..]),
            tree::QuestionKind::WhyNot => (QuestionKind::WhyNot, &[][..]),
            tree::QuestionKind::HowLikely => (QuestionKind::HowLikely, &[][..]),
            tree::QuestionKind::WhatWouldItTake => (QuestionKind::WhatWouldItTake, &[][..]),
            tree::QuestionKind::WhatIf(sentences) => (QuestionKind::WhatIf, &sentences[..]),
        };
        let Placed { body, suffixes } = place(
            &question.body,
            &question.suffixes,
            self.labels,
            self.spoken,
            reader.complaints,
        )?;
        let mut scope = Scope::new(match kind {
            QuestionKind::Plain | QuestionKind::WhatIf => Place::Table,
            _ => Place::Question,
        });
        scope.enter(Some(&body), &[]);
        let read = reader.body(&body, Role::Asked, &mut scope);
        scope.leave();
        let mut bodies: Vec<_> = read.into_iter().collect();
        let read = bodies.len();
        let frame = self
            .framing
            .frame(&suffixes, what_if, &mut scope, &mut bodies, reader);
        if read == 0 {
            return None;
        }
        let mut frame = frame?;
        binding::settle(&mut bodies, &[], &scope, reader.complaints);
        frame.given = bodies.split_off(1);
        Some(Question {
            kind,
            body: bodies.pop()?,
            variables: scope.variables,
            frame,
            text: written(self.sources, at, comments),
            at,
        })
    }

    pub fn test(
        &mut self,
        test: &tree::Test,
        at: Span,
        comments: &[Comment],
        reader: &mut Reader<'_>,
    ) -> Test {
        let expectations = test
            .expectations
            .iter()
            .filter_map(|expectation| self.expectation(expectation, comments, reader))
            .collect();
        Test {
            title: test.title.text.clone(),
            expectations,
            at,
        }
    }

    /// `expect only Armenia is finlandized in buyout.`
    fn expectation(
        &mut self,
        expectation: &tree::Expectation,
        comments: &[Comment],
        reader: &mut Reader<'_>,
    ) -> Option<Expectation> {
        let notes = notes::read(&expectation.notes, self.labels, reader.complaints);
        let Placed { body, suffixes } = place(
            &expectation.body,
            &expectation.suffixes,
            self.labels,
            self.spoken,
            reader.complaints,
        )?;
        let expanded = lists::expand(&body, expectation.no, reader.complaints)?;
        let mut all = Vec::with_capacity(expanded.bodies.len());
        let mut first: Option<Scope> = None;
        let mut given = Vec::new();
        let mut frame = None;
        for body in &expanded.bodies {
            let mut scope = Scope::new(Place::Expectation);
            scope.enter(Some(body), &[]);
            let read = reader.body(body, Role::Asked, &mut scope);
            scope.leave();
            let mut bodies: Vec<_> = read.into_iter().collect();
            let read = bodies.len();
            let is_first = first.is_none();
            if is_first {
                frame = self
                    .framing
                    .frame(&suffixes, &[], &mut scope, &mut bodies, reader);
            }
            if read == 0 || frame.is_none() {
                return None;
            }
            let mut repeated = Vec::new();
            let complaints = if is_first {
                &mut *reader.complaints
            } else {
                &mut repeated
            };
            binding::settle(&mut bodies, &[], &scope, complaints);
            if is_first {
                given = bodies.split_off(1);
                first = Some(scope);
            }
            all.extend(bodies);
        }
        let mut frame = frame?;
        frame.given = given;
        let status = notes.status.map(Wanted::Status);
        Some(Expectation {
            no: expectation.no.is_some(),
            bodies: all,
            only: expanded.only,
            variables: first?.variables,
            frame,
            wanted: status.or(notes
                .likelihood
                .map(|(likelihood, _)| Wanted::Likelihood(likelihood))),
            text: written(self.sources, expectation.span, comments),
            at: expectation.span,
        })
    }
}

/// What was written at a place, on one line and without comments.
fn written(sources: &Sources, at: Span, comments: &[Comment]) -> String {
    let first = comments.partition_point(|comment| comment.span.start < at.start);
    let mut text = String::new();
    let mut push = |start: u32, end: u32| {
        for word in sources.slice(Span { start, end, ..at }).split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    };
    let mut start = at.start;
    for comment in comments[first..]
        .iter()
        .take_while(|comment| comment.span.start < at.end)
    {
        push(start, comment.span.start);
        start = comment.span.end;
    }
    push(start.min(at.end), at.end);
    text
}
