//! Complaints about what is written, before anything is known of its meaning. One function per complaint; its code is
//! its name with hyphens.

mod condition;
mod doubtful;
mod note;
mod numerals;
mod sentence;
mod spelling;
mod statement;

pub use condition::*;
pub use doubtful::*;
pub use note::*;
pub use sentence::*;
pub use spelling::*;
pub use statement::*;

/// The words of a span that may run over several lines, as one line of a message.
fn one_line(words: &str) -> String {
    const MOST: usize = 80;
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
