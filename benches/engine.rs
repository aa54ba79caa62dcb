//! The engine beside `ascent` (rules compiled to Rust by a macro), in one process: `cargo bench --bench engine [NAME]`.
//! Prints seconds of both, their ratio, rows and bytes a row.

use hence::core::{
    Argument, Atom, Best, Core, CoreAggregate, CoreExpression, CoreFacts, CoreId, CoreLiteral,
    CoreRelation, CoreRule, Origin, Part, Side, Slot, View,
};
use hence::engine::{Limits, run};
use hence::label::{Diagram, Label, Space};
use hence::model::Model;
use hence::program::RelationId;
use hence::syntax::tree::AggregateKind;
use hence::value::{Comparison, Operation, Term, Terms};
use std::time::Instant;

fn main() {
    let only: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    for (name, case) in CASES {
        if only.is_empty() || only.iter().any(|wanted| name.contains(wanted.as_str())) {
            case(name);
        }
    }
}

/// A workload by name, and what runs it.
type Case = (&'static str, fn(&str));

const CASES: &[Case] = &[
    ("closure-random", |name| {
        closure(name, random_graph(1000, 3300, 1))
    }),
    ("closure-chain", |name| {
        closure(name, (0..1414).map(|n| (n, n + 1)).collect())
    }),
    ("closure-sparse", |name| {
        closure(name, random_graph(100_000, 90_000, 2))
    }),
    ("closure-nonlinear", |name| {
        nonlinear(name, random_graph(400, 1200, 1))
    }),
    ("apart", |name| apart(name, random_graph(1000, 1600, 12))),
    ("reach", |name| {
        reach(name, random_graph(200_000, 260_000, 13))
    }),
    ("aliases", |name| aliases(name, 2000)),
    ("totals", |name| {
        totals(name, random_graph(20_000, 200_000, 14))
    }),
    ("shortest", |name| {
        shortest(name, random_graph(20_000, 80_000, 15))
    }),
    ("same-generation", |name| {
        same_generation(name, random_graph(4000, 4400, 3))
    }),
    ("andersen", |name| andersen(name, 1500)),
    ("win-move-chain", |name| {
        win_move(name, (0..10_000).map(|n| (n, n + 1)).collect())
    }),
    ("win-move-random", |name| {
        win_move(name, random_graph(10_000, 20_000, 9))
    }),
    ("win-move-sparse", |name| {
        win_move(name, random_graph(20_000, 20_000, 10))
    }),
    ("strata", |name| strata(name, 20_000)),
    ("many-rules", |name| many_rules(name, 100_000)),
    ("triangle", |name| {
        triangle(name, random_graph(20_000, 200_000, 4))
    }),
];

type Pairs = Vec<(u32, u32)>;

/// A repeatable sequence of numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (((self.0 >> 32) * u64::from(end)) >> 32) as u32
    }
}

fn random_graph(nodes: u32, edges: usize, seed: u64) -> Pairs {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    (0..edges)
        .map(|_| (random.below(nodes), random.below(nodes)))
        .collect()
}

/// Rules as `head :- literals`, each atom a relation and its slots.
struct Rules {
    core: Core,
}

impl Rules {
    fn new(arities: &[usize]) -> Self {
        let relation = |&arity: &usize| {
            let side = Side {
                relation: RelationId(0),
                negative: false,
            };
            CoreRelation {
                arity,
                part: Part::Literal {
                    side,
                    view: View::Certain,
                },
                best: None,
            }
        };
        let relations = arities.iter().map(relation).collect();
        let core = Core::bare(relations, Diagram::new(Space::default()));
        Self { core }
    }

