//! `what would it take` on cases from three subjects, with thresholds, counts, reports, drivers, scenarios, dates and evidence. Each snapshot
//! shows the case above what is said of it.

use crate::support::{hence, project};
use serde_json::{Value, json};
use std::fmt::Write;

fn says(name: &str, case: &str, questions: &[&str]) {
    let mut arguments = vec!["ask", "case.hence"];
    for question in questions {
        arguments.extend(["-q", question]);
    }
    let ran = hence(case, &arguments);
    let mut said = format!("{}\n---\n{}", case.trim_end(), ran.out.trim_end());
    if !ran.err.is_empty() {
        let _ = write!(said, "\n--- standard error\n{}", ran.err.trim_end());
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("tests/it/takes"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, said));
}

const TENDER: &str = r#"source act "A procurement act".
as of 2026-03.
Roadworks is estimated at 180,000 EUR [source act §1].
Roadworks is let by City. Roadworks is published on 2026-02-15.
each of LotA and LotB is a lot of Roadworks. LotA is worth 300,000 EUR. LotB is worth 150,000 EUR.
Builder bids for Roadworks. Painter is rated solvent. Painter is debarred.
driver urgency: calm: nothing [now]. storm: Roadworks is urgent.
driver protest: none: nothing. filed: Builder protests against Roadworks.
rule open: ?x is estimated at ?v and ?v >= 221,000 EUR unless ?x is urgent suggests ?x needs an open tender.
rule quick: ?x is estimated at ?v and ?v < 221,000 EUR suggests ?x may be awarded directly.
rule stop: ? protests against ?x casts doubt on ?x may be awarded directly.
rule lots: ?l is a lot of ?x and ?l is worth ?v and ?v > 500,000 EUR implies ?x is large.
rule spring: ?x is published on ?d and ?d <= 2026-01 implies ?x can be let in spring.
rule vetted: ?b bids for ? and ?b is rated solvent implies ?b is vetted.
rule sound: ?b is vetted and ?b keeps ?n apprentices and ?n >= 2 implies ?b is sound.
rule win: ?b is sound unless ?b is debarred suggests ?b can win.
scenario boom:
  suppose Roadworks is estimated at 300,000 EUR.
  drop Roadworks is estimated at 180,000 EUR.
"#;

#[test]
fn a_tender() {
    says(
        "tender",
        TENDER,
        &[
            "what would it take for Roadworks needs an open tender?",
            "what would it take for Roadworks needs an open tender in boom?",
            "what would it take for Roadworks may be awarded directly?",
            "what would it take for Roadworks is large?",
            "what would it take for Roadworks can be let in spring?",
            "what would it take for Painter can win?",
            "what would it take for Builder can win?",
        ],
    );
}

const OUTAGE: &str = r#"source runbook "A runbook".
as of 2026-05.
each of Frankfurt, Dublin, Oregon and Tokyo is a region.
Frankfurt is down [from 2026-04, reported by Monitor, source runbook §2].
Dublin is down.
Frankfurt loses 6% of requests. Oregon loses 1% of requests.
driver cause "what broke it": deploy: Deploy broke Dublin [now]. cable: Cable broke Dublin. attack: Attacker broke Dublin.
rule severe: ?n is the number of ?r where ?r is a region and ?r is down and ?n >= 3 implies Incident is severe.
rule lossy: ?r loses ?p of requests and ?p > 5% implies ?r is lossy.
rule widespread: ?n is the number of ?r where ?r is lossy and ?n >= 2 suggests Incident is severe.
rule page: Incident is severe unless Freeze begins suggests Oncall is paged.
rule rollback: Deploy broke ?r and ?r is down suggests ?r is rolled back.
rule legal: Attacker broke ? suggests Lawyers are told.
rule trace: Attacker broke ?r suggests ?r shows traces.
scenario worse: suppose Tokyo is down.
"#;

#[test]
fn an_outage() {
    says(
        "outage",
        OUTAGE,
        &[
            "what would it take for Incident is severe?",
            "what would it take for Incident is severe as of 2026-03?",
            "what would it take for Oncall is paged in worse?",
            "what would it take for Lawyers are told?",
            "what would it take for Lawyers are told given Dublin shows traces or Deploy broke Dublin?",
            "what would it take for Dublin is rolled back?",
            "what would it take for Oregon is lossy?",
        ],
    );
}

