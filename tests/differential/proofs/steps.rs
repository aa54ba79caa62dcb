//! Each step of an argument: its sentence holds, and by what it is said to.

use super::super::judge::{Claim, Truth, View};
use super::instances::rule_of;
use super::{Check, Context};
use hence::program::{Author, Standing, Verb};
use hence::reading::Status;
use hence::reading::proof::{By, Claim as Said, Node, Proof};
use std::collections::{BTreeMap, BTreeSet};

/// How a proof was gone through so far, in one context: claims on days.
#[derive(Default)]
pub(super) struct Path {
    /// What rests on the step that is looked at.
    above: Vec<(Claim, usize)>,
    /// All that was gone into, in order.
    met: Vec<(Claim, usize)>,
    /// Steps found in order, in a view on a day, with the claims that each rests on, itself among them.
    done: BTreeMap<(usize, View, usize), BTreeSet<(Claim, usize)>>,
}

impl Check<'_> {
    pub(super) fn status(&self, claim: &Claim, context: Context<'_>) -> Status {
        context.findings.status(claim, context.day, self.program)
    }

    /// A claim with the judge's terms.
    pub(super) fn judged(&self, claim: &Claim) -> Option<Claim> {
        let terms = claim
            .terms
            .iter()
            .map(|&term| self.verdict.terms.find(&self.terms.get(term)));
        Some(Claim {
            terms: terms.collect::<Option<_>>()?,
            ..claim.clone()
        })
    }

    pub(super) fn claim(&self, node: &Node) -> Option<Claim> {
        match &node.claim {
            Said::Sentence { side, terms } => self.judged(&Claim {
                relation: side.relation,
                negative: side.negative,
                terms: terms.clone(),
            }),
            Said::Text(_) => None,
        }
    }

    pub(super) fn proof(&mut self, proof: &Proof, context: Context<'_>, view: View) {
        if let Err(fault) = self.node(proof, 0, context, view, &mut Path::default()) {
            self.faults.push(format!(
                "in {:?} on day {}: {fault}",
                context.world.outcomes, context.day
            ));
        }
    }

    /// Whether a step, and all that it rests on, is in order in a context.
    pub(super) fn node(
        &self,
        proof: &Proof,
        place: usize,
        context: Context<'_>,
        view: View,
        path: &mut Path,
    ) -> Result<(), String> {
        let node = &proof.nodes[place];
        let Some(claim) = self.claim(node) else {
            return self.text_node(proof, node, context, view, path);
        };
        let told = |what: &str| format!("{claim:?} by {:?}: {what}", node.by);
        let here = (claim.clone(), context.day);
        let key = (place, view, context.day);
        let below = path.done.get(&key);
        let rests_on = |above: &(Claim, usize)| {
            *above == here || below.is_some_and(|below| below.contains(above))
        };
        if path.above.iter().any(rests_on) {
            return Err(told("rests on itself"));
        }
        if let Some(below) = below {
            path.met.extend(below.iter().cloned());
            return Ok(());
        }
        let least = match node.status {
            Status::Certain => View::Certain,
            Status::Presumed if view != View::Possible => View::Presumed,
            _ => view,
        };
        // What speaks for one side is told even where its conclusion is ruled out, as long as its premises are not.
        let is_argued = path.above.is_empty() && least == View::Possible;
        let holds = is_argued || self.holds(&claim, least, context);
        if node.by != By::Uncounted && !self.is_doubt(node) && !holds {
            return Err(told(&format!("is not {least:?} here")));
        }
        if let Some(shown) = node.shown {
            return self.node(proof, shown, context, view, path);
        }
        let first = path.met.len();
        path.met.push(here.clone());
        path.above.push(here);
        let result = self
            .by(proof, node, &claim, context, least, path)
            .map_err(|fault| told(&fault));
        path.above.pop();
        result?;
        let certain = self.holds(&claim, View::Certain, context);
        if node.status == Status::Presumed
            && view == View::Presumed
            && !certain
            && !matches!(node.by, By::OneValue(_))
        {
            self.answered(proof, node, &claim, context)
                .map_err(|fault| told(&fault))?;
        }
        for lost in &node.defeated {
            let root = &proof.nodes[lost.node];
            if self
                .claim(root)
                .is_none_or(|against| !against.opposes(&claim, self.program))
            {
                return Err(told("what lost is not against it"));
            }
        }
        if !path.above.is_empty() {
            let below = path.met[first..].iter().cloned().collect();
            path.done.insert(key, below);
        }
        Ok(())
    }

    /// A doubt concludes nothing: its root need not hold.
    pub(super) fn is_doubt(&self, node: &Node) -> bool {
        rule_of(node)
            .is_some_and(|rule| self.program.rules[rule.0 as usize].verb == Verb::CastsDoubtOn)
    }

    pub(super) fn holds(&self, claim: &Claim, view: View, context: Context<'_>) -> bool {
        let rivals = context.findings.argued[context.day]
            .iter()
            .filter(|other| claim.negative && claim.opposite().rivals(other, self.program));
        let mut ways = std::iter::once(claim).chain(rivals);
        ways.any(|claim| context.findings.truth(view, claim, context.day) == Truth::Holds)
    }

    pub(super) fn text_node(
        &self,
        proof: &Proof,
        node: &Node,
        context: Context<'_>,
        view: View,
        path: &mut Path,
    ) -> Result<(), String> {
        let view = if view == View::Possible {
            View::Presumed
        } else {
            view
        };
        for &premise in &node.premises {
            self.node(proof, premise, context, view, path)?;
        }
        Ok(())
    }

    pub(super) fn by(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        context: Context<'_>,
        view: View,
        path: &mut Path,
    ) -> Result<(), String> {
        match &node.by {
            By::Fact => self.stated(claim, context),
            By::Assumption(scenario) => {
                let supposed = self.program.scenarios[scenario.0 as usize]
                    .suppositions
                    .iter();
                let found = supposed
                    .filter(|it| !it.drop)
                    .any(|it| Claim::of(&it.literal) == *claim);
                if found {
                    Ok(())
                } else {
                    Err("is not supposed".to_owned())
                }
            }
            By::Outcome(driver, outcome) => {
                let states = &self.program.drivers[driver.0 as usize].outcomes[*outcome].states;
                let here = context.world.outcomes[driver.0 as usize] == *outcome;
                if here && states.iter().any(|state| Claim::of(state) == *claim) {
                    Ok(())
                } else {
                    Err("is no such outcome".to_owned())
                }
            }
            By::Report { author, denied } => {
                self.reported(claim, author.as_deref(), *denied, context)
            }
            By::Rule(rule) => self.instance(proof, node, claim, (*rule, view), context, path),
            By::OneValue(_) => {
                let premise = node.premises.first().ok_or("no rival is named")?;
                let rival = self
                    .claim(&proof.nodes[*premise])
                    .ok_or("the rival is no sentence")?;
                if !claim.opposite().rivals(&rival, self.program) {
                    return Err("the premise is no rival value".to_owned());
                }
                self.node(proof, *premise, context, view, path)
            }
            By::Uncounted => Ok(()),
            By::Absence | By::Arithmetic => Err("a sentence by nothing".to_owned()),
        }
    }

    pub(super) fn stated(&self, claim: &Claim, context: Context<'_>) -> Result<(), String> {
        let stated = self.program.facts.iter().any(|fact| {
            *fact.standing() == Standing::Stated
                && (fact.relation, fact.negative, fact.terms)
                    == (claim.relation, claim.negative, &claim.terms[..])
                && context
                    .world
                    .during(fact.notes.and_then(|notes| notes.period))
                    .contains(&context.day)
        });
        if stated && context.world.stated(context.day).contains(claim) {
            Ok(())
        } else {
            Err("is not stated".to_owned())
        }
    }

    pub(super) fn reported(
        &self,
        claim: &Claim,
        author: Option<&str>,
        denied: bool,
        context: Context<'_>,
    ) -> Result<(), String> {
        let found = self.program.facts.iter().any(|fact| {
            let standing = match fact.standing() {
                Standing::Reported(by) => !denied && author == Some(name(by)),
                Standing::Denied(by) => denied && author == Some(name(by)),
                Standing::Presumed => author.is_none(),
                Standing::Stated => false,
            };
            standing
                && (fact.relation, fact.negative != denied, fact.terms)
                    == (claim.relation, claim.negative, &claim.terms[..])
                && context
                    .world
                    .during(fact.notes.and_then(|notes| notes.period))
                    .contains(&context.day)
        });
        if found && !context.world.silent(claim, context.day) {
            Ok(())
        } else {
            Err("nobody reports it".to_owned())
        }
    }
}

fn name(author: &Author) -> &str {
    match author {
        Author::Rule(name) | Author::Reporter(name) => name,
    }
}
