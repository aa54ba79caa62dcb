//! Names that are met once and are nearly another one: `Azerbaijn` beside many an `Azerbaijan`. Comes in: the documents as written; goes out:
//! warnings. A name in quotes is meant as it stands.

use super::suspects::one_slip_apart;
use super::units::each_body;
use crate::complaint::{Complaint, relations as complaints};
use crate::files::Case;
use crate::syntax::tree::{Document, Part, Sentence, StatementKind, Term, TermKind};
use crate::text::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Past so many statements names are not compared, and past so many pairs no more of them.
const STATEMENTS: usize = 20_000;
const PAIRS: usize = 1_000_000;
/// Shorter words are near each other by chance: Anna and Anne, Iran and Iraq.
const SHORTEST: usize = 6;
/// How often the other name is met at least.
const OFTEN: usize = 3;

#[derive(Clone, Copy)]
struct Met {
    times: usize,
    first: Span,
}

/// Warns of each name that is met once and is one slip of the hand away from one that is met often.
pub(super) fn nearly_another(case: &Case, complaints: &mut Vec<Complaint>) {
    let statements: usize = case
        .documents
        .iter()
        .map(|document| document.statements.len())
        .sum();
    if statements > STATEMENTS {
        return;
    }
    let met = names(&case.documents);
    let mut pairs = 0;
    // By length, so that few are compared.
    let mut often: BTreeMap<usize, Vec<&SmolStr>> = BTreeMap::new();
    for (name, _) in met.iter().filter(|(_, met)| met.times >= OFTEN) {
        often.entry(name.len()).or_default().push(name);
    }
    often.values_mut().for_each(|names| names.sort_unstable());
    let mut once: Vec<(&SmolStr, Span)> = met
        .iter()
        .filter(|(name, met)| met.times == 1 && name.len() >= SHORTEST)
        .filter(|(_, met)| !case.sources.slice(met.first).starts_with(['"', '\u{201c}']))
        .map(|(name, met)| (name, met.first))
        .collect();
    once.sort_unstable_by_key(|&(_, first)| first);
    for (name, at) in once {
        let near = often.range(name.len().saturating_sub(2)..=name.len() + 2);
        let meant = near.flat_map(|(_, names)| names).find(|other| {
            pairs += 1;
            pairs < PAIRS && is_slip(name, other)
        });
        if let Some(meant) = meant {
            complaints.push(complaints::nearly_another_name(name, meant, at));
        }
    }
}

/// One letter apart, in a word that is long enough; but not `Russia` and `Russian`, `Tank` and `Tanks`.
fn is_slip(name: &str, other: &str) -> bool {
    let longer = |one: &str, other: &str| {
        one.strip_prefix(other)
            .is_some_and(|more| matches!(more, "n" | "s" | "i" | "a"))
    };
    let words = || name.split(' ').zip(other.split(' '));
    name.split(' ').count() == other.split(' ').count()
        && words().all(|(one, other)| {
            one == other
                || one.chars().count() >= SHORTEST && !longer(one, other) && !longer(other, one)
        })
        && one_slip_apart(name, other)
}

/// All names as written, with how often and where first.
fn names(documents: &[Document]) -> FxHashMap<SmolStr, Met> {
    let mut met = FxHashMap::default();
    let mut note = |sentence: &Sentence| each_name(sentence, &mut met);
    for statement in documents.iter().flat_map(|document| &document.statements) {
        match &statement.kind {
            StatementKind::Fact(fact) => fact.sentences.iter().for_each(&mut note),
            StatementKind::Rule(rule) => rule.heads.iter().for_each(&mut note),
            StatementKind::Driver(driver) => {
                let sentences = driver
                    .outcomes
                    .iter()
                    .flat_map(|outcome| &outcome.sentences);
                sentences.for_each(&mut note);
            }
            StatementKind::Scenario(scenario) => {
                let sentences = scenario.items.iter().flat_map(|item| &item.sentences);
                sentences.for_each(&mut note);
            }
            _ => {}
        }
    }
    each_body(documents, &mut |body| body.each_sentence(&mut note));
    met
}

fn each_name(sentence: &Sentence, met: &mut FxHashMap<SmolStr, Met>) {
    let mut note = |term: &Term| {
        if let TermKind::Name(name) = &term.kind {
            let first = term.span;
            let entry = met.entry(name.clone());
            entry.or_insert(Met { times: 0, first }).times += 1;
        }
    };
    for part in &sentence.parts {
        match part {
            Part::Word(_) => {}
            Part::Term(term) => note(term),
            Part::List(list) => list.items.iter().for_each(&mut note),
        }
    }
}
