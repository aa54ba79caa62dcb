//! What rests on a contradiction: small random programs in which two facts contradict each other, each with the same program without
//! them. An answer is marked exactly where it would be another one without.

use super::said;
use hence::core::Ambiguity;
use proptest::prelude::*;
use proptest::sample::select;

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
