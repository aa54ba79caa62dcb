//! Inputs and the complaints that they draw, by code and place; and good input, which draws none.

use super::{Options, check};
use crate::complaint::Complaint;
use crate::files::Case;
use crate::program::Program;
use crate::syntax;
use crate::text::Source;

/// The case of one text, its parser's complaints included.
fn case(text: &str) -> Case {
    let mut case = Case::default();
    let id = case.sources.add(Source::new("case.hence", text));
    let (document, complaints) = syntax::parse(id, text);
    case.documents.push(document);
    case.complaints = complaints;
    case
}

/// What comes of a text, and every complaint as `code: the words that it points at`, the parser's first.
fn checked(text: &str, options: &Options) -> (Option<Program>, Vec<String>) {
    let mut case = case(text);
    let (program, complaints) = check(&mut case, options);
    let say = |complaint: &Complaint| {
        format!(
            "{}: {}",
            complaint.code,
            case.sources.slice(complaint.span())
        )
    };
    let said = case.complaints.iter().chain(&complaints).map(say).collect();
    (program, said)
}

#[track_caller]
fn draws(text: &str, expected: &[&str]) {
    let (_, said) = checked(text, &Options::default());
    assert_eq!(said, expected, "for\n{text}");
}

#[track_caller]
fn good(text: &str) -> Program {
    let (program, said) = checked(text, &Options::default());
    assert!(said.is_empty(), "{said:#?} for\n{text}");
    program.expect("what draws no complaint is a program")
}

#[test]
fn variables_of_conclusions_are_bound() {
    good("A is old. ?x is old implies ?x is wise.");
    draws(
        "A is old. ?x is old implies ?y is wise.",
        &["unbound-variable: ?y"],
    );
    draws("suggests ?y is wise.", &["unbound-variable: ?y"]);
    draws(
        "A is old. ?x is old implies ?x knows ?.",
        &["anything-in-conclusion: ?"],
    );
    draws(
        "A is old. A is ill. ?x is old unless ?y is ill and ?y is old implies ?y is wise.",
        &["unbound-variable: ?y"],
    );
    draws(
        "A is old. A knows B. ?x is old or ?x knows ?y implies ?y is wise.",
        &["unbound-variable: ?y"],
    );
    good("A is old. A is ill. ?x is old or ?x is ill implies ?x is wise.");
    good("A has 3. ?x has ?n and ?m = ?n + 1 implies ?x gets ?m.");
    good("A has 3. ?x has ?n and ?k = ?m * 2 and ?m = ?n + 1 implies ?x gets ?k.");
    draws(
        "A has 3. ?x has ?n and ?m = ?k implies ?x gets ?m.",
        &["unbound-variable: ?m"],
    );
    draws(
        "A has 3. ?x has ?n and ?m > 3 implies ?x is rich.",
        &["unbound-variable: ?m"],
    );
    draws(
        "A has 3. ?x has ?n and ? > 3 implies ?x is rich.",
        &["unbound-variable: ?"],
    );
    good("A has 3. not A is ill. not ?x is ill implies ?x is well.");
}

#[test]
fn exceptions_have_variables_of_their_own() {
    draws(
        "A is free. B rules A. ?x is free unless ?y rules ?x implies ?x is happy.",
        &["lone-variable: ?y"],
    );
    good("A is free. B rules A. ?x is free unless ? rules ?x implies ?x is happy.");
    let program = good(
        "A is free. B rules A. B is bad. ?x is free unless ?y rules ?x and ?y is bad \
         unless ?y is bad and ?x rules ?y implies ?x is happy.",
    );
    assert_eq!(program.rules[0].variables.0, ["?x", "?y", "?y"]);
    draws(
        "A is free. A knows B. (?x is free or ?x knows ?y) unless ?y is free implies ?x is well.",
        &["unbound-variable: ?y"],
    );
}

#[test]
fn aggregates_group_by_what_is_used_outside() {
    let program = good(
        "Congo mines Cobalt. ?n is the number of ?c where ?c mines ?m and ?n = 1 implies ?m is scarce.",
    );
    let Some(crate::program::Body::And(parts)) = &program.rules[0].body else {
        panic!("an and")
    };
    let crate::program::Body::Aggregate(aggregate) = &parts[0] else {
        panic!("an aggregate")
    };
    let groups: Vec<&str> = aggregate
        .groups
        .iter()
        .map(|group| program.rules[0].variables.0[group.0 as usize].as_str())
        .collect();
    assert_eq!(groups, ["?m"]);
    draws(
        "Congo mines Cobalt. ?n is the number of ?c where ?c mines ?m and ?n = 1 implies ?c is alone.",
        &["counted-outside: ?c"],
    );
    draws(
        "Congo is old. ?n is the number of ?c where ? is old and ?n > 1 implies it rains.",
        &["unbound-variable: ?c"],
    );
}

