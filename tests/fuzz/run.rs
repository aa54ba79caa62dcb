//! Any text is met by complaints or by an answer, within the limits: read, checked, compiled, run, its questions and tests tried.

use hence::check::{self, Options};
use hence::core::{Settings, compile};
use hence::engine::{self, Limits};
use hence::files::{Input, read_alone};
use hence::reading::{Reader, RunOptions};
use std::time::{Duration, Instant};

pub fn try_it(text: &str) {
    let mut case = read_alone(&[Input::Text {
        name: "fuzz.hence".into(),
        text: text.into(),
    }]);
    let (Some(program), _) = check::check(&mut case, &Options::default()) else {
        return;
    };
    let Ok(core) = compile(&program, Settings::default()) else {
        return;
    };
    let limits = Limits {
        deadline: Instant::now().checked_add(Duration::from_secs(2)),
        facts: Some(20_000),
        memory: Some(256 << 20),
        nodes: Some(100_000),
        ..Limits::default()
    };
    let Ok(model) = engine::run(&core, program.terms.clone(), &limits) else {
        return;
    };
    let mut reader = Reader::new(&program, &core, model);
    let every = RunOptions {
        all_statuses: true,
        all_worlds: true,
        ..RunOptions::default()
    };
    let _ = reader.conclusions(&every);
    for question in &program.questions {
        let _ = reader.answer(question);
    }
    for expectation in program.tests.iter().flat_map(|test| &test.expectations) {
        let _ = reader.expect(expectation);
    }
}
