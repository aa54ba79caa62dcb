//! What a status is called: in answers, in rows, in the machine-readable contract.

use crate::reading::Status;
use crate::syntax::tree::LikelihoodWord;

/// The answer to a yes-or-no question.
pub fn answer(status: Status) -> &'static str {
    match status {
        Status::Certain => "yes",
        Status::Presumed => "yes, presumably",
        Status::Refuted => "no",
        Status::Contested => "contested",
        Status::Undecided => "undecided",
        Status::Unknown => "nothing says so",
        Status::Depends => "depends",
    }
}

/// The status by its one word: `certain`.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Certain => "certain",
        Status::Presumed => "presumed",
        Status::Refuted => "refuted",
        Status::Contested => "contested",
        Status::Undecided => "undecided",
        Status::Unknown => "unknown",
        Status::Depends => "depends",
    }
}

/// What stands beside a sentence in a list; nothing for one that simply holds.
pub fn row_status(status: Status) -> &'static str {
    match status {
        Status::Certain => "",
        Status::Presumed => "presumably",
        Status::Refuted => "refuted",
        Status::Contested => "contested",
        Status::Undecided => "undecided",
        Status::Unknown => "nothing says so",
        Status::Depends => "depends",
    }
}

/// A likelihood as people read it: the word of ICD 203, which has none for what is settled.
///
/// `very likely`, `in every world`
pub fn likelihood(share: f64, word: LikelihoodWord) -> &'static str {
    if share >= 1.0 {
        "in every world"
    } else if share <= 0.0 {
        "in no world"
    } else {
        likelihood_word(word)
    }
}

/// The word of ICD 203 for a likelihood.
pub fn likelihood_word(word: LikelihoodWord) -> &'static str {
    match word {
        LikelihoodWord::AlmostNoChance => "almost no chance",
        LikelihoodWord::VeryUnlikely => "very unlikely",
        LikelihoodWord::Unlikely => "unlikely",
        LikelihoodWord::RoughlyEvenChance => "roughly even chance",
        LikelihoodWord::Likely => "likely",
        LikelihoodWord::VeryLikely => "very likely",
        LikelihoodWord::AlmostCertain => "almost certain",
    }
}
