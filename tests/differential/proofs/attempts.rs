//! How far the rules are said to come: what is met is, what is missing is missing, what is nearby is there, what beats a rule does, and
//! no rule comes further than it is said to.

use super::super::judge::matching::{Binding, Branch, Condition, branches, unify};
use super::super::judge::{Claim, Truth, View};
use super::instances::over;
use super::steps::Path;
use super::{Check, Context};
use hence::program::{Argument, Body, Expression, Variables};
use hence::reading::proof::{Attempt, By, How, Missing, Node};
use hence::reading::{Explanation, Status};
use hence::value::{Comparison, Terms, Value};
use std::collections::BTreeSet;

/// Bindings tried of a rule.
const MOST_BINDINGS: usize = 20_000;

impl Check<'_> {
    /// The attempts are those of one context in which the sentence does not hold.
    pub(super) fn attempts(
        &mut self,
        asked: &Claim,
        given: &Explanation,
        contexts: &[Context<'_>],
    ) {
        let mut first: Option<Vec<String>> = None;
        for &context in contexts {
            if holds(self.status(asked, context)) {
                continue;
            }
            let mut faults = Vec::new();
            for attempt in &given.attempts {
                self.attempt(attempt, Some(asked), context, &mut faults);
            }
            if faults.is_empty() {
                return;
            }
            first.get_or_insert(faults);
        }
        self.faults.extend(first.into_iter().flatten());
    }

    fn attempt(
        &self,
        attempt: &Attempt,
        asked: Option<&Claim>,
        context: Context<'_>,
        faults: &mut Vec<String>,
    ) {
        for met in &attempt.met {
            if !self.node_holds(met, context) {
                faults.push(format!("{:?} is said to be met", met.claim));
            }
        }
        for missing in &attempt.missing {
            if let Err(fault) = self.missing(missing, attempt, context) {
                faults.push(format!("{}: {fault}", missing.text));
            }
            if let Some(through) = &missing.through {
                self.attempt(through, None, context, faults);
            }
        }
        for (proof, how) in &attempt.defeated_by {
            if let Err(fault) = self.beats(proof, *how, asked, context) {
                faults.push(format!("what beats rule {:?}: {fault}", attempt.rule));
            }
        }
        let Some(asked) = asked else { return };
        let nothing = attempt.missing.is_empty() && attempt.defeated_by.is_empty();
        let status = self.status(asked, context);
        if nothing
            && attempt.rule.is_some()
            && !matches!(status, Status::Contested | Status::Undecided)
        {
            faults.push(format!("rule {:?} lacks nothing", attempt.rule));
        }
        if let Some(least) = self.least_missing(attempt, asked, context) {
            let excepted = attempt.defeated_by.iter();
            let excepted = excepted.filter(|(_, how)| *how == How::Excepted).count();
            let said = attempt.missing.len() + excepted;
            if said > least {
                faults.push(format!(
                    "rule {:?} lacks {least}, not {said}: {:?}",
                    attempt.rule,
                    attempt
                        .missing
                        .iter()
                        .map(|it| &it.text)
                        .collect::<Vec<_>>()
                ));
            }
        }
    }

    fn node_holds(&self, node: &Node, context: Context<'_>) -> bool {
        self.claim(node)
            .is_some_and(|claim| self.holds(&claim, View::Presumed, context))
    }

    fn missing(
        &self,
        missing: &Missing,
        attempt: &Attempt,
        context: Context<'_>,
    ) -> Result<(), String> {
        let none = Variables::default();
        let variables = attempt
            .rule
            .map_or(&none, |rule| &self.program.rules[rule.0 as usize].variables);
        if missing.outright {
            self.not_outright(missing, context)?;
        } else if let Some(condition) = &missing.condition
            && !matches!(condition, Body::Comparison { .. } if !is_ground(condition))
        {
            let mut terms = self.scratch.borrow_mut();
            let condition = self.translated(condition, &mut terms);
            let unbound = vec![None; variables.0.len()];
            let argued = &context.findings.argued[context.day];
            let mut matcher = over(self.program, &mut terms, variables, (argued, context, true));
            let mut is_met = |body: &Body| {
                matcher.body(body, &unbound).iter().any(|(_, way)| {
                    context.findings.all(way, View::Presumed, context.day) == Truth::Holds
                })
            };
            // A group that only the conclusion names has no result for nothing.
            let is_empty_group = match &condition {
                Body::Aggregate(aggregate) => {
                    let rule = attempt
                        .rule
                        .map(|rule| &self.program.rules[rule.0 as usize]);
                    rule.is_some_and(|rule| groups_by_itself(rule, attempt))
                        && !is_met(&Body::And(aggregate.condition.clone()))
                }
                _ => false,
            };
            if !is_empty_group && is_met(&condition) {
                return Err("is said to be missing, but holds".to_owned());
            }
        }
        let (Some(near), Some((side, pattern))) = (&missing.nearby, &missing.pattern) else {
            return Ok(());
        };
        let claim = self.judged(&Claim {
            relation: near.side.relation,
            negative: near.side.negative,
            terms: near.terms.clone(),
        });
        let known = pattern.iter().zip(&near.terms);
        let apart: Vec<_> = known
            .filter_map(|(known, &term)| Some(((*known)?, term)))
            .filter(|(known, term)| known != term)
            .collect();
        let is_near = match apart[..] {
            [_] => true,
            [first, second] => first == (second.1, second.0),
            _ => false,
        };
        if near.side != *side || !is_near {
            return Err("what is nearby is neither one term nor a swap away".to_owned());
        }
        match claim.is_some_and(|claim| self.holds(&claim, View::Presumed, context)) {
            true => Ok(()),
            false => Err("what is nearby does not hold".to_owned()),
        }
    }

    /// What would have to be said in so many words is not.
    fn not_outright(&self, missing: &Missing, context: Context<'_>) -> Result<(), String> {
        let Some((side, pattern)) = &missing.pattern else {
            return Err("is no sentence to be said in so many words".to_owned());
        };
        let terms: Option<Vec<_>> = pattern.iter().copied().collect();
        let claim = terms.and_then(|terms| {
            self.judged(&Claim {
                relation: side.relation,
                negative: side.negative,
                terms,
            })
        });
        let said = claim.is_some_and(|claim| {
            context.findings.truth(View::Presumed, &claim, context.day) == Truth::Holds
        });
        match said {
            true => Err("is said in so many words".to_owned()),
            false => Ok(()),
        }
    }

    fn beats(
        &self,
        proof: &hence::reading::proof::Proof,
        how: How,
        asked: Option<&Claim>,
        context: Context<'_>,
    ) -> Result<(), String> {
        let root = &proof.nodes[0];
        let claim = self.claim(root);
        if let (How::Excepted, Status::Undecided) = (how, root.status) {
            return Ok(());
        }
        // Several sentences together have no root of their own.
        let roots = match claim {
            Some(_) => vec![0],
            None => root.premises.clone(),
        };
        for root in roots {
            self.node(proof, root, context, View::Possible, &mut Path::default())?;
        }
        let (Some(asked), Some(claim)) = (asked, claim) else {
            return Ok(());
        };
        match how {
            How::Excepted => Ok(()),
            _ if !claim.opposes(asked, self.program) => Err("is not against it".to_owned()),
            How::CertainOpposite if !self.holds(&claim, View::Certain, context) => {
                Err("is not certain".to_owned())
            }
            How::Overridden => {
                let author = self.author(root);
                let overrides = self.program.overrides.iter();
                match overrides
                    .into_iter()
                    .any(|(winner, _)| Some(winner) == author.as_ref())
                {
                    true => Ok(()),
                    false => Err("overrides nothing".to_owned()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The least that a rule lacks under any binding; `None` where that is not tried.
    fn least_missing(
        &self,
        attempt: &Attempt,
        asked: &Claim,
        context: Context<'_>,
    ) -> Option<usize> {
        let rule = &self.program.rules[attempt.rule?.0 as usize];
        let body = rule.body.as_ref()?;
        let tried = !rule.from_then_on
            && context.world.during(rule.period).contains(&context.day)
            && is_plain(body, self.program);
        let mut all: Vec<_> = context.findings.argued[context.day]
            .iter()
            .flat_map(|claim| claim.terms.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        // Unlike values are in no order.
        let terms = &self.verdict.terms;
        let tried = tried
            && (all
                .iter()
                .all(|&term| matches!(terms.get(term), Value::Number(_)))
                || branches(body)
                    .iter()
                    .flat_map(|it| it.parts.iter().chain(&it.exceptions))
                    .all(compares_alike));
        let names = rule.variables.0.len() as u32;
        if !tried || all.len().max(1).pow(names) > MOST_BINDINGS {
            return None;
        }
        let unbound: Binding = vec![None; rule.variables.0.len()];
        let mut terms = self.scratch.borrow_mut();
        let mut least = None;
        let heads = rule.heads.iter();
        let heads =
            heads.filter(|head| head.relation == asked.relation && head.negative == asked.negative);
        for start in heads.filter_map(|head| unify(head, asked, &unbound)) {
            let mut bindings = vec![start.clone()];
            for variable in plain_variables(body) {
                bindings = bindings
                    .into_iter()
                    .flat_map(|binding| match binding[variable] {
                        Some(_) => vec![binding],
                        None => all
                            .iter()
                            .map(|&term| {
                                let mut with = binding.clone();
                                with[variable] = Some(term);
                                with
                            })
                            .collect(),
                    })
                    .collect();
            }
            for branch in branches(body) {
                for binding in &bindings {
                    let lacks = self.lacks(
                        &branch,
                        (&start, binding),
                        &rule.variables,
                        &mut terms,
                        context,
                    );
                    least = lacks.into_iter().chain(least).min();
                }
            }
        }
        least
    }

    /// How much a branch lacks under a binding; `None` where something meets what it lacks, for values that nothing else gives.
    fn lacks(
        &self,
        branch: &Branch,
        (start, binding): (&Binding, &Binding),
        variables: &Variables,
        terms: &mut Terms,
        context: Context<'_>,
    ) -> Option<usize> {
        let argued = &context.findings.argued[context.day];
        let mut matcher = over(self.program, terms, variables, (argued, context, true));
        let mut is_met = |part: &Body, binding: &Binding| {
            let ways = matcher.body(part, binding);
            ways.iter().any(|(_, way)| {
                context.findings.all(way, View::Presumed, context.day) == Truth::Holds
            })
        };
        let (met, missing): (Vec<&Body>, Vec<&Body>) =
            branch.parts.iter().partition(|part| is_met(part, binding));
        // `?x != ?y` gives no value.
        let gives = |part: &&Body| match part {
            Body::Comparison { comparison, .. } => *comparison == Comparison::Equal,
            _ => true,
        };
        let met = met.into_iter().filter(gives);
        let given: BTreeSet<usize> = met.flat_map(plain_variables).collect();
        let known: Binding = (binding.iter().zip(start).enumerate())
            .map(|(place, (value, start))| start.or(value.filter(|_| given.contains(&place))))
            .collect();
        let literal = |part: &&&Body| matches!(part, Body::Literal(_));
        if missing
            .iter()
            .filter(literal)
            .any(|part| is_met(part, &known))
        {
            return None;
        }
        // Each side of an `or` is an exception of its own.
        let exceptions = branch.exceptions.iter().flat_map(branches);
        let excepted = exceptions.filter(|exception| {
            let ways = matcher.branch(exception, binding).into_iter();
            let ways = ways.map(|(_, way)| way).collect();
            context
                .findings
                .all(&[Condition::NoneOf(ways)], View::Presumed, context.day)
                != Truth::Holds
        });
        Some(missing.len() + excepted.count())
    }

    /// A condition with the judge's terms.
    fn translated(&self, body: &Body, terms: &mut Terms) -> Body {
        body.with_arguments(&mut |argument| match argument {
            Argument::Constant(term) => Argument::Constant(terms.intern(self.terms.get(term))),
            variable => variable,
        })
    }
}

/// Whether a rule has an aggregate with a group that no sentence of its condition gives: one that only a rival value meets gives nothing.
fn groups_by_itself(rule: &hence::program::Rule, attempt: &Attempt) -> bool {
    let by_rival = |literal: &hence::program::Literal| {
        let rival = By::OneValue(literal.relation);
        literal.negative && attempt.met.iter().any(|node| node.by == rival)
    };
    let (mut groups, mut named) = (Vec::new(), Vec::new());
    let mut open: Vec<&Body> = rule.body.iter().collect();
    while let Some(body) = open.pop() {
        match body {
            Body::Literal(literal) if by_rival(literal) => {}
            Body::Literal(literal) => named.extend(&literal.arguments),
            Body::Aggregate(aggregate) => groups.extend(&aggregate.groups),
            Body::And(parts) | Body::Or(parts) => open.extend(parts),
            Body::Unless { body, .. } => open.extend(body.as_deref()),
            Body::Comparison { .. } => {}
        }
    }
    let is_named = |group| named.contains(&&Argument::Variable(group));
    groups.into_iter().any(|&group| !is_named(group))
}

fn holds(status: Status) -> bool {
    matches!(status, Status::Certain | Status::Presumed)
}

/// Whether all values of a comparison are known.
fn is_ground(body: &Body) -> bool {
    fn known(expression: &Expression) -> bool {
        match expression {
            Expression::Argument(argument) => matches!(argument, Argument::Constant(_)),
            Expression::Negative(inner) => known(inner),
            Expression::Binary { left, right, .. } => known(left) && known(right),
            Expression::Power { base, .. } => known(base),
        }
    }
    match body {
        Body::Comparison { left, right, .. } => known(left) && known(right),
        _ => true,
    }
}

/// Whether a condition compares for equality alone, and reckons with nothing.
fn compares_alike(body: &Body) -> bool {
    let is_argument = |side: &Expression| matches!(side, Expression::Argument(_));
    match body {
        Body::Literal(_) => true,
        Body::Comparison {
            left,
            comparison,
            right,
            ..
        } => {
            matches!(comparison, Comparison::Equal | Comparison::NotEqual)
                && is_argument(left)
                && is_argument(right)
        }
        Body::Aggregate(_) => false,
        Body::And(parts) | Body::Or(parts) => parts.iter().all(compares_alike),
        Body::Unless { body, exceptions } => body
            .as_deref()
            .into_iter()
            .chain(exceptions)
            .all(compares_alike),
    }
}

/// Whether every binding can be tried: no aggregate, and no opposite that meets a rival value only where others bind it.
fn is_plain(body: &Body, program: &hence::program::Program) -> bool {
    match body {
        Body::Literal(literal) => {
            !literal.negative || program.relations[literal.relation.0 as usize].one.is_none()
        }
        Body::Comparison { .. } => true,
        Body::Aggregate(_) => false,
        Body::And(parts) | Body::Or(parts) => parts.iter().all(|part| is_plain(part, program)),
        Body::Unless { body, exceptions } => {
            body.as_deref().is_none_or(|body| is_plain(body, program))
                && exceptions.iter().all(|part| is_plain(part, program))
        }
    }
}

/// The variables outside exceptions: those found only inside one are its own.
fn plain_variables(body: &Body) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for part in branches(body).iter().flat_map(|branch| &branch.parts) {
        match part {
            Body::Literal(literal) => all.extend(literal.arguments.iter().filter_map(number)),
            Body::Comparison { left, right, .. } => {
                expression_variables(left, &mut all);
                expression_variables(right, &mut all);
            }
            _ => {}
        }
    }
    all
}

fn expression_variables(expression: &Expression, all: &mut BTreeSet<usize>) {
    match expression {
        Expression::Argument(argument) => all.extend(number(argument)),
        Expression::Negative(inner) | Expression::Power { base: inner, .. } => {
            expression_variables(inner, all);
        }
        Expression::Binary { left, right, .. } => {
            expression_variables(left, all);
            expression_variables(right, all);
        }
    }
}

fn number(argument: &Argument) -> Option<usize> {
    match argument {
        Argument::Variable(variable) => Some(variable.0 as usize),
        Argument::Constant(_) => None,
    }
}
