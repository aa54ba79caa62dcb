//! Recursion without negation: closures, same generation, points-to and alias analyses.

use crate::compare::compare;
use crate::graphs::{Pairs, Random, random_graph};
use crate::rules::Rules;
use hence::core::CoreId;

pub fn closure(name: &str, edges: Pairs) {
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

pub fn nonlinear(name: &str, edges: Pairs) {
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

pub fn reach(name: &str, edges: Pairs) {
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

/// Assignments within functions of 20 variables each, one out of each function, and some dereferences.
fn functions(variables: u32) -> (Pairs, Pairs) {
    let mut random = Random(16);
    let (mut assign, mut dereference) = (Vec::new(), Vec::new());
    for start in (0..variables).step_by(20) {
        let local = |at: u32| start + at;
        for at in 1..20 {
            assign.push((local(at), local(at.saturating_sub(1 + random.below(4)))));
        }
        assign.push((local(random.below(20)), random.below(variables)));
        for _ in 0..3 {
            dereference.push((local(random.below(20)), local(random.below(20))));
        }
    }
    (assign, dereference)
}

/// Context-insensitive alias analysis (value flow, memory alias, value alias).
pub fn aliases(name: &str, variables: u32) {
    let (assign, dereference) = functions(variables);
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

pub fn same_generation(name: &str, parents: Pairs) {
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
pub fn andersen(name: &str, variables: u32) {
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
