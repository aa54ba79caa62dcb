//! What was named on the command line, as inputs of one case or of several.

use super::args::InputArguments;
use super::exit::Failure;
use crate::files::{self, Case, Input, Policy};
use std::path::{Path, PathBuf};

/// All that was named, read as one case.
pub fn together(arguments: &InputArguments) -> Case {
    let inputs: Vec<Input> = arguments.files.iter().map(|path| input(path)).collect();
    files::read(&inputs, &policy(arguments))
}

/// `-` is standard input.
fn input(path: &Path) -> Input {
    if path.as_os_str() == "-" {
        Input::Stdin
    } else {
        Input::Path(path.to_owned())
    }
}

pub fn policy(arguments: &InputArguments) -> Policy {
    Policy {
        allowed: arguments.allow_path.clone(),
    }
}

/// One file that is a case of its own.
pub struct Named {
    pub input: Input,
    /// Whether it was not named itself but stands in a folder that was.
    pub found_in_folder: bool,
}

/// Every file that was named, and every file below a folder that was, as a case of its own.
///
/// # Errors
/// When a folder cannot be read.
pub fn one_by_one(paths: &[PathBuf]) -> Result<Vec<Named>, Failure> {
    let mut named = Vec::new();
    for path in paths {
        if path.is_dir() {
            let unread = |(folder, error): (PathBuf, _)| {
                Failure::usage(format!("{}: {error}", folder.display()))
            };
            let files = files::below(path).map_err(unread)?;
            named.extend(files.into_iter().map(|file| Named {
                input: Input::Path(file),
                found_in_folder: true,
            }));
        } else {
            named.push(Named {
                input: input(path),
                found_in_folder: false,
            });
        }
    }
    Ok(named)
}
