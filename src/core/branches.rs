//! A condition as alternatives: each branch is a conjunction of items, with its exceptions.

use crate::program::{Aggregate, Body, Expression, Literal};
use crate::value::Comparison;

/// One item of a conjunction.
#[derive(Clone, Copy, Debug)]
pub enum Item<'p> {
    Literal(&'p Literal),
    Comparison {
        left: &'p Expression,
        comparison: Comparison,
        right: &'p Expression,
    },
    Aggregate(&'p Aggregate),
    /// `unless` this
    Except(&'p Body),
}

impl Item<'_> {
    /// Where it was written in the program, which tells it from others.
    pub fn address(&self) -> usize {
        match *self {
            Self::Literal(literal) => std::ptr::from_ref(literal) as usize,
            Self::Comparison { left, .. } => std::ptr::from_ref(left) as usize,
            Self::Aggregate(aggregate) => std::ptr::from_ref(aggregate) as usize,
            Self::Except(body) => std::ptr::from_ref(body) as usize,
        }
    }
}

pub type Branch<'p> = Vec<Item<'p>>;

/// A condition with more alternatives than this is refused.
pub const MOST_BRANCHES: usize = 4096;

/// The alternatives of a condition in order, `None` past [`MOST_BRANCHES`]. No condition at all has one empty branch.
pub fn branches(body: Option<&Body>) -> Option<Vec<Branch<'_>>> {
    body.map_or_else(|| Some(vec![Vec::new()]), alternatives)
}

/// The same for the literals of an aggregate's condition, which stand in a conjunction.
pub fn conjunction(parts: &[Body]) -> Option<Vec<Branch<'_>>> {
    let mut all = vec![Vec::new()];
    for part in parts {
        all = product(all, &alternatives(part)?)?;
    }
    Some(all)
}

fn alternatives(body: &Body) -> Option<Vec<Branch<'_>>> {
    Some(match body {
        Body::Literal(literal) => vec![vec![Item::Literal(literal)]],
        Body::Comparison {
            left,
            comparison,
            right,
            ..
        } => {
            vec![vec![Item::Comparison {
                left,
                comparison: *comparison,
                right,
            }]]
        }
        Body::Aggregate(aggregate) => vec![vec![Item::Aggregate(aggregate)]],
        Body::And(parts) => conjunction(parts)?,
        Body::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(alternatives(part)?);
            }
            all
        }
        Body::Unless { body, exceptions } => {
            let mut all = branches(body.as_deref())?;
            for branch in &mut all {
                exceptions
                    .iter()
                    .for_each(|exception| add_exception(branch, exception));
            }
            all
        }
    })
    .filter(|all| all.len() <= MOST_BRANCHES)
}

/// `unless A or B` is two exceptions.
fn add_exception<'p>(branch: &mut Branch<'p>, exception: &'p Body) {
    match exception {
        Body::Or(parts) => parts.iter().for_each(|part| add_exception(branch, part)),
        other => branch.push(Item::Except(other)),
    }
}

fn product<'p>(left: Vec<Branch<'p>>, right: &[Branch<'p>]) -> Option<Vec<Branch<'p>>> {
    if let [only] = right {
        return Some(
            left.into_iter()
                .map(|mut branch| {
                    branch.extend(only);
                    branch
                })
                .collect(),
        );
    }
    if left.len().saturating_mul(right.len()) > MOST_BRANCHES {
        return None;
    }
    Some(
        left.iter()
            .flat_map(|first| {
                right
                    .iter()
                    .map(move |second| [first.as_slice(), second].concat())
            })
            .collect(),
    )
}
