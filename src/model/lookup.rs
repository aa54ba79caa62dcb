//! Indexes of a finished table, made when readings ask for them often enough to be worth it.
//!
//! The first few keys are found by reading the whole table, which for a proof out of millions of rows is far quicker than an index of
//! all of them.

use super::keys::Keys;
use super::members::{Members, hash_row};
use super::sharing::ByTerm;
use super::table::{RowId, Table};
use crate::value::Term;
use std::ops::{Deref, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The indexes that readings have asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    by_columns: Mutex<Vec<ByColumns>>,
    by_term: Mutex<ByTerm>,
    history: OnceLock<Lists>,
    members: OnceLock<Members>,
    /// Rows looked at for want of `members`.
    steps: AtomicUsize,
}

/// How many keys are looked for by reading the whole table before an index by their columns is made.
pub(super) const SCANS: usize = 4;

/// Steps that a row costs when row numbers are put in a hash table.
const MEMBER_COST: usize = 4;

/// What is known of the rows by some of their columns.
#[derive(Debug)]
struct ByColumns {
    columns: Vec<usize>,
    /// Keys looked for before there was an index, with their rows.
    scanned: Vec<(Vec<Term>, Arc<Vec<u32>>)>,
    groups: Option<Arc<Groups>>,
}

/// The rows of one key, in order.
enum Found {
    Scanned(Arc<Vec<u32>>),
    Grouped(Arc<Groups>, Range<usize>),
}

impl Deref for Found {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Self::Scanned(rows) => rows,
            Self::Grouped(groups, range) => &groups.rows.places[range.clone()],
        }
    }
}

impl Clone for Lookups {
    /// A copy makes its own indexes again when asked.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Lookups {
    /// The rows of the table with this key in these columns, in order.
    pub fn rows(&self, table: &Table, columns: &[usize], key: &[Term]) -> Vec<RowId> {
        let found = self.found(table, columns, key);
        found.iter().map(|&row| RowId(row)).collect()
    }

    /// The number of a pair that the table has. A proof mostly goes on from a pair to another that has a term in common with it,
    /// so the table is read for all that share one with the first pairs; others are looked for among those with the same leading
    /// term, or by hash once that has been done for long.
    pub fn pair(&self, table: &Table, lead: usize, pair: [Term; 2]) -> Option<RowId> {
        let is_meant = |row: u32| table.row(RowId(row)) == pair;
        if let Some(members) = self.members.get() {
            return members.find(hash_row(&pair), is_meant).map(RowId);
        }
        let mut by_term = self.by_term.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = by_term.find(table, pair) {
            return found;
        }
        drop(by_term);
        if self.steps.load(Ordering::Relaxed) > MEMBER_COST * table.len() {
            let members = self.members.get_or_init(|| table.number());
            return members.find(hash_row(&pair), is_meant).map(RowId);
        }
        let rows = self.found(table, &[lead], &pair[lead..=lead]);
        let place = rows.iter().position(|&row| is_meant(row))?;
        self.steps.fetch_add(place, Ordering::Relaxed);
        Some(RowId(rows[place]))
    }

    /// Where in the log the row's parts stand, in order.
    pub fn entries(&self, table: &Table, row: RowId) -> &[u32] {
        let history = self
            .history
            .get_or_init(|| Lists::new(table.len(), table.log.iter().map(|entry| entry.0)));
        &history.places[history.range(row.0)]
    }

    fn found(&self, table: &Table, columns: &[usize], key: &[Term]) -> Found {
        let mut known = self
            .by_columns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let at = known
            .iter()
            .position(|known| known.columns == columns)
            .unwrap_or_else(|| {
                known.push(ByColumns {
                    columns: columns.to_vec(),
                    scanned: Vec::new(),
                    groups: None,
                });
                known.len() - 1
            });
        known[at].found(table, key)
    }
}

