//! The shapes of answers, as data. `print` turns them into words and JSON.

use super::elsewhere::Elsewhere;
use super::extent::Stretch;
use super::proof::{Attempt, Nearby, Proof, Settling, Undecided};
use crate::core::Side;
use crate::program::{Citation, DriverId, Ground, QuestionKind, RelationId, Standing};
use crate::syntax::tree::AggregateKind;
use crate::value::{Comparison, Term, date::Day};
use smol_str::SmolStr;

/// What can be said of a sentence. The order is that of strength: a compound has the weakest of its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    Certain,
    Presumed,
    Contested,
    Undecided,
    #[default]
    Unknown,
    Refuted,
    Depends,
}

/// When, in which worlds, how likely. Each absent where it would say nothing.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Extent {
    /// Absent where always; else periods in order, adjoining ones joined.
    pub when: Option<Vec<(Option<Day>, Option<Day>)>>,
    /// Absent where in all open worlds; else disjoint cubes.
    pub worlds: Option<Vec<WorldCube>>,
    pub likelihood: Option<f64>,
    /// For an answer that depends on the worlds: what it is in those where it is not yes.
    pub otherwise: Vec<(Status, Vec<WorldCube>)>,
}

/// For some drivers, the outcomes (by number, sorted) allowed; the others are free.
pub type WorldCube = Vec<(DriverId, Vec<usize>)>;

/// One answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub question: String,
    pub kind: QuestionKind,
    pub body: AnswerBody,
    /// Whether it rests on a contradiction.
    pub contradicted: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AnswerBody {
    YesNo {
        status: Status,
        extent: Extent,
        /// Both sides of what is contested, the loop of what is undecided, the beaten arguments for what nothing says.
        grounds: Option<Box<Explanation>>,
    },
    Table {
        columns: Vec<String>,
        rows: Vec<TableRow>,
    },
    Likelihood(LikelihoodAnswer),
    /// `why S?`, `why not S?`
    Explained(Box<Explanation>),
    /// `what would it take for S?`
    Takes(Box<WhatItTakes>),
}

/// Why a sentence stands as it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    pub status: Status,
    pub extent: Extent,
    /// Where it holds: a proof for each part of the worlds and times that has one of its own, or with `--all` every minimal one.
    pub proofs: Vec<Proof>,
    /// Where it does not: how far each rule comes, nearest first.
    pub attempts: Vec<Attempt>,
    /// Where its opposite holds: the proof of that.
    pub opposite: Vec<Proof>,
    /// Where it is contested: the sentence, the arguments for it and those against it.
    pub contested: Option<(Side, Vec<Term>)>,
    pub arguments_for: Vec<Proof>,
    pub arguments_against: Vec<Proof>,
    /// Where it is contested: what would settle it.
    pub settling: Vec<Settling>,
    /// Where nothing says so: when it holds in the same world, and what holds and is one term away.
    pub elsewhen: Option<Vec<Stretch>>,
    pub nearby: Option<Nearby>,
    /// Where it is undecided: the loop that it hangs on.
    pub hangs: Option<Undecided>,
    /// How it stands in other worlds than what is told of its failing, and asked why not of what holds at some time, at others.
    pub elsewhere: Vec<Elsewhere>,
    /// The worlds in which it fails as told, where it stands otherwise in others.
    pub failing: Option<(Status, Vec<WorldCube>)>,
    /// Whether more could have been listed.
    pub cut: bool,
    /// Whether it was asked why not.
    pub why_not: bool,
    /// How much was to be told.
    pub asked: super::AskOptions,
}

/// The smallest changes that make a sentence hold, or that break it where it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatItTakes {
    pub status: Status,
    pub extent: Extent,
    /// What makes it hold; empty where it does.
    pub changes: Vec<Change>,
    /// What makes it stop holding; empty where it does not hold.
    pub breaks: Vec<Change>,
    pub cut: Option<Cut>,
    /// Whether all that were found are to be told.
    pub all: bool,
    /// Where an opposite was asked for that nothing could conclude: the sentence, which holds. What breaks it is another question.
    pub turned: Option<Ground>,
}

