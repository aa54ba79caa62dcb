//! From a question back to what could be otherwise: through every rule for and against each sentence that bears on it, to the facts
//! that a change could do without and the premises that are missing. It only gathers candidates; what a change of them comes to is
//! evaluated, so it may look at too much, and what it overlooks is never proposed.
//!
//! Each sentence is wanted to hold or to fail. For one that should hold, its rules' premises should hold and their exceptions fail,
//! and whatever attacks it should fail; for one that should fail it is the other way round. Only a fact for what should fail is
//! worth dropping, and only a premise of what should hold is worth supposing.

use super::candidates::{Candidates, Origin};
use super::further::Lacking;
use super::partial::Matches;
use super::reckoned::Reckoned;
use super::stand_in::{Column, StandIns};
use super::vocabulary::Vocabulary;
use crate::core::branches::{Branch, Item, branches, conjunction};
use crate::core::{Side, Varied, View, cut_keys};
use crate::label::Label;
use crate::program::{
    Aggregate, Argument, Body, FactId, FactRef, Ground, Literal, Question, RelationId, ScenarioId,
    Standing, Variable, Variables, Verb,
};
use crate::reading::matching::{Binding, bind_all, pattern};
use crate::reading::standing::Bound;
use crate::reading::{AskedValue, Reader, StandIn};
use crate::syntax::tree::AggregateKind;
use crate::value::Term;
use std::collections::{HashMap, HashSet, VecDeque};

/// A literal with open places.
type Pattern = (Side, Vec<Option<Term>>);

/// The facts of one relation by what they say: whether the opposite, and the terms.
type Saying<'p> = HashMap<(bool, &'p [Term]), Vec<FactId>>;

/// What a sentence, or a condition, is to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    Hold,
    /// It should hold, or any sentence like it, of which it is one that is not at hand: by what facts are in the way, nothing supposed.
    Reach,
    /// Its rules should fire, doubts among them: it is the opposite of what should fail.
    Attack,
    Fail,
}

/// Sentences, and steps of matching, that one walk goes through.
const MOST_SENTENCES: usize = 4_000;
const MOST_STEPS: usize = 200_000;

/// One walk over a model.
pub struct Walk<'r, 'p> {
    pub reader: &'r mut Reader<'p>,
    pub question: &'r Question,
    /// What reports and presumptions say: it could hold though it does not.
    pub reports: HashSet<(Side, Vec<Term>)>,
    pub found: Candidates,
    /// Steps of matching that are left.
    pub steps: usize,
    /// The values that the program writes, once they were asked for.
    pub used: Option<HashSet<Term>>,
    /// By column, its least and greatest value.
    pub ends: HashMap<Column, Option<(Term, Term)>>,
    /// The contexts that the question is about, as things are.
    now: Label,
    /// What is not as wanted now comes before what would only matter once something else has changed.
    urgent: VecDeque<(Pattern, Want)>,
    later: VecDeque<(Pattern, Want)>,
    seen: HashSet<(Pattern, Want)>,
    /// Facts by what they say, for the relations met so far.
    stated: HashMap<RelationId, Saying<'p>>,
    /// What the question's suppositions speak of: no other supposition does.
    spoken: HashSet<(RelationId, Vec<Term>)>,
    vocabulary: &'r Vocabulary,
    /// The relations whose rules were gone into for a value that stands in.
    led_to: HashSet<(Side, Term)>,
    /// What stands in from walks before.
    pub before: &'r StandIns,
}

/// A conjunction, and the variables of the statement that it stands in.
#[derive(Clone, Copy)]
pub struct Within<'a, 'b> {
    pub branch: &'a Branch<'b>,
    pub variables: &'a Variables,
}

/// What a value that nothing gives is wanted for.
#[derive(Clone, Copy)]
pub enum Wanted {
    Compared(Reckoned),
    /// It makes up a sum or an average.
    MakesUp(Variable, AggregateKind),
}

