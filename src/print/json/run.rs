//! What `hence run` says.

use super::extent::{ExtentJson, status};
use super::term::TermsJson;
use super::{AnswerJson, Diagnostic, Each, VERSION, is_false};
use crate::reading::{RelationRows, SentenceRow};
use crate::say::Voice;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

#[derive(Serialize)]
pub struct RunJson<'a> {
    version: u32,
    relations: Vec<RelationJson<'a>>,
    answers: Vec<AnswerJson<'a>>,
    warnings: Vec<Diagnostic>,
    contradictions: Vec<ContradictionJson>,
}

/// A sentence that holds together with its opposite.
#[derive(Serialize)]
pub struct ContradictionJson {
    pub sentence: String,
}

impl<'a> RunJson<'a> {
    pub fn new(
        voice: Voice<'a>,
        relations: &'a [RelationRows],
        answers: Vec<AnswerJson<'a>>,
        warnings: Vec<Diagnostic>,
        contradictions: Vec<ContradictionJson>,
    ) -> Self {
        let relations = relations
            .iter()
            .map(|rows| RelationJson { voice, rows })
            .collect();
        Self {
            version: VERSION,
            relations,
            answers,
            warnings,
            contradictions,
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
