//! Why not: for each rule that could conclude a sentence the furthest it comes in one context, and what then is missing or beats it.

use super::build::Depth;
use super::filled::{filled, filled_body, ground, named_values};
use super::index::Concluding;
use super::instance::Wanted;
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::search::{Match, Under, Want, side_of};
use super::{By, Claim, How, Node, Proof};
use crate::core::branches::{Branch, Item, branches};
use crate::core::variables::bound_variables;
use crate::core::{Side, View};
use crate::program::{Aggregate, Argument, Body, Expression, Literal, RuleId, Variables, Verb};
use crate::reading::matching::{Asked, Binding, bind_all, value};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status};
use crate::say;
use crate::text::Span;
use crate::value::{Comparison, Term};
use smol_str::SmolStr;
use std::collections::BTreeSet;

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
    pub written: Option<(String, Vec<(SmolStr, Term)>)>,
    /// What an aggregate comes to, where another result is wanted.
    pub instead: Option<Term>,
    /// The same as a condition, its values filled in; none where the rule is not in force.
    pub condition: Option<Body>,
    pub nearby: Option<Nearby>,
    /// Where nothing is nearby: the rule that comes nearest to concluding it.
    pub through: Option<Box<Attempt>>,
}

/// What holds and is one term away from what is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    pub side: Side,
    pub terms: Vec<Term>,
}

/// A partial match of a rule's body.
#[derive(Clone, Debug)]
struct Partial {
    binding: Binding,
    met: Vec<(Side, Vec<Term>)>,
    /// Places in the branch.
    missing: Vec<usize>,
}

/// The search for the furthest partial match of one branch.
struct Furthest<'a, 'p> {
    branch: &'a Branch<'p>,
    under: Under<'a>,
    steps: usize,
    /// How much may be missing where something else could be met instead.
    allowed: usize,
    best: Option<Partial>,
}

