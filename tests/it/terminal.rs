//! The interactive session as people have it, on a terminal: what is typed and pasted there goes through the line editor.

use crate::support::Folder;
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Nothing takes so long; a slow machine may.
const PATIENCE: Duration = Duration::from_secs(60);

/// A session on a terminal of its own.
struct Terminal {
    /// Where the session runs and keeps its history.
    _folder: Folder,
    session: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    /// What the screen has shown since it was last waited for.
    shown: String,
}

impl Terminal {
    fn open() -> Self {
        let folder = Folder::empty();
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&keyboard).expect("a terminal of our own");
        unlockpt(&keyboard).expect("a terminal to open");
        let size = Winsize {
            ws_row: 24,
            ws_col: 200,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&keyboard, size).expect("a size");
        let name = ptsname(&keyboard, Vec::new()).expect("a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let line = rustix::fs::open(name, flags, Mode::empty()).expect("its other end");
        let other = || line.try_clone().expect("its other end");
        let session = Command::new(env!("CARGO_BIN_EXE_hence"))
            .current_dir(folder.path())
            .env("XDG_STATE_HOME", folder.path())
            .env("TERM", "xterm")
            .env("NO_COLOR", "1")
            .stdin(other())
            .stdout(other())
            .stderr(other())
            .spawn()
            .expect("the binary runs");
        let keyboard = File::from(keyboard);
        let mut reader = keyboard.try_clone().expect("its screen");
        let (sent, screen) = channel();
        // It ends with the session, which the last of the other ends goes with.
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if sent.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut terminal = Self {
            _folder: folder,
            session,
            keyboard,
            screen,
            shown: String::new(),
        };
        terminal.sees("hence> ");
        terminal
    }

    fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("a key");
    }

    /// Waits until the screen shows this.
    fn sees(&mut self, text: &str) {
        let begun = Instant::now();
        loop {
            if let Some(at) = self.shown.find(text) {
                self.shown.drain(..at + text.len());
                return;
            }
            let left = PATIENCE.saturating_sub(begun.elapsed());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.shown += &String::from_utf8_lossy(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("no `{text}` in {:?}", self.shown)
                }
            }
        }
    }

    /// An entry, and the prompt for the next.
    fn enters(&mut self, entry: &str) {
        self.types(&format!("{entry}\n"));
        self.sees("\n");
        self.sees("hence> ");
    }

    /// A question, with the line of its answer.
    fn is_told(&mut self, question: &str, answer: &str) {
        self.types(&format!("{question}\n"));
        self.sees(&format!("\r\n  {answer}\r\n"));
        self.sees("hence> ");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.session.kill();
        let _ = self.session.wait();
    }
}

#[test]
fn a_long_paste_loses_nothing() {
    const LINES: usize = 700;
    let mut terminal = Terminal::open();
    let pasted: String = (0..LINES)
        .map(|line| format!("Place{line} leads to Place{}.\n", line + 1))
        .collect();
    assert!(pasted.len() > 17_000);
    terminal.types(&pasted);
    terminal.types("?n is the number of ?x where ?x leads to ? implies Paste has ?n lines.\n");
    terminal.is_told("Paste has what lines?", "700");
}

#[test]
fn tab_completes_a_name() {
    let mut terminal = Terminal::open();
    terminal.enters("Tweety is a penguin.");
    terminal.is_told("Twee\t is a penguin?", "yes");
}

#[test]
fn ctrl_c_gives_up_an_entry_and_an_empty_line_ends_one() {
    let mut terminal = Terminal::open();
    terminal.types("Bob is\n");
    terminal.sees("...> ");
    terminal.types("\u{3}");
    terminal.sees("hence> ");
    terminal.enters("Ann is ill.");
    terminal.is_told("Ann is ill?", "yes");
    terminal.types("driver flu: yes: Dan is ill. no: nothing.\n");
    terminal.sees("...> ");
    terminal.enters("");
    terminal.types("Dan is ill?\n");
    terminal.sees("depends");
    terminal.sees("hence> ");
    terminal.types("\u{4}");
    assert!(terminal.session.wait().expect("an end").success());
}
