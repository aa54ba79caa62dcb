//! The tests of an innermost loop, with everything filled in that stays the same while it runs.

use crate::engine::coming::Coming;
use crate::engine::plan::Which;
use crate::engine::relation::Relation;
use crate::model::Set;
use crate::value::{Comparison, Term, Terms};

/// A test of one place of an item.
#[derive(Clone, Copy)]
pub(super) enum Ready<'a> {
    Same {
        place: u32,
        term: Term,
    },
    Equals {
        place: u32,
        term: Term,
        wanted: bool,
    },
    In {
        place: u32,
        set: Set<'a>,
        wanted: bool,
    },
    Pair {
        place: u32,
        coming: &'a Coming,
        relation: &'a Relation,
        column: usize,
        term: Term,
        wanted: bool,
    },
}

impl Ready<'_> {
    #[inline]
    pub fn passes(&self, item: &[Term], terms: &Terms) -> bool {
        match *self {
            Self::Same { place, term } => item[place as usize] == term,
            Self::Equals {
                place,
                term,
                wanted,
            } => {
                let other = item[place as usize];
                // Equality of values never fails; a year, say, equals the date of that year.
                let equal = other == term
                    || terms
                        .compare(other, Comparison::Equal, term)
                        .unwrap_or(false);
                equal == wanted
            }
            Self::In { place, set, wanted } => set.contains(item[place as usize]) == wanted,
            Self::Pair {
                place,
                coming,
                relation,
                column,
                term,
                wanted,
            } => {
                let other = item[place as usize];
                let row = if column == 0 {
                    [term, other]
                } else {
                    [other, term]
                };
                let label = coming.label_of(relation, &row, Which::All);
                label.is_never() != wanted
            }
        }
    }
}
