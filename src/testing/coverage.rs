//! What no test depends on, over all files that were tested.

use super::Case;
use crate::program::Test;
use crate::reading::{Dependence, Piece, Reader, exceptions_in};
use crate::say::{self, Voice, Wording};
use crate::text::SourceId;
use indexmap::IndexMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PieceKind {
    Rule,
    Exception,
    Fact,
}

/// A rule, an exception or a fact as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Covered {
    pub file: String,
    pub line: usize,
    pub kind: PieceKind,
    /// `rule fear: …`, `unless ?x is covered`, `Georgia is armed`
    pub text: String,
}

/// Each piece with whether some test depends on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    pieces: IndexMap<Covered, Dependence>,
}

impl Coverage {
    /// Takes in another file's: a piece of a file that several use counts where one of their tests depends on it.
    pub fn add(&mut self, other: Self) {
        for (piece, dependence) in other.pieces {
            let known = self.pieces.entry(piece).or_insert(dependence);
            *known = match (*known, dependence) {
                (Dependence::Depends, _) | (_, Dependence::Depends) => Dependence::Depends,
                (Dependence::Untried, _) | (_, Dependence::Untried) => Dependence::Untried,
                (Dependence::Free, Dependence::Free) => Dependence::Free,
            };
        }
    }

    /// How many pieces of a kind some test depends on, and how many there are.
    pub fn numbers(&self, kind: PieceKind) -> (usize, usize) {
        let own = self.pieces.iter().filter(|(piece, _)| piece.kind == kind);
        own.fold((0, 0), |(covered, all), (_, dependence)| {
            let is_covered = *dependence == Dependence::Depends;
            (covered + usize::from(is_covered), all + 1)
        })
    }

    /// The pieces that no test depends on, by file and line.
    pub fn uncovered(&self) -> Vec<&Covered> {
        let free = self
            .pieces
            .iter()
            .filter(|(_, dependence)| **dependence == Dependence::Free);
        let mut free: Vec<&Covered> = free.map(|(piece, _)| piece).collect();
        free.sort_by_key(|piece| (&piece.file, piece.line));
        free
    }

    /// How many pieces were not tried.
    pub fn untried(&self) -> usize {
        let untried = |dependence: &&Dependence| **dependence == Dependence::Untried;
        self.pieces.values().filter(untried).count()
    }
}

impl Case<'_> {
    /// What the file's own tests, as far as `wanted` takes them, depend on: of the statements in these sources.
    pub fn coverage(
        &self,
        reader: &mut Reader<'_>,
        wanted: impl Fn(&str) -> bool,
        sources: &[SourceId],
    ) -> Coverage {
        let tests = self.program.tests.iter();
        let own: Vec<&Test> = tests
            .filter(|test| test.at.source == self.file && wanted(&test.title))
            .collect();
        let found = reader.coverage(&own, |at| sources.contains(&at.source));
        let mut coverage = Coverage::default();
        for (piece, dependence) in found {
            let piece = self.say(reader, piece);
            let known = Coverage {
                pieces: [(piece, dependence)].into_iter().collect(),
            };
            coverage.add(known);
        }
        coverage
    }

    fn say(&self, reader: &Reader<'_>, piece: Piece) -> Covered {
        let program = self.program;
        let voice = Voice::new(program, reader.terms());
        let (at, kind, text) = match piece {
            Piece::Fact(fact) => {
                let fact = program.facts.get(fact);
                let text = voice.sentence(fact.relation, fact.terms, fact.negative);
                (fact.at, PieceKind::Fact, text)
            }
            Piece::Rule(rule) => {
                let rule = &program.rules[rule.0 as usize];
                let text = match &rule.label {
                    Some(label) => format!("rule {label}"),
                    None => say::rule(&program.relations, reader.terms(), rule),
                };
                (rule.at, PieceKind::Rule, text)
            }
            Piece::Exception(rule, place) => {
                let rule = &program.rules[rule.0 as usize];
                let say = Wording {
                    relations: &program.relations,
                    terms: reader.terms(),
                    variables: &rule.variables,
                };
                let exception = exceptions_in(rule)
                    .get(place)
                    .map_or_else(String::new, |exception| say.body(exception));
                let text = match &rule.label {
                    Some(label) => format!("unless {exception} (of rule {label})"),
                    None => format!("unless {exception}"),
                };
                (rule.at, PieceKind::Exception, text)
            }
        };
        let source = self.sources.get(at.source);
        Covered {
            file: source.name.clone(),
            line: source.line_of(at.start),
            kind,
            text,
        }
    }
}
