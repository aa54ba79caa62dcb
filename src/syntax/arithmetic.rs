//! Comparisons, sums and aggregates. A literal is a comparison where a sign such as `<=` stands in it before it ends, and an
//! aggregate where it begins `?n is the number of`; so nothing is read twice.

use super::input::{Expected, Parsed, Tokens, keyword, token};
use super::rule::conjunction_until;
use super::term::{begins_term, is_sign, term, variable, variable_name};
use super::token::{Keyword, Kind, Token};
use super::tree::{Aggregate, AggregateKind, BodyKind, Expression, ExpressionKind, Term, TermKind};
use crate::complaint::syntax as say;
use crate::value::Operation;
use nom::Parser;
use nom::combinator::cut;

/// Parentheses within parentheses, in sums and in conditions.
pub(super) const MAX_DEPTH: usize = 64;

/// Tokens of one comparison. The tree of a sum is as deep as the sum is long.
const MAX_TOKENS: usize = 256;

/// Whether a comparison stands here: a sign of comparison comes before the literal ends.
pub(super) fn is_comparison(input: Tokens) -> bool {
    literal_tokens(input).any(|(depth, kind)| depth == 0 && matches!(kind, Kind::Compare(_)))
}

/// `?x is the number of`
pub(super) fn is_aggregate(input: Tokens) -> bool {
    input.kind() == Some(Kind::Variable) && aggregate_kind(input.skip(1)).is_some()
}

/// The kinds of the tokens up to the end of the literal that begins here, each with its depth in parentheses.
pub(super) fn literal_tokens(input: Tokens<'_>) -> impl Iterator<Item = (usize, Kind)> {
    let mut depth = 0_usize;
    let mut open = true;
    input.rest().iter().map_while(move |token| {
        open &= match token.kind {
            Kind::LeftParen => {
                depth += 1;
                true
            }
            Kind::RightParen => {
                let inside = depth > 0;
                depth = depth.saturating_sub(1);
                inside
            }
            Kind::FullStop | Kind::QuestionEnd | Kind::LeftBracket | Kind::Colon => false,
            Kind::Word(keyword) => depth > 0 || !ends_literal(keyword),
            _ => true,
        };
        open.then_some((depth, token.kind))
    })
}

fn ends_literal(keyword: Keyword) -> bool {
    use Keyword::*;
    matches!(
        keyword,
        And | Or | Unless | Implies | Suggests | Casts | Where | Overrides | If | Given | Then
    )
}

/// `?a + ?b > 3`
pub(super) fn comparison(input: Tokens) -> Parsed<BodyKind> {
    limited(input)?;
    if input.kind() == Some(Kind::Word(Keyword::Not)) {
        return input.slip(say::not_before_comparison(input.place()));
    }
    let (rest, left) = expression(input, 0)?;
    let (operator_span, rest, operator) = match rest.first() {
        Some(first) => match first.kind {
            Kind::Compare(operator) => (rest.context.span(first), rest.skip(1), operator),
            _ => return in_the_way(rest),
        },
        None => return in_the_way(rest),
    };
    let (rest, right) = match expression(rest, 0) {
        Err(nom::Err::Error(_)) => return in_the_way(rest),
        other => other?,
    };
    match rest.kind() {
        Some(Kind::Compare(_)) => rest.slip(say::chained_comparison(rest.place())),
        Some(Kind::Word(keyword))
            if !ends_literal(keyword) && !rest.reads(&["as", "of"]) && !rest.reads(&["in"]) =>
        {
            in_the_way(rest)
        }
        _ => Ok((
            rest,
            BodyKind::Comparison {
                left: Box::new(left),
                operator,
                operator_span,
                right: Box::new(right),
            },
        )),
    }
}

