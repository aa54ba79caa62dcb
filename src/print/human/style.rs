//! Roles of words on a terminal, and the colour each has.

use anstyle::{AnsiColor, Style};
use std::fmt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Plain,
    /// The head of a section.
    Heading,
    /// Places, dates, worlds: what qualifies a sentence.
    Aside,
    Good,
    Bad,
    /// Neither good nor bad: contested, undecided, depends.
    Doubtful,
}

impl Role {
    pub fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Heading => Style::new().bold(),
            Self::Aside => Style::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Doubtful => AnsiColor::Yellow.on_default(),
        }
    }

    /// The text in this role's colour.
    pub fn paint<T: fmt::Display>(self, text: T) -> Painted<T> {
        Painted {
            style: self.style(),
            text,
        }
    }
}

/// A text between the escape sequences that begin and end its colour.
#[derive(Clone, Copy, Debug)]
pub struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{:#}", self.style, self.text, self.style)
    }
}
