//! An explanation with every number replaced by what people read: what the terminal, JSON, test reports and pages all print from.

use super::Voice;
use super::proved::{days, days_of};
use crate::reading::proof::{By, Effect, Hanging, How, Named, Proof, Settling};
use crate::reading::{AskOptions, Contradiction, Explanation, Status};
use crate::value::Value;

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
    /// When it holds, where nothing says so at the time asked about: in words, and by day.
    pub elsewhen: Option<(String, Vec<[Option<String>; 2]>)>,
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
    /// Whether it is that the rule is not in force.
    pub out_of_force: bool,
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
            elsewhen: (given.elsewhen.as_deref()).map(|when| (self.when(when), days(when))),
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