const CLINIC: &str = r#"source protocol "An anticoagulation protocol".
as of 2026-02.
Hall weighs 48 kg. Hall has creatinine 95. Hall is 81 years old.
Hall has fibrillation.
Hall bleeds [reported by Daughter, denied by Nurse].
Hall takes Aspirin [from 2025-11].
driver stroke: none: nothing [now]. past: Hall had a stroke.
rule indicated: ?p has fibrillation suggests ?p needs anticoagulation [source protocol p. 4].
rule bleeding: ?p bleeds suggests not ?p needs anticoagulation.
rule stroke: ?p had a stroke suggests ?p needs anticoagulation.
stroke overrides bleeding.
rule light: ?p weighs ?w and ?w <= 60 kg implies ?p meets "weight".
rule old: ?p is ?a old and ?a >= 80 years implies ?p meets "age".
rule kidneys: ?p has creatinine ?c and ?c >= 133 implies ?p meets "creatinine".
rule reduced: ?n is the number of ?k where ?p meets ?k and ?n >= 2 and ?p needs anticoagulation implies ?p gets the reduced dose.
rule full: ?p needs anticoagulation unless ?p gets the reduced dose suggests ?p gets the full dose.
rule aspirin: ?p takes Aspirin casts doubt on ?p is safe.
rule safe: ?p gets the reduced dose unless ?p bleeds suggests ?p is safe.
"#;

#[test]
fn a_clinic() {
    says(
        "clinic",
        CLINIC,
        &[
            "what would it take for Hall needs anticoagulation?",
            "what would it take for Hall gets the reduced dose?",
            "what would it take for Hall gets the full dose?",
            "what would it take for Hall gets the full dose if not Hall bleeds?",
            "what would it take for Hall is safe?",
            "what would it take for Hall meets \"creatinine\"?",
        ],
    );
}

/// Each need that is computed from an import could be an import too, and so on without end.
const GAS: &str = r#"
driver strait: open: nothing [70%]. closed: Strait is closed [30%].
driver winter: mild: nothing [60%, now]. harsh: it is cold [40%].
Nordia imports 40 bcm of gas. Nordia stores 12 bcm of gas. Sudia imports 10 bcm of gas. Sudia stores 8 bcm of gas.
Pipe serves Nordia. Pipe is damaged [reported by Navy, denied by Operator]. each of Nordia and Sudia is served by Tanker.
rule tanker: ?c is served by Tanker and Strait is closed suggests ?c loses 22 bcm of gas.
rule pipe: Pipe serves ?c and Pipe is damaged suggests ?c loses 20 bcm of gas.
rule need: it is cold and ?c imports ?q of gas and ?m = 1.2 * ?q implies ?c needs ?m of gas.
rule mild: ?c imports ?q of gas unless it is cold implies ?c needs ?q of gas.
rule short: ?c loses ?l of gas and ?c needs ?n of gas and ?c stores ?s of gas and ?n - ?l + ?s < 0.9 * ?n suggests ?c is short of gas.
"#;

#[test]
fn values_that_are_computed_from_values_have_no_end() {
    says(
        "gas",
        GAS,
        &[
            "what would it take for Nordia is short of gas?",
            "what would it take for Sudia is short of gas?",
            "what would it take for Sudia is short of gas if Strait is closed?",
        ],
    );
}

const PUPILS: &str = r#"
each of Ann, Bob and Dan is a pupil. Ann scores 40%. Bob scores 70%. Bob is aged 12.
rule pass: ?x is a pupil and ?x scores ?s and ?s >= 60% implies ?x passes.
rule junior: ?x is a pupil and ?x is aged ?a and ?a > 5 and ?a < 9 implies ?x is a junior.
"#;

#[test]
fn values_that_nothing_gives() {
    says(
        "pupils",
        PUPILS,
        &[
            "what would it take for Ann passes?",
            "what would it take for Dan passes?",
            "what would it take for Dan is a junior?",
            "what would it take for not Bob passes?",
            "what would it take for not Dan passes?",
            "what would it take for not who passes?",
        ],
    );
}

/// Who calls whom, and what that comes to along chains, as a count has it.
const CHAINS: &str = "\
A calls B. B calls C. C calls D. E calls D. F calls E. A calls D. B uses G. G is spare.
relation ?x needs ?y, transitive.
?x calls ?y implies ?x needs ?y. ?x uses ?y unless ?y is spare implies ?x needs ?y.
each of B, C, D and G is a service.
?s is a service and ?n is the number of ?o where ?o needs ?s implies ?s takes ?n others down.
?s takes ?n others down and ?n >= 3 implies ?s is weighty.
?s takes ?n others down and ?n > 1 implies ?s is watched.
?o needs ?s and ?s is a service implies ?s is used.
";

#[test]
fn counts_over_chains() {
    says(
        "chains",
        CHAINS,
        &[
            "what would it take for D is weighty?",
            "what would it take for C is weighty?",
            "what would it take for G is watched?",
            "what would it take for G is used?",
        ],
    );
}

