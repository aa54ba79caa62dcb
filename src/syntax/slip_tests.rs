//! Each usual slip gets its own complaint, and only that one.

use super::parse;
use crate::complaint::{Palette, draw_all, in_order};
use crate::text::{Source, SourceId, Sources};

fn codes(text: &str) -> Vec<&'static str> {
    let complaints = in_order(parse(SourceId(0), text).1);
    complaints.iter().map(|complaint| complaint.code).collect()
}

#[test]
fn one_cause_one_complaint() {
    for (code, text) in [
        ("capital-opening", "The United States leads NATO."),
        ("capital-opening", "Who leads NATO?"),
        ("capital-opening", "Each of Armenia and Georgia is free."),
        ("capital-opener", "Rule x: A is on implies B is on."),
        (
            "missing-full-stop",
            "CSTO covers Armenia\nRussia leads CSTO.",
        ),
        ("missing-full-stop", "CSTO covers Armenia"),
        (
            "missing-full-stop",
            "CSTO covers Armenia\nrule x: ?a leads ?b implies ?a is strong.",
        ),
        (
            "missing-full-stop",
            "CSTO covers Armenia\n?a leads ?b implies ?a is strong.",
        ),
        (
            "missing-full-stop",
            "rule x: ?a leads ?b implies ?a is strong\ndriver d: yes: A is on. no: nothing.",
        ),
        (
            "missing-full-stop",
            "test \"t\":\n  expect A is on\n  expect B is on.",
        ),
        (
            "missing-full-stop",
            "scenario s:\n  suppose A is on\n  drop B is on.",
        ),
        (
            "missing-full-stop",
            "driver d:\n  yes: A is on\n  no: nothing.",
        ),
        (
            "missing-full-stop",
            "test \"t\": expect A is on\ntest \"u\": expect A is on.",
        ),
        (
            "notes-out-of-place",
            "driver d:\n  yes [30%]: A is on.\n  no: nothing.\nA is on if B is on?",
        ),
        (
            "list-mark",
            "test \"t\":\n  - expect A is on.\n  expect B is on.",
        ),
        ("list-mark", "A is on.\n\u{2022} B is on."),
        ("list-mark", "driver d:\n  1. yes: A is on.\n  no: nothing."),
        ("notes-out-of-place", "A is on [from 2010] [likely]."),
        ("notes-out-of-place", "A is on. [20%] B is on."),
        (
            "misplaced-note",
            "rule a: ?x is on suggests ?x is off [likely].\na overrides b.\nrule b: ?x is off suggests ?x is on.",
        ),
        ("if-then", "rule a: if ?x is on then ?x is off."),
        ("missing-question-mark", "who leads NATO."),
        ("missing-question-mark", "why Armenia is free."),
        (
            "question-mark-after-statement",
            "test \"t\": expect A is on?",
        ),
        ("full-stop-inside", "U.S. leads NATO."),
        (
            "full-stop-inside",
            "Russia opposes U.S.\nCSTO covers Armenia.",
        ),
        ("full-stop-inside", "Treaty 2.14.1 binds Armenia."),
        ("full-stop-inside", "A is on e.g. today."),
        ("unclosed-quote", "\"Bank of Georgia is free.\nA is on."),
        (
            "unclosed-quote",
            "Armenia likes \"Bank of Georgia.\nA is on.",
        ),
        ("unknown-escape", "\"C:\\data\" is free."),
        ("stray-character", "Russia is on; Armenia is off."),
        ("stray-character", "Russia \u{200b}is on."),
        ("stray-character", "'Russia' is on."),
        ("not-a-number", "Pipe carries 2.5km of gas."),
        ("no-such-date", "Lease begins on 2010-13."),
        ("no-such-date", "as of 2010-8."),
        (
            "unknown-operator",
            "?x is on and ?x == 5 implies ?x is off.",
        ),
        ("empty-name", "\"\" is free."),
        ("number-word", "Russia has six bases."),
        ("number-after-name", "Article 5 binds NATO."),
        ("lone-term", "Armenia."),
        ("lone-name-after-and", "CSTO covers Russia and Armenia."),
        (
            "lone-name-after-and",
            "?x leads Russia and Armenia implies ?x is strong.",
        ),
        ("two-nots", "not Bob is not free."),
        (
            "list-then-more",
            "CSTO covers Russia, Armenia and Belarus leads CSTO.",
        ),
        ("comma-between-sentences", "A is on, B is off."),
        ("does-not", "Armenia does not depend on Russia."),
        ("reserved-word", "Armenia is given gas."),
        ("and-in-overrides", "calm overrides anger and fear."),
        ("touching-unit", "Pipe is 200km long."),
        (
            "kind-without-name",
            "relation ?bloc:alliance covers ?state.",
        ),
        (
            "not-before-comparison",
            "?x is on and not ?x = 5 implies ?x is off.",
        ),
        (
            "not-before-group",
            "not (A is on and B is on) implies C is on.",
        ),
        (
            "chained-comparison",
            "?x is on and 1 < ?x < 5 implies ?x is off.",
        ),
        (
            "word-in-comparison",
            "?x has ?n bases > 5 implies ?x is strong.",
        ),
        (
            "missing-where",
            "?n is the number of ?c and ?c mines ?m implies ?m has ?n mines.",
        ),
        (
            "empty-where",
            "?n is the number of ?c where ?n > 2 implies A is on.",
        ),
        ("condition-in-fact", "A is on or B is on."),
        ("condition-in-fact", "A is on unless B is on."),
        ("comparison-in-fact", "A has 5 > 3."),
        ("group-in-fact", "Russia (a federation) leads CSTO."),
        ("if-then", "if A is on then B is on."),
        ("if-then", "If A is on then B is on."),
        ("if-after", "B is on if A is on."),
        ("unknown-note", "A is on [probably]."),
        ("bare-date", "A is on [2010]."),
        ("as-of-note", "A is on [as of 2010]."),
        ("unclosed-bracket", "A is on [likely. B is on."),
        ("unclosed-bracket", "A is on [source memo ¶8.\nB is on."),
        ("notes-out-of-place", "A is on [likely] and B is on."),
        ("notes-out-of-place", "who is on [likely]?"),
        (
            "notes-out-of-place",
            "test \"t\": expect A is on [certain] in war.",
        ),
        ("item-alone", "expect A is on."),
        ("item-alone", "suppose A is on."),
        ("outcome-alone", "war: A is on."),
        ("reserved-label", "rule test: A is on implies B is on."),
        ("label-not-a-word", "rule Shield: A is on implies B is on."),
        (
            "label-not-a-word",
            "driver \"who rules\": yes: A is on. no: nothing.",
        ),
        ("as-of-in-fact", "Russia leads CSTO as of 2010."),
        ("two-lists", "A, B and C covers each of D and E."),
        ("variable-in-fact", "?x is a bird."),
        ("variable-in-fact", "driver d: yes: ?x is on. no: nothing."),
        ("variable-in-fact", "scenario s: suppose ?x is on."),
        ("variable-in-fact", "A is on if ?x is on?"),
        ("asked-outside-question", "who is on implies A is on."),
        ("list-out-of-place", "A, B and C is on implies D is on."),
        ("list-out-of-place", "each of A and B is on?"),
        ("only-outside-expectation", "only A is on."),
        ("misplaced-note", "A is on [now]."),
        ("misplaced-note", "test \"t\": expect A is on [from 2010]."),
        ("note-twice", "A is on [likely, 10%]."),
        ("note-twice", "A is on [from 2001, in 2003]."),
        ("unexpected", "source memo."),
        ("unexpected", "rule x A is on implies B is on."),
        ("unexpected", "scenario s: Azerbaijan owns North-South."),
    ] {
        assert_eq!(codes(text), [code], "{text}");
    }
}

