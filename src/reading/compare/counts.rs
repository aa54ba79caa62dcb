//! In how many worlds the sentences of each relation hold, taken together.

use super::columns::Scoped;
use super::{Column, CompareOptions};
use crate::complaint::Complaint;
use crate::label::{Axis, AxisId, Counting, Label};
use crate::program::RelationId;
use crate::reading::Reader;
use crate::reading::scope::Scope;
use num_bigint::BigInt;

impl Reader<'_> {
    /// For each relation the number of pairs of a world and a sentence that holds in it, stated ones included; where there are scenarios,
    /// over the worlds of all of them. Every world is counted, none is visited.
    ///
    /// ```hence
    /// driver road: open: nothing. closed: Bridge is closed.
    /// Bridge is closed implies Town is cut off.
    /// Town is small.
    /// ```
    ///
    /// gives `_ is closed 1`, `_ is cut off 1`, `_ is small 2`.
    ///
    /// # Errors
    /// When no world is left.
    pub fn compared_counts(
        &mut self,
        options: &CompareOptions,
    ) -> Result<Vec<(RelationId, BigInt)>, Complaint> {
        let base = self.compared_scope(&options.frame)?;
        let mut scopes: Vec<Scope> = self
            .columns(options, &base)?
            .into_iter()
            .filter(|scoped: &Scoped| matches!(scoped.column, Column::Scenario(_)))
            .map(|scoped| scoped.scope)
            .collect();
        if scopes.is_empty() {
            scopes.push(base);
        }
        let relations = (0..self.program.relations.len()).map(|number| RelationId(number as u32));
        let holding: Vec<(RelationId, Vec<Label>)> = relations
            .map(|relation| (relation, self.holding_by_scope(relation, &scopes)))
            .collect();
        let shares = self.model.diagram.shares(&self.driver_axes());
        let mut counting = Counting::new(&self.model.diagram, &shares);
        Ok(holding
            .into_iter()
            .map(|(relation, holding)| {
                let worlds = holding.into_iter().map(|label| counting.of(label));
                (relation, worlds.sum())
            })
            .collect())
    }

    /// For each sentence of the relation that holds somewhere and each scope the worlds in which it does.
    fn holding_by_scope(&mut self, relation: RelationId, scopes: &[Scope]) -> Vec<Label> {
        let presumed = self.core.views[relation.0 as usize].sentence.presumed;
        let table = self.model.table(presumed);
        let labels: Vec<Label> = table.rows().map(|row| table.label(row)).collect();
        let mut holding = Vec::with_capacity(labels.len() * scopes.len());
        for label in labels {
            for scope in scopes {
                holding.push(self.holding_in(label, scope));
            }
        }
        holding
    }

    fn driver_axes(&self) -> Vec<AxisId> {
        let all = self.model.diagram.space().axes.iter().zip(0..);
        all.filter(|((axis, _), _)| matches!(axis, Axis::Driver(_)))
            .map(|(_, place)| AxisId(place))
            .collect()
    }
}
