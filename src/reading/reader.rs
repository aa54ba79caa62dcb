//! A model with what it takes to read it.

use super::likelihood::axis_weights;
use super::proof::Index;
use super::standing::Bound;
use super::tainted::{Otherwise, Tainted};
use crate::core::{Core, CoreId, Settings, Side, View};
use crate::engine::Limits;
use crate::label::Label;
use crate::model::{Model, Table};
use crate::program::{Program, RelationId};
use crate::value::{Term, Terms};
use std::collections::HashMap;

/// Reads answers off a model. Looking things up combines labels, so it holds the model for itself.
pub struct Reader<'p> {
    pub program: &'p Program,
    pub(super) core: &'p Core,
    pub(super) model: Model,
    /// Sentences that are certain together with their opposites somewhere.
    pub(super) contradicted: HashMap<(RelationId, Vec<Term>), Label>,
    /// What rests on these, once it was asked for.
    pub(super) tainted: Option<Tainted>,
    /// The evaluation without them, from then on, unless it was too much.
    pub(super) otherwise: Option<Box<Otherwise>>,
    pub(super) index: Index,
    pub(super) options: AskOptions,
    /// By axis and value, for likelihoods.
    pub(super) weights: Vec<Vec<f64>>,
    pub(super) rerun: Rerun,
}

/// What it takes to evaluate again, for the questions that ask for it.
#[derive(Clone, Debug, Default)]
pub struct Rerun {
    pub settings: Settings,
    pub limits: Limits,
}

/// How much an explanation is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct AskOptions {
    /// Every minimal proof, not just the best.
    pub all: bool,
    /// Steps below the sentence asked about.
    pub depth: Option<usize>,
    /// No arguments that lost, no values.
    pub brief: bool,
}

impl<'p> Reader<'p> {
    /// The core must be compiled from the program, and the model be the core's.
    pub fn new(program: &'p Program, core: &'p Core, model: Model) -> Self {
        let weights = axis_weights(program, model.diagram.space());
        let mut reader = Self {
            program,
            core,
            model,
            contradicted: HashMap::new(),
            tainted: None,
            otherwise: None,
            index: Index::new(program, core),
            options: AskOptions::default(),
            weights,
            rerun: Rerun::default(),
        };
        reader.contradicted = reader.find_contradictions();
        reader
    }

    /// The same reader, explaining as told.
    #[must_use]
    pub fn with_options(mut self, options: AskOptions) -> Self {
        self.options = options;
        self
    }

    /// The same reader, evaluating again as the model was evaluated.
    #[must_use]
    pub fn with_rerun(mut self, settings: Settings, limits: Limits) -> Self {
        self.rerun = Rerun { settings, limits };
        self
    }

    /// The program's terms and those that arithmetic made.
    pub fn terms(&self) -> &Terms {
        &self.model.terms
    }

    pub(super) fn view(&self, side: Side, view: View) -> Option<CoreId> {
        self.core.views[side.relation.0 as usize].of(side.negative, view)
    }

    pub(super) fn table(&self, relation: CoreId, bound: Bound) -> &Table {
        match bound {
            Bound::Lower => self.model.table(relation),
            Bound::Upper => self.model.upper(relation),
        }
    }
}
