//! A relation and its terms as the sentence that people read: `_ covers _` with CSTO and Armenia is `CSTO covers Armenia`.
//! Quotes stand exactly where the sentence could not be read back without them.

use super::term::{in_quotes, reads_as_opener, reads_bare, share_text, value_text};
use crate::program::{Piece, Relation, RelationId, Shape};
use crate::value::{Term, Terms, Unit, Value};
use smol_str::SmolStr;

/// A sentence, or its opposite: `CSTO covers Armenia`, `not Bob is married`.
///
/// ```text
/// Gazprom supplies Armenia through North-South
/// Congo mines "gas"
/// Russia's lease on "102nd base" is old
/// ```
pub fn sentence(
    relations: &[Relation],
    terms: &Terms,
    relation: RelationId,
    negative: bool,
    arguments: &[Term],
) -> String {
    let mut text = String::with_capacity(48);
    push_sentence(&mut text, relations, terms, relation, negative, arguments);
    text
}

/// [`sentence`], written behind a text that is already there.
pub fn push_sentence(
    text: &mut String,
    relations: &[Relation],
    terms: &Terms,
    relation: RelationId,
    negative: bool,
    arguments: &[Term],
) {
    let shape = &relations[relation.0 as usize].shape;
    let fillers: Vec<Filler> = arguments
        .iter()
        .map(|&argument| Filler::of(terms, argument))
        .collect();
    push_phrase(text, shape, negative, &fillers);
}

/// What stands in a hole.
#[derive(Clone, Debug, PartialEq)]
pub enum Filler {
    Name(SmolStr),
    /// A number or quantity, after which a unit would be read as part of it.
    Measure(String),
    /// A date, a variable, a hole: said as it is.
    Other(SmolStr),
}

impl Filler {
    pub fn of(terms: &Terms, term: Term) -> Self {
        match terms.get(term) {
            value if terms.is_share(term) => Self::Measure(share_text(&value)),
            Value::Name(name) => Self::Name(name),
            Value::Date(date) => Self::Other(date.to_string().into()),
            value @ (Value::Number(_) | Value::Quantity(_)) => {
                Self::Measure(value_text(&value, terms.are_for_people()))
            }
        }
    }
}

/// Words with their holes filled.
pub fn phrase(shape: &Shape, negative: bool, fillers: &[Filler]) -> String {
    let mut text = String::with_capacity(48);
    push_phrase(&mut text, shape, negative, fillers);
    text
}

fn push_phrase(text: &mut String, shape: &Shape, negative: bool, fillers: &[Filler]) {
    let from = text.len();
    if negative {
        text.push_str("not");
    }
    let mut place = 0;
    let mut before: Option<&Filler> = None;
    for (index, piece) in shape.0.iter().enumerate() {
        match piece {
            Piece::Word(word) if word == "'s" && text.len() > from => {
                let after_name = matches!(before, Some(Filler::Name(_)));
                text.push_str(if after_name && text.ends_with('s') {
                    "'"
                } else {
                    "'s"
                });
                before = None;
            }
            Piece::Word(word) => {
                space(text, from);
                text.push_str(word);
                before = None;
            }
            Piece::Hole => {
                space(text, from);
                let filler = fillers.get(place);
                let after = (shape.0.get(index + 1) == Some(&Piece::Hole))
                    .then(|| fillers.get(place + 1))
                    .flatten();
                push_filler(text, filler, before, after, from);
                before = filler;
                place += 1;
            }
        }
    }
}

fn space(text: &mut String, from: usize) {
    if text.len() > from {
        text.push(' ');
    }
}

/// Whether a bare name would be taken for the unit of a number before it: `USD`, `USD/m³`.
fn reads_as_unit(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    first.split('/').all(|part| Unit::atom(part).is_some())
}

fn push_filler(
    text: &mut String,
    filler: Option<&Filler>,
    before: Option<&Filler>,
    after: Option<&Filler>,
    from: usize,
) {
    match filler {
        Some(Filler::Name(name)) => {
            // Two bare names side by side would be one name, and a bare name after a number might be its unit.
            let beside_name =
                matches!(before, Some(Filler::Name(_))) || matches!(after, Some(Filler::Name(_)));
            let as_unit = matches!(before, Some(Filler::Measure(_))) && reads_as_unit(name);
            let opens = text.len() == from && reads_as_opener(name);
            if beside_name || as_unit || opens || !reads_bare(name) {
                text.push_str(&in_quotes(name));
            } else {
                text.push_str(name);
            }
        }
        Some(Filler::Measure(said)) => text.push_str(said),
        Some(Filler::Other(said)) => text.push_str(said),
        None => text.push('_'),
    }
}

#[cfg(test)]
mod tests {
    use super::{Filler, phrase};
    use crate::program::{Piece, Shape};

    /// `_` is a hole, `|` parts the fillers; a filler that begins with a digit is a number, with `?` a variable.
    fn said(shape: &str, negative: bool, fillers: &str) -> String {
        let piece = |word: &str| {
            if word == "_" {
                Piece::Hole
            } else {
                Piece::Word(word.into())
            }
        };
        let filler = |text: &str| match text.chars().next() {
            Some('?') => Filler::Other(text.into()),
            Some('0'..='9') if !text.contains(' ') => Filler::Measure(text.into()),
            _ => Filler::Name(text.into()),
        };
        let fillers: Vec<Filler> = fillers.split('|').map(filler).collect();
        phrase(
            &Shape(shape.split(' ').map(piece).collect()),
            negative,
            &fillers,
        )
    }

    #[test]
    fn quotes_stand_only_where_they_are_needed() {
        assert_eq!(
            said("_ covers _", false, "CSTO|Armenia"),
            "CSTO covers Armenia"
        );
        assert_eq!(said("_ is married", true, "Bob"), "not Bob is married");
        assert_eq!(said("_ mines _", false, "Congo|gas"), "Congo mines \"gas\"");
        assert_eq!(
            said("_ 's lease on _", false, "Russia|102nd base"),
            "Russia's lease on \"102nd base\""
        );
        assert_eq!(said("_ 's base", false, "gas"), "\"gas\"'s base");
        assert_eq!(said("_ 's lease", false, "Laos"), "Laos' lease");
        assert_eq!(said("gave _ _", false, "Bob|Ann"), "gave \"Bob\" \"Ann\"");
        assert_eq!(said("flies _ _", false, "18|MiG-29"), "flies 18 MiG-29");
        assert_eq!(said("holds _ _", false, "18|USD"), "holds 18 \"USD\"");
        assert_eq!(
            said("_ is a port", false, "The Hague"),
            "\"The Hague\" is a port"
        );
        assert_eq!(
            said("_ leans on _", false, "?great|The Hague"),
            "?great leans on The Hague"
        );
    }
}
