//! What is read, as short lines.

use super::{parse, parse_question, show, split_scenarios};
use crate::text::SourceId;

fn read(text: &str) -> Vec<String> {
    let (document, complaints) = parse(SourceId(0), text);
    assert!(
        complaints.iter().all(|complaint| !complaint.is_error()),
        "{text}: {complaints:?}"
    );
    document.statements.iter().map(show::statement).collect()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(read(text), [*expected], "{text}");
    }
}

#[test]
fn terms() {
    check(&[
        (
            "European Union likes \"Bank of Georgia\" S-300.",
            "[European Union] likes [Bank of Georgia] [S-300]",
        ),
        ("\"A\" \"B\" C D.", "[A] [B] [C D]"),
        (
            "Russia's lease on the \"102nd base\" ends.",
            "[Russia] 's lease on [102nd base] ends",
        ),
        (
            "the United States' base moves.",
            "[United States] 's base moves",
        ),
        ("Россия любит Армения-2.", "[Россия] любит [Армения-2]"),
        ("阿塞拜疆 sells \"阿塞拜疆\".", "阿塞拜疆 sells [阿塞拜疆]"),
        (
            "102nd base is in Gyumri and 5 is a number.",
            "102nd base is in [Gyumri] & [#5] is a number",
        ),
        (
            "X costs 5,000 and Y costs -5.",
            "[X] costs [#5000] & [Y] costs [#-5]",
        ),
        ("X is 30% and Y is 1e-3.", "[X] is [#0.3] & [Y] is [#0.001]"),
        ("X costs 200 million USD.", "[X] costs [#200000000 USD]"),
        ("X costs $5 million.", "[X] costs [#5000000 USD]"),
        (
            "X costs 350 USD per 1000 m³.",
            "[X] costs [#350 USD per 1000 m³]",
        ),
        (
            "X carries 16.5 bcm/year to Y.",
            "[X] carries [#16.5 bcm/year] to [Y]",
        ),
        (
            "X has 150 vehicles per day.",
            "[X] has [#150] vehicles per day",
        ),
        ("X buys 18 MiG-29.", "[X] buys [#18] [MiG-29]"),
        (
            "X begins on 2010-08-16 and Y on 2010.",
            "[X] begins on [@2010-08-16] & [Y] on [#2010]",
        ),
        ("X has 5, 6 and 7.", "[X] has [#5; #6; #7]"),
    ]);
}

#[test]
fn sentences_and_lists() {
    check(&[
        ("it rains.", "it rains"),
        ("Bob is not free.", "¬[Bob] is free"),
        (
            "CSTO covers Russia, Armenia and Belarus.",
            "[CSTO] covers [Russia; Armenia; Belarus]",
        ),
        (
            "CSTO covers Russia, Armenia, and the Belarus.",
            "[CSTO] covers [Russia; Armenia; Belarus]",
        ),
        (
            "each of A and B is free and C is on.",
            "[EachOf A; B] is free & [C] is on",
        ),
        ("A covers each of B and C.", "[A] covers [EachOf B; C]"),
        (
            "A covers B, C and it rains.",
            "[A] covers [B; C] & it rains",
        ),
        ("A is the only ally of B.", "[A] is the only ally of [B]"),
        ("each side of A is on.", "each side of [A] is on"),
        (
            "A casts a vote as of right.",
            "[A] casts a vote as of right",
        ),
        (
            "the Hague tries the test in time.",
            "[Hague] tries the test in time",
        ),
    ]);
}

#[test]
fn notes() {
    check(&[
        (
            "A is on [source memo p. 12 (a), from 1995].",
            "[A] is on [source memo p. 12 (a)] [from 1995]",
        ),
        (
            "A is on [reported by Ann, denied by \"local press\", reported by vet].",
            "[A] is on [reported by Ann] [denied by local press] [reported by vet]",
        ),
        (
            "A is on [happened on 2010-06-01, until 2011].",
            "[A] is on [happened 2010-06-01] [until 2011]",
        ),
        (
            "A is on [roughly even chance].",
            "[A] is on [RoughlyEvenChance]",
        ),
        ("A is on [10%].", "[A] is on [0.1]"),
        (
            "?x is on implies ?x is up [from then on, source memo].",
            "[?x] is on Implies [?x] is up [FromThenOn] [source memo ]",
        ),
    ]);
}

