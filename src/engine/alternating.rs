//! Strata that read their own absence, or rows that are open: the alternating fixpoint (Van Gelder, *The alternating fixpoint of
//! logic programs with negation*, 1993).
//!
//! A lower bound (what holds) grows and an upper bound (what holds or is open) shrinks, each judging absence by the other, until
//! neither moves. Both move by what changed: the lower bound goes on semi-naively from the rows that left the upper one; the
//! upper bound loses everything that might rest on what joined the lower one, and gets back what has another derivation.

use super::bounds::Bounds;
use super::goal::{Clause, Goal, TableId};
use super::limits::Halt;
use super::plan::{ANY, Seed, Start, Which};
use super::relation::subtract;
use super::rounds::Rounds;
use super::store::Store;
use super::strata::Stratum;
use crate::label::{Label, Labels};
use crate::model::RowId;

/// The tables and rules of a stratum under both bounds.
struct Alternation<'s> {
    stratum: &'s Stratum,
    /// By place in the stratum: the table of the lower bound, of the upper one, and of what leaves the upper one.
    low: Vec<TableId>,
    up: Vec<TableId>,
    gone: Vec<TableId>,
    lower: Rounds,
    upper: Rounds,
    losing: Rounds,
    /// How much of the lower bound's history the upper one has seen.
    seen: Vec<usize>,
}

/// Runs a stratum whose lower bounds hold their facts. Registers upper bounds where rows stay open.
pub fn run<L: Labels>(
    store: &mut Store,
    stratum: &Stratum,
    bounds: &Bounds,
    labels: &mut L,
) -> Result<(), Halt> {
    let mut alternation = Alternation::new(store, stratum, bounds);
    alternation.begin(store, labels)?;
    if stratum.loops {
        while alternation.shrink_upper(store, labels)? {
            alternation.grow_lower(store, labels)?;
        }
    }
    alternation.end(store, bounds, labels)
}

impl<'s> Alternation<'s> {
    fn new(store: &mut Store, stratum: &'s Stratum, bounds: &Bounds) -> Self {
        let low: Vec<TableId> = stratum
            .relations
            .iter()
            .map(|relation| relation.at())
            .collect();
        let up: Vec<TableId> = low.iter().map(|&low| bounds.upper(low)).collect();
        let gone = low
            .iter()
            .map(|&low| store.add(store.core.relations[low].arity, true))
            .collect();
        let mut alternation = Self {
            lower: Rounds::new(bounds.lower_clauses(store, stratum), &low),
            upper: Rounds::new(bounds.upper_clauses(store, stratum), &up),
            losing: Rounds::default(),
            seen: vec![0; low.len()],
            stratum,
            low,
            up,
            gone,
        };
        if stratum.loops {
            alternation.set_off();
        }
        alternation
    }

    /// What moves one bound by what changed in the other.
    fn set_off(&mut self) {
        for number in 0..self.lower.clauses.len() {
            for (slots, place) in absences(&self.lower.clauses[number], &self.up) {
                let seed = Seed {
                    table: self.gone[place],
                    slots,
                    which: Which::All,
                    goal: None,
                };
                let start = Start {
                    seed: Some(seed),
                    ..Start::default()
                };
                self.lower.set_off(self.gone[place], number, start);
            }
        }
        for number in 0..self.upper.clauses.len() {
            let clause = &self.upper.clauses[number];
            let Some(place) = self.up.iter().position(|&up| up == clause.head) else {
                continue;
            };
            let seed = Seed {
                table: self.gone[place],
                slots: clause.arguments.clone(),
                which: Which::All,
                goal: None,
            };
            // What holds onward may follow from a time at which it did not leave.
            let again = Start {
                seed: (!clause.onward).then_some(seed),
                ..Start::default()
            };
            let mut losing = clause.clone();
            losing.head = self.gone[place];
            losing.within = Some(self.up[place]);
            losing.without = Some(self.low[place]);
            self.losing_starts(number, &losing);
            self.losing.clauses.push(losing);
            self.upper.set_off(self.gone[place], number, again);
        }
    }

    /// A row leaves the upper bound for now if a derivation reads the absence of a row that joined the lower bound, or reads a row that left.
    fn losing_starts(&mut self, number: usize, clause: &Clause) {
        let mut set_off = |table: TableId, slots: Vec<u32>, goal: Option<usize>| {
            let seed = Seed {
                table,
                slots,
                which: Which::News,
                goal,
            };
            self.losing.set_off(
                table,
                number,
                Start {
                    seed: Some(seed),
                    news: None,
                    loose: true,
                },
            );
        };
        for (slots, place) in absences(clause, &self.low) {
            set_off(self.low[place], slots, None);
        }
        for (at, goal) in clause.goals.iter().enumerate() {
            if let Goal::Holds { table, slots } = goal
                && let Some(place) = self.up.iter().position(|up| up == table)
            {
                set_off(self.gone[place], slots.clone(), Some(at));
            }
        }
    }

