//! One sitting: files that were loaded, statements that were typed, and what follows from both.

use super::{Evaluation, Prepared, Unsolved, prepare};
use crate::complaint::Complaint;
use crate::files::{self, Case, Input, Policy};
use crate::program::{Piece, Program};
use crate::reading::{Answer, RunOptions, Status};
use crate::say::{self, Voice};
use crate::syntax;
use crate::syntax::tree::StatementKind;
use crate::text::{SourceId, Sources};
use crate::value::{Term, Terms, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::PathBuf;
use std::sync::Arc;

/// Sources and the newest state of what follows.
pub struct Session {
    policy: Policy,
    evaluation: Evaluation,
    entries: Vec<Entry>,
    /// The conclusions after the last entry: each sentence with its status.
    known: BTreeMap<String, Status>,
    /// The warnings after the last entry, which are not told again: code and title of each.
    warned: BTreeSet<(&'static str, String)>,
    /// The names and words after the last entry.
    words: Words,
}

/// Names as they are typed, and the words of relations. Cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct Words(Arc<BTreeSet<String>>);

impl Words {
    /// Those that begin with some letters, in order.
    pub fn beginning_with(&self, letters: &str) -> Vec<&str> {
        const MOST: usize = 100;
        let bounds = (Bound::Included(letters), Bound::Unbounded);
        let from = self.0.range::<str, _>(bounds);
        from.take_while(|word| word.starts_with(letters))
            .take(MOST)
            .map(String::as_str)
            .collect()
    }
}

/// What was added, one `undo` each.
#[derive(Clone, Debug)]
enum Entry {
    File(PathBuf),
    Typed(String),
}

/// What comes of an entry.
pub enum Reply {
    /// Nothing was asked or said.
    Nothing,
    Answers(Box<Answered>),
    /// A statement or file was taken in. The warnings are those that were not there before.
    Noted {
        changes: Vec<Change>,
        sources: Sources,
        warnings: Vec<Complaint>,
    },
    /// Statements were taken in, and then the questions among them answered.
    Both(Box<[Reply; 2]>),
    /// It could not be; the session is as before.
    Refused(Unsolved),
}

/// Answers with all that it takes to print them.
pub struct Answered {
    pub program: Program,
    pub terms: Terms,
    pub sources: Sources,
    pub answers: Vec<Answer>,
    /// Of the questions themselves, where they have not been told yet.
    pub warnings: Vec<Complaint>,
}

/// A conclusion that came, went, or stands otherwise since the last entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub sentence: String,
    pub before: Option<Status>,
    pub after: Option<Status>,
}

/// A fact or rule as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub text: String,
    /// `file:line`
    pub at: String,
}

impl Session {
    /// An empty session. Relative paths start from the current folder.
    pub fn new(evaluation: Evaluation, policy: Policy) -> Self {
        Self {
            policy,
            evaluation,
            entries: Vec::new(),
            known: BTreeMap::new(),
            warned: BTreeSet::new(),
            words: Words::default(),
        }
    }

    /// Takes in statements, or answers questions. Either all of a text is taken or nothing.
    pub fn say(&mut self, text: &str) -> Reply {
        let (document, complaints) = syntax::parse_statements(SourceId(0), text);
        let questions = document
            .statements
            .iter()
            .filter(|statement| matches!(statement.kind, StatementKind::Question(_)))
            .count();
        if document.statements.is_empty() && complaints.is_empty() {
            return Reply::Nothing;
        }
        if questions == document.statements.len() {
            return self.ask(Some(text), questions);
        }
        let noted = self.add(Entry::Typed(text.to_owned()));
        if questions == 0 || matches!(noted, Reply::Refused(_)) {
            return noted;
        }
        let answers = self.ask(None, questions);
        Reply::Both(Box::new([noted, answers]))
    }

    /// Takes in a file or folder.
    pub fn load(&mut self, path: PathBuf) -> Reply {
        self.add(Entry::File(path))
    }

    /// Takes the last entry back; what it was, if there was one.
    pub fn undo(&mut self) -> Option<(String, Reply)> {
        let said = match self.entries.pop()? {
            Entry::File(path) => path.display().to_string(),
            Entry::Typed(text) => text,
        };
        Some((said, self.settle()))
    }

    /// The names and words that have been used so far.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Whether a text is not a whole entry yet: no full stop or question mark at its end, an open quote, or a driver, scenario or test,
    /// which only an empty line ends.
    pub fn wants_more(text: &str) -> bool {
        let trimmed = text.trim_end();
        if trimmed.is_empty() || trimmed.starts_with(':') {
            return false;
        }
        let opener = trimmed.split_whitespace().next().unwrap_or_default();
        let has_items = matches!(opener, "driver" | "scenario" | "test");
        let last_line = trimmed.lines().last().unwrap_or_default();
        let ended = trimmed.ends_with(['.', '?']) || last_line.trim_start().starts_with('#');
        !ended || (has_items && !text.ends_with('\n'))
    }

