//! Why a sentence holds: the proof, goal by goal, from a list of open goals (no recursion: a chain of any length is plain work).
//!
//! A premise must have arrived before what it is used for, so no proof rests on itself; among instances the one whose last premise
//! came earliest is taken, which in strict rounds gives the least height.

use super::facts::Statement;
use super::instance::{Instance, ground};
use super::moment::Moment;
use super::reasons::Firing;
use super::{By, Claim, Defeated, Node, Proof};
use crate::core::branches::{Item, branches};
use crate::core::{Side, View};
use crate::label::Label;
use crate::program::{Argument, Body, Expression, Variables, Verb};
use crate::reading::Reader;
use crate::reading::matching::{Binding, value};
use crate::reading::standing::Bound;
use crate::reading::{Extent, Status};
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
    pub const FULL: Self = Self { most: usize::MAX, defeated: true };
}

/// A sentence to be shown in one context under a view.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Goal {
    side: Side,
    terms: Vec<Term>,
    view: View,
    moment: Moment,
}

/// A proof under construction.
struct Building {
    nodes: Vec<Node>,
    open: Vec<(usize, Goal, usize)>,
    shown: HashMap<Goal, usize>,
    /// The contexts in which every step so far stands.
    stands: Label,
    depth: Depth,
    /// Which alternative to take at each step that has several, and how many there were; `None` for the best at each.
    choices: Option<Choices>,
}

/// A path through the alternatives of all steps, to be replayed with another choice at its end.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    wanted: Vec<usize>,
    taken: Vec<(usize, usize)>,
}

impl Choices {
    fn choose(&mut self, available: usize) -> usize {
        let chosen = self.wanted.get(self.taken.len()).copied().unwrap_or(0);
        self.taken.push((chosen, available));
        chosen
    }

    /// The next path, in order; `None` after the last.
    pub fn next(mut self) -> Option<Self> {
        while let Some((chosen, available)) = self.taken.pop() {
            if chosen + 1 < available {
                let mut wanted: Vec<usize> = self.taken.iter().map(|&(chosen, _)| chosen).collect();
                wanted.push(chosen + 1);
                return Some(Self { wanted, taken: Vec::new() });
            }
        }
        None
    }
}

