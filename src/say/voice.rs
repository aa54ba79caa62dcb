//! Terms and sentences, written so that they can be read back.

use crate::program::{Piece, Program, RelationId};
use crate::value::{Term, Terms, Value};

/// Words for the numbers of one program. `terms` may be a model's, which has those that arithmetic made too.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    pub program: &'a Program,
    pub terms: &'a Terms,
}

impl<'a> Voice<'a> {
    pub fn new(program: &'a Program, terms: &'a Terms) -> Self {
        Self { program, terms }
    }

    /// `CSTO covers Armenia`; an opposite is `not CSTO covers Armenia`.
    pub fn sentence(&self, relation: RelationId, terms: &[Term], negative: bool) -> String {
        let mut said = String::new();
        self.say_sentence(&mut said, relation, terms, negative);
        said
    }

    /// [`Voice::sentence`], appended to a text that is already there.
    pub fn say_sentence(
        &self,
        said: &mut String,
        relation: RelationId,
        terms: &[Term],
        negative: bool,
    ) {
        let from = said.len();
        if negative {
            said.push_str("not");
        }
        let mut terms = terms.iter();
        let mut after_bare_name = false;
        for piece in &self.program.relations[relation.0 as usize].shape.0 {
            match piece {
                Piece::Word(word) if word == "'s" => {
                    said.push_str(if said.ends_with('s') { "'" } else { "'s" });
                    after_bare_name = false;
                }
                Piece::Word(word) => {
                    self.space(said, from);
                    said.push_str(word);
                    after_bare_name = false;
                }
                Piece::Hole => {
                    self.space(said, from);
                    if let Some(&term) = terms.next() {
                        after_bare_name = self.say_term(said, term, after_bare_name);
                    }
                }
            }
        }
    }

    fn space(&self, said: &mut String, from: usize) {
        if said.len() > from {
            said.push(' ');
        }
    }

    /// Appends a term as it stands in a sentence; tells whether it is a name without quotes. Two such names side by side would be read as one, so that
    /// one `after_bare_name` is quoted.
    fn say_term(&self, said: &mut String, term: Term, after_bare_name: bool) -> bool {
        match self.terms.get(term) {
            Value::Name(name) => {
                let quoted = after_bare_name || needs_quotes(&name);
                said.push_str(&if quoted {
                    quote(&name)
                } else {
                    name.to_string()
                });
                !quoted
            }
            Value::Number(number) => {
                said.push_str(&number.to_string());
                false
            }
            Value::Date(date) => {
                said.push_str(&date.to_string());
                false
            }
            Value::Quantity(quantity) => {
                said.push_str(&quantity.to_string());
                false
            }
        }
    }

    /// A term by itself, as in a table: `Armenia`, `2.5`, `200 million USD`; a name without quotes.
    pub fn term(&self, term: Term) -> String {
        match self.terms.get(term) {
            Value::Name(name) => name.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Quantity(quantity) => quantity.to_string(),
        }
    }

    /// `_ covers _`
    pub fn relation(&self, relation: RelationId) -> String {
        self.program.relations[relation.0 as usize]
            .shape
            .to_string()
    }
}

fn quote(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 2);
    quoted.push('"');
    for c in name.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// Whether the name would be read otherwise without quotes: it is bare only as a run of capitalised tokens, none of which opens a
/// statement in its own way.
fn needs_quotes(name: &str) -> bool {
    const OPENERS: [&str; 7] = ["The", "Who", "What", "Which", "Why", "How", "If"];
    let first = name.split(' ').next().unwrap_or_default();
    OPENERS.contains(&first) || name.starts_with("Each of") || !name.split(' ').all(is_bare_token)
}

fn is_bare_token(token: &str) -> bool {
    let mut chars = token.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let inside = chars.all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '&' | '_' | '/'));
    let possessive = token.ends_with("'s") || token.ends_with("s'");
    let slashed = token.contains('/') && !slashes_stand_between_letters(token);
    capital && inside && !possessive && !slashed
}

fn slashes_stand_between_letters(token: &str) -> bool {
    token.split('/').all(|part| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        letter(part.chars().next()) && letter(part.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Relation, Shape};
    use crate::text::Span;

    fn said(shape: &str, names: &[&str]) -> String {
        let mut program = Program::default();
        let piece = |word: &str| {
            if word == "_" {
                Piece::Hole
            } else {
                Piece::Word(word.into())
            }
        };
        program.relations.push(Relation {
            shape: Shape(shape.split(' ').map(piece).collect()),
            at: Span::default(),
            declared: None,
            gloss: None,
            kinds: Vec::new(),
            symmetric: false,
            transitive: false,
            one: None,
        });
        let mut terms = Terms::default();
        let row: Vec<Term> = names.iter().map(|name| terms.name(name)).collect();
        Voice::new(&program, &terms).sentence(RelationId(0), &row, false)
    }

    #[test]
    fn a_sentence_can_be_read_back() {
        assert_eq!(
            said("_ covers _", &["CSTO", "European Union"]),
            "CSTO covers European Union"
        );
        assert_eq!(
            said("_ keeps _ in _", &["Russia", "102nd base", "Armenia"]),
            "Russia keeps \"102nd base\" in Armenia"
        );
        assert_eq!(
            said("_ 's lease on _", &["Russia", "Gyumri"]),
            "Russia's lease on Gyumri"
        );
        assert_eq!(said("_ 's lease", &["Laos"]), "Laos' lease");
        assert_eq!(said("_ _ meet", &["Ann", "Bob"]), "Ann \"Bob\" meet");
        assert_eq!(said("it rains", &[]), "it rains");
    }

    #[test]
    fn names_are_quoted_only_where_they_must() {
        for bare in [
            "Armenia",
            "S-300",
            "AT&T",
            "Россия",
            "North-South Pipeline",
            "O'Brien",
        ] {
            assert!(!needs_quotes(bare), "{bare}");
        }
        for quoted in [
            "gas",
            "U.S.",
            "Article 5",
            "The Hague",
            "阿塞拜疆",
            "A  B",
            "",
            "Russia's",
        ] {
            assert!(needs_quotes(quoted), "{quoted}");
        }
    }
}
