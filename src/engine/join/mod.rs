//! Runs a plan: walks its levels depth first over what is settled, and hands each head that it reaches to the rows on
//! their way in. No recursion, and nothing is copied on the way but terms into slots.

mod guard;
mod innermost;
mod test;
mod trouble;

use super::aggregate::TROUBLED;
use super::calls::{Answer, Calls, Missing};
use super::coming::Coming;
use super::goal::{Clause, TableId};
use super::items::{Item, Items, Mark};
use super::limits::{Halt, Meter, Strain};
use super::plan::{Level, Plan, Walk, Which};
use super::relation::Relation;
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::value::{Term, Terms, Trouble};
use rustc_hash::FxHashMap;
use test::Ready;

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
    pub calls: &'a Calls,
    /// The calls that it would need: all that hangs on them is left out.
    pub missing: &'a mut Missing,
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
        turned: vec![false; plan.levels.len()],
        gathered: vec![None; plan.levels.len()],
        heads: Vec::new(),
        head_labels: Vec::new(),
        count: 0,
        key: Vec::new(),
        tests: Vec::new(),
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
    /// By level: whether the rival is walked.
    turned: Vec<bool>,
    /// By level that ends a stretch: the contexts of what has been met of it so far.
    gathered: Vec<Option<L::Label>>,
    /// Heads reached and not yet looked up, end to end.
    heads: Vec<Term>,
    head_labels: Vec<L::Label>,
    count: usize,
    /// Scratch for keys and rows, and for tests.
    key: Vec<Term>,
    tests: Vec<Ready<'a>>,
}

impl<'a, L: Labels> Join<'a, '_, '_, L> {
    /// Depth first through the levels.
    fn walk(&mut self) -> Result<(), Halt> {
        let last = self.plan.levels.len() - 1;
        let sweep = if self.labelled {
            None
        } else {
            self.plan.sweep()
        };
        self.enter(0);
        while let Some(at) = self.cursors.len().checked_sub(1) {
            if let Some(sweep) = &sweep
                && at + 1 == last
            {
                self.sweep(at, sweep)?;
            } else if at == last {
                self.last(at)?;
            } else if self.advance(at)? {
                match self.plan.levels[at].stretch_from {
                    Some(from) => self.gather(from, at),
                    None => self.enter(at + 1),
                }
                continue;
            }
            if let Some(end) = self.plan.levels[at].stretch
                && let Some(label) = self.gathered[end].take()
            {
                self.cursors.resize(end + 1, Items::One(None));
                self.held[end + 1] = label;
                self.enter(end + 1);
                continue;
            }
            self.cursors.pop();
        }
        Ok(())
    }

    /// Adds a match of a stretch to those before. Where they cover all contexts, no further one is looked for.
    fn gather(&mut self, from: usize, at: usize) {
        let met = self.held[at + 1];
        let all = match self.gathered[at] {
            Some(before) => self.scope.labels.or(before, met),
            None => met,
        };
        self.gathered[at] = Some(all);
        if all == self.held[from] {
            self.cursors.truncate(from);
            self.cursors.push(Items::One(None));
        }
    }

    /// Starts a level's loop.
    fn enter(&mut self, at: usize) {
        let level = &self.plan.levels[at];
        let mut items = self.items(&level.walk);
        if let Some(rivalry) = &level.rivalry {
            let other = self.items(&rivalry.walk);
            self.turned[at] = other.len() < items.len();
            if self.turned[at] {
                items = other;
            }
        }
        let aggregate = level.aggregate.as_ref();
        if let Some(call) = aggregate.and_then(|aggregate| aggregate.call.as_ref()) {
            self.fill_key(&call.slots);
            let values = std::mem::take(&mut self.key);
            let known = self.call(call.relation, &values);
            self.key = values;
            if !known {
                self.cursors.push(Items::One(None));
                return;
            }
        }
        let empty = aggregate.and_then(|aggregate| aggregate.empty);
        self.cursors.push(match empty {
            Some(constant) if items.len() == 0 => {
                Items::One(Some(&self.clause.constants[constant..=constant]))
            }
            _ => items,
        });
    }

    /// Whether a call has been made; if not, it is noted.
    fn call(&mut self, relation: TableId, values: &[Term]) -> bool {
        match (
            self.scope.calls.answer(relation, values),
            &mut self.scope.passed_over,
        ) {
            (Answer::Known, _) => return true,
            (Answer::Troubled, Some(passed_over)) => {
                **passed_over = true;
                return true;
            }
            _ => drop(self.scope.missing.insert((relation, values.to_vec()))),
        }
        false
    }

    fn items(&mut self, walk: &Walk) -> Items<'a> {
        let relations = self.scope.relations;
        match walk {
            Walk::Once => Items::One(Some(&[])),
            Walk::Rows { table, which } => Items::rows(&relations[*table], *which),
            Walk::Entries {
                table,
                index,
                key,
                which,
            } => {
                let index = &relations[*table].indexes[*index];
                self.fill_key(key);
                match index.stride() {
                    0 => Items::One(index.has(&self.key, *which).then_some(&[])),
                    stride => Items::Entries {
                        terms: index.entries(&self.key, *which),
                        stride,
                    },
                }
            }
        }
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

    /// Binds and tests an item. What passes leaves its label for the next level.
    #[inline]
    fn accept(&mut self, at: usize, level: &'a Level, item: Item<'a>) -> Result<bool, Halt> {
        let turned = level.rivalry.as_ref().filter(|_| self.turned[at]);
        for &(place, slot) in turned.map_or(&level.binds, |rivalry| &rivalry.binds) {
            self.slots[slot as usize] = item.terms[place as usize];
        }
        let checked = |slots: &[Term]| {
            let mut checks = level.checks.iter();
            checks.all(|&(place, slot)| slots[slot as usize] == item.terms[place as usize])
        };
        // Before labels meet, which costs more; but an aggregate without a value is told first.
        if level.aggregate.is_none() && !checked(&self.slots) {
            return Ok(false);
        }
        let mut label = match item.mark {
            Mark::Always => Some(self.held[at]),
            Mark::Part(part) => self.meet(self.held[at], part),
            Mark::Row(row) => {
                let stored = level.walk.table().map_or(Label::ALWAYS, |table| {
                    self.scope.relations[table].table.label(RowId(row))
                });
                self.meet(self.held[at], stored)
            }
        };
        if let Some(aggregate) = &level.aggregate
            && item.terms[aggregate.place as usize] == TROUBLED
        {
            if let Some(label) = label {
                let table = level.walk.table().unwrap_or_default();
                self.aggregate_trouble(aggregate, table, label)?;
            }
            return Ok(false);
        }
        if level.aggregate.is_some() && !checked(&self.slots) {
            return Ok(false);
        }
        for (number, guard) in level.guards.iter().enumerate() {
            let Some(held) = label else { return Ok(false) };
            let guard = match turned {
                Some(rivalry) if rivalry.guard == number => &rivalry.instead,
                _ => guard,
            };
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
    fn label_of(&self, table: TableId, row: &[Term], which: Which) -> Label {
        let coming = if table == self.sink.table {
            &self.sink.coming
        } else {
            &self.scope.coming[table]
        };
        coming.label_of(&self.scope.relations[table], row, which)
    }

    fn label_at(&mut self, table: TableId, slots: &[u32], which: Which) -> Label {
        self.fill_key(slots);
        self.label_of(table, &self.key, which)
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
                .look(Some(&self.sink.coming), Strain::of(self.scope.labels))?;
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
        self.coming[table].label_of(&self.relations[table], row, Which::All)
    }
}
