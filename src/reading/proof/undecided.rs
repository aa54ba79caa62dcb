//! The loop that leaves a sentence undecided, and how the sentence comes to hang on it.

use super::filled::ground;
use super::index::Concluding;
use super::moment::Moment;
use super::search::{Among, Under, Want};
use crate::core::branches::{Branch, Item, branches, conjunction};
use crate::core::{Side, View};
use crate::program::{Period, RuleId, Variables};
use crate::reading::Reader;
use crate::reading::matching::{Binding, bind_all};
use crate::reading::standing::Bound;
use crate::value::Term;
use std::collections::HashSet;

/// A sentence in the context in which something hangs on it.
type Sentence = (Side, Vec<Term>, Moment);

/// Sentences that the search for a loop looks at.
const MOST: usize = 2_000;
/// Matches of one condition that it looks at.
const MOST_MATCHES: usize = 1_000;

/// What leaves a sentence undecided.
#[derive(Clone, Debug, PartialEq)]
pub struct Undecided {
    /// From the sentence to the loop, each hanging on the next, the last on the first of the loop. Empty for one in the loop.
    pub towards: Vec<Hanging>,
    /// Each hangs on the next, the last on the first.
    pub around: Vec<Hanging>,
}

/// A sentence that hangs on the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct Hanging {
    pub side: Side,
    pub terms: Vec<Term>,
    /// When, where that is another time than what was asked.
    pub when: Option<Period>,
    /// The rule by which it hangs on the next one.
    pub rule: RuleId,
}

/// A sentence that a condition reads.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub side: Side,
    pub terms: Vec<Term>,
    /// An opposite in a `one` relation that no rival value meets, since it binds a variable.
    by_itself: bool,
}

/// A step of the search: what is still to be looked at below it.
struct Step {
    sentence: Sentence,
    onward: Vec<(RuleId, Sentence)>,
    taken: Option<RuleId>,
}