/// Why there may be more changes than are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The list is as long as lists are; what is listed is the smallest.
    Listed,
    /// Of changes of at most so many sentences these are all; larger ones were not looked for.
    Larger(usize),
    /// There was too much to look at: smaller ones may have been overlooked.
    Searched,
}

/// One change of facts and outcomes, no part of which could be left out.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Change {
    pub suppose: Vec<Supposed>,
    /// Stated sentences that would have to be gone.
    pub drop: Vec<Dropped>,
    pub outcomes: Vec<(DriverId, usize)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Supposed {
    pub sentence: Ground,
    /// Whether nothing states sentences of its relation, and rules conclude them.
    pub concluded: bool,
    /// Where it has a value that nothing gives: what a comparison asks of such a value.
    pub asked: Option<AskedValue>,
    /// Other values in it that nothing gives, each with what it stands in for.
    pub stand_ins: Vec<(Term, StandIn)>,
}

/// What a value that nothing gives stands in for.
#[derive(Clone, Debug, PartialEq)]
pub enum StandIn {
    /// Another one of these: `day`, `number`, `country`.
    Another(SmolStr),
    /// What a sum or an average lacks.
    MakesUp(AggregateKind),
}

/// What a comparison asks of a value: `> 100`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedValue {
    pub comparison: Comparison,
    pub with: Term,
    /// Whether every such value would do, nothing else looking at it.
    pub any: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// As written, where it is denied.
    pub sentence: Ground,
    pub standing: Standing,
    pub sources: Vec<Citation>,
}

impl Change {
    /// How many parts it has.
    pub fn len(&self) -> usize {
        self.suppose.len() + self.drop.len() + self.outcomes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// `how likely is it that S?`
#[derive(Clone, Debug, PartialEq)]
pub struct LikelihoodAnswer {
    /// Over all worlds.
    pub status: Status,
    /// Its likelihood is that of the answer.
    pub extent: Extent,
    /// From 0 to 1.
    pub likelihood: f64,
    pub word: crate::syntax::tree::LikelihoodWord,
    /// The drivers that bear on it, taken as independent of each other.
    pub independent: Vec<DriverId>,
    /// Those of them whose weights did not sum to 1 as written.
    pub normalised: Vec<DriverId>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    pub terms: Vec<Term>,
    pub status: Status,
    pub extent: Extent,
    pub contradicted: bool,
}

/// The rows of one relation, for `run`.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationRows {
    pub relation: RelationId,
    /// Sorted by terms, then by extent.
    pub rows: Vec<SentenceRow>,
}

/// One status of one sentence (never of its opposite).
#[derive(Clone, Debug, PartialEq)]
pub struct SentenceRow {
    pub terms: Vec<Term>,
    pub status: Status,
    pub extent: Extent,
    /// Stated, loaded, an outcome, a report or a presumption; else concluded.
    pub stated: bool,
    pub contradicted: bool,
}

/// What came of an expectation.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ExpectationOutcome {
    pub passed: bool,
    /// Where it fell short: one for each of its bodies that did.
    pub findings: Vec<Finding>,
}

/// What stood where something else was expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which body of the expectation, by place.
    pub body: usize,
    pub got: Got,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Got {
    /// The body as a whole has this status.
    Status { status: Status, extent: Extent },
    /// These sentences hold, which should not: after `no` with a variable, or beside `only`.
    Holds(Vec<(RelationId, Vec<Term>)>),
    /// The likelihood is this.
    Likelihood(f64),
    /// `given` leaves no world.
    NoWorld,
}

/// A sentence that is certain together with its opposite.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    pub relation: RelationId,
    pub terms: Vec<Term>,
    pub extent: Extent,
    /// Of the sentence, and of its opposite.
    pub proofs: Vec<Proof>,
    /// What both proofs rest on; above it they part.
    pub shared: Vec<(Side, Vec<Term>)>,
}
