//! The syntax tree: what was written, as it was written. It knows no meaning: a relation is still words and terms, a
//! label still a word. Every node has the span it was read from, so that nothing is lost and everything can be pointed at.

use crate::text::{SourceId, Span};
use crate::value::{Date, Number, Quantity};
use smol_str::SmolStr;

/// One parsed input. Comments stand apart, in order; the formatter finds their places by span.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub source: SourceId,
    pub statements: Vec<Statement>,
    pub comments: Vec<Comment>,
    /// What no parser could read, and is complained of
    pub unread: Vec<Span>,
}

/// `# text` to the end of the line; `span` begins at the `#`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    pub span: Span,
}

/// One statement, its full stop (or question mark) included in `span`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub span: Span,
    pub kind: StatementKind,
}

/// Kinds that are large and rare are boxed: a file of a million facts pays for facts only.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// `use "rules/leverage.hence".`
    Use(Text),
    /// `load "data/exports.csv" as ?a exports ?volume to ?b.`
    Load {
        path: Text,
        row: Box<Sentence>,
    },
    /// `source memo "Finlandization or balance?".`
    Source {
        label: Word,
        title: Box<Text>,
    },
    /// `as of 2010-12.`
    AsOf(Dated),
    Relation(Box<RelationDecl>),
    Fact(Fact),
    /// Many facts in a row that hold nothing but words, names and whole numbers
    Facts(Box<PlainFacts>),
    Rule(Box<Rule>),
    /// `a overrides b, c.`
    Overrides {
        winner: Box<Author>,
        losers: Vec<Author>,
    },
    Driver(Box<Driver>),
    /// `impossible ?x is here and ?x is there.`
    Impossible(Box<Body>),
    Scenario(Box<Scenario>),
    Test(Box<Test>),
    Question(Box<Question>),
}

/// A label or any other single word.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: SmolStr,
    pub span: Span,
}

/// A quoted text; `text` is without quotes and escapes, `span` with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub text: SmolStr,
    pub span: Span,
}

/// A date where one is due; a bare year counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    pub date: Date,
    pub span: Span,
}

/// Who is overridden or reports: a rule's label, or a reporter's name. `quoted_or_name` tells which way it was written:
/// `Ann` and `"local press"` are names, `anger` is a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Author {
    pub text: SmolStr,
    pub is_name: bool,
    pub span: Span,
}

/// `relation ?bloc:Alliance covers ?state:State, transitive, "gloss".`
#[derive(Clone, Debug, PartialEq)]
pub struct RelationDecl {
    pub sentence: Sentence,
    pub properties: Vec<Property>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    pub span: Span,
    pub kind: PropertyKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PropertyKind {
    Symmetric,
    Transitive,
    /// `functional`: `one` of the last term.
    Functional,
    /// `one ?owner`, the variable's name without `?`.
    One(SmolStr),
    Gloss(Text),
}

/// `CSTO covers Russia, Armenia and Belarus [source memo ¶8].`
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub sentences: Vec<Sentence>,
    pub notes: Vec<Note>,
}

/// A stretch of facts of one sentence each, without lists, notes and `not`, kept by where their terms stand: a fact of two terms takes 28
/// bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainFacts {
    /// The first sentence of each make. The others have its words, and terms of their own.
    pub makes: Vec<Sentence>,
    pub facts: Vec<PlainFact>,
    /// Start and end of all terms, fact by fact; names as they stand in the text, with their quotes.
    pub terms: Vec<(u32, u32)>,
}

/// `Bank7 lends 5 to "Bank of Georgia"`: its make by place, and where its sentence starts and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainFact {
    pub make: u32,
    pub start: u32,
    pub end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Implies,
    Suggests,
    CastsDoubtOn,
}

/// `rule LABEL "gloss": body implies heads [notes].` `opener` is the span of `rule` where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub opener: Option<Span>,
    pub label: Option<Word>,
    pub gloss: Option<Text>,
    pub body: Option<Body>,
    pub verb: Verb,
    pub verb_span: Span,
    pub heads: Vec<Sentence>,
    pub notes: Vec<Note>,
}

/// `driver pipeline "who owns the pipeline": georgian: … .`
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    pub label: Word,
    pub title: Option<Text>,
    pub outcomes: Vec<Outcome>,
}

/// One outcome; no sentences where it says `nothing`. `span` ends with its full stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub span: Span,
    pub label: Word,
    pub sentences: Vec<Sentence>,
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub label: Word,
    pub extends: Option<Word>,
    pub title: Option<Text>,
    pub items: Vec<ScenarioItem>,
}

/// `suppose … .` or `drop … .`
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioItem {
    pub span: Span,
    pub drop: bool,
    pub sentences: Vec<Sentence>,
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub title: Text,
    pub expectations: Vec<Expectation>,
}

