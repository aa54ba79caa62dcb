//! An explanation with every number replaced by what people read: what the terminal, JSON, test reports and pages all print from.

use super::Voice;
use crate::program::{Citation, Period, RuleId, Verb};
use crate::reading::proof::{
    Attempt, By, Claim, Effect, Hanging, How, Named, Node, Proof, Settling,
};
use crate::reading::{AskOptions, Contradiction, Explanation, Extent, Status, Stretch, WorldCube};
use crate::value::{Date, Value};

/// Why a sentence stands as it does, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    pub status: Status,
    pub proofs: Vec<Argument>,
    pub attempts: Vec<Try>,
    /// Proofs of the opposite.
    pub opposite: Vec<Argument>,
    /// Where it is contested: the sentence and its opposite, and the arguments of both sides.
    pub contested: Option<[String; 2]>,
    pub sides: [Vec<Argument>; 2],
    pub settling: Vec<String>,
    /// A sentence that holds and is one term away.
    pub nearby: Option<String>,
    /// The loop that leaves it undecided.
    pub hangs: Option<Loop>,
    /// How it stands in other worlds, or at other times.
    pub elsewhere: Vec<Elsewhere>,
    /// Where it fails as told, if it stands otherwise elsewhere.
    pub failing: Option<Failing>,
    pub cut: bool,
    pub asked: AskOptions,
}

/// The worlds in which a sentence fails as told: `if karabakh is war`, and by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Failing {
    pub status: Status,
    pub said: String,
    pub worlds: Vec<NamedCube>,
}

/// How a sentence stands where it does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    /// `from 2010`, `if karabakh is war`
    pub said: String,
    pub worlds: Option<Vec<NamedCube>>,
    pub when: Option<[Option<String>; 2]>,
    pub account: Account,
}

/// One argument. Steps name each other by place; the root is the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Argument {
    pub steps: Vec<Step>,
    /// Where it stands, in words; empty where it stands wherever was asked.
    pub stands: String,
    pub reaches: Vec<Reach>,
}

/// For some drivers, by label, the labels of the outcomes allowed.
pub type NamedCube = Vec<(String, Vec<String>)>;

/// Times and worlds by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    pub when: Option<Vec<[Option<String>; 2]>>,
    pub worlds: Option<Vec<NamedCube>>,
    pub likelihood: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub sentence: String,
    /// The sentence taken apart, where it is one of the model.
    pub literal: Option<Taken>,
    pub status: Status,
    pub by: By,
    /// Whether its rule only doubts the opposite of the sentence, and does not conclude the sentence: what it doubts.
    pub doubts: Option<String>,
    /// Who or what says so, where it is no fact and no rule, and when it does: `reported by Ann, from 2010`, `supposed in buyout`.
    pub provenance: String,
    /// When it is said to be so: first and last day, and in words.
    pub period: Option<[Option<String>; 2]>,
    pub when: Option<String>,
    /// The rule's label, and its gloss or else the rule itself.
    pub rule: Option<String>,
    pub text: Option<String>,
    /// Whether `text` is a gloss.
    pub has_gloss: bool,
    pub values: Vec<(String, Value)>,
    pub sources: Vec<(String, Option<String>)>,
    /// `facts/treaties.hence:12`
    pub at: Option<String>,
    pub premises: Vec<usize>,
    pub also: Vec<usize>,
    pub defeated: Vec<Lost>,
    pub shown: Option<usize>,
    pub cut: bool,
}

/// A sentence taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// `_ covers _`
    pub relation: String,
    pub terms: Vec<Value>,
    pub negative: bool,
}

/// An argument that lost: its root, what beat it, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Lost {
    pub node: usize,
    pub to: String,
    pub how: How,
}

/// What leaves a sentence undecided: how it comes to hang on the loop, and the loop, each hanging on the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loop {
    pub towards: Vec<Hung>,
    pub around: Vec<Hung>,
}

/// A sentence, with its time where that is another one, and the rule by which it hangs on the next: `rule third`, `case.hence:3`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hung {
    pub sentence: String,
    pub by: String,
}

/// How far a rule comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Try {
    /// The rule's label, or the rule in words; `None` for what was asked itself.
    pub rule: Option<String>,
    pub has_label: bool,
    pub sources: Vec<(String, Option<String>)>,
    /// Where the rule is written.
    pub at: Option<String>,
    pub with: Vec<(String, Value)>,
    pub met: Vec<Step>,
    pub missing: Vec<Lack>,
    pub defeated_by: Vec<(Argument, How)>,
}

/// A premise that is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Lack {
    pub sentence: String,
    pub status: Option<Status>,
    /// A comparison as its rule has it: `?total >= 60%`, and what its variables are.
    pub written: Option<(String, Vec<(String, String)>)>,
    /// What an aggregate comes to instead.
    pub instead: Option<Value>,
    /// Whether it would have to be said in so many words.
    pub outright: bool,
    /// When it holds: first and last days, and in words.
    pub elsewhen: Option<(Vec<[Option<String>; 2]>, String)>,
    pub nearby: Option<String>,
    /// How far a rule comes that would conclude it.
    pub through: Option<Box<Try>>,
}

