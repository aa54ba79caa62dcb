//! The judge of the engine, for tests: the model of a core straight from the definitions, one context at a time, by trying
//! every match of every rule over and over. No indexes, no news, no plans.

use crate::core::{
    Argument, Atom, Best, Core, CoreAggregate, CoreExpression, CoreId, CoreLiteral, CoreRule, Slot,
};
use crate::label::Label;
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term, Terms, Trouble};
use std::collections::BTreeSet;

pub type Row = Vec<Term>;
type Rows = BTreeSet<Row>;

/// The rows of every relation in one context: those that hold, and those that hold or are open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    pub holds: Vec<Rows>,
    pub open: Vec<Rows>,
}

/// The context is told by which labels contain it.
pub struct Judge<'a> {
    pub core: &'a Core,
    pub terms: &'a mut Terms,
    pub contains: &'a dyn Fn(Label) -> bool,
}

/// A match of a rule's body.
#[derive(Clone, Debug)]
pub struct Match {
    pub bindings: Vec<Option<Term>>,
    pub trouble: Option<Trouble>,
}

/// Which of the two bounds is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Lower,
    Upper,
}

impl Judge<'_> {
    /// The whole model in the context.
    pub fn world(&mut self) -> Result<World, Trouble> {
        let count = self.core.relations.len();
        let mut world = World {
            holds: vec![Rows::new(); count],
            open: vec![Rows::new(); count],
        };
        for stratum in strata(self.core) {
            self.stratum(&stratum, &mut world)?;
        }
        Ok(world)
    }

    fn stratum(&mut self, stratum: &[usize], world: &mut World) -> Result<(), Trouble> {
        loop {
            let before = world.clone();
            self.bound(stratum, Bound::Upper, world, true)?;
            self.bound(stratum, Bound::Lower, world, true)?;
            if *world == before {
                break;
            }
        }
        self.bound(stratum, Bound::Lower, world, false)?;
        self.bound(stratum, Bound::Upper, world, false)
    }

    /// The least set of rows that the rules close, with absence judged by the other bound as it is.
    fn bound(
        &mut self,
        stratum: &[usize],
        bound: Bound,
        world: &mut World,
        lenient: bool,
    ) -> Result<(), Trouble> {
        for &relation in stratum {
            *world.of_mut(bound, relation) = Rows::new();
        }
        loop {
            let mut next = world.clone();
            for &relation in stratum {
                let wide = self.core.relations[relation].wide;
                let read = if wide { Bound::Upper } else { bound };
                let mut rows = self.facts(relation);
                for rule in self
                    .core
                    .rules
                    .iter()
                    .filter(|rule| rule.head.relation.at() == relation)
                {
                    if !(self.contains)(rule.label) {
                        continue;
                    }
                    for found in self.matches(rule, read, world) {
                        match found.trouble {
                            None => drop(rows.insert(row(&rule.head, &found.bindings))),
                            Some(_) if lenient || wide => {}
                            Some(trouble) => return Err(trouble),
                        }
                    }
                }
                if let Some((place, best)) = self.core.relations[relation].best {
                    rows = self.best(rows, place, best)?;
                }
                *next.of_mut(bound, relation) = rows;
            }
            if next == *world {
                return Ok(());
            }
            *world = next;
        }
    }

    pub fn facts(&self, relation: usize) -> Rows {
        let mut rows = Rows::new();
        for facts in self
            .core
            .facts
            .iter()
            .filter(|facts| facts.relation.at() == relation)
        {
            for at in 0..facts.rows {
                let label = facts
                    .labels
                    .as_ref()
                    .map_or(Label::ALWAYS, |labels| labels[at]);
                if (self.contains)(label) {
                    rows.insert(facts.terms[at * facts.arity..(at + 1) * facts.arity].to_vec());
                }
            }
        }
        rows
    }

    fn best(&self, rows: Rows, place: usize, best: Best) -> Result<Rows, Trouble> {
        let comparison = if best == Best::Least {
            Comparison::Less
        } else {
            Comparison::Greater
        };
        let mut kept = Rows::new();
        for row in &rows {
            let mut beaten = false;
            for other in &rows {
                let rivals = (0..row.len()).all(|at| at == place || row[at] == other[at]);
                beaten |= rivals && self.terms.compare(other[place], comparison, row[place])?;
            }
            if !beaten {
                kept.insert(row.clone());
            }
        }
        Ok(kept)
    }

    /// Every match of a body: first what the positive literals allow, then what else can be bound, then the tests.
    pub fn matches(&mut self, rule: &CoreRule, bound: Bound, world: &World) -> Vec<Match> {
        let mut found = vec![Match {
            bindings: vec![None; rule.slots as usize],
            trouble: None,
        }];
        for literal in &rule.body {
            if let CoreLiteral::Holds(atom) = literal {
                let rows = world.of(bound, atom.relation.at());
                found = found
                    .iter()
                    .flat_map(|begun| {
                        rows.iter()
                            .filter_map(|row| bind(begun, &atom.arguments, row))
                    })
                    .collect();
            }
        }
        let mut open: Vec<usize> = (0..rule.body.len())
            .filter(|&at| !matches!(rule.body[at], CoreLiteral::Holds(_)))
            .collect();
        for at in open.clone() {
            if let CoreLiteral::Aggregate(aggregate) = &rule.body[at]
                && !super::aggregate::is_given(rule, at)
            {
                found = found
                    .iter()
                    .flat_map(|begun| self.generate(begun, aggregate, bound, world))
                    .collect();
                open.retain(|&other| other != at);
            }
        }
        found
            .into_iter()
            .filter_map(|begun| self.finish(rule, begun, open.clone(), bound, world))
            .collect::<Vec<_>>()
            .concat()
    }

    /// The match with everything bound and tested; a given aggregate may have several values.
    fn finish(
        &mut self,
        rule: &CoreRule,
        begun: Match,
        mut open: Vec<usize>,
        bound: Bound,
        world: &World,
    ) -> Option<Vec<Match>> {
        let mut begun = begun;
        let mut at = 0;
        while at < open.len() {
            let literal = &rule.body[open[at]];
            match literal {
                CoreLiteral::Compare {
                    left,
                    comparison: Comparison::Equal,
                    right,
                } => {
                    let (a, b) = (self.value(left, &begun), self.value(right, &begun));
                    match (a, b, lone(left), lone(right)) {
                        (None, Some(Ok(term)), Some(slot), _)
                        | (Some(Ok(term)), None, _, Some(slot)) => {
                            begun.bindings[slot] = Some(term);
                        }
                        (Some(Err(trouble)), _, _, _) | (_, Some(Err(trouble)), _, _) => {
                            begun.trouble.get_or_insert(trouble);
                        }
                        (Some(Ok(a)), Some(Ok(b)), _, _) => {
                            if !self.terms.compare(a, Comparison::Equal, b).ok()? {
                                return None;
                            }
                        }
                        _ => {
                            at += 1;
                            continue;
                        }
                    }
                }
                CoreLiteral::Aggregate(aggregate)
                    if aggregate
                        .groups
                        .iter()
                        .all(|slot| begun.bindings[slot.0 as usize].is_some()) =>
                {
                    let values = self.generate_given(&begun, aggregate, bound, world);
                    open.remove(at);
                    let all = values
                        .into_iter()
                        .filter_map(|value| self.finish(rule, value, open.clone(), bound, world));
                    return Some(all.collect::<Vec<_>>().concat());
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            open.remove(at);
            at = 0;
        }
        for at in open {
            self.test(rule, at, &mut begun, bound, world)?;
        }
        Some(vec![begun])
    }

    /// None if the literal fails. What hangs on something that cannot be computed counts as holding.
    fn test(
        &mut self,
        rule: &CoreRule,
        at: usize,
        begun: &mut Match,
        bound: Bound,
        world: &World,
    ) -> Option<()> {
        match &rule.body[at] {
            CoreLiteral::Fails(atom) => {
                let unbound = |argument: &&Argument| matches!(argument, Argument::Slot(slot) if begun.bindings[slot.0 as usize].is_none());
                if atom
                    .arguments
                    .iter()
                    .filter(unbound)
                    .any(|argument| is_elsewhere(rule, at, argument))
                {
                    return Some(());
                }
                let other = if bound == Bound::Lower {
                    Bound::Upper
                } else {
                    Bound::Lower
                };
                let rows = world.of(other, atom.relation.at());
                (!rows
                    .iter()
                    .any(|row| bind(begun, &atom.arguments, row).is_some()))
                .then_some(())
            }
            CoreLiteral::Compare {
                left,
                comparison,
                right,
            } => self.test_comparison(left, *comparison, right, true, begun),
            CoreLiteral::CompareFails {
                left,
                comparison,
                right,
            } => self.test_comparison(left, *comparison, right, false, begun),
            CoreLiteral::Holds(_) | CoreLiteral::Aggregate(_) => Some(()),
        }
    }

    fn test_comparison(
        &mut self,
        left: &CoreExpression,
        comparison: Comparison,
        right: &CoreExpression,
        wanted: bool,
        begun: &mut Match,
    ) -> Option<()> {
        let (Some(a), Some(b)) = (self.value(left, begun), self.value(right, begun)) else {
            return Some(());
        };
        match a.and_then(|a| self.terms.compare(a, comparison, b?)) {
            Ok(holds) => (holds == wanted).then_some(()),
            Err(trouble) => {
                begun.trouble.get_or_insert(trouble);
                Some(())
            }
        }
    }

    /// None where a slot is not bound.
    fn value(
        &mut self,
        expression: &CoreExpression,
        begun: &Match,
    ) -> Option<Result<Term, Trouble>> {
        Some(match expression {
            CoreExpression::Argument(Argument::Constant(constant)) => Ok(*constant),
            CoreExpression::Argument(Argument::Slot(slot)) => Ok(begun.bindings[slot.0 as usize]?),
            CoreExpression::Negative(inner) => {
                let inner = self.value(inner, begun)?;
                inner.and_then(|inner| {
                    crate::value::negate(&self.terms.get(inner))
                        .map(|value| self.terms.intern(value))
                })
            }
            CoreExpression::Binary {
                left,
                operation,
                right,
            } => {
                let (left, right) = (self.value(left, begun)?, self.value(right, begun)?);
                left.and_then(|left| self.terms.compute(left, *operation, right?))
            }
            CoreExpression::Power { base, exponent } => {
                let base = self.value(base, begun)?;
                base.and_then(|base| {
                    crate::value::power(&self.terms.get(base), *exponent)
                        .map(|value| self.terms.intern(value))
                })
            }
        })
    }

    /// Matches for every group that has rows.
    fn generate(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        bound: Bound,
        world: &World,
    ) -> Vec<Match> {
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

    fn generate_given(
        &mut self,
        begun: &Match,
        aggregate: &CoreAggregate,
        bound: Bound,
        world: &World,
    ) -> Vec<Match> {
        self.results(begun, aggregate, bound, world, true)
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

impl World {
    pub fn of(&self, bound: Bound, relation: usize) -> &Rows {
        if bound == Bound::Lower {
            &self.holds[relation]
        } else {
            &self.open[relation]
        }
    }

    fn of_mut(&mut self, bound: Bound, relation: usize) -> &mut Rows {
        if bound == Bound::Lower {
            &mut self.holds[relation]
        } else {
            &mut self.open[relation]
        }
    }
}

fn bind(begun: &Match, arguments: &[Argument], row: &[Term]) -> Option<Match> {
    let mut found = begun.clone();
    for (argument, &term) in arguments.iter().zip(row) {
        let known = match argument {
            Argument::Constant(constant) => *constant,
            Argument::Slot(slot) => *found.bindings[slot.0 as usize].get_or_insert(term),
        };
        if known != term {
            return None;
        }
    }
    Some(found)
}

pub fn row(atom: &Atom, bindings: &[Option<Term>]) -> Row {
    let term = |argument: &Argument| match argument {
        Argument::Constant(constant) => *constant,
        Argument::Slot(slot) => {
            bindings[slot.0 as usize].expect("check saw to it that every slot of a head is bound")
        }
    };
    atom.arguments.iter().map(term).collect()
}

fn lone(side: &CoreExpression) -> Option<usize> {
    match side {
        CoreExpression::Argument(Argument::Slot(slot)) => Some(slot.0 as usize),
        _ => None,
    }
}

fn is_elsewhere(rule: &CoreRule, at: usize, argument: &Argument) -> bool {
    let mentions = |atom: &Atom| atom.arguments.contains(argument);
    let in_expression =
        |side: &CoreExpression| format!("{side:?}").contains(&format!("{argument:?}"));
    mentions(&rule.head)
        || rule.body.iter().enumerate().any(|(other, literal)| {
            other != at
                && match literal {
                    CoreLiteral::Holds(atom) | CoreLiteral::Fails(atom) => mentions(atom),
                    CoreLiteral::Compare { left, right, .. }
                    | CoreLiteral::CompareFails { left, right, .. } => {
                        in_expression(left) || in_expression(right)
                    }
                    CoreLiteral::Aggregate(aggregate) => {
                        aggregate.result == *argument
                            || aggregate
                                .groups
                                .iter()
                                .any(|&slot| Argument::Slot(slot) == *argument)
                    }
                }
        })
}

/// Mutually recursive relations together, each set after those that it reads.
fn strata(core: &Core) -> Vec<Vec<usize>> {
    let count = core.relations.len();
    let mut reaches = vec![vec![false; count]; count];
    for rule in &core.rules {
        for CoreId(read) in rule.body.iter().filter_map(CoreLiteral::reads) {
            reaches[rule.head.relation.at()][read as usize] = true;
        }
    }
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
        }
    }
    let together = |a: usize, b: usize| a == b || reaches[a][b] && reaches[b][a];
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for relation in 0..count {
        if !sets
            .iter()
            .flatten()
            .any(|&known| together(known, relation))
        {
            sets.push(
                (0..count)
                    .filter(|&other| together(other, relation))
                    .collect(),
            );
        }
    }
    sets.sort_by_key(|set| {
        (0..count)
            .filter(|read| reaches[set[0]][*read] && !set.contains(read))
            .count()
    });
    sets
}
