//! The arguments of one side: what beats a sentence for which a reason fires, and what speaks for one that holds or could.

use super::build::Depth;
use super::instance::Wanted;
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::{How, Proof};
use crate::core::{Side, View};
use crate::program::Verb;
use crate::reading::Reader;
use crate::value::Term;

impl Reader<'_> {
    /// What beats a sentence for which a reason fires: its certain opposite, or the attacks that nothing overrides.
    pub(in crate::reading) fn defeaters(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Vec<(Proof, How)> {
        let mut found = Vec::new();
        for (against, other) in self.opponents(side, terms, moment) {
            if self.is_certain(against, &other, moment) {
                found.push((
                    self.argue(against, &other, View::Certain, moment, Depth::BARE)
                        .0,
                    How::CertainOpposite,
                ));
            }
        }
        if !found.is_empty() {
            return found;
        }
        let team = self.support(Wanted {
            side,
            terms,
            view: View::Presumed,
            moment,
            before: None,
        });
        for attack in self.attacks(side, terms, moment) {
            let firing = &attack.firing;
            if self.is_idle(&attack, moment) {
                continue;
            }
            if team.iter().any(|reason| self.overrides(reason, firing)) {
                continue;
            }
            let how = if team.iter().any(|reason| self.overrides(firing, reason)) {
                How::Overridden
            } else if self.is_doubt(firing) {
                How::Undercut
            } else {
                How::Rival
            };
            found.push((self.argument_of(&attack, View::Possible, moment), how));
        }
        // What comes back to itself, as by `symmetric`, adds nothing to another argument.
        if found.iter().any(|(proof, _)| !comes_back(proof)) {
            found.retain(|(proof, _)| !comes_back(proof));
        }
        found
    }

    /// Whether a rule concludes only what it is told, as `symmetric` does of a thing and itself.
    fn is_idle(&self, said: &Attack, moment: &Moment) -> bool {
        let Firing::Rule(instance) = &said.firing else {
            return false;
        };
        // What it is told of an earlier time it carries on to this one.
        if instance.moment != *moment {
            return false;
        }
        let premises = self.premises_of(instance, View::Possible);
        premises
            .iter()
            .any(|premise| premise.side == said.side && premise.terms == said.terms)
    }

    /// The arguments for a literal that holds under a view in a context, or could, doubts included: each with its premises, none
    /// that something firmly beats.
    pub(in crate::reading) fn arguments(
        &mut self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
    ) -> Vec<Proof> {
        let before = self.arrives(side, terms, view, moment);
        let wanted = Wanted {
            side,
            terms,
            view,
            moment,
            before,
        };
        let mut firings = self.firings(wanted);
        if view == View::Certain {
            firings.retain(|firing| matches!(firing, Firing::Rule(instance) if self.program.rules[instance.rule.0 as usize].verb == Verb::Implies));
        } else {
            firings.retain(|firing| !self.is_beaten(side, terms, firing, moment));
        }
        let own = |firing| Attack {
            side,
            terms: terms.to_vec(),
            firing,
        };
        let mut said: Vec<Attack> = firings.into_iter().map(own).collect();
        said.retain(|said| !self.is_idle(said, moment));
        said.iter()
            .map(|said| self.argument_of(said, view, moment))
            .collect()
    }
}

/// Whether a proof's conclusion is among its own premises.
fn comes_back(proof: &Proof) -> bool {
    let (root, rest) = match proof.nodes.split_first() {
        Some(parts) => parts,
        None => return false,
    };
    rest.iter().any(|node| node.claim == root.claim)
}
