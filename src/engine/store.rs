//! Every table of a run, and applying a plan to them.

use super::goal::{Clause, TableId};
use super::join::{self, Scope, Sink};
use super::limits::{Halt, Meter};
use super::plan::Plan;
use super::relation::{Coming, Relation};
use crate::core::{Core, CoreFacts};
use crate::label::{Label, Labels};
use crate::model::Table;
use crate::value::Terms;

/// The state of a run.
pub struct Store<'a> {
    pub core: &'a Core,
    /// Core relations by number, then helpers.
    pub relations: Vec<Relation>,
    pub coming: Vec<Coming>,
    pub terms: Terms,
    pub meter: Meter<'a>,
    /// The round that is being run, counted from the start; facts came in round 0.
    pub round: u32,
    /// Facts by relation.
    facts: Vec<Vec<&'a CoreFacts>>,
}

impl<'a> Store<'a> {
    pub fn new(core: &'a Core, terms: Terms, meter: Meter<'a>) -> Self {
        let mut facts: Vec<Vec<&CoreFacts>> = vec![Vec::new(); core.relations.len()];
        for stated in &core.facts {
            facts[stated.relation.at()].push(stated);
        }
        let relations: Vec<Relation> = core
            .relations
            .iter()
            .map(|relation| Relation::new(relation.arity, false))
            .collect();
        let coming = relations.iter().map(|_| Coming::default()).collect();
        Self {
            core,
            relations,
            coming,
            terms,
            meter,
            round: 0,
            facts,
        }
    }

    /// A new table.
    pub fn add(&mut self, arity: usize, labelled: bool) -> TableId {
        self.relations.push(Relation::new(arity, labelled));
        self.coming.push(Coming::default());
        self.relations.len() - 1
    }

    /// Brings the facts of a core relation into a table that is empty so far.
    pub fn load<L: Labels>(
        &mut self,
        relation: usize,
        table: TableId,
        labels: &mut L,
    ) -> Result<(), Halt> {
        /// Rows between two looks at the limits.
        const ROWS: usize = 1 << 14;
        for facts in std::mem::take(&mut self.facts[relation]) {
            let into = &self.relations[table].table;
            let coming = &mut self.coming[table];
            for start in (0..facts.rows).step_by(ROWS) {
                let rows = start..facts.rows.min(start + ROWS);
                let terms = &facts.terms[rows.start * facts.arity..rows.end * facts.arity];
                if into.is_labelled() {
                    for (at, row) in rows.enumerate() {
                        let label = facts
                            .labels
                            .as_ref()
                            .map_or(Label::ALWAYS, |labels| labels[row]);
                        if let Some(label) = labels.load(label) {
                            let row = &terms[at * facts.arity..(at + 1) * facts.arity];
                            coming.insert_labelled(into, row, label, labels);
                        }
                    }
                } else {
                    coming.insert(into, terms, rows.len());
                }
                self.meter.look(Some(coming), labels.exhausted())?;
            }
        }
        self.settle(table, 0, labels);
        Ok(())
    }

    /// Derives what the plan finds; it comes with the end of the round.
    pub fn apply<L: Labels>(
        &mut self,
        plan: &Plan,
        clause: &Clause,
        within: Option<TableId>,
        labels: &mut L,
    ) -> Result<(), Halt> {
        let table = clause.head;
        let mut sink = Sink {
            table,
            coming: std::mem::take(&mut self.coming[table]),
            within,
        };
        let scope = Scope {
            relations: &self.relations,
            coming: &self.coming,
            terms: &mut self.terms,
            labels,
            meter: &mut self.meter,
        };
        let result = join::run(plan, clause, scope, &mut sink);
        self.coming[table] = sink.coming;
        result
    }

    /// Ends a round for a table.
    pub fn settle<L: Labels>(&mut self, table: TableId, round: u32, labels: &mut L) {
        let (relation, coming) = (&mut self.relations[table], &mut self.coming[table]);
        relation.settle(coming, round, labels);
        self.meter.recount(relation, coming);
    }

    /// The finished table of a relation.
    pub fn finish(&mut self, table: TableId) -> Table {
        let mut finished = std::mem::take(&mut self.relations[table].table);
        finished.members = self.coming[table].take_members();
        finished
    }
}
