//! What a join does: a flat list of levels, each a loop with its tests, made once per rule and occasion.

mod guards;
mod order;
mod quick;
mod reach;
mod rivals;
mod stretches;
mod unused;

use super::arithmetic::Formula;
use super::goal::{Call, Clause, TableId};
use super::relation::Relation;
use crate::value::Comparison;
use order::Planner;

/// A compiled rule.
#[derive(Debug)]
pub struct Plan {
    pub levels: Vec<Level>,
    /// Where the last level tests little: what to do with its items, and with those of its rival.
    pub quick: Option<[Quick; 2]>,
    /// Goals in the order in which they are joined or tested, and slots in the order in which they are bound.
    pub joined: Vec<usize>,
    pub bound: Vec<u32>,
    /// Rows of the growing tables that it reads when it was made.
    sizes: Vec<(TableId, usize)>,
}

/// What an innermost loop does where no labels, errors or bindings are at stake.
#[derive(Debug, Default)]
pub struct Quick {
    /// All that an item must pass.
    pub tests: Vec<Test>,
    /// The head's terms.
    pub parts: Vec<Source>,
}

impl Quick {
    fn fixed(&self) -> Option<usize> {
        match self.parts[..] {
            [Source::Slot(_), Source::Place(_)] => Some(0),
            [Source::Place(_), Source::Slot(_)] => Some(1),
            _ => None,
        }
    }
}

/// A test of one place of an item.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// Whether it is the slot's term.
    Same { place: u32, slot: u32 },
    /// Whether it equals the slot's value.
    Equals { place: u32, slot: u32, wanted: bool },
    /// Whether the pair that it makes with the slot is there; the slot is in this column.
    Pair {
        table: TableId,
        column: usize,
        slot: u32,
        place: u32,
        wanted: bool,
    },
}

/// A loop over items without tests, and within it one over entries by a single term that ends in heads.
#[derive(Debug)]
pub struct Sweep<'a> {
    /// What the outer loop's items fill.
    pub binds: &'a [(u32, u32)],
    pub table: TableId,
    pub index: usize,
    pub key: u32,
    pub which: Which,
    pub quick: &'a Quick,
}

/// One loop of the join, over rows or entries of an index, and what is tested on each.
#[derive(Debug)]
pub struct Level {
    pub walk: Walk,
    /// Whether each item brings a label, found by the row's number at its end.
    pub labelled: bool,
    /// Places in the item and the slots that they fill.
    pub binds: Vec<(u32, u32)>,
    /// Places in the item and the slots that they must equal.
    pub checks: Vec<(u32, u32)>,
    pub guards: Vec<Guard>,
    /// Nothing bound here is used after, so one match is enough.
    pub once: bool,
    pub aggregate: Option<AggregateLevel>,
    pub rivalry: Option<Rivalry>,
    /// The last level of a stretch that begins here and that binds nothing used behind it, so that one match of all its levels is enough, or the contexts
    /// of all of them together.
    pub stretch: Option<usize>,
    /// The first level of such a stretch that ends here.
    pub stretch_from: Option<usize>,
}

/// Which rows of a table are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Which {
    #[default]
    All,
    /// Those that were there before the last round.
    Old,
    /// What the last round brought.
    News,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// One item without terms.
    Once,
    Rows {
        table: TableId,
        which: Which,
    },
    Entries {
        table: TableId,
        index: usize,
        key: Vec<u32>,
        which: Which,
    },
}

/// Two literals that bind the same term, `?x leads ?y` and `?z avoids ?y`: whichever has fewer entries is walked, and the other
/// one tested, each time anew.
#[derive(Debug)]
pub struct Rivalry {
    /// The walk of the other literal; it binds the same slots from its own places.
    pub walk: Walk,
    pub binds: Vec<(u32, u32)>,
    /// The guard that tests the other literal, needless where that is walked.
    pub guard: usize,
    /// What tests the first one.
    pub instead: Guard,
}

/// What is special to a loop over the results of an aggregate.
#[derive(Debug)]
pub struct AggregateLevel {
    /// Where in the item the result stands.
    pub place: u32,
    /// The slots of the groups.
    pub groups: Vec<u32>,
    /// The constant that is the result of a group without rows.
    pub empty: Option<usize>,
    /// What has to be called for there to be results.
    pub call: Option<Call>,
    pub hazard: Hazard,
}

#[derive(Debug)]
pub enum Guard {
    Holds {
        table: TableId,
        slots: Vec<u32>,
        which: Which,
    },
    Fails {
        table: TableId,
        slots: Vec<u32>,
    },
    /// No entry with this key passes the checks (places in the entry, and slots or places that they must equal).
    FailsAny {
        table: TableId,
        index: Option<usize>,
        key: Vec<u32>,
        checks: Vec<(u32, Source)>,
    },
    Compare {
        left: Formula,
        comparison: Comparison,
        right: Formula,
        wanted: bool,
        hazard: Option<Hazard>,
    },
    Let {
        slot: u32,
        value: Formula,
        hazard: Option<Hazard>,
    },
}