impl Reader<'_> {
    /// The proof of a literal that holds in a context, and the contexts in which the same proof stands.
    pub(in crate::reading) fn prove(&mut self, side: Side, terms: &[Term], moment: &Moment, depth: Depth) -> (Proof, Label) {
        let view = match self.arrival_of(side, terms, View::Certain, moment) {
            Some(_) => View::Certain,
            None => View::Presumed,
        };
        self.argue(side, terms, view, moment, depth)
    }

    /// The proof by one path of choices; with the path as taken.
    pub(in crate::reading) fn prove_by(
        &mut self,
        side: Side,
        terms: &[Term],
        moment: &Moment,
        depth: Depth,
        choices: Choices,
    ) -> (Proof, Choices) {
        let mut building = Building::new(depth);
        building.choices = Some(choices);
        let goal = Goal { side, terms: terms.to_vec(), view: View::Presumed, moment: moment.clone() };
        self.build(&mut building, goal);
        (Proof { nodes: building.nodes, extent: Extent::default() }, building.choices.unwrap_or_default())
    }

    /// An argument for a literal under a view, which may be one that loses.
    pub(in crate::reading) fn argue(&mut self, side: Side, terms: &[Term], view: View, moment: &Moment, depth: Depth) -> (Proof, Label) {
        let mut building = Building::new(depth);
        self.build(&mut building, Goal { side, terms: terms.to_vec(), view, moment: moment.clone() });
        (Proof { nodes: building.nodes, extent: Extent::default() }, building.stands)
    }

    /// The argument of one firing, its premises shown.
    pub(in crate::reading) fn argument_of(&mut self, side: Side, terms: &[Term], firing: &Firing, view: View, moment: &Moment) -> Proof {
        let depth = Depth { most: usize::MAX, defeated: false };
        let mut building = Building::new(depth);
        let goal = Goal { side, terms: terms.to_vec(), view, moment: moment.clone() };
        let root = self.node_for(&goal);
        building.nodes.push(root);
        self.fire(&mut building, 0, &goal, firing, 0);
        self.finish(&mut building);
        Proof { nodes: building.nodes, extent: Extent::default() }
    }

    fn build(&mut self, building: &mut Building, goal: Goal) {
        let root = self.node_for(&goal);
        building.nodes.push(root);
        building.open.push((0, goal, 0));
        self.finish(building);
    }

    fn finish(&mut self, building: &mut Building) {
        while let Some((place, goal, level)) = building.open.pop() {
            if let Some(&known) = building.shown.get(&goal) {
                building.nodes[place].by = building.nodes[known].by.clone();
                building.nodes[place].shown = true;
                continue;
            }
            building.shown.insert(goal.clone(), place);
            self.expand(building, place, &goal, level);
        }
    }

    fn node_for(&mut self, goal: &Goal) -> Node {
        Node {
            claim: Claim::Sentence { side: goal.side, terms: goal.terms.clone() },
            status: self.status_at(goal.side, &goal.terms, &goal.moment),
            by: By::Absence,
            values: Vec::new(),
            sources: Vec::new(),
            at: None,
            premises: Vec::new(),
            defeated: Vec::new(),
            shown: false,
        }
    }

    /// The status of a literal in one context.
    pub(in crate::reading) fn status_at(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Status {
        let standing = self.standing(side, terms);
        let ladder = [
            (standing.certain, Status::Certain),
            (standing.holds, Status::Presumed),
            (standing.refuted, Status::Refuted),
            (standing.possible, Status::Contested),
            (standing.open, Status::Undecided),
        ];
        ladder.into_iter().find(|&(label, _)| self.at_moment(label, moment)).map_or(Status::Unknown, |(_, status)| status)
    }

    /// The arrival of a literal, which for the opposite in a `one` relation may be that of a rival value.
    fn arrival_of(&self, side: Side, terms: &[Term], view: View, moment: &Moment) -> Option<u32> {
        self.arrival(side, terms, view, moment).or_else(|| {
            let rival = self.rival_for(side, terms, view, moment)?;
            self.arrival(side.opposite(), &rival, view, moment)
        })
    }

    /// The rival value that makes the opposite of a sentence of a `one` relation hold.
    fn rival_for(&self, side: Side, terms: &[Term], view: View, moment: &Moment) -> Option<Vec<Term>> {
        let place = self.program.relations[side.relation.0 as usize].one.filter(|_| side.negative)?;
        let table = self.table(self.view(side.opposite(), view)?, Bound::Lower);
        let pattern: Vec<Option<Term>> = terms.iter().enumerate().map(|(at, &term)| (at != place).then_some(term)).collect();
        let rivals = table.matching(&pattern).into_iter().filter(|&row| table.row(row)[place] != terms[place]);
        rivals.into_iter().find(|&row| self.at_moment(table.label(row), moment)).map(|row| table.row(row).to_vec())
    }

    fn expand(&mut self, building: &mut Building, place: usize, goal: &Goal, level: usize) {
        let Goal { side, terms, view, moment } = goal;
        let label = self.label(*side, *view, terms, Bound::Lower);
        if !label.is_never() {
            building.stands = self.model.diagram.and(building.stands, label);
        }
        if let Some(mut choices) = building.choices.take() {
            let all = self.alternatives(goal);
            let chosen = if all.is_empty() { 0 } else { choices.choose(all.len()) };
            building.choices = Some(choices);
            if let Some(firing) = all.get(chosen) {
                self.fire(building, place, goal, firing, level);
                return;
            }
        }
        let certain = self.arrival_of(*side, terms, View::Certain, moment);
        if certain.is_some() || *view == View::Certain {
            self.expand_certain(building, place, goal, certain, level);
        } else {
            self.expand_defeasible(building, place, goal, level);
        }
    }

    /// Everything that shows a goal: statements, then instances by rule.
    fn alternatives(&mut self, goal: &Goal) -> Vec<Firing> {
        let Goal { side, terms, view, moment } = goal;
        let before = self.arrival(*side, terms, *view, moment);
        let mut all: Vec<Firing> = self.statements(*side, terms, moment).into_iter().map(Firing::Statement).collect();
        for rule in self.rules_for(*side) {
            let verb = self.program.rules[rule.0.0 as usize].verb;
            if verb == Verb::CastsDoubtOn || (*view == View::Certain && verb != Verb::Implies) {
                continue;
            }
            let instances = self.instances(rule, terms, *view, moment, before);
            all.extend(instances.into_iter().map(Firing::Rule));
        }
        all
    }

    fn expand_certain(&mut self, building: &mut Building, place: usize, goal: &Goal, arrived: Option<u32>, level: usize) {
        let Goal { side, terms, moment, .. } = goal;
        let stated = self.statements(*side, terms, moment).into_iter().find(|statement| statement.certain);
        if let Some(statement) = stated {
            self.state(building, place, &statement);
        } else if let Some(rival) = self.rival_for(*side, terms, View::Certain, moment).filter(|_| self.arrival(*side, terms, View::Certain, moment).is_none()) {
            self.rest_on_rival(building, place, goal, rival, View::Certain, level);
        } else {
            let strict: Vec<_> = self
                .rules_for(*side)
                .into_iter()
                .filter(|(rule, _)| self.program.rules[rule.0 as usize].verb == Verb::Implies)
                .collect();
            let best = self.best_instance(&strict, terms, View::Certain, moment, arrived);
            if let Some(instance) = best {
                let goal = Goal { view: View::Certain, ..goal.clone() };
                self.apply(building, place, &goal, &instance, level);
            }
        }
        if building.depth.defeated && self.core.views[side.relation.0 as usize].sentence.certain != self.core.views[side.relation.0 as usize].sentence.presumed {
            self.add_defeated(building, place, goal, &[], true, level);
        }
    }

    /// The earliest of the instances of some rules; where ranks tell nothing (a loop was evaluated from both ends), any.
    fn best_instance(
        &mut self,
        rules: &[(crate::program::RuleId, usize)],
        terms: &[Term],
        view: View,
        moment: &Moment,
        before: Option<u32>,
    ) -> Option<Instance> {
        let mut best: Option<Instance> = None;
        for before in [before, None] {
            for &rule in rules {
                let instance = self.instances(rule, terms, view, moment, before).into_iter().next();
                if let Some(instance) = instance
                    && best.as_ref().is_none_or(|known| instance.rank < known.rank)
                {
                    best = Some(instance);
                }
            }
            if best.is_some() {
                break;
            }
        }
        best
    }

    fn expand_defeasible(&mut self, building: &mut Building, place: usize, goal: &Goal, level: usize) {
        let Goal { side, terms, view, moment } = goal;
        if let Some(rival) = self.rival_for(*side, terms, *view, moment).filter(|_| self.arrival(*side, terms, *view, moment).is_none()) {
            self.rest_on_rival(building, place, goal, rival, *view, level);
            return;
        }
        let before = self.arrival(*side, terms, *view, moment);
        let mut team = self.firings(*side, terms, *view, moment, before);
        if team.is_empty() {
            team = self.firings(*side, terms, *view, moment, None);
        }
        team.retain(|firing| !self.is_doubt(firing));
        let Some(first) = self.leading(&team, *side, terms, moment) else { return };
        self.fire(building, place, goal, &first, level);
        if building.depth.defeated && *view == View::Presumed {
            self.add_defeated(building, place, goal, &team, false, level);
        }
    }

    /// The reason to show: one that overrides an attack, if any does; else the first.
    fn leading(&mut self, team: &[Firing], side: Side, terms: &[Term], moment: &Moment) -> Option<Firing> {
        let attacks = self.attacks(side, terms, moment);
        let overriding = team.iter().find(|reason| attacks.iter().any(|(_, _, attack)| self.overrides(reason, attack)));
        overriding.or(team.first()).cloned()
    }

    /// What fires possibly against a literal in a context.
    pub(in crate::reading) fn attacks(&mut self, side: Side, terms: &[Term], moment: &Moment) -> Vec<(Side, Vec<Term>, Firing)> {
        let mut all = Vec::new();
        for (against, other) in self.opponents(side, terms) {
            for firing in self.firings(against, &other, View::Possible, moment, None) {
                if against == side && self.is_doubt(&firing) {
                    continue;
                }
                all.push((against, other.clone(), firing));
            }
        }
        all
    }

    /// The opposite of a sentence holds because another value does.
    fn rest_on_rival(&mut self, building: &mut Building, place: usize, goal: &Goal, rival: Vec<Term>, view: View, level: usize) {
        let premise = Goal { side: goal.side.opposite(), terms: rival, view, moment: goal.moment.clone() };
        let node = self.node_for(&premise);
        building.nodes.push(node);
        let number = building.nodes.len() - 1;
        building.nodes[place].by = By::Arithmetic;
        building.nodes[place].premises.push(number);
        building.open.push((number, premise, level + 1));
    }

    fn fire(&mut self, building: &mut Building, place: usize, goal: &Goal, firing: &Firing, level: usize) {
        match firing {
            Firing::Rule(instance) => self.apply(building, place, goal, instance, level),
            Firing::Statement(statement) => self.state(building, place, statement),
        }
    }

    fn state(&mut self, building: &mut Building, place: usize, statement: &Statement) {
        let node = &mut building.nodes[place];
        node.by = statement.by.clone();
        node.sources.clone_from(&statement.sources);
        node.at = Some(statement.at);
        let label = self.statement_label(statement);
        building.stands = self.model.diagram.and(building.stands, label);
    }

    /// A rule's instance as a step: its premises become goals.
    fn apply(&mut self, building: &mut Building, place: usize, goal: &Goal, instance: &Instance, level: usize) {
        let program = self.program;
        let rule = &program.rules[instance.rule.0 as usize];
        let node = &mut building.nodes[place];
        node.by = By::Rule(instance.rule);
        node.sources.clone_from(&rule.citations);
        node.at = Some(rule.at);
        node.values = named_values(&rule.variables, &instance.binding);
        if level >= building.depth.most {
            return;
        }
        let all = branches(rule.body.as_ref()).unwrap_or_default();
        let Some(branch) = all.get(instance.branch) else { return };
        let mut premises = Vec::new();
        for item in branch {
            self.premise(building, item, &instance.binding, (goal.view, &instance.moment), (rule, level), &mut premises);
        }
        // The first premise is worked out first.
        let mut goals: Vec<(usize, Goal, usize)> = Vec::new();
        for premise in premises {
            match premise {
                Premise::Goal(goal) => {
                    let node = self.node_for(&goal);
                    building.nodes.push(node);
                    goals.push((building.nodes.len() - 1, goal, level + 1));
                }
                Premise::Node(node) => building.nodes.push(*node),
            }
            let number = building.nodes.len() - 1;
            building.nodes[place].premises.push(number);
        }
        building.open.extend(goals.into_iter().rev());
    }

    fn premise(
        &mut self,
        building: &mut Building,
        item: &Item<'_>,
        binding: &Binding,
        (view, moment): (View, &Moment),
        (rule, level): (&crate::program::Rule, usize),
        premises: &mut Vec<Premise>,
    ) {
        match *item {
            Item::Literal(literal) => {
                let side = Side { relation: literal.relation, negative: literal.negative };
                if let Some(terms) = ground(literal, binding) {
                    premises.push(Premise::Goal(Goal { side, terms, view, moment: moment.clone() }));
                }
            }
            Item::Comparison { left, comparison, right } => {
                let left = filled(left, binding);
                let right = filled(right, binding);
                let text = self.words(&rule.variables, &Body::Comparison { left, comparison, right, at: rule.at });
                premises.push(Premise::Node(Box::new(text_node(text, By::Arithmetic))));
            }
            Item::Except(exception) => {
                let text = self.words(&rule.variables, &filled_body(exception, binding));
                premises.push(Premise::Node(Box::new(text_node(text, By::Absence))));
            }
            Item::Aggregate(aggregate) => {
                let result = value(aggregate.result, binding);
                let found = self.aggregates_at(rule.at, aggregate, binding, view, moment);
                let Some(found) = found.into_iter().find(|found| Some(found.value) == result) else { return };
                let body = filled_body(&Body::Aggregate(aggregate.clone()), binding);
                let text = self.words(&rule.variables, &body);
                let mut node = text_node(text, By::Arithmetic);
                let view = if aggregate.recursive { view } else { View::Presumed };
                for matched in &found.matches {
                    for branch in crate::core::branches::conjunction(&aggregate.condition).unwrap_or_default() {
                        let mut inner = Vec::new();
                        for item in branch.iter().filter(|item| matches!(item, Item::Literal(_))) {
                            self.premise(building, item, matched, (view, moment), (rule, level), &mut inner);
                        }
                        for premise in inner {
                            let Premise::Goal(goal) = premise else { continue };
                            let goal_node = self.node_for(&goal);
                            building.nodes.push(goal_node);
                            let number = building.nodes.len() - 1;
                            node.premises.push(number);
                            building.open.push((number, goal, level + 2));
                        }
                    }
                }
                premises.push(Premise::Node(Box::new(node)));
            }
        }
    }

    /// The arguments against a sentence that holds, with what beat each.
    fn add_defeated(&mut self, building: &mut Building, place: usize, goal: &Goal, team: &[Firing], certain: bool, level: usize) {
        let sentence = self.sentence(goal.side, &goal.terms);
        for (side, terms, attack) in self.attacks(goal.side, &goal.terms, &goal.moment) {
            let Some((to, how)) = self.beaten_by(&attack, team, certain, &sentence) else { continue };
            let against = Goal { side, terms, view: View::Possible, moment: goal.moment.clone() };
            let node = self.node_for(&against);
            building.nodes.push(node);
            let number = building.nodes.len() - 1;
            self.fire(building, number, &against, &attack, level + 1);
            building.nodes[place].defeated.push(Defeated { node: number, to, how });
        }
    }

    /// A condition as people read it.
    pub(in crate::reading) fn words(&self, variables: &Variables, body: &Body) -> String {
        say::Wording { relations: &self.program.relations, terms: &self.model.terms, variables }.body(body)
    }

    /// A literal as people read it.
    pub(in crate::reading) fn sentence(&self, side: Side, terms: &[Term]) -> String {
        say::Voice::new(self.program, &self.model.terms).sentence(side.relation, terms, side.negative)
    }

    /// The contexts in which a statement counts.
    fn statement_label(&mut self, statement: &Statement) -> Label {
        let mut label = Label::ALWAYS;
        if let By::Outcome(driver, outcome) = statement.by
            && let Some(axis) = self.axis(crate::label::Axis::Driver(driver))
        {
            label = self.model.diagram.among(axis, &[outcome as u32]);
        }
        if let (Some(period), Some(axis)) = (statement.period(), self.axis(crate::label::Axis::Time)) {
            let covered: Vec<u32> = self.core.segments.covered(period).collect();
            let time = self.model.diagram.among(axis, &covered);
            label = self.model.diagram.and(label, time);
        }
        label
    }
}

