//! Random cases in which loops reckon: arithmetic and counts feed relations of one value that they read, or whose absence they read. Each
//! step is bounded by a comparison. What the checker refuses is no case.

use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;

const NAMES: [&str; 3] = ["Ann", "Bob", "Cyd"];
/// Relations whose last term is a number.
const NUMBERED: [&str; 2] = ["owns", "holds"];

/// What a rule may ask for besides a number that someone owns or holds.
const BESIDE: [&str; 14] = [
    "?x likes ?y",
    "?y holds ?m",
    "?x owns ?m",
    "?y owns ?m",
    "?x is red",
    "?x is kind",
    "not ?x is red",
    "not ?x owns 2",
    "not ?x holds ?n",
    "not ?x owns ?n",
    "(?x is red or ?x is kind)",
    "?n > 1",
    "?n < 3",
    "?x trusts ?y",
];

/// How a number comes from others.
const STEPS: [&str; 21] = [
    "?k = ?n + 1",
    "?k = ?n + 1",
    "?k = ?n + ?m",
    "?k = ?n * 2",
    "?k = 4 - ?n",
    "?k = ?n % 2",
    "?k = 2",
    "?k is the number of ?c where ?x trusts ?c",
    "?k is the number of ?c where ?c trusts ?x and ?c is old",
    "?k is the sum of ?c where ?x scores ?c",
    "?k is the greatest of ?c where ?x scores ?c",
    "?k is the number of ?c where ?x scores ?c and ?c <= ?n",
    "?k is the number of ?c where ?c scores ?s and ?s < ?n",
    "?k is the sum of ?c where ?x scores ?c and ?c > ?n",
    "?k is the least of ?c + ?n where ?x scores ?c",
    "?k is the greatest of ?c where ?y scores ?c and ?c <= ?m + 1",
    "?k is the number of ?c where ?c trusts ?x and not ?c scores ?n",
    "?k is the number of ?c where (?c trusts ?x unless (?c scores ?s and ?s > ?n))",
    "?k is the number of ?c where (?c is old or (?c scores ?s and ?s = ?n))",
    "?j is the number of ?c where ?x scores ?c and ?c < ?n and ?k is the number of ?d where ?x scores ?d and ?d > ?j",
    "?k is the average of ?c where ?x scores ?c and ?c != ?n",
];

const EXCEPTIONS: [&str; 22] = [
    "?x is red",
    "not ?x is kind",
    "?x owns 2",
    "not ?x owns 2",
    "?x owns ?k",
    "not ?x owns ?k",
    "?x holds ?k",
    "not ?x holds ?k",
    "?k > 2",
    "(?k > 2 and ?x is kind)",
    "(?k > 2 or ?x is red)",
    "(?x owns ?e and ?e > ?k)",
    "(?e = ?k + 1 and ?x holds ?e)",
    "(?e = ?k + 1 and not ?x owns ?e)",
    "(not ?x owns ?k and ?x is kind)",
    "(?x is kind unless ?x owns ?k)",
    "(?x is red unless ?k > 1)",
    "(?x likes ?e and ?e owns ?k)",
    "(not ?x likes ?e and ?e owns ?k)",
    "(?x owns ? and ?k < 2)",
    "(?e is the number of ?c where ?x scores ?c and ?c <= ?n and ?e > 1)",
    "(?e is the number of ?c where ?c trusts ?x and not ?c scores ?k and ?e < 1)",
];

const HEADS: [&str; 12] = [
    "?x owns ?k",
    "?x owns ?k",
    "?x owns ?k",
    "?x holds ?k",
    "?x holds ?k",
    "?x holds ?n",
    "?x is red",
    "?x is kind",
    "?y owns ?k",
    "?y holds ?k",
    "?x likes ?y",
    "Ann owns ?k",
];

/// Rules below all that is reckoned, which counts range over.
const BELOW: [&str; 8] = [
    "?x trusts ?y and ?y trusts ?z suggests ?x trusts ?z",
    "?x trusts ?y unless ?y is old suggests ?y is old",
    "unless ?x is old and ?x trusts ?y implies ?x is old",
    "?x trusts ?y unless ?x is old implies ?y trusts ?x",
    "?x is old suggests not ?x trusts ?x",
    "?x scores ?n and ?k = ?n + 1 and ?k < 4 unless ?x is old suggests ?x scores ?k",
    "?x is old casts doubt on ?x scores 1",
    "?x trusts ? suggests not ?x is old",
];

#[derive(Clone, Debug)]
struct Rule {
    verb: usize,
    from: usize,
    beside: Vec<usize>,
    step: Option<usize>,
    exceptions: Vec<usize>,
    head: (bool, usize),
}

#[derive(Clone, Debug)]
struct Fact {
    relation: usize,
    negative: bool,
    terms: (usize, usize),
    note: usize,
}

