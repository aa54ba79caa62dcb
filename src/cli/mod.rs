//! The command line: arguments in, exit status out. One file per command; [`exit`] alone decides the status.

mod again;
pub mod args;
mod ask;
mod check;
mod compare;
pub mod exit;
mod explain;
mod fmt;
mod init;
mod inputs;
mod interrupt;
mod memory;
mod options;
mod output;
mod pattern;
mod repl;
mod run;
mod snapshot;
mod steps;
mod test;
mod watchdog;
mod whole;

use args::{Arguments, Command};
use clap::Parser;
use exit::{Exit, Failure};
use output::Output;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

/// Address space for the thread that does the work. Nesting is bounded everywhere; this is the second line of defence.
const STACK: usize = 256 << 20;

/// How memory that has been freed is returned to the system, so that a session goes on after one of its entries has spent all that it may.
pub fn gives_back(give_back: fn()) {
    memory::GIVE_BACK.get_or_init(|| give_back);
}

/// The whole program.
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let work = move || finish(&arguments);
    match std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .map(std::thread::JoinHandle::join)
    {
        Ok(Ok(exit)) => exit.into(),
        // The panic has said what it had to say.
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            eprintln!("hence: no thread to work on: {error}");
            ExitCode::from(Exit::Limit.status())
        }
    }
}

/// Runs the command and reports a failure.
fn finish(arguments: &[OsString]) -> Exit {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => return refuse(arguments, &error),
    };
    let json = wants_json(arguments);
    let mut output = Output::new(parsed.color, json);
    let result = dispatch(parsed, &mut output).and_then(|exit| {
        output.out.flush()?;
        Ok(exit)
    });
    result.unwrap_or_else(|failure| output.report(failure))
}

fn dispatch(arguments: Arguments, output: &mut Output) -> Result<Exit, Failure> {
    let Some(command) = arguments.command else {
        return without_command(output);
    };
    match command {
        Command::Run(arguments) => run::run(arguments, output),
        Command::Ask(arguments) => ask::ask(arguments, output),
        Command::Test(arguments) => test::test(arguments, output),
        Command::Snapshot(arguments) => snapshot::snapshot(&arguments, output),
        Command::Compare(arguments) => compare::compare(arguments, output),
        Command::Check(arguments) => check::check(arguments, output),
        Command::Fmt(arguments) => fmt::fmt(&arguments, output),
        Command::Explain(arguments) => explain::explain(&arguments, output),
        Command::Repl(arguments) => repl::repl(&arguments, output),
        Command::Init(arguments) => init::init(&arguments, output),
        Command::Later(later) => Err(Failure::not_there_yet(&format!("hence {}", later.name()))),
    }
}

/// Plain `hence` is the interactive session on a terminal; elsewhere somebody forgot the command.
fn without_command(output: &mut Output) -> Result<Exit, Failure> {
    if io::stdin().is_terminal() {
        let arguments = Arguments::try_parse_from(["hence", "repl"]);
        return match arguments.map(|parsed| parsed.command) {
            Ok(Some(Command::Repl(arguments))) => repl::repl(&arguments, output),
            _ => Err(Failure::usage(
                "a command is missing; `hence --help` lists them",
            )),
        };
    }
    Err(Failure::usage(
        "a command is missing; `hence --help` lists them",
    ))
}

/// Help and version are all well and go to standard output; anything else that does not parse is a wrong argument.
fn refuse(arguments: &[OsString], error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // Nobody is left to read it where this fails.
        let _ = error.print();
        return Exit::Well;
    }
    if wants_json(arguments) {
        output::print_diagnostics(&refusal(&error.render().to_string()));
    }
    let _ = error.print();
    Exit::Wrong
}

/// What is wrong with the arguments: the first paragraph says it, the others and what stands in brackets how to mend it.
fn refusal(said: &str) -> Failure {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut paragraphs = said.trim_start_matches("error: ").split("\n\n");
    let first = paragraphs.next().unwrap_or_default();
    let (hints, title): (Vec<&str>, Vec<&str>) = first
        .lines()
        .partition(|line| line.trim_start().starts_with('['));
    let hints = hints
        .iter()
        .map(|hint| one_line(hint.trim_matches([' ', '[', ']'])));
    let help: Vec<String> = hints
        .chain(paragraphs.map(one_line))
        .filter(|help| !help.is_empty())
        .collect();
    Failure::Plain {
        exit: Exit::Wrong,
        code: "bad-argument",
        title: one_line(&title.join(" ")),
        help: Some(help.join("\n")),
    }
}

/// Whether `--format json` was asked for, even where the rest of the arguments makes no sense.
fn wants_json(arguments: &[OsString]) -> bool {
    let split = arguments
        .windows(2)
        .any(|pair| pair[0] == "--format" && pair[1] == "json");
    split || arguments.iter().any(|argument| argument == "--format=json")
}
