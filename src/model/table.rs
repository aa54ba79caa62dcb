//! The rows of one relation, each once, in order of arrival, each with its label.
//!
//! Rows lie flat, one after another. Where nothing depends on context a table keeps no labels, and the order of its rows is its
//! whole history; else it keeps a label a row and a log of the parts in which labels arrived.

use super::known::Known;
use super::lookup::Lookups;
use super::members::{Members, hash_row};
use crate::label::Label;
use crate::value::Term;

/// A row by its place in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub u32);

/// The rows of one relation.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub(crate) arity: usize,
    pub(crate) len: u32,
    pub(crate) terms: Vec<Term>,
    pub(crate) labels: Option<Vec<Label>>,
    /// New parts of labels in order of arrival; empty without labels.
    pub(crate) log: Vec<(u32, Label)>,
    /// For each round in which the table grew: where its rows (with labels: its entries in the log) begin.
    pub(crate) rounds: Vec<Mark>,
    pub(crate) known: Known,
    pub(crate) lookups: Lookups,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub round: u32,
    pub start: u32,
}

impl Table {
    pub(crate) fn new(arity: usize, labelled: bool) -> Self {
        Self {
            arity,
            labels: labelled.then(Vec::new),
            ..Self::default()
        }
    }

    pub fn arity(&self) -> usize {
        self.arity
    }

    /// How many rows hold somewhere.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether some row may hold in some contexts only.
    pub fn is_labelled(&self) -> bool {
        self.labels.is_some()
    }

    pub fn row(&self, row: RowId) -> &[Term] {
        let start = row.0 as usize * self.arity;
        &self.terms[start..start + self.arity]
    }

    /// In which contexts the row holds; never [`Label::NEVER`] in a finished model.
    pub fn label(&self, row: RowId) -> Label {
        self.labels
            .as_ref()
            .map_or(Label::ALWAYS, |labels| labels[row.0 as usize])
    }

    pub fn find(&self, terms: &[Term]) -> Option<RowId> {
        if terms.len() != self.arity {
            return None;
        }
        match &self.known {
            Known::Pairs(pairs) if !pairs.contains(terms) => None,
            Known::Pairs(pairs) => self
                .lookups
                .pair(self, pairs.leading(), [terms[0], terms[1]]),
            Known::Rows(members) => members
                .find(hash_row(terms), |row| self.row(RowId(row)) == terms)
                .map(RowId),
        }
    }

    /// The label of a row, [`Label::NEVER`] where there is none.
    pub fn label_of(&self, terms: &[Term]) -> Label {
        match &self.known {
            Known::Pairs(pairs) if terms.len() == 2 && pairs.contains(terms) => Label::ALWAYS,
            Known::Pairs(_) => Label::NEVER,
            Known::Rows(_) => self.find(terms).map_or(Label::NEVER, |row| self.label(row)),
        }
    }

    /// Rows that have these terms where one is given, in order of arrival. Uses an index (made at the first such question).
    pub fn matching(&self, pattern: &[Option<Term>]) -> Vec<RowId> {
        let columns: Vec<usize> = (0..self.arity)
            .filter(|&column| pattern[column].is_some())
            .collect();
        let key: Vec<Term> = pattern.iter().copied().flatten().collect();
        if columns.is_empty() {
            self.rows().collect()
        } else if columns.len() == self.arity {
            self.find(&key).into_iter().collect()
        } else {
            self.lookups.rows(self, &columns, &key)
        }
    }

    /// As [`matching`](Self::matching), so many at most.
    pub fn matching_up_to(&self, pattern: &[Option<Term>], most: usize) -> Vec<RowId> {
        if pattern.iter().all(Option::is_none) {
            return self.rows().take(most).collect();
        }
        let mut rows = self.matching(pattern);
        rows.truncate(most);
        rows
    }

    /// All rows in order of arrival.
    pub fn rows(&self) -> impl Iterator<Item = RowId> + '_ {
        (0..self.len).map(RowId)
    }

    /// The parts of the row's label in the order in which they arrived, each with the round it arrived in. Rounds are numbered
    /// through the whole run, so a premise used for a conclusion always has a smaller one. One part for an unlabelled row.
    pub fn arrivals(&self, row: RowId) -> Vec<(u32, Label)> {
        if self.labels.is_none() {
            return vec![(self.round_at(row.0), Label::ALWAYS)];
        }
        let entries = self.lookups.entries(self, row);
        entries
            .iter()
            .map(|&at| (self.round_at(at), self.log[at as usize].1))
            .collect()
    }

    /// The round in which the first part of the row's label arrived that `is_meant` takes.
    pub fn arrival(&self, row: RowId, is_meant: impl Fn(Label) -> bool) -> Option<u32> {
        if self.labels.is_none() {
            return is_meant(Label::ALWAYS).then(|| self.round_at(row.0));
        }
        let mut entries = self.lookups.entries(self, row).iter();
        entries
            .find(|&&at| is_meant(self.log[at as usize].1))
            .map(|&at| self.round_at(at))
    }

    /// The round in which a place in the history came.
    fn round_at(&self, at: u32) -> u32 {
        let after = self.rounds.partition_point(|mark| mark.start <= at);
        after
            .checked_sub(1)
            .map_or(0, |mark| self.rounds[mark].round)
    }

    /// The table as it stays.
    pub(crate) fn finish(mut self, known: Known) -> Self {
        self.known = known;
        self.drop_labels();
        self
    }

    /// Row numbers by hash.
    pub(crate) fn number(&self) -> Members {
        let mut members = Members::default();
        for row in self.rows() {
            members.push(hash_row(self.row(row)), |row| {
                hash_row(self.row(RowId(row)))
            });
        }
        members
    }

    /// Where every row always holds and came at once, in order, the rows are history enough.
    pub(crate) fn drop_labels(&mut self) {
        let whole =
            |(at, &(row, label)): (usize, &(u32, Label))| row as usize == at && label.is_always();
        if self.log.len() == self.len() && self.log.iter().enumerate().all(whole) {
            self.labels = None;
            self.log = Vec::new();
        }
    }

    /// Bytes that the rows and their history take. Room not yet used counts: as much was taken when the old rows were moved into it.
    pub(crate) fn bytes(&self) -> usize {
        self.terms.capacity() * size_of::<Term>()
            + self
                .labels
                .as_ref()
                .map_or(0, |labels| labels.capacity() * size_of::<Label>())
            + self.log.capacity() * size_of::<(u32, Label)>()
            + self.rounds.capacity() * size_of::<Mark>()
            + self.known.bytes()
    }
}
