//! `what would it take for S?`

use crate::program::Ground;
use crate::reading::Change;
use crate::say::Voice;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// `{"suppose": ["Tweety is a bird"], "drop": [], "outcomes": {"karabakh": "war"}}`
#[derive(Serialize)]
pub struct ChangeJson<'a> {
    suppose: Vec<String>,
    drop: Vec<String>,
    outcomes: OutcomesJson<'a>,
}

impl<'a> ChangeJson<'a> {
    pub fn new(voice: Voice<'a>, change: &'a Change) -> Self {
        let sentence =
            |ground: &Ground| voice.sentence(ground.relation, &ground.terms, ground.negative);
        Self {
            suppose: change.suppose.iter().map(sentence).collect(),
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