#[test]
fn conditions() {
    check(&[
        (
            "A is on or B is on and C is on implies D is on.",
            "{[A] is on | {[B] is on & [C] is on}} Implies [D] is on",
        ),
        (
            "A is on unless B is on and C is on unless D is on suggests E is on.",
            "{[A] is on \\ {[B] is on & [C] is on} \\ [D] is on} Suggests [E] is on",
        ),
        (
            "A is on and unless B is on implies C is on.",
            "{[A] is on \\ [B] is on} Implies [C] is on",
        ),
        (
            "unless B is on implies A is on.",
            "{ \\ [B] is on} Implies [A] is on",
        ),
        ("suggests A is on.", " Suggests [A] is on"),
        (
            "(A is on or B is on) and C is on casts doubt on D is on.",
            "{({[A] is on | [B] is on}) & [C] is on} CastsDoubtOn [D] is on",
        ),
        (
            "rule r: ?x has ?n and ?n + 2 * ?m ^ 2 >= -5 - ?k implies ?x is on.",
            "r: {[?x] has [?n] & {{?n Add {#2 Multiply {?m ^ 2}}} GreaterOrEqual {#-5 Subtract ?k}}} Implies [?x] is on",
        ),
        (
            "(?x + 1) * 2 % 3 = -?y and ?x -5 != 1 implies ?x is on.",
            "{{{{({?x Add #1}) Multiply #2} Remainder #3} Equal {-?y}} & {{?x Subtract #5} NotEqual #1}} Implies [?x] is on",
        ),
        (
            "?n is the number of ?c where ?c mines ?m and ?c is big and ?n = 1 implies ?m is scarce.",
            "{{?n = Number ?c where {[?c] mines [?m] & [?c] is big}} & {?n Equal #1}} Implies [?m] is scarce",
        ),
        (
            "?n is the sum of ?a * 2 where ?c has ?a and ?k is the least of ?b where ?c has ?b implies ?n is ?k.",
            "{{?n = Sum {?a Multiply #2} where [?c] has [?a]} & {?k = Least ?b where [?c] has [?b]}} Implies [?n] is [?k]",
        ),
        (
            "impossible ?x is here and not ?x is there.",
            "impossible {[?x] is here & ¬[?x] is there}",
        ),
    ]);
}

#[test]
fn questions() {
    check(&[
        (
            "who can lean on Armenia?",
            "Plain [who?] can lean on [Armenia]?",
        ),
        ("why not Bob is free?", "WhyNot [Bob] is free?"),
        ("why Bob is not free?", "Why ¬[Bob] is free?"),
        (
            "how likely is it that A is on given B is on or C is on?",
            "HowLikely [A] is on <given {[B] is on | [C] is on}>?",
        ),
        (
            "what would it take for A is on?",
            "WhatWouldItTake [A] is on?",
        ),
        (
            "what if A is on and not B is on: C is on?",
            "WhatIf [A] is on & ¬[B] is on: [C] is on?",
        ),
        (
            "what if A is on: why not B is on as of 2010?",
            "WhyNot [B] is on <if [A] is on> <as of 2010>?",
        ),
        (
            "A is on as of 2010-12 if B is on?",
            "Plain [A] is on <as of 2010-12> <if [B] is on>?",
        ),
        (
            "(A is on or B is on) in war?",
            "Plain ({[A] is on | [B] is on}) <in war>?",
        ),
        (
            "Russia supplies ? through what?",
            "Plain [Russia] supplies [?] through [what?]?",
        ),
        (
            "A costs 5 and ?x = 30%?",
            "Plain {[A] costs [#5] & {?x Equal #0.3}}?",
        ),
    ]);
}

