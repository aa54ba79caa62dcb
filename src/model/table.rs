//! The rows of one relation, each once, in order of arrival, each with its label.

use crate::label::Label;
use crate::value::Term;

/// A row by its place in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub u32);

#[derive(Clone, Debug, Default)]
pub struct Table {
    arity: usize,
}

impl Table {
    pub fn arity(&self) -> usize {
        self.arity
    }

    /// How many rows hold somewhere.
    pub fn len(&self) -> usize {
        todo!()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn row(&self, _row: RowId) -> &[Term] {
        todo!()
    }

    /// In which contexts the row holds; never [`Label::NEVER`].
    pub fn label(&self, _row: RowId) -> Label {
        todo!()
    }

    pub fn find(&self, _terms: &[Term]) -> Option<RowId> {
        todo!()
    }

    /// The label of a row, [`Label::NEVER`] where there is none.
    pub fn label_of(&self, terms: &[Term]) -> Label {
        self.find(terms).map_or(Label::NEVER, |row| self.label(row))
    }

    /// Rows that have these terms where one is given, in order of arrival. Uses an index (made at the first such question).
    pub fn matching(&self, _pattern: &[Option<Term>]) -> Vec<RowId> {
        todo!()
    }

    /// All rows in order of arrival.
    pub fn rows(&self) -> impl Iterator<Item = RowId> + '_ {
        (0..self.len() as u32).map(RowId)
    }

    /// The parts of the row's label in the order in which they arrived, each with the round it arrived in. Rounds are numbered
    /// through the whole run, so a premise used for a conclusion always has a smaller one. One part for an unlabelled row.
    pub fn arrivals(&self, _row: RowId) -> Vec<(u32, Label)> {
        todo!()
    }
}
