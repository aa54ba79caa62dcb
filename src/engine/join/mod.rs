//! Runs a plan: walks its levels depth first over what is settled, and hands each head that it reaches to the rows on
//! their way in. No recursion, and nothing is copied on the way but terms into slots.

mod guard;
mod trouble;

use super::aggregate::TROUBLED;
use super::goal::{Clause, TableId};
use super::items::{Item, Items, Mark};
use super::limits::{Halt, Meter};
use super::plan::{Level, Part, Plan, Walk};
use super::relation::{Coming, Relation};
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::value::{Term, Terms, Trouble};
use rustc_hash::FxHashMap;

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
    /// Why results of aggregates cannot be computed.
    pub troubles: &'a FxHashMap<(TableId, Vec<Term>), Trouble>,
    /// Set where something cannot be computed, if that is to be passed over: bounds that are still to shrink may hold what never happens.
    pub passed_over: Option<&'a mut bool>,
}

/// Where heads go.
pub struct Sink {
    pub table: TableId,
    pub coming: Coming,
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
    /// What is left of each level's loop.
    cursors: Vec<Items<'a>>,
    /// Heads reached and not yet looked up, end to end.
    heads: Vec<Term>,
    head_labels: Vec<L::Label>,
    count: usize,
    /// Scratch for keys and rows.
    key: Vec<Term>,
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
            Walk::Once => Items::One(Some(&[])),
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
                match index.stride() {
                    0 => Items::One(index.has(&self.key, *old).then_some(&[])),
                    stride => Items::Entries {
                        terms: entries,
                        stride,
                    },
                }
            }
        };
        let empty = level
            .aggregate
            .as_ref()
            .and_then(|aggregate| aggregate.empty);
        self.cursors.push(match empty {
            Some(constant) if items.is_empty() => {
                Items::One(Some(&self.clause.constants[constant..=constant]))
            }
            _ => items,
        });
    }

    /// Goes on to the next item of a level that passes; false when there is none.
    fn advance(&mut self, at: usize) -> Result<bool, Halt> {
        let level = &self.plan.levels[at];
        while let Some(item) = self.cursors[at].next(level.labelled) {
            self.spend(1)?;
            if self.accept(at, level, item)? {
                if level.once {
                    self.cursors[at] = Items::One(None);
                }
                return Ok(true);
            }
        }
        Ok(false)
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
        let Items::Entries { terms, stride } = self.cursors[at] else {
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
        let mut label = match item.mark {
            Mark::Always => Some(self.held[at]),
            Mark::Part(part) => self.meet(self.held[at], part),
            Mark::Row(row) => {
                let stored = level.table().map_or(Label::ALWAYS, |table| {
                    self.scope.relations[table].table.label(RowId(row))
                });
                self.meet(self.held[at], stored)
            }
        };
        if let Some(aggregate) = &level.aggregate
            && item.terms[aggregate.place as usize] == TROUBLED
        {
            if let Some(label) = label {
                let table = level.table().unwrap_or_default();
                self.aggregate_trouble(aggregate, table, label)?;
            }
            return Ok(false);
        }
        if level
            .checks
            .iter()
            .any(|&(place, slot)| self.slots[slot as usize] != item.terms[place as usize])
        {
            return Ok(false);
        }
        for guard in &level.guards {
            let Some(held) = label else { return Ok(false) };
            label = self.pass(guard, held)?;
        }
        if let Some(label) = label {
            self.held[at + 1] = label;
        }
        Ok(label.is_some())
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
        let known = &self.scope.relations[self.sink.table].table;
        if self.labelled {
            let arity = self.clause.arguments.len();
            for at in 0..self.count {
                let row = &self.heads[at * arity..(at + 1) * arity];
                let Some(label) = self.scope.filter(self.clause, row, self.head_labels[at]) else {
                    continue;
                };
                let (terms, labels) = (&*self.scope.terms, &mut *self.scope.labels);
                if let Err(trouble) = self
                    .sink
                    .coming
                    .insert_best(known, row, label, terms, labels)
                {
                    let mut bindings = vec![None; self.clause.variables as usize];
                    for (&slot, &term) in self.clause.arguments.iter().zip(row) {
                        if let Some(binding) = bindings.get_mut(slot as usize) {
                            *binding = Some(term);
                        }
                    }
                    return Err(Halt::Trouble {
                        rule: self.clause.rule,
                        bindings,
                        trouble,
                    });
                }
            }
        } else {
            self.sink.coming.insert(known, &self.heads, self.count);
        }
        self.heads.clear();
        self.head_labels.clear();
        self.count = 0;
        self.spend(0)
    }

    /// The label of the visible row with these terms, [`Label::NEVER`] if there is none.
    fn label_of(&self, table: TableId, row: &[Term], old: bool) -> Label {
        let coming = if table == self.sink.table {
            &self.sink.coming
        } else {
            &self.scope.coming[table]
        };
        coming.label_of(&self.scope.relations[table], row, old)
    }

    fn label_at(&mut self, table: TableId, slots: &[u32], old: bool) -> Label {
        self.fill_key(slots);
        self.label_of(table, &self.key, old)
    }

    fn fill_key(&mut self, slots: &[u32]) {
        self.key.clear();
        self.key
            .extend(slots.iter().map(|&slot| self.slots[slot as usize]));
    }

    /// In which of the contexts something with this label holds.
    fn meet(&mut self, label: L::Label, stored: Label) -> Option<L::Label> {
        let stored = self.scope.labels.load(stored)?;
        self.scope.labels.and(label, stored)
    }

    /// In which of the contexts something with this label does not hold.
    fn miss(&mut self, label: L::Label, stored: Label) -> Option<L::Label> {
        match self.scope.labels.load(stored) {
            Some(stored) => self.scope.labels.without(label, stored),
            None => Some(label),
        }
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

impl<L: Labels> Scope<'_, '_, L> {
    /// In which contexts a head counts.
    fn filter(&mut self, clause: &Clause, row: &[Term], label: L::Label) -> Option<L::Label> {
        let label = match clause.within {
            None => label,
            Some(table) => {
                let stored = self.labels.load(self.label_of(table, row))?;
                self.labels.and(label, stored)?
            }
        };
        match clause
            .without
            .and_then(|table| self.labels.load(self.label_of(table, row)))
        {
            None => Some(label),
            Some(stored) => self.labels.without(label, stored),
        }
    }

    fn label_of(&self, table: TableId, row: &[Term]) -> Label {
        self.coming[table].label_of(&self.relations[table], row, false)
    }
}
