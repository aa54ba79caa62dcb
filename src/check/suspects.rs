//! Words that are probably not what was meant: relations that are read and never stated, two of them one letter apart, `not`
//! where nothing concludes an opposite.

use super::meant::{Offers, as_outcome, as_status};
use super::vocabulary::{Relations, Uses};
use crate::complaint::{Complaint, negation, relations as complaints};
use crate::program::{Piece, Program, Relation, RelationId};
use crate::text::{Slip, Span, slip};
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// Relations that a rule or question reads, or a rule doubts, and nothing states or concludes; and those that are only supposed
/// where another one is near.
/// One that is declared is meant as it is written: a rule library declares what others may state.
/// `told` are the parser's complaints, in the order of the text.
pub(super) fn never_stated(
    relations: &Relations,
    program: &Program,
    told: &[Complaint],
    complaints: &mut Vec<Complaint>,
) {
    let terms = &program.terms;
    let mut offers = Offers::new(relations, terms);
    let outcome = |relation| as_outcome(relation, &program.drivers, relations, terms);
    let doubled = Doubled::new(relations, told);
    for (relation, uses) in relations.all.iter().zip(&relations.uses) {
        if relation.declared.is_some() || doubled.has(relation, uses) {
            continue;
        }
        let shape = relation.shape.to_string();
        if let Some(at) = uses.supposed.filter(|_| is_only_supposed(uses))
            && let Some(meant) = outcome(relation).or_else(|| offers.meant(relation))
        {
            complaints.push(complaints::supposed_in_vain(&shape, at, &meant));
        }
        let read = (uses.affirmed || !is_does_not(relation)) && !is_doubtful(relation);
        if uses.stated {
            continue;
        }
        if let Some(at) = uses.read.filter(|_| read) {
            let asked = !uses.read_by_rule;
            let status = if asked { as_status(relation) } else { None };
            let meant = status
                .or_else(|| outcome(relation))
                .or_else(|| offers.meant(relation));
            complaints.push(complaints::never_stated(
                &shape,
                asked,
                !uses.affirmed,
                at,
                meant.as_ref(),
            ));
        } else if let Some(at) = uses.doubted.filter(|_| uses.read.is_none()) {
            complaints.push(complaints::doubts_nothing(
                &shape,
                at,
                offers.meant(relation).as_ref(),
            ));
        }
    }
}

/// Words that stand twice in a row, of which the parser complained: what they make is no relation to complain of once more.
struct Doubled {
    /// Relations as they would be without the second word
    meant: FxHashSet<Vec<Piece>>,
    at: Vec<Span>,
}

impl Doubled {
    fn new(relations: &Relations, told: &[Complaint]) -> Self {
        let twice = told
            .iter()
            .filter(|complaint| complaint.code == "word-twice");
        let mut at: Vec<Span> = twice.map(Complaint::span).collect();
        at.sort_unstable();
        let is_doubled = |relation: &&Relation| {
            let behind = at.partition_point(|twice| {
                (twice.source, twice.start) < (relation.at.source, relation.at.start)
            });
            let first = at
                .get(behind)
                .filter(|twice| twice.source == relation.at.source);
            first.is_some_and(|twice| twice.end <= relation.at.end)
        };
        let meant = relations.all.iter().filter(is_doubled).map(|relation| {
            let mut pieces = relation.shape.0.clone();
            pieces.dedup();
            pieces
        });
        let meant = meant.collect();
        Self { meant, at }
    }

    /// Whether the relation is first read or supposed where a word stands twice, or right behind, or is what a doubled one stands for.
    fn has(&self, relation: &Relation, uses: &Uses) -> bool {
        let beside = |at: Span| {
            let before = self
                .at
                .partition_point(|twice| (twice.source, twice.start) <= (at.source, at.end));
            let last = before.checked_sub(1).map(|last| self.at[last]);
            last.is_some_and(|twice| twice.source == at.source && twice.end + 1 >= at.start)
        };
        let met = uses.read.or(uses.supposed);
        self.meant.contains(&relation.shape.0) || met.is_some_and(beside)
    }
}

fn is_only_supposed(uses: &Uses) -> bool {
    uses.supposed.is_some() && !uses.unsupposed && uses.read.is_none()
}

/// Whether `not` turns it into `does not depend`, of which the parser complained.
fn is_does_not(relation: &Relation) -> bool {
    let auxiliary = |piece: &Piece| matches!(piece, Piece::Word(word) if matches!(word.as_str(), "do" | "does" | "did"));
    relation.shape.0.iter().any(auxiliary)
}

/// Whether it has a word twice in a row, `as of` without a date, `no` before its first term or a property without its comma, of which
/// the parser complained.
pub(super) fn is_doubtful(relation: &Relation) -> bool {
    const PROPERTIES: [&str; 3] = ["symmetric", "transitive", "functional"];
    let pieces = &relation.shape.0;
    let is_property =
        |piece: &Piece| matches!(piece, Piece::Word(word) if PROPERTIES.contains(&word.as_str()));
    if relation.declared.is_some() && pieces.last().is_some_and(is_property) {
        return true;
    }
    if matches!(pieces.as_slice(), [Piece::Word(no), Piece::Hole, ..] if no == "no") {
        return true;
    }
    pieces.windows(2).any(|pair| match pair {
        [Piece::Word(one), Piece::Word(other)] => one == other || one == "as" && other == "of",
        _ => false,
    })
}

