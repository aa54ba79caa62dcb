//! What may be meant by the words of a relation that nothing states: a known relation in another order, with a name that lacks its quotes
//! or its capital, one letter off, or a comparison in words. Comes in: the relation; goes out: an offer for its complaint.

use super::misspelt::{is_odd, known_with_capital, with_capital};
use super::vocabulary::Relations;
use crate::complaint::{relations::Meant, syntax::inflected};
use crate::program::{Driver, Piece, Relation, RelationId, Shape};
use crate::say;
use crate::text::nearest;
use crate::value::{Terms, Unit};

/// Longer relations are not taken apart.
const LONGEST: usize = 30;

/// Looking for what is meant walks over all relations each time, so past this many looks there are no more offers.
const LOOKS: usize = 200_000;

/// Finds what may be meant, for as long as there are looks left.
pub(super) struct Offers<'a> {
    relations: &'a Relations,
    terms: &'a Terms,
    /// What is declared, stated or concluded.
    known: Option<Vec<(RelationId, String)>>,
    looks: usize,
}

impl<'a> Offers<'a> {
    pub fn new(relations: &'a Relations, terms: &'a Terms) -> Self {
        Self {
            relations,
            terms,
            known: None,
            looks: 0,
        }
    }

    pub fn meant(&mut self, relation: &Relation) -> Option<Meant> {
        if self.looks >= LOOKS {
            return None;
        }
        let known = self.known.get_or_insert_with(|| {
            let all = (0..).map(RelationId).zip(&self.relations.all);
            let known = all.filter(|&(id, relation)| {
                self.relations.uses(id).unsupposed || relation.declared.is_some()
            });
            known
                .map(|(id, relation)| (id, relation.shape.to_string()))
                .collect()
        });
        self.looks += known.len();
        let slip = as_comparison(relation)
            .or_else(|| with_comparison(relation))
            .or_else(|| in_order(relation, self.relations))
            .or_else(|| without_opening(relation, self.relations))
            .or_else(|| as_joined(relation, self.relations))
            .or_else(|| as_two(relation, self.relations))
            .or_else(|| as_of(relation, self.relations))
            .or_else(|| without_unit(relation, self.relations))
            .or_else(|| without_quotes(relation, self.relations, self.terms));
        slip.or_else(|| {
            let moved_or_lost = |(id, _): &&(RelationId, String)| {
                let other = self.relations.get(*id);
                one_piece_apart(relation, other, is_odd(self.relations.uses(*id)))
            };
            let cut_short =
                |(id, _): &&(RelationId, String)| is_cut_short(relation, self.relations.get(*id));
            let near = known.iter().find(moved_or_lost);
            let near = near.or_else(|| known.iter().find(cut_short)).or_else(|| {
                let shape = relation.shape.to_string();
                let words = nearest(&shape, known.iter().map(|(_, words)| words.as_str()))?;
                known.iter().find(|(_, known)| known == words)
            });
            near.map(|(id, words)| Meant::Relation {
                words: words.clone(),
                only_at: is_odd(self.relations.uses(*id)).then(|| self.relations.get(*id).at),
            })
        })
    }
}

/// Whether a relation is the beginning of another one: `_ is paid _` of `_ is paid _ in all`. Two words tell something, one is anybody's.
fn is_cut_short(short: &Relation, long: &Relation) -> bool {
    let (short, long) = (&short.shape.0, &long.shape.0);
    let words = short.iter().filter(|piece| matches!(piece, Piece::Word(_)));
    words.count() > 1 && long.starts_with(short)
}

/// Whether two relations differ in two neighbours that have changed places, or in one piece that only one of them has. Where they share no
/// word, that tells something only of one that nothing else reads.
fn one_piece_apart(one: &Relation, other: &Relation, is_odd: bool) -> bool {
    let (one, other) = (&one.shape.0, &other.shape.0);
    let (short, long) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    let alike = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let has_word = || short.iter().any(|piece| matches!(piece, Piece::Word(_)));
    match long.len() - short.len() {
        0 => {
            let (x, y) = (&short[alike..], &long[alike..]);
            x.len() > 1 && x[0] == y[1] && x[1] == y[0] && x[2..] == y[2..]
        }
        1 => short[alike..] == long[alike + 1..] && (is_odd || has_word()),
        _ => false,
    }
}

/// `contested _ is ill`, `_ is ill contested`: what an expectation has in brackets.
pub(super) fn as_status(relation: &Relation) -> Option<Meant> {
    /// The longer ones come first.
    const STATUSES: [&str; 15] = [
        "almost no chance",
        "roughly even chance",
        "almost certain",
        "very likely",
        "very unlikely",
        "likely",
        "unlikely",
        "certain",
        "presumably",
        "presumed",
        "refuted",
        "contested",
        "undecided",
        "unknown",
        "depends",
    ];
    let shape = relation.shape.to_string();
    STATUSES.into_iter().find_map(|status| {
        let before = shape
            .strip_prefix(status)
            .and_then(|rest| rest.strip_prefix(' '));
        let behind = || shape.strip_suffix(status)?.strip_suffix(' ');
        // `_ depends` and `_ is certain` are sentences; `_ is ill certain` is none.
        let is_sentence = |rest: &&str| rest.split(' ').count() > 2;
        let relation = before.or_else(behind).filter(is_sentence)?;
        Some(Meant::Status {
            relation: relation.to_owned(),
            status: match status {
                "presumably" => "presumed",
                status => status,
            },
        })
    })
}

