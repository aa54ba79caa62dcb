//! Strict rules whose condition is presumed while their conclusion is not: what attacks the conclusion does not reach back to the
//! condition, since strict rules do not work backwards.

use super::Reader;
use super::scope::Openness;
use super::standing::Bound;
use crate::complaint::Complaint;
use crate::core::{CoreId, Part, Reason, Side, View};
use crate::label::Label;
use crate::program::{Author, Frame, RuleId, Variables, Verb};
use crate::text::Span;
use crate::value::Term;
use std::collections::BTreeMap;

/// A strict rule with the first conclusion that it does not carry through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCarried {
    pub rule: RuleId,
    pub side: Side,
    pub terms: Vec<Term>,
    /// How many more there are.
    pub more: usize,
}

impl Reader<'_> {
    /// The strict rules that fire somewhere in a frame where their conclusion is neither certain nor presumed, in order. A rule
    /// that an `overrides` sets back is left out, as are declared properties: there it is meant.
    ///
    /// ```hence
    /// Bob is married [presumably]. not Bob has a spouse.
    /// ?x is married implies ?x has a spouse.
    /// ```
    ///
    /// # Errors
    /// As for [`scope`](Self::scope).
    pub fn not_carried(&mut self, frame: &Frame) -> Result<Vec<NotCarried>, Complaint> {
        let core = self.core;
        let firing = core.relations.iter().zip(0..).filter_map(|(relation, at)| {
            let Part::Fires {
                side,
                reason: Reason::Rule(rule),
                view: View::Presumed,
            } = &relation.part
            else {
                return None;
            };
            self.is_to_carry(*rule)
                .then_some((*rule, *side, CoreId(at)))
        });
        let firing: Vec<_> = firing.collect();
        if firing.is_empty() {
            return Ok(Vec::new());
        }
        let scope = self.scope(frame, &Variables::default(), Span::default(), Openness::Now)?;
        let mut found: BTreeMap<RuleId, NotCarried> = BTreeMap::new();
        for (rule, side, relation) in firing {
            let table = self.table(relation, Bound::Lower);
            let mut rows: Vec<(Vec<Term>, Label)> = table
                .rows()
                .map(|row| (table.row(row).to_vec(), table.label(row)))
                .collect();
            rows.sort_by(|left, right| self.compare_rows(&left.0, &right.0));
            for (terms, fires) in rows {
                let carried = self.label(side, View::Presumed, &terms, Bound::Upper);
                let left = self.model.diagram.without(fires, carried);
                let worlds = self.in_worlds(left, &scope);
                if self.model.diagram.and(worlds, scope.worlds).is_never() {
                    continue;
                }
                found
                    .entry(rule)
                    .and_modify(|known| known.more += 1)
                    .or_insert(NotCarried {
                        rule,
                        side,
                        terms,
                        more: 0,
                    });
            }
        }
        Ok(found.into_values().collect())
    }

    fn is_to_carry(&self, rule: RuleId) -> bool {
        let rule = &self.program.rules[rule.0 as usize];
        let is_set_back = rule.label.as_ref().is_some_and(|label| {
            let loses = |pair: &(Author, Author)| pair.1 == Author::Rule(label.clone());
            self.program.overrides.iter().any(loses)
        });
        rule.verb == Verb::Implies && !rule.declared && !is_set_back
    }
}
