//! What a status is called: in answers, in rows, in the machine-readable contract.

use crate::reading::Status;

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
