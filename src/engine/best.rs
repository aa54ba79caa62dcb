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
use crate::model::Keys;
use crate::value::{Comparison, Term, Terms, Trouble};
use std::collections::BTreeMap;

/// Who competes with whom.
#[derive(Debug)]
pub struct Contest {
    /// The column of the value.
    place: usize,
    greatest: bool,
    /// The other columns of rows → group numbers.
    keys: Keys,
    /// By group: the rows that hold somewhere, each with its value.
    groups: Vec<Group>,
    /// Whether a row was pushed out of any context.
    lost: bool,
    /// Scratch.
    key: Vec<Term>,
    beaten: Vec<(u32, Label)>,
}

/// Without contexts one row holds at most, so the first stands by itself.
#[derive(Debug, Default)]
struct Group {
    first: Option<(u32, Term)>,
    more: Vec<(u32, Term)>,
}

/// How a row comes out of a contest.
pub struct Entry<T> {
    /// The contexts that are left to it.
    pub label: T,
    /// Its number, if it holds somewhere already.
    pub known: Option<u32>,
}

impl Group {
    fn rows(&self) -> impl Iterator<Item = (u32, Term)> + '_ {
        self.first.into_iter().chain(self.more.iter().copied())
    }

    fn add(&mut self, id: u32, value: Term) {
        match self.first {
            None => self.first = Some((id, value)),
            Some(_) => self.more.push((id, value)),
        }
    }

    fn remove(&mut self, id: u32) {
        self.more.retain(|row| row.0 != id);
        if self.first.is_some_and(|row| row.0 == id) {
            self.first = self.more.pop();
        }
    }
}

impl Contest {
    pub fn new(place: usize, best: Best, arity: usize) -> Self {
        Self {
            place,
            greatest: best == Best::Greatest,
            keys: Keys::new((arity - 1).max(1)),
            groups: Vec::new(),
            lost: false,
            key: Vec::new(),
            beaten: Vec::new(),
        }
    }

    /// Lets a row in where no row beats it, and takes from those that it beats; `labels_of` has the labels of rows by number, `shrunk` gains the
    /// numbers of those that lost something. Nothing where the row is beaten everywhere.
    pub fn enter<L: Labels>(
        &mut self,
        row: &[Term],
        label: L::Label,
        labels_of: &mut [Label],
        shrunk: &mut Vec<u32>,
        terms: &Terms,
        labels: &mut L,
    ) -> Result<Option<Entry<L::Label>>, Trouble> {
        let mut entry = Entry { label, known: None };
        let value = row[self.place];
        let number = self.group(row);
        self.beaten.clear();
        for (rival, other) in self.groups[number].rows() {
            if other == value {
                entry.known = Some(rival);
                continue;
            }
            let Some(known) = labels.load(labels_of[rival as usize]) else {
                continue;
            };
            if beats(self.greatest, other, value, terms)? {
                match labels.without(entry.label, known) {
                    Some(less) => entry.label = less,
                    None => return Ok(None),
                }
            } else {
                self.beaten.push((rival, labels.store(known)));
            }
        }
        while let Some((rival, known)) = self.beaten.pop() {
            let left = subtract(labels, known, labels.store(entry.label));
            if left != known {
                self.lost = true;
                labels_of[rival as usize] = left;
                shrunk.push(rival);
            }
            if left.is_never() {
                self.groups[number].remove(rival);
            }
        }
        Ok(Some(entry))
    }

    /// Has a row compete that holds somewhere now.
    pub fn add(&mut self, row: &[Term], id: u32) {
        let number = self.group(row);
        self.groups[number].add(id, row[self.place]);
    }

    fn group(&mut self, row: &[Term]) -> usize {
        if row.len() == 1 {
            self.key.resize(1, Term(0));
        } else {
            self.key.clear();
            self.key.extend_from_slice(&row[..self.place]);
            self.key.extend_from_slice(&row[self.place + 1..]);
        }
        let number = self.keys.find_or_add(&self.key) as usize;
        if number == self.groups.len() {
            self.groups.push(Group::default());
        }
        number
    }
}

fn beats(greatest: bool, value: Term, other: Term, terms: &Terms) -> Result<bool, Trouble> {
    let comparison = match greatest {
        true => Comparison::Greater,
        false => Comparison::Less,
    };
    terms.compare(value, comparison, other)
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
                .map(|(place, best)| Box::new(Contest::new(place, best, relation.arity)));
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
        let rows = both(store, low.table, up.table, labels);
        let mut groups: BTreeMap<Vec<Term>, Vec<(Term, Label)>> = BTreeMap::new();
        let others = |row: &[Term]| [&row[..place], &row[place + 1..]].concat();
        for (row, labels) in &rows {
            let group = groups.entry(others(row)).or_default();
            group.push((row[place], labels.1));
        }
        let mut unbeaten = Vec::new();
        for (row, &(mut holds, _)) in &rows {
            for &(value, open) in &groups[&others(row)] {
                let greatest = best == Best::Greatest;
                if beats(greatest, value, row[place], &store.terms).unwrap_or(false) {
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

/// The rows of both bounds, each with its label under the lower one and in either.
fn both<L: Labels>(
    store: &Store,
    low: TableId,
    up: TableId,
    labels: &mut L,
) -> BTreeMap<Vec<Term>, (Label, Label)> {
    let mut rows: BTreeMap<Vec<Term>, (Label, Label)> = BTreeMap::new();
    for table in [low, up] {
        let known = &store.relations[table].table;
        for row in known.rows() {
            let entry = rows
                .entry(known.row(row).to_vec())
                .or_insert((Label::NEVER, Label::NEVER));
            if table == low {
                entry.0 = known.label(row);
            }
            entry.1 = unite(labels, entry.1, known.label(row));
        }
    }
    rows
}

fn drop_helpers(store: &mut Store, helpers: Vec<Option<TableId>>) {
    for helper in helpers.into_iter().flatten() {
        store.clear(helper, 0, false);
    }
}
