//! `load "trade.csv" as ?a exports ?volume to ?b.`: the rows of a table, a column for each variable. By name if the first line
//! holds the variables' names, otherwise in order; a `.tsv` has tabs between its cells.

use super::cells::{self, Cell};
use super::follow::{complain, reached};
use super::policy::{Reach, join};
use super::{Case, LoadedTable, open};
use crate::complaint::{Complaint, files as complaints};
use crate::syntax::tree::{Part, Sentence, TermKind, Text};
use crate::text::{Source, SourceId, Span};
use crate::value::{Term, Terms};
use csv::ByteRecord;
use std::path::Path;

/// The text of a larger table is dropped once its rows are terms.
const MAX_KEPT_TEXT: usize = 1 << 20;

/// Rows whose names are looked up together.
const AT_ONCE: usize = 64;

/// Bad rows that are shown one by one; the others are counted.
const MAX_SHOWN_ROWS: usize = 10;

/// Reads the table of one `load` statement, or complains.
pub(super) fn load(
    statement: Span,
    path: &Text,
    row: &Sentence,
    folder: &Path,
    reach: &Reach,
    case: &mut Case,
) {
    let Some(variables) = variables(row) else {
        return;
    };
    if variables.is_empty() {
        case.complaints.push(complaints::no_column(row.span));
        return;
    }
    let joined = join(folder, Path::new(path.text.as_str()));
    let Some(real) = reached(&joined, path, reach, case) else {
        return;
    };
    let bytes = match open::file(&real) {
        Ok(bytes) => bytes,
        Err(why) => {
            case.complaints
                .push(complain(&path.text, &joined, why, path.span));
            return;
        }
    };
    let (id, no_text) = open::text(
        joined.to_string_lossy().into_owned(),
        bytes,
        &mut case.sources,
    );
    if let Some(complaint) = no_text {
        case.complaints.push(complaint);
        return;
    }
    let source = case.sources.get(id);
    let separator = if joined
        .extension()
        .is_some_and(|extension| extension == "tsv")
    {
        b'\t'
    } else {
        b','
    };
    let mut rows = Rows::new(id, source, &variables, &mut case.terms);
    rows.read(separator);
    let Rows {
        found,
        at,
        complaints,
        bad_rows,
        ..
    } = rows;
    if at.is_empty() && bad_rows == 0 {
        case.complaints
            .push(complaints::no_rows(&path.text, path.span));
    }
    if complaints.is_empty() && source.text.len() > MAX_KEPT_TEXT {
        case.sources.forget_text(id);
    }
    case.complaints.extend(complaints);
    case.tables.push(LoadedTable {
        statement,
        arity: variables.len(),
        terms: found,
        at,
    });
}

/// The names of the variables, in order; `None` where one is missing or written twice, of which the checker complains.
fn variables(row: &Sentence) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for part in &row.parts {
        let Part::Term(term) = part else { continue };
        match &term.kind {
            TermKind::Variable { name, .. } if !names.contains(&name.as_str()) => {
                names.push(name.as_str())
            }
            TermKind::Variable { .. } | TermKind::Anything | TermKind::Asked(_) => return None,
            _ => {}
        }
    }
    Some(names)
}

/// The rows of one table as they are read.
struct Rows<'a> {
    id: SourceId,
    source: &'a Source,
    variables: &'a [&'a str],
    terms: &'a mut Terms,
    /// By variable: its column.
    columns: Vec<usize>,
    /// How many cells each row must have.
    width: usize,
    by_name: bool,
    found: Vec<Term>,
    at: Vec<Span>,
    complaints: Vec<Complaint>,
    bad_rows: usize,
    /// The first bad row that is only counted.
    first_counted: Span,
}

