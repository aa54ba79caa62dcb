//! From a question back to what could be otherwise: through every rule for and against each sentence that bears on it, to the facts
//! that a change could do without and the premises that are missing. It only gathers candidates; what a change of them comes to is
//! evaluated, so it may look at too much, and what it overlooks is never proposed.
//!
//! Each sentence is wanted to hold or to fail. For one that should hold, its rules' premises should hold and their exceptions fail,
//! and whatever attacks it should fail; for one that should fail it is the other way round. Only a fact for what should fail is
//! worth dropping, and only a premise of what should hold is worth supposing.

use super::candidates::{Candidates, Origin};
use super::reckoned::Reckoned;
use super::vocabulary::Vocabulary;
use crate::core::branches::{Branch, Item, branches, conjunction};
use crate::core::{Side, Varied, View, cut_keys};
use crate::label::Label;
use crate::program::{
    Aggregate, Argument, Body, FactId, FactRef, Ground, Literal, Question, RelationId, ScenarioId,
    Standing, Verb,
};
use crate::reading::matching::{Binding, bind_all, pattern};
use crate::reading::standing::Bound;
use crate::reading::{AskedValue, Reader};
use crate::value::Term;
use std::collections::{HashMap, HashSet, VecDeque};

/// A literal with open places.
type Pattern = (Side, Vec<Option<Term>>);

/// The facts of one relation by what they say: whether the opposite, and the terms.
type Saying<'p> = HashMap<(bool, &'p [Term]), Vec<FactId>>;

/// What a sentence, or a condition, is to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Want {
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
    /// What reports and presumptions say: it could hold though it does not.
    pub reports: HashSet<(Side, Vec<Term>)>,
    pub found: Candidates,
    /// Steps of matching that are left.
    pub steps: usize,
    question: &'r Question,
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
}

impl<'r, 'p> Walk<'r, 'p> {
    /// `now` are the contexts that the question is about, as things are.
    pub fn new(
        reader: &'r mut Reader<'p>,
        question: &'r Question,
        now: Label,
        vocabulary: &'r Vocabulary,
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
            found: Candidates::default(),
            steps: MOST_STEPS,
            question,
            now,
            urgent: VecDeque::new(),
            later: VecDeque::new(),
            seen: HashSet::new(),
            stated: HashMap::new(),
            spoken,
            vocabulary,
        }
    }

    /// What could make the question's condition hold, or fail.
    pub fn candidates(mut self, hold: bool) -> Candidates {
        let question = self.question;
        let start: Binding = vec![None; question.variables.0.len()];
        let want = if hold { Want::Hold } else { Want::Fail };
        for branch in branches(Some(&question.body)).unwrap_or_default() {
            let matches = match hold {
                true => self.partial_matches(&branch, &start),
                false => self.full_matches(&branch, &start),
            };
            for (binding, _) in matches {
                for item in &branch {
                    match item {
                        Item::Literal(literal) => self.push(pattern(literal, &binding), want),
                        other => self.item(other, (&binding, None), want),
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
                self.condition(Some(body), start, want);
            }
            for (body, variables, _) in &program.impossible {
                self.condition(Some(body), &vec![None; variables.0.len()], want);
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

    fn holds_now(&mut self, side: Side, terms: &[Term]) -> bool {
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
                self.condition(rule.body.as_ref(), &start, want);
            }
        }
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
            self.suppose(side.opposite(), terms, None);
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
    fn condition(&mut self, body: Option<&Body>, start: &Binding, want: Want) {
        for branch in branches(body).unwrap_or_default() {
            self.branch(&branch, start, want);
        }
    }

    fn branch(&mut self, branch: &Branch<'_>, start: &Binding, want: Want) {
        let matches = match want {
            Want::Fail => self.full_matches(branch, start),
            _ => self.partial_matches(branch, start),
        };
        for (binding, reckoned) in matches {
            let is_open = |item: &Item<'_>| match item {
                Item::Literal(literal) => pattern(literal, &binding).1.contains(&None),
                _ => false,
            };
            let want = match want {
                Want::Hold if branch.iter().any(is_open) => Want::Reach,
                want => want,
            };
            for item in branch {
                self.item(item, (&binding, reckoned), want);
            }
        }
    }

    fn item(
        &mut self,
        item: &Item<'_>,
        (binding, reckoned): (&Binding, Option<Reckoned>),
        want: Want,
    ) {
        match *item {
            Item::Literal(literal) => {
                let (side, pattern) = pattern(literal, binding);
                let terms = pattern.iter().copied().collect::<Option<Vec<Term>>>();
                if let Some(terms) = terms.filter(|_| want == Want::Hold) {
                    let asked = reckoned.and_then(|reckoned| self.asked(literal, reckoned));
                    self.suppose(side, &terms, asked);
                }
                self.push((side, pattern), want);
            }
            Item::Comparison { .. } => {}
            Item::Aggregate(aggregate) => self.aggregate(aggregate, binding, want),
            Item::Except(exception) => {
                let want = match want {
                    Want::Fail => Want::Hold,
                    _ => Want::Fail,
                };
                self.condition(Some(exception), binding, want);
            }
        }
    }

    /// What a comparison asks of a value in a literal.
    fn asked(&self, literal: &Literal, reckoned: Reckoned) -> Option<AskedValue> {
        let Reckoned {
            variable,
            comparison,
            with,
        } = reckoned;
        let is_in = literal.arguments.contains(&Argument::Variable(variable));
        is_in.then(|| AskedValue {
            comparison,
            with,
            any: self.vocabulary.latitude.covers(literal, variable),
        })
    }

    /// An aggregate may change either way with whatever it counts.
    fn aggregate(&mut self, aggregate: &Aggregate, binding: &Binding, want: Want) {
        let more = match want {
            Want::Reach => Want::Reach,
            _ => Want::Hold,
        };
        for branch in conjunction(&aggregate.condition).unwrap_or_default() {
            for want in [Want::Fail, more] {
                self.branch(&branch, binding, want);
            }
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
                    asked: None,
                });
        }
    }

    /// A premise that does not hold everywhere could be supposed, unless it is a driver's to say.
    fn suppose(&mut self, side: Side, terms: &[Term], asked: Option<AskedValue>) {
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
            self.found.add(Varied::Supposed(sentence), || Origin {
                asked,
                ..Origin::default()
            });
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
