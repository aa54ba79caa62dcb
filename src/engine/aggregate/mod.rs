//! Aggregates: the rows of a finished relation → a table of groups and results.
//!
//! Where elements hold in different contexts, the contexts of a group are split by the value, element by element. An open element
//! may count or not: the upper bound then has every value that some choice gives, the lower one a value only where all agree.

mod given;
mod plain;

use super::arithmetic::Formula;
use super::goal::TableId;
use super::limits::{Halt, Strain};
use super::relation::{subtract, unite};
use super::store::Store;
use crate::core::{Argument, CoreAggregate, Slot};
use crate::label::{Label, Labels};
use crate::model::RowId;
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term, Terms, Trouble};
pub use given::is_given;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

type Ordered<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Where the results of an aggregate stand.
#[derive(Clone, Copy, Debug)]
pub struct Aggregated {
    pub lower: TableId,
    pub upper: TableId,
    /// Whether its groups are bound elsewhere, so that a group without rows has a result too.
    pub given: bool,
}

/// What makes two aggregates have the same table: the formula is over columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    matches: usize,
    kind: AggregateKind,
    over: Formula,
    constants: Vec<Term>,
    groups: Vec<usize>,
    zero: bool,
}

/// That a group has no result; never in a table.
const NOTHING: Term = Term((1 << 31) - 2);

/// The result of a group that cannot be computed; [`Store::troubles`] tells why.
pub const TROUBLED: Term = Term((1 << 31) - 1);

/// The value so far: how many elements, and their sum or the best of them, where it matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
struct State {
    count: u32,
    total: Option<Term>,
    trouble: Option<Box<Trouble>>,
}

/// By state, in which contexts it may be the one.
type Cases<T> = Ordered<State, T>;

/// Computes the tables of an aggregate in a rule, unless another rule has the same.
pub fn table<L: Labels>(
    store: &mut Store,
    rule: usize,
    literal: usize,
    aggregate: &CoreAggregate,
    labels: &mut L,
) -> Result<Aggregated, Halt> {
    let given = is_given(&store.core.rules[rule], literal);
    let shape = Shape::new(aggregate, given);
    if let Some(&known) = store.aggregates.get(&shape) {
        return Ok(Aggregated {
            given: shape.zero,
            ..known
        });
    }
    let open = store.upper[shape.matches].is_some();
    let labelled = open || store.relations[shape.matches].table.is_labelled();
    let lower = store.add(shape.width(), labelled);
    let upper = if open {
        store.add(shape.width(), true)
    } else {
        lower
    };
    let aggregated = Aggregated {
        lower,
        upper,
        given: shape.zero,
    };
    fill(store, rule, &shape, &aggregated, labels)?;
    store.aggregates.insert(shape, aggregated);
    Ok(aggregated)
}

/// Adds the results of every group that has rows now to the tables of an aggregate.
pub fn fill<L: Labels>(
    store: &mut Store,
    rule: usize,
    shape: &Shape,
    &Aggregated { lower, upper, .. }: &Aggregated,
    labels: &mut L,
) -> Result<(), Halt> {
    if !store.relations[lower].table.is_labelled() {
        return plain::fill(store, rule, shape, lower, labels);
    }
    for (group, cases) in cases(store, rule, shape, labels)? {
        let results = results(store, shape, cases, labels);
        for (at, (result, label, trouble)) in results.iter().enumerate() {
            if *result == NOTHING {
                continue;
            }
            let row: Vec<Term> = group.iter().copied().chain([*result]).collect();
            let label = labels.store(*label);
            if upper != lower {
                let others = results.iter().enumerate().filter(|(other, _)| *other != at);
                let alone = others.fold(label, |left, (_, other)| {
                    let other = labels.store(other.1);
                    subtract(labels, left, other)
                });
                insert(store, upper, &row, label);
                insert(store, lower, &row, alone);
            } else {
                insert(store, lower, &row, label);
            }
            if let Some(trouble) = trouble {
                store
                    .troubles
                    .insert((lower, group.clone()), trouble.clone());
                store
                    .troubles
                    .insert((upper, group.clone()), trouble.clone());
            }
        }
        store
            .meter
            .look(Some(&store.coming[upper]), Strain::of(labels))?;
    }
    for table in [lower, upper] {
        store.settle(table, store.round, labels);
    }
    Ok(())
}