/// `expect no body suffixes [notes].`
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    pub span: Span,
    pub no: Option<Span>,
    pub body: Body,
    pub suffixes: Vec<Suffix>,
    pub notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub kind: QuestionKind,
    pub body: Body,
    pub suffixes: Vec<Suffix>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// `S?`, a yes-or-no question or a table
    Plain,
    Why,
    WhyNot,
    HowLikely,
    WhatWouldItTake,
    /// `what if F and not G: S?`
    WhatIf(Vec<Sentence>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Suffix {
    pub span: Span,
    pub kind: SuffixKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SuffixKind {
    /// `in buyout`
    In(Word),
    /// `as of 2010-12`
    AsOf(Dated),
    /// `if F and not G`
    If(Vec<Sentence>),
    /// `given B`
    Given(Body),
}

/// A condition. `And` and `Or` have two parts or more, never one of their own kind; `Group` is a pair of parentheses.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    pub span: Span,
    pub kind: BodyKind,
}

impl Body {
    /// Calls back for every sentence, those of aggregates and exceptions included.
    pub(crate) fn each_sentence<'t>(&'t self, visit: &mut impl FnMut(&'t Sentence)) {
        match &self.kind {
            BodyKind::Sentence(sentence) => visit(sentence),
            BodyKind::Comparison { .. } => {}
            BodyKind::Aggregate(aggregate) => aggregate.condition.each_sentence(visit),
            BodyKind::And(parts) | BodyKind::Or(parts) => {
                parts.iter().for_each(|part| part.each_sentence(visit));
            }
            BodyKind::Unless { body, exceptions } => {
                let parts = body.iter().map(|body| &**body).chain(exceptions);
                parts.for_each(|part| part.each_sentence(visit));
            }
            BodyKind::Group(inner) => inner.each_sentence(visit),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    Sentence(Sentence),
    Comparison {
        left: Box<Expression>,
        operator: crate::value::Comparison,
        operator_span: Span,
        right: Box<Expression>,
    },
    Aggregate(Box<Aggregate>),
    And(Vec<Body>),
    Or(Vec<Body>),
    /// `body unless first unless second`; no body in `unless B is on implies A is on`.
    Unless {
        body: Option<Box<Body>>,
        exceptions: Vec<Body>,
    },
    Group(Box<Body>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    Number,
    Sum,
    Least,
    Greatest,
    Average,
}

/// `?n is the number of ?c where ?c mines ?m`; `condition` is a literal or an `And`.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    pub result: Term,
    pub kind: AggregateKind,
    pub over: Expression,
    pub condition: Box<Body>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub span: Span,
    pub kind: ExpressionKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    Term(Term),
    Negative(Box<Expression>),
    Binary {
        left: Box<Expression>,
        operator: crate::value::Operation,
        right: Box<Expression>,
    },
    /// The exponent is an integer as written; its size is bounded when it is computed.
    Power {
        base: Box<Expression>,
        exponent: i64,
    },
    Group(Box<Expression>),
}

/// Words and terms in order. At most one list and one `not`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    pub span: Span,
    pub parts: Vec<Part>,
    /// Where `not` stands, if it does. It is no part.
    pub not: Option<Span>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Word(Word),
    Term(Term),
    List(List),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOpener {
    EachOf,
    Only,
}

/// `each of A, B and C`, `only A`, `A, B and C`.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    pub span: Span,
    pub opener: Option<ListOpener>,
    pub items: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Without a skipped `the`.
    pub span: Span,
    pub kind: TermKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TermKind {
    /// A run of capitalised tokens, or a quoted text; NFC, straight quotes, one space between tokens.
    Name(SmolStr),
    Number(Number),
    /// A number written as a percentage: `30%` is 0.3.
    Share(Number),
    Quantity(Quantity),
    Date(Date),
    /// `?client`, or `?client:Kind` in a declaration; the name without `?`
    Variable {
        name: SmolStr,
        kind: Option<Box<Word>>,
    },
    /// A bare `?`
    Anything,
    /// `who`, `whom`, `what`, `which`
    Asked(SmolStr),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub span: Span,
    pub kind: NoteKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum NoteKind {
    /// `source memo ¶8`; the place is the rest of the note, trimmed
    Source {
        label: Word,
        place: Option<Text>,
    },
    From(Dated),
    Until(Dated),
    Before(Dated),
    In(Dated),
    /// `happened in D`, `happened on D`
    Happened(Dated),
    FromThenOn,
    ReportedBy(Author),
    DeniedBy(Author),
    Presumably,
    Now,
    Likelihood(Likelihood),
    Status(StatusWord),
}

/// A percentage, or one of the seven words of ICD 203 (Analytic Standards).
#[derive(Clone, Debug, PartialEq)]
pub enum Likelihood {
    /// From 0 to 1 for 0% to 100%; may be out of range as written, which the checker reports.
    Share(Number),
    Word(LikelihoodWord),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LikelihoodWord {
    AlmostNoChance,
    VeryUnlikely,
    Unlikely,
    RoughlyEvenChance,
    Likely,
    VeryLikely,
    AlmostCertain,
}

/// The statuses that an expectation can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusWord {
    Certain,
    Presumed,
    Refuted,
    Contested,
    Undecided,
    Unknown,
    Depends,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_facts_fit_into_memory() {
        assert!(
            size_of::<Statement>() <= 72 && size_of::<Sentence>() <= 56 && size_of::<Part>() <= 48
        );
    }
}
