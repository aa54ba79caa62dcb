//! Random small cases, feature by feature.

use super::case::{
    Aggregate, Asked, COUNTING, Case, Fact, Layers, Literal, NAMES, NUMBERED, Outcome, RELATIONS,
    REPORTERS, Rule, Scenario, Standing, Supposition, Term, Time,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

/// Which features a family of cases has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    /// `not` in facts and heads.
    pub opposites: bool,
    /// `suggests`, `casts doubt on`, reports, `overrides`.
    pub disputes: bool,
    pub layers: Layers,
    pub declared: bool,
    pub aggregates: bool,
    pub time: bool,
    pub onward: bool,
    pub drivers: bool,
    pub scenarios: bool,
    pub impossible: bool,
    pub questions: bool,
    /// Several times as many facts and rules.
    pub large: bool,
}

fn term(variables: bool) -> BoxedStrategy<Term> {
    let name = (0..NAMES.len()).prop_map(Term::Name);
    if variables {
        prop_oneof![1 => name, 5 => (0..3usize).prop_map(Term::Variable), 1 => Just(Term::Anything)]
            .boxed()
    } else {
        name.boxed()
    }
}

fn literal(
    relations: std::ops::Range<usize>,
    opposites: u32,
    variables: bool,
) -> BoxedStrategy<Literal> {
    let negative = if opposites == 0 {
        Just(false).boxed()
    } else {
        prop::bool::weighted(f64::from(opposites) / 100.0).boxed()
    };
    (relations, negative, term(variables), term(variables))
        .prop_map(|(relation, negative, first, second)| Literal {
            relation,
            negative,
            terms: [first, second],
        })
        .boxed()
}

const DATES: std::ops::Range<usize> = 0..6;

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        DATES.prop_map(Time::From),
        DATES.prop_map(Time::Until),
        DATES.prop_map(Time::Before),
        DATES.prop_map(Time::In),
        (DATES, DATES).prop_map(|(a, b)| Time::FromUntil(a, b)),
        DATES.prop_map(Time::Happened),
    ]
}

fn at_times(features: Features, share: f64) -> BoxedStrategy<Option<Time>> {
    if features.time {
        prop::option::weighted(share, time()).boxed()
    } else {
        Just(None).boxed()
    }
}

fn standing(features: Features) -> BoxedStrategy<Standing> {
    let by = 0..REPORTERS.len();
    let likely = prop_oneof![Just(10), Just(50), Just(70)].prop_map(Standing::Likely);
    match (features.disputes, features.drivers) {
        (true, drivers) => prop_oneof![
            6 => Just(Standing::Stated),
            2 => by.clone().prop_map(Standing::Reported),
            1 => by.clone().prop_map(Standing::Denied),
            1 => (by.clone(), by).prop_map(|(a, b)| Standing::ReportedAndDenied(a, b)),
            1 => Just(Standing::Presumably),
            u32::from(drivers) => likely,
        ]
        .boxed(),
        (false, true) => prop_oneof![6 => Just(Standing::Stated), 1 => likely].boxed(),
        (false, false) => Just(Standing::Stated).boxed(),
    }
}

fn fact(features: Features) -> impl Strategy<Value = Fact> {
    let opposites = if features.opposites { 20 } else { 0 };
    (
        literal(0..COUNTING, opposites, false),
        standing(features),
        at_times(features, 0.4),
    )
        .prop_map(|(literal, standing, time)| Fact {
            literal,
            standing,
            time,
        })
}

fn verb(features: Features) -> BoxedStrategy<&'static str> {
    if features.disputes {
        prop_oneof![2 => Just("implies"), 4 => Just("suggests"), 1 => Just("casts doubt on")]
            .boxed()
    } else {
        Just("implies").boxed()
    }
}

