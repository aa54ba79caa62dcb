//! Aggregates that are called: their conditions take values from the loop that they stand in, and read nothing else of it. So each is a
//! function of those values. A join that meets values for the first time notes them; once it is through, what rests on the call is run for
//! them alone, the results are kept, and the join is done once more.

use super::aggregate::{self, Aggregated, Shape};
use super::goal::TableId;
use super::limits::Halt;
use super::run::run_stratum;
use super::store::Store;
use super::strata::Stratum;
use crate::core::{Core, CoreAggregate, CoreLiteral};
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::value::Term;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Values that a join met, each with the call that has not been made with them.
pub type Missing = IndexSet<(TableId, Vec<Term>), FxBuildHasher>;

/// Every call of a run, by its relation.
#[derive(Default)]
pub struct Calls(FxHashMap<TableId, Call>);

/// All that rests on one call.
#[derive(Default)]
struct Call {
    strata: Vec<Stratum>,
    /// A rule and a literal for each aggregate that makes the call.
    callers: Vec<(usize, usize)>,
    /// Where results go; nothing before the call is opened.
    results: Vec<(Shape, usize, Aggregated)>,
    /// The rows of what rests on the call and is read past it, by relation.
    kept: FxHashMap<usize, Kept>,
    opened: bool,
    answered: FxHashSet<Vec<Term>>,
    /// Values for which something that cannot be computed was passed over.
    troubled: FxHashSet<Vec<Term>>,
}

/// The rows of a relation for all that it was called with.
#[derive(Clone, Copy)]
pub struct Kept {
    pub lower: TableId,
    pub upper: TableId,
}

/// Whether a call has been made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Known,
    /// Something that cannot be computed was passed over.
    Troubled,
    Missing,
}

impl Calls {
    pub fn new(core: &Core, strata: &[Stratum]) -> Self {
        let mut calls: FxHashMap<TableId, Call> = FxHashMap::default();
        for (number, rule) in core.rules.iter().enumerate() {
            for (at, literal) in rule.body.iter().enumerate() {
                if let CoreLiteral::Aggregate(aggregate) = literal
                    && let Some(call) = &aggregate.call
                {
                    let call = calls.entry(call.relation.at()).or_default();
                    call.callers.push((number, at));
                }
            }
        }
        if calls.is_empty() {
            return Self::default();
        }
        for stratum in strata {
            let reads = |literal: &CoreLiteral| match literal {
                CoreLiteral::Holds(atom) => Some(atom.relation.at()),
                _ => None,
            };
            let mut read = (stratum.rules.iter())
                .flat_map(|&rule| core.rules[rule].body.iter().filter_map(reads));
            if let Some(relation) = read.find(|relation| calls.contains_key(relation))
                && let Some(call) = calls.get_mut(&relation)
            {
                call.strata.push(stratum.clone());
            }
        }
        Self(calls)
    }

    /// Whether a stratum is run for what is called only.
    pub fn run(&self, stratum: &Stratum) -> bool {
        self.0.values().any(|call| {
            let mut strata = call.strata.iter();
            strata.any(|known| known.relations == stratum.relations)
        })
    }

    pub fn answer(&self, relation: TableId, values: &[Term]) -> Answer {
        match self.0.get(&relation) {
            Some(call) if call.answered.contains(values) => Answer::Known,
            Some(call) if call.troubled.contains(values) => Answer::Troubled,
            _ => Answer::Missing,
        }
    }
}

impl Call {
    /// Makes the tables for what comes of the call. What its strata read is finished.
    fn open(&mut self, store: &mut Store) {
        let core = store.core;
        let inner: FxHashSet<usize> = self.relations().collect();
        let rules = || self.strata.iter().flat_map(|stratum| &stratum.rules);
        let open = rules().any(|&rule| {
            let mut reads = core.rules[rule].body.iter().filter_map(CoreLiteral::reads);
            reads.any(|relation| store.upper[relation.at()].is_some())
        });
        let labelled = open || self.strata.iter().any(|stratum| stratum.labelled);
        let two = |store: &mut Store, arity| {
            let lower = store.add(arity, labelled);
            let upper = if open { store.add(arity, true) } else { lower };
            Kept { lower, upper }
        };
        for &(rule, at) in &self.callers {
            let CoreLiteral::Aggregate(aggregate) = &core.rules[rule].body[at] else {
                continue;
            };
            let given = aggregate::is_given(&core.rules[rule], at);
            let shape = Shape::new(aggregate, given);
            if !self.results.iter().any(|(known, ..)| *known == shape) {
                let Kept { lower, upper } = two(store, shape.width());
                let results = Aggregated {
                    lower,
                    upper,
                    given: shape.has_zero(),
                };
                self.results.push((shape, rule, results));
            }
            for literal in &core.rules[rule].body {
                if let CoreLiteral::Fails(atom) = literal
                    && inner.contains(&atom.relation.at())
                {
                    let kept = self.kept.entry(atom.relation.at());
                    let kept = kept.or_insert_with(|| two(store, atom.arguments.len()));
                    for table in [kept.lower, kept.upper] {
                        store.relations[table].called = true;
                    }
                }
            }
        }
        self.opened = true;
    }