fn in_the_way<O>(input: Tokens) -> Parsed<O> {
    match input.first() {
        Some(Token {
            kind: Kind::Word(keyword),
            ..
        }) if keyword.is_reserved() => input.stopped(Expected::TERM),
        Some(token) if matches!(token.kind, Kind::Word(_)) => input.slip(say::word_in_comparison(
            input.place(),
            input.context.raw(token),
        )),
        _ => input.stopped(Expected::TERM),
    }
}

fn limited(input: Tokens) -> Parsed<()> {
    match literal_tokens(input).nth(MAX_TOKENS) {
        None => Ok((input, ())),
        Some(_) => input.slip(say::long_comparison(input.place(), MAX_TOKENS)),
    }
}

/// `?n is the number of ?c where ?c mines ?m`. The condition goes on up to the first literal that mentions the result, or to
/// the next aggregate.
pub(super) fn aggregate(input: Tokens, depth: usize) -> Parsed<BodyKind> {
    limited(input)?;
    let (rest, result) = variable(input)?;
    let Some((rest, kind)) = aggregate_kind(rest) else {
        return rest.expected(Expected::WHERE);
    };
    let (rest, over) = cut(|input| expression(input, 0)).parse(rest)?;
    if rest.kind() != Some(Kind::Word(Keyword::Where)) {
        return rest.slip(say::aggregate_without_where(
            input.span_to(rest),
            rest.place(),
        ));
    }
    let (rest, _) = keyword(Keyword::Where, Expected::WHERE).parse(rest)?;
    let stop = |input: Tokens| is_aggregate(input) || mentions(input, &result);
    let counts_result = mentions_before(input.skip(1), rest, &result);
    if stop(rest) && !counts_result {
        return rest.slip(say::empty_where(
            rest.place(),
            input.context.raw_at(result.span),
        ));
    }
    let stop = |input: Tokens| is_aggregate(input) || !counts_result && mentions(input, &result);
    let (rest, condition) = cut(|input| conjunction_until(input, depth, &stop)).parse(rest)?;
    Ok((
        rest,
        BodyKind::Aggregate(Box::new(Aggregate {
            result,
            kind,
            over,
            condition: Box::new(condition),
        })),
    ))
}

/// `is the number of` and its like.
fn aggregate_kind(input: Tokens) -> Option<(Tokens, AggregateKind)> {
    const KINDS: [(&str, AggregateKind); 5] = [
        ("number", AggregateKind::Number),
        ("sum", AggregateKind::Sum),
        ("least", AggregateKind::Least),
        ("greatest", AggregateKind::Greatest),
        ("average", AggregateKind::Average),
    ];
    if !input.reads(&["is", "the"]) {
        return None;
    }
    let after = input.skip(2);
    let (_, kind) = *KINDS.iter().find(|(name, _)| after.reads(&[name, "of"]))?;
    Some((after.skip(2), kind))
}

/// Whether what is counted, between two places, is the result itself, of which the checker complains.
fn mentions_before(from: Tokens, until: Tokens, variable: &Term) -> bool {
    let TermKind::Variable { name, .. } = &variable.kind else {
        return false;
    };
    let tokens = from.rest().iter().take(until.at() - from.at());
    tokens
        .filter(|token| token.kind == Kind::Variable)
        .any(|token| variable_name(from.context, *token) == *name)
}

/// Whether the literal that begins here has the variable in it.
fn mentions(input: Tokens, variable: &Term) -> bool {
    let context = input.context;
    let TermKind::Variable { name, .. } = &variable.kind else {
        return false;
    };
    let length = literal_tokens(input).count();
    input.rest()[..length]
        .iter()
        .any(|token| token.kind == Kind::Variable && variable_name(context, *token) == *name)
}

/// `product { ("+" | "-") product }`
fn expression(input: Tokens, depth: usize) -> Parsed<Expression> {
    let operation = |kind| match kind {
        Kind::Plus => Some(Operation::Add),
        Kind::Minus => Some(Operation::Subtract),
        _ => None,
    };
    chain(input, |input| product(input, depth), operation)
}

