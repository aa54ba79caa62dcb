//! What `say` words, the parser and `check` read back as the same thing: tried on random rules and facts.

use super::Options;
use crate::files::Case;
use crate::program::{Argument, Body, Expression, Literal, Program, Rule, Variables};
use crate::say;
use crate::syntax;
use crate::text::Source;
use proptest::prelude::*;

/// Pieces of sentences: `_` is a hole. None is read otherwise after a number.
const SHAPES: [&str; 10] = [
    "_ covers _",
    "it rains",
    "_ is old",
    "Laos 's lease on _ runs out",
    "_ _",
    "the lease of gas 's twin",
    "_ gives _ _ gladly",
    "102nd of _",
    "_ keeps _",
    "in the lead is _",
];

const TERMS: [&str; 26] = [
    "Armenia",
    "\"gas\"",
    "North-South",
    "\"The Hague\"",
    "\"102nd base\"",
    "Россия",
    "\"Article 5\"",
    "\"USD\"",
    "\"阿塞拜疆\"",
    "\"Russia's\"",
    "Laos",
    "\"U.S.\"",
    "\"a \\\"b\\\"\"",
    "\"c\\\\d\"",
    "AT&T",
    "Km",
    "\"?x\"",
    "\"2010\"",
    "5",
    "-2.5",
    "5,000",
    "200 million USD",
    "350 USD per 1000 m³",
    "2010-08",
    "2010-08-16",
    "30 days",
];

const VARIABLES: [&str; 4] = ["?x", "?y", "?state", "?"];

/// The shape with its holes filled; a name beside another one is put in quotes.
fn filled(shape: &str, not: bool, terms: &[&str]) -> String {
    let mut terms = terms.iter();
    let mut words: Vec<String> = if not { vec!["not".into()] } else { Vec::new() };
    let mut after_term = false;
    for word in shape.split(' ') {
        let is_hole = word == "_";
        let term = if is_hole {
            terms.next().copied().unwrap_or("A")
        } else {
            word
        };
        let bare = term.starts_with(char::is_uppercase);
        words.push(if is_hole && after_term && bare {
            format!("\"{term}\"")
        } else {
            term.into()
        });
        after_term = is_hole;
    }
    words.join(" ").replace(" 's", "'s")
}

fn sentence() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        3 => prop::sample::select(&VARIABLES[..]),
        2 => prop::sample::select(&TERMS[..]),
    ];
    (
        prop::sample::select(&SHAPES[..]),
        prop::collection::vec(term, 3),
        any::<bool>(),
    )
        .prop_map(|(shape, terms, not)| filled(shape, not, &terms))
}

fn expression() -> impl Strategy<Value = String> {
    let leaf =
        prop::sample::select(&["?x", "?y", "3", "-1", "2.5", "5 km"][..]).prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(&["+", "-", "*", "/", "%"][..]),
                inner.clone()
            )
                .prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
            inner.clone().prop_map(|inner| format!("({inner})^2")),
            inner.prop_map(|inner| format!("-({inner})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let comparison = (
        expression(),
        prop::sample::select(&["=", "!=", "<", "<=", ">", ">="][..]),
        expression(),
    )
        .prop_map(|(left, sign, right)| format!("{left} {sign} {right}"));
    let aggregate = (
        prop::sample::select(&["number", "sum", "least"][..]),
        sentence(),
        sentence(),
    )
        .prop_map(|(kind, one, other)| format!("(?n is the {kind} of ?x where {one} and {other})"));
    let leaf = prop_oneof![4 => sentence(), 1 => comparison, 1 => aggregate];
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" and "))),
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" or "))),
            (inner.clone(), inner)
                .prop_map(|(body, exception)| format!("({body} unless {exception})")),
        ]
    })
}

/// The program of a text, errors of binding and the like left aside.
fn read(text: &str) -> Program {
    let mut case = Case::default();
    let id = case.sources.add(Source::new("case", text));
    let (document, complaints) = syntax::parse(id, text);
    let errors: Vec<_> = complaints
        .iter()
        .filter(|complaint| complaint.is_error())
        .collect();
    assert!(errors.is_empty(), "{errors:#?} for {text}");
    case.documents.push(document);
    super::passes(&mut case, &Options::default(), &mut Vec::new())
}

