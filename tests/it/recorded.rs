//! `hence snapshot`: conclusions recorded beside a file, and what changed since. Each picture shows the case, the edits and what is said.

use crate::support::{Folder, Ran, hence_files, hence_in, list, project, text};
use hence::files::{self, Input, Policy};
use hence::session::{Evaluation, prepare};
use hence::snapshot::{
    Asked, Because, Record, Standings, compare, leave_out_questions, standings, statements,
};
use serde_json::json;

const CASE: &str = "\
source memo \"A memo\".
use \"facts/blocs.hence\".
load \"gas.csv\" as ?a sells ?n units to ?b.
Armenia avoids antagonising Russia [source memo ¶2].
Georgia borders Russia.
Georgia is armed.
rule lean: ?great leads ?bloc and ?bloc covers ?state implies ?great can lean on ?state.
rule mild: ?great can lean on ?state and ?state avoids antagonising ?great suggests ?state is finlandized.
rule fear: ?x borders Russia unless ?x is covered suggests ?x fears Russia.
rule cover: ?bloc covers ?x implies ?x is covered.
rule large: ?a sells ?n units to ?b and ?n > 100 implies ?b depends on ?a.
?x is armed and ?x fears Russia implies ?x is watchful.
driver talks: held: Georgia trusts Russia. failed: nothing.
rule calm: ?x trusts Russia casts doubt on ?x fears Russia.
relation ?x owns ?y, one ?x.
Ann owns Boat. Bob owns Boat [presumably].
scenario pact:
  suppose CSTO covers Georgia.
  drop Ann owns Boat.
  suppose Bob owns Boat.
Armenia is finlandized?
test \"it follows\":
  expect Armenia is finlandized.
";

const BLOCS: &str = "Russia leads CSTO. CSTO covers Armenia.\n";

const GAS: &str = "a,n,b\nRussia,120,Armenia\nRussia,20,Georgia\n";

