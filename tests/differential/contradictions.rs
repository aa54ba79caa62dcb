//! What rests on a contradiction: small random programs in which two facts contradict each other, each with the same program without
//! them. An answer is marked exactly where it would be another one without.

use super::{compare, judge, said};
use hence::core::Ambiguity;
use hence::program::{Program, ScenarioId};
use hence::reading::Status;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A program, with `Ann is odd` stated and denied or not.
#[derive(Clone, Debug)]
pub struct Case {
    present: bool,
    facts: Vec<String>,
    rules: Vec<String>,
    contexts: Vec<String>,
    /// Each with its opposite, where it is one sentence.
    asked: Vec<Vec<String>>,
}

const CONCLUDED: [&str; 4] = ["a", "b", "c", "d"];
const THINGS: [&str; 2] = ["Ann", "Bob"];

fn not() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "not "])
}

fn letter() -> impl Strategy<Value = &'static str> {
    select(vec!["a", "b", "c", "d", "odd", "odd"])
}

fn thing() -> impl Strategy<Value = &'static str> {
    select(&THINGS[..])
}

/// A sentence that is no part of the contradiction.
fn plain() -> impl Strategy<Value = String> {
    (not(), thing(), select(&CONCLUDED[..]))
        .prop_map(|(not, thing, letter)| format!("{not}{thing} is {letter}"))
}

fn sentence() -> impl Strategy<Value = String> {
    (not(), thing(), letter()).prop_map(|(not, thing, letter)| format!("{not}{thing} is {letter}"))
}

fn fact() -> impl Strategy<Value = String> {
    let notes = vec![
        "",
        "",
        " [presumably]",
        " [reported by Post]",
        " [from 2001]",
        " [30%]",
    ];
    (plain(), select(notes)).prop_map(|(sentence, note)| format!("{sentence}{note}."))
}

fn rule() -> impl Strategy<Value = String> {
    let premise = (not(), letter()).prop_map(|(not, letter)| format!("{not}?x is {letter}"));
    let more = prop_oneof![
        3 => (not(), letter()).prop_map(|(not, letter)| format!(" and {not}?x is {letter}")),
        3 => (not(), letter()).prop_map(|(not, letter)| format!(" unless {not}?x is {letter}")),
        1 => (letter(), 0..3).prop_map(|(letter, least)| format!(
            " and ?n is the number of ?y where ?y is {letter} and ?n > {least}"
        )),
    ];
    let verb = select(vec!["implies", "suggests", "suggests", "casts doubt on"]);
    let head = select(&CONCLUDED[..]);
    let note = select(vec!["", "", "", " [from 2002]", " [from then on]"]);
    (premise, prop::option::of(more), verb, not(), head, note).prop_map(
        |(first, more, verb, not, head, note)| {
            let more = more.unwrap_or_default();
            format!("{first}{more} {verb} {not}?x is {head}{note}.")
        },
    )
}

/// Drivers, a scenario, what is impossible.
fn contexts() -> impl Strategy<Value = Vec<String>> {
    let outcome = || prop_oneof![1 => Just("nothing".to_owned()), 3 => plain()];
    let now = select(vec!["", "", " [now]", " [20%]"]);
    let driver = (outcome(), now, outcome(), prop::option::of(outcome())).prop_map(
        |(one, now, two, three)| {
            let three = three.map_or_else(String::new, |three| format!(" three: {three}."));
            format!("one: {one}{now}. two: {two}.{three}")
        },
    );
    let drivers = prop::collection::vec(driver, 0..3);
    let impossible = (sentence(), plain()).prop_map(|(one, other)| format!("{one} and {other}"));
    let impossible = prop::option::weighted(0.2, impossible);
    (drivers, sentence(), impossible).prop_map(|(drivers, supposed, impossible)| {
        let drivers = drivers.iter().enumerate();
        let mut lines: Vec<String> = drivers
            .map(|(number, driver)| format!("driver d{number}: {driver}"))
            .collect();
        lines.push(format!("scenario plan: suppose {supposed}."));
        lines.extend(impossible.map(|body| format!("impossible {body}.")));
        lines
    })
}