impl Reader<'_> {
    /// The loop that a sentence is in, or runs into.
    pub(in crate::reading) fn loop_of(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Option<Undecided> {
        let mut path: Vec<Step> = Vec::new();
        let mut left: HashSet<Sentence> = HashSet::new();
        let mut next = Some((side, terms.to_vec(), moment.clone()));
        while left.len() + path.len() < MOST {
            if let Some(sentence) = next.take() {
                if let Some(start) = path.iter().position(|step| step.sentence == sentence) {
                    let around = self.hanging(path.split_off(start), moment);
                    let towards = self.hanging(path, moment);
                    return Some(Undecided { towards, around });
                }
                let onward = match left.contains(&sentence) {
                    true => Vec::new(),
                    false => self.hangs_on(&sentence),
                };
                path.push(Step {
                    sentence,
                    onward,
                    taken: None,
                });
            }
            let step = path.last_mut()?;
            match step.onward.pop() {
                Some((rule, sentence)) => {
                    step.taken = Some(rule);
                    next = Some(sentence);
                }
                None => left.extend(path.pop().map(|step| step.sentence)),
            }
        }
        None
    }

    fn hanging(&self, steps: Vec<Step>, asked: &Moment) -> Vec<Hanging> {
        let hanging = |step: Step| {
            let (side, terms, moment) = step.sentence;
            Some(Hanging {
                side,
                terms,
                when: self.time_of(&moment).filter(|_| moment != *asked),
                rule: step.taken?,
            })
        };
        steps.into_iter().filter_map(hanging).collect()
    }

    /// The undecided literals in the bodies of rules for a literal or against it, exceptions included; the first one last.
    pub(super) fn hangs_on(&mut self, (side, terms, moment): &Sentence) -> Vec<(RuleId, Sentence)> {
        let mut found: Vec<(RuleId, Sentence)> = Vec::new();
        let mut argued = vec![(*side, terms.clone())];
        argued.extend(self.opponents(*side, terms, moment));
        if side.negative {
            argued.extend(self.opponents(side.opposite(), terms, moment));
        }
        // What speaks against a rival value leaves open whether it refutes.
        let rivals = argued.iter().filter(|(_, other)| other != terms);
        let against: Vec<_> = rivals
            .map(|(side, other)| (side.opposite(), other.clone()))
            .collect();
        argued.extend(against);
        for (side, terms) in argued {
            for &concluding in self.rules_for(side).iter() {
                self.read_by_rule(concluding, &terms, moment, &mut found);
            }
        }
        found.reverse();
        found
    }

    /// What a rule reads when it concludes these terms; earlier times too for `[from then on]`.
    fn read_by_rule(
        &mut self,
        (rule, head): Concluding,
        terms: &[Term],
        moment: &Moment,
        found: &mut Vec<(RuleId, Sentence)>,
    ) {
        let program = self.program;
        let written = &program.rules[rule.0 as usize];
        let mut start: Binding = vec![None; written.variables.0.len()];
        if !bind_all(&written.heads[head].arguments, terms, &mut start) {
            return;
        }
        let moments = match written.from_then_on {
            true => self.earlier(moment),
            false => vec![moment.clone()],
        };
        for moment in moments
            .iter()
            .filter(|moment| self.in_force(rule, moment))
            .cloned()
            .collect::<Vec<_>>()
        {
            let under = Under {
                view: View::Possible,
                bound: Bound::Upper,
                moment: &moment,
                variables: &written.variables,
            };
            let mut read = Vec::new();
            for branch in branches(written.body.as_ref()).unwrap_or_default() {
                self.read_by_branch(&branch, &start, under, &mut read);
            }
            read.retain(|read| self.is_open(read, &moment));
            let read = read.into_iter();
            found.extend(read.map(|read| (rule, (read.side, read.terms, moment.clone()))));
        }
    }

    fn read_by_branch(
        &mut self,
        branch: &Branch<'_>,
        start: &Binding,
        under: Under<'_>,
        found: &mut Vec<Read>,
    ) {
        let most = Want::AtMost(MOST_MATCHES);
        let mut matches = self.search(branch, start.clone(), under, Among::default(), most);
        let counts = |item: &Item<'_>| matches!(item, Item::Aggregate(_));
        if matches.is_empty() && branch.iter().any(counts) {
            // What would be counted may be what is open.
            let literals = branch.iter().copied();
            let literals = literals.filter(|item| matches!(item, Item::Literal(_)));
            matches = self.search(
                &literals.collect(),
                start.clone(),
                under,
                Among::default(),
                most,
            );
        }
        for matched in matches {
            for item in branch {
                let from = found.len();
                self.read_by(item, &matched.binding, under, found);
                let open = self.is_open_opposite(item, start);
                found[from..]
                    .iter_mut()
                    .for_each(|read| read.by_itself |= open);
            }
        }
    }

    /// The sentences that an item reads, those included with which an exception could hold and those that could be counted.
    pub(super) fn read_by(
        &mut self,
        item: &Item<'_>,
        binding: &Binding,
        under: Under<'_>,
        found: &mut Vec<Read>,
    ) {
        let (all, start) = match *item {
            Item::Literal(literal) => {
                found.extend(ground(literal, binding).map(|terms| Read {
                    side: Side::from(literal),
                    terms,
                    by_itself: false,
                }));
                return;
            }
            Item::Comparison { .. } => return,
            Item::Except(exception) => (branches(Some(exception)), binding.clone()),
            Item::Aggregate(aggregate) => {
                let mut outside = vec![None; binding.len()];
                for group in &aggregate.groups {
                    outside[group.0 as usize] = binding[group.0 as usize];
                }
                (conjunction(&aggregate.condition), outside)
            }
        };
        for branch in all.unwrap_or_default() {
            self.read_by_branch(&branch, &start, under, found);
        }
    }

    /// Whether a loop leaves some view of a sentence or its opposite open in a context.
    fn is_open(&self, read: &Read, moment: &Moment) -> bool {
        const NONE: &Variables = &Variables(Vec::new());
        let views = [View::Certain, View::Presumed, View::Possible];
        [read.side, read.side.opposite()].into_iter().any(|side| {
            views.into_iter().any(|view| {
                let holds = |bound| {
                    let under = Under {
                        view,
                        bound,
                        moment,
                        variables: NONE,
                    };
                    match read.by_itself {
                        true => self.own_arrival(side, &read.terms, under).is_some(),
                        false => self.arrival_under(side, &read.terms, under).is_some(),
                    }
                };
                holds(Bound::Upper) && !holds(Bound::Lower)
            })
        })
    }
}