impl ByColumns {
    fn found(&mut self, table: &Table, key: &[Term]) -> Found {
        if let Some((_, rows)) = self.scanned.iter().find(|(scanned, _)| scanned == key) {
            return Found::Scanned(Arc::clone(rows));
        }
        if self.scanned.len() < SCANS {
            let rows = Arc::new(scan(table, &self.columns, key));
            self.scanned.push((key.to_vec(), Arc::clone(&rows)));
            return Found::Scanned(rows);
        }
        let groups = self
            .groups
            .get_or_insert_with(|| Arc::new(Groups::new(table, &self.columns)));
        let group = groups.keys.find(key);
        let range = group.map_or(0..0, |group| groups.rows.range(group));
        Found::Grouped(Arc::clone(groups), range)
    }
}

/// The rows with the key, found by reading all.
fn scan(table: &Table, columns: &[usize], key: &[Term]) -> Vec<u32> {
    let arity = table.arity();
    let (column, term) = (columns[0], key[0]);
    let rows = (0..).zip(table.terms.chunks_exact(arity));
    let first = rows.filter(|(_, row)| row[column] == term);
    let rest = |row: &[Term]| {
        columns[1..]
            .iter()
            .zip(&key[1..])
            .all(|(&column, term)| row[column] == *term)
    };
    first
        .filter(|(_, row)| rest(row))
        .map(|(number, _)| number)
        .collect()
}

/// Rows by key.
#[derive(Debug)]
struct Groups {
    keys: Keys,
    rows: Lists,
}

impl Groups {
    fn new(table: &Table, columns: &[usize]) -> Self {
        let mut keys = Keys::new(columns.len());
        let mut key = Vec::with_capacity(columns.len());
        let mut count = 0;
        let mut of_row = Vec::with_capacity(table.len());
        for row in table.terms.chunks_exact(table.arity()) {
            key.clear();
            key.extend(columns.iter().map(|&column| row[column]));
            let group = keys.find_or_add(&key);
            count = count.max(group as usize + 1);
            of_row.push(group);
        }
        let rows = Lists::new(count, of_row.into_iter());
        Self { keys, rows }
    }
}

/// For each number the places at which it came, end to end.
#[derive(Debug)]
struct Lists {
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Lists {
    fn new(count: usize, numbers: impl Iterator<Item = u32> + Clone) -> Self {
        let mut starts = vec![0; count + 1];
        for number in numbers.clone() {
            starts[number as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![0; starts[count] as usize];
        for (place, number) in numbers.enumerate() {
            places[next[number as usize] as usize] = place as u32;
            next[number as usize] += 1;
        }
        Self { starts, places }
    }

    fn range(&self, number: u32) -> Range<usize> {
        self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_same_rows_before_and_after_an_index_is_made() {
        let mut table = Table::new(3, false);
        for n in 0..600 {
            table.terms.extend([Term(n % 7), Term(n % 11), Term(n)]);
            table.len += 1;
        }
        for round in 0..2 {
            for key in 0..8 {
                let rows: Vec<u32> = (0..600).filter(|n| n % 7 == key).collect();
                let found = table.lookups.found(&table, &[0], &[Term(key)]);
                assert_eq!(*found, rows, "round {round}, key {key}");
                let rows: Vec<u32> = (0..600).filter(|n| n % 7 == key && n % 11 == 3).collect();
                let found = table.lookups.found(&table, &[0, 1], &[Term(key), Term(3)]);
                assert_eq!(*found, rows, "round {round}, key {key} and 3");
            }
        }
    }

    #[test]
    fn finds_pairs_before_and_after_they_are_numbered() {
        let mut table = Table::new(2, false);
        for n in 0..500 {
            table.terms.extend([Term(n % 9), Term(n)]);
            table.len += 1;
        }
        for lead in [0, 1] {
            for n in (0..500).rev() {
                let row = table.lookups.pair(&table, lead, [Term(n % 9), Term(n)]);
                assert_eq!(row, Some(RowId(n)));
            }
        }
        assert!(table.lookups.members.get().is_some());
        assert_eq!(table.lookups.pair(&table, 0, [Term(1), Term(2)]), None);
    }
}