/// A question, and its opposite where it asks for one sentence.
fn asked() -> impl Strategy<Value = Vec<String>> {
    let body = prop_oneof![
        4 => sentence().prop_map(|said| {
            let opposite = match said.strip_prefix("not ") {
                Some(denied) => denied.to_owned(),
                None => format!("not {said}"),
            };
            vec![said, opposite]
        }),
        1 => sentence().prop_map(|said| vec![format!("how likely is it that {said}")]),
        1 => (sentence(), select(vec!["and", "or", "unless"]), sentence())
            .prop_map(|(one, with, other)| vec![format!("{one} {with} {other}")]),
        1 => (not(), letter()).prop_map(|(not, letter)| vec![format!("{not}who is {letter}")]),
        1 => (letter(), letter())
            .prop_map(|(one, other)| vec![format!("?x is {one} unless ?x is {other}")]),
        1 => letter().prop_map(|letter| {
            vec![format!("?n is the number of ?x where ?x is {letter}")]
        }),
    ];
    let suffix = prop_oneof![
        4 => Just(String::new()),
        2 => select(vec![" as of 2000", " as of 2001", " as of 2002"]).prop_map(str::to_owned),
        1 => sentence().prop_map(|sentence| format!(" if {sentence}")),
        2 => sentence().prop_map(|sentence| format!(" given {sentence}")),
        1 => Just(" in plan".to_owned()),
    ];
    (body, suffix).prop_map(|(bodies, suffix)| {
        let asked = bodies.iter().map(|body| format!("{body}{suffix}?"));
        asked.collect()
    })
}

pub fn case() -> impl Strategy<Value = Case> {
    (
        any::<bool>(),
        prop::collection::vec(fact(), 1..5),
        prop::collection::vec(rule(), 1..7),
        contexts(),
        prop::collection::vec(asked(), 4..12),
    )
        .prop_map(|(present, facts, rules, contexts, asked)| Case {
            present,
            facts,
            rules,
            contexts,
            asked,
        })
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(true))
    }
}

impl Case {
    fn text(&self, contradiction: bool) -> String {
        let mut lines = vec!["Ann is here. Bob is here.".to_owned()];
        lines.extend(self.present.then(|| "as of 2003.".to_owned()));
        let letters = CONCLUDED.iter().chain(["odd"].iter());
        lines.extend(letters.map(|letter| format!("relation ?x is {letter}.")));
        lines.extend(self.facts.iter().cloned());
        lines.extend(contradiction.then(|| "Ann is odd. not Ann is odd.".to_owned()));
        lines.extend(self.rules.iter().cloned());
        lines.extend(self.contexts.iter().cloned());
        lines.extend(self.asked.iter().flatten().cloned());
        lines.join("\n")
    }
}

/// The answer to each question, and whether it is marked; `None` where no world is left.
type Told = Vec<Option<(String, bool)>>;

/// What is answered; `None` where other sentences than `Ann is odd` are contradicted, or that one where it should not be.
fn answers(program: &Program, contradiction: bool, ambiguity: Ambiguity) -> Option<Told> {
    let judged_as = compare::judged_as(ambiguity);
    for number in 0..program.scenarios.len() {
        let verdict = judge::judge(program, ScenarioId(number as u32), true, judged_as);
        let findings = verdict.worlds.iter().map(|(_, findings)| findings);
        let found = findings.flat_map(|findings| findings.contradicted(program));
        let is_odd = |(claim, _): (judge::Claim, usize)| {
            said::words(program, &claim, &verdict.terms) == "Ann is odd"
        };
        if !found.map(is_odd).all(|is_odd| contradiction && is_odd) {
            return None;
        }
    }
    let core = said::core(program, ambiguity);
    let mut reading = said::Reading::new(program, &core);
    let questions = program.questions.iter();
    Some(questions.map(|question| reading.marked(question)).collect())
}

