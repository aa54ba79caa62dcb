//! The algebra of two sets: both, either, one without the other, one within the other. Iterative, since a program may
//! have thousands of axes, and each step of a recursion would go one axis down.

use super::cache::Operation;
use super::nodes::{NO_AXIS, push_run};
use super::{Diagram, Label};

/// An operation on two sets, context by context.
trait Pairwise {
    const OPERATION: Operation;
    /// Whether `a` and `b` may change places.
    const COMMUTES: bool;
    /// The answer where it can be seen at once.
    fn settled(a: Label, b: Label) -> Option<Label>;
    /// The answer where the budget is spent: what makes a run of the engine come to its end.
    fn given_up(a: Label) -> Label;

    #[inline]
    fn ordered(a: Label, b: Label) -> (Label, Label) {
        if Self::COMMUTES && a > b {
            (b, a)
        } else {
            (a, b)
        }
    }
}

struct And;
struct Or;
struct Without;

impl Pairwise for And {
    const OPERATION: Operation = Operation::And;
    const COMMUTES: bool = true;

    #[inline]
    fn settled(a: Label, b: Label) -> Option<Label> {
        if a == b || b.is_always() || a.is_never() {
            Some(a)
        } else if a.is_always() || b.is_never() {
            Some(b)
        } else {
            None
        }
    }

    fn given_up(_: Label) -> Label {
        Label::NEVER
    }
}

impl Pairwise for Or {
    const OPERATION: Operation = Operation::Or;
    const COMMUTES: bool = true;

    #[inline]
    fn settled(a: Label, b: Label) -> Option<Label> {
        if a == b || b.is_never() || a.is_always() {
            Some(a)
        } else if a.is_never() || b.is_always() {
            Some(b)
        } else {
            None
        }
    }

    fn given_up(a: Label) -> Label {
        a
    }
}

impl Pairwise for Without {
    const OPERATION: Operation = Operation::Without;
    const COMMUTES: bool = false;

    #[inline]
    fn settled(a: Label, b: Label) -> Option<Label> {
        if b.is_never() || a.is_never() {
            Some(a)
        } else if a == b || b.is_always() {
            Some(Label::NEVER)
        } else {
            None
        }
    }

    fn given_up(_: Label) -> Label {
        Label::NEVER
    }
}

/// A pair of sets that is being combined, along the first axis that either depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    a: Label,
    b: Label,
    axis: u32,
    /// How many values the axis has.
    size: u32,
    /// The run that is next in `a` and `b`, or [`OFF_AXIS`].
    at_a: u32,
    at_b: u32,
    /// Up to where the runs so far reach, that in the making included.
    end: u32,
    /// Where the runs of the result begin in the work space.
    base: u32,
}

/// For a set that does not depend on the frame's axis: it is its own rest for every value.
const OFF_AXIS: u32 = u32::MAX;

impl Diagram {
    /// Contexts in both.
    #[inline]
    pub fn and(&mut self, a: Label, b: Label) -> Label {
        self.pairwise::<And>(a, b)
    }

    /// Contexts in either.
    #[inline]
    pub fn or(&mut self, a: Label, b: Label) -> Label {
        self.pairwise::<Or>(a, b)
    }

    /// Contexts of `a` that are not in `b`.
    #[inline]
    pub fn without(&mut self, a: Label, b: Label) -> Label {
        self.pairwise::<Without>(a, b)
    }

    /// Contexts not in `a`.
    pub fn not(&mut self, a: Label) -> Label {
        self.without(Label::ALWAYS, a)
    }

    /// Whether every context of `a` is in `b`. Makes no nodes.
    pub fn within(&mut self, a: Label, b: Label) -> bool {
        if let Some(rest) = Without::settled(a, b) {
            return rest.is_never();
        }
        if let Some(known) = self.cache.get(Operation::Within, a, b) {
            return known.is_always();
        }
        let within = self.every_pair_within(a, b);
        self.cache.put(
            Operation::Within,
            a,
            b,
            if within { Label::ALWAYS } else { Label::NEVER },
        );
        within
    }

