//! Every table of a run, and applying a plan to them.

use super::aggregate::{Aggregated, Shape};
use super::goal::{Clause, TableId};
use super::join::{self, Scope, Sink};
use super::limits::{Halt, Meter};
use super::plan::Plan;
use super::relation::{Coming, Relation};
use crate::core::{Core, CoreFacts};
use crate::label::{Label, Labels};
use crate::model::Table;
use crate::value::{Term, Terms, Trouble};
use rustc_hash::FxHashMap;

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
    /// By core relation: the table of what holds or is open, where that is more than what holds.
    pub upper: Vec<Option<TableId>>,
    /// Aggregates computed so far, by what they are.
    pub aggregates: FxHashMap<Shape, Aggregated>,
    /// By an aggregate's table and a group: why it cannot be computed.
    pub troubles: FxHashMap<(TableId, Vec<Term>), Trouble>,
    /// Whether what cannot be computed is passed over for now.
    pub lenient: bool,
    /// Whether something was.
    pub passed_over: bool,
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
            upper: vec![None; core.relations.len()],
            lenient: false,
            passed_over: false,
            aggregates: FxHashMap::default(),
            troubles: FxHashMap::default(),
            facts,
        }
    }

    /// A new table.
    pub fn add(&mut self, arity: usize, labelled: bool) -> TableId {
        self.relations.push(Relation::new(arity, labelled));
        self.coming.push(Coming::default());
        self.relations.len() - 1
    }

    /// Empties a table, and keeps labels in it from now on or not.
    pub fn clear(&mut self, table: TableId, arity: usize, labelled: bool) {
        let empty = Relation::new(arity, labelled);
        let relation = std::mem::replace(&mut self.relations[table], empty);
        self.coming[table] = Coming::default();
        let emptied = &mut self.relations[table];
        (emptied.growing, emptied.counted) = (relation.growing, relation.counted);
        for index in &relation.indexes {
            emptied.index(&index.key);
        }
        self.meter.recount(emptied, &self.coming[table]);
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
        for facts in &self.facts[relation] {
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
        labels: &mut L,
    ) -> Result<(), Halt> {
        let table = clause.head;
        let mut sink = Sink {
            table,
            coming: std::mem::take(&mut self.coming[table]),
        };
        let scope = Scope {
            relations: &self.relations,
            coming: &self.coming,
            terms: &mut self.terms,
            labels,
            meter: &mut self.meter,
            troubles: &self.troubles,
            passed_over: self.lenient.then_some(&mut self.passed_over),
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

    /// Two tables at once.
    pub fn two(&mut self, a: TableId, b: TableId) -> [(&mut Relation, &mut Coming); 2] {
        let relations = self.relations.get_disjoint_mut([a, b]).expect("two tables");
        let coming = self.coming.get_disjoint_mut([a, b]).expect("two tables");
        let ([a, b], [c, d]) = (relations, coming);
        [(a, c), (b, d)]
    }

    /// The finished table of a relation.
    pub fn finish(&mut self, table: TableId) -> Table {
        let finished = std::mem::take(&mut self.relations[table].table);
        finished.finish(self.coming[table].take_members())
    }
}
