//! What is wrong with drivers, scenarios and dates where only a question or the command line shows it: each with its code, its place and its help.

use crate::support::Folder;

const CASE: &str = r#"driver war: yes: War breaks out [30%]. no: Peace holds [now].
driver oil: high: Oil is dear [0%]. low: nothing.
scenario buyout: suppose Georgia owns Pipe.
impossible War breaks out and Oil is dear.
Pipe is old.
"#;

/// The complaint of `hence ask` on the case with these statements added.
fn complaint(more: &str, arguments: &[&str]) -> String {
    let folder = Folder::with_case(&format!("{CASE}{more}"));
    let ran = folder.hence(&[&["ask", "case.hence"], arguments].concat());
    assert_eq!(ran.status, 2, "{}{}", ran.out, ran.err);
    assert_eq!(ran.out, "");
    ran.err
}

fn says(complaint: &str, parts: &[&str]) {
    for part in parts {
        assert!(complaint.contains(part), "no `{part}` in\n{complaint}");
    }
}

#[test]
fn no_world_is_left() {
    let question = ["-q", "Pipe is old?"];
    says(
        &complaint("impossible Pipe is old.", &question),
        &[
            "error[no-world-left]",
            "case.hence",
            "what is impossible leaves no world",
            "`impossible`",
        ],
    );
    says(
        &complaint(
            "",
            &["-q", "Pipe is old given War breaks out and Peace holds?"],
        ),
        &[
            "error[no-world-left]",
            "what is given leaves no world",
            "Pipe is old given War",
            "`if` for `given`",
        ],
    );
    says(
        &complaint(
            "",
            &["-q", "Pipe is old given War breaks out if Oil is dear?"],
        ),
        &["error[no-world-left]", "what is given leaves no world"],
    );
    says(
        &complaint(
            "",
            &[
                "-q",
                "Pipe is old given War breaks out?",
                "--given",
                "war=no",
            ],
        ),
        &["error[no-world-left]", "what is given leaves no world"],
    );
    says(
        &complaint("impossible Peace holds.", &question),
        &[
            "error[no-world-left]",
            "the present outcomes of the drivers are ruled out together",
            "`[now]`",
        ],
    );
}

#[test]
fn nothing_is_likely_among_worlds_of_no_weight() {
    says(
        &complaint(
            "",
            &["-q", "how likely is it that Peace holds given Oil is dear?"],
        ),
        &["error[given-unlikely]", "0%", "how likely is it"],
    );
    let folder = Folder::with_case(&format!(
        "{CASE}test \"t\": expect Peace holds given Oil is dear [likely]."
    ));
    says(
        &folder.hence(&["test", "case.hence"]).err,
        &["error[given-unlikely]"],
    );
}

#[test]
fn the_command_line_names_what_is_not_there() {
    let with = |arguments: &[&str]| complaint("", &[&["-q", "Pipe is old?"], arguments].concat());
    says(
        &with(&["--given", "wer=yes"]),
        &[
            "error[unknown-driver]",
            "no driver is called `wer`",
            "--given wer",
            "Is `war` meant?",
        ],
    );
    says(
        &with(&["--given", "war=yess"]),
        &[
            "error[unknown-outcome]",
            "the driver `war` has no outcome `yess`",
            "Is `yes` meant?",
        ],
    );
    says(&with(&["--given", "war"]), &["--given DRIVER=OUTCOME"]);
    says(
        &with(&["--given", "war=yes", "--given", "war=no"]),
        &["error[given-both]", "two outcomes are given for `war`"],
    );
    says(
        &with(&["--in", "buyuot"]),
        &[
            "error[unknown-scenario]",
            "--in buyuot",
            "Is `buyout` meant?",
        ],
    );
    for date in ["soon", "2010-02-30", "2010-13", "2010-8-1"] {
        says(&with(&["--as-of", date]), &["not a date", date]);
    }
}
