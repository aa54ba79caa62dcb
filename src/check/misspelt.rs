//! Relations that stand in one place only and are hardly meant: another one with a word too many, too few or out of its place, or with a
//! name that lacks its capital. Comes in: the relations with their uses; goes out: warnings.

use super::suspects::is_doubtful;
use super::vocabulary::{Relations, Uses};
use crate::complaint::{Complaint, relations as complaints};
use crate::program::{Piece, Relation, RelationId, Shape};
use crate::text::Span;
use crate::value::{Terms, Value};
use rustc_hash::{FxHashMap, FxHashSet};

/// Past so many relations, or so long ones, nothing is compared.
const MOST: usize = 20_000;
const LONGEST: usize = 20;

/// Looks at every relation that is met once, in a fact, a conclusion or a declaration, and that nothing reads.
pub(super) fn misspelt(relations: &Relations, terms: &Terms, complaints: &mut Vec<Complaint>) {
    if relations.all.len() > MOST {
        return;
    }
    let longer = with_one_piece_less(relations);
    // What lacks it has pointed at it.
    let told: FxHashSet<Span> = complaints
        .iter()
        .filter(|complaint| complaint.code == "never-stated")
        .flat_map(|complaint| complaint.labels.iter().skip(1).map(|label| label.span))
        .collect();
    for (number, relation) in relations.all.iter().enumerate() {
        let uses = &relations.uses[number];
        if !is_odd(uses)
            || told.contains(&relation.at)
            || relation.shape.0.len() > LONGEST
            || is_doubtful(relation)
        {
            continue;
        }
        if let Some((word, name)) = small_name(relation, relations, terms) {
            complaints.push(complaints::small_name(relation.at, &word, &name));
        } else if let Some(other) = one_piece_apart(relation, uses, relations, &longer) {
            complaints.push(complaints::one_word_apart(
                &relation.shape.to_string(),
                &other.shape.to_string(),
                relation.at,
                other.at,
            ));
        }
    }
}

/// Met in one place, and not in a condition, question or supposition.
pub(super) fn is_odd(uses: &Uses) -> bool {
    uses.times == 1 && uses.read.is_none() && uses.doubted.is_none() && uses.supposed.is_none()
}

/// Whether others rely on the relation: one of its places reads or declares it.
fn is_established(relation: &Relation, uses: &Uses) -> bool {
    uses.times > 1 && (uses.read.is_some() || relation.declared.is_some())
}

/// The established and the declared relations by what they are without one of their pieces.
fn with_one_piece_less(relations: &Relations) -> FxHashMap<Vec<Piece>, RelationId> {
    let mut shorter = FxHashMap::default();
    for (number, relation) in relations.all.iter().enumerate() {
        let pieces = &relation.shape.0;
        let is_known =
            is_established(relation, &relations.uses[number]) || relation.declared.is_some();
        if pieces.len() > LONGEST || !is_known {
            continue;
        }
        for at in 0..pieces.len() {
            shorter
                .entry(without(pieces, at))
                .or_insert(RelationId(number as u32));
        }
    }
    shorter
}

fn without(pieces: &[Piece], at: usize) -> Vec<Piece> {
    let mut rest = pieces.to_vec();
    rest.remove(at);
    rest
}

/// The established relation that this one is but for one piece. What a rule concludes is often meant to say a little more or less than what
/// another reads, so there only two pieces in the wrong order count, or a declaration that nothing else fulfils; but to say the opposite of what
/// nobody speaks of is hardly meant.
fn one_piece_apart<'a>(
    relation: &Relation,
    uses: &Uses,
    relations: &'a Relations,
    longer: &FxHashMap<Vec<Piece>, RelationId>,
) -> Option<&'a Relation> {
    /// With fewer pieces left, two relations have little in common.
    const FEWEST: usize = 3;
    let pieces = &relation.shape.0;
    let known = |pieces: Vec<Piece>| {
        let id = relations.find(&Shape(pieces))?;
        let (relation, uses) = (relations.get(id), relations.uses(id));
        let is_unused = relation.declared.is_some() && !uses.stated;
        (is_established(relation, uses) || is_unused).then_some(relation)
    };
    let swapped = (1..pieces.len()).find_map(|at| {
        let mut other = pieces.clone();
        other.swap(at - 1, at);
        (other != *pieces).then(|| known(other))?
    });
    if swapped.is_some() {
        return swapped;
    }
    let unused =
        || declared_and_unused(pieces, relations, longer).filter(|_| pieces.len() >= FEWEST);
    if uses.concluded && !uses.opposite {
        return unused();
    }
    let shorter = (0..pieces.len())
        .filter(|_| pieces.len() > FEWEST)
        .find_map(|at| known(without(pieces, at)));
    let longer_one = || {
        let &id = longer.get(pieces).filter(|_| pieces.len() >= FEWEST)?;
        is_established(relations.get(id), relations.uses(id)).then(|| relations.get(id))
    };
    shorter.or_else(longer_one).or_else(unused)
}

/// The relation that a conclusion is but for one piece, where it is declared and nothing else states or concludes it.
fn declared_and_unused<'a>(
    pieces: &[Piece],
    relations: &'a Relations,
    longer: &FxHashMap<Vec<Piece>, RelationId>,
) -> Option<&'a Relation> {
    let is_unused = |id: RelationId| {
        let relation = relations.get(id);
        relation.declared.is_some() && !relations.uses(id).stated && !is_doubtful(relation)
    };
    let shorter = (0..pieces.len()).find_map(|at| relations.find(&Shape(without(pieces, at))));
    [longer.get(pieces).copied(), shorter]
        .into_iter()
        .flatten()
        .find(|&id| is_unused(id))
        .map(|id| relations.get(id))
}

/// A word that is a known name but for its capital, where the relation with a name in its place is known: `_ flees to armenia`.
fn small_name(
    relation: &Relation,
    relations: &Relations,
    terms: &Terms,
) -> Option<(String, String)> {
    let pieces = &relation.shape.0;
    (0..pieces.len()).find_map(|at| {
        let Piece::Word(word) = &pieces[at] else {
            return None;
        };
        let name = known_with_capital(word, terms)?;
        let mut shape = Shape(pieces.clone());
        shape.0[at] = Piece::Hole;
        let id = relations.find(&shape)?;
        (relations.uses(id).times > 0).then(|| (word.to_string(), name))
    })
}

/// The name that a word would be with a capital, where the program has it.
pub(super) fn known_with_capital(word: &str, terms: &Terms) -> Option<String> {
    const SMALL: [&str; 16] = [
        "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on",
        "to", "with",
    ];
    if SMALL.contains(&word) {
        return None;
    }
    with_capital(word, terms)
}

/// As [`known_with_capital`], for the smallest words too.
pub(super) fn with_capital(word: &str, terms: &Terms) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next().filter(|first| first.is_lowercase())?;
    let name: String = first.to_uppercase().chain(letters).collect();
    terms.find(&Value::Name(name.as_str().into()))?;
    Some(name)
}
