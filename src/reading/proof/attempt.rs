//! Why not: for each rule that could conclude a sentence the furthest it comes in one context, and what then is missing or beats it.

use super::build::{filled, filled_body, named_values};
use super::instance::ground;
use super::moment::Moment;
use super::reasons::Firing;
use super::{How, Proof};
use crate::core::branches::{Branch, Item, branches};
use crate::core::{Side, View};
use crate::program::{Argument, Body, Literal, Rule, RuleId, Verb};
use crate::reading::matching::{Binding, bind_all, value};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status};
use crate::value::Term;
use smol_str::SmolStr;

/// How far one rule comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub rule: RuleId,
    /// The values of its named variables, as far as they are found.
    pub with: Vec<(SmolStr, Term)>,
    /// The premises that hold.
    pub met: Vec<(Side, Vec<Term>)>,
    /// What is missing, in the order of the rule.
    pub missing: Vec<Missing>,
    /// Where nothing is missing: what beats it.
    pub defeated_by: Vec<(Proof, How)>,
}

/// A premise that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The sentence, its open places as variables; a comparison with its values; what an `unless` speaks of.
    pub text: String,
    /// Whether it is an exception, which holds where it should not.
    pub exception: bool,
    /// The literal, where it is one without open places.
    pub literal: Option<(Side, Vec<Term>)>,
    /// How it stands, where it is one.
    pub status: Option<Status>,
    pub nearby: Option<Nearby>,
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

/// Steps that one partial match may take.
const MOST_STEPS: usize = 4_000;

