//! Every argument that `hence` gives is checked step by step against the program and the judge's findings: each step an instance of
//! its rule, its premises shown and true in every context in which the argument is said to stand, nothing resting on itself, every
//! attack answered. The checker shares nothing with what builds the arguments.

mod attempts;
mod failures;
mod instances;
mod steps;

use super::judge::world::World;
use super::judge::{self, Claim, Findings, Verdict, View};
use super::said;
use hence::core::Ambiguity;
use hence::program::{
    Argument, Body, Frame, Literal, Program, Question, QuestionKind, ScenarioId, Variables,
};
use hence::reading::proof::{By, Proof};
use hence::reading::{AskOptions, Explanation, Extent, Status};
use hence::text::Span;
use hence::value::{Date, Terms};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// How much of a case is asked about.
#[derive(Clone, Copy)]
pub struct Asking {
    /// Every minimal proof.
    pub all: bool,
    /// Sentences of each scenario.
    pub claims: usize,
    /// On every day by itself too.
    pub daily: bool,
}

/// Of a small random case.
pub const SMALL: Asking = Asking {
    all: false,
    claims: 14,
    daily: true,
};

/// What is wrong with the explanations of a case; empty where all is well.
pub fn faults(program: &Program, asking: Asking) -> String {
    let all = asking.all;
    let mut faults = Vec::new();
    for ambiguity in [Ambiguity::Propagating, Ambiguity::Blocking] {
        let core = said::core(program, ambiguity);
        let options = AskOptions {
            all,
            ..AskOptions::default()
        };
        let mut reading = said::Reading::new(program, &core).telling(options);
        let judged_as = match ambiguity {
            Ambiguity::Propagating => judge::Ambiguity::Propagating,
            Ambiguity::Blocking => judge::Ambiguity::Blocking,
        };
        for number in 0..program.scenarios.len() {
            let scenario = ScenarioId(number as u32);
            let verdict = judge::judge(program, scenario, false, judged_as);
            let worlds: Vec<World<'_>> = (verdict.worlds.iter())
                .map(|(outcomes, _)| World::new(program, scenario, outcomes.clone()))
                .collect();
            for asked in claims(&verdict, asking.claims) {
                // Values that only rules compute may have other numbers there.
                let known = asked.terms.iter();
                let known = known.map(|&term| reading.terms().find(&verdict.terms.get(term)));
                let Some(terms) = known.collect::<Option<Vec<_>>>() else {
                    continue;
                };
                let sentence = Claim {
                    terms,
                    ..asked.clone()
                };
                let each = if asking.daily { verdict.days.len() } else { 0 };
                let days = [None].into_iter().chain((0..each).map(Some));
                for day in days {
                    let question = question(&sentence, scenario, day.map(|day| verdict.days[day]));
                    let Some(explanation) = reading.explain(&question) else {
                        continue;
                    };
                    let mut check = Check {
                        program,
                        scenario,
                        ambiguity: judged_as,
                        verdict: &verdict,
                        worlds: &worlds,
                        terms: reading.terms().clone(),
                        scratch: RefCell::new(verdict.terms.clone()),
                        faults: Vec::new(),
                    };
                    check.explanation(&asked, day, &explanation, all);
                    let words = said::words(program, &asked, &verdict.terms);
                    let place = format!(
                        "{ambiguity:?}, scenario {number}, `{words}` {asked:?} on {:?}",
                        day.map(|day| Date::day_text(verdict.days[day]))
                    );
                    faults.extend(
                        check
                            .faults
                            .into_iter()
                            .map(|fault| format!("{place}: {fault}")),
                    );
                }
            }
        }
    }
    faults.truncate(12);
    faults.join("\n")
}

/// What is argued for somewhere, and its opposites.
fn claims(verdict: &Verdict<'_>, most: usize) -> Vec<Claim> {
    let mut all: BTreeSet<Claim> = BTreeSet::new();
    for (_, findings) in &verdict.worlds {
        for claim in findings.argued.iter().flatten() {
            all.insert(claim.clone());
            all.insert(claim.opposite());
        }
    }
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}

