//! A rule's instance has the premises shown, and every attack on what it concludes is answered.

use super::super::judge::matching::{Binding, Condition, Matcher, branches, unify};
use super::super::judge::{Claim, Truth, View};
use super::steps::Path;
use super::{Check, Context};
use hence::program::{Author, Program, Rule, RuleId, Variables, Verb};
use hence::reading::proof::{By, Node, Proof};
use hence::value::Terms;
use std::collections::BTreeSet;

impl Check<'_> {
    /// An instance of the rule whose premises are those shown.
    pub(super) fn instance(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        (rule, view): (RuleId, View),
        context: Context<'_>,
        path: &mut Path,
    ) -> Result<(), String> {
        let rule = &self.program.rules[rule.0 as usize];
        if context.world.silent(claim, context.day) {
            return Err("a supposition silences the rule".to_owned());
        }
        if view == View::Certain && rule.verb != Verb::Implies {
            return Err("certain by a rule that only suggests".to_owned());
        }
        let mut fault = "the rule is not in force".to_owned();
        let first = if rule.from_then_on { 0 } else { context.day };
        for day in (first..=context.day)
            .rev()
            .filter(|day| context.world.during(rule.period).contains(day))
        {
            let then = Context { day, ..context };
            match self.instance_on(proof, node, claim, (rule, view), then, path) {
                Ok(()) => return Ok(()),
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }

    pub(super) fn instance_on(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        (rule, view): (&Rule, View),
        context: Context<'_>,
        path: &mut Path,
    ) -> Result<(), String> {
        let mut premises = BTreeSet::new();
        for &premise in &node.premises {
            self.node(proof, premise, context, view, path)?;
            let node = &proof.nodes[premise];
            premises.extend(self.claim(node));
            if let (By::OneValue(_), [rival]) = (&node.by, &node.premises[..]) {
                premises.extend(self.claim(&proof.nodes[*rival]));
            }
        }
        let mut terms = self.scratch.borrow_mut();
        let unbound: Binding = rule
            .variables
            .0
            .iter()
            .map(|name| {
                let value = node
                    .values
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, term)| self.terms.get(*term));
                value.and_then(|value| self.verdict.terms.find(&value))
            })
            .collect();
        let heads = rule
            .heads
            .iter()
            .filter(|head| (head.negative != (rule.verb == Verb::CastsDoubtOn)) == claim.negative);
        for head in heads {
            let asked = Claim {
                negative: head.negative,
                ..claim.clone()
            };
            let Some(start) = unify(head, &asked, &unbound) else {
                continue;
            };
            let Some(body) = &rule.body else {
                return Ok(());
            };
            for branch in branches(body) {
                let argued = &context.findings.argued[context.day];
                let found = over(
                    self.program,
                    &mut terms,
                    &rule.variables,
                    (argued, context, false),
                )
                .branch(&branch, &start);
                for (binding, conditions) in found {
                    let shown = conditions.iter().all(|condition| match condition {
                        Condition::Holds(ways) => ways.iter().any(|way| premises.contains(way)),
                        _ => true,
                    });
                    if !shown {
                        continue;
                    }
                    let counted = conditions.iter().all(|condition| match condition {
                        Condition::Result { certain, .. } if view == View::Certain => {
                            *certain == Truth::Holds
                        }
                        Condition::Result { presumed, .. } => *presumed == Truth::Holds,
                        _ => true,
                    });
                    let mut excepted = false;
                    for exception in &branch.exceptions {
                        let mut matcher = over(
                            self.program,
                            &mut terms,
                            &rule.variables,
                            (argued, context, true),
                        );
                        let ways = matcher
                            .body(exception, &binding)
                            .into_iter()
                            .map(|(_, way)| way)
                            .collect();
                        excepted |=
                            context
                                .findings
                                .all(&[Condition::NoneOf(ways)], view, context.day)
                                != Truth::Holds;
                    }
                    if counted && !excepted {
                        return Ok(());
                    }
                }
            }
        }
        Err(format!(
            "no instance of the rule has these premises: {premises:?}"
        ))
    }

    /// Every attack that fires possibly is listed with what overrides it, and that is part of the proof.
    pub(super) fn answered(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        context: Context<'_>,
    ) -> Result<(), String> {
        let mut team: Vec<Option<Author>> = vec![self.author(node)];
        team.extend(
            node.also
                .iter()
                .map(|&also| self.author(&proof.nodes[also])),
        );
        for &also in &node.also {
            if self.claim(&proof.nodes[also]).as_ref() != Some(claim) {
                return Err("a helper argues for something else".to_owned());
            }
        }
        for lost in &node.defeated {
            let attacker = self.author(&proof.nodes[lost.node]);
            let overridden = team.iter().flatten().any(|winner| {
                attacker.as_ref().is_some_and(|loser| {
                    self.program
                        .overrides
                        .contains(&(winner.clone(), loser.clone()))
                })
            });
            if !overridden {
                return Err(format!(
                    "the attack by {attacker:?} is not overridden by what is shown"
                ));
            }
        }
        // Another attack may fire in other contexts in which the argument stands too, as long as it is beaten there.
        let beats = |rule: &Rule| {
            let loser = rule.label.clone().map(Author::Rule);
            team.iter().flatten().any(|winner| {
                loser.as_ref().is_some_and(|loser| {
                    self.program
                        .overrides
                        .contains(&(winner.clone(), loser.clone()))
                })
            })
        };
        let shown: BTreeSet<Option<RuleId>> = node
            .defeated
            .iter()
            .map(|lost| rule_of(&proof.nodes[lost.node]))
            .collect();
        for (number, rule) in self.program.rules.iter().enumerate() {
            let id = RuleId(number as u32);
            if !shown.contains(&Some(id)) && !beats(rule) && self.attacks(rule, claim, context) {
                return Err(format!("the attack by rule {number} is not shown"));
            }
        }
        Ok(())
    }

    /// Whether a rule fires possibly against a claim in a context.
    pub(super) fn attacks(&self, rule: &Rule, claim: &Claim, context: Context<'_>) -> bool {
        if rule.from_then_on
            || context.world.silent(claim, context.day)
            || !context.world.during(rule.period).contains(&context.day)
        {
            return false;
        }
        let mut terms = self.scratch.borrow_mut();
        rule.heads.iter().any(|head| {
            if (head.negative != (rule.verb == Verb::CastsDoubtOn)) == claim.negative
                || head.relation != claim.relation
            {
                return false;
            }
            let asked = Claim {
                negative: head.negative,
                ..claim.clone()
            };
            let unbound = vec![None; rule.variables.0.len()];
            let Some(body) = &rule.body else {
                return unify(head, &asked, &unbound).is_some();
            };
            let argued = &context.findings.argued[context.day];
            let mut matcher = over(
                self.program,
                &mut terms,
                &rule.variables,
                (argued, context, true),
            );
            // What the conclusion binds is not bound for the condition.
            let matches = matcher.body(body, &unbound);
            let concluding = matches
                .iter()
                .filter(|(binding, _)| unify(head, &asked, binding).is_some());
            concluding.into_iter().any(|(_, way)| {
                context.findings.all(way, View::Possible, context.day) == Truth::Holds
            })
        })
    }

    pub(super) fn author(&self, node: &Node) -> Option<Author> {
        match &node.by {
            By::Rule(rule) => self.program.rules[rule.0 as usize]
                .label
                .clone()
                .map(Author::Rule),
            By::Report {
                author: Some(author),
                ..
            } => Some(Author::Reporter(author.clone())),
            _ => None,
        }
    }
}

type Over<'a> = (&'a BTreeSet<Claim>, Context<'a>, bool);

pub(super) fn over<'a>(
    program: &'a Program,
    terms: &'a mut Terms,
    variables: &'a Variables,
    (argued, context, exceptions): Over<'a>,
) -> Matcher<'a> {
    Matcher {
        program,
        terms,
        variables,
        argued,
        earlier: context.findings,
        day: context.day,
        exceptions,
    }
}

pub(super) fn rule_of(node: &Node) -> Option<RuleId> {
    match node.by {
        By::Rule(rule) => Some(rule),
        _ => None,
    }
}
