//! Which written relations can be disputed, settled before anything is compiled. A file of facts and strict rules has hard
//! relations only and never pays for defeat.

use super::Ambiguity;
use crate::program::graph::Graph;
use crate::program::{Body, Program, RelationId, Standing, Verb};
use std::collections::HashSet;

/// How much machinery a relation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Nature {
    /// Reached by something that can be defeated, so that certain and presumed may differ. Otherwise *hard*: all views of a
    /// side are one relation.
    pub soft: bool,
    /// Soft, and something argues against a reason for one of its sides.
    pub contested: bool,
    /// Presumed and possible may differ: contested, or resting on something that is.
    pub disputed: bool,
    /// A loop through `unless` or through a dispute may leave it open, or something that it rests on.
    pub looping: bool,
}

/// The nature of each relation, by number.
pub fn natures(program: &Program, ambiguity: Ambiguity) -> Vec<Nature> {
    let count = program.relations.len();
    let mut natures = vec![Nature::default(); count];
    let mut sides = vec![[false; 2]; count];
    let mut soft = Vec::new();

    for fact in program.facts.iter() {
        let (negative, seeds) = match fact.standing() {
            Standing::Stated => (fact.negative, false),
            Standing::Reported(_) | Standing::Presumed => (fact.negative, true),
            Standing::Denied(_) => (!fact.negative, true),
        };
        sides[fact.relation.0 as usize][usize::from(negative)] = true;
        if seeds {
            soft.push(fact.relation);
        }
    }
    for state in program
        .drivers
        .iter()
        .flat_map(|driver| &driver.outcomes)
        .flat_map(|outcome| &outcome.states)
    {
        sides[state.relation.0 as usize][usize::from(state.negative)] = true;
    }
    for rule in &program.rules {
        for head in &rule.heads {
            // A doubt about X speaks for the opposite of X.
            let negative = head.negative != (rule.verb == Verb::CastsDoubtOn);
            sides[head.relation.0 as usize][usize::from(negative)] = true;
            if rule.verb != Verb::Implies {
                soft.push(head.relation);
            }
        }
    }

    let readers = Readers::new(program);
    readers.spread(soft, |relation| {
        !std::mem::replace(&mut natures[relation].soft, true)
    });
    let mut disputed = Vec::new();
    for (relation, nature) in natures.iter_mut().enumerate() {
        let one = program.relations[relation].one.is_some();
        nature.contested = nature.soft && (sides[relation] == [true, true] || one);
        if nature.contested && ambiguity == Ambiguity::Propagating {
            disputed.push(RelationId(relation as u32));
        }
    }
    readers.spread(disputed, |relation| {
        !std::mem::replace(&mut natures[relation].disputed, true)
    });
    let open = readers.looping(program, &natures);
    readers.spread(open, |relation| {
        !std::mem::replace(&mut natures[relation].looping, true)
    });
    natures
}

/// By relation: the number of the circle of relations that it stands in, whose rules read each other.
pub fn circles(program: &Program) -> Vec<usize> {
    Readers::new(program).circles()
}

/// By relation, the relations that rules conclude from it.
struct Readers(Vec<Vec<RelationId>>);

impl Readers {
    fn new(program: &Program) -> Self {
        let mut readers = vec![Vec::new(); program.relations.len()];
        for rule in &program.rules {
            let Some(body) = &rule.body else { continue };
            each_relation(body, &mut |read| {
                for head in &rule.heads {
                    let known: &mut Vec<RelationId> = &mut readers[read.0 as usize];
                    if known.last() != Some(&head.relation) {
                        known.push(head.relation);
                    }
                }
            });
        }
        Self(readers)
    }

    /// The relations that stand in a loop with an exception or a dispute on it.
    fn looping(&self, program: &Program, natures: &[Nature]) -> Vec<RelationId> {
        let excepted = excepted(program);
        let component = self.circles();
        let on_loop = |reader: usize, read: usize| component[reader] == component[read];
        let mut risky = vec![false; natures.len()];
        for (read, readers) in self.0.iter().enumerate() {
            for reader in readers.iter().map(|reader| reader.0 as usize) {
                let contested = natures[reader].contested || natures[read].contested;
                if on_loop(reader, read) && (contested || excepted.contains(&(reader, read))) {
                    risky[component[read]] = true;
                }
            }
        }
        (0..natures.len())
            .filter(|&relation| risky[component[relation]])
            .map(|relation| RelationId(relation as u32))
            .collect()
    }

    /// By relation, the number of its circle.
    fn circles(&self) -> Vec<usize> {
        let to = self
            .0
            .iter()
            .map(|readers| readers.iter().map(|it| it.0 as usize).collect());
        Graph { to: to.collect() }.parts()
    }

    /// Calls `mark` for each relation that rests on the seeds, as long as it answers that the mark is new.
    fn spread(&self, mut open: Vec<RelationId>, mut mark: impl FnMut(usize) -> bool) {
        while let Some(relation) = open.pop() {
            if mark(relation.0 as usize) {
                open.extend(&self.0[relation.0 as usize]);
            }
        }
    }
}

/// Who reads whom in an exception, or in an aggregate's condition.
fn excepted(program: &Program) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    for rule in &program.rules {
        let Some(body) = &rule.body else { continue };
        each_exception(body, &mut |exception| {
            each_relation(exception, &mut |read| {
                for head in &rule.heads {
                    pairs.insert((head.relation.0 as usize, read.0 as usize));
                }
            });
        });
    }
    pairs
}

fn each_exception(body: &Body, visit: &mut impl FnMut(&Body)) {
    match body {
        Body::Literal(_) | Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => aggregate.condition.iter().for_each(visit),
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_exception(part, visit))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|part| each_exception(part, visit));
            exceptions.iter().for_each(visit);
        }
    }
}

/// By relation, whether one of these conditions, or what is impossible, can rest on it.
pub fn bearing_on<'b>(program: &'b Program, bodies: impl Iterator<Item = &'b Body>) -> Vec<bool> {
    let mut open: Vec<RelationId> = Vec::new();
    let impossible = program.impossible.iter().map(|(body, ..)| body);
    for body in bodies.chain(impossible) {
        each_relation(body, &mut |relation| open.push(relation));
    }
    let mut rules: Vec<Vec<usize>> = vec![Vec::new(); program.relations.len()];
    for (number, rule) in program.rules.iter().enumerate() {
        rule.heads
            .iter()
            .for_each(|head| rules[head.relation.0 as usize].push(number));
    }
    let mut bears = vec![false; program.relations.len()];
    while let Some(relation) = open.pop() {
        if std::mem::replace(&mut bears[relation.0 as usize], true) {
            continue;
        }
        let bodies = rules[relation.0 as usize]
            .iter()
            .filter_map(|&rule| program.rules[rule].body.as_ref());
        bodies.for_each(|body| each_relation(body, &mut |read| open.push(read)));
    }
    bears
}

/// Calls back for the relation of each literal, exceptions and conditions included.
pub fn each_relation(body: &Body, visit: &mut impl FnMut(RelationId)) {
    match body {
        Body::Literal(literal) => visit(literal.relation),
        Body::Comparison { .. } => {}
        Body::Aggregate(aggregate) => aggregate
            .condition
            .iter()
            .for_each(|part| each_relation(part, visit)),
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().for_each(|part| each_relation(part, visit))
        }
        Body::Unless { body, exceptions } => {
            body.iter().for_each(|part| each_relation(part, visit));
            exceptions
                .iter()
                .for_each(|part| each_relation(part, visit));
        }
    }
}
