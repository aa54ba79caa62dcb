//! The changes of `what would it take`, told from JSON and read off the text.

use super::{all, source};
use crate::support::{list, text};
use serde_json::Value;
use std::collections::BTreeSet;

/// The parts of a change of `what would it take`, as the text has them.
pub fn told(change: &Value) -> BTreeSet<String> {
    let among = |field: &str, sentence: &Value| all(change, field).any(|it| it == sentence);
    let of =
        |field: &str, sentence: &Value| change.get(field).and_then(|of| of.get(text(sentence)));
    let supposed = all(change, "suppose").map(|sentence| {
        let asked = of("enough", sentence).map(text);
        let asked = asked.map(|value| match among("will_do", sentence) {
            true => format!("{value} will do"),
            false => format!("a rule asks for {value}"),
        });
        let concluded = among("concluded", sentence);
        let concluded = concluded.then(|| "so far only rules conclude this".to_owned());
        let stand_ins = of("stand_ins", sentence).and_then(Value::as_object);
        let stand_ins = stand_ins.into_iter().flatten();
        let stand_ins = stand_ins.map(|(term, said)| format!("{term} {}", text(said)));
        let aside: Vec<String> = (asked.into_iter())
            .chain(stand_ins)
            .chain(concluded)
            .collect();
        with_aside(format!("with: {}", text(sentence)), &aside.join(", "))
    });
    let dropped = all(change, "drop").map(|sentence| {
        let sources = of("sources", sentence).into_iter().flat_map(list);
        let sources: Vec<String> = sources.map(source).collect();
        with_aside(format!("without: {}", text(sentence)), &sources.join("; "))
    });
    let outcomes = change["outcomes"].as_object().expect("outcomes").iter();
    let outcomes = outcomes.map(|(driver, outcome)| format!("if {driver} is {}", text(outcome)));
    supposed.chain(dropped).chain(outcomes).collect()
}

fn with_aside(said: String, aside: &str) -> String {
    match aside {
        "" => said,
        aside => format!("{said}  [{aside}]"),
    }
}

/// The changes that a text tells, `one of` written out.
pub fn read(said: &str) -> BTreeSet<BTreeSet<String>> {
    let mut changes = BTreeSet::new();
    let mut places: Vec<Vec<String>> = Vec::new();
    let mut close = |places: &mut Vec<Vec<String>>| {
        let each = |sets: Vec<BTreeSet<String>>, place: Vec<String>| -> Vec<BTreeSet<String>> {
            let longer = |set: &BTreeSet<String>| {
                let longer = place.iter().map(|part| {
                    let mut set = set.clone();
                    set.insert(part.clone());
                    set
                });
                longer.collect::<Vec<_>>()
            };
            sets.iter().flat_map(longer).collect()
        };
        if !places.is_empty() {
            let all = std::mem::take(places).into_iter();
            changes.extend(all.fold(vec![BTreeSet::new()], each));
        }
    };
    for line in said.lines() {
        let Some(mut part) = line.strip_prefix("  ") else {
            continue;
        };
        let number = part
            .split_once('.')
            .filter(|(number, _)| number.parse::<u32>().is_ok());
        if let Some((_, rest)) = number {
            close(&mut places);
            part = rest;
        } else if !line.starts_with("     ") {
            continue;
        }
        match part.trim() {
            "one of" | "and one of" => places.push(Vec::new()),
            only if !line.starts_with("       ") => places.push(vec![only.to_owned()]),
            one => places.last_mut().expect("a place").push(one.to_owned()),
        }
    }
    close(&mut places);
    changes
}
