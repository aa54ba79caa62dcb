//! One world: a scenario and an outcome of each driver, over all days that matter. "Supposing" and "Worlds" of the language page.

use super::claim::Claim;
use hence::program::{Outcome, Period, Program, ScenarioId, Standing, Supposition};
use hence::value::date::Day;
use std::collections::BTreeSet;

/// The days that stand for all others: one before anything happens, and each on which something begins or has just ended.
pub fn days(program: &Program) -> Vec<Day> {
    let facts = program
        .facts
        .iter()
        .filter_map(|fact| fact.notes.and_then(|notes| notes.period));
    let outcomes = program
        .drivers
        .iter()
        .flat_map(|driver| &driver.outcomes)
        .filter_map(|outcome| outcome.period);
    let supposed = program
        .scenarios
        .iter()
        .flat_map(|scenario| &scenario.suppositions)
        .filter_map(|it| it.period);
    let rules = program.rules.iter().filter_map(|rule| rule.period);
    let starts: BTreeSet<Day> = facts
        .chain(outcomes)
        .chain(supposed)
        .chain(rules)
        .flat_map(|period| [period.first, period.last.map(|last| last + 1)])
        .flatten()
        .collect();
    let before = starts.first().map_or(0, |first| first - 1);
    std::iter::once(before).chain(starts).collect()
}

/// By driver, the outcome that is the case.
pub type Outcomes = Vec<usize>;

#[derive(Debug)]
pub struct World<'a> {
    pub program: &'a Program,
    pub days: Vec<Day>,
    pub outcomes: Outcomes,
    suppositions: Vec<&'a Supposition>,
    /// The suppositions that are interventions: those that no driver has.
    interventions: Vec<(Option<Period>, Claim)>,
    /// Sentences for and against which nothing speaks on some days.
    quiet: BTreeSet<(Claim, usize)>,
}

/// The suppositions of a scenario and of those that it extends.
fn suppositions(program: &Program, scenario: ScenarioId) -> Vec<&Supposition> {
    let scenario = &program.scenarios[scenario.0 as usize];
    let mut all = scenario
        .extends
        .map_or_else(Vec::new, |parent| suppositions(program, parent));
    // Where the nearer one speaks of the same sentence, or of a rival value, the farther one is silent.
    all.retain(|farther| {
        let claim = Claim::of(&farther.literal);
        let speaks = |nearer: &Supposition| {
            let supposed = Claim::of(&nearer.literal);
            supposed == claim || supposed.opposes(&claim, program)
        };
        !scenario.suppositions.iter().any(speaks)
    });
    all.extend(&scenario.suppositions);
    all
}

fn states(outcome: &Outcome, claim: &Claim) -> bool {
    outcome
        .states
        .iter()
        .any(|stated| Claim::of(stated) == *claim)
}

/// "keeps the outcomes that state S where a driver has it (`not S`: those that do not)": which worlds that keeps, or `None` where no
/// driver has to do with the supposition.
fn kept<'a>(program: &'a Program, supposed: &'a Claim) -> Option<impl Fn(&Outcomes) -> bool + 'a> {
    let has = |claim: &Claim| {
        program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .any(|it| states(it, claim))
    };
    let stated_in = move |world: &Outcomes, claim: &Claim| {
        program
            .drivers
            .iter()
            .zip(world)
            .any(|(driver, &outcome)| states(&driver.outcomes[outcome], claim))
    };
    let itself = has(supposed);
    let denied = supposed.negative && has(&supposed.opposite());
    (itself || denied).then_some(move |world: &Outcomes| match itself {
        true => stated_in(world, supposed),
        false => !stated_in(world, &supposed.opposite()),
    })
}

/// The worlds that the suppositions of a scenario keep.
pub fn worlds(program: &Program, scenario: ScenarioId) -> Vec<Outcomes> {
    let every = program
        .drivers
        .iter()
        .fold(vec![Vec::new()], |worlds, driver| {
            let longer = |world: &Outcomes| {
                (0..driver.outcomes.len())
                    .map(|outcome| [&world[..], &[outcome]].concat())
                    .collect()
            };
            worlds.iter().flat_map::<Vec<Outcomes>, _>(longer).collect()
        });
    let supposed: Vec<Claim> = suppositions(program, scenario)
        .into_iter()
        .filter(|it| !it.drop)
        .map(|it| Claim::of(&it.literal))
        .collect();
    let kept: Vec<_> = supposed
        .iter()
        .filter_map(|claim| kept(program, claim))
        .collect();
    every
        .into_iter()
        .filter(|world| kept.iter().all(|keeps| keeps(world)))
        .collect()
}

