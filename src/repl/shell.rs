//! Lines from a terminal, with history and editing, or from a pipe. The only place that knows rustyline.

use super::Desk;
use crate::session::Session;
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Completer, Config, Editor, Helper, Highlighter, Hinter};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

const PROMPT: &str = "hence> ";

/// Runs the desk until it is left. `before_entry` is called before each entry is worked on.
///
/// # Errors
/// When the terminal or the output fails.
pub fn run(desk: &mut Desk, out: &mut dyn Write, before_entry: &dyn Fn()) -> io::Result<()> {
    if io::stdin().is_terminal() {
        from_terminal(desk, out, before_entry)
    } else {
        from_pipe(desk, out, before_entry)
    }
}

fn from_terminal(desk: &mut Desk, out: &mut dyn Write, before_entry: &dyn Fn()) -> io::Result<()> {
    let config = Config::builder()
        .auto_add_history(true)
        .max_history_size(2000)
        .map_err(io::Error::other)?
        .build();
    let mut editor: Editor<Entries, DefaultHistory> =
        Editor::with_config(config).map_err(io::Error::other)?;
    editor.set_helper(Some(Entries));
    let history = history_file();
    if let Some(history) = &history {
        // The first time there is none.
        let _ = editor.load_history(history);
    }
    writeln!(
        out,
        "hence {}  (:help for help, Ctrl-D to leave)",
        env!("CARGO_PKG_VERSION")
    )?;
    out.flush()?;
    loop {
        match editor.readline(PROMPT) {
            Ok(entry) => {
                before_entry();
                let goes_on = desk.enter(&entry, out)?;
                out.flush()?;
                if !goes_on {
                    break;
                }
            }
            // Ctrl-C gives up the line, not the session.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    if let Some(history) = history {
        // A history that cannot be kept is no reason to fail.
        let _ = history.parent().map(std::fs::create_dir_all);
        let _ = editor.save_history(&history);
    }
    Ok(())
}

fn from_pipe(desk: &mut Desk, out: &mut dyn Write, before_entry: &dyn Fn()) -> io::Result<()> {
    let mut entry = String::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if entry.is_empty() && line.trim().is_empty() {
            continue;
        }
        entry.push_str(&line);
        // An empty line ends whatever is open, so that one slip does not swallow the rest.
        if line.trim().is_empty() || !Session::wants_more(&entry) {
            before_entry();
            let goes_on = desk.enter(&entry, out)?;
            out.flush()?;
            entry.clear();
            if !goes_on {
                return Ok(());
            }
        } else {
            entry.push('\n');
        }
    }
    if !entry.trim().is_empty() {
        before_entry();
        desk.enter(&entry, out)?;
        out.flush()?;
    }
    Ok(())
}

/// Where the history is kept: the folder for state that the desktop's conventions name.
fn history_file() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let state = state.or_else(|| std::env::home_dir().map(|home| home.join(".local/state")))?;
    Some(state.join("hence/history"))
}

/// Tells whole entries from those that go on.
#[derive(Completer, Helper, Highlighter, Hinter)]
struct Entries;

impl Validator for Entries {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let more = Session::wants_more(context.input());
        Ok(if more {
            ValidationResult::Incomplete
        } else {
            ValidationResult::Valid(None)
        })
    }
}
