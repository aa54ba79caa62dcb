//! The core: normal rules over plain relations, and nothing else. Comes from a [`Program`](crate::program::Program); goes to the
//! engine. Only this room knows of defeat: a written relation becomes up to three core relations (views) a side, a written
//! rule several core rules, each with its [`Origin`].

mod aggregate;
mod aside;
mod asked;
mod body;
pub mod branches;
mod candidates;
mod compile;
mod contexts;
mod defeat;
mod facts;
mod helpers;
pub mod nature;
pub mod origin;
pub mod rule;
mod slots;
mod suppose;
pub mod variables;
mod views;
mod written;

pub use compile::{TooManyBranches, compile, compile_silenced, compile_varied};
pub use contexts::present;
pub use origin::{Origin, Part, Reason, Side, View};
pub use rule::*;
pub use suppose::{CutKey, Variation, Varied, cut_keys, effective};

use crate::label::{Diagram, Segments};
use std::collections::HashMap;

/// What happens where reasons for a sentence and for its opposite are equally good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ambiguity {
    /// Doubt travels: what rests on a contested sentence is contested.
    #[default]
    Propagating,
    /// Doubt stops: neither side is concluded, and neither attacks any further.
    Blocking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Settings {
    pub ambiguity: Ambiguity,
}

/// A compiled program.
#[derive(Clone, Debug)]
pub struct Core {
    /// Those that it was compiled with.
    pub settings: Settings,
    pub relations: Vec<CoreRelation>,
    pub rules: Vec<CoreRule>,
    /// By core rule: the written variable of each slot, where it has one.
    pub variables: Vec<Vec<Option<crate::program::Variable>>>,
    pub facts: Vec<CoreFacts>,
    /// By written relation: the views of its sentences and of their opposites.
    pub views: Vec<Sides>,
    /// By written relation: the number of the circle of relations that it stands in, whose rules read each other.
    pub circles: Vec<usize>,
    /// Holds the labels of `rules` and `facts`; the engine goes on with it.
    pub diagram: Diagram,
    pub segments: Segments,
    /// By scenario: the worlds that it keeps (over driver axes), as its suppositions demand.
    pub kept: Vec<crate::label::Label>,
    asked: HashMap<usize, Asked>,
}

/// Where the groups and results of an aggregate of a question stand: a column for each variable of `groups`, then the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub groups: Vec<crate::program::Variable>,
    pub certain: CoreId,
    pub presumed: CoreId,
}

impl Core {
    /// Relations without rules and facts, which the caller adds: for the engine by itself, without a program.
    pub fn bare(relations: Vec<CoreRelation>, diagram: Diagram) -> Self {
        Self {
            settings: Settings::default(),
            relations,
            rules: Vec::new(),
            variables: Vec::new(),
            facts: Vec::new(),
            views: Vec::new(),
            circles: Vec::new(),
            diagram,
            segments: Segments::default(),
            kept: Vec::new(),
            asked: HashMap::new(),
        }
    }

    /// The aggregate must be one of a question, expectation or `impossible` of the program that this core was compiled from, and
    /// that program unchanged: it is known by its address.
    pub fn asked(&self, aggregate: &crate::program::Aggregate) -> Option<&Asked> {
        self.asked.get(&(std::ptr::from_ref(aggregate) as usize))
    }
}

/// The views of a written relation. All three are one relation where they cannot differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sides {
    pub sentence: Views,
    /// Absent where nothing can conclude an opposite.
    pub opposite: Option<Views>,
}

impl Sides {
    /// The core relation of a side under a view; `None` where nothing can conclude it.
    pub fn of(&self, negative: bool, view: View) -> Option<CoreId> {
        let views = if negative {
            self.opposite?
        } else {
            self.sentence
        };
        Some(match view {
            View::Certain => views.certain,
            View::Presumed => views.presumed,
            View::Possible => views.possible,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Views {
    /// Δ
    pub certain: CoreId,
    /// δ
    pub presumed: CoreId,
    /// σ
    pub possible: CoreId,
}
