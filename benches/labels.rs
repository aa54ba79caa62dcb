//! How fast labels combine, and how large they become: `cargo bench --bench labels`.
//!
//! *Layers* imitates a run of rules: each row of a layer is derived several times from pairs of rows of the layer before, its label
//! growing by what is new. *Grid* is network reliability, where labels are known to blow up: which corner reaches which over links that
//! each may fail, `?a reaches ?b and ?b reaches ?c implies ?a reaches ?c.`

use hence::label::{Axis, AxisId, Diagram, Label, Space, Weighing};
use hence::program::DriverId;
use std::time::{Duration, Instant};

fn main() {
    println!(
        "{:<44} {:>9} {:>9} {:>8} {:>9} {:>8} {:>9}",
        "workload", "ms", "ops", "ns/op", "nodes", "largest", "weigh ms"
    );
    for (layers, drivers, values, share) in [
        (5, 12, 2, 0.2),
        (5, 20, 2, 0.2),
        (5, 5, 4, 0.2),
        (5, 12, 2, 0.5),
        (5, 20, 2, 0.5),
        (3, 20, 2, 1.0),
    ] {
        let name = format!(
            "{layers} layers: {drivers} drivers of {values}, {:.0} % conditional",
            share * 100.0
        );
        measure(&name, |random| {
            Run::new(drivers, values, 0).layers(layers, random, share)
        });
    }
    measure("5 layers: 20 % dated, 1000 segments", |random| {
        Run::new(2, 2, 1000).layers(5, random, 0.2)
    });
    for side in [4, 5, 6] {
        let links = 2 * side * (side - 1);
        measure(&format!("grid {side}x{side}: {links} drivers"), |_| {
            Run::new(links, 2, 0).grid(side, &in_order(links))
        });
        if side < 6 {
            let name = format!("grid {side}x{side}: {links} drivers, mixed order");
            measure(&name, |random| {
                Run::new(links, 2, 0).grid(side, &mixed(links, random))
            });
        }
    }
}

/// Runs it a few times and prints the quickest.
fn measure(name: &str, work: impl Fn(&mut Random) -> Run) {
    let mut best: Option<(Duration, Run)> = None;
    for _ in 0..5 {
        let start = Instant::now();
        let run = work(&mut Random(42));
        let time = start.elapsed();
        if best.as_ref().is_none_or(|(least, _)| time < *least) {
            best = Some((time, run));
        }
    }
    let Some((time, run)) = best else { return };
    let nanoseconds = time.as_secs_f64() * 1e9 / run.operations as f64;
    let largest = run
        .labels
        .iter()
        .map(|&label| run.diagram.nodes_of(label))
        .max()
        .unwrap_or(0);
    let milliseconds = time.as_secs_f64() * 1e3;
    let (operations, nodes, weigh) = (
        run.operations,
        run.diagram.len(),
        run.weigh().as_secs_f64() * 1e3,
    );
    println!(
        "{name:<44} {milliseconds:>9.2} {operations:>9} {nanoseconds:>8.1} {nodes:>9} {largest:>8} {weigh:>9.2}"
    );
}

struct Run {
    diagram: Diagram,
    /// The labels of all rows.
    labels: Vec<Label>,
    operations: usize,
}

impl Run {
    fn new(drivers: usize, values: u32, segments: u32) -> Self {
        let time = (segments > 0).then_some((Axis::Time, segments));
        let drivers = (0..drivers as u32).map(|driver| (Axis::Driver(DriverId(driver)), values));
        Self {
            diagram: Diagram::new(Space {
                axes: time.into_iter().chain(drivers).collect(),
            }),
            labels: Vec::new(),
            operations: 0,
        }
    }

    /// Adds what is new to a label; whether anything was.
    fn derive(&mut self, old: &mut Label, a: Label, b: Label) -> Option<Label> {
        let both = self.diagram.and(a, b);
        let new = self.diagram.without(both, *old);
        self.operations += 2;
        (!new.is_never()).then(|| {
            *old = self.diagram.or(*old, new);
            self.operations += 1;
            new
        })
    }

    /// One outcome of a driver, or a period.
    fn condition(&mut self, random: &mut Random) -> Label {
        let axis = AxisId(random.below(self.diagram.space().axes.len()) as u32);
        let values = self.diagram.space().size(axis) as usize;
        let (one, other) = (random.below(values) as u32, random.below(values) as u32);
        match self.diagram.space().axes[axis.0 as usize].0 {
            Axis::Time => self
                .diagram
                .between(axis, one.min(other)..one.max(other) + 1),
            _ => self.diagram.among(axis, &[one]),
        }
    }

    fn layers(mut self, layers: usize, random: &mut Random, share: f64) -> Self {
        const ROWS: usize = 3000;
        let facts: Vec<Label> = (0..ROWS)
            .map(|_| {
                if random.share() < share {
                    self.condition(random)
                } else {
                    Label::ALWAYS
                }
            })
            .collect();
        let mut before = facts.clone();
        for _ in 0..layers {
            let mut layer = vec![Label::NEVER; ROWS];
            for row in &mut layer {
                for _ in 0..3 {
                    let (a, b) = (before[random.below(ROWS)], facts[random.below(ROWS)]);
                    self.derive(row, a, b);
                }
            }
            self.labels.extend(&layer);
            before = layer;
        }
        self
    }

    /// Links go right and down; `order` says which axis each has.
    fn grid(mut self, side: usize, order: &[u32]) -> Self {
        let corners = side * side;
        let mut reaches = vec![Label::NEVER; corners * corners];
        let mut links = order.iter();
        let mut fresh = Vec::new();
        for corner in 0..corners {
            let right = (corner % side + 1 < side).then_some(corner + 1);
            let down = (corner + side < corners).then_some(corner + side);
            for to in right.into_iter().chain(down) {
                let link = self
                    .diagram
                    .among(AxisId(*links.next().expect("one for each link")), &[0]);
                reaches[corner * corners + to] = link;
                fresh.push((corner, to, link));
            }
        }
        while !fresh.is_empty() {
            let mut next = Vec::new();
            for (a, b, new) in fresh {
                for c in 0..corners {
                    for (from, to, other) in [(a, c, b * corners + c), (c, b, c * corners + a)] {
                        let mut old = reaches[from * corners + to];
                        if let Some(new) = self.derive(&mut old, new, reaches[other]) {
                            reaches[from * corners + to] = old;
                            next.push((from, to, new));
                        }
                    }
                }
            }
            fresh = next;
        }
        self.labels = reaches;
        self
    }

    fn weigh(&self) -> Duration {
        let start = Instant::now();
        let weights = self.diagram.space().uniform();
        let mut weighing = Weighing::new(&self.diagram, &weights);
        let sum: f64 = self.labels.iter().map(|&label| weighing.of(label)).sum();
        std::hint::black_box(sum);
        start.elapsed()
    }
}

fn in_order(links: usize) -> Vec<u32> {
    (0..links as u32).collect()
}

fn mixed(links: usize, random: &mut Random) -> Vec<u32> {
    let mut order = in_order(links);
    for place in (1..links).rev() {
        order.swap(place, random.below(place + 1));
    }
    order
}

/// xorshift64*: the same numbers at every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}
