//! How a sentence stands where it does not hold, beside what is told of one world and time: in other worlds, and asked why not of what
//! holds at some time, at others.

use super::Reader;
use super::answer::{Explanation, Status, WorldCube};
use super::extent::ladder;
use super::matching::{Asked, Binding, pattern};
use super::proof::Moment;
use super::scope::Scope;
use super::standing::Standing;
use super::why::{Pattern, literals};
use crate::label::{Axis, Label};
use crate::program::Period;

/// Earlier times that are looked at for how long it has stood so: what is said of a shorter time is as true.
const MOST_TIMES: usize = 30;

/// How a sentence stands somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// Absent where in all that were asked about.
    pub worlds: Option<Vec<WorldCube>>,
    pub when: Option<Period>,
    pub explanation: Explanation,
}

impl Reader<'_> {
    /// Adds to what is told of a single sentence how it stands elsewhere.
    pub(super) fn add_elsewhere(
        &mut self,
        asked: Asked<'_>,
        binding: &Binding,
        scope: &Scope,
        explanation: &mut Explanation,
    ) {
        let mut parts: Vec<Pattern> = Vec::new();
        let simple = literals(asked.body, &mut |literal| {
            parts.push(pattern(literal, binding))
        });
        let [part] = &parts[..] else { return };
        let Some(terms) = part.1.iter().copied().collect::<Option<Vec<_>>>() else {
            return;
        };
        if !simple {
            return;
        }
        let standing = self.standing(part.0, &terms);
        let region = self.region(scope);
        let holds = self.model.diagram.and(standing.holds, region);
        let fails = self.failing(holds, region, scope);
        if let Some(told) = self.moment_in(fails) {
            self.add_other_worlds((part, standing), &told, scope, explanation);
        } else if explanation.why_not {
            let fails = self.model.diagram.without(region, holds);
            explanation.elsewhere = self.other_times((part, standing), fails, scope);
        }
    }

    /// Where it is told why it does not hold in some worlds, and it stands otherwise in others: how it does there, and which are meant.
    fn add_other_worlds(
        &mut self,
        (part, standing): (&Pattern, Standing),
        told: &Moment,
        scope: &Scope,
        explanation: &mut Explanation,
    ) {
        let holding = self.in_worlds(standing.holds, scope);
        let region = self.region(scope);
        let mut left = self.model.diagram.without(scope.worlds, holding);
        for (label, status) in ladder(standing) {
            let worlds = self.in_worlds(label, scope);
            let worlds = self.model.diagram.and(left, worlds);
            left = self.model.diagram.without(left, worlds);
            let here = self.model.diagram.and(worlds, label);
            let here = self.model.diagram.and(here, region);
            let Some(moment) = self.moment_in(here) else {
                continue;
            };
            let open = self.open_part(worlds, scope);
            let cubes = self.world_cubes(open);
            if self.at_moment(worlds, told) {
                explanation.failing = Some((status, cubes));
            } else {
                explanation.elsewhere.push(Elsewhere {
                    worlds: Some(cubes),
                    when: None,
                    explanation: self.failure_at(part, &moment, scope),
                });
            }
        }
        if explanation.elsewhere.is_empty() {
            explanation.failing = None;
        }
    }

    /// How a sentence fails at the last of these contexts' times: for each status the worlds in which it has that one, why in one of
    /// them, and since when all that has been so.
    fn other_times(
        &mut self,
        (part, standing): (&Pattern, Standing),
        fails: Label,
        scope: &Scope,
    ) -> Vec<Elsewhere> {
        let (Some(axis), Some(last)) = (self.axis(Axis::Time), self.moment_in(fails)) else {
            return Vec::new();
        };
        let time = last.0[axis.0 as usize];
        let mut others = Vec::new();
        for (status, here) in self.by_status(standing, fails, time) {
            let worlds = self.in_worlds(here, scope);
            let Some(moment) = self.moment_in(here) else {
                continue;
            };
            let explanation = self.failure_at(part, &moment, scope);
            let mut times = time..time + 1;
            for earlier in self.earlier(&moment).into_iter().skip(1).take(MOST_TIMES) {
                let before = earlier.0[axis.0 as usize];
                let kinds = self.by_status(standing, fails, before);
                let same = kinds.into_iter().find(|&(other, _)| other == status);
                let stood = match same {
                    Some((_, there)) => self.in_worlds(there, scope) == worlds,
                    None => false,
                };
                if !stood || self.failure_at(part, &earlier, scope) != explanation {
                    break;
                }
                times.start = before;
            }
            let open = self.open_part(worlds, scope);
            let is_all = self.model.diagram.within(scope.worlds, worlds);
            others.push(Elsewhere {
                worlds: (!is_all).then(|| self.world_cubes(open)),
                when: Some(self.core.segments.period(times)),
                explanation,
            });
        }
        others
    }

    /// The contexts of one time in which a sentence fails, by how it does.
    fn by_status(&mut self, standing: Standing, fails: Label, time: u32) -> Vec<(Status, Label)> {
        let Some(axis) = self.axis(Axis::Time) else {
            return Vec::new();
        };
        let diagram = &mut self.model.diagram;
        let here = diagram.among(axis, &[time]);
        let mut left = diagram.and(fails, here);
        let mut kinds = Vec::new();
        for (label, status) in ladder(standing) {
            let own = diagram.and(left, label);
            left = diagram.without(left, own);
            if !own.is_never() {
                kinds.push((status, own));
            }
        }
        kinds
    }

    fn failure_at(&mut self, part: &Pattern, moment: &Moment, scope: &Scope) -> Explanation {
        let mut explanation = Explanation {
            asked: self.options,
            ..Explanation::default()
        };
        if let Some(terms) = part.1.iter().copied().collect::<Option<Vec<_>>>() {
            explanation.status = self.status_at(part.0, &terms, moment);
        }
        // No proof of it needs to say where it stands: that is said of all.
        self.explain_failure(part, moment, Label::NEVER, scope, &mut explanation);
        // Nor when it holds: that is what has been told.
        explanation.elsewhen = None;
        explanation
    }
}
