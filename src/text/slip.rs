//! How two texts differ by one slip of the hand.

/// The one slip by which a text differs from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip<'a, T> {
    /// One of the two has a letter too many.
    Extra(&'a T),
    /// This letter of the first stands for that one of the other, at this place.
    Changed(&'a T, &'a T, usize),
    /// Two neighbours of the first have changed places.
    Swapped(&'a T, &'a T),
}

/// The slip, if it is just one. Letters are whatever the texts are made of.
pub fn slip<'a, T: PartialEq>(one: &'a [T], other: &'a [T]) -> Option<Slip<'a, T>> {
    if one.len().abs_diff(other.len()) > 1 {
        return None;
    }
    let same_before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same_before..], &other[same_before..]);
    let ends = a.iter().rev().zip(b.iter().rev());
    let same_after = ends.take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - same_after], &b[..b.len() - same_after]) {
        ([], [extra]) | ([extra], []) => Some(Slip::Extra(extra)),
        ([x], [y]) => Some(Slip::Changed(x, y, same_before)),
        ([x, y], [z, w]) if x == w && y == z => Some(Slip::Swapped(x, y)),
        _ => None,
    }
}
