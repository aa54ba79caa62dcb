//! What a case concludes, recorded beside its file, and what has changed since. Comes in: an evaluated case and the record of an earlier
//! one; goes out: each conclusion that came, went or stands otherwise, with the edits of facts and rules that account for it, found by
//! evaluating the recorded statements with some of the edits and not with others.

mod account;
mod change;
mod edit;
mod listed;
mod record;
mod report;
mod standings;

pub use account::Because;
pub use change::{Change, Compared, Group, compare};
pub use edit::{Edit, EditKind};
pub use listed::{Statements, leave_out_questions, statements};
pub use record::{Asked, Record, Unread};
pub use report::{Outcome, Report};
pub use standings::{Standings, standings};
