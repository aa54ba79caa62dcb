//! Program → core: relations and views, facts, written rules. What attacks what is [`defeat`](super::defeat)'s.

use super::body::Within;
use super::branches::branches;
use super::contexts::Contexts;
use super::nature::{Nature, natures};
use super::origin::{Origin, Part, Reason, Side, View};
use super::rule::{Argument, Atom, Best, CoreFacts, CoreId, CoreLiteral, CoreRelation, CoreRule};
use super::slots::Slots;
use super::suppose::{Suppositions, Variation, Varied, suppositions};
use super::{Asked, Core, Settings, Sides, Views};
use crate::label::Label;
use crate::program::{Body, Ground, Program, Rule, RuleId, Standing, Variable, Verb};
use crate::syntax::tree::AggregateKind;
use crate::text::Span;
use crate::value::Term;
use std::collections::HashMap;

/// A statement whose `or`s multiply past [`MOST_BRANCHES`](super::branches::MOST_BRANCHES).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the alternatives of one statement multiply past the limit")]
pub struct TooManyBranches(pub Span);

/// The core under construction.
pub struct Compiler<'p> {
    pub program: &'p Program,
    pub natures: Vec<Nature>,
    pub contexts: Contexts,
    pub suppositions: Suppositions,
    variations: &'p [Variation],
    relations: Vec<CoreRelation>,
    rules: Vec<CoreRule>,
    variables: Vec<Vec<Option<Variable>>>,
    facts: Vec<Option<CoreFacts>>,
    parts: HashMap<Part, CoreId>,
    views: Vec<Sides>,
    /// Relations of exceptions and of aggregates' conditions, by the address of what was written, which lives as long as the program.
    pub asides: HashMap<(usize, View), CoreId>,
    pub asked: HashMap<usize, Asked>,
}

/// Compiles a program.
///
/// # Errors
/// When the alternatives of a rule multiply past the limit.
pub fn compile(program: &Program, settings: Settings) -> Result<Core, TooManyBranches> {
    compile_varied(program, settings, &[])
}

/// Compiles a program that is otherwise in some outcomes of its drivers.
///
/// # Errors
/// As for [`compile`].
pub fn compile_varied(
    program: &Program,
    settings: Settings,
    variations: &[Variation],
) -> Result<Core, TooManyBranches> {
    let mut contexts = Contexts::new(program);
    let mut suppositions = suppositions(program, &mut contexts);
    suppositions.vary(program, &mut contexts, variations);
    let mut compiler = Compiler {
        program,
        natures: natures(program, settings.ambiguity),
        contexts,
        suppositions,
        variations,
        relations: Vec::new(),
        rules: Vec::new(),
        variables: Vec::new(),
        facts: Vec::new(),
        parts: HashMap::new(),
        views: Vec::new(),
        asides: HashMap::new(),
        asked: HashMap::new(),
    };
    compiler.declare_views();
    compiler.mark_best();
    compiler.declare_cuts();
    compiler.add_facts();
    compiler.add_rules()?;
    compiler.add_defeat(settings.ambiguity);
    compiler.add_asked()?;
    Ok(compiler.finish())
}

impl<'p> Compiler<'p> {
    fn finish(self) -> Core {
        Core {
            relations: self.relations,
            rules: self.rules,
            variables: self.variables,
            facts: self.facts.into_iter().flatten().collect(),
            views: self.views,
            diagram: self.contexts.diagram,
            segments: self.contexts.segments,
            kept: self.suppositions.kept,
            asked: self.asked,
        }
    }

    /// A new core relation.
    pub fn relation(&mut self, arity: usize, part: Part) -> CoreId {
        let id = CoreId(self.relations.len() as u32);
        self.relations.push(CoreRelation {
            arity,
            part,
            best: None,
        });
        self.facts.push(None);
        id
    }

    /// The core relation of a part, made when first asked for.
    pub fn part(&mut self, arity: usize, part: Part) -> CoreId {
        if let Some(&known) = self.parts.get(&part) {
            return known;
        }
        let id = self.relation(arity, part.clone());
        self.parts.insert(part, id);
        id
    }

    pub fn push(&mut self, rule: CoreRule) {
        self.variables.push(vec![None; rule.slots as usize]);
        self.rules.push(rule);
    }

    pub fn push_named(&mut self, rule: CoreRule, slots: &Slots) {
        self.variables.push(slots.names());
        self.rules.push(rule);
    }

    pub fn state(&mut self, relation: CoreId, terms: &[Term], label: Label) {
        if label.is_never() {
            return;
        }
        let facts = self.facts[relation.at()].get_or_insert_with(|| CoreFacts {
            relation,
            arity: terms.len(),
            terms: Vec::new(),
            labels: None,
            rows: 0,
        });
        if !label.is_always() && facts.labels.is_none() {
            facts.labels = Some(vec![Label::ALWAYS; facts.rows]);
        }
        if let Some(labels) = &mut facts.labels {
            labels.push(label);
        }
        facts.terms.extend_from_slice(terms);
        facts.rows += 1;
    }

