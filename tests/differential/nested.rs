//! Random cases of larger rules: conditions of `and`, `or` and `unless` in each other, with numbers, dates, opposites and counts
//! inside. What the checker refuses is no case.

use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;

const NAMES: [&str; 4] = ["Ann", "Bob", "Cyd", "Dan"];
const UNARY: [&str; 4] = ["is red", "is kind", "sings", "is old"];
const BINARY: [&str; 3] = ["likes", "owns", "trusts"];

/// A term of a literal.
#[derive(Clone, Copy, Debug)]
enum Term {
    X,
    Y,
    /// Of an exception or a count alone.
    Local,
    Name(usize),
    Anything,
}

#[derive(Clone, Debug)]
struct Literal {
    relation: usize,
    negative: bool,
    terms: [Term; 2],
}

#[derive(Clone, Debug)]
enum Tree {
    Literal(Literal),
    /// `?n > 2`, of the number that `?x` has.
    Number(usize, usize),
    /// `?d < 2001`, of the day on which `?x` began.
    Date(usize, usize),
    /// `?x != ?y`
    Unlike,
    And(Vec<Tree>),
    Or(Vec<Tree>),
    Unless(Box<Tree>, Vec<Tree>),
}

#[derive(Clone, Debug)]
struct Count {
    kind: usize,
    condition: Vec<Tree>,
    over: Literal,
    test: (usize, usize),
}

#[derive(Clone, Debug)]
struct Rule {
    verb: usize,
    guards: Vec<Literal>,
    body: Option<Tree>,
    count: Option<Count>,
    exceptions: Vec<Tree>,
    head: Literal,
}

#[derive(Clone, Debug)]
struct Fact {
    literal: Literal,
    note: usize,
}

#[derive(Clone, Debug)]
pub struct Nested {
    facts: Vec<Fact>,
    numbers: Vec<(usize, usize)>,
    dates: Vec<(usize, usize)>,
    rules: Vec<Rule>,
    overrides: Vec<(usize, usize)>,
    declared: Option<(usize, usize)>,
    outcomes: Vec<Literal>,
}

fn literal(
    terms: impl Strategy<Value = Term> + Clone + 'static,
    negative: f64,
) -> BoxedStrategy<Literal> {
    (
        0..UNARY.len() + BINARY.len(),
        prop::bool::weighted(negative),
        terms.clone(),
        terms,
    )
        .prop_map(|(relation, negative, first, second)| Literal {
            relation,
            negative,
            terms: [first, second],
        })
        .boxed()
}

fn outside() -> impl Strategy<Value = Term> + Clone {
    prop_oneof![5 => Just(Term::X), 4 => Just(Term::Y), 1 => (0..NAMES.len()).prop_map(Term::Name), 1 => Just(Term::Anything)]
}

fn inside() -> impl Strategy<Value = Term> + Clone {
    prop_oneof![3 => Just(Term::X), 2 => Just(Term::Y), 4 => Just(Term::Local), 1 => (0..NAMES.len()).prop_map(Term::Name)]
}

fn name() -> impl Strategy<Value = Term> + Clone {
    (0..NAMES.len()).prop_map(Term::Name)
}

fn tree(terms: impl Strategy<Value = Term> + Clone + 'static) -> BoxedStrategy<Tree> {
    let leaf = prop_oneof![
        8 => literal(terms, 0.25).prop_map(Tree::Literal),
        1 => (0..4usize, 0..4usize).prop_map(|(operator, number)| Tree::Number(operator, number)),
        1 => (0..4usize, 0..4usize).prop_map(|(operator, date)| Tree::Date(operator, date)),
        1 => Just(Tree::Unlike),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..=3).prop_map(Tree::And),
            vec(inner.clone(), 2..=3).prop_map(Tree::Or),
            (inner.clone(), vec(inner, 1..=2))
                .prop_map(|(body, exceptions)| Tree::Unless(Box::new(body), exceptions)),
        ]
    })
    .boxed()
}

fn rule() -> impl Strategy<Value = Rule> {
    let count = (
        0..4usize,
        literal(Just(Term::Local), 0.0),
        vec(tree(prop_oneof![Just(Term::X), Just(Term::Local)]), 0..=1),
        (0..4usize, 0..3usize),
    );
    let count = count.prop_map(|(kind, over, condition, test)| Count {
        kind,
        condition,
        over,
        test,
    });
    (
        0..4usize,
        vec(literal(outside(), 0.1), 1..=2),
        prop::option::weighted(0.7, tree(outside())),
        prop::option::weighted(0.15, count),
        vec(tree(inside()), 0..=2),
        literal(
            prop_oneof![4 => Just(Term::X), 2 => Just(Term::Y), 1 => name()],
            0.35,
        ),
    )
        .prop_map(|(verb, guards, body, count, exceptions, head)| Rule {
            verb,
            guards,
            body,
            count,
            exceptions,
            head,
        })
}

pub fn case() -> impl Strategy<Value = Nested> {
    let fact =
        (literal(name(), 0.15), 0..12usize).prop_map(|(literal, note)| Fact { literal, note });
    (
        vec(fact, 1..=12),
        vec((0..NAMES.len(), 0..4usize), 0..=4),
        vec((0..NAMES.len(), 0..4usize), 0..=4),
        vec(rule(), 1..=4),
        vec((0..4usize, 0..4usize), 0..=2),
        prop::option::weighted(0.4, (0..BINARY.len(), 0..4usize)),
        prop_oneof![2 => Just(Vec::new()).boxed(), 1 => vec(literal(name(), 0.0), 1..=2).boxed()],
    )
        .prop_map(
            |(facts, numbers, dates, rules, overrides, declared, outcomes)| Nested {
                facts,
                numbers,
                dates,
                rules,
                overrides,
                declared,
                outcomes,
            },
        )
}

