//! The memo's arguments, explained: for each of its rows why, why not and what it would take, in words that a reader of the memo
//! would nod at. The lines of the files are left out, since they say nothing of the argument.

use crate::support::{hence_in, project};
use std::fmt::Write;

/// Asks the shipped case these questions, and keeps what it says.
fn explains(row: &str, questions: &[&str]) {
    explains_so(row, &[], questions);
}

fn explains_so(row: &str, options: &[&str], questions: &[&str]) {
    let mut arguments = vec!["ask", "examples/azerbaijan-2010.hence"];
    arguments.extend(options);
    for question in questions {
        arguments.extend(["-q", question]);
    }
    let ran = hence_in(&project(""), &arguments, "");
    let mut said = ran.out;
    if !ran.err.is_empty() {
        let _ = writeln!(said, "--- standard error\n{}", ran.err);
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("tests/it/memo"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"\.hence:\d+", ".hence");
    settings.bind(|| insta::assert_snapshot!(row, said.trim_end()));
}

#[test]
fn a1_finlandized_or_not() {
    explains(
        "a1-finlandized-or-not",
        &[
            "why Ukraine is finlandized?",
            "why Azerbaijan is not finlandized?",
            "why not Azerbaijan is finlandized?",
            "what would it take for Azerbaijan is finlandized?",
            "why Estonia conducts an independent policy?",
            "why Georgia is independent only to a degree?",
            "why not Azerbaijan is independent only to a degree?",
            "what would it take for Azerbaijan conducts an independent policy?",
        ],
    );
}

#[test]
fn a2_the_energy_card() {
    explains(
        "a2-the-energy-card",
        &[
            "why Azerbaijan has leverage over Turkey through \"gas\"?",
            "why Azerbaijan has leverage over Turkey through Nabucco?",
            "why not Armenia has leverage over Turkey through Nabucco?",
            "what would it take for Azerbaijan has leverage over Turkey through \"gas\"?",
            "what would it take for Azerbaijan has leverage over Turkey through Nabucco?",
        ],
    );
}

#[test]
fn a3_the_other_buyer() {
    explains(
        "a3-the-other-buyer",
        &[
            "why not Azerbaijan depends on Turkey?",
            "what would it take for Azerbaijan depends on Turkey?",
            "why Gazprom Contract signals \"your transit can be done without\" to Turkey?",
            "why Turkey ties normalising with Armenia to Karabakh?",
            "what would it take for Turkey ties normalising with Armenia to Karabakh?",
        ],
    );
}

#[test]
fn a4_treaty_against_treaty() {
    explains(
        "a4-treaty-against-treaty",
        &[
            "why Baku Treaty offsets Gyumri Protocol?",
            "why not Border Accord offsets Gyumri Protocol?",
            "what would it take for Baku Treaty offsets Gyumri Protocol?",
            "why NATO gains a legal path into Azerbaijan through Turkey?",
            "why not NATO gains a legal path into Armenia through Turkey?",
        ],
    );
}

#[test]
fn a5_no_harsh_reaction() {
    explains(
        "a5-no-harsh-reaction",
        &[
            "why not Azerbaijan reacts harshly to Gyumri Protocol?",
            "what would it take for Azerbaijan reacts harshly to Gyumri Protocol?",
        ],
    );
}

#[test]
fn a6_a_reported_sale() {
    explains(
        "a6-a-reported-sale",
        &[
            "why Russia sells S-300 to Azerbaijan for 300 million USD?",
            "why not Iran is warned by Azerbaijan?",
            "what would it take for Iran is warned by Azerbaijan?",
            "why Azerbaijan scores a policy success in sale?",
        ],
    );
}

#[test]
fn a7_levers_used_and_not_used() {
    explains(
        "a7-levers-used-and-not-used",
        &[
            "why Russia has energy leverage over Ukraine?",
            "why Russia has energy leverage over \"part of Central Asia\"?",
            "why not Russia has energy leverage over Azerbaijan?",
            "what would it take for Russia has energy leverage over Azerbaijan?",
        ],
    );
}

#[test]
fn a8_encirclement() {
    explains(
        "a8-encirclement",
        &[
            "why Russia can press Armenia by \"gas\"?",
            "why not Azerbaijan can press Armenia by \"gas\"?",
            "what would it take for Azerbaijan can press Armenia by \"gas\"?",
            "why Azerbaijan can press Armenia by \"bypass\" in buyout?",
            "what would it take for Azerbaijan can press Armenia by \"bypass\"?",
        ],
    );
}

#[test]
fn a9_the_belarus_loan() {
    explains(
        "a9-the-belarus-loan",
        &[
            "why Belarus Loan shows independence of Azerbaijan?",
            "why not Gyumri Protocol shows independence of Azerbaijan?",
            "what would it take for Belarus Loan shows independence of Azerbaijan?",
            "why Russia stays friendly with Azerbaijan?",
            "why not Russia stays friendly with Azerbaijan as of 2010-08?",
            "what would it take for Russia stays friendly with Azerbaijan?",
        ],
    );
}

#[test]
fn a10_the_vulnerability_and_the_forecast() {
    explains(
        "a10-the-vulnerability-and-the-forecast",
        &[
            "why Azerbaijan is at risk of finlandization by Russia?",
            "why not Azerbaijan is at risk of finlandization by Russia if Karabakh is settled?",
            "what would it take for Azerbaijan is at risk of finlandization by Russia?",
            "why not Azerbaijan can deepen Euro-Atlantic integration?",
            "what would it take for Azerbaijan can deepen Euro-Atlantic integration?",
        ],
    );
}

const DEEP: [&str; 2] = [
    "why Azerbaijan is at risk of finlandization by Russia?",
    "why Russia stays friendly with Azerbaijan?",
];

#[test]
fn a_proof_down_to_a_depth() {
    explains_so("depth-1", &["--depth", "1"], &DEEP);
    explains_so("depth-2", &["--depth", "2"], &DEEP);
}

#[test]
fn a_proof_in_brief() {
    explains_so("brief", &["--brief"], &DEEP);
}
