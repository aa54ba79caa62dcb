//! `what would it take for S?`

use crate::program::Ground;
use crate::reading::Change;
use crate::say::Voice;
use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// `{"suppose": ["Tweety is a bird"], "drop": [], "outcomes": {"karabakh": "war"}}`, and what is to be said of the sentences.
#[derive(Serialize)]
pub struct ChangeJson<'a> {
    suppose: Vec<String>,
    drop: Vec<String>,
    outcomes: OutcomesJson<'a>,
    /// Those of `suppose` that nothing like is stated, and that rules conclude.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concluded: Vec<String>,
    /// By sentence of `suppose`, for a value that nothing gives: `> 100`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    enough: IndexMap<String, String>,
    /// Those of `enough` of which any such value will do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    will_do: Vec<String>,
    /// By sentence of `suppose`, other values that nothing gives: `{"2024-01-04": "stands in for another day"}`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    stand_ins: IndexMap<String, IndexMap<String, String>>,
    /// By sentence of `drop`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    sources: IndexMap<String, Vec<SourceJson<'a>>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
}

impl<'a> ChangeJson<'a> {
    pub fn new(voice: Voice<'a>, change: &'a Change) -> Self {
        let sentence =
            |ground: &Ground| voice.sentence(ground.relation, &ground.terms, ground.negative);
        let supposed = change.suppose.iter();
        let concluded = supposed.clone().filter(|supposed| supposed.concluded);
        let enough = supposed.clone().filter_map(|supposed| {
            let asked = voice.asked_value(supposed.asked?);
            Some((sentence(&supposed.sentence), asked))
        });
        let will_do = supposed
            .clone()
            .filter(|supposed| supposed.asked.is_some_and(|asked| asked.any));
        let standing_in = supposed.clone().filter(|it| !it.stand_ins.is_empty());
        let stand_ins = standing_in.map(|supposed| {
            let said = supposed.stand_ins.iter().map(|it| voice.stand_in(it));
            (sentence(&supposed.sentence), said.collect())
        });
        let cited = change.drop.iter().filter(|gone| !gone.sources.is_empty());
        let sources = cited.map(|gone| {
            let sources = gone.sources.iter().map(|citation| SourceJson {
                source: &voice.program.cited[citation.source.0 as usize].label,
                place: citation.place.as_deref(),
            });
            (voice.dropped(gone), sources.collect())
        });
        Self {
            enough: enough.collect(),
            will_do: will_do.map(|it| sentence(&it.sentence)).collect(),
            stand_ins: stand_ins.collect(),
            sources: sources.collect(),
            concluded: concluded.map(|it| sentence(&it.sentence)).collect(),
            suppose: supposed.map(|it| sentence(&it.sentence)).collect(),
            drop: change.drop.iter().map(|gone| voice.dropped(gone)).collect(),
            outcomes: OutcomesJson(voice, change),
        }
    }
}

struct OutcomesJson<'a>(Voice<'a>, &'a Change);

impl Serialize for OutcomesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(voice, change) = self;
        let mut object = serializer.serialize_map(Some(change.outcomes.len()))?;
        for &(driver, outcome) in &change.outcomes {
            let label = &voice.program.drivers[driver.0 as usize].outcomes[outcome].label;
            object.serialize_entry(voice.driver(driver), label.as_str())?;
        }
        object.end()
    }
}