/// The drivers whose outcome matters to what is supposed: another one would not be kept.
pub fn supposed_drivers(program: &Program, scenario: ScenarioId) -> Vec<bool> {
    let kept: BTreeSet<Outcomes> = worlds(program, scenario).into_iter().collect();
    let matters = |at: usize| {
        kept.iter().any(|world| {
            (0..program.drivers[at].outcomes.len()).any(|outcome| {
                let mut other = world.clone();
                other[at] = outcome;
                !kept.contains(&other)
            })
        })
    };
    (0..program.drivers.len()).map(matters).collect()
}

impl<'a> World<'a> {
    pub fn new(program: &'a Program, scenario: ScenarioId, outcomes: Outcomes) -> Self {
        let suppositions = suppositions(program, scenario);
        let interventions = suppositions
            .iter()
            .filter(|it| !it.drop)
            .map(|it| (it.period, Claim::of(&it.literal)))
            .filter(|(_, claim)| kept(program, claim).is_none())
            .collect();
        Self {
            program,
            days: days(program),
            outcomes,
            suppositions,
            interventions,
            quiet: BTreeSet::new(),
        }
    }

    /// The same with nothing to speak for or against these sentences on these days.
    pub fn quietened(self, quiet: BTreeSet<(Claim, usize)>) -> Self {
        Self { quiet, ..self }
    }

    pub fn during(&self, period: Option<Period>) -> Vec<usize> {
        (0..self.days.len())
            .filter(|&day| self.within(period, day))
            .collect()
    }

    fn within(&self, period: Option<Period>, day: usize) -> bool {
        let period = period.unwrap_or(Period::ALWAYS);
        period.first.is_none_or(|first| first <= self.days[day])
            && period.last.is_none_or(|last| self.days[day] <= last)
    }

    fn interventions(&self, day: usize) -> impl Iterator<Item = &Claim> {
        self.interventions
            .iter()
            .filter(move |(period, _)| self.within(*period, day))
            .map(|(_, claim)| claim)
    }

    /// "every other fact, report or rule for S, its opposite or (with `one`) its rivals is silent there"
    pub fn silent(&self, claim: &Claim, day: usize) -> bool {
        let sentence = Claim {
            negative: false,
            ..claim.clone()
        };
        self.quiet.contains(&(sentence, day))
            || self
                .interventions(day)
                .any(|supposed| supposed == claim || supposed.opposes(claim, self.program))
    }

    fn dropped(&self, claim: &Claim) -> bool {
        self.suppositions
            .iter()
            .any(|it| it.drop && Claim::of(&it.literal) == *claim)
    }

    /// What is stated on a day: plain facts, the sentences of the outcomes, suppositions.
    pub fn stated(&self, day: usize) -> BTreeSet<Claim> {
        let facts = self
            .program
            .facts
            .iter()
            .filter(|fact| *fact.standing() == Standing::Stated)
            .filter(|fact| self.within(fact.notes.and_then(|notes| notes.period), day))
            .map(|fact| Claim {
                relation: fact.relation,
                negative: fact.negative,
                terms: fact.terms.to_vec(),
            })
            .filter(|claim| !self.dropped(claim));
        let outcomes = self
            .program
            .drivers
            .iter()
            .zip(&self.outcomes)
            .map(|(driver, &outcome)| &driver.outcomes[outcome])
            .filter(|outcome| self.within(outcome.period, day))
            .flat_map(|outcome| outcome.states.iter().map(Claim::of));
        let mut stated: BTreeSet<Claim> = facts
            .chain(outcomes)
            .filter(|claim| !self.silent(claim, day))
            .collect();
        stated.extend(self.interventions(day).cloned());
        stated
    }
}
