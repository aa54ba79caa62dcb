//! `hence init`: a new case that passes at once, to be changed into one's own.

use super::args::InitArguments;
use super::exit::{Exit, Failure};
use super::output::Output;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The files of a new case: facts, rules, a driver, a scenario, questions, and tests of them.
const FILES: [(&str, &str); 2] = [
    ("case.hence", include_str!("init/case.hence")),
    ("hence.toml", include_str!("init/hence.toml")),
];

/// # Errors
/// When the folder holds something already or cannot be written to.
pub fn init(arguments: &InitArguments, output: &mut Output) -> Result<Exit, Failure> {
    let folder = &arguments.folder;
    make(folder).map_err(|error| refused(folder, &error))?;
    for (name, text) in FILES {
        write_new(&folder.join(name), text).map_err(|error| refused(folder, &error))?;
    }
    let shown = folder.display();
    writeln!(
        output.out,
        "A new case is in {shown}/case.hence. Try:\n  hence test {shown}\n  hence run {shown}\n  hence ask {shown} -q 'why Market is at risk in repair?'"
    )?;
    Ok(Exit::Well)
}

/// Makes the folder, or finds it empty.
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    match fs::read_dir(folder)?.next() {
        None => Ok(()),
        Some(_) => Err(io::Error::other("it is not empty")),
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn refused(folder: &Path, error: &io::Error) -> Failure {
    Failure::Plain {
        exit: Exit::Wrong,
        code: "no-new-case",
        title: format!("no case can be made in `{}`: {error}", folder.display()),
        help: Some("Name a folder that is empty or not there yet.".to_owned()),
    }
}
