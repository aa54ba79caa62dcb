//! Small random programs, each with a question for what it takes and the same question plainly.

use proptest::prelude::*;
use proptest::sample::select;

/// What a program may have in it.
#[derive(Clone, Copy, PartialEq)]
pub enum Range {
    /// Everything.
    Whole,
    /// Without counts, comparisons and `one`, and with a present: what could be supposed is plain to see.
    Plain,
}

/// What only facts and outcomes say.
const BASIC: [&str; 2] = ["f", "g"];
const LETTERS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

fn letter() -> impl Strategy<Value = &'static str> {
    select(&LETTERS[..])
}

fn concluded() -> impl Strategy<Value = &'static str> {
    select(&LETTERS[..5])
}

fn thing() -> impl Strategy<Value = &'static str> {
    select(vec!["Ann", "Bob"])
}

fn not() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "", "not "])
}

fn sentence() -> impl Strategy<Value = String> {
    (not(), thing(), letter()).prop_map(|(not, thing, letter)| format!("{not}{thing} is {letter}"))
}

fn fact(range: Range) -> impl Strategy<Value = String> {
    let notes = vec![
        "",
        "",
        "",
        "",
        " [presumably]",
        " [reported by Ann]",
        " [denied by Bob]",
        " [from 2001]",
        " [until 2001]",
        " [30%]",
    ];
    let noted =
        (sentence(), select(notes)).prop_map(|(sentence, note)| format!("{sentence}{note}."));
    let knows = (thing(), thing()).prop_map(|(one, other)| format!("{one} knows {other}."));
    let likes = (thing(), thing()).prop_map(|(one, other)| format!("{one} likes {other}."));
    let weighs = (thing(), 1..5).prop_map(|(thing, weight)| format!("{thing} weighs {weight}."));
    match range {
        Range::Plain => prop_oneof![5 => noted, 2 => knows].boxed(),
        Range::Whole => prop_oneof![5 => noted, 1 => knows, 1 => likes, 1 => weighs].boxed(),
    }
}

fn rule(range: Range) -> impl Strategy<Value = String> {
    let premise = (not(), letter()).prop_map(|(not, letter)| format!(" and {not}?x is {letter}"));
    // Where two premises that are missing give each other their terms, neither is proposed.
    let other =
        select(&BASIC[..]).prop_map(|letter| format!(" and ?x knows ?y and ?y is {letter}"));
    let exception =
        (not(), letter()).prop_map(|(not, letter)| format!(" unless {not}?x is {letter}"));
    let more = match range {
        Range::Plain => prop_oneof![3 => premise, 1 => other, 3 => exception].boxed(),
        Range::Whole => {
            let likes = Just(" and ?x likes Bob".to_owned());
            let weights = [
                " and ?x weighs ?w and ?w > 2",
                " and ?x weighs ?w and ?w < 4",
                " and ?x weighs ?w and ?w > 1 and ?w < 4",
                " and ?n is the sum of ?w where ?x weighs ?w and ?n > 3",
                " and ?n is the number of ?w where ?x weighs ?w and ?w > 1 and ?n > 1",
            ];
            let heavy = select(weights.to_vec()).prop_map(str::to_owned);
            let count = letter().prop_map(|letter| {
                format!(
                    " and ?n is the number of ?z where ?x knows ?z and ?z is {letter} and ?n > 1"
                )
            });
            prop_oneof![5 => premise, 2 => other, 5 => exception, 1 => likes, 1 => heavy, 1 => count]
                .boxed()
        }
    };
    let verb = select(vec!["implies", "suggests", "suggests", "casts doubt on"]);
    let note = select(vec![
        "",
        "",
        "",
        "",
        "",
        "",
        " [from 2002]",
        " [from then on]",
    ]);
    let more = prop::collection::vec(more, 0..3);
    (letter(), more, verb, not(), concluded(), note).prop_map(
        |(first, mut more, verb, not, head, note)| {
            let once = |kind: &str, more: &mut Vec<String>| {
                let mut met = false;
                more.retain(|part| !part.contains(kind) || !std::mem::replace(&mut met, true));
            };
            ["?y", "?w", "?n"]
                .iter()
                .for_each(|kind| once(kind, &mut more));
            more.sort_by_key(|part| part.starts_with(" unless"));
            format!(
                "?x is {first}{} {verb} {not}?x is {head}{note}.",
                more.concat()
            )
        },
    )
}

