//! A hash table of numbers only: for each entry 32 bits of its hash and its id. Keeping the hash makes growing cheap, and
//! a look-up can be begun for many keys before the first is finished, so that they do not wait for memory one by one.

/// One place of the table. An empty one has no id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    hash: u32,
    id: u32,
}

const NOTHING: u32 = u32::MAX;

/// Open addressing, the next place where one is taken, at most two thirds full.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    slots: Vec<Slot>,
    used: usize,
}

impl Default for Slots {
    fn default() -> Self {
        Self {
            slots: vec![Self::EMPTY; 16],
            used: 0,
        }
    }
}

impl Slots {
    pub const EMPTY: Slot = Slot {
        hash: 0,
        id: NOTHING,
    };

    /// The id with this hash for which `same` holds.
    pub fn find(&self, hash: u64, mut same: impl FnMut(u32) -> bool) -> Option<u32> {
        let hash = shorten(hash);
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot.id == NOTHING {
                return None;
            }
            if slot.hash == hash && same(slot.id) {
                return Some(slot.id);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// What stands where a look-up begins: the answer nearly always.
    pub fn first(&self, hash: u64) -> Slot {
        self.slots[self.home(shorten(hash))]
    }

    /// Adds an id that is not there.
    pub fn insert(&mut self, hash: u64, id: u32) {
        if (self.used + 1) * 3 > self.slots.len() * 2 {
            self.grow();
        }
        self.place(Slot {
            hash: shorten(hash),
            id,
        });
        self.used += 1;
    }

    fn place(&mut self, slot: Slot) {
        let mut at = self.home(slot.hash);
        while self.slots[at].id != NOTHING {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    fn grow(&mut self) {
        let larger = vec![Self::EMPTY; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot.id != NOTHING {
                self.place(slot);
            }
        }
    }

    fn home(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
}

impl Slot {
    /// The id, if the hash is this one.
    pub fn id_for(self, hash: u64) -> Option<u32> {
        (self.id != NOTHING && self.hash == shorten(hash)).then_some(self.id)
    }
}

fn shorten(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}
