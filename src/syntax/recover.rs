//! Where a full stop is missing: a line at the left margin inside a fact, an opener there inside any statement, or
//! the next item of an open test, driver or scenario at the start of any line. What follows is then read as a statement of its
//! own, so nothing is lost.

use super::input::{Expected, Failure, Tokens, Why};
use super::items::OpenKind;
use super::lexer::Marks;
use super::list_mark::behind_mark;
use super::token::{Flags, Keyword, Kind, Token};

/// The tokens before which a full stop is missing, in order. `open` is what is open before the chunk.
pub(super) fn missing_stops(input: Tokens, marks: &Marks, open: Option<OpenKind>) -> Vec<usize> {
    let tokens = input.rest();
    let last_variable = tokens.iter().rposition(is_variable).unwrap_or(0);
    let mut piece = Piece::new(input, 0, open);
    let mut cuts = Vec::new();
    for at in 1..tokens.len() {
        let (before, here) = (tokens[at - 1], tokens[at]);
        piece.joined |= is_variable(&before) || joins(&before);
        let is_last = at + 1 == tokens.len();
        if !here.flags.has(Flags::FIRST_IN_LINE)
            || is_unfinished(before)
            || is_last && here.kind == Kind::Anything
        {
            continue;
        }
        // `driver` and on the next line its label
        if piece.opened && at == piece.start + 1 && is_header(before) {
            continue;
        }
        let has = marks.within(&(piece.start..tokens.len()));
        let may_be_fact = !has.overrides && (!has.verb || !piece.joined && last_variable >= at);
        if piece.ends_before(input.skip(at), may_be_fact && !is_question(tokens)) {
            cuts.push(at);
            piece = Piece::new(input.skip(at), at, piece.open);
        }
    }
    cuts
}

/// Where a full stop seems to be missing in a piece that no parser could read: at the line where nothing but the end was due, or, before
/// a second verb, at the last line that begins at the left margin.
pub(super) fn missed_stop(failure: &Failure, input: Tokens) -> Option<usize> {
    let here = input.skip(failure.at);
    let token = here.first()?;
    let opens = |at: usize| {
        let token = input.ahead(at)?;
        let opens = match token.kind {
            Kind::Word(keyword) => !is_connective(keyword),
            kind => kind.begins_term(),
        };
        let ends = at > 0 && !is_unfinished(input.ahead(at - 1)?);
        (opens && ends && token.flags.has(Flags::FIRST_IN_LINE)).then_some(token)
    };
    let only_end_was_due = matches!(failure.why, Why::Expected(Expected::FULL_STOP));
    if only_end_was_due && opens(failure.at).is_some() {
        return Some(failure.at);
    }
    let is_verb =
        |token: &Token| matches!(token.kind, Kind::Word(Keyword::Implies | Keyword::Suggests));
    let first = here.before().iter().position(is_verb)?;
    if !is_verb(&token) {
        return None;
    }
    (first + 1..failure.at)
        .rev()
        .find(|&at| opens(at).is_some_and(|token| token.flags.has(Flags::AT_MARGIN)))
}

/// What has been read since the last full stop, missing or not.
struct Piece {
    start: usize,
    /// It opens with an opener other than `suppose` and `drop`, so it is no fact.
    opened: bool,
    /// It has a variable or a connective.
    joined: bool,
    /// It opens with a mark such as `-`.
    marked: bool,
    open: Option<OpenKind>,
}

impl Piece {
    fn new(input: Tokens, start: usize, open: Option<OpenKind>) -> Self {
        let behind = behind_mark(input);
        let input = behind.unwrap_or(input);
        let opened = match input.kind() {
            Some(Kind::Word(keyword)) => {
                keyword.is_opener() && !matches!(keyword, Keyword::Suppose | Keyword::Drop)
            }
            _ => false,
        };
        let open = OpenKind::of(input.kind()).or(open.filter(|open| open.opens_item(input)));
        Self {
            start,
            opened,
            joined: false,
            marked: behind.is_some(),
            open,
        }
    }

    /// Whether the line that begins here opens something new.
    fn ends_before(&self, here: Tokens, may_be_fact: bool) -> bool {
        let behind = behind_mark(here);
        if self.marked && behind.is_some_and(|behind| !continues(behind)) {
            return true;
        }
        let item = behind.unwrap_or(here);
        if self.open.is_some_and(|open| open.opens_item(item)) {
            return true;
        }
        let (Some(token), true) = (
            here.first(),
            here.first()
                .is_some_and(|token| token.flags.has(Flags::AT_MARGIN)),
        ) else {
            return false;
        };
        match token.kind {
            Kind::Word(keyword) if keyword.is_opener() => true,
            Kind::Word(keyword)
                if is_connective(keyword) || here.reads(&["casts", "doubt", "on"]) =>
            {
                false
            }
            kind => {
                may_be_fact
                    && !self.opened
                    && (kind.begins_term() || matches!(kind, Kind::Word(_) | Kind::Bad(_)))
            }
        }
    }
}

/// Whether a label, a title or a path follows this opener.
fn is_header(token: Token) -> bool {
    use Keyword::*;
    matches!(
        token.kind,
        Kind::Word(Use | Load | Source | Driver | Scenario | Test | Rule)
    )
}

/// Whether it goes on with a condition: `and ?x is old`
fn continues(input: Tokens) -> bool {
    matches!(input.kind(), Some(Kind::Word(keyword)) if is_connective(keyword))
}

fn is_variable(token: &Token) -> bool {
    matches!(token.kind, Kind::Variable | Kind::Anything)
}

fn joins(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(keyword) if is_connective(keyword) && keyword != Keyword::Possessive)
}

fn is_question(tokens: &[Token]) -> bool {
    tokens
        .last()
        .is_some_and(|last| last.kind == Kind::QuestionEnd)
}

/// Whether nothing could end after this token.
fn is_unfinished(token: Token) -> bool {
    use Keyword::*;
    match token.kind {
        Kind::Comma | Kind::Colon | Kind::LeftParen | Kind::LeftBracket => true,
        Kind::Plus | Kind::Minus | Kind::Times | Kind::Divide | Kind::Power | Kind::Compare(_) => {
            true
        }
        Kind::Word(keyword) => {
            matches!(
                keyword,
                And | Or
                    | Unless
                    | Not
                    | Implies
                    | Suggests
                    | Where
                    | Overrides
                    | If
                    | Given
                    | The
                    | Suppose
                    | Drop
                    | Expect
            )
        }
        _ => false,
    }
}

fn is_connective(keyword: Keyword) -> bool {
    use Keyword::*;
    matches!(
        keyword,
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
            | Possessive
    )
}
