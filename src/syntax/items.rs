//! The items of tests, drivers and scenarios: which open where, and what stands among them that is none.

use super::expectation::expectation;
use super::input::{Expected, Parsed, Tokens};
use super::label::opens_outcome;
use super::scenario::{outcome, supposition};
use super::token::{Flags, Keyword, Kind, Token};
use super::tree::{Expectation, Outcome, ScenarioItem};
use crate::complaint::syntax as say;
use crate::text::Span;
use nom::Parser;
use nom::combinator::map;

/// What has items of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenKind {
    Test,
    Driver,
    Scenario,
}

pub(super) enum Item {
    Outcome(Outcome),
    Supposition(ScenarioItem),
    Expectation(Expectation),
}

impl OpenKind {
    pub fn of(opener: Option<Kind>) -> Option<Self> {
        match opener? {
            Kind::Word(Keyword::Test) => Some(Self::Test),
            Kind::Word(Keyword::Driver) => Some(Self::Driver),
            Kind::Word(Keyword::Scenario) => Some(Self::Scenario),
            _ => None,
        }
    }

    /// What its items belong to, where a fact may be one that lacks its opener.
    pub fn of_items(self) -> Option<&'static str> {
        match self {
            Self::Test => Some("test"),
            Self::Scenario => Some("scenario"),
            Self::Driver => None,
        }
    }

    /// What an item belongs to that stands alone.
    pub fn of_item(input: Tokens) -> Option<Self> {
        [Self::Test, Self::Scenario, Self::Driver]
            .into_iter()
            .find(|kind| kind.opens_item(input))
    }

    /// Whether the next item opens here, or something that can only be meant as one: `yes - Ann sings.` in a driver.
    pub fn is_item(self, input: Tokens) -> bool {
        let labels = matches!(input.kind(), Some(Kind::Word(keyword)) if !keyword.is_opener() && !keyword.is_reserved());
        let misses_colon = labels && input.kind_ahead(1) == Some(Kind::Minus);
        self.opens_item(input) || self == Self::Driver && misses_colon
    }

    /// Whether the next item opens here.
    pub fn opens_item(self, input: Tokens) -> bool {
        match self {
            Self::Test => input.kind() == Some(Kind::Word(Keyword::Expect)),
            Self::Scenario => matches!(
                input.kind(),
                Some(Kind::Word(Keyword::Suppose | Keyword::Drop))
            ),
            Self::Driver => opens_outcome(input),
        }
    }

    pub fn item(self, input: Tokens) -> Parsed<Item> {
        match self {
            Self::Test => map(expectation, Item::Expectation).parse(input),
            Self::Scenario => map(supposition, Item::Supposition).parse(input),
            Self::Driver if input.kind() == Some(Kind::Word(Keyword::Not)) => {
                input.expected(Expected::OUTCOME)
            }
            Self::Driver => map(outcome, Item::Outcome).parse(input),
        }
    }
}

/// `expect …` where a statement of another kind has ended the test.
pub(super) fn item_after(kind: OpenKind, ended: Span, input: Tokens<'_>) -> Parsed<'_, ()> {
    let opener = input.first().map_or("", |opener| input.context.raw(opener));
    match kind {
        OpenKind::Test => input.slip(say::item_after(input.place(), opener, "test", ended)),
        OpenKind::Scenario => input.slip(say::item_after(input.place(), opener, "scenario", ended)),
        OpenKind::Driver => input.slip(say::outcome_alone(input.place(), opener)),
    }
}

/// Whether it stands as an item does: indented, in the line after the one above.
pub(super) fn stands_inside(input: Tokens<'_>) -> bool {
    input.first().is_some_and(|first| {
        first.flags.has(Flags::FIRST_IN_LINE)
            && !first.flags.has(Flags::AT_MARGIN)
            && !first.flags.has(Flags::AFTER_BLANK_LINE)
    })
}

/// Whether a piece goes on in the line before it and closes brackets that it does not open.
pub(super) fn closes_notes(tokens: &[Token]) -> bool {
    let goes_on = tokens
        .first()
        .is_some_and(|first| !first.flags.has(Flags::FIRST_IN_LINE));
    let bracket = tokens
        .iter()
        .find(|token| matches!(token.kind, Kind::LeftBracket | Kind::RightBracket));
    goes_on && bracket.is_some_and(|bracket| bracket.kind == Kind::RightBracket)
}
