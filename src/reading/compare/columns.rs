//! What stands side by side: scenarios, the worlds of the drivers, or the outcomes of one driver.

use super::{Column, CompareOptions};
use crate::complaint::Complaint;
use crate::label::{Axis, AxisId, Label};
use crate::program::{DriverId, Frame, ScenarioId};
use crate::reading::Reader;
use crate::reading::scope::Scope;

/// More worlds than this are not put side by side.
const MOST_WORLDS: usize = 64;

/// A column with the contexts that it is about.
pub(super) struct Scoped {
    pub column: Column,
    pub scope: Scope,
}

impl Reader<'_> {
    /// The outcomes of the hypotheses' driver; else the scenarios that the case declares, the case as it stands first; else its worlds,
    /// where they are few.
    pub(super) fn columns(
        &mut self,
        options: &CompareOptions,
        base: &Scope,
    ) -> Result<Vec<Scoped>, Complaint> {
        if let Some(driver) = options.hypotheses {
            return Ok(self.hypotheses(driver, base));
        }
        if options.frame.scenario == ScenarioId::BASE {
            let scenarios = self.scenario_columns(&options.frame, base)?;
            if !scenarios.is_empty() {
                return Ok(scenarios);
            }
        }
        Ok(self.world_columns(base))
    }

    fn scenario_columns(&mut self, frame: &Frame, base: &Scope) -> Result<Vec<Scoped>, Complaint> {
        let declared: Vec<ScenarioId> = (1..self.program.scenarios.len())
            .filter(|&number| !self.program.scenarios[number].label.is_empty())
            .map(|number| ScenarioId(number as u32))
            .collect();
        if declared.is_empty() {
            return Ok(Vec::new());
        }
        let mut columns = vec![Scoped {
            column: Column::Scenario(ScenarioId::BASE),
            scope: *base,
        }];
        for scenario in declared {
            let frame = Frame {
                scenario,
                ..frame.clone()
            };
            columns.push(Scoped {
                column: Column::Scenario(scenario),
                scope: self.compared_scope(&frame)?,
            });
        }
        Ok(columns)
    }

    /// Outcomes that nothing rules out.
    fn hypotheses(&mut self, driver: DriverId, base: &Scope) -> Vec<Scoped> {
        let Some(axis) = self.axis(Axis::Driver(driver)) else {
            return Vec::new();
        };
        let outcomes = 0..self.program.drivers[driver.0 as usize].outcomes.len();
        let mut columns = Vec::new();
        for outcome in outcomes {
            let here = self.model.diagram.among(axis, &[outcome as u32]);
            let worlds = self.model.diagram.and(base.worlds, here);
            if !worlds.is_never() {
                columns.push(Scoped {
                    column: Column::World(vec![(driver, outcome)]),
                    scope: Scope { worlds, ..*base },
                });
            }
        }
        columns
    }

    /// Each world that nothing rules out, in order of outcomes; none where they are many, or there is no driver.
    fn world_columns(&mut self, base: &Scope) -> Vec<Scoped> {
        let axes: Vec<(AxisId, DriverId, u32)> = (self.model.diagram.space().axes.iter())
            .zip(0..)
            .filter_map(|(&(axis, size), place)| match axis {
                Axis::Driver(driver) => Some((AxisId(place), driver, size)),
                Axis::Time | Axis::Scenario => None,
            })
            .collect();
        if axes.is_empty() {
            return Vec::new();
        }
        let mut worlds: Vec<(Vec<(DriverId, usize)>, Label)> = vec![(Vec::new(), base.worlds)];
        for (axis, driver, size) in axes {
            let mut longer = Vec::new();
            for (world, label) in &worlds {
                for outcome in 0..size {
                    let here = self.model.diagram.among(axis, &[outcome]);
                    let label = self.model.diagram.and(*label, here);
                    if !label.is_never() {
                        let mut world = world.clone();
                        world.push((driver, outcome as usize));
                        longer.push((world, label));
                    }
                }
            }
            if longer.len() > MOST_WORLDS {
                return Vec::new();
            }
            worlds = longer;
        }
        let column = |(world, worlds)| Scoped {
            column: Column::World(world),
            scope: Scope { worlds, ..*base },
        };
        worlds.into_iter().map(column).collect()
    }
}