fn driver() -> impl Strategy<Value = String> {
    let outcome = || prop_oneof![1 => Just("nothing".to_owned()), 3 => sentence()];
    let third = prop::option::weighted(0.3, outcome());
    (outcome(), outcome(), third, any::<bool>()).prop_map(|(one, two, three, now)| {
        let now = if now { " [now]" } else { "" };
        let three = three
            .map(|three| format!(" three: {three}."))
            .unwrap_or_default();
        format!(" one: {one}{now}. two: {two}.{three}")
    })
}

/// What is asked, with its suffixes.
fn goal(range: Range) -> impl Strategy<Value = String> {
    let two = (sentence(), select(vec!["and", "or", "unless"]), sentence())
        .prop_map(|(one, with, other)| format!("{one} {with} {other}"));
    let some = letter().prop_map(|letter| format!("? is {letter}"));
    // Who else could be it is not at hand.
    let body = match range {
        Range::Plain => prop_oneof![6 => sentence(), 1 => two].boxed(),
        Range::Whole => prop_oneof![6 => sentence(), 1 => two, 1 => some].boxed(),
    };
    let given = prop_oneof![
        2 => sentence(),
        1 => (sentence(), select(vec!["and", "or"]), sentence())
            .prop_map(|(one, with, other)| format!("{one} {with} {other}")),
    ];
    let suffix = prop_oneof![
        5 => Just(String::new()),
        2 => select(vec![" as of 2000", " as of 2001", " as of 2002"]).prop_map(str::to_owned),
        2 => sentence().prop_map(|sentence| format!(" if {sentence}")),
        3 => given.prop_map(|given| format!(" given {given}")),
        1 => Just(" in plan".to_owned()),
    ];
    (body, suffix.clone(), suffix).prop_map(|(body, one, two)| {
        let same = |kind: &str| one.starts_with(kind) && two.starts_with(kind);
        match [" as", " if", " given", " in"].into_iter().any(same) {
            true => body + &one,
            false => body + &one + &two,
        }
    })
}

fn scenario() -> impl Strategy<Value = String> {
    let item = (
        prop_oneof![4 => Just("suppose"), 1 => Just("drop")],
        sentence(),
    )
        .prop_map(|(kind, sentence)| format!(" {kind} {sentence}."));
    prop::collection::vec(item, 1..3).prop_map(|items| items.concat())
}

const CALLERS: [&str; 5] = ["Ann", "Bob", "Cyd", "Dan", "Eve"];

/// Who calls whom, what that comes to along chains, and counts over it, some of which another rule compares.
pub fn chained() -> impl Strategy<Value = String> {
    let one_of = |count: usize| select(CALLERS[..count].to_vec());
    let calls = move |count| {
        (one_of(count), one_of(count)).prop_map(|(one, other)| format!("{one} calls {other}.\n"))
    };
    let counted = select(vec![
        "?x is a and ?n is the number of ?y where ?y needs ?x and ?n > LEAST implies ?x is b.",
        "?x is a and ?n is the number of ?y where ?x needs ?y and ?n < LEAST suggests ?x is b.",
        "?x is a and ?n is the number of ?y where ?y needs ?x implies ?x carries ?n.\n?x carries ?n and ?n > LEAST implies ?x is b.",
        "?x is a and ?n is the number of ?y where ?y needs ?x implies ?x carries ?n.\n?x is a unless ?x carries ?n and ?n > LEAST suggests ?x is b.",
        "?x is a and ?n is the number of ?y where ?y needs ?x implies ?x carries ?n.\n?x carries ?n and ?m is the greatest of ?k where ? carries ?k and ?n = ?m and ?n > LEAST implies ?x is b.",
    ]);
    let needs = select(vec![
        "?x calls ?y implies ?x needs ?y.\n?x calls ?y and ?y needs ?z implies ?x needs ?z.\n",
        "relation ?x needs ?y, transitive.\n?x calls ?y unless ?y is spare implies ?x needs ?y.\n",
        "?x calls ?y implies ?x needs ?y.\n?x needs ?y and ?y needs ?z unless ?y is spare implies ?x needs ?z.\n",
    ]);
    let basic = |letter: &'static str| {
        select(CALLERS.to_vec()).prop_map(move |thing| format!("{thing} is {letter}.\n"))
    };
    (3..6_usize).prop_flat_map(move |count| {
        let facts = prop::collection::vec(calls(count), 1..7);
        let bases = prop::collection::vec(basic("a"), 1..4);
        let spare = prop::option::weighted(0.3, basic("spare"));
        (
            facts,
            bases,
            spare,
            needs.clone(),
            counted.clone(),
            1..4_usize,
            one_of(count),
        )
            .prop_map(|(facts, bases, spare, needs, counted, least, asked)| {
                let mut facts = [facts, bases, spare.into_iter().collect()].concat();
                facts.sort();
                facts.dedup();
                let counted = counted.replace("LEAST", &least.to_string());
                format!(
                    "{}{needs}{counted}\nwhat would it take for {asked} is b?\n{asked} is b?\n",
                    facts.concat()
                )
            })
    })
}

