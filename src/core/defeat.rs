//! Team defeat as normal rules.
//!
//! For a contested side `q` with reasons R and attackers A (the reasons and doubts for its opposite, and for a `one` relation the
//! reasons for rival values), Δ, δ and σ being its certain, presumed and possible views:
//!
//! ```text
//! δq :- Δq.     δq :- some r ∈ R fires firmly, ¬Δ~q, every attack is answered.
//! σq :- Δq.     σq :- some r ∈ R fires possibly, ¬Δ~q, r is not beaten.
//! an attack by s is answered where it does not fire possibly, or where a reason for q that overrides s fires firmly;
//! r is beaten where an attacker that overrides r fires firmly.
//! ```
//! Under ambiguity blocking attacks count where they fire firmly, and σ is δ. Support is positive: no conclusion holds itself up.
//! Sources: Antoniou, Billington, Governatori, Maher, *Representation results for defeasible logic* (ACM TOCL 2001), section 3;
//! Maher, *Defeasible reasoning via Datalog with negation* (TPLP 2021).

use super::Ambiguity;
use super::body::unlike;
use super::compile::Compiler;
use super::origin::{Origin, Part, Reason, Side, View};
use super::rule::{Argument, Atom, CoreId, CoreLiteral, CoreRule, Slot};
use crate::label::Label;
use crate::program::{Author, RelationId, Verb};
use std::collections::{BTreeMap, BTreeSet};

/// Who overrides whom, by author.
struct Superiority(BTreeSet<(Author, Author)>);

