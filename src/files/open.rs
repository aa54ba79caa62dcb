//! One file or standard input, read into a text. Whatever is no text, or no file, or too much, is told apart here.

use crate::complaint::{Complaint, files as complaints};
use crate::text::{Source, SourceId, Sources, Span};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// More than this is not read: places are counted in 32 bits, and a text of a rule is never that long.
const MAX_BYTES: u64 = 1 << 30;

/// Why an input is not a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    Missing,
    Folder,
    /// `a device`, `a pipe`, `a socket`
    NoFile(&'static str),
    TooLarge,
    /// What the system says: `permission denied`.
    System(String),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::System(error.to_string()),
        }
    }
}

/// The bytes of a regular file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, Unread> {
    // Opening a pipe would wait for a writer, so the kind is asked for first.
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(Unread::Folder);
    }
    if !metadata.is_file() {
        return Err(Unread::NoFile(kind_of(&metadata)));
    }
    if metadata.len() > MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    let capacity = usize::try_from(metadata.len()).unwrap_or(0);
    all_of(File::open(path)?, capacity)
}

/// The bytes of standard input.
pub(super) fn stdin() -> Result<Vec<u8>, Unread> {
    all_of(io::stdin().lock(), 0)
}

fn all_of(reader: impl Read, capacity: usize) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::with_capacity(capacity + 1);
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    Ok(bytes)
}

#[cfg(unix)]
fn kind_of(metadata: &fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind_of(_metadata: &fs::Metadata) -> &'static str {
    "no regular file"
}

/// Takes the bytes in as a source. The complaint is that they are no text: the source then shows what can be shown.
pub(super) fn text(
    name: String,
    bytes: Vec<u8>,
    sources: &mut Sources,
) -> (SourceId, Option<Complaint>) {
    // As `.xlsx` and `.ods` begin, which are archives, and `.xls`.
    let workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let (text, bad) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            (
                String::from_utf8_lossy(&bytes).into_owned(),
                Some((at, wide)),
            )
        }
    };
    let zero =
        memchr::memchr(0, text.as_bytes()).filter(|&zero| bad.is_none_or(|(at, _)| zero < at));
    let id = sources.add(Source::new(name, text));
    let complaint = match (zero, bad) {
        (Some(at), _) => Some(complaints::zero_byte(
            Span::new(id, at, at + 1),
            at,
            workbook,
        )),
        (None, Some((at, wide))) => {
            let shown = Span::new(id, at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            Some(complaints::not_utf8(shown, at, wide, workbook))
        }
        (None, None) => None,
    };
    (id, complaint)
}
