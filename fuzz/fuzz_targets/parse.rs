//! Any text parses to a document and complaints, all of them within the text.
#![no_main]

use hence::complaint::draw;
use hence::syntax;
use hence::text::{Source, SourceId, Sources};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (document, complaints) = syntax::parse(SourceId(0), text);
    for statement in &document.statements {
        assert!(text.get(statement.span.start as usize..statement.span.end as usize).is_some());
    }
    let mut sources = Sources::default();
    sources.add(Source::new("fuzz.hence", text));
    for complaint in complaints.iter().take(20) {
        draw::draw(complaint, &sources);
    }
});
