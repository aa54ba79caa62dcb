//! The tests of a join: in which contexts an item passes.

use super::Join;
use crate::engine::goal::TableId;
use crate::engine::items::{Items, Mark};
use crate::engine::limits::Halt;
use crate::engine::plan::{Guard, Source, Which};
use crate::label::Labels;
use crate::model::RowId;

impl<'a, L: Labels> Join<'a, '_, '_, L> {
    /// In which of the contexts a guard lets pass.
    pub(super) fn pass(
        &mut self,
        guard: &'a Guard,
        label: L::Label,
    ) -> Result<Option<L::Label>, Halt> {
        Ok(match guard {
            Guard::Holds {
                table,
                slots,
                which,
            } => {
                let stored = self.label_at(*table, slots, *which);
                self.meet(label, stored)
            }
            Guard::Fails { table, slots } => {
                let stored = self.label_at(*table, slots, Which::All);
                self.miss(label, stored)
            }
            Guard::FailsAny {
                table,
                index,
                key,
                checks,
            } => self.fails_any(*table, *index, key, checks, label),
            Guard::Compare {
                left,
                comparison,
                right,
                wanted,
                hazard,
            } => {
                let holds = left.value(&self.slots, self.scope.terms).and_then(|left| {
                    let right = right.value(&self.slots, self.scope.terms)?;
                    self.scope.terms.compare(left, *comparison, right)
                });
                match holds {
                    Ok(holds) => (holds == *wanted).then_some(label),
                    Err(trouble) => self.trouble(*hazard, &[], label, trouble).map(|()| None)?,
                }
            }
            Guard::Let {
                slot,
                value,
                hazard,
            } => match value.value(&self.slots, self.scope.terms) {
                Ok(term) => {
                    self.slots[*slot as usize] = term;
                    Some(label)
                }
                Err(trouble) => self.trouble(*hazard, &[], label, trouble).map(|()| None)?,
            },
        })
    }

    /// In which of the contexts no entry with the key passes the checks.
    fn fails_any(
        &mut self,
        table: TableId,
        index: Option<usize>,
        key: &[u32],
        checks: &[(u32, Source)],
        label: L::Label,
    ) -> Option<L::Label> {
        let relation = &self.scope.relations[table];
        let labelled = relation.table.is_labelled();
        let mut items = match index {
            Some(index) => {
                let index = &relation.indexes[index];
                self.fill_key(key);
                Items::Entries {
                    terms: index.entries(&self.key, Which::All),
                    stride: index.stride(),
                }
            }
            None => Items::rows(relation, Which::All),
        };
        let mut left = label;
        while let Some(item) = items.next(labelled) {
            let same = checks.iter().all(|&(place, source)| {
                let other = match source {
                    Source::Slot(slot) => self.slots[slot as usize],
                    Source::Place(place) => item.terms[place as usize],
                };
                item.terms[place as usize] == other
            });
            if same {
                left = match item.mark {
                    Mark::Row(row) => self.miss(left, relation.table.label(RowId(row)))?,
                    Mark::Part(part) => self.miss(left, part)?,
                    Mark::Always => return None,
                };
            }
        }
        Some(left)
    }
}
