//! Keys of an index → group numbers 0, 1, 2 … in order of first appearance.

use crate::model::{RowId, Table, hash_row};
use crate::value::Term;
use hashbrown::HashTable;

/// One term is looked up by its own number where the terms lie close together, any other key by hash.
#[derive(Debug)]
pub enum Keys {
    /// `groups[term - base]` is the group's number and one, or 0.
    Close {
        base: u32,
        groups: Vec<u32>,
        count: u32,
    },
    /// `terms` holds the keys end to end.
    Hashed {
        table: HashTable<u32>,
        terms: Vec<Term>,
        width: usize,
    },
}

impl Default for Keys {
    fn default() -> Self {
        Self::Hashed {
            table: HashTable::new(),
            terms: Vec::new(),
            width: 0,
        }
    }
}

impl Keys {
    /// Empty, in the form that suits the table as it stands.
    pub fn new(table: &Table, columns: &[u32]) -> Self {
        let hashed = Self::Hashed {
            table: HashTable::new(),
            terms: Vec::new(),
            width: columns.len(),
        };
        let &[column] = columns else { return hashed };
        let terms = || (0..table.len() as u32).map(|row| table.row(RowId(row))[column as usize].0);
        let (Some(least), Some(greatest)) = (terms().min(), terms().max()) else {
            return hashed;
        };
        if is_close(least, greatest, table.len() as u32) {
            Self::Close {
                base: least,
                groups: vec![0; (greatest - least) as usize + 1],
                count: 0,
            }
        } else {
            hashed
        }
    }

    #[inline]
    pub fn find(&self, key: &[Term]) -> Option<u32> {
        match self {
            Self::Close { base, groups, .. } => groups
                .get(key[0].0.wrapping_sub(*base) as usize)
                .and_then(|group| group.checked_sub(1)),
            Self::Hashed {
                table,
                terms,
                width,
            } => table
                .find(hash_row(key), |&group| {
                    &terms[group as usize * width..(group as usize + 1) * width] == key
                })
                .copied(),
        }
    }

    /// The group of a key, a new one if need be. `rows` is how many rows there have been, this one among them.
    #[inline]
    pub fn find_or_add(&mut self, key: &[Term], rows: u32) -> u32 {
        match self.find(key) {
            Some(group) => group,
            None => self.add(key, rows),
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Close { groups, .. } => groups.capacity() * size_of::<u32>(),
            Self::Hashed { table, terms, .. } => {
                table.allocation_size() + terms.capacity() * size_of::<Term>()
            }
        }
    }

    fn add(&mut self, key: &[Term], rows: u32) -> u32 {
        match self {
            Self::Close {
                base,
                groups,
                count,
            } => {
                let end = *base + (groups.len() as u32 - 1);
                let (least, greatest) = (key[0].0.min(*base), key[0].0.max(end));
                if !is_close(least, greatest, rows) {
                    self.spread();
                    return self.add(key, rows);
                }
                if least < *base {
                    // More than is needed, so that keys that come falling do not move everything each time.
                    let front = (*base - least).max(groups.len() as u32 / 2).min(*base);
                    groups.splice(0..0, std::iter::repeat_n(0, front as usize));
                    *base -= front;
                }
                if greatest > end {
                    groups.resize((greatest - *base) as usize + 1, 0);
                }
                let group = *count;
                *count += 1;
                groups[(key[0].0 - *base) as usize] = group + 1;
                group
            }
            Self::Hashed {
                table,
                terms,
                width,
            } => {
                let width = *width;
                let group = (terms.len() / width) as u32;
                terms.extend_from_slice(key);
                let key_of =
                    |group: u32| &terms[group as usize * width..(group as usize + 1) * width];
                table.insert_unique(hash_row(key), group, |&group| hash_row(key_of(group)));
                group
            }
        }
    }

    /// From the close form to the hashed one.
    fn spread(&mut self) {
        if let Self::Close {
            base,
            groups,
            count,
        } = self
        {
            let mut terms = vec![Term(0); *count as usize];
            for (offset, group) in groups.iter().enumerate() {
                if let Some(group) = group.checked_sub(1) {
                    terms[group as usize] = Term(*base + offset as u32);
                }
            }
            let mut table = HashTable::with_capacity(terms.len());
            for group in 0..*count {
                let hash = |&group: &u32| hash_row(&terms[group as usize..=group as usize]);
                table.insert_unique(hash(&group), group, hash);
            }
            *self = Self::Hashed {
                table,
                terms,
                width: 1,
            };
        }
    }
}

/// Whether a table of all terms from `least` to `greatest` is worth its room for this many rows.
fn is_close(least: u32, greatest: u32, rows: u32) -> bool {
    greatest - least < rows.saturating_mul(2).saturating_add(64)
}
