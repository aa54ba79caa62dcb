//! What parses without complaint prints to a text that parses to the same tree, and prints the same again.
#![no_main]

use hence::syntax;
use hence::text::SourceId;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (document, complaints) = syntax::parse(SourceId(0), text);
    if !complaints.is_empty() {
        return;
    }
    let once = hence::format::format(&document, text);
    let (again, complaints) = syntax::parse(SourceId(0), &once);
    assert!(complaints.is_empty(), "{complaints:?}\n{once}");
    assert_eq!(once, hence::format::format(&again, &once));
});