#[test]
fn nothing_is_counted_before_it_is_settled() {
    draws(
        "A is rich. ?n is the number of ?x where ?x is rich and ?n > 3 and ?y is rich implies ?y is rich.",
        &["counts-itself: ?x is rich"],
    );
    draws(
        "A is rich. ?n is the number of ?x where ?x is smug and ?n > 3 and ?y is rich implies ?y is proud. \
         ?x is proud implies ?x is smug.",
        &["counts-itself: ?x is smug"],
    );
    let program = good(
        "A joins B at 3. ?a joins ?b at ?d implies ?a reaches ?b at ?d. \
         ?d is the least of ?x + ?y where ?a reaches ?m at ?x and ?m joins ?b at ?y implies ?a reaches ?b at ?d.",
    );
    let Some(crate::program::Body::Aggregate(aggregate)) = &program.rules[1].body else {
        panic!("an aggregate")
    };
    assert!(aggregate.recursive);
}

#[test]
fn facts_name_what_they_are_about() {
    draws("?x is old.", &["variable-in-fact: ?x"]);
    draws("only A is old.", &["only-outside-expectation: only A"]);
    draws(
        "A is old. each of A and B is old implies it rains.",
        &["list-out-of-place: each of A and B"],
    );
    let program = good("CSTO covers Russia, Armenia and Belarus.");
    assert_eq!(program.facts.len(), 3);
    let program = good("Sam is armed [reported by Ann, denied by Bob].");
    assert_eq!(program.facts.len(), 2);
}

#[test]
fn notes_stand_where_they_mean_something() {
    draws("A is old [now].", &["misplaced-note: now"]);
    draws(
        "A is old. ?x is old implies ?x is wise [likely].",
        &["misplaced-note: likely"],
    );
    draws(
        "A is old [from 2003, until 2001].",
        &["empty-period: from 2003, until 2001"],
    );
    draws("A is old [source memo p. 3].", &["unknown-source: memo"]);
    draws("A is old [likely, 30%].", &["note-twice: 30%"]);
    draws(
        "A is old [likely, reported by Ann].",
        &["likelihood-of-report: likely"],
    );
    draws(
        "test \"t\": expect A is old [presumably]. A is old.",
        &["misplaced-note: presumably"],
    );
}

#[test]
fn a_likelihood_makes_a_driver() {
    let program = good("Iran tests [30%].");
    assert_eq!(program.drivers[0].label, "Iran tests");
    assert!(program.facts.is_empty());
    draws(
        "Iran tests [30%]. Iran tests [likely].",
        &["odds-twice: Iran tests"],
    );
    draws(
        "Iran tests [30%]. Iran tests.",
        &["outcome-is-fact: Iran tests"],
    );
    let program = good("Iran tests [30%, in 2010]. Iran tests [40%, in 2011].");
    assert_eq!(program.drivers[1].label, "Iran tests (2)");
}

#[test]
fn drivers_have_outcomes_that_add_up() {
    good("driver war: yes: War breaks out [30%]. no: nothing.");
    draws(
        "driver war: yes: War breaks out.",
        &["too-few-outcomes: war"],
    );
    draws(
        "driver war: yes: nothing [60%]. no: nothing [60%].",
        &["over-a-hundred: war"],
    );
    draws(
        "driver war: yes: nothing [20%]. no: nothing [60%].",
        &["under-a-hundred: war"],
    );
    draws(
        "driver war: yes: nothing. yes: nothing.",
        &["label-twice: yes"],
    );
    draws(
        "driver war: yes: nothing [now]. no: nothing [now].",
        &["two-nows: now"],
    );
    draws(
        "War breaks out. driver war: yes: War breaks out. no: nothing.",
        &["outcome-is-fact: yes: War breaks out."],
    );
}

