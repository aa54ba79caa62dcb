//! The engine against its judge, on small random programs.

use super::limits::{Limits, Stopped};
use super::naive::{Bound, Judge, Row, World, row};
use super::run::{Outcome, run_with};
use crate::core::*;
use crate::label::{Diagram, Label, Labels, Space};
use crate::model::Table;
use crate::program::RelationId;
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Operation, Term, Terms};
use proptest::prelude::*;

/// Sets of up to eight contexts, one bit each.
#[derive(Clone, Debug)]
struct Bits {
    contexts: u32,
}

impl Bits {
    fn all(&self) -> u8 {
        ((1u32 << self.contexts) - 1) as u8
    }
}

impl Labels for Bits {
    type Label = u8;
    const TRIVIAL: bool = false;

    fn always(&self) -> u8 {
        self.all()
    }

    fn and(&mut self, a: u8, b: u8) -> Option<u8> {
        Some(a & b).filter(|&label| label != 0)
    }

    fn or(&mut self, a: u8, b: u8) -> u8 {
        a | b
    }

    fn without(&mut self, a: u8, b: u8) -> Option<u8> {
        Some(a & !b).filter(|&label| label != 0)
    }

    fn onward(&mut self, a: u8) -> u8 {
        a
    }

    fn load(&self, label: Label) -> Option<u8> {
        match label {
            Label::NEVER => None,
            Label::ALWAYS => Some(self.all()),
            Label(bits) => Some((bits - 2) as u8),
        }
    }

    fn store(&self, label: u8) -> Label {
        match label {
            0 => Label::NEVER,
            all if all == self.all() => Label::ALWAYS,
            bits => Label(u32::from(bits) + 2),
        }
    }

    fn exhausted(&self) -> bool {
        false
    }
}

const CONSTANTS: u32 = 4;
const SLOTS: u32 = 4;
/// By relation: its arity. Relations of one layer may read each other, absence too; aggregates read earlier layers.
const ARITIES: [usize; 7] = [2, 1, 2, 1, 0, 2, 1];
const LAYERS: [u32; 7] = [0, 0, 1, 1, 1, 2, 2];
/// The layer that may be wide: no loop of its own, above some that leave rows open.
const WIDE: u32 = 2;

fn constant() -> impl Strategy<Value = Term> {
    (0..i64::from(CONSTANTS)).prop_map(|whole| Term::small(whole).expect("small"))
}

fn label(contexts: u32) -> impl Strategy<Value = Label> {
    let bits = Bits { contexts };
    prop_oneof![2 => Just(Label::ALWAYS), 1 => (1..1u32 << contexts).prop_map(move |label| bits.store(label as u8))]
}

fn argument() -> impl Strategy<Value = Argument> {
    prop_oneof![6 => (0..SLOTS).prop_map(|slot| Argument::Slot(Slot(slot))), 1 => constant().prop_map(Argument::Constant)]
}

fn atom(below: u32) -> impl Strategy<Value = Atom> {
    let relations: Vec<u32> = (0..7)
        .filter(|&relation| LAYERS[relation as usize] < below)
        .collect();
    (
        prop::sample::select(relations),
        prop::collection::vec(argument(), 2),
    )
        .prop_map(|(relation, mut arguments)| {
            arguments.truncate(ARITIES[relation as usize]);
            Atom {
                relation: CoreId(relation),
                arguments,
            }
        })
}

fn expression() -> impl Strategy<Value = CoreExpression> {
    let plain = || argument().prop_map(CoreExpression::Argument);
    let operation = prop::sample::select(vec![
        Operation::Add,
        Operation::Subtract,
        Operation::Remainder,
        Operation::Divide,
    ]);
    let binary =
        (plain(), operation, plain()).prop_map(|(left, operation, right)| CoreExpression::Binary {
            left: Box::new(left),
            operation,
            right: Box::new(right),
        });
    prop_oneof![2 => plain(), 1 => binary]
}

fn comparison() -> impl Strategy<Value = CoreLiteral> {
    let comparison = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::GreaterOrEqual,
    ]);
    (expression(), comparison, expression(), any::<bool>()).prop_map(
        |(left, comparison, right, holds)| {
            if holds {
                CoreLiteral::Compare {
                    left,
                    comparison,
                    right,
                }
            } else {
                CoreLiteral::CompareFails {
                    left,
                    comparison,
                    right,
                }
            }
        },
    )
}

