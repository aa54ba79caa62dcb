//! Any text is met by complaints or by an answer, within the limits: read, checked, compiled, run, its questions and tests tried.
#![no_main]

#[path = "../../tests/fuzz/run.rs"]
mod run;

libfuzzer_sys::fuzz_target!(|text: &str| run::try_it(text));
