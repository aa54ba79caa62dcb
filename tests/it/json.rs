//! The machine-readable contract, on real output, field by field and in order.

use crate::support::{Folder, Ran, hence};
use serde_json::{Value, json};

const CASE: &str = r#"
CSTO covers Russia, Armenia and Belarus.
Russia leads CSTO.
Armenia avoids antagonising Russia.
Russia keeps "102nd base" in Armenia [from 1995, until 2020].
Gazprom pays 350 USD per 1000 m³.
driver pipeline: georgian: Georgia owns North-South [now]. azeri: Azerbaijan owns North-South [20%].
driver winter: harsh: Winter is harsh [30%]. mild: nothing.
?great leads ?bloc and ?bloc covers ?state and ?state != ?great implies ?great can lean on ?state.
?great can lean on ?state and ?state avoids antagonising ?great suggests ?state is finlandized.
Winter is harsh and ?owner owns ?pipe implies ?owner can press Armenia.
Armenia is finlandized?
who can lean on whom?
"#;

/// The fields of an object, in order.
fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

/// Each of `items` has the fields `always`, and beside them only some of `sometimes`, all in the order given.
fn each_has(items: &Value, always: &[&str], sometimes: &[&str]) {
    let order: Vec<&str> = always.iter().chain(sometimes).copied().collect();
    for item in items.as_array().expect("a list") {
        let found = fields(item);
        assert!(
            always.iter().all(|field| found.contains(field)),
            "{always:?} in {item}"
        );
        let places: Vec<Option<usize>> = found
            .iter()
            .map(|field| order.iter().position(|known| known == field))
            .collect();
        assert!(
            places.iter().all(Option::is_some),
            "unknown field in {item}"
        );
        assert!(places.is_sorted(), "order of fields in {item}");
    }
}

fn well(ran: &Ran) -> Value {
    assert_eq!(ran.status, 0, "{}", ran.err);
    let value = ran.json();
    assert_eq!(value["version"], 1);
    value
}

const EXTENT: [&str; 3] = ["when", "worlds", "likelihood"];

fn row_fields<'a>(more: &[&'a str]) -> Vec<&'a str> {
    more.iter()
        .copied()
        .chain(EXTENT)
        .chain(["contradicted"])
        .collect()
}

#[test]
fn run() {
    let value = well(&hence(
        CASE,
        &["run", "case.hence", "--facts", "--format", "json"],
    ));
    assert_eq!(
        fields(&value),
        [
            "version",
            "relations",
            "answers",
            "warnings",
            "contradictions"
        ]
    );
    each_has(&value["relations"], &["name", "rows"], &[]);
    for relation in value["relations"].as_array().expect("relations") {
        each_has(
            &relation["rows"],
            &["sentence", "terms", "status", "stated"],
            &row_fields(&[]),
        );
    }
    let covers = &value["relations"][0];
    assert_eq!(covers["name"], "_ covers _");
    assert_eq!(
        covers["rows"][0],
        json!({"sentence": "CSTO covers Armenia", "terms": ["CSTO", "Armenia"], "status": "certain", "stated": true})
    );
    each_has(
        &value["answers"],
        &["question", "kind"],
        &row_fields(&["answer", "columns", "rows"]),
    );
}

#[test]
fn a_contradiction_marks_and_proves_what_it_reaches_only() {
    let value = well(&hence(
        "as of 2001. driver d: a: Ann owns Shop. b: nothing. relation ?x owns ?y, one ?x. Bob owns Shop.
         War looms [from 2005]. Peace holds implies War looms. Peace holds. not War looms.",
        &["run", "case.hence", "--facts", "--all-statuses", "--format", "json"],
    ));
    let rows = value["relations"][0]["rows"].as_array().expect("rows");
    let marked: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row["sentence"].as_str().unwrap_or_default(),
                row["status"].as_str().unwrap_or_default(),
                row["contradicted"] == true,
            )
        })
        .collect();
    assert_eq!(
        marked,
        [
            ("Ann owns Shop", "certain", true),
            ("Ann owns Shop", "refuted", false),
            ("Bob owns Shop", "certain", true),
        ]
    );
    // In 2001 it is the rule that says so; the fact is of later.
    let war = value["contradictions"]
        .as_array()
        .and_then(|found| found.iter().find(|one| one["sentence"] == "War looms"))
        .expect("a contradiction");
    assert_eq!(war["proofs"][0]["by"], "rule", "{war}");
}

#[test]
fn rows_say_when_and_where() {
    let value = well(&hence(
        CASE,
        &["run", "case.hence", "--facts", "--format", "json"],
    ));
    let row = |sentence: &str| {
        let rows = value["relations"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|relation| relation["rows"].as_array().expect("rows").iter());
        let mut found = rows.filter(|row| row["sentence"] == sentence);
        found
            .next()
            .unwrap_or_else(|| panic!("no row for {sentence}"))
            .clone()
    };
    assert_eq!(
        row("Russia keeps \"102nd base\" in Armenia")["when"],
        json!([["1995-01-01", "2020-12-31"]])
    );
    assert_eq!(
        row("Georgia can press Armenia")["worlds"],
        json!([{"winter": ["harsh"]}])
    );
    assert_eq!(row("Georgia can press Armenia")["likelihood"], json!(0.3));
    let price = row("Gazprom pays 350 USD per 1000 m³");
    assert_eq!(
        price["terms"],
        json!(["Gazprom", {"value": 350, "unit": "USD per 1000 m³"}])
    );
}

