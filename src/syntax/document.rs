//! A whole text, chunk by chunk: each is a statement, or the next item of the test, driver or scenario that is open. After
//! an error the reading goes on behind the next full stop or blank line.

use super::allowed;
use super::failed;
use super::input::{Context, Expected, Failure, Parsed, Tokens};
use super::items::{Item, OpenKind, closes_notes, item_after, stands_inside};
use super::label::label;
use super::lexer::{Has, Lexer, Marks};
use super::list_mark;
use super::note::behind_brackets;
use super::plain::PlainReader;
use super::recover;
use super::slips;
use super::statement::statement;
use super::token::{Flags, Kind, Token};
use super::tree::{Document, Outcome, Question, Statement, StatementKind};
use crate::complaint::{Complaint, syntax as say};
use crate::text::{SourceId, Span};
use std::ops::Range;

/// What a full stop at the very end is: due, or welcome (at a prompt).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LastStop {
    Due,
    Welcome,
}

/// Reads all statements; what could not be read is only complained of.
pub(super) fn document(
    source: SourceId,
    text: &str,
    last_stop: LastStop,
) -> (Document, Vec<Complaint>) {
    let context = Context::new(source, text);
    if u32::try_from(text.len()).is_err() {
        context.complain(say::text_too_long(Span::new(source, 0, 0)));
        return (
            Document {
                source,
                ..Document::default()
            },
            context.into_complaints(),
        );
    }
    let mut reader = Reader {
        context: &context,
        last_stop,
        statements: Vec::with_capacity(statements_in(text)),
        unread: Vec::new(),
        open: None,
        ended: None,
        inside: None,
        in_notes: false,
    };
    let mut lexer = Lexer::new(source, text);
    let mut plain = PlainReader::new(source, text);
    loop {
        if let Some(facts) = plain.stretch(&mut lexer) {
            reader.statements.push(facts);
            reader.open = None;
        }
        lexer.chunk();
        if lexer.tokens.is_empty() {
            break;
        }
        if last_stop == LastStop::Welcome {
            // At a prompt nobody indents the second line.
            for token in &mut lexer.tokens {
                token.flags = token.flags.without(Flags::AT_MARGIN);
            }
        }
        reader.chunk(&mut lexer.tokens, &lexer.marks);
    }
    reader.tell_inside();
    let document = Document {
        source,
        statements: reader.statements,
        comments: lexer.comments,
        unread: reader.unread,
    };
    (document, context.into_complaints())
}

/// A guess at the number of statements, for a file of one fact a line.
fn statements_in(text: &str) -> usize {
    const LEAST_LENGTH: usize = 16;
    let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    lines.min(text.len() / LEAST_LENGTH) + 1
}

struct Reader<'a> {
    context: &'a Context<'a>,
    last_stop: LastStop,
    statements: Vec<Statement>,
    unread: Vec<Span>,
    open: Option<Open>,
    /// What was open last, and the statement that has ended it.
    ended: Option<(OpenKind, Span)>,
    /// What to say of a fact that has ended it.
    inside: Option<Complaint>,
    /// The last piece could not be read and has a `[` without its `]`.
    in_notes: bool,
}

/// A test, driver or scenario whose items are being read.
#[derive(Clone, Copy)]
struct Open {
    kind: OpenKind,
    /// Whether its header could be read, so that it is the last statement. If not, its items are read all the same, for their
    /// own complaints.
    kept: bool,
}

impl<'a> Reader<'a> {
    /// Reads one chunk, in pieces where full stops are missing in it.
    fn chunk(&mut self, tokens: &mut [Token], marks: &Marks) {
        let cuts = match marks.lines {
            true => recover::missing_stops(
                Tokens::new(tokens, self.context),
                marks,
                self.open.map(|open| open.kind),
            ),
            false => Vec::new(),
        };
        let mut start = 0;
        for end in cuts.into_iter().chain([tokens.len()]) {
            while start < end {
                let missing_stop = self.missing_stop(tokens, end);
                start += self.piece(tokens, marks, start..end, missing_stop);
            }
        }
    }

