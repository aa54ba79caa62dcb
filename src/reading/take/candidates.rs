//! What could be otherwise for a question: stated sentences that could be gone, missing premises that could be supposed. Nearest to
//! the question first, so that a search that must be cut loses the farthest.

use super::stand_in::StandIns;
use crate::core::Varied;
use crate::program::{Citation, FactId, Ground};
use crate::reading::{AskedValue, StandIn};
use crate::text::Span;
use crate::value::{Term, Terms, Value};
use indexmap::IndexMap;

/// Sentences that one search may vary.
const MOST_DROPPED: usize = 200;
const MOST_SUPPOSED: usize = 300;

/// What could be otherwise.
pub type Candidate = Varied;

/// Where a candidate is stated; nowhere for one that could be supposed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Origin {
    pub at: Option<Span>,
    /// The fact, which tells those of one list apart.
    pub fact: Option<FactId>,
    pub sources: Vec<Citation>,
    /// For a value that nothing gives: what a comparison asks of it.
    pub asked: Option<AskedValue>,
    /// Other values that nothing gives, each with what it stands in for.
    pub stand_ins: Vec<(Term, StandIn)>,
}

#[derive(Clone, Debug, Default)]
pub struct Candidates {
    all: IndexMap<Candidate, Origin>,
    pub stand_ins: StandIns,
    dropped: usize,
    /// Whether there are more than were gathered, or some were left off.
    pub cut: bool,
}

impl Candidates {
    /// None yet, with what stands in from before.
    pub fn standing_in(stand_ins: StandIns) -> Self {
        Self {
            stand_ins,
            ..Self::default()
        }
    }

    pub fn add(&mut self, candidate: Candidate, origin: impl FnOnce() -> Origin) {
        if self.all.contains_key(&candidate) {
            return;
        }
        let (known, most) = match is_drop(&candidate) {
            true => (self.dropped, MOST_DROPPED),
            false => (self.all.len() - self.dropped, MOST_SUPPOSED),
        };
        if known == most {
            self.cut = true;
            return;
        }
        self.dropped += usize::from(is_drop(&candidate));
        self.all.insert(candidate, origin());
    }

    /// Adds what is new in another collection.
    pub fn merge(&mut self, other: Self) {
        for (candidate, origin) in other.all {
            self.add(candidate, || origin);
        }
        self.stand_ins.merge(other.stand_ins);
        self.cut |= other.cut;
    }

    /// Whether something that is new in another collection could be added.
    pub fn have_room(&self, other: &Self) -> bool {
        let mut new = other.all.keys().filter(|new| !self.contains(new));
        new.any(|new| match is_drop(new) {
            true => self.dropped < MOST_DROPPED,
            false => self.all.len() - self.dropped < MOST_SUPPOSED,
        })
    }

    /// Whether a sentence is among them that a new one differs from in nothing but values.
    pub fn have_another_value(&self, new: &Candidate, terms: &Terms) -> bool {
        let is_name = |term| matches!(terms.get(term), Value::Name(_));
        let like = |one: &Ground, other: &Ground| {
            let mut pairs = one.terms.iter().zip(&other.terms);
            (one.relation, one.negative) == (other.relation, other.negative)
                && pairs.all(|(&one, &other)| one == other || !(is_name(one) || is_name(other)))
        };
        let mut known = self.all.keys();
        known.any(|known| match (known, new) {
            (Varied::Supposed(known), Varied::Supposed(new)) => like(known, new),
            _ => false,
        })
    }

    /// Keeps the nearest: a half, a quarter; whether any are left.
    pub fn keep_nearest(&mut self, part: usize) -> bool {
        self.all.truncate(self.all.len() / part);
        self.dropped = self
            .all
            .keys()
            .filter(|candidate| is_drop(candidate))
            .count();
        self.cut = true;
        !self.all.is_empty()
    }

    /// Leaves off what has a value that stands in, the most far-fetched; whether there was any.
    pub fn leave_stand_ins(&mut self) -> bool {
        let before = self.all.len();
        self.all.retain(|_, origin| origin.stand_ins.is_empty());
        let left = self.all.len() < before;
        self.cut |= left;
        left
    }

    pub fn contains(&self, candidate: &Candidate) -> bool {
        self.all.contains_key(candidate)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Candidate, &Origin)> {
        self.all.iter()
    }

    pub fn place(&self, candidate: &Candidate) -> Option<usize> {
        self.all.get_index_of(candidate)
    }

    pub fn get(&self, place: usize) -> Option<(&Candidate, &Origin)> {
        self.all.get_index(place)
    }
}

fn is_drop(candidate: &Candidate) -> bool {
    matches!(candidate, Varied::Gone(..))
}
