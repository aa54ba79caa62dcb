//! `--only PATTERN`: part of a text, `*` for anything.

/// Matches texts that contain its pieces in order. `_` stands for a term, as in the name of a relation, and so does a variable.
///
/// `can lean on`, `_ can lean on Armenia` and `Russia * Armenia` all match `Russia can lean on Armenia`.
#[derive(Clone, Debug)]
pub struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    pub fn new(written: &str) -> Self {
        let starred: Vec<&str> = written
            .split_whitespace()
            .map(|word| if is_hole(word) { "*" } else { word })
            .collect();
        let pieces = starred
            .join(" ")
            .split('*')
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect();
        Self { pieces }
    }

    pub fn matches(&self, text: &str) -> bool {
        let mut rest = text;
        self.pieces
            .iter()
            .all(|piece| match rest.find(piece.as_str()) {
                Some(at) => {
                    rest = &rest[at + piece.len()..];
                    true
                }
                None => false,
            })
    }
}

fn is_hole(word: &str) -> bool {
    word == "_" || word.starts_with('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_part_of_a_text() {
        let sentence = "Russia can lean on Armenia";
        for pattern in [
            "lean",
            "_ can lean on _",
            "Russia * Armenia",
            "?who can lean on Armenia",
            "*",
            "",
        ] {
            assert!(Pattern::new(pattern).matches(sentence), "{pattern}");
        }
        for pattern in ["Armenia * Russia", "leans", "russia"] {
            assert!(!Pattern::new(pattern).matches(sentence), "{pattern}");
        }
    }
}