fn rule(
    features: Features,
    relations: std::ops::Range<usize>,
    read: std::ops::Range<usize>,
) -> BoxedStrategy<Rule> {
    let opposites = if features.opposites { 25 } else { 0 };
    let literal = move || literal(read.clone(), opposites, true);
    let body = (
        prop_oneof![1 => vec(literal(), 0), 4 => vec(literal(), 1), 4 => vec(literal(), 2), 1 => vec(literal(), 3)],
        prop::option::weighted(0.15, (literal(), literal())),
        prop::option::weighted(0.2, (0..3usize, 0..3usize)),
        prop_oneof![3 => Just(Vec::new()).boxed(), 2 => vec(vec(literal(), 1..=2), 1..=2).boxed()],
    );
    let onward = if features.onward {
        prop::bool::weighted(0.3).boxed()
    } else {
        Just(false).boxed()
    };
    let heads = self::literal(relations, if features.opposites { 40 } else { 0 }, true);
    let heads = prop_oneof![8 => heads.clone().prop_map(|head| vec![head]), 1 => vec(heads, 2)];
    (
        verb(features),
        body,
        heads,
        at_times(features, 0.15),
        onward,
    )
        .prop_map(
            |(verb, (body, either, unequal, exceptions), heads, time, onward)| Rule {
                verb,
                body,
                either,
                unequal,
                exceptions,
                aggregate: None,
                heads,
                // When a rule that works onward is itself in force for a while only, the page does not say how far it carries.
                time: if onward { None } else { time },
                onward,
            },
        )
        .boxed()
}

/// A rule over an aggregate: its head is a relation that no aggregate ranges over.
fn counting(features: Features) -> impl Strategy<Value = Rule> {
    let condition = vec(
        prop_oneof![
            literal(4..NUMBERED, 10, true),
            literal(NUMBERED..COUNTING, 0, true)
        ],
        1..=2,
    );
    let aggregate = (
        0..5usize,
        0..3usize,
        condition,
        prop::option::of((0..3usize, 0..4usize)),
    );
    (
        rule(features, COUNTING..RELATIONS.len(), 0..COUNTING),
        aggregate,
    )
        .prop_map(|(mut rule, (kind, over, condition, test))| {
            rule.aggregate = Some(Aggregate {
                kind,
                over,
                condition,
                test,
            });
            // The result would otherwise have to be carried by each.
            rule.heads.truncate(1);
            rule
        })
}

fn rules(features: Features) -> BoxedStrategy<Vec<Rule>> {
    let plain = rule(features, 0..COUNTING, 0..COUNTING);
    if features.aggregates {
        let above = prop_oneof![3 => counting(features).boxed(), 1 => rule(features, COUNTING..RELATIONS.len(), 0..RELATIONS.len())];
        (vec(plain, 0..=4), vec(above, 1..=3))
            .prop_map(|(plain, above)| [plain, above].concat())
            .boxed()
    } else {
        vec(plain, if features.large { 8..=24 } else { 1..=7 }).boxed()
    }
}

fn declared() -> impl Strategy<Value = std::collections::BTreeMap<usize, &'static str>> {
    let property = prop_oneof![
        Just("symmetric"),
        Just("transitive"),
        Just("one ?x"),
        Just("one ?y"),
        Just("functional")
    ];
    btree_map(4..NUMBERED, property, 1..=2)
}

fn drivers(features: Features) -> impl Strategy<Value = Vec<Vec<Outcome>>> {
    let likelihood = prop::option::weighted(0.4, prop_oneof![Just(10), Just(20), Just(30)]);
    let outcome = (
        vec(literal(0..COUNTING, 0, false), 0..=2),
        prop::bool::weighted(0.15),
        likelihood,
        at_times(features, 0.2),
    )
        .prop_map(|(states, now, likelihood, time)| Outcome {
            states,
            now,
            likelihood,
            time,
        });
    vec(vec(outcome, 2..=3), 0..=2)
}

fn scenarios(features: Features) -> impl Strategy<Value = Vec<Scenario>> {
    let drop = prop::option::weighted(0.3, 0..8usize);
    let supposition = (
        drop,
        literal(0..COUNTING, 25, false),
        at_times(features, 0.2),
    )
        .prop_map(|(drop, literal, time)| Supposition {
            drop,
            literal,
            time,
        });
    let scenario = (
        prop::option::weighted(0.4, 0..2usize),
        vec(supposition, 1..=3),
    )
        .prop_map(|(extends, suppositions)| Scenario {
            extends,
            suppositions,
        });
    vec(scenario, 1..=2)
}

