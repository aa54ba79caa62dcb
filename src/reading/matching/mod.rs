//! A condition over the model: which bindings of its variables make it stand how. The model is looked up, nothing is derived; a
//! comparison is computed on the values at hand.

use super::Reader;
use super::standing::{Bound, Standing};
use crate::complaint::Complaint;
use crate::core::branches::{Branch, Item, branches};
use crate::core::variables::variables_of;
use crate::core::{CoreId, Side, View};
use crate::label::{Diagram, Label};
use crate::program::{
    Aggregate, Argument, Body, Expression, Literal, Question, Variable, Variables,
};
use crate::text::Span;
use crate::value::{Comparison, Operation, Term, Trouble};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

/// A value for each variable of a statement, where it has one yet.
pub type Binding = Vec<Option<Term>>;

/// What a condition is read for.
#[derive(Clone, Copy)]
enum Lens {
    /// The standing of each binding.
    Status,
    /// Where it holds under one view, as an exception asks; all fields of the standing are that label.
    View(View, Bound),
}

/// The bindings of a condition's named variables, in order of finding.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    pub columns: Vec<Variable>,
    pub rows: IndexMap<Vec<Term>, Standing>,
}

impl Matches {
    /// How the condition stands as a whole: as its best binding does.
    pub fn best(&self, diagram: &mut Diagram) -> Standing {
        let mut rows = self.rows.values().copied();
        let first = rows.next().unwrap_or(Standing::UNKNOWN);
        rows.fold(first, |best, standing| best.or(standing, diagram))
    }
}

/// The condition of one statement.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub body: &'a Body,
    pub variables: &'a Variables,
    pub at: Span,
}

/// A literal with the values that its variables have so far.
pub fn pattern(literal: &Literal, binding: &Binding) -> (Side, Vec<Option<Term>>) {
    let side = Side::from(literal);
    (
        side,
        literal
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect(),
    )
}

impl<'a> Asked<'a> {
    pub fn of(question: &'a Question) -> Self {
        Self {
            body: &question.body,
            variables: &question.variables,
            at: question.at,
        }
    }
}

