//! Which tables a stratum's rules read and fill, under its lower bound and, where rows can stay open, its upper one.

use super::aggregate::{self, Aggregated};
use super::calls::{self, Kept};
use super::goal::{Clause, TableId, Tables};
use super::limits::Halt;
use super::store::Store;
use super::strata::Stratum;
use crate::core::{Atom, CoreLiteral, CoreRule};
use crate::label::Labels;
use rustc_hash::FxHashMap;

/// The lower bound of a relation is the table of its own number.
#[derive(Default)]
pub struct Bounds {
    /// The upper bounds of the stratum's own relations.
    up: FxHashMap<usize, TableId>,
    /// By rule and literal.
    aggregates: FxHashMap<(usize, usize), Aggregated>,
    /// What rests on a call, by relation.
    kept: FxHashMap<usize, Kept>,
}

impl Bounds {
    /// Computes the aggregates that the stratum reads, and adds upper bounds if some row could stay open.
    pub fn new<L: Labels>(
        store: &mut Store,
        stratum: &Stratum,
        labels: &mut L,
    ) -> Result<Self, Halt> {
        let mut bounds = Self::default();
        let core = store.core;
        let mut open = stratum.loops;
        for &number in &stratum.rules {
            for (at, literal) in core.rules[number].body.iter().enumerate() {
                open |= literal
                    .reads()
                    .is_some_and(|relation| store.upper[relation.at()].is_some());
                let CoreLiteral::Aggregate(aggregate) = literal else {
                    continue;
                };
                debug_assert!(
                    !stratum.relations.contains(&aggregate.matches),
                    "what is counted is settled before"
                );
                let aggregated = match calls::results(store, number, at) {
                    Some((results, may_stay_open)) => {
                        open |= may_stay_open;
                        bounds.kept.extend(calls::kept(store, aggregate));
                        results
                    }
                    None => aggregate::table(store, number, at, aggregate, labels)?,
                };
                bounds.aggregates.insert((number, at), aggregated);
            }
        }
        if open && !stratum.wide {
            for relation in &stratum.relations {
                let up = store.add(core.relations[relation.at()].arity, true);
                bounds.up.insert(relation.at(), up);
            }
        }
        Ok(bounds)
    }

    /// Whether there are upper bounds.
    pub fn are_two(&self) -> bool {
        !self.up.is_empty()
    }

    pub fn upper(&self, relation: usize) -> TableId {
        self.up.get(&relation).copied().unwrap_or(relation)
    }

    /// The stratum's rules over its lower bound: present is what holds, absent what the upper bound does not have. Those of a wide
    /// stratum read what is finished as an upper bound does.
    pub fn lower_clauses(&self, store: &Store, stratum: &Stratum) -> Vec<Clause> {
        self.clauses(store, stratum, stratum.wide)
    }

    /// The stratum's rules over its upper bound: absent is what does not hold.
    pub fn upper_clauses(&self, store: &Store, stratum: &Stratum) -> Vec<Clause> {
        self.clauses(store, stratum, true)
    }

    fn clauses(&self, store: &Store, stratum: &Stratum, upper: bool) -> Vec<Clause> {
        let clause = |&rule: &usize| {
            let written: &CoreRule = &store.core.rules[rule];
            let view = View {
                bounds: self,
                finished: &store.upper,
                upper,
                rule,
            };
            Clause::new(
                rule,
                written,
                view.table(written.head.relation.at(), upper),
                &view,
            )
        };
        stratum.rules.iter().map(clause).collect()
    }
}

/// The tables of one rule under one bound.
struct View<'a> {
    bounds: &'a Bounds,
    finished: &'a [Option<TableId>],
    upper: bool,
    rule: usize,
}

impl View<'_> {
    fn table(&self, relation: usize, upper: bool) -> TableId {
        if let Some(kept) = self.bounds.kept.get(&relation) {
            return if upper { kept.upper } else { kept.lower };
        }
        let bound = if upper {
            self.bounds
                .up
                .get(&relation)
                .copied()
                .or(self.finished[relation])
        } else {
            None
        };
        bound.unwrap_or(relation)
    }
}

impl Tables for View<'_> {
    fn holds(&self, atom: &Atom) -> TableId {
        self.table(atom.relation.at(), self.upper)
    }

    fn fails(&self, atom: &Atom) -> TableId {
        self.table(atom.relation.at(), !self.upper)
    }

    fn aggregate(&self, literal: usize) -> (TableId, bool) {
        let aggregated = &self.bounds.aggregates[&(self.rule, literal)];
        (
            if self.upper {
                aggregated.upper
            } else {
                aggregated.lower
            },
            aggregated.given,
        )
    }
}
