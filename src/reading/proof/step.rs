//! One step of a proof: a statement, or a rule's instance with its premises.

use super::build::{Building, Goal};
use super::facts::Statement;
use super::filled::{filled, filled_body, ground, named_values};
use super::instance::Instance;
use super::moment::Moment;
use super::search::{Among, Under, Want};
use super::{By, Claim, Node};
use crate::core::branches::{Item, branches, conjunction};
use crate::core::{Side, View};
use crate::program::{Aggregate, Body, Rule, RuleId, Variables};
use crate::reading::matching::{Binding, value};
use crate::reading::standing::Bound;
use crate::reading::{Reader, Status};
use crate::text::Span;
use indexmap::IndexSet;

/// What a premise of a step is.
pub(super) enum Premise {
    Goal(Goal),
    /// A comparison, an absence: nothing more to show.
    Text(Box<Node>),
    /// An aggregate with what it counted.
    Counted(Box<Node>, Vec<Goal>, Vec<Node>),
}

/// A statement's condition with values for its variables.
#[derive(Clone, Copy)]
pub(super) struct Instantiated<'a> {
    pub body: Option<&'a Body>,
    pub branch: usize,
    pub variables: &'a Variables,
    pub at: Span,
    pub binding: &'a Binding,
}

impl Reader<'_> {
    pub(super) fn node_for(&mut self, goal: &Goal) -> Node {
        let status = self.status_at(goal.side, &goal.terms, &goal.moment);
        Node::of(
            Claim::Sentence {
                side: goal.side,
                terms: goal.terms.clone(),
            },
            status,
            By::Absence,
        )
    }

    /// Makes a node rest on a statement.
    pub(super) fn state(
        &mut self,
        building: &mut Building,
        place: usize,
        statement: &Statement,
        moment: &Moment,
    ) {
        let label = self.statement_label(statement);
        let label = self.seen_from(building, label, moment);
        building.narrow(place, label, &mut self.model.diagram);
        let program = self.program;
        let notes = statement
            .fact
            .and_then(|fact| program.facts.get(fact).notes);
        let node = &mut building.nodes[place];
        node.happened = notes.and_then(|notes| notes.happened);
        node.by = statement.by.clone();
        node.sources.clone_from(&statement.sources);
        node.at = Some(statement.at);
        node.period = statement.period;
    }

    /// Makes a node rest on a rule's instance; its premises become goals.
    pub(super) fn apply(
        &mut self,
        building: &mut Building,
        (place, level): (usize, usize),
        view: View,
        instance: &Instance,
    ) {
        let program = self.program;
        let rule = &program.rules[instance.rule.0 as usize];
        let label = self.period_label(rule.period);
        let label = self.seen_from(building, label, &instance.moment);
        building.narrow(place, label, &mut self.model.diagram);
        self.name_rule(&mut building.nodes[place], instance.rule, rule);
        building.nodes[place].values = named_values(&rule.variables, &instance.binding);
        let condition = Instantiated {
            body: rule.body.as_ref(),
            branch: instance.branch,
            variables: &rule.variables,
            at: rule.at,
            binding: &instance.binding,
        };
        let under = Under {
            view,
            bound: Bound::Lower,
            moment: &instance.moment,
            variables: &rule.variables,
        };
        self.rest_on(building, (place, level), condition, under);
    }

    fn name_rule(&self, node: &mut Node, id: RuleId, rule: &Rule) {
        node.by = By::Rule(id);
        node.sources.clone_from(&rule.citations);
        node.at = Some(rule.at);
    }

    /// Adds the premises of a condition to a node.
    pub(super) fn rest_on(
        &mut self,
        building: &mut Building,
        (place, level): (usize, usize),
        condition: Instantiated<'_>,
        under: Under<'_>,
    ) {
        let all = branches(condition.body).unwrap_or_default();
        let Some(branch) = all.get(condition.branch) else {
            return;
        };
        if level >= building.depth.most {
            building.nodes[place].cut = !branch.is_empty();
            return;
        }
        for item in branch {
            let premise = self.premise(item, condition, under);
            let label = self.item_label(item, condition, under);
            let label = self.seen_from(building, label, under.moment);
            building.narrow(place, label, &mut self.model.diagram);
            let number = match premise {
                None => continue,
                Some(Premise::Goal(goal)) => self.open(building, goal, level + 1),
                Some(Premise::Text(node)) => building.push(*node),
                Some(Premise::Counted(node, goals, uncounted)) => {
                    let number = building.push(*node);
                    for goal in goals {
                        let counted = self.open(building, goal, level + 2);
                        building.nodes[number].premises.push(counted);
                    }
                    for node in uncounted {
                        let uncounted = building.push(node);
                        building.nodes[number].premises.push(uncounted);
                    }
                    number
                }
            };
            building.nodes[place].premises.push(number);
        }
    }

    fn premise(
        &mut self,
        item: &Item<'_>,
        condition: Instantiated<'_>,
        under: Under<'_>,
    ) -> Option<Premise> {
        let Instantiated {
            variables,
            at,
            binding,
            ..
        } = condition;
        Some(match *item {
            Item::Literal(literal) => Premise::Goal(self.goal(
                Side::from(literal),
                ground(literal, binding)?,
                under.view,
                under.moment,
            )),
            Item::Comparison {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (filled(left, binding), filled(right, binding));
                let text = self.words(
                    variables,
                    &Body::Comparison {
                        left,
                        comparison,
                        right,
                        at,
                    },
                );
                Premise::Text(Box::new(Node::of(
                    Claim::Text(text),
                    Status::Certain,
                    By::Arithmetic,
                )))
            }
            Item::Except(exception) => {
                Premise::Text(Box::new(self.absence(exception, binding, under)))
            }
            Item::Aggregate(aggregate) => self.counted(aggregate, binding, under)?,
        })
    }

    /// What an exception asks for, and that it is not so.
    fn absence(&mut self, exception: &Body, binding: &Binding, under: Under<'_>) -> Node {
        let body = filled_body(exception, binding);
        let text = self.words(under.variables, &body);
        let status = match &body {
            Body::Literal(literal) => ground(literal, binding).map_or(Status::Unknown, |terms| {
                self.status_at(Side::from(literal), &terms, under.moment)
            }),
            Body::Comparison { .. } => Status::Refuted,
            _ => {
                let possible = Under {
                    view: View::Possible,
                    bound: Bound::Upper,
                    ..under
                };
                match self.holds_at(exception, binding, possible) {
                    true => Status::Contested,
                    false => Status::Unknown,
                }
            }
        };
        Node::of(Claim::Text(text), status, By::Absence)
    }

    fn counted(
        &mut self,
        aggregate: &Aggregate,
        binding: &Binding,
        under: Under<'_>,
    ) -> Option<Premise> {
        let result = value(aggregate.result, binding);
        let results = self.aggregates_at(aggregate, binding, under);
        let found = results
            .into_iter()
            .find(|found| Some(found.value) == result)?;
        let body = filled_body(&Body::Aggregate(aggregate.clone()), binding);
        let text = self.words(under.variables, &body);
        let counted = if aggregate.recursive {
            under
        } else {
            Under {
                view: View::Presumed,
                ..under
            }
        };
        // What several matches share is shown once.
        let mut goals: IndexSet<Goal> = IndexSet::new();
        for matched in &found.matches {
            goals.extend(self.condition_goals(aggregate, matched, counted));
        }
        let mut uncounted = Vec::new();
        if !aggregate.recursive {
            for left_out in self.uncounted_at(aggregate, &found.binding, under) {
                uncounted.extend(self.uncounted_nodes(aggregate, &left_out, under));
            }
        }
        let status = if under.view == View::Certain {
            Status::Certain
        } else {
            self.counted_status(aggregate, &found.binding, under)
        };
        Some(Premise::Counted(
            Box::new(Node::of(Claim::Text(text), status, By::Arithmetic)),
            goals.into_iter().collect(),
            uncounted,
        ))
    }

    fn counted_status(
        &mut self,
        aggregate: &Aggregate,
        group: &Binding,
        under: Under<'_>,
    ) -> Status {
        let certain = aggregate.recursive || self.is_certainly_counted(aggregate, group, under);
        if certain {
            Status::Certain
        } else {
            Status::Presumed
        }
    }

    /// The literals of an aggregate's condition that hold in one match.
    fn condition_goals(
        &mut self,
        aggregate: &Aggregate,
        matched: &Binding,
        under: Under<'_>,
    ) -> Vec<Goal> {
        let literals = self.holding_literals(aggregate, matched, under);
        literals
            .into_iter()
            .map(|(side, terms)| self.goal(side, terms, under.view, under.moment))
            .collect()
    }

    fn uncounted_nodes(
        &mut self,
        aggregate: &Aggregate,
        matched: &Binding,
        under: Under<'_>,
    ) -> Vec<Node> {
        let possible = Under {
            view: View::Possible,
            bound: Bound::Upper,
            ..under
        };
        let mut nodes = Vec::new();
        for (side, terms) in self.holding_literals(aggregate, matched, possible) {
            let status = self.status_at(side, &terms, under.moment);
            if !matches!(status, Status::Certain | Status::Presumed) {
                nodes.push(Node::of(
                    Claim::Sentence { side, terms },
                    status,
                    By::Uncounted,
                ));
            }
        }
        nodes
    }

    fn holding_literals(
        &mut self,
        aggregate: &Aggregate,
        matched: &Binding,
        under: Under<'_>,
    ) -> Vec<(crate::core::Side, Vec<crate::value::Term>)> {
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            let found = self.search(
                &branch,
                matched.clone(),
                under,
                Among::default(),
                Want::AtMost(1),
            );
            let Some(found) = found.into_iter().next() else {
                continue;
            };
            let literals = branch.iter().filter_map(|item| match item {
                Item::Literal(literal) => {
                    Some((Side::from(*literal), ground(literal, &found.binding)?))
                }
                _ => None,
            });
            return literals.collect();
        }
        Vec::new()
    }
}

impl Node {
    pub(super) fn of(claim: Claim, status: Status, by: By) -> Self {
        Self {
            claim,
            status,
            by,
            values: Vec::new(),
            sources: Vec::new(),
            at: None,
            period: None,
            happened: None,
            premises: Vec::new(),
            also: Vec::new(),
            defeated: Vec::new(),
            shown: None,
            cut: false,
        }
    }
}
