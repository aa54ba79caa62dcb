//! Labels → what can be said of them: one status over all worlds and times, when, in which worlds, how likely.

use super::Reader;
use super::answer::{Extent, Status, WorldCube};
use super::scope::Scope;
use super::standing::Standing;
use crate::label::{Axis, Label, Weighing};
use crate::program::DriverId;
use crate::value::date::Day;

/// First and last day, `None` where open.
pub type Stretch = (Option<Day>, Option<Day>);

impl Reader<'_> {
    /// The one status of a standing over the worlds of a scope: at its time, or else at some time.
    pub fn overall(&mut self, standing: Standing, scope: &Scope) -> (Status, Extent) {
        let presumed = self.model.diagram.without(standing.holds, standing.certain);
        let holds = self.in_worlds(standing.holds, scope);
        let presumed = self.in_worlds(presumed, scope);
        let holding = self.model.diagram.and(holds, scope.worlds);
        if holding == scope.worlds {
            let weak = self.model.diagram.and(presumed, scope.worlds);
            let status = if weak.is_never() {
                Status::Certain
            } else {
                Status::Presumed
            };
            let when = self.when(standing.holds, scope);
            return (
                status,
                Extent {
                    when,
                    ..Extent::default()
                },
            );
        }
        if holding.is_never() {
            let mut before = Label::NEVER;
            for (label, status) in ladder(standing) {
                let worlds = self.in_worlds(label, scope);
                let worlds = self.model.diagram.without(worlds, before);
                let here = self.model.diagram.and(worlds, scope.worlds);
                if here == scope.worlds {
                    let when = if status == Status::Refuted {
                        self.when(label, scope)
                    } else {
                        None
                    };
                    return (
                        status,
                        Extent {
                            when,
                            ..Extent::default()
                        },
                    );
                }
                if !here.is_never() {
                    break;
                }
                before = self.model.diagram.or(before, worlds);
            }
        }
        let when = self.when(standing.holds, scope);
        let likelihood = self.likelihood(holding, scope.worlds);
        let open = self.open_part(holding, scope);
        (
            Status::Depends,
            Extent {
                when,
                worlds: Some(self.world_cubes(open)),
                likelihood,
                ..Extent::default()
            },
        )
    }

    /// [`overall`](Self::overall), and for an answer that depends on the worlds, what it is in the others.
    pub fn overall_and_otherwise(&mut self, standing: Standing, scope: &Scope) -> (Status, Extent) {
        let (status, mut extent) = self.overall(standing, scope);
        if status != Status::Depends {
            return (status, extent);
        }
        let holding = self.in_worlds(standing.holds, scope);
        let mut left = self.model.diagram.without(scope.worlds, holding);
        for (label, status) in ladder(standing) {
            let worlds = self.in_worlds(label, scope);
            let here = self.model.diagram.and(left, worlds);
            if !here.is_never() {
                let open = self.open_part(here, scope);
                extent.otherwise.push((status, self.world_cubes(open)));
            }
            left = self.model.diagram.without(left, here);
        }
        (status, extent)
    }

    /// When a label has a context in some world of the scope; `None` where always, or where the scope is at one time.
    fn when(&mut self, label: Label, scope: &Scope) -> Option<Vec<Stretch>> {
        self.by_time(label, scope)
            .into_iter()
            .fold(None, |all: Option<Vec<Stretch>>, (stretches, _)| {
                Some(
                    all.unwrap_or_default()
                        .into_iter()
                        .chain(stretches?)
                        .collect(),
                )
            })
            .map(join)
    }

    /// The parts of a label in a scope that have the same worlds, each with its stretches of time (`None`: always or at the
    /// time asked about), in order of time.
    pub fn by_time(&mut self, label: Label, scope: &Scope) -> Vec<(Option<Vec<Stretch>>, Label)> {
        let label = self.narrow(label, scope);
        let Some(axis) = self.axis(Axis::Time).filter(|_| scope.segment.is_none()) else {
            let worlds = self.model.diagram.and(label, scope.worlds);
            return if worlds.is_never() {
                Vec::new()
            } else {
                vec![(None, worlds)]
            };
        };
        let mut parts: Vec<(Vec<Stretch>, Label)> = Vec::new();
        for (run, rest) in self.model.diagram.stretches(label, axis) {
            let worlds = self.model.diagram.and(rest, scope.worlds);
            if worlds.is_never() {
                continue;
            }
            let period = self.core.segments.period(run);
            let stretch = (period.first, period.last);
            match parts.iter_mut().find(|(_, known)| *known == worlds) {
                Some((stretches, _)) => stretches.push(stretch),
                None => parts.push((vec![stretch], worlds)),
            }
        }
        let always = |stretches: &[Stretch]| stretches == [(None, None)];
        parts
            .into_iter()
            .map(|(stretches, worlds)| {
                let stretches = join(stretches);
                ((!always(&stretches)).then_some(stretches), worlds)
            })
            .collect()
    }

    /// Rows of one status: the extent of each part of a label with its own worlds.
    pub fn extents(&mut self, label: Label, scope: &Scope) -> Vec<Extent> {
        self.by_time(label, scope)
            .into_iter()
            .map(|(when, worlds)| {
                if worlds == scope.worlds {
                    return Extent {
                        when,
                        ..Extent::default()
                    };
                }
                let likelihood = self.likelihood(worlds, scope.worlds);
                let open = self.open_part(worlds, scope);
                Extent {
                    when,
                    worlds: Some(self.world_cubes(open)),
                    likelihood,
                    ..Extent::default()
                }
            })
            .collect()
    }

    /// Worlds of a scope without what all of its worlds have in common: drivers that stand as they are now go without saying.
    pub(super) fn open_part(&mut self, worlds: Label, scope: &Scope) -> Label {
        let mut open = worlds;
        for axis in self.model.diagram.axes_of(scope.worlds) {
            let size = self.model.diagram.space().size(axis);
            let fixed = (0..size).any(|value| {
                let here = self.model.diagram.among(axis, &[value]);
                self.model.diagram.within(scope.worlds, here)
            });
            if fixed {
                open = self.model.diagram.for_some(open, axis);
            }
        }
        open
    }

    /// The share of the weight of `among` that lies in `label`; both over driver axes.
    pub fn likelihood(&mut self, label: Label, among: Label) -> Option<f64> {
        let both = self.model.diagram.and(label, among);
        let mut weighing = Weighing::new(&self.model.diagram, &self.weights);
        let (part, whole) = (weighing.of(both), weighing.of(among));
        (whole > 0.0).then(|| part / whole)
    }

    /// Worlds as cubes over drivers.
    pub fn world_cubes(&self, worlds: Label) -> Vec<WorldCube> {
        const MOST: usize = 10_000;
        let axes = &self.model.diagram.space().axes;
        self.model
            .diagram
            .cubes_up_to(worlds, MOST)
            .into_iter()
            .map(|cube| {
                cube.0
                    .into_iter()
                    .filter_map(|(axis, values)| match axes[axis.0 as usize].0 {
                        Axis::Driver(driver) => Some((
                            driver,
                            values.into_iter().map(|value| value as usize).collect(),
                        )),
                        Axis::Time | Axis::Scenario => None,
                    })
                    .collect::<Vec<(DriverId, Vec<usize>)>>()
            })
            .collect()
    }
}

/// What can be said where a sentence does not hold; the first that fits counts.
pub(super) fn ladder(standing: Standing) -> [(Label, Status); 4] {
    [
        (standing.refuted, Status::Refuted),
        (standing.possible, Status::Contested),
        (standing.open, Status::Undecided),
        (Label::ALWAYS, Status::Unknown),
    ]
}

/// Stretches in order of time, adjoining ones as one.
fn join(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|&(first, _)| first.map_or(i64::MIN, i64::from));
    let mut joined: Vec<Stretch> = Vec::new();
    for (first, last) in stretches {
        if let Some((_, end)) = joined.last_mut()
            && end.is_none_or(|end| first.is_none_or(|first| first <= end.saturating_add(1)))
        {
            *end = match (*end, last) {
                (Some(a), Some(b)) => Some(a.max(b)),
                _ => None,
            };
        } else {
            joined.push((first, last));
        }
    }
    joined
}