#[derive(Clone, Debug)]
pub struct Reckoning {
    declared: Vec<(usize, usize)>,
    facts: Vec<Fact>,
    below: Vec<usize>,
    rules: Vec<Rule>,
    overrides: Vec<(usize, usize)>,
    outcomes: Vec<Fact>,
}

fn fact() -> impl Strategy<Value = Fact> {
    (
        prop_oneof![5 => 0..2usize, 3 => 2..8usize],
        prop::bool::weighted(0.15),
        (0..NAMES.len(), 0..4usize),
        0..10usize,
    )
        .prop_map(|(relation, negative, terms, note)| Fact {
            relation,
            negative,
            terms,
            note,
        })
}

fn rule() -> impl Strategy<Value = Rule> {
    (
        0..5usize,
        0..NUMBERED.len(),
        vec(0..BESIDE.len(), 0..=2),
        prop::option::weighted(0.8, 0..STEPS.len()),
        vec(0..EXCEPTIONS.len(), 0..=2),
        (prop::bool::weighted(0.15), 0..HEADS.len()),
    )
        .prop_map(|(verb, from, beside, step, exceptions, head)| Rule {
            verb,
            from,
            beside,
            step,
            exceptions,
            head,
        })
}

pub fn case() -> impl Strategy<Value = Reckoning> {
    (
        vec((0..4usize, 0..2usize), 0..=2),
        vec(fact(), 1..=9),
        vec(0..BELOW.len(), 0..=3),
        vec(rule(), 1..=4),
        vec((0..4usize, 0..4usize), 0..=2),
        prop_oneof![3 => Just(Vec::new()).boxed(), 1 => vec(fact(), 1..=2).boxed()],
    )
        .prop_map(
            |(declared, facts, below, rules, overrides, outcomes)| Reckoning {
                declared,
                facts,
                below,
                rules,
                overrides,
                outcomes,
            },
        )
}

impl Fact {
    /// The sentence, its `not` left out where a note would stand beside it.
    fn text(&self, plain: bool) -> String {
        let (name, other) = (NAMES[self.terms.0], NAMES[self.terms.1 % NAMES.len()]);
        let number = self.terms.1;
        let said = match self.relation {
            0 | 1 => format!("{name} {} {number}", NUMBERED[self.relation]),
            2 => format!("{name} likes {other}"),
            3 => format!("{name} trusts {other}"),
            4 => format!("{name} is red"),
            5 => format!("{name} is kind"),
            6 => format!("{name} is old"),
            _ => format!("{name} scores {number}"),
        };
        let not = if self.negative && plain { "not " } else { "" };
        format!("{not}{said}")
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = vec![format!("?x {} ?n", NUMBERED[self.from])];
        parts.extend(self.beside.iter().map(|&at| BESIDE[at].to_string()));
        if let Some(step) = self.step {
            parts.push(STEPS[step].to_string());
            parts.push("?k < 5 and ?k >= 0".to_string());
        }
        let exceptions: Vec<String> = self
            .exceptions
            .iter()
            .enumerate()
            .map(|(at, &exception)| {
                format!(
                    " unless {}",
                    EXCEPTIONS[exception].replace("?e", &format!("?e{at}"))
                )
            })
            .collect();
        let verb = [
            "implies",
            "implies",
            "suggests",
            "suggests",
            "casts doubt on",
        ][self.verb];
        let (not, head) = self.head;
        let not = if not { "not " } else { "" };
        let mut said = format!(
            "{}{} {verb} {not}{}",
            parts.join(" and "),
            exceptions.concat(),
            HEADS[head]
        );
        if self.step.is_none() {
            said = said.replace("?k", "?n");
        }
        for (variable, instead) in [("?y", "?x"), ("?m", "?n")] {
            let binds =
                |at: &&usize| BESIDE[**at].contains(variable) && !BESIDE[**at].starts_with("not");
            if !self.beside.iter().any(|at| binds(&at)) {
                said = said.replace(variable, instead);
            }
        }
        write!(f, "{said}")
    }
}

impl fmt::Display for Reckoning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, &(relation, place)) in self.declared.iter().enumerate() {
            if self.declared[..at]
                .iter()
                .all(|before| before.0 != relation)
            {
                let words = ["owns", "holds", "likes", "scores"][relation];
                writeln!(f, "relation ?a {words} ?b, one {}.", ["?b", "?a"][place])?;
            }
        }
        for fact in &self.facts {
            let note = match fact.note {
                0 | 1 => " [reported by Post]",
                2 => " [denied by Post]",
                3 => " [presumably]",
                4 => " [reported by Post, denied by Herald]",
                _ => "",
            };
            writeln!(f, "{}{note}.", fact.text(note.is_empty()))?;
        }
        for &below in &self.below {
            writeln!(f, "{}.", BELOW[below])?;
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
            for (at, fact) in self.outcomes.iter().enumerate() {
                writeln!(f, "  o{at}: {}.", fact.text(true))?;
            }
            writeln!(f, "  none: nothing.")?;
        }
        Ok(())
    }
}
