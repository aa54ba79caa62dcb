//! One branch of a written condition, read under a view → core literals. Its exceptions and the conditions of its aggregates are
//! [`aside`](super::aside)'s and [`aggregate`](super::aggregate)'s.

use super::branches::{Branch, Item};
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Side, View};
use super::rule::{Argument, Atom, CoreExpression, CoreId, CoreLiteral, Slot};
use super::slots::{Slots, renamed};
use super::variables::{bound_beside, item_variables};
use crate::program::{Argument as Written, Literal, Variable, Variables};
use crate::text::Span;
use crate::value::Comparison;
use std::collections::BTreeSet;

/// The statement that a condition belongs to.
#[derive(Clone, Copy)]
pub struct Within<'p> {
    pub at: Span,
    pub variables: &'p Variables,
    /// What it concludes.
    pub heads: &'p [Literal],
}

/// How the literals of a condition are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    As(View),
    /// As possible, by [`candidates`](super::candidates) where a loop may leave that open, and exceptions set aside.
    Widest,
}

/// What stands around a condition: the conjunctions whose variables it shares, outermost first.
#[derive(Clone, Debug, Default)]
pub struct Around<'p> {
    pub items: Branch<'p>,
    /// What gives the values of all that stands further out, where the condition is called with them.
    pub call: Option<Called>,
}

/// What an aggregate's condition is called with, and the variables that it gives values to.
#[derive(Clone, Debug)]
pub struct Called {
    pub relation: CoreId,
    pub variables: Vec<Variable>,
}

impl<'p> Around<'p> {
    /// What stands around an exception or an aggregate of a branch that stands here itself.
    pub fn and(&self, branch: &Branch<'p>) -> Self {
        let beside = branch
            .iter()
            .filter(|item| !matches!(item, Item::Except(_)));
        Self {
            items: self.items.iter().chain(beside).copied().collect(),
            call: self.call.clone(),
        }
    }

    pub fn variables(&self) -> BTreeSet<Variable> {
        let mut variables = self.called();
        self.items
            .iter()
            .for_each(|item| item_variables(item, &mut variables));
        variables
    }

    /// The variables that a call gives values to.
    pub fn called(&self) -> BTreeSet<Variable> {
        let called = self.call.iter().flat_map(|call| &call.variables);
        called.copied().collect()
    }
}

impl Called {
    pub fn atom(&self, slots: &mut Slots) -> Atom {
        let arguments = self.slots(slots).into_iter().map(Argument::Slot).collect();
        Atom {
            relation: self.relation,
            arguments,
        }
    }

    pub fn slots(&self, slots: &mut Slots) -> Vec<Slot> {
        let variables = self.variables.iter();
        variables.map(|&variable| slots.of(variable)).collect()
    }
}

/// One way to meet a branch.
#[derive(Clone, Debug, Default)]
pub struct Met {
    pub body: Vec<CoreLiteral>,
    pub slots: Slots,
    /// The places in the branch of the opposites that a rival value meets, which binds nothing.
    pub rivals: Vec<usize>,
}

impl Met {
    /// What the branch binds when met in this way, together with what something beside it binds.
    pub fn bound(&self, branch: &Branch<'_>, beside: &BTreeSet<Variable>) -> BTreeSet<Variable> {
        let binding: Branch<'_> = (0..branch.len())
            .filter(|place| !self.rivals.contains(place))
            .map(|place| branch[place])
            .collect();
        bound_beside(&binding, beside)
    }

    /// The variables that something else must bind for a rival to meet an opposite.
    pub fn rival_variables(&self, branch: &Branch<'_>) -> BTreeSet<Variable> {
        let mut variables = BTreeSet::new();
        for &place in &self.rivals {
            item_variables(&branch[place], &mut variables);
        }
        variables
    }

    /// Whether all is bound that rivals need.
    pub fn can_be(&self, branch: &Branch<'_>, beside: &BTreeSet<Variable>) -> bool {
        self.rivals.is_empty()
            || self
                .rival_variables(branch)
                .is_subset(&self.bound(branch, beside))
    }

    /// Both ways together, the variables of both being the same.
    pub fn joined(&self, other: &Self) -> Self {
        let mut both = self.clone();
        let renaming = both.slots.adopt(&other.slots);
        let literals = other.body.iter().cloned();
        both.body
            .extend(literals.map(|literal| renamed(literal, &renaming)));
        both
    }
}

impl<'p> Compiler<'p> {
    /// The core bodies of a branch: none where some literal can never hold, several where a `not` can be met in more than one
    /// way.
    pub fn bodies(
        &mut self,
        within: Within<'p>,
        branch: &Branch<'p>,
        read: Read,
    ) -> Result<Vec<Met>, TooManyBranches> {
        let mut all = self.all_ways(within, branch, read, &Around::default())?;
        all.retain(|met| met.can_be(branch, &BTreeSet::new()));
        Ok(all)
    }

