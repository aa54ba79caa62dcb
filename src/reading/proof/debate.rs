//! What would come of a contested sentence if one more author overrode another: its own debate, the premises of each side left as they are.

use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::search::Under;
use super::settle::Effect;
use crate::core::nature::each_relation;
use crate::core::{Side, View};
use crate::program::{Author, Program, Rule, Variables};
use crate::reading::Reader;
use crate::reading::standing::Bound;
use crate::value::Term;

/// One thing that is said, on at least possible premises.
#[derive(Clone, Debug)]
struct Voice {
    author: Option<Author>,
    /// On presumed premises.
    firm: bool,
}

/// What is said for a sentence and against it.
#[derive(Clone, Debug)]
struct Dispute {
    reasons: Vec<Voice>,
    attacks: Vec<Voice>,
}

/// A sentence and what opposes it: its opposite, and its rival values where it has one.
#[derive(Clone, Debug)]
pub(super) struct Debate {
    /// Whether something is certain, or a loop leaves open what speaks for a side or goes through the sentence: then nothing more is said
    /// of it.
    open: bool,
    own: Vec<Dispute>,
    opposite: Vec<Dispute>,
}

impl Reader<'_> {
    pub(super) fn debate(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Debate {
        let opposed = self.opponents(side, terms, moment);
        let mut own = vec![(side, terms.to_vec())];
        if side.negative {
            // A rival value makes the opposite hold.
            let rivals = self.opponents(side.opposite(), terms, moment);
            own.extend(rivals.into_iter().filter(|(other, _)| *other != side));
        }
        let under = Under {
            view: View::Certain,
            bound: Bound::Upper,
            moment,
            variables: &Variables::default(),
        };
        let mut sentences = own.iter().chain(&opposed);
        let certain = sentences.any(|(side, terms)| {
            let both = [*side, side.opposite()].into_iter();
            both.map(|side| self.arrival_under(side, terms, under))
                .any(|arrival| arrival.is_some())
        });
        let asked = (side, terms.to_vec(), moment.clone());
        let mut open = certain || !self.hangs_on(&asked).is_empty();
        let mut disputes = |sentences: Vec<(Side, Vec<Term>)>| -> Vec<Dispute> {
            let mut all = Vec::new();
            for (side, terms) in sentences {
                let reasons = self.reasons_for(side, &terms, moment);
                let attacks = self.attacks(side, &terms, moment);
                open |= self.is_read_back(side, reasons.iter().chain(&attacks));
                all.push(Dispute {
                    reasons: self.voices(&reasons, moment),
                    attacks: self.voices(&attacks, moment),
                });
            }
            all
        };
        let (own, opposite) = (disputes(own), disputes(opposed));
        Debate {
            open,
            own,
            opposite,
        }
    }

    /// Whether what is said for or against a sentence reads it, or something that does: its premises are not left as they are then.
    fn is_read_back<'a>(&self, side: Side, mut said: impl Iterator<Item = &'a Attack>) -> bool {
        let circles = &self.core.circles;
        let reads_back = |rule: &Rule| {
            let mut reads = false;
            if let Some(body) = &rule.body {
                each_relation(body, &mut |relation| {
                    reads |= circles[relation.0 as usize] == circles[side.relation.0 as usize];
                });
            }
            reads
        };
        said.any(|attack| match &attack.firing {
            Firing::Rule(instance) => reads_back(&self.program.rules[instance.rule.0 as usize]),
            Firing::Statement(_) => false,
        })
    }

    fn voices(&mut self, said: &[Attack], moment: &Moment) -> Vec<Voice> {
        let voices = said.iter().map(|attack| Voice {
            author: self.author(&attack.firing),
            firm: self.is_firm(attack, moment),
        });
        voices.collect()
    }

    fn is_firm(&mut self, attack: &Attack, moment: &Moment) -> bool {
        let told = self.fires_firmly(attack, moment);
        told.unwrap_or_else(|| self.contested_premises(&attack.firing).is_empty())
    }
}

impl Debate {
    /// What `winner overrides loser.` alone would do.
    pub fn effect(
        &self,
        program: &Program,
        (winner, loser): (&Author, &Author),
        for_it: bool,
    ) -> Effect {
        let beats = |one: &Voice, other: &Voice| match (&one.author, &other.author) {
            (Some(one), Some(other)) => {
                (one, other) == (winner, loser)
                    || program.overrides.contains(&(one.clone(), other.clone()))
            }
            _ => false,
        };
        let presumed = |all: &[Dispute]| all.iter().any(|dispute| dispute.is_presumed(beats));
        let possible = |all: &[Dispute]| all.iter().any(|dispute| dispute.is_possible(beats));
        match (presumed(&self.own), presumed(&self.opposite)) {
            _ if self.open => Effect::Counts { for_it },
            (true, _) => Effect::Holds,
            (_, true) => Effect::Refuted,
            _ if !possible(&self.own) && !possible(&self.opposite) => Effect::Unsaid,
            _ => Effect::Counts { for_it },
        }
    }
}

impl Dispute {
    /// Some reason fires on presumed premises, and such reasons together answer every attack.
    fn is_presumed(&self, beats: impl Fn(&Voice, &Voice) -> bool) -> bool {
        let mut firm = self.reasons.iter().filter(|reason| reason.firm);
        let answered = |attack: &Voice| {
            let mut firm = self.reasons.iter().filter(|reason| reason.firm);
            firm.any(|reason| beats(reason, attack))
        };
        firm.next().is_some() && self.attacks.iter().all(answered)
    }

    /// Some reason is beaten by nothing that fires on presumed premises.
    fn is_possible(&self, beats: impl Fn(&Voice, &Voice) -> bool) -> bool {
        let beaten = |reason: &Voice| {
            let mut firm = self.attacks.iter().filter(|attack| attack.firm);
            firm.any(|attack| beats(attack, reason))
        };
        self.reasons.iter().any(|reason| !beaten(reason))
    }
}