impl<'r, 'p> Walk<'r, 'p> {
    /// `now` are the contexts that the question is about, as things are; `before`, what stands in from walks before.
    pub fn new(
        reader: &'r mut Reader<'p>,
        question: &'r Question,
        now: Label,
        vocabulary: &'r Vocabulary,
        before: &'r StandIns,
    ) -> Self {
        let program = reader.program;
        let reports = program
            .facts
            .iter()
            .filter(|fact| *fact.standing() != Standing::Stated);
        let reports = reports
            .map(|fact| (said(&fact), fact.terms.to_vec()))
            .collect();
        let mut spoken = HashSet::new();
        let mut next = Some(question.frame.scenario);
        while let Some(ScenarioId(id)) = next {
            let scenario = &program.scenarios[id as usize];
            spoken.extend(
                scenario
                    .suppositions
                    .iter()
                    .flat_map(|item| cut_keys(program, &item.literal)),
            );
            next = scenario.extends;
        }
        Self {
            reader,
            reports,
            found: Candidates::standing_in(before.clone()),
            steps: MOST_STEPS,
            question,
            used: None,
            ends: HashMap::new(),
            now,
            urgent: VecDeque::new(),
            later: VecDeque::new(),
            seen: HashSet::new(),
            stated: HashMap::new(),
            spoken,
            vocabulary,
            led_to: HashSet::new(),
            before,
        }
    }

    /// What could make the question's condition hold, or fail.
    pub fn candidates(mut self, hold: bool) -> Candidates {
        let question = self.question;
        let start: Binding = vec![None; question.variables.0.len()];
        let want = if hold { Want::Hold } else { Want::Fail };
        for branch in branches(Some(&question.body)).unwrap_or_default() {
            let matches = match hold {
                true => self.few_missing(&branch, &start),
                false => self.full_matches(&branch, &start),
            };
            let within = Within {
                branch: &branch,
                variables: &question.variables,
            };
            for (binding, _) in matches {
                for item in &branch {
                    match item {
                        Item::Literal(literal) => self.push(pattern(literal, &binding), want),
                        other => self.item(other, within, (&binding, None), want),
                    }
                }
            }
        }
        self.drain();
        self.worlds(&start);
        self.drain();
        self.found
    }

    /// Which worlds there are bears on it too, both ways: a change must leave some, and may leave just those that do.
    fn worlds(&mut self, start: &Binding) {
        let (question, program) = (self.question, self.reader.program);
        for want in [Want::Hold, Want::Fail] {
            for body in &question.frame.given {
                self.condition(Some(body), (start, &question.variables), want);
            }
            for (body, variables, _) in &program.impossible {
                let start = vec![None; variables.0.len()];
                self.condition(Some(body), (&start, variables), want);
            }
        }
    }

    fn drain(&mut self) {
        while let Some(((side, terms), want)) =
            self.urgent.pop_front().or_else(|| self.later.pop_front())
        {
            self.expand(side, &terms, want);
        }
    }

    fn push(&mut self, pattern: Pattern, want: Want) {
        if want == Want::Reach && self.seen.contains(&(pattern.clone(), Want::Hold)) {
            return;
        }
        if self.seen.len() == MOST_SENTENCES {
            self.found.cut = true;
        } else if self.seen.insert((pattern.clone(), want)) {
            match self.is_as_wanted(&pattern, want) {
                true => self.later.push_back((pattern, want)),
                false => self.urgent.push_back((pattern, want)),
            }
        }
    }

    fn is_as_wanted(&mut self, (side, pattern): &Pattern, want: Want) -> bool {
        // What is open stands for any sentence: each that is known comes before it.
        let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>() else {
            return true;
        };
        match want {
            Want::Hold | Want::Reach | Want::Attack => self.holds_now(*side, &terms),
            Want::Fail => {
                let possible = self
                    .reader
                    .label(*side, View::Possible, &terms, Bound::Upper);
                self.reader.model.diagram.and(self.now, possible).is_never()
            }
        }
    }

