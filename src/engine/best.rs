//! Relations that keep only the best value for given other terms: `least` and `greatest` feeding the relation that they read.
//!
//! While such a stratum runs, better rows push out worse ones. Rows may then stand that rest on something pushed out, or that
//! seem to have come before what they rest on; so where anything was pushed out, the stratum is derived once more, with only the
//! rows that are known to stay let in.

use super::bounds::Bounds;
use super::goal::{Clause, TableId};
use super::limits::Halt;
use super::relation::{subtract, unite};
use super::rounds::Rounds;
use super::store::Store;
use super::strata::Stratum;
use crate::core::{Best, CoreId, CoreRelation};
use crate::label::{Label, Labels};
use crate::value::{Comparison, Term, Terms, Trouble};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Who competes with whom.
#[derive(Debug, Default)]
pub struct Contest {
    /// The column of the value.
    pub place: usize,
    greatest: bool,
    /// Rows by their other columns.
    groups: FxHashMap<Vec<Term>, Vec<u32>>,
    /// Whether a row was pushed out of any context.
    pub lost: bool,
}

impl Contest {
    pub fn new(place: usize, best: Best) -> Self {
        Self {
            place,
            greatest: best == Best::Greatest,
            ..Self::default()
        }
    }

    fn key(&self, row: &[Term]) -> Vec<Term> {
        [&row[..self.place], &row[self.place + 1..]].concat()
    }

    pub fn rivals(&self, row: &[Term]) -> &[u32] {
        self.groups.get(&self.key(row)).map_or(&[], Vec::as_slice)
    }

    pub fn add(&mut self, row: &[Term], id: u32) {
        let group = self.groups.entry(self.key(row)).or_default();
        if !group.contains(&id) {
            group.push(id);
        }
    }

    pub fn beats(&self, value: Term, other: Term, terms: &Terms) -> Result<bool, Trouble> {
        let comparison = if self.greatest {
            Comparison::Greater
        } else {
            Comparison::Less
        };
        terms.compare(value, comparison, other)
    }
}

/// Runs a stratum of which some relation keeps only the best.
pub fn run<L: Labels>(
    store: &mut Store,
    stratum: &Stratum,
    bounds: &Bounds,
    labels: &mut L,
) -> Result<(), Halt> {
    let low = Side::new(store, stratum, bounds, false);
    if !bounds.are_two() {
        low.fill(store, true, labels)?;
        low.end(store);
        return Ok(());
    }
    let up = Side::new(store, stratum, bounds, true);
    let mut before = Vec::new();
    // Keeping the best is not monotone: bounds that chase each other are cut off, and what they differ in stays open.
    for _ in 0..MOST_TURNS {
        up.fill(store, false, labels)?;
        low.fill(store, false, labels)?;
        let now = low.contents(store);
        if now == before {
            break;
        }
        before = now;
    }
    reconcile(store, &low, &up, labels)?;
    for (low, up) in low.relations.iter().zip(&up.relations) {
        if store.has_more(up.table, low.table, labels) {
            store.upper[low.number] = Some(up.table);
        }
    }
    low.end(store);
    up.end(store);
    Ok(())
}

const MOST_TURNS: usize = 1000;

/// A stratum under one bound.
struct Side {
    relations: Vec<Competing>,
    clauses: Vec<Clause>,
}

struct Competing {
    number: usize,
    table: TableId,
    arity: usize,
    best: Option<(usize, Best)>,
    labelled: bool,
}

impl Side {
    fn new(store: &Store, stratum: &Stratum, bounds: &Bounds, upper: bool) -> Self {
        let competing = |relation: &CoreId| {
            let number = relation.at();
            let CoreRelation { arity, best, .. } = store.core.relations[number];
            let table = if upper { bounds.upper(number) } else { number };
            Competing {
                number,
                table,
                arity,
                best,
                labelled: stratum.labelled || upper || best.is_some(),
            }
        };
        let relations = stratum.relations.iter().map(competing).collect();
        let clauses = if upper {
            bounds.upper_clauses(store, stratum)
        } else {
            bounds.lower_clauses(store, stratum)
        };
        Self { relations, clauses }
    }

    /// Derives everything, worse rows making way for better ones; then once more, if any did.
    fn fill<L: Labels>(&self, store: &mut Store, strict: bool, labels: &mut L) -> Result<(), Halt> {
        self.clear(store);
        for relation in &self.relations {
            let contest = relation
                .best
                .map(|(place, best)| Box::new(Contest::new(place, best)));
            store.coming[relation.table].contest = contest;
        }
        store.lenient = true;
        let nobody = vec![None; self.relations.len()];
        self.derive(store, &nobody, labels)?;
        store.lenient = !strict;
        let lost = |relation: &Competing| {
            store.coming[relation.table]
                .contest
                .as_ref()
                .is_some_and(|contest| contest.lost)
        };
        let again = self.relations.iter().any(lost);
        if std::mem::take(&mut store.passed_over) && strict || again {
            let kept: Vec<Option<TableId>> = self
                .relations
                .iter()
                .map(|relation| self.keep(store, relation))
                .collect();
            self.clear(store);
            self.derive(store, &kept, labels)?;
            drop_helpers(store, kept);
        }
        store.lenient = false;
        Ok(())
    }