/// Over relation `matches`, its columns in slots of their own but for some that are shared.
fn aggregate(below: u32) -> impl Strategy<Value = CoreLiteral> {
    let relations: Vec<u32> = (0..7)
        .filter(|&relation| LAYERS[relation as usize] < below && ARITIES[relation as usize] > 0)
        .collect();
    let kind = prop::sample::select(vec![
        AggregateKind::Number,
        AggregateKind::Sum,
        AggregateKind::Least,
        AggregateKind::Greatest,
        AggregateKind::Average,
    ]);
    (
        prop::sample::select(relations),
        kind,
        argument(),
        0..SLOTS,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(matches, kind, result, group, grouped, over_last)| {
            let own = [Slot(SLOTS), Slot(SLOTS + 1)];
            let mut arguments = own[..ARITIES[matches as usize]].to_vec();
            let mut groups = Vec::new();
            if grouped && result != Argument::Slot(Slot(group)) {
                arguments[0] = Slot(group);
                groups.push(Slot(group));
            }
            let over = if over_last {
                arguments[arguments.len() - 1]
            } else {
                arguments[0]
            };
            CoreLiteral::Aggregate(CoreAggregate {
                result,
                kind,
                over: CoreExpression::Argument(Argument::Slot(over)),
                matches: CoreId(matches),
                arguments,
                groups,
            })
        })
}

fn rule(contexts: u32) -> impl Strategy<Value = CoreRule> {
    let body = |layer: u32| {
        let literal = prop_oneof![
            4 => atom(layer + 1).prop_map(CoreLiteral::Fails),
            2 => comparison(),
            1 => aggregate(layer.max(1)),
        ];
        (
            prop::collection::vec(atom(layer + 1).prop_map(CoreLiteral::Holds), 0..3),
            prop::collection::vec(literal, 0..3),
        )
    };
    (
        0..7u32,
        prop::collection::vec(argument(), 2),
        label(contexts),
    )
        .prop_flat_map(move |(head, mut arguments, label)| {
            arguments.truncate(ARITIES[head as usize]);
            body(LAYERS[head as usize]).prop_map(move |(positive, other)| CoreRule {
                head: Atom {
                    relation: CoreId(head),
                    arguments: arguments.clone(),
                },
                body: positive
                    .into_iter()
                    .chain(other.into_iter().filter(|literal| {
                        LAYERS[head as usize] > 0 || !matches!(literal, CoreLiteral::Aggregate(_))
                    }))
                    .collect(),
                slots: SLOTS + 2,
                label,
                onward: false,
                origin: Origin::Step,
            })
        })
}

/// Has most slots of heads, negated atoms and comparisons be ones that something binds.
fn bound_mostly(mut rule: CoreRule) -> CoreRule {
    let mut bound: Vec<Argument> = Vec::new();
    for literal in &rule.body {
        match literal {
            CoreLiteral::Holds(atom) => bound.extend(&atom.arguments),
            CoreLiteral::Aggregate(aggregate) => bound.push(aggregate.result),
            _ => {}
        }
    }
    bound.retain(|argument| slot_of(argument).is_some());
    let among = |argument: &mut Argument| {
        if let Argument::Slot(slot) = *argument
            && !bound.contains(argument)
        {
            let any = bound.get(slot.0 as usize % bound.len().max(1)).copied();
            *argument = any.unwrap_or(Argument::Constant(Term::small(1).expect("small")));
        }
    };
    rule.head.arguments.iter_mut().for_each(among);
    for literal in &mut rule.body {
        match literal {
            // The last slot stays what matches anything.
            CoreLiteral::Fails(atom) => {
                atom.arguments
                    .iter_mut()
                    .filter(|argument| **argument != Argument::Slot(Slot(SLOTS - 1)))
                    .for_each(among);
            }
            CoreLiteral::Compare { left, right, .. }
            | CoreLiteral::CompareFails { left, right, .. } => {
                if !matches!(left, CoreExpression::Argument(Argument::Slot(Slot(3)))) {
                    left.each_argument(&among);
                }
                right.each_argument(&among);
            }
            _ => {}
        }
    }
    rule
}

