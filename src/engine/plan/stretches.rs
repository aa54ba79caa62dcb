//! Stretches of levels that bind nothing used behind them: `?x leads ?y and ?y is old` in a rule that goes on about other things. However often they
//! match, what stands behind them is looked at once; else a rule about several things apart would be matched once for each combination.

use super::{Level, Walk};

/// The end of what is used to the very end.
pub(super) const NO_END: usize = usize::MAX;

/// Marks the stretches. `ends` has for each level the last one that reads what it binds; [`NO_END`] where the head does, or where each match counts.
pub(super) fn mark_stretches(levels: &mut [Level], ends: &[usize]) {
    let Some(last) = levels.len().checked_sub(1) else {
        return;
    };
    let ends = stretch_ends(ends);
    let mut at = 0;
    while at < last {
        let end = ends[at];
        if end >= last {
            at += 1;
            continue;
        }
        let is_single = at == end && (levels[at].once || levels[at].walk == Walk::Once);
        if !is_single {
            levels[at].stretch = Some(end);
            levels[end].stretch_from = Some(at);
        }
        at = end + 1;
    }
}

/// By level: where the shortest stretch ends that begins with it.
fn stretch_ends(ends: &[usize]) -> Vec<usize> {
    let mut stretches = vec![NO_END; ends.len()];
    for at in (0..ends.len()).rev() {
        let mut end = ends[at].max(at);
        let mut inside = at + 1;
        while end != NO_END && inside <= end {
            end = end.max(stretches[inside]);
            inside = stretches[inside].saturating_add(1);
        }
        stretches[at] = end;
    }
    stretches
}