#[test]
fn labels_are_known_and_alone() {
    draws("source a \"A\". source a \"B\".", &["label-twice: a"]);
    draws(
        "A is old. rule r: ?x is old implies ?x is wise. rule r: ?x is old implies ?x is ill.",
        &["label-twice: r"],
    );
    draws(
        "rule r: suggests A is old. r overrides q.",
        &["unknown-author: q"],
    );
    draws(
        "A is old [reported by Ann]. Ann overrides Bob.",
        &["unknown-author: Bob"],
    );
    draws(
        "A is old [reported by Ann, denied by Bob]. Ann overrides Bob. Bob overrides Ann.",
        &["circular-overrides: Bob"],
    );
    draws("as of 2010. as of 2011.", &["two-presents: 2011"]);
}

#[test]
fn scenarios_hang_together() {
    draws(
        "scenario a extends b: suppose A is old.",
        &["unknown-scenario: b"],
    );
    draws(
        "scenario a extends b: suppose A is old. scenario b extends a: suppose B is old.",
        &["circular-scenarios: scenario a extends b: suppose A is old."],
    );
    draws(
        "scenario a: suppose A is old. suppose not A is old.",
        &["supposed-both-ways: not A is old"],
    );
    draws("scenario a: suppose ?x is old.", &["variable-in-fact: ?x"]);
    good("A is old. scenario a: drop A is old.");
    draws(
        "A is old. scenario a: drop B is old.",
        &["drops-nothing: B is old"],
    );
    draws(
        "A is old. ?x is old implies ?x is wise. scenario a: drop A is wise.",
        &["drops-conclusion: A is wise"],
    );
    draws(
        "driver d: yes: A is old. no: nothing. scenario a: drop A is old.",
        &["drops-outcome: A is old"],
    );
}

#[test]
fn questions_have_frames() {
    let program = good(
        "A is old. scenario late: suppose B is old. B is old in late? B is old if C is old? \
         what if C is old: B is old? who is old in late if C is old?",
    );
    let scenarios: Vec<u32> = program
        .questions
        .iter()
        .map(|question| question.frame.scenario.0)
        .collect();
    assert_eq!(scenarios, [1, 2, 2, 3]);
    assert_eq!(program.scenarios.len(), 4);
    draws(
        "A is old. scenario late: suppose B is old. B is old in lat?",
        &["unknown-scenario: lat"],
    );
    good("Car is made in china. Car is made in china?");
    draws(
        "A is old. A is old as of 2010 as of 2011?",
        &["suffix-twice: as of 2011"],
    );
    draws(
        "A is old. ?x is old given ?x is old?",
        &["given-shares-variable: ?x"],
    );
    draws(
        "A leads B. who leads B or who leads A?",
        &["asked-on-one-side: who"],
    );
}

#[test]
fn the_command_line_frames_every_question() {
    let text =
        "driver war: yes: War is on. no: nothing. scenario late: suppose B is old. B is old?";
    let given = |driver: &str, outcome: &str| vec![(driver.to_owned(), outcome.to_owned())];
    let options = Options {
        scenario: Some("late".into()),
        given: given("war", "no"),
        ..Options::default()
    };
    let (program, said) = checked(text, &options);
    assert!(said.is_empty(), "{said:?}");
    let frame = &program.expect("a program").questions[0].frame;
    assert_eq!((frame.scenario.0, frame.outcomes.len()), (1, 1));
    let options = Options {
        scenario: Some("lat".into()),
        given: given("war", "maybe"),
        ..Options::default()
    };
    assert_eq!(
        checked(text, &options).1,
        ["unknown-scenario: lat", "unknown-outcome: maybe"]
    );
}

#[test]
fn expectations_spell_lists_out() {
    let program = good("each of A and B is old. test \"t\": expect only A and B is old.");
    let expectation = &program.tests[0].expectations[0];
    assert_eq!((expectation.bodies.len(), expectation.only), (2, Some(0)));
    draws(
        "A is old. test \"t\": expect no only A is old.",
        &["no-only: no only A"],
    );
    draws(
        "A is old. test \"t\": expect only A is old and A is old.",
        &["only-with-others: only A"],
    );
}

#[test]
fn suspicious_words_are_pointed_at() {
    draws(
        "A is old. ?x is odl implies ?x is wise.",
        &["never-stated: ?x is odl"],
    );
    draws(
        "A mines Gas. ?x mines gas implies ?x is rich.",
        &["never-stated: ?x mines gas"],
    );
    draws(
        "A covers B. A cover C. A covers C?",
        &["nearly-the-same: A cover C"],
    );
    draws(
        "A is old. ?x is old and not ?x is old implies ?x is wise.",
        &["never-opposed: not ?x is old"],
    );
    good("relation ?x has ?y, functional. A has B. not ?x has B and ?x has ? implies ?x is poor.");
    draws(
        "A is old. ?x is goood casts doubt on ?x is old.",
        &["never-stated: ?x is goood"],
    );
}

