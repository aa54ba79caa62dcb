//! Every statement in the order of the text, each handed to the file that knows its kind.

use super::facts::{self, Odds};
use super::frames::{Defaults, Framing, Spoken};
use super::labels::Labels;
use super::overrides::{self, Written};
use super::questions::Asking;
use super::scenarios::Scenarios;
use super::sentences::Reader;
use super::vocabulary::Relations;
use super::{drivers, relations, rules};
use crate::complaint::{Complaint, contexts, labels as label_complaints};
use crate::files::{Case, LoadedTable};
use crate::program::{Ground, Period, Program};
use crate::syntax::tree::{Dated, Document, Statement, StatementKind};
use crate::text::{SourceId, Span};
use rustc_hash::FxHashMap;
use smol_str::format_smolstr;

/// Reads all statements. The relations stay apart until the last pass has asked about their uses.
pub(super) fn read(
    case: &mut Case,
    labels: &Labels,
    defaults: Defaults,
    asked: &[SourceId],
    complaints: &mut Vec<Complaint>,
) -> (Program, Relations) {
    let mut relations = Relations::default();
    let mut program = Program {
        terms: std::mem::take(&mut case.terms),
        ..Program::default()
    };
    let mut scenarios = Scenarios::new(labels.scenarios.count());
    let spoken = Spoken::new(&case.documents);
    let tables = case
        .tables
        .iter()
        .map(|table| (table.statement, table))
        .collect();
    let mut reading = Reading {
        labels,
        tables,
        reader: Reader {
            relations: &mut relations,
            terms: &mut program.terms,
            complaints,
        },
        asking: Asking {
            framing: Framing {
                labels,
                defaults,
                scenarios: &mut scenarios,
            },
            spoken: &spoken,
            labels,
            sources: &case.sources,
        },
        read: Read::default(),
    };
    // Questions of the command line come last, wherever their source stands.
    let is_asked = |document: &&Document| asked.contains(&document.source);
    let ordered = case.documents.iter().filter(|document| !is_asked(document));
    for document in ordered.chain(case.documents.iter().filter(is_asked)) {
        for statement in &document.statements {
            reading.statement(statement, document);
        }
    }
    let Read {
        facts,
        odds,
        rules,
        overrides,
        drivers,
        impossible,
        present,
        tests,
        questions,
    } = reading.read;
    program.rules = rules;
    program.overrides = overrides::overrides(
        &overrides,
        labels,
        &program.rules,
        &relations,
        &facts,
        complaints,
    );
    program.facts = facts;
    program.cited = labels.cited.clone();
    program.drivers = drivers;
    odds_drivers(odds, &mut program, &relations, complaints);
    program.scenarios = scenarios.finish(complaints);
    program.impossible = impossible;
    program.present = present.map(|(date, _)| date);
    program.tests = tests;
    program.questions = questions;
    (program, relations)
}

/// What has been read so far.
#[derive(Default)]
struct Read<'t> {
    facts: crate::program::Facts,
    odds: Vec<Odds>,
    rules: Vec<crate::program::Rule>,
    overrides: Vec<Written<'t>>,
    drivers: Vec<crate::program::Driver>,
    impossible: Vec<(crate::program::Body, crate::program::Variables, Span)>,
    present: Option<(crate::value::Date, Span)>,
    tests: Vec<crate::program::Test>,
    questions: Vec<crate::program::Question>,
}

struct Reading<'t, 'a> {
    labels: &'a Labels,
    tables: FxHashMap<Span, &'t LoadedTable>,
    reader: Reader<'a>,
    asking: Asking<'a>,
    read: Read<'t>,
}

impl<'t> Reading<'t, '_> {
    fn statement(&mut self, statement: &'t Statement, document: &'t Document) {
        let at = statement.span;
        let (labels, reader, read) = (self.labels, &mut self.reader, &mut self.read);
        match &statement.kind {
            StatementKind::Use(_) | StatementKind::Source { .. } => {}
            StatementKind::Load { row, .. } => {
                facts::load(row, self.tables.get(&at).copied(), reader, &mut read.facts);
            }
            StatementKind::AsOf(dated) => present(dated, read, reader.complaints),
            StatementKind::Relation(declaration) => relations::declare(declaration, at, reader),
            StatementKind::Fact(fact) => {
                facts::fact(fact, labels, reader, &mut read.facts, &mut read.odds);
            }
            StatementKind::Facts(plain) => {
                let source = document.source;
                let text = &self.asking.sources.get(source).text;
                facts::plain(plain, source, text, reader, &mut read.facts);
            }
            StatementKind::Rule(rule) => read.rules.extend(rules::rule(rule, at, labels, reader)),
            StatementKind::Overrides { winner, losers } => {
                read.overrides
                    .extend(losers.iter().map(|loser| Written { winner, loser }));
            }
            StatementKind::Driver(driver) => {
                read.drivers
                    .push(drivers::driver(driver, at, labels, reader));
            }
            StatementKind::Impossible(body) => {
                let body = rules::impossible(body, reader);
                read.impossible
                    .extend(body.map(|(body, variables)| (body, variables, at)));
            }
            StatementKind::Scenario(scenario) => {
                self.asking
                    .framing
                    .scenarios
                    .declare(scenario, at, labels, reader);
            }
            StatementKind::Test(test) => {
                read.tests
                    .push(self.asking.test(test, at, &document.comments, reader));
            }
            StatementKind::Question(question) => {
                let question = self
                    .asking
                    .question(question, at, &document.comments, reader);
                read.questions.extend(question);
            }
        }
    }
}

/// `as of 2010-12.` sets the present of the whole case.
fn present(dated: &Dated, read: &mut Read<'_>, complaints: &mut Vec<Complaint>) {
    match read.present {
        Some((date, first)) if date != dated.date => {
            complaints.push(label_complaints::two_presents(dated.span, first));
        }
        Some(_) => {}
        None => read.present = Some((dated.date, dated.span)),
    }
}

/// The drivers of facts with a likelihood. Where one sentence has several, for different times, the later ones carry a number.
fn odds_drivers(
    odds: Vec<Odds>,
    program: &mut Program,
    relations: &Relations,
    complaints: &mut Vec<Complaint>,
) {
    let mut known: FxHashMap<Ground, Vec<(Option<Period>, Span)>> = FxHashMap::default();
    for one in odds {
        let (period, at) = (one.notes.period, one.at);
        let before = known.entry(one.literal.clone()).or_default();
        let again = before.iter().find(|(other, _)| match (period, other) {
            (Some(period), Some(other)) => period.meets(*other),
            _ => true,
        });
        let first = again.map(|&(_, first)| first);
        before.push((period, at));
        let number = before.len();
        let mut driver = facts::driver(one, relations, &program.terms);
        if let Some(first) = first {
            complaints.push(contexts::odds_twice(&driver.label, at, first));
            continue;
        }
        if number > 1 {
            driver.label = format_smolstr!("{} ({number})", driver.label);
        }
        program.drivers.push(driver);
    }
}
