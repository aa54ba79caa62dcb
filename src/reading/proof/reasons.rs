//! What fires for and against a sentence in one context: rules by their instances, and statements that presume.

use super::facts::{Statement, author_name};
use super::instance::Instance;
use super::moment::Moment;
use super::{By, How};
use crate::core::{Side, View};
use crate::program::{Author, Verb};
use crate::reading::Reader;
use crate::value::Term;

/// Something that speaks for a sentence and can be beaten.
#[derive(Clone, Debug, PartialEq)]
pub enum Firing {
    Rule(Instance),
    Statement(Statement),
}

impl Reader<'_> {
    /// What fires for a side in a context under a view: presumptive statements first, then the best instance of each rule. Doubts are
    /// told apart by [`is_doubt`](Reader::is_doubt).
    pub(in crate::reading) fn firings(
        &mut self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
        before: Option<u32>,
    ) -> Vec<Firing> {
        let statements = self.statements(side, terms, moment);
        let mut found: Vec<Firing> =
            statements.into_iter().filter(|statement| !statement.certain).map(Firing::Statement).collect();
        for rule in self.rules_for(side) {
            let instance = self.instances(rule, terms, view, moment, before).into_iter().next();
            found.extend(instance.map(Firing::Rule));
        }
        found
    }

    pub(in crate::reading) fn is_doubt(&self, firing: &Firing) -> bool {
        match firing {
            Firing::Rule(instance) => self.program.rules[instance.rule.0 as usize].verb == Verb::CastsDoubtOn,
            Firing::Statement(_) => false,
        }
    }

    fn author(&self, firing: &Firing) -> Option<Author> {
        match firing {
            Firing::Rule(instance) => self.program.rules[instance.rule.0 as usize].label.clone().map(Author::Rule),
            Firing::Statement(statement) => statement.author.clone(),
        }
    }

    /// Whether one firing's author overrides another's.
    pub(in crate::reading) fn overrides(&self, winner: &Firing, loser: &Firing) -> bool {
        match (self.author(winner), self.author(loser)) {
            (Some(winner), Some(loser)) => self.program.overrides.contains(&(winner, loser)),
            _ => false,
        }
    }

    /// What a firing is called: its rule's label, its reporter, or the place where it is written.
    pub(in crate::reading) fn firing_name(&self, firing: &Firing) -> String {
        match (self.author(firing), firing) {
            (Some(author), _) => author_name(&author).to_string(),
            (None, Firing::Rule(instance)) => {
                let rule = &self.program.rules[instance.rule.0 as usize];
                crate::say::rule(&self.program.relations, &self.model.terms, rule)
            }
            (None, Firing::Statement(Statement { by: By::Report { author: None, .. }, .. })) => "a presumption".to_owned(),
            (None, Firing::Statement(_)) => "a statement".to_owned(),
        }
    }

    /// The sentences that argue against a side: its opposite, and the rival values of a `one` relation that something possible says.
    pub(in crate::reading) fn opponents(&self, side: Side, terms: &[Term]) -> Vec<(Side, Vec<Term>)> {
        let mut all = vec![(side.opposite(), terms.to_vec())];
        let one = self.program.relations[side.relation.0 as usize].one;
        if let Some(place) = one.filter(|_| !side.negative) {
            let pattern: Vec<Option<Term>> =
                terms.iter().enumerate().map(|(at, &term)| (at != place).then_some(term)).collect();
            let mut rivals = std::collections::BTreeSet::new();
            for view in [View::Certain, View::Possible] {
                if let Some(relation) = self.view(side, view) {
                    let table = self.model.upper(relation);
                    rivals.extend(table.matching(&pattern).into_iter().map(|row| table.row(row)[place]));
                }
            }
            for rival in rivals.into_iter().filter(|&rival| rival != terms[place]) {
                let mut other = terms.to_vec();
                other[place] = rival;
                all.push((side, other));
            }
        }
        all
    }

    /// How an attack lost against a sentence for which these reasons fire: what beat it, if anything did.
    pub(in crate::reading) fn beaten_by(&self, attack: &Firing, team: &[Firing], certain: bool, sentence: &str) -> Option<(String, How)> {
        if certain {
            return Some((sentence.to_owned(), How::CertainOpposite));
        }
        team.iter().find(|reason| self.overrides(reason, attack)).map(|reason| (self.firing_name(reason), How::Overridden))
    }
}
