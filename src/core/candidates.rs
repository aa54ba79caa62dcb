//! Candidates: whatever a core relation could come to hold, as far as the loop that it stands in can tell. They are what the first
//! upper bound of the alternating fixpoint has: the relation's rules once more, with what stands in the same loop read from candidates too
//! where it is present, and passed over where it is absent. So nothing about them is open, they cover every row that the loop may leave open, and they end
//! wherever the loop does.
//!
//! ```text
//! ?x owns ?y and ?y sings implies ?x owns Bob.     # `_ owns _` is functional
//! ```
//! Here Bob owning Bob is attacked by all that else he owns, whether or not he comes to own Bob: rivals and exceptions are looked for
//! beside candidates, so that whether one is met never hangs on what is still open about the asker.

use super::compile::Compiler;
use super::origin::{Origin, Part, Side, View};
use super::rule::{Argument, Atom, CoreId, CoreLiteral, CoreRule, Slot};
use crate::label::Label;
use crate::program::graph::Graph;

impl Compiler<'_> {
    /// What is possible of a side, or the candidates for it where a loop may leave that open.
    pub fn widest(&mut self, side: Side) -> Option<CoreId> {
        let possible = self.view(side, View::Possible)?;
        Some(self.candidates(side, possible))
    }

    /// The candidates of a relation about a side, or the relation itself where no loop can leave it open.
    pub fn candidates(&mut self, side: Side, of: CoreId) -> CoreId {
        match self.nature(side).looping {
            true => self.part(self.arity(side), Part::Candidates { of }),
            false => of,
        }
    }

    /// Fills the candidates that were asked for. Every other rule must be there.
    pub fn add_candidates(&mut self) {
        let mut asked: Vec<(CoreId, CoreId)> = Vec::new();
        for (part, &candidates) in &self.parts {
            if let Part::Candidates { of } = *part {
                asked.push((of, candidates));
            }
        }
        if asked.is_empty() {
            return;
        }
        asked.sort_unstable();
        let loops = Loops::new(self, &asked);
        for &(of, candidates) in &asked {
            if !loops.open[of.at()] || loops.unread[loops.part[of.at()]] {
                self.copy(of, candidates);
            }
        }
        let mut next = 0;
        asked.retain(|(of, _)| loops.open[of.at()] && !loops.unread[loops.part[of.at()]]);
        while let Some(&(of, candidates)) = asked.get(next) {
            next += 1;
            self.fill(of, candidates, &loops, &mut asked);
        }
    }

    /// `candidates(x̄) :- of(x̄)`
    fn copy(&mut self, of: CoreId, candidates: CoreId) {
        let slots = self.relations[of.at()].arity as u32;
        let arguments: Vec<Argument> = (0..slots).map(|slot| Argument::Slot(Slot(slot))).collect();
        let atom = |relation| Atom {
            relation,
            arguments: arguments.clone(),
        };
        self.push(CoreRule {
            head: atom(candidates),
            body: vec![CoreLiteral::Holds(atom(of))],
            slots,
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Step,
        });
    }

    /// The rows and rules of a relation, for its candidates. `asked` grows by what else they are read from.
    fn fill(
        &mut self,
        of: CoreId,
        candidates: CoreId,
        loops: &Loops,
        asked: &mut Vec<(CoreId, CoreId)>,
    ) {
        self.relations[candidates.at()].wide = true;
        self.repeat_facts(of, candidates);
        let inside = |relation: CoreId| loops.part[relation.at()] == loops.part[of.at()];
        for &number in &loops.rules[of.at()] {
            let (mut rule, names) = self.rule(number);
            rule.head.relation = candidates;
            rule.body.retain(
                |literal| !matches!(literal, CoreLiteral::Fails(atom) if inside(atom.relation)),
            );
            for literal in &mut rule.body {
                if let CoreLiteral::Holds(atom) = literal
                    && inside(atom.relation)
                    && !matches!(
                        self.relations[atom.relation.at()].part,
                        Part::Candidates { .. }
                    )
                {
                    let part = Part::Candidates { of: atom.relation };
                    let known = self.knows(&part);
                    let read = self.part(atom.arguments.len(), part);
                    if !known {
                        asked.push((atom.relation, read));
                    }
                    atom.relation = read;
                }
            }
            self.push_with(rule, names);
        }
    }
}

/// The loops of the core. Candidates count as reading what they are of, so that a loop through them is seen as one.
struct Loops {
    /// By relation: its rules.
    rules: Vec<Vec<usize>>,
    /// By relation: the number of its strongly connected part.
    part: Vec<usize>,
    /// By relation: whether an absence within its part, or something that it rests on, may leave rows of it open.
    open: Vec<bool>,
    /// By part: whether it keeps best values or counts what is its own, of which there are no candidates.
    unread: Vec<bool>,
}

impl Loops {
    fn new(compiler: &Compiler<'_>, asked: &[(CoreId, CoreId)]) -> Self {
        let count = compiler.relations.len();
        let mut rules = vec![Vec::new(); count];
        let mut reads: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (number, rule) in compiler.rules().iter().enumerate() {
            let head = rule.head.relation.at();
            rules[head].push(number);
            reads[head].extend(
                rule.body
                    .iter()
                    .filter_map(CoreLiteral::reads)
                    .map(CoreId::at),
            );
        }
        for (of, candidates) in asked {
            reads[candidates.at()].push(of.at());
        }
        let graph = Graph { to: reads };
        let part = graph.parts();
        let mut unread = vec![false; count];
        let mut open = Vec::new();
        for rule in compiler.rules() {
            let own = part[rule.head.relation.at()];
            for literal in &rule.body {
                if literal.reads().is_none_or(|read| part[read.at()] != own) {
                    continue;
                }
                match literal {
                    CoreLiteral::Fails(_) => open.push(rule.head.relation.at()),
                    CoreLiteral::Aggregate(_) => unread[own] = true,
                    _ => {}
                }
            }
        }
        for (relation, declared) in compiler.relations.iter().enumerate() {
            unread[part[relation]] |= declared.best.is_some();
        }
        let open = Self::spread(&graph.to, open, asked);
        Self {
            rules,
            part,
            open,
            unread,
        }
    }

    /// Those relations, and all that rest on them.
    fn spread(reads: &[Vec<usize>], mut new: Vec<usize>, asked: &[(CoreId, CoreId)]) -> Vec<bool> {
        let mut readers = vec![Vec::new(); reads.len()];
        for (reader, reads) in reads.iter().enumerate() {
            for &read in reads {
                readers[read].push(reader);
            }
        }
        for (_, candidates) in asked {
            readers[candidates.at()].clear();
        }
        let mut open = vec![false; reads.len()];
        while let Some(relation) = new.pop() {
            if !std::mem::replace(&mut open[relation], true) {
                new.extend(&readers[relation]);
            }
        }
        open
    }
}
