//! Facts and loaded rows → the program's facts; a fact with a likelihood → a driver of its own.

use super::labels::Labels;
use super::notes::{self, Notes};
use super::sentences::{Reader, Rows};
use super::vocabulary::{Role, constant};
use crate::complaint::{files as file_complaints, notes as complaints};
use crate::files::LoadedTable;
use crate::program::{Driver, FactNotes, Facts, Ground, Outcome, RelationId, Standing};
use crate::say;
use crate::syntax::tree::{self, Likelihood, Part, PlainFacts, TermKind};
use crate::text::{SourceId, Span};
use crate::value::{Term, Terms};

/// A stated sentence with odds, before its driver has a label.
#[derive(Debug)]
pub(super) struct Odds {
    pub literal: Ground,
    pub notes: Notes,
    pub likelihood: Likelihood,
    pub at: Span,
}

/// One fact statement: facts, one for each sentence, item and standing; or odds.
pub(super) fn fact(
    fact: &tree::Fact,
    labels: &Labels,
    reader: &mut Reader<'_>,
    facts: &mut Facts,
    odds: &mut Vec<Odds>,
) {
    let notes = notes::read(&fact.notes, labels, reader.complaints);
    if let Some((_, at)) = notes.likelihood
        && !notes.standings.is_empty()
    {
        reader.complaints.push(complaints::likelihood_of_report(at));
    }
    for sentence in &fact.sentences {
        let Some(rows) = reader.rows(sentence, Role::Stated) else {
            continue;
        };
        if let Some((likelihood, _)) = &notes.likelihood {
            odds.extend(rows.grounds().map(|literal| Odds {
                literal,
                notes: notes.clone(),
                likelihood: likelihood.clone(),
                at: sentence.span,
            }));
        } else {
            note_opposites(&rows, &notes, sentence, reader);
            push(&rows, &notes, sentence.span, facts);
        }
    }
}

/// A stretch of plain facts. The names of many are looked up at once, which is faster.
pub(super) fn plain(
    stretch: &PlainFacts,
    source: SourceId,
    text: &str,
    reader: &mut Reader<'_>,
    facts: &mut Facts,
) {
    const AT_ONCE: usize = 256;
    let relation = |make: &tree::Sentence| {
        let relation = reader.relations.of(make);
        reader
            .relations
            .note_use(relation, Role::Stated, false, make.span);
        (relation, reader.relations.get(relation).kinds.len())
    };
    let makes: Vec<(RelationId, usize)> = stretch.makes.iter().map(relation).collect();
    facts.reserve(stretch.facts.len(), stretch.terms.len());
    let mut places = stretch.terms.as_slice();
    let mut row = PlainTerms::default();
    for batch in stretch.facts.chunks(AT_ONCE) {
        let count = batch.iter().map(|fact| makes[fact.make as usize].1).sum();
        let these;
        (these, places) = places.split_at(count);
        row.read(these, text, reader.terms);
        let mut terms = row.found.as_slice();
        for fact in batch {
            let (relation, arity) = makes[fact.make as usize];
            let own;
            (own, terms) = terms.split_at(arity);
            let at = Span {
                source,
                start: fact.start,
                end: fact.end,
            };
            facts.push(relation, false, own, at, None);
        }
    }
}

/// The terms of some plain facts, with room that is used again for the next ones.
#[derive(Default)]
struct PlainTerms<'t> {
    found: Vec<Term>,
    names: Vec<&'t str>,
    /// By name: its place in `found`.
    places: Vec<usize>,
}

impl<'t> PlainTerms<'t> {
    fn read(&mut self, terms: &[(u32, u32)], text: &'t str, known: &mut Terms) {
        self.found.clear();
        self.names.clear();
        self.places.clear();
        for (at, &(start, end)) in terms.iter().enumerate() {
            let term = &text[start as usize..end as usize];
            let number = match term.as_bytes().first() {
                Some(b'0'..=b'9') => term.parse().ok().and_then(Term::small),
                _ => None,
            };
            if number.is_none() {
                self.names.push(term.trim_matches('"'));
                self.places.push(at);
            }
            self.found.push(number.unwrap_or(Term(0)));
        }
        let (found, places) = (&mut self.found, &self.places);
        known.names(&self.names, |at, term| found[places[at]] = term);
    }
}

