//! An answered question.

use super::explained::OwnExplainedJson;
use super::extent::{ExtentJson, answer, status};
use super::is_false;
use super::take::ChangeJson;
use super::term::TermsJson;
use crate::program::QuestionKind;
use crate::reading::{Answer, AnswerBody, Cut, TableRow};
use crate::say::{self, Voice};
use serde::Serialize;

#[derive(Serialize)]
pub struct AnswerJson<'a> {
    question: &'a str,
    kind: &'static str,
    #[serde(flatten)]
    body: BodyJson<'a>,
    #[serde(skip_serializing_if = "is_false")]
    contradicted: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum BodyJson<'a> {
    YesNo {
        answer: &'static str,
        #[serde(flatten)]
        extent: ExtentJson<'a>,
    },
    Explained {
        answer: &'static str,
        #[serde(flatten)]
        extent: ExtentJson<'a>,
        #[serde(flatten)]
        account: Box<OwnExplainedJson>,
    },
    Table {
        columns: &'a [String],
        rows: Vec<RowJson<'a>>,
    },
    Takes {
        answer: &'static str,
        #[serde(flatten)]
        extent: ExtentJson<'a>,
        changes: Vec<ChangeJson<'a>>,
        breaks: Vec<ChangeJson<'a>>,
        /// Whether these are all.
        complete: bool,
        /// Of changes of at most so many sentences these are all, where larger ones were not looked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        up_to: Option<usize>,
        /// Whether there was too much to look at all of it.
        #[serde(skip_serializing_if = "is_false")]
        overlooked: bool,
        /// Where an opposite was asked for that nothing could conclude: the sentence, whose `breaks` could be asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        instead: Option<String>,
    },
    Likelihood {
        answer: &'static str,
        #[serde(flatten)]
        extent: ExtentJson<'a>,
        words: &'static str,
        independent: Vec<&'a str>,
        normalised: Vec<&'a str>,
    },
}

#[derive(Serialize)]
struct RowJson<'a> {
    terms: TermsJson<'a>,
    status: &'static str,
    #[serde(flatten)]
    extent: ExtentJson<'a>,
    #[serde(skip_serializing_if = "is_false")]
    contradicted: bool,
}

impl<'a> AnswerJson<'a> {
    pub fn new(voice: Voice<'a>, given: &'a Answer) -> Self {
        let body = match &given.body {
            AnswerBody::YesNo { status, extent, .. } => BodyJson::YesNo {
                answer: answer(*status),
                extent: ExtentJson::new(voice, extent),
            },
            AnswerBody::Explained(given) => BodyJson::Explained {
                answer: answer(given.status),
                extent: ExtentJson::new(voice, &given.extent),
                account: Box::new(OwnExplainedJson(voice.account(given))),
            },
            AnswerBody::Table { columns, rows } => BodyJson::Table {
                columns,
                rows: rows.iter().map(|row| RowJson::new(voice, row)).collect(),
            },
            AnswerBody::Takes(given) => BodyJson::Takes {
                answer: answer(given.status),
                extent: ExtentJson::new(voice, &given.extent),
                changes: given
                    .changes
                    .iter()
                    .map(|change| ChangeJson::new(voice, change))
                    .collect(),
                breaks: given
                    .breaks
                    .iter()
                    .map(|change| ChangeJson::new(voice, change))
                    .collect(),
                complete: given.cut.is_none(),
                up_to: match given.cut {
                    Some(Cut::Larger(most)) => Some(most),
                    _ => None,
                },
                overlooked: given.cut == Some(Cut::Searched),
                instead: given
                    .turned
                    .as_ref()
                    .map(|turned| voice.sentence(turned.relation, &turned.terms, false)),
            },
            AnswerBody::Likelihood(given) => BodyJson::Likelihood {
                answer: answer(given.status),
                extent: ExtentJson::new(voice, &given.extent),
                words: say::likelihood_word(given.word),
                independent: given
                    .independent
                    .iter()
                    .map(move |&driver| voice.driver(driver))
                    .collect(),
                normalised: given
                    .normalised
                    .iter()
                    .map(move |&driver| voice.driver(driver))
                    .collect(),
            },
        };
        Self {
            question: &given.question,
            kind: kind(given),
            body,
            contradicted: given.contradicted,
        }
    }
}

impl<'a> RowJson<'a> {
    fn new(voice: Voice<'a>, row: &'a TableRow) -> Self {
        Self {
            terms: TermsJson(voice, &row.terms),
            status: status(row.status),
            extent: ExtentJson::new(voice, &row.extent),
            contradicted: row.contradicted,
        }
    }
}

fn kind(given: &Answer) -> &'static str {
    match (given.kind, &given.body) {
        (QuestionKind::Plain, AnswerBody::Table { .. }) => "table",
        (QuestionKind::Plain, _) => "yes-no",
        (QuestionKind::Why, _) => "why",
        (QuestionKind::WhyNot, _) => "why-not",
        (QuestionKind::WhatIf, _) => "what-if",
        (QuestionKind::HowLikely, _) => "how-likely",
        (QuestionKind::WhatWouldItTake, _) => "what-would-it-take",
    }
}
