//! The innermost loops of a join, where nearly all of its time goes: over whole stretches of items, straight into heads.

use super::test::Ready;
use super::{GATHER, Join};
use crate::engine::items::Items;
use crate::engine::limits::Halt;
use crate::engine::plan::{Quick, Source, Sweep, Test};
use crate::label::Labels;
use crate::value::Term;

impl<'a, L: Labels> Join<'a, '_, '_, L> {
    /// The innermost loop, ending in heads.
    pub(super) fn last(&mut self, at: usize) -> Result<(), Halt> {
        if let (false, Some(quick), &Items::Entries { terms, stride }) =
            (self.labelled, &self.plan.quick, &self.cursors[at])
        {
            return self.hurry(terms, stride, &quick[usize::from(self.turned[at])]);
        }
        while self.advance(at)? {
            self.emit(self.held[at + 1])?;
        }
        Ok(())
    }

    /// The two innermost loops where the outer one tests nothing and the inner one little.
    pub(super) fn sweep(&mut self, at: usize, sweep: &Sweep<'a>) -> Result<(), Halt> {
        let Items::Entries { terms, stride } = self.cursors[at] else {
            return Ok(());
        };
        let index = &self.scope.relations[sweep.table].indexes[sweep.index];
        let inner = index.stride();
        for items in terms.chunks(GATHER * stride) {
            self.spend((items.len() / stride) as u64)?;
            for item in items.chunks_exact(stride) {
                for &(place, slot) in sweep.binds {
                    self.slots[slot as usize] = item[place as usize];
                }
                let entries = index.entries(&[self.slots[sweep.key as usize]], sweep.which);
                if !entries.is_empty() {
                    self.hurry(entries, inner, sweep.quick)?;
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn hurry(&mut self, terms: &'a [Term], stride: usize, quick: &'a Quick) -> Result<(), Halt> {
        if quick.tests.is_empty() {
            self.pour(terms, stride, &quick.parts)
        } else {
            self.sift(terms, stride, quick)
        }
    }

    /// Heads from those of the items that pass.
    fn sift(&mut self, terms: &[Term], stride: usize, quick: &'a Quick) -> Result<(), Halt> {
        let mut tests = std::mem::take(&mut self.tests);
        tests.clear();
        tests.extend(quick.tests.iter().map(|test| self.ready(test)));
        for items in terms.chunks(GATHER * stride) {
            self.spend((items.len() / stride) as u64)?;
            for item in items.chunks_exact(stride) {
                if tests.iter().all(|test| test.passes(item, self.scope.terms)) {
                    self.head(item, &quick.parts);
                }
            }
            if self.count >= GATHER {
                self.flush()?;
            }
        }
        self.tests = tests;
        Ok(())
    }

    /// A test with its slot filled in.
    fn ready(&self, test: &Test) -> Ready<'a> {
        match *test {
            Test::Same { place, slot } => Ready::Same {
                place,
                term: self.slots[slot as usize],
            },
            Test::Equals {
                place,
                slot,
                wanted,
            } => Ready::Equals {
                place,
                term: self.slots[slot as usize],
                wanted,
            },
            Test::Pair {
                table,
                column,
                slot,
                place,
                wanted,
            } => {
                let coming = &self.scope.coming[table];
                let term = self.slots[slot as usize];
                match coming.pairs().filter(|pairs| pairs.leading() == column) {
                    Some(pairs) => Ready::In {
                        place,
                        set: pairs.set(term),
                        wanted,
                    },
                    None => Ready::Pair {
                        place,
                        coming,
                        relation: &self.scope.relations[table],
                        column,
                        term,
                        wanted,
                    },
                }
            }
        }
    }

    #[inline]
    fn head(&mut self, item: &[Term], parts: &[Source]) {
        let slots = &self.slots;
        self.heads.extend(parts.iter().map(|part| match part {
            Source::Slot(slot) => slots[*slot as usize],
            Source::Place(place) => item[*place as usize],
        }));
        self.count += 1;
    }

    /// Heads straight from items of so many terms.
    #[inline]
    fn pour(&mut self, terms: &[Term], stride: usize, parts: &[Source]) -> Result<(), Halt> {
        let fixed = match (parts, stride) {
            ([Source::Slot(slot), Source::Place(0)], 1) => Some((0, self.slots[*slot as usize])),
            ([Source::Place(0), Source::Slot(slot)], 1) => Some((1, self.slots[*slot as usize])),
            _ => None,
        };
        for items in terms.chunks(GATHER * stride) {
            let count = items.len() / stride;
            self.spend(count as u64)?;
            match fixed {
                Some((column, term)) if self.sink.coming.unite(column, term, items) => continue,
                Some((0, first)) => self
                    .heads
                    .extend(items.iter().flat_map(|&second| [first, second])),
                Some((_, second)) => self
                    .heads
                    .extend(items.iter().flat_map(|&first| [first, second])),
                None => {
                    items
                        .chunks_exact(stride)
                        .for_each(|item| self.head(item, parts));
                    self.count -= count;
                }
            }
            self.count += count;
            if self.count >= GATHER {
                self.flush()?;
            }
        }
        Ok(())
    }
}