/// Pairs of relations that differ in one letter, where one of them is not both stated and read. Each is told of once.
pub(super) fn nearly_the_same(relations: &Relations, complaints: &mut Vec<Complaint>) {
    const COMPARED: usize = 8;
    /// Letters of the longest relation that is looked at; the work grows with their square.
    const LONGEST: usize = 300;
    let texts: Vec<Vec<char>> = relations
        .all
        .iter()
        .map(|relation| relation.shape.to_string().chars().collect())
        .collect();
    let mut by_rest: Vec<(u64, u32)> = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        // One that nothing states, or is supposed in vain, has a complaint of its own.
        let uses = &relations.uses[number];
        if uses.stated && !is_only_supposed(uses) && text.len() <= LONGEST {
            by_rest.extend(rests(text).map(|rest| (rest, number as u32)));
        }
    }
    by_rest.sort_unstable();
    let mut near: Vec<Option<RelationId>> = vec![None; texts.len()];
    for alike in by_rest.chunk_by(|one, other| one.0 == other.0) {
        for (place, &(_, number)) in alike.iter().enumerate().skip(1) {
            let id = RelationId(number);
            let others = alike[..place]
                .iter()
                .take(COMPARED)
                .map(|&(_, other)| RelationId(other));
            let found = others.filter(|&other| {
                other != id
                    && is_suspect(relations, other, id)
                    && one_slip(&texts[other.0 as usize], &texts[number as usize])
            });
            let known = &mut near[number as usize];
            *known = known.iter().copied().chain(found).min();
        }
    }
    for (number, other) in near.into_iter().enumerate() {
        if let Some(other) = other {
            let (one, other) = (&relations.all[number], relations.get(other));
            let (shape, other_shape) = (one.shape.to_string(), other.shape.to_string());
            complaints.push(complaints::nearly_the_same(
                &shape,
                &other_shape,
                one.at,
                other.at,
            ));
        }
    }
}

/// Whether two relations may be one: not where both are declared, or each is both stated and read.
fn is_suspect(relations: &Relations, one: RelationId, other: RelationId) -> bool {
    let declared = |id| relations.get(id).declared.is_some();
    let in_use = |id| relations.uses(id).read.is_some();
    relations.get(one).kinds.len() == relations.get(other).kinds.len()
        && !(declared(one) && declared(other))
        && !(in_use(one) && in_use(other))
}

/// Hashes of the text and of it without each of its letters: two texts one slip apart share one. Digits are not left out, since
/// `tier1` and `tier2` are meant.
fn rests(text: &[char]) -> impl Iterator<Item = u64> {
    let hash = |skip: Option<usize>| {
        let mut hasher = FxHasher::default();
        let kept = text
            .iter()
            .enumerate()
            .filter(move |&(place, _)| Some(place) != skip);
        kept.for_each(|(_, letter)| letter.hash(&mut hasher));
        hasher.finish()
    };
    let letters = (0..text.len()).filter(|&place| text[place].is_alphabetic());
    std::iter::once(hash(None)).chain(letters.map(move |place| hash(Some(place))))
}

/// Whether two names differ in one letter: `?bloc` and `?blok`.
pub(super) fn one_slip_apart(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    one_slip(&letters(one), &letters(other))
}

/// Whether one letter is added, left out, changed (in a word of more than three letters) or swapped with its neighbour.
fn one_slip(one: &[char], other: &[char]) -> bool {
    let letters = |slip: &[&char]| slip.iter().all(|letter| letter.is_alphabetic());
    match slip(one, other) {
        Some(Slip::Extra(letter)) => letters(&[letter]),
        Some(Slip::Changed(x, y, at)) => letters(&[x, y]) && word_length(one, at) > 3,
        Some(Slip::Swapped(x, y)) => letters(&[x, y]),
        None => false,
    }
}

/// The length of the word that stands at a place.
fn word_length(text: &[char], at: usize) -> usize {
    let before = text[..at]
        .iter()
        .rev()
        .take_while(|letter| **letter != ' ')
        .count();
    before
        + text[at..]
            .iter()
            .take_while(|letter| **letter != ' ')
            .count()
}

/// `not S` in a rule where nothing states or concludes an opposite: it never holds, and `unless S` is probably meant.
pub(super) fn never_opposed(relations: &Relations, complaints: &mut Vec<Complaint>) {
    for (relation, uses) in relations.all.iter().zip(&relations.uses) {
        let Some(at) = uses.opposite_read else {
            continue;
        };
        if uses.stated && !uses.opposite && relation.one.is_none() {
            complaints.push(negation::never_opposed(&relation.shape.to_string(), at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::one_slip;

    #[test]
    fn slips_are_single_letters() {
        let slip = |one: &str, other: &str| {
            one_slip(
                &one.chars().collect::<Vec<_>>(),
                &other.chars().collect::<Vec<_>>(),
            )
        };
        assert!(slip("_ supplies _", "_ suplies _"));
        assert!(slip("_ covers _", "_ cover _"));
        assert!(slip("_ is a _", "_ is an _"));
        assert!(slip("_ leads _", "_ laeds _"));
        assert!(slip("_ supplies _", "_ supplyes _"));
        assert!(!slip("_ is in _", "_ is on _"));
        assert!(!slip("tier1", "tier2"));
        assert!(!slip("_ covers _", "_ hovers at _"));
    }
}
