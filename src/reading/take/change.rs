//! Sets of choices as changes, in order: the smallest first, of these what is least far-fetched, then as their parts stand in the files.

use super::candidates::{Candidate, Candidates, Origin};
use super::vocabulary::Vocabulary;
use crate::core::Varied;
use crate::label::{self, Axis, Space};
use crate::program::{DriverId, FactId, Program};
use crate::reading::answer::{Change, Dropped, StandIn, Supposed};
use crate::text::Span;
use crate::value::Term;
use std::cmp::Reverse;
use std::collections::HashSet;

/// Outcomes of drivers, of the case or of candidates.
pub type Choices = Vec<(DriverId, u32)>;

/// Choices on axes as outcomes of the drivers that these stand for.
pub fn choices(space: &Space, set: label::Choices) -> Choices {
    let choice = |(axis, value): (label::AxisId, u32)| match space.axes[axis.0 as usize].0 {
        Axis::Driver(driver) => Some((driver, value)),
        Axis::Time | Axis::Scenario => None,
    };
    set.into_iter().filter_map(choice).collect()
}

/// One part of a change.
enum Part<'c> {
    Outcome(DriverId, usize),
    Candidate(&'c Candidate, &'c Origin),
}

/// How far-fetched a part is: what the case leaves open, what it states, another value for something, what nothing states, what
/// nothing states of something new, what only rules conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fetched {
    Outcome,
    Gone,
    Valued,
    Supposed,
    Invented,
    Concluded,
}

impl Fetched {
    fn of(part: &Part<'_>, vocabulary: &Vocabulary) -> Self {
        match part {
            Part::Outcome(..) => Self::Outcome,
            Part::Candidate(Varied::Gone(..), _) => Self::Gone,
            Part::Candidate(Varied::Supposed(sentence), origin) => {
                match (vocabulary.is_concluded(sentence.relation), origin.asked) {
                    (true, _) => Self::Concluded,
                    _ if stands_in(&origin.stand_ins) => Self::Invented,
                    (false, Some(_)) => Self::Valued,
                    (false, None) if !origin.stand_ins.is_empty() => Self::Valued,
                    (false, None) => Self::Supposed,
                }
            }
        }
    }
}

/// Whether something is among these that nothing in the case knows.
fn stands_in(stand_ins: &[(Term, StandIn)]) -> bool {
    let is_another = |(_, stands): &(Term, StandIn)| matches!(stands, StandIn::Another(_));
    stand_ins.iter().any(is_another)
}

/// Where a part is written; what could be supposed, nowhere, after all others. Then in order of finding.
type Place = (bool, Span, Option<FactId>, u32);

/// The number of its parts; how far-fetched they are, the worst first; where they stand.
type Rank = (usize, Vec<Fetched>, Vec<Place>);

