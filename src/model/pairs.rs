//! Which pairs a table of two columns has: by their leading term a set of the other ones.
//!
//! What a join derives in a row mostly has one leading term, so that its set stays in the cache. A set is a short list at first, then
//! bits where its terms lie close together, else a hash table: a few bytes a pair, often less than one.

use super::keys::Keys;
use crate::value::Term;

/// A set of pairs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs {
    /// The column that leads: 0 or 1.
    lead: usize,
    /// Whether that has been settled by what a rule derives.
    is_led: bool,
    leaders: Keys,
    groups: Vec<Group>,
    /// The short lists, in stretches of 4, 8, 16 or 32.
    lists: Vec<Term>,
    /// Stretches that were left, by their room.
    free: [Vec<u32>; 4],
    large: Vec<Large>,
}

/// The terms that go with one leader.
#[derive(Clone, Copy, Debug)]
struct Group {
    len: u32,
    /// Room of the list; beyond [`LIST`] the set is a large one.
    room: u32,
    /// Where the list begins, or the number of the large set.
    at: u32,
}

/// The longest list.
const LIST: u32 = 32;

#[derive(Clone, Debug)]
pub(crate) enum Large {
    /// Bit by bit from `64 * base` on.
    Bits { base: u32, words: Vec<u64> },
    /// A term in the slot of its hash or the next free one; [`FREE`] stands apart.
    Hashed { slots: Vec<u32>, has_free: bool },
}

/// What marks a free slot.
const FREE: u32 = u32::MAX;

/// What goes with one leader.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Set<'a> {
    List(&'a [Term]),
    Large(&'a Large),
}

impl Set<'_> {
    #[inline]
    pub fn contains(self, item: Term) -> bool {
        match self {
            Self::List(list) => is_in(list, item),
            Self::Large(large) => large.contains(item.0),
        }
    }
}

impl Pairs {
    /// The column that leads.
    pub fn leading(&self) -> usize {
        self.lead
    }

