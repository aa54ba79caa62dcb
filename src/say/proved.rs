//! Proofs and failed attempts with every number replaced by what people read.

use super::Voice;
use super::account::{Argument, Lack, Lost, NamedCube, Reach, Step, Taken, Try};
use crate::program::{Citation, Period, RuleId, Verb};
use crate::reading::proof::{Attempt, By, Claim, Node, Proof};
use crate::reading::{Extent, Stretch, WorldCube};
use crate::value::{Date, Value};

impl Voice<'_> {
    pub fn argument(&self, proof: &Proof) -> Argument {
        let stands: Vec<String> = proof
            .extents
            .iter()
            .map(|extent| self.extent(extent))
            .collect();
        let mut steps: Vec<Step> = proof.nodes.iter().map(|node| self.step(node)).collect();
        // Where the argument says when it stands, that goes without saying.
        if let (false, Some(root), Some(node)) =
            (stands.is_empty(), steps.first_mut(), proof.nodes.first())
        {
            root.provenance = self.provenance(&node.by, None);
            (root.period, root.when) = (None, None);
        }
        Argument {
            steps,
            stands: stands.join("; or "),
            reaches: proof
                .extents
                .iter()
                .map(|extent| self.reach(extent))
                .collect(),
        }
    }

    fn step(&self, node: &Node) -> Step {
        let rule = match node.by {
            By::Rule(rule) => Some(&self.program.rules[rule.0 as usize]),
            _ => None,
        };
        let text = match node.by {
            By::Rule(rule) => Some(self.rule_text(rule)),
            By::OneValue(relation) => Some(format!("`{}` has one value", self.relation(relation))),
            _ => None,
        };
        Step {
            sentence: match &node.claim {
                Claim::Sentence { side, terms } => {
                    self.sentence(side.relation, terms, side.negative)
                }
                Claim::Text(text) => text.clone(),
            },
            literal: match &node.claim {
                Claim::Sentence { side, terms } => Some(Taken {
                    relation: self.relation(side.relation),
                    terms: terms.iter().map(|&term| self.terms.get(term)).collect(),
                    negative: side.negative,
                }),
                Claim::Text(_) => None,
            },
            doubts: match &node.claim {
                Claim::Sentence { side, terms }
                    if rule.is_some_and(|rule| rule.verb == Verb::CastsDoubtOn) =>
                {
                    Some(self.sentence(side.relation, terms, !side.negative))
                }
                _ => None,
            },
            status: node.status,
            provenance: self.provenance(&node.by, told_when(node)),
            period: node.period.map(days_of),
            when: told_when(node),
            rule: rule
                .and_then(|rule| rule.label.as_ref())
                .map(ToString::to_string),
            has_gloss: rule.is_some_and(|rule| rule.gloss.is_some()),
            text,
            values: self.values(&node.values),
            sources: self.cited(&node.sources),
            at: node
                .at
                .filter(|_| !self.is_asked(&node.by))
                .and_then(|at| self.place(at)),
            premises: node.premises.clone(),
            also: node.also.clone(),
            defeated: node
                .defeated
                .iter()
                .map(|lost| Lost {
                    node: lost.node,
                    to: lost.to.clone(),
                    how: lost.how,
                })
                .collect(),
            shown: node.shown,
            cut: node.cut,
            by: node.by.clone(),
        }
    }

    pub(super) fn attempt(&self, attempt: &Attempt) -> Try {
        let written = attempt
            .rule
            .map(|rule| &self.program.rules[rule.0 as usize]);
        let label = written.and_then(|rule| rule.label.as_ref());
        let lack = |missing: &crate::reading::proof::Missing| Lack {
            sentence: missing.text.clone(),
            status: missing.status,
            written: missing.written.as_ref().map(|(text, values)| {
                let values = values.iter();
                let values = values.map(|(name, value)| (name.to_string(), value.clone()));
                (text.clone(), values.collect())
            }),
            instead: missing.instead.map(|term| self.terms.get(term)),
            outright: missing.outright,
            out_of_force: missing.condition.is_none(),
            elsewhen: missing
                .elsewhen
                .as_ref()
                .map(|when| (days(when), self.when(when))),
            nearby: missing
                .nearby
                .as_ref()
                .map(|near| self.sentence(near.side.relation, &near.terms, near.side.negative)),
            through: missing
                .through
                .as_ref()
                .map(|attempt| Box::new(self.attempt(attempt))),
        };
        Try {
            rule: label
                .map(ToString::to_string)
                .or_else(|| attempt.rule.map(|rule| self.rule_text(rule))),
            has_label: label.is_some(),
            sources: written.map_or_else(Vec::new, |rule| self.cited(&rule.citations)),
            at: written.and_then(|rule| self.place(rule.at)),
            with: self.values(&attempt.with),
            met: attempt.met.iter().map(|node| self.step(node)).collect(),
            missing: attempt.missing.iter().map(lack).collect(),
            defeated_by: attempt
                .defeated_by
                .iter()
                .map(|(proof, how)| (self.argument(proof), *how))
                .collect(),
        }
    }

    fn values(&self, values: &[(smol_str::SmolStr, crate::value::Term)]) -> Vec<(String, Value)> {
        values
            .iter()
            .map(|(name, term)| (name.to_string(), self.terms.get(*term)))
            .collect()
    }

    fn cited(&self, citations: &[Citation]) -> Vec<(String, Option<String>)> {
        let said = citations.iter().map(|citation| {
            let source = &self.program.cited[citation.source.0 as usize];
            let place = citation.place.as_ref().map(ToString::to_string);
            (source.label.to_string(), place)
        });
        said.collect()
    }

    /// Whether it is supposed by the question itself, which is no place to point at.
    fn is_asked(&self, by: &By) -> bool {
        matches!(by, By::Assumption(scenario) if self.program.scenarios[scenario.0 as usize].label.is_empty())
    }

    /// A rule's gloss, or else the rule itself.
    fn rule_text(&self, rule: RuleId) -> String {
        let rule = &self.program.rules[rule.0 as usize];
        match (&rule.gloss, rule.declared) {
            (Some(gloss), _) => gloss.to_string(),
            (None, true) => {
                let relation = rule
                    .heads
                    .first()
                    .map_or_else(String::new, |head| self.relation(head.relation));
                let property = if matches!(rule.body, Some(crate::program::Body::And(_))) {
                    "transitive"
                } else {
                    "symmetric"
                };
                format!("`{relation}` is {property}")
            }
            (None, false) => super::rule(&self.program.relations, self.terms, rule),
        }
    }

    fn provenance(&self, by: &By, when: Option<String>) -> String {
        let said = match by {
            By::Assumption(scenario) => {
                let label = &self.program.scenarios[scenario.0 as usize].label;
                if label.is_empty() {
                    "supposed".into()
                } else {
                    format!("supposed in {label}")
                }
            }
            By::Outcome(driver, outcome) => {
                let driver_of = &self.program.drivers[driver.0 as usize];
                let told = self.outcomes(*driver, &[*outcome]);
                match (driver_of.from_fact, driver_of.outcomes[*outcome].now) {
                    (true, _) => "not sure to be so".into(),
                    (false, true) => format!("as {told} now"),
                    (false, false) => format!("if {told}"),
                }
            }
            By::Report {
                author: Some(author),
                denied: false,
            } => format!("reported by {author}"),
            By::Report {
                author: Some(author),
                denied: true,
            } => format!("denied by {author}"),
            _ => String::new(),
        };
        let parts = [Some(said).filter(|said| !said.is_empty()), when];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn reach(&self, extent: &Extent) -> Reach {
        Reach {
            when: extent.when.as_deref().map(days),
            worlds: extent
                .worlds
                .as_deref()
                .map(|cubes| self.named_cubes(cubes)),
            likelihood: extent.likelihood,
        }
    }

    pub(super) fn named_cubes(&self, cubes: &[WorldCube]) -> Vec<NamedCube> {
        let named = |(driver, outcomes): &(crate::program::DriverId, Vec<usize>)| {
            let driver = &self.program.drivers[driver.0 as usize];
            let outcomes = outcomes
                .iter()
                .map(|&outcome| driver.outcomes[outcome].label.to_string());
            (driver.label.to_string(), outcomes.collect())
        };
        let cube = |cube: &WorldCube| cube.iter().map(named).collect();
        cubes.iter().map(cube).collect()
    }
}

/// `from 2010`, `happened in 2010-06`
fn told_when(node: &Node) -> Option<String> {
    let period = node.period?;
    let Some(date) = node.happened else {
        return Some(super::period(period));
    };
    let when = match date.first == date.last {
        true => format!("happened on {date}"),
        false => format!("happened in {date}"),
    };
    Some(match period.last {
        Some(_) => {
            let until = Period {
                first: None,
                ..period
            };
            format!("{when}, {}", super::period(until))
        }
        None => when,
    })
}

pub(super) fn days_of(when: Period) -> [Option<String>; 2] {
    [when.first, when.last].map(|day| day.map(Date::day_text))
}

/// First and last days as text.
pub(super) fn days(when: &[Stretch]) -> Vec<[Option<String>; 2]> {
    let day = |day: &Option<_>| day.map(Date::day_text);
    when.iter()
        .map(|(first, last)| [day(first), day(last)])
        .collect()
}
