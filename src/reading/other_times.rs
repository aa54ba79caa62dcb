//! Why not, of what holds at some time only: how it stands when it does not, at the last such time, and since when it has stood so.

use super::Reader;
use super::answer::Explanation;
use super::proof::Moment;
use super::scope::Scope;
use super::why::Pattern;
use crate::label::{Axis, Label};
use crate::program::Period;

/// Earlier times that are looked at for how long it has stood so: what is said of a shorter time is as true.
const MOST_TIMES: usize = 30;

/// How a sentence stands during a time when it does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherTimes {
    pub when: Period,
    pub explanation: Explanation,
}

impl Reader<'_> {
    /// Why a part of what was asked does not hold at the last of these contexts' times.
    pub(super) fn other_times(
        &mut self,
        part: &Pattern,
        fails: Label,
        scope: &Scope,
    ) -> Option<OtherTimes> {
        let axis = self.axis(Axis::Time)?;
        let last = self.moment_in(fails)?;
        let explanation = self.failure_at(part, &last, scope);
        let mut times = last.0[axis.0 as usize]..last.0[axis.0 as usize] + 1;
        for earlier in self.earlier(&last).into_iter().skip(1).take(MOST_TIMES) {
            if !self.at_moment(fails, &earlier)
                || self.failure_at(part, &earlier, scope) != explanation
            {
                break;
            }
            times.start = earlier.0[axis.0 as usize];
        }
        Some(OtherTimes {
            when: self.core.segments.period(times),
            explanation,
        })
    }

    fn failure_at(&mut self, part: &Pattern, moment: &Moment, scope: &Scope) -> Explanation {
        let mut explanation = Explanation {
            asked: self.options,
            ..Explanation::default()
        };
        if let Some(terms) = part.1.iter().copied().collect::<Option<Vec<_>>>() {
            explanation.status = self.status_at(part.0, &terms, moment);
        }
        // No proof of it needs to say when it stands: that is said of all.
        self.explain_failure(part, moment, Label::NEVER, scope, &mut explanation);
        explanation
    }
}
