//! What `hence compare` says.

use super::extent::{CubeJson, rounded, status};
use super::term::TermsJson;
use super::{Each, VERSION, is_false};
use crate::program::DriverId;
use crate::reading::{
    Column, ComparedCell, ComparedRow, Comparison, KeyDriver, Sensitivity, Status, WeighedDriver,
};
use crate::say::Voice;
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeStruct, Serializer};

/// `{"version": 1, "drivers": […], "scenarios": […], "columns": […], "rows": […], "key_drivers": […]}`
pub struct CompareJson<'a> {
    voice: Voice<'a>,
    comparison: &'a Comparison,
}

impl<'a> CompareJson<'a> {
    pub fn new(voice: Voice<'a>, comparison: &'a Comparison) -> Self {
        Self { voice, comparison }
    }
}

impl Serialize for CompareJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { voice, comparison } = *self;
        let mut object = serializer.serialize_struct("comparison", 6)?;
        object.serialize_field("version", &VERSION)?;
        object.serialize_field(
            "drivers",
            &Each(|| comparison.drivers.iter().map(|one| driver(voice, one))),
        )?;
        let declared = || {
            voice
                .program
                .scenarios
                .iter()
                .filter(|one| !one.label.is_empty())
        };
        object.serialize_field(
            "scenarios",
            &Each(|| {
                declared().map(|scenario| ScenarioJson {
                    label: &scenario.label,
                    text: scenario.title.as_deref(),
                })
            }),
        )?;
        object.serialize_field(
            "columns",
            &Each(|| {
                comparison
                    .columns
                    .iter()
                    .map(|column| ColumnJson(voice, column))
            }),
        )?;
        object.serialize_field(
            "rows",
            &Each(|| {
                comparison
                    .rows
                    .iter()
                    .map(|one| row(voice, comparison, one))
            }),
        )?;
        object.serialize_field(
            "key_drivers",
            &Each(|| {
                comparison
                    .key_drivers
                    .iter()
                    .map(|one| key_driver(voice, one))
            }),
        )?;
        object.end()
    }
}

#[derive(Serialize)]
struct ScenarioJson<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct DriverJson<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    outcomes: Vec<OutcomeJson<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    normalised: bool,
}

#[derive(Serialize)]
struct OutcomeJson<'a> {
    label: &'a str,
    weight: f64,
    #[serde(skip_serializing_if = "is_false")]
    now: bool,
}

fn driver<'a>(voice: Voice<'a>, weighed: &WeighedDriver) -> DriverJson<'a> {
    let driver = &voice.program.drivers[weighed.driver.0 as usize];
    let outcomes = driver.outcomes.iter().zip(&weighed.weights);
    DriverJson {
        label: &driver.label,
        text: driver.title.as_deref(),
        outcomes: outcomes
            .map(|(outcome, &weight)| OutcomeJson {
                label: &outcome.label,
                weight: rounded(weight),
                now: outcome.now,
            })
            .collect(),
        normalised: weighed.normalised,
    }
}

/// `{"scenario": "buyout"}`, `null` for the case as it stands; `{"karabakh": "war", "border": "open"}`
struct ColumnJson<'a>(Voice<'a>, &'a Column);

impl Serialize for ColumnJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            Column::Scenario(scenario) => {
                let label = self.0.program.scenarios[scenario.0 as usize].label.as_str();
                let mut object = serializer.serialize_map(Some(1))?;
                object.serialize_entry("scenario", &(!label.is_empty()).then_some(label))?;
                object.end()
            }
            Column::World(world) => OutcomesJson(self.0, world).serialize(serializer),
        }
    }
}

/// `{"karabakh": "war"}`
struct OutcomesJson<'a>(Voice<'a>, &'a [(DriverId, usize)]);

impl Serialize for OutcomesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.1.len()))?;
        for &(driver, outcome) in self.1 {
            let label = &self.0.program.drivers[driver.0 as usize].outcomes[outcome].label;
            object.serialize_entry(self.0.driver(driver), label.as_str())?;
        }
        object.end()
    }
}

#[derive(Serialize)]
struct RowJson<'a> {
    sentence: String,
    relation: String,
    terms: TermsJson<'a>,
    cells: Vec<Option<&'static str>>,
    /// By cell, where some cell is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    likelihoods: Option<Vec<Option<f64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worlds: Option<Vec<CubeJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likelihood: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<bool>,
    flips: Vec<OutcomesJson<'a>>,
    sensitivity: Vec<SensitivityJson<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    contradicted: bool,
}

fn row<'a>(voice: Voice<'a>, comparison: &Comparison, row: &'a ComparedRow) -> RowJson<'a> {
    let said = |cell: &ComparedCell| (cell.status != Status::Unknown).then(|| status(cell.status));
    let likelihoods: Vec<Option<f64>> = row
        .cells
        .iter()
        .map(|cell| cell.likelihood.map(rounded))
        .collect();
    debug_assert_eq!(row.cells.len(), comparison.columns.len());
    RowJson {
        sentence: voice.sentence(row.relation, &row.terms, false),
        relation: voice.relation(row.relation),
        terms: TermsJson(voice, &row.terms),
        cells: row.cells.iter().map(said).collect(),
        likelihoods: likelihoods
            .iter()
            .any(Option::is_some)
            .then_some(likelihoods),
        worlds: row.worlds.as_ref().map(|cubes| {
            cubes
                .iter()
                .map(|cube| CubeJson::new(voice, cube))
                .collect()
        }),
        likelihood: row.likelihood.map(rounded),
        now: row.now,
        flips: row
            .flips
            .iter()
            .map(|flip| OutcomesJson(voice, flip))
            .collect(),
        sensitivity: row
            .sensitivity
            .iter()
            .map(|one| sensitivity(voice, one))
            .collect(),
        contradicted: row.contradicted,
    }
}

#[derive(Serialize)]
struct SensitivityJson<'a> {
    driver: &'a str,
    share: f64,
    low: f64,
    high: f64,
    spread: f64,
}

fn sensitivity<'a>(voice: Voice<'a>, one: &Sensitivity) -> SensitivityJson<'a> {
    SensitivityJson {
        driver: voice.driver(one.driver),
        share: rounded(one.share),
        low: rounded(one.low),
        high: rounded(one.high),
        spread: rounded(one.spread()),
    }
}

#[derive(Serialize)]
struct KeyDriverJson<'a> {
    driver: &'a str,
    conclusions: usize,
    share: f64,
    spread: f64,
}

fn key_driver<'a>(voice: Voice<'a>, one: &KeyDriver) -> KeyDriverJson<'a> {
    KeyDriverJson {
        driver: voice.driver(one.driver),
        conclusions: one.conclusions,
        share: rounded(one.share),
        spread: rounded(one.spread),
    }
}
