//! Core rules and facts written by number.

use crate::graphs::Pairs;
use hence::core::{
    Argument, Atom, Best, Core, CoreAggregate, CoreExpression, CoreFacts, CoreId, CoreLiteral,
    CoreRelation, CoreRule, Origin, Part, Side, Slot, View,
};
use hence::engine::{Limits, run};
use hence::label::{Diagram, Label, Space};
use hence::model::Model;
use hence::program::RelationId;
use hence::syntax::tree::AggregateKind;
use hence::value::{Comparison, Operation, Term, Terms};

/// Rules as `head :- literals`, each atom a relation and its slots.
pub struct Rules {
    core: Core,
}

impl Rules {
    pub fn new(arities: &[usize]) -> Self {
        let relation = |&arity: &usize| {
            let side = Side {
                relation: RelationId(0),
                negative: false,
            };
            CoreRelation {
                arity,
                part: Part::Literal {
                    side,
                    view: View::Certain,
                },
                best: None,
                wide: false,
            }
        };
        let relations = arities.iter().map(relation).collect();
        let core = Core::bare(relations, Diagram::new(Space::default()));
        Self { core }
    }

    /// Adds the absence of a row to the last rule.
    pub fn unless(mut self, relation: u32, slots: &[u32]) -> Self {
        let arguments = slots
            .iter()
            .map(|&slot| Argument::Slot(Slot(slot)))
            .collect();
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Fails(Atom {
                relation: CoreId(relation),
                arguments,
            }));
        }
        self
    }

    pub fn rule(mut self, head: (u32, &[u32]), body: &[(u32, &[u32])]) -> Self {
        let atom = |&(relation, slots): &(u32, &[u32])| Atom {
            relation: CoreId(relation),
            arguments: slots
                .iter()
                .map(|&slot| Argument::Slot(Slot(slot)))
                .collect(),
        };
        self.core.rules.push(CoreRule {
            head: atom(&head),
            body: body
                .iter()
                .map(|literal| CoreLiteral::Holds(atom(literal)))
                .collect(),
            slots: 8,
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Step,
        });
        self
    }

    /// Adds `result is the sum (or number) of over where columns` to the last rule.
    pub fn aggregate(
        mut self,
        result: u32,
        kind: AggregateKind,
        over: u32,
        matches: u32,
        columns: &[u32],
        group: u32,
    ) -> Self {
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Aggregate(CoreAggregate {
                result: Argument::Slot(Slot(result)),
                kind,
                over: CoreExpression::Argument(Argument::Slot(Slot(over))),
                matches: CoreId(matches),
                arguments: columns.iter().map(|&slot| Slot(slot)).collect(),
                groups: vec![Slot(group)],
                call: None,
            }));
        }
        self
    }

    /// Adds `sum = left + right` to the last rule.
    pub fn add(mut self, sum: u32, left: u32, right: u32) -> Self {
        let side = |slot| CoreExpression::Argument(Argument::Slot(Slot(slot)));
        let right = CoreExpression::Binary {
            left: Box::new(side(left)),
            operation: Operation::Add,
            right: Box::new(side(right)),
        };
        if let Some(rule) = self.core.rules.last_mut() {
            rule.body.push(CoreLiteral::Compare {
                left: side(sum),
                comparison: Comparison::Equal,
                right,
            });
        }
        self
    }

    /// Facts with a whole number at the end.
    pub fn weighed(mut self, relation: u32, rows: &[(u32, u32, u32)]) -> Self {
        let number = |whole: u32| Term::small(i64::from(whole)).expect("small");
        let terms = rows
            .iter()
            .flat_map(|&(a, b, weight)| [Term(a), Term(b), number(weight)])
            .collect();
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 3,
            terms,
            labels: None,
            rows: rows.len(),
        });
        self
    }

    pub fn facts(mut self, relation: u32, pairs: &Pairs) -> Self {
        let terms = pairs
            .iter()
            .flat_map(|&(a, b)| [Term(a), Term(b)])
            .collect();
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 2,
            terms,
            labels: None,
            rows: pairs.len(),
        });
        self
    }

    /// Keeps only the rows of the relation with the least in this column.
    pub fn least(mut self, relation: usize, column: usize) -> Self {
        self.core.relations[relation].best = Some((column, Best::Least));
        self
    }

    /// The fact that this node has the number 0.
    pub fn begins(mut self, relation: u32, node: u32) -> Self {
        let zero = Term::small(0).expect("small");
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 2,
            terms: vec![Term(node), zero],
            labels: None,
            rows: 1,
        });
        self
    }

    pub fn nodes(mut self, relation: u32, nodes: &[u32]) -> Self {
        self.core.facts.push(CoreFacts {
            relation: CoreId(relation),
            arity: 1,
            terms: nodes.iter().map(|&node| Term(node)).collect(),
            labels: None,
            rows: nodes.len(),
        });
        self
    }

    pub fn run(&self) -> Model {
        match run(&self.core, Terms::default(), &Limits::default()) {
            Ok(model) => model,
            Err(stopped) => panic!("stopped: {stopped:?}"),
        }
    }
}
