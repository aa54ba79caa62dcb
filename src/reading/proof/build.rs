//! Why a sentence holds: the proof, goal by goal, from a list of open goals (no recursion: a chain of any length is plain work).
//!
//! A premise must have arrived before what it is used for, so no proof rests on itself; among instances the one whose last premise
//! came earliest is taken, which in strict rounds gives the least height.

use super::facts::Statement;
use super::filled::filled_body;
use super::instance::{Instance, Wanted};
use super::minimal::Choices;
use super::moment::Moment;
use super::reasons::{Attack, Firing};
use super::search::{Under, Want};
use super::step::Instantiated;
use super::{By, Claim, Defeated, How, Node, Proof};
use crate::core::branches::branches;
use crate::core::{Side, View};
use crate::label::{Diagram, Label};
use crate::program::{Variables, Verb};
use crate::reading::matching::{Asked, Binding};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status};
use crate::say;
use crate::value::Term;
use std::collections::HashMap;

/// How a proof is to be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Steps below the root; deeper ones are not shown.
    pub most: usize,
    /// Whether the arguments that lost are shown.
    pub defeated: bool,
}

impl Depth {
    pub const FULL: Self = Self {
        most: usize::MAX,
        defeated: true,
    };
    /// The argument alone.
    pub const BARE: Self = Self {
        most: usize::MAX,
        defeated: false,
    };
}

/// A sentence to be shown in one context under a view, which is the strongest in which it holds there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Goal {
    pub side: Side,
    pub terms: Vec<Term>,
    pub view: View,
    pub moment: Moment,
}

/// What is still to be done for a proof.
enum Task {
    Show {
        place: usize,
        goal: Goal,
        level: usize,
    },
    /// All below the goal has been shown.
    Done(Goal),
}

/// A proof under construction.
pub(super) struct Building {
    pub nodes: Vec<Node>,
    /// By node: the contexts in which its own step would be taken.
    pub labels: Vec<Label>,
    pub depth: Depth,
    /// The root's context.
    pub moment: Moment,
    tasks: Vec<Task>,
    /// Goals opened by the step at hand, first one first.
    opened: Vec<Task>,
    known: HashMap<Goal, Known>,
    /// Which alternative to take where there are several; `None` for the best.
    choices: Option<Choices>,
    /// Some goal could not be shown by the choices made.
    pub failed: bool,
}

#[derive(Clone, Copy)]
struct Known {
    place: usize,
    done: bool,
}

/// What shows a goal.
enum Way {
    Statement(Statement),
    Instance(Instance),
    /// Another value of a relation that has one.
    Rival(Vec<Term>),
}

impl Building {
    pub fn new(depth: Depth, moment: &Moment, choices: Option<Choices>) -> Self {
        Self {
            nodes: Vec::new(),
            labels: Vec::new(),
            depth,
            moment: moment.clone(),
            tasks: Vec::new(),
            opened: Vec::new(),
            known: HashMap::new(),
            choices,
            failed: false,
        }
    }

    pub fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.labels.push(Label::ALWAYS);
        self.nodes.len() - 1
    }

    pub fn narrow(&mut self, place: usize, label: Label, diagram: &mut Diagram) {
        self.labels[place] = diagram.and(self.labels[place], label);
    }

    pub fn finish(self) -> (Proof, Option<Choices>) {
        (
            Proof {
                nodes: self.nodes,
                extents: Vec::new(),
            },
            self.choices,
        )
    }
}

