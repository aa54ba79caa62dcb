//! A condition over the model: which bindings of its variables make it stand how. The model is looked up, nothing is derived; a
//! comparison is computed on the values at hand.

mod binding;
mod order;
mod search;

pub use binding::{Binding, bind_all, free_variable, open_variables, pattern, value};
pub use order::gives_value;
pub use search::dual;

use super::Reader;
use super::standing::{Bound, Standing};
use crate::complaint::Complaint;
use crate::core::View;
use crate::core::branches::{Branch, branches};
use crate::core::variables::bound_variables;
use crate::label::{Diagram, Label};
use crate::program::{Body, Question, Variable, Variables};
use crate::text::Span;
use crate::value::Term;
use indexmap::IndexMap;
use search::{Lens, Search};
use std::collections::BTreeSet;

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
            .all(|branch| bound_variables(branch).is_empty());
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
}

/// The named variables that every branch binds, in order of number.
fn named_columns(alternatives: &[Branch<'_>], variables: &Variables) -> Vec<Variable> {
    let mut common: Option<BTreeSet<Variable>> = None;
    for branch in alternatives {
        let bound = bound_variables(branch);
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
