//! What would settle a contested sentence: an `overrides` between two authors that nothing ranks yet, or a premise that is itself
//! contested.

use super::debate::Debate;
use super::facts::author_name;
use super::instance::Wanted;
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::search::Under;
use super::undecided::Read;
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::program::Ground;
use crate::reading::standing::Bound;
use crate::reading::{Change, Reader, Status, Supposed};
use crate::text::Span;
use crate::value::Term;
use smol_str::SmolStr;
use std::collections::HashSet;

type Sentence = (Side, Vec<Term>);

/// Contested premises that are looked at.
const MOST: usize = 200;
/// Contested premises that are tried.
const MOST_TRIED: usize = 20;

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
        /// Whether to know that is enough, one way or the other.
        enough: bool,
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
        let reasons = self.reasons_for(side, terms, moment);
        let attacks = self.attacks(side, terms, moment);
        let mut found = Vec::new();
        let premises: Vec<Sentence> = reasons
            .iter()
            .chain(&attacks)
            .flat_map(|attack| self.contested_premises(&attack.firing))
            .collect();
        found.extend(self.roots_of(premises, moment));
        self.try_premises(&mut found, (side, terms), moment);
        let debate = self.debate(side, terms, moment);
        for reason in &reasons {
            for attack in &attacks {
                let ranked = self.overrides(&reason.firing, &attack.firing)
                    || self.overrides(&attack.firing, &reason.firing);
                if !ranked {
                    found.extend(self.rankings(&debate, reason, attack));
                }
            }
        }
        let settles = |settling: &Settling| match settling {
            Settling::Override { effect, .. } => !matches!(effect, Effect::Counts { .. }),
            Settling::Premise { enough, .. } => *enough,
        };
        if found.iter().any(settles) {
            found.retain(settles);
        }
        found
    }

    /// Supposes each premise and its opposite, and looks whether the sentence is contested still.
    fn try_premises(
        &self,
        found: &mut [Settling],
        (side, terms): (Side, &[Term]),
        moment: &Moment,
    ) {
        let ground = |side: Side, terms: &[Term]| Ground {
            relation: side.relation,
            negative: side.negative,
            terms: terms.to_vec(),
        };
        let supposing = |side: Side, terms: &[Term]| Change {
            suppose: vec![Supposed {
                sentence: ground(side, terms),
                concluded: false,
                asked: None,
                stand_ins: Vec::new(),
            }],
            ..Change::default()
        };
        let tried = found.iter().take(MOST_TRIED);
        let changes: Vec<Change> = tried
            .flat_map(|settling| match settling {
                Settling::Premise { side, terms, .. } => {
                    vec![supposing(*side, terms), supposing(side.opposite(), terms)]
                }
                Settling::Override { .. } => Vec::new(),
            })
            .collect();
        if changes.is_empty() {
            return;
        }
        let stands = self.statuses_after(&ground(side, terms), moment, &changes);
        let is_settled = |status: &Option<Status>| {
            status.is_some_and(|status| !matches!(status, Status::Contested | Status::Undecided))
        };
        for (settling, stands) in found.iter_mut().zip(stands.chunks(2)) {
            if let Settling::Premise { enough, .. } = settling {
                *enough = stands.iter().any(is_settled);
            }
        }
    }

    /// What fires at least possibly for a sentence, doubts left out.
    pub(super) fn reasons_for(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<Attack> {
        let support = self.support(Wanted {
            side,
            terms,
            view: View::Possible,
            moment,
            before: None,
        });
        let attack = |firing| Attack {
            side,
            terms: terms.to_vec(),
            firing,
        };
        support.into_iter().map(attack).collect()
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
                    enough: false,
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
    fn rankings(&self, debate: &Debate, reason: &Attack, attack: &Attack) -> Vec<Settling> {
        let authors = (self.author(&reason.firing), self.author(&attack.firing));
        let (holds, fails) = match authors {
            (Some(reason), Some(attack)) => (
                debate.effect(self.program, (&reason, &attack), true),
                debate.effect(self.program, (&attack, &reason), false),
            ),
            _ => (
                Effect::Counts { for_it: true },
                Effect::Counts { for_it: false },
            ),
        };
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
    pub(super) fn contested_premises(&mut self, firing: &Firing) -> Vec<Sentence> {
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
        let read = read
            .into_iter()
            .map(|Read { side, terms, .. }| (side, terms));
        read.filter(|(side, terms)| self.status_at(*side, terms, under.moment) == Status::Contested)
            .collect()
    }
}