/// `border is closed`, as answers name an outcome of a driver.
pub(super) fn as_outcome(
    relation: &Relation,
    drivers: &[Driver],
    relations: &Relations,
    terms: &Terms,
) -> Option<Meant> {
    let [Piece::Word(label), Piece::Word(is), Piece::Word(outcome)] = relation.shape.0.as_slice()
    else {
        return None;
    };
    let driver = drivers.iter().find(|driver| driver.label == *label)?;
    let mut outcomes = driver.outcomes.iter();
    let meant = outcomes.find(|known| is == "is" && known.label == *outcome)?;
    Some(Meant::Outcome {
        driver: label.to_string(),
        outcome: outcome.to_string(),
        states: meant.states.first().map(|ground| {
            say::sentence(
                &relations.all,
                terms,
                ground.relation,
                ground.negative,
                &ground.terms,
            )
        }),
    })
}

/// `_ smokes _ smokes`, where each half is a relation of its own.
fn as_two(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let pieces = &relation.shape.0;
    let stated = |half: &[Piece]| {
        let is_sentence = half.len() > 1 && half.iter().any(|piece| *piece != Piece::Hole);
        let known = relations
            .find(&Shape(half.to_vec()))
            .filter(|_| is_sentence)?;
        relations
            .uses(known)
            .stated
            .then(|| Shape(half.to_vec()).to_string())
    };
    (1..pieces.len().min(LONGEST)).find_map(|at| {
        let (one, other) = pieces.split_at(at);
        Some(Meant::Two(stated(one)?, stated(other)?))
    })
}

/// `_ is trusted as _` for the stated `_ is trusted`
fn as_of(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let [sentence @ .., Piece::Word(word), Piece::Hole] = relation.shape.0.as_slice() else {
        return None;
    };
    let known = relations.find(&Shape(sentence.to_vec()));
    known
        .filter(|&known| word == "as" && relations.uses(known).stated)
        .map(|_| Meant::AsOf)
}

/// `_ is a citizen but _ is ill`, where each half is a relation of its own.
fn as_joined(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let pieces = &relation.shape.0;
    (1..pieces.len()).find_map(|at| {
        let Piece::Word(word) = &pieces[at] else {
            return None;
        };
        let joint = match word.as_str() {
            "but" | "while" | "whereas" | "though" | "although" => "and",
            "except" => "unless",
            _ => return None,
        };
        let known = |half: &[Piece]| relations.find(&Shape(half.to_vec())).is_some();
        (known(&pieces[..at]) || known(&pieces[at + 1..])).then(|| Meant::Joined {
            word: word.to_string(),
            joint,
        })
    })
}

/// `that _ is free`, `when is _ free` for the stated `_ is free`
fn without_opening(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let [Piece::Word(opening), rest @ ..] = relation.shape.0.as_slice() else {
        return None;
    };
    let shape = match (opening.as_str(), rest) {
        ("that", _) => Shape(rest.to_vec()),
        ("when", [asks, Piece::Hole, rest @ ..]) => {
            let mut pieces = vec![Piece::Hole, asks.clone()];
            pieces.extend_from_slice(rest);
            Shape(pieces)
        }
        _ => return None,
    };
    let known = relations.find(&shape)?;
    let words = shape.to_string();
    relations
        .uses(known)
        .stated
        .then(|| match opening.as_str() {
            "when" => Meant::When(words),
            _ => Meant::Relation {
                words,
                only_at: None,
            },
        })
}

/// `_ is more than _`, which a comparison says.
fn as_comparison(relation: &Relation) -> Option<Meant> {
    let shape = relation.shape.to_string();
    let words = shape.strip_prefix("_ ")?.strip_suffix(" _")?;
    let words = words.strip_prefix("is ").unwrap_or(words);
    sign_of(words).map(Meant::Comparison)
}

/// The sign of a comparison in words.
fn sign_of(words: &str) -> Option<&'static str> {
    Some(match words {
        "more than" | "greater than" | "larger than" | "bigger than" | "higher than" | "above"
        | "over" | "exceeds" | "later than" | "after" => ">",
        "less than" | "fewer than" | "smaller than" | "lower than" | "below" | "under"
        | "earlier than" | "before" => "<",
        "at least" => ">=",
        "at most" => "<=",
        "equals" | "equal to" | "the same as" => "=",
        "different from" | "unequal to" | "other than" => "!=",
        _ => return None,
    })
}