impl Reader<'_> {
    /// The proof of a literal that holds in a context, and the contexts in which the same proof stands.
    pub(in crate::reading) fn prove(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
        depth: Depth,
    ) -> (Proof, Label) {
        self.argue(side, terms, View::Presumed, moment, depth)
    }

    /// An argument for a literal under a view, which may be one that loses.
    pub(in crate::reading) fn argue(
        &mut self,
        side: Side,
        terms: &[Term],
        view: View,
        moment: &Moment,
        depth: Depth,
    ) -> (Proof, Label) {
        let mut building = Building::new(depth, moment, None);
        let goal = self.goal(side, terms.to_vec(), view, moment);
        self.open(&mut building, goal, 0);
        self.work(&mut building);
        let stands = self.stands(&building, 0);
        (building.finish().0, stands)
    }

    /// The proof of a condition with values for its named variables: its parts together, for the first branch that holds.
    pub(in crate::reading) fn prove_together(
        &mut self,
        asked: Asked<'_>,
        binding: &Binding,
        view: View,
        moment: &Moment,
        depth: Depth,
    ) -> Option<(Proof, Label)> {
        let under = Under {
            view,
            bound: Bound::Lower,
            moment,
            variables: asked.variables,
        };
        for (place, branch) in branches(Some(asked.body))
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            let found = self.search(branch, binding.clone(), under, None, Want::Earliest);
            let Some(found) = found.into_iter().next() else {
                continue;
            };
            let mut building = Building::new(depth, moment, None);
            let text = self.words(asked.variables, &filled_body(asked.body, &found.binding));
            building.push(Node::of(Claim::Text(text), Status::Certain, By::Arithmetic));
            let condition = Instantiated {
                body: Some(asked.body),
                branch: place,
                variables: asked.variables,
                at: asked.at,
                binding: &found.binding,
            };
            self.rest_on(&mut building, (0, 0), condition, under);
            self.work(&mut building);
            let premises = building.nodes[0]
                .premises
                .iter()
                .map(|&premise| &building.nodes[premise]);
            let said = premises
                .filter(|premise| premise.by != By::Absence)
                .map(|premise| premise.status);
            building.nodes[0].status = said.max().unwrap_or(Status::Certain);
            let stands = self.stands(&building, 0);
            return Some((building.finish().0, stands));
        }
        None
    }

    /// The argument of one firing, its premises shown under a view.
    pub(in crate::reading) fn argument_of(
        &mut self,
        attack: &Attack,
        view: View,
        moment: &Moment,
    ) -> Proof {
        let mut building = Building::new(Depth::BARE, moment, None);
        self.open_firing(&mut building, attack, (view, moment), 0);
        self.work(&mut building);
        building.finish().0
    }

    /// A goal under the strongest view in which it holds, the one given at the least.
    pub(super) fn goal(&self, side: Side, terms: Vec<Term>, view: View, moment: &Moment) -> Goal {
        let stronger = match view {
            View::Certain => &[][..],
            View::Presumed => &[View::Certain],
            View::Possible => &[View::Certain, View::Presumed],
        };
        let holds = |&view: &View| self.arrives(side, &terms, view, moment).is_some();
        let view = stronger.iter().copied().find(holds).unwrap_or(view);
        Goal {
            side,
            terms,
            view,
            moment: moment.clone(),
        }
    }

    /// Adds a node for a goal, to be worked out after those opened before it in the same step.
    pub(super) fn open(&mut self, building: &mut Building, goal: Goal, level: usize) -> usize {
        let node = self.node_for(&goal);
        let place = building.push(node);
        building.opened.push(Task::Show { place, goal, level });
        place
    }

    /// Works until nothing is open. Goals are worked out in the order in which they are printed, all below one before the next.
    pub(super) fn work(&mut self, building: &mut Building) {
        loop {
            let opened = std::mem::take(&mut building.opened);
            building.tasks.extend(opened.into_iter().rev());
            match building.tasks.pop() {
                None => break,
                Some(Task::Done(goal)) => {
                    if let Some(known) = building.known.get_mut(&goal) {
                        known.done = true;
                    }
                }
                Some(Task::Show { place, goal, level }) => match building.known.get(&goal) {
                    Some(known) => refer(&mut building.nodes, place, known.place),
                    None => {
                        building
                            .known
                            .insert(goal.clone(), Known { place, done: false });
                        building.tasks.push(Task::Done(goal.clone()));
                        self.show(building, place, &goal, level);
                    }
                },
            }
        }
    }

    fn show(&mut self, building: &mut Building, place: usize, goal: &Goal, level: usize) {
        let Goal {
            side,
            terms,
            view,
            moment,
        } = goal;
        let label = self.label(*side, *view, terms, Bound::Lower);
        let label = self.seen_from(building, label, moment);
        building.narrow(place, label, &mut self.model.diagram);
        let team = match view {
            View::Certain => Vec::new(),
            View::Presumed | View::Possible => self.team(goal),
        };
        let way = if building.choices.is_some() {
            self.chosen_way(building, goal)
        } else {
            self.best_way(goal, &team)
        };
        match &way {
            None => building.failed = true,
            Some(Way::Statement(statement)) => self.state(building, place, statement, moment),
            Some(Way::Instance(instance)) => self.apply(building, (place, level), *view, instance),
            Some(Way::Rival(rival)) => self.rest_on_rival(building, (place, level), goal, rival),
        }
        if level < building.depth.most {
            match (view, &way) {
                (View::Certain, _) if building.depth.defeated => {
                    self.add_excluded(building, place, goal, level)
                }
                (View::Presumed, Some(way)) => {
                    self.add_defeated(building, (place, level), goal, way, &team)
                }
                _ => {}
            }
        }
    }

    /// What fires for a goal that is not certain, on premises that arrived before it.
    fn team(&mut self, goal: &Goal) -> Vec<Firing> {
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

    /// What to show: a statement, else the reason that answers most attacks, else the instance with the earliest premises, else a
    /// rival value.
    fn best_way(&mut self, goal: &Goal, team: &[Firing]) -> Option<Way> {
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
                    || self.is_cut(side.relation, terms, moment)
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
    fn chosen_way(&mut self, building: &mut Building, goal: &Goal) -> Option<Way> {
        let ways = self.all_ways(building, goal);
        let choices = building.choices.as_mut()?;
        if ways.is_empty() {
            return None;
        }
        let chosen = choices.choose(ways.len());
        ways.into_iter().nth(chosen)
    }

    /// Everything that shows a goal: statements, instances by rule, a rival value.
    fn all_ways(&mut self, building: &Building, goal: &Goal) -> Vec<Way> {
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
                || self.is_cut(side.relation, terms, moment)
            {
                continue;
            }
            let instances = self.instances(rule, wanted, Want::AtMost(MOST_INSTANCES));
            ways.extend(instances.into_iter().map(Way::Instance));
        }
        ways.extend(
            self.rival_for(*side, terms, under(goal))
                .map(|(rival, _)| Way::Rival(rival)),
        );
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
        premises
            .iter()
            .any(|premise| building.known.get(premise).is_some_and(|known| !known.done))
    }

    /// The opposite of a sentence holds because another value does.
    fn rest_on_rival(
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

    /// The arguments against a presumed sentence, with what beat each. What only another reason than the one shown overrides
    /// makes that reason part of the proof.
    fn add_defeated(
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
            let node =
                self.open_firing(building, &attack, (View::Possible, &goal.moment), level + 1);
            building.nodes[place].defeated.push(Defeated {
                node,
                to,
                how: How::Overridden,
            });
        }
    }

    /// The arguments against a certain sentence, which have no chance.
    fn add_excluded(&mut self, building: &mut Building, place: usize, goal: &Goal, level: usize) {
        let views = self.core.views[goal.side.relation.0 as usize].sentence;
        if views.certain == views.presumed {
            return;
        }
        let to = self.sentence(goal.side, &goal.terms);
        for attack in self.attacks(goal.side, &goal.terms, &goal.moment) {
            if self.is_certain(attack.side, &attack.terms, &goal.moment) {
                continue;
            }
            let node =
                self.open_firing(building, &attack, (View::Possible, &goal.moment), level + 1);
            building.nodes[place].defeated.push(Defeated {
                node,
                to: to.clone(),
                how: How::CertainOpposite,
            });
        }
    }

    /// Adds a node for a firing; its premises become goals.
    fn open_firing(
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

    /// The status of a literal in one context.
    pub(in crate::reading) fn status_at(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
    ) -> Status {
        let standing = self.standing(side, terms);
        let ladder = [
            (standing.certain, Status::Certain),
            (standing.holds, Status::Presumed),
            (standing.refuted, Status::Refuted),
            (standing.possible, Status::Contested),
            (standing.open, Status::Undecided),
        ];
        ladder
            .into_iter()
            .find(|&(label, _)| self.at_moment(label, moment))
            .map_or(Status::Unknown, |(_, status)| status)
    }

    /// A literal as people read it.
    pub(in crate::reading) fn sentence(&self, side: Side, terms: &[Term]) -> String {
        say::Voice::new(self.program, &self.model.terms).sentence(
            side.relation,
            terms,
            side.negative,
        )
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

/// Makes a node a reference to one that shows the same.
fn refer(nodes: &mut [Node], place: usize, known: usize) {
    let Node {
        by, sources, at, ..
    } = nodes[known].clone();
    let node = &mut nodes[place];
    (node.by, node.sources, node.at) = (by, sources, at);
    node.shown = Some(known);
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
