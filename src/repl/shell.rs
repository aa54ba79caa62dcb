//! Lines from a terminal, with history and editing, or from a pipe. The only place that knows rustyline.

use super::Desk;
use super::commands::{COMMANDS, without_colon};
use crate::session::{Session, Words};
use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;
use rustyline::{CompletionType, Config, Context, Editor, Helper, Highlighter, Hinter, Validator};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

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
        .completion_type(CompletionType::List)
        .max_history_size(2000)
        .map_err(io::Error::other)?
        .build();
    let mut editor: Editor<Completions, DefaultHistory> =
        Editor::with_config(config).map_err(io::Error::other)?;
    let history = history_file();
    if let Some(history) = &history {
        // The first time there is none.
        let _ = editor.load_history(history);
        let _ = history.parent().map(std::fs::create_dir_all);
    }
    writeln!(
        out,
        "hence {}  (:help for help, Ctrl-D to leave)",
        env!("CARGO_PKG_VERSION")
    )?;
    out.flush()?;
    let mut open = Open::default();
    loop {
        editor.set_helper(Some(Completions {
            words: desk.session.words().clone(),
            files: FilenameCompleter::new(),
        }));
        let line = match editor.readline(open.prompt()) {
            Ok(line) => line,
            // Ctrl-C gives up the entry, not the session.
            Err(ReadlineError::Interrupted) => {
                open = Open::default();
                continue;
            }
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(io::Error::other(error)),
        };
        let Some(entry) = open.push(&line) else {
            continue;
        };
        if editor.add_history_entry(entry.trim_end()).unwrap_or(false)
            && let Some(history) = &history
        {
            // A history that cannot be kept is no reason to fail.
            let _ = editor.append_history(history);
        }
        before_entry();
        let goes_on = desk.enter(&entry, out)?;
        out.flush()?;
        if !goes_on {
            return Ok(());
        }
    }
}

fn from_pipe(desk: &mut Desk, out: &mut dyn Write, before_entry: &dyn Fn()) -> io::Result<()> {
    let mut open = Open::default();
    let mut lines = io::stdin().lock().lines();
    loop {
        let (entry, is_last) = match lines.next().transpose()? {
            Some(line) => (open.push(&line), false),
            None => (Some(std::mem::take(&mut open.text)), true),
        };
        if let Some(entry) = entry.filter(|entry| !entry.trim().is_empty()) {
            before_entry();
            let goes_on = desk.enter(&entry, out)?;
            out.flush()?;
            if !goes_on {
                return Ok(());
            }
        }
        if is_last {
            return Ok(());
        }
    }
}

/// The lines of an entry that goes on.
#[derive(Default)]
struct Open {
    text: String,
}

impl Open {
    fn prompt(&self) -> &'static str {
        if self.text.is_empty() {
            "hence> "
        } else {
            "  ...> "
        }
    }

    /// Adds a line; the entry, once it is whole. An empty line ends whatever is open, so that one slip does not swallow the rest, and so does
    /// a command.
    fn push(&mut self, line: &str) -> Option<String> {
        let is_empty = line.trim().is_empty();
        if self.text.is_empty() && is_empty {
            return None;
        }
        if self.text.is_empty() && without_colon(line).is_some() {
            return Some(line.to_owned());
        }
        self.text.push_str(line);
        if is_empty || line.starts_with(':') || !Session::wants_more(&self.text) {
            return Some(std::mem::take(&mut self.text));
        }
        self.text.push('\n');
        None
    }
}

/// Where the history is kept: the folder for state that the desktop's conventions name.
fn history_file() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let state = state.or_else(|| std::env::home_dir().map(|home| home.join(".local/state")))?;
    Some(state.join("hence/history"))
}

/// Completes what is being typed: commands, files behind `:load`, the names and words of the session.
#[derive(Helper, Highlighter, Hinter, Validator)]
struct Completions {
    words: Words,
    files: FilenameCompleter,
}

impl Completer for Completions {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = &line[..at];
        if typed.starts_with(":load ") {
            return self.files.complete(line, at, context);
        }
        let pair = |word: &str| Pair {
            display: word.trim_end().to_owned(),
            replacement: word.to_owned(),
        };
        if typed.starts_with(':') {
            let found = COMMANDS.iter().filter(|command| command.starts_with(typed));
            return Ok((0, found.map(|command| pair(command)).collect()));
        }
        // A name may be several words long, so the longest beginning that is known counts.
        for start in beginnings(typed) {
            let found = self.words.beginning_with(&typed[start..]);
            if !found.is_empty() {
                return Ok((start, found.into_iter().map(pair).collect()));
            }
        }
        Ok((at, Vec::new()))
    }
}

/// Where the last words of a line begin, the farthest first; none before white space.
fn beginnings(typed: &str) -> Vec<usize> {
    const WORDS: usize = 4;
    let mut starts: Vec<usize> = typed
        .char_indices()
        .rev()
        .filter(|&(at, c)| {
            let before = typed[..at].chars().next_back();
            !c.is_whitespace() && before.is_none_or(|c| c.is_whitespace() || c == '(')
        })
        .map(|(at, _)| at)
        .take(WORDS)
        .collect();
    starts.reverse();
    starts
}