/// Counts and sums that lack rows which nothing in the case gives.
const DOSES: &str = "\
Moe received Measles on 2024-01-03. Ada received Measles on 2024-01-03. Ada received Measles on 2024-02-03.
Moe needs 2. Ada needs 2. Bob needs 3.
?p needs ?least and ?n is the number of ?day where ?p received Measles on ?day and ?n >= ?least implies ?p is protected.
Moe paid 40 EUR on 2024-01-03. Moe paid 30 EUR on 2024-02-03.
?t is the sum of ?a where ?p paid ?a on ?day and ?t >= 100 EUR implies ?p is clear.
Lima is a city. Moe visited Lima.
?n is the number of ?c where ?c is a city and ?p visited ?c and ?n >= 2 implies ?p is travelled.
?p is trained on ?day and ?day > 2024-01-01 implies ?p practised on ?day. Ada is trained on 2024-05.
?n is the number of ?day where ?p practised on ?day and ?n >= 1 implies ?p is fit.
?p holds a licence from ?authority implies ?p may drive. Ada holds a licence from Kent.
";

#[test]
fn rows_that_nothing_gives() {
    says(
        "doses",
        DOSES,
        &[
            "what would it take for Moe is protected?",
            "what would it take for Bob is protected?",
            "what would it take for Moe is clear?",
            "what would it take for Bob is clear?",
            "what would it take for Moe is travelled?",
            "what would it take for Moe is fit?",
            "what would it take for Moe may drive?",
            "what would it take for not Moe is protected?",
        ],
    );
}

#[test]
fn json_says_what_stands_in() {
    let taken = answer(DOSES, "what would it take for Moe is protected?");
    let row = "Moe received Measles on 2024-02-04";
    let changes = taken["changes"].as_array().expect("changes");
    let found = changes
        .iter()
        .find(|change| change["suppose"] == json!([row]));
    let found = found.expect("a further dose");
    assert_eq!(
        found["stand_ins"],
        json!({row: {"2024-02-04": "stands in for another day"}})
    );
    let question = format!("Moe is protected if {row}?");
    assert_eq!(answer(DOSES, &question)["answer"], "yes");
}

#[test]
fn json_says_how_large_a_change_was_looked_for() {
    let taken = answer(CHAINS, "what would it take for C is weighty?");
    assert_eq!(taken["complete"], false);
    assert_eq!(taken["up_to"], 2);
    assert_eq!(taken.get("overlooked"), None);
    let taken = answer(TENDER, "what would it take for Painter can win?");
    assert_eq!(taken["complete"], true);
    assert_eq!(taken.get("up_to"), None);
}

fn answer(case: &str, question: &str) -> Value {
    let ran = hence(
        case,
        &["ask", "case.hence", "--format", "json", "-q", question],
    );
    let value: Value = serde_json::from_str(&ran.out).expect("JSON");
    value["answers"][0].clone()
}

#[test]
fn json_says_what_the_text_says() {
    let question = "what would it take for Roadworks needs an open tender?";
    assert_eq!(
        answer(TENDER, question)["changes"][0],
        json!({
            "suppose": ["Roadworks is estimated at 221,000 EUR"],
            "drop": [],
            "outcomes": {},
            "enough": {"Roadworks is estimated at 221,000 EUR": ">= 221,000 EUR"}
        })
    );
    let question = "what would it take for Roadworks needs an open tender in boom?";
    assert_eq!(
        answer(TENDER, question)["breaks"][0],
        json!({"suppose": [], "drop": [], "outcomes": {"urgency": "storm"}})
    );
    let question = "what would it take for Hall needs anticoagulation?";
    let taken = answer(CLINIC, question);
    assert_eq!(taken["answer"], "contested");
    assert_eq!(taken["complete"], true);
    let changes = taken["changes"].as_array().expect("changes");
    let stroke = json!({"stroke": "past"});
    assert!(
        changes.iter().any(|change| change["outcomes"] == stroke),
        "{taken:#}"
    );
}

#[test]
fn an_answer_that_depends_says_what_it_is_elsewhere() {
    assert_eq!(
        answer(TENDER, "Roadworks may be awarded directly?"),
        json!({
            "question": "Roadworks may be awarded directly?",
            "kind": "yes-no",
            "answer": "depends",
            "worlds": [{"protest": ["none"]}],
            "likelihood": 0.5,
            "otherwise": [{"answer": "contested", "worlds": [{"protest": ["filed"]}]}]
        })
    );
    let case = "driver d: a: A holds. b: not A holds. c: B holds.\nB holds suggests A holds.\nB holds suggests not A holds.\n";
    let ran = hence(case, &["ask", "case.hence", "-q", "A holds?"]);
    assert_eq!(
        ran.out,
        "A holds?\n  depends: yes if d is a; no if d is b; otherwise contested; likelihood 33%\n"
    );
}