/// The changes that the sets of choices are, at most `most`.
pub fn listed(
    program: &Program,
    vocabulary: &Vocabulary,
    candidates: &Candidates,
    sets: &[Choices],
    most: usize,
) -> Vec<Change> {
    let mut all: Vec<(Rank, Change)> = told_apart(program, candidates, sets)
        .into_iter()
        .filter(|set| !set.is_empty())
        .map(|set| {
            let mut parts: Vec<(Place, Part<'_>)> = set
                .iter()
                .filter_map(|&(driver, outcome)| part(program, candidates, driver, outcome))
                .collect();
            parts.sort_by_key(|(place, _)| *place);
            let (places, parts): (Vec<Place>, Vec<Part<'_>>) = parts.into_iter().unzip();
            let fetched = parts.iter().map(|part| Fetched::of(part, vocabulary));
            let mut fetched: Vec<Fetched> = fetched.collect();
            fetched.sort_unstable_by_key(|&fetched| Reverse(fetched));
            ((parts.len(), fetched, places), change(vocabulary, parts))
        })
        .collect();
    all.sort_by(|(left, _), (right, _)| left.cmp(right));
    all.into_iter()
        .map(|(_, change)| change)
        .take(most)
        .collect()
}

/// The sets of choices without those that differ from another one only in which of several values stands in: the first does.
fn told_apart<'s>(
    program: &Program,
    candidates: &Candidates,
    sets: &'s [Choices],
) -> Vec<&'s Choices> {
    let series: Vec<&[Term]> = candidates.stand_ins.interchangeable().collect();
    if series.is_empty() {
        return sets.iter().collect();
    }
    let declared = program.drivers.len();
    let sorted = |mut set: Choices| {
        set.sort_unstable();
        set
    };
    let all: HashSet<Choices> = sets.iter().map(|set| sorted(set.clone())).collect();
    let supposed = |driver: DriverId| {
        let number = (driver.0 as usize).checked_sub(declared)?;
        match candidates.get(number)?.0 {
            Varied::Supposed(sentence) => Some(sentence),
            Varied::Gone(..) => None,
        }
    };
    let has = |set: &Choices, term: Term| {
        let mut sentences = set.iter().filter_map(|&(driver, _)| supposed(driver));
        sentences.any(|sentence| sentence.terms.contains(&term))
    };
    let with = |set: &Choices, term: Term, other: Term| -> Option<Choices> {
        let choice = |&(driver, outcome): &(DriverId, u32)| {
            let Some(sentence) = supposed(driver) else {
                return Some((driver, outcome));
            };
            let mut sentence = sentence.clone();
            let terms = sentence.terms.iter_mut().filter(|it| **it == term);
            terms.for_each(|it| *it = other);
            let place = candidates.place(&Varied::Supposed(sentence))?;
            Some((DriverId((declared + place) as u32), outcome))
        };
        set.iter().map(choice).collect()
    };
    let is_a_twin = |set: &Choices| {
        series.iter().any(|values| {
            let later = values.iter().enumerate().skip(1);
            let mut later = later.filter(|&(_, &value)| has(set, value));
            later.any(|(number, &value)| {
                let mut earlier = values[..number].iter().filter(|&&it| !has(set, it));
                earlier.any(|&earlier| {
                    with(set, value, earlier).is_some_and(|other| all.contains(&sorted(other)))
                })
            })
        })
    };
    sets.iter().filter(|set| !is_a_twin(set)).collect()
}

fn part<'c>(
    program: &Program,
    candidates: &'c Candidates,
    driver: DriverId,
    outcome: u32,
) -> Option<(Place, Part<'c>)> {
    let number = driver.0 as usize;
    match program.drivers.get(number) {
        Some(declared) => {
            let at = declared.outcomes.get(outcome as usize)?.at;
            Some((
                (false, at, None, driver.0),
                Part::Outcome(driver, outcome as usize),
            ))
        }
        None => {
            let (candidate, origin) = candidates.get(number - program.drivers.len())?;
            Some((
                (
                    origin.at.is_none(),
                    origin.at.unwrap_or_default(),
                    origin.fact,
                    driver.0,
                ),
                Part::Candidate(candidate, origin),
            ))
        }
    }
}

fn change(vocabulary: &Vocabulary, parts: Vec<Part<'_>>) -> Change {
    let mut change = Change::default();
    for part in parts {
        match part {
            Part::Outcome(driver, outcome) => change.outcomes.push((driver, outcome)),
            Part::Candidate(Varied::Supposed(sentence), origin) => change.suppose.push(Supposed {
                sentence: sentence.clone(),
                asked: origin.asked,
                stand_ins: origin.stand_ins.clone(),
                concluded: vocabulary.is_concluded(sentence.relation),
            }),
            Part::Candidate(Varied::Gone(sentence, standing), origin) => {
                let (sentence, standing, sources) =
                    (sentence.clone(), standing.clone(), origin.sources.clone());
                change.drop.push(Dropped {
                    sentence,
                    standing,
                    sources,
                });
            }
        }
    }
    change
}
