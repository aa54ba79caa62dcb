//! How tests ended: what fell short with what was expected and what came, then the summary.

use super::Role;
use super::aligned::{Cell, write_rows};
use super::explained::{both_sides, reason};
use crate::testing::{Coverage, Failure, Outcome, PieceKind, Report, TestRun};
use std::io::{self, Write};

/// The failing tests in order, contradictions, and `N passed, N failed` on a line of its own.
///
/// # Errors
/// When the output cannot be written.
pub fn tests(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for test in report
        .tests
        .iter()
        .filter(|test| test.outcome != Outcome::Passed)
    {
        let word = if test.outcome == Outcome::Error {
            "ERROR"
        } else {
            "FAILED"
        };
        let place = format!("{}:{}", test.file, test.line);
        writeln!(
            out,
            "{} {}  {}",
            Role::Bad.paint(word),
            test.name,
            Role::Aside.paint(place)
        )?;
        test.failures
            .iter()
            .try_for_each(|failure| failed(out, test, failure))?;
        writeln!(out)?;
    }
    for found in &report.contradictions {
        let word = Role::Bad.paint("CONTRADICTION");
        writeln!(
            out,
            "{word} `{}` and its opposite are both certain  {}",
            found.sentence,
            Role::Aside.paint(&found.file)
        )?;
        for line in both_sides(&found.proofs) {
            line.write(out)?;
        }
        writeln!(out)?;
    }
    if report.tests.is_empty() {
        writeln!(out, "No test found")?;
    }
    if let Some(coverage) = &report.coverage {
        covered(out, coverage)?;
    }
    let role = if report.all_well() {
        Role::Good
    } else {
        Role::Bad
    };
    writeln!(
        out,
        "{}",
        role.paint(format_args!(
            "{} passed, {} failed",
            report.passed(),
            report.failed()
        ))
    )
}

/// What no test depends on, by kind, and how many do.
fn covered(out: &mut dyn Write, coverage: &Coverage) -> io::Result<()> {
    let uncovered = coverage.uncovered();
    let mut said = Vec::new();
    for (kind, name) in [
        (PieceKind::Rule, "rules"),
        (PieceKind::Exception, "exceptions"),
        (PieceKind::Fact, "facts"),
    ] {
        let own: Vec<_> = uncovered
            .iter()
            .filter(|piece| piece.kind == kind)
            .collect();
        if !own.is_empty() {
            let heading = format!("{name} that no test depends on");
            writeln!(out, "{}", Role::Heading.paint(heading))?;
            let rows: Vec<Vec<Cell>> = own
                .iter()
                .map(|piece| {
                    let place = format!("{}:{}", piece.file, piece.line);
                    vec![Cell::plain(&piece.text), Cell::new(Role::Aside, place)]
                })
                .collect();
            write_rows(out, &rows)?;
            writeln!(out)?;
        }
        let (covered, all) = coverage.numbers(kind);
        said.push(format!("{covered} of {all} {name}"));
    }
    let untried = match coverage.untried() {
        0 => String::new(),
        number => format!("; {number} were not tried, as there is too much to evaluate"),
    };
    writeln!(out, "tests depend on {}{untried}", said.join(", "))
}

fn failed(out: &mut dyn Write, test: &TestRun, failure: &Failure) -> io::Result<()> {
    let place = format!("{}:{}", test.file, failure.line);
    let expected = vec![
        Cell::new(Role::Aside, "expected"),
        Cell::plain(&failure.expected),
        Cell::new(Role::Aside, place),
    ];
    let got = vec![
        Cell::new(Role::Aside, "got"),
        Cell::new(Role::Bad, &failure.got),
    ];
    write_rows(out, &[expected, got])?;
    for line in failure.account.iter().flat_map(reason) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}