impl Reader<'_> {
    /// The attempts to conclude a literal, with open places, in a context, nearest first.
    pub(in crate::reading) fn attempts(&mut self, side: Side, pattern: &[Option<Term>], moment: &Moment) -> Vec<Attempt> {
        let mut all = Vec::new();
        for (rule, head) in self.rules_for(side) {
            if self.program.rules[rule.0 as usize].verb == Verb::CastsDoubtOn {
                continue;
            }
            all.extend(self.attempt(rule, head, side, pattern, moment));
        }
        all.sort_by_key(|attempt| (attempt.missing.len(), attempt.rule));
        all
    }

    fn attempt(
        &mut self,
        id: RuleId,
        head: usize,
        side: Side,
        pattern: &[Option<Term>],
        moment: &Moment,
    ) -> Option<Attempt> {
        let program = self.program;
        let rule = &program.rules[id.0 as usize];
        let mut start: Binding = vec![None; rule.variables.0.len()];
        let given = rule.heads[head].arguments.iter().zip(pattern);
        let (arguments, terms): (Vec<Argument>, Vec<Term>) =
            given.filter_map(|(&argument, &term)| term.map(|term| (argument, term))).unzip();
        if !bind_all(&arguments, &terms, &mut start) {
            return None;
        }
        let all = branches(rule.body.as_ref()).unwrap_or_default();
        let mut best: Option<(usize, Partial)> = None;
        for (place, branch) in all.iter().enumerate() {
            let mut search = PartialSearch { branch, moment, steps: MOST_STEPS, best: None };
            let open: Vec<usize> = (0..branch.len()).collect();
            let partial = Partial { binding: start.clone(), met: Vec::new(), missing: Vec::new() };
            self.furthest(&mut search, open, partial);
            if let Some(partial) = search.best
                && best.as_ref().is_none_or(|(_, known)| partial.missing.len() < known.missing.len())
            {
                best = Some((place, partial));
            }
        }
        let (place, mut partial) = best?;
        partial.missing.sort_unstable();
        let missing = partial.missing.iter().map(|&item| self.missing(rule, &all[place][item], &partial.binding, moment)).collect::<Vec<_>>();
        let concluded = ground(&rule.heads[head], &partial.binding).filter(|_| missing.is_empty());
        let defeated_by = concluded.map_or_else(Vec::new, |terms| self.defeaters(side, &terms, moment));
        Some(Attempt { rule: id, with: named_values(&rule.variables, &partial.binding), met: partial.met, missing, defeated_by })
    }

    /// Tries to meet as many items as possible; a literal that nothing matches is passed over as missing.
    fn furthest(&mut self, search: &mut PartialSearch<'_, '_>, mut open: Vec<usize>, mut partial: Partial) {
        if search.steps == 0 || search.best.as_ref().is_some_and(|best| best.missing.len() <= partial.missing.len()) {
            return;
        }
        search.steps -= 1;
        while let Some(next) = self.next_open(search.branch, &open, &partial.binding) {
            let place = open.swap_remove(next);
            let item = &search.branch[place];
            match item {
                Item::Literal(literal) => {
                    let rows = self.holding_rows(literal, &partial.binding, search.moment);
                    if rows.is_empty() {
                        partial.missing.push(place);
                        continue;
                    }
                    for row in rows {
                        let mut with = partial.clone();
                        if bind_all(&literal.arguments, &row, &mut with.binding) {
                            with.met.push((side_of(literal), row));
                            self.furthest(search, open.clone(), with);
                        }
                    }
                    return;
                }
                other => {
                    let mut bindings = self.bindings_at(
                        crate::text::Span::default(),
                        &vec![*other],
                        partial.binding.clone(),
                        (View::Presumed, Bound::Lower),
                        search.moment,
                    );
                    match bindings.is_empty() {
                        true => partial.missing.push(place),
                        false => partial.binding = bindings.swap_remove(0),
                    }
                }
            }
        }
        if search.best.as_ref().is_none_or(|best| partial.missing.len() < best.missing.len()) {
            search.best = Some(partial);
        }
    }

    /// The most bound literal first; what only tests comes when it can, exceptions and aggregates last.
    fn next_open(&self, branch: &Branch<'_>, open: &[usize], binding: &Binding) -> Option<usize> {
        let cost = |place: usize| match &branch[place] {
            Item::Literal(literal) => {
                literal.arguments.iter().filter(|&&argument| value(argument, binding).is_none()).count()
            }
            Item::Comparison { .. } => 1_000,
            Item::Aggregate(_) => 2_000,
            Item::Except(_) => 3_000,
        };
        (0..open.len()).min_by_key(|&at| (cost(open[at]), open[at]))
    }

    fn holding_rows(&mut self, literal: &Literal, binding: &Binding, moment: &Moment) -> Vec<Vec<Term>> {
        let item = vec![Item::Literal(literal)];
        let found = self.bindings_at(literal.at, &item, binding.clone(), (View::Presumed, Bound::Lower), moment);
        found.iter().filter_map(|binding| ground(literal, binding)).collect()
    }

    fn missing(&mut self, rule: &Rule, item: &Item<'_>, binding: &Binding, moment: &Moment) -> Missing {
        let variables = &rule.variables;
        match *item {
            Item::Literal(literal) => {
                let body = filled_body(&Body::Literal(literal.clone()), binding);
                let text = self.words(variables, &body);
                let literal_terms = ground(literal, binding);
                let status = literal_terms.as_ref().map(|terms| self.status_at(side_of(literal), terms, moment));
                let nearby = self.nearby(literal, binding, moment);
                let literal = literal_terms.map(|terms| (side_of(literal), terms));
                Missing { text, exception: false, literal, status, nearby }
            }
            Item::Comparison { left, comparison, right } => {
                let (left, right) = (filled(left, binding), filled(right, binding));
                let text = self.words(variables, &Body::Comparison { left, comparison, right, at: rule.at });
                Missing { text, exception: false, literal: None, status: None, nearby: None }
            }
            Item::Aggregate(aggregate) => {
                let body = filled_body(&Body::Aggregate(aggregate.clone()), binding);
                let text = self.words(variables, &body);
                Missing { text, exception: false, literal: None, status: None, nearby: None }
            }
            Item::Except(exception) => {
                let body = filled_body(exception, binding);
                let text = self.words(variables, &body);
                let literal = match &body {
                    Body::Literal(literal) => ground(literal, binding).map(|terms| (side_of(literal), terms)),
                    _ => None,
                };
                let status = literal.as_ref().map(|(side, terms)| self.status_at(*side, terms, moment));
                Missing { text, exception: true, literal, status, nearby: None }
            }
        }
    }

    /// A sentence that holds and differs from a missing literal in one of its bound places.
    fn nearby(&self, literal: &Literal, binding: &Binding, moment: &Moment) -> Option<Nearby> {
        let side = side_of(literal);
        let pattern: Vec<Option<Term>> = literal.arguments.iter().map(|&argument: &Argument| value(argument, binding)).collect();
        let bound = pattern.iter().flatten().count();
        if bound < 2 {
            return None;
        }
        let table = self.table(self.view(side, View::Presumed)?, Bound::Lower);
        (0..pattern.len()).rev().filter(|&place| pattern[place].is_some()).find_map(|place| {
            let mut wider = pattern.clone();
            wider[place] = None;
            let row = table.matching(&wider).into_iter().find(|&row| self.at_moment(table.label(row), moment))?;
            Some(Nearby { side, terms: table.row(row).to_vec() })
        })
    }

    /// What beats a sentence for which a reason fires: the attacks that nothing overrides, or its certain opposite.
    pub(in crate::reading) fn defeaters(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<(Proof, How)> {
        let mut team = self.firings(side, terms, View::Presumed, moment, None);
        team.retain(|firing| !self.is_doubt(firing));
        let mut found = Vec::new();
        for (against, other) in self.opponents(side, terms) {
            if self.arrival(against, &other, View::Certain, moment).is_some() {
                let depth = super::build::Depth { most: usize::MAX, defeated: false };
                found.push((self.argue(against, &other, View::Certain, moment, depth).0, How::CertainOpposite));
            }
        }
        if !found.is_empty() {
            return found;
        }
        for (against, other, attack) in self.attacks(side, terms, moment) {
            if team.iter().any(|reason| self.overrides(reason, &attack)) {
                continue;
            }
            let how = if self.is_doubt(&attack) {
                How::Undercut
            } else if team.iter().any(|reason| self.overrides(&attack, reason)) {
                How::Overridden
            } else {
                How::Rival
            };
            found.push((self.argument_of(against, &other, &attack, View::Possible, moment), how));
        }
        found
    }

    /// The arguments that fire for a literal in a context at least possibly, each with its premises.
    pub(in crate::reading) fn arguments_for(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<Proof> {
        let firings: Vec<Firing> = self.firings(side, terms, View::Possible, moment, None);
        firings.iter().map(|firing| self.argument_of(side, terms, firing, View::Possible, moment)).collect()
    }

    /// The loop that leaves a literal undecided: sentences each of which hangs on the next, the last on the first.
    pub(in crate::reading) fn loop_of(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<(Side, Vec<Term>)> {
        let mut path = vec![(side, terms.to_vec())];
        while path.len() <= 64 {
            let Some((side, terms)) = path.last().cloned() else { break };
            let Some(next) = self.hangs_on(side, &terms, moment).or_else(|| self.hangs_on(side.opposite(), &terms, moment)) else {
                return Vec::new();
            };
            if let Some(start) = path.iter().position(|known| *known == next) {
                return path.split_off(start);
            }
            path.push(next);
        }
        Vec::new()
    }

    /// An undecided literal in the body of a rule for an undecided one, exceptions included.
    fn hangs_on(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Option<(Side, Vec<Term>)> {
        let program = self.program;
        for (rule, head) in self.rules_for(side) {
            let written = &program.rules[rule.0 as usize];
            let mut start: Binding = vec![None; written.variables.0.len()];
            if !bind_all(&written.heads[head].arguments, terms, &mut start) {
                continue;
            }
            for branch in branches(written.body.as_ref()).unwrap_or_default() {
                for binding in self.bindings_at(written.at, &branch, start.clone(), (View::Presumed, Bound::Upper), moment) {
                    for item in &branch {
                        let literal = match item {
                            Item::Literal(literal) => literal,
                            Item::Except(Body::Literal(literal)) => literal,
                            _ => continue,
                        };
                        let Some(terms) = ground(literal, &binding) else { continue };
                        if self.status_at(side_of(literal), &terms, moment) == Status::Undecided {
                            return Some((side_of(literal), terms));
                        }
                    }
                }
            }
        }
        None
    }
}

struct PartialSearch<'a, 'p> {
    branch: &'a Branch<'p>,
    moment: &'a Moment,
    steps: usize,
    best: Option<Partial>,
}

fn side_of(literal: &Literal) -> Side {
    Side { relation: literal.relation, negative: literal.negative }
}