/// A rule without its places, its relations spelt out: what must be the same after another reading.
fn skeleton(program: &Program, rule: &Rule) -> String {
    let heads: Vec<String> = rule
        .heads
        .iter()
        .map(|head| literal(program, &rule.variables, head))
        .collect();
    let body = rule
        .body
        .as_ref()
        .map(|body| condition_skeleton(program, &rule.variables, body));
    format!("{:?} {body:?} => {heads:?}", rule.verb)
}

fn condition_skeleton(program: &Program, variables: &Variables, part: &Body) -> String {
    let all = |parts: &[Body]| {
        parts
            .iter()
            .map(|part| condition_skeleton(program, variables, part))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match part {
        Body::Literal(one) => literal(program, variables, one),
        Body::Comparison {
            left,
            comparison,
            right,
            ..
        } => format!(
            "{comparison:?}({}, {})",
            expression_skeleton(program, variables, left),
            expression_skeleton(program, variables, right)
        ),
        Body::Aggregate(one) => format!(
            "{:?}({}, {}, [{}])",
            one.kind,
            argument(program, variables, one.result),
            expression_skeleton(program, variables, &one.over),
            all(&one.condition)
        ),
        Body::And(parts) => format!("And({})", all(parts)),
        Body::Or(parts) => format!("Or({})", all(parts)),
        Body::Unless { body, exceptions } => format!(
            "Unless({}, [{}])",
            body.as_ref()
                .map_or_else(String::new, |body| condition_skeleton(
                    program, variables, body
                )),
            all(exceptions)
        ),
    }
}

fn literal(program: &Program, variables: &Variables, literal: &Literal) -> String {
    let shape = &program.relations[literal.relation.0 as usize].shape;
    let terms: Vec<String> = literal
        .arguments
        .iter()
        .map(|&one| argument(program, variables, one))
        .collect();
    format!("{} {shape} {terms:?}", literal.negative)
}

fn argument(program: &Program, variables: &Variables, argument: Argument) -> String {
    match argument {
        Argument::Constant(term) => format!("{:?}", program.terms.get(term)),
        Argument::Variable(variable) => variables.0[variable.0 as usize].to_string(),
    }
}

fn expression_skeleton(
    program: &Program,
    variables: &Variables,
    expression: &Expression,
) -> String {
    match expression {
        Expression::Argument(one) => argument(program, variables, *one),
        Expression::Negative(inner) => {
            format!("-({})", expression_skeleton(program, variables, inner))
        }
        Expression::Power { base, exponent } => {
            format!(
                "({})^{exponent}",
                expression_skeleton(program, variables, base)
            )
        }
        Expression::Binary {
            left,
            operation,
            right,
        } => format!(
            "{operation:?}({}, {})",
            expression_skeleton(program, variables, left),
            expression_skeleton(program, variables, right)
        ),
    }
}

proptest! {
    #[test]
    fn a_rule_reads_back_as_it_is_said(body in condition(), head in sentence()) {
        let program = read(&format!("{body} implies {head}."));
        let rule = &program.rules[0];
        let said = say::rule(&program.relations, &program.terms, rule);
        let again = read(&format!("{said}."));
        prop_assert_eq!(skeleton(&program, rule), skeleton(&again, &again.rules[0]), "{}", said);
    }

    #[test]
    fn a_fact_reads_back_as_it_is_said(
        shape in prop::sample::select(&SHAPES[..]),
        terms in prop::collection::vec(prop::sample::select(&TERMS[..]), 3),
        not in any::<bool>(),
    ) {
        let text = format!("{}.", filled(shape, not, &terms));
        let program = read(&text);
        let fact = program.facts.iter().next().expect("a fact was written");
        let said = say::sentence(&program.relations, &program.terms, fact.relation, fact.negative, fact.terms);
        let again = read(&format!("{said}."));
        let fact_again = again.facts.iter().next().expect("a fact was said");
        let values = |program: &Program, terms: &[crate::value::Term]| {
            terms.iter().map(|&term| program.terms.get(term)).collect::<Vec<_>>()
        };
        prop_assert_eq!(values(&program, fact.terms), values(&again, fact_again.terms), "{}", said);
        prop_assert_eq!(fact.negative, fact_again.negative);
        prop_assert_eq!(
            &program.relations[fact.relation.0 as usize].shape,
            &again.relations[fact_again.relation.0 as usize].shape
        );
    }
}
