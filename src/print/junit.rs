//! Test outcomes as JUnit XML, the form that build servers read: a suite for each file.

use super::human::reason;
use crate::testing::{Contradiction, Outcome, Report, TestRun};
use indexmap::IndexMap;
use std::fmt;
use std::io::{self, Write};

/// # Errors
/// When the output cannot be written.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut suites: IndexMap<&str, Suite<'_>> = IndexMap::new();
    for test in &report.tests {
        suites.entry(&test.file).or_default().tests.push(test);
    }
    for found in &report.contradictions {
        suites
            .entry(&found.file)
            .or_default()
            .contradictions
            .push(found);
    }
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let all = report.tests.len() + report.contradictions.len();
    let failures = suites.values().map(Suite::failures).sum::<usize>();
    let errors = suites.values().map(Suite::errors).sum::<usize>();
    writeln!(
        out,
        r#"<testsuites name="hence" tests="{all}" failures="{failures}" errors="{errors}">"#
    )?;
    suites
        .iter()
        .try_for_each(|(file, suite)| suite.write(out, file))?;
    writeln!(out, "</testsuites>")
}

#[derive(Default)]
struct Suite<'a> {
    tests: Vec<&'a TestRun>,
    contradictions: Vec<&'a Contradiction>,
}

impl Suite<'_> {
    fn failures(&self) -> usize {
        self.tests
            .iter()
            .filter(|test| test.outcome == Outcome::Failed)
            .count()
            + self.contradictions.len()
    }

    fn errors(&self) -> usize {
        self.tests
            .iter()
            .filter(|test| test.outcome == Outcome::Error)
            .count()
    }

    fn write(&self, out: &mut dyn Write, file: &str) -> io::Result<()> {
        let (name, tests) = (Escaped(file), self.tests.len() + self.contradictions.len());
        let (failures, errors) = (self.failures(), self.errors());
        writeln!(
            out,
            r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="{errors}">"#
        )?;
        self.tests
            .iter()
            .try_for_each(|test| write_test(out, test))?;
        for found in &self.contradictions {
            writeln!(
                out,
                r#"    <testcase name="no contradiction" classname="{name}">"#
            )?;
            let sentence = Escaped(&found.sentence);
            writeln!(
                out,
                r#"      <failure message="{sentence} and its opposite are both certain"/>"#
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")
    }
}

fn write_test(out: &mut dyn Write, test: &TestRun) -> io::Result<()> {
    let (name, file) = (Escaped(&test.name), Escaped(&test.file));
    let open = format!(
        r#"    <testcase name="{name}" classname="{file}" file="{file}" line="{}""#,
        test.line
    );
    if test.outcome == Outcome::Passed {
        return writeln!(out, "{open}/>");
    }
    writeln!(out, "{open}>")?;
    let element = if test.outcome == Outcome::Error {
        "error"
    } else {
        "failure"
    };
    for failure in &test.failures {
        let (expected, got) = (Escaped(&failure.expected), Escaped(&failure.got));
        let place = format_args!("{file}:{}", failure.line);
        writeln!(
            out,
            r#"      <{element} message="expected {expected}">{place}: expected {expected}, got {got}"#
        )?;
        for line in failure.account.iter().flat_map(reason) {
            writeln!(out, "{}", Escaped(&line))?;
        }
        writeln!(out, "      </{element}>")?;
    }
    writeln!(out, "    </testcase>")
}

/// A text as XML has it, in quotes or not. Characters that XML 1.0 cannot hold become U+FFFD.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\n' | '\r' | '\t' => f.write_str(" "),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => f.write_char('\u{fffd}'),
            c => f.write_char(c),
        })
    }
}