/// What `check` would refuse: slots that nothing binds, values that could grow without end.
fn is_safe(rule: &CoreRule) -> bool {
    let mut bound: Vec<Slot> = Vec::new();
    let slots_of = |side: &CoreExpression| -> Vec<Slot> {
        let mut slots = Vec::new();
        let mut side = side.clone();
        let found = std::cell::RefCell::new(&mut slots);
        side.each_argument(&|argument| {
            if let Argument::Slot(slot) = argument {
                found.borrow_mut().push(*slot);
            }
        });
        slots
    };
    loop {
        let before = bound.len();
        for literal in &rule.body {
            match literal {
                CoreLiteral::Holds(atom) => bound.extend(atom.arguments.iter().filter_map(slot_of)),
                CoreLiteral::Aggregate(aggregate) => {
                    bound.extend(
                        aggregate
                            .groups
                            .iter()
                            .copied()
                            .chain(slot_of(&aggregate.result)),
                    );
                }
                CoreLiteral::Compare {
                    left,
                    comparison: Comparison::Equal,
                    right,
                } => {
                    let known = |side: &CoreExpression| {
                        slots_of(side).iter().all(|slot| bound.contains(slot))
                    };
                    let (a, b) = (known(left), known(right));
                    if let (CoreExpression::Argument(Argument::Slot(slot)), true) = (left, b) {
                        bound.push(*slot);
                    }
                    if let (CoreExpression::Argument(Argument::Slot(slot)), true) = (right, a) {
                        bound.push(*slot);
                    }
                }
                _ => {}
            }
        }
        bound.sort_unstable();
        bound.dedup();
        if bound.len() == before {
            break;
        }
    }
    let arithmetic = |side: &CoreExpression| !matches!(side, CoreExpression::Argument(_));
    let computes = rule.body.iter().any(|literal| match literal {
        CoreLiteral::Compare {
            left,
            comparison: Comparison::Equal,
            right,
        } => arithmetic(left) || arithmetic(right),
        CoreLiteral::Aggregate(_) => true,
        _ => false,
    });
    let recursive = rule.body.iter().any(|literal| {
        matches!(literal, CoreLiteral::Holds(atom) if LAYERS[atom.relation.at()] == LAYERS[rule.head.relation.at()])
    });
    let all_bound = |slots: Vec<Slot>| slots.iter().all(|slot| bound.contains(slot));
    !(computes && recursive)
        && all_bound(rule.head.arguments.iter().filter_map(slot_of).collect())
        && rule.body.iter().enumerate().all(|(at, literal)| match literal {
            CoreLiteral::Compare { left, right, .. } | CoreLiteral::CompareFails { left, right, .. } => {
                all_bound([slots_of(left), slots_of(right)].concat())
            }
            CoreLiteral::Fails(atom) => atom.arguments.iter().filter_map(slot_of).all(|slot| {
                let elsewhere = rule.body.iter().enumerate().any(|(other, literal)| {
                    other != at && matches!(literal, CoreLiteral::Fails(atom) if atom.arguments.contains(&Argument::Slot(slot)))
                });
                bound.contains(&slot) || !elsewhere
            }),
            _ => true,
        })
}

/// Whether a rule of a layer reads an absence in it.
fn reads_absence(rule: &CoreRule, layer: u32) -> bool {
    let inside = |atom: &Atom| LAYERS[atom.relation.at()] == layer;
    inside(&rule.head)
        && rule
            .body
            .iter()
            .any(|literal| matches!(literal, CoreLiteral::Fails(atom) if inside(atom)))
}

fn slot_of(argument: &Argument) -> Option<Slot> {
    match argument {
        Argument::Slot(slot) => Some(*slot),
        Argument::Constant(_) => None,
    }
}