    /// The relations that rest on the call.
    fn relations(&self) -> impl Iterator<Item = usize> + '_ {
        let strata = self.strata.iter();
        strata.flat_map(|stratum| stratum.relations.iter().map(|relation| relation.at()))
    }

    /// Runs what rests on the call for some values, and keeps what comes of them.
    fn make<L: Labels>(
        &mut self,
        relation: TableId,
        values: &[Vec<Term>],
        store: &mut Store,
        labels: &mut L,
    ) -> Result<(), Halt> {
        let tables = store.relations.len();
        let arity = store.core.relations[relation].arity;
        store.clear(relation, arity, false);
        store.coming[relation].insert(
            &store.relations[relation].table,
            &values.concat(),
            values.len(),
        );
        store.settle(relation, store.round, labels);
        let mut result = Ok(());
        for stratum in &self.strata {
            result = result.and_then(|()| run_stratum(store, stratum, labels));
        }
        let result = result.and_then(|()| self.keep(store, labels));
        let inner: FxHashSet<usize> = self.relations().collect();
        for &relation in &inner {
            store.clear(relation, store.core.relations[relation].arity, false);
            store.upper[relation] = None;
        }
        store
            .aggregates
            .retain(|shape, _| !inner.contains(&shape.matches()));
        store.troubles.retain(|(table, _), _| *table < tables);
        store.truncate(tables);
        result
    }

    fn keep<L: Labels>(&self, store: &mut Store, labels: &mut L) -> Result<(), Halt> {
        for (shape, rule, results) in &self.results {
            aggregate::fill(store, *rule, shape, results, labels)?;
        }
        for (&relation, kept) in &self.kept {
            let upper = store.upper[relation].unwrap_or(relation);
            let mut pairs = vec![(relation, kept.lower)];
            if kept.lower != kept.upper {
                pairs.push((upper, kept.upper));
            }
            for (from, to) in pairs {
                for row in 0..store.relations[from].table.len() as u32 {
                    let table = &store.relations[from].table;
                    let (terms, label) = (table.row(RowId(row)).to_vec(), table.label(RowId(row)));
                    if label != Label::NEVER {
                        aggregate::insert(store, to, &terms, label);
                    }
                }
                store.settle(to, store.round, labels);
            }
        }
        Ok(())
    }
}

/// The results of an aggregate that makes a call, and whether some may stay open.
pub fn results(store: &mut Store, rule: usize, literal: usize) -> Option<(Aggregated, bool)> {
    let CoreLiteral::Aggregate(aggregate) = &store.core.rules[rule].body[literal] else {
        return None;
    };
    let relation = aggregate.call.as_ref()?.relation.at();
    let mut call = store.calls.0.remove(&relation)?;
    if !call.opened {
        call.open(store);
    }
    let given = aggregate::is_given(&store.core.rules[rule], literal);
    let shape = Shape::new(aggregate, given);
    let known = call.results.iter().find(|(known, ..)| *known == shape);
    let results = known.map(|&(.., results)| (results, results.lower != results.upper));
    store.calls.0.insert(relation, call);
    results
}

/// By relation, the kept rows of what rests on the call that an aggregate makes.
pub fn kept(store: &Store, aggregate: &CoreAggregate) -> Vec<(usize, Kept)> {
    let call = aggregate.call.as_ref();
    let call = call.and_then(|call| store.calls.0.get(&call.relation.at()));
    let kept = call.iter().flat_map(|call| &call.kept);
    kept.map(|(&relation, &kept)| (relation, kept)).collect()
}

/// Makes the calls that a join has missed. Where what cannot be computed is passed over for now, so it is here: once it no longer is, the
/// call is made again.
pub fn make<L: Labels>(store: &mut Store, missing: Missing, labels: &mut L) -> Result<(), Halt> {
    let mut by_call: Vec<(TableId, Vec<Vec<Term>>)> = Vec::new();
    for (relation, values) in missing {
        match by_call.iter_mut().find(|(known, _)| *known == relation) {
            Some((_, all)) => all.push(values),
            None => by_call.push((relation, vec![values])),
        }
    }
    for (relation, values) in by_call {
        let Some(mut call) = store.calls.0.remove(&relation) else {
            continue;
        };
        let passed_over = std::mem::take(&mut store.passed_over);
        let result = call.make(relation, &values, store, labels);
        match std::mem::replace(&mut store.passed_over, passed_over) {
            true => call.troubled.extend(values),
            false => call.answered.extend(values),
        }
        store.calls.0.insert(relation, call);
        result?;
    }
    Ok(())
}
