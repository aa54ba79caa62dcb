//! The layout case by case; and on every text: nothing is lost, and formatting again changes nothing.

use super::format;
use crate::syntax::{parse, show};
use crate::text::SourceId;
use proptest::prelude::*;

fn formatted(text: &str) -> String {
    let (document, complaints) = parse(SourceId(0), text);
    let errors: Vec<_> = complaints
        .iter()
        .filter(|complaint| complaint.is_error())
        .collect();
    assert!(errors.is_empty(), "{text}\n{errors:?}");
    format(&document, text)
}

fn meaning(text: &str) -> (Vec<String>, Vec<String>) {
    let (document, _) = parse(SourceId(0), text);
    let comments = document.comments.iter().map(|comment| {
        text[comment.span.start as usize..comment.span.end as usize]
            .trim_end()
            .to_owned()
    });
    (
        document.statements.iter().map(show::statement).collect(),
        comments.collect(),
    )
}

/// Formats and checks that nothing is lost.
fn check(text: &str) -> String {
    let once = formatted(text);
    assert_eq!(meaning(text), meaning(&once), "{text}\n---\n{once}");
    assert_eq!(formatted(&once), once, "{text}");
    assert!(once.lines().all(|line| line.trim_end() == line), "{once:?}");
    once
}

#[test]
fn one_statement_a_line_and_one_space_between_words() {
    for (text, expected) in [
        ("A  is\n  on  .   B is on.", "A is\n"),
        (
            "CSTO covers Russia, Armenia, and Belarus.",
            "CSTO covers Russia, Armenia and Belarus.\n",
        ),
        (
            "CSTO covers Russia, Armenia, Belarus.",
            "CSTO covers Russia, Armenia and Belarus.\n",
        ),
        (
            "CSTO covers Russia, Armenia.",
            "CSTO covers Russia, Armenia.\n",
        ),
        ("each of A, B is on.", "each of A and B is on.\n"),
        (
            "CSTO covers A,B and it rains.",
            "CSTO covers A, B and it rains.\n",
        ),
        (
            "\"Armenia\" likes \"gas\" \"A\" \"B\" and \"The Hague\" likes “Bank of X”.",
            "Armenia likes \"gas\" \"A\" \"B\" and \"The Hague\" likes \"Bank of X\".\n",
        ),
        (
            "The \"Hague\" owes 5 \"USD\".",
            "the Hague owes 5 \"USD\".\n",
        ),
        (
            "\"A\"'s lease is on[source memo   ¶ 8 ,from 1995 , reported by \"Ann\"].",
            "A's lease is on [source memo ¶ 8, from 1995, reported by Ann].\n",
        ),
        (
            "?x -5>-5 and - ?x ≤ $5 million and ( ?x+1 )*2 != - 5 implies ?x is 30%.",
            "?x - 5 > -5 and -?x <= $5 million and (?x + 1) * 2 != - 5 implies ?x is 30%.\n",
        ),
        (
            "relation ?a:Bloc covers ?b,symmetric , one ?a.",
            "relation ?a:Bloc covers ?b, symmetric, one ?a.\n",
        ),
        (
            "scenario s: suppose A is on. drop B is on.",
            "scenario s:\n  suppose A is on.\n  drop B is on.\n",
        ),
        (
            "driver d \"t\": yes: A is on [now]. no : nothing.",
            "driver d \"t\":\n  yes: A is on [now].\n  no: nothing.\n",
        ),
        ("Who leads CSTO ?x is on?", "who leads CSTO ?x is on?\n"),
        ("", ""),
        (
            "\u{feff}A is on.\r\n\r\n\r\nB is on.\r\n",
            "A is on.\n\nB is on.\n",
        ),
    ] {
        let once = check(text);
        assert!(
            once.starts_with(expected.trim_end_matches("A is\n")),
            "{once}"
        );
    }
}

#[test]
fn what_does_not_fit_a_line_is_broken_at_its_joints() {
    let text = "rule pipe \"who owns the pipe has the customer\": ?owner owns ?pipe and ? supplies ?state through ?pipe and ?owner is a party to ?conflict and ?state is a party to ?conflict unless ?state has an alternative to ?pipe unless ?state is rich implies ?owner can lean on ?state [source memo ¶8].";
    let expected = "\
rule pipe \"who owns the pipe has the customer\":
  ?owner owns ?pipe and ? supplies ?state through ?pipe and ?owner is a party to ?conflict
  and ?state is a party to ?conflict
  unless ?state has an alternative to ?pipe
  unless ?state is rich
  implies ?owner can lean on ?state [source memo ¶8].
";
    assert_eq!(check(text), expected);
    let text = "test \"t\": expect not European Union stays dependent on Russia if Azerbaijan sells most of its gas to European Union and Nabucco is built.";
    let expected = "\
test \"t\":
  expect not European Union stays dependent on Russia
    if Azerbaijan sells most of its gas to European Union and Nabucco is built.
";
    assert_eq!(check(text), expected);
    let text = format!("A is {}on.", "very ".repeat(40));
    assert!(check(&text).lines().all(|line| line.len() <= 100));
}