impl Building {
    fn new(depth: Depth) -> Self {
        Self { nodes: Vec::new(), open: Vec::new(), shown: HashMap::new(), stands: Label::ALWAYS, depth, choices: None }
    }
}

enum Premise {
    Goal(Goal),
    Node(Box<Node>),
}

fn text_node(text: String, by: By) -> Node {
    Node {
        claim: Claim::Text(text),
        status: Status::Certain,
        by,
        values: Vec::new(),
        sources: Vec::new(),
        at: None,
        premises: Vec::new(),
        defeated: Vec::new(),
        shown: false,
    }
}

/// The named variables of a rule with their values.
pub fn named_values(variables: &Variables, binding: &Binding) -> Vec<(smol_str::SmolStr, Term)> {
    variables.0.iter().zip(binding).filter(|(name, _)| *name != "?").filter_map(|(name, value)| value.map(|value| (name.clone(), value))).collect()
}

/// An expression with values for its variables, as far as the binding has them.
pub fn filled(expression: &Expression, binding: &Binding) -> Expression {
    match expression {
        Expression::Argument(argument) => Expression::Argument(value(*argument, binding).map_or(*argument, Argument::Constant)),
        Expression::Negative(inner) => Expression::Negative(Box::new(filled(inner, binding))),
        Expression::Binary { left, operation, right } => Expression::Binary {
            left: Box::new(filled(left, binding)),
            operation: *operation,
            right: Box::new(filled(right, binding)),
        },
        Expression::Power { base, exponent } => Expression::Power { base: Box::new(filled(base, binding)), exponent: *exponent },
    }
}

