//! Inputs that nobody wrote by hand in earnest: each is met by plain work or by a clear word, in time.

use crate::support::{Folder, Ran, hence};
use std::time::{Duration, Instant};

/// No input of this size may take longer.
const SOON: Duration = Duration::from_secs(20);

fn check(text: &str) -> Ran {
    let begun = Instant::now();
    let ran = hence(text, &["check", "case.hence"]);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    ran
}

/// The code of the first complaint.
fn said(ran: &Ran) -> &str {
    let start = ran.err.find('[').map_or(0, |at| at + 1);
    let end = ran.err.find(']').unwrap_or(start);
    &ran.err[start..end]
}

#[test]
fn nesting_is_bounded() {
    let deep = 50_000;
    for (text, code) in [
        (
            format!(
                "{}A is on{} implies B is on.",
                "(".repeat(deep),
                ")".repeat(deep)
            ),
            "nested-too-deep",
        ),
        (
            format!(
                "A has 1 B. ?x has ?n B and ?n = {}1 implies ?x is on.",
                "- ".repeat(deep)
            ),
            "long-comparison",
        ),
        (format!("A is on {}.", "[".repeat(deep)), "unknown-note"),
        (
            format!("{} is on.", "\"".repeat(deep + 1)),
            "unclosed-quote",
        ),
        (format!("A is {}on.", "not ".repeat(deep)), "two-nots"),
    ] {
        let ran = check(&text);
        assert_eq!((ran.status, said(&ran)), (2, code), "{}", ran.err);
        assert!(ran.err.len() < 2_000, "{}", ran.err.len());
    }
}

#[test]
fn long_things_are_read_or_refused() {
    let word = "x".repeat(500_000);
    assert_eq!(check(&format!("A {word} B.")).status, 0);
    assert_eq!(check(&format!("A leads \"{word}\".")).status, 0);
    let ran = check(&format!("A leads {}.", "b ".repeat(500_000)));
    assert_eq!((ran.status, said(&ran)), (2, "long-sentence"));
    let literals: Vec<String> = (0..3_000).map(|n| format!("?x{n} is on")).collect();
    let rule = format!("A is on. {} implies B is on.", literals.join(" and "));
    assert_eq!(check(&rule).status, 0);
}

/// Each sentence of a rule joined costs no look at all others: in their square these would take minutes.
#[test]
fn a_rule_of_very_many_sentences_is_run_in_no_time() {
    const MANY: usize = 40_000;
    let each =
        |sentence: fn(usize) -> String| (0..MANY).map(sentence).collect::<Vec<_>>().join(" and ");
    for condition in [
        each(|n| format!("?x{n} is on")),
        each(|n| format!("?x{n} leads ?x{}", n + 1)),
        each(|n| format!("A is {n}n{n} of ?x")),
        each(|n| format!("?x{} = ?x{n} + 1", n + 1)) + " and A counts ?x0",
    ] {
        let text = format!("A is on. A leads A. A counts 0. {condition} implies B is done.");
        let ran = hence(&text, &["run", "case.hence", "--count", "--timeout", "30"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
}

/// Each sentence of the rule's own relation could be the one that is new; a plan for each would have gigabytes.
#[test]
fn a_rule_of_very_many_sentences_of_its_own_relation_is_run_in_no_time() {
    const MANY: usize = 40_000;
    let each = |sentence: fn(usize) -> String, between: &str| {
        (0..MANY).map(sentence).collect::<Vec<_>>().join(between)
    };
    let facts = each(|n| format!("N{n} is on."), " ");
    for (facts, condition) in [
        ("A is on.", each(|n| format!("?x{n} is on"), " and ")),
        (&facts, each(|n| format!("N{n} is on"), " and ")),
    ] {
        let text = format!("{facts} {condition} implies All is on. All is on implies B is done.");
        let limits = ["--timeout", "30", "--max-memory", "1000"];
        let ran = hence(&text, &[&["run", "case.hence"][..], &limits].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.contains("All is on") && ran.out.contains("B is done"));
    }
}

/// What is said of several things apart is not matched once for each combination of them, in the worlds of a driver either.
#[test]
fn a_rule_about_many_things_apart_is_run_in_no_time() {
    let apart = |sentence: fn(usize) -> String| {
        let sentences: Vec<String> = (0..40).map(sentence).collect();
        sentences.join(" and ")
    };
    for condition in [
        apart(|n| format!("?x{n} is on")),
        apart(|n| format!("?x{n} leads ?y{n} and ?y{n} is on")),
    ] {
        for driver in ["", "driver d: yes: C is on and A leads C. no: nothing."] {
            let facts = "each of A, B and D is on. A leads A. A leads B. B leads A. B leads D.";
            let text = format!("{facts} {driver} {condition} implies E is done.");
            let ran = hence(&text, &["run", "case.hence", "--timeout", "30"]);
            assert_eq!(ran.status, 0, "{}", ran.err);
            assert!(ran.out.contains("E is done"));
        }
    }
}

#[test]
fn many_errors_are_counted_and_few_are_shown() {
    let ran = check(&"?x is on.\n".repeat(20_000));
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("… and 19950 errors more"),
        "{} bytes",
        ran.err.len()
    );
    assert!(ran.err.len() < 50_000);
}

#[test]
fn what_is_no_text_is_named() {
    let folder = Folder::empty();
    for (name, bytes, code) in [
        ("latin.hence", &b"A is on.\nB\xe9 is on.\n"[..], "not-utf8"),
        ("wide.hence", &b"\xff\xfeA\0 \0"[..], "not-utf8"),
        ("nul.hence", &b"A is on.\nB \0 is on.\n"[..], "zero-byte"),
    ] {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
        let ran = folder.hence(&["check", name]);
        assert_eq!((ran.status, said(&ran)), (2, code), "{}", ran.err);
        assert!(ran.err.contains(&format!("{name}:")), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn devices_and_folders_are_no_files() {
    let folder = Folder::empty();
    folder.write("inner/a.hence", "A is on.");
    std::os::unix::fs::symlink("loop.hence", folder.path().join("loop.hence")).expect("a link");
    for (text, code) in [
        ("use \"/dev/zero\".", "outside-file"),
        ("use \"inner\".", "no-regular-file"),
        ("use \"loop.hence\".", "unreadable-file"),
        ("use \"nowhere.hence\".", "missing-file"),
        ("use \"case.hence\".", "use-cycle"),
    ] {
        folder.write("case.hence", text);
        let ran = folder.hence(&["check", "case.hence"]);
        assert_eq!((ran.status, said(&ran)), (2, code), "{text}: {}", ran.err);
    }
    let ran = folder.hence(&["check", "/dev/zero"]);
    assert_eq!(
        (ran.status, said(&ran)),
        (2, "no-regular-file"),
        "{}",
        ran.err
    );
}

#[test]
fn the_time_limit_holds_before_the_engine_begins() {
    let facts: String = (0..400_000)
        .map(|n| format!("N{n} is on {}.\n", n % 7))
        .collect();
    let folder = Folder::with_case(&facts);
    let ran = folder.hence(&["run", "case.hence", "--timeout", "0.02", "--format", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert_eq!(ran.json()["diagnostics"][0]["code"], "time-limit");
}

#[cfg(unix)]
#[test]
fn fmt_leaves_a_read_only_file_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_case("A  is on.");
    let path = folder.path().join("case.hence");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).expect("rights");
    let ran = folder.hence(&["fmt", "case.hence"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("read-only"), "{}", ran.err);
    assert_eq!(folder.read("case.hence"), "A  is on.");
}