    /// The facts that are stated, in order.
    pub fn facts(&self) -> Result<Vec<Listed>, Unsolved> {
        let prepared = self.prepare(None)?;
        let voice = Voice::new(&prepared.program, &prepared.program.terms);
        Ok(prepared
            .program
            .facts
            .iter()
            .map(|fact| Listed {
                text: voice.sentence(fact.relation, fact.terms, fact.negative),
                at: prepared.sources.cite(fact.at),
            })
            .collect())
    }

    /// The rules, in order.
    pub fn rules(&self) -> Result<Vec<Listed>, Unsolved> {
        let prepared = self.prepare(None)?;
        let Prepared {
            program, sources, ..
        } = &prepared;
        Ok(program
            .rules
            .iter()
            .filter(|rule| !rule.declared)
            .map(|rule| {
                let said = say::rule(&program.relations, &program.terms, rule);
                let text = match &rule.label {
                    Some(label) => format!("rule {label}: {said}"),
                    None => said,
                };
                Listed {
                    text,
                    at: sources.cite(rule.at),
                }
            })
            .collect())
    }

    fn add(&mut self, entry: Entry) -> Reply {
        self.entries.push(entry);
        let reply = self.settle();
        if matches!(reply, Reply::Refused(_)) {
            self.entries.pop();
        }
        reply
    }

    /// Works out what follows now, and what of it is new.
    fn settle(&mut self) -> Reply {
        let solved = self.prepare(None).and_then(|prepared| {
            let mut reader = prepared.solve(&self.evaluation.from_now())?;
            let options = RunOptions {
                frame: prepared.frame.clone(),
                ..RunOptions::default()
            };
            let relations = reader
                .conclusions(&options)
                .map_err(|complaint| prepared.complain(complaint))?;
            let voice = Voice::new(&prepared.program, reader.terms());
            let mut known = BTreeMap::new();
            for relation in relations {
                for row in relation.rows {
                    known.insert(
                        voice.sentence(relation.relation, &row.terms, false),
                        row.status,
                    );
                }
            }
            let words = vocabulary(&prepared.program);
            Ok((
                known,
                words,
                prepared.sources.clone(),
                prepared.warnings.clone(),
            ))
        });
        match solved {
            Ok((known, words, sources, mut warnings)) => {
                let changes = changes(&self.known, &known);
                self.known = known;
                self.words = words;
                let told = |warning: &Complaint| (warning.code, warning.title.clone());
                let warned = warnings.iter().map(told).collect();
                warnings.retain(|warning| !self.warned.contains(&told(warning)));
                self.warned = warned;
                Reply::Noted {
                    changes,
                    sources,
                    warnings,
                }
            }
            Err(unsolved) => Reply::Refused(unsolved),
        }
    }

    /// Answers the last questions, be they of a text that is not kept or of the last entry.
    fn ask(&self, text: Option<&str>, questions: usize) -> Reply {
        let answered = self.prepare(text).and_then(|prepared| {
            let mut reader = prepared.solve(&self.evaluation.from_now())?;
            let first = prepared.program.questions.len().saturating_sub(questions);
            let answers = prepared.answer(&mut reader, &prepared.program.questions[first..])?;
            let terms = reader.terms().clone();
            Ok((answers, terms, prepared))
        });
        match answered {
            Ok((answers, terms, prepared)) => {
                let Prepared {
                    program,
                    sources,
                    mut warnings,
                    ..
                } = prepared;
                let asked = text.map(|text| self.name_of(text));
                warnings.retain(|warning| {
                    asked.as_ref() == Some(&sources.get(warning.span().source).name)
                });
                Reply::Answers(Box::new(Answered {
                    program,
                    terms,
                    sources,
                    answers,
                    warnings,
                }))
            }
            Err(unsolved) => Reply::Refused(unsolved),
        }
    }

    /// The case as it is, with a text added that is not kept.
    fn prepare(&self, text: Option<&str>) -> Result<Prepared, Unsolved> {
        prepare(self.case(text), &self.evaluation, &[])
    }

    fn case(&self, text: Option<&str>) -> Case {
        let mut inputs: Vec<Input> = self
            .entries
            .iter()
            .enumerate()
            .map(|(place, entry)| match entry {
                Entry::File(path) => Input::Path(path.clone()),
                Entry::Typed(text) => Input::Text {
                    name: format!("entry {}", place + 1),
                    text: text.clone(),
                },
            })
            .collect();
        inputs.extend(text.map(|text| Input::Text {
            name: self.name_of(text),
            text: text.to_owned(),
        }));
        files::read(&inputs, &self.policy)
    }

    /// What a text that is not kept is cited as.
    fn name_of(&self, text: &str) -> String {
        match text.trim_end().ends_with('?') {
            true => "question".into(),
            false => format!("entry {}", self.entries.len() + 1),
        }
    }
}