/// `_ gets less than _ rain`, which compares within its sentence.
fn with_comparison(relation: &Relation) -> Option<Meant> {
    let pieces = &relation.shape.0;
    let word = |piece: &Piece| match piece {
        Piece::Word(word) => Some(word.to_string()),
        Piece::Hole => None,
    };
    pieces.windows(3).enumerate().find_map(|(at, three)| {
        let [first, second, Piece::Hole] = three else {
            return None;
        };
        let words = format!("{} {}", word(first)?, word(second)?);
        let sign = sign_of(&words)?;
        let said = |piece: &Piece| word(piece).unwrap_or_else(|| "_".to_owned());
        let mut sentence: Vec<String> = pieces[..at].iter().map(said).collect();
        sentence.push("?n".to_owned());
        sentence.extend(pieces[at + 3..].iter().map(said));
        // Alone it compares two terms.
        (sentence.len() > 2 && pieces.len() <= LONGEST).then(|| Meant::Compared {
            sentence: sentence.join(" "),
            words,
            sign,
        })
    })
}

/// `is _ free` for the stated `_ is free`, `does _ cover _` for `_ covers _`.
fn in_order(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let [Piece::Word(asks), Piece::Hole, rest @ ..] = relation.shape.0.as_slice() else {
        return None;
    };
    if !opens_question(asks) {
        return None;
    }
    let mut shape = Shape(vec![Piece::Hole]);
    match (asks.as_str(), rest) {
        ("does", [Piece::Word(verb), rest @ ..]) => {
            shape.0.push(Piece::Word(inflected(verb).into()));
            shape.0.extend_from_slice(rest);
        }
        _ => {
            shape.0.push(Piece::Word(asks.clone()));
            shape.0.extend_from_slice(rest);
        }
    }
    let known = relations.find(&shape)?;
    relations
        .uses(known)
        .stated
        .then(|| Meant::Order(shape.to_string()))
}

/// Whether a question of everyday speech opens with the word.
fn opens_question(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "is", "are", "was", "were", "does", "do", "did", "has", "have", "had", "can", "could",
        "may", "might", "must", "shall", "should", "will", "would",
    ];
    WORDS.contains(&word)
}

/// Whether the relation is a stated one but for a unit, which is part of a quantity: `_ spends _ days in _` for `_ spends _ in _`.
fn without_unit(relation: &Relation, relations: &Relations) -> Option<Meant> {
    let pieces = &relation.shape.0;
    pieces.windows(2).enumerate().find_map(|(at, pair)| {
        let [Piece::Hole, Piece::Word(unit)] = pair else {
            return None;
        };
        Unit::atom(unit)?;
        let mut shape = relation.shape.clone();
        shape.0.remove(at + 1);
        relations
            .find(&shape)
            .filter(|&known| relations.uses(known).stated)?;
        Some(Meant::WithoutUnit {
            relation: shape.to_string(),
            unit: unit.to_string(),
        })
    })
}

/// Whether the relation is a stated one but for a name that lacks its quotes: `_ mines cobalt` for `_ mines _`.
fn without_quotes(relation: &Relation, relations: &Relations, terms: &Terms) -> Option<Meant> {
    let pieces = &relation.shape.0;
    if pieces.len() > LONGEST {
        return None;
    }
    for start in 0..pieces.len() {
        let words = pieces[start..]
            .iter()
            .take_while(|piece| matches!(piece, Piece::Word(_)))
            .count();
        for end in start + 1..=start + words {
            let mut shape = Shape(pieces[..start].to_vec());
            shape.0.push(Piece::Hole);
            shape.0.extend_from_slice(&pieces[end..]);
            let known = relations
                .find(&shape)
                .filter(|&known| relations.uses(known).stated);
            let has_word = shape.0.iter().any(|piece| *piece != Piece::Hole);
            if known.is_some() && has_word {
                let said: Vec<String> = [&pieces[..start], &pieces[start..end], &pieces[end..]]
                    .iter()
                    .map(|part| Shape(part.to_vec()).to_string())
                    .collect();
                let word = said[1].clone();
                if let Some(name) = known_with_capital(&word, terms) {
                    return Some(Meant::Name { word, name });
                }
                if let Some(name) = with_capital(&word, terms).filter(|_| start == 0) {
                    return Some(Meant::Capital { word, name });
                }
                // `_ is _` says nothing of what else is said with `is`.
                let is_bare = |piece: &Piece| match piece {
                    Piece::Word(word) => matches!(word.as_str(), "is" | "are" | "was" | "were"),
                    Piece::Hole => true,
                };
                if shape.0.iter().all(is_bare) {
                    continue;
                }
                let quoted = format!("{} \"{}\" {}", said[0], said[1], said[2]);
                return Some(Meant::Quoted(quoted.trim().to_owned()));
            }
        }
    }
    None
}
