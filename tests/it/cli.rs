//! Commands, options and exit statuses.

use crate::support::{Folder, hence, hence_in, project};

const CASE: &str = "CSTO covers Russia, Armenia and Belarus.\nRussia leads CSTO.\n\
    ?great leads ?bloc and ?bloc covers ?state and ?state != ?great implies ?great can lean on ?state.\n\
    ?great can lean on ?state suggests ?state is wary.\n\
    who can lean on Armenia?\n";

#[test]
fn run_prints_conclusions_and_answers() {
    let ran = hence(CASE, &["run", "case.hence"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r#"
    _ can lean on _
      Russia can lean on Armenia
      Russia can lean on Belarus

    _ is wary
      Armenia is wary  presumably
      Belarus is wary  presumably

    who can lean on Armenia?
      Russia
    "#);
}

/// What arithmetic makes of quantities has separators for people, and can be asked for as it is printed; programs are told bare figures.
#[test]
fn computed_quantities_have_separators() {
    let text = "A costs 9,999,999 EUR. A yields 1000.25 EUR. Toll is -1,000 EUR. A has 1234567 parts.\n\
        ?x costs ?p and ?x yields ?q and ?z = ?p + ?q implies ?x is worth ?z.\n\
        Toll is ?t and ?x costs ?p and ?z = ?t - ?p implies ?x loses ?z.\n\
        ?x has ?n parts and ?m = ?n * 2 implies ?x has ?m halves.\n\
        A loses what?\n";
    let ran = hence(text, &["run", "case.hence"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @r#"
    _ is worth _
      A is worth 10,000,999.25 EUR

    _ loses _
      A loses -10,000,999 EUR

    _ has _ halves
      A has 2469134 halves

    A loses what?
      -10,000,999 EUR
    "#);
    for asked in ["A is worth 10,000,999.25 EUR?", "A loses -10,000,999 EUR?"] {
        assert_eq!(hence(text, &["ask", "case.hence", "-q", asked]).status, 0);
    }
    let json = hence(text, &["run", "case.hence", "--format", "json"]).json();
    let row = &json["relations"][0]["rows"][0];
    assert_eq!(row["sentence"], "A is worth 10000999.25 EUR");
    assert_eq!(row["terms"][1]["value"], 10_000_999.25);
}

#[test]
fn run_counts() {
    let ran = hence(CASE, &["run", "case.hence", "--count"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r#"
    _ covers _ 3
    _ leads _ 1
    _ can lean on _ 2
    _ is wary 2
    "#);
}

#[test]
fn run_only() {
    let ran = hence(CASE, &["run", "case.hence", "--only", "Belarus"]);
    assert!(
        ran.out.contains("Belarus is wary") && !ran.out.contains("lean on Armenia\n"),
        "{}",
        ran.out
    );
}

#[test]
fn run_says_what_it_leaves_out() {
    let text = "Nixon is a quaker. Nixon is a republican.\n\
        ?x is a quaker suggests ?x is a dove. ?x is a republican suggests ?x is not a dove.\n\
        ?x is a republican suggests not ?x is poor. ?x is a quaker implies ?x is a friend.\n";
    let out = |arguments: &[&str]| hence(text, &[&["run", "case.hence"], arguments].concat()).out;
    insta::assert_snapshot!(out(&[]), @r#"
    _ is a friend
      Nixon is a friend

    not listed: 1 contested, 1 refuted (--all-statuses lists them)
    "#);
    insta::assert_snapshot!(out(&["--only", "dove"]), @"not listed: 1 contested (--all-statuses lists them)");
    insta::assert_snapshot!(out(&["--only", "poorer"]), @"nothing that follows matches `poorer`");
    assert!(!out(&["--all-statuses"]).contains("not listed"));
}

#[test]
fn strict_rules_that_do_not_carry_are_named() {
    let text = "each of Ann and Bob is married [presumably]. Cem is married.\n\
        ?x is married implies ?x has a spouse.\n\
        each of Ann and Bob has no friend. ?x has no friend suggests not ?x has a spouse.\n\
        rule kin: ?x is married implies ?x has kin. rule alone: ?x has no friend suggests not ?x has kin.\n\
        alone overrides kin.\n\
        test \"kin\": expect not Ann has kin.\n";
    let ran = hence(text, &["run", "case.hence"]);
    insta::assert_snapshot!(ran.err, @r#"
    warning[not-carried]: this rule implies `Ann has a spouse`, which does not hold (and one more such sentence)
      --> case.hence:2:1
       |
     2 | ?x is married implies ?x has a spouse.
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ its condition holds presumably, and something speaks against what it implies
       = help: A rule does not work backwards: that its conclusion fails does not make its condition fail. If it should, write the reverse rule too, from `not` the conclusion to `not` the condition.
       = help: Else say by `overrides` which of the two sides prevails, or write `suggests` in place of `implies`.
    "#);
    let tested = hence(text, &["test", "case.hence"]);
    assert_eq!((tested.status, tested.err), (0, ran.err));
    let json = hence(text, &["run", "case.hence", "--format", "json"]).json();
    let codes: Vec<&str> = json["warnings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|warning| warning["code"].as_str())
        .collect();
    assert_eq!(codes, ["not-carried"]);
    // The reverse rule leaves no presumption that the rule could not carry on.
    let reversed = format!("{text}not ?x has a spouse implies not ?x is married.\n");
    let ran = hence(&reversed, &["run", "case.hence"]);
    assert!(!ran.err.contains("not-carried"), "{}", ran.err);
}

#[test]
fn ask_exits_by_the_answer() {
    let ask = |question: &str| hence(CASE, &["ask", "case.hence", "-q", question]).status;
    assert_eq!(ask("Russia can lean on Armenia?"), 0);
    assert_eq!(ask("Armenia is wary?"), 0);
    assert_eq!(ask("Armenia can lean on Russia?"), 1);
    assert_eq!(ask("who can lean on Russia?"), 0);
    assert_eq!(ask("Armenia leans on Russia heavily?"), 1);
    assert_eq!(ask("Armenia is wary unless?"), 2);
}

#[test]
fn ask_without_a_question_says_so() {
    let ran = hence("A is on.", &["ask", "case.hence"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no question"), "{}", ran.err);
}

#[test]
fn standard_input_is_a_file() {
    let ran = Folder::empty().hence_with_input(&["ask", "-", "-q", "Russia leads CSTO?"], CASE);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

#[test]
fn test_takes_each_file_as_a_case_of_its_own() {
    let folder = Folder::empty();
    folder.write("a.hence", "A is on. test \"a\": expect A is on.");
    folder.write(
        "deep/b.hence",
        "B is on. test \"b\": expect no A is on. A is off.",
    );
    folder.write("library.hence", "C is on.");
    let ran = folder.hence(&["test", "."]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert_eq!(ran.out, "2 passed, 0 failed\n");
}

#[test]
fn failing_tests_show_what_came() {
    let text = "Armenia is wary. Ukraine is wary.\ntest \"who is wary\":\n  expect only Armenia is wary.\n  expect no Ukraine is wary.\n";
    let ran = hence(text, &["test", "case.hence"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r#"
    FAILED who is wary  case.hence:2
      expected  only Armenia is wary  case.hence:3
      got       also Ukraine is wary
        Ukraine is wary  [case.hence:1]
      expected  no Ukraine is wary    case.hence:4
      got       Ukraine is wary: yes
        Ukraine is wary  [case.hence:1]

    0 passed, 1 failed
    "#);
}

#[test]
fn no_test_found_is_said() {
    let ran = hence("A is on.", &["test", "."]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("No test found"), "{}", ran.out);
}

#[test]
fn a_contradiction_fails_the_tests() {
    let ran = hence(
        "A is on. not A is on. test \"a\": expect A is on.",
        &["test", "case.hence"],
    );
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.contains("`A is on`"), "{}", ran.out);
}

#[test]
fn build_servers_read_the_outcome() {
    let text =
        "A is on.\ntest \"fine\": expect A is on.\ntest \"<so & so>\": expect A is off.\nB is off.";
    insta::assert_snapshot!(hence(text, &["test", "case.hence", "--format", "junit"]).out, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="hence" tests="2" failures="1" errors="0">
      <testsuite name="case.hence" tests="2" failures="1" errors="0">
        <testcase name="fine" classname="case.hence" file="case.hence" line="2"/>
        <testcase name="&lt;so &amp; so&gt;" classname="case.hence" file="case.hence" line="3">
          <failure message="expected A is off">case.hence:3: expected A is off, got A is off: nothing says so
    nothing states it, and no rule concludes it
          </failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
    insta::assert_snapshot!(hence(text, &["test", "case.hence", "--format", "tap"]).out, @r#"
    TAP version 13
    1..2
    ok 1 - case.hence: fine
    not ok 2 - case.hence: <so & so>
      ---
      failures:
        - expected: "A is off"
          got: "A is off: nothing says so"
          at: "case.hence:3"
          why: "nothing states it, and no rule concludes it"
      ...
    "#);
}

#[test]
fn a_wrong_file_beats_a_failing_test() {
    let folder = Folder::empty();
    folder.write("a.hence", "A is on. test \"a\": expect not A is on.");
    folder.write("b.hence", "?x is on. test \"b\": expect A is on.");
    assert_eq!(folder.hence(&["test", "."]).status, 2);
}

#[test]
fn a_limit_is_told_in_its_number() {
    let ran = hence(
        "A is on. B is on.",
        &["run", "case.hence", "--max-facts", "1"],
    );
    assert!(
        ran.err.ends_with("stopped at more than 1 fact\n"),
        "{}",
        ran.err
    );
}

#[test]
fn limits_end_a_run() {
    let text = "A counts 1. ?x counts ?n and ?m = ?n + 1 implies ?x counts ?m.";
    for limit in [
        ["--max-facts", "1000"],
        ["--timeout", "0.3"],
        ["--max-memory", "20"],
    ] {
        let ran = hence(text, &["run", "case.hence", limit[0], limit[1]]);
        assert_eq!(
            (ran.status, ran.out.as_str()),
            (3, ""),
            "{limit:?}: {}",
            ran.err
        );
        let ran = hence(
            text,
            &["run", "case.hence", limit[0], limit[1], "--format", "json"],
        );
        assert_eq!(ran.status, 3, "{limit:?}");
        assert_eq!(ran.json()["diagnostics"][0]["severity"], "error");
    }
}

#[test]
fn what_is_not_there_yet_says_so() {
    for command in ["report", "lsp"] {
        let ran = Folder::empty().hence(&[command, "whatever", "--option"]);
        assert_eq!(ran.status, 2);
        assert!(
            ran.err
                .contains(&format!("`hence {command}` is not there yet")),
            "{}",
            ran.err
        );
    }
}

#[test]
fn a_missing_file_is_named() {
    let ran = Folder::empty().hence(&["run", "nowhere.hence"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("nowhere.hence"), "{}", ran.err);
}

#[test]
fn fmt_lays_files_out_in_place() {
    let folder = Folder::with_case(
        "CSTO   covers Russia , Armenia, and Belarus . # members\nRussia leads CSTO.",
    );
    assert_eq!(folder.hence(&["fmt", "--check", "."]).status, 1);
    let ran = folder.hence(&["fmt", "case.hence"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let laid_out = folder.read("case.hence");
    insta::assert_snapshot!(laid_out, @r"
    CSTO covers Russia, Armenia and Belarus.  # members
    Russia leads CSTO.
    ");
    assert_eq!(folder.hence(&["fmt", "--check", "case.hence"]).status, 0);
    assert_eq!(
        folder.hence_with_input(&["fmt", "-"], "A  is on.").out,
        "A is on.\n"
    );
}

#[test]
fn fmt_leaves_a_wrong_file_alone() {
    let text = "A  is on.\nB is on, C is on.\n";
    let folder = Folder::with_case(text);
    let ran = folder.hence(&["fmt", "case.hence"]);
    assert_eq!((ran.status, folder.read("case.hence").as_str()), (2, text));
    assert!(ran.err.contains("case.hence:2"), "{}", ran.err);
}

#[test]
fn what_the_project_ships_is_in_its_own_layout() {
    for folder in ["examples", "rules", "facts"] {
        let ran = hence_in(&project(folder), &["fmt", "--check", "."], "");
        assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{folder}");
    }
}

#[test]
fn a_new_case_passes_at_once() {
    let folder = Folder::empty();
    let ran = folder.hence(&["init", "storm"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("hence test storm"), "{}", ran.out);
    let ran = folder.hence(&["test", "storm"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "3 passed, 0 failed\n", "")
    );
    assert_eq!(folder.hence(&["fmt", "--check", "storm"]).status, 0);
    let ran = folder.hence(&["run", "storm"]);
    assert!(ran.out.contains("Market"), "{}", ran.out);
    let ran = folder.hence(&["init", "storm"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("not empty"), "{}", ran.err);
}
