//! All worlds at once beside one world: `cargo bench --bench worlds`.
//!
//! A random rule base (2,000 facts, 200 rules with joins and recursion, 60 relations) in which a share of the facts hangs on one of
//! K drivers with two outcomes each. Prints the time of one fixpoint over all 2^K worlds, of a run of a single world (the driven facts
//! stated or left out), of the same program with no driver at all, and their ratios; then the whole memo case.

use hence::check::{self, Options};
use hence::core::{self, Core, Settings};
use hence::engine::{self, Limits};
use hence::files::{self, Input, Policy};
use hence::program::Program;
use hence::reading::{Reader, RunOptions};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// K, share of driven facts in percent, constants.
const SHAPES: &[(&str, usize, u64, u64)] = &[
    ("8 drivers, a fifth of the facts", 8, 20, 150),
    ("12 drivers, a fifth of the facts", 12, 20, 150),
    ("16 drivers, a fifth of the facts", 16, 20, 150),
    ("20 drivers, a fifth of the facts", 20, 20, 150),
    ("12 drivers, half of the facts, dense", 12, 50, 60),
];

fn main() {
    println!(
        "{:<38} {:>10} {:>10} {:>10} {:>8} {:>9}",
        "shape", "all worlds", "one world", "no driver", "ratio", "nodes"
    );
    for &(name, drivers, share, constants) in SHAPES {
        let all = compile(&program(drivers, share, constants, Driven::ByDriver));
        let one = compile(&program(drivers, share, constants, Driven::Alternately));
        let none = compile(&program(drivers, share, constants, Driven::Stated));
        let (all_time, nodes) = best_of(&all);
        let (one_time, _) = best_of(&one);
        let (none_time, _) = best_of(&none);
        let ratio = all_time.as_secs_f64() / one_time.as_secs_f64();
        println!(
            "{name:<38} {all_time:>10.2?} {one_time:>10.2?} {none_time:>10.2?} {ratio:>8.2} {nodes:>9}"
        );
    }
    nets();
    memo();
}

/// Where it grows: nets in which every link is a driver of its own, and whether one corner reaches the other. A link declared beside its
/// neighbours keeps labels small; the same links declared in random order do not.
fn nets() {
    println!(
        "\n{:<38} {:>10} {:>9} {:>9}",
        "net, every link a driver", "all worlds", "nodes", "largest"
    );
    for (side, shuffled) in [
        (4, false),
        (5, false),
        (6, false),
        (7, false),
        (4, true),
        (5, true),
    ] {
        let (program, core) = compile(&net(side, shuffled));
        let start = Instant::now();
        let model = engine::run(&core, program.terms.clone(), &Limits::default());
        let time = start.elapsed();
        let order = if shuffled { "random" } else { "row by row" };
        let links = 2 * side * (side - 1);
        let name = format!("{side} by {side}, {links} links, {order}");
        match model {
            Ok(model) => {
                let labels = model.tables.iter().flat_map(|table| {
                    table
                        .rows()
                        .map(|row| model.diagram.nodes_of(table.label(row)))
                });
                let (largest, nodes) = (labels.max().unwrap_or(0), model.diagram.len());
                println!("{name:<38} {time:>10.2?} {nodes:>9} {largest:>9}");
            }
            Err(_) => println!("{name:<38} {time:>10.2?} the budget of nodes is spent"),
        }
    }
}

fn net(side: u64, shuffled: bool) -> String {
    let mut links = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let here = row * side + column;
            if column + 1 < side {
                links.push((here, here + 1));
            }
            if row + 1 < side {
                links.push((here, here + side));
            }
        }
    }
    if shuffled {
        let mut random = Random(7);
        for place in (1..links.len()).rev() {
            links.swap(place, random.below(place as u64 + 1) as usize);
        }
    }
    let mut text = String::from(
        "?x link ?y implies ?x reaches ?y.\n?x reaches ?y and ?y link ?z implies ?x reaches ?z.\n",
    );
    for (from, to) in links {
        writeln!(text, "N{from} link N{to} [50%].").expect("writing to a string");
    }
    text
}

