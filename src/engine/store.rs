//! Every table of a run, and applying a plan to them.

use super::aggregate::{Aggregated, Shape};
use super::calls::{self, Calls, Missing};
use super::coming::Coming;
use super::goal::{Clause, TableId};
use super::join::{self, Scope, Sink};
use super::limits::{Halt, Meter, Strain};
use super::plan::{Plan, Which};
use super::relation::{Relation, intersect, subtract};
use crate::core::{Core, CoreFacts, CoreId};
use crate::label::{Label, Labels};
use crate::model::Table;
use crate::value::{Term, Terms, Trouble};
use rustc_hash::FxHashMap;

/// When a plan that does not begin with what is new is taken: where so many rows are new, and it costs so small a share of one that
/// does; and where there would have to be too many that do.
#[derive(Clone, Copy, Debug)]
pub struct Weighing {
    pub rows: usize,
    pub share: f64,
    /// How many levels the plans of a rule may have in all, one plan for each goal that can be new. Beyond, it gets a single one.
    pub levels: usize,
}

impl Default for Weighing {
    fn default() -> Self {
        Self {
            rows: 256,
            share: 0.75,
            levels: 1 << 12,
        }
    }
}

/// The state of a run.
pub struct Store<'a> {
    pub core: &'a Core,
    /// Core relations by number, then helpers.
    pub relations: Vec<Relation>,
    pub coming: Vec<Coming>,
    pub terms: Terms,
    pub meter: Meter<'a>,
    pub weighing: Weighing,
    /// The round that is being run, counted from the start; facts came in round 0.
    pub round: u32,
    /// By core relation: the table of what holds or is open, where that is more than what holds.
    pub upper: Vec<Option<TableId>>,
    /// Aggregates computed so far, by what they are.
    pub aggregates: FxHashMap<Shape, Aggregated>,
    /// Aggregates that are called.
    pub calls: Calls,
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
    pub fn new(core: &'a Core, terms: Terms, meter: Meter<'a>, weighing: Weighing) -> Self {
        let mut facts: Vec<Vec<&CoreFacts>> = vec![Vec::new(); core.relations.len()];
        for stated in &core.facts {
            facts[stated.relation.at()].push(stated);
        }
        let relations: Vec<Relation> = core
            .relations
            .iter()
            .map(|relation| Relation::new(relation.arity, false))
            .collect();
        let coming = core
            .relations
            .iter()
            .map(|relation| Coming::new(relation.arity, false))
            .collect();
        Self {
            core,
            relations,
            coming,
            terms,
            meter,
            weighing,
            round: 0,
            upper: vec![None; core.relations.len()],
            lenient: false,
            passed_over: false,
            aggregates: FxHashMap::default(),
            calls: Calls::default(),
            troubles: FxHashMap::default(),
            facts,
        }
    }

    /// A new table.
    pub fn add(&mut self, arity: usize, labelled: bool) -> TableId {
        self.relations.push(Relation::new(arity, labelled));
        self.coming.push(Coming::new(arity, labelled));
        self.relations.len() - 1
    }

    /// Drops all tables but the first so many.
    pub fn truncate(&mut self, tables: usize) {
        for relation in self.relations.drain(tables..) {
            self.meter.forget(&relation);
        }
        self.coming.truncate(tables);
    }

    /// Empties a table, and keeps labels in it from now on or not.
    pub fn clear(&mut self, table: TableId, arity: usize, labelled: bool) {
        let empty = Relation::new(arity, labelled);
        let relation = std::mem::replace(&mut self.relations[table], empty);
        self.coming[table] = Coming::new(arity, labelled);
        let emptied = &mut self.relations[table];
        (emptied.growing, emptied.counted) = (relation.growing, relation.counted);
        for index in &relation.indexes {
            emptied.index(&index.key);
        }
        self.meter.recount(emptied, &self.coming[table]);
    }

    /// Brings the facts of a core relation into a table that is empty so far; those that `within` has, if that is given.
    pub fn load<L: Labels>(
        &mut self,
        relation: usize,
        table: TableId,
        within: Option<TableId>,
        labels: &mut L,
    ) -> Result<(), Halt> {
        let mut coming = std::mem::take(&mut self.coming[table]);
        for at in 0..self.facts[relation].len() {
            let facts = self.facts[relation][at];
            if self.relations[table].table.is_labelled() {
                self.load_labelled(facts, table, &mut coming, within, labels)?;
            } else {
                self.load_plain(facts, table, &mut coming, labels)?;
            }
        }
        self.coming[table] = coming;
        self.settle(table, 0, labels);
        Ok(())
    }

    fn load_plain<L: Labels>(
        &mut self,
        facts: &CoreFacts,
        table: TableId,
        coming: &mut Coming,
        labels: &L,
    ) -> Result<(), Halt> {
        /// Rows between two looks at the limits.
        const ROWS: usize = 1 << 14;
        for start in (0..facts.rows).step_by(ROWS) {
            let rows = start..facts.rows.min(start + ROWS);
            let terms = &facts.terms[rows.start * facts.arity..rows.end * facts.arity];
            coming.insert(&self.relations[table].table, terms, rows.len());
            self.meter.look(Some(coming), Strain::of(labels))?;
        }
        Ok(())
    }

    fn load_labelled<L: Labels>(
        &mut self,
        facts: &CoreFacts,
        table: TableId,
        coming: &mut Coming,
        within: Option<TableId>,
        labels: &mut L,
    ) -> Result<(), Halt> {
        for at in 0..facts.rows {
            let row = &facts.terms[at * facts.arity..(at + 1) * facts.arity];
            let mut label = facts
                .labels
                .as_ref()
                .map_or(Label::ALWAYS, |labels| labels[at]);
            if let Some(within) = within {
                let allowed = self.label_of(within, row);
                label = intersect(labels, label, allowed);
            }
            if let Some(label) = labels.load(label) {
                let into = &self.relations[table].table;
                let inserted = coming.insert_best(into, row, label, &self.terms, labels);
                inserted.map_err(|trouble| self.trouble_of(facts.relation, trouble))?;
            }
            self.meter.tick(coming, Strain::of(labels))?;
        }
        Ok(())
    }

    /// Trouble with the rows of a relation, whichever rule for it they came from.
    fn trouble_of(&self, relation: CoreId, trouble: Trouble) -> Halt {
        let rule = self
            .core
            .rules
            .iter()
            .position(|rule| rule.head.relation == relation);
        Halt::Trouble {
            rule: rule.unwrap_or_default(),
            bindings: Vec::new(),
            trouble,
        }
    }

    /// The label of a visible row, [`Label::NEVER`] where there is none.
    pub fn label_of(&self, table: TableId, row: &[Term]) -> Label {
        self.coming[table].label_of(&self.relations[table], row, Which::All)
    }

    /// Lets the column lead that the plan keeps the same in its innermost loop.
    pub fn lead(&mut self, head: TableId, plan: &Plan) {
        let relation = &mut self.relations[head];
        if let (None, Some(column)) = (relation.lead, plan.fixed()) {
            relation.lead = Some(column);
            self.coming[head].let_lead(&relation.table, column);
        }
    }

    /// Derives what the plan finds; it comes with the end of the round.
    pub fn apply<L: Labels>(
        &mut self,
        plan: &Plan,
        clause: &Clause,
        labels: &mut L,
    ) -> Result<(), Halt> {
        loop {
            let missing = self.join(plan, clause, labels)?;
            if missing.is_empty() {
                return Ok(());
            }
            calls::make(self, missing, labels)?;
        }
    }

    /// Joins once, and answers which calls were missing.
    fn join<L: Labels>(
        &mut self,
        plan: &Plan,
        clause: &Clause,
        labels: &mut L,
    ) -> Result<Missing, Halt> {
        let mut missing = Missing::default();
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
            calls: &self.calls,
            missing: &mut missing,
        };
        let result = join::run(plan, clause, scope, &mut sink);
        self.coming[table] = sink.coming;
        result.map(|()| missing)
    }

    /// Ends a round for a table.
    pub fn settle<L: Labels>(&mut self, table: TableId, round: u32, labels: &mut L) {
        let (relation, coming) = (&mut self.relations[table], &mut self.coming[table]);
        relation.settle(coming, round, labels);
        self.meter.recount(relation, coming);
    }

    /// A new table of these rows.
    pub fn table_of<L: Labels>(
        &mut self,
        arity: usize,
        rows: impl IntoIterator<Item = (Vec<Term>, Label)>,
        labels: &mut L,
    ) -> TableId {
        let table = self.add(arity, true);
        for (row, label) in rows {
            self.coming[table].insert_stored(&self.relations[table].table, &row, label);
        }
        self.settle(table, self.round, labels);
        table
    }

    /// Whether the first table has something that the second has not.
    pub fn has_more<L: Labels>(&self, more: TableId, less: TableId, labels: &mut L) -> bool {
        let table = &self.relations[more].table;
        table.rows().any(|row| {
            let known = self.label_of(less, table.row(row));
            !subtract(labels, table.label(row), known).is_never()
        })
    }

    /// Leaves out labels that say nothing of a table that is finished.
    pub fn tidy(&mut self, table: TableId) {
        let relation = &mut self.relations[table];
        if relation.table.is_labelled() {
            relation.table.drop_labels();
            // Their entries have row numbers for the labels.
            relation.indexes.clear();
        }
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
        finished.finish(self.coming[table].take_known())
    }
}
