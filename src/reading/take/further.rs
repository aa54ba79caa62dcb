//! Rows that an aggregate lacks: matches of its condition beyond those that could be made of what the program gives. A count rises with one
//! more day, country or number, whichever it is; a sum with one more amount, which is reckoned from what it lacks.
//!
//! How many rows there have to be is read off what is asked of the result beside the aggregate. Where nothing is asked of it there, one is
//! tried; where only that it be another one, what goes on to read it decides, and a few are.

use super::partial::Matches;
use super::reckoned::{Reckoned, comparisons};
use super::stand_in::{Column, Series};
use super::walk::{Walk, Want, Wanted, Within};
use crate::core::Side;
use crate::core::branches::{Branch, Item};
use crate::program::{Aggregate, Argument, Expression, Literal, Variable};
use crate::reading::aggregate::counted_variables;
use crate::reading::matching::{Binding, pattern, value};
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term, Value};
use indexmap::IndexSet;

/// Further rows that an aggregate may be given.
const MOST_ROWS: usize = 10;
/// Further rows where how many it takes is for others to say.
const FEW_ROWS: usize = 3;
/// Values that are tried for one of them.
const MOST_TRIED: usize = 20;
/// Literals of its condition that one row may be missing in.
const MOST_MISSING: usize = 2;

/// An aggregate that may lack rows.
pub struct Lacking<'a, 'b> {
    pub aggregate: &'a Aggregate,
    /// Where it stands.
    pub within: Within<'a, 'b>,
    pub binding: &'a Binding,
    /// The matches that hold in every context asked about.
    pub counted: Vec<Binding>,
    /// Whether what is asked of its result should fail.
    pub fails: bool,
}

/// What the result is to meet, all of it.
type Asked = Vec<(Comparison, Term)>;

/// What rows are found for.
struct Lack {
    /// Any of these would do; any result where there are none.
    asked: Vec<Asked>,
    /// The values that it is taken over now.
    values: Vec<Term>,
    /// How many more have to be counted; nothing where no number would do.
    rows: Option<usize>,
}

/// One way of completing a row.
struct Row<'a, 'b> {
    within: Within<'a, 'b>,
    /// With open variables.
    binding: Binding,
    /// Which of these take values that nothing gives; the others, one that is there.
    fresh: Vec<Variable>,
}

