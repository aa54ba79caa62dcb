//! Runs the binary in a folder of its own, so that nothing in its output depends on the machine.

#[path = "../shared/files.rs"]
mod files;
pub use files::{hence_files, project};

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What came of one run.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {}\n{}", self.out, self.err))
    }
}

/// A folder with files in it.
pub struct Folder(TempDir);

impl Folder {
    /// One that holds `case.hence`.
    pub fn with_case(text: &str) -> Self {
        let folder = Self::empty();
        folder.write("case.hence", text);
        folder
    }

    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
            .expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file")
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn hence(&self, arguments: &[&str]) -> Ran {
        hence_in(self.0.path(), arguments, "")
    }

    pub fn hence_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        hence_in(self.0.path(), arguments, input)
    }
}

/// Runs `hence` on one text, which it finds as `case.hence`.
pub fn hence(text: &str, arguments: &[&str]) -> Ran {
    Folder::with_case(text).hence(arguments)
}

/// Runs `hence` in a folder.
pub fn hence_in(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("standard input");
    // A run that does not read its input may be gone by now.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the binary ends");
    Ran {
        status: output.status.code().expect("an exit status"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A JSON value that is to be a list.
pub fn list(value: &serde_json::Value) -> &Vec<serde_json::Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("a list: {value}"))
}

/// A JSON value that is to be a text.
pub fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}"))
}
