//! Any text parses to a document and complaints, all of them within the text.

use hence::complaint::draw;
use hence::syntax;
use hence::text::{Source, SourceId, Sources};

/// Complaints that are drawn of one text.
const DRAWN: usize = 20;

pub fn try_it(text: &str) {
    let (document, complaints) = syntax::parse(SourceId(0), text);
    for statement in &document.statements {
        let span = statement.span.start as usize..statement.span.end as usize;
        assert!(text.get(span).is_some(), "a span outside of the text");
    }
    let mut sources = Sources::default();
    sources.add(Source::new("fuzz.hence", text));
    for complaint in complaints.iter().take(DRAWN) {
        draw::draw(complaint, &sources);
    }
}
