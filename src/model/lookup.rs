//! Indexes of a finished table, made when a reading first asks for them.

use super::members::{Members, hash_row};
use super::table::{RowId, Table};
use crate::value::Term;
use hashbrown::HashTable;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The indexes that readings have asked for so far.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    by_columns: Mutex<Vec<(Vec<usize>, Arc<Groups>)>>,
    history: OnceLock<Lists>,
    members: OnceLock<Members>,
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
        let groups = self.groups(table, columns);
        groups
            .find(table, columns, key)
            .map_or_else(Vec::new, |group| {
                groups
                    .rows
                    .list(group)
                    .iter()
                    .map(|&row| RowId(row))
                    .collect()
            })
    }

    /// Row numbers, for a table that goes without.
    pub fn members(&self, table: &Table) -> &Members {
        self.members.get_or_init(|| table.number())
    }

    /// Where in the log the row's parts stand, in order.
    pub fn entries(&self, table: &Table, row: RowId) -> &[u32] {
        let history = self
            .history
            .get_or_init(|| Lists::new(table.len(), table.log.iter().map(|entry| entry.0)));
        history.list(row.0)
    }

    fn groups(&self, table: &Table, columns: &[usize]) -> Arc<Groups> {
        let mut known = self.lock();
        if let Some((_, groups)) = known.iter().find(|(of, _)| of == columns) {
            return Arc::clone(groups);
        }
        let groups = Arc::new(Groups::new(table, columns));
        known.push((columns.to_vec(), Arc::clone(&groups)));
        groups
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Vec<usize>, Arc<Groups>)>> {
        self.by_columns
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rows by key.
#[derive(Debug)]
struct Groups {
    /// Groups by the hash of their key; the key is read from the group's first row.
    table: HashTable<u32>,
    rows: Lists,
}

impl Groups {
    fn new(table: &Table, columns: &[usize]) -> Self {
        let mut groups: HashTable<u32> = HashTable::new();
        let mut firsts: Vec<RowId> = Vec::new();
        let mut of_row = Vec::with_capacity(table.len());
        let key = |row: RowId| columns.iter().map(move |&column| table.row(row)[column]);
        for row in table.rows() {
            let hash = hash_key(key(row));
            let known = groups.find(hash, |&group| key(firsts[group as usize]).eq(key(row)));
            let group = known.copied().unwrap_or_else(|| {
                let group = firsts.len() as u32;
                firsts.push(row);
                groups.insert_unique(hash, group, |&group| hash_key(key(firsts[group as usize])));
                group
            });
            of_row.push(group);
        }
        Self {
            table: groups,
            rows: Lists::new(firsts.len(), of_row.into_iter()),
        }
    }

    fn find(&self, table: &Table, columns: &[usize], key: &[Term]) -> Option<u32> {
        let same = |&group: &u32| {
            let first = table.row(RowId(self.rows.list(group)[0]));
            columns
                .iter()
                .map(|&column| first[column])
                .eq(key.iter().copied())
        };
        self.table
            .find(hash_key(key.iter().copied()), same)
            .copied()
    }
}

fn hash_key(key: impl Iterator<Item = Term>) -> u64 {
    key.fold(0, |hash, term| {
        hash_row(&[Term(term.0 ^ hash as u32), Term((hash >> 32) as u32)])
    })
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

    fn list(&self, number: u32) -> &[u32] {
        &self.places
            [self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }
}
