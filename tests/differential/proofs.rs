//! Every argument that `hence` gives is checked step by step against the program and the judge's findings: each step an instance of
//! its rule, its premises shown and true in every context in which the argument is said to stand, nothing resting on itself, every
//! attack answered. The checker shares nothing with what builds the arguments.

use super::judge::matching::{Binding, Condition, Matcher, branches, unify};
use super::judge::world::World;
use super::judge::{self, Claim, Findings, Truth, Verdict, View};
use super::said;
use hence::core::Ambiguity;
use hence::program::{
    Argument, Author, Body, Frame, Literal, Program, Question, QuestionKind, Rule, RuleId,
    ScenarioId, Standing, Variables, Verb,
};
use hence::reading::proof::{By, Claim as Said, Effect, Node, Proof, Settling};
use hence::reading::{AskOptions, Explanation, Status};
use hence::text::Span;
use hence::value::{Date, Terms};
use std::collections::BTreeSet;

/// Sentences explained of each case.
const MOST_CLAIMS: usize = 14;

/// What is wrong with the explanations of a case; empty where all is well.
pub fn faults(program: &Program, all: bool) -> String {
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
            for asked in claims(&verdict) {
                let days = [None].into_iter().chain((0..verdict.days.len()).map(Some));
                for day in days {
                    let question = question(&asked, scenario, day.map(|day| verdict.days[day]));
                    let Some(explanation) = reading.explain(&question) else {
                        continue;
                    };
                    let mut check = Check {
                        program,
                        scenario,
                        ambiguity: judged_as,
                        verdict: &verdict,
                        terms: reading.terms().clone(),
                        faults: Vec::new(),
                    };
                    check.explanation(&asked, day, &explanation, all);
                    let place = format!(
                        "{ambiguity:?}, scenario {number}, {asked:?} on {:?}",
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
fn claims(verdict: &Verdict<'_>) -> Vec<Claim> {
    let mut all: BTreeSet<Claim> = BTreeSet::new();
    for (_, findings) in &verdict.worlds {
        for claim in findings.argued.iter().flatten() {
            all.insert(claim.clone());
            all.insert(claim.opposite());
        }
    }
    let step = all.len().div_ceil(MOST_CLAIMS).max(1);
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
        kind: QuestionKind::Why,
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
    /// Those of the reading, which the judge may number otherwise.
    terms: Terms,
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
        let worlds: Vec<World<'_>> = verdict
            .worlds
            .iter()
            .map(|(outcomes, _)| World::new(self.program, self.scenario, outcomes.clone()))
            .collect();
        let present = self
            .program
            .present
            .map(|present| verdict.day(present.last));
        let days: Vec<usize> = match day.or(present) {
            Some(day) => vec![day],
            None => (0..verdict.days.len()).collect(),
        };
        let contexts: Vec<Context<'_>> = worlds
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

    fn failures(&mut self, asked: &Claim, given: &Explanation, contexts: &[Context<'_>]) {
        let statuses: Vec<Status> = contexts
            .iter()
            .map(|&context| self.status(asked, context))
            .collect();
        let everywhere = |wanted: Status| statuses.iter().all(|&status| status == wanted);
        if everywhere(Status::Refuted) && given.opposite.is_empty() {
            self.faults
                .push("refuted, but the opposite has no proof".to_owned());
        }
        if everywhere(Status::Contested)
            && given.arguments_for.is_empty()
            && given.arguments_against.is_empty()
        {
            self.faults
                .push("contested, but no argument is given".to_owned());
        }
        if everywhere(Status::Undecided) && given.hangs.is_none() {
            self.faults
                .push("undecided, but no loop is given".to_owned());
        }
        for proof in &given.opposite {
            for context in contexts
                .iter()
                .filter(|context| stands(proof, self.verdict.days[context.day], context))
                .copied()
                .collect::<Vec<_>>()
            {
                self.proof(proof, context, View::Presumed);
            }
        }
        let holds = |status: &Status| matches!(status, Status::Certain | Status::Presumed);
        if let [context] = contexts {
            for settling in given.settling.iter().take(2) {
                self.settled(asked, settling, *context);
            }
            for proof in given.arguments_for.iter().chain(&given.arguments_against) {
                self.proof(proof, *context, View::Possible);
            }
            for attempt in &given.attempts {
                for missing in &attempt.missing {
                    let terms = missing.pattern.as_ref().and_then(|(_, pattern)| {
                        pattern.iter().copied().collect::<Option<Vec<_>>>()
                    });
                    let (Some(terms), Some((side, _))) = (terms, &missing.pattern) else {
                        continue;
                    };
                    let claim = self.judged(&Claim {
                        relation: side.relation,
                        negative: side.negative,
                        terms,
                    });
                    if claim.is_some_and(|claim| holds(&self.status(&claim, *context))) {
                        self.faults
                            .push(format!("{} is said to be missing, but holds", missing.text));
                    }
                }
                for met in &attempt.met {
                    let claim = self.claim(met);
                    if !claim.is_some_and(|claim| holds(&self.status(&claim, *context))) {
                        self.faults.push(format!(
                            "{:?} is said to be met, but does not hold",
                            met.claim
                        ));
                    }
                }
                let nothing = attempt.missing.is_empty() && attempt.defeated_by.is_empty();
                if nothing
                    && !matches!(statuses[0], Status::Contested | Status::Undecided)
                    && !self.only_presumed_strictly(attempt.rule)
                {
                    self.faults.push(format!(
                        "rule {:?} lacks nothing and nothing beats it",
                        attempt.rule
                    ));
                }
            }
        }
    }

    /// An `overrides` that is said to settle a sentence does, written into the program.
    fn settled(&mut self, asked: &Claim, settling: &Settling, context: Context<'_>) {
        let Settling::Override {
            winner,
            loser,
            effect,
        } = settling
        else {
            return;
        };
        let (Some(winner), Some(loser)) = (&winner.name, &loser.name) else {
            return;
        };
        let author = |name: &smol_str::SmolStr| {
            let rules = &self.program.rules;
            match rules.iter().any(|rule| rule.label.as_ref() == Some(name)) {
                true => Author::Rule(name.clone()),
                false => Author::Reporter(name.clone()),
            }
        };
        let mut program = self.program.clone();
        program.overrides.push((author(winner), author(loser)));
        let verdict = judge::judge(&program, self.scenario, false, self.ambiguity);
        let there = verdict
            .worlds
            .iter()
            .find(|(outcomes, _)| *outcomes == context.world.outcomes);
        let Some((_, findings)) = there else { return };
        let status = findings.status(asked, context.day, &program);
        let fits = match effect {
            Effect::Holds => matches!(status, Status::Certain | Status::Presumed),
            Effect::Refuted => status == Status::Refuted,
            Effect::Unsaid => status == Status::Unknown,
            Effect::Counts { .. } => true,
        };
        if !fits {
            self.faults.push(format!(
                "`{winner} overrides {loser}.` is said to make it {effect:?}, but it is {status:?}"
            ));
        }
    }

    /// Whether a rule keeps only the best value, so that others that it concludes do not hold.
    fn only_presumed_strictly(&self, rule: Option<RuleId>) -> bool {
        rule.is_none()
    }

    fn status(&self, claim: &Claim, context: Context<'_>) -> Status {
        context.findings.status(claim, context.day, self.program)
    }

    /// A claim with the judge's terms.
    fn judged(&self, claim: &Claim) -> Option<Claim> {
        let terms = claim
            .terms
            .iter()
            .map(|&term| self.verdict.terms.find(&self.terms.get(term)));
        Some(Claim {
            terms: terms.collect::<Option<_>>()?,
            ..claim.clone()
        })
    }

    fn claim(&self, node: &Node) -> Option<Claim> {
        match &node.claim {
            Said::Sentence { side, terms } => self.judged(&Claim {
                relation: side.relation,
                negative: side.negative,
                terms: terms.clone(),
            }),
            Said::Text(_) => None,
        }
    }

    fn proof(&mut self, proof: &Proof, context: Context<'_>, view: View) {
        if let Err(fault) = self.node(proof, 0, context, view, &mut Vec::new()) {
            self.faults.push(format!(
                "in {:?} on day {}: {fault}",
                context.world.outcomes, context.day
            ));
        }
    }

    /// Whether a step, and all that it rests on, is in order in a context.
    fn node(
        &self,
        proof: &Proof,
        place: usize,
        context: Context<'_>,
        view: View,
        above: &mut Vec<(Claim, usize)>,
    ) -> Result<(), String> {
        let node = &proof.nodes[place];
        let Some(claim) = self.claim(node) else {
            return self.text_node(proof, node, context, view, above);
        };
        let told = |what: &str| format!("{claim:?} by {:?}: {what}", node.by);
        if above.contains(&(claim.clone(), context.day)) {
            return Err(told("rests on itself"));
        }
        let least = match node.status {
            Status::Certain => View::Certain,
            Status::Presumed if view != View::Possible => View::Presumed,
            _ => view,
        };
        // An argument for what a loop leaves open is one, as long as the loop does not rule it out.
        let is_argued = above.is_empty() && least == View::Possible;
        let holds = match is_argued {
            true => context.findings.truth(least, &claim, context.day) != Truth::Fails,
            false => self.holds(&claim, least, context),
        };
        if node.by != By::Uncounted && !self.is_doubt(node) && !holds {
            return Err(told(&format!("is not {least:?} here")));
        }
        if let Some(shown) = node.shown {
            return self.node(proof, shown, context, view, above);
        }
        above.push((claim.clone(), context.day));
        let result = self
            .by(proof, node, &claim, context, least, above)
            .map_err(|fault| told(&fault));
        above.pop();
        result?;
        let certain = self.holds(&claim, View::Certain, context);
        if node.status == Status::Presumed
            && view == View::Presumed
            && !certain
            && !matches!(node.by, By::OneValue(_))
        {
            self.answered(proof, node, &claim, context)
                .map_err(|fault| told(&fault))?;
        }
        for lost in &node.defeated {
            let root = &proof.nodes[lost.node];
            if self
                .claim(root)
                .is_none_or(|against| !against.opposes(&claim, self.program))
            {
                return Err(told("what lost is not against it"));
            }
        }
        Ok(())
    }

    /// A doubt concludes nothing: its root need not hold.
    fn is_doubt(&self, node: &Node) -> bool {
        rule_of(node)
            .is_some_and(|rule| self.program.rules[rule.0 as usize].verb == Verb::CastsDoubtOn)
    }

    fn holds(&self, claim: &Claim, view: View, context: Context<'_>) -> bool {
        let rivals = context.findings.argued[context.day]
            .iter()
            .filter(|other| claim.negative && claim.opposite().rivals(other, self.program));
        let mut ways = std::iter::once(claim).chain(rivals);
        ways.any(|claim| context.findings.truth(view, claim, context.day) == Truth::Holds)
    }

    fn text_node(
        &self,
        proof: &Proof,
        node: &Node,
        context: Context<'_>,
        view: View,
        above: &mut Vec<(Claim, usize)>,
    ) -> Result<(), String> {
        let view = if view == View::Possible {
            View::Presumed
        } else {
            view
        };
        for &premise in &node.premises {
            self.node(proof, premise, context, view, above)?;
        }
        Ok(())
    }

    fn by(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        context: Context<'_>,
        view: View,
        above: &mut Vec<(Claim, usize)>,
    ) -> Result<(), String> {
        match &node.by {
            By::Fact => self.stated(claim, context),
            By::Assumption(scenario) => {
                let supposed = self.program.scenarios[scenario.0 as usize]
                    .suppositions
                    .iter();
                let found = supposed
                    .filter(|it| !it.drop)
                    .any(|it| Claim::of(&it.literal) == *claim);
                if found {
                    Ok(())
                } else {
                    Err("is not supposed".to_owned())
                }
            }
            By::Outcome(driver, outcome) => {
                let states = &self.program.drivers[driver.0 as usize].outcomes[*outcome].states;
                let here = context.world.outcomes[driver.0 as usize] == *outcome;
                if here && states.iter().any(|state| Claim::of(state) == *claim) {
                    Ok(())
                } else {
                    Err("is no such outcome".to_owned())
                }
            }
            By::Report { author, denied } => {
                self.reported(claim, author.as_deref(), *denied, context)
            }
            By::Rule(rule) => self.instance(proof, node, claim, (*rule, view), context, above),
            By::OneValue(_) => {
                let premise = node.premises.first().ok_or("no rival is named")?;
                let rival = self
                    .claim(&proof.nodes[*premise])
                    .ok_or("the rival is no sentence")?;
                if !claim.opposite().rivals(&rival, self.program) {
                    return Err("the premise is no rival value".to_owned());
                }
                self.node(proof, *premise, context, view, above)
            }
            By::Uncounted => Ok(()),
            By::Absence | By::Arithmetic => Err("a sentence by nothing".to_owned()),
        }
    }

    fn stated(&self, claim: &Claim, context: Context<'_>) -> Result<(), String> {
        let stated = self.program.facts.iter().any(|fact| {
            *fact.standing() == Standing::Stated
                && (fact.relation, fact.negative, fact.terms)
                    == (claim.relation, claim.negative, &claim.terms[..])
                && context
                    .world
                    .during(fact.notes.and_then(|notes| notes.period))
                    .contains(&context.day)
        });
        if stated && context.world.stated(context.day).contains(claim) {
            Ok(())
        } else {
            Err("is not stated".to_owned())
        }
    }

    fn reported(
        &self,
        claim: &Claim,
        author: Option<&str>,
        denied: bool,
        context: Context<'_>,
    ) -> Result<(), String> {
        let found = self.program.facts.iter().any(|fact| {
            let standing = match fact.standing() {
                Standing::Reported(by) => !denied && author == Some(name(by)),
                Standing::Denied(by) => denied && author == Some(name(by)),
                Standing::Presumed => author.is_none(),
                Standing::Stated => false,
            };
            standing
                && (fact.relation, fact.negative != denied, fact.terms)
                    == (claim.relation, claim.negative, &claim.terms[..])
                && context
                    .world
                    .during(fact.notes.and_then(|notes| notes.period))
                    .contains(&context.day)
        });
        if found && !context.world.silent(claim, context.day) {
            Ok(())
        } else {
            Err("nobody reports it".to_owned())
        }
    }

    /// An instance of the rule whose premises are those shown.
    fn instance(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        (rule, view): (RuleId, View),
        context: Context<'_>,
        above: &mut Vec<(Claim, usize)>,
    ) -> Result<(), String> {
        let rule = &self.program.rules[rule.0 as usize];
        if context.world.silent(claim, context.day) {
            return Err("a supposition silences the rule".to_owned());
        }
        if view == View::Certain && rule.verb != Verb::Implies {
            return Err("certain by a rule that only suggests".to_owned());
        }
        let mut fault = "the rule is not in force".to_owned();
        let first = if rule.from_then_on { 0 } else { context.day };
        for day in (first..=context.day)
            .rev()
            .filter(|day| context.world.during(rule.period).contains(day))
        {
            let then = Context { day, ..context };
            match self.instance_on(proof, node, claim, (rule, view), then, above) {
                Ok(()) => return Ok(()),
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }

    fn instance_on(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        (rule, view): (&Rule, View),
        context: Context<'_>,
        above: &mut Vec<(Claim, usize)>,
    ) -> Result<(), String> {
        let mut premises = BTreeSet::new();
        for &premise in &node.premises {
            self.node(proof, premise, context, view, above)?;
            let node = &proof.nodes[premise];
            premises.extend(self.claim(node));
            if let (By::OneValue(_), [rival]) = (&node.by, &node.premises[..]) {
                premises.extend(self.claim(&proof.nodes[*rival]));
            }
        }
        let mut terms = self.verdict.terms.clone();
        let unbound: Binding = rule
            .variables
            .0
            .iter()
            .map(|name| {
                let value = node
                    .values
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, term)| self.terms.get(*term));
                value.and_then(|value| self.verdict.terms.find(&value))
            })
            .collect();
        let heads = rule
            .heads
            .iter()
            .filter(|head| (head.negative != (rule.verb == Verb::CastsDoubtOn)) == claim.negative);
        for head in heads {
            let asked = Claim {
                negative: head.negative,
                ..claim.clone()
            };
            let Some(start) = unify(head, &asked, &unbound) else {
                continue;
            };
            let Some(body) = &rule.body else {
                return Ok(());
            };
            for branch in branches(body) {
                let argued = &context.findings.argued[context.day];
                let found = over(
                    self.program,
                    &mut terms,
                    &rule.variables,
                    (argued, context, false),
                )
                .branch(&branch, &start);
                for (binding, conditions) in found {
                    let shown = conditions.iter().all(|condition| match condition {
                        Condition::Holds(ways) => ways.iter().any(|way| premises.contains(way)),
                        _ => true,
                    });
                    if !shown {
                        continue;
                    }
                    let counted = conditions.iter().all(|condition| match condition {
                        Condition::Result { certain, .. } if view == View::Certain => {
                            *certain == Truth::Holds
                        }
                        Condition::Result { presumed, .. } => *presumed == Truth::Holds,
                        _ => true,
                    });
                    let mut excepted = false;
                    for exception in &branch.exceptions {
                        let mut matcher = over(
                            self.program,
                            &mut terms,
                            &rule.variables,
                            (argued, context, true),
                        );
                        let ways = matcher
                            .body(exception, &binding)
                            .into_iter()
                            .map(|(_, way)| way)
                            .collect();
                        excepted |=
                            context
                                .findings
                                .all(&[Condition::NoneOf(ways)], view, context.day)
                                != Truth::Holds;
                    }
                    if counted && !excepted {
                        return Ok(());
                    }
                }
            }
        }
        Err(format!(
            "no instance of the rule has these premises: {premises:?}"
        ))
    }

    /// Every attack that fires possibly is listed with what overrides it, and that is part of the proof.
    fn answered(
        &self,
        proof: &Proof,
        node: &Node,
        claim: &Claim,
        context: Context<'_>,
    ) -> Result<(), String> {
        let mut team: Vec<Option<Author>> = vec![self.author(node)];
        team.extend(
            node.also
                .iter()
                .map(|&also| self.author(&proof.nodes[also])),
        );
        for &also in &node.also {
            if self.claim(&proof.nodes[also]).as_ref() != Some(claim) {
                return Err("a helper argues for something else".to_owned());
            }
        }
        for lost in &node.defeated {
            let attacker = self.author(&proof.nodes[lost.node]);
            let overridden = team.iter().flatten().any(|winner| {
                attacker.as_ref().is_some_and(|loser| {
                    self.program
                        .overrides
                        .contains(&(winner.clone(), loser.clone()))
                })
            });
            if !overridden {
                return Err(format!(
                    "the attack by {attacker:?} is not overridden by what is shown"
                ));
            }
        }
        // Another attack may fire in other contexts in which the argument stands too, as long as it is beaten there.
        let beats = |rule: &Rule| {
            let loser = rule.label.clone().map(Author::Rule);
            team.iter().flatten().any(|winner| {
                loser.as_ref().is_some_and(|loser| {
                    self.program
                        .overrides
                        .contains(&(winner.clone(), loser.clone()))
                })
            })
        };
        let shown: BTreeSet<Option<RuleId>> = node
            .defeated
            .iter()
            .map(|lost| rule_of(&proof.nodes[lost.node]))
            .collect();
        for (number, rule) in self.program.rules.iter().enumerate() {
            let id = RuleId(number as u32);
            if !shown.contains(&Some(id)) && !beats(rule) && self.attacks(rule, claim, context) {
                return Err(format!("the attack by rule {number} is not shown"));
            }
        }
        Ok(())
    }

    /// Whether a rule fires possibly against a claim in a context.
    fn attacks(&self, rule: &Rule, claim: &Claim, context: Context<'_>) -> bool {
        if rule.from_then_on
            || context.world.silent(claim, context.day)
            || !context.world.during(rule.period).contains(&context.day)
        {
            return false;
        }
        let mut terms = self.verdict.terms.clone();
        rule.heads.iter().any(|head| {
            if (head.negative != (rule.verb == Verb::CastsDoubtOn)) == claim.negative
                || head.relation != claim.relation
            {
                return false;
            }
            let asked = Claim {
                negative: head.negative,
                ..claim.clone()
            };
            let unbound = vec![None; rule.variables.0.len()];
            let Some(start) = unify(head, &asked, &unbound) else {
                return false;
            };
            let Some(body) = &rule.body else { return true };
            let argued = &context.findings.argued[context.day];
            let mut matcher = over(
                self.program,
                &mut terms,
                &rule.variables,
                (argued, context, true),
            );
            let matches = matcher.body(body, &start);
            matches.iter().any(|(_, way)| {
                context.findings.all(way, View::Possible, context.day) == Truth::Holds
            })
        })
    }

    fn author(&self, node: &Node) -> Option<Author> {
        match &node.by {
            By::Rule(rule) => self.program.rules[rule.0 as usize]
                .label
                .clone()
                .map(Author::Rule),
            By::Report {
                author: Some(author),
                ..
            } => Some(Author::Reporter(author.clone())),
            _ => None,
        }
    }
}

type Over<'a> = (&'a BTreeSet<Claim>, Context<'a>, bool);

fn over<'a>(
    program: &'a Program,
    terms: &'a mut Terms,
    variables: &'a Variables,
    (argued, context, exceptions): Over<'a>,
) -> Matcher<'a> {
    Matcher {
        program,
        terms,
        variables,
        argued,
        earlier: context.findings,
        day: context.day,
        exceptions,
    }
}

fn rule_of(node: &Node) -> Option<RuleId> {
    match node.by {
        By::Rule(rule) => Some(rule),
        _ => None,
    }
}

fn name(author: &Author) -> &str {
    match author {
        Author::Rule(name) | Author::Reporter(name) => name,
    }
}

/// Whether a proof is said to stand in a context.
fn stands(proof: &Proof, day: i32, context: &Context<'_>) -> bool {
    proof.extents.is_empty()
        || proof.extents.iter().any(|extent| {
            said::then(extent, Some(day)) && said::there(extent, &context.world.outcomes)
        })
}
