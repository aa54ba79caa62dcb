//! The rows on their way into a [relation](super::relation): what the round has found so far, each new row once, to become visible when
//! the round ends.

use super::best::Contest;
use super::plan::Which;
use super::relation::{Relation, subtract};
use crate::label::{Label, Labels};
use crate::model::{Known, Pairs, RowId, Table, hash_row};
use crate::value::{Term, Terms, Trouble};

/// Rows and parts of labels that the round has found so far, and which rows there are at all.
#[derive(Debug, Default)]
pub struct Coming {
    known: Known,
    terms: Vec<Term>,
    count: u32,
    /// With labels: that of each row, what came this round included.
    labels: Vec<Label>,
    /// With labels: rows whose label grew this round, in order.
    grown: Vec<u32>,
    /// With labels: rows whose label shrank.
    shrunk: Vec<u32>,
    /// For a relation that keeps only the best.
    pub contest: Option<Box<Contest>>,
}

/// How many rows are looked up side by side.
const BATCH: usize = 64;

impl Coming {
    pub fn new(arity: usize, labelled: bool) -> Self {
        Self {
            known: Known::new(arity, labelled),
            ..Self::default()
        }
    }

    /// Moves what came into the table, and leaves each row's new part of a label in its log.
    pub fn settle<L: Labels>(&mut self, table: &mut Table, labels: &mut L) {
        let settled = std::mem::take(&mut self.terms);
        if table.terms.is_empty() {
            table.terms = settled;
        } else {
            table.terms.extend_from_slice(&settled);
            self.reuse(settled, table.terms.len());
        }
        table.len += std::mem::take(&mut self.count);
        if let Some(known) = &mut table.labels {
            known.resize(table.len as usize, Label::NEVER);
            for row in self.grown.drain(..) {
                let (now, before) = (self.labels[row as usize], known[row as usize]);
                let part = subtract(labels, now, before);
                if !part.is_never() {
                    table.log.push((row, part));
                }
                known[row as usize] = now;
            }
            for row in self.shrunk.drain(..) {
                known[row as usize] = self.labels[row as usize];
            }
        }
    }

    /// Keeps the room of a settled round for the next one, unless that is much beside what there is already.
    fn reuse(&mut self, mut terms: Vec<Term>, settled: usize) {
        if terms.capacity() < (1 << 16).max(settled / 4) {
            terms.clear();
            self.terms = terms;
        }
    }

