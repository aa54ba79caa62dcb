//! Changes of small random programs, each made by hand and evaluated from scratch: it does what it is said to do, no part of it could be
//! left out, and no other one was overlooked.

mod by_hand;
mod cases;

use crate::core::{Ambiguity, Settings};
use crate::reading::{Change, Cut, Status, WhatItTakes};
use crate::value::{Number, Term, Value};
use by_hand::{Case, Named, Part, name, named_but_for, parts};
use cases::{Range, case, chained, lacking};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A case with what its first question is answered.
fn taken(text: &str, blocking: bool) -> Option<(Case, WhatItTakes)> {
    let ambiguity = match blocking {
        true => Ambiguity::Blocking,
        false => Ambiguity::Propagating,
    };
    let case = Case::new(text, Settings { ambiguity })?;
    let takes = case.takes()?;
    Some((case, takes))
}

/// Whether the sentence is to hold.
fn is_to_hold(takes: &WhatItTakes) -> bool {
    !matches!(takes.status, Status::Certain | Status::Presumed)
}

fn proposed(takes: &WhatItTakes) -> &[Change] {
    match is_to_hold(takes) {
        true => &takes.changes,
        false => &takes.breaks,
    }
}

/// The changes that are proposed, up to a size.
fn named(takes: &WhatItTakes, size: usize, fits: impl Fn(&Change) -> bool) -> Named {
    let changes = proposed(takes).iter();
    let changes = changes.filter(|change| change.len() <= size && fits(change));
    changes
        .map(|change| parts(change).iter().map(name).collect())
        .collect()
}

/// Relations of one term, and the one of two whose terms other premises give.
const SUPPOSED: [&str; 8] = [
    "_ is a",
    "_ is b",
    "_ is c",
    "_ is d",
    "_ is e",
    "_ is f",
    "_ is g",
    "_ knows _",
];

/// Two missing premises that give each other their terms (`?x knows ?y and ?y is f`) are not looked for.
fn is_looked_for(set: &std::collections::BTreeSet<String>) -> bool {
    let supposed = || set.iter().filter(|part| part.contains("Supposed"));
    supposed().count() < 2 || supposed().all(|part| part.matches("Term").count() == 1)
}

/// Changes of how many parts are all told; none where some may have been overlooked.
fn told_up_to(takes: &WhatItTakes) -> usize {
    match takes.cut {
        None => usize::MAX,
        Some(Cut::Larger(most)) => most,
        Some(Cut::Listed | Cut::Searched) => 0,
    }
}

