//! How a sentence that is not plainly so is explained: a contradiction, a contested or undecided sentence, one that depends on the
//! world, and an expectation that is not met. Each snapshot shows the case above what is said of it.

use crate::support::{hence, project};

fn says(name: &str, command: &str, case: &str) {
    let ran = hence(case, &[command, "case.hence"]);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project("tests/it/explained"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let said = format!(
        "{}\n--- {command}, status {}\n{}{}",
        case.trim_end(),
        ran.status,
        ran.out.trim_end(),
        ran.err.trim_end()
    );
    settings.bind(|| insta::assert_snapshot!(name, said));
}

const CONTRADICTION: &str = "\
source memo \"A memo\".
Georgia is a party to War [source memo ¶1].
Georgia has an ally [source memo ¶2].
rule reach: ?x is a party to ? implies ?x is exposed.
rule frail \"the exposed are weak\": ?x is exposed implies ?x is weak [source memo ¶3].
rule backed \"an ally makes strong\": ?x is exposed and ?x has an ally implies ?x is not weak [source memo ¶4].
rule yield: ?x is weak suggests ?x yields.
";

#[test]
fn a_contradiction_shows_both_proofs_and_marks_what_rests_on_it() {
    let questions = "why Georgia is weak?\nGeorgia yields?\nGeorgia is exposed?\n";
    says(
        "contradiction",
        "run",
        &format!("{CONTRADICTION}{questions}"),
    );
}

#[test]
fn a_contradiction_fails_a_test_with_both_proofs() {
    let test = "test \"yields\": expect Georgia is exposed.\n";
    says(
        "contradiction-in-test",
        "test",
        &format!("{CONTRADICTION}{test}"),
    );
}

const CONTESTED_THROUGH: &str = "\
Door is shut. not Door is shut.
Ann is calm. Bob is bold. Bob is shy. Cid is tired. Dan is kind. Bob bought Key. Bob bought Lock. Cid bought Lock.
rule hide: Door is shut suggests Ann hides. rule stay: Ann is calm suggests not Ann hides.
rule shy: ?x is shy suggests ?x hides. rule bold: ?x is bold suggests not ?x hides. rule too: Door is shut suggests Bob hides.
rule missed: ?x hides suggests ?x is missed.
rule night: Cid is tired suggests Cid sleeps. rule noise: Door is shut casts doubt on Cid sleeps.
rule visit: Dan is kind unless Ann hides suggests Dan visits. rule call: Dan is kind unless Bob hides suggests Dan calls.
relation ?x owns ?y, one ?x.
rule bought: ?x bought ?y suggests ?x owns ?y. rule gift: Door is shut suggests Ann owns Key and Ann owns Lock.
";

#[test]
fn what_is_contested_through_a_contradiction_is_marked() {
    let marked = "Ann hides?\nnot Ann hides?\nAnn is missed?\nCid sleeps?\nDan visits?\nAnn owns Key?\nBob owns Key?\n";
    let clean = "Bob hides?\nBob is missed?\nDan calls?\nAnn owns Lock?\nBob owns Lock?\n";
    says(
        "contested-through",
        "ask",
        &format!("{CONTESTED_THROUGH}{marked}{clean}"),
    );
}

const ASKED_OF_CONTRADICTED: &str = "\
as of 2003.
Ann is odd. not Ann is odd. Ann is kind. Bob is kind. Bob is late.
?x is odd suggests ?x is shy. ?x is kind suggests ?x is calm. ?x is late unless Ann is odd suggests ?x is sorry.
driver wind: north: Wind is north. south: nothing.
driver sea: calm: not Sea is rough [30%]. rough: Sea is rough.
";

#[test]
fn an_answer_is_marked_where_it_would_be_another_one_without_the_contradiction() {
    let clean = "Ann is shy or Bob is calm?\nwho is calm?\nhow likely is it that Ann is calm?\nBob is calm given Wind is north?\n";
    let marked = "Ann is shy and Bob is calm?\nwho is shy?\nBob is calm given Ann is odd?\nwhy not Bob is sorry?\n\
                  ?n is the number of ?x where ?x is shy?\n";
    says(
        "answers-on-a-contradiction",
        "ask",
        &format!("{ASKED_OF_CONTRADICTED}{clean}{marked}"),
    );
}

/// Rough and not: only where that is impossible.
const CONTRADICTED_NOWHERE: &str = "\
Bob is kind. Ann is odd. not Ann is odd.
driver sea: calm: not Sea is rough. rough: nothing.
driver gale: yes: Sea is rough. no: nothing.
impossible Sea is rough and Bob is kind.
";

#[test]
fn what_is_contradicted_in_impossible_worlds_only_bears_on_nothing() {
    let asked = "how likely is it that Bob is kind?\nhow likely is it that Ann is odd?\n";
    says(
        "contradicted-nowhere",
        "ask",
        &format!("{CONTRADICTED_NOWHERE}{asked}"),
    );
}

const CONTESTED: &str = "\
source memo \"A memo\".
Sam is armed [reported by Ann, denied by Bob, source memo ¶1].
Sam is kind [source memo ¶2].
rule arms \"the armed are dangerous\": ?x is armed suggests ?x is not harmless.
rule kindness: ?x is kind suggests ?x is harmless.
relation ?owner owns ?thing, one ?owner.
Ann owns Boat [reported by Cid].
Bob owns Boat [reported by Dan].
Milk is old [source memo ¶3].
rule fresh: suggests Milk is good.
rule age \"age spoils\": ?x is old casts doubt on ?x is good.
";

#[test]
fn a_contested_sentence_shows_both_sides_and_what_would_settle_it() {
    let questions =
        "Sam is armed?\nwhy Sam is harmless?\nwhy not Ann owns Boat?\nwhy Milk is good?\n";
    says("contested", "ask", &format!("{CONTESTED}{questions}"));
}

#[test]
fn an_undecided_sentence_shows_its_loop() {
    says(
        "undecided",
        "ask",
        "\
rule first: unless Bulb is on implies Alarm is on.
rule second: unless Alarm is on implies Bulb is on.
rule third: Alarm is on implies Guard is awake.
why Alarm is on?
why not Guard is awake?
",
    );
}

const WORLDS: &str = "\
driver weather:
  wet: Rain falls [30%].
  dry: nothing.
scenario spring: suppose Thaw comes.
rule rain: Rain falls suggests Street is wet.
rule cleaning: Cleaner comes suggests Street is wet.
rule thaw: Thaw comes suggests Street is wet.
Cleaner comes [from 2010, until 2012].
";

#[test]
fn a_proof_says_where_and_when_it_stands() {
    let questions = "\
why Street is wet?
why Street is wet as of 2011?
why Street is wet as of 2020?
why Street is wet in spring as of 2020?
why Street is wet if Cleaner comes as of 2020?
why Street is wet given Rain falls as of 2020?
what would it take for Street is wet as of 2020?
";
    says("worlds", "ask", &format!("{WORLDS}{questions}"));
}

const DEPENDS: &str = "\
driver strike: on: Crew is on strike. off: nothing. talks: Crew is in talks.
Ferry is due. Fog is reported [reported by Pilot, denied by Harbour].
rule due: Ferry is due suggests Ferry sails.
rule strike: Crew is on strike implies not Ferry sails.
rule talks: Crew is in talks suggests not Ferry sails.
rule fog: Fog is reported and Crew is on strike suggests Pier is closed.
rule closed: Crew is in talks suggests Pier is closed.
rule loop: Crew is on strike unless Guard idles suggests Guard watches. rule pool: Crew is on strike unless Guard watches suggests Guard idles.
rule calm: Crew is in talks suggests Guard watches.
";

#[test]
fn what_depends_on_the_world_is_told_elsewhere_too() {
    let questions = "why Ferry sails?\nwhy Pier is closed?\nwhy not Guard watches?\n";
    says("depends", "ask", &format!("{DEPENDS}{questions}"));
}

const TIMES: &str = "\
Bridge is open [until 2019]. Ferry sails [from 2015, until 2024].
Bridge is toll-free [until 2010].
Storm is forecast [from 2023, reported by Station, denied by Port].
rule bridge: Bridge is open implies Island is reached.
rule ferry: Ferry sails unless Storm is forecast suggests Island is reached.
rule bus: Bridge is open and Bridge is toll-free implies Bus runs.
rule held: ?n is the number of ?x where ?x sails and ?x calls at ?port implies ?port is served by ?n.
rule busy: ?port is served by ?n and ?n >= 0 implies ?port is busy.
Ferry calls at Island.
";

#[test]
fn why_not_of_what_holds_at_some_time_says_why_not_at_others() {
    let questions = "\
why not Bridge is open?
why not Bridge is open as of 2022?
why not Island is reached?
why not Island is reached as of 2018?
why not Bus runs?
why not Island is busy?
why not Mainland is busy?
why Bus runs?
";
    says("times", "ask", &format!("{TIMES}{questions}"));
}

/// Each of the two lacks two premises for Claim C: Ann files none for it, Cy has not paid enough.
const FURTHEST: &str = "\
Ann files Claim A. Cy files Claim C. Adjuster doubts Claim C.
Ann paid 120 EUR. Cy paid 40 EUR.
rule paid: ?p paid ?m and ?m >= 100 EUR implies ?p is paid up.
rule pay: ?p files ?c and ?c is documented and ?p is paid up implies ?c is payable.
\"photo 1\" documents Claim A.
rule documented: ? documents ?c unless Adjuster doubts ?c implies ?c is documented.
";

#[test]
fn of_matches_that_lack_as_much_the_one_is_told_that_comes_further_as_written() {
    says(
        "furthest",
        "ask",
        &format!("{FURTHEST}why not Claim C is payable?\n"),
    );
}

const TIMES_AND_WORLDS: &str = "\
Gate is open [until 2019]. Gate is walled [from 2020]. Lamp is lit [until 2021].
driver strike: yes: Guard strikes. no: nothing.
rule enter: Gate is open suggests Ann enters.
rule stop: Guard strikes and Gate is walled implies not Ann enters.
rule watch: Lamp is lit implies Ann sees.
";

#[test]
fn why_not_at_other_times_names_the_worlds() {
    let questions =
        "why not Ann enters?\nwhy not Ann sees?\nwhy not Ann enters given Guard strikes?\n";
    says(
        "times-and-worlds",
        "ask",
        &format!("{TIMES_AND_WORLDS}{questions}"),
    );
}

#[test]
fn an_expectation_that_is_not_met_says_why_in_ten_lines_at_most() {
    let test = "\
test \"falls short\":
  expect Sam is harmless.
  expect not Milk is good.
  expect Cid owns Boat.
  expect no who is kind.
  expect only Bob is kind.
  expect Milk is old [presumed].
";
    says("failing-test", "test", &format!("{CONTESTED}{test}"));
}

const LACKING: &str = "\
source guide \"A guideline\".
Ann scores 40%. Bob scores 70%. Cyd scores 90%.
Ann is aged 67. Bob is aged 45.
?x scores ? implies ?x is examined.
rule pass \"60% passes\": ?x scores ?s and ?s >= 60% implies ?x passes [source guide p. 2].
rule mean \"a mean of 80% is excellent\": ?m is the average of ?s where ?x scores ?s and ?m >= 80% implies Class is excellent.
rule few \"one who passes is few\": ?n is the number of ?x where ?x passes and ?n = 1 implies Class is weak [source guide p. 3].
rule prize \"who passes over 65 wins\": ?x passes and ?x is aged ?a and ?a > 65 implies ?x wins.
rule step1: ?x wins implies ?x is invited. rule step2: ?x is invited implies ?x attends. rule step3: ?x attends implies ?x is seen.
rule step4: ?x is seen implies ?x is known.
";

#[test]
fn what_is_lacking_is_named_with_what_there_is_instead() {
    let questions = "why not Ann passes?\nwhy not Class is excellent?\nwhy not Class is weak?\nwhy not Bob wins?\n\
                     why not Ann wins?\nwhy not Ann is known?\nwhy Bob passes?\nwhy not Dan wins?\n";
    says("lacking", "ask", &format!("{LACKING}{questions}"));
}

const NEAREST: &str = "\
CSTO covers Armenia. CSTO covers Belarus. NATO covers Turkey.
rule guard: ?x covers ?y implies ?x guards ?y.
rule safe: ?x covers ?y and ?x guards ?y and ?y trusts ?x implies ?y is safe.
Armenia trusts CSTO.
";

#[test]
fn the_nearest_differs_in_a_term_or_has_two_the_other_way_round() {
    let questions = "why not Armenia covers CSTO?\nwhy not CSTO covers Turkey?\nwhy not Armenia guards CSTO?\n\
                     why not CSTO trusts Armenia?\nwhy not Armenia covers NATO?\n";
    says("nearest", "ask", &format!("{NEAREST}{questions}"));
}

const GRANT: &str = "\
each of Alpha and Beta is a project. Alpha is led by Ines. Beta is led by Jonas.
Reader1 scores Alpha 82%. Reader2 scores Alpha 91%. Reader1 scores Beta 55%. Reader2 scores Beta 62%.
Alpha asks for 480,000 EUR. Fund has 1 million EUR. Ines is new. Jonas is new [until 2020].
Reader2 works with Ines. Alpha is late [reported by Ann, denied by Bob].
as of 2026.
rule mean: ?m is the average of ?s where ?r scores ?p ?s implies ?p has mean ?m.
rule good: ?p has mean ?m and ?m >= 75% suggests ?p is good.
rule conflict: ?p is led by ?w and ?r works with ?w and ?r scores ?p ? casts doubt on ?p is good.
rule fund: ?p is a project and ?p is led by ?w and ?w is new and ?p is good and ?p asks for ?s and Fund has ?b and ?s <= ?b suggests ?p is funded.
rule rest: ?p is a project unless ?p is funded suggests ?p is rejected.
rule punctual: ?p is late suggests ?p is not early. rule early: ?p is a project suggests ?p is early.
relation ?owner owns ?thing, one ?owner.
Ines owns Prize.
rule idle: not ?x owns ?x and ?x is a prize implies Jonas owns ?x.
rule self: not ?x owns ?x and Prize is a prize implies Jonas owns ?x. Ines owns Jonas.
Prize is a prize [until 2020].
";

#[test]
fn what_is_contested_or_past_is_told_in_ten_lines() {
    let questions = "why Alpha is funded?\nwhy not Beta is funded?\nwhy Alpha is rejected?\nwhy Alpha is early?\n\
                     why not Jonas owns Prize?\nwhy not Jonas owns Jonas?\n";
    says("grant", "ask", &format!("{GRANT}{questions}"));
}

#[test]
fn a_long_count_leaves_the_rest_of_the_argument_in_sight() {
    let rows: String = (1..=30)
        .map(|number| format!("Item{number} weighs {number}. "))
        .collect();
    let rules = "rule heavy \"over 100 is heavy\": ?t is the sum of ?w where ?x weighs ?w and ?t > 100 implies Load is heavy.\n\
                 ?m is the average of ?w where ?x weighs ?w and ?m / 7 < 3 implies Load is even.\n";
    let questions = "why Load is heavy?\nwhy Load is even?\n";
    says("counted", "ask", &format!("{rows}\n{rules}{questions}"));
}

#[test]
fn a_loop_at_an_earlier_time_is_named_with_its_time() {
    let case = "\
Ann likes Ann [until 2001].
rule r1: ?x likes ?x unless ?x is grim implies Ann is grim.
rule r0: Ann is grim implies it rains [from then on].
why it rains as of 2005?
";
    says("loop-in-time", "ask", case);
}

const IN_FORCE: &str = "\
as of 2015.
Ann is a pupil. Bob is old.
rule late: ?x is a pupil suggests ?x rides free [until 2010].
rule soon: ?x is old suggests ?x rides free [from 2020].
why not Ann rides free?
why not Bob rides free?
why not Cyd rides free?
";

#[test]
fn a_rule_that_is_not_in_force() {
    says("in-force", "ask", IN_FORCE);
}
