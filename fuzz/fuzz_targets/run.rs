//! Any text is met by complaints or by an answer, within the limits: read, checked, compiled, run, all its questions and tests tried.
#![no_main]

use hence::core::{Settings, compile};
use hence::engine::{Limits, run};
use hence::files::{Input, Policy, read};
use hence::reading::{Reader, RunOptions};
use libfuzzer_sys::fuzz_target;
use std::time::{Duration, Instant};

fuzz_target!(|text: &str| {
    let mut case = read(&[Input::Text { name: "fuzz.hence".into(), text: text.into() }], &Policy::default());
    let (Some(program), _) = hence::check::check(&mut case, &hence::check::Options::default()) else { return };
    let Ok(core) = compile(&program, Settings::default()) else { return };
    let limits = Limits {
        deadline: Instant::now().checked_add(Duration::from_secs(2)),
        facts: Some(20_000),
        memory: Some(256 << 20),
        nodes: Some(100_000),
        cancel: None,
    };
    let Ok(model) = run(&core, program.terms.clone(), &limits) else { return };
    let mut reader = Reader::new(&program, &core, model);
    let _ = reader.conclusions(&RunOptions { all_statuses: true, all_worlds: true, ..RunOptions::default() });
    for question in &program.questions {
        let _ = reader.answer(question);
    }
    for expectation in program.tests.iter().flat_map(|test| &test.expectations) {
        let _ = reader.expect(expectation);
    }
});
