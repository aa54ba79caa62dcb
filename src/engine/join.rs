//! Runs a plan: walks its levels depth first over what is settled, and hands each head that it reaches to the rows on
//! their way in. No recursion, and nothing is copied on the way but terms into slots.

use super::goal::{Clause, TableId};
use super::items::{Item, Items, Mark};
use super::limits::{Halt, Meter};
use super::plan::{Guard, Hazard, Level, Part, Plan, Same, Walk};
use super::relation::{Coming, Relation};
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::value::{Term, Terms, Trouble};

/// Rows gathered before they are looked up together.
const GATHER: usize = 512;

/// What a join reads, and what it counts on.
pub struct Scope<'a, 'm, L> {
    pub relations: &'a [Relation],
    /// By table; that of the head has been taken out.
    pub coming: &'a [Coming],
    pub terms: &'a mut Terms,
    pub labels: &'a mut L,
    pub meter: &'a mut Meter<'m>,
}

/// Where heads go.
pub struct Sink {
    pub table: TableId,
    pub coming: Coming,
    /// Heads count only in the contexts in which this table has them.
    pub within: Option<TableId>,
}

/// Adds what the plan derives to the sink.
pub fn run<L: Labels>(
    plan: &Plan,
    clause: &Clause,
    scope: Scope<'_, '_, L>,
    sink: &mut Sink,
) -> Result<(), Halt> {
    let Some(label) = scope.labels.load(clause.label) else {
        return Ok(());
    };
    let mut slots = vec![Term(0); clause.width()];
    slots[clause.variables as usize..].copy_from_slice(&clause.constants);
    let mut join = Join {
        labelled: scope.relations[sink.table].table.is_labelled(),
        held: vec![label; plan.levels.len() + 1],
        cursors: Vec::with_capacity(plan.levels.len()),
        heads: Vec::new(),
        head_labels: Vec::new(),
        count: 0,
        key: Vec::new(),
        plan,
        clause,
        scope,
        sink,
        slots,
    };
    join.walk()?;
    join.flush()
}

struct Join<'a, 'm, 's, L: Labels> {
    plan: &'a Plan,
    clause: &'a Clause,
    scope: Scope<'a, 'm, L>,
    sink: &'s mut Sink,
    /// Whether heads have labels.
    labelled: bool,
    slots: Vec<Term>,
    /// The label that each level starts from.
    held: Vec<L::Label>,
    cursors: Vec<Cursor<'a, L::Label>>,
    /// Heads reached and not yet looked up, end to end.
    heads: Vec<Term>,
    head_labels: Vec<L::Label>,
    count: usize,
    /// Scratch for keys and rows.
    key: Vec<Term>,
}

/// What is left of a level's loop.
struct Cursor<'a, T> {
    items: Items<'a>,
    /// In which contexts there was no item yet, where that matters.
    empty: Option<T>,
}

impl<'a, L: Labels> Join<'a, '_, '_, L> {
    /// Depth first through the levels.
    fn walk(&mut self) -> Result<(), Halt> {
        let last = self.plan.levels.len() - 1;
        self.enter(0);
        while let Some(at) = self.cursors.len().checked_sub(1) {
            if at == last {
                self.last(at)?;
            } else if self.advance(at)? {
                self.enter(at + 1);
                continue;
            }
            self.cursors.pop();
        }
        Ok(())
    }

    /// Starts a level's loop.
    fn enter(&mut self, at: usize) {
        let level = &self.plan.levels[at];
        let relations = self.scope.relations;
        let items = match &level.walk {
            Walk::Once => Items::Once(true),
            Walk::Rows { table, old } => {
                let Relation {
                    table, old: before, ..
                } = &relations[*table];
                Items::rows(table, 0..if *old { *before } else { table.len() as u32 })
            }
            Walk::News { table } => Items::news(&relations[*table]),
            Walk::Entries {
                table,
                index,
                key,
                old,
            } => {
                let index = &relations[*table].indexes[*index];
                let entries = if let [slot] = key[..] {
                    index.entries(&[self.slots[slot as usize]], *old)
                } else {
                    self.fill_key(key);
                    index.entries(&self.key, *old)
                };
                Items::Entries {
                    terms: entries,
                    stride: index.stride(),
                }
            }
        };
        let empty = level.empty.map(|_| self.held[at]);
        self.cursors.push(Cursor { items, empty });
    }

    /// Goes on to the next item of a level that passes; false when there is none.
    fn advance(&mut self, at: usize) -> Result<bool, Halt> {
        let level = &self.plan.levels[at];
        while let Some(item) = self.cursors[at].items.next(level.labelled) {
            self.spend(1)?;
            if self.accept(at, level, item)? {
                if level.once {
                    self.cursors[at] = Cursor {
                        items: Items::Once(false),
                        empty: None,
                    };
                }
                return Ok(true);
            }
        }
        match self.cursors[at].empty.take() {
            Some(label) => self.accept_empty(at, level, label),
            None => Ok(false),
        }
    }

