//! The rows of a table by some of its columns. An entry holds the row's other columns (and its number, where labels are
//! looked up by it), so that a join reads one stretch of memory and never the rows.

use super::plan::Which;
use crate::model::{Keys, Table};
use crate::value::Term;

/// Entries by key. Grows with its table at the end of each round.
#[derive(Debug, Default)]
pub struct Index {
    /// The columns of the key, rising.
    pub key: Vec<u32>,
    /// The columns that an entry holds, rising.
    pub rest: Vec<u32>,
    /// Whether an entry ends with the number of its row.
    pub numbered: bool,
    keys: Keys,
    groups: Vec<Group>,
    entries: Vec<Term>,
    /// Abandoned stretches by the power of two that fits in them.
    free: Vec<Vec<u32>>,
    /// Groups that grew in the last round.
    grown: Vec<u32>,
    /// How many rows of the table it has.
    rows: u32,
}

/// A stretch of entries, counted in entries.
#[derive(Clone, Copy, Debug)]
struct Group {
    start: u32,
    len: u32,
    /// Entries that were there before the last round.
    old: u32,
    room: u32,
}

impl Group {
    #[inline]
    fn range(&self, which: Which) -> std::ops::Range<u32> {
        match which {
            Which::All => self.start..self.start + self.len,
            Which::Old => self.start..self.start + self.old,
            Which::News => self.start + self.old..self.start + self.len,
        }
    }
}

impl Index {
    /// An index of the rows that the table has so far, of which so many were there before the last round.
    pub fn new(table: &Table, key: Vec<u32>, old: u32) -> Self {
        let rest = (0..table.arity() as u32)
            .filter(|column| !key.contains(column))
            .collect();
        let mut index = Self {
            key,
            rest,
            numbered: table.is_labelled(),
            ..Self::default()
        };
        index.keys = Keys::new(index.key.len());
        index.fill(table, old);
        index
    }

    /// Terms an entry.
    #[inline]
    pub fn stride(&self) -> usize {
        self.rest.len() + usize::from(self.numbered)
    }

    /// How many different keys there are.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The entries with this key, in order of arrival.
    #[inline]
    pub fn entries(&self, key: &[Term], which: Which) -> &[Term] {
        let Some(group) = self.keys.find(key) else {
            return &[];
        };
        let group = &self.groups[group as usize];
        let range = group.range(which);
        let stride = self.stride();
        &self.entries[range.start as usize * stride..range.end as usize * stride]
    }

    /// Whether there is a row with this key.
    pub fn has(&self, key: &[Term], which: Which) -> bool {
        self.keys
            .find(key)
            .is_some_and(|group| !self.groups[group as usize].range(which).is_empty())
    }

    /// Takes in the rows that came since.
    pub fn extend(&mut self, table: &Table) {
        for group in self.grown.drain(..) {
            let group = &mut self.groups[group as usize];
            group.old = group.len;
        }
        let mut key = Vec::with_capacity(self.key.len());
        for row in self.rows..table.len() as u32 {
            let terms = terms(table, row);
            key.clear();
            key.extend(self.key.iter().map(|&column| terms[column as usize]));
            let number = self.keys.find_or_add(&key);
            if number as usize == self.groups.len() {
                self.groups.push(Group {
                    start: 0,
                    len: 0,
                    old: 0,
                    room: 0,
                });
            }
            let group = self.groups[number as usize];
            if group.len == group.old {
                self.grown.push(number);
            }
            if group.len == group.room {
                self.move_out(number);
            }
            self.put(number, row, terms);
        }
        self.rows = table.len() as u32;
    }

    pub fn bytes(&self) -> usize {
        self.keys.bytes()
            + self.groups.capacity() * size_of::<Group>()
            + self.entries.capacity() * size_of::<Term>()
    }

    /// Counts first, so that every group gets just the room that it needs.
    fn fill(&mut self, table: &Table, old: u32) {
        let mut key = Vec::with_capacity(self.key.len());
        let mut of_row = Vec::with_capacity(table.len());
        for row in 0..table.len() as u32 {
            let terms = terms(table, row);
            key.clear();
            key.extend(self.key.iter().map(|&column| terms[column as usize]));
            let group = self.keys.find_or_add(&key);
            if group as usize == self.groups.len() {
                self.groups.push(Group {
                    start: 0,
                    len: 0,
                    old: 0,
                    room: 0,
                });
            }
            self.groups[group as usize].room += 1;
            of_row.push(group);
        }
        let mut start = 0;
        for group in &mut self.groups {
            group.start = start;
            start += group.room;
        }
        self.entries = vec![Term(0); start as usize * self.stride()];
        for (row, &number) in (0..).zip(&of_row) {
            let group = &mut self.groups[number as usize];
            if row < old {
                group.old += 1;
            } else if group.len == group.old {
                self.grown.push(number);
            }
            self.put(number, row, terms(table, row));
        }
        self.rows = table.len() as u32;
    }

    #[inline]
    fn put(&mut self, group: u32, row: u32, terms: &[Term]) {
        let stride = self.stride();
        let group = &mut self.groups[group as usize];
        let at = (group.start + group.len) as usize * stride;
        group.len += 1;
        let entry = &mut self.entries[at..at + stride];
        for (to, &column) in entry.iter_mut().zip(&self.rest) {
            *to = terms[column as usize];
        }
        if self.numbered {
            entry[stride - 1] = Term(row);
        }
    }

    /// Gives a full group a stretch of twice the room and leaves the old one to others.
    fn move_out(&mut self, number: u32) {
        let stride = self.stride();
        let group = self.groups[number as usize];
        if stride == 0 {
            self.groups[number as usize].room = u32::MAX;
            return;
        }
        let power = (group.room + 1).next_power_of_two().trailing_zeros() as usize;
        let room = 1 << power;
        let start = match self.free.get_mut(power).and_then(Vec::pop) {
            Some(start) => start,
            None => {
                let start = (self.entries.len() / stride) as u32;
                self.entries
                    .resize(self.entries.len() + room * stride, Term(0));
                start
            }
        };
        let from = group.start as usize * stride;
        self.entries.copy_within(
            from..from + group.len as usize * stride,
            start as usize * stride,
        );
        if group.room > 0 {
            let power = group.room.ilog2() as usize;
            if self.free.len() <= power {
                self.free.resize(power + 1, Vec::new());
            }
            self.free[power].push(group.start);
        }
        self.groups[number as usize] = Group {
            start,
            room: room as u32,
            ..group
        };
    }
}

#[inline]
fn terms(table: &Table, row: u32) -> &[Term] {
    table.row(crate::model::RowId(row))
}
