//! Which arguments there are in one world: every rule with its variables replaced, every report, denial and presumption.

use super::claim::Claim;
use super::findings::{Ambiguity, Findings};
use super::matching::{Condition, Match, Matcher, ground};
use super::world::World;
use hence::program::{Author, Program, RelationId, Rule, Standing, Verb};
use hence::value::Terms;
use std::collections::{BTreeMap, BTreeSet};

/// A rule with its variables replaced, or a report, denial or presumption. `day` is when its head is argued for, `body_day` when
/// its body must hold: they differ under `[from then on]` only.
#[derive(Clone, Debug)]
pub struct Argument {
    pub author: Option<Author>,
    /// For a doubt: what is doubted.
    pub head: Claim,
    pub verb: Verb,
    pub body: Vec<Condition>,
    pub body_day: usize,
    pub day: usize,
}

/// One walk over the relations up to a level.
pub struct Pass<'a> {
    pub program: &'a Program,
    pub world: &'a World<'a>,
    pub ambiguity: Ambiguity,
    pub levels: &'a [usize],
    pub level: usize,
    pub earlier: &'a Findings,
    /// By day, the claims of each relation that keeps its best.
    pub best: BTreeMap<RelationId, Vec<BTreeSet<Claim>>>,
    pub terms: &'a mut Terms,
}

impl Pass<'_> {
    /// What is stated, the best claims of a relation that keeps its best in the place of all of its own.
    pub fn stated(&self, day: usize) -> BTreeSet<Claim> {
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

    /// By day: every claim that is stated, reported or the head of a rule whose premises are argued for, exceptions left out.
    pub fn argued(&mut self) -> Vec<BTreeSet<Claim>> {
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
    pub fn disputed_facts(&self) -> Vec<Argument> {
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

    pub fn rules(&mut self, argued: &[BTreeSet<Claim>], exceptions: bool) -> Vec<Argument> {
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

    pub fn overrides(&self, winner: &Argument, loser: &Argument) -> bool {
        let prevails =
            |a: &Author, b: &Author| self.program.overrides.iter().any(|(c, d)| c == a && d == b);
        matches!((&winner.author, &loser.author), (Some(winner), Some(loser)) if prevails(winner, loser))
    }
}
