//! Any text parses to a document and complaints, all of them within the text.
#![no_main]

#[path = "../../tests/fuzz/parse.rs"]
mod parse;

libfuzzer_sys::fuzz_target!(|text: &str| parse::try_it(text));
