//! The judge of the engine, for tests: the model of a core straight from the definitions, one context at a time, by trying
//! every match of every rule over and over. No indexes, no news, no plans.

mod aggregate;
mod matching;
mod strata;

pub use matching::row;

use crate::core::{Best, Core};
use crate::label::Label;
use crate::value::{Comparison, Term, Terms, Trouble};
use std::collections::BTreeSet;
use strata::strata;

pub type Row = Vec<Term>;
type Rows = BTreeSet<Row>;

/// The rows of every relation in one context: those that hold, and those that hold or are open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    pub holds: Vec<Rows>,
    pub open: Vec<Rows>,
}

/// The context is told by which labels contain it.
pub struct Judge<'a> {
    pub core: &'a Core,
    pub terms: &'a mut Terms,
    pub contains: &'a dyn Fn(Label) -> bool,
    /// Whether what cannot be computed is passed over.
    pub lenient: bool,
}

/// Which of the two bounds is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Lower,
    Upper,
}

impl Judge<'_> {
    /// The whole model in the context.
    pub fn world(&mut self) -> Result<World, Trouble> {
        let count = self.core.relations.len();
        let mut world = World {
            holds: vec![Rows::new(); count],
            open: vec![Rows::new(); count],
        };
        for stratum in strata(self.core) {
            self.stratum(&stratum, &mut world, false)?;
        }
        Ok(world)
    }

    fn stratum(
        &mut self,
        stratum: &[usize],
        world: &mut World,
        lenient: bool,
    ) -> Result<(), Trouble> {
        loop {
            let before = world.clone();
            self.bound(stratum, Bound::Upper, world, true)?;
            self.bound(stratum, Bound::Lower, world, true)?;
            if *world == before {
                break;
            }
        }
        self.bound(stratum, Bound::Lower, world, lenient)?;
        self.bound(stratum, Bound::Upper, world, lenient)
    }

    /// The least set of rows that the rules close, with absence judged by the other bound as it is.
    fn bound(
        &mut self,
        stratum: &[usize],
        bound: Bound,
        world: &mut World,
        lenient: bool,
    ) -> Result<(), Trouble> {
        for &relation in stratum {
            *world.of_mut(bound, relation) = Rows::new();
        }
        loop {
            let mut next = world.clone();
            for &relation in stratum {
                let wide = self.core.relations[relation].wide;
                let read = if wide { Bound::Upper } else { bound };
                let mut rows = self.facts(relation);
                for rule in self
                    .core
                    .rules
                    .iter()
                    .filter(|rule| rule.head.relation.at() == relation)
                {
                    if !(self.contains)(rule.label) {
                        continue;
                    }
                    self.lenient = lenient || wide;
                    for found in self.matches(rule, read, world) {
                        match found.trouble {
                            None => drop(rows.insert(row(&rule.head, &found.bindings))),
                            Some(_) if lenient || wide => {}
                            Some(trouble) => return Err(trouble),
                        }
                    }
                }
                if let Some((place, best)) = self.core.relations[relation].best {
                    rows = self.best(rows, place, best)?;
                }
                *next.of_mut(bound, relation) = rows;
            }
            if next == *world {
                return Ok(());
            }
            *world = next;
        }
    }

    pub fn facts(&self, relation: usize) -> Rows {
        let mut rows = Rows::new();
        for facts in self
            .core
            .facts
            .iter()
            .filter(|facts| facts.relation.at() == relation)
        {
            for at in 0..facts.rows {
                let label = facts
                    .labels
                    .as_ref()
                    .map_or(Label::ALWAYS, |labels| labels[at]);
                if (self.contains)(label) {
                    rows.insert(facts.terms[at * facts.arity..(at + 1) * facts.arity].to_vec());
                }
            }
        }
        rows
    }

    fn best(&self, rows: Rows, place: usize, best: Best) -> Result<Rows, Trouble> {
        let comparison = if best == Best::Least {
            Comparison::Less
        } else {
            Comparison::Greater
        };
        let mut kept = Rows::new();
        for row in &rows {
            let mut beaten = false;
            for other in &rows {
                let rivals = (0..row.len()).all(|at| at == place || row[at] == other[at]);
                beaten |= rivals && self.terms.compare(other[place], comparison, row[place])?;
            }
            if !beaten {
                kept.insert(row.clone());
            }
        }
        Ok(kept)
    }
}

impl World {
    pub fn of(&self, bound: Bound, relation: usize) -> &Rows {
        if bound == Bound::Lower {
            &self.holds[relation]
        } else {
            &self.open[relation]
        }
    }

    fn of_mut(&mut self, bound: Bound, relation: usize) -> &mut Rows {
        if bound == Bound::Lower {
            &mut self.holds[relation]
        } else {
            &mut self.open[relation]
        }
    }
}