/// Where a term comes from: a slot, or a place of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Slot(u32),
    Place(u32),
}

/// What a step that can fail to compute leaves to be found out: the goals behind so many in the plan's order, with so many slots bound.
#[derive(Clone, Copy, Debug)]
pub struct Hazard {
    pub joined: usize,
    pub bound: usize,
}

/// In a seed, a column that is neither tested nor bound.
pub const ANY: u32 = u32::MAX;

/// What a plan starts from; by default it finds every match.
#[derive(Clone, Debug, Default)]
pub struct Start {
    pub seed: Option<Seed>,
    /// The goal of which only what the last round brought is read; growing tables before it are read as they were before that round.
    pub news: Option<usize>,
    /// Leaves out negated goals over growing tables.
    pub loose: bool,
}

/// The first loop.
#[derive(Clone, Debug)]
pub struct Seed {
    pub table: TableId,
    /// By column.
    pub slots: Vec<u32>,
    pub which: Which,
    /// The goal that it stands for.
    pub goal: Option<usize>,
}

impl Plan {
    /// Plans a rule, making the indexes that it needs.
    pub fn new(clause: &Clause, start: &Start, relations: &mut [Relation]) -> Self {
        Planner::new(clause, start, relations, false).plan()
    }

    /// About how many steps a plan would take.
    pub fn estimate(clause: &Clause, start: &Start, relations: &mut [Relation]) -> f64 {
        Planner::new(clause, start, relations, true).cost()
    }

    /// The column of a pair derived that stays the same throughout the innermost loop.
    pub fn fixed(&self) -> Option<usize> {
        self.quick.as_ref().and_then(|[quick, _]| quick.fixed())
    }

    /// The two innermost loops, if the outer one tests nothing and the inner one little.
    pub fn sweep(&self) -> Option<Sweep<'_>> {
        let (Some([quick, _]), [.., outer, inner]) = (&self.quick, &self.levels[..]) else {
            return None;
        };
        match inner.walk {
            Walk::Entries {
                table,
                index,
                ref key,
                which,
            } if outer.is_plain() && key.len() == 1 && inner.rivalry.is_none() => Some(Sweep {
                binds: &outer.binds,
                table,
                index,
                key: key[0],
                which,
                quick,
            }),
            _ => None,
        }
    }

    /// Whether a table that it reads has grown so much that another order may be better.
    pub fn is_stale(&self, relations: &[Relation]) -> bool {
        self.sizes
            .iter()
            .any(|&(table, rows)| relations[table].table.len() / 8 > rows.max(8))
    }
}

impl Level {
    fn new(walk: Walk) -> Self {
        Self {
            walk,
            labelled: false,
            binds: vec![],
            checks: vec![],
            guards: vec![],
            once: false,
            aggregate: None,
            rivalry: None,
            stretch: None,
            stretch_from: None,
        }
    }

    /// Whether it tests nothing, and brings no label.
    pub fn is_plain(&self) -> bool {
        let tests = !self.checks.is_empty() || !self.guards.is_empty() || self.once;
        let tests = tests || self.stretch_from.is_some();
        !tests && !self.labelled && self.aggregate.is_none() && self.walk != Walk::Once
    }
}

impl Walk {
    /// The table that it walks.
    pub fn table(&self) -> Option<TableId> {
        match self {
            Self::Once => None,
            Self::Rows { table, .. } | Self::Entries { table, .. } => Some(*table),
        }
    }
}

impl Guard {
    fn hazard(&self) -> Option<Hazard> {
        match self {
            Self::Compare { hazard, .. } | Self::Let { hazard, .. } => *hazard,
            _ => None,
        }
    }

    /// The table that it reads.
    fn table(&self) -> Option<TableId> {
        match self {
            Self::Holds { table, .. }
            | Self::Fails { table, .. }
            | Self::FailsAny { table, .. } => Some(*table),
            Self::Compare { .. } | Self::Let { .. } => None,
        }
    }

    /// The slots that it reads.
    fn slots(&self) -> Vec<u32> {
        match self {
            Self::Holds { slots, .. } | Self::Fails { slots, .. } => slots.clone(),
            Self::FailsAny { key, checks, .. } => {
                let checked = checks.iter().filter_map(|(_, source)| match source {
                    Source::Slot(slot) => Some(*slot),
                    Source::Place(_) => None,
                });
                key.iter().copied().chain(checked).collect()
            }
            Self::Compare { left, right, .. } => left.slots().chain(right.slots()).collect(),
            Self::Let { value, .. } => value.slots().collect(),
        }
    }
}