impl Walk<'_, '_> {
    /// The matches that hold in every context asked about, as far as sentences tell.
    pub(super) fn holding_now<'m>(
        &mut self,
        branch: &Branch<'_>,
        matches: impl Iterator<Item = &'m Binding>,
    ) -> Vec<Binding> {
        let holds = |walk: &mut Self, binding: &Binding| {
            branch.iter().all(|item| match item {
                Item::Literal(literal) => {
                    let (side, pattern) = pattern(literal, binding);
                    let terms = pattern.into_iter().collect::<Option<Vec<Term>>>();
                    terms.is_some_and(|terms| walk.holds_now(side, &terms))
                }
                _ => true,
            })
        };
        matches
            .filter(|binding| holds(self, binding))
            .cloned()
            .collect()
    }

    /// Supposes what further rows take.
    pub(super) fn further(&mut self, lacking: &Lacking<'_, '_>, alternatives: &[Branch<'_>]) {
        let Lacking {
            aggregate, binding, ..
        } = lacking;
        let is_bound = |group: &Variable| binding[group.0 as usize].is_some();
        if aggregate.recursive || !aggregate.groups.iter().all(is_bound) {
            return;
        }
        let Some(lack) = self.lack(lacking) else {
            return;
        };
        for branch in alternatives {
            let within = Within {
                branch,
                ..lacking.within
            };
            // A row that is new in two ways is far-fetched where known values make up rows enough.
            for left in 1..=MOST_MISSING {
                let matches = self.open_matches(branch, binding, left);
                let known = matches
                    .keys()
                    .filter(|known| open_in(branch, known).is_empty());
                let known = known.count().saturating_sub(lacking.counted.len());
                if self.rows(lacking, &lack, within, matches) || known >= lack.rows.unwrap_or(1) {
                    break;
                }
            }
        }
    }

    /// What is asked of the result, and what it is taken over now; nothing where that is as wanted.
    fn lack(&mut self, lacking: &Lacking<'_, '_>) -> Option<Lack> {
        let Lacking {
            aggregate,
            within,
            binding,
            ..
        } = *lacking;
        let mut asked = Asked::new();
        if let Some(value) = value(aggregate.result, binding) {
            asked.push((Comparison::Equal, value));
        }
        for (side, comparison, other) in comparisons(within.branch) {
            if *side == Expression::Argument(aggregate.result)
                && let Ok(Some(with)) = self.reader.evaluate(other, binding)
            {
                asked.push((comparison, with));
            }
        }
        let asked: Vec<Asked> = match lacking.fails {
            _ if asked.is_empty() => Vec::new(),
            true => {
                let opposites = asked.into_iter();
                let opposites = opposites.map(|(comparison, with)| (comparison.opposite(), with));
                opposites.map(|one| vec![one]).collect()
            }
            false => vec![asked],
        };
        let counted = counted_variables(aggregate, within.variables);
        let mut distinct = IndexSet::new();
        let mut values = Vec::new();
        for found in &lacking.counted {
            let row: Vec<Option<Term>> = (counted.iter()).map(|it| found[it.0 as usize]).collect();
            if distinct.insert(row) {
                values.push(self.reader.evaluate(&aggregate.over, found).ok()??);
            }
        }
        let mut lack = Lack {
            asked,
            values,
            rows: None,
        };
        if !lack.asked.is_empty() && self.comes_to(aggregate.kind, &lack, &[]) {
            return None;
        }
        let now: IndexSet<Term> = lack.values.iter().copied().collect();
        lack.rows = (1..=MOST_ROWS).find(|rows| {
            let count = self.reader.model.terms.whole((now.len() + rows) as i64);
            self.is_as_asked(&lack, count)
        });
        let is_open = |asked: &Asked| asked.iter().all(|(it, _)| *it == Comparison::NotEqual);
        if lacking.fails && !lack.asked.is_empty() && lack.asked.iter().all(is_open) {
            lack.rows = Some(FEW_ROWS);
        }
        if aggregate.kind == AggregateKind::Number && lack.rows.is_none() {
            self.found.cut |= self.is_beyond(&lack, now.len() + MOST_ROWS);
            return None;
        }
        Some(lack)
    }

    /// Whether a result over further values is as asked.
    fn comes_to(&mut self, kind: AggregateKind, lack: &Lack, further: &[Term]) -> bool {
        let values: Vec<Term> = lack.values.iter().chain(further).copied().collect();
        let result = self.reader.fold(kind, &values);
        result.is_some_and(|result| self.is_as_asked(lack, result))
    }

    fn is_as_asked(&self, lack: &Lack, result: Term) -> bool {
        let terms = &self.reader.model.terms;
        let meets = |&(comparison, with): &(Comparison, Term)| {
            terms.compare(result, comparison, with).unwrap_or(false)
        };
        lack.asked.is_empty() || lack.asked.iter().any(|asked| asked.iter().all(meets))
    }

    /// Supposes the rows that these matches lack; whether there are any.
    fn rows(
        &mut self,
        lacking: &Lacking<'_, '_>,
        lack: &Lack,
        within: Within<'_, '_>,
        matches: Matches,
    ) -> bool {
        let aggregate = lacking.aggregate;
        let over = match aggregate.over {
            Expression::Argument(Argument::Variable(over)) => Some(over),
            _ => None,
        };
        let named = counted_variables(aggregate, within.variables);
        let mut any = false;
        for (binding, _) in matches {
            let open = open_in(within.branch, &binding);
            if open.is_empty() {
                continue;
            }
            let named = |open: &[Variable]| -> Vec<Variable> {
                let open = open.iter().filter(|open| named.contains(open));
                open.copied().collect()
            };
            let counts = aggregate.kind == AggregateKind::Number;
            let Ok(value) = self.reader.evaluate(&aggregate.over, &binding) else {
                continue;
            };
            any |= match (value, over) {
                // A value that is there: counted once, summed as often as there are rows with it.
                (Some(value), _) => {
                    let fresh = named(&open);
                    if counts && lack.values.contains(&value) || !counts && fresh.is_empty() {
                        continue;
                    }
                    let row = Row {
                        within,
                        binding,
                        fresh,
                    };
                    self.of_one_value(aggregate.kind, lack, row, value)
                }
                (None, Some(over)) if !counts => self.with_value(
                    aggregate.kind,
                    lack,
                    over,
                    Row {
                        within,
                        fresh: named(&open),
                        binding,
                    },
                ),
                (None, Some(over)) => self.of_new_values(
                    lack,
                    Row {
                        within,
                        binding,
                        fresh: vec![over],
                    },
                ),
                (None, None) if counts => self.of_new_values(
                    lack,
                    Row {
                        within,
                        binding,
                        fresh: open,
                    },
                ),
                (None, None) => false,
            };
        }
        any
    }

    /// As many rows as a count lacks, each with another value.
    fn of_new_values(&mut self, lack: &Lack, row: Row<'_, '_>) -> bool {
        lack.rows.is_some_and(|rows| self.several(&row, rows, None))
    }

    /// Whether what is asked of a count lies beyond so many.
    fn is_beyond(&mut self, lack: &Lack, count: usize) -> bool {
        let terms = &mut self.reader.model.terms;
        let count = terms.whole(count as i64);
        let mut asked = lack.asked.iter().flatten();
        asked.any(|&(comparison, with)| {
            let above = !matches!(comparison, Comparison::Less | Comparison::LessOrEqual);
            above
                && terms
                    .compare(count, Comparison::Less, with)
                    .unwrap_or(false)
        })
    }

    /// As many rows with one value as there have to be.
    fn of_one_value(
        &mut self,
        kind: AggregateKind,
        lack: &Lack,
        row: Row<'_, '_>,
        value: Term,
    ) -> bool {
        let mut further = Vec::new();
        let most = match kind {
            AggregateKind::Sum | AggregateKind::Average => MOST_ROWS,
            _ => 1,
        };
        while further.len() < most {
            further.push(value);
            if self.comes_to(kind, lack, &further) {
                return self.several(&row, further.len(), None);
            }
        }
        false
    }

    /// One row with the value that a sum, an average or a comparison of values lacks.
    fn with_value(
        &mut self,
        kind: AggregateKind,
        lack: &Lack,
        over: Variable,
        mut row: Row<'_, '_>,
    ) -> bool {
        let asked: Vec<(Comparison, Term)> = lack.asked.iter().flatten().copied().collect();
        for (comparison, with) in asked {
            let Some(value) = self.lacking_value(kind, lack, (comparison, with)) else {
                continue;
            };
            let known = lack.values.iter().chain([&with]);
            let below_zero = known.copied().any(|known| self.is_negative(known));
            if !self.comes_to(kind, lack, &[value]) || self.is_negative(value) && !below_zero {
                continue;
            }
            row.binding[over.0 as usize] = Some(value);
            row.fresh.retain(|&fresh| fresh != over);
            let wanted = match kind {
                AggregateKind::Sum | AggregateKind::Average => Wanted::MakesUp(over, kind),
                _ => Wanted::Compared(Reckoned {
                    variable: over,
                    comparison,
                    with,
                }),
            };
            // Another row with what is there beside it does, unless that is there already.
            let fresh = std::mem::take(&mut row.fresh);
            if self.several(&row, 1, Some(wanted)) {
                return true;
            }
            row.fresh = fresh;
            if !row.fresh.is_empty() {
                return self.several(&row, 1, Some(wanted));
            }
        }
        false
    }

    /// The value with which a result meets a comparison just so.
    fn lacking_value(
        &mut self,
        kind: AggregateKind,
        lack: &Lack,
        (comparison, with): (Comparison, Term),
    ) -> Option<Term> {
        let terms = &mut self.reader.model.terms;
        let goal = terms.next(comparison, with)?;
        let Some((&first, rest)) = lack.values.split_first() else {
            return Some(goal);
        };
        let whole = match kind {
            AggregateKind::Least | AggregateKind::Greatest | AggregateKind::Number => {
                return Some(goal);
            }
            AggregateKind::Sum => goal,
            AggregateKind::Average => {
                let count = terms.whole(lack.values.len() as i64 + 1);
                terms.compute(goal, Operation::Multiply, count).ok()?
            }
        };
        let sum = rest.iter().try_fold(first, |sum, &value| {
            terms.compute(sum, Operation::Add, value).ok()
        })?;
        terms.compute(whole, Operation::Subtract, sum).ok()
    }

    fn is_negative(&self, term: Term) -> bool {
        match self.reader.model.terms.get(term) {
            Value::Number(number) => number.is_negative(),
            Value::Quantity(quantity) => quantity.number().is_negative(),
            Value::Date(_) | Value::Name(_) => false,
        }
    }

    /// Supposes so many rows, each with other values that nothing gives; whether there are so many, none of which could hold as it is.
    fn several(&mut self, row: &Row<'_, '_>, count: usize, wanted: Option<Wanted>) -> bool {
        for series in self.series(row) {
            let mut all: Vec<Binding> = Vec::new();
            let tried = match row.fresh.is_empty() {
                true => 1,
                false => count + MOST_TRIED,
            };
            for number in 0..tried {
                let Some(filled) = self.completed(row, series, number) else {
                    break;
                };
                if self.is_new(row.within.branch, &filled) {
                    all.push(filled);
                }
                if all.len() == count {
                    for binding in all {
                        self.items(row.within, (&binding, wanted), Want::Hold);
                    }
                    return true;
                }
            }
        }
        false
    }

    /// From where on values are tried: where a comparison asks for them, beyond what there is, short of it.
    fn series(&mut self, row: &Row<'_, '_>) -> Vec<(Option<Variable>, Series)> {
        let mut all = Vec::new();
        for (side, comparison, other) in comparisons(row.within.branch) {
            let &Expression::Argument(Argument::Variable(variable)) = side else {
                continue;
            };
            if row.fresh.contains(&variable)
                && let Ok(Some(with)) = self.reader.evaluate(other, &row.binding)
            {
                all.push((Some(variable), Series::From(comparison, with)));
            }
        }
        all.extend([(None, Series::Above), (None, Series::Below)]);
        all
    }

    /// A row with values for its open variables: new ones, by number, and for those that need not be new what is there.
    fn completed(
        &mut self,
        row: &Row<'_, '_>,
        (of, series): (Option<Variable>, Series),
        number: usize,
    ) -> Option<Binding> {
        let branch = row.within.branch;
        let mut filled = row.binding.clone();
        for variable in open_in(branch, &row.binding) {
            let name = &row.within.variables.0[variable.0 as usize];
            let columns = columns(branch, variable);
            let &(literal, column) = columns.first()?;
            let known = match row.fresh.contains(&variable) || columns.len() > 1 {
                true => None,
                false => self.known_value(literal, column, &row.binding),
            };
            let value = match known {
                Some(known) => known,
                None if !row.fresh.contains(&variable) => {
                    self.stand_in(column, Series::Above, 0, name)?
                }
                None if of.is_none_or(|of| of == variable) => {
                    self.stand_in(column, series, number, name)?
                }
                None => self.stand_in(column, Series::Above, number, name)?,
            };
            filled[variable.0 as usize] = Some(value);
        }
        for item in branch {
            if let Item::Comparison {
                left,
                comparison,
                right,
            } = *item
                && !self.compares((left, comparison, right), &mut filled)
            {
                // Another value may do.
                filled.clear();
                break;
            }
        }
        Some(filled)
    }

    /// A value that a place of a sentence has elsewhere: in the last row like it, else in the last one.
    fn known_value(
        &mut self,
        literal: &Literal,
        (side, place): Column,
        binding: &Binding,
    ) -> Option<Term> {
        let (_, like) = pattern(literal, binding);
        let any = vec![None; like.len()];
        let values = [like, any].into_iter().find_map(|pattern| {
            let rows = self.possible_rows(side, &pattern);
            rows.last().map(|row| row[place])
        });
        values.filter(|value| !self.found.stand_ins.contains(*value))
    }

    /// Whether a row is whole, and does not hold as it is.
    fn is_new(&mut self, branch: &Branch<'_>, binding: &Binding) -> bool {
        let mut is_new = false;
        for item in branch {
            if let Item::Literal(literal) = item
                && !binding.is_empty()
            {
                let (side, pattern) = pattern(literal, binding);
                let Some(terms) = pattern.into_iter().collect::<Option<Vec<Term>>>() else {
                    return false;
                };
                is_new |= !self.holds_now(side, &terms);
            }
        }
        is_new
    }

    /// A binding under which one sentence is missing that may have any value in its open places: with values that nothing gives.
    pub(super) fn filled(&mut self, within: Within<'_, '_>, binding: &Binding) -> Option<Binding> {
        let branch = within.branch;
        for item in branch {
            if let Item::Literal(literal) = item {
                let (side, pattern) = pattern(literal, binding);
                let terms = pattern.into_iter().collect::<Option<Vec<Term>>>();
                if terms.is_some_and(|terms| !self.could_hold(side, &terms)) {
                    return None;
                }
            }
        }
        let mut filled = binding.clone();
        let mut missing: Option<&Literal> = None;
        for variable in open_in(branch, binding) {
            let columns = columns(branch, variable);
            let [(literal, column)] = columns.as_slice() else {
                return None;
            };
            if literal.negative || missing.is_some_and(|missing| !std::ptr::eq(missing, *literal)) {
                return None;
            }
            missing = Some(literal);
            let name = &within.variables.0[variable.0 as usize];
            filled[variable.0 as usize] = Some(self.stand_in(*column, Series::Above, 0, name)?);
        }
        missing.map(|_| filled)
    }
}

/// The variables of a conjunction's sentences that have no value, each once.
fn open_in(branch: &Branch<'_>, binding: &Binding) -> Vec<Variable> {
    let mut open = IndexSet::new();
    for item in branch {
        if let Item::Literal(literal) = item {
            open.extend(
                literal
                    .arguments
                    .iter()
                    .filter_map(|argument| match argument {
                        Argument::Variable(variable) if value(*argument, binding).is_none() => {
                            Some(*variable)
                        }
                        _ => None,
                    }),
            );
        }
    }
    open.into_iter().collect()
}

/// Where a variable stands in the sentences of a conjunction.
fn columns<'b>(branch: &Branch<'b>, variable: Variable) -> Vec<(&'b Literal, Column)> {
    let mut all = Vec::new();
    for item in branch {
        if let Item::Literal(literal) = *item {
            let places = literal.arguments.iter().enumerate();
            let places = places.filter(|(_, it)| **it == Argument::Variable(variable));
            all.extend(places.map(|(place, _)| (literal, (Side::from(literal), place))));
        }
    }
    all
}
