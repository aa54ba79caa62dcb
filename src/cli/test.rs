//! `hence test`: the tests in the files, each file a case of its own.

use super::again::Files;
use super::args::{TestArguments, TestFormat};
use super::exit::{Exit, Failure};
use super::inputs;
use super::options::evaluation;
use super::output::Output;
use super::pattern::Pattern;
use super::{steps, watchdog};
use crate::complaint::Complaint;
use crate::files::{self, Case};
use crate::print::{human, json, junit, tap};
use crate::session::Evaluation;
use crate::syntax::tree::StatementKind;
use crate::testing::{self, Report};
use crate::text::SourceId;
use std::path::PathBuf;

/// # Errors
/// When an input is wrong, a limit is met or the output cannot be written.
pub fn test(arguments: TestArguments, output: &mut Output) -> Result<Exit, Failure> {
    if arguments.watch {
        return watch(&arguments, output);
    }
    run_all(&arguments, &mut Vec::new(), output)
}

/// Runs the tests again whenever a file of theirs changes, until somebody ends it.
fn watch(arguments: &TestArguments, output: &mut Output) -> Result<Exit, Failure> {
    let named = &arguments.inputs.files;
    if arguments.format != TestFormat::Human {
        return Err(Failure::usage("`--watch` prints for people only"));
    }
    if named.iter().any(|file| file.as_os_str() == "-") {
        return Err(Failure::usage(
            "`-` does not change, so there is nothing to watch",
        ));
    }
    loop {
        let mut files = Files::new(named);
        let mut read = named
            .iter()
            .filter(|file| !file.is_dir())
            .cloned()
            .collect();
        if let Err(failure) = run_all(arguments, &mut read, output) {
            if let Failure::Output(error) = failure {
                return Err(error.into());
            }
            output.report(failure);
        }
        watchdog::rest();
        files.were_read(read);
        let number = match files.len() {
            1 => "1 file".into(),
            number => format!("{number} files"),
        };
        writeln!(output.out, "watching {number}; Ctrl-C ends it")?;
        output.out.flush()?;
        let Some(changed) = files.wait() else {
            return Ok(Exit::Interrupted);
        };
        let changed: Vec<String> = changed
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        writeln!(output.out, "\nchanged: {}", changed.join(", "))?;
    }
}

/// Runs the tests, and adds the files that were read for it.
fn run_all(
    arguments: &TestArguments,
    read: &mut Vec<PathBuf>,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let only = arguments.only.as_deref().map(Pattern::new);
    let policy = inputs::policy(&arguments.inputs);
    let mut report = Report::default();
    let mut failures = Vec::new();
    for named in inputs::one_by_one(&arguments.inputs.files)? {
        let evaluation = evaluation(&arguments.evaluation, arguments.format != TestFormat::Json)?;
        watchdog::watch(&evaluation);
        let case = files::read(std::slice::from_ref(&named.input), &policy);
        read.extend(
            case.sources
                .iter()
                .map(|(_, source)| PathBuf::from(&source.name)),
        );
        if named.found_in_folder
            && !has_tests(&case)
            && !case.complaints.iter().any(Complaint::is_error)
        {
            continue;
        }
        match test_file(case, &evaluation, arguments, only.as_ref(), output) {
            Ok(of_file) => report.add(of_file),
            Err(Failure::Output(error)) => return Err(error.into()),
            Err(failure) => failures.push(failure),
        }
        if arguments.fail_fast && (report.fell_short() || !failures.is_empty()) {
            break;
        }
    }
    print(&report, failures, arguments.format, output)
}

/// Reads on, evaluates, and runs the tests of one file.
fn test_file(
    case: Case,
    evaluation: &Evaluation,
    arguments: &TestArguments,
    only: Option<&Pattern>,
    output: &mut Output,
) -> Result<Report, Failure> {
    let file = case
        .documents
        .last()
        .map(|document| document.source)
        .unwrap_or_default();
    let documents: Vec<SourceId> = case
        .documents
        .iter()
        .map(|document| document.source)
        .collect();
    let prepared = steps::check(case, evaluation, &[])?;
    output.warn(&prepared.sources, &prepared.warnings)?;
    let mut reader = steps::conclude(&prepared, evaluation)?;
    output.warn(&prepared.sources, &prepared.warnings_of(&mut reader)?)?;
    let case = testing::Case {
        program: &prepared.program,
        sources: &prepared.sources,
        file,
    };
    let wanted = |title: &str| only.is_none_or(|only| only.matches(title));
    Ok(Report {
        tests: case
            .run(&mut reader, wanted, arguments.fail_fast)
            .map_err(|complaint| prepared.complain(complaint))?,
        contradictions: case.contradictions(&mut reader),
        coverage: arguments
            .coverage
            .then(|| case.coverage(&mut reader, wanted, &documents)),
    })
}

/// Whether the file itself, which was read last, has a test.
fn has_tests(case: &Case) -> bool {
    let is_test = |kind: &StatementKind| matches!(kind, StatementKind::Test(_));
    case.documents.last().is_some_and(|file| {
        file.statements
            .iter()
            .any(|statement| is_test(&statement.kind))
    })
}

fn print(
    report: &Report,
    failures: Vec<Failure>,
    format: TestFormat,
    output: &mut Output,
) -> Result<Exit, Failure> {
    let out = &mut *output.out;
    match format {
        TestFormat::Human if failures.is_empty() || !report.tests.is_empty() => {
            human::tests(out, report)?
        }
        TestFormat::Json if failures.is_empty() => json::write(out, &json::TestsJson::new(report))?,
        // A failure goes out as diagnostics, and nothing else does.
        TestFormat::Human | TestFormat::Json => {}
        TestFormat::Junit => junit::write(out, report)?,
        TestFormat::Tap => tap::write(out, report)?,
    }
    if !failures.is_empty() {
        return Err(Failure::Several(failures));
    }
    if report.tests.is_empty() && format != TestFormat::Human {
        writeln!(output.err, "No test found")?;
    }
    Ok(if report.all_well() {
        Exit::Well
    } else {
        Exit::Short
    })
}