    /// Reads a statement or an item. Returns how many tokens are done with: all, or after an error those up to a blank line.
    fn piece(
        &mut self,
        chunk: &mut [Token],
        marks: &Marks,
        range: Range<usize>,
        missing_stop: Option<Complaint>,
    ) -> usize {
        let has = marks.within(&range);
        let tokens = &mut chunk[range.clone()];
        let lowered = slips::lower_opening(tokens, self.context);
        let input = Tokens::new(tokens, self.context);
        let continues = self.open.filter(|open| open.kind.is_item(input));
        let after_error = |at: usize| {
            let blank = tokens
                .iter()
                .skip(at.max(1))
                .position(|token| token.flags.has(Flags::AFTER_BLANK_LINE));
            blank.map_or(tokens.len(), |blank| at.max(1) + blank)
        };
        if std::mem::take(&mut self.in_notes) && closes_notes(tokens) {
            // The rest of notes with a full stop in them, which have been complained of.
            self.unread.push(input.span_to(input.skip(tokens.len())));
            return tokens.len();
        }
        if has.bad {
            self.stays_open(input);
            let done = after_error(slips::bad_tokens(input));
            self.unread.push(input.span_to(input.skip(done)));
            return done;
        }
        let complained = self.context.complaint_count();
        if let [.., _, last] = &*tokens
            && last.kind == Kind::Anything
            && !has.verb
        {
            let apart = input.skip(tokens.len() - 1).place();
            self.context.complain(say::question_mark_apart(apart));
            self.unread.push(input.span_to(input.skip(tokens.len())));
            return tokens.len();
        }
        let result = match continues {
            Some(open) => self.item(open, input),
            None => match self.ended.filter(|(kind, _)| kind.opens_item(input)) {
                Some((kind, ended)) => {
                    // That says it all.
                    self.inside = None;
                    failure_of(item_after(kind, ended, input)).map(|_| ())
                }
                None => self.statement(input, has),
            },
        };
        let failure = match result {
            Ok(()) => {
                lowered
                    .into_iter()
                    .chain(missing_stop)
                    .for_each(|complaint| self.context.complain(complaint));
                return tokens.len();
            }
            Err(failure) => failure,
        };
        if let Some(cut) = recover::missed_stop(&failure, input) {
            self.context.forget(complained);
            let complaint = self.missing_stop(tokens, cut);
            return self.piece(chunk, marks, range.start..range.start + cut, complaint);
        }
        let at = failure.at;
        if let Some(complaint) = list_mark::stopped_at(&failure, input.skip(at)) {
            let opens_here = at == 0 || OpenKind::of(input.kind()).is_some();
            self.context.complain(complaint);
            if opens_here {
                // What stands behind it is read as if it had none; what its header has opened is open.
                self.unread.push(input.skip(at).place());
                return at + 1;
            }
            for complaint in list_mark::more(input.skip(at + 1)) {
                self.context.complain(complaint);
            }
            self.stays_open(input);
            self.unread.push(input.span_to(input.skip(tokens.len())));
            return tokens.len();
        }
        let opens_with_notes = at == 0 && input.kind() == Some(Kind::LeftBracket);
        let complaint = list_mark::number(input).unwrap_or_else(|| failed::explain(failure, input));
        self.context.complain(complaint);
        if opens_with_notes {
            // They belong to what has ended before them; what stands behind them is read.
            let rest = behind_brackets(input);
            self.unread.push(input.span_to(rest));
            return rest.at();
        }
        self.stays_open(input);
        let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
        self.in_notes = count(Kind::LeftBracket) > count(Kind::RightBracket);
        let done = after_error(at);
        self.unread.push(input.span_to(input.skip(done)));
        done
    }

    /// What is open behind a piece that could not be read: what it opens, be it misspelt, or what was open before, so that the next items
    /// are read for their own complaints.
    fn stays_open(&mut self, input: Tokens) {
        let opened = OpenKind::of(input.kind())
            .or_else(|| OpenKind::of(failed::opener_meant(input).map(Kind::Word)))
            .or_else(|| OpenKind::of_item(input).filter(|_| self.open.is_none()));
        if let Some(kind) = opened {
            self.open = Some(Open { kind, kept: false });
        }
    }

    /// The complaint of a stretch that ends without a full stop. It is told only where nothing else is wrong.
    fn missing_stop(&self, tokens: &[Token], end: usize) -> Option<Complaint> {
        let last = tokens[end - 1];
        if matches!(last.kind, Kind::FullStop | Kind::QuestionEnd) {
            return None;
        }
        let next = tokens.get(end).map(|next| self.context.span(*next));
        if next.is_none() && self.last_stop == LastStop::Welcome {
            return None;
        }
        let at = self.context.span(last).after();
        let before = self
            .context
            .text
            .get(..last.start as usize)
            .unwrap_or_default();
        if last.kind == Kind::RightBracket && before.ends_with('.') {
            return Some(say::full_stop_in_brackets(at));
        }
        Some(say::missing_full_stop(at, next))
    }

