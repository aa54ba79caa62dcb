//! `hence test --watch`: the tests run again when a file changes, until somebody ends it.

use crate::support::Folder;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A run that goes on, with what it has printed so far.
struct Watching {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Watching {
    fn new(folder: &Folder, named: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
            .args(["test", "--watch", named])
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let out = child.stdout.take().expect("standard output");
        Self {
            child,
            lines: BufReader::new(out).lines(),
        }
    }

    /// What is printed up to where it waits.
    fn printed(&mut self) -> Vec<String> {
        let mut printed = Vec::new();
        for line in self.lines.by_ref() {
            let line = line.expect("UTF-8");
            let waits = line.starts_with("watching ");
            printed.push(line);
            if waits {
                return printed;
            }
        }
        panic!("it ended: {printed:?}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn tests_run_again_when_a_file_of_theirs_changes() {
    let folder =
        Folder::with_case("use \"rules.hence\". Rex is a dog. test \"a\": expect Rex barks.\n");
    folder.write("rules.hence", "?x is a dog implies ?x barks.\n");
    let mut watching = Watching::new(&folder, ".");
    assert_eq!(
        watching.printed(),
        ["1 passed, 0 failed", "watching 2 files; Ctrl-C ends it"]
    );
    folder.write("rules.hence", "?x is a dog implies ?x bites.\n");
    let printed = watching.printed();
    assert_eq!(printed[..2], ["", "changed: rules.hence"]);
    assert!(
        printed.contains(&"0 passed, 1 failed".to_owned()),
        "{printed:?}"
    );
    // What cannot be read is complained of, and waited for.
    folder.write("rules.hence", "?x is a dog implies.\n");
    assert_eq!(
        watching.printed().last().map(String::as_str),
        Some("watching 2 files; Ctrl-C ends it")
    );
    folder.write("rules.hence", "?x is a dog implies ?x barks.\n");
    assert!(
        watching
            .printed()
            .contains(&"1 passed, 0 failed".to_owned())
    );
    folder.write(
        "more.hence",
        "Ann is kind. test \"b\": expect Ann is kind.\n",
    );
    let printed = watching.printed();
    assert!(
        printed.contains(&"2 passed, 0 failed".to_owned()),
        "{printed:?}"
    );
}

#[test]
fn only_files_are_watched_and_for_people_only() {
    let folder = Folder::with_case("Ann is kind. test \"b\": expect Ann is kind.\n");
    for wrong in [
        &["test", "--watch", "-"][..],
        &["test", "--watch", "--format", "json", "case.hence"],
    ] {
        let ran = folder.hence(wrong);
        assert_eq!(ran.status, 2, "{wrong:?}");
        assert!(ran.err.contains("error[bad-argument]"), "{}", ran.err);
    }
}
