//! Explanations as JSON, field by field, on what is shipped: every node, attempt and change has what the contract names, of the type that it
//! names, and says what the text says.

use crate::explained_cases::{CASES, SELDOM, SELDOM_ASKED};
use crate::support::{Folder, Ran, hence_in, list, project, text};
use crate::told;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

const STATUSES: [&str; 7] = [
    "certain",
    "presumed",
    "refuted",
    "contested",
    "undecided",
    "unknown",
    "depends",
];
const ANSWERS: [&str; 7] = [
    "yes",
    "presumably",
    "no",
    "contested",
    "undecided",
    "unknown",
    "depends",
];

fn asked(folder: &Path, file: &str, questions: &[&str], more: &[&str]) -> Ran {
    let mut arguments = vec!["ask", file];
    questions
        .iter()
        .for_each(|question| arguments.extend(["-q", question]));
    arguments.extend(more);
    let ran = hence_in(folder, &arguments, "");
    assert!(ran.status < 2, "{}", ran.err);
    ran
}

/// Each question of what is shipped and of what is seldom met, with what is said of it as JSON and as text.
fn each_answer(more: &[&str], check: impl Fn(&Value, &str)) {
    let folder = Folder::with_case(SELDOM);
    let shipped = project("");
    let cases = CASES.map(|(file, questions)| (shipped.as_path(), file, questions));
    let seldom = (folder.path(), "case.hence", &SELDOM_ASKED[..]);
    for (folder, file, questions) in cases.into_iter().chain([seldom]) {
        let json = asked(
            folder,
            file,
            questions,
            &[more, &["--format", "json"]].concat(),
        )
        .json();
        assert_eq!(json["version"], 1);
        let answers = list(&json["answers"]);
        assert_eq!(answers.len(), questions.len());
        for (answer, question) in answers.iter().zip(questions) {
            assert_eq!(answer["question"], *question);
            check(answer, &asked(folder, file, &[question], more).out);
        }
    }
}

fn has_only(value: &Value, known: &[&str]) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("an object: {value}"));
    for field in object.keys() {
        assert!(known.contains(&field.as_str()), "`{field}` in {value}");
    }
}

/// A node with what it rests on and what lost to it; `said` is the text beside it, all of it.
fn node(given: &Value, said: &str, is_lost: bool) {
    let known = [
        "sentence",
        "relation",
        "terms",
        "not",
        "status",
        "by",
        "uncounted",
        "doubts",
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
        "cut",
        "to",
        "how",
        "when",
        "worlds",
        "likelihood",
        "stands",
        "premises",
        "also",
        "defeated",
    ];
    has_only(given, &known);
    let sentence = text(&given["sentence"]);
    let by = text(&given["by"]);
    assert!(STATUSES.contains(&text(&given["status"])), "{given}");
    // That two names differ goes without saying, a denial is told as one, and a doubt is no sentence of its own.
    let untold = by == "arithmetic" || given.get("denied_by").is_some();
    let turned = sentence.strip_prefix("not ").unwrap_or(sentence);
    assert!(
        untold || said.contains(sentence) || said.contains(turned),
        "`{sentence}` is not in\n{said}"
    );
    match by {
        "absence" | "arithmetic" => assert!(given.get("at").is_none(), "{given}"),
        _ => {
            let relation = text(&given["relation"]);
            assert_eq!(
                relation.matches('_').count(),
                list(&given["terms"]).len(),
                "{given}"
            );
            let negative = given.get("not").is_some_and(|not| *not == true);
            assert_eq!(negative, turned.len() < sentence.len(), "{given}");
        }
    }
    match by {
        "rule" => assert!(!text(&given["text"]).is_empty(), "{given}"),
        "report" => assert!(
            given.get("reported_by").is_some()
                || given.get("denied_by").is_some()
                || given["status"] != "certain",
            "{given}"
        ),
        "fact" | "outcome" | "assumption" | "absence" | "arithmetic" => {
            assert!(given.get("rule").is_none(), "{given}");
        }
        other => panic!("`{other}` in {given}"),
    }
    if let Some(at) = given.get("at") {
        let (file, line) = text(at).rsplit_once(':').expect("file:line");
        assert!(!file.is_empty() && line.parse::<usize>().is_ok(), "{given}");
        let shown = given.get("shown").is_some();
        assert!(shown || said.contains(text(at)), "{at} is not in\n{said}");
    }
    for source in given.get("sources").into_iter().flat_map(list) {
        has_only(source, &["source", "place"]);
        let cited = match source.get("place") {
            Some(place) => format!("{} {}", text(&source["source"]), text(place)),
            None => text(&source["source"]).to_owned(),
        };
        assert!(said.contains(&cited), "{cited} is not in\n{said}");
    }
    for value in given
        .get("values")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        assert!(value.0.starts_with('?'), "{given}");
    }
    let hows = [
        "overridden",
        "undercut",
        "certain opposite",
        "rival",
        "exception",
    ];
    let how = given.get("how").map(text);
    assert!(how.is_none_or(|how| hows.contains(&how)), "{given}");
    assert!(!is_lost || (how.is_some() && !text(&given["to"]).is_empty()));
    if given.get("shown").is_some() {
        assert!(given.get("premises").is_none(), "{given}");
    }
    for (field, is_lost) in [("premises", false), ("also", false), ("defeated", true)] {
        let below = given.get(field).into_iter().flat_map(list);
        below.for_each(|below| node(below, said, is_lost));
    }
}

