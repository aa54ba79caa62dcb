//! Whatever is written, right or wrong, is complained of or not, and nothing panics.

use super::{Options, check};
use crate::files::Case;
use crate::syntax;
use crate::text::Source;
use proptest::prelude::*;

const PIECES: [&str; 56] = [
    "A",
    "B",
    "\"gas\"",
    "?x",
    "?y",
    "?",
    "who",
    "is old",
    "leads",
    "covers",
    "'s",
    "3",
    "5 km",
    "2 USD",
    "2010-08",
    "and",
    "or",
    "unless",
    "not",
    "implies",
    "suggests",
    "casts doubt on",
    "overrides",
    "(",
    ")",
    "=",
    "<",
    "+",
    "*",
    "^2",
    "?n is the number of ?x where",
    "?d is the least of ?x where",
    "each of",
    "only",
    ",",
    "[reported by A]",
    "[30%]",
    "[likely]",
    "[in 2010]",
    "[from 2010, until 2009]",
    "in a",
    "as of 2010",
    "if",
    "given",
    ".",
    "?\n",
    ".\n",
    "rule a:",
    "scenario a:",
    "scenario b extends a:",
    "suppose",
    "drop",
    "driver d:",
    "test \"t\": expect",
    "relation",
    "impossible",
];

proptest! {
    #[test]
    fn nothing_panics(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let text = pieces.join(" ");
        let mut case = Case::default();
        let id = case.sources.add(Source::new("case", text.as_str()));
        let (document, complaints) = syntax::parse(id, &text);
        case.documents.push(document);
        case.complaints = complaints;
        let (program, complaints) = check(&mut case, &Options::default());
        let wrong = case.complaints.iter().chain(&complaints).any(crate::complaint::Complaint::is_error);
        prop_assert_eq!(program.is_none(), wrong);
    }
}
