//! What stands around an exception or an aggregate's condition → what binds variables for it there.

use super::body::{Around, Met, Read, Within};
use super::branches::{Branch, Item};
use super::compile::{Compiler, TooManyBranches};
use super::origin::Part;
use super::rule::{Argument, Atom, CoreId, CoreLiteral};
use super::variables::{bound_beside, condition_variables, item_variables};
use crate::program::{Argument as Written, Body, Expression, Variable};
use crate::value::Comparison;
use std::collections::BTreeSet;

/// What a relation of possible results was made for, by the addresses of what binds its columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reckoned {
    helpers: Vec<usize>,
    call: Option<CoreId>,
    columns: Vec<Variable>,
}

impl<'p> Compiler<'p> {
    /// What binds variables for a relation beside a rule. It holds wherever that relation is asked, so reading it there changes nothing.
    ///
    /// An aggregate may leave its result open. Whether an exception is met for one result is then still no open question, so results are
    /// read from a relation of their own, with all those that are possible.
    pub fn help(
        &mut self,
        within: Within<'p>,
        helpers: &Branch<'p>,
        around: &Around<'p>,
        mut wanted: BTreeSet<Variable>,
    ) -> Result<Vec<Met>, TooManyBranches> {
        let reckons = |item: &Item<'p>| matches!(item, Item::Aggregate(_));
        if !helpers.iter().any(reckons) {
            return self.helped(within, helpers, around);
        }
        let bound = bound_beside(helpers, &around.called());
        wanted.retain(|variable| bound.contains(variable));
        let key = Reckoned {
            helpers: helpers.iter().map(Item::address).collect(),
            call: around.call.as_ref().map(|call| call.relation),
            columns: wanted.into_iter().collect(),
        };
        let columns = key.columns.clone();
        let relation = match self.reckoned.get(&key) {
            Some(&known) => known,
            None => {
                let part = Part::Reckoned { at: within.at };
                let relation = self.relation(columns.len(), part);
                self.relations[relation.at()].wide = true;
                self.reckoned.insert(key, relation);
                for helped in self.helped(within, helpers, around)? {
                    self.beside_rule(within, relation, &columns, helped);
                }
                relation
            }
        };
        let mut met = Met::default();
        let arguments = (columns.iter())
            .map(|&variable| Argument::Slot(met.slots.of(variable)))
            .collect();
        met.body.push(CoreLiteral::Holds(Atom {
            relation,
            arguments,
        }));
        if let Some(call) = &around.call {
            met.body.push(CoreLiteral::Holds(call.atom(&mut met.slots)));
        }
        Ok(vec![met])
    }

    /// What around a condition binds the variables that it lacks: its sentences, and those aggregates and `=` that it takes. An opposite
    /// that a rival value may meet does not bind its variables then, so what else gives them is taken too.
    pub fn helpers(&self, around: &Around<'p>, mut lacking: BTreeSet<Variable>) -> Branch<'p> {
        let called = around.called();
        let literals = around
            .items
            .iter()
            .filter(|item| matches!(item, Item::Literal(_)));
        let mut helpers: Branch<'p> = literals.copied().collect();
        let (rivals, plain): (Branch<'p>, Branch<'p>) =
            (helpers.iter()).partition(|item| self.has_rivals(item));
        (rivals.iter()).for_each(|item| item_variables(item, &mut lacking));
        let bound = bound_beside(&plain, &called);
        lacking.retain(|variable| !bound.contains(variable));
        let mut rest: Vec<Item<'p>> = around.items.clone();
        // From what is lacking back to what it is reckoned from.
        while let Some(place) = rest.iter().position(|item| gives(item, &lacking)) {
            let item = rest.remove(place);
            match item {
                Item::Aggregate(aggregate) if aggregate.recursive => {
                    let inner = aggregate.condition.iter().filter_map(|part| match part {
                        Body::Literal(literal) => Some(Item::Literal(literal)),
                        _ => None,
                    });
                    helpers.extend(inner);
                }
                _ => helpers.push(item),
            }
            match item {
                Item::Comparison { .. } => item_variables(&item, &mut lacking),
                Item::Aggregate(aggregate) => lacking.extend(&aggregate.groups),
                Item::Literal(_) | Item::Except(_) => {}
            }
        }
        let bound = bound_beside(&helpers, &called);
        helpers.retain(|item| {
            let mut variables = BTreeSet::new();
            if let Item::Comparison { .. } = item {
                item_variables(item, &mut variables);
            }
            variables.is_subset(&bound)
        });
        helpers
    }

    /// The ways to meet what binds variables for a relation beside a rule.
    fn helped(
        &mut self,
        within: Within<'p>,
        helpers: &Branch<'p>,
        around: &Around<'p>,
    ) -> Result<Vec<Met>, TooManyBranches> {
        let mut all = self.all_ways(within, helpers, Read::Widest, &Around::default())?;
        let called = around.called();
        all.retain(|met| met.can_be(helpers, &called));
        if let Some(call) = &around.call {
            for Met { body, slots, .. } in &mut all {
                body.push(CoreLiteral::Holds(call.atom(slots)));
            }
        }
        Ok(all)
    }
}

/// Whether an aggregate or `=` gives a value to one of the variables.
fn gives(item: &Item<'_>, lacking: &BTreeSet<Variable>) -> bool {
    let alone = |side: &Expression| match side {
        Expression::Argument(Written::Variable(variable)) => lacking.contains(variable),
        _ => false,
    };
    match item {
        Item::Aggregate(aggregate) if aggregate.recursive => condition_variables(aggregate)
            .iter()
            .any(|variable| lacking.contains(variable)),
        Item::Aggregate(aggregate) => match aggregate.result {
            Written::Variable(result) => lacking.contains(&result),
            Written::Constant(_) => false,
        },
        Item::Comparison {
            left,
            comparison: Comparison::Equal,
            right,
        } => alone(left) || alone(right),
        Item::Comparison { .. } | Item::Literal(_) | Item::Except(_) => false,
    }
}
