//! Where `hence` and the judge part, in words.

use super::judge;
use super::judge::answer::{Answer, Judged, Row};
use super::said;
use hence::core::Ambiguity;
use hence::program::{Program, Question, RelationId, ScenarioId};
use hence::reading::{AnswerBody, Extent, Status, TableRow};
use hence::value::{Date, Terms, Value};
use std::collections::BTreeSet;
use std::fmt::Write;

pub fn judged_as(ambiguity: Ambiguity) -> judge::Ambiguity {
    match ambiguity {
        Ambiguity::Propagating => judge::Ambiguity::Propagating,
        Ambiguity::Blocking => judge::Ambiguity::Blocking,
    }
}

/// Everything, for both policies and with the `[now]` drivers open too.
pub fn differences(program: &Program) -> String {
    let mut out = String::new();
    let has_now = program
        .drivers
        .iter()
        .flat_map(|driver| &driver.outcomes)
        .any(|outcome| outcome.now);
    for ambiguity in [Ambiguity::Propagating, Ambiguity::Blocking] {
        let core = said::core(program, ambiguity);
        let mut reader = said::Reading::new(program, &core);
        for all_worlds in [false, true] {
            if has_now || !all_worlds {
                rows(program, &mut reader, ambiguity, all_worlds, &mut out);
            }
        }
        for question in &program.questions {
            if let Some(difference) = answers(program, &mut reader, question, ambiguity) {
                let _ = writeln!(out, "{ambiguity:?}, {}: {difference}", question.text);
            }
        }
    }
    out
}

/// The rows of `run`, scenario by scenario.
fn rows(
    program: &Program,
    run: &mut said::Reading<'_>,
    ambiguity: Ambiguity,
    all_worlds: bool,
    out: &mut String,
) {
    for number in 0..program.scenarios.len() {
        let scenario = ScenarioId(number as u32);
        let verdict = judge::judge(program, scenario, all_worlds, judged_as(ambiguity));
        let rows = run.rows(scenario, all_worlds);
        if rows.is_none() != verdict.worlds.is_empty() {
            let _ = writeln!(
                out,
                "{ambiguity:?}, scenario {number}: {} worlds are left, hence differs",
                verdict.worlds.len()
            );
        }
        let Some(rows) = rows else { continue };
        let days: Vec<usize> = match program.present {
            Some(present) => vec![verdict.day(present.last)],
            None => (0..verdict.days.len()).collect(),
        };
        for (outcomes, findings) in &verdict.worlds {
            for &day in &days {
                let mut sentences: BTreeSet<_> = rows.sentences().cloned().collect();
                sentences.extend(
                    findings.argued[day]
                        .iter()
                        .map(|claim| said::key(claim, &verdict.terms)),
                );
                for sentence in sentences {
                    let wanted = verdict.status_of(findings, &sentence, day);
                    let when = program.present.is_none().then(|| verdict.days[day]);
                    let got = rows.status(&sentence, when, outcomes);
                    // A sentence that only a rival speaks against need not be listed.
                    let listed = got != Status::Unknown
                        || findings.argues_about(&sentence, day, &verdict.terms);
                    if wanted != got && listed {
                        let _ = writeln!(
                            out,
                            "{ambiguity:?}, scenario {number}, day {}, outcomes {outcomes:?}: {} is {wanted:?}, hence says {got:?}",
                            Date::day_text(verdict.days[day]),
                            say(program, &sentence),
                        );
                    }
                }
            }
        }
    }
}

/// What is different about the answer to a question.
fn answers(
    program: &Program,
    run: &mut said::Reading<'_>,
    question: &Question,
    ambiguity: Ambiguity,
) -> Option<String> {
    let judged = judge::answer::answer(program, question, judged_as(ambiguity));
    let got = run.answer(question);
    match (&judged.answer, &got) {
        (Answer::NoWorld, None) => None,
        (Answer::NoWorld, Some(_)) | (_, None) => {
            Some(format!("judged {:?}, hence says {got:?}", judged.answer))
        }
        (Answer::Likelihood(wanted), Some(AnswerBody::Likelihood(got))) => {
            let off = (wanted - got.likelihood).abs() > 1e-9;
            off.then(|| format!("likelihood {wanted}, hence says {}", got.likelihood))
        }
        (
            Answer::YesNo {
                status,
                holds,
                likelihood,
            },
            Some(AnswerBody::YesNo {
                status: got,
                extent,
                ..
            }),
        ) => yes_or_no(&judged, (*status, holds, *likelihood), (*got, extent)),
        (Answer::Table(rows), Some(AnswerBody::Table { rows: got, .. })) => {
            let got = contexts(&judged, run.terms(), got);
            (rows != &got).then(|| format!("rows {rows:?}, hence says {got:?}"))
        }
        (wanted, Some(got)) => Some(format!("judged {wanted:?}, hence says {got:?}")),
    }
}

fn yes_or_no(
    judged: &Judged<'_>,
    (status, holds, likelihood): (Status, &BTreeSet<(Vec<usize>, usize)>, f64),
    (got, extent): (Status, &Extent),
) -> Option<String> {
    if status != got {
        return Some(format!("{status:?}, hence says {got:?}"));
    }
    if status == Status::Depends {
        for (outcomes, _) in &judged.verdict.worlds {
            let wanted = holds.iter().any(|(world, _)| world == outcomes);
            if wanted != said::there(extent, outcomes) {
                return Some(format!(
                    "in {outcomes:?} it is {wanted} that it holds, hence says {extent:?}"
                ));
            }
        }
        if extent
            .likelihood
            .is_none_or(|got| (got - likelihood).abs() > 1e-9)
        {
            return Some(format!(
                "likelihood {likelihood}, hence says {:?}",
                extent.likelihood
            ));
        }
    }
    if !holds.is_empty() && judged.days.len() > 1 {
        for &day in &judged.days {
            let wanted = holds.iter().any(|(_, then)| *then == day);
            if wanted != said::then(extent, Some(judged.verdict.days[day])) {
                let day = Date::day_text(judged.verdict.days[day]);
                return Some(format!(
                    "on {day} it is {wanted} that it holds, hence says {extent:?}"
                ));
            }
        }
    }
    None
}

/// The rows of a table, one by one for each world and day.
fn contexts(judged: &Judged<'_>, terms: &Terms, rows: &[TableRow]) -> BTreeSet<Row> {
    let mut all = BTreeSet::new();
    for row in rows {
        for (outcomes, _) in judged
            .verdict
            .worlds
            .iter()
            .filter(|(outcomes, _)| said::there(&row.extent, outcomes))
        {
            for &day in &judged.days {
                let when = (judged.days.len() > 1).then(|| judged.verdict.days[day]);
                if said::then(&row.extent, when) {
                    let certain = row.status == Status::Certain;
                    all.insert((
                        said::values(terms, &row.terms),
                        certain,
                        outcomes.clone(),
                        day,
                    ));
                }
            }
        }
    }
    all
}

pub fn say(program: &Program, (relation, values): &(RelationId, Vec<Value>)) -> String {
    let mut values = values.iter();
    let shape = program.relations[relation.0 as usize].shape.to_string();
    let word = |word: &str| {
        if word == "_" {
            values.next().map_or(String::new(), show)
        } else {
            word.to_string()
        }
    };
    shape.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn show(value: &Value) -> String {
    match value {
        Value::Name(name) => name.to_string(),
        Value::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}
