//! What follows, relation by relation: the rows of `run`.

use super::Reader;
use super::answer::{RelationRows, SentenceRow, Status};
use super::scope::{Openness, Scope};
use super::standing::Bound;
use crate::complaint::Complaint;
use crate::core::{CoreId, Side, View};
use crate::label::Label;
use crate::program::{Frame, RelationId, Standing as How, Variables, Verb};
use crate::text::Span;
use crate::value::Term;
use indexmap::IndexSet;
use std::collections::HashSet;

/// What `run` lists.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// Stated facts too.
    pub facts: bool,
    /// Of stated facts those of relations that rules conclude.
    pub stated_conclusions: bool,
    /// Refuted, contested and undecided sentences too.
    pub all_statuses: bool,
    /// Open the drivers that have a `[now]` outcome.
    pub all_worlds: bool,
    pub frame: Frame,
}

/// A sentence that is argued for or against and does not hold, somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    pub relation: RelationId,
    pub terms: Vec<Term>,
    pub status: Status,
}

impl Reader<'_> {
    /// The rows of every relation that has any, in order of relations.
    ///
    /// # Errors
    /// When no world is left.
    pub fn conclusions(&mut self, options: &RunOptions) -> Result<Vec<RelationRows>, Complaint> {
        let scope = self.run_scope(options)?;
        let stated = self.stated();
        let mut all = Vec::new();
        for number in 0..self.program.relations.len() {
            let relation = RelationId(number as u32);
            if !Self::is_listed(relation, options, &stated) {
                continue;
            }
            let rows = self.relation_rows(relation, options, &scope, &stated);
            if !rows.is_empty() {
                all.push(RelationRows { relation, rows });
            }
        }
        Ok(all)
    }

    /// How many sentences of each relation hold in some open world, facts included.
    ///
    /// # Errors
    /// When no world is left.
    pub fn counts(&mut self, options: &RunOptions) -> Result<Vec<(RelationId, usize)>, Complaint> {
        let scope = self.run_scope(options)?;
        let mut counts = Vec::new();
        for number in 0..self.program.relations.len() {
            let relation = self.core.views[number].sentence.presumed;
            let table = self.model.table(relation);
            let count = if self.model.diagram.space().axes.is_empty() {
                table.len()
            } else {
                let labels: Vec<Label> = table.rows().map(|row| table.label(row)).collect();
                let holds = |&label: &Label| {
                    let worlds = self.in_worlds(label, &scope);
                    !self.model.diagram.and(worlds, scope.worlds).is_never()
                };
                labels.iter().copied().filter(holds).count()
            };
            counts.push((RelationId(number as u32), count));
        }
        Ok(counts)
    }

    /// What [`conclusions`](Self::conclusions) leaves out unless asked for all statuses: the sentences, each with one such status, that some
    /// fact or rule argues for or against and that do not hold.
    ///
    /// ```hence
    /// Nixon is a quaker. Nixon is a republican.
    /// ?x is a quaker suggests ?x is a dove. ?x is a republican suggests ?x is not a dove.
    /// ```
    ///
    /// leaves out `Nixon is a dove`, which is contested.
    ///
    /// # Errors
    /// When no world is left.
    pub fn left_out(&mut self, options: &RunOptions) -> Result<Vec<LeftOut>, Complaint> {
        let options = RunOptions {
            all_statuses: true,
            ..options.clone()
        };
        let scope = self.run_scope(&options)?;
        let stated = self.stated();
        let mut left_out: Vec<LeftOut> = Vec::new();
        for number in 0..self.program.relations.len() {
            let relation = RelationId(number as u32);
            if Self::is_listed(relation, &options, &stated) && self.is_disputed(relation) {
                let rows = self.relation_rows(relation, &options, &scope, &stated);
                let holds = |status| matches!(status, Status::Certain | Status::Presumed);
                let open = rows.into_iter().filter(|row| !holds(row.status));
                for SentenceRow { terms, status, .. } in open {
                    let row = LeftOut {
                        relation,
                        terms,
                        status,
                    };
                    // The rows of one sentence and status, each for other contexts, stand together.
                    if left_out.last() != Some(&row) {
                        left_out.push(row);
                    }
                }
            }
        }
        Ok(left_out)
    }

    /// Whether a sentence of the relation may be argued for and yet not hold, or be argued against.
    fn is_disputed(&self, relation: RelationId) -> bool {
        let side = Side {
            relation,
            negative: false,
        };
        match self.arguing(side, true)[..] {
            [] => false,
            [one] => self.table(one, Bound::Upper).len() > self.table(one, Bound::Lower).len(),
            _ => true,
        }
    }

    /// The sentences that are concluded somewhere and stated nowhere, by relation, sorted by their terms.
    pub(super) fn concluded_sentences(&self) -> Vec<(RelationId, Vec<Vec<Term>>)> {
        let stated = self.stated();
        let relations = (0..self.program.relations.len()).filter(|&at| stated.concluded[at]);
        let sentences = relations.map(|number| {
            let relation = RelationId(number as u32);
            let side = Side {
                relation,
                negative: false,
            };
            let mut sentences = self.argued(side, false);
            sentences.retain(|terms| !stated.is_stated(relation, terms));
            sentences.sort_by(|left, right| self.compare_rows(left, right));
            (relation, sentences)
        });
        sentences.collect()
    }

    fn is_listed(relation: RelationId, options: &RunOptions, stated: &Stated) -> bool {
        options.facts || stated.concluded[relation.0 as usize]
    }

    fn run_scope(&mut self, options: &RunOptions) -> Result<Scope, Complaint> {
        let openness = if options.all_worlds {
            Openness::All
        } else {
            Openness::Now
        };
        let at = self
            .program
            .impossible
            .first()
            .map_or(Span::default(), |(_, _, at)| *at);
        self.scope(&options.frame, &Variables::default(), at, openness)
    }

    fn relation_rows(
        &mut self,
        relation: RelationId,
        options: &RunOptions,
        scope: &Scope,
        stated: &Stated,
    ) -> Vec<SentenceRow> {
        let side = Side {
            relation,
            negative: false,
        };
        let mut sentences = self.argued(side, options.all_statuses);
        sentences.sort_by(|left, right| self.compare_rows(left, right));
        let mut rows = Vec::new();
        for terms in sentences {
            let is_stated = stated.is_stated(relation, &terms);
            if is_stated && !options.facts && !options.stated_conclusions {
                continue;
            }
            for (label, status) in self.row_statuses(side, &terms, options.all_statuses) {
                let contradicted = self.is_tainted_within(label, relation, &terms, scope);
                for extent in self.extents(label, scope) {
                    rows.push(SentenceRow {
                        terms: terms.clone(),
                        status,
                        extent,
                        stated: is_stated,
                        contradicted,
                    });
                }
            }
        }
        rows
    }

    /// Each status of a sentence with the contexts in which it has it.
    fn row_statuses(&mut self, side: Side, terms: &[Term], all: bool) -> Vec<(Label, Status)> {
        let standing = self.standing(side, terms);
        let mut ladder = vec![
            (standing.certain, Status::Certain),
            (standing.holds, Status::Presumed),
        ];
        if all {
            ladder.extend([
                (standing.refuted, Status::Refuted),
                (standing.possible, Status::Contested),
                (standing.open, Status::Undecided),
            ]);
        }
        let mut rows = Vec::new();
        let mut before = Label::NEVER;
        for (label, status) in ladder {
            let here = self.model.diagram.without(label, before);
            before = self.model.diagram.or(before, label);
            rows.push((here, status));
        }
        rows
    }

    /// The sentences of a relation that are concluded, or (for `all`) that some fact or rule argues for or against.
    fn argued(&self, side: Side, all: bool) -> Vec<Vec<Term>> {
        let bound = if all { Bound::Upper } else { Bound::Lower };
        let tables: Vec<_> = self
            .arguing(side, all)
            .into_iter()
            .map(|relation| self.table(relation, bound))
            .collect();
        if let [table] = tables[..] {
            return table.rows().map(|row| table.row(row).to_vec()).collect();
        }
        let mut rows: IndexSet<Vec<Term>> = IndexSet::new();
        for table in tables {
            rows.extend(table.rows().map(|row| table.row(row).to_vec()));
        }
        rows.into_iter().collect()
    }

    /// The core relations that hold them.
    fn arguing(&self, side: Side, all: bool) -> Vec<CoreId> {
        let mut relations = IndexSet::new();
        let views = [View::Certain, View::Presumed, View::Possible];
        if all {
            for side in [side, side.opposite()] {
                relations.extend(views.into_iter().filter_map(|view| self.view(side, view)));
            }
            let sides = [side, side.opposite()].into_iter();
            let firing = sides.flat_map(|side| self.index.firing_for(side));
            let mut firing: Vec<CoreId> = firing.map(|(_, relation)| relation).collect();
            firing.sort_unstable();
            relations.extend(firing);
        } else {
            relations.extend(
                [View::Certain, View::Presumed]
                    .into_iter()
                    .filter_map(|view| self.view(side, view)),
            );
        }
        relations.into_iter().collect()
    }

    /// Which sentences are stated, kept for the relations where that is in question.
    fn stated(&self) -> Stated {
        let program = self.program;
        let mut stated = Stated {
            concluded: vec![false; program.relations.len()],
            asserted: vec![false; program.relations.len()],
            sentences: HashSet::new(),
        };
        for rule in program
            .rules
            .iter()
            .filter(|rule| rule.verb != Verb::CastsDoubtOn)
        {
            rule.heads
                .iter()
                .for_each(|head| stated.concluded[head.relation.0 as usize] = true);
        }
        for scenario in &program.scenarios {
            for item in &scenario.suppositions {
                stated.concluded[item.literal.relation.0 as usize] = true;
            }
        }
        for fact in program.facts.iter() {
            let negative = fact.negative != matches!(fact.standing(), How::Denied(_));
            stated.assert(fact.relation, negative, fact.terms);
        }
        for state in program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .flat_map(|outcome| &outcome.states)
        {
            stated.assert(state.relation, state.negative, &state.terms);
        }
        stated
    }
}

/// What is stated, and which relations have conclusions.
struct Stated {
    concluded: Vec<bool>,
    asserted: Vec<bool>,
    /// Of the relations that have both.
    sentences: HashSet<(RelationId, Vec<Term>)>,
}

impl Stated {
    fn assert(&mut self, relation: RelationId, negative: bool, terms: &[Term]) {
        if !negative {
            self.asserted[relation.0 as usize] = true;
            if self.concluded[relation.0 as usize] {
                self.sentences.insert((relation, terms.to_vec()));
            }
        }
    }

    fn is_stated(&self, relation: RelationId, terms: &[Term]) -> bool {
        let number = relation.0 as usize;
        match (self.asserted[number], self.concluded[number]) {
            (false, _) => false,
            (true, false) => true,
            (true, true) => self.sentences.contains(&(relation, terms.to_vec())),
        }
    }
}