fn question(claim: &Claim, scenario: ScenarioId, day: Option<i32>) -> Question {
    let literal = Literal {
        relation: claim.relation,
        negative: claim.negative,
        arguments: claim
            .terms
            .iter()
            .map(|&term| Argument::Constant(term))
            .collect(),
        at: Span::default(),
    };
    Question {
        kind: match day {
            Some(_) => QuestionKind::Why,
            None => QuestionKind::WhyNot,
        },
        body: Body::Literal(literal),
        variables: Variables::default(),
        frame: Frame {
            scenario,
            as_of: day.map(|day| Date {
                first: day,
                last: day,
            }),
            ..Frame::default()
        },
        text: String::new(),
        at: Span::default(),
    }
}

struct Check<'a> {
    program: &'a Program,
    scenario: ScenarioId,
    ambiguity: judge::Ambiguity,
    verdict: &'a Verdict<'a>,
    /// Those of the verdict, in its order.
    worlds: &'a [World<'a>],
    /// Those of the reading, which the judge may number otherwise.
    terms: Terms,
    /// The judge's, to which what a rule computes is added.
    scratch: RefCell<Terms>,
    faults: Vec<String>,
}

/// One world on one day.
#[derive(Clone, Copy)]
struct Context<'a> {
    world: &'a World<'a>,
    findings: &'a Findings,
    day: usize,
}

