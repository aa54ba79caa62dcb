//! A core rule as the engine plans it: over tables, with every argument a slot.

use super::arithmetic::Formula;
use crate::core::{Argument, Atom, CoreLiteral, CoreRule};
use crate::label::Label;
use crate::value::{Comparison, Term};
use rustc_hash::FxHashMap;

/// A table of the store: core relations first, then upper bounds, aggregates and other helpers.
pub type TableId = usize;

/// A rule ready for planning.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The core rule by number.
    pub rule: usize,
    pub head: TableId,
    /// Heads count only where this table has them.
    pub within: Option<TableId>,
    /// Heads count only where this table does not have them.
    pub without: Option<TableId>,
    pub arguments: Vec<u32>,
    pub goals: Vec<Goal>,
    /// How many slots are variables; constants follow.
    pub variables: u32,
    pub constants: Vec<Term>,
    slot_of: FxHashMap<Term, u32>,
    pub label: Label,
    pub onward: bool,
    /// By slot, the goals that mention it, in order, those too that are called with it.
    mentions: Mentions,
}

/// For each slot its goals, end to end.
#[derive(Clone, Debug, Default)]
struct Mentions {
    starts: Vec<u32>,
    goals: Vec<u32>,
}

#[derive(Clone, Debug)]
pub enum Goal {
    Holds {
        table: TableId,
        slots: Vec<u32>,
    },
    Fails {
        table: TableId,
        slots: Vec<u32>,
    },
    Compare {
        left: Formula,
        comparison: Comparison,
        right: Formula,
        wanted: bool,
    },
    /// A row of an aggregate's table, groups first and the result last. With `empty`, the slot of the result of a group
    /// without rows; the groups are then bound elsewhere. With `call`, there are rows only for what has been called.
    Aggregate {
        table: TableId,
        slots: Vec<u32>,
        empty: Option<u32>,
        call: Option<Call>,
    },
}

/// The relation of a call, and the slots of what it is called with.
#[derive(Clone, Debug)]
pub struct Call {
    pub relation: TableId,
    pub slots: Vec<u32>,
}

/// Which table a literal reads.
pub trait Tables {
    fn holds(&self, atom: &Atom) -> TableId;
    fn fails(&self, atom: &Atom) -> TableId;
    /// Table, slots of groups and result, and whether an empty group has the result 0.
    fn aggregate(&self, literal: usize) -> (TableId, bool);
}

impl Clause {
    pub fn new(number: usize, rule: &CoreRule, head: TableId, tables: &impl Tables) -> Self {
        let mut clause = Self {
            rule: number,
            head,
            within: None,
            without: None,
            arguments: Vec::new(),
            goals: Vec::with_capacity(rule.body.len()),
            variables: rule.slots,
            constants: Vec::new(),
            slot_of: FxHashMap::default(),
            label: rule.label,
            onward: rule.onward,
            mentions: Mentions::default(),
        };
        clause.arguments = clause.slots(&rule.head.arguments);
        for (at, literal) in rule.body.iter().enumerate() {
            let goal = clause.goal(at, literal, tables);
            clause.goals.push(goal);
        }
        clause.mentions = Mentions::new(clause.width(), &clause.goals);
        clause
    }

    /// How many slots there are, constants included.
    pub fn width(&self) -> usize {
        self.variables as usize + self.constants.len()
    }

    /// Whether a slot is found outside this goal.
    pub fn is_elsewhere(&self, slot: u32, goal: usize) -> bool {
        let other = |&other: &u32| {
            other as usize != goal && self.goals[other as usize].slots().contains(&slot)
        };
        self.arguments.contains(&slot) || self.mentions(slot).iter().any(other)
    }

    /// The goals that mention a slot, in order.
    pub fn mentions(&self, slot: u32) -> &[u32] {
        let Mentions { starts, goals } = &self.mentions;
        &goals[starts[slot as usize] as usize..starts[slot as usize + 1] as usize]
    }

    fn goal(&mut self, at: usize, literal: &CoreLiteral, tables: &impl Tables) -> Goal {
        match literal {
            CoreLiteral::Holds(atom) => Goal::Holds {
                table: tables.holds(atom),
                slots: self.slots(&atom.arguments),
            },
            CoreLiteral::Fails(atom) => Goal::Fails {
                table: tables.fails(atom),
                slots: self.slots(&atom.arguments),
            },
            CoreLiteral::Compare {
                left,
                comparison,
                right,
            } => self.compare(left, *comparison, right, true),
            CoreLiteral::CompareFails {
                left,
                comparison,
                right,
            } => self.compare(left, *comparison, right, false),
            CoreLiteral::Aggregate(aggregate) => {
                let (table, given) = tables.aggregate(at);
                let groups = aggregate.groups.iter().map(|&slot| Argument::Slot(slot));
                let arguments: Vec<Argument> = groups.chain([aggregate.result]).collect();
                let empty = given
                    .then(|| self.slot(Argument::Constant(Term::small(0).expect("0 is small"))));
                Goal::Aggregate {
                    table,
                    slots: self.slots(&arguments),
                    empty,
                    call: aggregate.call.as_ref().map(|call| Call {
                        relation: call.relation.at(),
                        slots: call.arguments.iter().map(|slot| slot.0).collect(),
                    }),
                }
            }
        }
    }

    fn compare(
        &mut self,
        left: &crate::core::CoreExpression,
        comparison: Comparison,
        right: &crate::core::CoreExpression,
        wanted: bool,
    ) -> Goal {
        let left = Formula::new(left, |argument| self.slot(argument));
        let right = Formula::new(right, |argument| self.slot(argument));
        Goal::Compare {
            left,
            comparison,
            right,
            wanted,
        }
    }

    fn slots(&mut self, arguments: &[Argument]) -> Vec<u32> {
        arguments
            .iter()
            .map(|&argument| self.slot(argument))
            .collect()
    }

    fn slot(&mut self, argument: Argument) -> u32 {
        let constant = match argument {
            Argument::Slot(slot) => return slot.0,
            Argument::Constant(constant) => constant,
        };
        let constants = &mut self.constants;
        let slot = self.slot_of.entry(constant).or_insert_with(|| {
            constants.push(constant);
            self.variables + constants.len() as u32 - 1
        });
        *slot
    }
}

impl Mentions {
    fn new(width: usize, goals: &[Goal]) -> Self {
        let mut pairs: Vec<(u32, u32)> = (0..)
            .zip(goals)
            .flat_map(|(at, goal)| {
                let called_with = match goal {
                    Goal::Aggregate {
                        call: Some(call), ..
                    } => &call.slots[..],
                    _ => &[],
                };
                let slots = goal.slots().into_iter().chain(called_with.iter().copied());
                slots.map(move |slot| (slot, at))
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let starts = (0..=width as u32)
            .map(|slot| pairs.partition_point(|&(mentioned, _)| mentioned < slot) as u32)
            .collect();
        Self {
            starts,
            goals: pairs.into_iter().map(|(_, goal)| goal).collect(),
        }
    }
}

impl Goal {
    /// Whether it calls for what it reads.
    pub fn makes_call(&self) -> bool {
        matches!(self, Self::Aggregate { call: Some(_), .. })
    }

    /// Every slot, with repetition.
    pub fn slots(&self) -> Vec<u32> {
        match self {
            Self::Holds { slots, .. } | Self::Fails { slots, .. } => slots.clone(),
            Self::Aggregate { slots, empty, .. } => slots.iter().copied().chain(*empty).collect(),
            Self::Compare { left, right, .. } => left.slots().chain(right.slots()).collect(),
        }
    }
}
