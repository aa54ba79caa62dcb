//! `use`: each file is read once, before the file that uses it, and no file uses itself by whatever way. The files that are
//! being read are kept in a list, so that a long chain of them costs no stack.

use super::find::{self, Named};
use super::open::{self, Unread};
use super::policy::{Reach, Reached, folder_of, join};
use super::{Case, load};
use crate::complaint::{Complaint, files as complaints};
use crate::syntax::{self, tree::Document, tree::StatementKind, tree::Text};
use crate::text::{Span, nearest};
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// A file whose `use` statements are being followed.
struct Open {
    document: Document,
    /// The statement to look at next.
    next: usize,
    /// What its own paths start from.
    folder: PathBuf,
    /// Where it is, symbolic links resolved; `None` for a text that stands in no file.
    real: Option<PathBuf>,
}

struct Follower<'a> {
    reach: &'a Reach,
    case: &'a mut Case,
    /// Files that have been read or could not be.
    seen: FxHashSet<PathBuf>,
    /// Each uses the next.
    open: Vec<Open>,
}

/// Reads the named inputs and all they use, each after what it uses, and loads their tables.
pub(super) fn follow(named: Vec<Named>, reach: &Reach, case: &mut Case) {
    let mut follower = Follower::new(reach, case);
    for input in named {
        follower.begin(input);
        follower.finish();
    }
}

/// Reads the named inputs and nothing that they use or load.
pub(super) fn alone(named: Vec<Named>, reach: &Reach, case: &mut Case) {
    let mut follower = Follower::new(reach, case);
    for input in named {
        follower.begin(input);
        let read = follower.open.pop().map(|open| open.document);
        follower.case.documents.extend(read);
    }
}

impl<'a> Follower<'a> {
    fn new(reach: &'a Reach, case: &'a mut Case) -> Self {
        Self {
            reach,
            case,
            seen: FxHashSet::default(),
            open: Vec::new(),
        }
    }

    /// A file is not read, and the case is not whole without it.
    fn lacks(&mut self, complaint: Complaint) {
        self.case.complaints.push(complaint);
        self.case.lacks_file = true;
    }

    fn begin(&mut self, input: Named) {
        match input {
            Named::File(path) => {
                let real = path.canonicalize().ok();
                if real
                    .as_ref()
                    .is_some_and(|real| !self.seen.insert(real.clone()))
                {
                    return;
                }
                let name = path.to_string_lossy().into_owned();
                match open::file(&path) {
                    Ok(bytes) => self.open_bytes(name, bytes, folder_of(&path), real),
                    Err(why) => {
                        let at = find::unread(&path, self.case);
                        self.lacks(complain(&name, &path, why, at));
                    }
                }
            }
            Named::Stdin => match open::stdin() {
                Ok(bytes) => self.open_bytes("-".into(), bytes, ".".into(), None),
                Err(why) => {
                    let at = find::unread(Path::new("-"), self.case);
                    self.lacks(complain("-", Path::new("-"), why, at));
                }
            },
            Named::Text { name, text } => {
                self.open_bytes(name, text.into_bytes(), ".".into(), None)
            }
        }
    }

    /// Parses a text and stands ready to follow what it uses.
    fn open_bytes(&mut self, name: String, bytes: Vec<u8>, folder: PathBuf, real: Option<PathBuf>) {
        let (id, no_text) = open::text(name, bytes, &mut self.case.sources);
        if let Some(complaint) = no_text {
            self.lacks(complaint);
            return;
        }
        let (document, complaints) = syntax::parse(id, &self.case.sources.get(id).text);
        self.case.complaints.extend(complaints);
        self.open.push(Open {
            document,
            next: 0,
            folder,
            real,
        });
    }

    /// Follows what is open until nothing is.
    fn finish(&mut self) {
        while let Some(open) = self.open.last_mut() {
            let Some(statement) = open.document.statements.get(open.next) else {
                self.close();
                continue;
            };
            open.next += 1;
            if let StatementKind::Use(written) = &statement.kind {
                let (written, folder) = (written.clone(), open.folder.clone());
                self.follow_use(&written, &folder);
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        for statement in &open.document.statements {
            if let StatementKind::Load { path, row } = &statement.kind {
                load::load(
                    statement.span,
                    path,
                    row,
                    &open.folder,
                    self.reach,
                    self.case,
                );
            }
        }
        self.case.documents.push(open.document);
    }

    fn follow_use(&mut self, written: &Text, folder: &Path) {
        if written.text.is_empty() {
            self.case.lacks_file = true;
            self.case.complaints.push(complaints::no_name(written.span));
            return;
        }
        let path = join(folder, Path::new(written.text.as_str()));
        let Some(real) = reached(&path, written, self.reach, self.case) else {
            self.case.lacks_file = true;
            return;
        };
        if let Some(first) = self
            .open
            .iter()
            .position(|open| open.real.as_ref() == Some(&real))
        {
            let names: Vec<&str> = self.open[first..]
                .iter()
                .map(|open| self.case.sources.get(open.document.source).name.as_str())
                .collect();
            let complaint = complaints::use_cycle(&names, written.span);
            self.case.complaints.push(complaint);
            return;
        }
        if !self.seen.insert(real.clone()) {
            return;
        }
        let name = path.to_string_lossy().into_owned();
        match open::file(&real) {
            Ok(bytes) => self.open_bytes(name, bytes, folder_of(&path), Some(real)),
            Err(why) => self.lacks(complain(&written.text, &path, why, written.span)),
        }
    }
}

/// Where a `use` or `load` leads, or a complaint at the path as written.
pub(super) fn reached(
    path: &Path,
    written: &Text,
    reach: &Reach,
    case: &mut Case,
) -> Option<PathBuf> {
    let complaint = match reach.find(path) {
        Reached::File(real) => return Some(real),
        Reached::Missing => complain(&written.text, path, Unread::Missing, written.span),
        Reached::Outside => complaints::outside(
            &written.text,
            &folder_of(path).to_string_lossy(),
            written.span,
        ),
        Reached::Unreadable(why) => complaints::unreadable(&written.text, &why, written.span),
    };
    case.complaints.push(complaint);
    None
}

/// Says why a file is not read. `name` is how it was named there.
pub(super) fn complain(name: &str, path: &Path, why: Unread, at: Span) -> Complaint {
    match why {
        Unread::Missing => complaints::missing(name, near(name, path).as_deref(), at),
        Unread::Folder => complaints::no_file(name, "a folder", at),
        Unread::NoFile(kind) => complaints::no_file(name, kind, at),
        Unread::TooLarge => complaints::too_large(name, at),
        Unread::System(why) => complaints::unreadable(name, &why, at),
    }
}

/// A file that is there with a name like the one that is not, said as the other was: `rules/reach.hence`.
fn near(name: &str, path: &Path) -> Option<String> {
    let file = path.file_name()?.to_str()?;
    let entries = std::fs::read_dir(folder_of(path)).ok()?;
    let known: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let near = known
        .iter()
        .find(|known| known.strip_suffix(".hence") == Some(file))
        .map(String::as_str)
        .or_else(|| nearest(file, known.iter().map(String::as_str)))?;
    Some(format!("{}{near}", name.strip_suffix(file)?))
}