/// Steps that one partial match may take, and rows of one literal that it tries.
const MOST_STEPS: usize = 4_000;
const MOST_ROWS: usize = 1_000;
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
        partial.missing.extend(unbound);
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
            match all[place][item] {
                Item::Except(exception) => {
                    let proof = self.exception_proof(exception, &partial.binding, at, under);
                    attempt.defeated_by.push((proof, How::Excepted));
                }
                item => attempt
                    .missing
                    .push(self.missing(&item, &partial.binding, at, under)),
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
                side: side_of(literal),
                terms,
            }),
            _ => None,
        };
        let claim = sentence.unwrap_or_else(|| Claim::Text(self.words(under.variables, &body)));
        Proof {
            nodes: vec![Node::of(claim, Status::Undecided, By::Arithmetic)],
            extents: Vec::new(),
        }
    }

    /// The match of a branch that lacks least: none of less is left out, as far as the steps go.
    fn furthest_of(
        &mut self,
        branch: &Branch<'_>,
        start: &Binding,
        under: Under<'_>,
    ) -> Option<Partial> {
        let mut search = Furthest {
            branch,
            under,
            steps: 0,
            allowed: 0,
            best: None,
        };
        // What is met by something is passed over only where that makes up for it, and at last not at all.
        for allowed in (0..=branch.len()).chain([usize::MAX]) {
            search.steps = MOST_STEPS;
            search.allowed = allowed;
            let open: Vec<usize> = (0..branch.len()).collect();
            let partial = Partial {
                binding: start.clone(),
                met: Vec::new(),
                missing: Vec::new(),
            };
            self.furthest(&mut search, open, partial);
            if search.best.is_some() {
                break;
            }
        }
        search.best
    }

    /// Tries to meet as many items as possible.
    fn furthest(
        &mut self,
        search: &mut Furthest<'_, '_>,
        mut open: Vec<usize>,
        mut partial: Partial,
    ) {
        if search.steps == 0
            || partial.missing.len() > search.allowed
            || search
                .best
                .as_ref()
                .is_some_and(|best| best.missing.len() <= partial.missing.len())
        {
            return;
        }
        search.steps -= 1;
        while let Some(next) = next_open(search.branch, &open, &partial.binding) {
            let place = open.swap_remove(next);
            match search.branch[place] {
                Item::Literal(literal) => {
                    let rows = self.holding_rows(literal, &partial.binding, search.under);
                    if rows.is_empty() {
                        partial.missing.push(place);
                        if partial.missing.len() > search.allowed {
                            return;
                        }
                        continue;
                    }
                    let binds = pattern_of(literal, &partial.binding).contains(&None);
                    for row in rows {
                        let mut with = partial.clone();
                        if bind_all(&literal.arguments, &row, &mut with.binding) {
                            with.met.push((side_of(literal), row));
                            self.furthest(search, open.clone(), with);
                        }
                    }
                    if binds && search.allowed < usize::MAX {
                        partial.missing.push(place);
                        self.furthest(search, open, partial);
                    }
                    return;
                }
                // Nothing can be said of an exception before what is missing has given its variables their values.
                Item::Except(exception)
                    if is_open_exception(exception, search.branch, &partial.binding) => {}
                other => {
                    let found = self.search(
                        &vec![other],
                        partial.binding.clone(),
                        search.under,
                        None,
                        Want::AtMost(1),
                    );
                    match found.into_iter().next() {
                        None => partial.missing.push(place),
                        Some(Match { binding, .. }) => partial.binding = binding,
                    }
                }
            }
        }
        if partial.missing.len() <= search.allowed
            && search
                .best
                .as_ref()
                .is_none_or(|best| partial.missing.len() < best.missing.len())
        {
            search.best = Some(partial);
        }
    }

    fn holding_rows(
        &mut self,
        literal: &Literal,
        binding: &Binding,
        under: Under<'_>,
    ) -> Vec<Vec<Term>> {
        let item = vec![Item::Literal(literal)];
        let found = self.search(&item, binding.clone(), under, None, Want::AtMost(MOST_ROWS));
        found
            .iter()
            .filter_map(|found| ground(literal, &found.binding))
            .collect()
    }

    fn missing(
        &mut self,
        item: &Item<'_>,
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Missing {
        let mut missing = Missing::default();
        let body = match *item {
            Item::Literal(literal) => {
                let pattern = pattern_of(literal, binding);
                missing.nearby = self.nearby(side_of(literal), &pattern, under.moment);
                missing.pattern = Some((side_of(literal), pattern));
                filled_body(&Body::Literal(literal.clone()), binding)
            }
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                missing.written = self.written((left, comparison, right), binding, at, under);
                Body::Comparison {
                    left: filled(left, binding),
                    comparison,
                    right: filled(right, binding),
                    at,
                }
            }
            Item::Aggregate(aggregate) => {
                missing.instead = self.instead(aggregate, binding, under);
                filled_body(&Body::Aggregate(aggregate.clone()), binding)
            }
            Item::Except(exception) => filled_body(exception, binding),
        };
        if let Some((side, pattern)) = &missing.pattern
            && let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>()
        {
            missing.status = Some(self.status_at(*side, &terms, under.moment));
        }
        missing.text = self.words(under.variables, &body);
        missing.condition = Some(body);
        missing
    }

    /// A comparison as it is written, where it has variables, and what they stand for.
    fn written(
        &self,
        (left, comparison, right): (&Expression, Comparison, &Expression),
        binding: &Binding,
        at: Span,
        under: Under<'_>,
    ) -> Option<(String, Vec<(SmolStr, Term)>)> {
        let mut variables = BTreeSet::new();
        for side in [left, right] {
            crate::core::variables::expression_variables(side, &mut variables);
        }
        let values: Vec<(SmolStr, Term)> = variables
            .into_iter()
            .filter_map(|variable| {
                let name = under.variables.0[variable.0 as usize].clone();
                Some((name, binding[variable.0 as usize]?))
            })
            .collect();
        let body = Body::Comparison {
            left: left.clone(),
            comparison,
            right: right.clone(),
            at,
        };
        (!values.is_empty()).then(|| (self.words(under.variables, &body), values))
    }

    /// What an aggregate comes to that is not what it should be.
    fn instead(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        under: Under<'_>,
    ) -> Option<Term> {
        let wanted = value(aggregate.result, binding)?;
        let results = self.aggregates_at(aggregate, binding, under);
        match &results[..] {
            [only] if only.value != wanted => Some(only.value),
            _ => None,
        }
    }

    /// A sentence that holds and differs in one place from a literal that is known in two or more.
    pub(in crate::reading) fn nearby(
        &self,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Nearby> {
        if pattern.iter().flatten().count() < 2 {
            return None;
        }
        let table = self.table(self.view(side, View::Presumed)?, Bound::Lower);
        (0..pattern.len())
            .rev()
            .filter(|&place| pattern[place].is_some())
            .find_map(|place| {
                let mut wider = pattern.to_vec();
                wider[place] = None;
                let row = table
                    .matching(&wider)
                    .into_iter()
                    .find(|&row| self.at_moment(table.label(row), moment))?;
                Some(Nearby {
                    side,
                    terms: table.row(row).to_vec(),
                })
            })
    }

    /// What beats a sentence for which a reason fires: its certain opposite, or the attacks that nothing overrides.
    pub(in crate::reading) fn defeaters(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<(Proof, How)> {
        let mut found = Vec::new();
        for (against, other) in self.opponents(side, terms, moment) {
            if self.is_certain(against, &other, moment) {
                found.push((
                    self.argue(against, &other, View::Certain, moment, Depth::BARE)
                        .0,
                    How::CertainOpposite,
                ));
            }
        }
        if !found.is_empty() {
            return found;
        }
        let team = self.support(Wanted {
            side,
            terms,
            view: View::Presumed,
            moment,
            before: None,
        });
        for attack in self.attacks(side, terms, moment) {
            let Attack { firing, .. } = &attack;
            if self.is_idle(attack.side, &attack.terms, firing) {
                continue;
            }
            if team.iter().any(|reason| self.overrides(reason, firing)) {
                continue;
            }
            let how = if team.iter().any(|reason| self.overrides(firing, reason)) {
                How::Overridden
            } else if self.is_doubt(firing) {
                How::Undercut
            } else {
                How::Rival
            };
            found.push((self.argument_of(&attack, View::Possible, moment), how));
        }
        found
    }

    /// Whether a rule concludes only what it is told, as `symmetric` does of a thing and itself.
    fn is_idle(&self, side: Side, terms: &[Term], firing: &Firing) -> bool {
        let Firing::Rule(instance) = firing else {
            return false;
        };
        let premises = self.premises_of(instance, View::Possible);
        premises
            .iter()
            .any(|premise| premise.side == side && premise.terms == terms)
    }

    /// The arguments for a literal that holds under a view in a context, or could, doubts included: each with its premises, none
    /// that something firmly beats.
    pub(in crate::reading) fn arguments(
        &mut self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
    ) -> Vec<Proof> {
        let before = self.arrives(side, terms, view, moment);
        let wanted = Wanted {
            side,
            terms,
            view,
            moment,
            before,
        };
        let mut firings = self.firings(wanted);
        if view == View::Certain {
            firings.retain(|firing| matches!(firing, Firing::Rule(instance) if self.program.rules[instance.rule.0 as usize].verb == Verb::Implies));
        } else {
            firings.retain(|firing| !self.is_beaten(side, terms, firing, moment));
        }
        firings.retain(|firing| !self.is_idle(side, terms, firing));
        let own = |firing| Attack {
            side,
            terms: terms.to_vec(),
            firing,
        };
        firings
            .into_iter()
            .map(|firing| self.argument_of(&own(firing), view, moment))
            .collect()
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

/// Whether it is a comparison of which nothing can be said before what else is missing has given its variables their values.
fn is_open(item: &Item<'_>, binding: &Binding) -> bool {
    let Item::Comparison { left, right, .. } = item else {
        return false;
    };
    let mut variables = BTreeSet::new();
    for side in [left, right] {
        crate::core::variables::expression_variables(side, &mut variables);
    }
    variables
        .iter()
        .any(|variable| binding[variable.0 as usize].is_none())
}

/// Whether an exception mentions variables that premises were to bind and did not.
fn is_open_exception(exception: &Body, branch: &Branch<'_>, binding: &Binding) -> bool {
    let bound = bound_variables(branch);
    branches(Some(exception))
        .unwrap_or_default()
        .iter()
        .flat_map(|branch| bound_variables(branch))
        .any(|variable| bound.contains(&variable) && binding[variable.0 as usize].is_none())
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

fn pattern_of(literal: &Literal, binding: &Binding) -> Vec<Option<Term>> {
    literal
        .arguments
        .iter()
        .map(|&argument| value(argument, binding))
        .collect()
}

/// The most bound literal first; what only tests comes when it can, exceptions last.
fn next_open(branch: &Branch<'_>, open: &[usize], binding: &Binding) -> Option<usize> {
    let cost = |place: usize| match &branch[place] {
        Item::Literal(literal) => pattern_of(literal, binding)
            .iter()
            .filter(|term| term.is_none())
            .count(),
        item @ Item::Comparison { .. } if is_open(item, binding) => 2_500,
        Item::Comparison { .. } => 1_000,
        Item::Aggregate(_) => 2_000,
        Item::Except(_) => 3_000,
    };
    (0..open.len()).min_by_key(|&at| (cost(open[at]), open[at]))
}
