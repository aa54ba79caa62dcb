//! The judge: the language page's definitions, evaluated for each context on its own. It is slow and shares nothing with the
//! engine but the checked program and the arithmetic of values.

mod aggregate;
pub mod answer;
mod arguments;
mod best;
mod claim;
pub mod expect;
mod findings;
mod levels;
pub mod matching;
mod normal;
mod views;
pub mod world;

pub use claim::Claim;
pub use findings::{Ambiguity, Findings, View};
pub use normal::Truth;
pub use world::{Outcomes, days};

use hence::program::{Program, RelationId, ScenarioId};
use hence::reading::Status;
use hence::value::{Term, Terms, Value, date::Day};
use matching::Matcher;
use world::World;

/// All worlds of one scenario, `impossible` ones taken out.
pub struct Verdict<'a> {
    pub program: &'a Program,
    /// The days that stand for all others.
    pub days: Vec<Day>,
    pub worlds: Vec<(Outcomes, Findings)>,
    /// The program's terms and those that arithmetic made.
    pub terms: Terms,
}

/// Judges a scenario: with the `[now]` outcomes as they are, or with all drivers open.
pub fn judge(
    program: &Program,
    scenario: ScenarioId,
    all_worlds: bool,
    ambiguity: Ambiguity,
) -> Verdict<'_> {
    let mut verdict = before_impossible(program, scenario, ambiguity);
    verdict.remove_impossible();
    if !all_worlds {
        verdict.keep_now(scenario, &vec![false; program.drivers.len()]);
    }
    verdict
}

/// All drivers open, the impossible worlds still there.
fn before_impossible(program: &Program, scenario: ScenarioId, ambiguity: Ambiguity) -> Verdict<'_> {
    let mut terms = program.terms.clone();
    let mut worlds = Vec::new();
    for outcomes in world::worlds(program, scenario) {
        let world = World::new(program, scenario, outcomes.clone());
        let findings = views::findings(program, &world, &mut terms, ambiguity);
        worlds.push((outcomes, findings));
    }
    Verdict {
        program,
        days: days(program),
        worlds,
        terms,
    }
}

/// "`impossible B` removes, once everything is derived, the worlds where B holds": on some day.
fn impossible(program: &Program, findings: &Findings, terms: &mut Terms) -> bool {
    (0..findings.argued.len()).any(|day| {
        program.impossible.iter().any(|(body, variables, _)| {
            let argued = &findings.argued[day];
            let mut matcher = Matcher {
                program,
                terms,
                variables,
                argued,
                earlier: findings,
                day,
                exceptions: true,
            };
            let unbound = vec![None; variables.0.len()];
            matcher
                .body(body, &unbound)
                .iter()
                .any(|(_, way)| findings.all(way, View::Presumed, day) == Truth::Holds)
        })
    })
}

impl Verdict<'_> {
    /// The same worlds with nothing to speak for contradicted sentences or their opposites where they are contradicted; `None` where
    /// none are.
    pub fn without_contradictions(
        &self,
        scenario: ScenarioId,
        ambiguity: Ambiguity,
    ) -> Option<Self> {
        let program = self.program;
        let mut terms = self.terms.clone();
        let mut worlds = Vec::new();
        let mut found = false;
        for (outcomes, findings) in &self.worlds {
            let quiet = findings.contradicted(program);
            found |= !quiet.is_empty();
            let world = World::new(program, scenario, outcomes.clone()).quietened(quiet);
            let findings = views::findings(program, &world, &mut terms, ambiguity);
            worlds.push((outcomes.clone(), findings));
        }
        found.then(|| Self {
            program,
            days: self.days.clone(),
            worlds,
            terms,
        })
    }

    fn remove_impossible(&mut self) {
        let (program, terms) = (self.program, &mut self.terms);
        self.worlds
            .retain(|(_, findings)| !impossible(program, findings, terms));
    }

    /// "Plain questions and `run` take `[now]` outcomes as they are and leave the other drivers open". What is supposed can move a
    /// driver away from where it is now, but does not open it otherwise; `opened` are those that a condition opens.
    fn keep_now(&mut self, scenario: ScenarioId, opened: &[bool]) {
        let supposed = world::supposed_drivers(self.program, scenario);
        for (at, driver) in self.program.drivers.iter().enumerate() {
            let is_now = |(world, _): &(Outcomes, Findings)| driver.outcomes[world[at]].now;
            let has_now = driver.outcomes.iter().any(|outcome| outcome.now);
            if has_now && !opened[at] && (!supposed[at] || self.worlds.iter().any(is_now)) {
                self.worlds.retain(is_now);
            }
        }
    }

    /// The day among `days` that stands for this one.
    pub fn day(&self, day: Day) -> usize {
        self.days
            .iter()
            .rposition(|&start| start <= day)
            .unwrap_or(0)
    }

    pub fn status(&self, world: usize, claim: &Claim, day: usize) -> Status {
        self.worlds[world].1.status(claim, day, self.program)
    }

    /// The status of a sentence said by values, some of which only `hence` or only the judge may have met.
    pub fn status_of(
        &self,
        findings: &Findings,
        sentence: &(RelationId, Vec<Value>),
        day: usize,
    ) -> Status {
        self.both_statuses(findings, sentence, day)[0]
    }

    /// The same with that of its opposite.
    pub fn both_statuses(
        &self,
        findings: &Findings,
        (relation, values): &(RelationId, Vec<Value>),
        day: usize,
    ) -> [Status; 2] {
        let terms: Option<Vec<Term>> = values.iter().map(|value| self.terms.find(value)).collect();
        [false, true].map(|negative| match &terms {
            Some(terms) => findings.status(
                &Claim {
                    relation: *relation,
                    negative,
                    terms: terms.clone(),
                },
                day,
                self.program,
            ),
            None => Status::Unknown,
        })
    }
}