    pub(super) fn holds_now(&mut self, side: Side, terms: &[Term]) -> bool {
        let holds = self.reader.label(side, View::Presumed, terms, Bound::Lower);
        self.reader
            .model
            .diagram
            .without(self.now, holds)
            .is_never()
    }

    fn push_ground(&mut self, side: Side, terms: &[Term], want: Want) {
        self.push((side, terms.iter().copied().map(Some).collect()), want);
    }

    fn expand(&mut self, side: Side, pattern: &[Option<Term>], want: Want) {
        if let Some(terms) = pattern.iter().copied().collect::<Option<Vec<Term>>>() {
            self.others(side, &terms, want);
            if want == Want::Fail {
                self.drop_facts(side, &terms);
            }
        }
        if want == Want::Hold && !self.goes_on(side, pattern) {
            return;
        }
        let program = self.reader.program;
        for &(rule, head) in self.reader.rules_for(side).iter() {
            let rule = &program.rules[rule.0 as usize];
            if matches!(want, Want::Hold | Want::Reach) && rule.verb == Verb::CastsDoubtOn {
                continue;
            }
            let mut start: Binding = vec![None; rule.variables.0.len()];
            let given = rule.heads[head].arguments.iter().zip(pattern);
            let (arguments, terms): (Vec<Argument>, Vec<Term>) = given
                .filter_map(|(&argument, &term)| term.map(|term| (argument, term)))
                .unzip();
            if bind_all(&arguments, &terms, &mut start) {
                let want = match want {
                    Want::Attack => Want::Hold,
                    want => want,
                };
                self.condition(rule.body.as_ref(), (&start, &rule.variables), want);
            }
        }
    }

    /// Whether the rules for a sentence are gone into. With a value that stands in, they are once for each relation: what it takes in a
    /// roundabout way, or after other changes, has no end.
    fn goes_on(&mut self, side: Side, pattern: &[Option<Term>]) -> bool {
        let terms = pattern.iter().flatten().copied();
        let stands_in = |term: &Term| self.found.stand_ins.contains(*term);
        let stand_ins: Vec<Term> = terms.filter(stands_in).collect();
        let mut new = stand_ins.iter();
        new.all(|&term| !self.before.contains(term) && self.led_to.insert((side, term)))
    }

    /// What else bears on a sentence: its opposite, and in a `one` relation the rival values, which argue against a sentence and make
    /// its opposite hold.
    fn others(&mut self, side: Side, terms: &[Term], want: Want) {
        let against = if want == Want::Fail {
            Want::Attack
        } else {
            Want::Fail
        };
        self.push_ground(side.opposite(), terms, against);
        if against == Want::Attack && self.vocabulary.asks_for(side.opposite()) {
            self.suppose(side.opposite(), terms, Origin::default());
        }
        let Some(place) = self.reader.program.relations[side.relation.0 as usize].one else {
            return;
        };
        let mut group: Vec<Option<Term>> = terms.iter().copied().map(Some).collect();
        group[place] = None;
        let rival = Side {
            relation: side.relation,
            negative: false,
        };
        for row in self.possible_rows(rival, &group) {
            if row[place] != terms[place] {
                self.push_ground(rival, &row, if side.negative { want } else { against });
            }
        }
    }

    /// Goes into a condition that should hold, or fail.
    fn condition(
        &mut self,
        body: Option<&Body>,
        (start, variables): (&Binding, &Variables),
        want: Want,
    ) {
        for branch in branches(body).unwrap_or_default() {
            let matches = match want {
                Want::Fail => self.full_matches(&branch, start),
                _ => self.few_missing(&branch, start),
            };
            let within = Within {
                branch: &branch,
                variables,
            };
            if want == Want::Hold && self.vocabulary.wide {
                for binding in matches.keys() {
                    if let Some(filled) = self.filled(within, binding) {
                        self.items(within, (&filled, None), Want::Hold);
                    }
                }
            }
            self.matched(within, matches, want);
        }
    }

