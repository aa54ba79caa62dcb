//! What people see. Colour goes out as escape sequences throughout; whoever opens the output takes them off where they are not wanted.

mod aligned;
mod answer;
mod compare;
mod complaint;
mod conclusions;
mod contradictions;
mod explained;
mod outline;
mod snapshot;
mod style;
mod take;
mod tests;

pub use answer::answers;
pub use compare::comparison;
pub use complaint::{check_summary, complaints, plain_complaint};
pub use conclusions::{conclusions, counts, left_out};
pub use contradictions::contradictions;
pub use explained::reason;
pub use snapshot::{snapshot, snapshot_end, snapshot_group, snapshot_summary};
pub use style::Role;
pub use tests::tests;