const OPERATORS: [&str; 4] = ["<", "<=", ">", "!="];

/// Says a statement, a variable that occurs once in its part being said as `?`.
struct Saying {
    local: String,
}

impl Saying {
    fn term(&self, term: Term) -> String {
        match term {
            Term::X => "?x".into(),
            Term::Y => "?y".into(),
            Term::Local => self.local.clone(),
            Term::Name(at) => NAMES[at].into(),
            Term::Anything => "?".into(),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        let first = self.term(literal.terms[0]);
        let not = if literal.negative { "not " } else { "" };
        match UNARY.get(literal.relation) {
            Some(words) => format!("{not}{first} {words}"),
            None => {
                let words = BINARY[literal.relation - UNARY.len()];
                format!("{not}{first} {words} {}", self.term(literal.terms[1]))
            }
        }
    }

    fn tree(&self, tree: &Tree) -> String {
        let all = |parts: &[Tree], word: &str| {
            let said: Vec<String> = parts.iter().map(|part| self.tree(part)).collect();
            format!("({})", said.join(word))
        };
        match tree {
            Tree::Literal(literal) => self.literal(literal),
            Tree::Number(operator, number) => format!("?n {} {number}", OPERATORS[*operator]),
            Tree::Date(operator, year) => format!("?d {} {}-02", OPERATORS[*operator], 2001 + year),
            Tree::Unlike => "?x != ?y".into(),
            Tree::And(parts) => all(parts, " and "),
            Tree::Or(parts) => all(parts, " or "),
            Tree::Unless(body, exceptions) => {
                let said: Vec<String> = exceptions.iter().map(|part| self.tree(part)).collect();
                format!("({} unless {})", self.tree(body), said.join(" unless "))
            }
        }
    }
}

/// An exception: its own variable is for some, or anything where it occurs once.
fn exception(tree: &Tree, local: &str) -> String {
    let said = Saying {
        local: local.into(),
    }
    .tree(tree);
    match said.matches(local).count() {
        1 => Saying { local: "?".into() }.tree(tree),
        _ => said,
    }
}

fn declaration(relation: usize, property: usize) -> String {
    let property = ["symmetric", "transitive", "one ?a", "one ?b"][property];
    format!("relation ?a {} ?b, {property}.", BINARY[relation])
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outside = Saying { local: "?".into() };
        let mut parts: Vec<String> = self
            .guards
            .iter()
            .map(|guard| outside.literal(guard))
            .collect();
        parts.extend(self.body.iter().map(|body| outside.tree(body)));
        if let Some(count) = &self.count {
            let inner = Saying { local: "?c".into() };
            let kind = ["number", "least", "greatest", "sum"][count.kind];
            let condition: Vec<String> = count
                .condition
                .iter()
                .map(|part| inner.tree(part))
                .collect();
            let over = match count.kind {
                0 => inner.literal(&Literal {
                    terms: [Term::X, Term::Local],
                    ..count.over.clone()
                }),
                _ => "?x owns ? and ? has ?c".into(),
            };
            let all: Vec<String> = std::iter::once(over).chain(condition).collect();
            parts.push(format!(
                "?k is the {kind} of ?c where {}",
                all.join(" and ")
            ));
            parts.push(format!("?k {} {}", OPERATORS[count.test.0], count.test.1));
        }
        let exceptions: Vec<String> = self
            .exceptions
            .iter()
            .enumerate()
            .map(|(at, tree)| format!(" unless {}", exception(tree, &format!("?e{at}"))))
            .collect();
        let said = format!("{}{}", parts.join(" and "), exceptions.concat());
        if said.contains("?d") {
            parts.insert(0, "?x begins on ?d".into());
        }
        if said.contains("?n") {
            parts.insert(0, "?x has ?n".into());
        }
        let verb = ["implies", "suggests", "suggests", "casts doubt on"][self.verb];
        let head = outside.literal(&self.head);
        write!(
            f,
            "{}{} {verb} {head}",
            parts.join(" and "),
            exceptions.concat()
        )
    }
}

impl fmt::Display for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = Saying { local: "?".into() };
        if let Some((relation, property)) = self.declared {
            writeln!(f, "{}", declaration(relation, property))?;
        }
        for fact in &self.facts {
            let note = match fact.note {
                0 => " [reported by Post]",
                1 => " [denied by Post]",
                2 => " [presumably]",
                3 => " [reported by Post, denied by Herald]",
                4 => " [from 2001]",
                _ => "",
            };
            let positive = Literal {
                negative: fact.literal.negative && fact.note != 1,
                ..fact.literal.clone()
            };
            writeln!(f, "{}{note}.", plain.literal(&positive))?;
        }
        for (name, number) in &self.numbers {
            writeln!(f, "{} has {number}.", NAMES[*name])?;
        }
        for (name, year) in &self.dates {
            writeln!(
                f,
                "{} begins on {}-02-0{}.",
                NAMES[*name],
                2001 + year,
                1 + name
            )?;
        }
        for (number, rule) in self.rules.iter().enumerate() {
            writeln!(f, "rule r{number}: {rule}.")?;
        }
        for (winner, loser) in &self.overrides {
            if winner < loser && *loser < self.rules.len() {
                writeln!(f, "r{winner} overrides r{loser}.")?;
            }
        }
        if !self.outcomes.is_empty() {
            writeln!(f, "driver d0:")?;
            for (at, literal) in self.outcomes.iter().enumerate() {
                writeln!(f, "  o{at}: {}.", plain.literal(literal))?;
            }
            writeln!(f, "  none: nothing.")?;
        }
        Ok(())
    }
}
