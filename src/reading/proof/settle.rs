//! What would settle a contested sentence: an `overrides` between two authors that nothing ranks yet, or a premise that is itself
//! contested.

use super::facts::author_name;
use super::instance::Wanted;
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::search::Under;
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
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
        let reasons: Vec<Attack> = self
            .support(wanted)
            .into_iter()
            .map(|firing| Attack {
                side,
                terms: terms.to_vec(),
                firing,
            })
            .collect();
        let attacks = self.attacks(side, terms, moment);
        let mut found = Vec::new();
        let premises: Vec<Sentence> = reasons
            .iter()
            .chain(&attacks)
            .flat_map(|attack| self.contested_premises(&attack.firing))
            .collect();
        found.extend(self.roots_of(premises, moment));
        let mut prevailing = |attack: &Attack| self.prevails(attack, (&reasons, &attacks), moment);
        let winning: Vec<bool> = reasons.iter().map(&mut prevailing).collect();
        let losing: Vec<bool> = attacks.iter().map(&mut prevailing).collect();
        for (reason, &wins) in reasons.iter().zip(&winning) {
            for (attack, &prevails) in attacks.iter().zip(&losing) {
                let ranked = self.overrides(&reason.firing, &attack.firing)
                    || self.overrides(&attack.firing, &reason.firing);
                if !ranked {
                    let effects = (
                        Self::effect_for(wins),
                        self.effect_against((attack, prevails), &attacks),
                    );
                    found.extend(self.rankings(reason, attack, effects));
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

    /// Whether one firing, could it override another, would prevail: it fires on presumed premises, and the other is all that stands
    /// against it.
    fn prevails(
        &mut self,
        one: &Attack,
        (reasons, attacks): (&[Attack], &[Attack]),
        moment: &Moment,
    ) -> bool {
        if !self.fires_firmly(one, moment) || !self.contested_premises(&one.firing).is_empty() {
            return false;
        }
        let (own, others) = if self.is_doubt(&one.firing) {
            (attacks.to_vec(), reasons.to_vec())
        } else {
            let support = self.support(Wanted {
                side: one.side,
                terms: &one.terms,
                view: View::Presumed,
                moment,
                before: None,
            });
            let own = support.into_iter().map(|firing| Attack {
                firing,
                ..one.clone()
            });
            (own.collect(), self.attacks(one.side, &one.terms, moment))
        };
        let open = |other: &&Attack| {
            !own.iter()
                .any(|own: &Attack| self.overrides(&own.firing, &other.firing))
        };
        others.iter().filter(open).count() == 1
    }

    fn effect_for(prevails: bool) -> Effect {
        match prevails {
            true => Effect::Holds,
            false => Effect::Counts { for_it: true },
        }
    }

    fn effect_against(&self, (attack, prevails): (&Attack, bool), all: &[Attack]) -> Effect {
        match prevails {
            true if !self.is_doubt(&attack.firing) => Effect::Refuted,
            // What concludes the opposite is not helped by a doubt.
            true if all.iter().all(|other| self.is_doubt(&other.firing)) => Effect::Unsaid,
            _ => Effect::Counts { for_it: false },
        }
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
        &self,
        reason: &Attack,
        attack: &Attack,
        (holds, fails): (Effect, Effect),
    ) -> Vec<Settling> {
        let (Some(reason), Some(attack)) = (self.named(&reason.firing), self.named(&attack.firing))
        else {
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

    /// The premises of a firing that are contested, and what of its exceptions is.
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
        let mut read = Vec::new();
        for item in all.get(instance.branch).into_iter().flatten() {
            if let Item::Literal(_) | Item::Except(_) = item {
                self.read_by(item, &instance.binding, under, &mut read);
            }
        }
        read.retain(|(side, terms)| {
            self.status_at(*side, terms, under.moment) == Status::Contested
        });
        read
    }
}