/// Who got and who saw what, and counts over it that may lack rows.
pub fn lacking() -> impl Strategy<Value = String> {
    let person = || select(vec!["Ann", "Bob"]);
    let note = select(vec![
        "",
        "",
        "",
        " [presumably]",
        " [reported by Cyd]",
        " [40%]",
    ]);
    let got = (person(), 1..5_u32, note)
        .prop_map(|(who, what, note)| format!("{who} got {what}{note}.\n"));
    let saw = (person(), select(vec!["Rome", "Oslo"]))
        .prop_map(|(who, what)| format!("{who} saw {what}.\n"));
    let is = (person(), select(vec!["a", "e", "f"]))
        .prop_map(|(who, what)| format!("{who} is {what}.\n"));
    let counted = select(vec![
        "?p got ?d",
        "?p got ?d and ?d > 2",
        "?p had ?d",
        "?p saw ?d",
    ]);
    let compared = select(vec![">=", ">", "=", "<", "<="]);
    let rule = (counted, compared, 1..4_u32, 0..4_usize).prop_map(|(counted, compared, least, form)| {
        let count = format!("?n is the number of ?d where {counted}");
        match form {
            0 => format!("?p is a and {count} and ?n {compared} {least} implies ?p is b.\n"),
            1 => format!("?p is a and {count} implies ?p has ?n.\n?p has ?n and ?n {compared} {least} suggests ?p is b.\n"),
            2 => format!("?p is a and {count} and ?n {compared} {least} implies ?p is out.\n?p is a unless ?p is out suggests ?p is b.\n"),
            _ => format!("?p is a and {count} and {least} {compared} ?n suggests ?p is b.\n?p is e suggests not ?p is b.\n"),
        }
    });
    let facts = (
        prop::collection::vec(got, 1..5),
        prop::collection::vec(saw, 1..3),
        prop::collection::vec(is, 1..4),
    );
    (facts, rule, person()).prop_map(|((got, saw, is), rule, asked)| {
        let mut facts = [got, saw, is].concat();
        facts.sort();
        facts.dedup();
        format!(
            "{}{rule}?p got ?d and ?p is f implies ?p had ?d.\nwhat would it take for {asked} is b?\n{asked} is b?\n",
            facts.concat()
        )
    })
}

/// A program with both questions.
pub fn case(range: Range) -> impl Strategy<Value = String> {
    let impossible = (sentence(), sentence()).prop_map(|(one, other)| format!("{one} and {other}"));
    let declared = match range {
        Range::Plain => select(vec!["", "", "relation ?x knows ?y, symmetric.\n"]).boxed(),
        Range::Whole => Just("relation ?x likes ?y, one ?y.\n").boxed(),
    };
    let present = match range {
        Range::Plain => Just("as of 2003.\n").boxed(),
        Range::Whole => select(vec!["", "as of 2003.\n"]).boxed(),
    };
    let statements = (
        prop::collection::vec(fact(range), 1..7),
        prop::collection::vec(rule(range), 1..9),
        prop::collection::vec(driver(), 0..4),
        scenario(),
        prop::option::weighted(0.2, impossible),
        prop::option::of((0..6_usize, 1..4_usize)),
        any::<bool>(),
    );
    (declared, present, statements, goal(range)).prop_map(
        |(declared, present, statements, goal)| {
            let (facts, rules, drivers, scenario, impossible, overrides, trust) = statements;
            let mut text = format!("{present}{declared}{}", facts.join("\n"));
            for (number, rule) in rules.iter().enumerate() {
                text += &format!("\nrule r{number}: {rule}");
            }
            for (number, driver) in drivers.iter().enumerate() {
                text += &format!("\ndriver d{number}:{driver}");
            }
            if goal.contains(" in plan") {
                text += &format!("\nscenario plan:{scenario}");
            }
            if let Some(impossible) = impossible {
                text += &format!("\nimpossible {impossible}.");
            }
            if let Some((one, beyond)) =
                overrides.filter(|(one, beyond)| one + beyond < rules.len())
            {
                text += &format!("\nr{one} overrides r{}.", one + beyond);
            }
            if trust && text.contains("by Ann]") && text.contains("by Bob]") {
                text += "\nAnn overrides Bob.";
            }
            text + &format!("\nwhat would it take for {goal}?\n{goal}?\n")
        },
    )
}
