//! What a file says about itself: `use`, `load`, `source`, `as of` and `relation`.

use super::input::{Expected, Parsed, Tokens, full_stop, keyword, phrase, quoted, token};
use super::label::label;
use super::sentence::plain;
use super::term::{date, variable};
use super::token::{Keyword, Kind};
use super::tree::{Part, Property, PropertyKind, RelationDecl, StatementKind, TermKind};
use crate::complaint::syntax as say;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, value};
use nom::multi::many0;
use nom::sequence::{delimited, preceded, terminated};

/// `use "rules/leverage.hence".`
pub(super) fn use_file(input: Tokens) -> Parsed<StatementKind> {
    map(
        delimited(
            keyword(Keyword::Use, Expected::QUOTED),
            cut(quoted),
            cut(full_stop),
        ),
        StatementKind::Use,
    )
    .parse(input)
}

/// `load "data/exports.csv" as ?a exports ?volume to ?b.`
pub(super) fn load(input: Tokens) -> Parsed<StatementKind> {
    let path = delimited(
        keyword(Keyword::Load, Expected::QUOTED),
        cut(quoted),
        cut(keyword(Keyword::As, Expected::AS)),
    );
    let row = terminated(cut(plain), cut(full_stop));
    map((path, row), |(path, row)| StatementKind::Load {
        path,
        row: Box::new(row),
    })
    .parse(input)
}

/// `source memo "Finlandization or balance?".`
pub(super) fn source(input: Tokens) -> Parsed<StatementKind> {
    let declared = (
        preceded(keyword(Keyword::Source, Expected::LABEL), cut(label)),
        cut(quoted),
    );
    map(terminated(declared, cut(full_stop)), |(label, title)| {
        let title = Box::new(title);
        StatementKind::Source { label, title }
    })
    .parse(input)
}

/// `as of 2010-12.`
pub(super) fn as_of(input: Tokens) -> Parsed<StatementKind> {
    map(
        delimited(
            phrase(&["as", "of"], Expected::DATE),
            cut(date),
            cut(full_stop),
        ),
        StatementKind::AsOf,
    )
    .parse(input)
}

/// `relation ?bloc:Alliance covers ?state:State, transitive, "gloss".`
pub(super) fn relation(input: Tokens) -> Parsed<StatementKind> {
    let (rest, sentence) =
        preceded(keyword(Keyword::Relation, Expected::SENTENCE), cut(plain)).parse(input)?;
    let (rest, properties) =
        many0(preceded(token(Kind::Comma, Expected::COMMA), cut(property))).parse(rest)?;
    let (rest, ()) = cut(full_stop).parse(rest)?;
    if let [_, .., Part::Word(last)] = sentence.parts.as_slice()
        && matches!(
            last.text.as_str(),
            "symmetric" | "transitive" | "functional"
        )
    {
        let complaint = say::property_without_comma(last.span, &last.text);
        input.context.complain(complaint);
    }
    Ok((
        rest,
        StatementKind::Relation(Box::new(RelationDecl {
            sentence,
            properties,
        })),
    ))
}

fn property(input: Tokens) -> Parsed<Property> {
    let named = |word, kind| value(kind, phrase(word, Expected::PROPERTY));
    let (rest, kind) = alt((
        named(&["symmetric"], PropertyKind::Symmetric),
        named(&["transitive"], PropertyKind::Transitive),
        named(&["functional"], PropertyKind::Functional),
        one,
        map(quoted, PropertyKind::Gloss),
    ))
    .parse(input)?;
    Ok((
        rest,
        Property {
            span: input.span_to(rest),
            kind,
        },
    ))
}

/// `one ?owner`
fn one(input: Tokens) -> Parsed<PropertyKind> {
    let (rest, term) =
        preceded(phrase(&["one"], Expected::PROPERTY), cut(variable)).parse(input)?;
    match term.kind {
        TermKind::Variable { name, .. } => Ok((rest, PropertyKind::One(name))),
        _ => input.expected(Expected::VARIABLE),
    }
}