/// `factor { ("*" | "/" | "%") factor }`
fn product(input: Tokens, depth: usize) -> Parsed<Expression> {
    let operation = |kind| match kind {
        Kind::Times => Some(Operation::Multiply),
        Kind::Divide => Some(Operation::Divide),
        Kind::Remainder => Some(Operation::Remainder),
        _ => None,
    };
    chain(input, |input| factor(input, depth), operation)
}

/// Operands from left to right.
fn chain<'a>(
    input: Tokens<'a>,
    operand: impl Fn(Tokens<'a>) -> Parsed<'a, Expression>,
    operation: impl Fn(Kind) -> Option<Operation>,
) -> Parsed<'a, Expression> {
    let (mut rest, mut left) = operand(input)?;
    while let Some(operator) = rest.kind().and_then(&operation) {
        let (after, right) = cut(&operand).parse(rest.skip(1))?;
        rest = after;
        let kind = ExpressionKind::Binary {
            left: Box::new(left),
            operator,
            right: Box::new(right),
        };
        left = Expression {
            span: input.span_to(rest),
            kind,
        };
    }
    Ok((rest, left))
}

/// `-` signs, then a power. A `-` that touches a number is the number's own sign.
fn factor(input: Tokens, depth: usize) -> Parsed<Expression> {
    let Some(first) = input.first() else {
        return input.expected(Expected::TERM);
    };
    if first.kind != Kind::Minus || is_sign(input, first) {
        return power(input, depth);
    }
    if depth >= MAX_DEPTH {
        return input.slip(say::nested_too_deep(input.place(), MAX_DEPTH));
    }
    let (rest, inner) = factor(input.skip(1), depth + 1)?;
    Ok((
        rest,
        Expression {
            span: input.span_to(rest),
            kind: ExpressionKind::Negative(Box::new(inner)),
        },
    ))
}

/// `?x ^ 2`
fn power(input: Tokens, depth: usize) -> Parsed<Expression> {
    let (rest, base) = operand(input, depth)?;
    if rest.kind() != Some(Kind::Power) {
        return Ok((rest, base));
    }
    let (rest, exponent) = cut(exponent).parse(rest.skip(1))?;
    let kind = ExpressionKind::Power {
        base: Box::new(base),
        exponent,
    };
    Ok((
        rest,
        Expression {
            span: input.span_to(rest),
            kind,
        },
    ))
}

fn exponent(input: Tokens) -> Parsed<i64> {
    let negative = input.kind() == Some(Kind::Minus);
    let digits = input.skip(usize::from(negative));
    let (rest, number) = token(Kind::Number, Expected::EXPONENT).parse(digits)?;
    match input.context.raw(number).parse::<i64>() {
        Ok(exponent) => Ok((rest, if negative { -exponent } else { exponent })),
        Err(_) => digits.expected(Expected::EXPONENT),
    }
}

/// A term, or an expression in parentheses.
fn operand(input: Tokens, depth: usize) -> Parsed<Expression> {
    if input.kind() != Some(Kind::LeftParen) {
        let after_the = input.skip(usize::from(
            input.kind() == Some(Kind::Word(Keyword::The)) && begins_term(input.skip(1)),
        ));
        let (rest, term) = term(after_the)?;
        return Ok((
            rest,
            Expression {
                span: term.span,
                kind: ExpressionKind::Term(term),
            },
        ));
    }
    if depth >= MAX_DEPTH {
        return input.slip(say::nested_too_deep(input.place(), MAX_DEPTH));
    }
    let (rest, inner) = cut(|input| expression(input, depth + 1)).parse(input.skip(1))?;
    let (rest, _) = cut(token(Kind::RightParen, Expected::RIGHT_PAREN)).parse(rest)?;
    Ok((
        rest,
        Expression {
            span: input.span_to(rest),
            kind: ExpressionKind::Group(Box::new(inner)),
        },
    ))
}