/// The names of the facts, as they are typed, and the words of all relations.
fn vocabulary(program: &Program) -> Words {
    /// Past so many nobody completes a word.
    const MOST: usize = 50_000;
    let pieces = program
        .relations
        .iter()
        .flat_map(|relation| relation.shape.0.iter());
    let words = pieces.filter_map(|piece| match piece {
        Piece::Word(word) => Some(word.to_string()),
        Piece::Hole => None,
    });
    let mut seen = BTreeSet::new();
    let terms = program.facts.iter().flat_map(|fact| fact.terms.to_vec());
    let names = terms
        .take(MOST)
        .filter(|term| term.as_small().is_none() && seen.insert(term.0))
        .filter_map(|term: Term| match program.terms.get(term) {
            Value::Name(name) if syntax::stands_bare(&name) => Some(name.to_string()),
            Value::Name(name) => Some(format!("\"{name}\"")),
            _ => None,
        });
    let names: Vec<String> = names.collect();
    Words(Arc::new(words.chain(names).collect()))
}

fn changes(before: &BTreeMap<String, Status>, after: &BTreeMap<String, Status>) -> Vec<Change> {
    let gone = before
        .iter()
        .filter(|(sentence, _)| !after.contains_key(*sentence))
        .map(|(sentence, &status)| Change {
            sentence: sentence.clone(),
            before: Some(status),
            after: None,
        });
    let come = after
        .iter()
        .filter(|(sentence, status)| before.get(*sentence) != Some(status))
        .map(|(sentence, &status)| Change {
            sentence: sentence.clone(),
            before: before.get(sentence).copied(),
            after: Some(status),
        });
    gone.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        Session::new(Evaluation::default(), Policy::default())
    }

    fn noted(reply: Reply) -> Vec<(String, Option<Status>)> {
        match reply {
            Reply::Noted { changes, .. } => changes
                .into_iter()
                .map(|change| (change.sentence, change.after))
                .collect(),
            Reply::Refused(_) | Reply::Answers(_) | Reply::Nothing | Reply::Both(_) => {
                panic!("the entry was to be taken in")
            }
        }
    }

    #[test]
    fn an_entry_tells_what_is_new_and_undo_what_is_gone() {
        let mut session = session();
        noted(session.say("?x is a bird suggests ?x flies."));
        let flies = "Tweety flies".to_owned();
        assert_eq!(
            noted(session.say("Tweety is a bird.")),
            [(flies.clone(), Some(Status::Presumed))]
        );
        assert!(
            matches!(
                session.say("Tweety flies [source none]."),
                Reply::Refused(_)
            ),
            "no such source"
        );
        let (said, reply) = session.undo().expect("there was an entry");
        assert_eq!(said, "Tweety is a bird.");
        assert_eq!(noted(reply), [(flies, None)]);
    }

    #[test]
    fn a_question_is_not_kept() {
        let mut session = session();
        noted(session.say("Tweety is a bird."));
        for _ in 0..2 {
            let Reply::Answers(answered) = session.say("Tweety is a bird? who is a bird?") else {
                panic!("these are questions");
            };
            assert_eq!(answered.answers.len(), 2);
        }
    }

    #[test]
    fn statements_with_a_question_among_them_are_kept() {
        let mut session = session();
        let Reply::Both(replies) = session.say("Tweety is a bird. who is a bird?") else {
            panic!("a statement and a question");
        };
        assert!(matches!(&replies[1], Reply::Answers(answered) if answered.answers.len() == 1));
        assert_eq!(session.facts().map(|facts| facts.len()).ok(), Some(1));
    }

    #[test]
    fn a_warning_is_told_once() {
        let mut session = session();
        let warnings = |reply| match reply {
            Reply::Noted { warnings, .. } => warnings.len(),
            _ => 0,
        };
        assert_eq!(warnings(session.say("?x is a bird suggests ?x flies.")), 1);
        assert_eq!(warnings(session.say("Bob is kind.")), 0);
    }

    #[test]
    fn what_is_known_can_be_completed() {
        let mut session = session();
        noted(session.say("Tweety Pie is a bird. \"the cat\" is near Tweety Pie."));
        assert_eq!(session.words().beginning_with("Twe"), ["Tweety Pie"]);
        assert_eq!(session.words().beginning_with("\"th"), ["\"the cat\""]);
        assert_eq!(session.words().beginning_with("bi"), ["bird"]);
    }

    #[test]
    fn an_entry_goes_on_to_its_full_stop_and_a_driver_to_an_empty_line() {
        assert!(Session::wants_more("Tweety is"));
        assert!(!Session::wants_more("Tweety is a bird."));
        assert!(Session::wants_more("driver ban:\n yes: it rains."));
        assert!(!Session::wants_more(
            "driver ban:\n yes: it rains.\n no: nothing.\n"
        ));
        assert!(!Session::wants_more(":help"));
    }
}
