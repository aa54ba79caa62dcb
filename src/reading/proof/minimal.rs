//! Every minimal proof: all paths through the ways to show each step, those kept that need nothing another one does without.

use super::build::{Building, Depth, Goal};
use super::filled::ground;
use super::instance::Instance;
use super::moment::Moment;
use super::{By, Claim, Proof};
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::label::Label;
use crate::reading::Reader;
use crate::value::Term;
use std::collections::BTreeSet;

/// Proofs that the search for minimal ones looks at, and steps that it takes for them.
const MOST_PATHS: usize = 1_000;
const MOST_STEPS: usize = 200_000;

/// A path through the alternatives of all steps, to be replayed with another choice at its end.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    wanted: Vec<usize>,
    taken: Vec<(usize, usize)>,
}

impl Choices {
    pub fn choose(&mut self, available: usize) -> usize {
        let chosen = self.wanted.get(self.taken.len()).copied().unwrap_or(0);
        self.taken.push((chosen, available));
        chosen
    }

    /// The next path, in order; `None` after the last.
    fn next(mut self) -> Option<Self> {
        while let Some((chosen, available)) = self.taken.pop() {
            if chosen + 1 < available {
                let mut wanted: Vec<usize> = self.taken.iter().map(|&(chosen, _)| chosen).collect();
                wanted.push(chosen + 1);
                return Some(Self {
                    wanted,
                    taken: Vec::new(),
                });
            }
        }
        None
    }
}

/// The minimal proofs found, each with where it stands, and whether the search was cut short.
pub struct Minimal {
    pub proofs: Vec<(Proof, Label)>,
    pub cut: bool,
}

impl Reader<'_> {
    /// Every proof of a literal in a context whose steps are not more than another one needs.
    pub(in crate::reading) fn minimal_proofs(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
        depth: Depth,
    ) -> Minimal {
        let mut found: Vec<(BTreeSet<Step>, Proof, Label)> = Vec::new();
        let mut next = Some(Choices::default());
        let (mut paths, mut steps) = (0, 0);
        while let Some(choices) = next.take() {
            if paths == MOST_PATHS || steps > MOST_STEPS {
                next = Some(choices);
                break;
            }
            let mut building = Building::new(depth, moment, Some(choices));
            let goal = self.goal(side, terms.to_vec(), View::Presumed, moment);
            self.open(&mut building, goal, 0);
            self.work(&mut building);
            paths += 1;
            steps += building.nodes.len();
            let stands = self.stands(&building, 0);
            let failed = building.failed;
            let (proof, taken) = building.finish();
            next = taken.and_then(Choices::next);
            let needs = needs(&proof);
            if !failed && !found.iter().any(|(known, ..)| known.is_subset(&needs)) {
                found.retain(|(known, ..)| !needs.is_subset(known));
                found.push((needs, proof, stands));
            }
        }
        Minimal {
            proofs: found
                .into_iter()
                .map(|(_, proof, stands)| (proof, stands))
                .collect(),
            cut: next.is_some(),
        }
    }

    /// What an instance rests on.
    pub(super) fn premises_of(&self, instance: &Instance, view: View) -> Vec<Goal> {
        let program = self.program;
        let all =
            branches(program.rules[instance.rule.0 as usize].body.as_ref()).unwrap_or_default();
        let items = all.get(instance.branch).into_iter().flatten();
        let literals = items.filter_map(|item| match item {
            Item::Literal(literal) => {
                Some((Side::from(*literal), ground(literal, &instance.binding)?))
            }
            _ => None,
        });
        literals
            .map(|(side, terms)| self.goal(side, terms, view, &instance.moment))
            .collect()
    }
}

/// A sentence with the rule that it is concluded by, if any.
type Step = (Side, Vec<Term>, Option<u32>);

/// The steps that an argument takes, those of the arguments that lost left out.
fn needs(proof: &Proof) -> BTreeSet<Step> {
    let mut steps = BTreeSet::new();
    let mut seen = vec![false; proof.nodes.len()];
    let mut open = vec![0];
    while let Some(place) = open.pop() {
        if std::mem::replace(&mut seen[place], true) {
            continue;
        }
        let node = &proof.nodes[place];
        open.extend(node.premises.iter().chain(&node.also).chain(&node.shown));
        if let Claim::Sentence { side, terms } = &node.claim {
            let rule = match node.by {
                By::Rule(rule) => Some(rule.0),
                _ => None,
            };
            steps.insert((*side, terms.clone(), rule));
        }
    }
    steps
}
