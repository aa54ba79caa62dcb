//! Files that are written as a whole or left as they were.

use super::exit::{Exit, Failure};
use super::watchdog;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts a text in the place of a file's, or where there is no file yet.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text).map_err(|error| Failure::Plain {
        exit: Exit::Wrong,
        code: "unwritable-file",
        title: format!("`{}` cannot be written: {error}", path.display()),
        help: None,
    })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A symbolic link stays one; the file behind it changes.
    let path = match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        found => found?,
    };
    let permissions = match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        found => Some(found?.permissions()),
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is marked as read-only",
        ));
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    // A file that stands half-written beside it would stay there.
    let _whole = watchdog::whole();
    let Some(permissions) = permissions else {
        return fs::write(&path, text).inspect_err(|_| {
            // What there is of it is no file. Where it cannot be taken away either, the error tells of it.
            let _ = fs::remove_file(&path);
        });
    };
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.persist(&path)?;
    Ok(())
}
