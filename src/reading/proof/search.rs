//! Matches of a condition in one context, with the round in which the last of their rows arrived: what proofs, attempts and loops
//! are made of. Rows are walked in order of arrival, so that the earliest match is found without looking at all.

use super::moment::Moment;
use crate::core::branches::{Branch, Item, branches, conjunction};
use crate::core::{CoreId, Side, View};
use crate::model::RowId;
use crate::program::{Aggregate, Argument, Body, Expression, Literal, Variable, Variables};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all, dual, free_variable, value};
use crate::reading::standing::Bound;
use crate::value::{Comparison, Term};

/// The view, bound and context in which a condition is read.
#[derive(Clone, Copy, Debug)]
pub struct Under<'a> {
    pub view: View,
    pub bound: Bound,
    pub moment: &'a Moment,
    /// Those of the statement that the condition belongs to.
    pub variables: &'a Variables,
}

/// The rows that matches may rest on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Among<'a> {
    /// Those that arrived earlier.
    pub before: Option<u32>,
    /// All but that of this sentence.
    pub but: Option<(Side, &'a [Term])>,
}

/// Which matches are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    AtMost(usize),
    Earliest,
}

/// A binding under which a condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub binding: Binding,
    /// When the last of its rows arrived; 0 where it reads none.
    pub rank: u32,
}

/// Steps that a search goes on for an earlier match once it has one.
const PATIENCE: usize = 100_000;

struct Search<'a> {
    under: Under<'a>,
    among: Among<'a>,
    want: Want,
    found: Vec<Match>,
    steps: usize,
}

impl Search<'_> {
    fn admits(&self, round: u32) -> bool {
        let better = match (self.want, self.found.first()) {
            (Want::Earliest, Some(best)) => round < best.rank,
            _ => true,
        };
        better && self.among.before.is_none_or(|before| round < before)
    }

    fn is_left_out(&self, side: Side, terms: &[Term]) -> bool {
        self.among.but == Some((side, terms))
    }

    fn is_done(&self) -> bool {
        match self.want {
            Want::AtMost(count) => self.found.len() >= count,
            Want::Earliest => self
                .found
                .first()
                .is_some_and(|best| best.rank == 0 || self.steps == 0),
        }
    }

    fn keep(&mut self, found: Match) {
        match self.want {
            Want::AtMost(_) => self.found.push(found),
            Want::Earliest => self.found = vec![found],
        }
    }
}

/// The rows that a literal may bind.
enum Rows {
    All(u32),
    These(Vec<RowId>),
}

impl Rows {
    fn get(&self, at: usize) -> Option<RowId> {
        match self {
            Self::All(count) => ((at as u32) < *count).then_some(RowId(at as u32)),
            Self::These(rows) => rows.get(at).copied(),
        }
    }
}

