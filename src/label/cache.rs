//! What operations gave before. It may forget at any time, so it starts small and grows only where it is too small.

use super::Label;

/// Which operation an entry is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Operation {
    /// Marks an empty entry.
    None,
    And,
    Or,
    Without,
    Within,
    Onward,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    a: Label,
    b: Label,
    operation: Operation,
    result: Label,
}

const FIRST_SIZE_BITS: u32 = 10;
/// 32 MB.
const LAST_SIZE_BITS: u32 = 21;

/// A table with one place for each key, where the newer entry replaces the older.
#[derive(Clone, Debug)]
pub(super) struct Cache {
    entries: Vec<Entry>,
    bits: u32,
    misses: usize,
}

impl Cache {
    /// Takes no room before the first [`put`](Self::put).
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            bits: FIRST_SIZE_BITS,
            misses: 0,
        }
    }

    pub fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>()
    }

    #[inline]
    fn place(&self, operation: Operation, a: Label, b: Label) -> usize {
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let key = (u64::from(a.0) << 32 | u64::from(b.0))
            .wrapping_add((operation as u64).wrapping_mul(SPREAD));
        let mixed = (key ^ key >> 29).wrapping_mul(SPREAD);
        (mixed >> (64 - self.bits)) as usize
    }

    #[inline]
    pub fn get(&self, operation: Operation, a: Label, b: Label) -> Option<Label> {
        let entry = self.entries.get(self.place(operation, a, b))?;
        (entry.a == a && entry.b == b && entry.operation == operation).then_some(entry.result)
    }

    /// Every entry is put after it was missed, so this counts the misses.
    #[inline]
    pub fn put(&mut self, operation: Operation, a: Label, b: Label, result: Label) {
        self.misses += 1;
        if self.misses > self.entries.len() {
            self.grow();
        }
        let place = self.place(operation, a, b);
        self.entries[place] = Entry {
            a,
            b,
            operation,
            result,
        };
    }

    #[cold]
    fn grow(&mut self) {
        self.misses = 0;
        if !self.entries.is_empty() {
            if self.bits == LAST_SIZE_BITS {
                return;
            }
            self.bits += 1;
        }
        let empty = Entry {
            a: Label::NEVER,
            b: Label::NEVER,
            operation: Operation::None,
            result: Label::NEVER,
        };
        let old = std::mem::replace(&mut self.entries, vec![empty; 1 << self.bits]);
        for entry in old
            .into_iter()
            .filter(|entry| entry.operation != Operation::None)
        {
            let place = self.place(entry.operation, entry.a, entry.b);
            self.entries[place] = entry;
        }
    }
}
