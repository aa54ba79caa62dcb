//! What parses without complaint prints to a text that parses, and prints the same again.

use hence::format::format;
use hence::syntax;
use hence::text::SourceId;

pub fn try_it(text: &str) {
    let (document, complaints) = syntax::parse(SourceId(0), text);
    if !complaints.is_empty() {
        return;
    }
    let once = format(&document, text);
    let (again, complaints) = syntax::parse(SourceId(0), &once);
    assert!(complaints.is_empty(), "{complaints:?}\n{once}");
    assert_eq!(once, format(&again, &once));
}
