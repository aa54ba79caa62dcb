//! Why not: for each rule that could conclude a sentence the furthest it comes in one context, and what then is missing or beats it.

use super::build::Depth;
use super::filled::{filled_body, ground, named_values};
use super::furthest::{Partial, is_open};
use super::index::Concluding;
use super::moment::Moment;
use super::search::Under;
use super::{By, Claim, How, Node, Proof};
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::program::{Aggregate, Argument, Body, RuleId, Variables, Verb};
use crate::reading::matching::{Asked, Binding, bind_all};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status, Stretch};
use crate::say;
use crate::text::Span;
use crate::value::Term;
use smol_str::SmolStr;
use std::collections::HashSet;

/// How far one rule comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// `None` for the condition that was asked about itself.
    pub rule: Option<RuleId>,
    /// The values of its named variables, as far as they are found.
    pub with: Vec<(SmolStr, Term)>,
    /// The premises that hold, each a step without its own premises.
    pub met: Vec<Node>,
    /// What is missing, in the order of the rule.
    pub missing: Vec<Missing>,
    /// Exceptions that hold; where nothing is missing, what beats it.
    pub defeated_by: Vec<(Proof, How)>,
}

/// A premise that does not hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Missing {
    /// The sentence, its open places as variables; a comparison with its values; an aggregate.
    pub text: String,
    /// The literal, where it is one, with its open places.
    pub pattern: Option<(Side, Vec<Option<Term>>)>,
    /// How it stands, where it has none.
    pub status: Option<Status>,
    /// A comparison as its rule has it, with the values of its variables.
    pub written: Option<(String, Vec<(SmolStr, String)>)>,
    /// What an aggregate comes to, where another result is wanted.
    pub instead: Option<Term>,
    /// The same as a condition, its values filled in; none where the rule is not in force.
    pub condition: Option<Body>,
    /// Whether it is an opposite of a `one` relation that a rival value would meet if other premises gave its terms, as none does here.
    pub outright: bool,
    /// When it holds in the same world, where that is at other times.
    pub elsewhen: Option<Vec<Stretch>>,
    pub nearby: Option<Nearby>,
    /// Where nothing is nearby: the rule that comes nearest to concluding it.
    pub through: Option<Box<Attempt>>,
}

/// What holds and is one term away from what is missing, or two that have changed places.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    pub side: Side,
    pub terms: Vec<Term>,
}

/// Attempts whose missing premises are followed, and how many rules deep.
const FOLLOWED: usize = 2;
const MOST_FOLLOWED: usize = 50;
const MOST_BRANCHED: usize = 2;

/// A literal with open places.
type Pattern = (Side, Vec<Option<Term>>);