impl Reader<'_> {
    /// All bindings of the named variables under which the condition is more than unknown. Without named variables there is one
    /// row, whatever it stands like.
    pub fn matches(&mut self, asked: Asked<'_>) -> Result<Matches, Complaint> {
        let alternatives = branches(Some(asked.body)).unwrap_or_default();
        let columns = named_columns(&alternatives, asked.variables);
        let ground = alternatives
            .iter()
            .all(|branch| crate::core::variables::bound_variables(branch).is_empty());
        let mut rows: IndexMap<Vec<Term>, Standing> = IndexMap::new();
        for (place, branch) in alternatives.iter().enumerate() {
            let mut found = Vec::new();
            let mut search = Search {
                at: asked.at,
                lens: Lens::Status,
                ground,
                found: &mut found,
            };
            let mut binding = vec![None; asked.variables.0.len()];
            self.search_all(
                &mut search,
                &mut branch.clone(),
                &mut binding,
                Standing::TRUE,
            )?;
            for (binding, mut standing) in found {
                if !ground {
                    // "For some" is never refuted by one of many.
                    standing.refuted = Label::NEVER;
                }
                let row: Vec<Term> = columns
                    .iter()
                    .filter_map(|column| binding[column.0 as usize])
                    .collect();
                let merged = match rows.get(&row) {
                    Some(&known) => known.or(standing, &mut self.model.diagram),
                    None if ground && place > 0 => {
                        Standing::UNKNOWN.or(standing, &mut self.model.diagram)
                    }
                    None => standing,
                };
                rows.insert(row, merged);
            }
        }
        if columns.is_empty() && rows.is_empty() {
            rows.insert(Vec::new(), Standing::UNKNOWN);
        }
        Ok(Matches { columns, rows })
    }

    /// Where a condition holds for some values of the variables that the binding leaves open.
    fn held(
        &mut self,
        at: Span,
        body: &Body,
        binding: &mut Binding,
        lens: Lens,
    ) -> Result<Label, Complaint> {
        let mut label = Label::NEVER;
        for mut branch in branches(Some(body)).unwrap_or_default() {
            let mut found = Vec::new();
            let mut search = Search {
                at,
                lens,
                ground: false,
                found: &mut found,
            };
            self.search_all(&mut search, &mut branch, binding, Standing::TRUE)?;
            for (_, standing) in found {
                label = self.model.diagram.or(label, standing.holds);
            }
        }
        Ok(label)
    }

    /// Where a condition holds under a view, for some values of the variables that the binding leaves open.
    pub(super) fn label_where(
        &mut self,
        at: Span,
        body: &Body,
        binding: &Binding,
        (view, bound): (View, Bound),
    ) -> Label {
        // What cannot be computed stopped the run, or concerns bindings that no conclusion rests on.
        self.held(at, body, &mut binding.clone(), Lens::View(view, bound))
            .unwrap_or(Label::NEVER)
    }

    /// The ways to complete a binding so that a conjunction holds somewhere under a view, each with where it does.
    pub(super) fn labelled_matches(
        &mut self,
        at: Span,
        branch: &Branch<'_>,
        mut start: Binding,
        (view, bound): (View, Bound),
    ) -> Vec<(Binding, Label)> {
        let mut found = Vec::new();
        let mut search = Search {
            at,
            lens: Lens::View(view, bound),
            ground: false,
            found: &mut found,
        };
        let _ = self.search_all(&mut search, &mut branch.clone(), &mut start, Standing::TRUE);
        found
            .into_iter()
            .map(|(binding, standing)| (binding, standing.holds))
            .collect()
    }

    /// Goes through the items of a conjunction, the most bound first.
    fn search_all(
        &mut self,
        search: &mut Search<'_>,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        so_far: Standing,
    ) -> Result<(), Complaint> {
        // Without variables a later part may still refute the whole.
        if !search.ground && so_far.open.is_never() {
            return Ok(());
        }
        let Some(next) = self.next_item(items, binding) else {
            search.found.push((binding.clone(), so_far));
            return Ok(());
        };
        for first in self.first_items(items, binding, next) {
            self.search_from(search, items, first, binding, so_far)?;
        }
        Ok(())
    }

    /// Goes through the items of a conjunction, this one first.
    fn search_from(
        &mut self,
        search: &mut Search<'_>,
        items: &mut Branch<'_>,
        next: usize,
        binding: &mut Binding,
        so_far: Standing,
    ) -> Result<(), Complaint> {
        let item = items.swap_remove(next);
        let result = match item {
            Item::Literal(literal) => self.search_literal(search, literal, items, binding, so_far),
            Item::Comparison {
                left,
                comparison,
                right,
            } => self.search_comparison(search, (left, comparison, right), items, binding, so_far),
            Item::Aggregate(aggregate) => {
                self.search_aggregate(search, aggregate, items, binding, so_far)
            }
            Item::Except(exception) => {
                let standing = self.except(search, exception, binding)?;
                let both = so_far.and(standing, &mut self.model.diagram);
                self.search_all(search, items, binding, both)
            }
        };
        items.push(item);
        let last = items.len() - 1;
        items.swap(next, last);
        result
    }

    fn search_literal(
        &mut self,
        search: &mut Search<'_>,
        literal: &Literal,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        so_far: Standing,
    ) -> Result<(), Complaint> {
        let side = Side::from(literal);
        let pattern: Vec<Option<Term>> = literal
            .arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect();
        // A rival value meets an opposite whose terms are bound; it binds none.
        let binds = self.is_open_opposite(&Item::Literal(literal), binding);
        let rows = match pattern.iter().copied().collect::<Option<Vec<Term>>>() {
            Some(row) => vec![row],
            None => self.candidates(side, &pattern, search.lens),
        };
        for row in rows {
            let before = binding.clone();
            if bind_all(&literal.arguments, &row, binding) {
                let standing = match search.lens {
                    Lens::Status if binds => self.standing_by_itself(side, &row),
                    Lens::View(view, bound) if binds => {
                        Standing::all(self.own_label(side, view, &row, bound))
                    }
                    Lens::Status => self.standing(side, &row),
                    Lens::View(view, bound) => Standing::all(self.label(side, view, &row, bound)),
                };
                let both = so_far.and(standing, &mut self.model.diagram);
                self.search_all(search, items, binding, both)?;
            }
            *binding = before;
        }
        Ok(())
    }

    /// The rows of a literal that are more than unknown, as far as a look at its relations can tell.
    fn candidates(&self, side: Side, pattern: &[Option<Term>], lens: Lens) -> Vec<Vec<Term>> {
        let mut relations: IndexSet<CoreId> = IndexSet::new();
        match lens {
            Lens::Status => {
                for view in [View::Certain, View::Presumed, View::Possible] {
                    relations.extend(self.view(side, view));
                }
                // What the opposite makes contested or undecided.
                relations.extend(self.view(side.opposite(), View::Possible));
            }
            Lens::View(view, _) => relations.extend(self.view(side, view)),
        }
        let mut rows: IndexSet<Vec<Term>> = IndexSet::new();
        for relation in relations {
            let table = self.table(relation, Bound::Upper);
            rows.extend(
                table
                    .matching(pattern)
                    .into_iter()
                    .map(|row| table.row(row).to_vec()),
            );
        }
        rows.into_iter().collect()
    }

    fn search_comparison(
        &mut self,
        search: &mut Search<'_>,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        items: &mut Branch<'_>,
        binding: &mut Binding,
        so_far: Standing,
    ) -> Result<(), Complaint> {
        let trouble = |trouble: Trouble| cannot_compute(search.at, &trouble);
        let left_value = self.evaluate(left, binding).map_err(trouble)?;
        let right_value = self.evaluate(right, binding).map_err(trouble)?;
        let free = match (left_value, right_value) {
            (Some(left), Some(right)) => {
                if self
                    .model
                    .terms
                    .compare(left, comparison, right)
                    .map_err(trouble)?
                {
                    return self.search_all(search, items, binding, so_far);
                }
                return Ok(());
            }
            (Some(value), None) => free_variable(right).map(|variable| (variable, value)),
            (None, Some(value)) => free_variable(left).map(|variable| (variable, value)),
            (None, None) => None,
        };
        if let Some((variable, value)) = free {
            binding[variable.0 as usize] = Some(value);
            self.search_all(search, items, binding, so_far)?;
            binding[variable.0 as usize] = None;
        }
        Ok(())
    }

    fn search_aggregate(
        &mut self,
        search: &mut Search<'_>,
        aggregate: &Aggregate,
        items: &mut Branch<'_>,
        binding: &mut Binding,
        so_far: Standing,
    ) -> Result<(), Complaint> {
        let Some(asked) = self.core.asked(aggregate).cloned() else {
            return Ok(());
        };
        let mut arguments: Vec<Argument> = asked
            .groups
            .iter()
            .map(|&group| Argument::Variable(group))
            .collect();
        arguments.push(aggregate.result);
        let pattern: Vec<Option<Term>> = arguments
            .iter()
            .map(|&argument| value(argument, binding))
            .collect();
        let table = self.table(asked.presumed, Bound::Upper);
        let rows: Vec<Vec<Term>> = table
            .matching(&pattern)
            .into_iter()
            .map(|row| table.row(row).to_vec())
            .collect();
        for row in rows {
            let before = binding.clone();
            if bind_all(&arguments, &row, binding) {
                let certain = self.table(asked.certain, Bound::Lower).label_of(&row);
                let holds = self.table(asked.presumed, Bound::Lower).label_of(&row);
                let open = self.table(asked.presumed, Bound::Upper).label_of(&row);
                let standing = match search.lens {
                    Lens::Status => Standing {
                        certain,
                        holds,
                        possible: holds,
                        open,
                        refuted: Label::NEVER,
                    },
                    Lens::View(View::Certain, _) => Standing::all(certain),
                    Lens::View(_, Bound::Lower) => Standing::all(holds),
                    Lens::View(_, Bound::Upper) => Standing::all(open),
                };
                let both = so_far.and(standing, &mut self.model.diagram);
                self.search_all(search, items, binding, both)?;
            }
            *binding = before;
        }
        Ok(())
    }

    /// How `unless` this stands: met firmly where it is not possible, possibly where it is not presumed.
    fn except(
        &mut self,
        search: &Search<'_>,
        exception: &Body,
        binding: &mut Binding,
    ) -> Result<Standing, Complaint> {
        let at = search.at;
        Ok(match search.lens {
            Lens::Status => {
                let possible = self.held(
                    at,
                    exception,
                    binding,
                    Lens::View(View::Possible, Bound::Upper),
                )?;
                let presumed = self.held(
                    at,
                    exception,
                    binding,
                    Lens::View(View::Presumed, Bound::Upper),
                )?;
                let surely = self.held(
                    at,
                    exception,
                    binding,
                    Lens::View(View::Presumed, Bound::Lower),
                )?;
                let firm = self.model.diagram.not(possible);
                Standing {
                    certain: firm,
                    holds: firm,
                    possible: self.model.diagram.not(presumed),
                    open: self.model.diagram.not(surely),
                    refuted: Label::NEVER,
                }
            }
            Lens::View(view, bound) => {
                let held = self.held(
                    at,
                    exception,
                    binding,
                    Lens::View(dual(view), bound.other()),
                )?;
                Standing::all(self.model.diagram.not(held))
            }
        })
    }

    /// The place of the item to go on with: what only tests, then what is expected to have the fewest rows: of n rows with k of m places
    /// open, n to the power of k / m. Looking would be better and would cost an index.
    pub(super) fn next_item(&self, items: &Branch<'_>, binding: &Binding) -> Option<usize> {
        let cost = |item: &Item<'_>| -> usize {
            match item {
                Item::Comparison { left, right, .. } => {
                    match open_variables(left, binding) + open_variables(right, binding) {
                        0 => 0,
                        _ if gives_value(item, binding) => 1,
                        _ => usize::MAX - 1,
                    }
                }
                Item::Literal(literal) => {
                    let open = literal
                        .arguments
                        .iter()
                        .filter(|&&argument| value(argument, binding).is_none())
                        .count();
                    let side = Side::from(*literal);
                    let rows = self
                        .view(side, View::Possible)
                        .map_or(0, |relation| self.table(relation, Bound::Upper).len());
                    match open {
                        0 => 2,
                        // Bound by others, it is met by a rival value too.
                        _ if self.is_open_opposite(item, binding) => usize::MAX / 4,
                        _ => 3 + magnitude(rows) * open / literal.arguments.len(),
                    }
                }
                Item::Aggregate(_) => usize::MAX / 2,
                Item::Except(_) => usize::MAX,
            }
        };
        items
            .iter()
            .enumerate()
            .min_by_key(|(place, item)| (cost(item), *place))
            .map(|(place, _)| place)
    }

    /// The items to begin with, the next one given. Of several opposites of `one` relations that are left to bind variables, any may
    /// do so for the others; and so may what an aggregate groups by.
    pub(super) fn first_items(
        &self,
        items: &Branch<'_>,
        binding: &Binding,
        next: usize,
    ) -> Vec<usize> {
        if !self.is_open_opposite(&items[next], binding) {
            return vec![next];
        }
        let open: BTreeSet<Variable> = items
            .iter()
            .filter(|item| self.is_open_opposite(item, binding))
            .filter_map(|item| match *item {
                Item::Literal(literal) => Some(variables_of(literal)),
                _ => None,
            })
            .flatten()
            .filter(|variable| binding[variable.0 as usize].is_none())
            .collect();
        let gives = |item: &Item<'_>| match *item {
            Item::Aggregate(aggregate) => aggregate.groups.iter().any(|it| open.contains(it)),
            _ => self.is_open_opposite(item, binding),
        };
        (0..items.len())
            .filter(|&place| gives(&items[place]))
            .collect()
    }

    /// Whether an item is an opposite of a `one` relation whose terms are not all bound, so that no rival value meets it yet.
    pub(super) fn is_open_opposite(&self, item: &Item<'_>, binding: &Binding) -> bool {
        match item {
            Item::Literal(literal) => {
                let relation = &self.program.relations[literal.relation.0 as usize];
                let is_open = |&argument: &Argument| value(argument, binding).is_none();
                literal.negative && relation.one.is_some() && literal.arguments.iter().any(is_open)
            }
            _ => false,
        }
    }

    /// The value of an expression, `None` where a variable of it is open.
    pub fn evaluate(
        &mut self,
        expression: &Expression,
        binding: &Binding,
    ) -> Result<Option<Term>, Trouble> {
        match expression {
            Expression::Argument(argument) => Ok(value(*argument, binding)),
            Expression::Negative(inner) => match self.evaluate(inner, binding)? {
                Some(value) => {
                    let zero = self.model.terms.whole(-1);
                    self.model
                        .terms
                        .compute(zero, Operation::Multiply, value)
                        .map(Some)
                }
                None => Ok(None),
            },
            Expression::Binary {
                left,
                operation,
                right,
            } => {
                match (
                    self.evaluate(left, binding)?,
                    self.evaluate(right, binding)?,
                ) {
                    (Some(left), Some(right)) => {
                        self.model.terms.compute(left, *operation, right).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            Expression::Power { base, exponent } => match self.evaluate(base, binding)? {
                Some(base) => self.model.terms.power(base, *exponent).map(Some),
                None => Ok(None),
            },
        }
    }
}

/// The view under which an exception to a condition is read.
pub fn dual(view: View) -> View {
    match view {
        View::Certain | View::Presumed => View::Possible,
        View::Possible => View::Presumed,
    }
}

/// What stays the same through one search, and what it has found.
struct Search<'a> {
    at: Span,
    lens: Lens,
    /// Whether the condition has no variables, so that what refutes a part refutes all.
    ground: bool,
    found: &'a mut Vec<(Binding, Standing)>,
}

/// The named variables that every branch binds, in order of number.
fn named_columns(alternatives: &[Branch<'_>], variables: &Variables) -> Vec<Variable> {
    let mut common: Option<BTreeSet<Variable>> = None;
    for branch in alternatives {
        let bound = crate::core::variables::bound_variables(branch);
        common = Some(match common {
            Some(known) => known.intersection(&bound).copied().collect(),
            None => bound,
        });
    }
    common
        .unwrap_or_default()
        .into_iter()
        .filter(|&variable| !variables.is_anything(variable))
        .collect()
}

pub fn value(argument: Argument, binding: &Binding) -> Option<Term> {
    match argument {
        Argument::Constant(term) => Some(term),
        Argument::Variable(variable) => binding[variable.0 as usize],
    }
}

/// Binds a row to arguments; whether they agree.
pub fn bind_all(arguments: &[Argument], row: &[Term], binding: &mut Binding) -> bool {
    arguments
        .iter()
        .zip(row)
        .all(|(&argument, &term)| match argument {
            Argument::Constant(constant) => constant == term,
            Argument::Variable(variable) => {
                *binding[variable.0 as usize].get_or_insert(term) == term
            }
        })
}

pub fn free_variable(expression: &Expression) -> Option<Variable> {
    match expression {
        Expression::Argument(Argument::Variable(variable)) => Some(*variable),
        _ => None,
    }
}

/// Whether it is an `=` that gives the variable alone on one side the value of the other.
pub fn gives_value(item: &Item<'_>, binding: &Binding) -> bool {
    let Item::Comparison {
        left,
        comparison: Comparison::Equal,
        right,
    } = item
    else {
        return false;
    };
    [(left, right), (right, left)]
        .into_iter()
        .any(|(alone, other)| {
            free_variable(alone).is_some()
                && open_variables(alone, binding) == 1
                && open_variables(other, binding) == 0
        })
}

pub fn open_variables(expression: &Expression, binding: &Binding) -> usize {
    let mut variables = BTreeSet::new();
    crate::core::variables::expression_variables(expression, &mut variables);
    variables
        .into_iter()
        .filter(|variable| binding[variable.0 as usize].is_none())
        .count()
}

fn cannot_compute(at: Span, trouble: &Trouble) -> Complaint {
    Complaint::error(
        "cannot-compute",
        format!("this cannot be computed: {trouble}"),
        at,
    )
    .here("asked here")
}

/// The logarithm of a number of rows, in sixteenths of a doubling.
fn magnitude(rows: usize) -> usize {
    let rows = rows.max(1);
    let doublings = rows.ilog2() as usize;
    16 * doublings + (((rows - (1 << doublings)) << 4) >> doublings)
}
