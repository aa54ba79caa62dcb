//! The arguments against a sentence that holds: what beats each, and in which contexts none is left that the proof does not beat.

use super::build::{Building, Goal};
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::ways::Way;
use super::{Defeated, How};
use crate::core::{CoreId, Reason, Side, View};
use crate::label::Label;
use crate::program::{Author, Verb};
use crate::reading::Reader;
use crate::value::Term;

impl Reader<'_> {
    /// The arguments against a presumed sentence, with what beat each. What only another reason than the one shown overrides
    /// makes that reason part of the proof.
    pub(super) fn add_defeated(
        &mut self,
        building: &mut Building,
        (place, level): (usize, usize),
        goal: &Goal,
        way: &Way,
        team: &[Firing],
    ) {
        let shown = match way {
            Way::Statement(statement) => Firing::Statement(statement.clone()),
            Way::Instance(instance) => Firing::Rule(instance.clone()),
            Way::Rival(_) => return,
        };
        let mut helpers: Vec<&Firing> = Vec::new();
        let mut beaten = Vec::new();
        for attack in self.attacks(goal.side, &goal.terms, &goal.moment) {
            if self.overrides(&shown, &attack.firing) {
                beaten.push((attack, self.firing_name(&shown)));
            } else if let Some(helper) = team
                .iter()
                .find(|reason| self.overrides(reason, &attack.firing))
            {
                if !helpers.contains(&helper) {
                    helpers.push(helper);
                }
                beaten.push((attack, self.firing_name(helper)));
            }
        }
        let mut shown_authors: Vec<Author> = self.author(&shown).into_iter().collect();
        shown_authors.extend(helpers.iter().filter_map(|helper| self.author(helper)));
        let unanswered = self.unanswered(goal, &shown_authors);
        let unanswered = self.seen_from(building, unanswered, &goal.moment);
        let answered = self.model.diagram.not(unanswered);
        building.narrow(place, answered, &mut self.model.diagram);
        for helper in helpers {
            let own = Attack {
                side: goal.side,
                terms: goal.terms.clone(),
                firing: helper.clone(),
            };
            let node = self.open_firing(building, &own, (View::Presumed, &goal.moment), level);
            building.nodes[place].also.push(node);
        }
        if !building.depth.defeated {
            return;
        }
        for (attack, to) in beaten {
            let node = self.open_lost(building, &attack, goal, level);
            building.nodes[place].defeated.push(Defeated {
                node,
                to,
                how: How::Overridden,
            });
        }
    }

    /// The arguments against a certain sentence, which have no chance.
    pub(super) fn add_excluded(
        &mut self,
        building: &mut Building,
        place: usize,
        goal: &Goal,
        level: usize,
    ) {
        let views = self.core.views[goal.side.relation.0 as usize].sentence;
        if views.certain == views.presumed {
            return;
        }
        let to = self.sentence(goal.side, &goal.terms);
        for attack in self.attacks(goal.side, &goal.terms, &goal.moment) {
            if self.is_certain(attack.side, &attack.terms, &goal.moment) {
                continue;
            }
            let node = self.open_lost(building, &attack, goal, level);
            building.nodes[place].defeated.push(Defeated {
                node,
                to: to.clone(),
                how: How::CertainOpposite,
            });
        }
    }

    /// Adds a node for a firing; its premises become goals.
    pub(super) fn open_firing(
        &mut self,
        building: &mut Building,
        attack: &Attack,
        (view, moment): (View, &Moment),
        level: usize,
    ) -> usize {
        let goal = Goal {
            side: attack.side,
            terms: attack.terms.clone(),
            view,
            moment: moment.clone(),
        };
        let node = self.node_for(&goal);
        let place = building.push(node);
        match &attack.firing {
            Firing::Rule(instance) => self.apply(building, (place, level), view, instance),
            Firing::Statement(statement) => self.state(building, place, statement, moment),
        }
        place
    }

    /// Adds a node for an argument that lost.
    fn open_lost(
        &mut self,
        building: &mut Building,
        attack: &Attack,
        goal: &Goal,
        level: usize,
    ) -> usize {
        let losing = std::mem::replace(&mut building.losing, true);
        let node = self.open_firing(building, attack, (View::Possible, &goal.moment), level + 1);
        building.losing = losing;
        node
    }

    /// The contexts in which something fires against a goal that none of these authors overrides.
    fn unanswered(&mut self, goal: &Goal, shown: &[Author]) -> Label {
        if self.model.diagram.space().axes.is_empty() {
            return Label::NEVER;
        }
        let Goal { side, terms, .. } = goal;
        let mut labels = Vec::new();
        for relation in self.unanswered_relations(side.opposite(), false, shown) {
            labels.push(self.model.upper(relation).label_of(terms));
        }
        let one = self.program.relations[side.relation.0 as usize].one;
        if let Some(place) = one.filter(|_| !side.negative) {
            let mut pattern: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
            pattern[place] = None;
            for relation in self.unanswered_relations(*side, true, shown) {
                let table = self.model.upper(relation);
                let rows = table.matching(&pattern).into_iter();
                let rivals = rows.filter(|&row| table.row(row)[place] != terms[place]);
                labels.extend(rivals.map(|row| table.label(row)));
            }
        }
        let diagram = &mut self.model.diagram;
        labels
            .into_iter()
            .fold(Label::NEVER, |all, label| diagram.or(all, label))
    }

    /// Where the reasons for a side fire possibly, those left out that an author overrides. Doubts are none for a rival value.
    fn unanswered_relations(&self, side: Side, rival: bool, shown: &[Author]) -> Vec<CoreId> {
        let is_doubt = |reason: &Reason| match reason {
            Reason::Rule(rule) => self.program.rules[rule.0 as usize].verb == Verb::CastsDoubtOn,
            Reason::Report(_) | Reason::Presumption => false,
        };
        let overridden = |loser: &Author| {
            let beats = |winner: &Author| {
                self.program
                    .overrides
                    .contains(&(winner.clone(), loser.clone()))
            };
            shown.iter().any(beats)
        };
        let attacking = self.index.possibly_firing(side).into_iter();
        let left = attacking.filter(|(reason, _)| {
            let author = reason.author(self.program);
            let beaten = author.is_some_and(|author| overridden(&author));
            !(beaten || (rival && is_doubt(reason)))
        });
        left.map(|(_, relation)| relation).collect()
    }
}
