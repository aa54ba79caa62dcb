//! Syntax tree → the one canonical layout. Comes in: a document without errors and its text; goes out: the text as `hence fmt`
//! writes it. The tokens are those of the text, each once and in order, so nothing is lost; the tree only says where lines may
//! begin. Formatting twice changes nothing more.

mod hints;
mod layout;
mod spelling;

#[cfg(test)]
mod tests;

use crate::syntax::tree::{Document, Statement, StatementKind};
use crate::syntax::{Spelled, Token, apart};
use crate::text::Span;
use hints::Hints;
use layout::{Remarks, lay_out};

/// Indentation of the items of a test, driver or scenario
const ITEM: usize = 2;

/// Lays a document out.
///
/// `CSTO covers  Russia, Armenia, and "Belarus" . Russia leads CSTO.` becomes two lines, the first
/// `CSTO covers Russia, Armenia and Belarus.`
pub fn format(document: &Document, text: &str) -> String {
    let spelled = Spelled::new(document.source, text);
    let mut writer = Writer {
        spelled: &spelled,
        next_token: 0,
        text,
        comments: document
            .comments
            .iter()
            .map(|comment| comment.span)
            .collect(),
        next_comment: 0,
        end: 0,
        out: String::with_capacity(text.len() + text.len() / 8),
        in_items: false,
    };
    for statement in &document.statements {
        match &statement.kind {
            StatementKind::Facts(facts) => {
                apart(facts, document.source, text).for_each(|fact| writer.statement(&fact))
            }
            _ => writer.statement(statement),
        }
    }
    writer.between(text.len() as u32, 0);
    writer.out
}

struct Writer<'a> {
    spelled: &'a Spelled<'a>,
    /// The first token of what is being written
    next_token: usize,
    text: &'a str,
    comments: Vec<Span>,
    next_comment: usize,
    /// Where the text has been written up to
    end: u32,
    out: String,
    /// Whether the last line is an item, so that indented comments after it stay with it.
    in_items: bool,
}

impl<'a> Writer<'a> {
    fn statement(&mut self, statement: &Statement) {
        self.between(statement.span.start, 0);
        let tokens = self.tokens(statement.span.start, statement.span.end);
        let hints = Hints::of(statement, tokens, self.text);
        let items = items(&statement.kind);
        let header_end = items.first().map_or(statement.span.end, |item| item.start);
        self.lay_out(statement.span.start, header_end, &hints, 0);
        for item in &items {
            self.in_items = true;
            self.between(item.start, ITEM);
            self.lay_out(item.start, item.end, &hints, ITEM);
        }
        self.in_items = !items.is_empty();
    }

    /// Prints the tokens from one byte to another as one statement or item.
    fn lay_out(&mut self, start: u32, end: u32, hints: &Hints, indent: usize) {
        let tokens = self.tokens(start, end);
        let pieces = spelling::pieces(tokens, hints, self.spelled);
        let mut remarks = Vec::with_capacity(pieces.len());
        self.end = start;
        for piece in &pieces {
            remarks.push(self.remarks_before(piece.token));
            self.end = piece.token.end;
        }
        lay_out(&mut self.out, &pieces, &remarks, hints, indent);
    }

    /// The tokens from one byte to another, never asked for before where they were last.
    fn tokens(&mut self, start: u32, end: u32) -> &'a [Token] {
        let all = &self.spelled.tokens[self.next_token..];
        let from = all.iter().take_while(|token| token.start < start).count();
        let length = all[from..].iter().take_while(|token| token.start < end);
        self.next_token += from;
        &all[from..from + length.count()]
    }

    /// The comments between two tokens of a statement.
    fn remarks_before(&mut self, token: Token) -> Remarks<'a> {
        let mut remarks = Remarks::default();
        while let Some(comment) = self.comment_before(token.start) {
            if self.same_line(self.end, comment.start)
                && remarks.trailing.is_none()
                && remarks.above.is_empty()
            {
                remarks.trailing = Some(self.comment(comment));
            } else {
                remarks.above.push(self.comment(comment));
            }
        }
        remarks
    }

    /// Comments and blank lines between statements or items, up to where the next one begins.
    fn between(&mut self, start: u32, indent: usize) {
        let mut in_items = self.in_items;
        while let Some(comment) = self.comment_before(start) {
            let words = self.comment(comment);
            if self.end > 0 && self.same_line(self.end, comment.start) && self.out.ends_with('\n') {
                self.out.pop();
                self.out.push_str("  ");
            } else {
                in_items &=
                    !self.blank_between(self.end, comment.start) && self.is_indented(comment.start);
                self.blank_line(comment.start);
                let indent = if in_items { ITEM } else { indent };
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
            self.out.push_str(words);
            self.out.push('\n');
            self.end = comment.end;
        }
        if (start as usize) < self.text.len() {
            self.blank_line(start);
        }
        self.end = start;
    }

    /// One blank line where there were any.
    fn blank_line(&mut self, start: u32) {
        if !self.out.is_empty() && self.blank_between(self.end, start) {
            self.out.push('\n');
        }
    }

    fn comment_before(&mut self, start: u32) -> Option<Span> {
        let comment = *self
            .comments
            .get(self.next_comment)
            .filter(|comment| comment.start < start)?;
        self.next_comment += 1;
        Some(comment)
    }

    fn comment(&self, span: Span) -> &'a str {
        self.text[span.start as usize..span.end as usize].trim_end()
    }

    fn same_line(&self, start: u32, end: u32) -> bool {
        !self.text[start as usize..end as usize].contains('\n')
    }

    fn blank_between(&self, start: u32, end: u32) -> bool {
        let gap = &self.text[start as usize..end as usize];
        gap.split('\n').count() > 2
    }

    fn is_indented(&self, start: u32) -> bool {
        let before = &self.text[..start as usize];
        before.ends_with([' ', '\t'])
    }
}

/// The places of the items of a test, driver or scenario.
fn items(kind: &StatementKind) -> Vec<Span> {
    match kind {
        StatementKind::Driver(driver) => {
            driver.outcomes.iter().map(|outcome| outcome.span).collect()
        }
        StatementKind::Scenario(scenario) => scenario.items.iter().map(|item| item.span).collect(),
        StatementKind::Test(test) => test
            .expectations
            .iter()
            .map(|expectation| expectation.span)
            .collect(),
        _ => Vec::new(),
    }
}