pub fn insert(store: &mut Store, table: TableId, row: &[Term], label: Label) {
    let (relation, coming) = (&store.relations[table], &mut store.coming[table]);
    if relation.table.is_labelled() {
        coming.insert_stored(&relation.table, row, label);
    } else {
        coming.insert(&relation.table, row, 1);
    }
}

impl Shape {
    pub fn new(aggregate: &CoreAggregate, given: bool) -> Self {
        let width = aggregate.arguments.len() as u32;
        let column = |slot: Slot| {
            aggregate
                .arguments
                .iter()
                .position(|&argument| argument == slot)
        };
        let mut constants = Vec::new();
        let over = Formula::new(&aggregate.over, |argument| match argument {
            Argument::Slot(slot) => {
                column(slot).expect("an aggregate is over columns of its matches") as u32
            }
            Argument::Constant(constant) => {
                constants.push(constant);
                width + constants.len() as u32 - 1
            }
        });
        let groups = aggregate
            .groups
            .iter()
            .filter_map(|&slot| column(slot))
            .collect();
        let zero = given && matches!(aggregate.kind, AggregateKind::Number | AggregateKind::Sum);
        Self {
            matches: aggregate.matches.at(),
            kind: aggregate.kind,
            over,
            constants,
            groups,
            zero,
        }
    }
}

impl Shape {
    /// The relation that it is taken over.
    pub fn matches(&self) -> usize {
        self.matches
    }

    /// How many columns its tables have: the groups, and the result.
    pub fn width(&self) -> usize {
        self.groups.len() + 1
    }

    /// Whether a group without rows has a result.
    pub fn has_zero(&self) -> bool {
        self.zero
    }
}

/// An element of a group: its value, where it holds and where it is open.
struct Element<T> {
    value: Result<Term, Trouble>,
    holds: Option<T>,
    open: Option<T>,
}

/// The possible values of every group that has rows, in order of first appearance.
fn cases<L: Labels>(
    store: &mut Store,
    rule: usize,
    shape: &Shape,
    labels: &mut L,
) -> Result<Ordered<Vec<Term>, Cases<L::Label>>, Halt> {
    let up = store.upper[shape.matches].unwrap_or(shape.matches);
    let mut groups: Ordered<Vec<Term>, Cases<L::Label>> = Ordered::default();
    let mut distinct: Ordered<(Vec<Term>, Term), (Label, Label)> = Ordered::default();
    let mut slots: Vec<Term> = Vec::new();
    for row in 0..store.relations[up].table.len() as u32 {
        if store.meter.spend(rule, 1) {
            store.meter.look(None, Strain::of(labels))?;
        }
        let (terms, label, holds) = bounds_of(store, shape.matches, up, RowId(row));
        let group: Vec<Term> = shape.groups.iter().map(|&column| terms[column]).collect();
        slots.clear();
        slots.extend(terms.iter().chain(&shape.constants));
        let value = shape.over.value(&slots, &mut store.terms);
        match value {
            Ok(value) if shape.kind == AggregateKind::Number => {
                let known = distinct
                    .entry((group, value))
                    .or_insert((Label::NEVER, Label::NEVER));
                *known = (unite(labels, known.0, holds), unite(labels, known.1, label));
            }
            value => {
                let open = subtract(labels, label, holds);
                let element = Element {
                    value,
                    holds: labels.load(holds),
                    open: labels.load(open),
                };
                let cases = groups.entry(group).or_insert_with(|| begin(labels));
                add(cases, shape.kind, &element, &mut store.terms, labels);
            }
        }
    }
    for ((group, value), (holds, label)) in distinct {
        let open = subtract(labels, label, holds);
        let element = Element {
            value: Ok(value),
            holds: labels.load(holds),
            open: labels.load(open),
        };
        let cases = groups.entry(group).or_insert_with(|| begin(labels));
        add(cases, shape.kind, &element, &mut store.terms, labels);
        if store.meter.spend(rule, cases.len() as u64) {
            store.meter.look(None, Strain::of(labels))?;
        }
    }
    Ok(groups)
}

/// A row of the upper bound, its label, and that under the lower bound.
fn bounds_of(store: &Store, low: TableId, up: TableId, row: RowId) -> (Vec<Term>, Label, Label) {
    let table = &store.relations[up].table;
    let label = table.label(row);
    let holds = if low == up {
        label
    } else {
        store.label_of(low, table.row(row))
    };
    (table.row(row).to_vec(), label, holds)
}

/// Nothing so far, in every context.
fn begin<L: Labels>(labels: &L) -> Cases<L::Label> {
    Cases::from_iter([(State::default(), labels.always())])
}

