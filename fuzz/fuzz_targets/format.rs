//! What parses without complaint prints to a text that parses, and prints the same again.
#![no_main]

#[path = "../../tests/fuzz/layout.rs"]
mod layout;

libfuzzer_sys::fuzz_target!(|text: &str| layout::try_it(text));
