//! How every conclusion of a case stands: in the case itself, and where it stands otherwise in its scenarios.

use crate::complaint::Complaint;
use crate::program::{Frame, ScenarioId};
use crate::reading::{Reader, RunOptions};
use crate::say::{self, Voice};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Each sentence with how it stands: `Armenia is finlandized` is `presumed, if karabakh is war`.
pub type Standing = IndexMap<String, String>;

/// What follows from a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standings {
    pub conclusions: Standing,
    /// By scenario: what stands otherwise in it.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub scenarios: IndexMap<String, Standing>,
}

/// What marks a sentence that is stated.
const STATED: &str = ", stated";

/// What stands for a conclusion of the case that a scenario does not have.
const NOTHING: &str = "unknown";

impl Standings {
    /// How a sentence stands in the case or in a scenario; `None` where nothing says so.
    pub fn of(&self, scenario: Option<&str>, sentence: &str) -> Option<&str> {
        let own = scenario
            .and_then(|scenario| self.scenarios.get(scenario))
            .and_then(|standing| standing.get(sentence));
        let found = own.or_else(|| self.conclusions.get(sentence));
        found
            .map(String::as_str)
            .filter(|&standing| standing != NOTHING)
    }
}

impl Standings {
    /// Those that are no conclusions of the case taken out: they stand among the statements.
    #[must_use]
    pub fn without_facts(mut self) -> Self {
        self.conclusions.retain(|_, standing| !is_fact(standing));
        self
    }

    /// Has a sentence stand otherwise.
    pub(super) fn set(&mut self, scenario: Option<&str>, sentence: &str, standing: Option<&str>) {
        let (map, standing) = match scenario {
            None => (&mut self.conclusions, standing),
            Some(scenario) => (
                self.scenarios.entry(scenario.to_owned()).or_default(),
                standing.or(Some(NOTHING)),
            ),
        };
        match standing {
            Some(standing) => {
                map.insert(sentence.to_owned(), standing.to_owned());
            }
            None => {
                map.shift_remove(sentence);
            }
        }
    }

    /// Puts what others have too in their order, before the rest.
    pub(super) fn order_as(&mut self, others: &Self) {
        let place = |sentence: &String| {
            let place = others.conclusions.get_index_of(sentence);
            place.unwrap_or(usize::MAX)
        };
        self.conclusions
            .sort_by(|one, _, other, _| place(one).cmp(&place(other)));
    }
}

/// Whether a standing is that of a sentence which is stated and simply holds: no conclusion.
pub(super) fn is_fact(standing: &str) -> bool {
    let holds = ["certain", "presumed"].contains(&status(standing));
    holds && !standing.contains("; ") && standing.contains(STATED)
}

/// The status in a standing, the strongest where it has several.
pub(super) fn status(standing: &str) -> &str {
    standing.split([',', ';']).next().unwrap_or(standing)
}

/// What follows in a frame, and in each scenario that the frame does not settle.
///
/// # Errors
/// When no world is left.
pub fn standings(reader: &mut Reader<'_>, frame: &Frame) -> Result<Standings, Complaint> {
    let conclusions = standing(reader, frame)?;
    let mut scenarios = IndexMap::new();
    if frame.scenario == ScenarioId::BASE {
        let program = reader.program;
        let labelled = (0..).zip(&program.scenarios);
        for (number, scenario) in labelled.filter(|(_, scenario)| !scenario.label.is_empty()) {
            let frame = Frame {
                scenario: ScenarioId(number),
                ..frame.clone()
            };
            let mut own = standing(reader, &frame)?;
            // A fact that is dropped is no conclusion.
            let lacking = conclusions
                .iter()
                .filter(|(sentence, standing)| !own.contains_key(*sentence) && !is_fact(standing));
            let lacking: Vec<String> = lacking.map(|(sentence, _)| sentence.clone()).collect();
            own.retain(|sentence, standing| conclusions.get(sentence) != Some(standing));
            own.extend(
                lacking
                    .into_iter()
                    .map(|sentence| (sentence, NOTHING.into())),
            );
            if !own.is_empty() {
                scenarios.insert(scenario.label.to_string(), own);
            }
        }
    }
    Ok(Standings {
        conclusions,
        scenarios,
    })
}

fn standing(reader: &mut Reader<'_>, frame: &Frame) -> Result<Standing, Complaint> {
    let options = RunOptions {
        stated_conclusions: true,
        all_statuses: true,
        frame: frame.clone(),
        ..RunOptions::default()
    };
    let relations = reader.conclusions(&options)?;
    let voice = Voice::new(reader.program, reader.terms());
    let mut standing = Standing::new();
    for relation in relations {
        for row in relation.rows {
            let sentence = voice.sentence(relation.relation, &row.terms, false);
            let extent = voice.extent(&row.extent);
            let mut said = say::status_word(row.status).to_owned();
            if !extent.is_empty() {
                said = format!("{said}, {extent}");
            }
            if row.contradicted {
                said.push_str(", resting on a contradiction");
            }
            if row.stated {
                said.push_str(STATED);
            }
            match standing.entry(sentence) {
                indexmap::map::Entry::Occupied(mut known) => {
                    known.get_mut().push_str("; ");
                    known.get_mut().push_str(&said);
                }
                indexmap::map::Entry::Vacant(free) => {
                    free.insert(said);
                }
            }
        }
    }
    Ok(standing)
}
