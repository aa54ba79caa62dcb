//! A random case → its text in hence's language. Whatever the data, the text is well formed: variables that nothing binds are replaced
//! as it is written, so that a case can be cut down freely.

use super::case::{
    Aggregate, Asked, Case, Fact, Layers, Literal, NUMBERED, RELATIONS, REPORTERS, Rule, Standing,
    Term, VARIABLES, arity, date, plain, sentence, time,
};
use std::collections::BTreeSet;
use std::fmt::{self, Display, Write};

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