    /// The same, those included in which a rival value meets an opposite whose terms something around the branch must bind.
    pub fn all_ways(
        &mut self,
        within: Within<'p>,
        branch: &Branch<'p>,
        read: Read,
        around: &Around<'p>,
    ) -> Result<Vec<Met>, TooManyBranches> {
        let mut all = vec![Met::default()];
        let counted = self.bound_by_counts(branch, around);
        let mut outside = None;
        for (place, item) in branch.iter().enumerate() {
            match *item {
                Item::Literal(literal) => {
                    let ways = self.ways(literal, read);
                    let after = |way: &Way, met| way.after(place, literal, &counted, met);
                    all = match ways.as_slice() {
                        // Nearly always; a copy for each literal would make long conditions slow.
                        [way] => all.into_iter().map(|met| after(way, met)).collect(),
                        _ => ways
                            .iter()
                            .flat_map(|way| all.iter().map(move |met| after(way, met.clone())))
                            .collect(),
                    };
                }
                Item::Comparison {
                    left,
                    comparison,
                    right,
                } => {
                    for Met { body, slots, .. } in &mut all {
                        let (left, right) = (slots.expression(left), slots.expression(right));
                        body.push(CoreLiteral::Compare {
                            left,
                            comparison,
                            right,
                        });
                    }
                }
                Item::Aggregate(aggregate) => {
                    let mut others = branch.clone();
                    others.remove(place);
                    let around = around.and(&others);
                    self.aggregate(within, aggregate, &around, read, &mut all)?;
                }
                Item::Except(exception) => {
                    if let Read::As(view) = read {
                        let around = outside.get_or_insert_with(|| around.and(branch));
                        self.exception(within, exception, around, view, &mut all)?;
                    }
                }
            }
        }
        Ok(all)
    }

    /// The variables that only aggregates bind, or opposites that a rival value may meet. A rival must leave them to the aggregates: it says
    /// nothing of groups without matches.
    fn bound_by_counts(&self, branch: &Branch<'p>, around: &Around<'p>) -> BTreeSet<Variable> {
        let is_count = |item: &Item<'_>| matches!(item, Item::Aggregate(_));
        if !branch.iter().any(is_count) {
            return BTreeSet::new();
        }
        let others: Branch<'_> = branch
            .iter()
            .filter(|item| !is_count(item) && !self.has_rivals(item))
            .copied()
            .collect();
        let beside = around.variables();
        let plainly = bound_beside(&others, &beside);
        let mut bound = bound_beside(branch, &beside);
        bound.retain(|variable| !plainly.contains(variable));
        bound
    }

    /// The relation in which the literals of a side are read; `None` where nothing can conclude one.
    pub fn read(&mut self, side: Side, read: Read) -> Option<CoreId> {
        match read {
            Read::As(view) => self.view(side, view),
            Read::Widest => self.widest(side),
        }
    }

    /// How a literal can be met. `not S` of a `one` relation is met by a rival value too, once other literals bind its terms.
    fn ways(&mut self, literal: &Literal, read: Read) -> Vec<Way> {
        let side = Side::from(literal);
        let mut ways: Vec<Way> = self.read(side, read).map(Way::Itself).into_iter().collect();
        if literal.negative
            && let Some(place) = self.program.relations[literal.relation.0 as usize].one
            && let Some(relation) = self.read(side.opposite(), read)
        {
            ways.push(Way::Rival { relation, place });
        }
        ways
    }
}

/// A way to meet a literal.
#[derive(Clone, Copy)]
enum Way {
    Itself(CoreId),
    /// Another value at this place.
    Rival {
        relation: CoreId,
        place: usize,
    },
}

impl Way {
    /// A way to meet what came before, and this literal too.
    fn after(
        self,
        at: usize,
        literal: &Literal,
        counted: &BTreeSet<Variable>,
        mut met: Met,
    ) -> Met {
        match self {
            Self::Itself(relation) => {
                let atom = met.slots.atom(relation, literal);
                met.body.push(CoreLiteral::Holds(atom));
            }
            Self::Rival { relation, place } => {
                let mut atom = met.slots.atom(relation, literal);
                let rival = Argument::Slot(met.slots.fresh());
                let value = std::mem::replace(&mut atom.arguments[place], rival);
                met.body.push(unlike(value, rival));
                for (argument, written) in atom.arguments.iter_mut().zip(&literal.arguments) {
                    if let Written::Variable(variable) = written
                        && counted.contains(variable)
                        && *argument != rival
                    {
                        let same = Argument::Slot(met.slots.fresh());
                        met.body.push(not_unlike(*argument, same));
                        *argument = same;
                    }
                }
                met.body.push(CoreLiteral::Holds(atom));
                met.rivals.push(at);
            }
        }
        met
    }
}

/// Not `left != right`, which binds neither.
fn not_unlike(left: Argument, right: Argument) -> CoreLiteral {
    CoreLiteral::CompareFails {
        left: CoreExpression::Argument(left),
        comparison: Comparison::NotEqual,
        right: CoreExpression::Argument(right),
    }
}

/// `left != right`
pub fn unlike(left: Argument, right: Argument) -> CoreLiteral {
    CoreLiteral::Compare {
        left: CoreExpression::Argument(left),
        comparison: Comparison::NotEqual,
        right: CoreExpression::Argument(right),
    }
}
