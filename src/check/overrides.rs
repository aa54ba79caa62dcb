//! `a overrides b`: who the authors are, and that what prevails goes in no circle.

use super::labels::Labels;
use super::vocabulary::Relations;
use crate::complaint::{Complaint, labels as complaints};
use crate::program::{Argument, Author, Facts, Literal, Rule, Standing, Verb};
use crate::syntax::tree;
use crate::text::{Span, nearest};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// One written `winner overrides loser`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'t> {
    pub winner: &'t tree::Author,
    pub loser: &'t tree::Author,
}

/// The pairs, each once, in order.
pub(super) fn overrides(
    written: &[Written<'_>],
    labels: &Labels,
    rules: &[Rule],
    relations: &Relations,
    facts: &Facts,
    complaints: &mut Vec<Complaint>,
) -> Vec<(Author, Author)> {
    if written.is_empty() {
        return Vec::new();
    }
    let by_label: FxHashMap<&SmolStr, &Rule> = rules
        .iter()
        .filter_map(|rule| Some((rule.label.as_ref()?, rule)))
        .collect();
    let authors = Authors {
        labels,
        rules,
        reporters: reporters(facts),
    };
    let mut pairs: Vec<(Author, Author)> = Vec::new();
    let mut known: FxHashSet<(Author, Author)> = FxHashSet::default();
    let mut at: FxHashMap<(Author, Author), Span> = FxHashMap::default();
    for one in written {
        let (winner, loser) = (
            authors.find(one.winner, one.loser, complaints),
            authors.find(one.loser, one.winner, complaints),
        );
        let (Some(winner), Some(loser)) = (winner, loser) else {
            continue;
        };
        let pair = (winner, loser);
        if known.insert(pair.clone()) {
            if let (Author::Rule(winner), Author::Rule(loser)) = &pair
                && let (Some(winner), Some(loser)) = (by_label.get(winner), by_label.get(loser))
                && winner.at != loser.at
                && !conflict(winner, loser, relations)
            {
                complaints.push(complaints::never_in_conflict(
                    one.loser.span,
                    winner.at,
                    loser.at,
                ));
            }
            at.insert(pair.clone(), one.loser.span);
            pairs.push(pair);
        }
    }
    circles(&pairs, &at, complaints);
    pairs
}

/// Whether the conclusions of two rules can stand against each other.
fn conflict(one: &Rule, other: &Rule, relations: &Relations) -> bool {
    let against =
        |a: &Literal, b: &Literal| {
            let one_place = relations.get(a.relation).one;
            let opposite = claims(one, a) != claims(other, b);
            let rivals = one_place.is_some();
            a.relation == b.relation
                && (opposite || rivals)
                && a.arguments.iter().zip(&b.arguments).enumerate().all(
                    |(place, pair)| match pair {
                        (Argument::Constant(a), Argument::Constant(b)) => {
                            a == b || one_place == Some(place)
                        }
                        _ => true,
                    },
                )
        };
    one.heads
        .iter()
        .any(|a| other.heads.iter().any(|b| against(a, b)))
}

/// Whether a rule speaks against a sentence: `not S`, or a doubt about `S`.
fn claims(rule: &Rule, head: &Literal) -> bool {
    head.negative != (rule.verb == Verb::CastsDoubtOn)
}

fn reporters(facts: &Facts) -> FxHashSet<SmolStr> {
    facts
        .noted()
        .filter_map(|notes| match &notes.standing {
            Standing::Reported(Author::Reporter(name))
            | Standing::Denied(Author::Reporter(name)) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

struct Authors<'a> {
    labels: &'a Labels,
    rules: &'a [Rule],
    reporters: FxHashSet<SmolStr>,
}

impl Authors<'_> {
    /// A name is first sought among the reporters, a word among the rules. It hardly stands for the other one of the pair.
    fn find(
        &self,
        author: &tree::Author,
        other: &tree::Author,
        complaints: &mut Vec<Complaint>,
    ) -> Option<Author> {
        let text = &author.text;
        let rule = self
            .labels
            .rules
            .contains(text)
            .then(|| Author::Rule(text.clone()));
        let reporter = self
            .reporters
            .contains(text)
            .then(|| Author::Reporter(text.clone()));
        let found = if author.is_name {
            reporter.or(rule)
        } else {
            rule.or(reporter)
        };
        if found.is_none() && !self.labels.unread.may_introduce(text) {
            let rules = self.rules.iter().filter_map(|rule| rule.label.as_deref());
            let known = rules.chain(self.reporters.iter().map(SmolStr::as_str));
            let near = nearest(text, known.filter(|known| *known != other.text));
            complaints.push(complaints::unknown_author(
                text,
                author.is_name,
                author.span,
                near,
            ));
        }
        found
    }
}

/// Complains of each circle once, and walks without recursion.
fn circles(
    pairs: &[(Author, Author)],
    at: &FxHashMap<(Author, Author), Span>,
    complaints: &mut Vec<Complaint>,
) {
    let mut numbers: FxHashMap<&Author, usize> = FxHashMap::default();
    let mut names: Vec<&Author> = Vec::new();
    let mut losers: Vec<Vec<usize>> = Vec::new();
    let mut number = |author| {
        *numbers.entry(author).or_insert_with(|| {
            names.push(author);
            losers.push(Vec::new());
            names.len() - 1
        })
    };
    let edges: Vec<(usize, usize)> = pairs
        .iter()
        .map(|(winner, loser)| (number(winner), number(loser)))
        .collect();
    for (winner, loser) in edges {
        losers[winner].push(loser);
    }
    let graph = crate::program::graph::Graph { to: losers };
    for circle in graph.circles() {
        let said: Vec<String> = circle
            .iter()
            .chain(circle.first())
            .map(|&id| name_of(names[id]))
            .collect();
        let steps = circle.iter().zip(circle.iter().cycle().skip(1));
        let spans: Vec<Span> = steps
            .filter_map(|(&winner, &loser)| {
                at.get(&(names[winner].clone(), names[loser].clone()))
                    .copied()
            })
            .collect();
        if let Some((first, others)) = spans.split_first() {
            complaints.push(complaints::overrides_in_circle(&said, *first, others));
        }
    }
}

fn name_of(author: &Author) -> String {
    match author {
        Author::Rule(label) => label.to_string(),
        Author::Reporter(name) => name.to_string(),
    }
}
