//! The axes of contexts.

use crate::program::DriverId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// Its values are the [`Segments`](super::Segments), in order of time.
    Time,
    /// Its values are the program's scenarios by number.
    Scenario,
    /// Its values are the driver's outcomes by number.
    Driver(DriverId),
}

/// An axis by its place in the order of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AxisId(pub u32);

/// The axes of a program's contexts, in diagram order, each with its number of values (1 or more).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Space {
    pub axes: Vec<(Axis, u32)>,
}

impl Space {
    pub fn find(&self, wanted: Axis) -> Option<AxisId> {
        self.axes
            .iter()
            .position(|&(axis, _)| axis == wanted)
            .map(|at| AxisId(at as u32))
    }

    pub fn size(&self, axis: AxisId) -> u32 {
        self.axes[axis.0 as usize].1
    }
}

/// A box of contexts: for some axes (in order), the values allowed (sorted, fewer than all); the others are free.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Cube(pub Vec<(AxisId, Vec<u32>)>);