    /// How many rows came this round.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// Whether anything came this round.
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.grown.is_empty()
    }

    pub fn bytes(&self) -> usize {
        self.known.bytes()
            + self.terms.capacity() * size_of::<Term>()
            + self.labels.capacity() * size_of::<Label>()
            + self.grown.capacity() * size_of::<u32>()
    }

    /// Hands the members over to the finished table.
    pub(crate) fn take_known(&mut self) -> Known {
        std::mem::take(&mut self.known)
    }

    /// The label of a row, [`Label::NEVER`] where there is none. Pairs cannot tell old rows from new ones, nor from those on their
    /// way, so a plan asks pairs that grow by index.
    #[inline]
    pub fn label_of(&self, relation: &Relation, row: &[Term], which: Which) -> Label {
        let table = &relation.table;
        let Known::Rows(_) = &self.known else {
            return if self.has_pair(row) {
                Label::ALWAYS
            } else {
                Label::NEVER
            };
        };
        let Some(id) = self.find_settled(table, row) else {
            return Label::NEVER;
        };
        match which {
            Which::All => table.label(RowId(id)),
            Which::Old if id < relation.old => table.label(RowId(id)),
            Which::News if table.is_labelled() => {
                let mut news = table.log[relation.news as usize..]
                    .iter()
                    .filter(|entry| entry.0 == id);
                match (news.next(), news.next()) {
                    (None, _) => Label::NEVER,
                    (Some(entry), None) => entry.1,
                    // News of several rounds: then too much does no harm.
                    (Some(_), Some(_)) => table.label(RowId(id)),
                }
            }
            Which::News if id >= relation.news => Label::ALWAYS,
            Which::Old | Which::News => Label::NEVER,
        }
    }

    /// The members, if they are pairs.
    pub(crate) fn pairs(&self) -> Option<&Pairs> {
        match &self.known {
            Known::Pairs(pairs) => Some(pairs),
            Known::Rows(_) => None,
        }
    }

    #[inline]
    fn has_pair(&self, row: &[Term]) -> bool {
        matches!(&self.known, Known::Pairs(pairs) if pairs.contains(row))
    }

    /// The number of a visible row; never known of pairs.
    #[inline]
    pub fn find_settled(&self, table: &Table, row: &[Term]) -> Option<u32> {
        self.find(table, row).filter(|&id| id < table.len)
    }

    /// The number of a row that is visible or on its way; never known of pairs.
    #[inline]
    fn find(&self, table: &Table, row: &[Term]) -> Option<u32> {
        match &self.known {
            Known::Rows(members) => members.find(hash_row(row), |id| self.row(table, id) == row),
            Known::Pairs(_) => None,
        }
    }

    /// Lets a column of pairs lead: the one that stays the same while a rule derives several.
    pub fn let_lead(&mut self, table: &Table, column: usize) {
        if let Known::Pairs(pairs) = &mut self.known
            && pairs.let_lead(column)
        {
            for rows in [&table.terms, &self.terms] {
                pairs.insert(rows.as_chunks().0, |_| {});
            }
        }
    }

    /// Adds rows that always hold, end to end in `rows`, unless they are there.
    pub fn insert(&mut self, table: &Table, rows: &[Term], count: usize) {
        if let Known::Pairs(pairs) = &mut self.known {
            let before = self.terms.len();
            let terms = &mut self.terms;
            terms.reserve(rows.len());
            pairs.insert(rows.as_chunks().0, |row| terms.extend_from_slice(row));
            self.count += ((terms.len() - before) / 2) as u32;
            return;
        }
        match table.arity() {
            0 => {
                for _ in 0..count.min(1) {
                    self.insert_one(table, &[]);
                }
            }
            1 => self.insert_fixed::<1>(table, rows),
            2 => self.insert_fixed::<2>(table, rows),
            3 => self.insert_fixed::<3>(table, rows),
            4 => self.insert_fixed::<4>(table, rows),
            arity => {
                for row in rows.chunks_exact(arity) {
                    self.insert_one(table, row);
                }
            }
        }
    }

    /// Adds pairs that have one term in the column, as [`insert`](Self::insert) does. False if these are better inserted one by one.
    pub fn unite(&mut self, column: usize, fixed: Term, items: &[Term]) -> bool {
        let Known::Pairs(pairs) = &mut self.known else {
            return false;
        };
        let terms = &mut self.terms;
        terms.reserve(items.len() * 2);
        let before = terms.len();
        let united = if column == 0 {
            pairs.unite(0, fixed, items, |item| {
                terms.extend_from_slice(&[fixed, item])
            })
        } else {
            pairs.unite(1, fixed, items, |item| {
                terms.extend_from_slice(&[item, fixed])
            })
        };
        self.count += ((terms.len() - before) / 2) as u32;
        united
    }

    /// Several look-ups at a time wait for memory together.
    fn insert_fixed<const N: usize>(&mut self, table: &Table, rows: &[Term]) {
        let Known::Rows(members) = &mut self.known else {
            return;
        };
        let settled = table.terms.as_chunks::<N>().0;
        let mut hashes = [0; BATCH];
        let mut guesses = [None; BATCH];
        let mut known = [false; BATCH];
        for rows in rows.as_chunks::<N>().0.chunks(BATCH) {
            for (hash, row) in hashes.iter_mut().zip(rows) {
                *hash = hash_row(row);
            }
            for (guess, &hash) in guesses.iter_mut().zip(&hashes[..rows.len()]) {
                *guess = members.guess(hash);
            }
            let row_at = |coming: &[Term], id: u32| match settled.get(id as usize) {
                Some(row) => *row,
                None => coming.as_chunks::<N>().0[id as usize - settled.len()],
            };
            for ((known, guess), row) in known.iter_mut().zip(&guesses).zip(rows) {
                *known = guess.is_some_and(|id| row_at(&self.terms, id) == *row);
            }
            for ((row, &hash), &known) in rows.iter().zip(&hashes).zip(&known) {
                if !known
                    && members
                        .find(hash, |id| row_at(&self.terms, id) == *row)
                        .is_none()
                {
                    members.push(hash, |id| hash_row(&row_at(&self.terms, id)));
                    self.terms.extend_from_slice(row);
                    self.count += 1;
                }
            }
        }
    }

    /// The number of the row, and whether it is new.
    fn insert_one(&mut self, table: &Table, row: &[Term]) -> (u32, bool) {
        if let Some(id) = self.find(table, row) {
            return (id, false);
        }
        let Self { known, terms, .. } = self;
        if let Known::Rows(members) = known {
            members.push(hash_row(row), |id| hash_row(row_of(table, terms, id)));
        }
        terms.extend_from_slice(row);
        self.count += 1;
        (table.len + self.count - 1, true)
    }

    /// Adds a row in the contexts of a label.
    pub fn insert_labelled<L: Labels>(
        &mut self,
        table: &Table,
        row: &[Term],
        label: L::Label,
        labels: &mut L,
    ) {
        let (id, new) = self.insert_one(table, row);
        self.add_label(table, id, new, label, labels);
    }

    /// Adds to the label of a row, which may be new.
    fn add_label<L: Labels>(
        &mut self,
        table: &Table,
        id: u32,
        new: bool,
        label: L::Label,
        labels: &mut L,
    ) {
        if new {
            self.labels.push(labels.store(label));
            self.grown.push(id);
            return;
        }
        let known = self.labels[id as usize];
        let more = match labels.load(known) {
            None => label,
            Some(known) => {
                // Labels are canonical, so this also tells whether there is anything new, with no label made that is of no use.
                let both = labels.or(known, label);
                if both == known {
                    return;
                }
                both
            }
        };
        if id < table.len && known == table.label(RowId(id)) {
            self.grown.push(id);
        }
        self.labels[id as usize] = labels.store(more);
    }

    /// Adds a row of a relation that keeps only the best: in the contexts in which no row beats it, and takes these from the rows
    /// that it beats. Without a contest every row stays.
    pub fn insert_best<L: Labels>(
        &mut self,
        table: &Table,
        row: &[Term],
        label: L::Label,
        terms: &Terms,
        labels: &mut L,
    ) -> Result<(), Trouble> {
        let Some(mut contest) = self.contest.take() else {
            self.insert_labelled(table, row, label, labels);
            return Ok(());
        };
        let result = self.enter(&mut contest, table, row, label, terms, labels);
        self.contest = Some(contest);
        result
    }

    fn enter<L: Labels>(
        &mut self,
        contest: &mut Contest,
        table: &Table,
        row: &[Term],
        label: L::Label,
        terms: &Terms,
        labels: &mut L,
    ) -> Result<(), Trouble> {
        let Self {
            labels: known,
            shrunk,
            ..
        } = self;
        let Some(entry) = contest.enter(row, label, known, shrunk, terms, labels)? else {
            return Ok(());
        };
        let (id, new) = match entry.known {
            Some(id) => (id, false),
            None => self.insert_one(table, row),
        };
        self.add_label(table, id, new, entry.label, labels);
        if entry.known.is_none() {
            contest.add(row, id);
        }
        if !new {
            // It may have shrunk before it grew this round, and then looks as if it had not changed.
            self.grown.push(id);
        }
        Ok(())
    }

    /// Adds a row with a label as stored, [`Label::NEVER`] too: one that is known, but nowhere holds.
    pub fn insert_stored(&mut self, table: &Table, row: &[Term], label: Label) {
        let (id, new) = self.insert_one(table, row);
        if new {
            self.labels.push(label);
            self.grown.push(id);
        }
    }

    /// Changes the label of a visible row, outside of any round.
    pub fn relabel(&mut self, table: &mut Table, row: u32, label: Label) {
        self.labels[row as usize] = label;
        if let Some(labels) = &mut table.labels {
            labels[row as usize] = label;
        }
    }

    fn row<'a>(&'a self, table: &'a Table, id: u32) -> &'a [Term] {
        row_of(table, &self.terms, id)
    }
}

fn row_of<'a>(table: &'a Table, coming: &'a [Term], id: u32) -> &'a [Term] {
    let arity = table.arity();
    match id.checked_sub(table.len) {
        None => table.row(RowId(id)),
        Some(id) => &coming[id as usize * arity..(id as usize + 1) * arity],
    }
}