    /// The innermost loop, ending in heads.
    fn last(&mut self, at: usize) -> Result<(), Halt> {
        if let Some(parts) = &self.plan.quick
            && !self.labelled
        {
            return self.pour(at, parts);
        }
        while self.advance(at)? {
            self.emit(self.held[at + 1])?;
        }
        Ok(())
    }

    /// The innermost loop where nothing is tested: heads straight from the items.
    fn pour(&mut self, at: usize, parts: &'a [Part]) -> Result<(), Halt> {
        let Items::Entries { terms, stride } = self.cursors[at].items else {
            return Ok(());
        };
        for items in terms.chunks(GATHER * stride) {
            let count = items.len() / stride;
            if let ([Part::Slot(slot), Part::Place(0)], 1) = (parts, stride) {
                let first = self.slots[*slot as usize];
                self.heads
                    .extend(items.iter().flat_map(|&second| [first, second]));
            } else if let ([Part::Place(0), Part::Slot(slot)], 1) = (parts, stride) {
                let second = self.slots[*slot as usize];
                self.heads
                    .extend(items.iter().flat_map(|&first| [first, second]));
            } else {
                for item in items.chunks_exact(stride) {
                    self.heads.extend(parts.iter().map(|part| match part {
                        Part::Slot(slot) => self.slots[*slot as usize],
                        Part::Place(place) => item[*place as usize],
                    }));
                }
            }
            self.count += count;
            self.spend(count as u64)?;
            if self.count >= GATHER {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Binds and tests an item. What passes leaves its label for the next level.
    #[inline]
    fn accept(&mut self, at: usize, level: &'a Level, item: Item<'a>) -> Result<bool, Halt> {
        for &(place, slot) in &level.binds {
            self.slots[slot as usize] = item.terms[place as usize];
        }
        if level
            .checks
            .iter()
            .any(|&(place, slot)| self.slots[slot as usize] != item.terms[place as usize])
        {
            return Ok(false);
        }
        let label = match item.mark {
            Mark::Always => Some(self.held[at]),
            Mark::Part(part) => self.meet(self.held[at], part),
            Mark::Row(row) => {
                let (Walk::Rows { table, .. } | Walk::Entries { table, .. } | Walk::News { table }) =
                    level.walk
                else {
                    return Ok(false);
                };
                let stored = self.scope.relations[table].table.label(RowId(row));
                self.cover(at, stored);
                self.meet(self.held[at], stored)
            }
        };
        self.guard(at, level, label)
    }

    /// What an aggregate gives in the contexts where no row did.
    fn accept_empty(&mut self, at: usize, level: &'a Level, label: L::Label) -> Result<bool, Halt> {
        let Some(empty) = level.empty else {
            return Ok(false);
        };
        let value = self.slots[empty as usize];
        for &(_, slot) in &level.binds {
            self.slots[slot as usize] = value;
        }
        if level
            .checks
            .iter()
            .any(|&(_, slot)| self.slots[slot as usize] != value)
        {
            return Ok(false);
        }
        self.guard(at, level, Some(label))
    }

    /// Notes that an item covers these contexts.
    fn cover(&mut self, at: usize, stored: Label) {
        if let Some(empty) = self.cursors[at].empty {
            let covered = self.scope.labels.load(stored);
            self.cursors[at].empty = match covered {
                Some(covered) => self.scope.labels.without(empty, covered),
                None => Some(empty),
            };
        }
    }

    fn guard(
        &mut self,
        at: usize,
        level: &'a Level,
        mut label: Option<L::Label>,
    ) -> Result<bool, Halt> {
        for guard in &level.guards {
            let Some(held) = label else { return Ok(false) };
            label = self.pass(guard, held)?;
        }
        if let Some(label) = label {
            self.held[at + 1] = label;
        }
        Ok(label.is_some())
    }

    /// In which of the contexts a guard lets pass.
    fn pass(&mut self, guard: &'a Guard, label: L::Label) -> Result<Option<L::Label>, Halt> {
        Ok(match guard {
            Guard::Holds { table, slots, old } => {
                let relation = &self.scope.relations[*table];
                match self.find(*table, slots) {
                    Some(row) if !*old || row < relation.old => {
                        self.meet(label, relation.table.label(RowId(row)))
                    }
                    _ => None,
                }
            }
            Guard::Fails { table, slots } => match self.find(*table, slots) {
                Some(row) => self.miss(label, self.scope.relations[*table].table.label(RowId(row))),
                None => Some(label),
            },
            Guard::Arrived { table } => match Items::news(&self.scope.relations[*table]).next(true)
            {
                Some(Item {
                    mark: Mark::Part(part),
                    ..
                }) => self.meet(label, part),
                Some(_) => Some(label),
                None => None,
            },
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
                    Err(trouble) => self.trouble(hazard.as_ref(), label, trouble)?,
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
                Err(trouble) => self.trouble(hazard.as_ref(), label, trouble)?,
            },
        })
    }

    /// Whether no entry with the key passes the checks, and in which contexts.
    fn fails_any(
        &mut self,
        table: TableId,
        index: Option<usize>,
        key: &[u32],
        checks: &[(u32, Same)],
        label: L::Label,
    ) -> Option<L::Label> {
        let relation = &self.scope.relations[table];
        let labelled = relation.table.is_labelled();
        let mut items = match index {
            Some(index) => {
                let index = &relation.indexes[index];
                self.fill_key(key);
                Items::Entries {
                    terms: index.entries(&self.key, false),
                    stride: index.stride(),
                }
            }
            None => Items::rows(&relation.table, 0..relation.table.len() as u32),
        };
        let mut left = label;
        while let Some(item) = items.next(labelled) {
            let same = checks.iter().all(|&(place, same)| {
                let other = match same {
                    Same::Slot(slot) => self.slots[slot as usize],
                    Same::Place(place) => item.terms[place as usize],
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

    /// A value that cannot be computed is an error only where everything else holds.
    fn trouble(
        &mut self,
        hazard: Option<&Hazard>,
        _label: L::Label,
        trouble: Trouble,
    ) -> Result<Option<L::Label>, Halt> {
        let mut bindings = vec![None; self.clause.variables as usize];
        for &slot in hazard.map_or(&[][..], |hazard| &hazard.bound) {
            bindings[slot as usize] = Some(self.slots[slot as usize]);
        }
        Err(Halt::Trouble {
            rule: self.clause.rule,
            bindings,
            trouble,
        })
    }

    fn find(&mut self, table: TableId, slots: &[u32]) -> Option<u32> {
        self.fill_key(slots);
        let coming = if table == self.sink.table {
            &self.sink.coming
        } else {
            &self.scope.coming[table]
        };
        coming.find_settled(&self.scope.relations[table].table, &self.key)
    }

    fn fill_key(&mut self, slots: &[u32]) {
        self.key.clear();
        self.key
            .extend(slots.iter().map(|&slot| self.slots[slot as usize]));
    }

    fn meet(&mut self, label: L::Label, stored: Label) -> Option<L::Label> {
        let stored = self.scope.labels.load(stored)?;
        self.scope.labels.and(label, stored)
    }

    fn miss(&mut self, label: L::Label, stored: Label) -> Option<L::Label> {
        match self.scope.labels.load(stored) {
            Some(stored) => self.scope.labels.without(label, stored),
            None => Some(label),
        }
    }

    /// A head reached.
    fn emit(&mut self, label: L::Label) -> Result<(), Halt> {
        let slots = &self.slots;
        self.heads.extend(
            self.clause
                .arguments
                .iter()
                .map(|&slot| slots[slot as usize]),
        );
        if self.labelled {
            let label = if self.clause.onward {
                self.scope.labels.onward(label)
            } else {
                label
            };
            self.head_labels.push(label);
        }
        self.count += 1;
        if self.count >= GATHER {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Looks up the heads gathered so far.
    fn flush(&mut self) -> Result<(), Halt> {
        let Sink {
            table,
            coming,
            within,
        } = &mut *self.sink;
        let known = &self.scope.relations[*table].table;
        if self.labelled {
            let arity = self.clause.arguments.len();
            for (at, &label) in self.head_labels.iter().enumerate() {
                let row = &self.heads[at * arity..(at + 1) * arity];
                let label = match *within {
                    None => Some(label),
                    Some(within) => {
                        let filter = &self.scope.relations[within].table;
                        let allowed = self.scope.coming[within].find_settled(filter, row);
                        let allowed = allowed
                            .and_then(|row| self.scope.labels.load(filter.label(RowId(row))));
                        allowed.and_then(|allowed| self.scope.labels.and(label, allowed))
                    }
                };
                if let Some(label) = label {
                    coming.insert_labelled(known, row, label, self.scope.labels);
                }
            }
        } else {
            coming.insert(known, &self.heads, self.count);
        }
        self.heads.clear();
        self.head_labels.clear();
        self.count = 0;
        self.spend(0)
    }

    /// Counts steps, and looks at the limits now and then.
    #[inline]
    fn spend(&mut self, steps: u64) -> Result<(), Halt> {
        if self.scope.meter.spend(self.clause.rule, steps) {
            self.scope
                .meter
                .look(Some(&self.sink.coming), self.scope.labels.exhausted())?;
        }
        Ok(())
    }
}
