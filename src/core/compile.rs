//! Program → core, step by step, and the core under construction, which every step adds to.

use super::aside::Aside;
use super::contexts::Contexts;
use super::helpers::Reckoned;
use super::nature::{Nature, circles, natures};
use super::origin::{Part, Side, View};
use super::rule::{CoreFacts, CoreId, CoreRelation, CoreRule};
use super::slots::Slots;
use super::suppose::{CutKey, Suppositions, Variation, suppositions};
use super::{Asked, Core, Settings, Sides};
use crate::label::{Cube, Label};
use crate::program::{Program, Variable};
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
    /// By written relation: the circle that it stands in.
    pub circles: Vec<usize>,
    pub contexts: Contexts,
    pub suppositions: Suppositions,
    pub variations: &'p [Variation],
    pub relations: Vec<CoreRelation>,
    rules: Vec<CoreRule>,
    variables: Vec<Vec<Option<Variable>>>,
    facts: Vec<Option<CoreFacts>>,
    pub parts: HashMap<Part, CoreId>,
    pub views: Vec<Sides>,
    /// Relations of exceptions and of aggregates' conditions.
    pub asides: HashMap<Aside, CoreId>,
    /// What binds variables for those, where that reckons.
    pub reckoned: HashMap<Reckoned, CoreId>,
    /// What aggregates are called with, by the address of what was written.
    pub calls: HashMap<(usize, Vec<Variable>), CoreId>,
    pub asked: HashMap<usize, Asked>,
}

/// Compiles a program.
///
/// # Errors
/// When the alternatives of a rule multiply past the limit.
pub fn compile(program: &Program, settings: Settings) -> Result<Core, TooManyBranches> {
    compile_varied(program, settings, &[], None)
}

/// Compiles a program that is otherwise in some outcomes of its drivers: in no more than so many of them at once, where that is told.
///
/// # Errors
/// As for [`compile`].
pub fn compile_varied(
    program: &Program,
    settings: Settings,
    variations: &[Variation],
    most: Option<usize>,
) -> Result<Core, TooManyBranches> {
    let mut contexts = Contexts::new(program);
    let mut suppositions = suppositions(program, &mut contexts);
    suppositions.vary(program, &mut contexts, variations, most);
    compile_within(program, settings, (contexts, suppositions), variations)
}

/// Compiles a program in which nothing speaks for some sentences or their opposites, in some contexts.
///
/// # Errors
/// As for [`compile`].
pub fn compile_silenced(
    program: &Program,
    settings: Settings,
    silenced: &[(CutKey, Vec<Cube>)],
) -> Result<Core, TooManyBranches> {
    let mut contexts = Contexts::new(program);
    let mut suppositions = suppositions(program, &mut contexts);
    suppositions.silence(&mut contexts, silenced);
    compile_within(program, settings, (contexts, suppositions), &[])
}

fn compile_within(
    program: &Program,
    settings: Settings,
    (contexts, suppositions): (Contexts, Suppositions),
    variations: &[Variation],
) -> Result<Core, TooManyBranches> {
    let mut compiler = Compiler {
        program,
        natures: natures(program, settings.ambiguity),
        circles: circles(program),
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
        reckoned: HashMap::new(),
        calls: HashMap::new(),
        asked: HashMap::new(),
    };
    compiler.declare_views();
    compiler.mark_best();
    compiler.declare_cuts();
    compiler.add_facts();
    compiler.add_rules()?;
    compiler.add_defeat(settings.ambiguity);
    compiler.add_asked()?;
    compiler.add_candidates();
    Ok(compiler.finish(settings))
}

impl Compiler<'_> {
    fn finish(self, settings: Settings) -> Core {
        Core {
            settings,
            relations: self.relations,
            rules: self.rules,
            variables: self.variables,
            facts: self.facts.into_iter().flatten().collect(),
            views: self.views,
            circles: self.circles,
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
            wide: false,
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
        self.push_with(rule, slots.names());
    }

    /// Adds a rule with the written variable of each slot.
    pub fn push_with(&mut self, rule: CoreRule, variables: Vec<Option<Variable>>) {
        self.variables.push(variables);
        self.rules.push(rule);
    }

    /// The rules so far.
    pub fn rules(&self) -> &[CoreRule] {
        &self.rules
    }

    /// A rule, and the written variable of each slot.
    pub fn rule(&self, number: usize) -> (CoreRule, Vec<Option<Variable>>) {
        (self.rules[number].clone(), self.variables[number].clone())
    }

    /// States for a second relation all that is stated for a first.
    pub fn repeat_facts(&mut self, of: CoreId, relation: CoreId) {
        self.facts[relation.at()] = self.facts[of.at()]
            .clone()
            .map(|facts| CoreFacts { relation, ..facts });
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
        self.views[side.relation.0 as usize].of(side.negative, view)
    }

    /// Whether the core relation of a part was made already.
    pub fn knows(&self, part: &Part) -> bool {
        self.parts.contains_key(part)
    }
}
