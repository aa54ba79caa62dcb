//! What a level of a join loops over.

use super::plan::Which;
use super::relation::Relation;
use crate::label::Label;
use crate::model::{RowId, Table};
use crate::value::Term;

/// Items still to come.
#[derive(Clone)]
pub enum Items<'a> {
    /// Items of so many terms, end to end; where labels are looked up each ends with its row's number.
    Entries { terms: &'a [Term], stride: usize },
    /// Rows of a labelled table.
    Rows {
        table: &'a Table,
        rows: std::ops::Range<u32>,
    },
    /// New parts of labels.
    Log {
        table: &'a Table,
        log: std::slice::Iter<'a, (u32, Label)>,
    },
    /// One item, or none.
    One(Option<&'a [Term]>),
}

/// An item, and where its label stands.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    pub terms: &'a [Term],
    pub mark: Mark,
}

#[derive(Clone, Copy)]
pub enum Mark {
    Always,
    Row(u32),
    Part(Label),
}

impl<'a> Items<'a> {
    pub fn rows(relation: &'a Relation, which: Which) -> Self {
        let table = &relation.table;
        let arity = table.arity();
        let rows = match which {
            Which::All => 0..table.len() as u32,
            Which::Old => 0..relation.old,
            Which::News if table.is_labelled() => {
                return Self::Log {
                    table,
                    log: table.log[relation.news as usize..].iter(),
                };
            }
            Which::News => relation.news..table.len() as u32,
        };
        if table.is_labelled() {
            Self::Rows { table, rows }
        } else if arity == 0 {
            Self::One((!rows.is_empty()).then_some(&[]))
        } else {
            Self::Entries {
                terms: &table.terms[rows.start as usize * arity..rows.end as usize * arity],
                stride: arity,
            }
        }
    }

    /// The next item; `labelled` tells whether entries end with their row's number.
    #[inline]
    pub fn next(&mut self, labelled: bool) -> Option<Item<'a>> {
        match self {
            Self::Entries { terms, stride } => {
                let (item, rest) = terms.split_at_checked(*stride)?;
                *terms = rest;
                let mark = if labelled {
                    Mark::Row(item[*stride - 1].0)
                } else {
                    Mark::Always
                };
                Some(Item { terms: item, mark })
            }
            Self::Rows { table, rows } => {
                let row = rows.next()?;
                Some(Item {
                    terms: table.row(RowId(row)),
                    mark: Mark::Row(row),
                })
            }
            Self::Log { table, log } => {
                let &(row, part) = log.next()?;
                Some(Item {
                    terms: table.row(RowId(row)),
                    mark: Mark::Part(part),
                })
            }
            Self::One(item) => item.take().map(|terms| Item {
                terms,
                mark: Mark::Always,
            }),
        }
    }

    /// How many there are, or for entries how many terms.
    pub fn len(&self) -> usize {
        match self {
            Self::Entries { terms, .. } => terms.len(),
            Self::Rows { rows, .. } => rows.len(),
            Self::Log { log, .. } => log.len(),
            Self::One(item) => usize::from(item.is_some()),
        }
    }
}