impl Reader<'_> {
    /// The ways to complete a binding so that a conjunction holds.
    pub(in crate::reading) fn search(
        &mut self,
        branch: &Branch<'_>,
        mut start: Binding,
        under: Under<'_>,
        among: Among<'_>,
        want: Want,
    ) -> Vec<Match> {
        let mut search = Search {
            under,
            among,
            want,
            found: Vec::new(),
            steps: PATIENCE,
        };
        self.seek(&mut search, &mut branch.clone(), &mut start, 0);
        search.found
    }

    /// Whether a condition holds for some values of the variables that a binding leaves open.
    pub(in crate::reading) fn holds_at(
        &mut self,
        body: &Body,
        binding: &Binding,
        under: Under<'_>,
    ) -> bool {
        let all = branches(Some(body)).unwrap_or_default();
        all.iter().any(|branch| {
            !self
                .search(
                    branch,
                    binding.clone(),
                    under,
                    Among::default(),
                    Want::AtMost(1),
                )
                .is_empty()
        })
    }

    /// Goes through the items of a conjunction, the most bound first.
    fn seek(
        &mut self,
        search: &mut Search<'_>,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        rank: u32,
    ) {
        search.steps = search.steps.saturating_sub(1);
        if search.is_done() {
            return;
        }
        let Some(next) = self.next_item(items, binding) else {
            search.keep(Match {
                binding: binding.clone(),
                rank,
            });
            return;
        };
        for first in self.first_items(items, binding, next) {
            self.seek_from(search, items, first, binding, rank);
        }
    }

    /// Goes through the items of a conjunction, this one first.
    fn seek_from(
        &mut self,
        search: &mut Search<'_>,
        items: &mut Branch<'_>,
        next: usize,
        binding: &mut Binding,
        rank: u32,
    ) {
        let item = items.swap_remove(next);
        match item {
            Item::Literal(literal) => self.seek_literal(search, literal, items, binding, rank),
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                self.seek_comparison(search, (left, comparison, right), items, binding, rank);
            }
            Item::Aggregate(aggregate) => {
                self.seek_aggregate(search, aggregate, items, binding, rank)
            }
            Item::Except(exception) => {
                if !self.is_excepted(exception, binding, search.under) {
                    self.seek(search, items, binding, rank);
                }
            }
        }
        items.push(item);
        let last = items.len() - 1;
        items.swap(next, last);
    }

    /// Whether an exception holds: met firmly where it is not possible, possibly where it is not presumed.
    pub(in crate::reading) fn is_excepted(
        &mut self,
        exception: &Body,
        binding: &Binding,
        under: Under<'_>,
    ) -> bool {
        let under = Under {
            view: dual(under.view),
            bound: under.bound.other(),
            ..under
        };
        self.holds_at(exception, binding, under)
    }

    fn seek_literal(
        &mut self,
        search: &mut Search<'_>,
        literal: &Literal,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        rank: u32,
    ) {
        let side = Side::from(literal);
        let pattern: Vec<Option<Term>> = literal
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect();
        if let Some(row) = pattern.iter().copied().collect::<Option<Vec<Term>>>() {
            if search.is_left_out(side, &row) {
                return;
            }
            let round = self.arrival_under(side, &row, search.under);
            if let Some(round) = round.filter(|&round| search.admits(round)) {
                self.seek(search, items, binding, rank.max(round));
            }
            return;
        }
        let Some(relation) = self.view(side, search.under.view) else {
            return;
        };
        let rows = self.rows_matching(relation, search.under.bound, &pattern);
        let in_order = !self.table(relation, search.under.bound).is_labelled();
        for row in (0..).map_while(|at| rows.get(at)) {
            let table = self.table(relation, search.under.bound);
            let Some(round) = table.arrival(row, |part| self.at_moment(part, search.under.moment))
            else {
                continue;
            };
            if !search.admits(round) {
                if in_order {
                    break;
                }
                continue;
            }
            let row = self.table(relation, search.under.bound).row(row);
            if !search.is_left_out(side, row) && bind_all(&literal.arguments, row, binding) {
                self.seek(search, items, binding, rank.max(round));
            }
            unbind(&literal.arguments, &pattern, binding);
            if search.is_done() {
                break;
            }
        }
    }

    fn rows_matching(&self, relation: CoreId, bound: Bound, pattern: &[Option<Term>]) -> Rows {
        let table = self.table(relation, bound);
        match pattern.iter().all(Option::is_none) {
            true => Rows::All(table.len() as u32),
            false => Rows::These(table.matching(pattern)),
        }
    }

    fn seek_comparison(
        &mut self,
        search: &mut Search<'_>,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        items: &mut Branch<'_>,
        binding: &mut Binding,
        rank: u32,
    ) {
        // What cannot be computed stopped the run, or concerns bindings that no conclusion rests on.
        let (Ok(left_value), Ok(right_value)) =
            (self.evaluate(left, binding), self.evaluate(right, binding))
        else {
            return;
        };
        let free = match (left_value, right_value) {
            (Some(left), Some(right)) => {
                if self
                    .model
                    .terms
                    .compare(left, comparison, right)
                    .unwrap_or(false)
                {
                    self.seek(search, items, binding, rank);
                }
                return;
            }
            (Some(value), None) => free_variable(right).map(|variable| (variable, value)),
            (None, Some(value)) => free_variable(left).map(|variable| (variable, value)),
            (None, None) => None,
        };
        if let Some((Variable(variable), value)) = free.filter(|_| comparison == Comparison::Equal)
        {
            binding[variable as usize] = Some(value);
            self.seek(search, items, binding, rank);
            binding[variable as usize] = None;
        }
    }

    fn seek_aggregate(
        &mut self,
        search: &mut Search<'_>,
        aggregate: &Aggregate,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        rank: u32,
    ) {
        if aggregate.recursive {
            return self.seek_best(search, aggregate, items, binding, rank);
        }
        for result in self.aggregates_at(aggregate, binding, search.under) {
            let mut with = binding.clone();
            for (known, found) in with.iter_mut().zip(&result.binding) {
                *known = known.or(*found);
            }
            if bind_all(&[aggregate.result], &[result.value], &mut with) {
                self.seek(search, items, &mut with, rank);
            }
        }
    }

    /// `least` or `greatest` feeding the relation that it reads: its condition is part of the body, and each match gives a value.
    fn seek_best(
        &mut self,
        search: &mut Search<'_>,
        aggregate: &Aggregate,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        rank: u32,
    ) {
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            let matches = self.search(
                &branch,
                binding.clone(),
                search.under,
                search.among,
                Want::AtMost(usize::MAX),
            );
            for Match {
                binding: mut with,
                rank: own,
            } in matches
            {
                let Ok(Some(value)) = self.evaluate(&aggregate.over, &with) else {
                    continue;
                };
                if search.admits(own) && bind_all(&[aggregate.result], &[value], &mut with) {
                    self.seek(search, items, &mut with, rank.max(own));
                }
            }
        }
    }

    /// When a literal arrived under a view in a context; `None` where it does not hold there. The opposite in a `one` relation
    /// arrives with a rival value.
    pub(in crate::reading) fn arrival_under(
        &self,
        side: Side,
        terms: &[Term],
        under: Under<'_>,
    ) -> Option<u32> {
        let own = self.own_arrival(side, terms, under);
        own.or_else(|| self.rival_for(side, terms, under).map(|(_, round)| round))
    }

    /// When a literal arrived by its own row.
    pub(super) fn own_arrival(&self, side: Side, terms: &[Term], under: Under<'_>) -> Option<u32> {
        let table = self.table(self.view(side, under.view)?, under.bound);
        table.arrival(table.find(terms)?, |part| {
            self.at_moment(part, under.moment)
        })
    }

    /// The rival value that makes the opposite of a sentence of a `one` relation hold, and when it arrived: the earliest.
    pub(in crate::reading) fn rival_for(
        &self,
        side: Side,
        terms: &[Term],
        under: Under<'_>,
    ) -> Option<(Vec<Term>, u32)> {
        let place = self.program.relations[side.relation.0 as usize]
            .one
            .filter(|_| side.negative)?;
        let table = self.table(self.view(side.opposite(), under.view)?, under.bound);
        let mut pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        pattern[place] = None;
        let rivals = table
            .matching(&pattern)
            .into_iter()
            .filter(|&row| table.row(row)[place] != terms[place]);
        let arrived = rivals.filter_map(|row| {
            let round = table.arrival(row, |part| self.at_moment(part, under.moment))?;
            Some((table.row(row).to_vec(), round))
        });
        arrived.min_by_key(|&(_, round)| round)
    }
}

/// Takes back what a row bound: the variables that the pattern had open.
fn unbind(arguments: &[Argument], pattern: &[Option<Term>], binding: &mut Binding) {
    for (argument, known) in arguments.iter().zip(pattern) {
        if let (Argument::Variable(variable), None) = (argument, known) {
            binding[variable.0 as usize] = None;
        }
    }
}
