//! A conjunction against everything that could hold in any context: the bindings that match it, and those under which only a few
//! of its literals are missing. Wider than what holds: exceptions and aggregates are passed over, times and worlds not looked at.
//! A comparison that fails counts as a literal that is missing: with the next value that would do, in place of the one there is.

use super::reckoned::{Reckoned, is_variable};
use super::stand_in::StandIns;
use super::walk::Walk;
use crate::core::branches::{Branch, Item};
use crate::core::{Side, View};
use crate::program::{Literal, Variable};
use crate::reading::matching::{Binding, bind_all, open_variables, pattern, value};
use crate::reading::standing::Bound;
use crate::value::{Comparison, Term};
use indexmap::{IndexMap, IndexSet};
use std::rc::Rc;

/// Literals of one conjunction that may be missing together.
const MOST_MISSING: usize = 4;
/// Bindings of one conjunction that are gone into.
const MOST_BINDINGS: usize = 500;
const MOST_PARTIAL: usize = 500;
/// Rows of one literal that are gone through.
const MOST_ROWS: usize = 1_000;
/// A literal with fewer rows comes before one with more, up to so many.
const FEW_ROWS: usize = 50;
/// Steps of one search.
const MOST_STEPS: usize = 20_000;

/// What stays the same through one search, and what it has found.
struct Search<'a, 'b> {
    branch: &'a Branch<'b>,
    most: usize,
    steps: usize,
    found: Matches,
    cut: bool,
    /// Whether something is missing at all.
    partial: bool,
    /// Whether what nothing binds is left open, whatever a comparison asks of it.
    open: bool,
}

impl Search<'_, '_> {
    /// Whether a row has a value that stands in for what something else lacks: no further lack is made out from there, for there would
    /// be no end.
    fn passes_over(&self, stand_ins: &StandIns, pattern: &[Option<Term>], row: &[Term]) -> bool {
        let is_new =
            |(&term, wanted): (&Term, &Option<Term>)| wanted.is_none() && stand_ins.contains(term);
        self.partial && row.iter().zip(pattern).any(is_new)
    }
}

/// Bindings, each with what was reckoned for it.
pub type Matches = IndexMap<Binding, Option<Reckoned>>;

/// How far one way of going through a conjunction has come.
#[derive(Clone)]
pub struct State {
    pub binding: Binding,
    /// Places of items still to be gone through.
    rest: Vec<usize>,
    /// Places of literals passed over as missing before all their variables had values.
    pub postponed: Vec<usize>,
    /// How many literals may still be missing.
    pub left: usize,
    pub reckoned: Option<Reckoned>,
    /// Variables that had a value to begin with.
    pub given: Rc<[Variable]>,
}

impl Walk<'_, '_> {
    /// The bindings under which every literal could hold.
    pub fn full_matches(&mut self, branch: &Branch<'_>, start: &Binding) -> Matches {
        let mut search = Search {
            branch,
            most: MOST_BINDINGS,
            steps: MOST_STEPS,
            found: Matches::new(),
            cut: false,
            partial: false,
            open: false,
        };
        self.go_through(&mut search, State::new(branch, start, 0));
        self.found.cut |= search.cut;
        search.found
    }

    /// The bindings under which so many literals at most are missing, with open variables where nothing but these would bind them.
    pub fn open_matches(&mut self, branch: &Branch<'_>, start: &Binding, left: usize) -> Matches {
        let mut search = Search {
            branch,
            most: MOST_PARTIAL,
            steps: MOST_STEPS,
            found: Matches::new(),
            cut: false,
            partial: true,
            open: true,
        };
        self.go_through(&mut search, State::new(branch, start, left));
        self.found.cut |= search.cut;
        search.found
    }

