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

/// A program, with `?x is odd` stated and denied of Ann or not.
#[derive(Clone, Debug)]
pub struct Case {
    facts: Vec<String>,
    rules: Vec<String>,
}

const CONCLUDED: [&str; 4] = ["a", "b", "c", "d"];
const THINGS: [&str; 2] = ["Ann", "Bob"];

pub fn case() -> impl Strategy<Value = Case> {
    let not = || select(vec!["", "", "not "]);
    let letter = || select(vec!["a", "b", "c", "d", "odd", "odd"]);
    let concluded = || select(&CONCLUDED[..]);
    let note = select(vec![
        "",
        "",
        " [presumably]",
        " [reported by Post]",
        " [from 2001]",
    ]);
    let fact = (not(), select(&THINGS[..]), concluded(), note)
        .prop_map(|(not, thing, letter, note)| format!("{not}{thing} is {letter}{note}."));
    let premise = (not(), letter()).prop_map(|(not, letter)| format!("{not}?x is {letter}"));
    let more = prop_oneof![
        3 => (not(), letter()).prop_map(|(not, letter)| format!(" and {not}?x is {letter}")),
        3 => (not(), letter()).prop_map(|(not, letter)| format!(" unless {not}?x is {letter}")),
        1 => (letter(), 0..3).prop_map(|(letter, least)| format!(
            " and ?n is the number of ?y where ?y is {letter} and ?n > {least}"
        )),
    ];
    let verb = select(vec!["implies", "suggests", "suggests", "casts doubt on"]);
    let rule = (premise, prop::option::of(more), verb, not(), concluded()).prop_map(
        |(first, more, verb, not, head)| {
            format!(
                "{first}{} {verb} {not}?x is {head}.",
                more.unwrap_or_default()
            )
        },
    );
    (
        prop::collection::vec(fact, 1..5),
        prop::collection::vec(rule, 1..7),
    )
        .prop_map(|(facts, rules)| Case { facts, rules })
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(true))
    }
}

impl Case {
    fn text(&self, contradiction: bool) -> String {
        let mut lines = vec!["as of 2003.".to_owned()];
        let letters = CONCLUDED.iter().chain(["odd"].iter());
        lines.extend(
            letters
                .clone()
                .map(|letter| format!("relation ?x is {letter}.")),
        );
        lines.extend(self.facts.iter().cloned());
        if contradiction {
            lines.push("Ann is odd. not Ann is odd.".to_owned());
        }
        lines.extend(self.rules.iter().cloned());
        for letter in letters {
            let both = |thing| format!("{thing} is {letter}? not {thing} is {letter}?");
            lines.extend(THINGS.map(both));
        }
        lines.join("\n")
    }
}

/// The answer to each question, whether it is marked, and how many contradictions there are.
fn answers(text: &str, ambiguity: Ambiguity) -> Option<(Vec<(String, bool)>, usize)> {
    // A count that reads itself is no case.
    let program = said::program(text).ok()?;
    let core = said::core(&program, ambiguity);
    let mut reading = said::Reading::new(&program, &core);
    let contradictions = reading.contradictions();
    let answers = program
        .questions
        .iter()
        .map(|question| reading.marked(question));
    Some((answers.collect(), contradictions))
}

/// Whether the marked answers are those that differ without the contradiction, and no others.
pub fn agree(case: &Case) -> Result<(), String> {
    for ambiguity in [Ambiguity::Propagating, Ambiguity::Blocking] {
        let with = answers(&case.text(true), ambiguity);
        let without = answers(&case.text(false), ambiguity);
        let (Some((with, count)), Some((without, others))) = (with, without) else {
            continue;
        };
        if (count, others) != (1, 0) {
            continue;
        }
        // A sentence is marked with its opposite: `no` may be certain or not.
        for (place, (with, without)) in with.chunks(2).zip(without.chunks(2)).enumerate() {
            let differs = with
                .iter()
                .zip(without)
                .any(|((one, _), (other, _))| one != other);
            if with.iter().any(|(_, marked)| *marked != differs) {
                return Err(format!(
                    "{ambiguity:?}, sentence {place}: {with:?} with the contradiction, {without:?} without it"
                ));
            }
        }
    }
    Ok(())
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
