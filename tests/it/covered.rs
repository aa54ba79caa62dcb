//! `hence test --coverage`: what no test depends on.

use crate::support::{Folder, hence, list, project, text};
use serde_json::json;

/// A statement a line.
const CASE: &str = "\
relation ?x owns ?y, one ?x.
Tweety is a bird.
Pingu is a penguin.
Rex is a dog.
Fido is a dog.
Bob owns Pingu.
Bob is kind.
Pingu is grounded.
rule bird: ?x is a penguin implies ?x is a bird.
rule fly: ?x is a bird unless ?x is a penguin unless ?x is hurt unless ?x is tame suggests ?x flies.
rule low: ?x is grounded suggests not ?x flies.
rule bark: ?x is a dog suggests ?x barks.
rule keep: ?x owns ?y suggests ?x feeds ?y.
rule safe: ?y is a penguin unless (?x owns ?y unless ?x is kind) implies ?y is safe.
rule many: ?n is the number of ?x where ?x is a dog implies Kennel holds ?n.
scenario storm:
  suppose Tweety is hurt.
";

const TESTS: &str = "
test \"flying\":
  expect Tweety flies.
  expect no Pingu flies.
  expect no Tweety flies in storm.

test \"dogs\":
  expect Kennel holds 2.
  expect Pingu is safe.
";

fn case() -> String {
    format!("{CASE}{TESTS}")
}

#[test]
fn what_no_test_depends_on_is_listed() {
    let folder = Folder::with_case(&case());
    let ran = folder.hence(&["test", "--coverage", "case.hence"]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("tests/it/covered"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let said = format!("{}---\n{}--- status {}", case(), ran.out, ran.status);
    settings.bind(|| insta::assert_snapshot!("people", said));
    let json = folder
        .hence(&["test", "--coverage", "case.hence", "--format", "json"])
        .json();
    assert_eq!(json["coverage"]["rules"], json!({"covered": 3, "all": 7}));
    assert_eq!(
        json["coverage"]["exceptions"],
        json!({"covered": 2, "all": 5})
    );
    assert_eq!(
        json["coverage"]["uncovered"][0],
        json!({"kind": "fact", "text": "Bob owns Pingu", "file": "case.hence", "line": 6})
    );
}

/// The same found by taking each line out of the file.
#[test]
fn a_test_depends_on_a_statement_where_it_fails_without_it() {
    let json = hence(
        &case(),
        &["test", "--coverage", "case.hence", "--format", "json"],
    )
    .json();
    let uncovered: Vec<u64> = list(&json["coverage"]["uncovered"])
        .iter()
        .filter(|piece| piece["kind"] != "exception")
        .map(|piece| piece["line"].as_u64().expect("a line"))
        .collect();
    for line in 2..=15 {
        let others = CASE.lines().enumerate().filter(|(at, _)| at + 1 != line);
        let without: String = others.map(|(_, text)| format!("{text}\n")).collect();
        let ran = hence(&format!("{without}{TESTS}"), &["test", "case.hence"]);
        assert!(ran.status < 2, "{}", ran.err);
        let is_free = ran.status == 0;
        assert_eq!(
            uncovered.contains(&(line as u64)),
            is_free,
            "line {line}: {}",
            ran.out
        );
    }
}

#[test]
fn a_test_depends_on_an_exception_where_it_fails_without_it() {
    let json = hence(
        &case(),
        &["test", "--coverage", "case.hence", "--format", "json"],
    )
    .json();
    let uncovered: Vec<&str> = list(&json["coverage"]["uncovered"])
        .iter()
        .filter(|piece| piece["kind"] == "exception")
        .map(|piece| text(&piece["text"]))
        .collect();
    for exception in ["?x is a penguin", "?x is hurt", "?x is tame"] {
        let without = case().replace(&format!(" unless {exception}"), "");
        let is_free = hence(&without, &["test", "case.hence"]).status == 0;
        let said = format!("unless {exception} (of rule fly)");
        assert_eq!(
            uncovered.contains(&said.as_str()),
            is_free,
            "{said}: {uncovered:?}"
        );
    }
}

#[test]
fn a_rule_of_several_cases_counts_where_one_of_them_tests_it() {
    let folder = Folder::empty();
    folder.write("rules/dogs.hence", "rule bark: ?x is a dog implies ?x barks.\nrule bite: ?x is a dog implies ?x bites.\nrule beg: ?x is a dog implies ?x begs.\n");
    folder.write("hence.toml", "");
    folder.write(
        "a.hence",
        "use \"rules/dogs.hence\". Rex is a dog. test \"a\": expect Rex barks.\n",
    );
    folder.write(
        "b.hence",
        "use \"rules/dogs.hence\". Fido is a dog. test \"b\": expect Fido bites.\n",
    );
    let json = folder
        .hence(&["test", "--coverage", ".", "--format", "json"])
        .json();
    let uncovered = list(&json["coverage"]["uncovered"]);
    assert_eq!(uncovered.len(), 1, "{json}");
    assert_eq!(
        (text(&uncovered[0]["text"]), text(&uncovered[0]["file"])),
        ("rule beg", "rules/dogs.hence")
    );
}
