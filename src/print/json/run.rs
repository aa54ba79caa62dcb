//! What `hence run` says.

use super::argument::OwnArgumentJson;
use super::extent::{ExtentJson, status};
use super::term::TermsJson;
use super::{AnswerJson, Diagnostic, Each, VERSION, is_false};
use crate::reading::{Answer, Contradiction, RelationRows, SentenceRow};
use crate::say::Voice;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::value::RawValue;
use std::fmt;

#[derive(Serialize)]
pub struct RunJson<'a> {
    version: u32,
    relations: Vec<RelationJson<'a>>,
    answers: Vec<AnswerJson<'a>>,
    warnings: Vec<Diagnostic>,
    contradictions: Vec<ContradictionJson<'a>>,
}

/// A sentence that holds together with its opposite.
#[derive(Serialize)]
struct ContradictionJson<'a> {
    sentence: String,
    #[serde(flatten)]
    extent: ExtentJson<'a>,
    /// Of the sentence, and of its opposite.
    proofs: Vec<OwnArgumentJson>,
    /// What both rest on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shared: Vec<String>,
}

impl<'a> RunJson<'a> {
    pub fn new(
        voice: Voice<'a>,
        relations: &'a [RelationRows],
        answers: &'a [Answer],
        warnings: Vec<Diagnostic>,
        contradictions: &'a [Contradiction],
    ) -> Self {
        let contradiction = |found: &'a Contradiction| ContradictionJson {
            sentence: voice.sentence(found.relation, &found.terms, false),
            extent: ExtentJson::new(voice, &found.extent),
            proofs: found
                .proofs
                .iter()
                .map(|proof| OwnArgumentJson(voice.argument(proof)))
                .collect(),
            shared: voice.shared(found),
        };
        Self {
            version: VERSION,
            relations: relations
                .iter()
                .map(|rows| RelationJson { voice, rows })
                .collect(),
            answers: answers
                .iter()
                .map(|answer| AnswerJson::new(voice, answer))
                .collect(),
            warnings,
            contradictions: contradictions.iter().map(contradiction).collect(),
        }
    }
}

/// `{"version": 1, "counts": [{"name": "_ covers _", "number": 12}]}`
#[derive(Serialize)]
pub struct Counts<'a> {
    version: u32,
    counts: Vec<CountJson<'a>>,
}

#[derive(Serialize)]
struct CountJson<'a> {
    name: &'a str,
    number: Box<RawValue>,
}

impl<'a> Counts<'a> {
    /// Numbers as they display, which for whole numbers is JSON.
    pub fn new(counts: &'a [(String, impl fmt::Display)]) -> Self {
        let counts = counts
            .iter()
            .map(|(name, number)| CountJson {
                name,
                number: RawValue::from_string(number.to_string()).unwrap_or_default(),
            })
            .collect();
        Self {
            version: VERSION,
            counts,
        }
    }
}

struct RelationJson<'a> {
    voice: Voice<'a>,
    rows: &'a RelationRows,
}

impl Serialize for RelationJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("relation", 2)?;
        object.serialize_field("name", &self.voice.relation(self.rows.relation))?;
        object.serialize_field(
            "rows",
            &Each(|| self.rows.rows.iter().map(|row| self.row(row))),
        )?;
        object.end()
    }
}

impl<'a> RelationJson<'a> {
    fn row(&self, row: &'a SentenceRow) -> RowJson<'a> {
        RowJson {
            sentence: self.voice.sentence(self.rows.relation, &row.terms, false),
            terms: TermsJson(self.voice, &row.terms),
            status: status(row.status),
            stated: row.stated,
            extent: ExtentJson::new(self.voice, &row.extent),
            contradicted: row.contradicted,
        }
    }
}

#[derive(Serialize)]
struct RowJson<'a> {
    sentence: String,
    terms: TermsJson<'a>,
    status: &'static str,
    stated: bool,
    #[serde(flatten)]
    extent: ExtentJson<'a>,
    #[serde(skip_serializing_if = "is_false")]
    contradicted: bool,
}
