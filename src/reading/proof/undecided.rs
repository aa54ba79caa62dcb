//! The loop that leaves a sentence undecided.

use super::filled::ground;
use super::moment::Moment;
use super::search::{Under, Want, side_of};
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::program::Variables;
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all};
use crate::reading::standing::Bound;
use crate::value::Term;
use std::collections::HashSet;

type Sentence = (Side, Vec<Term>);

/// Sentences that the search for a loop looks at.
const MOST: usize = 2_000;

impl Reader<'_> {
    /// Sentences each of which hangs on the next, the last on the first. Those before the loop begins are left out.
    pub(in crate::reading) fn loop_of(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<Sentence> {
        let mut path: Vec<(Sentence, Vec<Sentence>)> = Vec::new();
        let mut left: HashSet<Sentence> = HashSet::new();
        let mut next = Some((side, terms.to_vec()));
        while left.len() + path.len() < MOST {
            if let Some(sentence) = next.take() {
                if let Some(start) = path.iter().position(|(known, _)| *known == sentence) {
                    return path
                        .split_off(start)
                        .into_iter()
                        .map(|(sentence, _)| sentence)
                        .collect();
                }
                let onward = if left.contains(&sentence) {
                    Vec::new()
                } else {
                    self.hangs_on(sentence.0, &sentence.1, moment)
                };
                path.push((sentence, onward));
            }
            match path.last_mut() {
                None => break,
                Some((_, onward)) => match onward.pop() {
                    Some(sentence) => next = Some(sentence),
                    None => left.extend(path.pop().map(|(sentence, _)| sentence)),
                },
            }
        }
        Vec::new()
    }

    /// The undecided literals in the bodies of rules for a literal or against it, exceptions included; the first one last.
    fn hangs_on(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<Sentence> {
        let program = self.program;
        let mut found: Vec<Sentence> = Vec::new();
        let mut argued = vec![(side, terms.to_vec())];
        argued.extend(self.opponents(side, terms, moment));
        if side.negative {
            argued.extend(self.opponents(side.opposite(), terms, moment));
        }
        for (side, terms) in argued {
            for &(rule, head) in self.rules_for(side).iter() {
                let written = &program.rules[rule.0 as usize];
                let mut start: Binding = vec![None; written.variables.0.len()];
                if !bind_all(&written.heads[head].arguments, &terms, &mut start) {
                    continue;
                }
                let under = Under {
                    view: View::Possible,
                    bound: Bound::Upper,
                    moment,
                    variables: &written.variables,
                };
                for branch in branches(written.body.as_ref()).unwrap_or_default() {
                    let matches =
                        self.search(&branch, start.clone(), under, None, Want::AtMost(50));
                    for matched in matches {
                        for item in &branch {
                            self.read_by(item, &matched.binding, under, &mut found);
                        }
                    }
                }
            }
        }
        found.retain(|(side, terms)| self.is_open(*side, terms, moment));
        found.reverse();
        found
    }

    /// Whether a loop leaves some view of a sentence or its opposite open in a context.
    fn is_open(&self, side: Side, terms: &[Term], moment: &Moment) -> bool {
        let views = [View::Certain, View::Presumed, View::Possible];
        [side, side.opposite()].into_iter().any(|side| {
            views.into_iter().any(|view| {
                let holds = |bound| {
                    const NONE: &Variables = &Variables(Vec::new());
                    let under = Under {
                        view,
                        bound,
                        moment,
                        variables: NONE,
                    };
                    self.arrival_under(side, terms, under).is_some()
                };
                holds(Bound::Upper) && !holds(Bound::Lower)
            })
        })
    }

    /// The sentences that an item reads, those with which an exception could hold included.
    fn read_by(
        &mut self,
        item: &Item<'_>,
        binding: &Binding,
        under: Under<'_>,
        found: &mut Vec<Sentence>,
    ) {
        match *item {
            Item::Literal(literal) => {
                found.extend(ground(literal, binding).map(|terms| (side_of(literal), terms)));
            }
            Item::Except(exception) => {
                for branch in branches(Some(exception)).unwrap_or_default() {
                    let matches =
                        self.search(&branch, binding.clone(), under, None, Want::AtMost(50));
                    for matched in matches {
                        for item in &branch {
                            self.read_by(item, &matched.binding, under, found);
                        }
                    }
                }
            }
            Item::Comparison { .. } | Item::Aggregate(_) => {}
        }
    }
}