    /// The terms that go with this one.
    #[inline]
    pub fn set(&self, leader: Term) -> Set<'_> {
        let Some(group) = self.leaders.find(&[leader]) else {
            return Set::List(&[]);
        };
        let group = &self.groups[group as usize];
        if group.room > LIST {
            Set::Large(&self.large[group.at as usize])
        } else {
            Set::List(&self.lists[group.at as usize..(group.at + group.len) as usize])
        }
    }

    pub fn contains(&self, row: &[Term]) -> bool {
        self.set(row[self.lead]).contains(row[1 - self.lead])
    }

    /// Adds pairs, and hands back those that are new.
    pub fn insert(&mut self, rows: &[[Term; 2]], mut new: impl FnMut(&[Term; 2])) {
        let mut last: Option<(Term, u32)> = None;
        for row in rows {
            let (leader, item) = (row[self.lead], row[1 - self.lead]);
            let group = match last {
                Some((known, group)) if known == leader => group,
                _ => self.group(leader),
            };
            last = Some((leader, group));
            if self.add(group, item) {
                new(row);
            }
        }
    }

    /// Adds pairs that have one leading term, and hands back the others of those that are new. False if another column leads.
    pub fn unite(
        &mut self,
        column: usize,
        leader: Term,
        items: &[Term],
        mut new: impl FnMut(Term),
    ) -> bool {
        if column != self.lead {
            return false;
        }
        let number = self.group(leader);
        let group = &mut self.groups[number as usize];
        if group.room > LIST
            && let Large::Bits { base, words } = &mut self.large[group.at as usize]
        {
            for (at, &item) in items.iter().enumerate() {
                let Some(word) = words.get_mut((item.0 / 64).wrapping_sub(*base) as usize) else {
                    return self.unite_one_by_one(number, &items[at..], new);
                };
                let bit = 1 << (item.0 % 64);
                if *word & bit == 0 {
                    *word |= bit;
                    group.len += 1;
                    new(item);
                }
            }
            return true;
        }
        self.unite_one_by_one(number, items, new)
    }

    fn unite_one_by_one(&mut self, number: u32, items: &[Term], mut new: impl FnMut(Term)) -> bool {
        for &item in items {
            if self.add(number, item) {
                new(item);
            }
        }
        true
    }

    /// Lets a column lead unless that is settled; whether everything must be inserted anew.
    pub fn let_lead(&mut self, column: usize) -> bool {
        if self.is_led || self.lead == column {
            self.is_led = true;
            return false;
        }
        *self = Self {
            lead: column,
            is_led: true,
            ..Self::default()
        };
        true
    }

    pub fn bytes(&self) -> usize {
        self.leaders.bytes()
            + self.groups.capacity() * size_of::<Group>()
            + self.lists.capacity() * size_of::<Term>()
            + self.large.capacity() * size_of::<Large>()
            + self.large.iter().map(Large::bytes).sum::<usize>()
    }

    fn group(&mut self, leader: Term) -> u32 {
        let group = self.leaders.find_or_add(&[leader]);
        if group as usize == self.groups.len() {
            self.groups.push(Group {
                len: 0,
                room: 0,
                at: 0,
            });
        }
        group
    }

    #[inline]
    fn add(&mut self, number: u32, item: Term) -> bool {
        let group = &mut self.groups[number as usize];
        if group.room > LIST {
            let large = &mut self.large[group.at as usize];
            let new = large.add(item.0, group.len);
            group.len += u32::from(new);
            return new;
        }
        let list = group.at as usize..(group.at + group.len) as usize;
        if is_in(&self.lists[list], item) {
            return false;
        }
        if group.len < group.room {
            self.lists[(group.at + group.len) as usize] = item;
            group.len += 1;
        } else {
            self.add_longer(number, item);
        }
        true
    }

    /// Adds to a list that is full.
    #[cold]
    fn add_longer(&mut self, number: u32, item: Term) {
        let group = self.groups[number as usize];
        let from = group.at as usize..(group.at + group.len) as usize;
        let at = if group.room == LIST {
            self.large.push(Large::new(
                self.lists[from].iter().map(|term| term.0).chain([item.0]),
            ));
            self.large.len() as u32 - 1
        } else {
            let room = (group.room * 2).max(4);
            let at = self.free[class(room)].pop().unwrap_or_else(|| {
                let at = self.lists.len();
                self.lists.resize(at + room as usize, Term(0));
                at as u32
            });
            self.lists.copy_within(from, at as usize);
            self.lists[(at + group.len) as usize] = item;
            at
        };
        if group.room > 0 {
            self.free[class(group.room)].push(group.at);
        }
        self.groups[number as usize] = Group {
            len: group.len + 1,
            room: (group.room * 2).max(4),
            at,
        };
    }
}

/// Which of the free lists holds stretches of this room.
fn class(room: u32) -> usize {
    room.trailing_zeros() as usize - 2
}

/// Without an early end, which lets it go several at a time.
#[inline]
fn is_in(list: &[Term], item: Term) -> bool {
    list.iter()
        .fold(false, |found, &other| found | (other == item))
}

impl Large {
    /// Of different items.
    fn new(items: impl Iterator<Item = u32> + Clone) -> Self {
        let (mut least, mut greatest, mut len) = (u32::MAX, 0, 0);
        for item in items.clone() {
            (least, greatest, len) = (least.min(item), greatest.max(item), len + 1);
        }
        let base = least / 64;
        let count = greatest / 64 - base + 1;
        if are_worth(count, len) {
            let mut words = vec![0; count as usize];
            for item in items {
                words[(item / 64 - base) as usize] |= 1 << (item % 64);
            }
            return Self::Bits { base, words };
        }
        let mut slots = vec![FREE; (len as usize * 2).next_power_of_two()];
        let mut has_free = false;
        for item in items {
            if item == FREE {
                has_free = true;
            } else {
                let at = slot_of(&slots, item);
                slots[at] = item;
            }
        }
        Self::Hashed { slots, has_free }
    }

    #[inline]
    fn contains(&self, item: u32) -> bool {
        match self {
            Self::Bits { base, words } => {
                let word = words.get((item / 64).wrapping_sub(*base) as usize);
                word.is_some_and(|word| word >> (item % 64) & 1 == 1)
            }
            Self::Hashed { has_free, .. } if item == FREE => *has_free,
            Self::Hashed { slots, .. } => slots[slot_of(slots, item)] == item,
        }
    }

