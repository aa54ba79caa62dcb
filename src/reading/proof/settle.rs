//! What would settle a contested sentence: an `overrides` between two authors that nothing ranks yet, or a premise that is itself
//! contested.

use super::facts::author_name;
use super::filled::ground;
use super::instance::Wanted;
use super::moment::Moment;
use super::reasons::Firing;
use super::search::{Under, side_of};
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::program::Body;
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status};
use crate::text::Span;
use crate::value::Term;
use smol_str::SmolStr;
use std::collections::HashSet;

type Sentence = (Side, Vec<Term>);

/// Contested premises that are looked at.
const MOST: usize = 200;

/// One thing that would settle it.
#[derive(Clone, Debug, PartialEq)]
pub enum Settling {
    /// `winner overrides loser.`
    Override {
        winner: Named,
        loser: Named,
        effect: Effect,
    },
    /// Whether this sentence holds: it is contested too, between these.
    Premise {
        side: Side,
        terms: Vec<Term>,
        pro: Vec<Named>,
        con: Vec<Named>,
    },
}

/// What an `overrides` alone would do to a contested sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Holds,
    Refuted,
    /// A doubt prevails: nothing says so any more.
    Unsaid,
    /// Not enough by itself, something else being open too.
    Counts {
        for_it: bool,
    },
}

/// An author, or where the argument is that has none yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: Option<SmolStr>,
    pub at: Span,
}

impl Reader<'_> {
    /// What would settle a literal that is contested in a context: premises first.
    pub(in crate::reading) fn settling(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<Settling> {
        let wanted = Wanted {
            side,
            terms,
            view: View::Possible,
            moment,
            before: None,
        };
        let reasons = self.support(wanted);
        let attacks = self.attacks(side, terms, moment);
        let mut found = Vec::new();
        let firings = reasons
            .iter()
            .chain(attacks.iter().map(|attack| &attack.firing));
        let premises: Vec<Sentence> = firings
            .flat_map(|firing| self.contested_premises(firing))
            .collect();
        found.extend(self.roots_of(premises, moment));
        let attacks: Vec<Firing> = attacks.into_iter().map(|attack| attack.firing).collect();
        for reason in &reasons {
            for attack in &attacks {
                if !self.overrides(reason, attack) && !self.overrides(attack, reason) {
                    found.extend(self.rankings((reason, &reasons), (attack, &attacks)));
                }
            }
        }
        let settles = |settling: &Settling| {
            !matches!(
                settling,
                Settling::Override {
                    effect: Effect::Counts { .. },
                    ..
                }
            )
        };
        if found.iter().any(settles) {
            found.retain(settles);
        }
        found
    }

    /// Whether one firing, could it override another, would prevail: nothing it rests on is contested, and the other is all that
    /// stands against it.
    fn prevails(&mut self, (one, own): (&Firing, &[Firing]), others: &[Firing]) -> bool {
        let open = |other: &&Firing| !own.iter().any(|own| self.overrides(own, other));
        others.iter().filter(open).count() == 1 && self.contested_premises(one).is_empty()
    }

    /// What contested sentences hang on in the end: those that rest on nothing contested.
    fn roots_of(&mut self, mut open: Vec<Sentence>, moment: &Moment) -> Vec<Settling> {
        let mut roots = Vec::new();
        let mut seen: HashSet<Sentence> = HashSet::new();
        open.reverse();
        while let Some((side, terms)) = open.pop() {
            if !seen.insert((side, terms.clone())) || seen.len() > MOST {
                continue;
            }
            let reasons = self.support(Wanted {
                side,
                terms: &terms,
                view: View::Possible,
                moment,
                before: None,
            });
            let attacks: Vec<Firing> = self
                .attacks(side, &terms, moment)
                .into_iter()
                .map(|attack| attack.firing)
                .collect();
            let premises: Vec<Sentence> = reasons
                .iter()
                .chain(&attacks)
                .flat_map(|firing| self.contested_premises(firing))
                .collect();
            if premises.is_empty() {
                roots.push(Settling::Premise {
                    side,
                    terms,
                    pro: self.all_named(&reasons),
                    con: self.all_named(&attacks),
                });
            } else {
                open.extend(premises.into_iter().rev());
            }
        }
        roots
    }

    /// An override either way; a reason that cannot have a name is not ranked.
    fn rankings(
        &mut self,
        (reason, reasons): (&Firing, &[Firing]),
        (attack, attacks): (&Firing, &[Firing]),
    ) -> Vec<Settling> {
        let holds = match self.prevails((reason, reasons), attacks) {
            true => Effect::Holds,
            false => Effect::Counts { for_it: true },
        };
        let fails = match self.prevails((attack, attacks), reasons) {
            true if self.is_doubt(attack) => Effect::Unsaid,
            true => Effect::Refuted,
            false => Effect::Counts { for_it: false },
        };
        let (Some(reason), Some(attack)) = (self.named(reason), self.named(attack)) else {
            return Vec::new();
        };
        if reason.name.is_some() && reason.name == attack.name {
            return Vec::new();
        }
        vec![
            Settling::Override {
                winner: reason.clone(),
                loser: attack.clone(),
                effect: holds,
            },
            Settling::Override {
                winner: attack,
                loser: reason,
                effect: fails,
            },
        ]
    }

    fn all_named(&self, firings: &[Firing]) -> Vec<Named> {
        firings
            .iter()
            .filter_map(|firing| self.named(firing))
            .collect()
    }

    fn named(&self, firing: &Firing) -> Option<Named> {
        let name = self.author(firing).map(|author| author_name(&author));
        let can_be = name.is_some() || matches!(firing, Firing::Rule(_));
        can_be.then(|| Named {
            name,
            at: self.place(firing),
        })
    }

    /// The premises of a firing that are contested, and the exceptions to it that are.
    fn contested_premises(&mut self, firing: &Firing) -> Vec<Sentence> {
        let Firing::Rule(instance) = firing else {
            return Vec::new();
        };
        let program = self.program;
        let rule = &program.rules[instance.rule.0 as usize];
        let all = branches(rule.body.as_ref()).unwrap_or_default();
        let under = Under {
            view: View::Possible,
            bound: Bound::Lower,
            moment: &instance.moment,
            variables: &rule.variables,
        };
        let mut found = Vec::new();
        for item in all.get(instance.branch).into_iter().flatten() {
            let literal = match *item {
                Item::Literal(literal) | Item::Except(Body::Literal(literal)) => literal,
                _ => continue,
            };
            let Some(terms) = ground(literal, &instance.binding) else {
                continue;
            };
            if self.status_at(side_of(literal), &terms, under.moment) == Status::Contested {
                found.push((side_of(literal), terms));
            }
        }
        found
    }
}