/// Whether the marked answers are those that differ without the contradiction, and no others. How many were to be marked.
pub fn agree(case: &Case) -> Result<usize, String> {
    let mut marked = 0;
    // What is wrong with one, such as a count that reads itself, is no case.
    let programs = [true, false].map(|contradiction| said::program(&case.text(contradiction)));
    let [Ok(with), Ok(without)] = programs else {
        return Ok(0);
    };
    for ambiguity in [Ambiguity::Propagating, Ambiguity::Blocking] {
        let told = [(&with, true), (&without, false)]
            .map(|(program, contradiction)| answers(program, contradiction, ambiguity));
        let [Some(with), Some(without)] = told else {
            continue;
        };
        let mut place = 0;
        for asked in &case.asked {
            let places = place..place + asked.len();
            place = places.end;
            // Of one sentence the opposite is looked at too: `no` may be certain or not.
            let word =
                |answer: &Option<(String, bool)>| answer.as_ref().map(|(said, _)| said.clone());
            let differs = places
                .clone()
                .any(|place| word(&with[place]) != word(&without[place]));
            for place in places {
                let Some((said, is_marked)) = &with[place] else {
                    continue;
                };
                marked += usize::from(differs);
                if *is_marked != differs {
                    return Err(format!(
                        "{ambiguity:?}, {asked:?}: {said} marked {is_marked}, {:?} without it",
                        without[place]
                    ));
                }
            }
        }
    }
    Ok(marked)
}

/// Whether the rows of `run` in every scenario are marked where the judge, with nothing to speak for contradicted sentences, finds them
/// otherwise. How many rows were to be marked.
pub fn marks(program: &Program) -> Result<usize, String> {
    let (mut out, mut marked) = (String::new(), 0);
    for ambiguity in [Ambiguity::Propagating, Ambiguity::Blocking] {
        let core = said::core(program, ambiguity);
        let mut run = said::Reading::new(program, &core);
        for number in 0..program.scenarios.len() {
            let scenario = ScenarioId(number as u32);
            for all_worlds in [false, true] {
                let asked = (scenario, all_worlds, ambiguity);
                marked += rows_in(program, &mut run, asked, &mut out);
            }
        }
    }
    match out.is_empty() {
        true => Ok(marked),
        false => Err(out),
    }
}

fn rows_in(
    program: &Program,
    run: &mut said::Reading<'_>,
    (scenario, all_worlds, ambiguity): (ScenarioId, bool, Ambiguity),
    out: &mut String,
) -> usize {
    let judged_as = compare::judged_as(ambiguity);
    let with = judge::judge(program, scenario, all_worlds, judged_as);
    let without = with.without_contradictions(scenario, judged_as);
    let Some(rows) = run.rows(scenario, all_worlds) else {
        return 0;
    };
    let days: Vec<usize> = match program.present {
        Some(present) => vec![with.day(present.last)],
        None => (0..with.days.len()).collect(),
    };
    let mut count = 0;
    for sentence in rows.sentences() {
        // The rows of one status are marked alike.
        let mut wanted: BTreeMap<Status, bool> = BTreeMap::new();
        for row in rows.of(sentence) {
            let differs = |world: usize, day: usize| {
                let without = without.as_ref()?;
                let when = program.present.is_none().then(|| with.days[day]);
                let (outcomes, findings) = &with.worlds[world];
                let covered = said::then(&row.extent, when) && said::there(&row.extent, outcomes);
                let status = with.both_statuses(findings, sentence, day);
                let otherwise = without.both_statuses(&without.worlds[world].1, sentence, day);
                (covered && status != otherwise).then_some(())
            };
            let worlds = 0..with.worlds.len();
            let somewhere = worlds
                .flat_map(|world| days.iter().map(move |&day| (world, day)))
                .any(|(world, day)| differs(world, day).is_some());
            *wanted.entry(row.status).or_default() |= somewhere;
        }
        for row in rows.of(sentence) {
            count += usize::from(wanted[&row.status]);
            if wanted[&row.status] != row.contradicted {
                let _ = writeln!(
                    out,
                    "{ambiguity:?}, scenario {}, all worlds {all_worlds}: {}, {:?}, marked {}",
                    scenario.0,
                    compare::say(program, sentence),
                    row.status,
                    row.contradicted
                );
            }
        }
    }
    count
}
