//! Test outcomes in the Test Anything Protocol, version 13.

use super::human::reason;
use crate::testing::{Failure, Outcome, Report, TestRun};
use std::io::{self, Write};

/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "TAP version 13")?;
    writeln!(
        out,
        "1..{}",
        report.tests.len() + report.contradictions.len()
    )?;
    for (place, test) in report.tests.iter().enumerate() {
        let verdict = if test.outcome == Outcome::Passed {
            "ok"
        } else {
            "not ok"
        };
        writeln!(
            out,
            "{verdict} {} - {}: {}",
            place + 1,
            escaped(&test.file),
            escaped(&test.name)
        )?;
        diagnosis(out, test)?;
    }
    for (place, found) in report.contradictions.iter().enumerate() {
        let number = report.tests.len() + place + 1;
        writeln!(
            out,
            "not ok {number} - {}: contradiction: {}",
            escaped(&found.file),
            escaped(&found.sentence)
        )?;
    }
    Ok(())
}

/// The YAML block under a test that fell short.
fn diagnosis(out: &mut dyn Write, test: &TestRun) -> io::Result<()> {
    if test.failures.is_empty() {
        return Ok(());
    }
    writeln!(out, "  ---\n  failures:")?;
    for Failure {
        expected,
        got,
        line,
        account,
    } in &test.failures
    {
        writeln!(out, "    - expected: {}", yaml(expected))?;
        writeln!(out, "      got: {}", yaml(got))?;
        writeln!(out, "      at: {}", yaml(&format!("{}:{line}", test.file)))?;
        let why: Vec<String> = account.iter().flat_map(reason).collect();
        if !why.is_empty() {
            writeln!(out, "      why: {}", yaml(&why.join("\n")))?;
        }
    }
    writeln!(out, "  ...")
}

/// `#` opens a directive in a description.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('#', "\\#")
        .replace(['\n', '\r'], " ")
}

/// A JSON string is a YAML string.
fn yaml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
