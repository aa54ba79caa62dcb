//! Aggregates where nothing depends on contexts: every group has one result.

use super::{Shape, State, TROUBLED};
use crate::engine::goal::TableId;
use crate::engine::limits::{Halt, Strain};
use crate::engine::store::Store;
use crate::label::Labels;
use crate::model::{Keys, Pairs};
use crate::syntax::tree::AggregateKind;
use crate::value::Term;

/// The groups so far, in order of first appearance.
struct Groups {
    keys: Keys,
    /// Their terms, end to end, so many each.
    terms: Vec<Term>,
    width: usize,
    states: Vec<State>,
}

impl Groups {
    fn new(width: usize) -> Self {
        Self {
            keys: Keys::new(width.max(1)),
            terms: Vec::new(),
            width,
            states: Vec::new(),
        }
    }

    fn number(&mut self, group: &[Term]) -> usize {
        let number = match group {
            [] => 0,
            _ => self.keys.find_or_add(group) as usize,
        };
        if number == self.states.len() {
            self.states.push(State::default());
            self.terms.extend_from_slice(group);
        }
        number
    }
}

/// Adds groups and results, from a table without labels.
pub fn fill<L: Labels>(
    store: &mut Store,
    rule: usize,
    shape: &Shape,
    table: TableId,
    labels: &mut L,
) -> Result<(), Halt> {
    let groups = collect(store, rule, shape, labels)?;
    let mut rows = Vec::with_capacity(groups.terms.len() + groups.states.len());
    for (number, state) in groups.states.iter().enumerate() {
        let group = &groups.terms[number * groups.width..(number + 1) * groups.width];
        let result = match state.result(shape, &mut store.terms) {
            Ok(Some(result)) => result,
            Ok(None) => continue,
            Err(trouble) => {
                store.troubles.insert((table, group.to_vec()), trouble);
                TROUBLED
            }
        };
        rows.extend_from_slice(group);
        rows.push(result);
    }
    let count = rows.len() / (groups.width + 1);
    store.coming[table].insert(&store.relations[table].table, &rows, count);
    store.settle(table, store.round, labels);
    store.meter.look(None, Strain::of(labels))
}

fn collect<L: Labels>(
    store: &mut Store,
    rule: usize,
    shape: &Shape,
    labels: &L,
) -> Result<Groups, Halt> {
    let table = &store.relations[shape.matches].table;
    let mut groups = Groups::new(shape.groups.len());
    let mut counted = (shape.kind == AggregateKind::Number && !shape.tells_apart(table.arity()))
        .then(Pairs::default);
    // The value is mostly a column as it is.
    let column = shape.over.as_slot().map(|slot| slot as usize);
    let column = column.filter(|&column| column < table.arity());
    let mut group = Vec::new();
    let mut slots: Vec<Term> = Vec::new();
    for row in table.rows() {
        if store.meter.spend(rule, 1) {
            store.meter.look(None, Strain::of(labels))?;
        }
        let terms = table.row(row);
        group.clear();
        group.extend(shape.groups.iter().map(|&column| terms[column]));
        let value = match column {
            Some(column) => Ok(terms[column]),
            None => {
                slots.clear();
                slots.extend(terms.iter().chain(&shape.constants));
                shape.over.value(&slots, &mut store.terms)
            }
        };
        let number = groups.number(&group);
        if let (Some(counted), Ok(value)) = (&mut counted, &value) {
            let mut new = false;
            counted.insert(&[[Term(number as u32), *value]], |_| new = true);
            if !new {
                continue;
            }
        }
        groups.states[number].add(shape.kind, value, &mut store.terms);
    }
    Ok(groups)
}

impl Shape {
    /// Whether no two rows of a group, of so many columns, have the same value.
    fn tells_apart(&self, columns: usize) -> bool {
        let value = self.over.as_slot().map(|slot| slot as usize);
        (0..columns).all(|column| self.groups.contains(&column) || value == Some(column))
    }
}
