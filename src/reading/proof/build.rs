//! Why a sentence holds: the proof, goal by goal, from a list of open goals (no recursion: a chain of any length is plain work).
//!
//! A premise must have arrived before what it is used for, so no proof rests on itself; among instances the one whose last premise
//! came earliest is taken, which in strict rounds gives the least height.

use super::facts::Statement;
use super::filled::filled_body;
use super::minimal::Choices;
use super::moment::Moment;
use super::reasons::Attack;
use super::search::{Among, Under, Want};
use super::step::Instantiated;
use super::ways::Way;
use super::{By, Claim, Node, Proof};
use crate::core::branches::branches;
use crate::core::{Side, View};
use crate::label::{Diagram, Label};
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
        losing: bool,
    },
    /// All below the goal has been shown.
    Done(Goal, bool),
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
    /// By goal, and whether it belongs to an argument that lost: what wins is shown in full by itself.
    pub known: HashMap<(Goal, bool), Known>,
    /// Which alternative to take where there are several; `None` for the best.
    pub choices: Option<Choices>,
    /// Some goal could not be shown by the choices made.
    pub failed: bool,
    /// What is opened belongs to an argument that lost.
    pub losing: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Known {
    place: usize,
    /// Whether all below it has been shown.
    pub done: bool,
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
            losing: false,
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

    /// The node that shows a goal already. What wins never leans on an argument that lost.
    fn shown(&self, goal: &Goal) -> Option<usize> {
        let find = |losing| self.known.get(&(goal.clone(), losing));
        let known = find(false).or_else(|| find(true).filter(|_| self.losing));
        known.map(|known| known.place)
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
            let found = self.search(
                branch,
                binding.clone(),
                under,
                Among::default(),
                Want::Earliest,
            );
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
        let losing = building.losing;
        building.opened.push(Task::Show {
            place,
            goal,
            level,
            losing,
        });
        place
    }

    /// Works until nothing is open. Goals are worked out in the order in which they are printed, all below one before the next.
    pub(super) fn work(&mut self, building: &mut Building) {
        loop {
            let opened = std::mem::take(&mut building.opened);
            building.tasks.extend(opened.into_iter().rev());
            match building.tasks.pop() {
                None => break,
                Some(Task::Done(goal, losing)) => {
                    if let Some(known) = building.known.get_mut(&(goal, losing)) {
                        known.done = true;
                    }
                }
                Some(Task::Show {
                    place,
                    goal,
                    level,
                    losing,
                }) => {
                    building.losing = losing;
                    if let Some(known) = building.shown(&goal) {
                        refer(&mut building.nodes, place, known);
                        continue;
                    }
                    let known = Known { place, done: false };
                    building.known.insert((goal.clone(), losing), known);
                    building.tasks.push(Task::Done(goal.clone(), losing));
                    self.show(building, place, &goal, level);
                }
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
        let mut label = self.label(*side, *view, terms, Bound::Lower);
        if place == 0 && *view == View::Presumed {
            // Where it is certain there is a better proof.
            let certain = self.label(*side, View::Certain, terms, Bound::Lower);
            label = self.model.diagram.without(label, certain);
        }
        let label = self.seen_from(building, label, moment);
        building.narrow(place, label, &mut self.model.diagram);
        let team = match view {
            View::Certain => Vec::new(),
            View::Presumed | View::Possible => self.team(goal),
        };
        let way = if building.choices.is_some() && !building.losing {
            self.chosen_way(building, goal, &team)
        } else {
            self.best_way(goal, &team)
        };
        let supposed = |statement: &Statement| matches!(statement.by, By::Assumption(_));
        match &way {
            None | Some(Way::Rival(_)) => {}
            Some(Way::Statement(statement)) if supposed(statement) => {}
            Some(_) => {
                let silent = self.cut_label(*side, terms);
                let silent = self.seen_from(building, silent, moment);
                let spoken = self.model.diagram.not(silent);
                building.narrow(place, spoken, &mut self.model.diagram);
            }
        }
        match &way {
            None => building.failed |= !building.losing,
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

/// Makes a node a reference to one that shows the same.
fn refer(nodes: &mut [Node], place: usize, known: usize) {
    let Node {
        by,
        sources,
        at,
        period,
        happened,
        ..
    } = nodes[known].clone();
    let node = &mut nodes[place];
    (node.by, node.sources, node.at) = (by, sources, at);
    (node.period, node.happened) = (period, happened);
    node.shown = Some(known);
}
