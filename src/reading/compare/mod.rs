//! Every conclusion beside itself: under each scenario, or in each world of the drivers; what flips it, and which driver matters most.
//! All drivers are open here, those with a `[now]` outcome too.

mod bearing;
mod columns;
mod counts;

use super::Reader;
use super::answer::{Status, WorldCube};
use super::likelihood::weights_of;
use super::scope::{Openness, Scope};
use crate::complaint::Complaint;
use crate::core::Side;
use crate::label::Label;
use crate::program::{DriverId, Frame, RelationId, ScenarioId, Variables};
use crate::value::Term;
use bearing::Bearing;
use columns::Scoped;

/// What to put side by side.
#[derive(Clone, Debug, Default)]
pub struct CompareOptions {
    /// Scenario, present and outcomes of the command line. With a scenario, its worlds are compared and no other scenario.
    pub frame: Frame,
    /// The driver whose outcomes are the columns.
    pub hypotheses: Option<DriverId>,
}

/// Conclusions side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Every driver of the program.
    pub drivers: Vec<WeighedDriver>,
    /// Empty where there are neither scenarios nor few enough worlds.
    pub columns: Vec<Column>,
    pub rows: Vec<ComparedRow>,
    /// The drivers that bear on some conclusion, the one that matters most first.
    pub key_drivers: Vec<KeyDriver>,
}

/// A driver with the weights of its outcomes, which sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct WeighedDriver {
    pub driver: DriverId,
    pub weights: Vec<f64>,
    /// Whether they did not as written.
    pub normalised: bool,
}

/// What a column is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// A scenario, its drivers open; first the case as it stands.
    Scenario(ScenarioId),
    /// A world, by the outcome of each driver; for hypotheses of one driver only, the others being open.
    World(Vec<(DriverId, usize)>),
}

/// A conclusion that holds in some column.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    pub relation: RelationId,
    pub terms: Vec<Term>,
    /// By column.
    pub cells: Vec<ComparedCell>,
    /// Where it holds in the case as it stands; absent where in all worlds.
    pub worlds: Option<Vec<WorldCube>>,
    pub likelihood: Option<f64>,
    /// Whether it holds with all `[now]` outcomes; absent where that hangs on drivers without one.
    pub now: Option<bool>,
    /// The smallest changes of `[now]` outcomes that make it hold, or stop holding.
    pub flips: Vec<Vec<(DriverId, usize)>>,
    /// The drivers that bear on it, in order.
    pub sensitivity: Vec<Sensitivity>,
    pub contradicted: bool,
}

impl ComparedRow {
    /// Whether it stands alike in every column.
    pub fn is_alike(&self) -> bool {
        self.cells.windows(2).all(|pair| pair[0] == pair[1])
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparedCell {
    pub status: Status,
    /// Where the column leaves it open.
    pub likelihood: Option<f64>,
}

/// How much a driver bears on a conclusion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sensitivity {
    pub driver: DriverId,
    /// The share of worlds, unweighted, in which changing it alone changes the conclusion.
    pub share: f64,
    /// The least and the greatest likelihood of the conclusion over the driver's outcomes.
    pub low: f64,
    pub high: f64,
}

impl Sensitivity {
    pub fn spread(&self) -> f64 {
        self.high - self.low
    }
}

/// How much a driver bears on all conclusions together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyDriver {
    pub driver: DriverId,
    /// How many conclusions it bears on.
    pub conclusions: usize,
    /// Its mean share and spread over all of them that any driver bears on.
    pub share: f64,
    pub spread: f64,
}