fn case(contexts: u32) -> impl Strategy<Value = Case> {
    let facts = (
        0..7usize,
        prop::collection::vec(
            (prop::collection::vec(constant(), 2), label(contexts)),
            0..5,
        ),
    );
    let facts = facts.prop_map(|(relation, rows)| CoreFacts {
        relation: CoreId(relation as u32),
        arity: ARITIES[relation],
        terms: rows
            .iter()
            .flat_map(|(terms, _)| terms[..ARITIES[relation]].to_vec())
            .collect(),
        labels: Some(rows.iter().map(|row| row.1).collect()),
        rows: rows.len(),
    });
    (
        prop::collection::vec(facts, 1..5),
        prop::collection::vec(rule(contexts), 1..9),
        any::<bool>(),
    )
        .prop_map(|(facts, rules, wide)| {
            let mut core = bare(&ARITIES);
            for (relation, &layer) in core.relations.iter_mut().zip(&LAYERS) {
                relation.wide = wide && layer == WIDE;
            }
            core.facts = facts;
            core.rules = rules
                .into_iter()
                .map(bound_mostly)
                .filter(|rule| is_safe(rule) && !(wide && reads_absence(rule, WIDE)))
                .collect();
            Case(core)
        })
}

fn bare(arities: &[usize]) -> Core {
    let side = Side {
        relation: RelationId(0),
        negative: false,
    };
    let part = Part::Literal {
        side,
        view: View::Certain,
    };
    let relation = |&arity: &usize| CoreRelation {
        arity,
        part: part.clone(),
        best: None,
        wide: false,
    };
    Core::bare(
        arities.iter().map(relation).collect(),
        Diagram::new(Space::default()),
    )
}

/// A program that a failing test prints in short.
#[derive(Clone)]
struct Case(Core);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let term = |term: &Term| {
            term.as_small()
                .map_or(format!("{term:?}"), |whole| whole.to_string())
        };
        let argument = |argument: &Argument| match argument {
            Argument::Slot(slot) => format!("?{}", slot.0),
            Argument::Constant(constant) => term(constant),
        };
        let list = |arguments: &[Argument]| {
            arguments
                .iter()
                .map(argument)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let atom = |atom: &Atom| format!("r{}({})", atom.relation.0, list(&atom.arguments));
        writeln!(f)?;
        for facts in &self.0.facts {
            for row in 0..facts.rows {
                let terms: Vec<String> = facts.terms[row * facts.arity..(row + 1) * facts.arity]
                    .iter()
                    .map(term)
                    .collect();
                let label = facts
                    .labels
                    .as_ref()
                    .map_or(Label::ALWAYS, |labels| labels[row]);
                writeln!(
                    f,
                    "r{}({}) [{}].",
                    facts.relation.0,
                    terms.join(", "),
                    label.0
                )?;
            }
        }
        for (number, relation) in self.0.relations.iter().enumerate() {
            if relation.wide {
                writeln!(f, "r{number} is wide.")?;
            }
        }
        for rule in &self.0.rules {
            let body = rule.body.iter().map(|literal| match literal {
                CoreLiteral::Holds(holds) => atom(holds),
                CoreLiteral::Fails(fails) => format!("not {}", atom(fails)),
                CoreLiteral::Compare {
                    left,
                    comparison,
                    right,
                } => format!("{left:?} {comparison:?} {right:?}"),
                CoreLiteral::CompareFails {
                    left,
                    comparison,
                    right,
                } => format!("not {left:?} {comparison:?} {right:?}"),
                CoreLiteral::Aggregate(it) => format!(
                    "{} is the {:?} of {:?} where r{}({:?}) by {:?}",
                    argument(&it.result),
                    it.kind,
                    it.over,
                    it.matches.0,
                    it.arguments,
                    it.groups
                ),
            });
            writeln!(
                f,
                "{} :- {} [{}].",
                atom(&rule.head),
                body.collect::<Vec<_>>().join(", "),
                rule.label.0
            )?;
        }
        Ok(())
    }
}

