//! A small random case as data, and its text in hence's language. Whatever the data, the text is well formed: variables
//! that nothing binds are replaced as it is written, so that a case can be cut down freely.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Write};

pub const NAMES: [&str; 3] = ["Ann", "Bob", "Cyd"];
pub const REPORTERS: [&str; 3] = ["Post", "Herald", "Mirror"];
const VARIABLES: [&str; 3] = ["x", "y", "z"];
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

fn sentence(relation: usize, negative: bool, terms: &[String]) -> String {
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
    fn used(&self) -> &[Term] {
        &self.terms[..arity(self.relation)]
    }

    fn variables(&self) -> BTreeSet<usize> {
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

    fn text(&self, term: impl Fn(Term) -> String) -> String {
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

fn plain(term: Term) -> String {
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

fn time(time: &Time) -> String {
    match time {
        Time::From(at) => format!("from {}", date(*at)),
        Time::Until(at) => format!("until {}", date(*at)),
        Time::Before(at) => format!("before {}", date(*at)),
        Time::In(at) => format!("in {}", date(*at)),
        Time::FromUntil(a, b) => format!("from {}, until {}", date(*a.min(b)), date(*a.max(b))),
        Time::Happened(at) => format!("happened in {}", date(*at)),
    }
}

fn notes(notes: &[String]) -> String {
    if notes.is_empty() {
        String::new()
    } else {
        format!(" [{}]", notes.join(", "))
    }
}

impl Fact {
    fn text(&self) -> String {
        let mut all = match self.standing {
            Standing::Stated => Vec::new(),
            Standing::Reported(by) => vec![format!("reported by {}", REPORTERS[by])],
            Standing::Denied(by) => vec![format!("denied by {}", REPORTERS[by])],
            Standing::ReportedAndDenied(by, not_by) => {
                vec![
                    format!("reported by {}", REPORTERS[by]),
                    format!("denied by {}", REPORTERS[not_by]),
                ]
            }
            Standing::Presumably => vec!["presumably".to_string()],
            Standing::Likely(percent) => vec![format!("{percent}%")],
        };
        all.extend(self.time.as_ref().map(time));
        format!("{}{}.", self.literal.ground(), notes(&all))
    }
}

impl Rule {
    /// The variables that every branch of the body binds.
    fn bound(&self) -> BTreeSet<usize> {
        let mut bound: BTreeSet<usize> = self.body.iter().flat_map(Literal::variables).collect();
        if let Some((left, right)) = &self.either {
            bound.extend(left.variables().intersection(&right.variables()));
        }
        bound
    }

    fn text(&self, label: usize, layers: Layers) -> String {
        let rule = self.layered(layers);
        let mut parts: Vec<String> = rule.body.iter().map(Literal::open).collect();
        if let Some((left, right)) = &rule.either {
            parts.push(format!("({} or {})", left.open(), right.open()));
        }
        let bound = rule.bound();
        if let Some((a, b)) = rule.unequal
            && a != b
            && bound.contains(&a)
            && bound.contains(&b)
        {
            parts.push(format!("?{} != ?{}", VARIABLES[a], VARIABLES[b]));
        }
        let mut outside = bound.clone();
        outside.extend(
            rule.either
                .iter()
                .flat_map(|(left, right)| [left, right])
                .flat_map(Literal::variables),
        );
        let result = rule
            .aggregate
            .as_ref()
            .and_then(|aggregate| aggregate.text(&outside));
        parts.extend(result.iter().map(|(text, _)| text.clone()));
        let mut text = format!("rule r{label}: {}", parts.join(" and "));
        for (at, exception) in rule
            .exceptions
            .iter()
            .enumerate()
            .filter(|(_, exception)| !exception.is_empty())
        {
            let _ = write!(
                text,
                " unless {}",
                locals(exception, &bound, at).join(" and ")
            );
        }
        let result = result.is_some_and(|(_, carried)| carried);
        let heads: Vec<String> = rule
            .heads
            .iter()
            .map(|head| rule.head(head, &bound, result))
            .collect();
        let mut all: Vec<String> = rule.time.iter().map(time).collect();
        if rule.onward {
            all.push("from then on".to_string());
        }
        let _ = write!(
            text,
            " {} {}{}.",
            rule.verb,
            heads.join(" and "),
            notes(&all)
        );
        text.replace(":  ", ": ")
    }

    fn head(&self, head: &Literal, bound: &BTreeSet<usize>, result: bool) -> String {
        let last = arity(head.relation).wrapping_sub(1);
        let first = bound
            .first()
            .map_or(Term::Name(0), |&first| Term::Variable(first));
        let mut safe = head.clone();
        for (place, term) in safe.terms.iter_mut().enumerate() {
            *term = match *term {
                Term::Variable(at) if head.relation == NUMBERED && place == 1 => Term::Name(at),
                _ if head.relation == NUMBERED && place == 1 => Term::Name(0),
                Term::Variable(at) if !bound.contains(&at) => first,
                Term::Anything => first,
                known => known,
            };
            if result && place == last {
                *term = Term::Result;
            }
        }
        safe.open()
    }

    fn layered(&self, layers: Layers) -> Self {
        let mut rule = self.clone();
        let lowest = rule
            .heads
            .iter()
            .map(|head| head.relation)
            .min()
            .unwrap_or(0);
        let allowed = |literal: &Literal| match layers {
            Layers::Any => true,
            Layers::Stratified => literal.relation <= lowest,
            Layers::Below => literal.relation < lowest,
        };
        rule.body.retain(allowed);
        rule.either = rule
            .either
            .filter(|(left, right)| allowed(left) && allowed(right));
        for exception in &mut rule.exceptions {
            exception.retain(|literal| {
                allowed(literal) && (layers == Layers::Any || literal.relation < lowest)
            });
        }
        rule
    }
}

/// The literals of an exception: a variable that the rule does not bind is the exception's own, or a bare `?` where it is met once.
fn locals(exception: &[Literal], bound: &BTreeSet<usize>, at: usize) -> Vec<String> {
    let uses = |variable: usize| {
        exception
            .iter()
            .flat_map(|literal| literal.used())
            .filter(|term| **term == Term::Variable(variable))
            .count()
    };
    let term = |term: Term| match term {
        Term::Variable(variable) if !bound.contains(&variable) => {
            if uses(variable) > 1 {
                format!("?{}{at}", VARIABLES[variable])
            } else {
                "?".to_string()
            }
        }
        _ => plain(term),
    };
    exception.iter().map(|literal| literal.text(term)).collect()
}

impl Aggregate {
    /// With whether the result is to be carried to the head; nothing where the condition has no variable to count.
    fn text(&self, bound: &BTreeSet<usize>) -> Option<(String, bool)> {
        let own: Vec<usize> = self
            .condition
            .iter()
            .flat_map(Literal::variables)
            .filter(|variable| !bound.contains(variable))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let counted = |&&variable: &&usize| self.kind.is_multiple_of(5) || self.is_number(variable);
        let able: Vec<&usize> = own.iter().filter(counted).collect();
        let over = VARIABLES[**able.get(self.over % able.len().max(1))?];
        let kind = ["number", "sum", "least", "greatest", "average"][self.kind % 5];
        let condition = self
            .condition
            .iter()
            .map(Literal::open)
            .collect::<Vec<_>>()
            .join(" and ");
        let result = format!("?n is the {kind} of ?{over} where {condition}");
        Some(match self.test {
            Some((comparison, wanted)) => (
                format!(
                    "{result} and ?n {} {wanted}",
                    ["=", "<", ">="][comparison % 3]
                ),
                false,
            ),
            None => (result, true),
        })
    }

    /// Only numbers can be added and put in order.
    fn is_number(&self, variable: usize) -> bool {
        self.condition.iter().all(|literal| {
            let number =
                literal.relation == NUMBERED && literal.terms[0] != Term::Variable(variable);
            number || !literal.variables().contains(&variable)
        })
    }
}

impl Case {
    /// The scenario's suppositions that speak of nothing an earlier one, or one of a scenario it extends, has spoken of.
    fn suppositions(&self, scenario: usize) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let mut lines = Vec::new();
        for at in self.chain(scenario) {
            lines.clear();
            for supposition in &self.scenarios[at].suppositions {
                let stated: Vec<&Fact> = self
                    .facts
                    .iter()
                    .filter(|fact| matches!(fact.standing, Standing::Stated))
                    .collect();
                let (line, about) = match supposition.drop {
                    Some(number) if !stated.is_empty() => {
                        let literal = &stated[number % stated.len()].literal;
                        (format!("drop {}", literal.ground()), literal)
                    }
                    _ => {
                        let all: Vec<String> = supposition.time.iter().map(time).collect();
                        (
                            format!("suppose {}{}", supposition.literal.ground(), notes(&all)),
                            &supposition.literal,
                        )
                    }
                };
                if taken.insert(self.spoken_of(about)) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// A scenario and those that it extends, the first of them first.
    fn chain(&self, scenario: usize) -> Vec<usize> {
        let mut chain = vec![scenario];
        while let Some(next) = self.extends(chain[chain.len() - 1]) {
            chain.push(next);
        }
        chain.reverse();
        chain
    }

    fn extends(&self, scenario: usize) -> Option<usize> {
        self.scenarios[scenario]
            .extends
            .filter(|&earlier| earlier < scenario)
    }

    /// The sentence, or for a `one` relation the relation.
    fn spoken_of(&self, literal: &Literal) -> String {
        let one = self
            .declared
            .get(&literal.relation)
            .is_some_and(|property| property.starts_with("one"));
        if one {
            RELATIONS[literal.relation].join("")
        } else {
            Literal {
                negative: false,
                ..literal.clone()
            }
            .ground()
        }
    }

    pub fn scenario_labels(&self) -> Vec<String> {
        (0..self.scenarios.len())
            .filter(|&at| !self.suppositions(at).is_empty())
            .map(|at| format!("s{at}"))
            .collect()
    }

    fn author(&self, number: usize) -> String {
        match number.checked_sub(self.rules.len()) {
            None => format!("r{number}"),
            Some(reporter) => REPORTERS[reporter % REPORTERS.len()].to_string(),
        }
    }

    fn write_overrides(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<usize> = (0..self.rules.len())
            .chain(
                (0..REPORTERS.len())
                    .filter(|&at| self.reports(at))
                    .map(|at| at + self.rules.len()),
            )
            .collect();
        let mut written = BTreeSet::new();
        for &(a, b) in self.overrides.iter().filter(|_| !known.is_empty()) {
            let (a, b) = (known[a % known.len()], known[b % known.len()]);
            let (winner, loser) = (self.author(a.min(b)), self.author(a.max(b)));
            if winner != loser && written.insert((winner.clone(), loser.clone())) {
                writeln!(f, "{winner} overrides {loser}.")?;
            }
        }
        Ok(())
    }

    fn reports(&self, reporter: usize) -> bool {
        self.facts.iter().any(|fact| match fact.standing {
            Standing::Reported(by) | Standing::Denied(by) => by == reporter,
            Standing::ReportedAndDenied(by, not_by) => by == reporter || not_by == reporter,
            Standing::Stated | Standing::Presumably | Standing::Likely(_) => false,
        })
    }

    fn write_drivers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, outcomes) in self.drivers.iter().enumerate() {
            writeln!(f, "driver d{at}:")?;
            let mut has_now = false;
            for (number, outcome) in outcomes.iter().enumerate() {
                let mut all = Vec::new();
                if outcome.now && !has_now {
                    has_now = true;
                    all.push("now".to_string());
                }
                all.extend(outcome.likelihood.map(|percent| format!("{percent}%")));
                let states: Vec<String> = outcome.states.iter().map(Literal::ground).collect();
                if states.is_empty() {
                    writeln!(f, "  o{number}: nothing{}.", notes(&all))?;
                } else {
                    all.extend(outcome.time.as_ref().map(time));
                    writeln!(f, "  o{number}: {}{}.", states.join(" and "), notes(&all))?;
                }
            }
        }
        Ok(())
    }
}

impl Asked {
    fn text(&self, case: &Case) -> String {
        let ground = self.or || self.how_likely;
        let literals: Vec<String> = self
            .literals
            .iter()
            .map(|literal| {
                if ground {
                    literal.ground()
                } else {
                    literal.open()
                }
            })
            .collect();
        let mut text = literals.join(if self.or { " or " } else { " and " });
        if self.how_likely {
            text = format!("how likely is it that {text}");
        }
        let labels = case.scenario_labels();
        if let Some(within) = self.within.filter(|_| !labels.is_empty()) {
            let _ = write!(text, " in {}", labels[within % labels.len()]);
        } else if let Some(supposed) = &self.supposed {
            let _ = write!(text, " if {}", supposed.ground());
        }
        if let Some(as_of) = self.as_of {
            let _ = write!(text, " as of {}", date(as_of));
        }
        if let Some(given) = &self.given {
            let _ = write!(text, " given {}", given.ground());
        }
        text + "?"
    }
}

impl Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (&relation, property) in &self.declared {
            let terms: Vec<String> = VARIABLES[..arity(relation)]
                .iter()
                .map(|name| format!("?{name}"))
                .collect();
            writeln!(
                f,
                "relation {}, {property}.",
                sentence(relation, false, &terms)
            )?;
        }
        if let Some(present) = self.present {
            writeln!(f, "as of {}.", date(present))?;
        }
        for fact in &self.facts {
            writeln!(f, "{}", fact.text())?;
        }
        for (label, rule) in self.rules.iter().enumerate() {
            writeln!(f, "{}", rule.text(label, self.layers))?;
        }
        self.write_overrides(f)?;
        self.write_drivers(f)?;
        for scenario in 0..self.scenarios.len() {
            let lines = self.suppositions(scenario);
            if lines.is_empty() {
                continue;
            }
            let parent = self
                .extends(scenario)
                .filter(|&parent| !self.suppositions(parent).is_empty());
            let extends = parent.map_or_else(String::new, |parent| format!(" extends s{parent}"));
            writeln!(f, "scenario s{scenario}{extends}:")?;
            for line in lines {
                writeln!(f, "  {line}.")?;
            }
        }
        for body in self.impossible.iter().filter(|body| !body.is_empty()) {
            let literals: Vec<String> = body.iter().map(Literal::open).collect();
            writeln!(f, "impossible {}.", literals.join(" and "))?;
        }
        for asked in &self.asked {
            writeln!(f, "{}", asked.text(self))?;
        }
        Ok(())
    }
}