/// Splits every case by whether the element is there.
fn add<L: Labels>(
    cases: &mut Cases<L::Label>,
    kind: AggregateKind,
    element: &Element<L::Label>,
    terms: &mut Terms,
    labels: &mut L,
) {
    let mut split = Cases::default();
    for (state, label) in std::mem::take(cases) {
        let holds = element.holds.and_then(|holds| labels.and(label, holds));
        let open = element.open.and_then(|open| labels.and(label, open));
        let with = match (holds, open) {
            (Some(holds), Some(open)) => Some(labels.or(holds, open)),
            (some, None) | (None, some) => some,
        };
        let rest = match holds {
            Some(holds) => labels.without(label, holds),
            None => Some(label),
        };
        if let Some(with) = with {
            let mut more = state.clone();
            more.add(kind, element.value.clone(), terms);
            join(&mut split, more, with, labels);
        }
        if let Some(rest) = rest {
            join(&mut split, state, rest, labels);
        }
    }
    *cases = split;
}

fn join<L: Labels>(cases: &mut Cases<L::Label>, state: State, label: L::Label, labels: &mut L) {
    match cases.entry(state) {
        indexmap::map::Entry::Occupied(mut known) => {
            let both = labels.or(*known.get(), label);
            known.insert(both);
        }
        indexmap::map::Entry::Vacant(new) => {
            new.insert(label);
        }
    }
}

impl State {
    /// One element more.
    fn add(&mut self, kind: AggregateKind, value: Result<Term, Trouble>, terms: &mut Terms) {
        if self.trouble.is_none()
            && let Err(trouble) = value.and_then(|value| self.take(kind, value, terms))
        {
            *self = Self {
                trouble: Some(Box::new(trouble)),
                ..Self::default()
            };
        }
    }

    fn take(&mut self, kind: AggregateKind, value: Term, terms: &mut Terms) -> Result<(), Trouble> {
        if matches!(kind, AggregateKind::Number | AggregateKind::Average) {
            self.count += 1;
        }
        let Some(total) = self.total else {
            self.total = (kind != AggregateKind::Number).then_some(value);
            return Ok(());
        };
        self.total = Some(match kind {
            AggregateKind::Number => total,
            AggregateKind::Sum | AggregateKind::Average => {
                terms.compute(total, Operation::Add, value)?
            }
            AggregateKind::Least if terms.compare(value, Comparison::Less, total)? => value,
            AggregateKind::Greatest if terms.compare(value, Comparison::Greater, total)? => value,
            AggregateKind::Least | AggregateKind::Greatest => total,
        });
        Ok(())
    }

    /// The value, if there is one.
    fn result(&self, shape: &Shape, terms: &mut Terms) -> Result<Option<Term>, Trouble> {
        if let Some(trouble) = &self.trouble {
            return Err((**trouble).clone());
        }
        match (shape.kind, self.total) {
            (AggregateKind::Number, _) if self.count > 0 || shape.zero => {
                Ok(Some(terms.whole(i64::from(self.count))))
            }
            (AggregateKind::Average, Some(total)) => {
                let count = terms.whole(i64::from(self.count));
                terms.compute(total, Operation::Divide, count).map(Some)
            }
            (AggregateKind::Sum, None) if shape.zero => Ok(Some(terms.whole(0))),
            (_, total) => Ok(total),
        }
    }
}

/// The results of a group, each with its contexts and, if it cannot be computed, the reason. That there may be none is a result too, where
/// it matters to the others.
fn results<L: Labels>(
    store: &mut Store,
    shape: &Shape,
    cases: Cases<L::Label>,
    labels: &mut L,
) -> Vec<(Term, L::Label, Option<Trouble>)> {
    let mut results: Ordered<Term, (L::Label, Option<Trouble>)> = Ordered::default();
    for (state, label) in cases {
        let (result, trouble) = match state.result(shape, &mut store.terms) {
            Ok(result) => (result.unwrap_or(NOTHING), None),
            Err(trouble) => (TROUBLED, Some(trouble)),
        };
        match results.entry(result) {
            indexmap::map::Entry::Occupied(mut known) => {
                known.get_mut().0 = labels.or(known.get().0, label);
            }
            indexmap::map::Entry::Vacant(new) => {
                new.insert((label, trouble));
            }
        }
    }
    results
        .into_iter()
        .map(|(result, (label, trouble))| (result, label, trouble))
        .collect()
}