/// Runs both and compares rows, labels, open rows and ranks.
fn judge(core: &Core, contexts: u32) {
    let mut bits = Bits { contexts };
    let outcome = run_with(core, Terms::default(), &mut bits, &Limits::default());
    let mut terms = Terms::default();
    let worlds: Vec<_> = (0..contexts)
        .map(|context| {
            let contains = holds_in(&bits, context);
            Judge {
                core,
                terms: &mut terms,
                contains: &contains,
            }
            .world()
        })
        .collect();
    match outcome {
        Err(Stopped::Trouble { .. }) => assert!(
            worlds.iter().any(Result::is_err),
            "trouble that the judge does not see"
        ),
        Err(stopped) => panic!("{stopped:?}"),
        Ok(outcome) => {
            for (context, world) in worlds.into_iter().enumerate() {
                let world = world.expect("trouble that the engine does not see");
                compare(core, &outcome, &bits, context as u32, &world, &mut terms);
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
        if core.relations[relation].wide {
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

/// Lengths of paths: relation 1 has edges, 2 the best length between two nodes, 3 candidates (in the same stratum), 4 nodes that some
/// best path reaches.
fn paths(contexts: u32) -> impl Strategy<Value = Case> {
    let edge = (constant(), constant(), constant(), label(contexts));
    (
        prop::collection::vec(edge, 0..8),
        any::<bool>(),
        any::<bool>(),
        label(contexts),
    )
        .prop_map(|(edges, greatest, more, label)| {
            let slot = |number| Argument::Slot(Slot(number));
            let atom = |relation, slots: &[u32]| Atom {
                relation: CoreId(relation),
                arguments: slots.iter().map(|&number| slot(number)).collect(),
            };
            let holds = |relation, slots: &[u32]| CoreLiteral::Holds(atom(relation, slots));
            let rule = |head, body| CoreRule {
                head,
                body,
                slots: 6,
                label: Label::ALWAYS,
                onward: false,
                origin: Origin::Step,
            };
            let plain = |number| CoreExpression::Argument(slot(number));
            let sum = CoreExpression::Binary {
                left: Box::new(plain(3)),
                operation: Operation::Add,
                right: Box::new(plain(4)),
            };
            let longer = CoreLiteral::Compare {
                left: plain(5),
                comparison: Comparison::Equal,
                right: sum,
            };
            let narrower = [
                CoreLiteral::Compare {
                    left: plain(3),
                    comparison: Comparison::GreaterOrEqual,
                    right: plain(4),
                },
                CoreLiteral::Compare {
                    left: plain(5),
                    comparison: Comparison::Equal,
                    right: plain(4),
                },
            ];
            let mut core = bare(&[0, 3, 3, 3, 1]);
            core.relations[2].best = Some((
                2,
                if greatest {
                    Best::Greatest
                } else {
                    Best::Least
                },
            ));
            core.facts.push(CoreFacts {
                relation: CoreId(1),
                arity: 3,
                terms: edges
                    .iter()
                    .flat_map(|edge| [edge.0, edge.1, edge.2])
                    .collect(),
                labels: Some(edges.iter().map(|edge| edge.3).collect()),
                rows: edges.len(),
            });
            let joined = vec![holds(2, &[0, 1, 3]), holds(1, &[1, 2, 4])];
            core.rules = vec![
                rule(atom(2, &[0, 1, 2]), vec![holds(1, &[0, 1, 2])]),
                rule(atom(2, &[0, 1, 2]), vec![holds(3, &[0, 1, 2])]),
                rule(
                    atom(4, &[1]),
                    vec![
                        holds(2, &[0, 1, 2]),
                        CoreLiteral::Compare {
                            left: plain(2),
                            comparison: Comparison::Less,
                            right: CoreExpression::Argument(Argument::Constant(
                                Term::small(2).expect("small"),
                            )),
                        },
                    ],
                ),
            ];
            // The widest of the narrowest, or the shortest.
            let extended = if greatest {
                joined.iter().cloned().chain(narrower).collect()
            } else {
                joined.iter().cloned().chain([longer]).collect()
            };
            core.rules.push(CoreRule {
                label,
                ..rule(atom(3, &[0, 2, 5]), extended)
            });
            if greatest {
                let wider = CoreLiteral::Compare {
                    left: plain(3),
                    comparison: Comparison::Less,
                    right: plain(4),
                };
                let extended = joined.into_iter().chain([wider]).collect();
                core.rules.push(CoreRule {
                    label,
                    ..rule(atom(3, &[0, 2, 3]), extended)
                });
            }
            if more {
                core.rules
                    .push(rule(atom(3, &[0, 1, 2]), vec![holds(2, &[1, 0, 2])]));
            }
            Case(core)
        })
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
    fn keeps_the_best_as_the_judge_does(case in paths(1)) {
        judge(&case.0, 1);
    }

    #[test]
    fn keeps_the_best_of_each_context(case in paths(3)) {
        judge(&case.0, 3);
    }
}
