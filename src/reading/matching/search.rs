//! The search for the bindings of a conjunction, item by item, with how each stands so far.

use super::Binding;
use super::binding::{bind_all, free_variable, value};
use crate::complaint::Complaint;
use crate::core::branches::{Branch, Item};
use crate::core::{CoreId, Side, View};
use crate::label::Label;
use crate::program::{Aggregate, Argument, Body, Expression, Literal};
use crate::reading::Reader;
use crate::reading::standing::{Bound, Standing};
use crate::text::Span;
use crate::value::{Comparison, Term, Trouble};
use indexmap::IndexSet;

/// What a condition is read for.
#[derive(Clone, Copy)]
pub(super) enum Lens {
    /// The standing of each binding.
    Status,
    /// Where it holds under one view, as an exception asks; all fields of the standing are that label.
    View(View, Bound),
}

/// What stays the same through one search, and what it has found.
pub(super) struct Search<'a> {
    pub at: Span,
    pub lens: Lens,
    /// Whether the condition has no variables, so that what refutes a part refutes all.
    pub ground: bool,
    pub found: &'a mut Vec<(Binding, Standing)>,
}

impl Reader<'_> {
    /// Goes through the items of a conjunction, the most bound first.
    pub(super) fn search_all(
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
}

/// The view under which an exception to a condition is read.
pub fn dual(view: View) -> View {
    match view {
        View::Certain | View::Presumed => View::Possible,
        View::Possible => View::Presumed,
    }
}

fn cannot_compute(at: Span, trouble: &Trouble) -> Complaint {
    Complaint::error(
        "cannot-compute",
        format!("this cannot be computed: {trouble}"),
        at,
    )
    .here("asked here")
}