/// The reference case from its files to its conclusions and answers.
fn memo() {
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        let (program, core) = read(vec![Input::Path("examples/azerbaijan-2010.hence".into())]);
        let model =
            engine::run(&core, program.terms.clone(), &Limits::default()).expect("the memo runs");
        let mut reader = Reader::new(&program, &core, model);
        reader
            .conclusions(&RunOptions::default())
            .expect("the memo has worlds");
        for question in &program.questions {
            reader.answer(question).expect("the memo answers");
        }
        best = best.min(start.elapsed());
    }
    println!("the memo, read, run, all questions answered: {best:.2?}");
}

fn best_of((program, core): &(Program, Core)) -> (Duration, usize) {
    let mut best = (Duration::MAX, 0);
    for _ in 0..5 {
        let start = Instant::now();
        let model = engine::run(core, program.terms.clone(), &Limits::default()).expect("no limit");
        best = best.min((start.elapsed(), model.diagram.len()));
    }
    best
}

fn compile(text: &str) -> (Program, Core) {
    read(vec![Input::Text {
        name: "worlds".into(),
        text: text.into(),
    }])
}

fn read(inputs: Vec<Input>) -> (Program, Core) {
    let mut case = files::read(&inputs, &Policy::default());
    let (program, complaints) = check::check(&mut case, &Options::default());
    let program = program.unwrap_or_else(|| panic!("{:?} {complaints:?}", case.complaints));
    let core = core::compile(&program, Settings::default()).expect("few alternatives");
    (program, core)
}

/// What becomes of a driven fact.
#[derive(Clone, Copy, PartialEq)]
enum Driven {
    ByDriver,
    /// Stated for every other driver: a world.
    Alternately,
    Stated,
}

fn program(drivers: usize, share: u64, constants: u64, driven: Driven) -> String {
    const RELATIONS: u64 = 60;
    let mut random = Random(7);
    let mut text = String::new();
    let mut outcomes = vec![Vec::new(); drivers];
    for _ in 0..2000 {
        let relation = random.below(RELATIONS / 3);
        let fact = format!(
            "N{} r{relation} N{}",
            random.below(constants),
            random.below(constants)
        );
        let driver = random.below(drivers as u64) as usize;
        let stated = random.below(100) >= share
            || driven == Driven::Stated
            || (driven == Driven::Alternately && driver.is_multiple_of(2));
        if stated {
            writeln!(text, "{fact}.").expect("writing to a string");
        } else if driven == Driven::ByDriver {
            outcomes[driver].push(fact);
        }
    }
    for (number, facts) in outcomes
        .iter()
        .enumerate()
        .filter(|(_, facts)| !facts.is_empty())
    {
        writeln!(
            text,
            "driver d{number}:\n  yes: {}.\n  no: nothing.",
            facts.join(" and ")
        )
        .expect("writing to a string");
    }
    for rule in 0..200 {
        let head = RELATIONS / 3 + random.below(RELATIONS * 2 / 3);
        // Mostly from earlier relations, now and then from a later one: recursion.
        let reach = if rule % 10 == 0 { RELATIONS } else { head };
        let (a, b) = (random.below(reach), random.below(RELATIONS / 3));
        let body = match random.below(4) {
            0 => format!("?x r{a} ?y"),
            1 => format!("?x r{a} ?y and ?x r{b} ?"),
            2 => format!("?x r{a} ?y and ? r{b} ?y"),
            _ => format!("?x r{b} ?z and ?z r{a} ?y and ?y r{b} ?"),
        };
        writeln!(text, "{body} implies ?x r{head} ?y.").expect("writing to a string");
    }
    text
}

/// A small generator with a fixed seed (SplitMix64), so that every run measures the same program.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}
