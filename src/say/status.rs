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
