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
        let is_wanted = |at: &usize| self.axes.get(*at).is_some_and(|&(axis, _)| axis == wanted);
        // Drivers mostly stand in order, after the axes that are none.
        let guess = match (wanted, self.axes.last()) {
            (Axis::Driver(wanted), Some(&(Axis::Driver(last), _))) if wanted <= last => {
                (self.axes.len() - 1).checked_sub((last.0 - wanted.0) as usize)
            }
            _ => None,
        };
        let place = guess
            .filter(is_wanted)
            .or_else(|| (0..self.axes.len()).find(is_wanted));
        place.map(|at| AxisId(at as u32))
    }

    pub fn size(&self, axis: AxisId) -> u32 {
        self.axes[axis.0 as usize].1
    }
}

/// A box of contexts: for some axes (in order), the values allowed (sorted, fewer than all); the others are free.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Cube(pub Vec<(AxisId, Vec<u32>)>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_found_in_any_order() {
        let driver = |number| Axis::Driver(DriverId(number));
        for axes in [
            vec![Axis::Time, driver(0), driver(1), driver(2)],
            vec![driver(2), Axis::Scenario, driver(0), driver(1)],
        ] {
            let space = Space {
                axes: axes.iter().map(|&axis| (axis, 2)).collect(),
            };
            for (place, &axis) in axes.iter().enumerate() {
                assert_eq!(space.find(axis), Some(AxisId(place as u32)));
            }
            assert_eq!(space.find(driver(3)), None);
        }
    }
}