fn recorded() -> Folder {
    let folder = Folder::with_case(CASE);
    folder.write("facts/blocs.hence", BLOCS);
    folder.write("gas.csv", GAS);
    let ran = folder.hence(&["snapshot", "case.hence"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    folder
}

fn replace(folder: &Folder, file: &str, old: &str, new: &str) {
    let before = folder.read(file);
    assert!(before.contains(old), "{old} is not in {file}");
    folder.write(file, &before.replace(old, new));
}

fn picture(name: &str, said: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("tests/it/recorded"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, said));
}

fn shown(ran: &Ran) -> String {
    format!("{}--- status {}\n{}", ran.out, ran.status, ran.err)
}

#[test]
fn a_record_has_a_line_for_each_conclusion_and_each_statement() {
    let folder = recorded();
    let record = folder.read("case.snapshot.json");
    picture("record", &format!("{CASE}---\n{record}"));
}

#[test]
fn what_is_as_recorded_is_well() {
    let folder = recorded();
    for way in [
        &["snapshot", "case.hence"][..],
        &["snapshot", "--check", "case.hence"],
    ] {
        let ran = folder.hence(way);
        assert_eq!(ran.status, 0, "{way:?}: {}", ran.out);
        assert_eq!(ran.out, "case.hence: nothing changed in 7 conclusions\n");
    }
}

#[test]
fn another_layout_another_place_and_other_remarks_are_no_edits() {
    let folder = recorded();
    replace(&folder, "case.hence", "Georgia is armed.\n", "# a remark\n");
    folder.write(
        "facts/blocs.hence",
        "CSTO   covers Armenia. # since 1992\n\nRussia leads\n  CSTO. Georgia is armed.\n",
    );
    let ran = folder.hence(&["snapshot", "case.hence", "--format", "json"]);
    assert_eq!(
        ran.json(),
        json!({"version": 1, "changes": [], "edits": []})
    );
}

#[test]
fn changes_are_told_with_the_edits_that_account_for_them() {
    let folder = recorded();
    replace(
        &folder,
        "case.hence",
        "Armenia avoids antagonising Russia [source memo ¶2].\n",
        "",
    );
    replace(&folder, "case.hence", "?n > 100", "?n > 10");
    replace(
        &folder,
        "facts/blocs.hence",
        "CSTO covers Armenia.",
        "CSTO covers each of Armenia and Belarus.",
    );
    replace(&folder, "case.hence", "unless ?x is covered ", "");
    folder.write("gas.csv", &format!("{GAS}Iran,500,Armenia\n"));
    let ran = folder.hence(&["snapshot", "case.hence"]);
    picture("changes", &shown(&ran));
    let json = folder.hence(&["snapshot", "--check", "case.hence", "--format", "json"]);
    assert_eq!(json.status, 1);
    let json = json.json();
    let finlandized = list(&json["changes"])
        .iter()
        .find(|change| change["sentence"] == "Armenia is finlandized")
        .expect("it went");
    assert_eq!(
        *finlandized,
        json!({
            "file": "case.hence", "sentence": "Armenia is finlandized", "before": "presumed", "after": null,
            "stood": "presumed", "stands": null,
            "because": ["Armenia avoids antagonising Russia [source memo ¶2]."],
        })
    );
}

#[test]
fn a_change_that_takes_two_edits_names_both_and_one_that_takes_either_names_one() {
    let folder = recorded();
    replace(
        &folder,
        "facts/blocs.hence",
        "CSTO covers Armenia.",
        "NATO covers Latvia. America leads NATO. CSTO covers Armenia.",
    );
    replace(
        &folder,
        "case.hence",
        "Georgia is armed.\n",
        "Latvia avoids antagonising America.\nBelarus borders Russia. Belarus borders Iran.\nIran borders Russia.\n",
    );
    let json = folder
        .hence(&["snapshot", "case.hence", "--format", "json"])
        .json();
    let because = |sentence: &str| -> Vec<String> {
        let change = list(&json["changes"])
            .iter()
            .find(|change| change["sentence"] == sentence && change.get("in").is_none())
            .unwrap_or_else(|| panic!("no change of {sentence}: {json}"));
        list(&change["because"])
            .iter()
            .map(|edit| text(edit).to_owned())
            .collect()
    };
    assert_eq!(
        because("America can lean on Latvia"),
        ["NATO covers Latvia.", "America leads NATO."]
    );
    assert_eq!(
        because("Latvia is finlandized"),
        [
            "NATO covers Latvia.",
            "America leads NATO.",
            "Latvia avoids antagonising America."
        ]
    );
    assert_eq!(because("Latvia is covered"), ["NATO covers Latvia."]);
    assert_eq!(because("Belarus fears Russia"), ["Belarus borders Russia."]);
    assert_eq!(because("Georgia is watchful"), ["Georgia is armed."]);
    assert_eq!(list(&json["edits"]).len(), 7);
}

#[test]
fn an_edit_of_a_list_leaves_the_others_on_it_alone() {
    let folder = recorded();
    let old = "Russia leads CSTO. CSTO covers Armenia.";
    replace(
        &folder,
        "facts/blocs.hence",
        old,
        "Russia leads CSTO. CSTO covers each of Belarus and Armenia [source memo ¶8].",
    );
    let json = folder
        .hence(&["snapshot", "--accept", "case.hence", "--format", "json"])
        .json();
    assert_eq!(
        json["changes"][0]["because"],
        json!(["CSTO covers Belarus [source memo ¶8]."])
    );
    replace(
        &folder,
        "facts/blocs.hence",
        "each of Belarus and Armenia",
        "each of Armenia",
    );
    let json = folder
        .hence(&["snapshot", "case.hence", "--format", "json"])
        .json();
    assert_eq!(list(&json["edits"]).len(), 1, "{json}");
    assert_eq!(json["edits"][0]["edit"], "removed");
}

#[test]
fn what_was_concluded_and_is_stated_now_is_no_loss() {
    let folder = recorded();
    replace(
        &folder,
        "case.hence",
        "Georgia is armed.\n",
        "Georgia is armed. Georgia is watchful. Iran is watchful.\n",
    );
    let json = folder
        .hence(&["snapshot", "case.hence", "--format", "json"])
        .json();
    let changes = list(&json["changes"]);
    assert_eq!(
        changes.len(),
        1,
        "Iran is watchful is no conclusion: {json}"
    );
    assert_eq!(changes[0]["after"], "certain");
    assert_eq!(changes[0]["because"], json!(["Georgia is watchful."]));
    // And back: what was stated and is concluded.
    assert_eq!(
        folder.hence(&["snapshot", "--accept", "case.hence"]).status,
        0
    );
    replace(&folder, "case.hence", " Georgia is watchful.", "");
    let json = folder
        .hence(&["snapshot", "case.hence", "--format", "json"])
        .json();
    assert_eq!(list(&json["changes"]).len(), 1, "{json}");
    assert_eq!(json["changes"][0]["stood"], "certain, stated");
}

#[test]
fn accepting_records_what_changed() {
    let folder = recorded();
    replace(&folder, "case.hence", "Georgia borders Russia.\n", "");
    assert_eq!(folder.hence(&["snapshot", "case.hence"]).status, 1);
    assert_eq!(
        folder.hence(&["snapshot", "case.hence"]).status,
        1,
        "telling records nothing"
    );
    assert_eq!(
        folder.hence(&["snapshot", "--accept", "case.hence"]).status,
        0
    );
    let ran = folder.hence(&["snapshot", "--check", "case.hence"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "case.hence: nothing changed in 5 conclusions\n")
    );
}

#[test]
fn a_review_records_what_is_said_yes_to() {
    let folder = recorded();
    replace(&folder, "case.hence", "Georgia borders Russia.\n", "");
    replace(
        &folder,
        "facts/blocs.hence",
        "CSTO covers Armenia.",
        "CSTO covers Armenia. CSTO covers Belarus.",
    );
    let ran = folder.hence_with_input(&["snapshot", "--review", "case.hence"], "perhaps\nyes\nn\n");
    picture("review", &shown(&ran));
    let left = folder.hence(&["snapshot", "case.hence"]);
    picture("after-review", &shown(&left));
    let ran = folder.hence_with_input(&["snapshot", "--review", "case.hence"], "all\n");
    assert_eq!(ran.status, 0);
    assert_eq!(
        folder.hence(&["snapshot", "--check", "case.hence"]).status,
        0
    );
}

#[test]
fn nothing_is_recorded_under_check() {
    let folder = Folder::with_case("?x is a bird implies ?x flies. Tweety is a bird.");
    let ran = folder.hence(&["snapshot", "--check", "case.hence"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out,
        "case.hence: no snapshot; `hence snapshot case.hence` records one\n"
    );
    assert!(!folder.path().join("case.snapshot.json").exists());
}

#[test]
fn of_a_folder_the_files_that_conclude_something_are_recorded() {
    let folder = Folder::with_case("use \"rules.hence\". Tweety is a bird.");
    folder.write("rules.hence", "?x is a bird implies ?x flies.");
    let ran = folder.hence(&["snapshot", "."]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(folder.path().join("case.snapshot.json").exists());
    assert!(!folder.path().join("rules.snapshot.json").exists());
    assert_eq!(folder.hence(&["snapshot", "--check", "."]).status, 0);
}

#[test]
fn the_same_case_has_the_same_record_wherever_it_is_run_from() {
    let folder = recorded();
    let own = folder.read("case.snapshot.json");
    let outer = Folder::empty();
    outer.write("hence.toml", "");
    outer.write("cases/case.hence", CASE);
    outer.write("cases/facts/blocs.hence", BLOCS);
    outer.write("cases/gas.csv", GAS);
    assert_eq!(outer.hence(&["snapshot", "cases"]).status, 0);
    assert_eq!(outer.read("cases/case.snapshot.json"), own);
}

#[test]
fn a_record_that_cannot_be_read_or_compared_is_complained_of() {
    let folder = recorded();
    let ran = folder.hence(&["snapshot", "--in", "pact", "case.hence"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("was recorded without options"),
        "{}",
        ran.err
    );
    let record = folder.read("case.snapshot.json");
    for broken in [
        "",
        "{}",
        "[1]",
        &record.replace("\"version\": 1", "\"version\": 7"),
        &record[..200],
    ] {
        folder.write("case.snapshot.json", broken);
        let ran = folder.hence(&["snapshot", "--accept", "case.hence"]);
        assert_eq!(ran.status, 2, "{broken}");
        assert!(ran.err.contains("error[bad-snapshot]"), "{}", ran.err);
        assert_eq!(
            folder.read("case.snapshot.json"),
            broken,
            "it is left as it was"
        );
    }
    let ran = folder.hence_with_input(&["snapshot", "-"], "Tweety is a bird.");
    assert_eq!(ran.status, 2);
}

#[test]
fn the_examples_conclude_what_is_recorded() {
    let ran = hence_in(&project("."), &["snapshot", "--check", "examples"], "");
    assert_eq!(
        ran.status, 0,
        "an edit changes what follows; see `hence snapshot examples`:\n{}",
        ran.out
    );
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
}

/// Every shipped case is evaluated from its recorded statements alone, lists taken apart and tables as facts.
#[test]
fn what_is_recorded_of_a_case_comes_to_what_the_case_does() {
    let mut seen = 0;
    for file in ["examples", "tests/language"]
        .into_iter()
        .flat_map(hence_files)
    {
        let mut case = files::read(&[Input::Path(file.clone())], &Policy::default());
        let listed = statements(&case, &file);
        leave_out_questions(&mut case);
        let evaluation = Evaluation::default();
        // What draws a complaint concludes nothing.
        let Ok(prepared) = prepare(case, &evaluation, &[]) else {
            continue;
        };
        let Ok(mut reader) = prepared.solve(&evaluation) else {
            continue;
        };
        let now = standings(&mut reader, &prepared.frame).expect("a world");
        let nothing = Record::new(Asked::default(), Standings::default(), listed.clone());
        let compared =
            compare(&nothing, (&now, &listed), reader.terms(), &evaluation).expect("no limit");
        for change in &compared.changes {
            let sentence = &change.sentence;
            assert_eq!(
                change.because,
                Because::NoEdit,
                "{}: {sentence}",
                file.display()
            );
        }
        seen += compared.changes.len();
    }
    assert!(seen > 500, "{seen} conclusions");
}

/// Statements are taken out of a shipped case in threes; what is said to account for a change is then taken out alone.
#[test]
fn what_accounts_for_a_change_has_it_come_by_itself() {
    let case = std::fs::read_to_string(project("examples/outage.hence")).expect("an example");
    let calls = std::fs::read_to_string(project("examples/data/calls.csv")).expect("its table");
    let is_fact = |line: &&str| {
        line.starts_with(|first: char| first.is_uppercase() || first == '"') && line.ends_with('.')
    };
    let facts: Vec<&str> = case.lines().filter(is_fact).collect();
    assert!(facts.len() >= 12, "{facts:?}");
    let folder = Folder::with_case(&case);
    folder.write("data/calls.csv", &calls);
    assert_eq!(folder.hence(&["snapshot", "case.hence"]).status, 0);
    let record = folder.read("case.snapshot.json");
    let changes_without = |gone: &[&str]| {
        let kept = case.lines().filter(|line| !gone.contains(line));
        folder.write(
            "case.hence",
            &kept.map(|line| format!("{line}\n")).collect::<String>(),
        );
        folder.write("case.snapshot.json", &record);
        folder.hence(&["snapshot", "case.hence", "--format", "json"])
    };
    let mut told = 0;
    for gone in facts.chunks(3).take(5) {
        let ran = changes_without(gone);
        if ran.status == 2 {
            continue;
        }
        let json = ran.json();
        for change in list(&json["changes"]) {
            let because: Vec<&str> = list(&change["because"]).iter().map(text).collect();
            let lines: Vec<&str> = gone
                .iter()
                .copied()
                .filter(|line| {
                    because
                        .iter()
                        .any(|edit| line.contains(edit.trim_end_matches('.')))
                })
                .collect();
            if lines.len() != because.len() || lines.len() == gone.len() {
                continue;
            }
            let alone = changes_without(&lines).json();
            let is_same = |other: &&serde_json::Value| {
                ["sentence", "in", "stood", "stands"]
                    .iter()
                    .all(|field| other[field] == change[field])
            };
            assert!(
                list(&alone["changes"]).iter().any(|other| is_same(&other)),
                "{change} without {lines:?}"
            );
            told += 1;
        }
    }
    assert!(told >= 5, "{told} changes were tried");
}