    /// The bindings under which a few literals at most are missing, those with the fewest first. What is missing may have open places:
    /// any sentence like it would do. `all` are those under which none is.
    pub fn partial_matches(
        &mut self,
        branch: &Branch<'_>,
        start: &Binding,
        mut all: Matches,
    ) -> Matches {
        let literals = branch
            .iter()
            .filter(|item| matches!(item, Item::Literal(_)))
            .count();
        let most = MOST_PARTIAL + all.len();
        for left in 1..=literals.min(MOST_MISSING) {
            let found = std::mem::take(&mut all);
            let mut search = Search {
                branch,
                most,
                steps: MOST_STEPS,
                found,
                cut: false,
                partial: true,
                open: false,
            };
            self.go_through(&mut search, State::new(branch, start, left));
            self.found.cut |= search.cut;
            all = search.found;
            if all.len() >= most {
                break;
            }
        }
        all
    }

    /// Goes through the rest of a conjunction. Recursion ends with its items.
    fn go_through(&mut self, search: &mut Search<'_, '_>, mut state: State) {
        let branch = search.branch;
        while let Some(next) = self.next_place(branch, &state) {
            if search.steps == 0 || self.steps == 0 || search.found.len() >= search.most {
                search.cut = true;
                return;
            }
            search.steps -= 1;
            self.steps -= 1;
            let place = state.rest.swap_remove(next);
            match &branch[place] {
                Item::Literal(literal) => {
                    let (side, pattern) = pattern(literal, &state.binding);
                    if let Some(row) = pattern.iter().copied().collect::<Option<Vec<Term>>>() {
                        if self.could_hold(side, &row) {
                            continue;
                        }
                        let Some(left) = state.left.checked_sub(1) else {
                            return;
                        };
                        state.left = left;
                        continue;
                    }
                    self.branch_out(search, &state, literal, &pattern);
                    let Some(left) = state.left.checked_sub(1) else {
                        return;
                    };
                    state.left = left;
                    state.postponed.push(place);
                }
                &Item::Comparison {
                    left,
                    comparison,
                    right,
                } => {
                    let compared = (left, comparison, right);
                    if !self.compares(compared, &mut state.binding)
                        && (search.open || !self.reckons(compared, &mut state))
                    {
                        return;
                    }
                    if !search.open {
                        self.proposes(branch, compared, &mut state);
                    }
                }
                Item::Aggregate(_) | Item::Except(_) => {}
            }
        }
        let mut postponed = state.postponed.iter();
        if postponed.all(|&place| self.is_missing(&branch[place], &state.binding)) {
            search.found.entry(state.binding).or_insert(state.reckoned);
        }
    }

    /// Goes on with each row that could hold.
    fn branch_out(
        &mut self,
        search: &mut Search<'_, '_>,
        state: &State,
        literal: &Literal,
        pattern: &[Option<Term>],
    ) {
        let side = Side::from(literal);
        let rows = self.possible_rows(side, pattern);
        let truncated = rows.len() >= MOST_ROWS;
        for row in rows {
            if search.passes_over(&self.found.stand_ins, pattern, &row) {
                continue;
            }
            let mut with = state.clone();
            if bind_all(&literal.arguments, &row, &mut with.binding) {
                self.go_through(search, with);
            }
            if search.cut {
                return;
            }
        }
        search.cut |= truncated;
    }

    /// Whether a literal that was passed over still has open places, or is one that nothing could make hold.
    fn is_missing(&self, item: &Item<'_>, binding: &Binding) -> bool {
        let Item::Literal(literal) = item else {
            return false;
        };
        let (side, pattern) = pattern(literal, binding);
        pattern
            .into_iter()
            .collect::<Option<Vec<Term>>>()
            .is_none_or(|row| !self.could_hold(side, &row))
    }

