//! What shows a goal: a statement, a rule's instance, a rival value; the best of them, or all.

use super::By;
use super::build::{Building, Goal};
use super::facts::Statement;
use super::instance::{Instance, Wanted};
use super::reasons::{Attack, Firing};
use super::search::{Under, Want};
use crate::core::View;
use crate::program::{Variables, Verb};
use crate::reading::Reader;
use crate::reading::standing::Bound;
use crate::value::Term;

/// What shows a goal.
pub(super) enum Way {
    Statement(Statement),
    Instance(Instance),
    /// Another value of a relation that has one.
    Rival(Vec<Term>),
}

impl Reader<'_> {
    /// What fires for a goal that is not certain, on premises that arrived before it.
    pub(super) fn team(&mut self, goal: &Goal) -> Vec<Firing> {
        let Goal {
            side,
            terms,
            view,
            moment,
        } = goal;
        let before = self.arrives(*side, terms, *view, moment);
        let mut team = self.support(Wanted {
            side: *side,
            terms,
            view: *view,
            moment,
            before,
        });
        if *view == View::Possible {
            team.retain(|reason| !self.is_beaten(*side, terms, reason, moment));
        }
        team
    }

    /// What to show: a statement, else the reason that answers most attacks, else the instance with the earliest premises; a rival
    /// value where there is none, or where the reasons leave an attack unanswered.
    pub(super) fn best_way(&mut self, goal: &Goal, team: &[Firing]) -> Option<Way> {
        let Goal {
            side,
            terms,
            view,
            moment,
        } = goal;
        if *view == View::Certain {
            if let Some(statement) = self
                .statements(*side, terms, moment)
                .into_iter()
                .find(|statement| statement.certain)
            {
                return Some(Way::Statement(statement));
            }
            let wanted = self.wanted(goal);
            let mut best: Option<Instance> = None;
            for &rule in self.rules_for(*side).iter() {
                if self.program.rules[rule.0.0 as usize].verb != Verb::Implies
                    || self.is_cut(*side, terms, moment)
                {
                    continue;
                }
                let found = self.earliest_instance(rule, wanted);
                if found
                    .as_ref()
                    .is_some_and(|found| best.as_ref().is_none_or(|known| found.rank < known.rank))
                {
                    best = found;
                }
            }
            if best.is_some() {
                return best.map(Way::Instance);
            }
        } else if !team.is_empty() {
            let attacks = self.attacks(*side, terms, moment);
            let rival = self.rival_for(*side, terms, under(goal));
            if let Some((rival, _)) = rival.filter(|_| !self.wins(goal, team, &attacks)) {
                return Some(Way::Rival(rival));
            }
            let answered = |reason: &&Firing| {
                attacks
                    .iter()
                    .filter(|attack| self.overrides(reason, &attack.firing))
                    .count()
            };
            // Of equals the first.
            return team
                .iter()
                .rev()
                .max_by_key(answered)
                .cloned()
                .map(Way::from);
        }
        self.rival_for(*side, terms, under(goal))
            .map(|(rival, _)| Way::Rival(rival))
    }

    /// Whether what fires for a goal is enough for it: what is presumed answers every attack.
    fn wins(&self, goal: &Goal, team: &[Firing], attacks: &[Attack]) -> bool {
        let is_answered = |attack: &Attack| {
            let answers = |reason: &Firing| self.overrides(reason, &attack.firing);
            team.iter().any(answers)
        };
        goal.view != View::Presumed || attacks.iter().all(is_answered)
    }

    fn wanted<'a>(&self, goal: &'a Goal) -> Wanted<'a> {
        let Goal {
            side,
            terms,
            view,
            moment,
        } = goal;
        let before = self.arrives(*side, terms, *view, moment);
        Wanted {
            side: *side,
            terms,
            view: *view,
            moment,
            before,
        }
    }

    /// The way that the choices say, among those that do not rest on what they are to show.
    pub(super) fn chosen_way(
        &mut self,
        building: &mut Building,
        goal: &Goal,
        team: &[Firing],
    ) -> Option<Way> {
        let ways = self.all_ways(building, goal, team);
        let choices = building.choices.as_mut()?;
        if ways.is_empty() {
            return None;
        }
        let chosen = choices.choose(ways.len());
        ways.into_iter().nth(chosen)
    }

    /// Everything that shows a goal: statements, instances by rule, a rival value.
    fn all_ways(&mut self, building: &Building, goal: &Goal, team: &[Firing]) -> Vec<Way> {
        const MOST_INSTANCES: usize = 200;
        let Goal {
            side,
            terms,
            view,
            moment,
        } = goal;
        let certain = *view == View::Certain;
        let statements = self.statements(*side, terms, moment).into_iter();
        let mut ways: Vec<Way> = statements
            .filter(|statement| statement.certain == certain)
            .map(Way::Statement)
            .collect();
        let wanted = Wanted {
            before: None,
            ..self.wanted(goal)
        };
        for &rule in self.rules_for(*side).iter() {
            let verb = self.program.rules[rule.0.0 as usize].verb;
            if verb == Verb::CastsDoubtOn
                || (certain && verb != Verb::Implies)
                || self.is_cut(*side, terms, moment)
            {
                continue;
            }
            let instances = self.instances(rule, wanted, Want::AtMost(MOST_INSTANCES));
            ways.extend(instances.into_iter().map(Way::Instance));
        }
        if let Some((rival, _)) = self.rival_for(*side, terms, under(goal)) {
            let attacks = self.attacks(*side, terms, moment);
            if !self.wins(goal, team, &attacks) {
                ways.clear();
            }
            ways.push(Way::Rival(rival));
        }
        ways.retain(|way| !self.is_circular(building, goal, way));
        ways
    }

    /// Whether a way rests on a goal that it is part of the proof of.
    fn is_circular(&mut self, building: &Building, goal: &Goal, way: &Way) -> bool {
        let premises = match way {
            Way::Statement(_) => Vec::new(),
            Way::Instance(instance) => self.premises_of(instance, goal.view),
            Way::Rival(rival) => {
                vec![self.goal(goal.side.opposite(), rival.clone(), goal.view, &goal.moment)]
            }
        };
        let is_open = |premise| {
            let known = building.known.get(&(premise, false));
            known.is_some_and(|known| !known.done)
        };
        premises.into_iter().any(is_open)
    }

    /// The opposite of a sentence holds because another value does.
    pub(super) fn rest_on_rival(
        &mut self,
        building: &mut Building,
        (place, level): (usize, usize),
        goal: &Goal,
        rival: &[Term],
    ) {
        let relation = goal.side.relation;
        let node = &mut building.nodes[place];
        node.by = By::OneValue(relation);
        node.at = self.program.relations[relation.0 as usize].declared;
        if level >= building.depth.most {
            node.cut = true;
            return;
        }
        let premise = self.goal(
            goal.side.opposite(),
            rival.to_vec(),
            goal.view,
            &goal.moment,
        );
        let number = self.open(building, premise, level + 1);
        building.nodes[place].premises.push(number);
    }
}

impl From<Firing> for Way {
    fn from(firing: Firing) -> Self {
        match firing {
            Firing::Rule(instance) => Self::Instance(instance),
            Firing::Statement(statement) => Self::Statement(statement),
        }
    }
}

fn under(goal: &Goal) -> Under<'_> {
    const NONE: &Variables = &Variables(Vec::new());
    Under {
        view: goal.view,
        bound: Bound::Lower,
        moment: &goal.moment,
        variables: NONE,
    }
}
