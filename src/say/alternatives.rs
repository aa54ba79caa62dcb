//! Changes that differ in one part, said as one: for each of its parts, what would do. The changes of a sentence with three reasons, each of
//! which hangs on several facts, are one line for each fact so, and not one for each way to choose.

use crate::program::DriverId;
use crate::reading::{Change, Dropped, Supposed};
use std::collections::{BTreeSet, HashMap};

/// One part of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part<'c> {
    Outcome(DriverId, usize),
    Without(&'c Dropped),
    With(&'c Supposed),
}

/// Changes told together: any way to take one part from each place. Each place with one part comes before those with several.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternatives<'c> {
    pub places: Vec<Vec<Part<'c>>>,
}

impl Alternatives<'_> {
    /// How many changes these are.
    pub fn count(&self) -> usize {
        self.places.iter().map(Vec::len).product()
    }
}

/// Parts by number, as a change of one part or more: what would do in each place.
type Places = BTreeSet<BTreeSet<usize>>;

/// Changes in order, those that differ in one part together. A change of a single part stays by itself.
pub fn alternatives(changes: &[Change]) -> Vec<Alternatives<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut all: Vec<Places> = Vec::new();
    for change in changes {
        let places = parts_of(change).map(|part| {
            let known = parts.iter().position(|&known| known == part);
            let number = known.unwrap_or_else(|| {
                parts.push(part);
                parts.len() - 1
            });
            BTreeSet::from([number])
        });
        all.push(places.collect());
    }
    while let Some((shared, at)) = most_alike(&all) {
        let several: Vec<&Places> = at.iter().map(|&at| &all[at]).collect();
        all[at[0]] = merged(&several, &shared);
        for &at in at[1..].iter().rev() {
            all.remove(at);
        }
    }
    all.into_iter()
        .map(|places| {
            let mut places: Vec<BTreeSet<usize>> = places.into_iter().collect();
            places.sort_by_key(|place| place.len() > 1);
            let named =
                |place: BTreeSet<usize>| place.into_iter().map(|part| parts[part]).collect();
            Alternatives {
                places: places.into_iter().map(named).collect(),
            }
        })
        .collect()
}

fn parts_of(change: &Change) -> impl Iterator<Item = Part<'_>> {
    let outcomes = change.outcomes.iter();
    let outcomes = outcomes.map(|&(driver, outcome)| Part::Outcome(driver, outcome));
    let without = change.drop.iter().map(Part::Without);
    outcomes
        .chain(without)
        .chain(change.suppose.iter().map(Part::With))
}

/// The places that most of these share but for one, and where those are.
fn most_alike(all: &[Places]) -> Option<(Places, Vec<usize>)> {
    let mut alike: HashMap<Places, Vec<usize>> = HashMap::new();
    for (at, places) in all
        .iter()
        .enumerate()
        .filter(|(_, places)| places.len() > 1)
    {
        for place in places {
            let mut others = places.clone();
            others.remove(place);
            alike.entry(others).or_default().push(at);
        }
    }
    let several = alike.into_iter().filter(|(_, at)| at.len() > 1);
    several.max_by(|(shared, at), (other_shared, other_at)| {
        // Of equally many the first, in an order that does not hang on the hashes.
        let (one, other) = (
            (at.len(), other_at, other_shared),
            (other_at.len(), at, shared),
        );
        one.cmp(&other)
    })
}

/// One for several that share all places but one.
fn merged(several: &[&Places], shared: &Places) -> Places {
    let others = several.iter().flat_map(|places| places.difference(shared));
    let place: BTreeSet<usize> = others.flatten().copied().collect();
    shared.iter().cloned().chain([place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(outcomes: &[(u32, usize)]) -> Change {
        let outcomes = outcomes
            .iter()
            .map(|&(driver, outcome)| (DriverId(driver), outcome));
        Change {
            outcomes: outcomes.collect(),
            ..Change::default()
        }
    }

    #[test]
    fn changes_that_are_a_product_are_told_as_one() {
        let mut changes = vec![change(&[(9, 0)])];
        for one in 0..2 {
            for other in 0..3 {
                changes.push(change(&[(0, 0), (1, one), (2, other)]));
            }
        }
        let told = alternatives(&changes);
        let counts: Vec<usize> = told.iter().map(Alternatives::count).collect();
        assert_eq!(counts, [1, 6]);
        let sizes: Vec<usize> = told[1].places.iter().map(Vec::len).collect();
        assert_eq!(sizes, [1, 2, 3]);
    }

    #[test]
    fn changes_of_one_part_stay_by_themselves() {
        let changes = [change(&[(0, 0)]), change(&[(1, 0)])];
        assert_eq!(alternatives(&changes).len(), 2);
    }
}