    pub fn arity(&self, side: Side) -> usize {
        self.program.relations[side.relation.0 as usize]
            .shape
            .arity()
    }

    pub fn nature(&self, side: Side) -> Nature {
        self.natures[side.relation.0 as usize]
    }

    /// The core relation of a side under a view; `None` where nothing can conclude it.
    pub fn view(&self, side: Side, view: View) -> Option<CoreId> {
        let sides = &self.views[side.relation.0 as usize];
        let views = if side.negative {
            sides.opposite?
        } else {
            sides.sentence
        };
        Some(match view {
            View::Certain => views.certain,
            View::Presumed => views.presumed,
            View::Possible => views.possible,
        })
    }

    fn declare_views(&mut self) {
        let program = self.program;
        let mut opposites = vec![false; program.relations.len()];
        for fact in program.facts.iter() {
            if fact.negative != matches!(fact.standing(), Standing::Denied(_)) {
                opposites[fact.relation.0 as usize] = true;
            }
        }
        let outcomes = program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .flat_map(|outcome| &outcome.states);
        let supposed = program
            .scenarios
            .iter()
            .flat_map(|scenario| &scenario.suppositions)
            .filter(|item| !item.drop);
        let varied = self
            .variations
            .iter()
            .filter_map(|item| match &item.change {
                Varied::Supposed(ground) => Some(ground),
                Varied::Gone(..) => None,
            });
        for ground in outcomes
            .chain(supposed.map(|item| &item.literal))
            .chain(varied)
            .filter(|ground| ground.negative)
        {
            opposites[ground.relation.0 as usize] = true;
        }
        for rule in program
            .rules
            .iter()
            .filter(|rule| rule.verb != Verb::CastsDoubtOn)
        {
            for head in rule.heads.iter().filter(|head| head.negative) {
                opposites[head.relation.0 as usize] = true;
            }
        }
        for (number, opposite) in opposites.into_iter().enumerate() {
            let relation = crate::program::RelationId(number as u32);
            let sentence = self.declare_side(Side {
                relation,
                negative: false,
            });
            let opposite = opposite.then(|| {
                self.declare_side(Side {
                    relation,
                    negative: true,
                })
            });
            self.views.push(Sides { sentence, opposite });
        }
    }

    fn declare_side(&mut self, side: Side) -> Views {
        let arity = self.arity(side);
        let nature = self.nature(side);
        let certain = self.part(
            arity,
            Part::Literal {
                side,
                view: View::Certain,
            },
        );
        if !nature.soft {
            return Views {
                certain,
                presumed: certain,
                possible: certain,
            };
        }
        let presumed = self.part(
            arity,
            Part::Literal {
                side,
                view: View::Presumed,
            },
        );
        let possible = match nature.disputed {
            true => self.part(
                arity,
                Part::Literal {
                    side,
                    view: View::Possible,
                },
            ),
            false => presumed,
        };
        Views {
            certain,
            presumed,
            possible,
        }
    }

    /// Marks the relations that keep the best value only: the heads of rules with a recursive `least` or `greatest`.
    fn mark_best(&mut self) {
        for rule in &self.program.rules {
            let Some((variable, best)) = rule.body.as_ref().and_then(recursive_result) else {
                continue;
            };
            for head in &rule.heads {
                let place = head
                    .arguments
                    .iter()
                    .position(|&argument| argument == crate::program::Argument::Variable(variable));
                let side = Side {
                    relation: head.relation,
                    negative: head.negative,
                };
                for view in [View::Certain, View::Presumed, View::Possible] {
                    if let (Some(place), Some(relation)) = (place, self.view(side, view)) {
                        self.relations[relation.at()].best = Some((place, best));
                    }
                }
            }
        }
    }

    fn declare_cuts(&mut self) {
        let cuts: Vec<_> = self
            .suppositions
            .cuts
            .iter()
            .map(|((relation, key), &label)| (*relation, key.clone(), label))
            .collect();
        for (relation, key, label) in cuts {
            let group = key.len() < self.program.relations[relation.0 as usize].shape.arity();
            let cut = self.part(key.len(), Part::Cut { relation, group });
            self.state(cut, &key, label);
        }
    }