#[test]
fn terms() {
    let case = "A holds 5,000 and A holds 2.5 and A holds 2010-08 and A holds \"gas\" and A holds $200 million.\n\
        ?x holds ?n and ?m = ?n / 7500 and ?n = 2.5 implies ?x gets ?m.\nA holds what? A gets what?";
    let value = well(&hence(case, &["ask", "case.hence", "--format", "json"]));
    let terms: Vec<&Value> = value["answers"][0]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["terms"][0])
        .collect();
    assert_eq!(
        terms,
        [
            &json!(2.5),
            &json!(5000),
            &json!({"value": 200_000_000, "unit": "USD"}),
            &json!({"date": "2010-08"}),
            &json!("gas")
        ]
    );
    assert_eq!(
        value["answers"][1]["rows"][0]["terms"],
        json!([{"number": "1/3000"}])
    );
}

#[test]
fn ask() {
    let ran = hence(
        CASE,
        &[
            "ask",
            "case.hence",
            "--format",
            "json",
            "-q",
            "Armenia is finlandized?",
            "-q",
            "who can lean on whom?",
        ],
    );
    let value = well(&ran);
    assert_eq!(fields(&value), ["version", "answers"]);
    assert_eq!(
        value["answers"][0],
        json!({"question": "Armenia is finlandized?", "kind": "yes-no", "answer": "presumably"})
    );
    let table = &value["answers"][1];
    assert_eq!(fields(table), ["question", "kind", "columns", "rows"]);
    assert_eq!(table["kind"], "table");
    assert_eq!(table["columns"], json!(["who", "whom"]));
    each_has(&table["rows"], &["terms", "status"], &row_fields(&[]));
    assert_eq!(
        table["rows"][0],
        json!({"terms": ["Russia", "Armenia"], "status": "certain"})
    );
}

/// What a node of a proof has, in order.
const NODE: [&str; 19] = [
    "relation",
    "terms",
    "not",
    "status",
    "by",
    "rule",
    "text",
    "values",
    "reported_by",
    "denied_by",
    "note",
    "period",
    "sources",
    "at",
    "shown",
    "to",
    "how",
    "premises",
    "defeated",
];

fn answer_to(question: &str) -> Value {
    let value = well(&hence(
        CASE,
        &["ask", "case.hence", "--format", "json", "-q", question],
    ));
    value["answers"][0].clone()
}

#[test]
fn why() {
    let answer = answer_to("why Armenia is finlandized?");
    assert_eq!(fields(&answer), ["question", "kind", "answer", "proof"]);
    assert_eq!(
        (&answer["kind"], &answer["answer"]),
        (&json!("why"), &json!("presumably"))
    );
    let proof = &answer["proof"];
    each_has(&json!([proof]), &["sentence"], &NODE);
    assert_eq!(proof["terms"], json!(["Armenia"]));
    assert_eq!(
        (&proof["by"], &proof["at"]),
        (&json!("rule"), &json!("case.hence:10"))
    );
    each_has(&proof["premises"], &["sentence"], &NODE);
    assert_eq!(proof["premises"][1]["by"], "fact");
}

#[test]
fn why_not() {
    let answer = answer_to("why not Belarus is finlandized?");
    assert_eq!(fields(&answer), ["question", "kind", "answer", "attempts"]);
    assert_eq!(answer["answer"], "unknown");
    let attempts = &answer["attempts"];
    each_has(
        attempts,
        &[],
        &[
            "rule",
            "sources",
            "at",
            "with",
            "met",
            "missing",
            "nearest",
            "defeated_by",
        ],
    );
    assert_eq!(
        attempts[0]["missing"],
        json!(["Belarus avoids antagonising Russia"])
    );
}

#[test]
fn why_not_of_what_holds_at_some_time() {
    let case = "Gate is open [until 2019]. rule enter: Gate is open implies Ann enters.";
    let question = "why not Ann enters?";
    let ran = hence(
        case,
        &["ask", "case.hence", "--format", "json", "-q", question],
    );
    let value = well(&ran);
    let answer = &value["answers"][0];
    assert_eq!(answer["answer"], "yes");
    assert_eq!(answer["when"], json!([[null, "2019-12-31"]]));
    let other = &answer["elsewhere"][0];
    assert_eq!(fields(other), ["answer", "when", "attempts"]);
    assert_eq!(other["answer"], "unknown");
    assert_eq!(other["when"], json!([["2020-01-01", null]]));
    assert_eq!(other["attempts"][0]["missing"], json!(["Gate is open"]));
    assert_eq!(
        other["attempts"][0]["elsewhen"],
        json!({"Gate is open": [[null, "2019-12-31"]]})
    );
}