    /// The first bounds: all that could hold if of the stratum only its facts did; then what holds if all that did.
    fn begin<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        for (&low, &up) in self.low.iter().zip(&self.up) {
            store.load(low, up, None, labels)?;
            self.grow(store, true);
        }
        self.seen = self
            .low
            .iter()
            .map(|&low| store.relations[low].history())
            .collect();
        let lenient = store.lenient;
        store.lenient |= self.stratum.loops;
        self.upper.first(store, labels)?;
        self.upper.rest(store, labels)?;
        store.lenient = lenient;
        self.lower.first(store, labels)?;
        self.lower.rest(store, labels)
    }

    /// Takes from the upper bound what rests on the absence of rows that have joined the lower one. Whether anything left for good.
    fn shrink_upper<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<bool, Halt> {
        let mut joined = Vec::new();
        for (place, &low) in self.low.iter().enumerate() {
            let history = store.relations[low].history();
            if history > self.seen[place] {
                store.relations[low].news = self.seen[place] as u32;
                joined.push(low);
            }
            self.seen[place] = history;
        }
        if joined.is_empty() {
            return Ok(false);
        }
        store.lenient = true;
        self.losing.offer(&joined, store, labels)?;
        for &low in &joined {
            store.relations[low].news = store.relations[low].history() as u32;
        }
        self.losing.rest(store, labels)?;
        for (&gone, &up) in self.gone.iter().zip(&self.up) {
            remove(store, gone, up, labels);
        }
        let left = self.left(store);
        self.upper.offer(&left, store, labels)?;
        self.upper.rest(store, labels)?;
        store.lenient = false;
        let mut any = false;
        for (&gone, &up) in self.gone.iter().zip(&self.up) {
            any |= keep_missing(store, gone, up, labels);
        }
        Ok(any)
    }

    /// Goes on with the lower bound from what left the upper one.
    fn grow_lower<L: Labels>(&mut self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        let left = self.left(store);
        self.lower.offer(&left, store, labels)?;
        for &gone in &left {
            let arity = store.relations[gone].table.arity();
            store.clear(gone, arity, true);
        }
        self.lower.rest(store, labels)
    }

    fn left(&self, store: &Store) -> Vec<TableId> {
        self.gone
            .iter()
            .copied()
            .filter(|&gone| !store.relations[gone].table.is_empty())
            .collect()
    }

    /// Keeps the upper bounds that are more than the lower ones.
    fn end<L: Labels>(
        &mut self,
        store: &mut Store,
        bounds: &Bounds,
        labels: &mut L,
    ) -> Result<(), Halt> {
        let open: Vec<bool> = self
            .low
            .iter()
            .zip(&self.up)
            .map(|(&low, &up)| store.has_more(up, low, labels))
            .collect();
        if std::mem::take(&mut store.passed_over) || self.stratum.loops && open.contains(&true) {
            self.replay(store, bounds, labels)?;
        }
        self.grow(store, false);
        for (place, relation) in self.stratum.relations.iter().enumerate() {
            if open[place] {
                store.upper[relation.at()] = Some(self.up[place]);
                store.tidy(self.up[place]);
            } else {
                store.clear(self.up[place], 0, false);
            }
            store.clear(self.gone[place], 0, false);
        }
        Ok(())
    }

    /// Derives the upper bounds once more, now that it is known what is absent: so that the order in which rows arrived is one in which
    /// they follow from each other, and what cannot be computed shows.
    fn replay<L: Labels>(
        &mut self,
        store: &mut Store,
        bounds: &Bounds,
        labels: &mut L,
    ) -> Result<(), Halt> {
        for (&low, &up) in self.low.iter().zip(&self.up) {
            store.clear(up, store.core.relations[low].arity, true);
            store.load(low, up, None, labels)?;
        }
        let mut upper = Rounds::new(bounds.upper_clauses(store, self.stratum), &self.up);
        upper.first(store, labels)?;
        upper.rest(store, labels)
    }

    fn grow(&self, store: &mut Store, growing: bool) {
        for &table in self.low.iter().chain(&self.up) {
            store.relations[table].growing = growing;
        }
    }
}

/// Takes the rows of one table from another.
fn remove<L: Labels>(store: &mut Store, gone: TableId, up: TableId, labels: &mut L) {
    let [gone, up] = store.two(gone, up);
    for row in gone.0.table.rows() {
        if let Some(id) = up.1.find_settled(&up.0.table, gone.0.table.row(row)) {
            let left = subtract(labels, up.0.table.label(RowId(id)), gone.0.table.label(row));
            up.1.relabel(&mut up.0.table, id, left);
        }
    }
}

/// Leaves in the first table only what the second does not have. Whether anything is left.
fn keep_missing<L: Labels>(store: &mut Store, gone: TableId, up: TableId, labels: &mut L) -> bool {
    let [gone, up] = store.two(gone, up);
    let mut any = false;
    for row in 0..gone.0.table.len {
        let terms = gone.0.table.row(RowId(row));
        let back =
            up.1.find_settled(&up.0.table, terms)
                .map_or(Label::NEVER, |id| up.0.table.label(RowId(id)));
        let left = subtract(labels, gone.0.table.label(RowId(row)), back);
        any |= !left.is_never();
        gone.1.relabel(&mut gone.0.table, row, left);
    }
    any
}

/// Negated goals over some of these tables: their slots, but for those that match anything, and the table's place.
fn absences(clause: &Clause, tables: &[TableId]) -> Vec<(Vec<u32>, usize)> {
    let absence = |(at, goal): (usize, &Goal)| {
        let Goal::Fails { table, slots } = goal else {
            return None;
        };
        let place = tables.iter().position(|known| known == table)?;
        let told = |&slot: &u32| {
            let anything = slot < clause.variables && !clause.is_elsewhere(slot, at);
            if anything { ANY } else { slot }
        };
        Some((slots.iter().map(told).collect(), place))
    };
    clause
        .goals
        .iter()
        .enumerate()
        .filter_map(absence)
        .collect()
}
