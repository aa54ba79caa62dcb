//! An argument as text and as JSON says the same, step by step: the sentences in one order, each with its rule, its gloss and its
//! sources.

use crate::support::{hence_in, project};
use serde_json::Value;

/// Questions whose sentences hold, so that the whole argument is printed.
const HOLDING: [(&str, &str); 14] = [
    ("azerbaijan-2010", "why Ukraine is finlandized?"),
    ("azerbaijan-2010", "why Azerbaijan is not finlandized?"),
    (
        "azerbaijan-2010",
        "why Georgia is independent only to a degree?",
    ),
    (
        "azerbaijan-2010",
        "why Azerbaijan has leverage over Turkey through \"gas\"?",
    ),
    (
        "azerbaijan-2010",
        "why Turkey ties normalising with Armenia to Karabakh?",
    ),
    (
        "azerbaijan-2010",
        "why Baku Treaty offsets Gyumri Protocol?",
    ),
    (
        "azerbaijan-2010",
        "why Azerbaijan scores a policy success in sale?",
    ),
    (
        "azerbaijan-2010",
        "why Azerbaijan can press Armenia by \"bypass\" in buyout?",
    ),
    (
        "azerbaijan-2010",
        "why Russia stays friendly with Azerbaijan?",
    ),
    (
        "azerbaijan-2010",
        "why not Azerbaijan can deepen Euro-Atlantic integration?",
    ),
    (
        "azerbaijan-2010",
        "why Azerbaijan is at risk of finlandization by Russia?",
    ),
    ("breach-notification", "why Open Tape is overdue?"),
    (
        "breach-notification",
        "why Hospital must tell the people hit by Laptop Theft?",
    ),
    ("outage", "why Shopfront needs Store?"),
];

fn asked(case: &str, question: &str, format: &str) -> String {
    let file = format!("examples/{case}.hence");
    let arguments = ["ask", &file, "--format", format, "-q", question];
    hence_in(&project(""), &arguments, "").out
}

/// The steps of a JSON argument in the order in which the outline has them, those left out that go without saying.
fn steps<'a>(proof: &'a Value, all: &mut Vec<&'a Value>) {
    let idle = |node: &Value| {
        let sentence = node["sentence"].as_str().unwrap_or_default();
        let is_name =
            |text: &str| text.starts_with(|first: char| first == '"' || first.is_uppercase());
        node["by"] == "arithmetic"
            && match (sentence.split_once(" = "), sentence.split_once(" != ")) {
                (Some((left, right)), _) => left == right,
                (None, Some((left, right))) => is_name(left) && is_name(right),
                (None, None) => false,
            }
    };
    all.push(proof);
    for part in ["premises", "also", "defeated"] {
        for node in proof[part].as_array().into_iter().flatten() {
            if !idle(node) {
                steps(node, all);
            }
        }
    }
}

/// What the text must have of a step, on its line or on the one below, where its rule is.
fn must_say(node: &Value) -> Vec<String> {
    let text = |field: &str| node[field].as_str().map(str::to_owned);
    let mut said = Vec::new();
    let sentence = text("sentence").unwrap_or_default();
    said.push(match (text("doubts"), text("denied_by")) {
        (Some(doubted), _) => doubted,
        (_, Some(_)) => sentence.trim_start_matches("not ").to_owned(),
        _ => sentence,
    });
    if node["shown"] != true {
        said.extend(text("rule"));
        said.extend(text("text").filter(|_| node["rule"].is_null()));
        said.extend(text("at"));
        for source in node["sources"].as_array().into_iter().flatten() {
            let place = source["place"].as_str().unwrap_or_default();
            said.push(
                format!("{} {place}", source["source"].as_str().unwrap_or_default())
                    .trim()
                    .to_owned(),
            );
        }
    }
    said
}

#[test]
fn text_and_json_tell_the_same_argument() {
    let mut compared = 0;
    for (case, question) in HOLDING {
        let text = asked(case, question, "human");
        let json: Value = serde_json::from_str(&asked(case, question, "json")).expect("JSON");
        let answer = &json["answers"][0];
        let proofs = match answer["proofs"].as_array() {
            Some(all) => all.iter().collect(),
            None => vec![&answer["proof"]],
        };
        let mut nodes = Vec::new();
        for proof in proofs.into_iter().filter(|proof| !proof.is_null()) {
            steps(proof, &mut nodes);
        }
        // A root, a premise, what lost: each begins a line; below it stands its rule.
        let lines: Vec<&str> = text
            .lines()
            .skip(2)
            .filter(|line| !line.is_empty())
            .collect();
        let mut from = 0;
        for node in nodes {
            let wanted = must_say(node);
            let begins = |line: &&str| line.contains(&wanted[0]) || line.trim() == "- and also";
            let at = lines[from..].iter().position(begins);
            let at = from + at.unwrap_or_else(|| panic!("{question} lacks {wanted:?} in\n{text}"));
            let both = format!("{}\n{}", lines[at], lines.get(at + 1).unwrap_or(&""));
            for part in &wanted[1..] {
                assert!(both.contains(part), "{question}: {part} is not in\n{both}");
            }
            from = at + 1;
            compared += 1;
        }
        let left = lines[from..]
            .iter()
            .filter(|line| line.trim_start().starts_with("- "));
        let refuted = question.starts_with("why not");
        assert!(
            refuted || left.count() == 0,
            "{question}: more in text than in JSON:\n{text}"
        );
    }
    assert!(compared > 100, "{compared} steps were compared");
}
