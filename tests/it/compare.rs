//! `hence compare`: the JSON contract field by field, what people see, and what cannot be compared.

use crate::support::{Folder, Ran, hence};
use serde_json::{Value, json};

const WORLDS: &str = r#"
driver road "which way": north: Convoy takes Pass [now, 75%]. south: Convoy takes Bridge.
driver guard: paid: Guard is paid [now, 50%]. owed: nothing.
impossible Convoy takes Bridge unless Guard is paid.
each of Pass and Bridge is narrow.
Convoy takes ?way and ?way is narrow implies Convoy is slow.
Convoy takes Pass and Guard is paid implies Convoy is safe.
Convoy takes Pass unless Guard is paid suggests Convoy is robbed.
"#;

const SCENARIOS: &str = r#"
driver winter: harsh: Winter is harsh [30%]. mild: nothing.
Georgia owns Pipe.
?x owns Pipe implies ?x can press Armenia.
Winter is harsh and ?x can press Armenia implies ?x will press Armenia.
scenario buyout "Azerbaijan buys the pipeline":
  suppose Azerbaijan owns Pipe.
  drop Georgia owns Pipe.
"#;

fn compare(text: &str, arguments: &[&str]) -> Ran {
    hence(text, &[&["compare", "case.hence"], arguments].concat())
}

fn read(text: &str, arguments: &[&str]) -> Value {
    let ran = compare(text, &[arguments, &["--format", "json"]].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.json()
}

fn row<'v>(compared: &'v Value, sentence: &str) -> &'v Value {
    let rows = compared["rows"].as_array().expect("rows");
    rows.iter()
        .find(|row| row["sentence"] == sentence)
        .unwrap_or_else(|| panic!("no row `{sentence}` in {compared}"))
}

#[test]
fn worlds() {
    let compared = read(WORLDS, &[]);
    assert_eq!(
        compared["drivers"],
        json!([
            {"label": "road", "text": "which way", "outcomes": [
                {"label": "north", "weight": 0.75, "now": true}, {"label": "south", "weight": 0.25}]},
            {"label": "guard", "outcomes": [
                {"label": "paid", "weight": 0.5, "now": true}, {"label": "owed", "weight": 0.5}]},
        ])
    );
    assert_eq!(compared["scenarios"], json!([]));
    assert_eq!(
        compared["columns"],
        json!([
            {"road": "north", "guard": "paid"},
            {"road": "north", "guard": "owed"},
            {"road": "south", "guard": "paid"},
        ])
    );
    let slow = row(&compared, "Convoy is slow");
    assert_eq!(slow["cells"], json!(["certain", "certain", "certain"]));
    assert!(slow.get("worlds").is_none() && slow.get("likelihood").is_none());
    assert_eq!((&slow["now"], &slow["flips"]), (&json!(true), &json!([])));
    // Weights of the three worlds: 0.375, 0.375 and 0.125.
    let robbed = row(&compared, "Convoy is robbed");
    assert_eq!(
        *robbed,
        json!({
            "sentence": "Convoy is robbed", "relation": "_ is robbed", "terms": ["Convoy"],
            "cells": [null, "presumed", null],
            "worlds": [{"road": ["north"], "guard": ["owed"]}],
            "likelihood": 0.428571428571,
            "now": false,
            "flips": [{"guard": "owed"}],
            "sensitivity": [
                {"driver": "road", "share": 0.0, "low": 0.0, "high": 0.5, "spread": 0.5},
                {"driver": "guard", "share": 0.666666666667, "low": 0.0, "high": 1.0, "spread": 1.0},
            ],
        })
    );
    let safe = row(&compared, "Convoy is safe");
    assert_eq!(safe["flips"], json!([{"road": "south"}, {"guard": "owed"}]));
    assert_eq!(compared["key_drivers"][0]["driver"], "guard");
    assert_eq!(compared["key_drivers"][0]["conclusions"], 2);
}