    /// Adds the absence of a row to the last rule.
    fn unless(mut self, relation: u32, slots: &[u32]) -> Self {
        let arguments = slots
            .iter()
            .map(|&slot| Argument::Slot(Slot(slot)))
            .collect();
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Fails(Atom {
                relation: CoreId(relation),
                arguments,
            }));
        }
        self
    }

    fn rule(mut self, head: (u32, &[u32]), body: &[(u32, &[u32])]) -> Self {
        let atom = |&(relation, slots): &(u32, &[u32])| Atom {
            relation: CoreId(relation),
            arguments: slots
                .iter()
                .map(|&slot| Argument::Slot(Slot(slot)))
                .collect(),
        };
        self.core.rules.push(CoreRule {
            head: atom(&head),
            body: body
                .iter()
                .map(|literal| CoreLiteral::Holds(atom(literal)))
                .collect(),
            slots: 8,
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Step,
        });
        self
    }

    /// Adds `left != right` to the last rule.
    fn differ(mut self, left: u32, right: u32) -> Self {
        let side = |slot| CoreExpression::Argument(Argument::Slot(Slot(slot)));
        let (left, right) = (side(left), side(right));
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Compare {
                left,
                comparison: Comparison::NotEqual,
                right,
            });
        }
        self
    }

    /// Adds `result is the sum (or number) of over where columns` to the last rule.
    fn aggregate(
        mut self,
        result: u32,
        kind: AggregateKind,
        over: u32,
        matches: u32,
        columns: &[u32],
        group: u32,
    ) -> Self {
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Aggregate(CoreAggregate {
                result: Argument::Slot(Slot(result)),
                kind,
                over: CoreExpression::Argument(Argument::Slot(Slot(over))),
                matches: CoreId(matches),
                arguments: columns.iter().map(|&slot| Slot(slot)).collect(),
                groups: vec![Slot(group)],
            }));
        }
        self
    }

    /// Adds `sum = left + right` to the last rule.
    fn add(mut self, sum: u32, left: u32, right: u32) -> Self {
        let side = |slot| CoreExpression::Argument(Argument::Slot(Slot(slot)));
        let right = CoreExpression::Binary {
            left: Box::new(side(left)),
            operation: Operation::Add,
            right: Box::new(side(right)),
        };
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Compare {
                left: side(sum),
                comparison: Comparison::Equal,
                right,
            });
        }
        self
    }

    /// Facts with a whole number at the end.
    fn weighed(mut self, relation: u32, rows: &[(u32, u32, u32)]) -> Self {
        let number = |whole: u32| Term::small(i64::from(whole)).expect("small");
        let terms = rows
            .iter()
            .flat_map(|&(a, b, weight)| [Term(a), Term(b), number(weight)])
            .collect();
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 3,
            terms,
            labels: None,
            rows: rows.len(),
        });
        self
    }

    fn facts(mut self, relation: u32, pairs: &Pairs) -> Self {
        let terms = pairs
            .iter()
            .flat_map(|&(a, b)| [Term(a), Term(b)])
            .collect();
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 2,
            terms,
            labels: None,
            rows: pairs.len(),
        });
        self
    }

    fn run(&self) -> Model {
        match run(&self.core, Terms::default(), &Limits::default()) {
            Ok(model) => model,
            Err(stopped) => panic!("stopped: {stopped:?}"),
        }
    }
}

/// Runs ours and theirs in turn, three times, and prints the medians.
fn compare(name: &str, ours: impl Fn() -> usize, theirs: impl Fn() -> usize) {
    let mut times = [Vec::new(), Vec::new()];
    let mut rows = [0, 0];
    let mut bytes = [0, 0];
    for _ in 0..3 {
        for (which, run) in [&ours as &dyn Fn() -> usize, &theirs]
            .into_iter()
            .enumerate()
        {
            let before = peak::reset();
            let start = Instant::now();
            rows[which] = run();
            times[which].push(start.elapsed().as_secs_f64());
            bytes[which] = peak::read().saturating_sub(before);
        }
    }
    assert_eq!(
        rows[0], rows[1],
        "{name}: both find the same number of rows"
    );
    let [ours, theirs] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[1]
    });
    let per_row = bytes.map(|bytes| bytes as f64 / rows[0].max(1) as f64);
    println!(
        "{name:20} {:>10} rows  hence {ours:.4} s {:5.1} B/row  ascent {theirs:.4} s {:5.1} B/row  ratio {:.2}",
        rows[0],
        per_row[0],
        per_row[1],
        ours / theirs
    );
}

fn closure(name: &str, edges: Pairs) {
    let rules = Rules::new(&[2, 2])
        .rule((1, &[0, 1]), &[(0, &[0, 1])])
        .rule((1, &[0, 2]), &[(1, &[0, 1]), (0, &[1, 2])])
        .facts(0, &edges);
    let theirs = || {
        ascent::ascent! {
            struct Closure;
            relation edge(u32, u32);
            relation path(u32, u32);
            path(x, y) <-- edge(x, y);
            path(x, z) <-- path(x, y), edge(y, z);
        }
        let mut program = Closure {
            edge: edges.clone(),
            ..Closure::default()
        };
        program.run();
        program.path.len()
    };
    compare(name, || rules.run().table(CoreId(1)).len(), theirs);
}