/// A denial speaks for the opposite.
fn note_opposites(rows: &Rows, notes: &Notes, sentence: &tree::Sentence, reader: &mut Reader<'_>) {
    if notes
        .standings
        .iter()
        .any(|standing| matches!(standing, Standing::Denied(_)))
    {
        reader
            .relations
            .note_use(rows.relation, Role::Stated, !rows.negative, sentence.span);
    }
}

fn push(rows: &Rows, notes: &Notes, at: Span, facts: &mut Facts) {
    let plain = notes.standings.is_empty() && notes.period.is_none() && notes.citations.is_empty();
    for terms in rows.iter() {
        if plain {
            facts.push(rows.relation, rows.negative, terms, at, None);
            continue;
        }
        let with = |standing: Standing| FactNotes {
            standing,
            period: notes.period,
            happened: notes.happened,
            citations: notes.citations.clone(),
        };
        if notes.standings.is_empty() {
            facts.push(
                rows.relation,
                rows.negative,
                terms,
                at,
                Some(with(Standing::Stated)),
            );
        }
        for standing in &notes.standings {
            facts.push(
                rows.relation,
                rows.negative,
                terms,
                at,
                Some(with(standing.clone())),
            );
        }
    }
}

/// `load "data/exports.csv" as ?a exports ?volume to ?b.`
pub(super) fn load(
    row: &tree::Sentence,
    table: Option<&LoadedTable>,
    reader: &mut Reader<'_>,
    facts: &mut Facts,
) {
    let relation = reader.relations.of(row);
    reader
        .relations
        .note_use(relation, Role::Stated, false, row.span);
    let Some(columns) = columns(row, reader) else {
        return;
    };
    let Some(table) = table else { return };
    let holes = columns.iter().filter(|column| column.is_none()).count();
    if table.arity == columns.len() || holes == 0 || table.arity == 0 {
        for (place, &at) in table.at.iter().enumerate() {
            let terms = &table.terms[place * table.arity..(place + 1) * table.arity];
            facts.push(relation, false, terms, at, None);
        }
        return;
    }
    let mut filled: Vec<Term> = Vec::with_capacity(columns.len());
    for (place, &at) in table.at.iter().enumerate() {
        let mut cells = table.terms[place * table.arity..(place + 1) * table.arity].iter();
        filled.clear();
        filled.extend(
            columns
                .iter()
                .filter_map(|column| column.or_else(|| cells.next().copied())),
        );
        facts.push(relation, false, &filled, at, None);
    }
}

/// What stands in each hole of a loaded sentence: a term, or `None` for a column.
fn columns(row: &tree::Sentence, reader: &mut Reader<'_>) -> Option<Vec<Option<Term>>> {
    let mut columns = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for part in &row.parts {
        let Part::Term(term) = part else { continue };
        match &term.kind {
            TermKind::Variable { name, .. } => {
                if names.contains(&name.as_str()) {
                    reader
                        .complaints
                        .push(file_complaints::column_twice(name, term.span));
                    return None;
                }
                names.push(name);
                columns.push(None);
            }
            TermKind::Anything | TermKind::Asked(_) => {
                reader
                    .complaints
                    .push(file_complaints::unnamed_column(term.span));
                return None;
            }
            _ => columns.push(constant(reader.terms, term)),
        }
    }
    Some(columns)
}

/// The driver of a fact with a likelihood: its label is the sentence.
pub(super) fn driver(
    odds: Odds,
    relations: &super::vocabulary::Relations,
    terms: &crate::value::Terms,
) -> Driver {
    let Odds {
        literal,
        notes,
        likelihood,
        at,
    } = odds;
    let label = say::sentence(
        &relations.all,
        terms,
        literal.relation,
        literal.negative,
        &literal.terms,
    );
    let outcome = |label: &str, states: Vec<Ground>, likelihood: Option<Likelihood>| Outcome {
        label: label.into(),
        states,
        period: notes.period,
        now: false,
        likelihood,
        citations: notes.citations.clone(),
        at,
    };
    let outcomes = vec![
        outcome("yes", vec![literal], Some(likelihood)),
        outcome("no", Vec::new(), None),
    ];
    Driver {
        label: label.into(),
        title: None,
        outcomes,
        from_fact: true,
        at,
    }
}
