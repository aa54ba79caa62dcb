//! From what was named on the command line to single inputs: a folder becomes the `.hence` files below it.

use super::{Case, Input};
use crate::complaint::files as complaints;
use crate::text::{Source, Span};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    File(PathBuf),
    Stdin,
    Text { name: String, text: String },
}

/// All that was named, folders opened, in order.
pub(super) fn find(inputs: &[Input], case: &mut Case) -> Vec<Named> {
    let mut named = Vec::new();
    for input in inputs {
        match input {
            Input::Path(path) if path.is_dir() => match below(path) {
                Ok(files) if files.is_empty() => {
                    let at = unread(path, case);
                    case.complaints
                        .push(complaints::empty_folder(&path.to_string_lossy(), at));
                }
                Ok(files) => named.extend(files.into_iter().map(Named::File)),
                Err((folder, error)) => {
                    let at = unread(&folder, case);
                    case.complaints.push(complaints::unreadable(
                        &folder.to_string_lossy(),
                        &error.to_string(),
                        at,
                    ));
                }
            },
            Input::Path(path) => named.push(Named::File(path.clone())),
            Input::Stdin => named.push(Named::Stdin),
            Input::Text { name, text } => named.push(Named::Text {
                name: name.clone(),
                text: text.clone(),
            }),
        }
    }
    named
}

/// A place to complain of something that has no text.
pub(super) fn unread(path: &Path, case: &mut Case) -> Span {
    let id = case.sources.add(Source::unread(path.to_string_lossy()));
    Span::new(id, 0, 0)
}

/// Every `.hence` file below a folder, sorted by path. Hidden files and folders are passed over, and so are symbolic links, which could
/// lead anywhere.
///
/// # Errors
/// When a folder cannot be read, with that folder.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let here = |error| (folder.clone(), error);
        for entry in fs::read_dir(&folder).map_err(here)? {
            let entry = entry.map_err(here)?;
            let kind = entry.file_type().map_err(here)?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.extension() == Some(OsStr::new("hence")) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