fn nonlinear(name: &str, edges: Pairs) {
    let rules = Rules::new(&[2, 2])
        .rule((1, &[0, 1]), &[(0, &[0, 1])])
        .rule((1, &[0, 2]), &[(1, &[0, 1]), (1, &[1, 2])])
        .facts(0, &edges);
    let theirs = || {
        ascent::ascent! {
            struct Closure;
            relation edge(u32, u32);
            relation path(u32, u32);
            path(x, y) <-- edge(x, y);
            path(x, z) <-- path(x, y), path(y, z);
        }
        let mut program = Closure {
            edge: edges.clone(),
            ..Closure::default()
        };
        program.run();
        program.path.len()
    };
    compare(name, || rules.run().table(CoreId(1)).len(), theirs);
}

/// Pairs of different nodes without a path.
fn apart(name: &str, edges: Pairs) {
    let nodes: Pairs = (0..1000).map(|node| (node, node)).collect();
    let rules = Rules::new(&[2, 2, 2, 2])
        .rule((1, &[0, 1]), &[(0, &[0, 1])])
        .rule((1, &[0, 2]), &[(1, &[0, 1]), (0, &[1, 2])])
        .rule((3, &[0, 1]), &[(2, &[0, 0]), (2, &[1, 1])])
        .unless(1, &[0, 1])
        .differ(0, 1)
        .facts(0, &edges)
        .facts(2, &nodes);
    let theirs = || {
        ascent::ascent! {
            struct Apart;
            relation edge(u32, u32);
            relation node(u32, u32);
            relation path(u32, u32);
            relation apart(u32, u32);
            path(x, y) <-- edge(x, y);
            path(x, z) <-- path(x, y), edge(y, z);
            apart(x, y) <-- node(x, x2), if x == x2, node(y, y2), if y == y2, if x != y, !path(x, y);
        }
        let mut program = Apart {
            edge: edges.clone(),
            node: nodes.clone(),
            ..Apart::default()
        };
        program.run();
        program.apart.len()
    };
    compare(name, || rules.run().table(CoreId(3)).len(), theirs);
}

fn reach(name: &str, edges: Pairs) {
    let rules = Rules::new(&[2, 2, 1])
        .rule((2, &[0]), &[(1, &[0, 1])])
        .rule((2, &[1]), &[(2, &[0]), (0, &[0, 1])])
        .facts(0, &edges)
        .facts(1, &vec![(0, 0), (1, 1), (2, 2)]);
    let theirs = || {
        ascent::ascent! {
            struct Reach;
            relation edge(u32, u32);
            relation source(u32);
            relation reached(u32);
            reached(x) <-- source(x);
            reached(y) <-- reached(x), edge(x, y);
        }
        let mut program = Reach {
            edge: edges.clone(),
            source: vec![(0,), (1,), (2,)],
            ..Reach::default()
        };
        program.run();
        program.reached.len()
    };
    compare(name, || rules.run().table(CoreId(2)).len(), theirs);
}

/// Context-insensitive alias analysis (value flow, memory alias, value alias).
fn aliases(name: &str, variables: u32) {
    let assign = random_graph(variables, variables as usize, 16);
    let dereference = random_graph(variables, variables as usize / 2, 17);
    let (a, d, f, m, v) = (0, 1, 2, 3, 4);
    let rules = Rules::new(&[2, 2, 2, 2, 2])
        .rule((f, &[0, 1]), &[(a, &[0, 1])])
        .rule((f, &[0, 2]), &[(a, &[0, 1]), (m, &[1, 2])])
        .rule((f, &[0, 2]), &[(f, &[0, 1]), (f, &[1, 2])])
        .rule((f, &[0, 0]), &[(a, &[0, 1])])
        .rule((f, &[0, 0]), &[(a, &[1, 0])])
        .rule((m, &[0, 0]), &[(a, &[1, 0])])
        .rule((m, &[0, 0]), &[(a, &[0, 1])])
        .rule((m, &[1, 3]), &[(d, &[0, 1]), (v, &[0, 2]), (d, &[2, 3])])
        .rule((v, &[1, 2]), &[(f, &[0, 1]), (f, &[0, 2])])
        .rule((v, &[1, 3]), &[(f, &[0, 1]), (m, &[0, 2]), (f, &[2, 3])])
        .facts(a, &assign)
        .facts(d, &dereference);
    let theirs = || {
        ascent::ascent! {
            struct Aliases;
            relation assign(u32, u32);
            relation dereference(u32, u32);
            relation flow(u32, u32);
            relation memory(u32, u32);
            relation value(u32, u32);
            flow(y, x) <-- assign(y, x);
            flow(x, y) <-- assign(x, z), memory(z, y);
            flow(x, y) <-- flow(x, z), flow(z, y);
            flow(x, x) <-- assign(x, _);
            flow(x, x) <-- assign(_, x);
            memory(x, x) <-- assign(_, x);
            memory(x, x) <-- assign(x, _);
            memory(x, w) <-- dereference(y, x), value(y, z), dereference(z, w);
            value(x, y) <-- flow(z, x), flow(z, y);
            value(x, y) <-- flow(z, x), memory(z, w), flow(w, y);
        }
        let mut program = Aliases {
            assign: assign.clone(),
            dereference: dereference.clone(),
            ..Aliases::default()
        };
        program.run();
        program.value.len()
    };
    compare(name, || rules.run().table(CoreId(v)).len(), theirs);
}

