//! How fast plain facts are parsed, in MB/s of text, the best of several runs.
//!
//! `cargo bench --bench parse`

use hence::syntax::parse;
use hence::syntax::tree::{Document, Statement, StatementKind};
use hence::text::SourceId;
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let lines = |line: &dyn Fn(&mut String, usize)| {
        let mut text = String::new();
        (0..500_000).for_each(|i| line(&mut text, i));
        text
    };
    report(
        "\"n1\" edge \"n2\".",
        &lines(&|text, i| _ = writeln!(text, "\"n{i}\" edge \"n{}\".", i * 7919 % 500_000)),
    );
    report(
        "CSTO covers Armenia.",
        &lines(&|text, _| text.push_str("CSTO covers Armenia.\n")),
    );
    report(
        "?x leads ?y and ?y covers ?z implies ?x can lean on ?z.",
        &lines(&|text, _| {
            text.push_str("?x leads ?y and ?y covers ?z implies ?x can lean on ?z.\n")
        }),
    );
}

fn statements(document: &Document) -> usize {
    let count = |statement: &Statement| match &statement.kind {
        StatementKind::Facts(facts) => facts.facts.len(),
        _ => 1,
    };
    document.statements.iter().map(count).sum()
}

fn report(name: &str, text: &str) {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            let (document, complaints) = black_box(parse(SourceId(0), black_box(text)));
            let elapsed = start.elapsed();
            assert!(complaints.is_empty() && statements(&document) == 500_000);
            elapsed
        })
        .min()
        .unwrap_or_default();
    let seconds = best.as_secs_f64();
    println!(
        "{:7.1} MB/s {:6.0} ns each  {name}",
        text.len() as f64 / seconds / 1e6,
        seconds * 1e9 / 5e5
    );
}
