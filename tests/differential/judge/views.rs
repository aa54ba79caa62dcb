//! "Semantics" of the language page, sentence by sentence, as a ground normal program for one world: all its days, and
//! every claim that something argues for on one of them.

use super::best;
use super::claim::Claim;
use super::findings::{Ambiguity, Findings, View};
use super::matching::{Condition, Match, Matcher, ground};
use super::normal::{Conditions, Normal, Truth};
use super::world::World;
use hence::program::{Author, Body, Program, RelationId, Rule, Standing, Verb};
use hence::value::Terms;
use std::collections::{BTreeMap, BTreeSet};

/// A rule with its variables replaced, or a report, denial or presumption. `day` is when its head is argued for, `body_day` when
/// its body must hold: they differ under `[from then on]` only.
#[derive(Clone, Debug)]
struct Argument {
    author: Option<Author>,
    /// For a doubt: what is doubted.
    head: Claim,
    verb: Verb,
    body: Vec<Condition>,
    body_day: usize,
    day: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    View(View, Claim, usize),
    /// The argument fires on premises of that view.
    Fires(View, usize),
    /// The attack on the claim by the argument does not fire or is overridden.
    Answered(Claim, usize),
    /// The argument is overridden by a firing one.
    Beaten(usize),
    /// One of several ways to meet a condition.
    Way(usize),
    /// Neither holds nor fails.
    Open,
}

/// The views of every claim in one world. Relations that aggregates range over are found first.
pub fn findings(
    program: &Program,
    world: &World<'_>,
    terms: &mut Terms,
    ambiguity: Ambiguity,
) -> Findings {
    let levels = levels(program);
    let highest = levels.iter().copied().max().unwrap_or(0);
    let mut findings = Findings::none(world.days.len(), ambiguity);
    let kept = best::kept(program);
    for level in 0..=highest {
        let settled = kept
            .iter()
            .filter(|kept| levels[kept.relation.0 as usize] <= level);
        let best = settled
            .map(|&kept| {
                (
                    kept.relation,
                    best::claims(program, world, &findings, terms, kept),
                )
            })
            .collect();
        let mut pass = Pass {
            program,
            world,
            ambiguity,
            levels: &levels,
            level,
            earlier: &findings,
            best,
            terms,
        };
        findings = pass.run();
    }
    findings
}

/// By relation: how many aggregates its claims rest on, one on the other. One that keeps its best is above all others that it reads.
fn levels(program: &Program) -> Vec<usize> {
    let best: BTreeSet<RelationId> = best::kept(program)
        .iter()
        .map(|kept| kept.relation)
        .collect();
    let mut levels = vec![0; program.relations.len()];
    for _ in 0..=program.relations.len() {
        for rule in &program.rules {
            for head in &rule.heads {
                let own = best.contains(&head.relation).then_some(head.relation);
                let below = rule
                    .body
                    .as_ref()
                    .map_or(0, |body| level_of(body, &levels, own));
                let level = &mut levels[head.relation.0 as usize];
                *level = (below + usize::from(own.is_some())).max(*level);
            }
        }
    }
    levels
}

fn level_of(body: &Body, levels: &[usize], own: Option<RelationId>) -> usize {
    let highest = |parts: &[Body]| {
        parts
            .iter()
            .map(|part| level_of(part, levels, own))
            .max()
            .unwrap_or(0)
    };
    match body {
        Body::Literal(literal) if own == Some(literal.relation) => 0,
        Body::Literal(literal) => levels[literal.relation.0 as usize],
        Body::Comparison { .. } => 0,
        Body::Aggregate(aggregate) if aggregate.recursive => highest(&aggregate.condition),
        Body::Aggregate(aggregate) => highest(&aggregate.condition) + 1,
        Body::And(parts) | Body::Or(parts) => highest(parts),
        Body::Unless { body, exceptions } => body
            .iter()
            .map(|body| level_of(body, levels, own))
            .max()
            .unwrap_or(0)
            .max(highest(exceptions)),
    }
}

struct Pass<'a> {
    program: &'a Program,
    world: &'a World<'a>,
    ambiguity: Ambiguity,
    levels: &'a [usize],
    level: usize,
    earlier: &'a Findings,
    /// By day, the claims of each relation that keeps its best.
    best: BTreeMap<RelationId, Vec<BTreeSet<Claim>>>,
    terms: &'a mut Terms,
}

