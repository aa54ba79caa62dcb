//! The engine beside `ascent` (rules compiled to Rust by a macro), in one process: `cargo bench --bench engine [NAME]`.
//! Prints seconds of both, their ratio, rows and bytes a row.

mod compare;
mod graphs;
mod programs;
mod recursion;
mod rules;

use graphs::random_graph;
use programs::{apart, many_rules, shortest, strata, totals, triangle, win_move};
use recursion::{aliases, andersen, closure, nonlinear, reach, same_generation};

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
