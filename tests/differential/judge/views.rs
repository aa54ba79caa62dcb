//! "Semantics" of the language page, sentence by sentence, as a ground normal program for one world: all its days, and
//! every claim that something argues for on one of them.

use super::arguments::{Argument, Pass};
use super::best;
use super::claim::Claim;
use super::findings::{Ambiguity, Findings, View};
use super::levels::levels;
use super::matching::Condition;
use super::normal::{Conditions, Normal, Truth};
use super::world::World;
use hence::program::{Program, Verb};
use hence::value::Terms;
use std::collections::{BTreeMap, BTreeSet};

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

impl Pass<'_> {
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