proptest! {
    // Each is evaluated a few hundred times.
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        rng_seed: match ProptestConfig::default().rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            fixed => fixed,
        },
        ..ProptestConfig::default()
    })]

    #[test]
    fn counts_over_chains_are_answered_in_full(text in chained(), blocking in any::<bool>()) {
        let Some((case, takes)) = taken(&text, blocking) else { return Ok(()) };
        let stands_in = |change: &Change| change.suppose.iter().any(|supposed| !supposed.stand_ins.is_empty());
        // Of rows that a count lacks, some known and some new, there may be more than a list has.
        if takes.cut == Some(Cut::Listed) && proposed(&takes).iter().any(stands_in) {
            return Ok(());
        }
        let most = told_up_to(&takes);
        prop_assert!(most > 1, "{:?} in\n{}", takes.cut, text);
        let wide = proposed(&takes).iter().flat_map(|change| &change.suppose).any(|supposed| supposed.concluded);
        let mut all = case.facts_and_outcomes();
        let is_drop = |change: &Change| change.suppose.is_empty();
        let (mut by_hand, size) = case.smallest(&all, is_to_hold(&takes));
        let size = size.min(most);
        by_hand.retain(|set| set.len() <= size);
        prop_assert_eq!(named(&takes, size, is_drop), by_hand, "without, blocking {} in\n{}", blocking, text);
        // What is supposed takes its terms from other premises, so that not all that would do is told.
        if !wide {
            all.extend(case.supposable(&["_ calls _", "_ is spare", "_ is a"], false));
            let (by_hand, size) = case.smallest(&all, is_to_hold(&takes));
            let listed = named(&takes, size.min(most), |change| !stands_in(change));
            prop_assert!(listed.is_subset(&by_hand), "{:?} among {:?}, blocking {} in\n{}", listed, by_hand, blocking, text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        rng_seed: match ProptestConfig::default().rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            fixed => fixed,
        },
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_row_that_a_count_lacks_is_overlooked(text in lacking(), blocking in any::<bool>()) {
        let Some((mut case, takes)) = taken(&text, blocking) else { return Ok(()) };
        prop_assert_eq!(takes.cut, None, "blocking {} in\n{}", blocking, text);
        let wide = proposed(&takes).iter().flat_map(|change| &change.suppose).any(|supposed| supposed.concluded);
        if wide {
            return Ok(());
        }
        let numbers: Vec<Value> = (11..14).map(|number| Value::Number(Number::from(number))).collect();
        let names: Vec<Value> = ["Lima", "Baku", "Bonn"].map(|name| Value::Name(name.into())).to_vec();
        let mut all = case.facts_and_outcomes();
        all.extend(case.supposable(&["_ is a", "_ is e", "_ is f"], false));
        let (got, numbers) = case.further("_ got _", &["Ann", "Bob"], &numbers);
        let (saw, names) = case.further("_ saw _", &["Ann", "Bob"], &names);
        all.extend(got);
        all.extend(saw);
        let (by_hand, size) = case.smallest_sets(&all, is_to_hold(&takes));
        // Which values stand in is all the same.
        let by_hand = by_hand.iter().map(|set| {
            let parts: Vec<Part> = set.iter().map(|&part| all[part].clone()).collect();
            named_but_for(&parts, &[numbers.as_slice(), &names].concat())
        });
        let listed = proposed(&takes).iter().filter(|change| change.len() <= size);
        let listed = listed.map(|change| {
            let stand_ins = change.suppose.iter().flat_map(|supposed| {
                // A value that a comparison asks for is as good.
                let asked = supposed.asked.and(supposed.sentence.terms.last());
                let stand_ins = supposed.stand_ins.iter().map(|(term, _)| term);
                stand_ins.chain(asked).copied()
            });
            let stand_ins: Vec<Term> = stand_ins.collect();
            named_but_for(&parts(change), &stand_ins)
        });
        let (listed, by_hand): (Named, Named) = (listed.collect(), by_hand.collect());
        prop_assert_eq!(listed, by_hand, "blocking {} in\n{}", blocking, text);
    }
}

proptest! {
    // The same cases each time: `PROPTEST_RNG_SEED` asks for others.
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        rng_seed: match ProptestConfig::default().rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            fixed => fixed,
        },
        ..ProptestConfig::default()
    })]

    #[test]
    fn each_change_does_what_it_says_and_no_part_of_it_is_idle(
        text in case(Range::Whole),
        blocking in any::<bool>(),
    ) {
        let Some((case, takes)) = taken(&text, blocking) else { return Ok(()) };
        for change in proposed(&takes) {
            let parts = parts(change);
            prop_assert!(!parts.is_empty());
            for bits in 0..1_u32 << parts.len() {
                let set: Vec<_> = (0..parts.len()).filter(|at| bits >> at & 1 == 1).map(|at| &parts[at]).collect();
                let does = case.changed(&set).holds() == Some(is_to_hold(&takes));
                prop_assert_eq!(does, set.len() == parts.len(), "{} of {:?} in\n{}", set.len(), change, text);
            }
        }
    }

    #[test]
    fn every_value_that_is_said_to_do_does(text in case(Range::Whole), blocking in any::<bool>()) {
        let Some((case, takes)) = taken(&text, blocking) else { return Ok(()) };
        for change in proposed(&takes) {
            for changed in case.with_other_values(change) {
                let parts = parts(&changed);
                let does = case.changed(&parts.iter().collect::<Vec<_>>()).holds();
                prop_assert_eq!(does, Some(is_to_hold(&takes)), "{:?} for {:?} in\n{}", changed, change, text);
            }
        }
    }

    #[test]
    fn no_change_of_facts_and_outcomes_is_overlooked(text in case(Range::Whole), blocking in any::<bool>()) {
        let Some((case, takes)) = taken(&text, blocking) else { return Ok(()) };
        if takes.cut.is_none() {
            let (by_hand, size) = case.smallest(&case.facts_and_outcomes(), is_to_hold(&takes));
            let listed = named(&takes, size, |change| change.suppose.is_empty());
            prop_assert_eq!(listed, by_hand, "blocking {} in\n{}", blocking, text);
        }
    }

    #[test]
    fn nothing_to_suppose_is_overlooked(text in case(Range::Plain), blocking in any::<bool>()) {
        let Some((case, takes)) = taken(&text, blocking) else { return Ok(()) };
        let wide = proposed(&takes).iter().flat_map(|change| &change.suppose).any(|supposed| supposed.concluded);
        if takes.cut.is_none() {
            // What only rules conclude is proposed where nothing else is, which the first step looks at.
            let steps: &[bool] = if wide || proposed(&takes).is_empty() { &[false, true] } else { &[false] };
            for &step in steps {
                let mut all = case.facts_and_outcomes();
                all.extend(case.supposable(&SUPPOSED, step));
                let (mut by_hand, size) = case.smallest(&all, is_to_hold(&takes));
                by_hand.retain(is_looked_for);
                let mut listed = named(&takes, size, |_| step == wide);
                listed.retain(is_looked_for);
                prop_assert_eq!(listed, by_hand, "blocking {}, wide {} in\n{}", blocking, step, text);
            }
        }
    }
}
