//! What was edited between two states of a case's statements, and the states between them.

use super::listed::Statements;
use crate::files::{self, Case, Input};
use crate::syntax;
use crate::syntax::tree::{Part, Sentence, StatementKind};
use crate::text::SourceId;
use indexmap::IndexMap;
use std::collections::HashMap;

/// One edit. A statement with a label that says something else now is one edit, not two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// As seen from the folder of the case.
    pub file: String,
    pub kind: EditKind,
    /// The statement; the one that is gone, where there is no other.
    pub text: String,
    /// What a statement that changed said before.
    pub before: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    Added,
    Removed,
    Changed,
}

impl Edit {
    /// Makes the edit in the statements of a record.
    pub(super) fn make_in(&self, statements: &mut IndexMap<String, Statements>) {
        let gone = match self.kind {
            EditKind::Added => None,
            EditKind::Removed => Some(&self.text),
            EditKind::Changed => self.before.as_ref(),
        };
        for own in statements.values_mut() {
            let (Statements::Listed(texts), Some(gone)) = (own, gone) else {
                continue;
            };
            if let Some(place) = texts.iter().position(|text| text == gone) {
                texts.remove(place);
                break;
            }
        }
        let own = statements
            .entry(self.file.clone())
            .or_insert_with(|| Statements::Listed(Vec::new()));
        match own {
            Statements::Listed(texts) if self.kind != EditKind::Removed => {
                texts.push(self.text.clone());
            }
            Statements::Listed(_) | Statements::Counted(_) => {}
        }
    }
}

/// The edits between two states, and all that is needed to apply some of them.
pub(super) struct Edits {
    before: Vec<(String, String)>,
    pub edits: Vec<Edit>,
    /// By edit: the statement before that it takes away, by its place.
    takes: Vec<Option<usize>>,
    /// Files of which the statements were too many to record: then and now.
    pub unlisted: Vec<String>,
}

impl Edits {
    pub fn between(
        before: &IndexMap<String, Statements>,
        after: &IndexMap<String, Statements>,
    ) -> Self {
        let unlisted = |(file, statements): (&String, &Statements)| {
            matches!(statements, Statements::Counted(_)).then(|| file.clone())
        };
        let mut unlisted: Vec<String> = before.iter().chain(after).filter_map(unlisted).collect();
        unlisted.sort();
        unlisted.dedup();
        let (mut before, after) = (one_by_one(before), one_by_one(after));
        let mut missing: HashMap<&str, usize> = HashMap::new();
        for (_, text) in &after {
            *missing.entry(text).or_default() += 1;
        }
        let mut kept: HashMap<String, usize> = HashMap::new();
        let mut gone = Vec::new();
        for (place, (_, text)) in before.iter().enumerate() {
            match missing.get_mut(text.as_str()) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    *kept.entry(text.clone()).or_default() += 1;
                }
                _ => gone.push(place),
            }
        }
        let mut come = Vec::new();
        for (file, text) in &after {
            match kept.get_mut(text) {
                Some(left) if *left > 0 => *left -= 1,
                _ => come.push((file.clone(), text.clone())),
            }
        }
        let mut edits = Vec::new();
        let mut takes = Vec::new();
        let named: Vec<Option<Named>> = gone
            .iter()
            .map(|&place| Named::of(&before[place].1))
            .collect();
        let mut is_paired = vec![false; gone.len()];
        let mut titles = Vec::new();
        for (file, text) in come {
            let own = Named::of(&text);
            let pair = own.as_ref().and_then(|own| {
                (0..gone.len()).find(|&at| !is_paired[at] && named[at].as_ref() == Some(own))
            });
            if let Some(at) = pair {
                is_paired[at] = true;
            }
            let place = pair.map(|at| gone[at]);
            // What a source is called bears on nothing that follows.
            if let Some(Named::Source(_)) = own {
                titles.push((place, file, text));
                continue;
            }
            edits.push(Edit {
                file,
                kind: match place {
                    Some(_) => EditKind::Changed,
                    None => EditKind::Added,
                },
                text,
                before: place.map(|place| before[place].1.clone()),
            });
            takes.push(place);
        }
        for (at, &place) in gone.iter().enumerate() {
            let is_source = matches!(named[at], Some(Named::Source(_)));
            if is_paired[at] || is_source {
                continue;
            }
            let (file, text) = before[place].clone();
            edits.push(Edit {
                file,
                kind: EditKind::Removed,
                text,
                before: None,
            });
            takes.push(Some(place));
        }
        for (place, file, text) in titles {
            match place {
                Some(place) => before[place].1 = text,
                None => before.push((file, text)),
            }
        }
        Self {
            before,
            edits,
            takes,
            unlisted,
        }
    }

    /// The case with some of the edits made.
    pub fn case(&self, is_made: &[bool]) -> Case {
        let made = || (0..self.edits.len()).filter(|&edit| is_made[edit]);
        let mut taken = vec![false; self.before.len()];
        for place in made().filter_map(|edit| self.takes[edit]) {
            taken[place] = true;
        }
        let mut files: IndexMap<&str, String> = IndexMap::new();
        let mut add = |file, text: &str| {
            let said: &mut String = files.entry(file).or_default();
            said.push_str(text);
            said.push_str("\n\n");
        };
        for ((file, text), _) in self.before.iter().zip(taken).filter(|(_, taken)| !taken) {
            add(file, text);
        }
        for edit in made().map(|edit| &self.edits[edit]) {
            if edit.kind != EditKind::Removed {
                add(&edit.file, &edit.text);
            }
        }
        let inputs: Vec<Input> = files
            .into_iter()
            .map(|(name, text)| Input::Text {
                name: name.to_owned(),
                text,
            })
            .collect();
        files::read_alone(&inputs)
    }
}

fn one_by_one(statements: &IndexMap<String, Statements>) -> Vec<(String, String)> {
    let listed = statements.iter().flat_map(|(file, statements)| {
        let texts = match statements {
            Statements::Listed(texts) => &texts[..],
            Statements::Counted(_) => &[],
        };
        texts.iter().map(|text| (file.clone(), text.clone()))
    });
    listed.collect()
}

/// What a statement is known by, so that its new text takes the place of the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    AsOf,
    Source(String),
    Relation(Vec<String>),
    Rule(String),
    Driver(String),
    Scenario(String),
}

impl Named {
    fn of(text: &str) -> Option<Self> {
        let (document, _) = syntax::parse_statements(SourceId(0), text);
        match &document.statements.first()?.kind {
            StatementKind::AsOf(_) => Some(Self::AsOf),
            StatementKind::Source { label, .. } => Some(Self::Source(label.text.to_string())),
            StatementKind::Relation(relation) => Some(Self::Relation(words(&relation.sentence))),
            StatementKind::Rule(rule) => {
                let label = rule.label.as_ref()?;
                Some(Self::Rule(label.text.to_string()))
            }
            StatementKind::Driver(driver) => Some(Self::Driver(driver.label.text.to_string())),
            StatementKind::Scenario(scenario) => {
                Some(Self::Scenario(scenario.label.text.to_string()))
            }
            _ => None,
        }
    }
}

fn words(sentence: &Sentence) -> Vec<String> {
    let said = sentence.parts.iter().map(|part| match part {
        Part::Word(word) => word.text.to_string(),
        Part::Term(_) | Part::List(_) => "_".into(),
    });
    said.collect()
}
