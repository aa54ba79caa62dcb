//! Words for what a program holds as numbers. Comes in: relations, terms, rules, extents; goes out: text that hence reads back as the
//! same thing. The only room that words a sentence, a time or a set of worlds, so that the terminal, JSON and reports all
//! say it alike.

pub mod account;
mod alternatives;
mod argument;
mod body;
mod change;
mod citation;
mod extent;
mod finding;
mod proved;
mod sentence;
mod status;
mod term;
mod voice;

pub use alternatives::{Alternatives, Part, alternatives};
pub use body::{Wording, rule};
pub use extent::{percent, period};
pub use sentence::{Filler, phrase, push_sentence, sentence};
pub use status::{answer, likelihood, likelihood_word, row_status, status_word};
pub use term::{quoted, term};
pub use voice::Voice;
