//! Which rows a table has: row numbers by the hash of the row, twelve to a cache line, so that a look-up that fails costs
//! one miss. The rows themselves lie elsewhere; the caller compares.

use crate::value::Term;

/// Row numbers 0, 1, 2 … by hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    buckets: Vec<Bucket>,
    /// How many rows fit before it must grow.
    room: usize,
    len: usize,
}

const SLOTS: usize = 12;
/// Rows a bucket when it is time to grow: the twelve are then full in few buckets.
const LOAD: usize = 8;

/// Slots fill from the front; a tag of 0 is an empty slot. The last four tags have no slot.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Bucket {
    tags: [u8; 16],
    rows: [u32; SLOTS],
}

const EMPTY: Bucket = Bucket {
    tags: [0; 16],
    rows: [0; SLOTS],
};

impl Bucket {
    /// One bit for each slot with the tag.
    #[inline]
    fn matches(&self, tag: u8) -> u32 {
        let mut found = 0;
        for (at, &other) in self.tags.iter().enumerate() {
            found |= u32::from(other == tag) << at;
        }
        found
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.tags[SLOTS - 1] != 0
    }
}

impl Members {
    /// The row with this hash for which `same` says yes.
    #[inline]
    pub fn find(&self, hash: u64, mut same: impl FnMut(u32) -> bool) -> Option<u32> {
        if self.buckets.is_empty() {
            return None;
        }
        let tag = tag(hash);
        let mut at = self.home(hash);
        loop {
            let bucket = &self.buckets[at];
            let mut found = bucket.matches(tag);
            while found != 0 {
                let row = bucket.rows[found.trailing_zeros() as usize];
                if same(row) {
                    return Some(row);
                }
                found &= found - 1;
            }
            if !bucket.is_full() {
                return None;
            }
            at = self.next(at);
        }
    }

    /// A row that may have this hash, the first if there are several: what a batch looks at ahead of time.
    #[inline]
    pub fn guess(&self, hash: u64) -> Option<u32> {
        let bucket = self.buckets.get(self.home(hash))?;
        let found = bucket.matches(tag(hash));
        (found != 0).then(|| bucket.rows[found.trailing_zeros() as usize])
    }

    /// Adds the next row, whose number is how many there are. `hash_of` tells the hash of an earlier row.
    #[inline]
    pub fn push(&mut self, hash: u64, hash_of: impl Fn(u32) -> u64) {
        if self.len == self.room {
            self.grow(hash_of);
        }
        self.place(hash, self.len as u32);
        self.len += 1;
    }

    pub fn bytes(&self) -> usize {
        self.buckets.capacity() * size_of::<Bucket>()
    }

    /// Doubles while small, then grows by half.
    #[cold]
    fn grow(&mut self, hash_of: impl Fn(u32) -> u64) {
        let buckets = match self.buckets.len() {
            0 => 1,
            few @ 1..1024 => few * 2,
            many => many + many / 2,
        };
        self.buckets = Vec::new();
        self.buckets = vec![EMPTY; buckets];
        self.room = buckets * LOAD;
        for row in 0..self.len as u32 {
            self.place(hash_of(row), row);
        }
    }

    #[inline]
    fn place(&mut self, hash: u64, row: u32) {
        let mut at = self.home(hash);
        while self.buckets[at].is_full() {
            at = self.next(at);
        }
        let bucket = &mut self.buckets[at];
        let slot = bucket.matches(0).trailing_zeros() as usize;
        bucket.tags[slot] = tag(hash);
        bucket.rows[slot] = row;
    }

    #[inline]
    fn home(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.buckets.len() as u128) >> 64) as usize
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        if at + 1 == self.buckets.len() {
            0
        } else {
            at + 1
        }
    }
}

#[inline]
fn tag(hash: u64) -> u8 {
    hash as u8 | 0x80
}

/// The hash of a row.
#[inline]
pub(crate) fn hash_row(row: &[Term]) -> u64 {
    match *row {
        [] => 0,
        [a] => mix(u64::from(a.0)),
        [a, b] => mix(u64::from(a.0) << 32 | u64::from(b.0)),
        _ => row
            .iter()
            .fold(0, |hash, term| mix(hash ^ u64::from(term.0))),
    }
}

/// Both halves of a product, folded.
#[inline]
fn mix(key: u64) -> u64 {
    let wide = u128::from(key ^ 0x2d35_8dcc_aa6c_78a5) * 0x9e37_79b9_7f4a_7c15;
    wide as u64 ^ (wide >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_pushed_and_nothing_else() {
        let rows: Vec<[Term; 2]> = (0..5000).map(|n| [Term(n / 70), Term(n % 70)]).collect();
        let mut members = Members::default();
        for row in &rows {
            assert_eq!(
                members.find(hash_row(row), |id| rows[id as usize] == *row),
                None
            );
            members.push(hash_row(row), |id| hash_row(&rows[id as usize]));
        }
        for (id, row) in rows.iter().enumerate() {
            assert_eq!(
                members.find(hash_row(row), |id| rows[id as usize] == *row),
                Some(id as u32)
            );
        }
        assert_eq!(members.find(hash_row(&[Term(9999)]), |_| false), None);
    }
}