    /// Adds an item to so many; whether it is new.
    #[inline]
    fn add(&mut self, item: u32, len: u32) -> bool {
        match self {
            Self::Bits { base, words } => {
                let Some(word) = words.get_mut((item / 64).wrapping_sub(*base) as usize) else {
                    self.widen(item, len);
                    return true;
                };
                let bit = 1 << (item % 64);
                let new = *word & bit == 0;
                *word |= bit;
                new
            }
            Self::Hashed { has_free, .. } if item == FREE => !std::mem::replace(has_free, true),
            Self::Hashed { slots, .. } => {
                let at = slot_of(slots, item);
                if slots[at] == item {
                    return false;
                }
                slots[at] = item;
                if len as usize * 4 > slots.len() * 3 {
                    self.rebuild();
                }
                true
            }
        }
    }

    /// Takes in an item outside the bits.
    #[cold]
    fn widen(&mut self, item: u32, len: u32) {
        if let Self::Bits { base, words } = self {
            let first = (*base).min(item / 64);
            let last = (*base + words.len() as u32 - 1).max(item / 64);
            if are_worth(last - first + 1, len + 1) {
                if first < *base {
                    words.splice(0..0, std::iter::repeat_n(0, (*base - first) as usize));
                    *base = first;
                }
                if (last - *base) as usize >= words.len() {
                    words.resize((last - *base) as usize + 1, 0);
                }
                words[(item / 64 - *base) as usize] |= 1 << (item % 64);
                return;
            }
        }
        let items: Vec<u32> = self.items().into_iter().chain([item]).collect();
        *self = Self::new(items.iter().copied());
    }

    /// In twice the room, or as bits if by now these take less.
    #[cold]
    fn rebuild(&mut self) {
        let items = self.items();
        *self = Self::new(items.iter().copied());
    }

    fn items(&self) -> Vec<u32> {
        match self {
            Self::Bits { base, words } => {
                let bits = |(at, &word): (usize, &u64)| {
                    let base = (base + at as u32) * 64;
                    (0..64)
                        .filter(move |bit| word >> bit & 1 == 1)
                        .map(move |bit| base + bit)
                };
                words.iter().enumerate().flat_map(bits).collect()
            }
            Self::Hashed { slots, has_free } => slots
                .iter()
                .copied()
                .filter(|&slot| slot != FREE)
                .chain(has_free.then_some(FREE))
                .collect(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Bits { words, .. } => words.capacity() * size_of::<u64>(),
            Self::Hashed { slots, .. } => slots.capacity() * size_of::<u32>(),
        }
    }
}

/// Whether bits in so many words take no more room than another set of so many items.
fn are_worth(words: u32, items: u32) -> bool {
    words <= items + items / 2 + 16
}

/// The slot of an item, or the free one where it belongs. There always is a free one.
#[inline]
fn slot_of(slots: &[u32], item: u32) -> usize {
    let mask = slots.len() - 1;
    let mut at = (u64::from(item).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
    while slots[at] != item && slots[at] != FREE {
        at = (at + 1) & mask;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn check(rows: &[[Term; 2]], lead: usize) {
        let mut pairs = Pairs::default();
        pairs.let_lead(lead);
        let mut known = BTreeSet::new();
        for chunk in rows.chunks(3) {
            let mut new = Vec::new();
            pairs.insert(chunk, |row| new.push(*row));
            let expected: Vec<_> = chunk
                .iter()
                .copied()
                .filter(|row| known.insert(*row))
                .collect();
            assert_eq!(new, expected);
        }
        for row in rows {
            assert!(pairs.contains(row));
            let other = [row[0], Term(row[1].0 ^ 64)];
            assert_eq!(pairs.contains(&other), known.contains(&other));
        }
    }

    proptest! {
        #[test]
        fn tells_new_pairs_from_old(
            near in prop::collection::vec((0..5u32, 0..400u32), 0..600),
            far in prop::collection::vec((0..3u32, any::<u32>()), 0..200),
            lead in 0..2usize,
        ) {
            let rows: Vec<[Term; 2]> = near.into_iter().chain(far).map(|(a, b)| [Term(a), Term(b)]).collect();
            check(&rows, lead);
        }
    }

    #[test]
    fn the_mark_of_a_free_slot_is_an_item_too() {
        let rows: Vec<[Term; 2]> = (0..100)
            .map(|n| [Term(1), Term(u32::MAX - n * n * 1000)])
            .collect();
        check(&rows, 0);
    }
}
