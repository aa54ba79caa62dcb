//! Answers to questions, by "Tests and questions", "Worlds", "Likelihood" and "Supposing" of the language page. Judged are conjunctions
//! and disjunctions of literals.

use super::findings::{Ambiguity, View};
use super::matching::{Binding, Matcher, ground};
use super::normal::Truth;
use super::{Verdict, before_impossible};
use hence::program::{
    Argument, Body, Expression, Program, Question, QuestionKind, Variable, Variables,
};
use hence::reading::Status;
use hence::value::Value;
use std::collections::BTreeSet;

/// A row of a table in one context: its world by its outcomes, its day.
pub type Row = (Vec<Value>, bool, Vec<usize>, usize);

#[derive(Debug)]
pub enum Answer {
    /// Everything that was asked about is impossible, or contradicts what is given.
    NoWorld,
    /// With the worlds and days in which it holds.
    YesNo {
        status: Status,
        holds: BTreeSet<(Vec<usize>, usize)>,
        likelihood: f64,
    },
    /// Each row where it is presumed, and whether it is certain there.
    Table(BTreeSet<Row>),
    Likelihood(f64),
}

pub struct Judged<'a> {
    pub verdict: Verdict<'a>,
    /// The days asked about.
    pub days: Vec<usize>,
    pub answer: Answer,
}

pub fn answer<'a>(program: &'a Program, question: &Question, ambiguity: Ambiguity) -> Judged<'a> {
    let frame = &question.frame;
    let mut verdict = before_impossible(program, frame.scenario, ambiguity);
    let days = match frame.as_of.or(program.present) {
        Some(date) => vec![verdict.day(date.last)],
        None => (0..verdict.days.len()).collect(),
    };
    let opened = verdict.condition(&days, &frame.given, &question.variables);
    verdict.remove_impossible();
    if question.kind != QuestionKind::HowLikely {
        verdict.keep_now(frame.scenario, &opened);
    }
    let answer = if verdict.worlds.is_empty() {
        Answer::NoWorld
    } else if question.kind == QuestionKind::HowLikely {
        Answer::Likelihood(verdict.likelihood(&days, &question.body, &question.variables))
    } else if question.variables.0.is_empty() || !mentions_variables(&question.body) {
        verdict.yes_or_no(&days, &question.body, &question.variables)
    } else {
        verdict.table(&days, &question.body, &question.variables)
    };
    Judged {
        verdict,
        days,
        answer,
    }
}

fn mentions_variables(body: &Body) -> bool {
    match body {
        Body::Literal(literal) => ground(literal, &vec![None; 64]).is_none(),
        Body::And(parts) | Body::Or(parts) => parts.iter().any(mentions_variables),
        _ => true,
    }
}