    fn every_pair_within(&self, a: Label, b: Label) -> bool {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut open = vec![(a, b)];
        while let Some((a, b)) = open.pop() {
            if !seen.insert((a, b)) {
                continue;
            }
            let mut frame = self.frame(a, b, 0);
            while frame.end < frame.size {
                let (x, y) = self.step(&mut frame);
                match Without::settled(x, y) {
                    Some(Label::NEVER) => {}
                    Some(_) => return false,
                    None => open.push((x, y)),
                }
            }
        }
        true
    }

    #[inline]
    fn pairwise<P: Pairwise>(&mut self, a: Label, b: Label) -> Label {
        if let Some(settled) = P::settled(a, b) {
            return settled;
        }
        let (a, b) = P::ordered(a, b);
        match self.cache.get(P::OPERATION, a, b) {
            Some(known) => known,
            None => self.combine::<P>(a, b),
        }
    }

    #[inline(never)]
    fn combine<P: Pairwise>(&mut self, a: Label, b: Label) -> Label {
        if self.exhausted() {
            return P::given_up(a);
        }
        let mut frame = self.frame(a, b, self.runs.len() as u32);
        loop {
            let (x, y) = self.step(&mut frame);
            let mut part = match P::settled(x, y) {
                Some(settled) => settled,
                None => {
                    let (x, y) = P::ordered(x, y);
                    match self.cache.get(P::OPERATION, x, y) {
                        Some(known) => known,
                        None => {
                            self.frames.push(frame);
                            frame = self.frame(x, y, self.runs.len() as u32);
                            continue;
                        }
                    }
                }
            };
            loop {
                push_run(&mut self.runs, frame.base as usize, frame.end, part);
                if frame.end < frame.size {
                    break;
                }
                part = self
                    .nodes
                    .make(frame.axis, &self.runs[frame.base as usize..]);
                self.runs.truncate(frame.base as usize);
                if self.exhausted() {
                    self.frames.clear();
                    self.runs.clear();
                    return P::given_up(a);
                }
                self.cache.put(P::OPERATION, frame.a, frame.b, part);
                match self.frames.pop() {
                    Some(suspended) => frame = suspended,
                    None => return part,
                }
            }
        }
    }

    /// `a` and `b` are not both leaves.
    #[inline]
    fn frame(&self, a: Label, b: Label, base: u32) -> Frame {
        let (axis_a, axis_b) = (self.nodes.axis(a), self.nodes.axis(b));
        let axis = axis_a.min(axis_b);
        debug_assert!(axis != NO_AXIS);
        Frame {
            a,
            b,
            axis,
            size: self.space.axes[axis as usize].1,
            at_a: if axis_a == axis {
                self.nodes.place_of_runs(a).0
            } else {
                OFF_AXIS
            },
            at_b: if axis_b == axis {
                self.nodes.place_of_runs(b).0
            } else {
                OFF_AXIS
            },
            end: 0,
            base,
        }
    }

    /// On to the next stretch of values for which neither set changes, and what both lead to there.
    #[inline]
    fn step(&self, frame: &mut Frame) -> (Label, Label) {
        let (mut end_a, mut x, mut end_b, mut y) = (frame.size, frame.a, frame.size, frame.b);
        if frame.at_a != OFF_AXIS {
            let run = self.nodes.run(frame.at_a);
            (end_a, x) = (run.end, run.to);
        }
        if frame.at_b != OFF_AXIS {
            let run = self.nodes.run(frame.at_b);
            (end_b, y) = (run.end, run.to);
        }
        frame.end = end_a.min(end_b);
        if frame.at_a != OFF_AXIS && end_a == frame.end {
            frame.at_a += 1;
        }
        if frame.at_b != OFF_AXIS && end_b == frame.end {
            frame.at_b += 1;
        }
        (x, y)
    }
}