impl Voice<'_> {
    /// The whole explanation in words.
    pub fn account(&self, given: &Explanation) -> Account {
        let all = |proofs: &[Proof]| {
            proofs
                .iter()
                .map(|proof| self.argument(proof))
                .collect::<Vec<_>>()
        };
        let mut settling: Vec<String> = given
            .settling
            .iter()
            .map(|settling| self.settling(settling))
            .collect();
        settling.dedup();
        Account {
            status: given.status,
            proofs: all(&given.proofs),
            attempts: given
                .attempts
                .iter()
                .map(|attempt| self.attempt(attempt))
                .collect(),
            opposite: all(&given.opposite),
            contested: given.contested.as_ref().map(|(side, terms)| {
                [false, true]
                    .map(|turned| self.sentence(side.relation, terms, side.negative != turned))
            }),
            sides: [all(&given.arguments_for), all(&given.arguments_against)],
            settling,
            nearby: given
                .nearby
                .as_ref()
                .map(|near| self.sentence(near.side.relation, &near.terms, near.side.negative)),
            hangs: given.hangs.as_ref().map(|hangs| Loop {
                towards: hangs.towards.iter().map(|step| self.hung(step)).collect(),
                around: hangs.around.iter().map(|step| self.hung(step)).collect(),
            }),
            elsewhere: given
                .elsewhere
                .iter()
                .map(|other| self.elsewhere(other))
                .collect(),
            failing: given.failing.as_ref().map(|(status, cubes)| Failing {
                status: *status,
                said: self.worlds(cubes),
                worlds: self.named_cubes(cubes),
            }),
            cut: given.cut,
            asked: given.asked,
        }
    }

    fn elsewhere(&self, other: &crate::reading::Elsewhere) -> Elsewhere {
        let worlds = other.worlds.as_deref().map(|cubes| self.worlds(cubes));
        let said = [worlds, other.when.map(super::period)]
            .into_iter()
            .flatten();
        Elsewhere {
            said: said.collect::<Vec<_>>().join(", "),
            worlds: other.worlds.as_deref().map(|cubes| self.named_cubes(cubes)),
            when: other.when.map(days_of),
            account: self.account(&other.explanation),
        }
    }

    fn hung(&self, step: &Hanging) -> Hung {
        let sentence = self.sentence(step.side.relation, &step.terms, step.side.negative);
        let rule = &self.program.rules[step.rule.0 as usize];
        let label = rule.label.as_ref().map(|label| format!("rule {label}"));
        Hung {
            sentence: match step.when {
                Some(when) => format!("{sentence} {}", super::period(when)),
                None => sentence,
            },
            by: label.or_else(|| self.place(rule.at)).unwrap_or_default(),
        }
    }

    /// `` `Bob is married` and its opposite are both certain (from 2010) ``
    pub fn contradiction(&self, found: &Contradiction) -> String {
        let sentence = self.sentence(found.relation, &found.terms, false);
        let extent = self.extent(&found.extent);
        let rest = if extent.is_empty() {
            extent
        } else {
            format!(" ({extent})")
        };
        format!("`{sentence}` and its opposite are both certain{rest}")
    }

    /// What both sides of a contradiction rest on.
    pub fn shared(&self, found: &Contradiction) -> Vec<String> {
        found
            .shared
            .iter()
            .map(|(side, terms)| self.sentence(side.relation, terms, side.negative))
            .collect()
    }

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

    fn attempt(&self, attempt: &Attempt) -> Try {
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

    fn settling(&self, settling: &Settling) -> String {
        match settling {
            Settling::Premise {
                side,
                terms,
                enough,
                pro,
                con,
            } => {
                let alone = match enough {
                    true => "",
                    false => " and not enough by itself",
                };
                let sentence = self.sentence(side.relation, terms, side.negative);
                let sides = match (self.all_named(pro), self.all_named(con)) {
                    (pro, con) if pro.is_empty() || con.is_empty() => String::new(),
                    (pro, con) => format!(": {pro} for it, {con} against it"),
                };
                format!("whether {sentence}, which is contested too{alone}{sides}")
            }
            Settling::Override {
                winner,
                loser,
                effect,
            } => {
                let effect = match effect {
                    Effect::Holds => "makes it hold",
                    Effect::Refuted => "refutes it",
                    Effect::Unsaid => "leaves nothing that says so",
                    Effect::Counts { for_it: true } => "counts for it",
                    Effect::Counts { for_it: false } => "counts against it",
                };
                match (&winner.name, &loser.name) {
                    (Some(winner), Some(loser)) => {
                        format!("`{} overrides {}.` {effect}", author(winner), author(loser))
                    }
                    (known, _) => {
                        let unnamed = if known.is_none() { winner } else { loser };
                        let place = self
                            .place(unnamed.at)
                            .map_or_else(String::new, |place| format!(" at {place}"));
                        format!(
                            "a label for the rule{place}, so that one side can override the other"
                        )
                    }
                }
            }
        }
    }

    /// `caution and the rule at case.hence:12`
    fn all_named(&self, names: &[Named]) -> String {
        let said: Vec<String> = names
            .iter()
            .filter_map(|named| match (&named.name, self.place(named.at)) {
                (Some(name), _) => Some(author(name)),
                (None, place) => place.map(|place| format!("the rule at {place}")),
            })
            .collect();
        super::argument::listed(&said)
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

    fn named_cubes(&self, cubes: &[WorldCube]) -> Vec<NamedCube> {
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

fn days_of(when: Period) -> [Option<String>; 2] {
    [when.first, when.last].map(|day| day.map(Date::day_text))
}

/// First and last days as text.
fn days(when: &[Stretch]) -> Vec<[Option<String>; 2]> {
    let day = |day: &Option<_>| day.map(Date::day_text);
    when.iter()
        .map(|(first, last)| [day(first), day(last)])
        .collect()
}

/// An author as `overrides` names it: a label, or a name with the quotes that it needs.
fn author(name: &str) -> String {
    let is_label = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    if is_label || super::term::reads_bare(name) {
        name.to_owned()
    } else {
        super::term::in_quotes(name)
    }
}