#[test]
fn reading_goes_on_after_an_error() {
    for (text, errors, statements) in [
        ("A is on, B is off. C is on. D is on.", 1, 2),
        ("A is on, B\n\n  C is on. D is on.", 1, 2),
        ("A is on\nB is on\nC is on", 3, 3),
        (
            "driver d x:\n  yes: A is on.\n  no: nothing.\nB is on.",
            1,
            1,
        ),
        (
            "test \"t\":\n  expect A.\n  expect B is on.\nB is on.",
            1,
            2,
        ),
    ] {
        let (document, complaints) = parse(SourceId(0), text);
        assert_eq!(
            (complaints.len(), document.statements.len()),
            (errors, statements),
            "{text}\n{complaints:?}"
        );
    }
}

#[test]
fn what_looks_like_a_slip_and_is_none() {
    for text in [
        "?great leads ?bloc\nand ?bloc covers ?state\nimplies ?great can lean on ?state.",
        "CSTO covers Russia,\nArmenia and Belarus.",
        "CSTO covers Armenia\n  and Russia leads CSTO.",
        "each of Habit, Distance and Trade calms Ruritania.",
        "who leads CSTO? Russia leads CSTO?",
        "Bob's friend is Ann. the United States' base is old. \"gas\"'s price is 5.",
        "\u{feff}Armenia is free.\r\nGeorgia is free.\r\n",
        "it rains. Armenia is \"U.S.\". Pipe carries 16.5 bcm/year.",
        "Alice trusts Bob [source memo p. 12, reported by Ann].",
        "“Bank of Georgia” is Georgia’s bank.",
        "A road B 4. Azerbaijan has 18 MiG-29. Russia sells 24 tanks and 18 tanks.",
        "rule no-label: A is on implies B is on. rule: A is on implies B is on. rule \"a gloss\": A is on implies B is on.",
        "what if A is on and not B is on: C is on? how likely is it that A is on? what would it take for A is on?",
        "Georgia sells \"gas\", \"oil\" and \"coal\" \"Turkey\". A road B, C 4.",
        "what leads CSTO? why not A is on? why A is not on? A is on in war as of 2010 if B is on given C is on?",
    ] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn a_slip_is_mended_in_the_words_of_the_reader() {
    for (mended, text) in [
        ("`A is on implies B is on.`", "if A is on then B is on."),
        ("`A is on implies B is on.`", "B is on if A is on."),
        (
            "`CSTO covers each of Russia and European Union.`",
            "it rains and CSTO covers Russia and European Union.",
        ),
        (
            "`CSTO covers Russia. Armenia leads CSTO.`",
            "CSTO covers Russia, Armenia leads CSTO.",
        ),
        (
            "`CSTO covers Russia, Armenia. Belarus leads CSTO.`",
            "CSTO covers Russia, Armenia and Belarus leads CSTO.",
        ),
        ("`6`", "Russia has six bases."),
        ("`not … relies`", "Armenia does not rely on Russia."),
    ] {
        let complaints = parse(SourceId(0), text).1;
        let help = complaints
            .first()
            .map(|complaint| complaint.help.join(" "))
            .unwrap_or_default();
        assert!(
            help.contains(mended) || help.contains(mended.trim_matches('`')),
            "{text}: {help}"
        );
    }
}

#[test]
fn a_complaint_is_drawn_under_its_words() {
    let text = "CSTO covers Armenia\nRussia leads CSTO.\n";
    let mut sources = Sources::default();
    let id = sources.add(Source::new("case.hence", text));
    let drawn = draw_all(&parse(id, text).1, &sources, &Palette::PLAIN);
    assert_eq!(
        drawn,
        "\
error[missing-full-stop]: a full stop is missing
  --> case.hence:1:20
   |
 1 | CSTO covers Armenia
   |                    ^ expected `.`
 2 | Russia leads CSTO.
   | ------ a new statement seems to begin here
   = help: Every statement ends with a full stop. If this line goes on with the statement, indent it.
"
    );
}
