//! Ground sentences and their opposites, and who they conflict with.

use hence::program::{Program, RelationId};
use hence::value::Term;

/// A sentence without variables, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Claim {
    pub relation: RelationId,
    pub negative: bool,
    pub terms: Vec<Term>,
}

impl Claim {
    pub fn of(ground: &hence::program::Ground) -> Self {
        Self {
            relation: ground.relation,
            negative: ground.negative,
            terms: ground.terms.clone(),
        }
    }

    pub fn opposite(&self) -> Self {
        Self {
            negative: !self.negative,
            ..self.clone()
        }
    }

    /// "For given other terms at most one value": whether the two are different values of a `one` relation.
    pub fn rivals(&self, other: &Self, program: &Program) -> bool {
        let Some(place) = program.relations[self.relation.0 as usize].one else {
            return false;
        };
        self.relation == other.relation
            && !self.negative
            && !other.negative
            && self.terms[place] != other.terms[place]
            && (0..self.terms.len()).all(|at| at == place || self.terms[at] == other.terms[at])
    }

    /// "Two values are opposites."
    pub fn opposes(&self, other: &Self, program: &Program) -> bool {
        *other == self.opposite() || self.rivals(other, program)
    }
}