impl Verdict<'_> {
    /// "keeps the worlds where B holds"; the drivers on which that depends.
    fn condition(&mut self, days: &[usize], given: &[Body], variables: &Variables) -> Vec<bool> {
        let mut holding: BTreeSet<Vec<usize>> = BTreeSet::new();
        for world in 0..self.worlds.len() {
            if given
                .iter()
                .all(|body| self.holds(world, days, body, variables))
            {
                holding.insert(self.worlds[world].0.clone());
            }
        }
        let drivers = self.program.drivers.len();
        let differ_in = |driver: usize, a: &[usize], b: &[usize]| {
            (0..drivers).all(|at| (at == driver) == (a[at] != b[at]))
        };
        let opened = (0..drivers)
            .map(|driver| {
                self.worlds.iter().any(|(one, _)| {
                    holding.contains(one)
                        && self.worlds.iter().any(|(other, _)| {
                            differ_in(driver, one, other) && !holding.contains(other)
                        })
                })
            })
            .collect();
        self.worlds
            .retain(|(outcomes, _)| holding.contains(outcomes));
        opened
    }

    fn yes_or_no(&mut self, days: &[usize], body: &Body, variables: &Variables) -> Answer {
        let mut holds = BTreeSet::new();
        let mut statuses = BTreeSet::new();
        for world in 0..self.worlds.len() {
            let by_day: Vec<Status> = days
                .iter()
                .map(|&day| self.compound(world, day, body))
                .collect();
            for (&day, status) in days.iter().zip(&by_day) {
                if matches!(status, Status::Certain | Status::Presumed) {
                    holds.insert((self.worlds[world].0.clone(), day));
                }
            }
            statuses.insert(over_time(&by_day));
        }
        let status = over_worlds(&statuses);
        let likelihood = self.likelihood(days, body, variables);
        Answer::YesNo {
            status,
            holds,
            likelihood,
        }
    }

    /// "the weakest status of its parts in the order certain, presumed, contested, undecided, unknown, and is refuted if a part
    /// is; `or` the dual"
    fn compound(&self, world: usize, day: usize, body: &Body) -> Status {
        let strength = |part: &Body| self.compound(world, day, part);
        match body {
            Body::Literal(literal) => {
                let claim = ground(literal, &vec![None; 64]).expect("a literal without variables");
                self.status(world, &claim, day)
            }
            // The order of statuses is that of strength, refuted the weakest.
            Body::And(parts) => parts.iter().map(strength).max().unwrap_or(Status::Certain),
            Body::Or(parts) => parts.iter().map(strength).min().unwrap_or(Status::Unknown),
            _ => unreachable!("not asked of the judge"),
        }
    }

    fn table(&mut self, days: &[usize], body: &Body, variables: &Variables) -> Answer {
        let mut rows: BTreeSet<Row> = BTreeSet::new();
        let named: Vec<usize> = (0..variables.0.len())
            .filter(|&at| variables.0[at] != "?" && body_mentions(body, at))
            .collect();
        for world in 0..self.worlds.len() {
            for &day in days {
                for (binding, certain) in self.rows(world, day, body, variables) {
                    let values = named
                        .iter()
                        .map(|&at| {
                            binding[at].map_or(Value::Name("".into()), |term| self.terms.get(term))
                        })
                        .collect();
                    rows.insert((values, certain, self.worlds[world].0.clone(), day));
                }
            }
        }
        let certain: BTreeSet<Row> = rows.iter().filter(|row| row.1).cloned().collect();
        rows.retain(|row| row.1 || !certain.contains(&(row.0.clone(), true, row.2.clone(), row.3)));
        Answer::Table(rows)
    }

    fn rows(
        &mut self,
        world: usize,
        day: usize,
        body: &Body,
        variables: &Variables,
    ) -> Vec<(Binding, bool)> {
        let findings = &self.worlds[world].1;
        let argued = &findings.argued[day];
        let mut matcher = Matcher {
            program: self.program,
            terms: &mut self.terms,
            variables,
            argued,
            earlier: findings,
            day,
            exceptions: true,
        };
        let matches = matcher.body(body, &vec![None; variables.0.len()]);
        matches
            .into_iter()
            .filter(|(_, way)| findings.all(way, View::Presumed, day) == Truth::Holds)
            .map(|(binding, way)| {
                (
                    binding,
                    findings.all(&way, View::Certain, day) == Truth::Holds,
                )
            })
            .collect()
    }
}

/// Whether a body gives the variable a value: outside exceptions, and not inside an aggregate alone.
fn body_mentions(body: &Body, variable: usize) -> bool {
    let is = |argument: &Argument| *argument == Argument::Variable(Variable(variable as u32));
    let alone = |side: &Expression| matches!(side, Expression::Argument(argument) if is(argument));
    match body {
        Body::Literal(literal) => literal.arguments.iter().any(is),
        Body::Comparison { left, right, .. } => alone(left) || alone(right),
        Body::Aggregate(aggregate) => {
            is(&aggregate.result) || aggregate.groups.iter().any(|it| it.0 == variable as u32)
        }
        Body::And(parts) | Body::Or(parts) => {
            parts.iter().any(|part| body_mentions(part, variable))
        }
        Body::Unless { body, .. } => body
            .as_ref()
            .is_some_and(|body| body_mentions(body, variable)),
    }
}

/// "Without a present a sentence holds if it does at some time", "certain here and presumed there is presumed"; else the first of
/// the other statuses that it has at some time.
pub fn over_time(statuses: &[Status]) -> Status {
    let first = [
        Status::Presumed,
        Status::Certain,
        Status::Refuted,
        Status::Contested,
        Status::Undecided,
    ];
    first
        .into_iter()
        .find(|status| statuses.contains(status))
        .unwrap_or(Status::Unknown)
}

/// "certain here and presumed there is presumed; other differences between worlds are `depends`"
pub fn over_worlds(statuses: &BTreeSet<Status>) -> Status {
    match statuses.iter().copied().collect::<Vec<_>>()[..] {
        [same] => same,
        [Status::Certain, Status::Presumed] => Status::Presumed,
        _ => Status::Depends,
    }
}