#[test]
fn what_it_takes() {
    let answer = answer_to("what would it take for Belarus is finlandized?");
    assert_eq!(fields(&answer)[..3], ["question", "kind", "answer"]);
    assert_eq!(answer["kind"], "what-would-it-take");
    assert_eq!(
        answer["changes"][0]["suppose"],
        json!(["Belarus avoids antagonising Russia"])
    );
}

#[test]
fn how_likely() {
    let question = "how likely is it that Azerbaijan can press Armenia?";
    let value = well(&hence(
        CASE,
        &["ask", "case.hence", "--format", "json", "-q", question],
    ));
    assert_eq!(
        value["answers"][0],
        json!({
            "question": question,
            "kind": "how-likely",
            "answer": "depends",
            "worlds": [{"pipeline": ["azeri"], "winter": ["harsh"]}],
            "likelihood": 0.06,
            "words": "very unlikely",
            "independent": ["pipeline", "winter"],
            "normalised": []
        })
    );
}

#[test]
fn test() {
    let folder = Folder::with_case(
        "A is on.\ntest \"fine\": expect A is on.\ntest \"not so\":\n  expect B is on.\nB is off.",
    );
    let ran = folder.hence(&["test", "case.hence", "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    let value = ran.json();
    assert_eq!(fields(&value), ["version", "tests", "passed", "failed"]);
    each_has(
        &value["tests"],
        &["name", "file", "line", "outcome"],
        &["failures"],
    );
    assert_eq!(
        value["tests"][0],
        json!({"name": "fine", "file": "case.hence", "line": 2, "outcome": "passed"})
    );
    assert_eq!((&value["passed"], &value["failed"]), (&json!(1), &json!(1)));
    let failures = &value["tests"][1]["failures"];
    each_has(
        failures,
        &["expected", "got", "line"],
        &["proof", "attempts"],
    );
    assert_eq!(failures[0]["line"], 4);
}

#[test]
fn diagnostics() {
    for command in ["run", "ask", "test", "check"] {
        let ran = hence(
            "?x covers Armenia.\n",
            &[command, "case.hence", "--format", "json"],
        );
        assert_eq!(ran.status, 2, "{command}");
        let value = ran.json();
        assert_eq!(fields(&value), ["version", "diagnostics"]);
        let always = [
            "severity",
            "code",
            "message",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "labels",
        ];
        each_has(&value["diagnostics"], &always, &["notes", "help"]);
        let first = &value["diagnostics"][0];
        assert_eq!(
            (&first["file"], &first["line"], &first["column"]),
            (&json!("case.hence"), &json!(1), &json!(1))
        );
        assert!(ran.err.contains("case.hence:1"), "{}", ran.err);
    }
}

#[test]
fn arguments_are_diagnosed_too() {
    let ran = hence(
        "A is on.\n",
        &["run", "case.hence", "--in", "nowhere", "--format", "json"],
    );
    assert_eq!(ran.status, 2);
    assert_eq!(ran.json()["diagnostics"][0]["severity"], "error");
    let ran = hence(
        "A is on.\n",
        &["run", "case.hence", "--nonsense", "--format=json"],
    );
    assert_eq!(ran.status, 2);
    assert_eq!(ran.json()["version"], 1);
    let diagnosed = |arguments: &[&str]| {
        let arguments = [&["run"], arguments, &["--format", "json"]].concat();
        let json = hence("A is on.\n", &arguments).json();
        let diagnostic = &json["diagnostics"][0];
        format!("{}\n{}", diagnostic["message"], diagnostic["help"])
    };
    insta::assert_snapshot!(diagnosed(&["case.hence", "--factz"]), @r#"
    "unexpected argument '--factz' found"
    "tip: a similar argument exists: '--facts'\nUsage: hence run --facts <FILE>...\nFor more information, try '--help'."
    "#);
    insta::assert_snapshot!(diagnosed(&[]), @r#"
    "the following required arguments were not provided: <FILE>..."
    "Usage: hence run --format <FORMAT> <FILE>...\nFor more information, try '--help'."
    "#);
    insta::assert_snapshot!(diagnosed(&["case.hence", "--ambiguity", "odd"]), @r#"
    "invalid value 'odd' for '--ambiguity <WAY>'"
    "possible values: propagating, blocking\nFor more information, try '--help'."
    "#);
    insta::assert_snapshot!(diagnosed(&["case.hence", "--timeout", "soon"]), @r#"
    "invalid value 'soon' for '--timeout <SECONDS>': write a number of seconds, such as `10` or `0.5`"
    "For more information, try '--help'."
    "#);
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let run = || {
        hence(
            CASE,
            &[
                "run",
                "case.hence",
                "--facts",
                "--all-statuses",
                "--format",
                "json",
            ],
        )
        .out
    };
    assert_eq!(run(), run());
}