/// A condition with values for its variables, as far as the binding has them.
pub fn filled_body(body: &Body, binding: &Binding) -> Body {
    let all = |parts: &[Body]| parts.iter().map(|part| filled_body(part, binding)).collect();
    match body {
        Body::Literal(literal) => {
            let mut literal = literal.clone();
            for argument in &mut literal.arguments {
                *argument = value(*argument, binding).map_or(*argument, Argument::Constant);
            }
            Body::Literal(literal)
        }
        Body::Comparison { left, comparison, right, at } => Body::Comparison {
            left: filled(left, binding),
            comparison: *comparison,
            right: filled(right, binding),
            at: *at,
        },
        Body::Aggregate(aggregate) => {
            let mut aggregate = aggregate.clone();
            aggregate.result = value(aggregate.result, binding).map_or(aggregate.result, Argument::Constant);
            aggregate.over = filled(&aggregate.over, binding);
            aggregate.condition = all(&aggregate.condition);
            Body::Aggregate(aggregate)
        }
        Body::And(parts) => Body::And(all(parts)),
        Body::Or(parts) => Body::Or(all(parts)),
        Body::Unless { body, exceptions } => Body::Unless {
            body: body.as_ref().map(|body| Box::new(filled_body(body, binding))),
            exceptions: all(exceptions),
        },
    }
}