impl Reader<'_> {
    /// The attempts to conclude a literal, with open places, in a context, nearest first. The nearest ones say of a missing premise
    /// how far a rule for that comes.
    pub(in crate::reading) fn attempts(
        &mut self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Vec<Attempt> {
        let mut all = self.attempts_for(side, pattern, moment);
        for attempt in all.iter_mut().take(FOLLOWED) {
            self.follow(attempt, moment, &mut vec![(side, pattern.to_vec())]);
        }
        all
    }

    /// Follows what an attempt lacks to the rules that would conclude it: a chain to its end, what branches for some steps.
    fn follow(&mut self, attempt: &mut Attempt, moment: &Moment, above: &mut Vec<Pattern>) {
        let most = match attempt.missing.len() {
            1 => MOST_FOLLOWED,
            2 => MOST_BRANCHED,
            _ => return,
        };
        if above.len() > most {
            return;
        }
        for missing in attempt
            .missing
            .iter_mut()
            .filter(|missing| missing.nearby.is_none())
        {
            let Some((side, pattern)) = missing.pattern.clone() else {
                continue;
            };
            // What is contested or undecided is argued for: it is not that something is lacking.
            let open = [Some(Status::Contested), Some(Status::Undecided)];
            if open.contains(&missing.status) || above.contains(&(side, pattern.clone())) {
                continue;
            }
            let mut nearest = self.attempts_for(side, &pattern, moment);
            if !nearest.is_empty() {
                let mut nearest = nearest.swap_remove(0);
                above.push((side, pattern));
                self.follow(&mut nearest, moment, above);
                above.pop();
                missing.through = Some(Box::new(nearest));
            }
        }
    }

    fn attempts_for(
        &mut self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Vec<Attempt> {
        let mut all = Vec::new();
        if let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>()
            && self.is_cut(side, &terms, moment)
        {
            return all;
        }
        for &concluding in self.rules_for(side).iter() {
            if self.program.rules[concluding.0.0 as usize].verb != Verb::CastsDoubtOn {
                all.extend(self.attempt(concluding, side, pattern, moment));
            }
        }
        all.sort_by_key(|attempt| {
            let near = attempt
                .missing
                .iter()
                .filter(|missing| missing.nearby.is_some())
                .count();
            (
                attempt.missing.len() + excepted(attempt),
                std::cmp::Reverse((near, attempt.met.len())),
                attempt.rule,
            )
        });
        // A rule with several conclusions may come to it by each: the furthest is told.
        let mut told = HashSet::new();
        all.retain(|attempt| told.insert(attempt.rule));
        all
    }

    fn attempt(
        &mut self,
        (id, head): Concluding,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Attempt> {
        let program = self.program;
        let rule = &program.rules[id.0 as usize];
        let mut start: Binding = vec![None; rule.variables.0.len()];
        let given = rule.heads[head].arguments.iter().zip(pattern);
        let (arguments, terms): (Vec<Argument>, Vec<Term>) = given
            .filter_map(|(&argument, &term)| term.map(|term| (argument, term)))
            .unzip();
        if !bind_all(&arguments, &terms, &mut start) {
            return None;
        }
        let mut attempt =
            self.attempt_at(rule.body.as_ref(), &rule.variables, rule.at, start, moment)?;
        attempt.0.rule = Some(id);
        if !self.in_force(id, moment) {
            let text = rule.period.map_or_else(String::new, |period| {
                format!("the rule is in force {}", say::period(period))
            });
            attempt.0.missing.push(Missing {
                text,
                ..Missing::default()
            });
        }
        if attempt.0.missing.is_empty()
            && attempt.0.defeated_by.is_empty()
            && let Some(terms) = ground(&rule.heads[head], &attempt.1)
        {
            attempt.0.defeated_by = self.defeaters(side, &terms, moment);
        }
        Some(attempt.0)
    }

    /// How far a condition comes: with the binding that it comes to.
    pub(in crate::reading) fn attempt_at(
        &mut self,
        body: Option<&Body>,
        variables: &Variables,
        at: Span,
        start: Binding,
        moment: &Moment,
    ) -> Option<(Attempt, Binding)> {
        let all = branches(body).unwrap_or_default();
        let under = Under {
            view: View::Presumed,
            bound: Bound::Lower,
            moment,
            variables,
        };
        let given = start.clone();
        let mut best: Option<(usize, Partial)> = None;
        for (place, branch) in all.iter().enumerate() {
            let found = self.furthest_of(branch, &start, under);
            if let Some(partial) = found
                && best
                    .as_ref()
                    .is_none_or(|(_, known)| partial.missing.len() < known.missing.len())
            {
                best = Some((place, partial));
            }
        }
        let (place, mut partial) = best?;
        let unbound = self.unbound_opposites(&all[place], &partial.binding, under);
        partial.missing.extend(&unbound);
        let empty = self.empty_groups(&all[place], &partial.binding, under);
        for &at in &empty {
            // No result is one of nothing.
            if let Item::Aggregate(Aggregate {
                result: Argument::Variable(result),
                ..
            }) = all[place][at]
            {
                partial.binding[result.0 as usize] = given[result.0 as usize];
            }
        }
        partial.missing.extend(empty);
        partial.missing.sort_unstable();
        partial.missing.dedup();
        let mut attempt = Attempt {
            rule: None,
            with: named_values(variables, &partial.binding),
            met: partial
                .met
                .iter()
                .map(|(side, terms)| self.step_of(*side, terms, moment))
                .collect(),
            missing: Vec::new(),
            defeated_by: Vec::new(),
        };
        for &item in &partial.missing {
            if partial.missing.len() > 1 && is_open(&all[place][item], &partial.binding) {
                continue;
            }
            let outright = unbound.contains(&item);
            match all[place][item] {
                Item::Except(exception) => {
                    let proof = self.exception_proof(exception, &partial.binding, at, under);
                    attempt.defeated_by.push((proof, How::Excepted));
                }
                _ => attempt.missing.push(Missing {
                    outright,
                    ..self.missing((&all[place], item), &partial.binding, at, under)
                }),
            }
        }
        Some((attempt, partial.binding))
    }

    /// A literal that holds in a context, and by what.
    fn step_of(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Node {
        let depth = Depth {
            most: 0,
            defeated: false,
        };
        self.prove(side, terms, moment, depth)
            .0
            .nodes
            .swap_remove(0)
    }

    /// Why an exception holds, or is at least possible.
    fn exception_proof(
        &mut self,
        exception: &Body,
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Proof {
        let asked = Asked {
            body: exception,
            variables: under.variables,
            at,
        };
        for view in [View::Presumed, View::Possible] {
            if let Some((proof, _)) =
                self.prove_together(asked, binding, view, under.moment, Depth::BARE)
            {
                return match exception {
                    Body::Literal(_) => only_premise(proof),
                    _ => proof,
                };
            }
        }
        let body = filled_body(exception, binding);
        let sentence = match &body {
            Body::Literal(literal) => ground(literal, binding).map(|terms| Claim::Sentence {
                side: Side::from(literal),
                terms,
            }),
            _ => None,
        };
        let claim = sentence.unwrap_or_else(|| Claim::Text(self.words(under.variables, &body)));
        Proof {
            nodes: vec![Node::of(claim, Status::Undecided, By::Absence)],
            extents: Vec::new(),
        }
    }
}

/// How many exceptions hold.
fn excepted(attempt: &Attempt) -> usize {
    attempt
        .defeated_by
        .iter()
        .filter(|(_, how)| *how == How::Excepted)
        .count()
}

/// A proof without its root, which rests on one premise: that is now the root.
fn only_premise(mut proof: Proof) -> Proof {
    if proof.nodes.len() > 1 {
        proof.nodes.remove(0);
        for node in &mut proof.nodes {
            let places = node
                .premises
                .iter_mut()
                .chain(&mut node.also)
                .chain(&mut node.shown);
            places.for_each(|place| *place -= 1);
            node.defeated
                .iter_mut()
                .for_each(|defeated| defeated.node -= 1);
        }
    }
    proof
}
