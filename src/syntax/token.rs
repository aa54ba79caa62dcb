//! The tokens that the lexer cuts and the parsers read. A token knows its kind and its place; its words are read from
//! the text when a node of the tree needs them.

use crate::value::Comparison;

/// One token; `start` and `end` are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub flags: Flags,
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word(Keyword),
    /// A token that begins with an upper-case letter; a run of them is one name.
    Capital,
    /// `"Bank of Georgia"`, quotes included
    Quoted,
    Number,
    Date,
    /// `?client`, the question mark included
    Variable,
    /// A bare `?`
    Anything,
    /// `$`, `€`, `£`, `¥`
    Currency,
    /// `%` touching a number
    Percent,
    Comma,
    Colon,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    Plus,
    Minus,
    Times,
    Divide,
    /// `%` between spaces
    Remainder,
    Power,
    Compare(Comparison),
    /// The rest of a `source` note: `¶8`
    Place,
    FullStop,
    /// `?` that ends a question
    QuestionEnd,
    Bad(Problem),
}

/// What the lexer could not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// `U.S.`, `2.14.1`
    Dotted,
    /// A quote without its end on the line
    Unclosed,
    /// A backslash before something else than `"` or `\`
    Escape,
    /// A character that the language does not use
    Stray,
    /// Digits run into something that is neither a number nor a word: `5-7`, `2.5km`
    Numeral,
    /// `2010-13`
    NoSuchDate,
    /// A variable that touches what is before it: `on?B`
    Asked,
    /// `==`, `=>`, `<>`
    Operator,
}

/// Words that some place in the grammar looks for. Elsewhere they are words like any other, unless reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyword {
    /// An ordinary word
    None,
    /// `'s`, split off the word before it
    Possessive,
    // Reserved in every sentence
    And,
    Or,
    Unless,
    Not,
    Implies,
    Suggests,
    Where,
    Overrides,
    If,
    Given,
    Then,
    Who,
    Whom,
    What,
    Which,
    // Only with what follows them
    Casts,
    The,
    Each,
    Only,
    As,
    // Openers
    Use,
    Load,
    Source,
    Relation,
    Rule,
    Driver,
    Impossible,
    Scenario,
    Test,
    Expect,
    Suppose,
    Drop,
    Why,
    How,
    /// `two` to `ninety`
    NumberWord,
}

impl Keyword {
    /// By length first, since nearly every word is none of them.
    pub fn of(word: &str) -> Self {
        use Keyword::*;
        match word.len() {
            2 => match word {
                "or" => Or,
                "if" => If,
                "as" => As,
                _ => None,
            },
            3 => match word {
                "and" => And,
                "not" => Not,
                "the" => The,
                "who" => Who,
                "why" => Why,
                "how" => How,
                "use" => Use,
                "two" | "six" | "ten" => NumberWord,
                _ => None,
            },
            4 => match word {
                "each" => Each,
                "only" => Only,
                "then" => Then,
                "whom" => Whom,
                "what" => What,
                "rule" => Rule,
                "test" => Test,
                "load" => Load,
                "drop" => Drop,
                "four" | "five" | "nine" => NumberWord,
                _ => None,
            },
            5 => match word {
                "where" => Where,
                "which" => Which,
                "given" => Given,
                "casts" => Casts,
                "three" | "seven" | "eight" | "forty" | "fifty" | "sixty" => NumberWord,
                _ => None,
            },
            6 => match word {
                "unless" => Unless,
                "source" => Source,
                "driver" => Driver,
                "expect" => Expect,
                "eleven" | "twelve" | "twenty" | "thirty" | "eighty" | "ninety" => NumberWord,
                _ => None,
            },
            7 => match word {
                "implies" => Implies,
                "suppose" => Suppose,
                "hundred" | "seventy" => NumberWord,
                _ => None,
            },
            8 => match word {
                "suggests" => Suggests,
                "relation" => Relation,
                "scenario" => Scenario,
                _ => None,
            },
            9 if word == "overrides" => Overrides,
            10 if word == "impossible" => Impossible,
            _ => None,
        }
    }

    /// Whether no sentence may use it as a word.
    pub fn is_reserved(self) -> bool {
        use Keyword::*;
        matches!(
            self,
            And | Or
                | Unless
                | Not
                | Implies
                | Suggests
                | Where
                | Overrides
                | If
                | Given
                | Then
                | Who
                | Whom
                | What
                | Which
        )
    }

    pub fn is_opener(self) -> bool {
        use Keyword::*;
        matches!(
            self,
            Use | Load
                | Source
                | Relation
                | Rule
                | Driver
                | Impossible
                | Scenario
                | Test
                | Expect
                | Suppose
                | Drop
                | Why
                | How
                | What
        )
    }

    /// `who` and its like, which stand for a term.
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Who | Self::Whom | Self::What | Self::Which)
    }
}

impl Kind {
    /// Whether a term begins with it. A sign before a number counts where its number touches it, which only the parser sees.
    pub fn begins_term(self) -> bool {
        match self {
            Self::Capital
            | Self::Quoted
            | Self::Number
            | Self::Date
            | Self::Variable
            | Self::Anything
            | Self::Currency => true,
            Self::Word(keyword) => keyword.is_asked(),
            _ => false,
        }
    }
}

/// How a token stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Flags(pub u8);

impl Flags {
    pub const FIRST_IN_LINE: Self = Self(1);
    /// First in its line and without indentation
    pub const AT_MARGIN: Self = Self(2);
    pub const AFTER_BLANK_LINE: Self = Self(4);
    /// White space (or the start of the text) before it
    pub const SPACED: Self = Self(8);
    /// Its text needs NFC, straight quotes or its escapes read
    pub const FOLD: Self = Self(16);
    /// `The` read as `the`
    pub const LOWERED: Self = Self(32);

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}
