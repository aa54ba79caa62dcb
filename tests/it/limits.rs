//! Limits of time and memory: whatever a command is at, it ends with status 3, a plain word, and nothing half-written.

use crate::support::{Folder, Ran, hence};

/// Facts that take a while to read.
fn facts(count: usize) -> String {
    (0..count)
        .map(|n| format!("N{n} is on {}.\n", n % 7))
        .collect()
}

fn assert_stopped(ran: &Ran, code: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (3, ""), "{}", ran.err);
    assert!(
        ran.err.starts_with(&format!("error[{code}]")),
        "{}",
        ran.err
    );
}

const LOOP: &str = "A counts 1.\n?x counts ?n and ?m = ?n + 1 implies ?x counts ?m.\n";

#[test]
fn the_costliest_rule_is_named() {
    for limit in [["--timeout", "0.3"], ["--max-memory", "40"]] {
        let ran = hence(LOOP, &["run", "case.hence", limit[0], limit[1]]);
        assert_eq!(ran.status, 3);
        assert!(ran.err.contains("this rule had cost most"), "{}", ran.err);
        assert!(ran.err.contains("case.hence:2:1"), "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_counts_whatever_it_is_taken_for() {
    let folder = Folder::with_case(&facts(600_000));
    folder.write("table.csv", &facts(600_000).replace(" is on ", ","));
    folder.write("load.hence", "load \"table.csv\" as ?a is on ?b.");
    for (command, file) in [
        ("check", "case.hence"),
        ("run", "case.hence"),
        ("run", "load.hence"),
        ("fmt", "case.hence"),
    ] {
        let ran = folder.hence(&[command, file, "--max-memory", "20"]);
        assert_stopped(&ran, "memory-limit");
        assert!(ran.err.contains("20 MiB of memory"), "{}", ran.err);
    }
}

#[test]
fn time_counts_in_every_command() {
    let text = facts(600_000);
    let folder = Folder::with_case(&text);
    for command in ["run", "ask", "compare", "test", "check", "fmt"] {
        let ran = folder.hence(&[command, "case.hence", "--timeout", "0.02"]);
        assert_stopped(&ran, "time-limit");
    }
    assert_eq!(folder.read("case.hence"), text);
}

#[test]
fn what_is_not_all_there_in_time_is_not_printed() {
    let side = |name: &str| -> String {
        let stated = |n| format!("{name}{n} is {}.\n", name.to_lowercase());
        (0..1_500).map(stated).collect()
    };
    let text = format!(
        "{}{}?x is left and ?y is right implies ?x meets ?y.",
        side("Left"),
        side("Right")
    );
    let ran = hence(&text, &["run", "case.hence", "--timeout", "0.2"]);
    assert_stopped(&ran, "time-limit");
    let ran = hence(
        "A is on. ?x is on implies ?x is up.",
        &["run", "case.hence", "--timeout", "60"],
    );
    assert_eq!((ran.status, ran.out.trim_end()), (0, "_ is up\n  A is up"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_what_waits_for_its_input() {
    use std::process::{Command, Stdio};
    for signal in ["-INT", "-TERM"] {
        for command in ["run", "check", "fmt"] {
            let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
                .args([command, "-"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary runs");
            // Kept open, or what waits would meet the end of its input.
            let input = child.stdin.take();
            // Before it listens for signals, one ends it as it would any program: without a status.
            std::thread::sleep(std::time::Duration::from_millis(300));
            let killed = Command::new("kill")
                .args([signal, &child.id().to_string()])
                .status();
            assert!(killed.is_ok_and(|status| status.success()));
            let status = child.wait().expect("it ends");
            drop(input);
            assert_eq!(status.code().unwrap_or(130), 130, "{command} {signal}");
        }
    }
}