impl Reader<'_> {
    /// Puts the conclusions side by side.
    ///
    /// # Errors
    /// When no world is left.
    pub fn compare(&mut self, options: &CompareOptions) -> Result<Comparison, Complaint> {
        let base = self.compared_scope(&options.frame)?;
        let columns = self.columns(options, &base)?;
        let mut bearing = Bearing::new(self, &base);
        let mut rows = Vec::new();
        for (relation, sentences) in self.concluded_sentences() {
            for terms in sentences {
                rows.extend(self.compared(relation, terms, &base, &columns, &mut bearing));
            }
        }
        Ok(Comparison {
            drivers: self.weighed_drivers(),
            columns: columns.into_iter().map(|scoped| scoped.column).collect(),
            key_drivers: key_drivers(&rows),
            rows,
        })
    }

    pub(super) fn compared_scope(&mut self, frame: &Frame) -> Result<Scope, Complaint> {
        let scenario = &self.program.scenarios[frame.scenario.0 as usize];
        let first = self.program.impossible.first().map(|(_, _, at)| *at);
        let at = if frame.scenario == ScenarioId::BASE {
            first.unwrap_or_default()
        } else {
            scenario.at
        };
        self.scope(frame, &Variables::default(), at, Openness::All)
    }

    /// The row of a sentence, unless it holds in no column.
    fn compared(
        &mut self,
        relation: RelationId,
        terms: Vec<Term>,
        base: &Scope,
        columns: &[Scoped],
        bearing: &mut Bearing,
    ) -> Option<ComparedRow> {
        let side = Side {
            relation,
            negative: false,
        };
        let standing = self.standing(side, &terms);
        let mut cells = Vec::with_capacity(columns.len());
        let mut somewhere = false;
        for scoped in columns {
            let (status, extent) = self.overall(standing, &scoped.scope);
            let holds = self.holding_in(standing.holds, &scoped.scope);
            somewhere |= !holds.is_never();
            cells.push(ComparedCell {
                status,
                likelihood: extent.likelihood,
            });
        }
        let holding = self.holding_in(standing.holds, base);
        if !somewhere && holding.is_never() {
            return None;
        }
        let differs = holding != base.worlds && !self.program.drivers.is_empty();
        Some(ComparedRow {
            relation,
            cells,
            worlds: differs.then(|| self.world_cubes(holding)),
            likelihood: if differs {
                self.likelihood(holding, base.worlds)
            } else {
                None
            },
            now: bearing.now(self, holding),
            flips: bearing.flips(self, holding),
            sensitivity: bearing.sensitivity(self, holding),
            contradicted: self.is_tainted(relation, &terms, base),
            terms,
        })
    }

    /// The worlds of a scope in which a label has some context.
    fn holding_in(&mut self, label: Label, scope: &Scope) -> Label {
        let worlds = self.in_worlds(label, scope);
        self.model.diagram.and(worlds, scope.worlds)
    }

    fn weighed_drivers(&self) -> Vec<WeighedDriver> {
        let all = self.program.drivers.iter().enumerate();
        all.map(|(number, driver)| {
            let (weights, normalised) = weights_of(driver);
            WeighedDriver {
                driver: DriverId(number as u32),
                weights,
                normalised,
            }
        })
        .collect()
    }
}

/// Ranked by share, then spread, then by how many conclusions they bear on.
fn key_drivers(rows: &[ComparedRow]) -> Vec<KeyDriver> {
    let open = rows.iter().filter(|row| !row.sensitivity.is_empty());
    let count = open.clone().count() as f64;
    let mut found: Vec<KeyDriver> = Vec::new();
    for one in open.flat_map(|row| &row.sensitivity) {
        let known = found.iter().position(|known| known.driver == one.driver);
        let place = known.unwrap_or_else(|| {
            found.push(KeyDriver {
                driver: one.driver,
                conclusions: 0,
                share: 0.0,
                spread: 0.0,
            });
            found.len() - 1
        });
        let driver = &mut found[place];
        driver.conclusions += 1;
        driver.share += one.share / count;
        driver.spread += one.spread() / count;
    }
    found.sort_by(|a, b| {
        let by_share = b.share.total_cmp(&a.share);
        by_share
            .then(b.spread.total_cmp(&a.spread))
            .then(b.conclusions.cmp(&a.conclusions))
            .then(a.driver.cmp(&b.driver))
    });
    found
}
