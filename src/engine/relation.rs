//! A relation while it grows: the settled part, which does not change during a round.

use super::coming::Coming;
use super::index::Index;
use super::plan::Which;
use super::spread::Spread;
use crate::label::{Label, Labels};
use crate::model::{Mark, Table};

/// What is visible during a round.
#[derive(Debug, Default)]
pub struct Relation {
    pub table: Table,
    pub indexes: Vec<Index>,
    /// How many rows there were before the last round.
    pub old: u32,
    /// Where the last round's rows (with labels: its part of the log) begin.
    pub news: u32,
    /// Whether its stratum is being run.
    pub growing: bool,
    /// Whether it has rows only for what has been called.
    pub called: bool,
    /// The column of pairs that leads, once that is settled.
    pub lead: Option<usize>,
    /// Rows and bytes as last counted by the meter.
    pub counted: (usize, usize),
    spread: Spread,
}

impl Relation {
    pub fn new(arity: usize, labelled: bool) -> Self {
        Self {
            table: Table::new(arity, labelled),
            ..Self::default()
        }
    }

    /// Whether rows on their way cannot be told from visible ones by a look-up.
    pub fn is_blurred(&self) -> bool {
        self.growing && self.table.arity() == 2 && !self.table.is_labelled()
    }

    /// The place of the index on these columns, made if need be.
    pub fn index(&mut self, key: &[u32]) -> usize {
        self.indexes
            .iter()
            .position(|index| index.key == key)
            .unwrap_or_else(|| {
                self.indexes
                    .push(Index::new(&self.table, key.to_vec(), self.news_row()));
                self.indexes.len() - 1
            })
    }

    /// The first row that the last round brought.
    fn news_row(&self) -> u32 {
        if self.growing {
            self.old
        } else {
            self.table.len
        }
    }

    pub fn has_index(&self, key: &[u32]) -> bool {
        self.indexes.iter().any(|index| index.key == key)
    }

    /// How many rows there are to read; with labels, of the last round how many parts of labels.
    pub fn count(&self, which: Which) -> usize {
        match which {
            Which::All => self.table.len(),
            Which::Old => self.old as usize,
            Which::News => self.history() - self.news as usize,
        }
    }

    /// How many rows to expect for one key in these columns.
    pub fn fan_out(&mut self, columns: &[u32], which: Which) -> f64 {
        let rows = self.count(which) as f64;
        let index = self.indexes.iter().find(|index| index.key == columns);
        let keys = match index {
            Some(index) => index.groups() as f64,
            None => self.keys(columns.iter().copied()),
        };
        rows / keys.max(1.0)
    }

    /// Which part of all rows that could be made of the terms of its columns there are.
    pub fn share(&mut self) -> f64 {
        let rows = self.table.len() as f64;
        (rows / self.keys(0..self.table.arity() as u32).max(1.0)).min(1.0)
    }

    /// How many different keys these columns could make, but no more than there are rows.
    fn keys(&mut self, columns: impl Iterator<Item = u32>) -> f64 {
        columns
            .map(|column| self.spread.of(&self.table, column))
            .product()
    }

    /// Whether the last round brought anything.
    pub fn has_news(&self) -> bool {
        (self.news as usize) < self.history()
    }

    /// How many rows came in the last round, or parts of labels.
    pub fn history(&self) -> usize {
        if self.table.is_labelled() {
            self.table.log.len()
        } else {
            self.table.len()
        }
    }

    pub fn bytes(&self) -> usize {
        self.table.bytes() + self.indexes.iter().map(Index::bytes).sum::<usize>()
    }

    /// Ends a round: what came becomes visible.
    pub fn settle<L: Labels>(&mut self, coming: &mut Coming, round: u32, labels: &mut L) {
        self.old = self.table.len;
        self.news = self.history() as u32;
        coming.settle(&mut self.table, labels);
        if self.has_news() {
            self.table.rounds.push(Mark {
                round,
                start: self.news,
            });
        }
        for index in &mut self.indexes {
            index.extend(&self.table);
        }
    }
}

/// What is in the first label and not in the second.
pub fn subtract<L: Labels>(labels: &mut L, from: Label, what: Label) -> Label {
    match (labels.load(from), labels.load(what)) {
        (None, _) => Label::NEVER,
        (_, None) => from,
        (Some(from), Some(what)) => labels
            .without(from, what)
            .map_or(Label::NEVER, |left| labels.store(left)),
    }
}

/// What is in both labels.
pub fn intersect<L: Labels>(labels: &mut L, a: Label, b: Label) -> Label {
    match (labels.load(a), labels.load(b)) {
        (Some(a), Some(b)) => labels
            .and(a, b)
            .map_or(Label::NEVER, |both| labels.store(both)),
        _ => Label::NEVER,
    }
}

/// What is in either label.
pub fn unite<L: Labels>(labels: &mut L, a: Label, b: Label) -> Label {
    match (labels.load(a), labels.load(b)) {
        (None, _) => b,
        (_, None) => a,
        (Some(a), Some(b)) => {
            let both = labels.or(a, b);
            labels.store(both)
        }
    }
}
