//! A small random case as data: facts, rules and contexts over a few words and names.

use std::collections::{BTreeMap, BTreeSet};

pub const NAMES: [&str; 3] = ["Ann", "Bob", "Cyd"];
pub const REPORTERS: [&str; 3] = ["Post", "Herald", "Mirror"];
pub const VARIABLES: [&str; 3] = ["x", "y", "z"];
/// The words of the relations, by number of terms in order; the last few are heads of counting rules only.
pub const RELATIONS: [&[&str]; 10] = [
    &["it rains"],
    &["", "is red"],
    &["", "is kind"],
    &["", "sings"],
    &["", "likes", ""],
    &["", "owns", ""],
    &["", "holds", ""],
    &["it snows"],
    &["", "is crowded"],
    &["", "is heard by", ""],
];
/// The relation whose last term is a number.
pub const NUMBERED: usize = 6;
/// The first relation that may rest on an aggregate.
pub const COUNTING: usize = 7;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    Name(usize),
    Variable(usize),
    Anything,
    /// What an aggregate found.
    Result,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Literal {
    pub relation: usize,
    pub negative: bool,
    /// As many as the relation has are used.
    pub terms: [Term; 2],
}

#[derive(Clone, Debug)]
pub enum Time {
    From(usize),
    Until(usize),
    Before(usize),
    In(usize),
    FromUntil(usize, usize),
    Happened(usize),
}

#[derive(Clone, Debug)]
pub enum Standing {
    Stated,
    Reported(usize),
    Denied(usize),
    ReportedAndDenied(usize, usize),
    Presumably,
    Likely(usize),
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub literal: Literal,
    pub standing: Standing,
    pub time: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct Aggregate {
    pub kind: usize,
    pub over: usize,
    pub condition: Vec<Literal>,
    /// Compared with this number rather than carried to the head.
    pub test: Option<(usize, usize)>,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub verb: &'static str,
    pub body: Vec<Literal>,
    pub either: Option<(Literal, Literal)>,
    pub unequal: Option<(usize, usize)>,
    pub exceptions: Vec<Vec<Literal>>,
    pub aggregate: Option<Aggregate>,
    pub heads: Vec<Literal>,
    pub time: Option<Time>,
    pub onward: bool,
}

#[derive(Clone, Debug)]
pub struct Outcome {
    pub states: Vec<Literal>,
    pub now: bool,
    pub likelihood: Option<usize>,
    pub time: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct Supposition {
    /// Drops the stated fact of this number (of those there are) instead.
    pub drop: Option<usize>,
    pub literal: Literal,
    pub time: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct Scenario {
    pub extends: Option<usize>,
    pub suppositions: Vec<Supposition>,
}

/// A question: literals with names only ask for yes or no, others for a table.
#[derive(Clone, Debug)]
pub struct Asked {
    pub how_likely: bool,
    pub literals: Vec<Literal>,
    /// Joined by `or`; then all are ground.
    pub or: bool,
    pub within: Option<usize>,
    pub as_of: Option<usize>,
    pub supposed: Option<Literal>,
    pub given: Option<Literal>,
}

/// Which relations a rule may read, by their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layers {
    #[default]
    Any,
    /// None above the head's; in exceptions only those below.
    Stratified,
    /// Only those below the head's: no loops at all.
    Below,
}

#[derive(Clone, Debug, Default)]
pub struct Case {
    pub facts: Vec<Fact>,
    pub rules: Vec<Rule>,
    /// Pairs of authors by number: the rules, then the reporters. The lesser prevails, so there is no cycle.
    pub overrides: Vec<(usize, usize)>,
    /// By relation: `symmetric`, `transitive`, `one ?x`, `functional`.
    pub declared: BTreeMap<usize, &'static str>,
    pub drivers: Vec<Vec<Outcome>>,
    pub scenarios: Vec<Scenario>,
    pub impossible: Vec<Vec<Literal>>,
    pub present: Option<usize>,
    pub asked: Vec<Asked>,
    pub layers: Layers,
}

pub fn arity(relation: usize) -> usize {
    RELATIONS[relation]
        .iter()
        .filter(|words| words.is_empty())
        .count()
}

pub fn sentence(relation: usize, negative: bool, terms: &[String]) -> String {
    let mut terms = terms.iter();
    let words: Vec<&str> = RELATIONS[relation]
        .iter()
        .map(|words| {
            if words.is_empty() {
                terms.next().map_or("", String::as_str)
            } else {
                words
            }
        })
        .collect();
    format!("{}{}", if negative { "not " } else { "" }, words.join(" "))
}

impl Literal {
    pub fn used(&self) -> &[Term] {
        &self.terms[..arity(self.relation)]
    }

    pub fn variables(&self) -> BTreeSet<usize> {
        self.used()
            .iter()
            .filter_map(|term| {
                if let Term::Variable(at) = term {
                    Some(*at)
                } else {
                    None
                }
            })
            .collect()
    }

    pub fn text(&self, term: impl Fn(Term) -> String) -> String {
        let numbered = |place: usize| self.relation == NUMBERED && place == 1;
        let terms = self.used().iter().enumerate().map(|(place, &it)| match it {
            Term::Name(at) if numbered(place) => (at + 1).to_string(),
            _ => term(it),
        });
        sentence(self.relation, self.negative, &terms.collect::<Vec<_>>())
    }

    /// Without variables: they become names.
    pub fn ground(&self) -> String {
        let name = |term| match term {
            Term::Name(at) | Term::Variable(at) => Term::Name(at),
            Term::Anything | Term::Result => Term::Name(0),
        };
        Self {
            terms: self.terms.map(name),
            ..self.clone()
        }
        .open()
    }

    pub fn open(&self) -> String {
        self.text(plain)
    }
}

pub fn plain(term: Term) -> String {
    match term {
        Term::Name(at) => NAMES[at % NAMES.len()].to_string(),
        Term::Variable(at) => format!("?{}", VARIABLES[at]),
        Term::Anything => "?".to_string(),
        Term::Result => "?n".to_string(),
    }
}

/// `2001`, `2001-07`, `2002`, …
pub fn date(at: usize) -> String {
    let year = 2001 + at / 2;
    if at.is_multiple_of(2) {
        year.to_string()
    } else {
        format!("{year}-07")
    }
}

pub fn time(time: &Time) -> String {
    match time {
        Time::From(at) => format!("from {}", date(*at)),
        Time::Until(at) => format!("until {}", date(*at)),
        Time::Before(at) => format!("before {}", date(*at)),
        Time::In(at) => format!("in {}", date(*at)),
        Time::FromUntil(a, b) => format!("from {}, until {}", date(*a.min(b)), date(*a.max(b))),
        Time::Happened(at) => format!("happened in {}", date(*at)),
    }
}
