//! Which rows a table has, in the form that suits it.

use super::members::Members;
use super::pairs::Pairs;

/// Membership in a table.
#[derive(Clone, Debug)]
pub(crate) enum Known {
    /// Rows by number: any table.
    Rows(Members),
    /// Pairs without numbers: two columns, no labels.
    Pairs(Box<Pairs>),
}

impl Default for Known {
    fn default() -> Self {
        Self::Rows(Members::default())
    }
}

impl Known {
    /// Of no rows yet.
    pub fn new(arity: usize, labelled: bool) -> Self {
        if arity == 2 && !labelled {
            Self::Pairs(Box::default())
        } else {
            Self::default()
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::Rows(members) => members.bytes(),
            Self::Pairs(pairs) => pairs.bytes(),
        }
    }
}
