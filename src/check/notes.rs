//! Notes in brackets: what they come to.

use super::labels::Labels;
use crate::complaint::{Complaint, notes as complaints};
use crate::program::{Author, Citation, Period, Standing};
use crate::syntax::tree::{self, Likelihood, Note, NoteKind, StatusWord};
use crate::text::Span;
use crate::value::{Date, Number};

/// What the notes of a statement say.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub citations: Vec<Citation>,
    pub period: Option<Period>,
    /// When it happened.
    pub happened: Option<Date>,
    /// None for what is simply stated.
    pub standings: Vec<Standing>,
    pub from_then_on: bool,
    pub now: Option<Span>,
    pub likelihood: Option<(Likelihood, Span)>,
    pub status: Option<StatusWord>,
}

/// Reads the notes of a statement; the parser saw to it that they stand where they mean something, each once.
pub(super) fn read(notes: &[Note], labels: &Labels, complaints: &mut Vec<Complaint>) -> Notes {
    let mut read = Notes::default();
    let mut times: Vec<&Note> = Vec::new();
    for note in notes {
        match &note.kind {
            NoteKind::Source { label, place } => match labels.sources.get(&label.text) {
                Some(source) => {
                    let place = place.as_ref().map(|place| place.text.clone());
                    read.citations.push(Citation { source, place });
                }
                None if labels.unread.may_introduce(&label.text) => {}
                None => {
                    let near = labels.sources.nearest(&label.text);
                    let complaint =
                        crate::complaint::labels::unknown("source", &label.text, label.span, near);
                    complaints.push(complaint);
                }
            },
            NoteKind::From(_)
            | NoteKind::Until(_)
            | NoteKind::Before(_)
            | NoteKind::In(_)
            | NoteKind::Happened(_) => times.push(note),
            NoteKind::ReportedBy(author) => {
                read.standings.push(Standing::Reported(reporter(author)))
            }
            NoteKind::DeniedBy(author) => read.standings.push(Standing::Denied(reporter(author))),
            NoteKind::Presumably => read.standings.push(Standing::Presumed),
            NoteKind::FromThenOn => read.from_then_on = true,
            NoteKind::Now => read.now = Some(note.span),
            NoteKind::Likelihood(likelihood) => {
                if out_of_range(likelihood) {
                    complaints.push(complaints::likelihood_out_of_range(note.span));
                }
                read.likelihood = Some((likelihood.clone(), note.span));
            }
            NoteKind::Status(status) => read.status = Some(*status),
        }
    }
    read.period = period(&times, complaints);
    read.happened = times.iter().find_map(|note| match &note.kind {
        NoteKind::Happened(dated) => Some(dated.date),
        _ => None,
    });
    read
}

fn out_of_range(likelihood: &Likelihood) -> bool {
    matches!(likelihood, Likelihood::Share(share)
        if !(Number::from(0)..=Number::from(1)).contains(share))
}

fn reporter(author: &tree::Author) -> Author {
    Author::Reporter(author.text.clone())
}

/// The days that several times have in common; `None` without any.
fn period(times: &[&Note], complaints: &mut Vec<Complaint>) -> Option<Period> {
    let mut all: Option<Period> = None;
    for note in times {
        let own = match &note.kind {
            NoteKind::From(dated) | NoteKind::Happened(dated) => since(dated.date),
            NoteKind::Until(dated) => Period {
                first: None,
                last: Some(dated.date.last),
            },
            NoteKind::Before(dated) => Period {
                first: None,
                last: Some(dated.date.first.saturating_sub(1)),
            },
            NoteKind::In(dated) => Period {
                first: Some(dated.date.first),
                last: Some(dated.date.last),
            },
            _ => continue,
        };
        let before = all.unwrap_or(Period::ALWAYS);
        let both = Period {
            first: before.first.max(own.first),
            last: match (before.last, own.last) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        };
        if let (Some(first), Some(last)) = (both.first, both.last)
            && first > last
        {
            let whole = times
                .first()
                .map_or(note.span, |first| first.span.to(note.span));
            complaints.push(complaints::ends_before_it_begins(first, last, whole));
            return None;
        }
        all = Some(both);
    }
    all
}

fn since(date: Date) -> Period {
    Period {
        first: Some(date.first),
        last: None,
    }
}