impl Compiler<'_> {
    /// Adds the steps between the views of every soft relation.
    pub fn add_defeat(&mut self, ambiguity: Ambiguity) {
        let superiority = Superiority(self.program.overrides.iter().cloned().collect());
        let mut reasons = self.all_reasons();
        for number in 0..self.program.relations.len() {
            for negative in [false, true] {
                let side = Side {
                    relation: RelationId(number as u32),
                    negative,
                };
                if !self.nature(side).soft || self.view(side, View::Certain).is_none() {
                    continue;
                }
                self.certain_is_presumed(side);
                if self.nature(side).contested {
                    let own = reasons.remove(&(side, true)).unwrap_or_default();
                    let against = reasons
                        .get(&(side.opposite(), true))
                        .cloned()
                        .unwrap_or_default();
                    let doubts = reasons
                        .get(&(side.opposite(), false))
                        .cloned()
                        .unwrap_or_default();
                    let attackers = [against, doubts].concat();
                    self.dispute(side, &own, &attackers, &superiority, ambiguity);
                    reasons.insert((side, true), own);
                }
            }
        }
    }

    /// The reasons that fire for each side, apart from the doubts (`false`), which attack and support nothing.
    fn all_reasons(&self) -> BTreeMap<(Side, bool), Vec<Reason>> {
        let mut all: BTreeMap<(Side, bool), Vec<Reason>> = BTreeMap::new();
        for (side, reason) in self.firing() {
            let supports = match &reason {
                Reason::Rule(rule) => {
                    self.program.rules[rule.0 as usize].verb != Verb::CastsDoubtOn
                }
                Reason::Report(_) | Reason::Presumption => true,
            };
            all.entry((side, supports)).or_default().push(reason);
        }
        all
    }

    /// `δq :- Δq.  σq :- Δq.`
    fn certain_is_presumed(&mut self, side: Side) {
        let row = self.row(side);
        let certain = self.view(side, View::Certain).expect("the side has views");
        let presumed = self.view(side, View::Presumed).expect("the side has views");
        let possible = self.view(side, View::Possible).expect("the side has views");
        self.step(presumed, row.clone(), vec![holds(certain, &row)]);
        if possible != presumed {
            self.step(possible, row.clone(), vec![holds(certain, &row)]);
        }
    }

    fn dispute(
        &mut self,
        side: Side,
        own: &[Reason],
        attackers: &[Reason],
        superiority: &Superiority,
        ambiguity: Ambiguity,
    ) {
        let Some(firm) = self.support(side, own, View::Presumed) else {
            return;
        };
        let attack_view = match ambiguity {
            Ambiguity::Propagating => View::Possible,
            Ambiguity::Blocking => View::Presumed,
        };
        let row = self.row(side);
        let mut unopposed = Vec::new();
        if let Some(opposite) = self.view(side.opposite(), View::Certain) {
            unopposed.push(fails(opposite, &row));
        }
        let one = self.one(side);
        if let Some(place) = one {
            unopposed.push(self.not_excluded(side, own, place));
        }

        let mut presumed = vec![holds(firm, &row)];
        presumed.extend(unopposed.iter().cloned());
        presumed.extend(self.attacks_answered(
            side,
            own,
            attackers,
            superiority,
            attack_view,
            None,
        ));
        if let Some(place) = one {
            presumed.extend(self.attacks_answered(
                side,
                own,
                own,
                superiority,
                attack_view,
                Some(place),
            ));
        }
        let head = self.view(side, View::Presumed).expect("the side has views");
        self.step(head, row.clone(), presumed);

        let possible = self.view(side, View::Possible).expect("the side has views");
        if possible != head {
            for reason in own {
                let Some(fires) = self.fires(side, reason, View::Possible) else {
                    continue;
                };
                let mut body = vec![holds(fires, &row)];
                body.extend(unopposed.iter().cloned());
                body.extend(self.not_beaten(side, reason, own, attackers, superiority));
                self.step(possible, row.clone(), body);
            }
        }
    }

    /// The relation in which some reason for the side fires; `None` where there is none.
    fn support(&mut self, side: Side, own: &[Reason], view: View) -> Option<CoreId> {
        let fires: Vec<CoreId> = own
            .iter()
            .filter_map(|reason| self.fires(side, reason, view))
            .collect();
        match fires[..] {
            [] => None,
            [only] => Some(only),
            _ => {
                let row = self.row(side);
                Some(self.union(Part::Supported { side, view }, &row, fires))
            }
        }
    }

    /// A relation that holds where any of some others does.
    fn union(&mut self, part: Part, row: &[Argument], of: Vec<CoreId>) -> CoreId {
        let known = self.knows(&part);
        let relation = self.part(row.len(), part);
        if !known {
            for each in of {
                self.step(relation, row.to_vec(), vec![holds(each, row)]);
            }
        }
        relation
    }

    /// One literal for each attack (or for all that nothing overrides together) that is to fail or be answered. `rival`: the attackers
    /// are the side's own reasons for another value at this place.
    fn attacks_answered(
        &mut self,
        side: Side,
        own: &[Reason],
        attackers: &[Reason],
        superiority: &Superiority,
        view: View,
        rival: Option<usize>,
    ) -> Vec<CoreLiteral> {
        let row = self.row(side);
        let attacking = if rival.is_some() {
            side
        } else {
            side.opposite()
        };
        let mut literals = Vec::new();
        let mut unanswerable = Vec::new();
        for attacker in attackers {
            let Some(fires) = self.fires(attacking, attacker, view) else {
                continue;
            };
            let overriding: Vec<CoreId> = own
                .iter()
                .filter(|&reason| {
                    superiority
                        .overrides(reason.author(self.program), attacker.author(self.program))
                })
                .filter_map(|reason| self.fires(side, reason, View::Presumed))
                .collect();
            if overriding.is_empty() {
                unanswerable.push(fires);
                continue;
            }
            let firm = self
                .support(side, own, View::Presumed)
                .expect("an overriding reason supports the side");
            let part = Part::Answered {
                side,
                by: attacker.clone(),
                rival: rival.is_some(),
            };
            let answered = self.part(row.len(), part);
            let fails_here = match rival {
                None => fails(fires, &row),
                Some(place) => {
                    let part = Part::Rival {
                        side,
                        reason: attacker.clone(),
                    };
                    let attack = self.rivals(part, side, &[firm], &[fires], place);
                    fails(attack, &row)
                }
            };
            self.step(answered, row.clone(), vec![holds(firm, &row), fails_here]);
            for reason in overriding {
                self.step(answered, row.clone(), vec![holds(reason, &row)]);
            }
            literals.push(holds(answered, &row));
        }
        match (rival, &unanswerable[..]) {
            (_, []) => {}
            (None, [_] | [_, _]) => {
                literals.extend(unanswerable.iter().map(|&fires| fails(fires, &row)))
            }
            (None, _) => {
                let attacked =
                    self.union(Part::Attacked { side, rival: false }, &row, unanswerable);
                literals.push(fails(attacked, &row));
            }
            (Some(place), _) => {
                let firm = self
                    .support(side, own, View::Presumed)
                    .expect("a disputed side has support");
                let part = Part::Attacked { side, rival: true };
                let attacked = self.rivals(part, side, &[firm], &unanswerable, place);
                literals.push(fails(attacked, &row));
            }
        }
        literals
    }

    /// `part(ȳ, v) :- here(ȳ, v), there(ȳ, w), v != w` for each of the relations here and there. Where a loop may leave open what is here, the
    /// candidates stand in for it: whether a rival meets a value is not for that value's own support to say.
    fn rivals(
        &mut self,
        part: Part,
        side: Side,
        here: &[CoreId],
        there: &[CoreId],
        place: usize,
    ) -> CoreId {
        if self.knows(&part) {
            return self.part(self.arity(side), part);
        }
        let row = self.row(side);
        let relation = self.part(row.len(), part);
        let rival = Argument::Slot(Slot(row.len() as u32));
        let mut other = row.clone();
        let value = std::mem::replace(&mut other[place], rival);
        for &here in here {
            let here = holds(self.candidates(side, here), &row);
            for &there in there {
                let met = vec![here.clone(), holds(there, &other), unlike(value, rival)];
                self.step(relation, row.clone(), met);
            }
        }
        relation
    }

    /// No rival value of a `one` relation is certain. A value that is certain itself holds by that, so it is enough that no value is;
    /// where a loop may leave the value's own certainty open, its rivals are told from it.
    fn not_excluded(&mut self, side: Side, own: &[Reason], place: usize) -> CoreLiteral {
        let mut row = self.row(side);
        let certain = self.view(side, View::Certain).expect("the side has views");
        if self.nature(side).looping {
            let here: Vec<CoreId> = own
                .iter()
                .filter_map(|reason| self.fires(side, reason, View::Possible))
                .collect();
            let excluded = self.rivals(Part::Excluded { side }, side, &here, &[certain], place);
            return fails(excluded, &row);
        }
        row[place] = Argument::Slot(Slot(row.len() as u32));
        fails(certain, &row)
    }

    fn not_beaten(
        &mut self,
        side: Side,
        reason: &Reason,
        own: &[Reason],
        attackers: &[Reason],
        superiority: &Superiority,
    ) -> Option<CoreLiteral> {
        let row = self.row(side);
        let beats = |compiler: &Self, attacker: &&Reason| {
            superiority.overrides(
                attacker.author(compiler.program),
                reason.author(compiler.program),
            )
        };
        let beating: Vec<CoreId> = attackers
            .iter()
            .filter(|attacker| beats(self, attacker))
            .filter_map(|attacker| self.fires(side.opposite(), attacker, View::Presumed))
            .collect();
        let rivals: Vec<CoreId> = match self.one(side) {
            Some(_) => own
                .iter()
                .filter(|attacker| beats(self, attacker))
                .filter_map(|attacker| self.fires(side, attacker, View::Presumed))
                .collect(),
            None => Vec::new(),
        };
        if beating.is_empty() && rivals.is_empty() {
            return None;
        }
        let part = Part::Beaten {
            side,
            reason: reason.clone(),
        };
        if let Some(place) = self.one(side) {
            let fires = self
                .fires(side, reason, View::Possible)
                .expect("the reason fires");
            self.rivals(part.clone(), side, &[fires], &rivals, place);
        }
        let beaten = self.part(row.len(), part);
        for attacker in beating {
            self.step(beaten, row.clone(), vec![holds(attacker, &row)]);
        }
        Some(fails(beaten, &row))
    }

    /// The place of the one value, for the sentences of a `one` relation.
    fn one(&self, side: Side) -> Option<usize> {
        self.program.relations[side.relation.0 as usize]
            .one
            .filter(|_| !side.negative)
    }

    /// A slot for each place.
    fn row(&self, side: Side) -> Vec<Argument> {
        (0..self.arity(side) as u32)
            .map(|place| Argument::Slot(Slot(place)))
            .collect()
    }

    fn step(&mut self, relation: CoreId, arguments: Vec<Argument>, body: Vec<CoreLiteral>) {
        let slots = arguments.len() as u32 + 1;
        self.push(CoreRule {
            head: Atom {
                relation,
                arguments,
            },
            body,
            slots,
            label: Label::ALWAYS,
            onward: false,
            origin: Origin::Step,
        });
    }
}

impl Superiority {
    fn overrides(&self, winner: Option<Author>, loser: Option<Author>) -> bool {
        winner.zip(loser).is_some_and(|pair| self.0.contains(&pair))
    }
}

fn holds(relation: CoreId, row: &[Argument]) -> CoreLiteral {
    CoreLiteral::Holds(Atom {
        relation,
        arguments: row.to_vec(),
    })
}

fn fails(relation: CoreId, row: &[Argument]) -> CoreLiteral {
    CoreLiteral::Fails(Atom {
        relation,
        arguments: row.to_vec(),
    })
}
