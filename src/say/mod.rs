//! A relation and its terms → the sentence that people read. Comes in: numbers of a program; goes out: text. The only room that words
//! a sentence, a time or a set of worlds, so that the terminal, JSON and reports all say it alike.

mod extent;
mod status;
mod voice;

pub use extent::{percent, period};
pub use status::{answer, likelihood_word, row_status};
pub use voice::Voice;