    /// What tests first, then the literal with the fewest rows, of several with many the one that binds least; comparisons that cannot
    /// be computed yet wait.
    fn next_place(&self, branch: &Branch<'_>, state: &State) -> Option<usize> {
        let literals = state.rest.iter();
        let literals = literals.filter(|&&place| matches!(branch[place], Item::Literal(_)));
        let several = literals.count() > 1;
        let cost = |place: usize| match &branch[place] {
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                let open =
                    open_variables(left, &state.binding) + open_variables(right, &state.binding);
                let gives =
                    *comparison == Comparison::Equal && (is_variable(left) || is_variable(right));
                match open {
                    0 => 0,
                    1 if gives => 2,
                    _ => 100_000,
                }
            }
            Item::Literal(literal) => {
                let open = literal
                    .arguments
                    .iter()
                    .filter(|&&argument| value(argument, &state.binding).is_none())
                    .count();
                if open == 0 {
                    1
                } else {
                    let rows = match several {
                        true => self.rows_up_to(literal, &state.binding, FEW_ROWS),
                        false => 0,
                    };
                    3 + 100 * rows + 10 * open + usize::from(open == literal.arguments.len())
                }
            }
            Item::Aggregate(_) | Item::Except(_) => 200_000,
        };
        (0..state.rest.len()).min_by_key(|&at| (cost(state.rest[at]), state.rest[at]))
    }

    /// How many rows a literal may have, none told apart that hold and could hold: at most so many.
    fn rows_up_to(&self, literal: &Literal, binding: &Binding, most: usize) -> usize {
        let (side, pattern) = pattern(literal, binding);
        let views = VIEWS.into_iter();
        let relations = views.filter_map(|view| self.reader.view(side, view));
        let count = |relation| {
            let table = self.reader.table(relation, Bound::Upper);
            table.matching_up_to(&pattern, most).len()
        };
        relations.map(count).max().unwrap_or(0)
    }

    /// Whether a literal without open places holds, or could, in some context.
    pub fn could_hold(&self, side: Side, terms: &[Term]) -> bool {
        let known = |side, pattern: &[Option<Term>], but: Option<(usize, Term)>| {
            VIEWS
                .into_iter()
                .filter_map(|view| self.reader.view(side, view))
                .any(|relation| {
                    let table = self.reader.table(relation, Bound::Upper);
                    table
                        .matching(pattern)
                        .into_iter()
                        .any(|row| but.is_none_or(|(place, term)| table.row(row)[place] != term))
                })
        };
        let pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        if known(side, &pattern, None) || self.reports.contains(&(side, terms.to_vec())) {
            return true;
        }
        let one = self.reader.program.relations[side.relation.0 as usize].one;
        one.filter(|_| side.negative).is_some_and(|place| {
            let mut group = pattern;
            group[place] = None;
            known(side.opposite(), &group, Some((place, terms[place])))
        })
    }

    /// The rows of a literal that hold, or could, in some context: not all of them where they are [`MOST_ROWS`].
    pub fn possible_rows(&self, side: Side, pattern: &[Option<Term>]) -> IndexSet<Vec<Term>> {
        let mut rows = IndexSet::new();
        for relation in VIEWS
            .into_iter()
            .filter_map(|view| self.reader.view(side, view))
        {
            let table = self.reader.table(relation, Bound::Upper);
            rows.extend(
                table
                    .matching_up_to(pattern, MOST_ROWS)
                    .into_iter()
                    .map(|row| table.row(row).to_vec()),
            );
        }
        let fits = |row: &[Term]| {
            row.iter()
                .zip(pattern)
                .all(|(term, wanted)| wanted.is_none_or(|wanted| wanted == *term))
        };
        let reported = self
            .reports
            .iter()
            .filter(|(of, row)| *of == side && fits(row));
        rows.extend(reported.map(|(_, row)| row.clone()));
        rows.truncate(MOST_ROWS);
        rows
    }
}

pub const VIEWS: [View; 3] = [View::Certain, View::Presumed, View::Possible];

impl State {
    fn new(branch: &Branch<'_>, start: &Binding, left: usize) -> Self {
        let given = (start.iter().enumerate())
            .filter_map(|(place, term)| term.map(|_| Variable(place as u32)));
        Self {
            binding: start.clone(),
            rest: (0..branch.len()).collect(),
            postponed: Vec::new(),
            left,
            reckoned: None,
            given: given.collect(),
        }
    }
}