fn attempt(given: &Value, said: &str, is_followed: bool) {
    let known = [
        "for",
        "rule",
        "sources",
        "at",
        "with",
        "met",
        "missing",
        "stands",
        "written",
        "instead",
        "outright",
        "nearest",
        "elsewhen",
        "through",
        "defeated_by",
    ];
    has_only(given, &known);
    let rule = text(&given["rule"]);
    assert!(
        is_followed || said.contains(rule),
        "{rule} is not in\n{said}"
    );
    for met in list(&given["met"]) {
        assert!(
            ["certain", "presumed"].contains(&text(&met["status"])),
            "{met}"
        );
        assert!(
            met.get("premises").is_none() && met.get("cut").is_none(),
            "{met}"
        );
    }
    for missing in given.get("missing").into_iter().flat_map(list) {
        let sentence = text(missing);
        // Of its rule it is said that it `is in force until 2010 only`.
        let sentence = match sentence.strip_prefix("the rule is in force ") {
            Some(when) => &format!("is in force {when} only"),
            None => sentence,
        };
        let compares = sentence.contains(['<', '>', '=']);
        assert!(
            is_followed || compares || said.contains(sentence),
            "`{sentence}` is not in\n{said}"
        );
    }
    for winner in given.get("defeated_by").into_iter().flat_map(list) {
        assert!(winner.get("how").is_some(), "{winner}");
        assert!(STATUSES.contains(&text(&winner["status"])), "{winner}");
    }
    let through = given.get("through").into_iter().flat_map(list);
    through.for_each(|through| attempt(through, said, true));
    let lacks = ["missing", "defeated_by"];
    let found = lacks.iter().any(|field| given.get(*field).is_some());
    assert!(found || given.get("rule").is_some(), "{given}");
}

fn explained(answer: &Value, said: &str) {
    let known = [
        "question",
        "kind",
        "answer",
        "when",
        "worlds",
        "likelihood",
        "otherwise",
        "proof",
        "proofs",
        "attempts",
        "opposite",
        "opposites",
        "for",
        "against",
        "settled_by",
        "to_loop",
        "loop",
        "hangs_by",
        "nearest",
        "cut",
        "elsewhen",
        "failing",
        "elsewhere",
        "contradicted",
    ];
    has_only(answer, &known);
    let kind = text(&answer["kind"]);
    assert!(["why", "why-not"].contains(&kind), "{kind}");
    let status = text(&answer["answer"]);
    assert!(ANSWERS.contains(&status), "{status}");
    let holds = ["yes", "presumably"].contains(&status);
    assert_eq!(holds, answer.get("attempts").is_none(), "{answer}");
    if holds {
        let root = &answer["proof"];
        assert!(said.contains(text(&root["sentence"])));
        assert_eq!(root["status"] == "certain", status == "yes");
    }
    for field in ["proof", "opposite"] {
        if let Some(proof) = answer.get(field) {
            node(proof, said, false);
        }
    }
    for field in ["proofs", "for", "against"] {
        let proofs = answer.get(field).into_iter().flat_map(list);
        proofs.for_each(|proof| node(proof, said, false));
    }
    let attempts = answer.get("attempts").into_iter().flat_map(list);
    attempts.for_each(|given| attempt(given, said, false));
    for settling in answer.get("settled_by").into_iter().flat_map(list) {
        assert!(
            said.contains(text(settling)),
            "{settling} is not in\n{said}"
        );
    }
}

