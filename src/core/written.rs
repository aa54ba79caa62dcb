//! Written rules → core rules: one for each head, view and branch. What attacks what is [`defeat`](super::defeat)'s.

use super::body::{Met, Read, Within};
use super::branches::branches;
use super::compile::{Compiler, TooManyBranches};
use super::origin::{Origin, Part, Reason, Side, View};
use super::rule::{Argument, Atom, CoreId, CoreLiteral, CoreRule, Slot};
use crate::label::Label;
use crate::program::{Literal, Rule, RuleId, Verb};

impl<'p> Compiler<'p> {
    /// Every written rule, under each view that it is read in.
    pub fn add_rules(&mut self) -> Result<(), TooManyBranches> {
        let program = self.program;
        for (number, rule) in program.rules.iter().enumerate() {
            let id = RuleId(number as u32);
            for (place, head) in rule.heads.iter().enumerate() {
                let negative = head.negative != (rule.verb == Verb::CastsDoubtOn);
                let side = Side {
                    relation: head.relation,
                    negative,
                };
                let nature = self.nature(side);
                if rule.verb == Verb::Implies {
                    let certain = self
                        .view(side, View::Certain)
                        .expect("views of heads were declared");
                    self.written(id, rule, place, certain, View::Certain)?;
                }
                // A doubt concludes nothing: where no reason meets it, it is no rule at all.
                let idle_doubt = rule.verb == Verb::CastsDoubtOn && !nature.contested;
                if !nature.soft || idle_doubt {
                    continue;
                }
                for view in [View::Presumed, View::Possible] {
                    if view == View::Possible && !self.possible_differs(rule, side) {
                        continue;
                    }
                    let relation = if nature.contested {
                        self.part(
                            head.arguments.len(),
                            Part::Fires {
                                side,
                                reason: Reason::Rule(id),
                                view,
                            },
                        )
                    } else {
                        self.view(side, view).expect("views of heads were declared")
                    };
                    self.written(id, rule, place, relation, view)?;
                }
            }
        }
        Ok(())
    }

    /// Whether a rule's firing can be possible without being presumed.
    pub fn possible_differs(&self, rule: &Rule, side: Side) -> bool {
        if !self.nature(side).contested {
            return self.nature(side).disputed;
        }
        let mut differs = false;
        if let Some(body) = &rule.body {
            super::nature::each_relation(body, &mut |read| {
                differs |= self.natures[read.0 as usize].disputed
            });
        }
        differs
    }

    /// One head of a written rule, its body read under a view.
    fn written(
        &mut self,
        id: RuleId,
        rule: &'p Rule,
        place: usize,
        relation: CoreId,
        view: View,
    ) -> Result<(), TooManyBranches> {
        let head = &rule.heads[place];
        let within = Within {
            at: rule.at,
            variables: &rule.variables,
            heads: &rule.heads,
        };
        let label = self.contexts.period(rule.period);
        let cuts = self.cuts(head);
        // What holds onward is silent where it arrives, not where it comes from.
        let carried = (rule.from_then_on && !cuts.is_empty()).then(|| {
            let part = Part::Carried { at: rule.at, view };
            self.relation(head.arguments.len(), part)
        });
        for (number, branch) in branches(rule.body.as_ref())
            .ok_or(TooManyBranches(rule.at))?
            .iter()
            .enumerate()
        {
            let origin = Origin::Written {
                rule: id,
                clause: number as u32,
                head: place as u32,
                view,
            };
            for met in self.bodies(within, branch, Read::As(view))? {
                let Met {
                    mut body,
                    mut slots,
                    ..
                } = met;
                let head = slots.atom(carried.unwrap_or(relation), head);
                if carried.is_none() {
                    body.extend(spoken(&head.arguments, &cuts));
                }
                let rule = CoreRule {
                    head,
                    body,
                    slots: slots.count(),
                    label,
                    onward: rule.from_then_on,
                    origin,
                };
                self.push_named(rule, &slots);
            }
            if let Some(carried) = carried
                && number == 0
            {
                self.arrive(carried, relation, head.arguments.len(), &cuts, origin);
            }
        }
        Ok(())
    }

    /// `relation :- carried`, where no supposition silences it.
    fn arrive(
        &mut self,
        carried: CoreId,
        relation: CoreId,
        arity: usize,
        cuts: &[Cut],
        origin: Origin,
    ) {
        let arguments: Vec<Argument> = (0..arity as u32)
            .map(|place| Argument::Slot(Slot(place)))
            .collect();
        let mut body = vec![CoreLiteral::Holds(Atom {
            relation: carried,
            arguments: arguments.clone(),
        })];
        body.extend(spoken(&arguments, cuts));
        self.push(CoreRule {
            head: Atom {
                relation,
                arguments,
            },
            body,
            slots: arity as u32,
            label: Label::ALWAYS,
            onward: false,
            origin,
        });
    }

    /// The relations that silence a head: those that speak of its sentence, and for a sentence of a `one` relation of its rivals.
    fn cuts(&self, head: &Literal) -> Vec<Cut> {
        let one = self.program.relations[head.relation.0 as usize].one;
        let cut = |group| {
            let relation = head.relation;
            self.parts.get(&Part::Cut { relation, group }).copied()
        };
        let whole = cut(false).map(|cut| (cut, None));
        let group = cut(true).filter(|_| !head.negative).map(|cut| (cut, one));
        whole.into_iter().chain(group).collect()
    }

    /// The core relation in which a reason fires, if anything makes it fire.
    pub fn fires(&self, side: Side, reason: &Reason, view: View) -> Option<CoreId> {
        let find = |view| {
            self.parts
                .get(&Part::Fires {
                    side,
                    reason: reason.clone(),
                    view,
                })
                .copied()
        };
        match view {
            View::Possible => find(View::Possible).or_else(|| find(View::Presumed)),
            View::Certain | View::Presumed => find(View::Presumed),
        }
    }

    /// Every reason that can fire, with its side, in order of first appearance.
    pub fn firing(&self) -> impl Iterator<Item = (Side, Reason)> {
        self.relations
            .iter()
            .filter_map(|relation| match &relation.part {
                Part::Fires {
                    side,
                    reason,
                    view: View::Presumed,
                } => Some((*side, reason.clone())),
                _ => None,
            })
    }
}

/// What silences a head, and the place that it leaves out.
type Cut = (CoreId, Option<usize>);

/// No supposition speaks of these terms.
fn spoken(arguments: &[Argument], cuts: &[Cut]) -> impl Iterator<Item = CoreLiteral> {
    cuts.iter().map(|&(relation, without)| {
        CoreLiteral::Fails(Atom {
            relation,
            arguments: without_place(arguments, without),
        })
    })
}

/// An argument list without one place.
fn without_place(arguments: &[Argument], place: Option<usize>) -> Vec<Argument> {
    arguments
        .iter()
        .enumerate()
        .filter(|&(at, _)| Some(at) != place)
        .map(|(_, &argument)| argument)
        .collect()
}
