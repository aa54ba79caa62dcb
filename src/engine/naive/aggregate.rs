//! Aggregates of the judge: every choice among the open rows has its value.

use super::matching::{Match, bind};
use super::strata::strata;
use super::{Bound, Judge, Row, Rows, World};
use crate::core::{Argument, CoreAggregate, CoreCall, CoreLiteral, Slot};
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term, Trouble};
use std::collections::BTreeSet;

impl Judge<'_> {
    /// Matches for every group that has rows.
    pub fn generate(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        bound: Bound,
        world: &World,
    ) -> Vec<Match> {
        let called = match self.world_of(begun, aggregate, world) {
            Ok(called) => called,
            Err(troubled) => return vec![troubled],
        };
        let world = called.as_ref().unwrap_or(world);
        let rows = &world.open[aggregate.matches.at()];
        let column = |slot: &Slot| {
            aggregate
                .arguments
                .iter()
                .position(|argument| argument == slot)
        };
        let groups: BTreeSet<Row> = rows
            .iter()
            .map(|row| {
                aggregate
                    .groups
                    .iter()
                    .filter_map(|slot| Some(row[column(slot)?]))
                    .collect()
            })
            .collect();
        let arguments: Vec<Argument> = aggregate
            .groups
            .iter()
            .map(|&slot| Argument::Slot(slot))
            .collect();
        let bound_groups = groups
            .iter()
            .filter_map(|group| bind(begun, &arguments, group))
            .collect::<Vec<_>>();
        bound_groups
            .iter()
            .flat_map(|begun| self.results(begun, aggregate, bound, world, false))
            .collect()
    }

    pub fn generate_given(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        bound: Bound,
        world: &World,
    ) -> Vec<Match> {
        match self.world_of(begun, aggregate, world) {
            Ok(called) => {
                let world = called.as_ref().unwrap_or(world);
                self.results(begun, aggregate, bound, world, true)
            }
            Err(troubled) => vec![troubled],
        }
    }

    /// The world in which the call of an aggregate has been made, if it makes one; the match in trouble where that cannot be computed.
    fn world_of(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        world: &World,
    ) -> Result<Option<World>, Match> {
        let Some(call) = &aggregate.call else {
            return Ok(None);
        };
        let called = self.called(call, begun, world);
        called.map(Some).map_err(|trouble| Match {
            trouble: begun.trouble.clone().or(Some(trouble)),
            ..begun.clone()
        })
    }

    /// The values of an aggregate whose groups are bound: by every choice of the open rows.
    fn results(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        bound: Bound,
        world: &World,
        given: bool,
    ) -> Vec<Match> {
        let arguments: Vec<Argument> = aggregate
            .arguments
            .iter()
            .map(|&slot| Argument::Slot(slot))
            .collect();
        let mut fresh = Match {
            bindings: vec![None; begun.bindings.len()],
            trouble: None,
        };
        for slot in &aggregate.groups {
            fresh.bindings[slot.0 as usize] = begun.bindings[slot.0 as usize];
        }
        let members = |rows: &Rows| {
            rows.iter()
                .filter(|row| bind(&fresh, &arguments, row).is_some())
                .cloned()
                .collect::<Rows>()
        };
        let certain = members(&world.holds[aggregate.matches.at()]);
        let open: Vec<Row> = members(&world.open[aggregate.matches.at()])
            .difference(&certain)
            .cloned()
            .collect();
        let mut values: Vec<Option<Result<Term, Trouble>>> = Vec::new();
        for choice in 0..1u32 << open.len() {
            let chosen = (0..open.len())
                .filter(|at| choice >> at & 1 == 1)
                .map(|at| open[at].clone());
            let rows: Rows = certain.iter().cloned().chain(chosen).collect();
            let value = self
                .aggregate(&rows, &fresh, &arguments, aggregate, given)
                .transpose();
            let value = value.map(|value| value.map_err(|_| Trouble::DivisionByZero));
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if bound == Bound::Lower && values.len() > 1 {
            values.clear();
        }
        values
            .into_iter()
            .flatten()
            .filter_map(|value| match value {
                Ok(value) => bind(begun, &[aggregate.result], &[value]),
                Err(trouble) => Some(Match {
                    trouble: begun.trouble.clone().or(Some(trouble)),
                    ..begun.clone()
                }),
            })
            .collect()
    }

    /// The world in which a call has been made with the values of a match, and nothing else.
    pub fn called(
        &mut self,
        call: &CoreCall,
        begun: &Match,
        world: &World,
    ) -> Result<World, Trouble> {
        let value = |slot: &Slot| begun.bindings[slot.0 as usize].expect("calls wait for values");
        let values: Row = call.arguments.iter().map(value).collect();
        let mut world = world.clone();
        for bound in [&mut world.holds, &mut world.open] {
            bound[call.relation.at()] = Rows::from([values.clone()]);
        }
        let lenient = self.lenient;
        for stratum in strata(self.core) {
            let mut relations = stratum.iter();
            if relations.any(|&relation| self.rests_on(relation, call)) {
                self.stratum(&stratum, &mut world, lenient)?;
                self.lenient = lenient;
            }
        }
        Ok(world)
    }

    /// Whether a relation has rows only for what is called.
    pub fn rests_on(&self, relation: usize, call: &CoreCall) -> bool {
        let reads = |literal: &CoreLiteral| matches!(literal, CoreLiteral::Holds(atom) if atom.relation == call.relation);
        let mut rules = self.core.rules.iter();
        rules.any(|rule| rule.head.relation.at() == relation && rule.body.iter().any(reads))
    }

    fn aggregate(
        &mut self,
        rows: &Rows,
        fresh: &Match,
        arguments: &[Argument],
        aggregate: &CoreAggregate,
        given: bool,
    ) -> Result<Option<Term>, Trouble> {
        let mut values = Vec::new();
        for row in rows {
            let bound = bind(fresh, arguments, row).expect("a row of the group");
            values.push(
                self.value(&aggregate.over, &bound)
                    .expect("a value over columns")?,
            );
        }
        let (kind, zero) = (aggregate.kind, self.terms.whole(0));
        if kind == AggregateKind::Number {
            let distinct: BTreeSet<Term> = values.into_iter().collect();
            let count = self.terms.whole(distinct.len() as i64);
            return Ok((given || !distinct.is_empty()).then_some(count));
        }
        let Some(&first) = values.first() else {
            return Ok((kind == AggregateKind::Sum && given).then_some(zero));
        };
        let mut total = first;
        for &value in &values[1..] {
            total = match kind {
                AggregateKind::Sum | AggregateKind::Average => {
                    self.terms.compute(total, Operation::Add, value)?
                }
                AggregateKind::Least if self.terms.compare(value, Comparison::Less, total)? => {
                    value
                }
                AggregateKind::Greatest
                    if self.terms.compare(value, Comparison::Greater, total)? =>
                {
                    value
                }
                _ => total,
            };
        }
        if kind == AggregateKind::Average {
            let count = self.terms.whole(values.len() as i64);
            total = self.terms.compute(total, Operation::Divide, count)?;
        }
        Ok(Some(total))
    }
}
