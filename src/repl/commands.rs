//! What an entry does: a command that begins with `:`, or statements and questions for the session. Writes to whatever it is given.

use crate::print::human::{self, Role};
use crate::reading::Status;
use crate::say::{self, Voice};
use crate::session::{Change, Listed, Reply, Session, Unsolved};
use std::io::{self, Write};
use std::path::PathBuf;

const HELP: &str = "\
Type a statement to add it, a question to have it answered; both end as in a file.
  who can lean on Armenia?      why Armenia is finlandized?      what if Trade ends: Ruritania protests?
An entry may take several lines, up to its full stop; an empty line ends it in any case, and Ctrl-C gives it up.
A driver, scenario or test ends with an empty line. The Tab key completes names, words, commands and files.

  :load FILE        take in a file or folder
  :facts [WORDS]    the facts, or those that have these words
  :rules [WORDS]    the rules likewise
  :undo             take the last entry back
  :help             this page
  :quit             leave (or Ctrl-D)
";

/// The commands, for one who is typing one.
pub(super) const COMMANDS: [&str; 6] = [":load ", ":facts", ":rules", ":undo", ":help", ":quit"];

/// How many changed conclusions an entry lists.
const MOST_CHANGES: usize = 12;
/// How many facts or rules are listed.
const MOST_LISTED: usize = 200;

/// The session with the words that command it.
pub struct Desk {
    pub session: Session,
}

impl Desk {
    /// Does what an entry says; whether the session goes on.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn enter(&mut self, entry: &str, out: &mut dyn Write) -> io::Result<bool> {
        let entry = entry.trim();
        // A command in a line of its own ends what is open before it.
        if let Some(at) = entry.rfind("\n:") {
            return Ok(self.enter(&entry[..at], out)? && self.enter(&entry[at + 1..], out)?);
        }
        if let Some(command) = without_colon(entry) {
            writeln!(out, "a command begins with a colon: `{command}`")?;
            return Ok(true);
        }
        let Some(command) = entry.strip_prefix(':') else {
            let reply = self.session.say(entry);
            print(out, reply)?;
            return Ok(true);
        };
        let (name, rest) = command
            .split_once(char::is_whitespace)
            .unwrap_or((command, ""));
        let rest = rest.trim();
        match name {
            "quit" | "q" | "exit" => return Ok(false),
            "help" | "h" | "?" => write!(out, "{HELP}")?,
            "load" if rest.is_empty() => writeln!(out, "say which file: `:load FILE`")?,
            "load" => {
                let reply = self.session.load(path(rest));
                print(out, reply)?;
            }
            "facts" => list(out, self.session.facts(), rest, "fact")?,
            "rules" => list(out, self.session.rules(), rest, "rule")?,
            "undo" => match self.session.undo() {
                Some((said, reply)) => {
                    writeln!(out, "{} {}", Role::Aside.paint("taken back:"), said.trim())?;
                    print(out, reply)?;
                }
                None => writeln!(out, "there is nothing to take back")?,
            },
            other => writeln!(out, "there is no command `:{other}`; `:help` lists them")?,
        }
        Ok(true)
    }
}

/// The command that is meant by a line without the colon, `help`, `exit`, `load case.hence`; such a line is no statement and no question.
pub(super) fn without_colon(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(file) = line.strip_prefix("load ") {
        let is_file = file.ends_with(".hence") && !file.contains(['"', ' ']);
        return is_file.then(|| format!(":load {file}"));
    }
    let command = match line {
        "exit" => "quit",
        "?" => "help",
        "facts" | "rules" | "undo" | "help" | "quit" => line,
        _ => return None,
    };
    Some(format!(":{command}"))
}

/// The path that is meant: without quotes around it, and with the home folder for `~`.
fn path(typed: &str) -> PathBuf {
    let typed = typed.trim_matches('"');
    let home = typed
        .strip_prefix("~/")
        .and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    home.unwrap_or_else(|| typed.into())
}

fn print(out: &mut dyn Write, reply: Reply) -> io::Result<()> {
    match reply {
        Reply::Nothing => Ok(()),
        Reply::Answers(answered) => {
            human::complaints(out, &answered.sources, &answered.warnings)?;
            let voice = Voice::new(&answered.program, &answered.terms);
            human::answers(out, voice, &answered.answers)
        }
        Reply::Noted {
            changes,
            sources,
            warnings,
        } => {
            human::complaints(out, &sources, &warnings)?;
            print_changes(out, &changes)
        }
        Reply::Refused(unsolved) => refuse(out, &unsolved),
        Reply::Both(replies) => replies.into_iter().try_for_each(|reply| print(out, reply)),
    }
}

fn refuse(out: &mut dyn Write, unsolved: &Unsolved) -> io::Result<()> {
    match &unsolved.placeless {
        Some((code, title)) => human::plain_complaint(out, code, title, None),
        None => human::complaints(out, &unsolved.sources, &unsolved.complaints),
    }
}

/// `+ Tweety flies, presumably`, `- …` for what is gone, `~ …` for what stands otherwise.
fn print_changes(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    for change in changes.iter().take(MOST_CHANGES) {
        let (mark, role, status) = match (change.before, change.after) {
            (None, Some(status)) => ("+", Role::Good, Some(status)),
            (_, None) => ("-", Role::Bad, None),
            (Some(_), Some(status)) => ("~", Role::Doubtful, Some(status)),
        };
        let standing = match status {
            None => String::new(),
            Some(Status::Certain) if mark == "+" => String::new(),
            Some(Status::Certain) => "  certain".to_owned(),
            Some(status) => format!("  {}", say::row_status(status)),
        };
        writeln!(
            out,
            "{} {}{}",
            role.paint(mark),
            change.sentence,
            Role::Aside.paint(standing)
        )?;
    }
    if changes.len() > MOST_CHANGES {
        writeln!(
            out,
            "{}",
            Role::Aside.paint(format!("… and {} more", changes.len() - MOST_CHANGES))
        )?;
    }
    Ok(())
}

fn list(
    out: &mut dyn Write,
    listed: Result<Vec<Listed>, Unsolved>,
    words: &str,
    kind: &str,
) -> io::Result<()> {
    let all = match listed {
        Ok(all) => all,
        Err(unsolved) => return refuse(out, &unsolved),
    };
    let found: Vec<&Listed> = all
        .iter()
        .filter(|item| item.text.contains(words))
        .collect();
    if found.is_empty() {
        return writeln!(
            out,
            "no {kind}{}",
            if words.is_empty() {
                " yet"
            } else {
                " has these words"
            }
        );
    }
    for item in found.iter().take(MOST_LISTED) {
        writeln!(out, "{}  {}", item.text, Role::Aside.paint(&item.at))?;
    }
    if found.len() > MOST_LISTED {
        writeln!(
            out,
            "… and {} more; `:{kind}s WORDS` narrows them down",
            found.len() - MOST_LISTED
        )?;
    }
    Ok(())
}