#[test]
fn scenarios() {
    let compared = read(SCENARIOS, &[]);
    assert_eq!(
        compared["scenarios"],
        json!([{"label": "buyout", "text": "Azerbaijan buys the pipeline"}])
    );
    assert_eq!(
        compared["columns"],
        json!([{"scenario": null}, {"scenario": "buyout"}])
    );
    assert_eq!(
        row(&compared, "Georgia can press Armenia")["cells"],
        json!(["certain", null])
    );
    let will = row(&compared, "Azerbaijan will press Armenia");
    assert_eq!(will["cells"], json!([null, "depends"]));
    assert_eq!(will["likelihoods"], json!([null, 0.3]));
    assert_eq!(
        (&will["worlds"], &will["likelihood"]),
        (&json!([]), &json!(0.0))
    );
    let within = read(SCENARIOS, &["--in", "buyout"]);
    assert_eq!(
        within["columns"],
        json!([{"winter": "harsh"}, {"winter": "mild"}])
    );
    assert_eq!(
        row(&within, "Azerbaijan will press Armenia")["cells"],
        json!(["certain", null])
    );
}

#[test]
fn hypotheses() {
    let compared = read(WORLDS, &["--hypotheses", "guard"]);
    assert_eq!(
        compared["columns"],
        json!([{"guard": "paid"}, {"guard": "owed"}])
    );
    let safe = row(&compared, "Convoy is safe");
    assert_eq!(safe["cells"], json!(["depends", null]));
    assert_eq!(safe["likelihoods"], json!([0.75, null]));
    let ran = compare(WORLDS, &["--hypotheses", "gaurd"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("is `guard` meant?"), "{}", ran.err);
}

#[test]
fn counts_are_over_all_worlds() {
    // Three worlds are possible; in two of them the guard is paid.
    let ran = compare(WORLDS, &["--count"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (
            0,
            "_ takes _ 3\n_ is paid 2\n_ is narrow 6\n_ is slow 3\n_ is safe 1\n_ is robbed 1\n"
        )
    );
    let compared = read(SCENARIOS, &["--count"]);
    assert_eq!(
        compared["counts"][2],
        json!({"name": "_ can press _", "number": 4})
    );
    let drivers: String = (0..130)
        .map(|n| format!("driver d{n}: a: N{n} is up. b: nothing.\n"))
        .collect();
    let ran = compare(
        &format!("{drivers}N0 is up implies All is well."),
        &["--count"],
    );
    let half = "680564733841876926926749214863536422912";
    assert!(
        ran.out.ends_with(&format!("_ is well {half}\n")),
        "{}",
        ran.out
    );
}

#[test]
fn many_worlds_are_no_columns() {
    let drivers: String = (0..7)
        .map(|n| format!("driver d{n}: a: N{n} is up. b: nothing.\n"))
        .collect();
    let text = format!("{drivers}N0 is up and N6 is up implies All is well.");
    let compared = read(&text, &[]);
    assert_eq!(compared["columns"], json!([]));
    let well = row(&compared, "All is well");
    assert_eq!(
        (&well["cells"], &well["likelihood"]),
        (&json!([]), &json!(0.25))
    );
    assert!(well.get("now").is_none());
    assert_eq!(well["flips"], json!([]));
}

#[test]
fn as_people_see_it() {
    let open = "driver d: a: A is red. b: nothing. B is red. B is red implies B is warm.";
    let pages = [
        (WORLDS, ["--color", "never"]),
        (SCENARIOS, ["--color", "never"]),
        (WORLDS, ["--hypotheses", "road"]),
        (
            "A is red. ?x is red implies ?x is warm.",
            ["--color", "never"],
        ),
        (open, ["--color", "never"]),
    ];
    let said: Vec<String> = pages
        .iter()
        .map(|(text, arguments)| compare(text, arguments).out)
        .collect();
    insta::assert_snapshot!(said.join("\n----\n\n"));
}

#[test]
fn no_world_is_left() {
    let folder = Folder::with_case(&format!("{WORLDS}impossible Convoy is slow."));
    let ran = folder.hence(&["compare", "case.hence", "--format", "json"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "no-world-left");
}
