//! Keys → group numbers 0, 1, 2 … in order of first appearance.

use super::members::hash_row;
use crate::value::Term;
use hashbrown::HashTable;

/// One term is looked up by its own number where the terms lie close together, any other key by hash.
#[derive(Clone, Debug)]
pub(crate) enum Keys {
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
        Self::new(1)
    }
}

impl Keys {
    /// None yet, of so many terms each.
    pub fn new(width: usize) -> Self {
        if width == 1 {
            Self::Close {
                base: 0,
                groups: Vec::new(),
                count: 0,
            }
        } else {
            Self::Hashed {
                table: HashTable::new(),
                terms: Vec::new(),
                width,
            }
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
                    terms[group as usize * width..(group as usize + 1) * width] == *key
                })
                .copied(),
        }
    }

    /// The group of a key, a new one if need be.
    #[inline]
    pub fn find_or_add(&mut self, key: &[Term]) -> u32 {
        match self.find(key) {
            Some(group) => group,
            None => self.add(key),
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

    #[cold]
    fn add(&mut self, key: &[Term]) -> u32 {
        if let Self::Close {
            base,
            groups,
            count,
        } = self
        {
            if reach(base, groups, key[0].0, *count) {
                *count += 1;
                groups[(key[0].0 - *base) as usize] = *count;
                return *count - 1;
            }
            self.spread();
        }
        let Self::Hashed {
            table,
            terms,
            width,
        } = self
        else {
            return 0;
        };
        let width = *width;
        let group = (terms.len() / width) as u32;
        terms.extend_from_slice(key);
        let key_of = |group: u32| &terms[group as usize * width..(group as usize + 1) * width];
        table.insert_unique(hash_row(key), group, |&group| hash_row(key_of(group)));
        // Keys that came from all over may by now fill what lies between.
        if width == 1 && group.is_power_of_two() && group >= FEW {
            self.gather();
        }
        group
    }

    /// From the close form to the hashed one.
    fn spread(&mut self) {
        let Self::Close {
            base,
            groups,
            count,
        } = self
        else {
            return;
        };
        let mut terms = vec![Term(0); *count as usize];
        for (offset, group) in groups.iter().enumerate() {
            if let Some(group) = group.checked_sub(1) {
                terms[group as usize] = Term(*base + offset as u32);
            }
        }
        let mut table = HashTable::with_capacity(terms.len() + 1);
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

    /// From the hashed form to the close one, if the terms lie close together.
    fn gather(&mut self) {
        let Self::Hashed { terms, .. } = self else {
            return;
        };
        let (Some(least), Some(greatest)) = (terms.iter().min(), terms.iter().max()) else {
            return;
        };
        if !is_close(least.0, greatest.0, terms.len() as u32) {
            return;
        }
        let mut groups = vec![0; (greatest.0 - least.0) as usize + 1];
        for (group, term) in terms.iter().enumerate() {
            groups[(term.0 - least.0) as usize] = group as u32 + 1;
        }
        *self = Self::Close {
            base: least.0,
            groups,
            count: terms.len() as u32,
        };
    }
}

/// Room that is worth it however few the keys are.
const FEW: u32 = 64;

/// Whether a table of all terms from `least` to `greatest` is worth its room for so many keys.
fn is_close(least: u32, greatest: u32, keys: u32) -> bool {
    greatest - least < keys.saturating_mul(4).saturating_add(FEW)
}

/// Makes room for a term among close ones; false if it lies too far off.
fn reach(base: &mut u32, groups: &mut Vec<u32>, term: u32, count: u32) -> bool {
    if groups.is_empty() {
        *base = term;
        groups.push(0);
        return true;
    }
    let end = *base + (groups.len() as u32 - 1);
    let (least, greatest) = (term.min(*base), term.max(end));
    if !is_close(least, greatest, count) {
        return false;
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
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_keys_by_first_appearance(terms in prop::collection::vec(prop_oneof![0..300u32, any::<u32>()], 0..400)) {
            let mut keys = Keys::default();
            let mut firsts: Vec<u32> = Vec::new();
            for &term in &terms {
                let expected = firsts.iter().position(|&first| first == term);
                prop_assert_eq!(keys.find(&[Term(term)]), expected.map(|group| group as u32));
                let group = expected.unwrap_or_else(|| {
                    firsts.push(term);
                    firsts.len() - 1
                });
                prop_assert_eq!(keys.find_or_add(&[Term(term)]), group as u32);
            }
        }
    }
}
