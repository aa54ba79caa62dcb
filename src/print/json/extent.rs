//! When, in which worlds, how likely; and the names that statuses have in the contract.

use crate::reading::{Extent, Status, WorldCube};
use crate::say::Voice;
pub use crate::say::status_word as status;
use crate::value::Date;
use crate::value::date::Day;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

/// To be flattened into what it is the extent of.
#[derive(Serialize)]
pub struct ExtentJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<Vec<[Option<String>; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worlds: Option<Vec<CubeJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likelihood: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    otherwise: Vec<OtherwiseJson<'a>>,
}

/// `{"answer": "contested", "worlds": [{"sale": ["made"]}]}`
#[derive(Serialize)]
struct OtherwiseJson<'a> {
    answer: &'static str,
    worlds: Vec<CubeJson<'a>>,
}

impl<'a> ExtentJson<'a> {
    pub fn new(voice: Voice<'a>, extent: &'a Extent) -> Self {
        let dates = |&(first, last): &(Option<Day>, Option<Day>)| {
            [first.map(Date::day_text), last.map(Date::day_text)]
        };
        Self {
            when: extent
                .when
                .as_ref()
                .map(|periods| periods.iter().map(dates).collect()),
            worlds: extent
                .worlds
                .as_ref()
                .map(|cubes| cubes.iter().map(|cube| CubeJson { voice, cube }).collect()),
            likelihood: extent.likelihood.map(rounded),
            otherwise: extent
                .otherwise
                .iter()
                .map(|(status, cubes)| OtherwiseJson {
                    answer: answer(*status),
                    worlds: cubes.iter().map(|cube| CubeJson { voice, cube }).collect(),
                })
                .collect(),
        }
    }
}

/// Likelihoods carry no more digits than their inputs could justify, and no noise of the last binary place.
pub fn rounded(likelihood: f64) -> f64 {
    (likelihood * 1e12).round() / 1e12
}

/// `{"karabakh": ["war", "settled"]}`
pub struct CubeJson<'a> {
    voice: Voice<'a>,
    cube: &'a WorldCube,
}

impl<'a> CubeJson<'a> {
    pub fn new(voice: Voice<'a>, cube: &'a WorldCube) -> Self {
        Self { voice, cube }
    }
}

impl Serialize for CubeJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.cube.len()))?;
        for (driver, outcomes) in self.cube {
            let driver = &self.voice.program.drivers[driver.0 as usize];
            let labels: Vec<&str> = outcomes
                .iter()
                .map(|&outcome| driver.outcomes[outcome].label.as_str())
                .collect();
            object.serialize_entry(&*driver.label, &labels)?;
        }
        object.end()
    }
}

/// The answer to a question.
pub fn answer(given: Status) -> &'static str {
    match given {
        Status::Certain => "yes",
        Status::Presumed => "presumably",
        Status::Refuted => "no",
        other => status(other),
    }
}