impl Check<'_> {
    fn explanation(&mut self, asked: &Claim, day: Option<usize>, given: &Explanation, all: bool) {
        let verdict = self.verdict;
        let present = self
            .program
            .present
            .map(|present| verdict.day(present.last));
        let days: Vec<usize> = match day.or(present) {
            Some(day) => vec![day],
            None => (0..verdict.days.len()).collect(),
        };
        let contexts: Vec<Context<'_>> = self
            .worlds
            .iter()
            .zip(&verdict.worlds)
            .flat_map(|(world, (_, findings))| {
                days.iter().map(move |&day| Context {
                    world,
                    findings,
                    day,
                })
            })
            .collect();
        let mut covered = vec![false; contexts.len()];
        for proof in &given.proofs {
            if self.claim(&proof.nodes[0]).as_ref() != Some(asked) {
                self.faults
                    .push(format!("the proof is of {:?}", proof.nodes[0].claim));
            }
            let mut stands_somewhere = false;
            for (place, context) in contexts.iter().enumerate() {
                if stands(proof, verdict.days[context.day], context) {
                    covered[place] = true;
                    stands_somewhere = true;
                    self.proof(proof, *context, View::Presumed);
                }
            }
            if !stands_somewhere {
                self.faults
                    .push(format!("a proof stands nowhere: {:?}", proof.extents));
            }
        }
        self.coverage(asked, given, &contexts, &covered);
        if all && !given.cut {
            self.minimality(given);
        }
        self.failures(asked, given, &contexts);
        self.elsewhere(asked, given, &contexts);
    }

    /// It is told how the sentence stands in each kind of worlds where it never holds, and asked why not of what holds on some days
    /// only, on others; and that is so wherever it is said to be.
    fn elsewhere(&mut self, asked: &Claim, given: &Explanation, contexts: &[Context<'_>]) {
        let status = |context: &Context<'_>| self.status(asked, *context);
        let holds = |status: Status| matches!(status, Status::Certain | Status::Presumed);
        let held = contexts.iter().filter(|it| holds(status(it))).count();
        if held == contexts.len() {
            return;
        }
        let by_world = self.worlds.iter().map(|world| {
            let here = contexts
                .iter()
                .filter(|it| it.world.outcomes == world.outcomes);
            here.map(status).collect::<Vec<Status>>()
        });
        let by_world: Vec<Vec<Status>> = by_world.collect();
        let always = by_world.iter().all(|all| all.iter().any(|&it| holds(it)));
        if always && given.why_not && given.elsewhere.is_empty() {
            self.faults
                .push("it holds at times, and of others nothing is said".to_owned());
        }
        let ladder = [
            Status::Refuted,
            Status::Contested,
            Status::Undecided,
            Status::Unknown,
        ];
        let never = by_world
            .iter()
            .filter(|all| !all.iter().any(|&it| holds(it)));
        let kinds: BTreeSet<usize> = never
            .filter_map(|all| ladder.iter().position(|kind| all.contains(kind)))
            .collect();
        if held > 0 && !always && given.elsewhere.len() + 1 != kinds.len() {
            self.faults.push(format!(
                "it fails in {} ways, told are {} more than one",
                kinds.len(),
                given.elsewhere.len()
            ));
        }
        for other in &given.elsewhere {
            let within = |context: &&Context<'_>| {
                let day = self.verdict.days[context.day];
                other.when.is_none_or(|when| {
                    when.first.is_none_or(|first| first <= day)
                        && when.last.is_none_or(|last| day <= last)
                }) && said::there(
                    &Extent {
                        worlds: other.worlds.clone(),
                        ..Extent::default()
                    },
                    &context.world.outcomes,
                )
            };
            let told: Vec<Context<'_>> = contexts.iter().filter(within).copied().collect();
            let stated = other.explanation.status;
            let fits = |context: &Context<'_>| self.status(asked, *context) == stated;
            // At no fixed time a world has been told by one of its times.
            let is_so = match (&other.worlds, other.when) {
                (_, Some(_)) => !told.is_empty() && told.iter().all(fits),
                (None, None) => told.iter().any(fits),
                (Some(_), None) => self.worlds.iter().all(|world| {
                    let mut here = told.iter().filter(|it| it.world.outcomes == world.outcomes);
                    let any = told.iter().any(|it| it.world.outcomes == world.outcomes);
                    !any || here.any(fits)
                }),
            };
            if !is_so {
                self.faults.push(format!(
                    "it is not {stated:?} in {:?} {:?}",
                    other.worlds, other.when
                ));
            }
            if let (None, 1) = (&other.worlds, self.worlds.len()) {
                for context in told {
                    self.failures(asked, &other.explanation, &[context]);
                }
            }
        }
    }

    /// Where the sentence holds some proof stands; at no fixed time, at one time in each world.
    fn coverage(
        &mut self,
        asked: &Claim,
        given: &Explanation,
        contexts: &[Context<'_>],
        covered: &[bool],
    ) {
        if given.cut {
            return;
        }
        for (place, context) in contexts.iter().enumerate() {
            let holds = matches!(
                self.status(asked, *context),
                Status::Certain | Status::Presumed
            );
            let world = &context.world.outcomes;
            let somewhen = contexts
                .iter()
                .zip(covered)
                .any(|(other, &covered)| covered && other.world.outcomes == *world);
            if holds && !somewhen {
                self.faults.push(format!(
                    "it holds in {world:?} on day {}, where no proof stands",
                    context.day
                ));
            }
            if covered[place] && !holds {
                self.faults.push(format!(
                    "a proof stands in {world:?} on day {}, where it does not hold",
                    context.day
                ));
            }
        }
    }

    fn minimality(&mut self, given: &Explanation) {
        let mut needs: Vec<BTreeSet<String>> = Vec::new();
        for proof in &given.proofs {
            let steps = proof
                .nodes
                .iter()
                .filter(|node| !matches!(node.by, By::Absence | By::Arithmetic | By::Uncounted));
            needs.push(
                steps
                    .map(|node| format!("{:?} {:?}", node.claim, node.by))
                    .collect(),
            );
        }
        for (place, one) in needs.iter().enumerate() {
            let same_extent =
                |other: usize| given.proofs[other].extents == given.proofs[place].extents;
            let smaller = |other: &usize| {
                *other != place && needs[*other].is_subset(one) && needs[*other].len() < one.len()
            };
            // Those that lost are listed among the steps, so only a plain proof tells.
            let plain = given.proofs[place]
                .nodes
                .iter()
                .all(|node| node.defeated.is_empty());
            if plain && (0..needs.len()).filter(smaller).any(same_extent) {
                self.faults
                    .push("a proof needs more than another one".to_owned());
            }
        }
    }
}

/// Whether a proof is said to stand in a context.
fn stands(proof: &Proof, day: i32, context: &Context<'_>) -> bool {
    proof.extents.is_empty()
        || proof.extents.iter().any(|extent| {
            said::then(extent, Some(day)) && said::there(extent, &context.world.outcomes)
        })
}
