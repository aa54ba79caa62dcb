//! Negation, aggregates, cyclic bodies, and many rules.

use crate::compare::{alone, compare};
use crate::graphs::{Pairs, Random, weights};
use crate::rules::Rules;
use hence::core::CoreId;
use hence::syntax::tree::AggregateKind;

/// Pairs of nodes without a path.
pub fn apart(name: &str, edges: Pairs) {
    let nodes: Vec<u32> = (0..1000).collect();
    let rules = Rules::new(&[2, 2, 1, 2])
        .rule((1, &[0, 1]), &[(0, &[0, 1])])
        .rule((1, &[0, 2]), &[(1, &[0, 1]), (0, &[1, 2])])
        .rule((3, &[0, 1]), &[(2, &[0]), (2, &[1])])
        .unless(1, &[0, 1])
        .facts(0, &edges)
        .nodes(2, &nodes);
    let theirs = || {
        ascent::ascent! {
            struct Apart;
            relation edge(u32, u32);
            relation node(u32);
            relation path(u32, u32);
            relation apart(u32, u32);
            path(x, y) <-- edge(x, y);
            path(x, z) <-- path(x, y), edge(y, z);
            apart(x, y) <-- node(x), node(y), !path(x, y);
        }
        let mut program = Apart {
            edge: edges.clone(),
            node: nodes.iter().map(|&node| (node,)).collect(),
            ..Apart::default()
        };
        program.run();
        program.apart.len()
    };
    compare(name, || rules.run().table(CoreId(3)).len(), theirs);
}

/// Number and sum by group.
pub fn totals(name: &str, edges: Pairs) {
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
pub fn shortest(name: &str, edges: Pairs) {
    let edges = weights(&edges, 20);
    let rules = Rules::new(&[3, 2, 2])
        .rule((1, &[0, 1]), &[(2, &[0, 1])])
        .rule((1, &[1, 4]), &[(1, &[0, 2]), (0, &[0, 1, 3])])
        .add(4, 2, 3)
        .least(1, 1)
        .begins(2, 0)
        .weighed(0, &edges);
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

/// A position wins if some move leads to one that does not.
pub fn win_move(name: &str, moves: Pairs) {
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
pub fn strata(name: &str, count: u32) {
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
pub fn many_rules(name: &str, count: u32) {
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

pub fn triangle(name: &str, edges: Pairs) {
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