fn weights(edges: &Pairs, end: u32) -> Vec<(u32, u32, u32)> {
    let mut random = Random(18);
    edges
        .iter()
        .map(|&(a, b)| (a, b, 1 + random.below(end)))
        .collect()
}

/// Number and sum by group.
fn totals(name: &str, edges: Pairs) {
    let edges = weights(&edges, 100);
    let rules = Rules::new(&[3, 2, 2])
        .rule((1, &[0, 3]), &[(0, &[0, 4, 5])])
        .aggregate(3, AggregateKind::Number, 1, 0, &[0, 1, 2], 0)
        .rule((2, &[0, 3]), &[(0, &[0, 4, 5])])
        .aggregate(3, AggregateKind::Sum, 2, 0, &[0, 1, 2], 0)
        .weighed(0, &edges);
    let theirs = || {
        use ascent::aggregators::{count, sum};
        ascent::ascent! {
            struct Totals;
            relation edge(u32, u32, u32);
            relation from(u32);
            relation degree(u32, usize);
            relation total(u32, u32);
            from(x) <-- edge(x, _, _);
            degree(x, n) <-- from(x), agg n = count() in edge(x, _, _);
            total(x, n) <-- from(x), agg n = sum(w) in edge(x, _, w);
        }
        let mut program = Totals {
            edge: edges.clone(),
            ..Totals::default()
        };
        program.run();
        program.total.len()
    };
    compare(name, || rules.run().table(CoreId(2)).len(), theirs);
}

/// Shortest paths from one node.
fn shortest(name: &str, edges: Pairs) {
    let edges = weights(&edges, 20);
    let mut rules = Rules::new(&[3, 2, 2])
        .rule((1, &[0, 1]), &[(2, &[0, 1])])
        .rule((1, &[1, 4]), &[(1, &[0, 2]), (0, &[0, 1, 3])])
        .add(4, 2, 3)
        .weighed(0, &edges);
    rules.core.relations[1].best = Some((1, Best::Least));
    let zero = Term::small(0).expect("small");
    rules.core.facts.push(CoreFacts {
        relation: CoreId(2),
        arity: 2,
        terms: vec![Term(0), zero],
        labels: None,
        rows: 1,
    });
    let theirs = || {
        use ascent::Dual;
        ascent::ascent! {
            struct Shortest;
            relation edge(u32, u32, u32);
            lattice distance(u32, Dual<u32>);
            distance(0, Dual(0));
            distance(y, Dual(d.0 + w)) <-- distance(x, d), edge(x, y, w);
        }
        let mut program = Shortest {
            edge: edges.clone(),
            ..Shortest::default()
        };
        program.run();
        program.distance.len()
    };
    compare(name, || rules.run().table(CoreId(1)).len(), theirs);
}

fn same_generation(name: &str, parents: Pairs) {
    let rules = Rules::new(&[2, 2])
        .rule((1, &[0, 1]), &[(0, &[0, 2]), (0, &[1, 2])])
        .rule((1, &[0, 1]), &[(0, &[0, 2]), (1, &[2, 3]), (0, &[1, 3])])
        .facts(0, &parents);
    let theirs = || {
        ascent::ascent! {
            struct Generation;
            relation parent(u32, u32);
            relation same(u32, u32);
            same(x, y) <-- parent(x, p), parent(y, p);
            same(x, y) <-- parent(x, a), same(a, b), parent(y, b);
        }
        let mut program = Generation {
            parent: parents.clone(),
            ..Generation::default()
        };
        program.run();
        program.same.len()
    };
    compare(name, || rules.run().table(CoreId(1)).len(), theirs);
}