#[test]
fn declarations_say_what_they_can() {
    let program = good("relation ?a borders ?b, symmetric, transitive. A borders B.");
    assert_eq!(program.rules.len(), 2);
    draws(
        "relation ?a is old, symmetric.",
        &["needs-two-terms: symmetric"],
    );
    draws("relation ?a owns ?b, one ?c.", &["one-of-what: one ?c"]);
    draws("relation Russia owns ?b.", &["name-in-declaration: Russia"]);
    draws(
        "relation ?a:State leads ?b:Alliance. Russia leads CSTO. CSTO leads Nato.",
        &["two-kinds: CSTO leads Nato"],
    );
}

#[test]
fn what_is_idle_is_pointed_at() {
    draws(
        "Georgia owns Pipe. who owns Pipe if Russia own Pipe?",
        &["supposed-in-vain: Russia own Pipe"],
    );
    draws(
        "A is old. B is old. rule a: ?x is old suggests ?x is wise. rule b: ?x is old suggests ?x is slow. a overrides b.",
        &["never-in-conflict: b"],
    );
    good(
        "A is old. rule a: ?x is old casts doubt on ?x is wise. rule b: ?x is old suggests ?x is wise. a overrides b.",
    );
    good(
        "relation ?x has ?y, functional. A is old. rule a: ?x is old suggests ?x has One. \
         rule b: ?x is old suggests ?x has Two. a overrides b.",
    );
    draws(
        "A leads B. B covers C. ?state leads ?bloc and ?blok covers ?x implies ?x is led by ?state.",
        &["nearly-another-variable: ?blok"],
    );
    draws(
        "A is old. ?x is old unless ?y > 3 implies ?x is wise.",
        &["unbound-variable: ?y"],
    );
}

#[test]
fn unlike_things_are_seen_before_a_run() {
    let facts = "Gas costs 5 USD. Pipe is 3 km long. A is born on 1990-05. A has 3.";
    let unlike = |rule: &str, at: &str| {
        draws(
            &format!("{facts} {rule}"),
            &[&format!("unlike-units: {at}")],
        )
    };
    unlike("?x costs ?p and ?p > 3 km implies ?x is dear.", "?p");
    unlike(
        "?x costs ?p and ?y is ?l long and ?p + ?l > 1 USD implies ?x is dear.",
        "?p",
    );
    unlike(
        "?x costs ?p and ?q = ?p * 2 and ?q < 5 implies ?x is cheap.",
        "?q",
    );
    unlike(
        "?x is born on ?d and ?e = ?d + 5 implies ?x is due on ?e.",
        "?d",
    );
    unlike("?x is born on ?d and ?x < 5 implies ?x is due on ?d.", "?x");
    good(&format!(
        "{facts} ?x costs ?p and ?p > 3 USD implies ?x is dear."
    ));
    good(&format!(
        "{facts} ?x is born on ?d and ?d < 2000 implies ?x is old."
    ));
    good(&format!(
        "{facts} ?x is born on ?d and ?d + 18 years < 2000 implies ?x is old."
    ));
    good(&format!(
        "{facts} ?x costs ?p and ?y is ?l long and ?p / ?l > 1 USD/km implies ?x is dear."
    ));
    good("A costs 5 USD. B costs 3 EUR. ?x costs ?p and ?p > 3 USD implies ?x is dear.");
    good(
        "A costs 5 USD. ?x costs ?p implies ?x is worth ?p. ?x is worth ?p and ?p > 3 implies ?x is dear.",
    );
}

/// The language tests are good input; those of several files are checked by the program itself.
#[test]
fn language_tests_have_no_errors() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    let entries = std::fs::read_dir(folder).expect("the language tests are there");
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "hence"))
    {
        let text = std::fs::read_to_string(path).expect("a language test can be read");
        if text.contains("\nuse \"") {
            continue;
        }
        let mut case = case(&text);
        let (program, complaints) = check(&mut case, &Options::default());
        assert!(
            program.is_some(),
            "{}: {:#?} {complaints:#?}",
            path.display(),
            case.complaints
        );
    }
}
