//! Which files a case may reach by `use` and `load`: those of its own project (below the nearest folder that holds a
//! [`MARKER`], else below the folder of the named file), and those that `--allow-path` adds. What was named on the command line is
//! always read.

use super::Input;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Which files a case may reach by `use` and `load`, besides those beside and below the named files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// `--allow-path`: further files and folders.
    pub allowed: Vec<PathBuf>,
}

/// The file that marks the root of a project: the cases below it may use each other's rules, facts and tables.
const MARKER: &str = "hence.toml";

/// A file that `use` or `load` names, as far as it may be known.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// The one path of the file, symbolic links resolved.
    File(PathBuf),
    /// It may be read but is not there.
    Missing,
    /// It may not be read, there or not.
    Outside,
    /// The path cannot be followed: `not a directory`, `permission denied`.
    Unreadable(String),
}

/// The folders in reach, symbolic links resolved.
#[derive(Debug)]
pub(super) struct Reach {
    roots: Vec<PathBuf>,
}

impl Reach {
    pub fn new(inputs: &[Input], policy: &Policy) -> Self {
        let own = inputs.iter().filter_map(|input| match input {
            Input::Path(path) if path.is_dir() => path.canonicalize().ok(),
            Input::Path(path) => folder_of(path).canonicalize().ok(),
            Input::Stdin | Input::Text { .. } => std::env::current_dir().ok(),
        });
        let allowed = policy
            .allowed
            .iter()
            .filter_map(|path| path.canonicalize().ok());
        let roots = own
            .map(|folder| project_of(&folder))
            .chain(allowed)
            .collect();
        Self { roots }
    }

    /// Follows a path. Whether a file out of reach exists is not told.
    pub fn find(&self, path: &Path) -> Reached {
        match path.canonicalize() {
            Ok(real) if self.holds(&real) => Reached::File(real),
            Ok(_) => Reached::Outside,
            Err(_) if !self.holds(&real_as_far_as_it_goes(path)) => Reached::Outside,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Reached::Missing,
            Err(error) => Reached::Unreadable(error.to_string()),
        }
    }

    fn holds(&self, real: &Path) -> bool {
        self.roots.iter().any(|root| real.starts_with(root))
    }
}

/// The nearest folder above that is marked as a project's root, else the folder itself.
fn project_of(folder: &Path) -> PathBuf {
    let marked = folder
        .ancestors()
        .find(|above| above.join(MARKER).is_file());
    marked.unwrap_or(folder).to_owned()
}

/// The folder that a file's own paths start from; `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A path put after a folder, without the detours that can be seen: `cases/` and `../rules/a.hence` give `rules/a.hence`.
pub(super) fn join(folder: &Path, path: &Path) -> PathBuf {
    let mut joined = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(joined.components().next_back(), Some(Component::Normal(_))) =>
            {
                joined.pop();
            }
            other => joined.push(other),
        }
    }
    if joined.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        joined
    }
}

/// Symbolic links resolved up to the last folder that exists, the rest as written.
fn real_as_far_as_it_goes(path: &Path) -> PathBuf {
    for ancestor in path.ancestors().skip(1) {
        let existing = if ancestor == Path::new("") {
            Path::new(".")
        } else {
            ancestor
        };
        if let Ok(real) = existing.canonicalize() {
            return join(&real, path.strip_prefix(ancestor).unwrap_or(path));
        }
    }
    path.to_owned()
}