fn takes(answer: &Value, said: &str) {
    let known = [
        "question",
        "kind",
        "answer",
        "when",
        "worlds",
        "likelihood",
        "otherwise",
        "changes",
        "breaks",
        "complete",
        "overlooked",
        "instead",
        "contradicted",
    ];
    has_only(answer, &known);
    let (changes, breaks) = (list(&answer["changes"]), list(&answer["breaks"]));
    let holds = ["yes", "presumably"].contains(&text(&answer["answer"]));
    assert!(if holds {
        changes.is_empty()
    } else {
        breaks.is_empty()
    });
    assert!(answer["complete"].is_boolean());
    let mut before = 0;
    for change in changes.iter().chain(breaks) {
        let fields = [
            "suppose",
            "drop",
            "outcomes",
            "concluded",
            "enough",
            "will_do",
            "sources",
        ];
        has_only(change, &fields);
        let count = |field: &str| list(&change[field]).len();
        let outcomes = change["outcomes"].as_object().expect("outcomes").len();
        let size = count("suppose") + count("drop") + outcomes;
        assert!(size >= before.max(1), "smallest first: {answer}");
        before = size;
    }
    let in_json = changes.iter().chain(breaks).map(told::changes::told);
    let in_json: BTreeSet<BTreeSet<String>> = in_json.collect();
    assert_eq!(in_json, told::changes::read(said), "{answer}\n{said}");
}

#[test]
fn every_explanation_of_what_is_shipped_is_whole() {
    each_answer(&["--all"], |answer, said| {
        if answer["kind"] == "what-would-it-take" {
            takes(answer, said);
        } else {
            explained(answer, said);
            let holds = answer.get("attempts").is_none();
            let somewhere = answer["answer"] == "depends";
            let proved = answer.get("proofs").is_some();
            assert_eq!(holds || somewhere, proved, "{answer}");
        }
    });
}

#[test]
fn the_text_of_every_explanation_can_be_told_from_its_json() {
    let parted = RefCell::new(Vec::new());
    each_answer(&["--all"], |answer, said| {
        if answer["kind"] == "what-would-it-take" {
            return;
        }
        let (told, below) = (told::lines(answer), said.lines().skip(2));
        let below: Vec<String> = below.map(plain).collect();
        let lines = told.len().max(below.len());
        if let Some(at) = (0..lines).find(|&at| told.get(at) != below.get(at)) {
            let (question, told, said) = (&answer["question"], told.get(at), below.get(at));
            let parted_here = format!("{question}\n  JSON: {told:?}\n  text: {said:?}\n");
            parted.borrow_mut().push(parted_here);
        }
    });
    let parted = parted.into_inner();
    assert!(parted.is_empty(), "{}", parted.join(""));
}

/// A line without what is told in other words than in JSON: where a proof stands, and what a fraction comes to.
fn plain(line: &str) -> String {
    match (line.split_once(" — "), line.rsplit_once(" (")) {
        (Some((before, after)), _) => match after.split_once("  [") {
            Some((_, cited)) => format!("{before} — ~  [{cited}"),
            None => format!("{before} — ~"),
        },
        (None, Some((before, aside))) if aside.contains(" is about ") => before.to_owned(),
        _ => line.to_owned(),
    }
}

/// How many steps a node stands on, and whether one of them says that it was cut.
fn depth(node: &Value) -> (usize, bool) {
    let below = node.get("premises").into_iter().flat_map(list).map(depth);
    below.fold(
        (0, node.get("cut").is_some()),
        |(deep, cut), (more, also)| (deep.max(more + 1), cut || also),
    )
}

#[test]
fn what_a_depth_leaves_out_is_marked() {
    let question = "why Azerbaijan is at risk of finlandization by Russia?";
    let proof = |more: &[&str]| {
        let more = [more, &["--format", "json"]].concat();
        asked(&project(""), CASES[0].0, &[question], &more).json()["answers"][0]["proof"].clone()
    };
    let whole = depth(&proof(&[]));
    assert!(whole.0 > 3 && !whole.1, "{whole:?}");
    assert_eq!(depth(&proof(&["--depth", "2"])), (2, true));
    assert_eq!(depth(&proof(&["--depth", "99"])), whole);
}
