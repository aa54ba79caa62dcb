//! A random program, printed in short where a test fails.

use crate::core::*;
use crate::label::{Diagram, Label, Space};
use crate::program::RelationId;
use crate::value::Term;

pub fn bare(arities: &[usize]) -> Core {
    let side = Side {
        relation: RelationId(0),
        negative: false,
    };
    let part = Part::Literal {
        side,
        view: View::Certain,
    };
    let relation = |&arity: &usize| CoreRelation {
        arity,
        part: part.clone(),
        best: None,
        wide: false,
    };
    Core::bare(
        arities.iter().map(relation).collect(),
        Diagram::new(Space::default()),
    )
}

/// A program that a failing test prints in short.
#[derive(Clone)]
pub struct Case(pub Core);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let term = |term: &Term| {
            term.as_small()
                .map_or(format!("{term:?}"), |whole| whole.to_string())
        };
        let argument = |argument: &Argument| match argument {
            Argument::Slot(slot) => format!("?{}", slot.0),
            Argument::Constant(constant) => term(constant),
        };
        let list = |arguments: &[Argument]| {
            arguments
                .iter()
                .map(argument)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let atom = |atom: &Atom| format!("r{}({})", atom.relation.0, list(&atom.arguments));
        writeln!(f)?;
        for facts in &self.0.facts {
            for row in 0..facts.rows {
                let terms: Vec<String> = facts.terms[row * facts.arity..(row + 1) * facts.arity]
                    .iter()
                    .map(term)
                    .collect();
                let label = facts
                    .labels
                    .as_ref()
                    .map_or(Label::ALWAYS, |labels| labels[row]);
                writeln!(
                    f,
                    "r{}({}) [{}].",
                    facts.relation.0,
                    terms.join(", "),
                    label.0
                )?;
            }
        }
        for (number, relation) in self.0.relations.iter().enumerate() {
            if relation.wide {
                writeln!(f, "r{number} is wide.")?;
            }
        }
        for rule in &self.0.rules {
            let body = rule.body.iter().map(|literal| match literal {
                CoreLiteral::Holds(holds) => atom(holds),
                CoreLiteral::Fails(fails) => format!("not {}", atom(fails)),
                CoreLiteral::Compare {
                    left,
                    comparison,
                    right,
                } => format!("{left:?} {comparison:?} {right:?}"),
                CoreLiteral::CompareFails {
                    left,
                    comparison,
                    right,
                } => format!("not {left:?} {comparison:?} {right:?}"),
                CoreLiteral::Aggregate(it) => format!(
                    "{} is the {:?} of {:?} where r{}({:?}) by {:?}, called with {:?}",
                    argument(&it.result),
                    it.kind,
                    it.over,
                    it.matches.0,
                    it.arguments,
                    it.groups,
                    it.call
                ),
            });
            writeln!(
                f,
                "{} :- {} [{}].",
                atom(&rule.head),
                body.collect::<Vec<_>>().join(", "),
                rule.label.0
            )?;
        }
        Ok(())
    }
}
