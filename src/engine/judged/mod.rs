//! The engine against its judge, on small random programs.

mod called;
mod case;
mod generate;
mod labels;
mod paths;
mod safe;

use super::limits::{Limits, Stopped};
use super::naive::{Bound, Judge, Row, World, row};
use super::run::{Outcome, run_with};
use super::store::Weighing;
use crate::core::{Core, CoreLiteral};
use crate::label::{Label, Labels};
use crate::model::Table;
use crate::value::{Term, Terms};
use called::called;
use generate::case;
use labels::Bits;
use paths::paths;
use proptest::prelude::*;

impl Weighing {
    /// What is new never comes first where there is a choice.
    const ALWAYS_FREE: Self = Self {
        rows: 0,
        share: f64::INFINITY,
        levels: usize::MAX,
    };
    /// What is new never comes first where it could be in two places.
    const ONE_PLAN: Self = Self {
        rows: usize::MAX,
        share: 0.0,
        levels: 0,
    };
}

/// Runs both and compares rows, labels, open rows and ranks. The engine goes each way where it has several.
fn judge(core: &Core, contexts: u32) {
    let mut bits = Bits { contexts };
    let mut terms = Terms::default();
    let worlds: Vec<_> = (0..contexts)
        .map(|context| {
            let contains = holds_in(&bits, context);
            Judge {
                core,
                terms: &mut terms,
                contains: &contains,
                lenient: false,
            }
            .world()
        })
        .collect();
    for weighing in [
        Weighing::default(),
        Weighing::ALWAYS_FREE,
        Weighing::ONE_PLAN,
    ] {
        let limits = Limits::default();
        match run_with(core, Terms::default(), &mut bits, &limits, weighing) {
            Err(Stopped::Trouble { .. }) => assert!(
                worlds.iter().any(Result::is_err),
                "trouble that the judge does not see"
            ),
            Err(stopped) => panic!("{stopped:?}"),
            Ok(outcome) => {
                for (context, world) in worlds.iter().enumerate() {
                    let world = world
                        .as_ref()
                        .expect("trouble that the engine does not see");
                    compare(core, &outcome, &bits, context as u32, world, &mut terms);
                }
            }
        }
    }
}

fn holds_in(bits: &Bits, context: u32) -> impl Fn(Label) -> bool {
    let bits = bits.clone();
    move |label| {
        bits.load(label)
            .is_some_and(|label| label >> context & 1 == 1)
    }
}

fn compare(
    core: &Core,
    outcome: &Outcome,
    bits: &Bits,
    context: u32,
    world: &World,
    terms: &mut Terms,
) {
    let contains = holds_in(bits, context);
    for relation in 0..core.relations.len() {
        if called::is_called(core, relation) {
            continue;
        }
        let lower = &outcome.tables[relation];
        let upper = outcome.upper[relation].as_ref().unwrap_or(lower);
        for (table, expected) in [
            (lower, &world.holds[relation]),
            (upper, &world.open[relation]),
        ] {
            assert!(table.rows().all(|row| !table.label(row).is_never()));
            let rows: std::collections::BTreeSet<Row> = table
                .rows()
                .filter(|&row| contains(table.label(row)))
                .map(|row| written(outcome, terms, table.row(row)))
                .collect();
            assert_eq!(rows, *expected, "relation {relation} in context {context}");
        }
    }
    for bound in [Bound::Lower, Bound::Upper] {
        ranks(core, outcome, bound, &contains, world, terms);
    }
}

/// Terms made in the run may have other numbers than those that the judge made.
fn written(outcome: &Outcome, terms: &mut Terms, row: &[Term]) -> Row {
    row.iter()
        .map(|&term| terms.intern(outcome.terms.get(term)))
        .collect()
}

/// The round in which a row arrived in the context.
fn arrival(table: &Table, row: &[Term], contains: &dyn Fn(Label) -> bool) -> Option<u32> {
    let row = table.find(row)?;
    table
        .arrivals(row)
        .into_iter()
        .find(|(_, part)| contains(*part))
        .map(|(round, _)| round)
}

/// Each row is a fact or follows from rows that arrived before it; an open one from such rows or from what holds.
fn ranks(
    core: &Core,
    outcome: &Outcome,
    bound: Bound,
    contains: &dyn Fn(Label) -> bool,
    world: &World,
    terms: &mut Terms,
) {
    let table_of = |relation: usize| match bound {
        Bound::Upper => outcome.upper[relation]
            .as_ref()
            .unwrap_or(&outcome.tables[relation]),
        Bound::Lower => &outcome.tables[relation],
    };
    let mut reasons: Vec<std::collections::BTreeSet<Row>> = Vec::new();
    for relation in 0..core.relations.len() {
        reasons.push(
            Judge {
                core,
                terms,
                contains,
                lenient: false,
            }
            .facts(relation),
        );
    }
    // Without new terms: rows of the run are looked up by the judge's terms.
    if !outcome.terms.is_empty() {
        return;
    }
    for rule in core.rules.iter().filter(|rule| contains(rule.label)) {
        for found in (Judge {
            core,
            terms,
            contains,
            lenient: false,
        })
        .matches(rule, bound, world)
        {
            if found.trouble.is_some() {
                continue;
            }
            let head = row(&rule.head, &found.bindings);
            let last = rule.body.iter().filter_map(|literal| match literal {
                CoreLiteral::Holds(atom) => {
                    let premise = row(atom, &found.bindings);
                    let holds =
                        bound == Bound::Upper && world.holds[atom.relation.at()].contains(&premise);
                    if holds {
                        None
                    } else {
                        arrival(table_of(atom.relation.at()), &premise, contains)
                    }
                }
                _ => None,
            });
            let last = last.max();
            let own = arrival(table_of(rule.head.relation.at()), &head, contains);
            if own > last {
                reasons[rule.head.relation.at()].insert(head);
            }
        }
    }
    for (relation, reasons) in reasons.iter().enumerate() {
        // Nothing is proved by rows of a wide relation.
        if core.relations[relation].wide || called::is_called(core, relation) {
            continue;
        }
        let table = table_of(relation);
        let holds = |row: &[Term]| bound == Bound::Upper && world.holds[relation].contains(row);
        for row in table
            .rows()
            .filter(|&row| contains(table.label(row)) && !holds(table.row(row)))
        {
            assert!(
                reasons.contains(table.row(row)),
                "no reason that came before, in relation {relation}: {:?}",
                table.row(row)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_judge_in_one_context(case in case(1)) {
        judge(&case.0, 1);
    }

    #[test]
    fn agrees_with_the_judge_in_three_contexts(case in case(3)) {
        judge(&case.0, 3);
    }

    #[test]
    fn agrees_with_the_judge_in_eight_contexts(case in case(8)) {
        judge(&case.0, 8);
    }

    #[test]
    fn calls_as_the_judge_does_in_one_context(case in called(1)) {
        judge(&case.0, 1);
    }

    #[test]
    fn calls_as_the_judge_does_in_three_contexts(case in called(3)) {
        judge(&case.0, 3);
    }

    #[test]
    fn keeps_the_best_as_the_judge_does(case in paths(1)) {
        judge(&case.0, 1);
    }

    #[test]
    fn keeps_the_best_of_each_context(case in paths(3)) {
        judge(&case.0, 3);
    }
}
