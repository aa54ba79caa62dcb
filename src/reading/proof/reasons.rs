//! What fires for and against a sentence in one context: rules by their instances, and statements that presume.

use super::By;
use super::facts::{Statement, author_name};
use super::instance::{Instance, Wanted};
use super::moment::Moment;
use super::search::Under;
use crate::core::{Side, View};
use crate::program::{Author, Variables, Verb};
use crate::reading::Reader;
use crate::reading::standing::Bound;
use crate::text::Span;
use crate::value::Term;

/// Something that speaks for a sentence and can be beaten.
#[derive(Clone, Debug, PartialEq)]
pub enum Firing {
    Rule(Instance),
    Statement(Statement),
}

/// A firing with what it speaks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Attack {
    pub side: Side,
    pub terms: Vec<Term>,
    pub firing: Firing,
}

impl Reader<'_> {
    /// What fires for a side in a context: presumptive statements first, then the earliest instance of each rule. Doubts are
    /// told apart by [`is_doubt`](Reader::is_doubt).
    pub(in crate::reading) fn firings(&mut self, wanted: Wanted<'_>) -> Vec<Firing> {
        let Wanted {
            side,
            terms,
            view,
            moment,
            ..
        } = wanted;
        let mut found = Vec::new();
        for statement in self.statements(side, terms, moment) {
            if !statement.certain && self.may_fire(side, &statement.reason(), view, terms, moment) {
                found.push(Firing::Statement(statement));
            }
        }
        if self.is_cut(side, terms, moment) {
            return found;
        }
        for &rule in self.rules_for(side).iter() {
            let instance = self.earliest_instance(rule, wanted);
            found.extend(instance.map(Firing::Rule));
        }
        found
    }

    /// What fires for a side and supports it, doubts left out.
    pub(super) fn support(&mut self, wanted: Wanted<'_>) -> Vec<Firing> {
        let mut team = self.firings(wanted);
        team.retain(|firing| !self.is_doubt(firing));
        team
    }

    /// What fires possibly against a literal in a context.
    pub(in crate::reading) fn attacks(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<Attack> {
        self.attacks_under(side, terms, View::Possible, moment)
    }

    /// Whether something that fires firmly against a sentence overrides a reason for it.
    pub(in crate::reading) fn is_beaten(
        &mut self,
        side: Side,
        terms: &[Term],
        reason: &Firing,
        moment: &Moment,
    ) -> bool {
        let attacks = self.attacks_under(side, terms, View::Presumed, moment);
        attacks
            .iter()
            .any(|attack| self.overrides(&attack.firing, reason))
    }

    fn attacks_under(
        &mut self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
    ) -> Vec<Attack> {
        let mut all = Vec::new();
        for (against, other) in self.opponents(side, terms, moment) {
            let wanted = Wanted {
                side: against,
                terms: &other,
                view,
                moment,
                before: None,
            };
            for firing in self.firings(wanted) {
                // A doubt about this very value, met as one for its rival, is none.
                if against != side || !self.is_doubt(&firing) {
                    all.push(Attack {
                        side: against,
                        terms: other.clone(),
                        firing,
                    });
                }
            }
        }
        all
    }

    pub(in crate::reading) fn is_doubt(&self, firing: &Firing) -> bool {
        match firing {
            Firing::Rule(instance) => {
                self.program.rules[instance.rule.0 as usize].verb == Verb::CastsDoubtOn
            }
            Firing::Statement(_) => false,
        }
    }

    pub(super) fn author(&self, firing: &Firing) -> Option<Author> {
        match firing {
            Firing::Rule(instance) => self.program.rules[instance.rule.0 as usize]
                .label
                .clone()
                .map(Author::Rule),
            Firing::Statement(statement) => statement.author.clone(),
        }
    }

    pub(super) fn place(&self, firing: &Firing) -> Span {
        match firing {
            Firing::Rule(instance) => self.program.rules[instance.rule.0 as usize].at,
            Firing::Statement(statement) => statement.at,
        }
    }

    /// Whether one firing's author overrides another's.
    pub(in crate::reading) fn overrides(&self, winner: &Firing, loser: &Firing) -> bool {
        match (self.author(winner), self.author(loser)) {
            (Some(winner), Some(loser)) => self.program.overrides.contains(&(winner, loser)),
            _ => false,
        }
    }

    /// What a firing is called: its rule's label, its reporter, or the rule in words.
    pub(in crate::reading) fn firing_name(&self, firing: &Firing) -> String {
        match (self.author(firing), firing) {
            (Some(author), _) => author_name(&author).to_string(),
            (None, Firing::Rule(instance)) => {
                let rule = &self.program.rules[instance.rule.0 as usize];
                crate::say::rule(&self.program.relations, &self.model.terms, rule)
            }
            (
                None,
                Firing::Statement(Statement {
                    by: By::Report { author: None, .. },
                    ..
                }),
            ) => "a presumption".to_owned(),
            (None, Firing::Statement(_)) => "a statement".to_owned(),
        }
    }

    /// The sentences that argue against a side: its opposite, and the rival values of a `one` relation that something speaks for.
    pub(in crate::reading) fn opponents(
        &self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<(Side, Vec<Term>)> {
        let mut all = vec![(side.opposite(), terms.to_vec())];
        let one = self.program.relations[side.relation.0 as usize].one;
        if let Some(place) = one.filter(|_| !side.negative) {
            let rivals = self.rival_values(side, terms, place, moment);
            all.extend(rivals.into_iter().map(|rival| {
                let mut other = terms.to_vec();
                other[place] = rival;
                (side, other)
            }));
        }
        all
    }

    /// Whether a literal is certain in a context.
    pub(super) fn is_certain(&self, side: Side, terms: &[Term], moment: &Moment) -> bool {
        self.arrives(side, terms, View::Certain, moment).is_some()
    }

    /// When a literal arrived under a view in a context; `None` where it does not hold there.
    pub(in crate::reading) fn arrives(
        &self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
    ) -> Option<u32> {
        const NONE: &Variables = &Variables(Vec::new());
        self.arrival_under(
            side,
            terms,
            Under {
                view,
                bound: Bound::Lower,
                moment,
                variables: NONE,
            },
        )
    }
}
