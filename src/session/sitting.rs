//! One sitting: files that were loaded, statements that were typed, and what follows from both.

use super::{Evaluation, Prepared, Unsolved, prepare};
use crate::complaint::Complaint;
use crate::files::{self, Case, Input, Policy};
use crate::program::Program;
use crate::reading::{Answer, RunOptions, Status};
use crate::say::{self, Voice};
use crate::syntax;
use crate::syntax::tree::StatementKind;
use crate::text::{SourceId, Sources};
use crate::value::Terms;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Sources and the newest state of what follows.
pub struct Session {
    policy: Policy,
    evaluation: Evaluation,
    entries: Vec<Entry>,
    /// The conclusions after the last entry: each sentence with its status.
    known: BTreeMap<String, Status>,
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
    /// A statement or file was taken in.
    Noted {
        changes: Vec<Change>,
        sources: Sources,
        warnings: Vec<Complaint>,
    },
    /// It could not be; the session is as before.
    Refused(Unsolved),
}

/// Answers with all that it takes to print them.
pub struct Answered {
    pub program: Program,
    pub terms: Terms,
    pub sources: Sources,
    pub answers: Vec<Answer>,
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
        if questions == 0 {
            return self.add(Entry::Typed(text.to_owned()));
        }
        self.ask(text, questions)
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
            Ok((known, prepared.sources.clone(), prepared.warnings.clone()))
        });
        match solved {
            Ok((known, sources, warnings)) => {
                let changes = changes(&self.known, &known);
                self.known = known;
                Reply::Noted {
                    changes,
                    sources,
                    warnings,
                }
            }
            Err(unsolved) => Reply::Refused(unsolved),
        }
    }

    fn ask(&self, text: &str, questions: usize) -> Reply {
        let answered = self.prepare(Some(text)).and_then(|prepared| {
            let mut reader = prepared.solve(&self.evaluation.from_now())?;
            let first = prepared.program.questions.len().saturating_sub(questions);
            let answers = prepared.answer(&mut reader, &prepared.program.questions[first..])?;
            let terms = reader.terms().clone();
            Ok((answers, terms, prepared))
        });
        match answered {
            Ok((answers, terms, prepared)) => {
                let Prepared {
                    program, sources, ..
                } = prepared;
                Reply::Answers(Box::new(Answered {
                    program,
                    terms,
                    sources,
                    answers,
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
            name: "question".into(),
            text: text.to_owned(),
        }));
        files::read(&inputs, &self.policy)
    }
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
            _ => panic!("the entry was to be taken in"),
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