    fn clear(&self, store: &mut Store) {
        for relation in &self.relations {
            store.clear(relation.table, relation.arity, relation.labelled);
        }
    }

    /// Moves the rows of a relation that keeps the best elsewhere.
    fn keep(&self, store: &mut Store, relation: &Competing) -> Option<TableId> {
        relation.best?;
        let kept = store.add(relation.arity, true);
        store.relations.swap(kept, relation.table);
        store.coming.swap(kept, relation.table);
        Some(kept)
    }

    /// Derives what follows; in each relation only the rows that `within` has for it, if there is one.
    fn derive<L: Labels>(
        &self,
        store: &mut Store,
        within: &[Option<TableId>],
        labels: &mut L,
    ) -> Result<(), Halt> {
        let tables: Vec<TableId> = self
            .relations
            .iter()
            .map(|relation| relation.table)
            .collect();
        let mut clauses = self.clauses.clone();
        for clause in &mut clauses {
            let head = tables.iter().position(|&table| table == clause.head);
            clause.within = head.and_then(|head| within[head]);
        }
        for (relation, within) in self.relations.iter().zip(within) {
            store.load(relation.number, relation.table, *within, labels)?;
            store.relations[relation.table].growing = true;
        }
        let mut rounds = Rounds::new(clauses, &tables);
        rounds.first(store, labels)?;
        rounds.rest(store, labels)?;
        for &table in &tables {
            store.relations[table].growing = false;
        }
        Ok(())
    }

    /// Every row with its label, sorted.
    fn contents(&self, store: &Store) -> Vec<(usize, Vec<Term>, Label)> {
        let rows = self.relations.iter().flat_map(|relation| {
            let table = &store.relations[relation.table].table;
            table
                .rows()
                .map(move |row| (relation.number, table.row(row).to_vec(), table.label(row)))
        });
        let mut contents: Vec<_> = rows.filter(|row| !row.2.is_never()).collect();
        contents.sort_unstable();
        contents
    }

    fn end(&self, store: &mut Store) {
        for relation in &self.relations {
            store.coming[relation.table].contest = None;
            store.tidy(relation.table);
        }
    }
}

/// Makes two bounds of two fixpoints that each kept its own best: what holds is not beaten by anything open, and what holds in one
/// is possible in both.
fn reconcile<L: Labels>(
    store: &mut Store,
    low: &Side,
    up: &Side,
    labels: &mut L,
) -> Result<(), Halt> {
    let (mut holding, mut possible) = (Vec::new(), Vec::new());
    for (low, up) in low.relations.iter().zip(&up.relations) {
        let Some((place, best)) = low.best else {
            holding.push(None);
            possible.push(None);
            continue;
        };
        let contest = Contest::new(place, best);
        let mut rows: BTreeMap<Vec<Term>, (Label, Label)> = BTreeMap::new();
        for table in [low.table, up.table] {
            let known = &store.relations[table].table;
            for row in known.rows() {
                let entry = rows
                    .entry(known.row(row).to_vec())
                    .or_insert((Label::NEVER, Label::NEVER));
                if table == low.table {
                    entry.0 = known.label(row);
                }
                entry.1 = unite(labels, entry.1, known.label(row));
            }
        }
        let mut unbeaten = Vec::new();
        for (row, &(mut holds, _)) in &rows {
            for (rival, &(_, open)) in &rows {
                let beats = contest.key(rival) == contest.key(row)
                    && contest
                        .beats(rival[place], row[place], &store.terms)
                        .unwrap_or(false);
                if beats {
                    holds = subtract(labels, holds, open);
                }
            }
            unbeaten.push((row.clone(), holds));
        }
        holding.push(Some(store.table_of(low.arity, unbeaten, labels)));
        possible.push(Some(store.table_of(
            low.arity,
            rows.into_iter().map(|(row, labels)| (row, labels.1)),
            labels,
        )));
    }
    up.clear(store);
    up.derive(store, &possible, labels)?;
    low.clear(store);
    low.derive(store, &holding, labels)?;
    drop_helpers(store, holding);
    drop_helpers(store, possible);
    Ok(())
}

fn drop_helpers(store: &mut Store, helpers: Vec<Option<TableId>>) {
    for helper in helpers.into_iter().flatten() {
        store.clear(helper, 0, false);
    }
}