impl<'a> Rows<'a> {
    fn new(
        id: SourceId,
        source: &'a Source,
        variables: &'a [&'a str],
        terms: &'a mut Terms,
    ) -> Self {
        let rows = source.lines();
        Self {
            id,
            source,
            variables,
            terms,
            columns: (0..variables.len()).collect(),
            width: variables.len(),
            by_name: false,
            found: Vec::with_capacity(rows * variables.len()),
            at: Vec::with_capacity(rows),
            complaints: Vec::new(),
            bad_rows: 0,
            first_counted: Span::default(),
        }
    }

    fn read(&mut self, separator: u8) {
        let text = self.source.text.as_str();
        let begin = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .buffer_capacity(1 << 16)
            .from_reader(&text.as_bytes()[begin..]);
        let mut records = vec![ByteRecord::new(); AT_ONCE];
        let mut spans = [Span::default(); AT_ONCE];
        let mut start = begin;
        let mut first = true;
        loop {
            let mut count = 0;
            // Reading from memory cannot fail.
            while count < AT_ONCE && csv.read_byte_record(&mut records[count]).unwrap_or(false) {
                let end =
                    begin + usize::try_from(csv.position().byte()).unwrap_or(text.len() - begin);
                spans[count] = self.row_span(start, end);
                start = end;
                if !(std::mem::take(&mut first) && self.take_header(&records[count], spans[count]))
                {
                    count += 1;
                }
            }
            if count == 0 {
                break;
            }
            self.take_rows(&records[..count], &spans[..count]);
        }
        if self.bad_rows > MAX_SHOWN_ROWS {
            let more =
                complaints::more_bad_rows(self.bad_rows - MAX_SHOWN_ROWS, self.first_counted);
            self.complaints.push(more);
        }
    }

    /// The row without the line ends around it.
    fn row_span(&self, start: usize, end: usize) -> Span {
        let bytes = &self.source.text.as_bytes()[start..end];
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let before = bytes.iter().take_while(|byte| is_end(byte)).count();
        let after = bytes[before..]
            .iter()
            .rev()
            .take_while(|byte| is_end(byte))
            .count();
        Span::new(self.id, start + before, end - after)
    }

    /// Takes the first line as the names of the columns, if it holds all the variables' names.
    fn take_header(&mut self, record: &ByteRecord, row: Span) -> bool {
        let names: Vec<String> = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect();
        let column = |variable: &&str| names.iter().position(|name| name == variable);
        if let Some(columns) = self.variables.iter().map(column).collect() {
            self.columns = columns;
            self.width = names.len();
            self.by_name = true;
            return true;
        }
        let alike = |variable: &&&str| {
            names
                .iter()
                .any(|name| name.to_lowercase() == variable.to_lowercase())
        };
        if self.variables.iter().any(|variable| alike(&variable)) {
            let missing: Vec<&str> = self
                .variables
                .iter()
                .copied()
                .filter(|variable| column(variable).is_none())
                .collect();
            self.complaints.push(complaints::half_header(&missing, row));
        }
        false
    }

    /// Takes rows in; their names are looked up all at once.
    fn take_rows(&mut self, records: &[ByteRecord], spans: &[Span]) {
        let mut names = Vec::with_capacity(records.len() * self.columns.len());
        let mut places = Vec::with_capacity(names.capacity());
        for (record, &row) in records.iter().zip(spans) {
            let (found, named) = (self.found.len(), names.len());
            match self.take_row(record, row, &mut names, &mut places) {
                Ok(()) => self.at.push(row),
                Err(complaint) => {
                    self.found.truncate(found);
                    names.truncate(named);
                    places.truncate(named);
                    self.bad_row(complaint, row);
                }
            }
        }
        let found = &mut self.found;
        self.terms
            .names(&names, |at, term| found[places[at]] = term);
    }

    /// Takes the cells of one row in, of a name only its place.
    fn take_row<'r>(
        &mut self,
        record: &'r ByteRecord,
        row: Span,
        names: &mut Vec<&'r str>,
        places: &mut Vec<usize>,
    ) -> Result<(), Complaint> {
        if record.len() != self.width {
            return Err(complaints::wrong_cell_count(
                record.len(),
                self.width,
                self.by_name,
                row,
            ));
        }
        for (&column, variable) in self.columns.iter().zip(self.variables) {
            let term = match cells::read(&record[column], self.terms) {
                Cell::Term(term) => term,
                Cell::Name(name) => {
                    names.push(name);
                    places.push(self.found.len());
                    Term(0)
                }
                Cell::Empty => {
                    return Err(complaints::empty_cell(
                        variable,
                        self.source.line_of(row.start),
                        row,
                    ));
                }
            };
            self.found.push(term);
        }
        Ok(())
    }

    fn bad_row(&mut self, complaint: Complaint, row: Span) {
        self.bad_rows += 1;
        match self.bad_rows {
            ..=MAX_SHOWN_ROWS => self.complaints.push(complaint),
            counted if counted == MAX_SHOWN_ROWS + 1 => self.first_counted = row,
            _ => {}
        }
    }
}
