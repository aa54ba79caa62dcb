//! Tokens as they are printed, and what stands between two of them.

use super::hints::{Comma, Hints, Minus};
use crate::syntax::{Keyword, Kind, Spelled, Token, stands_bare};
use crate::value::Unit;
use std::borrow::Cow;

/// A token ready to be printed.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub text: Cow<'a, str>,
    /// Whether white space stands before it where it does not begin a line.
    pub spaced: bool,
    pub token: Token,
}

/// Spells the tokens of one statement or item.
pub(super) fn pieces<'a>(tokens: &[Token], hints: &Hints, spelled: &Spelled<'a>) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len());
    for (at, &token) in tokens.iter().enumerate() {
        let comma = hints.commas.get(&token.start);
        if comma == Some(&Comma::Dropped) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| tokens[before]);
        let text = match comma {
            Some(_) => Cow::Borrowed("and"),
            None => text(token, before, tokens.get(at + 1).copied(), hints, spelled),
        };
        let spaced =
            comma.is_some() || before.is_some_and(|before| is_spaced(before, token, hints));
        pieces.push(Piece {
            text,
            spaced,
            token,
        });
    }
    pieces
}

fn text<'a>(
    token: Token,
    before: Option<Token>,
    after: Option<Token>,
    hints: &Hints,
    spelled: &Spelled<'a>,
) -> Cow<'a, str> {
    match token.kind {
        Kind::Quoted => {
            let name = spelled.unquoted(token);
            if hints.names.contains(&token.start)
                && is_bare(
                    &name,
                    before.map(|before| (before, spelled.raw(before))),
                    after,
                )
            {
                Cow::Owned(name.into())
            } else {
                Cow::Owned(quoted(&name))
            }
        }
        Kind::Word(_) | Kind::Capital | Kind::Variable => match spelled.read(token) {
            read if read == spelled.raw(token) => Cow::Borrowed(spelled.raw(token)),
            read => Cow::Owned(read.into()),
        },
        Kind::Place => Cow::Owned(spelled.read(token).into()),
        Kind::Minus => Cow::Borrowed("-"),
        Kind::Compare(comparison) => Cow::Borrowed(comparison.sign()),
        _ => Cow::Borrowed(spelled.raw(token)),
    }
}

/// Whether a name can go without its quotes here: beside another name the two would be one, and behind a number it could
/// be its unit.
fn is_bare(name: &str, before: Option<(Token, &str)>, after: Option<Token>) -> bool {
    let is_name = |token: Token| matches!(token.kind, Kind::Capital | Kind::Quoted);
    let counted = before.is_some_and(|(token, words)| {
        matches!(token.kind, Kind::Number | Kind::Percent)
            || matches!(
                words,
                "thousand" | "million" | "billion" | "trillion" | "per"
            )
    });
    let is_unit = || {
        name.split([' ', '/'])
            .any(|atom| Unit::atom(atom).is_some())
    };
    let beside_name = before.is_some_and(|(token, _)| is_name(token)) || after.is_some_and(is_name);
    let would_join = beside_name || counted && is_unit();
    !would_join && stands_bare(name)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_spaced(before: Token, token: Token, hints: &Hints) -> bool {
    let touches_before = match token.kind {
        Kind::FullStop | Kind::QuestionEnd | Kind::Comma | Kind::Colon | Kind::Percent => true,
        Kind::RightParen | Kind::RightBracket | Kind::Word(Keyword::Possessive) => true,
        // The kind of a variable in a declaration
        Kind::Capital => before.kind == Kind::Colon && before.end == token.start,
        _ => false,
    };
    let touches_after = match before.kind {
        Kind::LeftParen | Kind::LeftBracket | Kind::Currency => true,
        Kind::Minus => match hints.minus.get(&before.start) {
            Some(Minus::Sign) => true,
            Some(Minus::Negative) => {
                !matches!(token.kind, Kind::Number | Kind::Currency | Kind::Minus)
            }
            None => false,
        },
        _ => false,
    };
    !touches_before && !touches_after
}
