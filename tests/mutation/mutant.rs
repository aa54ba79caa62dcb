//! Slips of the hand: a token of a text left out, written twice, swapped with the next, or misspelt.

use std::fmt;
use std::ops::Range;

/// A small generator of numbers that is the same everywhere and at all times.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `end`. (SplitMix64)
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    LeftOut,
    Twice,
    Swapped,
    Misspelt,
}

/// A text with one slip in it.
pub struct Mutant {
    pub slip: Slip,
    /// The token it befell
    pub token: String,
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let what = match self.slip {
            Slip::LeftOut => "left out",
            Slip::Twice => "twice",
            Slip::Swapped => "swapped with the next",
            Slip::Misspelt => "misspelt",
        };
        write!(f, "line {}: `{}` {what}", self.line, self.token)
    }
}

/// One slip somewhere in the text.
pub fn mutant(text: &str, tokens: &[Range<usize>], dice: &mut Dice) -> Mutant {
    let at = dice.below(tokens.len());
    let here = tokens[at].clone();
    let slip = match dice.below(4) {
        0 => Slip::LeftOut,
        1 => Slip::Twice,
        2 if at + 1 < tokens.len() => Slip::Swapped,
        _ => Slip::Misspelt,
    };
    let token = &text[here.clone()];
    let (before, after) = (&text[..here.start], &text[here.end..]);
    let mutated = match slip {
        Slip::LeftOut => [before, after].concat(),
        Slip::Twice => [before, token, " ", token, after].concat(),
        Slip::Swapped => {
            let next = tokens[at + 1].clone();
            let between = &text[here.end..next.start];
            [
                before,
                &text[next.clone()],
                between,
                token,
                &text[next.end..],
            ]
            .concat()
        }
        Slip::Misspelt => [before, &misspelt(token, dice), after].concat(),
    };
    Mutant {
        slip,
        token: token.to_owned(),
        line: text[..here.start].matches('\n').count() + 1,
        text: mutated,
    }
}

/// A letter left out, two letters swapped, or the case of the first letter changed.
fn misspelt(token: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = token.chars().collect();
    let at = dice.below(letters.len());
    match dice.below(3) {
        0 if letters.len() > 1 => {
            letters.remove(at);
        }
        1 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ if letters[0].is_uppercase() => letters[0] = letters[0].to_ascii_lowercase(),
        _ => letters[0] = letters[0].to_ascii_uppercase(),
    }
    letters.into_iter().collect()
}

/// The tokens of a text as a reader sees them: words, quoted texts, and each mark by itself. Comments have none.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            _ if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '#' => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                continue;
            }
            '"' => text[at + 1..]
                .find('"')
                .map_or(text.len() - at, |end| end + 2),
            _ if is_mark(c) => c.len_utf8(),
            _ => word(&text[at..]),
        };
        tokens.push(at..at + length);
        at += length;
    }
    tokens
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '[' | ']' | '(' | ')')
}

/// The length of a word; marks inside it, as in `2.5`, belong to it.
fn word(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '"')
        .unwrap_or(text.len());
    let bare = text[..end].trim_end_matches(|c| is_mark(c) || c == '?');
    bare.len().max(1)
}