    /// The bindings under which a few literals at most are missing.
    fn few_missing(&mut self, branch: &Branch<'_>, start: &Binding) -> Matches {
        let full = self.full_matches(branch, start);
        self.partial_matches(branch, start, full)
    }

    /// Goes into the items of a conjunction, as each of these bindings has them.
    fn matched(&mut self, within: Within<'_, '_>, matches: Matches, want: Want) {
        let branch = within.branch;
        for (binding, reckoned) in matches {
            let is_open = |item: &Item<'_>| match item {
                Item::Literal(literal) => pattern(literal, &binding).1.contains(&None),
                _ => false,
            };
            let wanted = reckoned.map(Wanted::Compared);
            let want = match want {
                Want::Hold if branch.iter().any(is_open) => Want::Reach,
                want => want,
            };
            self.items(within, (&binding, wanted), want);
        }
    }

    pub(super) fn items(
        &mut self,
        within: Within<'_, '_>,
        (binding, wanted): (&Binding, Option<Wanted>),
        want: Want,
    ) {
        for item in within.branch {
            self.item(item, within, (binding, wanted), want);
        }
    }

    fn item(
        &mut self,
        item: &Item<'_>,
        within: Within<'_, '_>,
        (binding, wanted): (&Binding, Option<Wanted>),
        want: Want,
    ) {
        match *item {
            Item::Literal(literal) => {
                let (side, pattern) = pattern(literal, binding);
                let terms = pattern.iter().copied().collect::<Option<Vec<Term>>>();
                if let Some(terms) = terms.filter(|_| want == Want::Hold) {
                    let origin = self.supposing(literal, binding, wanted);
                    self.suppose(side, &terms, origin);
                }
                self.push((side, pattern), want);
            }
            Item::Comparison { .. } => {}
            Item::Aggregate(aggregate) => self.aggregate(aggregate, within, binding, want),
            Item::Except(exception) => {
                let want = match want {
                    Want::Fail => Want::Hold,
                    _ => Want::Fail,
                };
                self.condition(Some(exception), (binding, within.variables), want);
            }
        }
    }

    /// What is to be said of a value in a literal that could be supposed.
    fn supposing(&self, literal: &Literal, binding: &Binding, wanted: Option<Wanted>) -> Origin {
        let is_in = |variable| literal.arguments.contains(&Argument::Variable(variable));
        let mut origin = Origin::default();
        match wanted {
            Some(Wanted::Compared(reckoned)) if is_in(reckoned.variable) => {
                origin.asked = Some(AskedValue {
                    comparison: reckoned.comparison,
                    with: reckoned.with,
                    any: self.vocabulary.latitude.covers(literal, reckoned.variable),
                });
            }
            Some(Wanted::MakesUp(variable, kind)) if is_in(variable) => {
                let value = binding[variable.0 as usize];
                let made_up = value.map(|value| (value, StandIn::MakesUp(kind)));
                origin.stand_ins.extend(made_up);
            }
            _ => {}
        }
        origin
    }

    /// An aggregate may change either way with whatever it counts.
    fn aggregate(
        &mut self,
        aggregate: &Aggregate,
        within: Within<'_, '_>,
        binding: &Binding,
        want: Want,
    ) {
        let more = match want {
            Want::Reach => Want::Reach,
            _ => Want::Hold,
        };
        let variables = within.variables;
        let mut counted = Vec::new();
        let alternatives = conjunction(&aggregate.condition).unwrap_or_default();
        for branch in &alternatives {
            let inside = Within { branch, variables };
            let full = self.full_matches(branch, binding);
            if more == Want::Hold {
                counted.extend(self.holding_now(branch, full.keys()));
            }
            self.matched(inside, full.clone(), Want::Fail);
            let partial = self.partial_matches(branch, binding, full);
            self.matched(inside, partial, more);
        }
        if more == Want::Hold {
            let lacking = Lacking {
                aggregate,
                within,
                binding,
                counted,
                fails: want == Want::Fail,
            };
            self.further(&lacking, &alternatives);
        }
    }

    /// The facts that state or report a sentence could be gone.
    fn drop_facts(&mut self, side: Side, terms: &[Term]) {
        let program = self.reader.program;
        let index = self.stated.entry(side.relation).or_insert_with(|| {
            let mut index: HashMap<_, Vec<FactId>> = HashMap::new();
            for fact in program
                .facts
                .iter()
                .filter(|fact| fact.relation == side.relation)
            {
                index
                    .entry((said(&fact).negative, fact.terms))
                    .or_default()
                    .push(fact.id);
            }
            index
        });
        let facts = index
            .get(&(side.negative, terms))
            .cloned()
            .unwrap_or_default();
        for id in facts {
            let fact = program.facts.get(id);
            let sentence = Ground {
                relation: fact.relation,
                negative: fact.negative,
                terms: terms.to_vec(),
            };
            if *fact.standing() == Standing::Stated && self.is_asked(&sentence) {
                continue;
            }
            let sources = || {
                fact.notes
                    .map(|notes| notes.citations.clone())
                    .unwrap_or_default()
            };
            self.found
                .add(Varied::Gone(sentence, fact.standing().clone()), || Origin {
                    at: Some(fact.at),
                    fact: Some(id),
                    sources: sources(),
                    ..Origin::default()
                });
        }
    }

    /// A premise that does not hold everywhere could be supposed, unless it is a driver's to say.
    fn suppose(&mut self, side: Side, terms: &[Term], mut origin: Origin) {
        if self.holds_now(side, terms) {
            return;
        }
        let sentence = Ground {
            relation: side.relation,
            negative: side.negative,
            terms: terms.to_vec(),
        };
        if self.vocabulary.has(side.relation)
            && !self.is_asked(&sentence)
            && !self.is_spoken_of(&sentence)
            && !self.is_a_drivers(&sentence)
        {
            let others = self.found.stand_ins.in_sentence(terms);
            origin.stand_ins.extend(others);
            self.found.add(Varied::Supposed(sentence), || origin);
        }
    }

    /// Whether it is the goal itself, which is never proposed.
    fn is_asked(&self, sentence: &Ground) -> bool {
        branches(Some(&self.question.body))
            .unwrap_or_default()
            .iter()
            .flatten()
            .any(|item| match item {
                Item::Literal(literal) => {
                    let mut binding: Binding = vec![None; self.question.variables.0.len()];
                    let same = literal.relation == sentence.relation
                        && literal.negative == sentence.negative;
                    same && bind_all(&literal.arguments, &sentence.terms, &mut binding)
                }
                _ => false,
            })
    }

    fn is_spoken_of(&self, sentence: &Ground) -> bool {
        let mut keys = cut_keys(self.reader.program, sentence).into_iter();
        !self.spoken.is_empty() && keys.any(|key| self.spoken.contains(&key))
    }

    /// Whether a supposition of it would keep some outcomes of drivers: these are proposed themselves.
    fn is_a_drivers(&self, sentence: &Ground) -> bool {
        let states = self
            .reader
            .program
            .drivers
            .iter()
            .flat_map(|driver| &driver.outcomes)
            .flat_map(|outcome| &outcome.states);
        let mut same = states
            .filter(|state| state.relation == sentence.relation && state.terms == sentence.terms);
        same.any(|state| state.negative == sentence.negative || sentence.negative)
    }
}

/// The side that a fact speaks for: a denial, for the opposite of what is written.
pub fn said(fact: &FactRef<'_>) -> Side {
    Side {
        relation: fact.relation,
        negative: fact.negative != matches!(fact.standing(), Standing::Denied(_)),
    }
}