#[test]
fn other_statements() {
    check(&[
        ("use \"rules/leverage.hence\".", "use rules/leverage.hence"),
        (
            "load \"data/x.csv\" as ?a exports ?v to ?b.",
            "load data/x.csv as [?a] exports [?v] to [?b]",
        ),
        ("source memo \"A \\\"memo\\\"\".", "source memo: A \"memo\""),
        ("as of 2010.", "as of 2010"),
        (
            "relation ?b:Alliance covers ?s:State, symmetric, one ?b.",
            "relation [?b:Alliance] covers [?s:State], Symmetric, One(\"b\")",
        ),
        (
            "calm overrides anger, Ann, \"local press\".",
            "calm overrides anger, Ann, local press",
        ),
        (
            "driver d \"t\":\n  war: A is at war and B is on [now, 10%].\n  peace: nothing [likely].",
            "driver d: war: [A] is at war & [B] is on [Now] [0.1]. peace:  [Likely].",
        ),
        (
            "scenario s extends t \"x\": suppose A is on [from 2010]. drop B, C and D is on.",
            "scenario s < t: suppose [A] is on [from 2010]. drop [B; C; D] is on.",
        ),
        (
            "test \"t\": expect no A is on. expect only A is on if B is on [certain].",
            "test t: expect no [A] is on. expect [Only A] is on <if [B] is on> [Certain].",
        ),
    ]);
}

#[test]
fn a_scenario_is_taken_out_of_the_sentence_where_it_is_one() {
    for (text, expected) in [
        (
            "who can lean on Armenia in buyout",
            "Plain [who?] can lean on [Armenia] <in buyout>?",
        ),
        ("who is in buyout", "Plain [who?] is <in buyout>?"),
        (
            "A is on and B is on in buyout as of 2010?",
            "Plain {[A] is on & [B] is on} <in buyout> <as of 2010>?",
        ),
        (
            "A is on if B is on in buyout?",
            "Plain [A] is on <if [B] is on> <in buyout>?",
        ),
        ("A is in debt?", "Plain [A] is in debt?"),
    ] {
        let (question, complaints) = parse_question(SourceId(0), text);
        assert_eq!(complaints, []);
        let mut question = question.expect("no complaints");
        split_scenarios(&mut question.body, &mut question.suffixes, |_, _, label| {
            label.text == "buyout"
        });
        assert_eq!(show::question(&question), expected, "{text}");
    }
}

#[test]
fn hostile_inputs_are_plain_work() {
    let deep = format!("{} implies B is on.", "(".repeat(100_000));
    let minus = format!("?x is {}5 > 3 implies B is on.", "- ".repeat(100_000));
    let sum = format!("?x = 1{} implies B is on.", " + 1".repeat(100_000));
    let nested = format!(
        "{}?c is on implies A is on.",
        "?n is the number of ?c where ".repeat(100_000)
    );
    let notes = format!("A is on [{}now].", "source a, ".repeat(100_000));
    let stops = "A is on\n".repeat(100_000);
    let blanks = "  A , on\n\n".repeat(100_000);
    let quotes = "\"".repeat(100_000);
    let junk = "\0\u{1}\u{200b}é\u{301}".repeat(50_000);
    let marks = "? ".repeat(200_000);
    for text in [
        deep, minus, sum, nested, notes, stops, blanks, quotes, junk, marks,
    ] {
        let (_, complaints) = parse(SourceId(0), &text);
        assert!(!complaints.is_empty());
    }
    let word = format!("A {} B.", "w".repeat(2_000_000));
    let rule = format!("{} implies A is on.", vec!["?x is on"; 3_000].join(" and "));
    for text in [word, rule] {
        assert_eq!(parse(SourceId(0), &text).1, []);
    }
}