fn asked(features: Features) -> impl Strategy<Value = Vec<Asked>> {
    let term = || prop_oneof![2 => (0..NAMES.len()).prop_map(Term::Name), 1 => (0..3usize).prop_map(Term::Variable)];
    let literal = (0..COUNTING, prop::bool::weighted(0.25), term(), term()).prop_map(
        |(relation, negative, first, second)| Literal {
            relation,
            negative,
            terms: [first, second],
        },
    );
    let question = (
        prop::bool::weighted(0.25),
        vec(literal, 1..=2),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.3, 0..2usize),
        only_if(features.time, prop::option::weighted(0.3, DATES)),
        prop::option::weighted(0.2, self::literal(0..COUNTING, 25, false)),
        only_if(
            features.drivers,
            prop::option::weighted(0.25, self::literal(0..COUNTING, 25, false)),
        ),
    )
        .prop_map(
            |(how_likely, literals, or, within, as_of, supposed, given)| Asked {
                how_likely,
                literals,
                or,
                within,
                as_of,
                supposed,
                given,
            },
        );
    vec(question, 1..=3)
}

/// The strategy where the feature is asked for, else nothing.
fn only_if<T: Clone + Default + std::fmt::Debug + 'static>(
    wanted: bool,
    strategy: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<T> {
    if wanted {
        strategy.boxed()
    } else {
        Just(T::default()).boxed()
    }
}

/// A case in which something is stated and denied, by a fact, or by a strict rule where that fires.
pub fn clashing(features: Features) -> impl Strategy<Value = Case> {
    let said = (
        literal(0..COUNTING, 0, false),
        at_times(features, 0.4),
        at_times(features, 0.4),
    );
    let condition = vec(literal(0..COUNTING, 25, true), 1..=2);
    let clash = (
        said,
        prop::option::of(condition),
        literal(0..COUNTING, 100, true),
    );
    (case(features), vec(clash, 1..=2)).prop_map(|(mut case, clashes)| {
        for ((literal, time, other_time), condition, denied) in clashes {
            let fact = |literal: Literal, time| Fact {
                literal,
                standing: Standing::Stated,
                time,
            };
            let opposite = Literal {
                negative: true,
                ..literal.clone()
            };
            case.facts.push(fact(literal.clone(), time));
            match condition {
                None => case.facts.push(fact(opposite, other_time)),
                Some(body) => case.rules.push(Rule {
                    verb: "implies",
                    body,
                    either: None,
                    unequal: None,
                    exceptions: Vec::new(),
                    aggregate: None,
                    heads: vec![Literal {
                        relation: literal.relation,
                        ..denied
                    }],
                    time: other_time,
                    onward: false,
                }),
            }
        }
        case
    })
}

pub fn case(features: Features) -> impl Strategy<Value = Case> {
    let (authors, most): (usize, usize) = if features.large { (26, 16) } else { (10, 3) };
    let overrides = only_if(features.disputes, vec((0..authors, 0..authors), 0..=most));
    let most_facts = if features.large { 30 } else { 10 };
    let impossible = only_if(
        features.impossible,
        vec(vec(literal(0..COUNTING, 10, true), 1..=2), 1..=1),
    );
    let reasons = (
        vec(fact(features), 0..=most_facts),
        rules(features),
        overrides,
        only_if(features.declared, declared()),
    );
    let contexts = (
        only_if(features.drivers, drivers(features)),
        only_if(features.scenarios, scenarios(features)),
        impossible,
        only_if(features.time, prop::option::weighted(0.3, DATES)),
        only_if(features.questions, asked(features)),
    );
    (reasons, contexts).prop_map(move |(reasons, contexts)| {
        let (facts, rules, overrides, declared) = reasons;
        let (drivers, scenarios, impossible, present, asked) = contexts;
        let layers = features.layers;
        Case {
            facts,
            rules,
            overrides,
            declared,
            drivers,
            scenarios,
            impossible,
            present,
            asked,
            layers,
        }
    })
}