impl Pass<'_> {
    /// What is stated, the best claims of a relation that keeps its best in the place of all of its own.
    fn stated(&self, day: usize) -> BTreeSet<Claim> {
        let plain = self
            .world
            .stated(day)
            .into_iter()
            .filter(|claim| !self.best.contains_key(&claim.relation));
        plain
            .chain(
                self.best
                    .values()
                    .flat_map(|days| days[day].iter().cloned()),
            )
            .collect()
    }

    fn run(&mut self) -> Findings {
        let argued = self.argued();
        let mut arguments = self.disputed_facts();
        arguments.extend(self.rules(&argued, true));
        let truths = self.normal(&argued, &arguments).well_founded();
        let mut firing = BTreeSet::new();
        let mut views = BTreeMap::new();
        for (atom, truth) in truths {
            match atom {
                Atom::View(view, claim, day) => {
                    views.insert((view, claim, day), truth);
                }
                Atom::Fires(_, number) if truth != Truth::Fails => {
                    firing.insert((arguments[number].head.clone(), arguments[number].day));
                }
                _ => {}
            }
        }
        Findings {
            truths: views,
            argued,
            firing,
            ambiguity: self.ambiguity,
        }
    }

    /// By day: every claim that is stated, reported or the head of a rule whose premises are argued for, exceptions left out.
    fn argued(&mut self) -> Vec<BTreeSet<Claim>> {
        let mut argued = vec![BTreeSet::new(); self.world.days.len()];
        for (day, set) in argued.iter_mut().enumerate() {
            set.extend(self.stated(day));
        }
        let facts = self.disputed_facts();
        loop {
            let before: usize = argued.iter().map(BTreeSet::len).sum();
            let rules = self.rules(&argued, false);
            for argument in facts
                .iter()
                .chain(&rules)
                .filter(|argument| argument.verb != Verb::CastsDoubtOn)
            {
                argued[argument.day].insert(argument.head.clone());
            }
            if before == argued.iter().map(BTreeSet::len).sum::<usize>() {
                return argued;
            }
        }
    }

    /// "A sentence with `reported by`, `denied by` or `presumably` is not itself stated: it is a presumption without premises
    /// for the sentence (`denied by`: for its opposite)."
    fn disputed_facts(&self) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for fact in self.program.facts.iter() {
            let claim = Claim {
                relation: fact.relation,
                negative: fact.negative,
                terms: fact.terms.to_vec(),
            };
            let (author, head) = match fact.standing() {
                Standing::Stated => continue,
                Standing::Reported(author) => (Some(author.clone()), claim),
                Standing::Denied(author) => (Some(author.clone()), claim.opposite()),
                Standing::Presumed => (None, claim),
            };
            let period = fact.notes.and_then(|notes| notes.period);
            for day in self.world.during(period) {
                if !self.world.silent(&head, day) {
                    let head = head.clone();
                    arguments.push(Argument {
                        author: author.clone(),
                        head,
                        verb: Verb::Suggests,
                        body: Vec::new(),
                        body_day: day,
                        day,
                    });
                }
            }
        }
        arguments
    }

    fn rules(&mut self, argued: &[BTreeSet<Claim>], exceptions: bool) -> Vec<Argument> {
        let mut arguments = Vec::new();
        for rule in &self.program.rules {
            for day in self.world.during(rule.period) {
                for (binding, body) in self.matches(rule, day, argued, exceptions) {
                    for head in &rule.heads {
                        if self.levels[head.relation.0 as usize] > self.level
                            || self.best.contains_key(&head.relation)
                        {
                            continue;
                        }
                        let head = ground(head, &binding).expect("the body binds the head");
                        arguments.extend(self.onward(rule, head, &body, day));
                    }
                }
            }
        }
        arguments
    }

    fn matches(
        &mut self,
        rule: &Rule,
        day: usize,
        argued: &[BTreeSet<Claim>],
        exceptions: bool,
    ) -> Vec<Match> {
        if rule
            .heads
            .iter()
            .all(|head| self.levels[head.relation.0 as usize] > self.level)
        {
            return Vec::new();
        }
        let unbound = vec![None; rule.variables.0.len()];
        let Some(body) = &rule.body else {
            return vec![(unbound, Vec::new())];
        };
        let mut matcher = Matcher {
            program: self.program,
            terms: self.terms,
            variables: &rule.variables,
            argued: &argued[day],
            earlier: self.earlier,
            day,
            exceptions,
        };
        matcher.body(body, &unbound)
    }

    /// "`[from then on]`: its head holds from each moment the body does, onward."
    fn onward(
        &self,
        rule: &Rule,
        head: Claim,
        body: &[Condition],
        body_day: usize,
    ) -> Vec<Argument> {
        let last = if rule.from_then_on {
            self.world.days.len() - 1
        } else {
            body_day
        };
        (body_day..=last)
            .filter(|&day| !self.world.silent(&head, day))
            .map(|day| Argument {
                author: rule.label.clone().map(Author::Rule),
                head: head.clone(),
                verb: rule.verb,
                body: body.to_vec(),
                body_day,
                day,
            })
            .collect()
    }

    fn overrides(&self, winner: &Argument, loser: &Argument) -> bool {
        let prevails =
            |a: &Author, b: &Author| self.program.overrides.iter().any(|(c, d)| c == a && d == b);
        matches!((&winner.author, &loser.author), (Some(winner), Some(loser)) if prevails(winner, loser))
    }

    fn normal(&self, argued: &[BTreeSet<Claim>], arguments: &[Argument]) -> Normal<Atom> {
        let mut ground = Ground {
            pass: self,
            normal: Normal::default(),
            ways: 0,
            known: BTreeMap::new(),
        };
        for (number, argument) in arguments.iter().enumerate() {
            ground.fires(number, argument);
        }
        for (day, claims) in argued.iter().enumerate() {
            for claim in claims {
                ground.views(claim, day, &argued[day], arguments);
            }
        }
        ground.normal
    }
}

