//! The interactive session over a pipe: what an hour at it comes down to.

use crate::support::Folder;

/// What a session says to these lines.
fn said(folder: &Folder, lines: &str) -> String {
    let ran = folder.hence_with_input(&["repl"], lines);
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

#[test]
fn statements_assert_and_questions_answer() {
    let out = said(
        &Folder::empty(),
        "Tweety is a penguin.\n?x is a penguin\n  implies ?x is a bird.\nwho is a bird?\n",
    );
    assert_eq!(
        out, "+ Tweety is a bird\nwho is a bird?\n  Tweety\n",
        "{out}"
    );
}

#[test]
fn an_error_keeps_the_session_and_an_empty_line_ends_what_is_open() {
    let out = said(
        &Folder::empty(),
        "Bob is kind.\nBob is\n\n?x sings.\nBob is kind?\n",
    );
    assert!(out.contains("error[variable-in-fact]"), "{out}");
    assert!(out.ends_with("Bob is kind?\n  yes\n"), "{out}");
}

#[test]
fn a_command_without_its_colon_is_told_of_it() {
    let out = said(
        &Folder::empty(),
        "help\nBob is kind.\nload case.hence\nexit\nBob is kind?\n",
    );
    assert_eq!(
        out,
        "a command begins with a colon: `:help`\na command begins with a colon: `:load case.hence`\n\
         a command begins with a colon: `:quit`\nBob is kind?\n  yes\n"
    );
}

#[test]
fn a_question_with_a_slip_is_told_so_each_time() {
    let out = said(
        &Folder::empty(),
        "Bob needs help.\nwho need help?\nwho needs help?\nwho need help?\n",
    );
    assert_eq!(out.matches("Is `_ needs help` meant?").count(), 2, "{out}");
    assert!(out.contains("--> question:1:1"), "{out}");
    assert!(out.contains("who needs help?\n  Bob\n"), "{out}");
}

#[test]
fn a_command_ends_what_is_open() {
    let out = said(&Folder::empty(), "Bob is kind\n:facts\n");
    assert!(out.starts_with("error[missing-full-stop]"), "{out}");
    assert!(out.ends_with("no fact yet\n"), "{out}");
}

#[test]
fn undo_takes_back_a_file_and_a_file_with_errors_is_not_taken() {
    let folder = Folder::empty();
    folder.write("birds.hence", "Tweety is a bird.\n");
    folder.write("broken.hence", "?x is a bird.\n");
    let out = said(
        &folder,
        ":load nowhere.hence\n:load broken.hence\n:load birds.hence\n:undo\n:facts\n:undo\n",
    );
    assert!(out.contains("nowhere.hence"), "{out}");
    assert!(out.contains("broken.hence:1:1"), "{out}");
    assert!(
        out.ends_with("taken back: birds.hence\nno fact yet\nthere is nothing to take back\n"),
        "{out}"
    );
}

#[test]
fn a_thousand_pasted_lines_and_a_question_among_them() {
    let mut lines: String = (0..1000)
        .map(|at| format!("P{at} knows P{}.\n", at + 1))
        .collect();
    lines.push_str("Bob is kind. who is kind?\nBob is kind?\n");
    let out = said(&Folder::empty(), &lines);
    assert_eq!(out, "who is kind?\n  Bob\nBob is kind?\n  yes\n");
}

/// What an entry has taken of memory is given back when it is refused.
#[cfg(target_os = "linux")]
#[test]
fn the_session_goes_on_after_an_entry_has_spent_the_memory() {
    let ran = Folder::empty().hence_with_input(
        &["repl", "--max-memory", "80"],
        "A is at 0.\n?x is at ?n and ?m = ?n + 1 implies ?x is at ?m.\nB is on.\nB is on?\n:rules\n",
    );
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(
        ran.out.matches("error[memory-limit]").count(),
        1,
        "{}",
        ran.out
    );
    assert!(
        ran.out.ends_with("B is on?\n  yes\nno rule yet\n"),
        "{}",
        ran.out
    );
}