#[test]
fn comments_and_groups_stay_where_they_are() {
    let text = "\
# The case


# Facts
A is on.   # surely
B is on. C is on.# no comment
"
    .replace("# no comment", " # last");
    let expected = "\
# The case

# Facts
A is on.  # surely
B is on.
C is on.  # last
";
    assert_eq!(check(&text), expected);
    let text = "\
test \"t\": # why
  # first
  expect A is on. # one

    # second
  expect B is on
     # inside
     and C is on.
  # expect D is on.

# after
D is on.
# end";
    let expected = "\
test \"t\":  # why
  # first
  expect A is on.  # one

  # second
  expect B is on
    # inside
    and C is on.
  # expect D is on.

# after
D is on.
# end
";
    assert_eq!(check(text), expected);
    let text = "?x is on # why\n  and ?y is on\n  # so\n  implies # hm\n  ?x is ?y.";
    let expected = "?x is on  # why\n  and ?y is on\n  # so\n  implies  # hm\n    ?x is ?y.\n";
    assert_eq!(check(text), expected);
}

#[test]
fn every_example_keeps_its_meaning() {
    let page = include_str!("../../docs/language.md");
    let examples = page
        .split("```hence\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    for example in examples.chain([include_str!("../../examples/azerbaijan-2010.hence")]) {
        check(example);
    }
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Armenia",
            "European Union",
            "\"gas\"",
            "\"Armenia\"",
            "\"The Hague\"",
            "\"USD\"",
            "the \"Bloc\"",
            "S-300",
            "Россия",
            "5",
            "-5",
            "5,000",
            "$5 million",
            "350 USD per 1000 m³",
            "30%",
            "2010-08",
            "\"a \\\"b\\\" \\\\\"",
        ])
        .prop_map(str::to_owned),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "covers",
        "is on",
        "leads",
        "of",
        "expect",
        "suppose",
        "in war",
        "the",
        "not likes",
    ]);
    (term(), word, prop::option::of(term()), "[ \n]{1,2}").prop_map(|(first, word, second, gap)| {
        let gap = gap.replace('\n', "\n  ");
        let gap = if word.starts_with("ex") || word.starts_with("su") {
            " ".to_owned()
        } else {
            gap
        };
        format!("{first}{gap}{word} a {}", second.unwrap_or_default())
    })
}

fn body() -> impl Strategy<Value = String> {
    let joint = prop::sample::select(vec![
        " and ",
        " or ",
        " unless ",
        "\n  and  ",
        " # remark\n  and ",
        " and unless ",
    ]);
    (sentence(), prop::collection::vec((joint, sentence()), 0..5)).prop_map(|(first, rest)| {
        rest.into_iter()
            .fold(first, |body, (joint, next)| format!("{body}{joint}{next}"))
    })
}

fn statement() -> impl Strategy<Value = String> {
    let facts = prop::collection::vec(sentence(), 1..4)
        .prop_map(|all| format!("{} [likely].", all.join(" and ")));
    let rules = (body(), sentence()).prop_map(|(body, head)| {
        format!("rule r \"a gloss\": {body} suggests {head} [from 2010, source memo p. 5].")
    });
    let tests = prop::collection::vec(body(), 1..4).prop_map(|all| {
        let items: Vec<String> = all
            .iter()
            .map(|body| format!(" expect no {body} in war as of 2010."))
            .collect();
        format!("test \"t\": {}", items.join(" # note\n"))
    });
    let drivers = (sentence(), sentence())
        .prop_map(|(one, other)| format!("driver d: yes: {one}. no: {other} [10%]."));
    prop_oneof![
        facts,
        rules,
        tests,
        drivers,
        body().prop_map(|body| format!("why ({body}) if A is on?"))
    ]
}

proptest! {
    #[test]
    fn formatting_keeps_the_meaning(statements in prop::collection::vec((statement(), "\n{0,3}(# note\n)?"), 1..6)) {
        let text: String = statements.iter().map(|(statement, gap)| format!("{statement} {gap}")).collect();
        check(&text);
    }

    #[test]
    fn whatever_is_read_is_formatted(text in "([AB?x-z159 .,\"'#:()=+*/%-]|\\[|\\]| and | rule r: | unless | implies | is | only |each of |the | million |per|USD|source m | likely|\n|\u{2019}|é|[a-c]){0,40}\\.") {
        let (document, complaints) = parse(SourceId(0), &text);
        if complaints.iter().all(|complaint| !complaint.is_error()) && !document.statements.is_empty() {
            check(&text);
        }
    }
}