/// Writes the normal program.
struct Ground<'a> {
    pass: &'a Pass<'a>,
    normal: Normal<Atom>,
    ways: usize,
    known: BTreeMap<(Vec<Vec<Condition>>, View, usize), usize>,
}

impl Ground<'_> {
    fn view(&mut self, view: View, claim: &Claim, day: usize) -> usize {
        self.normal.number(&Atom::View(
            view.under(self.pass.ambiguity),
            claim.clone(),
            day,
        ))
    }

    fn all_views(&self) -> Vec<View> {
        match self.pass.ambiguity {
            Ambiguity::Propagating => vec![View::Certain, View::Presumed, View::Possible],
            Ambiguity::Blocking => vec![View::Certain, View::Presumed],
        }
    }

    /// An argument fires on premises of a view when its body is met in that view.
    fn fires(&mut self, number: usize, argument: &Argument) {
        for view in self.all_views() {
            if let Some(body) = self.met(&argument.body, view, argument.body_day) {
                self.normal.rule(&Atom::Fires(view, number), body);
            }
        }
    }

    /// What must hold and fail for all conditions to be met; `None` where that cannot be.
    fn met(&mut self, conditions: &[Condition], view: View, day: usize) -> Option<Conditions> {
        let mut body = Conditions::default();
        for condition in conditions {
            match condition {
                Condition::Holds(claims) => {
                    let ways = claims
                        .iter()
                        .map(|claim| vec![Condition::Holds(vec![claim.clone()])])
                        .collect::<Vec<_>>();
                    body.hold.push(match &claims[..] {
                        [claim] => self.view(view, claim, day),
                        _ => self.one_of(&ways, view, day),
                    });
                }
                Condition::NoneOf(ways) => {
                    body.fail.push(self.one_of(ways, view.of_exception(), day))
                }
                Condition::Result { presumed, certain } => {
                    match if view == View::Certain {
                        certain
                    } else {
                        presumed
                    } {
                        Truth::Holds => {}
                        Truth::Fails => return None,
                        Truth::Open => body.hold.push(self.open()),
                    }
                }
            }
        }
        Some(body)
    }

    /// An atom that is open: it holds where it fails.
    fn open(&mut self) -> usize {
        let number = self.normal.number(&Atom::Open);
        self.normal.rule(
            &Atom::Open,
            Conditions {
                hold: Vec::new(),
                fail: vec![number],
            },
        );
        number
    }

    fn one_of(&mut self, ways: &[Vec<Condition>], view: View, day: usize) -> usize {
        let view = view.under(self.pass.ambiguity);
        let key = (ways.to_vec(), view, day);
        if let Some(&way) = self.known.get(&key) {
            return way;
        }
        self.ways += 1;
        let atom = Atom::Way(self.ways);
        for way in ways {
            if let Some(body) = self.met(way, view, day) {
                self.normal.rule(&atom, body);
            }
        }
        let number = self.normal.number(&atom);
        self.known.insert(key, number);
        number
    }

    fn views(
        &mut self,
        claim: &Claim,
        day: usize,
        argued: &BTreeSet<Claim>,
        arguments: &[Argument],
    ) {
        let all = || {
            arguments
                .iter()
                .enumerate()
                .filter(|(_, argument)| argument.day == day)
        };
        let rules: Vec<_> = all()
            .filter(|(_, it)| it.verb != Verb::CastsDoubtOn && it.head == *claim)
            .collect();
        let against: Vec<_> = all().filter(|(_, it)| self.is_against(it, claim)).collect();
        let mut opposites = vec![claim.opposite()];
        opposites.extend(
            argued
                .iter()
                .filter(|other| claim.rivals(other, self.pass.program))
                .cloned(),
        );

        self.certain(claim, day, &rules);
        self.presumed(claim, day, &opposites, &rules, &against);
        if self.pass.ambiguity == Ambiguity::Propagating {
            self.possible(claim, day, &opposites, &rules, &against);
        }
    }

    /// "`casts doubt on X` counts against X"; a rule for the opposite or for a rival value is against the claim.
    fn is_against(&self, argument: &Argument, claim: &Claim) -> bool {
        match argument.verb {
            Verb::CastsDoubtOn => argument.head == *claim,
            Verb::Implies | Verb::Suggests => claim.opposes(&argument.head, self.pass.program),
        }
    }

    /// "stated, or the head of a strict rule with certain premises"
    fn certain(&mut self, claim: &Claim, day: usize, rules: &[(usize, &Argument)]) {
        let certain = Atom::View(View::Certain, claim.clone(), day);
        if self.pass.stated(day).contains(claim) {
            self.normal.rule(&certain, Conditions::default());
        }
        for (number, _) in rules.iter().filter(|(_, rule)| rule.verb == Verb::Implies) {
            let fires = self.normal.number(&Atom::Fires(View::Certain, *number));
            self.normal.rule(
                &certain,
                Conditions {
                    hold: vec![fires],
                    fail: Vec::new(),
                },
            );
        }
    }

    /// "certain; or the opposite is not certain, a rule for it fires on presumed premises, and every rule against it that fires
    /// on possible premises is overridden by a rule for it that fires on presumed ones"
    fn presumed(
        &mut self,
        claim: &Claim,
        day: usize,
        opposites: &[Claim],
        rules: &[(usize, &Argument)],
        against: &[(usize, &Argument)],
    ) {
        let pass = self.pass;
        let presumed = Atom::View(View::Presumed, claim.clone(), day);
        let certain = self.view(View::Certain, claim, day);
        self.normal.rule(
            &presumed,
            Conditions {
                hold: vec![certain],
                fail: Vec::new(),
            },
        );
        let mut answers = Vec::new();
        for (attack, attacker) in against {
            let answered = Atom::Answered(claim.clone(), *attack);
            let fires = self.normal.number(&Atom::Fires(
                View::Possible.under(self.pass.ambiguity),
                *attack,
            ));
            self.normal.rule(
                &answered,
                Conditions {
                    hold: Vec::new(),
                    fail: vec![fires],
                },
            );
            for (defence, _) in rules
                .iter()
                .filter(|(_, rule)| pass.overrides(rule, attacker))
            {
                let fires = self.normal.number(&Atom::Fires(View::Presumed, *defence));
                self.normal.rule(
                    &answered,
                    Conditions {
                        hold: vec![fires],
                        fail: Vec::new(),
                    },
                );
            }
            answers.push(self.normal.number(&answered));
        }
        for (rule, _) in rules {
            let mut hold = answers.clone();
            hold.push(self.normal.number(&Atom::Fires(View::Presumed, *rule)));
            let fail = opposites
                .iter()
                .map(|opposite| self.view(View::Certain, opposite, day))
                .collect();
            self.normal.rule(&presumed, Conditions { hold, fail });
        }
    }

    /// "certain; or the opposite is not certain and a rule for it fires on possible premises that no rule against it, firing on
    /// presumed ones, overrides"
    fn possible(
        &mut self,
        claim: &Claim,
        day: usize,
        opposites: &[Claim],
        rules: &[(usize, &Argument)],
        against: &[(usize, &Argument)],
    ) {
        let pass = self.pass;
        let possible = Atom::View(View::Possible, claim.clone(), day);
        let certain = self.view(View::Certain, claim, day);
        self.normal.rule(
            &possible,
            Conditions {
                hold: vec![certain],
                fail: Vec::new(),
            },
        );
        for (rule, argument) in rules {
            let beaten = Atom::Beaten(*rule);
            for (attack, _) in against
                .iter()
                .filter(|(_, attacker)| pass.overrides(attacker, argument))
            {
                let fires = self.normal.number(&Atom::Fires(View::Presumed, *attack));
                self.normal.rule(
                    &beaten,
                    Conditions {
                        hold: vec![fires],
                        fail: Vec::new(),
                    },
                );
            }
            let mut fail: Vec<usize> = opposites
                .iter()
                .map(|opposite| self.view(View::Certain, opposite, day))
                .collect();
            fail.push(self.normal.number(&beaten));
            let fires = self.normal.number(&Atom::Fires(View::Possible, *rule));
            self.normal.rule(
                &possible,
                Conditions {
                    hold: vec![fires],
                    fail,
                },
            );
        }
    }
}