    fn statement(&mut self, input: Tokens<'_>, has: Has) -> Result<(), Failure> {
        self.tell_inside();
        let opener = OpenKind::of(input.kind());
        let (rest, kind) = failure_of(statement(input, has))?;
        let is_fact = matches!(kind, StatementKind::Fact(_));
        if !allowed::statement(&kind, self.context) {
            self.unread.push(input.span_to(rest));
            return Ok(());
        }
        self.statements.push(Statement {
            span: input.span_to(rest),
            kind,
        });
        if let Some(open) = self.open.take() {
            let span = input.span_to(rest);
            let is_inside = is_fact && self.last_stop == LastStop::Due && stands_inside(input);
            if let (true, Some(of)) = (is_inside, open.kind.of_items()) {
                self.inside = Some(say::fact_inside(input.place(), of));
            }
            self.ended = Some((open.kind, span));
        }
        let Some(kind) = opener else { return Ok(()) };
        self.ended = None;
        let open = Open { kind, kept: true };
        self.open = Some(open);
        self.item(open, rest)
    }

    /// A fact among the items of what it has ended, where no further item has followed.
    fn tell_inside(&mut self) {
        if let Some(complaint) = self.inside.take() {
            self.context.complain(complaint);
        }
    }

    fn item(&mut self, open: Open, input: Tokens<'_>) -> Result<(), Failure> {
        let (rest, item) = failure_of(open.kind.item(input)).inspect_err(|_| {
            if open.kept {
                self.unread_outcome(input);
            }
        })?;
        let span = input.span_to(rest);
        let sound = match &item {
            Item::Outcome(outcome) => allowed::outcome(outcome, self.context),
            Item::Supposition(supposition) => allowed::supposition(supposition, self.context),
            Item::Expectation(expectation) => allowed::expectation(expectation, self.context),
        };
        if open.kept && !sound {
            self.unread_outcome(input);
        }
        if let Some(statement) = self.statements.last_mut().filter(|_| open.kept && sound) {
            statement.span = statement.span.to(span);
            match (&mut statement.kind, item) {
                (StatementKind::Driver(driver), Item::Outcome(outcome)) => {
                    driver.outcomes.push(outcome)
                }
                (StatementKind::Scenario(scenario), Item::Supposition(item)) => {
                    scenario.items.push(item)
                }
                (StatementKind::Test(test), Item::Expectation(expectation)) => {
                    test.expectations.push(expectation)
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// An outcome with a fault in it is an outcome all the same: its driver does not lack it, and what names it finds it.
    fn unread_outcome(&mut self, input: Tokens<'_>) {
        let Some(StatementKind::Driver(driver)) =
            self.statements.last_mut().map(|last| &mut last.kind)
        else {
            return;
        };
        if let Ok((rest, label)) = label(input) {
            driver.outcomes.push(Outcome {
                span: input.span_to(rest),
                label,
                sentences: Vec::new(),
                notes: Vec::new(),
            });
        }
    }
}

/// What a parser of a whole statement failed with; an input is never incomplete.
pub(super) fn failure_of<O>(parsed: Parsed<'_, O>) -> Result<(Tokens<'_>, O), Failure> {
    parsed.map_err(|error| match error {
        nom::Err::Error(failure) | nom::Err::Failure(failure) => failure,
        nom::Err::Incomplete(_) => Failure {
            at: 0,
            why: super::input::Why::Expected(Expected::FULL_STOP),
        },
    })
}

/// Reads one question and nothing after it.
pub(super) fn question(source: SourceId, text: &str) -> (Option<Question>, Vec<Complaint>) {
    let context = Context::new(source, text);
    let question = one_question(&context);
    (question, context.into_complaints())
}

fn one_question(context: &Context) -> Option<Question> {
    let mut lexer = Lexer::new(context.source, context.text);
    lexer.chunk();
    let lowered = slips::lower_opening(&mut lexer.tokens, context);
    let input = Tokens::new(&lexer.tokens, context);
    if !lexer.marks.bad.is_empty() {
        slips::bad_tokens(input);
        return None;
    }
    let question = match failure_of(super::question::question(input)) {
        Ok((_, question)) => question,
        Err(failure) => {
            context.complain(failed::explain(failure, input));
            return None;
        }
    };
    lowered
        .into_iter()
        .for_each(|complaint| context.complain(complaint));
    lexer.chunk();
    if let Some(more) = lexer.tokens.first() {
        context.complain(say::more_than_a_question(context.span(*more)));
        return None;
    }
    allowed::question(&question, context).then_some(question)
}