    fn add_facts(&mut self) {
        let program = self.program;
        for fact in program.facts.iter() {
            let mut label = match fact.notes {
                Some(notes) => self.contexts.period(notes.period),
                None => Label::ALWAYS,
            };
            if !self.suppositions.cuts.is_empty() || !self.suppositions.dropped.is_empty() {
                let ground = Ground {
                    relation: fact.relation,
                    negative: fact.negative,
                    terms: fact.terms.to_vec(),
                };
                label = self.spoken(&ground, label);
                label = self.kept(ground, fact.standing(), label);
            }
            let side = Side {
                relation: fact.relation,
                negative: fact.negative,
            };
            match fact.standing() {
                Standing::Stated => self.state_certain(side, fact.terms, label),
                Standing::Reported(author) => {
                    self.state_reason(side, Reason::Report(author.clone()), fact.terms, label)
                }
                Standing::Denied(author) => {
                    self.state_reason(
                        side.opposite(),
                        Reason::Report(author.clone()),
                        fact.terms,
                        label,
                    );
                }
                Standing::Presumed => {
                    self.state_reason(side, Reason::Presumption, fact.terms, label)
                }
            }
        }
        for (number, driver) in program.drivers.iter().enumerate() {
            for (place, outcome) in driver.outcomes.iter().enumerate() {
                let here = self
                    .contexts
                    .outcomes(crate::program::DriverId(number as u32), &[place as u32]);
                let period = self.contexts.period(outcome.period);
                let label = self.contexts.diagram.and(here, period);
                for ground in &outcome.states {
                    let label = self.spoken(ground, label);
                    self.state_certain(
                        Side {
                            relation: ground.relation,
                            negative: ground.negative,
                        },
                        &ground.terms,
                        label,
                    );
                }
            }
        }
        for (ground, label) in std::mem::take(&mut self.suppositions.stated) {
            self.state_certain(
                Side {
                    relation: ground.relation,
                    negative: ground.negative,
                },
                &ground.terms,
                label,
            );
        }
    }

    /// The part of a label where no supposition silences the literal.
    fn spoken(&mut self, ground: &Ground, label: Label) -> Label {
        let silent = self
            .suppositions
            .silenced(self.program, &mut self.contexts, ground);
        self.contexts.diagram.without(label, silent)
    }

    /// The part of a label where nothing drops the fact.
    fn kept(&mut self, ground: Ground, standing: &Standing, label: Label) -> Label {
        let fact = (ground, standing.clone());
        let dropped = self
            .suppositions
            .dropped
            .get(&fact)
            .copied()
            .unwrap_or(Label::NEVER);
        self.contexts.diagram.without(label, dropped)
    }

    fn state_certain(&mut self, side: Side, terms: &[Term], label: Label) {
        let relation = self
            .view(side, View::Certain)
            .expect("views of stated literals were declared");
        self.state(relation, terms, label);
    }

    /// A presumption without premises.
    fn state_reason(&mut self, side: Side, reason: Reason, terms: &[Term], label: Label) {
        if self.nature(side).contested {
            let fires = self.part(
                terms.len(),
                Part::Fires {
                    side,
                    reason,
                    view: View::Presumed,
                },
            );
            self.state(fires, terms, label);
        } else {
            // Nothing meets it, so what is presumed is possible too.
            let views = [View::Presumed, View::Possible].map(|view| self.view(side, view));
            let [presumed, possible] =
                views.map(|view| view.expect("views of reported literals were declared"));
            self.state(presumed, terms, label);
            if possible != presumed {
                self.state(possible, terms, label);
            }
        }
    }

    fn add_rules(&mut self) -> Result<(), TooManyBranches> {
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
        };
        let label = self.contexts.period(rule.period);
        let cut = |group| {
            self.parts
                .get(&Part::Cut {
                    relation: head.relation,
                    group,
                })
                .copied()
        };
        let cuts = [
            (cut(false), None),
            (
                cut(true),
                self.program.relations[head.relation.0 as usize].one,
            ),
        ];
        for (number, branch) in branches(rule.body.as_ref())
            .ok_or(TooManyBranches(rule.at))?
            .iter()
            .enumerate()
        {
            for (mut body, mut slots) in self.bodies(within, branch, view, &[head])? {
                let head = slots.atom(relation, head);
                for (cut, without) in cuts {
                    let Some(relation) = cut else { continue };
                    let arguments = without_place(&head.arguments, without);
                    body.push(CoreLiteral::Fails(Atom {
                        relation,
                        arguments,
                    }));
                }
                let origin = Origin::Written {
                    rule: id,
                    clause: number as u32,
                    head: place as u32,
                    view,
                };
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
        }
        Ok(())
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

    /// Whether the core relation of a part was made already.
    pub fn knows(&self, part: &Part) -> bool {
        self.parts.contains_key(part)
    }
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

/// The result of a recursive `least` or `greatest` in a body.
fn recursive_result(body: &Body) -> Option<(Variable, Best)> {
    match body {
        Body::Aggregate(aggregate) if aggregate.recursive => {
            match (aggregate.result, aggregate.kind) {
                (crate::program::Argument::Variable(variable), AggregateKind::Least) => {
                    Some((variable, Best::Least))
                }
                (crate::program::Argument::Variable(variable), AggregateKind::Greatest) => {
                    Some((variable, Best::Greatest))
                }
                _ => None,
            }
        }
        Body::And(parts) | Body::Or(parts) => parts.iter().find_map(recursive_result),
        Body::Unless { body, .. } => body.as_deref().and_then(recursive_result),
        Body::Aggregate(_) | Body::Literal(_) | Body::Comparison { .. } => None,
    }
}
