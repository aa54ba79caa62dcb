//! The statements of a case that bear on what follows, one by one, in the canonical layout and without remarks, so that neither a new
//! line nor a comment is an edit. The rows of a loaded table stand as the facts that they are.

use crate::files::{Case, LoadedTable};
use crate::format;
use crate::say;
use crate::syntax::tree::{
    Document, Fact, ListOpener, Part, Sentence, Statement, StatementKind, TermKind,
};
use crate::syntax::{self, apart};
use crate::text::{SourceId, Sources, Span};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::path::{Component, Path, PathBuf};

/// More statements of one file than this are counted, not recorded.
const MOST: usize = 10_000;

/// What a file says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Statements {
    Listed(Vec<String>),
    /// Too many to record.
    Counted(usize),
}

/// Leaves the questions and tests of a case out, since nothing follows from them. They would have a say in how values are written.
pub fn leave_out_questions(case: &mut Case) {
    for document in &mut case.documents {
        document.statements.retain(|statement| {
            !matches!(
                statement.kind,
                StatementKind::Test(_) | StatementKind::Question(_)
            )
        });
    }
}

/// The statements of a case by file, the files named as seen from the folder of the one that the case is about.
pub fn statements(case: &Case, file: &Path) -> IndexMap<String, Statements> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let mut listed = IndexMap::new();
    for document in &case.documents {
        let loaded = document.statements.iter().filter_map(|statement| {
            let StatementKind::Load { row, .. } = &statement.kind else {
                return None;
            };
            let table = case
                .tables
                .iter()
                .find(|table| table.statement == statement.span)?;
            Some((table, &**row))
        });
        for (table, row) in loaded {
            let Some(first) = table.at.first() else {
                continue;
            };
            let name = seen_from(folder, &case.sources.get(first.source).name);
            listed.insert(name, rows(case, table, row));
        }
        let name = seen_from(folder, &case.sources.get(document.source).name);
        listed.insert(name, of_document(document, &case.sources));
    }
    listed
}

fn of_document(document: &Document, sources: &Sources) -> Statements {
    let text = &sources.get(document.source).text;
    let mut number = 0;
    for statement in &document.statements {
        number += match &statement.kind {
            StatementKind::Facts(facts) => facts.facts.len(),
            kind => usize::from(bears(kind)),
        };
    }
    if number > MOST {
        return Statements::Counted(number);
    }
    let mut listed = Vec::with_capacity(number);
    for statement in &document.statements {
        match &statement.kind {
            StatementKind::Facts(facts) => {
                let facts = apart(facts, document.source, text);
                listed.extend(facts.map(|fact| laid_out(&fact, text)));
            }
            StatementKind::Fact(fact) => match apart_from_others(fact, sources) {
                Some(facts) => listed.extend(facts.iter().map(|fact| canonical(fact))),
                None => listed.push(laid_out(statement, text)),
            },
            kind if bears(kind) => listed.push(laid_out(statement, text)),
            _ => {}
        }
    }
    Statements::Listed(listed)
}

/// Whether what follows depends on such a statement. What a file uses and loads is listed in its place.
fn bears(kind: &StatementKind) -> bool {
    !matches!(
        kind,
        StatementKind::Use(_)
            | StatementKind::Load { .. }
            | StatementKind::Test(_)
            | StatementKind::Question(_)
    )
}

/// A fact with several sentences or a list as the facts that it stands for, so that an edit of one leaves the others alone. `None` where
/// it is one, or more than a list: `only A, B` says of all others that they are not.
fn apart_from_others(fact: &Fact, sources: &Sources) -> Option<Vec<String>> {
    let notes = match fact.notes.as_slice() {
        [] => String::new(),
        notes => {
            let notes: Vec<&str> = notes.iter().map(|note| sources.slice(note.span)).collect();
            format!(" [{}]", notes.join(", "))
        }
    };
    let mut facts = Vec::new();
    for sentence in &fact.sentences {
        let list = sentence.parts.iter().find_map(|part| match part {
            Part::List(list) => Some(list),
            _ => None,
        });
        let is_closed = list.is_some_and(|list| list.opener == Some(ListOpener::Only));
        if sentence.not.is_some() || is_closed {
            return None;
        }
        match list {
            None => facts.push(format!("{}{notes}.", sources.slice(sentence.span))),
            Some(list) => facts.extend(list.items.iter().map(|item| {
                let filled = [(list.span, sources.slice(item.span).to_owned())];
                format!("{}{notes}.", with(sources, sentence.span, &filled))
            })),
        }
    }
    let has_list = |sentence: &Sentence| {
        sentence
            .parts
            .iter()
            .any(|part| matches!(part, Part::List(_)))
    };
    (facts.len() > 1 || fact.sentences.iter().any(has_list)).then_some(facts)
}

fn laid_out(statement: &Statement, text: &str) -> String {
    canonical(&text[statement.span.start as usize..statement.span.end as usize])
}

fn canonical(own: &str) -> String {
    let (mut document, _) = syntax::parse_statements(SourceId(0), own);
    document.comments.clear();
    format::format(&document, own).trim_end().to_owned()
}

fn rows(case: &Case, table: &LoadedTable, row: &Sentence) -> Statements {
    if table.at.len() > MOST {
        return Statements::Counted(table.at.len());
    }
    let terms = table.terms.chunks_exact(table.arity);
    let facts = terms.map(|terms| {
        let mut variables: Vec<&str> = Vec::new();
        let mut filled = Vec::new();
        for part in &row.parts {
            let Part::Term(term) = part else { continue };
            if let TermKind::Variable { name, .. } = &term.kind {
                let known = variables.iter().position(|known| known == name);
                let column = known.unwrap_or_else(|| {
                    variables.push(name);
                    variables.len() - 1
                });
                filled.push((term.span, say::quoted(&case.terms, terms[column])));
            }
        }
        canonical(&(with(&case.sources, row.span, &filled) + "."))
    });
    Statements::Listed(facts.collect())
}

/// A stretch of text with others in the place of some of its parts, which stand in order.
fn with(sources: &Sources, whole: Span, filled: &[(Span, String)]) -> String {
    let source = whole.source;
    let mut said = String::new();
    let mut at = whole.start as usize;
    for (part, text) in filled {
        said.push_str(sources.slice(Span::new(source, at, part.start as usize)));
        said.push_str(text);
        at = part.end as usize;
    }
    said + sources.slice(Span::new(source, at, whole.end as usize))
}

/// A file's name as seen from a folder, both named from the same place: `../rules/reach.hence`.
fn seen_from(folder: &Path, name: &str) -> String {
    let parts = |path: &Path| -> Vec<PathBuf> {
        path.components()
            .filter(|part| *part != Component::CurDir)
            .map(|part| PathBuf::from(part.as_os_str()))
            .collect()
    };
    let (from, to) = (parts(folder), parts(Path::new(name)));
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let up = from[shared..].iter().map(|_| PathBuf::from(".."));
    let seen: PathBuf = up.chain(to[shared..].iter().cloned()).collect();
    // The same on every system.
    seen.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_seen_from_the_folder_of_the_case() {
        let cases = [
            ("cases", "cases/a.hence", "a.hence"),
            ("cases", "rules/reach.hence", "../rules/reach.hence"),
            ("", "rules/reach.hence", "rules/reach.hence"),
            ("./cases/2010", "cases/b.csv", "../b.csv"),
            ("/x/cases", "/x/facts/c.hence", "../facts/c.hence"),
        ];
        for (folder, name, seen) in cases {
            assert_eq!(
                seen_from(Path::new(folder), name),
                seen,
                "{name} from {folder}"
            );
        }
    }
}