/// Points-to analysis: address-of, copy, load and store between variables.
fn andersen(name: &str, variables: u32) {
    let address = random_graph(variables, variables as usize / 2, 5);
    let copy = random_graph(variables, variables as usize, 6);
    let load = random_graph(variables, variables as usize / 4, 7);
    let store = random_graph(variables, variables as usize / 4, 8);
    let rules = Rules::new(&[2, 2, 2, 2, 2])
        .rule((4, &[0, 1]), &[(0, &[0, 1])])
        .rule((4, &[0, 2]), &[(1, &[0, 1]), (4, &[1, 2])])
        .rule((4, &[0, 3]), &[(2, &[0, 1]), (4, &[1, 2]), (4, &[2, 3])])
        .rule((4, &[2, 3]), &[(3, &[0, 1]), (4, &[0, 2]), (4, &[1, 3])])
        .facts(0, &address)
        .facts(1, &copy)
        .facts(2, &load)
        .facts(3, &store);
    let theirs = || {
        ascent::ascent! {
            struct Andersen;
            relation address(u32, u32);
            relation copy(u32, u32);
            relation load(u32, u32);
            relation store(u32, u32);
            relation points(u32, u32);
            points(y, x) <-- address(y, x);
            points(y, x) <-- copy(y, z), points(z, x);
            points(y, w) <-- load(y, x), points(x, z), points(z, w);
            points(z, w) <-- store(y, x), points(y, z), points(x, w);
        }
        let mut program = Andersen {
            address: address.clone(),
            copy: copy.clone(),
            load: load.clone(),
            store: store.clone(),
            ..Andersen::default()
        };
        program.run();
        program.points.len()
    };
    compare(name, || rules.run().table(CoreId(4)).len(), theirs);
}

/// Alone: `ascent` has no such negation.
fn alone(name: &str, ours: impl Fn() -> String) {
    let start = Instant::now();
    let said = ours();
    println!(
        "{name:20} hence {:.4} s  {said}",
        start.elapsed().as_secs_f64()
    );
}

/// A position wins if some move leads to one that does not.
fn win_move(name: &str, moves: Pairs) {
    let rules = Rules::new(&[2, 1])
        .rule((1, &[0]), &[(0, &[0, 1])])
        .unless(1, &[1])
        .facts(0, &moves);
    alone(name, || {
        let model = rules.run();
        let won = model.table(CoreId(1)).len();
        format!("{won} won, {} drawn", model.upper(CoreId(1)).len() - won)
    });
}

/// Each relation copied from the one before.
fn strata(name: &str, count: u32) {
    let mut rules = Rules::new(&vec![2; count as usize]).facts(0, &vec![(1, 2), (3, 4)]);
    for number in 1..count {
        rules = rules.rule((number, &[0, 1]), &[(number - 1, &[0, 1])]);
    }
    alone(name, || {
        format!(
            "{} rows at the end",
            rules.run().table(CoreId(count - 1)).len()
        )
    });
}

/// Copies within one large component.
fn many_rules(name: &str, count: u32) {
    let relations = count / 10;
    let mut rules = Rules::new(&vec![2; relations as usize]).facts(0, &vec![(1, 2), (3, 4)]);
    let mut random = Random(11);
    for _ in 0..count {
        rules = rules.rule(
            (random.below(relations), &[0, 1]),
            &[(random.below(relations), &[0, 1])],
        );
    }
    alone(name, || {
        format!(
            "{} rows at the end",
            rules
                .run()
                .tables
                .iter()
                .map(|table| table.len())
                .sum::<usize>()
        )
    });
}

fn triangle(name: &str, edges: Pairs) {
    let rules = Rules::new(&[2, 3])
        .rule((1, &[0, 1, 2]), &[(0, &[0, 1]), (0, &[1, 2]), (0, &[0, 2])])
        .facts(0, &edges);
    let theirs = || {
        ascent::ascent! {
            struct Triangle;
            relation edge(u32, u32);
            relation found(u32, u32, u32);
            found(x, y, z) <-- edge(x, y), edge(y, z), edge(x, z);
        }
        let mut program = Triangle {
            edge: edges.clone(),
            ..Triangle::default()
        };
        program.run();
        program.found.len()
    };
    compare(name, || rules.run().table(CoreId(1)).len(), theirs);
}

/// Bytes at the peak, by the kernel's count.
mod peak {
    /// Forgets the peak so far; what is held now.
    pub fn reset() -> usize {
        // Not everywhere allowed; the figures are then those of the largest case so far.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        status("VmRSS:")
    }

    pub fn read() -> usize {
        status("VmHWM:")
    }

    fn status(field: &str) -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(field))
            .unwrap_or_default();
        line.split_whitespace()
            .next()
            .and_then(|kib| kib.parse::<usize>().ok())
            .unwrap_or(0)
            * 1024
    }
}
